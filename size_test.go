package httpstatus_test

import (
	"bytes"
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// maxGrowth returns how many bytes one predicate may add to a program that
// imports os and nothing else. The trait table and its page take 6 KiB; the rest
// is what fmt and encoding/json, which the errors need, initialise at start. One
// of the things that the latter keeps is a function that formats floats. Since
// Go 1.26 every program has those; before, they take 50 KiB more.
func maxGrowth() int {
	if strings.HasPrefix(runtime.Version(), "go1.25") {
		return 120 << 10
	}
	return 64 << 10
}

const (
	bareProgram = `package main

import "os"

func main() { os.Exit(len(os.Args)) }
`
	predicateProgram = `package main

import (
	"os"

	"example.com/httpstatus"
)

func main() {
	if httpstatus.Code(len(os.Args)).IsRetryable() {
		os.Exit(1)
	}
	os.Exit(len(os.Args))
}
`
	// A template may call any method by name, so the linker keeps all of Code's.
	templateProgram = `package main

import (
	"os"
	"text/template"

	"example.com/httpstatus"
)

func main() {
	t := template.Must(template.New("").Parse(os.Args[1]))
	if err := t.Execute(os.Stdout, httpstatus.Code(len(os.Args))); err != nil {
		os.Exit(1)
	}
}
`
	// Every meaning on its own line.
	describeProgram = `package main

import (
	"os"
	"strings"

	"example.com/httpstatus"
)

func main() {
	for c := range httpstatus.All() {
		os.Stdout.WriteString(strings.Join(strings.Fields(httpstatus.Describe(c).Meaning), " ") + "\n")
	}
}
`
)

// TestLinked holds what a program pays for what it uses: for one predicate
// little more than its table, and for the text of the cards nothing unless it
// asks for it, although one with a template keeps every method of a Code.
func TestLinked(t *testing.T) {
	bare, predicate, template := build(t, bareProgram), build(t, predicateProgram), build(t, templateProgram)
	assert.LessOrEqual(t, len(predicate)-len(bare), maxGrowth(), "%d bytes with a predicate, %d without", len(predicate), len(bare))

	// The phrases are found where they are, and are not where none is asked for.
	phrase := []byte(httpstatus.MisdirectedRequest.Phrase())
	assert.True(t, bytes.Contains(template, phrase), "phrases with a template")
	assert.False(t, bytes.Contains(predicate, phrase), "phrases with a predicate")

	for _, begin := range prose(t) {
		assert.False(t, bytes.Contains(predicate, begin), "%q with a predicate", begin)
		assert.False(t, bytes.Contains(template, begin), "%q with a template", begin)
	}
}

// prose returns the beginning of each meaning that Describe gives, once it does.
func prose(t *testing.T) [][]byte {
	t.Helper()
	if !declares(t, "Describe") {
		return nil
	}
	binary := build(t, describeProgram)
	program := filepath.Join(t.TempDir(), "describe.exe")
	require.NoError(t, os.WriteFile(program, binary, 0o700))
	out, err := exec.Command(program).Output()
	require.NoError(t, err)

	var begins [][]byte
	for line := range bytes.Lines(out) {
		line = bytes.TrimSpace(line)
		require.Greater(t, len(line), 30, "a meaning of %q", line)
		begin := line[:30]
		require.True(t, bytes.Contains(binary, begin), "%q is not found where it is", begin)
		begins = append(begins, begin)
	}
	require.Len(t, begins, len(registered()))
	return begins
}

// declares reports whether the package has a function of that name.
func declares(t *testing.T, name string) bool {
	t.Helper()
	for _, file := range rootFiles(t) {
		for _, d := range parseFile(t, file).Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == name {
				return true
			}
		}
	}
	return false
}

// build compiles a program as part of this module and returns the executable's
// bytes.
func build(t *testing.T, source string) []byte {
	t.Helper()
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	require.NoError(t, err)
	dir := t.TempDir()
	main := filepath.Join(dir, "main.go")
	require.NoError(t, os.WriteFile(main, []byte(source), 0o600))
	program := filepath.Join(dir, "program.exe")
	cmd := exec.Command("go", "build", "-o", program, main)
	cmd.Dir = strings.TrimSpace(string(root))
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	binary, err := os.ReadFile(program)
	require.NoError(t, err)
	return binary
}
