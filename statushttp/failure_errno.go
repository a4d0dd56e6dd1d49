//go:build !plan9

package statushttp

import "syscall"

// The errors of the operating system that FailureOf knows, by what they mean.
// Those above 10000 are the numbers of Windows Sockets, for which package syscall
// has no names; no other system has so many.
var (
	refusedErrors    = []error{syscall.ECONNREFUSED, syscall.Errno(10061)}
	unroutableErrors = []error{syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN, syscall.EHOSTDOWN,
		syscall.Errno(10050), syscall.Errno(10051), syscall.Errno(10064), syscall.Errno(10065)}
	prohibitedErrors = []error{syscall.EACCES, syscall.EPERM, syscall.Errno(10013)}
	exhaustedErrors  = []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.EADDRNOTAVAIL, syscall.EADDRINUSE,
		syscall.Errno(10024), syscall.Errno(10055), syscall.Errno(10049), syscall.Errno(10048)}
	closedErrors = []error{syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, syscall.ENOTCONN,
		syscall.Errno(10054), syscall.Errno(10053), syscall.Errno(10057), syscall.Errno(10058)}
)
