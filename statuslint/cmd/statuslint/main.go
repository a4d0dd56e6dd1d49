// Statuslint finds mistakes about HTTP status codes in Go source.
//
//	statuslint ./...
//	go vet -vettool=$(which statuslint) ./...
//
// See https://pkg.go.dev/example.com/httpstatus/statuslint for the rules and
// the flags.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"example.com/httpstatus/statuslint"
)

func main() { singlechecker.Main(statuslint.Analyzer) }
