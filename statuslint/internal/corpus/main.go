// Corpus runs statuslint over the modules of corpus/modules.txt, which the Go
// module proxy serves, and compares what it finds with what a person has read:
// corpus/findings.csv says of each finding whether it is a mistake, and
// corpus/missed.csv lists the mistakes that are known and not found.
//
//	go run ./internal/corpus           # in the directory of statuslint
//	go run ./internal/corpus goproxy   # one module
//
// It reads source alone and compiles nothing, so it takes some minutes.
//
// It prints the two figures of README.md by rule, and fails if there is a
// finding that nobody has read, or one that is gone.
package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/httpstatus/statuslint"
)

// A site is a place in a module where a rule is, or should be, reported.
type site struct {
	module, file string
	line         int
	rule         string
}

func (s site) String() string { return fmt.Sprintf("%s %s:%d %s", s.module, s.file, s.line, s.rule) }

// A record is what a person says of a site.
type record struct {
	verdict string // true, debatable or false; "" of one that is missed
	note    string
}

func main() {
	only := ""
	if len(os.Args) > 1 {
		only = os.Args[1]
	}
	if err := run(os.Stdout, only); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

// run counts over the modules, or those whose path contains only.
func run(out io.Writer, only string) error {
	read, err := records("corpus/findings.csv", true)
	if err != nil {
		return err
	}
	missed, err := records("corpus/missed.csv", false)
	if err != nil {
		return err
	}
	list, err := os.ReadFile("corpus/modules.txt")
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "statuslint-corpus")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	var (
		mu     sync.Mutex
		found  = make(map[site]bool)
		failed error
		turns  = make(chan struct{}, 2) // at a time: a large module takes a gigabyte
		wg     sync.WaitGroup
	)
	for line := range strings.Lines(string(list)) {
		words := strings.Fields(line)
		if len(words) != 2 || strings.HasPrefix(line, "#") || only != "" && !strings.Contains(words[0], only) {
			continue
		}
		module, version := words[0], words[1]
		wg.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			start := time.Now()
			var own []site
			dir, err := unpack(tmp, module, version)
			var broken []string
			if err == nil {
				broken, err = lint(dir, module, func(s site) { own = append(own, s) })
				os.RemoveAll(dir)
			}
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", module, err))
				return
			}
			for _, s := range own {
				found[s] = true
			}
			fmt.Fprintf(os.Stderr, "%s %s: %d findings, %.0f s\n", module, version, len(own), time.Since(start).Seconds())
			for _, path := range broken {
				fmt.Fprintf(os.Stderr, "\tdoes not compile: %s\n", path)
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	for _, known := range []map[site]record{read, missed} {
		maps.DeleteFunc(known, func(s site, _ record) bool { return only != "" && !strings.Contains(s.module, only) })
	}
	return report(out, found, read, missed)
}

// unpack makes a copy of a module: the one in the module cache cannot be written
// to, and go may want to.
func unpack(tmp, module, version string) (dir string, err error) {
	cmd := exec.Command("go", "mod", "download", "-json", module+"@"+version)
	cmd.Env = environ()
	b, err := cmd.Output()
	var info struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(b, &info); jsonErr != nil || info.Error != "" || err != nil {
		return "", fmt.Errorf("go mod download: %w %s", errors.Join(err, jsonErr), info.Error)
	}
	dir = filepath.Join(tmp, strings.ReplaceAll(module, "/", "_"))
	return dir, os.CopyFS(dir, os.DirFS(info.Dir))
}

// records reads a file of sites: module, file, line, rule, a verdict in
// findings.csv, and a note.
func records(name string, verdicts bool) (map[site]record, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	all := make(map[site]record)
	for i, row := range rows[1:] {
		line, err := strconv.Atoi(row[2])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+2, err)
		}
		r := record{note: row[len(row)-1]}
		if verdicts {
			if r.verdict = row[4]; !slices.Contains([]string{"true", "debatable", "false"}, r.verdict) {
				return nil, fmt.Errorf("%s:%d: verdict %q is not true, debatable or false", name, i+2, r.verdict)
			}
		}
		s := site{row[0], row[1], line, row[3]}
		if _, ok := all[s]; ok {
			return nil, fmt.Errorf("%s:%d: %s is there twice", name, i+2, s)
		}
		all[s] = r
	}
	return all, nil
}

// count is what is known of one rule.
type count struct{ right, debatable, wrong, missed int }

func report(out io.Writer, found map[site]bool, read, missed map[site]record) error {
	byRule := make(map[string]*count)
	of := func(rule string) *count {
		if byRule[rule] == nil {
			byRule[rule] = new(count)
		}
		return byRule[rule]
	}
	var unread, gone []string
	for s := range found {
		r, ok := read[s]
		if !ok {
			unread = append(unread, s.String())
			continue
		}
		switch r.verdict {
		case "true":
			of(s.rule).right++
		case "debatable":
			of(s.rule).debatable++
		default:
			of(s.rule).wrong++
		}
	}
	for s := range read {
		if !found[s] {
			gone = append(gone, s.String())
		}
	}
	for s := range missed {
		if found[s] {
			gone = append(gone, s.String()+" is found now, and stands in missed.csv")
			continue
		}
		of(s.rule).missed++
	}
	fmt.Fprintln(out, "| rule | severity | true | debatable | false | missed |\n|---|---|---|---|---|---|")
	var all, errorsOnly count
	for _, rule := range statuslint.Rules() {
		c := byRule[rule.ID]
		if c == nil {
			continue
		}
		fmt.Fprintf(out, "| %s | %s | %d | %d | %d | %d |\n", rule.ID, rule.Severity, c.right, c.debatable, c.wrong, c.missed)
		all.add(c)
		if rule.Severity == statuslint.Error {
			errorsOnly.add(c)
		}
	}
	fmt.Fprintf(out, "\nprecision: %s; of errors: %s\nrecall: %s\n", all.precision(), errorsOnly.precision(), all.recall())
	slices.Sort(unread)
	slices.Sort(gone)
	if len(unread)+len(gone) > 0 {
		return fmt.Errorf("%d findings are not in findings.csv:\n\t%s\n%d sites are no longer as recorded:\n\t%s",
			len(unread), strings.Join(unread, "\n\t"), len(gone), strings.Join(gone, "\n\t"))
	}
	return nil
}

func (c *count) add(d *count) {
	c.right += d.right
	c.debatable += d.debatable
	c.wrong += d.wrong
	c.missed += d.missed
}

func (c *count) precision() string {
	n := c.right + c.debatable + c.wrong
	return fmt.Sprintf("%d of %d are mistakes, %d debatable, %d false", c.right, n, c.debatable, c.wrong)
}

func (c *count) recall() string {
	return fmt.Sprintf("%d of %d known mistakes are found", c.right, c.right+c.missed)
}
