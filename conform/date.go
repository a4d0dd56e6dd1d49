package conform

import "strings"

// isHTTPDate reports whether s is an HTTP-date in one of its three forms
// (RFC 9110, Section 5.6.7). It is case-sensitive, takes second 60, and asks
// that the day exists in its month, but not that its name is the right one.
func isHTTPDate(s string) bool {
	const (
		days   = "MonTueWedThuFriSatSun"
		months = "JanFebMarAprMayJunJulAugSepOctNovDec"
	)
	if len(s) < 4 {
		return false
	}
	comma := strings.IndexByte(s, ',')
	var day, month, year, clock string
	switch {
	case comma == 3 && len(s) == len("Sun, 06 Nov 1994 08:49:37 GMT"):
		if indexOf(days, s[:3]) < 0 || !fits(s[3:], ", 00 aaa 0000 00:00:00 GMT") {
			return false
		}
		day, month, year, clock = s[5:7], s[8:11], s[12:16], s[17:25]
	case comma > 3:
		if !isLongDay(s[:comma]) || !fits(s[comma:], ", 00-aaa-00 00:00:00 GMT") {
			return false
		}
		rest := s[comma:]
		// Whether the 29th of February exists depends on the century, which is
		// guessed relative to now; so a leap year in either will do.
		day, month, year, clock = rest[2:4], rest[5:8], rest[9:11], rest[12:20]
	case comma < 0 && len(s) == len("Sun Nov  6 08:49:37 1994"):
		if indexOf(days, s[:3]) < 0 {
			return false
		}
		if !fits(s[3:], " aaa 00 00:00:00 0000") && !fits(s[3:], " aaa  0 00:00:00 0000") {
			return false
		}
		day, month, year, clock = trim(s[8:10]), s[4:7], s[20:24], s[11:19]
	default:
		return false
	}
	m := indexOf(months, month)
	return m >= 0 && isDay(day, m, year) && isClock(clock)
}

// indexOf returns the position of a three-letter name in a row of such names.
func indexOf(names, name string) int {
	for i := 0; i+3 <= len(names); i += 3 {
		if names[i:i+3] == name {
			return i / 3
		}
	}
	return -1
}

func isLongDay(s string) bool {
	switch s {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday":
		return true
	}
	return false
}

// fits reports whether s has the shape of pattern, in which 0 stands for a
// digit and a for a letter.
func fits(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		switch pattern[i] {
		case '0':
			if !isDigit(s[i]) {
				return false
			}
		case 'a':
			if !isAlpha(s[i]) {
				return false
			}
		default:
			if s[i] != pattern[i] {
				return false
			}
		}
	}
	return true
}

func isDay(day string, month int, year string) bool {
	d, _ := toInt(day)
	y, _ := toInt(year)
	last := int64("\x1f\x1c\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"[month])
	if month == 1 && y%4 == 0 && (y%100 != 0 || y%400 == 0 || len(year) == 2) {
		last = 29
	}
	return d >= 1 && d <= last
}

func isClock(s string) bool { // 00:00:00 to 23:59:60
	return s[:2] < "24" && s[3:5] < "60" && s[6:] <= "60"
}
