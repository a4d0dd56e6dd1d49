package field

import "example.com/httpstatus/internal/ascii"

// IsName reports whether s can be the name of a header field, which is a token
// (RFC 9110, Section 5.1 and Section 5.6.2).
func IsName(s string) bool { return s != "" && TokenLen(s) == len(s) }

// IsValue reports whether s can be sent as the value of a header field without
// doubt: visible ASCII characters, spaces and tabs. RFC 9110, Section 5.5, lets
// recipients take other bytes, and asks senders not to send them.
func IsValue(s string) bool {
	for i := range len(s) {
		if b := s[i]; (b < ' ' && b != '\t') || b >= 0x7f {
			return false
		}
	}
	return true
}

// IsReserved reports whether the field is not for an error to set, because it
// describes the content or the connection. The one value of Connection that is
// let through goes with an Upgrade field (RFC 9110, Section 7.8).
func IsReserved(name, value string) bool {
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

// MayRepeat reports whether a response has a line for each value of the field
// with the given canonical name, rather than one value.
func MayRepeat(name string) bool {
	switch name {
	case "Link", "Set-Cookie", "Vary", "Warning", "Www-Authenticate", "Proxy-Authenticate":
		return true
	}
	return false
}

// CanonicalName returns a field name as http.CanonicalHeaderKey writes it, so
// that the maps fit an http.Header.
func CanonicalName(s string) string {
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
