package registry

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// load returns the registry that is embedded.
func load(t *testing.T) *Registry {
	t.Helper()
	r, err := Load(Files)
	require.NoError(t, err)
	return r
}

// copied returns a copy of the inputs that a test can damage.
func copied(t testing.TB) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(Files, path)
		m[path] = &fstest.MapFile{Data: b}
		return err
	}))
	return m
}

func TestLoad(t *testing.T) {
	r := load(t)
	assert.Equal(t, "2025-09-15", r.Updated)
	assert.Equal(t, "4a9550d4b4ae49cf41cf9050cf9b56b0d6082ad1edfc0e2b09b07f251a36d7a4", r.SHA256)
	assert.Len(t, r.Codes, 62)
	for i, e := range r.Codes {
		assert.NotContains(t, []int{306, 418}, e.Code, "a reserved code is not registered")
		if i > 0 {
			assert.Greater(t, e.Code, r.Codes[i-1].Code, "codes ascend")
		}
		assert.NotEmpty(t, e.URL, "%d", e.Code)
		assert.NotContains(t, e.Phrase, "(", "%d: the remark is apart from the phrase", e.Code)
	}
	require.Len(t, r.Reserved, 2)
	assert.Equal(t, 306, r.Reserved[0].Code)
	assert.Equal(t, []string{"Switch Proxy"}, r.Reserved[0].Names)
	assert.Equal(t, 418, r.Reserved[1].Code)
	assert.Equal(t, []string{"I'm a teapot"}, r.Reserved[1].Names)
	for i := 1; i <= 5; i++ {
		assert.Equal(t, i, r.Classes[i].Code)
	}
}

func TestEntries(t *testing.T) {
	r := load(t)
	for _, want := range []Entry{
		{Code: 102, Name: "Processing", Phrase: "Processing", Reference: "RFC 2518, Section 10.1",
			URL: "https://www.rfc-editor.org/rfc/rfc2518.html#section-10.1"},
		{Code: 103, Name: "EarlyHints", Phrase: "Early Hints", Reference: "RFC 8297, Section 2",
			URL: "https://www.rfc-editor.org/rfc/rfc8297.html#section-2"},
		{Code: 104, Name: "UploadResumptionSupported", Phrase: "Upload Resumption Supported",
			Remark:    "TEMPORARY - registered 2024-11-13, extension registered 2025-09-15, expires 2026-11-13",
			Reference: "draft-ietf-httpbis-resumable-upload-05", // the revision that IANA names; the excerpt is of a later one
			URL:       "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-05"},
		{Code: 200, Name: "OK", Phrase: "OK", Reference: "RFC 9110, Section 15.3.1",
			URL: "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.1"},
		{Code: 203, Name: "NonAuthoritativeInformation", Phrase: "Non-Authoritative Information", Reference: "RFC 9110, Section 15.3.4",
			URL: "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.4"},
		{Code: 207, Name: "MultiStatus", Phrase: "Multi-Status", Reference: "RFC 4918, Section 11.1",
			URL: "https://www.rfc-editor.org/rfc/rfc4918.html#section-11.1"},
		{Code: 208, Name: "AlreadyReported", Phrase: "Already Reported", Reference: "RFC 5842, Section 7.1",
			URL: "https://www.rfc-editor.org/rfc/rfc5842.html#section-7.1"},
		{Code: 226, Name: "IMUsed", Phrase: "IM Used", Reference: "RFC 3229, Section 10.4.1", // and not 10.6, which names it too
			URL: "https://www.rfc-editor.org/rfc/rfc3229.html#section-10.4.1"},
		{Code: 414, Name: "URITooLong", Phrase: "URI Too Long", Reference: "RFC 9110, Section 15.5.15",
			URL:   "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.15",
			Names: []string{"Request-URI Too Large", "Request-URI Too Long"}},
		{Code: 425, Name: "TooEarly", Phrase: "Too Early", Reference: "RFC 8470, Section 5.2",
			URL: "https://www.rfc-editor.org/rfc/rfc8470.html#section-5.2"},
		{Code: 428, Name: "PreconditionRequired", Phrase: "Precondition Required", Reference: "RFC 6585, Section 3", // and not 7.1
			URL: "https://www.rfc-editor.org/rfc/rfc6585.html#section-3"},
		{Code: 451, Name: "UnavailableForLegalReasons", Phrase: "Unavailable For Legal Reasons", Reference: "RFC 7725, Section 3",
			URL: "https://www.rfc-editor.org/rfc/rfc7725.html#section-3"},
		{Code: 505, Name: "HTTPVersionNotSupported", Phrase: "HTTP Version Not Supported", Reference: "RFC 9110, Section 15.6.6",
			URL: "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.6"},
		{Code: 506, Name: "VariantAlsoNegotiates", Phrase: "Variant Also Negotiates", Reference: "RFC 2295, Section 8.1",
			URL: "https://www.rfc-editor.org/rfc/rfc2295.html#section-8.1"},
		{Code: 510, Name: "NotExtended", Phrase: "Not Extended", Remark: "OBSOLETED", Reference: "RFC 2774, Section 7",
			URL: "https://www.rfc-editor.org/rfc/rfc2774.html#section-7"},
	} {
		got := r.entry(itoa(want.Code))
		require.NotNil(t, got, "%d", want.Code)
		want.Facts, want.Card, want.line = got.Facts, got.Card, got.line
		assert.Equal(t, want, *got)
	}
}

// Every code is defined in the section that its reference names: the title says
// so. 104 alone refers to a document of which no excerpt is kept.
func TestReferences(t *testing.T) {
	l := &loader{fsys: Files}
	texts := l.texts()
	require.NoError(t, l.err())
	for _, e := range load(t).Codes {
		c, err := parseCitation(e.Reference)
		require.NoError(t, err)
		if e.Code == 104 {
			assert.Nil(t, texts[c.document])
			continue
		}
		require.NotNil(t, texts[c.document], e.Reference)
		assert.Contains(t, texts[c.document].title(c.section), itoa(e.Code), e.Reference)
	}
}

func TestMethods(t *testing.T) {
	var safe, notIdempotent []string
	methods := load(t).Methods
	assert.Len(t, methods, 40, "the row * is no method")
	for _, m := range methods {
		if m.Safe {
			safe = append(safe, m.Name)
		}
		if !m.Idempotent {
			notIdempotent = append(notIdempotent, m.Name)
		}
	}
	assert.Equal(t, []string{"GET", "HEAD", "OPTIONS", "PRI", "PROPFIND", "QUERY", "REPORT", "SEARCH", "TRACE"}, safe)
	assert.Equal(t, []string{"CONNECT", "LOCK", "PATCH", "POST"}, notIdempotent)
	assert.Contains(t, methods, Method{"QUERY", true, true, "RFC 10008, Section 2"})
	assert.Contains(t, methods, Method{"MKCOL", false, true, "RFC 4918, Section 9.3"}) // the first of three references
}

// The traits of all codes, written down a second time: what a code has of its
// own or from its class.
func TestTraits(t *testing.T) {
	got := map[string]string{}
	add := func(code string, e Entry) {
		for _, f := range e.Facts {
			key := f.Trait
			if f.Value != "" {
				key += ":" + f.Value
			}
			if f.Trait != "header" {
				got[key] = strings.TrimSpace(got[key] + " " + code)
			}
		}
	}
	r := load(t)
	for i := 1; i <= 5; i++ {
		add(classCode(i), r.Classes[i])
	}
	for _, e := range r.Codes {
		add(itoa(e.Code), e)
	}
	assert.Equal(t, map[string]string{
		"no-content":           "1xx 100 101 102 103 104 204 205 304",
		"cacheable":            "200 203 204 206 300 301 308 404 405 410 414 451 501",
		"not-cacheable":        "421 425",
		"no-store":             "1xx 100 101 102 103 104 428 429 431 511",
		"redirect":             "301 302 303 307 308",
		"permanent":            "301 308",
		"preserve-method":      "307 308",
		"get":                  "303",
		"post-to-get":          "301 302",
		"retry:finished":       "1xx 2xx 100 101 102 103 104 200 201 202 203 204 205 206 207 208 226 304",
		"retry:redirect":       "3xx 300 301 302 303 305 307 308",
		"retry:change-request": "401 406 407 411 412 415 416 417 426 428 431 510 511",
		"retry:new-connection": "421",
		"retry:no-early-data":  "425",
		"retry:refused":        "408 429",
		"retry:when-told":      "403 413 423",
		"retry:unavailable":    "503",
		"retry:uncertain":      "5xx 500 502 504",
		"retry:in-progress":    "409",
		"retry:permanent":      "4xx 400 402 404 405 410 414 422 424 451 501 505 506 507 508",
		"applied:unknown":      "1xx 3xx 5xx 100 101 102 103 104 202 207 300 301 302 303 305 402 406 500 502 503 504 506",
		"applied:yes":          "2xx 200 201 203 204 205 206 208 226",
		"applied:no": "4xx 304 307 308 400 401 403 404 405 407 408 409 410 411 412 413 414 415 416 417 421 " +
			"422 423 424 425 426 428 429 431 451 501 505 507 508 510 511",
	}, got)
}

// What a response with a code must always have: the fields without which it is
// wrong, whatever the request was.
func TestUnconditionalHeaders(t *testing.T) {
	must, mustNot := map[int][]string{}, map[int][]string{}
	for _, e := range load(t).Codes {
		for _, f := range e.Facts {
			switch {
			case f.Trait != "header" || f.When != "":
			case f.Strength == "MUST":
				must[e.Code] = append(must[e.Code], f.Value)
			case f.Strength == "MUST NOT":
				mustNot[e.Code] = append(mustNot[e.Code], f.Value)
			}
		}
	}
	assert.Equal(t, map[int][]string{
		101: {"Upgrade", "Connection"},
		226: {"ETag"}, // IM too, but for deltas and ranges only: RFC 3229, Section 10.3 and 10.5.2
		401: {"WWW-Authenticate"},
		405: {"Allow"},
		407: {"Proxy-Authenticate"},
		426: {"Upgrade", "Connection"},
	}, must)
	framing := []string{"Content-Length", "Transfer-Encoding"}
	assert.Equal(t, map[int][]string{100: framing, 101: framing, 102: framing, 103: framing, 104: framing, 204: framing}, mustNot)
}

// A duty is as strong as the key word in the words that it quotes. (The texts
// say "omit" with SHOULD, where we say SHOULD NOT.)
func TestHeaderStrengths(t *testing.T) {
	for _, e := range load(t).Codes {
		for _, f := range e.Facts {
			switch {
			case f.Trait != "header":
			case f.Strength == "note":
				assert.NotRegexp(t, `\b(MUST|SHOULD|MAY)\b`, f.Words, "line %d", f.Line)
			case f.Strength == "SHOULD NOT":
				assert.Regexp(t, `SHOULD NOT|SHOULD omit`, f.Words, "line %d", f.Line)
			default:
				assert.Contains(t, f.Words, f.Strength, "line %d", f.Line)
				if !strings.HasSuffix(f.Strength, " NOT") {
					assert.Regexp(t, regexp.MustCompile(f.Strength+`\b( [^N]|$)`), f.Words, "line %d", f.Line)
				}
			}
		}
	}
}

func TestInheritance(t *testing.T) {
	r := load(t)
	header := func(code, name string) (of []string) {
		for _, f := range r.entry(code).Facts {
			if f.Trait == "header" && f.Value == name {
				of = append(of, fmt.Sprint(f.Code, " ", f.Strength, " ", f.Inherited))
			}
		}
		return of
	}
	assert.Equal(t, []string{"1xx MUST NOT true"}, header("103", "Content-Length"), "a field of the class holds for its codes")
	assert.Equal(t, []string{"2xx MUST NOT true"}, header("200", "Content-Length"), "after CONNECT")
	assert.Equal(t, []string{"204 MUST NOT false"}, header("204", "Content-Length"), "never, which takes the place of: not after CONNECT")
	assert.Equal(t, []string{"2xx MUST NOT true", "200 SHOULD false"}, header("200", "ETag"), "two conditions, both hold")

	retry, ok := r.entry("451").Fact("retry")
	require.True(t, ok)
	assert.True(t, retry.Inherited)
	assert.Equal(t, "4xx", retry.Code)
	assert.True(t, r.entry("103").Has("no-store"))
	assert.False(t, r.entry("2xx").Has("cacheable"), "an unregistered code is never cacheable")
}

// A name means one code, so that a parser of phrases can take it.
func TestNamesAreUnique(t *testing.T) {
	seen := map[string]int{}
	r := load(t)
	for _, e := range append(r.Codes, r.Reserved...) {
		for _, name := range e.Names {
			assert.Zero(t, seen[strings.ToLower(name)], name)
			seen[strings.ToLower(name)] = e.Code
		}
	}
	assert.Equal(t, 413, seen["payload too large"])
	assert.Equal(t, 422, seen["unprocessable entity"])
	assert.Equal(t, 302, seen["moved temporarily"])
}

func TestGoName(t *testing.T) {
	for phrase, want := range map[string]string{
		"IM Used":      "IMUsed",
		"Multi-Status": "MultiStatus", // the hyphen parts words
		"(Unused)":     "Unused",
		"not found":    "NotFound",
		"Was 2 Late":   "Was2Late",
		"2 Late":       "Late", // an identifier does not begin with a digit
		"":             "",
		"—":            "",
	} {
		assert.Equal(t, want, goName(phrase), phrase)
	}
}

// Damaged inputs are reported by place.
func TestErrors(t *testing.T) {
	const s, x = "semantics.csv", "texts/rfc7725.txt"
	row505 := "505,retry:permanent,policy"
	for _, test := range []struct{ why, file, old, new, want string }{
		{"an unknown trait", s, row505, "505,retryible,policy", `code 505 has no trait "retryible"`},
		{"a trait that wants a value", s, row505, "505,retry,policy", `code 505 has no trait "retry"`},
		{"a trait that has none", s, "303,get,", "303,get:it,", `code 303 has no trait "get:it"`},
		{"an unknown value", s, row505, "505,retry:often,policy", `code 505: trait retry has no value "often"`},
		{"an unknown strength", s, row505, "505,retry:permanent,Must", `code 505: "Must" is not a strength`},
		{"an unregistered code", s, row505, "509,retry:permanent,policy", `"509" is not a registered code, nor a class`},
		{"a reserved code", s, row505, "418,retry:permanent,policy", `"418" is not a registered code, nor a class`},
		{"a class that is none", s, row505, "6xx,retry:permanent,policy", `"6xx" is not a registered code, nor a class`},
		{"a field name with a space", s, "405,header:Allow", "405,header:Allow it", `code 405: "Allow it" is not a field name`},
		{"two rows for one trait", s, row505, "504,retry:permanent,policy", `code 504 has trait "retry:permanent" from line`},
		{"two rows for one field and condition", s, "426,header:Connection", "426,header:upgrade", `code 426 has trait "header:upgrade" from line`},
		{"a condition on a trait", s, row505 + ",", row505 + ",it rains", `code 505: trait retry has a condition`},
		{"no words", s, "The server does not support the major version; the same message meets the same answer.", "", `code 505: trait retry has no words`},
		{"a citation of another form", s, `505,retry:permanent,policy,,"RFC 9110, Section 15.6.6"`,
			`505,retry:permanent,policy,,"RFC 9110 §15.6.6"`, `code 505: "RFC 9110 §15.6.6" is not a citation like "RFC 9110, Section 15.5.6"`},
		{"a section that is not there", s, `505,retry:permanent,policy,,"RFC 9110, Section 15.6.6"`,
			`505,retry:permanent,policy,,"RFC 9110, Section 15.6.7"`, `code 505: RFC 9110 has no Section 15.6.7`},
		{"no section at all", s, `505,retry:permanent,policy,,"RFC 9110, Section 15.6.6"`, `505,retry:permanent,policy,,RFC 9110`,
			`code 505: RFC 9110 has no section`},
		{"an appendix that is not there", s, `"RFC 9110, Appendix B.3"`, `"RFC 9110, Appendix Z"`, `code 421: RFC 9110 has no Appendix Z`},
		{"a document of which no text is kept", s, `505,retry:permanent,policy,,"RFC 9110, Section 15.6.6"`,
			`505,retry:permanent,policy,,"RFC 7231, Section 6.6.6"`, `code 505: there is no text of RFC 7231`},
		{"a quote that is not there", s, "A 451 response is cacheable by default", "A 451 response is cacheable",
			`code 451: "A 451 response is cacheable, i.e., unless otherwise indicated by the method definition or ` +
				`explicit cache controls" is not among the passages of RFC 7725, Section 3`},
		{"a quote from another section", s, `451,cacheable,note,,"RFC 7725, Section 3"`, `451,cacheable,note,,"RFC 7725, Section 4"`,
			`is not among the passages of RFC 7725, Section 4`},
		{"no citation for a quote", s, `451,cacheable,note,,"RFC 7725, Section 3"`, `451,cacheable,note,,`, `code 451: "" is not a citation`},
		{"a class that is cacheable", s, "4xx,retry:permanent", "4xx,cacheable", `class 4xx cannot be cacheable`},
		{"a class without a retry row", s, "5xx,retry:uncertain", "5xx,permanent", `code 5xx lacks trait "retry"`},
		{"a trait of redirects on another code", s, row505, "505,permanent,policy", `code 505 has trait "permanent", but is no redirect`},
		{"a redirect that leaves the method open", s, "303,get,", "300,get,", `code 303 is a redirect, but nothing says what becomes of the method`},
		{"cacheable and not to be stored", s, "429,retry:refused", "429,cacheable", `code 429 is cacheable, but must not be stored`},
		{"too few cells", s, "303,get,note,,", "303,get,", `wrong number of fields`},
		{"a stray quote", s, "303,get,", `303,g"et,`, `bare "`},
		{"another header", s, "code,trait,strength,when,", "code,trait,when,strength,", `header is "code,trait,when,strength,citation,words"`},

		{"an edited registry", codesFile, "404,Not Found", "404,Not There", `iana-http-status-codes.csv has SHA-256`},
		{"a gap in the registry", codesFile, "427,Unassigned,\r\n", "", `428 does not follow 426`},
		{"a code with a reference to nothing", codesFile, "[RFC7725]", "[]", `451 has no reference`},
		{"a code without a phrase", codesFile, "404,Not Found", "404,???", `"???" is not a phrase`},
		{"a code that is no code", codesFile, "404,Not Found", "4o4,Not Found", `"4o4" is not a code or a range of codes`},
		{"a range that is assigned", codesFile, "509,Unassigned", "509-509,Many", `509-509 is a range, but not unassigned`},
		{"two codes of one name", codesFile, "404,Not Found", "404,Gone", `404 and 410 are both named Gone`},
		{"a reference to a section that is not there", codesFile, "Section 15.6.6", "Section 15.6.7", `code 505: RFC 9110 has no Section 15.6.7`},
		{"a method that is safe but not idempotent", methodsFile, "GET,yes,yes", "GET,yes,no", `method GET is safe, but not idempotent`},
		{"a method listed twice", methodsFile, "HEAD,yes", "GET,yes", `method GET is listed twice`},
		{"a method that is maybe safe", methodsFile, "GET,yes", "GET,maybe", `method GET: safe and idempotent are yes or no`},
		{"a method with a space", methodsFile, "GET,yes", "GET IT,yes", `"GET IT" is not a method name`},

		{"a file that is no registry", editionsFile, "iana-http-methods.csv", "methods.csv", `no registry is kept as "methods.csv"`},
		{"an edition twice", editionsFile, "iana-http-methods.csv", "iana-http-status-codes.csv", `iana-http-status-codes.csv has an edition already`},
		{"a date that is none", editionsFile, "2025-09-15", "September", `"September" is not a date`},
		{"no origin", editionsFile, "IANA HTTP Status Code Registry", "", `iana-http-status-codes.csv has no origin`},
		{"no edition", editionsFile, "iana-http-methods.csv", "#", `iana-http-methods.csv has no edition`},

		{"a name of a code that is none", namesFile, "302,", "320,", `"320" is neither a registered nor a reserved code`},
		{"a name of a class", namesFile, "302,", "3xx,", `"3xx" is neither a registered nor a reserved code`},
		{"a name that means another code", namesFile, "Moved Temporarily", "not found", `"not found" is the name of 404 already`},
		{"a name without letters", namesFile, "Moved Temporarily", "?", `"?" is not a name`},
		{"a name with a bad citation", namesFile, "RFC 1945, Section 9.3", "RFC 1945, 9.3", `"RFC 1945, 9.3" is not a citation`},
		{"a name from a section that is not there", namesFile, "RFC 4918, Section 12.2", "RFC 4918, Section 12.3", `RFC 4918 has no Section 12.3`},

		{"a text without a document", x, "RFC 7725: ", "RFC 7725 ", `want a document and its title`},
		{"a text under another name", x, "RFC 7725: ", "RFC 7726: ", `RFC 7726 is kept as texts/rfc7726.txt`},
		{"a text without contents", x, "Contents", "Content", `no contents`},
		{"a section without a title", x, "2 Requirements", "2", `"2" is not a section and its title`},
		{"a section listed twice", x, "2 Requirements", "1 Requirements", `"1" is listed twice`},
		{"passages of a section that is not there", x, "Passages of 4", "Passages of 44", `"44" is not among the contents`},
		{"passages of a section twice", x, "Passages of 4", "Passages of 3", `"3" has passages above`},
		{"a passage that is not indented", x, "   A 451", "A 451", `stands where it has no meaning`},
		{"no section that defines a code", x, "3 451 Unavailable", "3 Unavailable", `no section defines code 451`},

		{"a code without a card", cardsFile, "\n404\n", "\n", `404 has no card`},
	} {
		m := copied(t)
		before := string(m[test.file].Data)
		require.Contains(t, before, test.old, test.why)
		after := strings.Replace(before, test.old, test.new, 1)
		m[test.file] = &fstest.MapFile{Data: []byte(after)}
		_, err := Load(m)
		require.Error(t, err, test.why)
		assert.Contains(t, err.Error(), test.want, test.why)
		assertPlaces(t, err)
	}
}

// The line that is named is the one that was damaged.
func TestErrorLine(t *testing.T) {
	m := copied(t)
	before := m[factsFile].Data
	i := bytes.Index(before, []byte("505,retry:"))
	line := 1 + bytes.Count(before[:i], []byte("\n"))
	m[factsFile] = &fstest.MapFile{Data: bytes.Replace(before, []byte("505,retry:permanent"), []byte("505,retryible"), 1)}
	_, err := Load(m)
	assert.ErrorContains(t, err, fmt.Sprintf(`semantics.csv:%d: code 505 has no trait "retryible"`, line))
	assert.NotContains(t, err.Error(), fmt.Sprintf("semantics.csv:%d:", line+1), "the rows around it are right")
}

func TestMissingFiles(t *testing.T) {
	for _, file := range []string{editionsFile, codesFile, methodsFile, factsFile, namesFile, rpcFile, proxyErrorsFile, "texts/rfc9110.txt",
		"texts/rfc9209.txt", "rpc/connectprotocol.txt"} {
		m := copied(t)
		delete(m, file)
		_, err := Load(m)
		require.Error(t, err, file)
		assertPlaces(t, err)
	}
	m := copied(t)
	delete(m, cardsFile)
	_, err := Load(m)
	assert.NoError(t, err, "prose alone may be absent")
	_, err = Load(fstest.MapFS{})
	assert.ErrorContains(t, err, "semantics.csv:1: file does not exist")
}

var place = regexp.MustCompile(`^(?:[a-z-]+\.(?:csv|txt)|texts(?:/[a-z0-9-]+\.txt)?|rpc/[^\n]*\.txt):[1-9]\d*: `)

// assertPlaces asserts that each complaint is one line that begins with a file
// and a line in it.
func assertPlaces(t testing.TB, err error) {
	t.Helper()
	for line := range strings.SplitSeq(err.Error(), "\n") {
		assert.Regexp(t, place, line)
	}
}

// Whatever a file holds, its reader returns, and what it complains of, it
// complains of by file and line.
func FuzzReaders(f *testing.F) {
	const x = "texts/rfc7725.txt"
	files := []string{editionsFile, codesFile, methodsFile, factsFile, namesFile, cardsFile, x, rpcFile, proxyErrorsFile}
	good := copied(f)
	base, err := Load(good)
	require.NoError(f, err)
	for i, file := range files {
		data := good[file].Data
		f.Add(uint8(i), data[:min(len(data), 1000)])
	}
	f.Add(uint8(3), []byte("code,trait,strength,when,citation,words\n404,\"a\nb\",\"\n\",,,\"x\ny\"\n"))
	f.Add(uint8(7), []byte("code,trait,value,citation,words\nOK,number,\"0\n\",x,\"y\nz\"\nOK,number,1,,\n"))
	f.Add(uint8(8), []byte("name,status,intermediary,parameters,citation,description,applied,reason,meaning\na,\"5\n\",true,\"a: A\n; b\",RFC 1,x,no,y,z\n"))
	f.Add(uint8(5), []byte("404\n  \nmeans: x\n not 404: y\nnot x\n5xx\n404"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		file := files[int(which)%len(files)]
		l := &loader{fsys: fstest.MapFS{file: {Data: data}}}
		r := &Registry{Codes: slices.Clone(base.Codes), Reserved: slices.Clone(base.Reserved), Classes: base.Classes}
		for i := range r.Codes {
			r.Codes[i].Names, r.Codes[i].Card = nil, Card{}
		}
		switch file {
		case editionsFile:
			l.editions(r)
		case codesFile:
			r.Codes = nil
			l.codes(r)
		case methodsFile:
			l.methods(r)
		case factsFile:
			facts := l.facts(r)
			l.checkQuotes(facts, nil)
			r.apply(facts)
			l.checkCoverage(r)
		case namesFile:
			l.names(r, nil)
		case cardsFile:
			l.cards(r)
		case x:
			texts := l.texts()
			l.names(r, texts)
			l.references(r, texts)
		case rpcFile:
			l.rpc()
		case proxyErrorsFile:
			l.checkProxyErrors(l.proxyErrors(), nil)
		}
		if err := l.err(); err != nil {
			assertPlaces(t, err)
		}
	})
}
