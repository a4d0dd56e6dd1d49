package escape

// HTML appends s as the text of an element. What is not markup is written as by
// [Text], also control characters, since a character reference would only bring
// them back; but all white space of a page stays.
func HTML(dst []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		written := ""
		switch s[i] {
		case '<':
			written = "&lt;"
		case '>':
			written = "&gt;"
		case '&':
			written = "&amp;"
		case '"':
			written = "&#34;"
		case '\'':
			written = "&#39;"
		case 0:
			written = "\ufffd"
		case '\r':
			written = "\r"
		case '\f':
			written = "\f"
		default:
			continue
		}
		dst = append(Text(dst, s[start:i]), written...)
		start = i + 1
	}
	return Text(dst, s[start:])
}
