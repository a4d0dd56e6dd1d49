package httpstatus_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

func TestNegotiate(t *testing.T) {
	const (
		simple  = httpstatus.SimpleJSON
		problem = httpstatus.ProblemJSON
		text    = httpstatus.PlainText
		html    = httpstatus.HTML
	)
	for _, tt := range []struct {
		why    string
		accept []string
		offers []httpstatus.Format
		want   httpstatus.Format
	}{
		{"no field: anything goes", nil, nil, simple},
		{"an empty field", []string{""}, nil, simple},
		{"curl", []string{"*/*"}, nil, simple},
		{"curl, other offers", []string{"*/*"}, []httpstatus.Format{html, simple}, html},
		{"a browser", []string{"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}, nil, html},
		{"axios", []string{"application/json, text/plain, */*"}, nil, simple},
		{"a client of problems", []string{"application/problem+json"}, nil, problem},
		{"case-insensitive", []string{"APPLICATION/Problem+JSON; Q=0.5"}, nil, problem},
		{"RFC 9457, Section 3: what is listed for errors", []string{"application/json, application/problem+json"}, nil, problem},
		{"whatever the order", []string{"application/problem+json, application/json"}, nil, problem},
		{"in the offers too", []string{"application/json, application/problem+json"}, []httpstatus.Format{simple, html, problem}, problem},
		{"on another line", []string{"application/json", "application/problem+json"}, nil, problem},
		{"at the same quality", []string{"application/json;q=0.5, application/problem+json;q=0.5"}, nil, problem},
		{"at a lower one", []string{"application/json, application/problem+json;q=0.9"}, nil, simple},
		{"excluded by name", []string{"application/json, application/problem+json;q=0"}, nil, simple},
		{"by a wildcard alone", []string{"application/json, application/*"}, nil, simple},
		{"not on offer", []string{"application/json, application/problem+json"}, []httpstatus.Format{simple, html}, simple},
		{"below a third one", []string{"application/json;q=0.5, application/problem+json;q=0.5, text/html"}, nil, html},
		{"text and HTML alike: the first on offer", []string{"text/html, text/plain"}, nil, text},
		{"as the server has it", []string{"text/html, text/plain"}, []httpstatus.Format{html, text}, html},
		{"a preference", []string{"application/json;q=0.9, application/problem+json"}, nil, problem},
		{"several lines are one list", []string{"application/json;q=0.9", "application/problem+json"}, nil, problem},
		{"named beats a wildcard", []string{"*/*, application/problem+json"}, nil, problem},
		{"type/* beats */*", []string{"*/*, text/*"}, nil, text},
		{"by type", []string{"text/*"}, nil, text},
		{"by type, as offered", []string{"text/*"}, []httpstatus.Format{simple, html, text}, html},
		{"the most specific range has the say", []string{"application/json;q=0.1, */*;q=0.5"}, nil, problem},
		{"excluded", []string{"application/json;q=0, */*"}, nil, problem},
		{"all excluded", []string{"*/*;q=0"}, nil, simple},
		{"nothing acceptable", []string{"image/png"}, nil, simple},
		{"nothing acceptable, other offers", []string{"image/png"}, []httpstatus.Format{html, text}, html},
		{"one offer", []string{"text/html"}, []httpstatus.Format{problem}, problem},
		{"an offer that is none acts as the default", []string{"application/json"}, []httpstatus.Format{html, 200}, 200},
		{"the same, the long way", []string{"application/json;q=0.5"}, []httpstatus.Format{html, 200}, 200},
		{"RFC 9110, Section 12.5.1", []string{"text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"}, nil, text},
		{"the other example", []string{"text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c"}, nil, html},
		{"twice: the better one", []string{"text/html;q=0.1, text/html;q=0.7, text/plain;q=0.5"}, nil, html},
		{"our charset", []string{`text/html;charset=utf-8, application/json;q=0.5`}, nil, html},
		{"our charset, quoted", []string{`text/html; charset="UTF-8", application/json;q=0.5`}, nil, html},
		{"another charset", []string{"text/html;charset=latin1, application/json;q=0.5"}, nil, simple},
		{"a comma in quotes", []string{`text/html;a="b,c\",text/html", text/plain`}, nil, text},
		{"empty elements", []string{", ,text/html,,"}, nil, html},
		{"empty parameters", []string{"text/html; ;q=0.5;"}, nil, html},
		{"three decimals", []string{"text/html;q=0.001, image/png"}, nil, html},
		{"q=1.000", []string{"text/html;q=1.000, application/json;q=0.999"}, nil, html},
		{"q=1.", []string{"text/html;q=1., application/json;q=0.9"}, nil, html},

		// Malformed: as if the range were not there.
		{"not a number", []string{"text/html;q=high"}, nil, simple},
		{"not a decimal", []string{"text/html;q=0.x"}, nil, simple},
		{"more than one", []string{"text/html;q=1.001"}, nil, simple},
		{"two", []string{"text/html;q=2"}, nil, simple},
		{"negative", []string{"text/html;q=-1"}, nil, simple},
		{"without a zero", []string{"text/html;q=.5"}, nil, simple},
		{"a comma for a point", []string{"text/html;q=0,5"}, nil, simple},
		{"exponent", []string{"text/html;q=1e0"}, nil, simple},
		{"four decimals", []string{"text/html;q=0.1234"}, nil, simple},
		{"no quality", []string{"text/html;q="}, nil, simple},
		{"a space before the quality", []string{"text/html;q= 1"}, nil, simple},
		{"no value", []string{"text/html;level"}, nil, simple},
		{"no semicolon", []string{"text/html q=1"}, nil, simple},
		{"junk after a parameter", []string{`text/html;a="b"c`}, nil, simple},
		{"no subtype", []string{"text"}, nil, simple},
		{"an empty subtype", []string{"text/"}, nil, simple},
		{"an empty type", []string{"/html"}, nil, simple},
		{"two slashes", []string{"text/html/x"}, nil, simple},
		{"spaces inside", []string{"text / html"}, nil, simple},
		{"a lone star", []string{"*;q=0.2"}, nil, simple},
		{"*/html", []string{"*/html"}, nil, simple},
		{"an open quote", []string{`text/html;a="b`}, nil, simple},
		{"an open escape", []string{`text/html;a="b\`}, nil, simple},
		{"control characters", []string{"text/html\x00", "\r\n"}, nil, simple},
		{"the well-formed one of two", []string{"text/html;q=x, text/plain"}, nil, text},
		{"very long", []string{strings.Repeat("text/x,", 100000) + "text/html"}, nil, html},
		{"very long behind what is wanted", []string{"application/json," + strings.Repeat("text/x,", 300000) + "application/problem+json"}, nil, problem},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, httpstatus.Negotiate(tt.accept, tt.offers...))
		})
	}
}

// Every field of up to three ranges, each with several qualities, against the
// slow reading of RFC 9110, Section 12.5.1, and the rule of RFC 9457's example.
func TestNegotiateAgainstReference(t *testing.T) {
	types := map[httpstatus.Format]reference.MediaRange{
		httpstatus.SimpleJSON: {Type: "application", Subtype: "json"}, httpstatus.ProblemJSON: {Type: "application", Subtype: "problem+json"},
		httpstatus.PlainText: {Type: "text", Subtype: "plain"}, httpstatus.HTML: {Type: "text", Subtype: "html"},
	}
	var fields []string
	var ranges []reference.MediaRange
	for _, text := range []string{"*/*", "application/*", "application/json", "application/problem+json", "text/*", "text/html"} {
		typ, subtype, _ := strings.Cut(text, "/")
		for quality, weight := range map[int]string{1000: "", 500: ";q=0.5", 0: ";q=0"} {
			fields = append(fields, text+weight)
			ranges = append(ranges, reference.MediaRange{Type: typ, Subtype: subtype, Quality: quality})
		}
	}
	const simple, problem, text, html = httpstatus.SimpleJSON, httpstatus.ProblemJSON, httpstatus.PlainText, httpstatus.HTML
	want := func(chosen []reference.MediaRange, offers []httpstatus.Format) httpstatus.Format {
		var offered []reference.MediaRange
		for _, f := range offers {
			offered = append(offered, types[f])
		}
		best := reference.Accept(chosen, offered)
		if best < 0 {
			return offers[0]
		}
		named, qualities := false, map[httpstatus.Format]int{}
		for f, r := range types {
			qualities[f] = reference.AcceptQuality(chosen, r)
		}
		for _, r := range chosen {
			named = named || r.Subtype == "problem+json"
		}
		if offers[best] == simple && named && slices.Contains(offers, problem) &&
			qualities[problem] > 0 && qualities[problem] >= qualities[simple] {
			return problem
		}
		return offers[best]
	}
	for _, offers := range [][]httpstatus.Format{
		{simple, problem, text, html}, {html, simple, problem}, {simple, html}, {problem, simple}, {text, problem, html}, {problem},
	} {
		check := func(indices ...int) {
			var lines []string
			var chosen []reference.MediaRange
			for _, i := range indices {
				lines, chosen = append(lines, fields[i]), append(chosen, ranges[i])
			}
			want := want(chosen, offers)
			for _, accept := range [][]string{lines, {strings.Join(lines, ", ")}} {
				if got := httpstatus.Negotiate(accept, offers...); got != want {
					require.Fail(t, "differs", "%q of %v: got %v, want %v", accept, offers, got, want)
				}
			}
		}
		for a := range fields {
			check(a)
			for b := range fields {
				check(a, b)
				for c := range fields {
					check(a, b, c)
				}
			}
		}
	}
}

func TestFormatString(t *testing.T) {
	assert.Equal(t, "application/json", httpstatus.SimpleJSON.String())
	assert.Equal(t, "application/json", httpstatus.Format(200).String())
}

// FuzzNegotiate holds that the answer is always one of the offers, and that a
// client that excludes a format by name gets it only when all are excluded or
// nothing else is acceptable.
func FuzzNegotiate(f *testing.F) {
	f.Add("text/html, */*;q=0.1")
	f.Add(`a/b;c="d\"e,f";q=0.5,,text/*;q=1.0`)
	f.Fuzz(func(t *testing.T, accept string) {
		offers := []httpstatus.Format{httpstatus.ProblemJSON, httpstatus.HTML}
		assert.Contains(t, offers, httpstatus.Negotiate([]string{accept}, offers...))
		got := httpstatus.Negotiate([]string{"*/*;q=0.5, application/json;q=0", accept})
		if !strings.Contains(strings.ToLower(accept), "json") && !strings.Contains(accept, "*") {
			assert.NotEqual(t, httpstatus.SimpleJSON, got)
		}
	})
}
