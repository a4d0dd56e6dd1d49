// Package driver runs statuslint over the packages of a module by itself. It
// analyses one package in one process, in the order of dependency, and keeps
// nothing but the facts, so that its memory does not grow with the module.
package driver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A listed package is what go list says of it.
type listed struct {
	ImportPath      string
	Name            string
	Dir             string
	Standard        bool
	DepOnly         bool
	Export          string
	CompiledGoFiles []string
	IgnoredGoFiles  []string
	Imports         []string
	ImportMap       map[string]string
	Module          *struct {
		Path, Version, GoVersion, Dir string
		Main                          bool
	}
	Error      *listError
	DepsErrors []*listError
}

type listError struct{ Pos, Err string }

// list runs go list: it compiles what the packages import, so that there is
// export data for it.
func list(dir string, patterns []string) ([]*listed, error) {
	args := []string{
		"list", "-e", "-export", "-compiled", "-deps",
		"-json=ImportPath,Name,Dir,Standard,DepOnly,Export,CompiledGoFiles,IgnoredGoFiles,Imports,ImportMap,Module,Error,DepsErrors", "--",
	}
	cmd := exec.Command("go", append(args, patterns...)...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var pkgs []*listed
	dec := json.NewDecoder(out)
	for {
		p := new(listed)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			io.Copy(io.Discard, out)
			cmd.Wait()
			return nil, fmt.Errorf("go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
	if err := cmd.Wait(); err != nil && len(pkgs) == 0 {
		return nil, fmt.Errorf("go list: %s", firstLine(stderr.String()))
	}
	return pkgs, nil
}

// broken returns why a package cannot be analysed, in one line, or "".
func (p *listed) broken(dir string) string {
	for _, e := range append([]*listError{p.Error}, p.DepsErrors...) {
		if e == nil {
			continue
		}
		text := e.Err
		if strings.HasPrefix(text, "# ") { // the compiler's
			_, text, _ = strings.Cut(text, "\n")
		}
		text = strings.TrimSuffix(firstLine(text), "; to add it:")
		if e.Pos != "" && !strings.HasPrefix(text, e.Pos) {
			text = relative(dir, e.Pos) + ": " + text
		}
		return text
	}
	if p.Export == "" && p.ImportPath != "unsafe" && len(p.CompiledGoFiles) > 0 { // else it has tests alone
		return "it has no export data"
	}
	return ""
}

func firstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return text
}

// relative returns a path as seen from dir, where that is shorter.
func relative(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) && filepath.IsAbs(file) {
		return rel
	}
	return file
}

// webs are the import paths that a package answers requests by.
var webs = []string{
	"net/http", "github.com/gin-gonic/gin", "github.com/labstack/echo", "github.com/gofiber/fiber", "github.com/danielgtaylor/huma",
	"github.com/emicklei/go-restful", "github.com/go-chi/render",
}

func isWeb(path string) bool {
	return slices.ContainsFunc(webs, func(w string) bool { return path == w || strings.HasPrefix(path, w+"/") })
}

// needed reports whether a package is to be analysed: it is asked for, or it is
// one that can tell something to those that are. The standard library tells
// nothing that statuslint does not know by name, but for log.Fatal, after which
// nothing follows.
func (p *listed) needed(reaches map[string]bool) bool {
	switch {
	case !p.DepOnly || p.ImportPath == "log":
		return true
	case p.Standard:
		return false
	case p.Module == nil || p.Module.Main || p.Module.Version == "":
		return true
	}
	return reaches[p.ImportPath]
}

// path returns the import path that an import of p stands for.
func (p *listed) path(imported string) string {
	if to, ok := p.ImportMap[imported]; ok {
		return to
	}
	return imported
}
