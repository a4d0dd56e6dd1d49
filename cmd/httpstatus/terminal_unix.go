//go:build darwin || dragonfly || freebsd || linux || netbsd

package main

import (
	"os"
	"syscall"
	"unsafe"
)

// terminalWidth returns the width in characters of the terminal that f is, or
// false if it is none. The width is 0 if the terminal does not know it.
func terminalWidth(f *os.File) (width int, ok bool) {
	var size struct{ rows, columns, xPixels, yPixels uint16 }
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	return int(size.columns), errno == 0
}

// rawTerminal makes the terminal that f is give each key as it is pressed and
// print none. It returns what undoes that; ok is false if f is no terminal.
func rawTerminal(f *os.File) (restore func(), ok bool) {
	var before syscall.Termios
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), getTermios, uintptr(unsafe.Pointer(&before))); errno != 0 {
		return nil, false
	}
	raw := before
	raw.Lflag &^= syscall.ECHO | syscall.ICANON | syscall.ISIG | syscall.IEXTEN
	raw.Iflag &^= syscall.ICRNL | syscall.IXON
	raw.Oflag &^= syscall.OPOST
	raw.Cc[syscall.VMIN], raw.Cc[syscall.VTIME] = 1, 0
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), setTermios, uintptr(unsafe.Pointer(&raw))); errno != 0 {
		return nil, false
	}
	return func() {
		syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), setTermios, uintptr(unsafe.Pointer(&before)))
	}, true
}
