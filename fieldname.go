package httpstatus

import "example.com/httpstatus/internal/ascii"

// isFieldName reports whether s can be the name of a header field, which is a
// token. RFC 9110, Section 5.1 and Section 5.6.2.
func isFieldName(s string) bool {
	for i := range len(s) {
		if !ascii.IsTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

// isFieldValue reports whether s can be sent as the value of a header field
// without doubt: visible ASCII characters, spaces and tabs.
// RFC 9110, Section 5.5, lets recipients take other bytes, and asks senders not
// to send them.
func isFieldValue(s string) bool {
	for i := range len(s) {
		if b := s[i]; (b < ' ' && b != '\t') || b >= 0x7f {
			return false
		}
	}
	return true
}

// isReserved reports whether the field is not for an error to set, because it
// describes the content or the connection. The one value of Connection that is
// let through goes with an Upgrade field (RFC 9110, Section 7.8).
func isReserved(name, value string) bool {
	for _, reserved := range [...]string{
		"Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Trailer",
		"Keep-Alive", "Proxy-Connection",
	} {
		if ascii.EqualFold(name, reserved) {
			return true
		}
	}
	return ascii.EqualFold(name, "Connection") && !ascii.EqualFold(value, "upgrade")
}

// mayRepeat reports whether a response has a line for each value of the named
// field, rather than one value.
func mayRepeat(name string) bool {
	switch name {
	case "Link", "Set-Cookie", "Vary", "Warning", "Www-Authenticate", "Proxy-Authenticate":
		return true
	}
	return false
}

// canonicalFieldName returns a field name as http.CanonicalHeaderKey writes it,
// so that the maps fit an http.Header.
func canonicalFieldName(s string) string {
	upper := true
	for i := range len(s) {
		if b := s[i]; upper && 'a' <= b && b <= 'z' || !upper && 'A' <= b && b <= 'Z' {
			return recased(s)
		}
		upper = s[i] == '-'
	}
	return s
}

func recased(s string) string {
	b := []byte(s)
	upper := true
	for i := range b {
		b[i] = ascii.Lower(b[i])
		if upper && 'a' <= b[i] && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
		upper = b[i] == '-'
	}
	return string(b)
}

// fieldValue returns the first value of the named field, in whatever case h
// spells its name.
func fieldValue(h map[string][]string, canonical string) string {
	if v := h[canonical]; len(v) > 0 {
		return v[0]
	}
	for name, v := range h {
		if len(v) > 0 && ascii.EqualFold(name, canonical) {
			return v[0]
		}
	}
	return ""
}
