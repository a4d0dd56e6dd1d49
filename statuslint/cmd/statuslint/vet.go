package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/singlechecker"

	"example.com/httpstatus/statuslint"
	"example.com/httpstatus/statuslint/internal/config"
)

// forVet reports whether the arguments are those of go vet, or of this command
// when it runs itself: a question about the tool, or a package to analyse.
func forVet(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return a == "-V=full" || a == "-flags" || strings.HasSuffix(a, ".cfg") })
}

// vet does what go vet asks.
func vet() {
	args := os.Args[1:]
	if slices.Contains(args, "-V=full") {
		if err := fullVersion(os.Stdout); err != nil {
			fmt.Fprintf(os.Stderr, "statuslint: %s\n", err)
			os.Exit(2)
		}
		return
	}
	if name := args[len(args)-1]; strings.HasSuffix(name, ".cfg") {
		extra, done, err := prepare(name, args)
		if err != nil {
			fmt.Fprintf(os.Stderr, "statuslint: %s\n", err)
			os.Exit(2)
		}
		if done {
			return
		}
		os.Args = slices.Concat(os.Args[:1], extra, args)
	}
	singlechecker.Main(statuslint.Analyzer)
}

// prepare reads what go vet says of a package. A package of the standard
// library tells nothing that statuslint does not know by name, and is done with
// at once; one of the main module gets the settings of its configuration file.
func prepare(name string, args []string) (extra []string, done bool, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, false, err
	}
	var cfg struct {
		ImportPath, Dir, ModulePath, ModuleVersion, VetxOutput string
		VetxOnly                                               bool
		GoFiles                                                []string
	}
	if err := json.Unmarshal(b, &cfg); err != nil {
		return nil, false, err
	}
	first, _, _ := strings.Cut(cfg.ImportPath, "/")
	if cfg.VetxOnly && cfg.ModulePath == "" && !strings.Contains(first, ".") && cfg.ImportPath != "log" && cfg.VetxOutput != "" && underRoot(cfg.GoFiles) {
		return nil, true, os.WriteFile(cfg.VetxOutput, nil, 0o666)
	}
	if cfg.ModuleVersion != "" || slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "-settings=") }) {
		return nil, false, nil
	}
	file := config.Find(cfg.Dir)
	if file == "" {
		return nil, false, nil
	}
	f, err := config.Read(file)
	if err != nil {
		return nil, false, err
	}
	settings, err := json.Marshal(f.Settings(modulePath(f.Dir)))
	if err != nil {
		return nil, false, err
	}
	return []string{"-settings=" + string(settings)}, false, nil
}

// underRoot reports whether files look like those of the standard library.
func underRoot(files []string) bool {
	return len(files) > 0 && !slices.ContainsFunc(files, func(f string) bool {
		_, err := os.Stat(filepath.Join(filepath.Dir(f), "go.mod"))
		return err == nil
	})
}

// fullVersion prints what go vet knows the tool by: a hash of the command and
// of the configuration file, so that what go vet has cached is void when either
// changes.
func fullVersion(w io.Writer) error {
	tool, err := os.Executable()
	if err != nil {
		return err
	}
	h := sha256.New()
	f, err := os.Open(tool)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if dir, err := os.Getwd(); err == nil {
		if name := config.Find(dir); name != "" {
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			h.Write(b)
		}
	}
	_, err = fmt.Fprintf(w, "statuslint version devel comments-go-here buildID=%02x\n", h.Sum(nil))
	return err
}
