package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const shop = `package shop

import "net/http"

func list(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	w.WriteHeader(http.StatusOK)
}
`

const finding = "shop.go:7:3: S-405-allow: 405 (Method Not Allowed) is sent without Allow (RFC 9110, Section 15.5.6)"

// TestCommand builds the command and runs it the three ways that its users do:
// for go vet, by itself, and to apply the fixes.
func TestCommand(t *testing.T) {
	dir := t.TempDir()
	tool := filepath.Join(dir, "statuslint.exe")
	run := func(name string, args ...string) (output string, failed bool) {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			if _, ok := err.(*exec.ExitError); !ok {
				t.Fatal(err)
			}
		}
		return string(out), err != nil
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", tool, ".")
	build.Dir = here
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, text := range map[string]string{"go.mod": "module shop\n\ngo 1.25.0\n", "shop.go": shop} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}

	// What go vet asks of a tool.
	out, failed := run(tool, "-V=full")
	if failed || !strings.Contains(out, " version ") {
		t.Errorf("-V=full: %s", out)
	}
	out, _ = run(tool, "-flags")
	var flags []struct{ Name string }
	if err := json.Unmarshal([]byte(out), &flags); err != nil {
		t.Fatalf("-flags: %v\n%s", err, out)
	}
	known := make(map[string]bool)
	for _, f := range flags {
		known[f.Name] = true
	}
	for _, name := range []string{"enable", "disable", "severity"} {
		if !known[name] {
			t.Errorf("-flags does not list -%s", name)
		}
	}

	for _, args := range [][]string{
		{"go", "vet", "-vettool=" + tool, "./..."},
		{tool, "./..."},
	} {
		out, failed := run(args[0], args[1:]...)
		if !failed || !strings.Contains(out, finding) {
			t.Errorf("%q: failed %v, and printed\n%s", args, failed, out)
		}
	}

	run(tool, "-fix", "./...")
	b, err := os.ReadFile(filepath.Join(dir, "shop.go"))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(shop, "\t\tw.WriteHeader(http.StatusMethodNotAllowed)", "\t\tw.Header().Set(\"Allow\", \"GET\")\n\t\tw.WriteHeader(http.StatusMethodNotAllowed)", 1)
	if string(b) != want {
		t.Errorf("-fix made\n%s", b)
	}
}
