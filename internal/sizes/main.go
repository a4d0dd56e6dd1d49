// Command sizes prints what the library adds to a program, as a table in
// Markdown with a column for each version of Go:
//
//	go run ./internal/sizes go1.25.0 go1.26.8 go1.27.3
//
// The programs are built for the machine that it runs on, without flags.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A program is something whose size is of interest.
type program struct {
	name    string
	over    string // the program that it is compared with; "" gives its size
	imports string // beside os
	body    string // of main
}

const (
	root    = "example.com/httpstatus"
	adapter = root + "/statushttp"
)

var programs = []program{
	{"a program that imports os alone", "", "", ""},
	{"one predicate", "a program that imports os alone", root, "if httpstatus.Code(len(os.Args)).IsRetryable() { os.Exit(1) }"},
	{"String", "a program that imports os alone", root, "os.Stdout.WriteString(httpstatus.Code(len(os.Args)).String())"},
	{"Describe", "a program that imports os alone", root, "os.Stdout.WriteString(httpstatus.Describe(httpstatus.Code(len(os.Args))).Meaning)"},
	{"a program that prints with fmt", "", "fmt strings", "fmt.Fprintln(os.Stdout, len(os.Args), strings.NewReader(os.Args[0]))"},
	{
		"New, AppendBody and Decode", "a program that prints with fmt", "fmt strings " + root,
		`e := httpstatus.Code(len(os.Args)).New(os.Args[0], "m")
	os.Stdout.Write(e.AppendBody(nil, httpstatus.Format(len(os.Args))))
	fmt.Fprintln(os.Stdout, httpstatus.Decode(404, nil, strings.NewReader(os.Args[0])))`,
	},
	{"a server with net/http", "", "net/http", "http.ListenAndServe(\":0\", http.NotFoundHandler())"},
	{
		"statushttp.Write", "a server with net/http", "errors net/http " + adapter,
		`http.ListenAndServe(":0", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		statushttp.Write(w, r, errors.New("e"))
	}))`,
	},
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: sizes GO...")
		os.Exit(2)
	}
	if err := table(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sizes:", err)
		os.Exit(1)
	}
}

func table(versions []string) error {
	dir, err := os.MkdirTemp("", "sizes")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Println("| bytes | " + strings.Join(versions, " | ") + " |\n| --- |" + strings.Repeat(" ---: |", len(versions)))
	sizes := map[string]int{} // by version and name
	for _, p := range programs {
		row, sign := "| "+p.name, ""
		if p.over != "" {
			row, sign = "| … with "+p.name, "+"
		}
		for _, version := range versions {
			size, err := p.build(dir, version)
			if err != nil {
				return err
			}
			sizes[version+p.name] = size
			row += " | " + sign + group(size-sizes[version+p.over])
		}
		fmt.Println(row + " |")
	}
	return nil
}

// build returns the size of the program, made with a version of Go.
func (p program) build(dir, version string) (int, error) {
	text := "package main\n\nimport (\n\t\"os\"\n"
	for _, path := range strings.Fields(p.imports) {
		text += "\t" + strconv.Quote(path) + "\n"
	}
	text += ")\n\nfunc main() {\n\t" + p.body + "\n\tos.Exit(len(os.Args))\n}\n"
	source, out := filepath.Join(dir, "main.go"), filepath.Join(dir, "program")
	if err := os.WriteFile(source, []byte(text), 0o600); err != nil {
		return 0, err
	}
	cmd := exec.Command("go", "build", "-o", out, source)
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+version)
	if said, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("building %q with %s: %w\n%s", p.name, version, err, said)
	}
	info, err := os.Stat(out)
	if err != nil {
		return 0, err
	}
	return int(info.Size()), nil
}

// group returns the digits of n in groups of three.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
