package httpstatus_test

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

func TestParse(t *testing.T) {
	for _, row := range []struct {
		in   string
		want httpstatus.Code
		err  string
	}{
		{in: "404", want: 404},
		{in: "100", want: 100},
		{in: "599", want: 599}, // unregistered, still valid
		{in: "306", want: 306}, // reserved, still valid
		{in: "404 Not Found", want: 404},
		{in: "404 ", want: 404}, // a status line with an empty phrase
		{in: "404 Not\tfound", want: 404},
		{in: "404 \u00e9t\xe9", want: 404}, // obs-text
		{in: "404 No such thing", want: 404},
		{in: "471 Whatever", want: 471},
		{in: "Not Found", want: 404},
		{in: "NotFound", want: 404},
		{in: "not_found", want: 404},
		{in: "not-found", want: 404},
		{in: "NOT FOUND", want: 404},
		{in: "ok", want: 200},
		{in: "I'm a teapot", want: 418},
		{in: "im_a_teapot", want: 418},
		{in: "Request Entity Too Large", want: 413},
		{in: "Payload Too Large", want: 413},
		{in: "413 Payload Too Large", want: 413},
		{in: "Unprocessable Entity", want: 422},
		{in: "Moved Temporarily", want: 302},
		{in: "non-authoritative information", want: 203},
		{in: "Network Authentication Required", want: 511},

		{in: "", err: `httpstatus: parsing "": empty`},
		{in: "0404", err: `httpstatus: parsing "0404": not three digits`},
		{in: "40", err: `httpstatus: parsing "40": not three digits`},
		{in: "600", err: `httpstatus: parsing "600": outside 100 to 599`},
		{in: "099", err: `httpstatus: parsing "099": outside 100 to 599`},
		{in: "404Not Found", err: `httpstatus: parsing "404Not Found": no space after the three digits`},
		{in: "404.0", err: `httpstatus: parsing "404.0": no space after the three digits`},
		{in: "200 Not Found", err: `httpstatus: parsing "200 Not Found": the phrase is that of 404`},
		{in: "-404", err: `httpstatus: parsing "-404": neither a number nor the name of a status code`},
		{in: " 404", err: `httpstatus: parsing " 404": neither a number nor the name of a status code`},
		{in: "404\n", err: `httpstatus: parsing "404\n": no space after the three digits`},
		{in: "not found ", err: `httpstatus: parsing "not found ": neither a number nor the name of a status code`},
		{in: "_ok", err: `httpstatus: parsing "_ok": neither a number nor the name of a status code`},
		{in: "(Unused)", err: `httpstatus: parsing "(Unused)": neither a number nor the name of a status code`}, // of two codes
		{in: "４０４", err: `httpstatus: parsing "４０４": neither a number nor the name of a status code`},           // full-width digits
		{in: "ok\u017F", err: `httpstatus: parsing "okſ": neither a number nor the name of a status code`},
		{in: strings.Repeat("x", 1000), err: `httpstatus: parsing "` + strings.Repeat("x", 64) + `...": neither a number nor the name of a status code`},
	} {
		t.Run(row.in, func(t *testing.T) {
			got, err := httpstatus.Parse(row.in)
			if row.err != "" {
				assert.EqualError(t, err, row.err)
				var parseErr *httpstatus.ParseError
				if assert.ErrorAs(t, err, &parseErr) {
					assert.Equal(t, row.in, parseErr.Input)
				}
				assert.Zero(t, got)
				return
			}
			assert.NoError(t, err)
			assert.Equal(t, row.want, got, "%q", row.in)
		})
	}
}

// What a phrase is made of: tab, space, visible characters, and obs-text
// (RFC 9112, Section 4).
func TestParsePhraseBytes(t *testing.T) {
	for b := range 256 {
		for _, in := range []string{"404 %c", "404 Not Found%c", "404 Not%cFound", "471 %cx"} {
			in = strings.Replace(in, "%c", string([]byte{byte(b)}), 1)
			_, err := httpstatus.Parse(in)
			if b != '\t' && (b < ' ' || b == 0x7F) {
				assert.ErrorContains(t, err, "a control character in the phrase", "%q", in)
			} else {
				assert.NoError(t, err, "%q", in)
			}
		}
	}
}

// Every spelling of every code leads back to it.
func TestParseSpellings(t *testing.T) {
	for c := httpstatus.Code(100); c < 600; c++ {
		spellings := []string{strconv.Itoa(int(c)), c.String()}
		if p := c.Phrase(); p != "" {
			words := strings.FieldsFunc(p, func(r rune) bool { return r == ' ' || r == '-' })
			spellings = append(spellings, p, strings.ToLower(p), strings.ToUpper(p),
				strings.Join(words, ""), strings.Join(words, "_"), strings.ToLower(strings.Join(words, "_")), strings.Join(words, "-"))
		}
		spellings = append(spellings, httpstatus.Describe(c).HistoricNames...)
		for _, s := range spellings {
			got, err := httpstatus.Parse(s)
			assert.NoError(t, err)
			assert.Equal(t, c, got, "%q", s)
		}
	}
}

func TestParseDoesNotAllocate(t *testing.T) {
	for _, s := range []string{"404", "404 Not Found", "Not Found", "request_header_fields_too_large"} {
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			if _, err := httpstatus.Parse(s); err != nil {
				t.Error(err)
			}
		}), "%q", s)
	}
}

// What Parse accepts is a valid code, whose String Parse accepts again; what it
// refuses gives a *ParseError with the input and a reason.
func FuzzParse(f *testing.F) {
	for c := range httpstatus.All() {
		f.Add(c.String())
		f.Add(c.Phrase())
	}
	f.Add("0404")
	f.Add("I'm a teapot")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := httpstatus.Parse(s)
		if err != nil {
			var parseErr *httpstatus.ParseError
			require.ErrorAs(t, err, &parseErr)
			require.Equal(t, s, parseErr.Input)
			require.NotEmpty(t, parseErr.Reason)
			require.LessOrEqual(t, len(err.Error()), 1024)
			require.Zero(t, c)
			return
		}
		require.True(t, c.IsValid())
		again, err := httpstatus.Parse(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}

func TestJSON(t *testing.T) {
	for _, c := range []httpstatus.Code{404, 471, 0, -5, 799, math.MaxInt, math.MinInt} {
		text, err := json.Marshal(c)
		require.NoError(t, err)
		assert.Equal(t, strconv.Itoa(int(c)), string(text))
		var back httpstatus.Code
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, c, back)
	}
	for _, row := range []struct {
		in   string
		want httpstatus.Code
		err  string
	}{
		{in: `404`, want: 404},
		{in: `"404"`, want: 404},
		{in: `799`, want: 799}, // no status code, and still what the peer sent
		{in: `null`, want: 1},  // left alone
		{in: `""`, err: "not a string of digits"},
		{in: `"-404"`, err: "not a string of digits"},
		{in: `"0404"`, err: "neither a whole number nor a string of digits"},
		{in: `"Not Found"`, err: "neither a whole number nor a string of digits"},
		{in: `404.0`, err: "neither a whole number nor a string of digits"},
		{in: `4e2`, err: "neither a whole number nor a string of digits"},
		{in: `true`, err: "neither a whole number nor a string of digits"},
		{in: `[404]`, err: "neither a whole number nor a string of digits"},
		{in: `99999999999999999999`, err: "too large a number"},
	} {
		t.Run(row.in, func(t *testing.T) {
			c := httpstatus.Code(1)
			err := json.Unmarshal([]byte(row.in), &c)
			if row.err != "" {
				var parseErr *httpstatus.ParseError
				if assert.ErrorAs(t, err, &parseErr, row.in) {
					assert.Equal(t, httpstatus.ParseError{Input: row.in, Reason: row.err}, *parseErr)
				}
				assert.Equal(t, httpstatus.Code(1), c, "unchanged by %s", row.in)
				return
			}
			assert.NoError(t, err)
			assert.Equal(t, row.want, c, row.in)
		})
	}
	// As a map key and a field, it is a number as well.
	text, err := json.Marshal(map[httpstatus.Code]any{404: struct {
		Status httpstatus.Code `json:"status"`
	}{503}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"404":{"status":503}}`, string(text))
}

// UnmarshalJSON called with any bytes, JSON or not, either gives a code that
// MarshalJSON and UnmarshalJSON carry unchanged, or a *ParseError and no change.
func FuzzUnmarshalJSON(f *testing.F) {
	for _, s := range []string{`404`, `"404"`, `null`, `-1`, `"`, ``, `"4`, `4.04e2`, `99999999999999999999`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := httpstatus.Code(1)
		if err := c.UnmarshalJSON(data); err != nil {
			var parseErr *httpstatus.ParseError
			require.True(t, errors.As(err, &parseErr))
			require.Equal(t, httpstatus.Code(1), c)
			return
		}
		text, err := c.MarshalJSON()
		require.NoError(t, err)
		var back httpstatus.Code
		require.NoError(t, back.UnmarshalJSON(text))
		require.Equal(t, c, back)
	})
}
