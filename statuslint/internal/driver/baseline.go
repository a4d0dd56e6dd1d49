package driver

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// A Baseline is the findings that a team has put off. Each is known by its file,
// its rule and the text of its line, so that it stays the same when lines move.
type Baseline struct {
	Version  int             `json:"version"`
	Findings []BaselineEntry `json:"findings"`
}

// A BaselineEntry is what is put off: as many findings as Count.
type BaselineEntry struct {
	File  string `json:"file"`
	Rule  string `json:"rule"`
	Line  string `json:"line"` // without the white space around it
	Count int    `json:"count"`
}

type baselineKey struct{ file, rule, line string }

// lines reads the lines of files once.
type lines map[string][]string

func (l lines) at(path string, n int) string {
	all, ok := l[path]
	if !ok {
		b, err := os.ReadFile(path)
		if err == nil {
			all = strings.Split(string(b), "\n")
		}
		l[path] = all
	}
	if n < 1 || n > len(all) {
		return ""
	}
	return strings.TrimSpace(all[n-1])
}

// key returns what a baseline in a directory knows a finding by.
func (f *Finding) key(dir string, src lines) baselineKey {
	file := f.path
	if rel, err := filepath.Rel(dir, f.path); err == nil {
		file = rel
	}
	return baselineKey{filepath.ToSlash(file), f.Rule, src.at(f.path, f.Line)}
}

// NewBaseline makes the baseline of some findings for a directory.
func NewBaseline(dir string, list []Finding) *Baseline {
	count := make(map[baselineKey]int)
	src := make(lines)
	for i := range list {
		count[list[i].key(dir, src)]++
	}
	b := &Baseline{Version: 1, Findings: []BaselineEntry{}}
	for k, n := range count {
		b.Findings = append(b.Findings, BaselineEntry{k.file, k.rule, k.line, n})
	}
	sort.Slice(b.Findings, func(i, j int) bool {
		x, y := b.Findings[i], b.Findings[j]
		switch {
		case x.File != y.File:
			return x.File < y.File
		case x.Rule != y.Rule:
			return x.Rule < y.Rule
		}
		return x.Line < y.Line
	})
	return b
}

// ReadBaseline reads a baseline file.
func ReadBaseline(name string) (*Baseline, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	b := new(Baseline)
	if err := json.Unmarshal(text, b); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if b.Version != 1 {
		return nil, fmt.Errorf("%s: version %d of a baseline, and only 1 is known", name, b.Version)
	}
	return b, nil
}

// Write writes a baseline file.
func (b *Baseline) Write(name string) error {
	text, err := json.MarshalIndent(b, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(text, '\n'), 0o666)
}

// New returns the findings that the baseline does not know.
func (b *Baseline) New(dir string, list []Finding) (left []Finding) {
	count := make(map[baselineKey]int)
	for _, e := range b.Findings {
		count[baselineKey{e.File, e.Rule, e.Line}] += e.Count
	}
	src := make(lines)
	for _, f := range list {
		if k := f.key(dir, src); count[k] > 0 {
			count[k]--
			continue
		}
		left = append(left, f)
	}
	return left
}
