package field

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCutMember(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		" , ,\t":                         "",
		"a":                              "[a]",
		",a , b\t,,c":                    "[a][b][c]",
		`a="x,y", b`:                     `[a="x,y"][b]`,
		`"a\",b", c`:                     `["a\",b"][c]`,
		`"a, b`:                          `["a, b]`,
		`"a\`:                            `["a\]`,
		"<http://a/,b>; rel=x, <c>;y":    "[<http://a/,b>; rel=x][<c>;y]",
		`<a">, "b`:                       `[<a">]["b]`,
		"a<b,c>":                         "[a<b][c>]", // no more than an angle
		"<a, b":                          "[<a, b]",
		`Basic realm="a, b", Digest a=b`: `[Basic realm="a, b"][Digest a=b]`,
	} {
		t.Run(in, func(t *testing.T) {
			got, list := "", in
			for {
				member, rest, ok := CutMember(list)
				if !ok {
					break
				}
				got, list = got+"["+member+"]", rest
			}
			assert.Equal(t, want, got)
		})
	}
}

func TestCutParameter(t *testing.T) {
	for in, want := range map[string]string{
		"":                   "",
		"a=b":                "[a:b]",
		` a=b ; ;c="d;e\"";`: `[a:b][:][c:d;e\"]`,
		"a":                  "malformed",
		"a = b":              "malformed",
		"a=":                 "malformed",
		`a="b`:               "malformed",
		"a=b c":              "malformed",
		"=b":                 "malformed",
	} {
		t.Run(in, func(t *testing.T) {
			got := ""
			for rest := in; rest != ""; {
				name, value, more, ok := CutParameter(rest)
				if !ok {
					got = "malformed"
					break
				}
				got, rest = got+"["+name+":"+value+"]", more
			}
			assert.Equal(t, want, got)
		})
	}
}

func TestParseQuality(t *testing.T) {
	for in, want := range map[string]int{
		"0": 0, "1": 1000, "0.": 0, "1.": 1000, "0.5": 500, "0.75": 750, "0.125": 125, "1.000": 1000,
		"": -1, "2": -1, "0.1234": -1, "1.001": -1, "0,5": -1, "0.5x": -1, ".5": -1, "-1": -1, "00": -1,
	} {
		t.Run(in, func(t *testing.T) {
			got, ok := ParseQuality(in)
			if !ok {
				got = -1
			}
			assert.Equal(t, want, got, "%q", in)
		})
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{"a": true, "X-Y_1": true, "": false, "a b": false, "a:": false, "ä": false} {
		assert.Equal(t, want, IsName(name), "%q", name)
	}
	for value, want := range map[string]bool{"": true, "a\tb ~": true, "a\r": false, "\x00": false, "\x7f": false, "ä": false} {
		assert.Equal(t, want, IsValue(value), "%q", value)
	}
	for _, name := range []string{"etag", "ETAG", "x-forwarded-for", "Content-Type", "a--b", "-a", "1a-b", "www-authenticate"} {
		assert.Equal(t, http.CanonicalHeaderKey(name), CanonicalName(name))
	}
	assert.True(t, IsReserved("content-length", "1"))
	assert.True(t, IsReserved("Connection", "close"))
	assert.False(t, IsReserved("connection", "Upgrade"))
	assert.False(t, IsReserved("Retry-After", "1"))
	assert.True(t, MayRepeat("Set-Cookie"))
	assert.False(t, MayRepeat("Retry-After"))
}

// The values of a field, in whatever way a map spells its name.
func TestLines(t *testing.T) {
	for _, tt := range []struct {
		name  string
		h     map[string][]string
		want  []string
		first string
	}{
		{"absent", nil, nil, ""},
		{"without values", map[string][]string{"Via": {}}, nil, ""},
		{"plain", map[string][]string{"Via": {"a", "b"}, "Vary": {"x"}}, []string{"a", "b"}, "a"},
		{"lower case", map[string][]string{"via": {"a"}}, []string{"a"}, "a"},
		{"both", map[string][]string{"via": {"c"}, "Via": {"a", "b"}}, []string{"a", "b", "c"}, "a"},
		{"three", map[string][]string{"via": {"c"}, "Via": {}, "VIA": {"a"}, "vIa": {"d"}}, []string{"a", "d", "c"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Lines(tt.h, "Via")
			if tt.name == "three" { // sorted by spelling: VIA, vIa, via
				assert.Equal(t, []string{"a", "d", "c"}, got)
			} else {
				assert.Equal(t, tt.want, got)
				assert.Equal(t, tt.first, First(tt.h, "Via"))
			}
			assert.Equal(t, len(tt.want) > 0, Has(tt.h, "Via"))
		})
	}
}

func TestSoleValue(t *testing.T) {
	for _, tt := range []struct {
		name    string
		h       map[string][]string
		value   string
		present bool
	}{
		{"absent", map[string][]string{"Dates": {"x"}}, "", false},
		{"one", map[string][]string{"date": {" x\t"}}, "x", true},
		{"twice", map[string][]string{"Date": {"x", "x "}, "date": {"x"}}, "x", true},
		{"two", map[string][]string{"Date": {"x", "y", "y"}}, "", true},
		{"an empty one", map[string][]string{"Date": {""}}, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			value, present := SoleValue(tt.h, "Date")
			assert.Equal(t, tt.value, value)
			assert.Equal(t, tt.present, present)
		})
	}
}
