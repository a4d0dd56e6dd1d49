// Package config reads the configuration file of the statuslint command.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"example.com/httpstatus/statuslint"
)

// Names are the names of the file, in the order in which they are looked for.
var Names = []string{".statuslint.yaml", ".statuslint.yml"}

// A File is the configuration of a module.
type File struct {
	Enable      []string          `yaml:"enable"`       // rules to look for besides the usual ones
	Disable     []string          `yaml:"disable"`      // rules not to look for
	Severity    string            `yaml:"severity"`     // the least severity to report
	Severities  map[string]string `yaml:"severities"`   // another severity for a rule
	Writers     []string          `yaml:"writers"`      // functions that answer, as in statuslint.Settings
	Codes       []int             `yaml:"codes"`        // statuses of one's own
	SessionAuth []string          `yaml:"session-auth"` // packages whose 401s have no challenge on purpose
	Exclude     []string          `yaml:"exclude"`      // files to leave alone, by patterns
	Baseline    string            `yaml:"baseline"`     // the baseline file, from the directory of this one

	Dir string `yaml:"-"` // the directory of the file; "" if there is none
}

// Find returns the path of the file that is for a directory: in it or above it,
// up to the root of its module. It returns "" if there is none.
func Find(dir string) string {
	for {
		for _, name := range Names {
			p := filepath.Join(dir, name)
			if info, err := os.Stat(p); err == nil && !info.IsDir() {
				return p
			}
		}
		_, err := os.Stat(filepath.Join(dir, "go.mod"))
		up := filepath.Dir(dir)
		if err == nil || up == dir {
			return ""
		}
		dir = up
	}
}

// Read reads a configuration file. A key that it does not know is an error, and
// so is a rule that does not exist.
func Read(name string) (*File, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f := &File{Dir: filepath.Dir(name)}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(f); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %s", name, oneLine(err))
	}
	s := f.Settings("")
	if err := s.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, pattern := range f.Exclude {
		if _, err := path.Match(strings.ReplaceAll(pattern, "**", "*"), ""); err != nil {
			return nil, fmt.Errorf("%s: exclude %q: %w", name, pattern, err)
		}
	}
	return f, nil
}

// oneLine returns the text of an error of the YAML reader on one line.
func oneLine(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = strings.TrimPrefix(text, "unmarshal errors:\n")
	return strings.Join(strings.Fields(strings.ReplaceAll(text, " in type config.File", "")), " ")
}

// Settings returns what the analyzer is to know. The packages of session-auth
// that start with "./" are below the module.
func (f *File) Settings(module string) statuslint.Settings {
	s := statuslint.Settings{
		Enable: f.Enable, Disable: f.Disable, Severity: f.Severity, Severities: f.Severities,
		Writers: f.Writers, Codes: f.Codes, SessionAuth: slices.Clone(f.SessionAuth),
	}
	for i, p := range s.SessionAuth {
		if rest, ok := strings.CutPrefix(p, "./"); ok {
			s.SessionAuth[i] = strings.TrimSuffix(module+"/"+rest, "/")
		}
	}
	return s
}

// Excludes reports whether a file is to be left alone. The path is from the
// directory of the configuration, with slashes.
func (f *File) Excludes(file string) bool {
	return slices.ContainsFunc(f.Exclude, func(p string) bool { return match(strings.Split(p, "/"), strings.Split(file, "/")) })
}

// match matches path elements. "**" is any number of them, and a pattern that
// names a directory matches what is below it.
func match(pattern, elems []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for i := range len(elems) + 1 {
				if match(pattern[1:], elems[i:]) {
					return true
				}
			}
			return false
		}
		if len(elems) == 0 {
			return false
		}
		if ok, err := path.Match(pattern[0], elems[0]); !ok || err != nil {
			return false
		}
		pattern, elems = pattern[1:], elems[1:]
	}
	return true
}
