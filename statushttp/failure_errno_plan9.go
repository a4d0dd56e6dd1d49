package statushttp

import "syscall"

// The errors of the operating system that FailureOf knows, by what they mean.
// Plan 9 tells the others in words alone, which differ from file server to file
// server.
var (
	refusedErrors    []error
	unroutableErrors []error
	prohibitedErrors = []error{syscall.EACCES, syscall.EPERM}
	exhaustedErrors  = []error{syscall.EMFILE}
	closedErrors     []error
)
