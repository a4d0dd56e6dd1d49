package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
	"example.com/httpstatus/unofficial"
)

// runWith runs the command with an environment and a terminal of the given
// width (0 for none).
func runWith(env map[string]string, width int, args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(args, system{
		getenv:   func(name string) string { return env[name] },
		stdin:    strings.NewReader(""),
		stdout:   &out,
		stderr:   &err,
		terminal: func() (int, bool) { return width, width > 0 },
		raw:      func() (func(), bool) { return nil, false },
	})
	return status, out.String(), err.String()
}

// everyInt is each code there is room for, and ints that are none.
func everyInt() []int {
	ints := []int{math.MinInt, -404, math.MaxInt}
	for n := -1; n <= 1100; n++ {
		ints = append(ints, n)
	}
	return ints
}

// TestEveryIntHasACard: whatever the number, there is an answer that opens with
// it, fits the page, and is plain where it should be.
func TestEveryIntHasACard(t *testing.T) {
	for _, n := range everyInt() {
		for _, columns := range []string{"24", "80", "120"} {
			status, out, errout := runWith(map[string]string{"COLUMNS": columns}, 0, strconv.Itoa(n))
			require.Equal(t, exitOK, status, n)
			require.Empty(t, errout)
			require.True(t, strings.HasPrefix(out, strconv.Itoa(n)), "%d: %q", n, out)
			require.NotContains(t, out, "\x1b")
			require.NotContains(t, out, "%!")
			require.False(t, strings.HasSuffix(out, "\n\n"), n)
			width, _ := strconv.Atoi(columns)
			for line := range strings.Lines(out) {
				line = strings.TrimRight(line, "\n")
				require.Equal(t, strings.TrimRight(line, " "), line, "%d: trailing space", n)
				if utf8.RuneCountInString(line) > width {
					assert.Len(t, strings.Fields(line), 1, "%d at %s columns: %q", n, columns, line)
				}
			}
		}
	}
}

// TestColourIsOnlyColour: without its escape sequences a coloured page is the
// plain one.
func TestColourIsOnlyColour(t *testing.T) {
	sgr := regexp.MustCompile(`\x1b\[[0-9;]+m`)
	for _, args := range [][]string{{"404"}, {"502", "503"}, {"499"}, {"799"}, {"list"}, {"4xx"}, {"pick"}, {"pick", "gone"}} {
		for _, width := range []int{20, 60, 200} {
			_, colored, _ := runWith(nil, width, args...)
			_, plain, _ := runWith(map[string]string{"NO_COLOR": "1"}, width, args...)
			assert.NotEqual(t, plain, colored, "%q has no colour", args)
			assert.Equal(t, plain, sgr.ReplaceAllString(colored, ""), "%q", args)
		}
	}
}

// TestEveryRegisteredCodeIsTold: a card has all that the library knows, so that
// nothing is lost between Describe and the reader.
func TestEveryRegisteredCodeIsTold(t *testing.T) {
	for c := range httpstatus.All() {
		_, out, _ := runWith(map[string]string{"COLUMNS": "1000"}, 0, strconv.Itoa(int(c)))
		d := httpstatus.Describe(c)
		assert.Contains(t, out, c.String()+"\n")
		assert.Contains(t, out, card.Sentence(d.Meaning))
		assert.Contains(t, out, card.Sentence(d.UseWhen))
		assert.Contains(t, out, card.Sentence(d.Debugging))
		assert.Contains(t, out, d.Remark)
		assert.Contains(t, out, d.Reference)
		assert.Contains(t, out, d.URL)
		for _, n := range d.NotToBeConfusedWith {
			assert.Contains(t, out, "  "+strconv.Itoa(int(n.Code))+"  "+n.Code.Phrase()+". "+card.Sentence(n.How)+"\n")
		}
		for _, name := range d.HistoricNames {
			assert.Contains(t, out, name)
		}
		for _, u := range unofficial.Lookup(c) {
			assert.Contains(t, out, "\nUnofficial uses, against IANA's registry\n")
			assert.Contains(t, out, u.Vendor)
			assert.Contains(t, out, u.Meaning+" ("+u.Source+")\n")
		}
		for r := range c.HeaderRules() {
			when := ""
			if r.When != "" {
				when = ", when " + r.When
			}
			assert.Regexp(t, `(?m)^  `+r.Level.String()+`  +(\S+, )*`+r.Name+`(, \S+)*`+regexp.QuoteMeta(when+" ("+r.Reference+")")+`$`, out)
		}
	}
}

// TestJSON: the object says of every int what the library says, and its fields
// are those that the package documentation lists, all of them and in its order.
func TestJSON(t *testing.T) {
	promised := documentedFields(t)
	for _, n := range everyInt() {
		status, out, errout := runWith(nil, 80, "-json", strconv.Itoa(n))
		require.Equal(t, exitOK, status, n)
		require.Empty(t, errout)
		require.NotContains(t, out, "null", n)

		require.Equal(t, promised, topLevelKeys(t, out), n)
		var k card.Card
		require.NoError(t, json.Unmarshal([]byte(out), &k), n)
		c := httpstatus.Code(n)
		require.Equal(t, card.New(c), k)
		require.Equal(t, c, k.Code)
		require.Equal(t, c.Fallback(), k.Fallback)
		require.Equal(t, c.IsRegistered(), k.Registered)
		require.Equal(t, c.IsRetryable(), k.Retryable)
		require.Equal(t, c.IsCacheable(), k.Cacheable)
		require.Equal(t, c.IsRedirect(), len(k.RedirectMethods) > 0)
		require.Len(t, k.Unofficial, len(unofficial.Lookup(c)))
	}

	_, out, _ := runWith(nil, 0, "list", "-json")
	var all []card.Card
	require.NoError(t, json.Unmarshal([]byte(out), &all))
	var listed []httpstatus.Code
	for _, k := range all {
		listed = append(listed, k.Code)
	}
	var want []httpstatus.Code
	for c := range httpstatus.All() {
		want = append(want, c)
	}
	assert.Equal(t, want, listed)

	_, out, _ = runWith(nil, 0, "-json", "502", "503")
	require.NoError(t, json.Unmarshal([]byte(out), &all), "several are an array")
	require.Len(t, all, 2)
	assert.Equal(t, httpstatus.BadGateway, all[0].Code)
	assert.Equal(t, httpstatus.ServiceUnavailable, all[1].Code)
}

// documentedFields returns the JSON fields that the package documentation
// lists.
func documentedFields(t *testing.T) []string {
	src, err := os.ReadFile("main.go")
	require.NoError(t, err)
	doc, _, _ := strings.Cut(string(src), "\npackage main")
	_, doc, found := strings.Cut(doc, "# JSON\n")
	require.True(t, found)
	var fields []string
	for _, m := range regexp.MustCompile(`(?m)^//\t([a-z_]+) `).FindAllStringSubmatch(doc, -1) {
		fields = append(fields, m[1])
	}
	require.NotEmpty(t, fields)
	return fields
}

// topLevelKeys returns the keys of a JSON object, in order.
func topLevelKeys(t *testing.T, object string) []string {
	var keys []string
	d := json.NewDecoder(strings.NewReader(object))
	_, err := d.Token()
	require.NoError(t, err)
	for d.More() {
		key, err := d.Token()
		require.NoError(t, err)
		keys = append(keys, key.(string))
		require.NoError(t, d.Decode(new(any)))
	}
	return keys
}

// TestConstantsExist: the name that a card gives is that of a constant, as it
// stands in the generated file.
func TestConstantsExist(t *testing.T) {
	src, err := os.ReadFile("../../catalog_gen.go")
	require.NoError(t, err)
	for c := range httpstatus.All() {
		decl := "const " + card.New(c).Constant + " Code = " + strconv.Itoa(int(c)) + "\n"
		assert.Contains(t, string(src), decl)
	}
}

// TestSubcommandsAreNoNames: a verb that were also the name of a code would hide
// that code.
func TestSubcommandsAreNoNames(t *testing.T) {
	for _, sub := range subcommands() {
		_, err := httpstatus.Parse(sub.name)
		assert.Error(t, err, sub.name)
		assert.Zero(t, parseClass(sub.name), sub.name)
	}
}

func TestParseClass(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want httpstatus.Class
	}{
		{"4xx", httpstatus.ClientError},
		{"4XX", httpstatus.ClientError},
		{"4", httpstatus.ClientError},
		{"Client Error", httpstatus.ClientError},
		{"client-errors", httpstatus.ClientError},
		{"informational", httpstatus.Informational},
		{"successful", httpstatus.Successful},
		{"success", httpstatus.Successful},
		{"redirects", httpstatus.Redirection},
		{"server_error", httpstatus.ServerError},
		{"", 0},
		{"0xx", 0},
		{"6xx", 0},
		{"error", 0}, // there are two classes of them
		{"44", 0},
		{strings.Repeat("4", 1000), 0},
	} {
		assert.Equal(t, tt.want, parseClass(tt.in), "%q", tt.in)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// TestOutputThatCannotBeWritten: a script must not take half an answer for one.
func TestOutputThatCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	status := run([]string{"404"}, system{
		getenv:   func(string) string { return "" },
		stdout:   brokenPipe{},
		stderr:   &stderr,
		terminal: func() (int, bool) { return 0, false },
	})
	assert.Equal(t, exitFailure, status)
	assert.Equal(t, "httpstatus: broken pipe\n", stderr.String())
}

// TestTerminalWidth: a file is no terminal.
func TestTerminalWidth(t *testing.T) {
	f, err := os.Open("main.go")
	require.NoError(t, err)
	defer f.Close()
	_, ok := terminalWidth(f)
	assert.False(t, ok)
}

func TestParseFlags(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want []string
		json bool
		why  string
	}{
		{[]string{"a", "b"}, []string{"a", "b"}, false, "no flags"},
		{[]string{"-json", "a", "b"}, []string{"a", "b"}, true, "before"},
		{[]string{"a", "-json", "b"}, []string{"a", "b"}, true, "between"},
		{[]string{"a", "b", "--json"}, []string{"a", "b"}, true, "after, with two dashes"},
		{[]string{"-5", "-json", "-6"}, []string{"-5", "-6"}, true, "negative numbers are no flags"},
		{[]string{"--", "-json"}, []string{"-json"}, false, "-- ends the flags"},
		{[]string{"-json", "a", "--", "-x"}, []string{"a", "-x"}, true, "-- ends the flags wherever it stands"},
		{[]string{"-", "-json"}, []string{"-"}, true, "a dash alone is no flag"},
		{[]string{"", "-json", ""}, []string{"", ""}, true, "empty arguments stay"},
	} {
		flags, f := newFlags("")
		got, err := parseFlags(flags, tt.args)
		require.NoError(t, err, tt.why)
		assert.Equal(t, tt.want, got, tt.why)
		assert.Equal(t, tt.json, f.json, tt.why)
	}
}

func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "gone", 4},
		{"gone", "", 4},
		{"gone", "gone", 0},
		{"gone", "gome", 1},  // replaced
		{"gone", "gne", 1},   // deleted
		{"gone", "goone", 1}, // inserted
		{"gone", "gnoe", 1},  // swapped
		{"gone", "found", 3},
		{"kitten", "sitting", 3},
	} {
		assert.Equal(t, tt.want, choosing.Distance(tt.a, tt.b), "%s to %s", tt.a, tt.b)
		assert.Equal(t, tt.want, choosing.Distance(tt.b, tt.a), "%s to %s", tt.b, tt.a)
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, nil},
		{"  \n ", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"a https://example.com/ b", 5, []string{"a", "https://example.com/", "b"}}, // a long word stays whole
		{"één twéé", 8, []string{"één twéé"}},                                       // characters, not bytes
		{card.Together("RFC 9110, Section 15") + " a", 20, []string{"RFC 9110, Section 15", "a"}},
		{"see " + card.Together("RFC 9110, Section 15"), 20, []string{"see", "RFC 9110, Section 15"}},
		{"see " + card.Together("RFC 9110, Section 15"), 19, []string{"see RFC 9110,", "Section 15"}}, // too long to stay together
		{"a b", 0, []string{"a", "b"}},
		{"a b", -3, []string{"a", "b"}},
	} {
		assert.Equal(t, tt.want, wrap(tt.text, tt.width), "%q to %d", tt.text, tt.width)
	}
}

// FuzzRun: whatever the arguments, the command answers with 0 or says in one
// printable line of bounded length why it cannot and exits with 2; it never
// does both.
func FuzzRun(f *testing.F) {
	for _, s := range []string{"404", "not found", "list 4xx", "-json 429", "help", "pick rate limit", "pick rhubarb", "799", "-5", "-x",
		"--", "", "\x1b[2J", "4\x00", strings.Repeat("a", 1000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		status, out, errout := runWith(nil, 0, strings.Split(line, " ")...)
		if status == exitOK {
			assert.NotEmpty(t, out)
			assert.Empty(t, errout)
			return
		}
		assert.Equal(t, exitUsage, status)
		assert.Empty(t, out)
		assert.Regexp(t, `\Ahttpstatus: [ -~]{1,300}\n\z`, errout)
	})
}
