package lenient

import (
	"strings"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
)

// markupLimit is how long a text out of a page may be.
const markupLimit = 512

// Element returns the text of the first element of an HTML page that has the
// name, in any case, and any text; see [PlainText].
func Element(body, name string) string {
	for empty := 0; empty < 8; { // a bound on the work, not a rule
		i := strings.IndexByte(body, '<')
		if i < 0 {
			return ""
		}
		if body = body[i+1:]; !hasName(body, name) {
			continue
		}
		_, text, ok := strings.Cut(body, ">")
		if !ok {
			return ""
		}
		if end := closingTag(text, name); end >= 0 {
			text = text[:end]
		}
		if text = PlainText(text); text != "" {
			return text
		}
		empty++
	}
	return ""
}

// hasName reports whether a tag, without its "<", has the name.
func hasName(tag, name string) bool {
	if len(tag) <= len(name) || !ascii.EqualFold(tag[:len(name)], name) {
		return false
	}
	return tag[len(name)] == '>' || isSpace(tag[len(name)])
}

func closingTag(text, name string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '<' && i+1 < len(text) && text[i+1] == '/' && hasName(text[i+2:], name) {
			return i
		}
	}
	return -1
}

// PlainText returns markup without its tags, with its character references
// resolved and its white space collapsed, at most 512 bytes or a little more.
func PlainText(markup string) string {
	b := make([]byte, 0, 64)
	space := false
	for i := 0; i < len(markup) && len(b) < markupLimit; {
		r, size := utf8.DecodeRuneInString(markup[i:])
		switch {
		case r == '<':
			if cdata := strings.TrimPrefix(markup[i:], "<![CDATA["); len(cdata) < len(markup)-i {
				size = len("<![CDATA[")
				break
			}
			mark := ">"
			if strings.HasPrefix(markup[i:], "<!--") {
				mark = "-->"
			}
			end := strings.Index(markup[i:], mark)
			if end < 0 {
				return string(b)
			}
			size = end + len(mark)
			space = true
		case strings.HasPrefix(markup[i:], "]]>"):
			size = len("]]>")
		case r < utf8.RuneSelf && isSpace(byte(r)):
			space = true
		default:
			if r == '&' {
				r, size = characterReference(markup[i:])
			}
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			space = false
			b = utf8.AppendRune(b, r)
		}
		i += size
	}
	return string(b)
}

// characterReference reads the reference that s begins with. One that is not
// known stands for itself.
func characterReference(s string) (r rune, size int) {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 0 {
		return '&', 1
	}
	name := s[1:end]
	if number, ok := strings.CutPrefix(name, "#"); ok {
		n, ok := referenceNumber(number)
		if !ok {
			return '&', 1
		}
		if n == 0 || !utf8.ValidRune(n) {
			return utf8.RuneError, end + 1
		}
		return n, end + 1
	}
	switch name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	case "nbsp":
		return ' ', end + 1
	}
	return '&', 1
}

// referenceNumber returns the number of a character reference, which has at most
// nine digits there. Beyond Unicode it is -1.
func referenceNumber(s string) (n rune, ok bool) {
	base := rune(10)
	if s != "" && ascii.Lower(s[0]) == 'x' {
		s, base = s[1:], 16
	}
	for _, b := range []byte(s) {
		if !ascii.IsHex(b) || base == 10 && !ascii.IsDigit(b) {
			return 0, false
		}
		if n = n*base + rune(ascii.HexValue(b)); n > utf8.MaxRune {
			n = utf8.MaxRune + 1
		}
	}
	return n, s != ""
}
