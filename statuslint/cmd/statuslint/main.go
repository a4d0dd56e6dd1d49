// Statuslint finds mistakes about HTTP status codes in Go source.
//
//	statuslint ./...
//	statuslint -fix ./...
//	go vet -vettool=$(which statuslint) ./...
//
// It exits with 0 if it found nothing, with 1 if it found something, and with 2
// if it could not do its work. See https://pkg.go.dev/example.com/httpstatus/statuslint
// for the rules, and README.md there for the flags and the configuration file.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"example.com/httpstatus/statuslint/internal/config"
	"example.com/httpstatus/statuslint/internal/driver"
)

func main() {
	if forVet(os.Args[1:]) {
		vet()
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// flags are the flags of a run by itself.
type flags struct {
	enable, disable string
	severity        string
	config          string
	baseline        string
	writeBaseline   string
	format          string
	json, sarif     bool
	fix, diff       bool
	version, v      bool
	noCache         bool
}

const usage = `usage: statuslint [flags] [packages]

  -enable RULES          look for these rules too, separated by commas; all for every rule
  -disable RULES         do not look for these
  -severity SEVERITY     the least severity to report: error, warning (the default) or info
  -config FILE           the configuration; without it .statuslint.yaml, here or above, within the module; none for none
  -baseline FILE         report only what this file does not know
  -write-baseline FILE   put everything that is found into this file, and report nothing
  -format FORMAT         text (the default), json, sarif or github
  -json, -sarif          the same as -format=json and -format=sarif
  -fix                   apply the fixes, and report what is left
  -diff                  with -fix: print the changes instead
  -no-cache              do not use what an earlier run found out
  -version, -V           print the version
`

func run(args []string, stdout, stderr io.Writer) int {
	var f flags
	fs := flag.NewFlagSet("statuslint", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.StringVar(&f.enable, "enable", "", "")
	fs.StringVar(&f.disable, "disable", "", "")
	fs.StringVar(&f.severity, "severity", "", "")
	fs.StringVar(&f.config, "config", "", "")
	fs.StringVar(&f.baseline, "baseline", "", "")
	fs.StringVar(&f.writeBaseline, "write-baseline", "", "")
	fs.StringVar(&f.format, "format", "text", "")
	fs.BoolVar(&f.json, "json", false, "")
	fs.BoolVar(&f.sarif, "sarif", false, "")
	fs.BoolVar(&f.fix, "fix", false, "")
	fs.BoolVar(&f.diff, "diff", false, "")
	fs.BoolVar(&f.version, "version", false, "")
	fs.BoolVar(&f.v, "V", false, "")
	fs.BoolVar(&f.noCache, "no-cache", false, "")
	fail := func(err error) int {
		fmt.Fprintf(stderr, "statuslint: %s\n", err)
		return 2
	}
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		io.WriteString(stdout, usage)
		return 0
	} else if err != nil {
		return fail(fmt.Errorf("%w; statuslint -h lists the flags", err))
	}
	if f.version || f.v {
		fmt.Fprintf(stdout, "statuslint version %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return 0
	}
	if f.json {
		f.format = "json"
	}
	if f.sarif {
		f.format = "sarif"
	}
	if !slices.Contains(driver.Formats, f.format) {
		return fail(fmt.Errorf("format %q is not %s", f.format, strings.Join(driver.Formats, ", ")))
	}
	if f.diff && !f.fix {
		return fail(errors.New("-diff goes with -fix"))
	}
	code, err := f.lint(fs.Args(), stdout, stderr)
	if err != nil {
		return fail(err)
	}
	return code
}

// lint does the work, and returns the exit status.
func (f *flags) lint(patterns []string, stdout, stderr io.Writer) (int, error) {
	dir, err := os.Getwd()
	if err != nil {
		return 0, err
	}
	file, err := f.configuration(dir)
	if err != nil {
		return 0, err
	}
	o, err := f.options(dir, file)
	if err != nil {
		return 0, err
	}
	o.Patterns = patterns
	if len(patterns) == 0 {
		o.Patterns = []string{"./..."}
	}
	r, err := f.find(o, file)
	if err != nil {
		return 0, err
	}
	if f.writeBaseline != "" {
		name, err := filepath.Abs(f.writeBaseline)
		if err != nil {
			return 0, err
		}
		b := driver.NewBaseline(filepath.Dir(name), r.Findings)
		if err := b.Write(name); err != nil {
			return 0, err
		}
		fmt.Fprintf(stderr, "statuslint: %d findings are in %s now\n", len(r.Findings), f.writeBaseline)
		return f.broken(r, stderr, 0), nil
	}
	if f.fix {
		var diff io.Writer
		if f.diff {
			diff = stdout
		}
		applied := 0
		for range 4 { // a statement may have a second mistake, which is reported when the first is mended
			n, err := r.Fix(diff)
			if err != nil {
				return 0, err
			}
			if applied += n; n == 0 || f.diff {
				break
			}
			if r, err = f.find(o, file); err != nil {
				return 0, err
			}
		}
		if f.diff {
			return f.broken(r, stderr, min(1, len(r.Findings))), nil
		}
		if applied > 0 {
			fmt.Fprintf(stderr, "statuslint: fixes applied: %d\n", applied)
		}
	}
	if err := r.Print(stdout, f.format, version()); err != nil {
		return 0, err
	}
	return f.broken(r, stderr, min(1, len(r.Findings))), nil
}

// broken names the packages that could not be analysed, and returns the exit
// status.
func (f *flags) broken(r *driver.Result, stderr io.Writer, code int) int {
	for _, text := range r.Broken {
		fmt.Fprintf(stderr, "statuslint: not analysed: %s\n", text)
	}
	if code == 0 && len(r.Broken) > 0 {
		return 2
	}
	return code
}

// configuration reads the file that the flags name, or the one that is there.
func (f *flags) configuration(dir string) (*config.File, error) {
	name := f.config
	switch name {
	case "none":
		return &config.File{Dir: dir}, nil
	case "":
		if name = config.Find(dir); name == "" {
			return &config.File{Dir: dir}, nil
		}
	}
	name, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	return config.Read(name)
}

// options joins the flags and the configuration: rules add up, and the severity
// of the flag wins.
func (f *flags) options(dir string, file *config.File) (driver.Options, error) {
	tool, err := os.Executable()
	if err != nil {
		return driver.Options{}, err
	}
	o := driver.Options{Dir: dir, Tool: tool, Settings: file.Settings(modulePath(file.Dir))}
	if f.enable != "" {
		o.Settings.Enable = append(o.Settings.Enable, list(f.enable)...)
		o.Settings.Disable = slices.DeleteFunc(slices.Clone(o.Settings.Disable), func(id string) bool { return slices.Contains(list(f.enable), id) })
	}
	if f.disable != "" {
		o.Settings.Disable = append(o.Settings.Disable, list(f.disable)...)
	}
	if f.severity != "" {
		o.Settings.Severity = f.severity
	}
	if err := o.Settings.Check(); err != nil {
		return o, err
	}
	if !f.noCache {
		if cache, err := os.UserCacheDir(); err == nil {
			o.CacheDir = filepath.Join(cache, "statuslint")
		}
	}
	return o, nil
}

func list(text string) (ids []string) {
	for _, id := range strings.Split(text, ",") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// find runs the rules, and leaves out what the configuration and the baseline
// do.
func (f *flags) find(o driver.Options, file *config.File) (*driver.Result, error) {
	r, err := driver.Run(o)
	if err != nil {
		return nil, err
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(x driver.Finding) bool {
		rel, err := filepath.Rel(file.Dir, x.Path())
		return err == nil && file.Excludes(filepath.ToSlash(rel))
	})
	name := f.baseline
	if name == "" && file.Baseline != "" {
		name = filepath.Join(file.Dir, file.Baseline)
	}
	if name == "" || f.writeBaseline != "" {
		return r, nil
	}
	if name, err = filepath.Abs(name); err != nil {
		return nil, err
	}
	b, err := driver.ReadBaseline(name)
	if err != nil {
		return nil, err
	}
	r.Findings = b.New(filepath.Dir(name), r.Findings)
	return r, nil
}

// modulePath returns the path of the module in a directory, or "".
func modulePath(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			return strings.Trim(strings.TrimSpace(rest), `"`)
		}
	}
	return ""
}

// version returns the version of the module that the command was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
