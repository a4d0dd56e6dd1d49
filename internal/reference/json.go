package reference

import (
	"fmt"
	"strings"
)

// JSONString returns s as a string of the JSON bodies: by RFC 8259, Section 7,
// the quotation mark, the backslash and the control characters are escaped, five
// of them by a letter. Beyond that <, >, & and the line separators U+2028 and
// U+2029 are, which a browser could stumble over; and each byte that is not part
// of a UTF-8 character is U+FFFD, escaped.
func JSONString(s string) string {
	text := `"`
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			text += `\` + string(r)
		case r == '\b':
			text += `\b`
		case r == '\f':
			text += `\f`
		case r == '\n':
			text += `\n`
		case r == '\r':
			text += `\r`
		case r == '\t':
			text += `\t`
		case r < ' ', r == '<', r == '>', r == '&', r == 0x2028, r == 0x2029:
			text += fmt.Sprintf(`\u%04x`, r)
		case r == 0xfffd && !strings.HasPrefix(s[i:], "\ufffd"): // not the character itself
			text += `\ufffd`
		default:
			text += string(r)
		}
	}
	return text + `"`
}
