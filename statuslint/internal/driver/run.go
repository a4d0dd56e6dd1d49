package driver

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"example.com/httpstatus/statuslint"
)

// A Finding is a mistake at a place.
type Finding struct {
	File         string // relative to the directory of the run
	Line, Column int
	EndLine      int
	EndColumn    int
	Rule         string
	Message      string
	Severity     statuslint.Severity
	Fixes        []Fix

	path string // absolute
}

// A Fix is a change of the source that mends a mistake.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the octets from Start to End of a file.
type Edit struct {
	File       string // absolute
	Start, End int
	New        string
}

// Options say what to run.
type Options struct {
	Dir      string // where the patterns are from
	Patterns []string
	Settings statuslint.Settings
	Tool     string // the statuslint command itself
	CacheDir string // "" is no cache
}

// A Result is what a run found.
type Result struct {
	Findings []Finding
	Broken   []string // packages that could not be analysed, each with the reason in one line
	Packages int      // how many were analysed of those that were asked for
}

// Run analyses packages. Those that are broken are named in the result, and the
// rest is analysed.
func Run(o Options) (*Result, error) {
	pkgs, err := list(o.Dir, o.Patterns)
	if err != nil {
		return nil, err
	}
	settings, err := json.Marshal(o.Settings)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "statuslint")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	r := &runner{Options: o, settings: string(settings), tmp: tmp, units: make(map[string]*unit), result: new(Result)}
	if o.CacheDir != "" {
		r.seed, err = r.identity()
		if err != nil {
			return nil, err
		}
	}
	return r.run(pkgs)
}

// A runner is one run.
type runner struct {
	Options
	settings string
	tmp      string
	seed     string // what every key of the cache depends on
	units    map[string]*unit

	mu     sync.Mutex
	result *Result
	err    error
}

// A unit is one package of a run.
type unit struct {
	p    *listed
	deps []*unit
	done chan struct{}
	vetx string // the file with its facts, "" if it has none
	hash string // of the facts
}

func (r *runner) run(pkgs []*listed) (*Result, error) {
	exports := make(map[string]string)
	standard := make(map[string]bool)
	reaches := make(map[string]bool)
	var order []*unit
	for _, p := range pkgs { // go list gives those that are imported first
		exports[p.ImportPath] = p.Export
		standard[p.ImportPath] = p.Standard
		if isWeb(p.ImportPath) {
			reaches[p.ImportPath] = true
		}
		u := &unit{p: p, done: make(chan struct{})}
		for _, path := range p.Imports {
			path = p.path(path)
			reaches[p.ImportPath] = reaches[p.ImportPath] || reaches[path]
			if d := r.units[path]; d != nil {
				u.deps = append(u.deps, d)
			}
		}
		if why := p.broken(r.Dir); why != "" {
			if !p.DepOnly {
				r.result.Broken = append(r.result.Broken, p.ImportPath+": "+why)
			}
			continue
		}
		if !p.needed(reaches) || len(p.CompiledGoFiles) == 0 {
			continue
		}
		if !p.DepOnly {
			r.result.Packages++
		}
		r.units[p.ImportPath] = u
		order = append(order, u)
	}
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, u := range order {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer close(u.done)
			for _, d := range u.deps {
				<-d.done
			}
			turns <- struct{}{}
			defer func() { <-turns }()
			r.analyse(i, u, exports, standard)
		}()
	}
	wg.Wait()
	if r.CacheDir != "" {
		prune(r.CacheDir, time.Now())
	}
	if r.err != nil {
		return nil, r.err
	}
	r.result.Findings = unique(r.result.Findings)
	slices.Sort(r.result.Broken)
	return r.result, nil
}

// analyse runs the tool over one package, or takes what the cache has of it.
func (r *runner) analyse(i int, u *unit, exports map[string]string, standard map[string]bool) {
	p := u.p
	files := make([]string, len(p.CompiledGoFiles))
	for i, f := range p.CompiledGoFiles {
		if !filepath.IsAbs(f) {
			f = filepath.Join(p.Dir, f)
		}
		files[i] = f
	}
	key := r.key(u, files)
	base := filepath.Join(r.tmp, strconv.Itoa(i))
	vetx, out := base+".vetx", base+".json"
	if !r.cached(key, vetx, out) {
		cfg := unitchecker.Config{
			ID: p.ImportPath, Compiler: "gc", Dir: p.Dir, ImportPath: p.ImportPath, GoFiles: files, IgnoredFiles: p.IgnoredGoFiles,
			ImportMap: make(map[string]string), PackageFile: exports, Standard: standard, PackageVetx: make(map[string]string),
			VetxOnly: p.DepOnly, VetxOutput: vetx, Stdout: out,
		}
		if m := p.Module; m != nil {
			cfg.Module = &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}
			if m.GoVersion != "" {
				cfg.GoVersion = "go" + m.GoVersion
			}
		}
		for _, path := range p.Imports {
			cfg.ImportMap[path] = p.path(path)
		}
		for _, d := range u.deps {
			if d.vetx != "" {
				cfg.PackageVetx[d.p.ImportPath] = d.vetx
			}
		}
		if err := r.tool(base+".cfg", cfg); err != nil {
			r.fail(u, err)
			return
		}
		r.keep(key, vetx, out)
	}
	if b, err := os.ReadFile(vetx); err == nil {
		u.vetx = vetx
		sum := sha256.Sum256(b)
		u.hash = hex.EncodeToString(sum[:])
	}
	if p.DepOnly {
		return
	}
	findings, err := r.read(out)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil && r.err == nil {
		r.err = err
	}
	r.result.Findings = append(r.result.Findings, findings...)
}

// tool runs the command on a configuration, as go vet does.
func (r *runner) tool(name string, cfg unitchecker.Config) error {
	b, err := json.Marshal(cfg)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, b, 0o666); err != nil {
		return err
	}
	defer os.Remove(name)
	cmd := exec.Command(r.Tool, "-json", "-settings="+r.settings, name)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		if text := strings.TrimPrefix(firstLine(stderr.String()), "statuslint: "); text != "" {
			return fmt.Errorf("%s", text)
		}
		return err
	}
	return nil
}

// fail notes that a package could not be analysed.
func (r *runner) fail(u *unit, err error) {
	if u.p.DepOnly {
		return // its functions count as unknown
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.result.Broken = append(r.result.Broken, u.p.ImportPath+": "+err.Error())
	r.result.Packages--
}

// read reads what the tool found in one package.
func (r *runner) read(name string) ([]Finding, error) {
	b, err := os.ReadFile(name)
	if os.IsNotExist(err) || len(b) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var tree map[string]map[string]json.RawMessage
	if err := json.Unmarshal(b, &tree); err != nil {
		return nil, fmt.Errorf("the tool's answer: %w", err)
	}
	var findings []Finding
	for _, byAnalyzer := range tree {
		for _, raw := range byAnalyzer {
			var list []struct {
				Category, Posn, End, Message string
				Fixes                        []struct {
					Message string
					Edits   []struct {
						Filename   string
						Start, End int
						New        string
					}
				} `json:"suggested_fixes"`
			}
			if err := json.Unmarshal(raw, &list); err != nil {
				return nil, fmt.Errorf("the tool's answer: %s", raw)
			}
			for _, d := range list {
				f := Finding{Rule: d.Category, Message: strings.TrimPrefix(d.Message, d.Category+": ")}
				f.path, f.Line, f.Column = position(d.Posn)
				_, f.EndLine, f.EndColumn = position(d.End)
				f.File = relative(r.Dir, f.path)
				f.Severity = r.severity(f.Rule)
				for _, x := range d.Fixes {
					fix := Fix{Message: x.Message}
					for _, e := range x.Edits {
						fix.Edits = append(fix.Edits, Edit{e.Filename, e.Start, e.End, e.New})
					}
					f.Fixes = append(f.Fixes, fix)
				}
				findings = append(findings, f)
			}
		}
	}
	return findings, nil
}

// severity returns how bad a rule is, by the settings.
func (r *runner) severity(id string) statuslint.Severity {
	if v, err := statuslint.ParseSeverity(r.Settings.Severities[id]); err == nil {
		return v
	}
	for _, rule := range statuslint.Rules() {
		if rule.ID == id {
			return rule.Severity
		}
	}
	return statuslint.Warning
}

// position splits "file:line:column".
func position(text string) (file string, line, column int) {
	cut := func() int {
		i := strings.LastIndexByte(text, ':')
		if i < 0 {
			return 0
		}
		n, err := strconv.Atoi(text[i+1:])
		if err != nil {
			return 0
		}
		text = text[:i]
		return n
	}
	column = cut()
	line = cut()
	return text, line, column
}

// unique sorts findings by place and takes out those that are there twice: a
// file can belong to several packages.
func unique(list []Finding) []Finding {
	sort.Slice(list, func(i, j int) bool {
		a, b := &list[i], &list[j]
		switch {
		case a.File != b.File:
			return a.File < b.File
		case a.Line != b.Line:
			return a.Line < b.Line
		case a.Column != b.Column:
			return a.Column < b.Column
		}
		return a.Message < b.Message
	})
	return slices.CompactFunc(list, func(a, b Finding) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message
	})
}

// identity returns what every answer depends on: the tool and its settings.
func (r *runner) identity() (string, error) {
	f, err := os.Open(r.Tool)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	fmt.Fprintf(h, "\n%s\n", r.settings)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// key names what the tool will answer for a package: it depends on the tool, the
// source, the export data and the facts of what is imported. It is "" without a
// cache.
func (r *runner) key(u *unit, files []string) string {
	if r.seed == "" {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s %v %s\n", r.seed, u.p.ImportPath, u.p.DepOnly, u.p.Export)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return ""
		}
		fmt.Fprintf(h, "%s %x\n", name, sha256.Sum256(b))
	}
	for _, d := range u.deps {
		fmt.Fprintf(h, "%s %s %s\n", d.p.ImportPath, d.p.Export, d.hash)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// cached takes the answer for a key out of the cache, if it is there.
func (r *runner) cached(key, vetx, out string) bool {
	if key == "" {
		return false
	}
	dir := filepath.Join(r.CacheDir, key[:2])
	for from, to := range map[string]string{key + ".vetx": vetx, key + ".json": out} {
		b, err := os.ReadFile(filepath.Join(dir, from))
		if err != nil || os.WriteFile(to, b, 0o666) != nil {
			return false
		}
	}
	return true
}

// keep puts an answer into the cache. It is written under another name first,
// so that a run beside this one sees all of it or nothing.
func (r *runner) keep(key, vetx, out string) {
	if key == "" {
		return
	}
	dir := filepath.Join(r.CacheDir, key[:2])
	if os.MkdirAll(dir, 0o777) != nil {
		return
	}
	for to, from := range map[string]string{key + ".vetx": vetx, key + ".json": out} {
		b, err := os.ReadFile(from)
		if err != nil && !os.IsNotExist(err) {
			return
		}
		tmp, err := os.CreateTemp(dir, "new")
		if err != nil {
			return
		}
		_, err = tmp.Write(b)
		if tmp.Close() != nil || err != nil || os.Rename(tmp.Name(), filepath.Join(dir, to)) != nil {
			os.Remove(tmp.Name())
			return
		}
	}
}

// prune takes answers out of the cache that were not made within a month. It
// looks once a day.
func prune(dir string, now time.Time) {
	stamp := filepath.Join(dir, "pruned")
	if info, err := os.Stat(stamp); err == nil && now.Sub(info.ModTime()) < 24*time.Hour {
		return
	}
	if os.MkdirAll(dir, 0o777) != nil || os.WriteFile(stamp, nil, 0o666) != nil {
		return
	}
	os.Chtimes(stamp, now, now)
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil && now.Sub(info.ModTime()) > 30*24*time.Hour {
			os.Remove(path)
		}
		return nil
	})
}

// Path returns the absolute path of the file.
func (f *Finding) Path() string { return f.path }
