// Command compare prints what another edition of IANA's status code registry
// would change in this module. It changes nothing itself.
//
//	go run ./internal/registry/compare http-status-codes-1.csv
//
// The exit status is 0 if nothing would change, 1 if something would, and 2 if
// the file cannot be read.
package main

import (
	"fmt"
	"io"
	"os"

	"example.com/httpstatus/internal/registry"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: compare FILE, the status code registry as CSV, as IANA publishes it")
		return 2
	}
	changes, updated, err := compare(args[0])
	if err != nil {
		fmt.Fprintf(stderr, "compare: %v\n", err)
		return 2
	}
	if len(changes) == 0 {
		fmt.Fprintf(stdout, "%s is the edition of %s that is here already.\n", args[0], updated)
		return 0
	}
	for _, change := range changes {
		fmt.Fprintln(stdout, change)
	}
	fmt.Fprintf(stdout, "%d changes since the edition of %s. To take it: replace internal/registry/iana-http-status-codes.csv,\n"+
		"its line in editions.csv, and run go generate ./...\n", len(changes), updated)
	return 1
}

func compare(name string) (changes []string, updated string, err error) {
	newer, err := os.ReadFile(name)
	if err != nil {
		return nil, "", err
	}
	r, err := registry.Load(registry.Files)
	if err != nil {
		return nil, "", err
	}
	changes, err = r.Changes(newer)
	return changes, r.Updated, err
}
