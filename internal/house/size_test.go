package house

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// What the package may add to a program, with every Go that it is tested with.
// It is measured against a program that has what all programs of its kind have,
// so that what a new Go adds to each of them does not count.
const (
	// One predicate, to a program that imports os alone: bytes of the executable.
	predicateGrowth = 24 << 10
	// New, AppendBody and Decode, to a program that uses fmt: bytes of machine
	// code. The executable also has what debuggers and stack traces need, in
	// proportion to it.
	errorGrowth = 96 << 10
)

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
	fmtProgram = `package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	fmt.Fprintln(os.Stdout, len(os.Args), strings.NewReader(os.Args[0]))
}
`
	errorProgram = `package main

import (
	"fmt"
	"os"
	"strings"

	"example.com/httpstatus"
)

func main() {
	e := httpstatus.Code(len(os.Args)).New(os.Args[0], "m")
	os.Stdout.Write(e.AppendBody(nil, httpstatus.Format(len(os.Args))))
	fmt.Fprintln(os.Stdout, httpstatus.Decode(404, nil, strings.NewReader(os.Args[0])))
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
	grown := len(predicate) - len(bare)
	t.Logf("%s: %d bytes for a predicate", runtime.Version(), grown)
	assert.LessOrEqual(t, grown, predicateGrowth, "%d bytes with a predicate, %d without", len(predicate), len(bare))

	grown = machineCode(t, errorProgram) - machineCode(t, fmtProgram)
	t.Logf("%s: %d bytes for New, AppendBody and Decode", runtime.Version(), grown)
	assert.LessOrEqual(t, grown, errorGrowth)

	// The phrases are found where they are, and are not where none is asked for.
	phrase := []byte(httpstatus.MisdirectedRequest.Phrase())
	assert.True(t, bytes.Contains(template, phrase), "phrases with a template")
	assert.False(t, bytes.Contains(predicate, phrase), "phrases with a predicate")

	for _, begin := range prose(t) {
		assert.False(t, bytes.Contains(predicate, begin), "%q with a predicate", begin)
		assert.False(t, bytes.Contains(template, begin), "%q with a template", begin)
	}
}

// prose returns the beginning of each meaning that Describe gives.
func prose(t *testing.T) [][]byte {
	t.Helper()
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
	require.Len(t, begins, len(slices.Collect(httpstatus.All())))
	return begins
}

// machineCode returns how many bytes of machine code a program has.
func machineCode(t *testing.T, source string) int {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program.exe")
	require.NoError(t, os.WriteFile(program, build(t, source), 0o600))
	out, err := exec.Command("go", "tool", "nm", "-size", program).Output()
	require.NoError(t, err)
	sum := 0
	for line := range strings.Lines(string(out)) {
		columns := strings.Fields(line) // address, size, kind, name
		if len(columns) < 4 || !strings.Contains("Tt", columns[2]) {
			continue
		}
		size, err := strconv.Atoi(columns[1])
		require.NoError(t, err)
		sum += size
	}
	require.Greater(t, sum, 100000)
	return sum
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
