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

const secret = `package secret

import "net/http"

func show(w http.ResponseWriter, r *http.Request) { http.Error(w, "log in", http.StatusUnauthorized) }
`

const (
	finding = "shop.go:7:3: S-405-allow: 405 (Method Not Allowed) is sent without Allow (RFC 9110, Section 15.5.6)"
	other   = "secret.go:5:53: S-401-challenge"
)

// A bench is a module with the command beside it.
type bench struct {
	t         *testing.T
	dir, tool string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	b := &bench{t, dir, filepath.Join(dir, "tool", "statuslint.exe")}
	build := exec.Command("go", "build", "-o", b.tool, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b.write("go.mod", "module example.org/shop\n\ngo 1.25.0\n")
	b.write("shop.go", shop)
	b.write("secret/secret.go", secret)
	return b
}

func (b *bench) write(name, text string) {
	b.t.Helper()
	name = filepath.Join(b.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		b.t.Fatal(err)
	}
}

// run returns both outputs and the exit status.
func (b *bench) run(name string, args ...string) (output string, code int) {
	b.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off", "XDG_CACHE_HOME="+filepath.Join(b.dir, "cache"),
		"GOCACHE="+goCache(b.t))
	out, err := cmd.CombinedOutput()
	if err != nil {
		if _, ok := err.(*exec.ExitError); !ok {
			b.t.Fatal(err)
		}
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func goCache(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// TestCommand runs the command the ways that its users do: for go vet, by
// itself, with a configuration and a baseline, and to apply the fixes.
func TestCommand(t *testing.T) {
	b := newBench(t)
	expect := func(why string, wantCode int, want string, name string, args ...string) string {
		t.Helper()
		out, code := b.run(name, args...)
		if code != wantCode || !strings.Contains(out, want) {
			t.Errorf("%s: exit status %d, want %d, and\n%s", why, code, wantCode, out)
		}
		return out
	}
	absent := func(why, out, text string) {
		t.Helper()
		if strings.Contains(out, text) {
			t.Errorf("%s: %q is there:\n%s", why, text, out)
		}
	}

	// What go vet asks of a tool.
	expect("the version for go vet", 0, " version devel ", b.tool, "-V=full")
	out, _ := b.run(b.tool, "-flags")
	var flags []struct{ Name string }
	if err := json.Unmarshal([]byte(out), &flags); err != nil {
		t.Fatalf("-flags: %v\n%s", err, out)
	}
	known := make(map[string]bool)
	for _, f := range flags {
		known[f.Name] = true
	}
	for _, name := range []string{"enable", "disable", "severity", "settings"} {
		if !known[name] {
			t.Errorf("-flags does not list -%s", name)
		}
	}
	out = expect("go vet", 1, finding, "go", "vet", "-vettool="+b.tool, "./...")
	absent("go vet", out, "panic")

	out = expect("by itself", 1, finding, b.tool)
	if !strings.Contains(out, other) || strings.Count(out, "S-405-allow") != 1 {
		t.Errorf("by itself:\n%s", out)
	}
	expect("from the cache", 1, finding, b.tool, "./...")
	out = expect("without a rule", 1, finding, b.tool, "-disable=S-401-challenge", "./...")
	absent("without a rule", out, other)
	expect("errors in a package without any", 0, "", b.tool, "-severity=error", "-disable=S-401-challenge", "./secret")

	// What is wrong is said in one line.
	for _, row := range [][]string{
		{"-nosuch", "flag provided but not defined: -nosuch"},
		{"-disable=S-405-alow", `no rule "S-405-alow"; is S-405-allow meant?`},
		{"-severity=high", `severity "high" is not error, warning or info`},
		{"-format=xml", `format "xml" is not text, json, sarif, github`},
		{"-baseline=none.json", "none.json"},
		{"-config=none.yaml", "none.yaml"},
		{"-diff", "-diff goes with -fix"},
	} {
		out := expect(row[0], 2, row[1], b.tool, row[0], "./...")
		if strings.Count(out, "\n") != 1 {
			t.Errorf("%s: more than one line:\n%s", row[0], out)
		}
	}
	expect("the version", 0, "statuslint version ", b.tool, "-V")
	expect("help", 0, "-write-baseline", b.tool, "-h")

	// The forms for machines have the same exit status.
	out = expect("JSON", 1, `"severity": "error"`, b.tool, "-json", "./...")
	if !json.Valid([]byte(out)) {
		t.Errorf("no JSON:\n%s", out)
	}
	expect("SARIF", 1, `"version": "2.1.0"`, b.tool, "-sarif", "./...")
	expect("GitHub", 1, "::error file=shop.go,line=7", b.tool, "-format=github", "./...")

	// A broken package does not stop the rest.
	b.write("broken/broken.go", "package broken\n\nvar x = undefined\n")
	b.write("lost/lost.go", "package lost\n\nimport _ \"example.org/none\"\n")
	out = expect("with broken packages", 1, finding, b.tool, "./...")
	for _, text := range []string{"not analysed: example.org/shop/broken: broken/broken.go:3:9: undefined: undefined",
		"not analysed: example.org/shop/lost: "} {
		if !strings.Contains(out, text) {
			t.Errorf("no %q in\n%s", text, out)
		}
	}
	expect("only broken ones", 2, "not analysed", b.tool, "./broken")
	os.RemoveAll(filepath.Join(b.dir, "broken"))
	os.RemoveAll(filepath.Join(b.dir, "lost"))

	// A configuration, also for go vet, and a baseline.
	b.write(".statuslint.yaml", "session-auth: [./secret/...]\n")
	absent("session-auth", expect("configured", 1, finding, b.tool, "./..."), other)
	absent("session-auth for go vet", expect("configured for go vet", 1, finding, "go", "vet", "-vettool="+b.tool, "./..."), other)
	b.write(".statuslint.yaml", "exclude: [secret/**]\n")
	absent("exclude", expect("configured", 1, finding, b.tool, "./..."), other)
	b.write(".statuslint.yaml", "enabled: true\n")
	expect("a wrong configuration", 2, "field enabled not found", b.tool, "./...")
	expect("without the configuration", 1, other, b.tool, "-config=none", "./...")
	os.Remove(filepath.Join(b.dir, ".statuslint.yaml"))
	expect("write a baseline", 0, "2 findings are in old.json now", b.tool, "-write-baseline=old.json", "./...")
	expect("with the baseline", 0, "", b.tool, "-baseline=old.json", "./...")
	b.write("shop.go", strings.Replace(shop, "func list", "// list lists.\nfunc list", 1))
	expect("with the baseline, lines moved", 0, "", b.tool, "-baseline=old.json", "./...")
	b.write("shop.go", shop)

	// The fixes. What has none is printed, and is a failure.
	expect("what the fixes would do", 1, "+\t\tw.Header().Set(\"Allow\", \"GET\")", b.tool, "-fix", "-diff", "./...")
	out = expect("fix", 1, other, b.tool, "-fix", "./...")
	absent("fix", out, "S-405-allow")
	text, err := os.ReadFile(filepath.Join(b.dir, "shop.go"))
	if err != nil {
		t.Fatal(err)
	}
	const answer = "\t\tw.WriteHeader(http.StatusMethodNotAllowed)"
	want := strings.Replace(shop, answer, "\t\tw.Header().Set(\"Allow\", \"GET\")\n"+answer, 1)
	if string(text) != want {
		t.Errorf("-fix made\n%s", text)
	}
	expect("nothing is left", 0, "", b.tool, "-fix", "-disable=S-401-challenge", "./...")

	// A statement may have a second mistake, which shows when the first is mended.
	const twice = "\t\thttp.Error(w, \"use GET\", http.StatusMethodNotAllowed)"
	b.write("shop.go", strings.Replace(shop, answer+"\n\t\treturn", twice, 1))
	expect("fix what is behind a fix", 0, "fixes applied: 2", b.tool, "-fix", "-disable=S-401-challenge", "./...")
}
