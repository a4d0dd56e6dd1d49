//go:build !(darwin || dragonfly || freebsd || linux || netbsd)

package main

import "os"

// terminalWidth reports that f is no terminal. The standard library has no way
// to ask here, so the text is plain and as wide as COLUMNS says.
func terminalWidth(*os.File) (width int, ok bool) { return 0, false }

// rawTerminal reports that there is no way to ask for single keys here.
func rawTerminal(*os.File) (restore func(), ok bool) { return nil, false }
