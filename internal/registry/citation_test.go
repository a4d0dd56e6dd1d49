package registry

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseCitation(t *testing.T) {
	for in, want := range map[string]citation{
		"RFC 9110, Section 15.5.6":               {"RFC 9110", "15.5.6"},
		"RFC 9110, Appendix B.3":                 {"RFC 9110", "B.3"},
		"RFC 10008, Section 2":                   {"RFC 10008", "2"},
		"RFC 9110":                               {"RFC 9110", ""},
		"draft-ietf-httpbis-resumable-upload-05": {"draft-ietf-httpbis-resumable-upload-05", ""},
	} {
		got, err := parseCitation(in)
		assert.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for _, in := range []string{
		"", "RFC9110, Section 15.5.6", "RFC 9110, section 15.5.6", "RFC 9110 Section 15.5.6", "RFC 9110, Section 15.5.",
		"RFC 9110, Section B.3", "RFC 9110, Appendix 15", "RFC 09110", " RFC 9110", "RFC 9110\n", "draft-", "Fetch",
	} {
		_, err := parseCitation(in)
		assert.Error(t, err, in)
	}
}

func TestDocumentURL(t *testing.T) {
	for in, want := range map[string]string{
		"RFC 9110, Section 15.5.6": "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6",
		"RFC 9110, Appendix B.3":   "https://www.rfc-editor.org/rfc/rfc9110.html#appendix-B.3",
		"RFC 9110":                 "https://www.rfc-editor.org/rfc/rfc9110.html",
		"draft-ietf-httpbis-resumable-upload, Section 5": "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload#section-5",
		"a book": "",
	} {
		assert.Equal(t, want, documentURL(in))
	}
}

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"  a  server\n   MUST  ":        "a server MUST",
		"a WWW-\n   Authenticate field": "a WWW-Authenticate field", // broken at its hyphen
		"it is --\n   so to speak":      "it is -- so to speak",     // a dash is no hyphen
		"a - b":                         "a - b",
		"   |  *Note:* it\n   |  is":    "*Note:* it is",
		"the `Location` field":          "the Location field",
		" \n \n":                        "",
	} {
		assert.Equal(t, want, normalise(in))
	}
}
