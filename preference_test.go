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

// Every field of up to three ranges, each with several qualities, against the
// slow reading of RFC 9110, Section 12.5.1.
func TestNegotiateTypeAgainstReference(t *testing.T) {
	offers := []string{"text/html", "text/plain;format=flowed", "text/plain", "image/png"}
	parsed := []reference.MediaRange{
		{Type: "text", Subtype: "html"},
		{Type: "text", Subtype: "plain", Parameters: map[string]string{"format": "flowed"}},
		{Type: "text", Subtype: "plain"},
		{Type: "image", Subtype: "png"},
	}
	type element struct {
		text string
		r    reference.MediaRange
	}
	var elements []element
	for _, text := range []string{"*/*", "text/*", "text/html", "TEXT/Plain", "text/plain;format=flowed", "text/plain;format=fixed", "image/*"} {
		typ, rest, _ := strings.Cut(strings.ToLower(text), "/")
		subtype, parameter, _ := strings.Cut(rest, ";")
		r := reference.MediaRange{Type: typ, Subtype: subtype}
		if name, value, ok := strings.Cut(parameter, "="); ok {
			r.Parameters = map[string]string{name: value}
		}
		for q, thousandths := range map[string]int{"": 1000, ";q=0.5": 500, ";q=0": 0} {
			r.Quality = thousandths
			elements = append(elements, element{text + q, r})
		}
	}
	slices.SortFunc(elements, func(a, b element) int { return strings.Compare(a.text, b.text) })
	check := func(chosen ...element) {
		var texts []string
		var ranges []reference.MediaRange
		for _, e := range chosen {
			texts, ranges = append(texts, e.text), append(ranges, e.r)
		}
		want := ""
		if i := reference.Accept(ranges, parsed); i >= 0 {
			want = offers[i]
		}
		got, ok := httpstatus.NegotiateType([]string{strings.Join(texts, ", ")}, offers...)
		if got != want || ok != (want != "") {
			require.Fail(t, "differs", "%q: got %q, want %q", texts, got, want)
		}
	}
	for _, a := range elements {
		check(a)
		for _, b := range elements {
			check(a, b)
			for _, c := range elements {
				check(a, b, c)
			}
		}
	}
}

// The example of RFC 9110, Section 12.5.1, Table 5.
func TestNegotiateTypeTable(t *testing.T) {
	const accept = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"
	byQuality := []string{"text/plain;format=flowed", "text/plain", "image/jpeg", "text/plain;format=fixed", "text/html"}
	for i := range byQuality {
		for j := i + 1; j < len(byQuality); j++ {
			got, ok := httpstatus.NegotiateType([]string{accept}, byQuality[j], byQuality[i])
			assert.True(t, ok)
			assert.Equal(t, byQuality[i], got, "against %s", byQuality[j])
		}
	}
	got, _ := httpstatus.NegotiateType([]string{accept}, "image/jpeg", "text/plain;level=3") // 0.7, as text/plain
	assert.Equal(t, "text/plain;level=3", got)
}

func TestNegotiateType(t *testing.T) {
	for _, test := range []struct {
		name   string
		accept []string
		offers []string
		want   string // "" for none
	}{
		{"no field", nil, []string{"text/csv", "text/html"}, "text/csv"},
		{"an empty field", []string{"", " "}, []string{"text/csv", "text/html"}, "text/csv"},
		{"no field and no offer", nil, nil, ""},
		{"no offer", []string{"*/*"}, nil, ""},
		{"none acceptable", []string{"image/png"}, []string{"text/csv"}, ""},
		{"excluded", []string{"text/csv;q=0, */*"}, []string{"text/csv"}, ""},
		{"a browser", []string{"text/html,application/xhtml+xml,*/*;q=0.8"}, []string{"application/json", "text/html"}, "text/html"},
		{"several lines", []string{"text/csv;q=0.1", "text/html"}, []string{"text/csv", "text/html"}, "text/html"},
		{"equal: the server's order", []string{"text/html, text/csv"}, []string{"text/csv", "text/html"}, "text/csv"},
		{"a parameter that the offer lacks", []string{"text/csv;header=present"}, []string{"text/csv"}, ""},
		{"a parameter that it has", []string{"text/csv; Header=present"}, []string{"text/csv;header=present"}, "text/csv;header=present"},
		{"another value", []string{"text/csv;header=absent"}, []string{"text/csv;header=present"}, ""},
		{"quoted", []string{`text/csv;header="present"`}, []string{"text/csv;header=present"}, "text/csv;header=present"},
		{"a version in a vendor's type", []string{"application/vnd.x+json;version=2;q=0.9, application/json;q=0.5"},
			[]string{"application/json", "application/vnd.x+json;version=1", "application/vnd.x+json;version=2"}, "application/vnd.x+json;version=2"},
		{"UTF-8 is no demand", []string{"text/html;charset=UTF-8"}, []string{"text/html"}, "text/html"},
		{"nor on an offer that says so", []string{"text/html;charset=UTF-8"}, []string{"text/html;charset=utf-8"}, "text/html;charset=utf-8"},
		{"another charset is", []string{"text/html;charset=latin1"}, []string{"text/html", "text/html;charset=utf-8"}, ""},
		{"a wildcard with a parameter", []string{"*/*;version=2, text/html;q=0.5"}, []string{"text/html", "text/csv;version=2"}, "text/csv;version=2"},
		{"a malformed range", []string{"text/csv;q=high, text/html;q=0.1"}, []string{"text/csv", "text/html"}, "text/html"},
		{"no media range", []string{"text, *, text/html;q=0.1"}, []string{"text/csv", "text/html"}, "text/html"},
		{"a malformed offer", []string{"*/*"}, []string{"text", "text/", "a/b, c/d", "text/html"}, "text/html"},
		{"commas alone are an empty field", []string{", ,"}, []string{"text/csv", "text/html"}, "text/csv"},
		{"quoted pairs", []string{`text/csv;header="pre\sent"`}, []string{"text/csv;header=present"}, "text/csv;header=present"},
		{"quoted in the offer", []string{"text/csv;header=present"}, []string{`text/csv; header="present"`}, `text/csv; header="present"`},
		{"a semicolon in quotes", []string{`text/csv;a=";b=2;"`}, []string{"text/csv;b=2", `text/csv;a=";b=2;"`}, `text/csv;a=";b=2;"`},
		{"parameters in another order", []string{"text/csv;a=1;b=2"}, []string{"text/csv;b=2;a=1"}, "text/csv;b=2;a=1"},
		{"more parameters than are asked for", []string{"text/csv;a=1"}, []string{"text/csv", "text/csv;a=1;b=2"}, "text/csv;a=1;b=2"},
		{"fewer", []string{"text/csv;a=1;b=2"}, []string{"text/csv;a=1"}, ""},
		{"the quality before a parameter", []string{"text/csv;q=0.5;a=1, text/html;q=0.4"}, []string{"text/html", "text/csv;a=1"}, "text/csv;a=1"},
		{"a parameter that is excluded", []string{"text/csv;a=1;q=0, text/csv"}, []string{"text/csv;a=1", "text/csv"}, "text/csv"},
		{"more exact, whatever the server's order", []string{"text/*, text/html, text/html;level=1, */*"},
			[]string{"text/html;version=1", "text/html;level=1"}, "text/html;level=1"},
		{"Chrome", []string{"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"},
			[]string{"application/json", "application/signed-exchange;v=b3", "application/xml"}, "application/xml"},
		{"kubectl", []string{"application/json;as=Table;v=v1;g=meta.k8s.io,application/json"},
			[]string{"application/json", "application/json;as=Table;g=meta.k8s.io;v=v1"}, "application/json;as=Table;g=meta.k8s.io;v=v1"},
		{"a vendor's JSON is not JSON", []string{"application/vnd.github.v3+json"}, []string{"application/json"}, ""},
		{"an old Java, whose weights are malformed", []string{"text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"}, []string{"application/json"}, ""},
		{"a newer one", []string{"text/html, image/gif, image/jpeg, */*; q=0.2"}, []string{"application/json"}, "application/json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := httpstatus.NegotiateType(test.accept, test.offers...)
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.want != "", ok)
		})
	}
}

// Every combination of qualities against the three rules of RFC 9110,
// Section 12.5.3.
func TestNegotiateEncodingAgainstReference(t *testing.T) {
	qualities := []int{-1, 0, 500, 1000} // -1 is not listed
	text := map[int]string{0: "0", 500: "0.5", 1000: "1.000"}
	for code := range 4 * 4 * 4 * 4 {
		listed := map[string]int{}
		var elements []string
		for i, name := range []string{"gzip", "br", "identity", "*"} {
			if q := qualities[code>>(2*i)&3]; q >= 0 {
				listed[name] = q
				elements = append(elements, name+";q="+text[q])
			}
		}
		want, best := "", 0
		for _, offer := range []string{"br", "gzip"} {
			if q, _ := reference.AcceptCoding(listed, offer); q > best {
				want, best = offer, q
			}
		}
		q, says := reference.AcceptCoding(listed, "identity")
		if says && q > best || best == 0 && !says {
			want = "identity"
		}
		got, ok := httpstatus.NegotiateEncoding([]string{strings.Join(elements, ", ")}, "br", "gzip")
		if got != want || ok != (want != "") {
			require.Fail(t, "differs", "%q: got %q, want %q", elements, got, want)
		}
	}
}

func TestNegotiateEncoding(t *testing.T) {
	for _, test := range []struct {
		name   string
		accept []string
		offers []string
		want   string // "" for none
	}{
		{"no field", nil, []string{"gzip"}, "identity"},
		{"an empty field", []string{""}, []string{"gzip"}, "identity"},
		{"a browser", []string{"gzip, deflate, br, zstd"}, []string{"zstd", "gzip"}, "zstd"},
		{"the client's order does not count", []string{"gzip, zstd"}, []string{"zstd", "gzip"}, "zstd"},
		{"its quality does", []string{"gzip, zstd;q=0.9"}, []string{"zstd", "gzip"}, "gzip"},
		{"the old name", []string{"x-gzip"}, []string{"gzip"}, "gzip"},
		{"the new name", []string{"COMPRESS"}, []string{"x-compress"}, "x-compress"},
		{"anything", []string{"*"}, []string{"gzip"}, "gzip"},
		{"anything else", []string{"gzip;q=0, *"}, []string{"gzip", "br"}, "br"},
		{"nothing that we have", []string{"compress"}, []string{"gzip"}, "identity"},
		{"no coding is preferred", []string{"gzip;q=0.5, identity"}, []string{"gzip"}, "identity"},
		{"no coding, equal", []string{"gzip, identity"}, []string{"gzip"}, "gzip"},
		{"offered", []string{"gzip, identity"}, []string{"identity", "gzip"}, "gzip"},
		{"no coding is excluded", []string{"identity;q=0"}, []string{"gzip"}, ""},
		{"no coding is excluded by all", []string{"*;q=0"}, []string{"gzip"}, ""},
		{"and yet named", []string{"*;q=0, identity;q=0.1"}, []string{"gzip"}, "identity"},
		{"twice: the better one", []string{"gzip;q=0, gzip;q=0.1"}, []string{"gzip"}, "gzip"},
		{"no coding of two parts", []string{"gzip/br"}, []string{"gzip"}, "identity"},
		{"RFC 9110, Section 12.5.3", []string{"gzip;q=1.0, identity; q=0.5, *;q=0"}, []string{"br", "gzip"}, "gzip"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := httpstatus.NegotiateEncoding(test.accept, test.offers...)
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.want != "", ok)
		})
	}
}

func TestNegotiateLanguage(t *testing.T) {
	for _, test := range []struct {
		name   string
		accept []string
		offers []string
		want   string // "" for none
	}{
		{"no field", nil, []string{"en", "de"}, "en"},
		{"RFC 9110, Section 12.5.4", []string{"da, en-gb;q=0.8, en;q=0.7"}, []string{"en", "en-GB", "da"}, "da"},
		{"British English first", []string{"da, en-gb;q=0.8, en;q=0.7"}, []string{"en", "en-GB"}, "en-GB"},
		{"other English", []string{"da, en-gb;q=0.8, en;q=0.7"}, []string{"de", "en-US"}, "en-US"},
		{"a range begins a tag", []string{"zh-Hant"}, []string{"zh-Hans", "zh-Hant-TW"}, "zh-Hant-TW"},
		{"a tag begins a range", []string{"en-GB, fr;q=0.9"}, []string{"fr", "en"}, "en"},
		{"only at a subtag", []string{"en"}, []string{"eng", "enx-GB"}, ""},
		{"excluded", []string{"en;q=0, *"}, []string{"en-GB", "de"}, "de"},
		{"a tag of its own quality", []string{"en, en-GB;q=0"}, []string{"en-GB"}, ""},
		{"the exact one counts", []string{"en-GB;q=0.5, en;q=0.9"}, []string{"en-GB"}, "en-GB"},
		{"any other", []string{"fr, *;q=0.1"}, []string{"de"}, "de"},
		{"none", []string{"fr"}, []string{"de"}, ""},
		{"no language", []string{"a/b"}, []string{"de"}, ""},
		{"a malformed offer", []string{"*"}, []string{"de DE", "a/b", "de"}, "de"},
		{"the tag itself goes before longer ones", []string{"en"}, []string{"en-US", "en"}, "en"},
		{"also where a longer range is there", []string{"en-US, en"}, []string{"en-GB", "en"}, "en"},
		{"equal: the server's order", []string{"de, en-US"}, []string{"de", "en-US"}, "de"},
		{"equal: as the server has it", []string{"de, en-US"}, []string{"en-US", "de"}, "en-US"},
		{"equal: the length of a name does not count", []string{"fil, de"}, []string{"de", "fil"}, "de"},
		{"what leaves out less", []string{"zh-Hant-TW"}, []string{"zh", "zh-Hant"}, "zh-Hant"},
		{"equal: leaving out as much", []string{"zh-Hant-TW, de-AT"}, []string{"de", "zh-Hant"}, "de"},
		{"a longer range that is excluded says nothing of the tag", []string{"en-US;q=0, *;q=0.5"}, []string{"en"}, "en"},
		{"nor beside another", []string{"en-US;q=0, en-GB;q=0.5"}, []string{"en"}, "en"},
		{"and alone it asks for nothing", []string{"en-US;q=0"}, []string{"en"}, ""},
		{"all but one", []string{"*, en;q=0"}, []string{"en", "es"}, "es"},
		{"twice: the better one", []string{"en;q=0.9, es;q=0.8, en;q=0.7"}, []string{"es", "en"}, "en"},
		{"in any case", []string{"EN-us"}, []string{"en-US"}, "en-US"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := httpstatus.NegotiateLanguage(test.accept, test.offers...)
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.want != "", ok)
		})
	}
}

// Every field of up to three ranges, each with several qualities, against the
// slow reading of RFC 4647.
func TestNegotiateLanguageAgainstReference(t *testing.T) {
	offers := []string{"en-us", "en", "de-at", "en-gb", "en-gb-scotland", "fil"}
	var fields []string
	var ranges []reference.LanguageRange
	for _, name := range []string{"*", "en", "en-gb", "en-gb-scotland-x", "de", "de-at-1996", "fil"} {
		for quality, text := range map[int]string{1000: "", 500: ";q=0.5", 0: ";q=0"} {
			fields = append(fields, name+text)
			ranges = append(ranges, reference.LanguageRange{Range: name, Quality: quality})
		}
	}
	check := func(chosen ...int) {
		var texts []string
		var parsed []reference.LanguageRange
		for _, i := range chosen {
			texts, parsed = append(texts, fields[i]), append(parsed, ranges[i])
		}
		for n := range len(offers) {
			offers := append(slices.Clone(offers[n:]), offers[:n]...)
			want := ""
			if i := reference.AcceptLanguage(parsed, offers); i >= 0 {
				want = offers[i]
			}
			got, ok := httpstatus.NegotiateLanguage([]string{strings.Join(texts, ", ")}, offers...)
			if got != want || ok != (want != "") {
				require.Fail(t, "differs", "%q of %q: got %q, want %q", texts, offers, got, want)
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

func TestNegotiateAllocations(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		sinkString, _ = httpstatus.NegotiateType([]string{"text/html, text/csv;header=present;q=0.9, */*;q=0.1"}, "text/csv;header=present", "image/png")
		sinkString, _ = httpstatus.NegotiateEncoding([]string{"gzip, br;q=0.5"}, "br", "gzip")
		sinkString, _ = httpstatus.NegotiateLanguage([]string{"de-AT, de;q=0.9"}, "en", "de")
	}))
}

// FuzzNegotiateType holds that the answer is one of the offers, that an offer which
// the client excludes by name is not chosen, and that the order of the lines does
// not matter.
func FuzzNegotiateType(f *testing.F) {
	f.Add("text/html, */*;q=0.1", "image/*")
	f.Add(`a/b;c="d\"e,f";q=0.5,,text/*;q=1.0`, "x")
	offers := []string{"text/html", "text/csv;header=present", "image/png"}
	f.Fuzz(func(t *testing.T, a, b string) {
		got, ok := httpstatus.NegotiateType([]string{a, b}, offers...)
		assert.Equal(t, ok, slices.Contains(offers, got))
		other, _ := httpstatus.NegotiateType([]string{b, a}, offers...)
		assert.Equal(t, got, other)
		if !strings.Contains(strings.ToLower(a+b), "png") {
			got, _ = httpstatus.NegotiateType([]string{a, "image/png;q=0", b}, offers...)
			assert.NotEqual(t, "image/png", got)
		}
		coding, ok := httpstatus.NegotiateEncoding([]string{a, b}, "br", "gzip")
		assert.Equal(t, ok, coding != "")
		_, _ = httpstatus.NegotiateLanguage([]string{a, b}, "de", "en-GB")
	})
}
