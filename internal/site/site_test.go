package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
	"example.com/httpstatus/probe"
	"example.com/httpstatus/unofficial"
)

const root = "../.."

func render(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := Render(os.DirFS(root))
	require.NoError(t, err)
	return files
}

// TestUpToDate holds that docs/site is what is rendered, and nothing else.
func TestUpToDate(t *testing.T) {
	files := render(t)
	have := os.DirFS(root + "/docs/site")
	for name, want := range files {
		text, err := fs.ReadFile(have, name)
		if err != nil || !bytes.Equal(want, text) {
			t.Errorf("docs/site/%s is stale; run make generate", name)
		}
	}
	err := fs.WalkDir(have, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) != ".go" {
			assert.Contains(t, files, name, "docs/site has a file too many; run make generate")
		}
		return err
	})
	require.NoError(t, err)
}

// TestAddresses: each code, class, rule and table has its page, no page is larger
// than 60 KB, and each allows nothing but the files of the site.
func TestAddresses(t *testing.T) {
	files := render(t)
	var want []string
	for c := range httpstatus.All() {
		want = append(want, fmt.Sprint(int(c)))
	}
	for u := range unofficial.All() {
		want = append(want, fmt.Sprint(int(u.Code)))
	}
	for _, c := range card.Classes {
		want = append(want, c.String())
	}
	for r := range conform.Rules() {
		want = append(want, "conform/"+r.ID)
	}
	for r := range probe.Rules() {
		want = append(want, "probe/"+r.ID)
	}
	want = append(want, "306", "418", "choose", "retry", "redirects", "caching", "unofficial", "proxy-errors", "rpc", "conform", "probe",
		"statuslint", "statuslint/S-405-allow")
	for _, name := range want {
		assert.Contains(t, files, name+"/index.html")
	}
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
		`style-src 'self'; script-src 'self'; img-src 'self'; ` +
		`base-uri 'none'; form-action 'none'">`)
	for name, text := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		assert.LessOrEqual(t, len(text), 60<<10, name)
		assert.Regexp(t, policy, string(text), name)
		assert.NotRegexp(t, `<[^>]* (style|on\w+)=|<script>|<style`, string(text), name)
	}
}

// TestCards: NNN.json is the card of the code, all.json has the registered ones.
func TestCards(t *testing.T) {
	files := render(t)
	var all []card.Card
	require.NoError(t, json.Unmarshal(files["all.json"], &all))
	i := 0
	for c := range httpstatus.All() {
		var k card.Card
		require.NoError(t, json.Unmarshal(files[fmt.Sprintf("%d.json", int(c))], &k))
		assert.Equal(t, card.New(c), k)
		assert.Equal(t, k, all[i])
		i++
	}
	assert.Len(t, all, i)
}

// TestSchema: the schema describes each field of a card, and each card follows it.
func TestSchema(t *testing.T) {
	files := render(t)
	var s schema
	require.NoError(t, json.Unmarshal(files["card.schema.json"], &s))
	require.Len(t, s.Required, len(s.Properties))
	for name, p := range s.Properties {
		assert.NotEmpty(t, p.Description, name)
	}
	cards := 0
	for name, text := range files {
		if path.Ext(name) != ".json" || !('1' <= name[0] && name[0] <= '9') {
			continue
		}
		var v any
		require.NoError(t, json.Unmarshal(text, &v))
		follows(t, name, &s, v)
		cards++
	}
	assert.Greater(t, cards, 60)
}

// follows holds that a value follows a schema.
func follows(t *testing.T, where string, s *schema, v any) {
	t.Helper()
	switch s.Type {
	case "boolean":
		assert.IsType(t, true, v, where)
	case "integer":
		require.IsType(t, 0.0, v, where)
		assert.Equal(t, float64(int(v.(float64))), v, where)
	case "string":
		require.IsType(t, "", v, where)
		if s.Enum != nil {
			assert.Contains(t, s.Enum, v, where)
		}
	case "array":
		require.IsType(t, []any{}, v, where)
		for i, item := range v.([]any) {
			follows(t, fmt.Sprintf("%s[%d]", where, i), s.Items, item)
		}
	case "object":
		require.IsType(t, map[string]any{}, v, where)
		object := v.(map[string]any)
		for _, name := range s.Required {
			assert.Contains(t, object, name, where)
		}
		for name, member := range object {
			p := s.Values
			if p == nil {
				p = s.Properties[name]
			}
			require.NotNil(t, p, "%s.%s is not in the schema", where, name)
			follows(t, where+"."+name, p, member)
		}
	default:
		t.Errorf("%s: the schema has the type %q", where, s.Type)
	}
}

// TestExamples: a response that a page shows has what its code requires, and
// package conform finds no error in it.
func TestExamples(t *testing.T) {
	shown := 0
	for c := range httpstatus.All() {
		text := example(c)
		if text == "" {
			continue
		}
		shown++
		head, content, _ := strings.Cut(text, "\n\n")
		status, lines, _ := strings.Cut(strings.TrimSpace(head), "\n")
		assert.Equal(t, fmt.Sprintf("HTTP/1.1 %d %s", int(c), c.Phrase()), status)
		header := map[string][]string{}
		for line := range strings.Lines(lines) {
			name, value, found := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			require.True(t, found, "%d: %q", int(c), line)
			header[name] = append(header[name], value)
		}
		assert.Empty(t, c.MissingHeaders(header), int(c))
		x := conform.Exchange{Status: c, Header: header, Body: []byte(strings.TrimSuffix(content, "\n"))}
		for _, f := range conform.Check(x, conform.MinSeverity(conform.Warning), conform.Disable("date-missing")) {
			t.Errorf("%d: %s: %s", int(c), f.Rule, f.Message)
		}
	}
	assert.Greater(t, shown, 50)
}

// TestConfusions: a code that is told apart from another is told apart on both
// pages, and where both can be chosen a question decides, with one answer for
// each.
func TestConfusions(t *testing.T) {
	for c := range httpstatus.All() {
		for _, x := range confusions(c) {
			other := httpstatus.Code(x.Code)
			found := false
			for _, y := range confusions(other) {
				found = found || y.Code == int(c)
			}
			assert.True(t, found, "%d is told apart from %d, and not the other way round", int(c), x.Code)
			if len(choosing.Paths(c)) > 0 && len(choosing.Paths(other)) > 0 {
				if assert.NotNil(t, x.Question, "%d and %d", int(c), x.Code) {
					assert.NotEqual(t, x.Question.Here, x.Question.There)
				}
			}
		}
	}
}

// TestDiagram: every answer to every question is in the diagram and in the list
// beside it, and no box lies on another.
func TestDiagram(t *testing.T) {
	page := string(render(t)["choose/index.html"])
	svg := page[strings.Index(page, "<svg"):strings.Index(page, "</svg>")]
	for q := range choosing.Questions() {
		assert.Contains(t, page, `id="q-`+q.Name+`"`)
		for i := range q.Answers {
			if c := q.Answers[i].Code; c != 0 {
				assert.Contains(t, svg, fmt.Sprintf(`href="../%d/"`, int(c)))
			}
		}
	}
	first := layOut(choosing.First(), map[string]*box{})
	first.place(0, 0, map[int]int{})
	var boxes []*box
	var collect func(b *box)
	collect = func(b *box) {
		boxes = append(boxes, b)
		for _, c := range b.children {
			collect(c)
		}
	}
	collect(first)
	for i, a := range boxes {
		for _, b := range boxes[:i] {
			assert.False(t, a.x == b.x && a.y < b.y+b.height && b.y < a.y+a.height, "%q lies on %q", a.q.Ask, b.q.Ask)
		}
	}
}

// TestCitations: a citation leads where the library says that its section is.
func TestCitations(t *testing.T) {
	for c := range httpstatus.All() {
		d := httpstatus.Describe(c)
		assert.Equal(t, d.URL, address(d.Reference), int(c))
	}
	for _, tt := range []struct{ in, want string }{
		{"see RFC 9110, Section 15.5.6.", `see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6">RFC 9110, Section 15.5.6</a>.`},
		{"<b> & RFC 9457", `&lt;b&gt; &amp; <a href="https://www.rfc-editor.org/rfc/rfc9457.html">RFC 9457</a>`},
		{"draft-ietf-x, Appendix B", `<a href="https://datatracker.ietf.org/doc/html/draft-ietf-x#appendix-B">draft-ietf-x, Appendix B</a>`},
		{"no RFC at all", "no RFC at all"},
	} {
		assert.Equal(t, tt.want, strings.ReplaceAll(string(prose(tt.in)), card.NoBreak, " "))
	}
}

// TestAbout: which codes a rule is about is read from what it says.
func TestAbout(t *testing.T) {
	for _, tt := range []struct {
		id, summary, reference string
		want                   []httpstatus.Code
	}{
		{"405-allow-missing", "405 has Allow.", "RFC 9110, Section 15.5.6", []httpstatus.Code{405}},
		{"allow-invalid", "Allow is a list.", "RFC 9110, Section 10.2.1", nil},
		{"x", "A part.", "RFC 9110, Section 15.3.7", []httpstatus.Code{206}},
		{"x", "One part.", "RFC 9110, Section 15.3.7.1", nil},
		{"x", "401 and 407 have a challenge.", "", []httpstatus.Code{401, 407}},
		{"x", "A 1xx has none.", "", []httpstatus.Code{100, 101, 102, 103, 104}},
	} {
		assert.Equal(t, tt.want, about(tt.id, tt.summary, tt.reference), tt.summary)
	}
}
