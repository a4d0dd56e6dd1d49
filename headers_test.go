package httpstatus_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

// ruleNames returns every field name that a rule or a suggestion mentions, on
// either side of the comparison.
func ruleNames() []string {
	var names []string
	for _, c := range sweep() {
		for _, r := range reference.HeaderRules(int(c)) {
			names = append(names, r.Name)
		}
		for _, r := range reference.Suggestions(int(c)) {
			names = append(names, r.Name)
		}
		for r := range c.HeaderRules() {
			names = append(names, r.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// spellings returns ways to write a field name that are all the same field.
func spellings(name string) []string {
	mixed := []byte(strings.ToLower(name))
	for i := 1; i < len(mixed); i += 2 {
		mixed[i] = strings.ToUpper(string(mixed[i]))[0]
	}
	return []string{name, strings.ToLower(name), strings.ToUpper(name), string(mixed), http.CanonicalHeaderKey(name)}
}

// mistakes returns strings that look like a field name and are not it.
func mistakes(name string) []string {
	bad := []string{
		"", name[1:], name[:len(name)-1], name + "s", " " + name, name + " ", name + ":", name + "\x00",
		strings.ReplaceAll(name, "-", "_") + "_",
		string(name[0]^0x20) + name[1:] + "\u200b",
	}
	// Letters that Unicode folds to ASCII ones: strings.EqualFold takes them for
	// the same, field names are ASCII.
	for _, fold := range []struct{ ascii, other string }{
		{"s", "\u017f"}, // LATIN SMALL LETTER LONG S
		{"k", "\u212a"}, // KELVIN SIGN
	} {
		if l := strings.ToLower(name); strings.Contains(l, fold.ascii) {
			bad = append(bad, strings.Replace(l, fold.ascii, fold.other, 1))
		}
	}
	// Bytes that differ from a letter or from "-" in the bit that tells upper
	// case from lower case.
	for i := range len(name) {
		if b := name[i]; b == '-' {
			bad = append(bad, name[:i]+string(rune(b^0x20))+name[i+1:])
		}
	}
	return append(bad, "@"+name[1:], "`"+name[1:])
}

func TestRequiresHeader(t *testing.T) {
	names := append(ruleNames(), "Content-Length2", "Server", "Set-Cookie", "X", "Upgrade-Insecure-Requests")
	for _, c := range sweep() {
		required := reference.RequiredHeaders(int(c))
		for _, name := range names {
			want := slices.Contains(required, name)
			for _, s := range spellings(name) {
				if c.RequiresHeader(s) != want {
					t.Errorf("RequiresHeader of %d with %q is not %t", int(c), s, want)
				}
			}
			for _, s := range mistakes(name) {
				if c.RequiresHeader(s) {
					t.Errorf("RequiresHeader of %d with %q is true", int(c), s)
				}
			}
		}
	}
}

func TestRequiresHeaderRows(t *testing.T) {
	for _, test := range []struct {
		code httpstatus.Code
		name string
		want bool
	}{
		{405, "Allow", true},
		{405, "allow", true},
		{405, "ALLOW", true},
		{501, "Allow", false},           // may have one
		{401, "WWW-Authenticate", true}, // net/http spells it Www-Authenticate
		{401, "Www-Authenticate", true},
		{401, "Proxy-Authenticate", false},
		{407, "Proxy-Authenticate", true},
		{403, "WWW-Authenticate", false},
		{101, "Upgrade", true},
		{101, "Connection", true}, // RFC 9110, Section 7.8
		{426, "Upgrade", true},
		{426, "Connection", true},
		{226, "ETag", true},            // RFC 3229, Section 10.4.1
		{226, "IM", false},             // only when delta-encoded
		{206, "Content-Range", false},  // not in a multipart response
		{304, "ETag", false},           // only if the 200 had one
		{416, "Content-Range", false},  // SHOULD
		{301, "Location", false},       // SHOULD
		{503, "Retry-After", false},    // MAY
		{204, "Content-Length", false}, // MUST NOT
		{471, "Allow", false},
		{0, "Allow", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, test.code.RequiresHeader(test.name), "%d %s", int(test.code), test.name)
		})
	}
}

// What RequiresHeader says, MissingHeaders says of an empty header, in the
// usual spelling.
func TestMissingHeadersOfNothing(t *testing.T) {
	for _, c := range sweep() {
		for _, h := range []map[string][]string{nil, {}, {"Date": {"x"}}, {"Allow": nil}, {"Allow": {}}} {
			got := c.MissingHeaders(h)
			assert.ElementsMatch(t, reference.RequiredHeaders(int(c)), got, "%d %v", int(c), h)
			if len(reference.RequiredHeaders(int(c))) == 0 {
				assert.Nil(t, got, "%d %v", int(c), h)
			}
		}
	}
}

// A header that has every required field lacks none, however it spells them;
// one that has all but one lacks that one.
func TestMissingHeadersOfEachField(t *testing.T) {
	for _, c := range registered() {
		required := reference.RequiredHeaders(int(c))
		for i := range required {
			for spelling := range spellings("x-y") {
				full := map[string][]string{}
				for _, name := range required {
					full[spellings(name)[spelling]] = []string{""}
				}
				assert.Nil(t, c.MissingHeaders(full), "%d %v", int(c), full)

				delete(full, spellings(required[i])[spelling])
				assert.Equal(t, []string{required[i]}, c.MissingHeaders(full), "%d %v", int(c), full)
			}
		}
	}
}

func TestMissingHeadersRows(t *testing.T) {
	for _, test := range []struct {
		why    string
		code   httpstatus.Code
		header map[string][]string
		want   []string
	}{
		{"an empty value is present", 405, map[string][]string{"Allow": {""}}, nil},
		{"no values is absent", 405, map[string][]string{"Allow": {}}, []string{"Allow"}},
		{"nil values is absent", 405, map[string][]string{"Allow": nil}, []string{"Allow"}},
		{"any case", 405, map[string][]string{"aLLoW": {"GET"}}, nil},
		{"an absent spelling does not hide a present one", 405, map[string][]string{"Allow": nil, "allow": {"GET"}}, nil},
		{"net/http's spelling", 401, map[string][]string{"Www-Authenticate": {"Basic"}}, nil},
		{"the RFC's spelling", 401, map[string][]string{"WWW-Authenticate": {"Basic"}}, nil},
		{"HTTP/2 spells in lower case", 407, map[string][]string{"proxy-authenticate": {"Basic"}}, nil},
		{"not the one of the other code", 407, map[string][]string{"WWW-Authenticate": {"Basic"}}, []string{"Proxy-Authenticate"}},
		{"Connection goes with Upgrade", 426, map[string][]string{"Upgrade": {"h2c"}}, []string{"Connection"}},
		{"a conditional MUST is not asked for", 206, nil, nil},
		{"a SHOULD is not asked for", 301, nil, nil},
		{"unregistered", 471, nil, nil},
		{"invalid", 0, nil, nil},
	} {
		t.Run(test.why, func(t *testing.T) {
			assert.Equal(t, test.want, test.code.MissingHeaders(test.header), test.why)
		})
	}
}

// Neither the answer nor the question is kept: a caller may change both.
func TestMissingHeadersIsFresh(t *testing.T) {
	first := httpstatus.MethodNotAllowed.MissingHeaders(nil)
	first[0] = "changed"
	assert.Equal(t, []string{"Allow"}, httpstatus.MethodNotAllowed.MissingHeaders(nil))
}

func TestHeaderRulesBreakOff(t *testing.T) {
	for _, c := range sweep() {
		all := slices.Collect(c.HeaderRules())
		for n := range len(all) {
			var got []httpstatus.HeaderRule
			for r := range c.HeaderRules() {
				got = append(got, r)
				if len(got) == n+1 {
					break
				}
			}
			assert.Equal(t, all[:n+1], got, "%d", int(c))
		}
	}
}

// TestHeaderRules compares the rules of every code with the oracle's, as sets
// of (field, level, whether there is a condition). A table has every rule that
// the oracle has; what else it has is among the oracle's suggestions. Where it
// stands is compared too: a rule names one of the sections that say it.
func TestHeaderRules(t *testing.T) {
	codes := append(registered(), 199, 299, 399, 499, 599, 0, -1, 99, 600, 799)
	for _, c := range codes {
		want := reference.HeaderRules(int(c))
		known := append(slices.Clone(want), reference.Suggestions(int(c))...)
		got := slices.Collect(c.HeaderRules())

		for _, w := range want {
			if !subsumed(w, want) && !slices.ContainsFunc(got, func(g httpstatus.HeaderRule) bool { return same(g, w) }) {
				t.Errorf("%d lacks %s %s (%s): %v", int(c), w.Level, w.Name, w.When, w.Cites)
			}
		}
		for _, g := range got {
			var cites []string
			for _, w := range known {
				if same(g, w) {
					cites = append(cites, w.Cites...)
				}
			}
			switch {
			case cites == nil:
				t.Errorf("%d has %s %s when %q by %s, which the oracle does not know", int(c), g.Level, g.Name, g.When, g.Reference)
			case !slices.Contains(cites, g.Reference):
				t.Errorf("%d has %s %s by %s, where the oracle has %q", int(c), g.Level, g.Name, g.Reference, cites)
			}
		}
	}
}

// TestHeaderRulesOfUnregistered carries what TestHeaderRules says of one
// unregistered code of each class to all of them, and of 0 to all that are no
// status codes.
func TestHeaderRulesOfUnregistered(t *testing.T) {
	for _, c := range sweep() {
		if c.IsRegistered() {
			continue
		}
		var class httpstatus.Code
		if c.IsValid() {
			class = c/100*100 + 99 // 199 to 599 are unregistered
		}
		assert.Equal(t, slices.Collect(class.HeaderRules()), slices.Collect(c.HeaderRules()), "%d", int(c))
	}
}

func same(g httpstatus.HeaderRule, w reference.Rule) bool {
	return g.Name == w.Name && g.Level.String() == w.Level &&
		(w.When == reference.Debatable || (g.When == "") == (w.When == reference.Always))
}

// subsumed reports whether a rule with a condition says less than one without,
// as the rule on 2xx to CONNECT does in a 204.
func subsumed(r reference.Rule, rules []reference.Rule) bool {
	return r.When == reference.Sometimes && slices.ContainsFunc(rules, func(o reference.Rule) bool {
		return o.Name == r.Name && o.Level == r.Level && o.When == reference.Always
	})
}

var (
	fieldName = regexp.MustCompile(`^[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*$`)
	citation  = regexp.MustCompile(`^(RFC [1-9][0-9]{3,4}|draft-[a-z0-9-]+), (Section [1-9][0-9]*(\.[0-9]+)*|Appendix [A-Z](\.[0-9]+)*)$`)
)

func TestHeaderRulesForm(t *testing.T) {
	for _, c := range sweep() {
		seen := map[string]bool{}
		last := httpstatus.LevelMust
		for r := range c.HeaderRules() {
			what := fmt.Sprintf("%d %v", int(c), r)
			assert.Regexp(t, fieldName, r.Name, what)
			assert.NotEmpty(t, r.Level.String(), what)
			assert.Regexp(t, citation, r.Reference, what)
			assert.NotRegexp(t, `^(?i:when|if)\b|[.\s]$|^\s`, r.When, "a clause that completes \"when ...\": "+what)
			assert.GreaterOrEqual(t, r.Level, last, "the strongest come first: "+what)
			last = r.Level

			key := fmt.Sprint(r.Name, r.Level, r.When)
			assert.False(t, seen[key], "said twice: "+what)
			seen[key] = true
		}
	}
}

// A rule without a condition and its opposite cannot both hold.
func TestHeaderRulesDoNotContradict(t *testing.T) {
	for _, c := range sweep() {
		for a := range c.HeaderRules() {
			for b := range c.HeaderRules() {
				if a.Name == b.Name && a.When == "" {
					assert.False(t, a.Level == httpstatus.LevelMustNot && b.Level != httpstatus.LevelMustNot,
						"%d %v and %v", int(c), a, b)
				}
			}
		}
	}
}
