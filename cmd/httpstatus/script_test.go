package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the files that scripts compare with")

// TestScripts runs the scripts in testdata. A script is the comment of a txtar
// archive, whose files it can compare with. Its first line is a comment that
// says what the script is about. The commands are few:
//
//	env NAME=value       sets a variable for what follows
//	terminal 60          makes standard output a terminal of that width
//	httpstatus args      runs the command, which must exit with 0; words may be
//	                     in single quotes
//	exits 2              turns that into: the run above must have exited with 2
//	stdout 'regexp'      the output of the last run matches (multi-line mode)
//	stderr 'regexp'      the same for standard error
//	! stdout 'regexp'    it does not match
//	cmp stdout want      it equals a file of the archive
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			comment, archive := readTxtar(string(data))
			require.True(t, strings.HasPrefix(comment, "# "), "the first line says what the script is about")
			s := script{t: t, files: archive, env: map[string]string{}}
			for i, line := range strings.Split(comment, "\n") {
				s.place = file + ":" + strconv.Itoa(i+1)
				s.line(line)
			}
			s.settle()
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(writeTxtar(comment, archive)), 0o666))
			}
		})
	}
}

// A script is one that is running.
type script struct {
	t              *testing.T
	place          string
	files          []txtarFile
	env            map[string]string
	width          int // of the terminal; 0 for none
	ran            bool
	status, expect int
	stdout, stderr string
}

func (s *script) line(line string) {
	words := splitWords(s.t, s.place, line)
	if len(words) == 0 || strings.HasPrefix(words[0], "#") {
		return
	}
	negate := words[0] == "!"
	if negate {
		words = words[1:]
	}
	switch verb, args := words[0], words[1:]; verb {
	case "env":
		name, value, ok := strings.Cut(args[0], "=")
		require.True(s.t, ok, "%s: want NAME=value", s.place)
		s.env[name] = value
	case "terminal":
		width, err := strconv.Atoi(args[0])
		require.NoError(s.t, err, s.place)
		s.width = width
	case "httpstatus":
		s.settle()
		var stdout, stderr bytes.Buffer
		s.status = run(args, system{
			getenv:   func(name string) string { return s.env[name] },
			stdin:    strings.NewReader(""),
			stdout:   &stdout,
			stderr:   &stderr,
			terminal: func() (int, bool) { return s.width, s.width > 0 },
			raw:      func() (func(), bool) { return nil, false },
		})
		s.stdout, s.stderr, s.expect, s.ran = stdout.String(), stderr.String(), exitOK, true
	case "exits":
		status, err := strconv.Atoi(args[0])
		require.NoError(s.t, err, s.place)
		s.expect = status
	case "stdout", "stderr":
		re, err := regexp.Compile("(?m)" + args[0])
		require.NoError(s.t, err, s.place)
		if got := s.output(verb); re.MatchString(got) == negate {
			s.t.Errorf("%s: %s\n%s", s.place, line, got)
		}
	case "cmp":
		for i := range s.files {
			if f := &s.files[i]; f.name == args[1] {
				if *update {
					f.data = s.output(args[0])
				}
				assert.Equal(s.t, f.data, s.output(args[0]), "%s: run go test ./cmd/httpstatus -update if this is right", s.place)
				return
			}
		}
		s.t.Fatalf("%s: no file %s", s.place, args[1])
	default:
		s.t.Fatalf("%s: no command %s", s.place, verb)
	}
}

// settle checks the exit status of the last run, now that the lines about it
// are read.
func (s *script) settle() {
	if s.ran {
		assert.Equal(s.t, s.expect, s.status, "%s: exit status of the run before\n%s", s.place, s.stderr)
	}
}

func (s *script) output(name string) string {
	if name == "stderr" {
		return s.stderr
	}
	return s.stdout
}

// splitWords splits at spaces outside single quotes; a quoted word may be empty.
func splitWords(t *testing.T, place, line string) []string {
	var words []string
	quoted := strings.Split(line, "'")
	require.Equal(t, 1, len(quoted)%2, "%s: unbalanced quotes", place)
	if strings.HasPrefix(line, "#") {
		return []string{"#"}
	}
	for i, part := range quoted {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

type txtarFile struct{ name, data string }

// readTxtar reads the txtar format: a comment, then files that begin with a
// line like "-- name --".
func readTxtar(s string) (comment string, files []txtarFile) {
	target := &comment
	for line := range strings.Lines(s) {
		name, isHeader := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "-- ")
		if name, isHeader2 := strings.CutSuffix(name, " --"); isHeader && isHeader2 {
			files = append(files, txtarFile{name: name})
			target = &files[len(files)-1].data
			continue
		}
		*target += line
	}
	return comment, files
}

func writeTxtar(comment string, files []txtarFile) string {
	for _, f := range files {
		comment += "-- " + f.name + " --\n" + f.data
	}
	return comment
}
