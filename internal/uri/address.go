package uri

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// validIPLiteral reports whether s is an IP literal in its brackets.
func validIPLiteral(s string) bool {
	if len(s) < 2 || s[len(s)-1] != ']' {
		return false
	}
	s = s[1 : len(s)-1]
	if s != "" && ascii.Lower(s[0]) == 'v' {
		return validIPvFuture(s[1:])
	}
	_, ok := parseIPv6(s)
	return ok
}

// validIPvFuture takes what follows the "v": 1*HEXDIG "." and at least one more.
func validIPvFuture(s string) bool {
	i := 0
	for i < len(s) && ascii.IsHex(s[i]) {
		i++
	}
	if i == 0 || i+1 >= len(s) || s[i] != '.' {
		return false
	}
	for _, b := range []byte(s[i+1:]) {
		if b == '%' || b != ':' && !regNameByte(b) {
			return false
		}
	}
	return true
}

// parseIPv6 reads an IPv6 address without brackets and zone.
func parseIPv6(s string) (groups [8]uint16, ok bool) {
	n, gap := 0, -1
	if len(s) >= 2 && s[0] == ':' && s[1] == ':' {
		gap, s = 0, s[2:]
	}
	for s != "" {
		if n == 8 {
			return groups, false
		}
		if strings.IndexByte(s, ':') < 0 && strings.IndexByte(s, '.') >= 0 { // IPv4 in the last two groups
			v4, ok := parseIPv4(s)
			if !ok || n > 6 {
				return groups, false
			}
			groups[n], groups[n+1] = uint16(v4>>16), uint16(v4)
			n, s = n+2, ""
			break
		}
		i, v := 0, uint16(0)
		for i < len(s) && i < 4 && ascii.IsHex(s[i]) {
			v = v<<4 | uint16(ascii.HexValue(s[i]))
			i++
		}
		if i == 0 {
			return groups, false
		}
		groups[n], s = v, s[i:]
		n++
		switch {
		case s == "":
		case s[0] != ':' || len(s) == 1:
			return groups, false
		case s[1] == ':':
			if gap >= 0 {
				return groups, false
			}
			gap, s = n, s[2:]
		default:
			s = s[1:]
		}
	}
	if gap < 0 {
		return groups, n == 8
	}
	if n == 8 {
		return groups, false // the gap stands for one group at least
	}
	copy(groups[8-(n-gap):], groups[gap:n])
	for i := gap; i < 8-(n-gap); i++ {
		groups[i] = 0
	}
	return groups, true
}

// parseIPv4 reads four decimal numbers without leading zeros.
func parseIPv4(s string) (addr uint32, ok bool) {
	for part := range 4 {
		i, v := 0, uint32(0)
		for i < len(s) && i < 3 && ascii.IsDigit(s[i]) {
			v = v*10 + uint32(s[i]-'0')
			i++
		}
		if i == 0 || v > 255 || i > 1 && s[0] == '0' {
			return 0, false
		}
		addr, s = addr<<8|v, s[i:]
		if part < 3 {
			if s == "" || s[0] != '.' {
				return 0, false
			}
			s = s[1:]
		}
	}
	return addr, s == ""
}

// lastLabel returns where the last label of a host begins, leaving out a dot at
// its end, and where it ends.
func lastLabel(host []byte) (start, end int) {
	end = len(host)
	if end > 0 && host[end-1] == '.' {
		end--
	}
	start = end
	for start > 0 && host[start-1] != '.' {
		start--
	}
	return start, end
}

// endsInNumber reports whether a host has to be an IPv4 address.
func endsInNumber(host []byte) bool {
	start, end := lastLabel(host)
	digits := start < end
	for _, b := range host[start:end] {
		digits = digits && ascii.IsDigit(b)
	}
	if digits {
		return true
	}
	_, ok := looseNumber(host[start:end])
	return ok
}

// looseNumber reads a decimal, octal (0...) or hexadecimal (0x...) number, and
// takes what is too large as the largest.
func looseNumber(s []byte) (n uint64, ok bool) {
	if len(s) == 0 {
		return 0, false
	}
	base := uint64(10)
	switch {
	case len(s) >= 2 && s[0] == '0' && ascii.Lower(s[1]) == 'x':
		base, s = 16, s[2:]
	case len(s) >= 2 && s[0] == '0':
		base, s = 8, s[1:]
	}
	for _, b := range s {
		if !ascii.IsHex(b) || uint64(ascii.HexValue(b)) >= base {
			return 0, false
		}
		n = min(n*base+uint64(ascii.HexValue(b)), 1<<40)
	}
	return n, true
}

// parseLooseIPv4 reads one to four numbers, the last of which fills what the
// others leave: 127.1 is 127.0.0.1.
func parseLooseIPv4(host []byte) (addr uint64, ok bool) {
	if n := len(host); host[n-1] == '.' {
		host = host[:n-1]
	}
	for part := range 4 {
		i := 0
		for i < len(host) && host[i] != '.' {
			i++
		}
		n, ok := looseNumber(host[:i])
		if !ok {
			return 0, false
		}
		if i == len(host) {
			return addr | n, n < 1<<(8*(4-part))
		}
		if n > 255 {
			return 0, false
		}
		addr |= n << (8 * (3 - part))
		host = host[i+1:]
	}
	return 0, false
}

// appendIPv6 appends an address in brackets, its longest run of zeros left out.
func appendIPv6(dst []byte, groups *[8]uint16) []byte {
	gap, length := 8, 1
	for i := 0; i < 8; i++ {
		n := 0
		for i+n < 8 && groups[i+n] == 0 {
			n++
		}
		if n > length {
			gap, length = i, n
		}
	}
	dst = append(dst, '[')
	for i := 0; i < 8; i++ {
		if i == gap {
			dst = append(dst, "::"...)
			i += length - 1
			continue
		}
		if i > 0 && dst[len(dst)-1] != ':' {
			dst = append(dst, ':')
		}
		const digits = "0123456789abcdef"
		for shift := 12; shift >= 0; shift -= 4 {
			if g := groups[i]; shift == 0 || g>>shift != 0 {
				dst = append(dst, digits[g>>shift&15])
			}
		}
	}
	return append(dst, ']')
}
