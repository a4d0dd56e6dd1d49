package driver

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/httpstatus/statuslint"
)

// source writes a file and returns a finding on each of the lines.
func source(t *testing.T, text string, lines ...int) (dir string, list []Finding) {
	t.Helper()
	dir = t.TempDir()
	path := filepath.Join(dir, "a.go")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, n := range lines {
		list = append(list, Finding{
			File: "a.go", Line: n, Column: 2, EndLine: n, EndColumn: 5, Rule: "S-405-allow", Message: "no Allow, 100%",
			Severity: statuslint.Error, path: path,
		})
	}
	return dir, list
}

// TestBaseline holds that a baseline goes by the text of a line, and counts.
func TestBaseline(t *testing.T) {
	dir, list := source(t, "one\n\ttwo\ntwo\nthree\n", 2, 3)
	name := filepath.Join(dir, "baseline.json")
	if err := NewBaseline(dir, list).Write(name); err != nil {
		t.Fatal(err)
	}
	b, err := ReadBaseline(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Findings) != 1 || b.Findings[0] != (BaselineEntry{"a.go", "S-405-allow", "two", 2}) {
		t.Errorf("the baseline is %+v", b)
	}
	if left := b.New(dir, list); len(left) != 0 {
		t.Errorf("%d findings are new to their own baseline", len(left))
	}
	// The lines have moved, one is there once more, and another is new.
	path := filepath.Join(dir, "a.go")
	if err := os.WriteFile(path, []byte("zero\none\n  two\nthree\ntwo\ntwo\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	moved := []Finding{list[0], list[0], list[0], list[0]}
	for i, n := range []int{3, 4, 5, 6} {
		moved[i].Line = n
	}
	left := b.New(dir, moved)
	if len(left) != 2 || left[0].Line != 4 || left[1].Line != 6 {
		t.Errorf("new are %+v", left)
	}
	for _, bad := range []string{"{", `{"version":2}`} {
		if err := os.WriteFile(name, []byte(bad), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBaseline(name); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

// TestPrint holds the forms of a result.
func TestPrint(t *testing.T) {
	_, list := source(t, "one\n", 1)
	list[0].File = "a:b,c.go"
	r := &Result{Findings: list}
	print := func(format string) string {
		var out bytes.Buffer
		if err := r.Print(&out, format, "v1"); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := print("text"); got != "a:b,c.go:1:2: S-405-allow: no Allow, 100%\n" {
		t.Errorf("text: %s", got)
	}
	if got := print("github"); got != "::error file=a%3Ab%2Cc.go,line=1,endLine=1,col=2,title=S-405-allow::no Allow, 100%25\n" {
		t.Errorf("github: %s", got)
	}
	var asJSON struct {
		Findings []struct {
			Rule, Severity string
			Line           int
		}
		Broken []string
	}
	err := json.Unmarshal([]byte(print("json")), &asJSON)
	if err != nil || len(asJSON.Findings) != 1 || asJSON.Findings[0].Severity != "error" || asJSON.Broken == nil {
		t.Errorf("json: %+v, %v", asJSON, err)
	}
	var sarif struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
			}
		}
	}
	if err := json.Unmarshal([]byte(print("sarif")), &sarif); err != nil {
		t.Fatal(err)
	}
	run := sarif.Runs[0]
	if sarif.Version != "2.1.0" || len(run.Tool.Driver.Rules) != len(statuslint.Rules()) || run.Results[0].Level != "error" ||
		run.Tool.Driver.Rules[run.Results[0].RuleIndex].ID != run.Results[0].RuleID {
		t.Errorf("sarif: %+v", sarif)
	}
	r = &Result{}
	if got := print("sarif"); !strings.Contains(got, `"results": []`) {
		t.Errorf("sarif without findings: %s", got)
	}
}

// TestFix holds that a fix is applied once, that one that overlaps waits, and
// that formatted source stays formatted.
func TestFix(t *testing.T) {
	const src = "package a\n\nfunc f() {\n\tg()\n}\n"
	dir, list := source(t, src, 4, 4)
	path := filepath.Join(dir, "a.go")
	at := strings.Index(src, "g()")
	list[0].Fixes = []Fix{{"say h first", []Edit{{path, at, at, "h()\n"}}}}
	list[1].Fixes = []Fix{{"another at the same place", []Edit{{path, at, at, "i()\n"}}}}
	r := &Result{Findings: list}
	var diff bytes.Buffer
	if n, err := r.Fix(&diff); n != 1 || err != nil {
		t.Errorf("%d applied, %v", n, err)
	}
	want := "@@ -1,6 +1,7 @@\n package a\n \n func f() {\n+\th()\n \tg()\n }\n"
	if _, got, _ := strings.Cut(diff.String(), "+++ "+path+"\n"); !strings.HasPrefix(got, want) {
		t.Errorf("the difference is\n%q", got)
	}
	if b, _ := os.ReadFile(path); string(b) != src {
		t.Error("-diff changes the file")
	}
	if _, err := r.Fix(nil); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); string(b) != strings.Replace(src, "\tg()", "\th()\n\tg()", 1) {
		t.Errorf("the file is\n%s", b)
	}
	list[0].Fixes[0].Edits[0].End = 1000
	if _, err := r.Fix(nil); err == nil {
		t.Error("an edit outside of the file is applied")
	}
}

// TestPosition splits places, also of files with a colon.
func TestPosition(t *testing.T) {
	rows := []struct {
		text         string
		file         string
		line, column int
	}{
		{"/a/b.go:12:3", "/a/b.go", 12, 3},
		{`C:\a.go:1:2`, `C:\a.go`, 1, 2},
		{"", "", 0, 0},
	}
	for _, row := range rows {
		file, line, column := position(row.text)
		if file != row.file || line != row.line || column != row.column {
			t.Errorf("position(%q) = %q, %d, %d", row.text, file, line, column)
		}
	}
}

// TestPrune takes old answers out of the cache, and looks once a day.
func TestPrune(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	put := func(name string, age time.Duration) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	there := func(path string) bool { _, err := os.Stat(path); return err == nil }
	old, young := put("old", 31*24*time.Hour), put("young", 29*24*time.Hour)
	prune(dir, now)
	if there(old) || !there(young) {
		t.Error("not the old one was taken out")
	}
	old = put("old", 31*24*time.Hour)
	prune(dir, now.Add(time.Hour))
	if !there(old) {
		t.Error("the cache was looked through twice in a day")
	}
	prune(dir, now.Add(25*time.Hour))
	if there(old) {
		t.Error("the cache was not looked through on the next day")
	}
}
