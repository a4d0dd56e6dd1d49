package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	p := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestRead reads a file with everything, and an empty one.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	f, err := Read(write(t, dir, ".statuslint.yaml", `
enable: [S-leak]
disable: [S-401-challenge]
severity: warning
severities:
  S-5xx-for-input: error
writers:
  - example.com/shop/api.SendError(w, status=1)
codes: [520]
session-auth: [./web/..., example.com/other]
exclude: [legacy/**, "**/*_gen.go"]
baseline: statuslint.json
`))
	if err != nil {
		t.Fatal(err)
	}
	s := f.Settings("example.com/shop")
	if s.SessionAuth[0] != "example.com/shop/web/..." || s.SessionAuth[1] != "example.com/other" {
		t.Errorf("session-auth is %q", s.SessionAuth)
	}
	if s.Enable[0] != "S-leak" || s.Codes[0] != 520 || s.Severities["S-5xx-for-input"] != "error" || f.Baseline != "statuslint.json" || f.Dir != dir {
		t.Errorf("%+v", f)
	}
	if _, err := Read(write(t, dir, "empty.yaml", "")); err != nil {
		t.Errorf("an empty file: %v", err)
	}
}

// TestReadErrors holds that what is wrong is said in one line, with its place.
func TestReadErrors(t *testing.T) {
	rows := []struct{ name, text, want string }{
		{"unknown key", "enabled: [S-leak]", "line 1: field enabled not found"},
		{"no YAML", "enable: [", "line 1"},
		{"wrong type", "codes: high", "line 1: cannot unmarshal !!str `high` into []int"},
		{"unknown rule", "disable: [S-401-chalenge]", `no rule "S-401-chalenge"; is S-401-challenge meant?`},
		{"bad writer", "writers: [api.Fail]", `writer "api.Fail"`},
		{"bad pattern", `exclude: ["[a"]`, "syntax error in pattern"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := Read(write(t, t.TempDir(), "c.yaml", row.text))
			if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want %q in one line", err, row.want)
			}
		})
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is read")
	}
}

// TestFind looks for the file above a directory, and not above its module.
func TestFind(t *testing.T) {
	root := t.TempDir()
	write(t, root, ".statuslint.yaml", "")
	write(t, root, "go.mod", "module a\n")
	write(t, root, "in/side/a.go", "")
	write(t, root, "other/go.mod", "module b\n")
	write(t, root, "other/in/a.go", "")
	if got := Find(filepath.Join(root, "in", "side")); got != filepath.Join(root, ".statuslint.yaml") {
		t.Errorf("found %q", got)
	}
	if got := Find(filepath.Join(root, "other", "in")); got != "" {
		t.Errorf("found %q above the module", got)
	}
}

// TestExcludes matches files with patterns.
func TestExcludes(t *testing.T) {
	f := &File{Exclude: []string{"legacy/**", "**/*_gen.go", "web/old"}}
	rows := []struct {
		file string
		want bool
	}{
		{"legacy/a.go", true},
		{"legacy/b/a.go", true},
		{"a_gen.go", true},
		{"x/y/a_gen.go", true},
		{"web/old/a.go", true}, // a directory
		{"web/older/a.go", false},
		{"a.go", false},
		{"not/legacy/a.go", false},
	}
	for _, row := range rows {
		if got := f.Excludes(row.file); got != row.want {
			t.Errorf("Excludes(%q) = %v", row.file, got)
		}
	}
}
