package field

import "time"

// ParseDate parses an HTTP-date and returns it in seconds since the Unix
// epoch. It accepts the three forms that a recipient must accept, each exactly
// as the grammar of RFC 9110, Section 5.6.7 has it:
//
//	Sun, 06 Nov 1994 08:49:37 GMT    IMF-fixdate
//	Sunday, 06-Nov-94 08:49:37 GMT   rfc850-date
//	Sun Nov  6 08:49:37 1994         asctime-date
//
// Names are case-sensitive and the zone is GMT. The day of the month must exist
// in that month and year; the name of the day must be one, but need not be the
// right one, since the date says what is meant without it. Second 60, a leap
// second, is the first second of the next minute.
//
// The clock resolves the two-digit year of the second form, to the instant: the
// date is the latest with those two digits that is at most 50 years in the
// future. Without a clock, which is the zero time, that form is not a date.
func ParseDate(s string, clock time.Time) (unix int64, ok bool) {
	// The three forms have different lengths, so the length tells which.
	switch len(s) {
	case len("Sun, 06 Nov 1994 08:49:37 GMT"):
		month := monthNumber(s[8], s[9], s[10])
		year := digits2(s[12], s[13])*100 + digits2(s[14], s[15])
		if month == 0 || year < 0 || !isDayName(s[0], s[1], s[2]) ||
			s[3] != ',' || s[4] != ' ' || s[7] != ' ' || s[11] != ' ' || s[16] != ' ' || s[25:] != " GMT" {
			return 0, false
		}
		return unixSeconds(year, month, digits2(s[5], s[6]), s[17:25])

	case len("Sun Nov  6 08:49:37 1994"):
		month := monthNumber(s[4], s[5], s[6])
		year := digits2(s[20], s[21])*100 + digits2(s[22], s[23])
		tens := s[8]
		if tens == ' ' {
			tens = '0'
		}
		if month == 0 || year < 0 || !isDayName(s[0], s[1], s[2]) ||
			s[3] != ' ' || s[7] != ' ' || s[10] != ' ' || s[19] != ' ' {
			return 0, false
		}
		return unixSeconds(year, month, digits2(tens, s[9]), s[11:19])

	case len("Sunday, 06-Nov-94 08:49:37 GMT"),
		len("Tuesday, 06-Nov-94 08:49:37 GMT"),
		len("Saturday, 06-Nov-94 08:49:37 GMT"),
		len("Wednesday, 06-Nov-94 08:49:37 GMT"):
		name, rest := s[:len(s)-24], s[len(s)-24:]
		if !isLongDayName(name) {
			return 0, false
		}
		return parseRFC850(rest, clock)
	}
	return 0, false
}

// parseRFC850 parses an rfc850-date from its comma on, 24 bytes.
func parseRFC850(s string, clock time.Time) (unix int64, ok bool) {
	day, month, yy := digits2(s[2], s[3]), monthNumber(s[5], s[6], s[7]), digits2(s[9], s[10])
	if month == 0 || yy < 0 ||
		s[0] != ',' || s[1] != ' ' || s[4] != '-' || s[8] != '-' || s[11] != ' ' || s[20:] != " GMT" {
		return 0, false
	}
	year, ok := fullYear(yy, month, day, s[12:20], clock)
	if !ok {
		return 0, false
	}
	return unixSeconds(year, month, day, s[12:20])
}

// fullYear resolves a two-digit year: "a timestamp that appears to be more than
// 50 years in the future" stands for "the most recent year in the past that had
// the same last two digits" (RFC 9110, Section 5.6.7). The 50 years are calendar
// years from the clock, so that the last year of the window is decided by month,
// day and time.
func fullYear(yy, month, day int, timeOfDay string, clock time.Time) (year int, ok bool) {
	if clock.IsZero() {
		return 0, false
	}
	clock = clock.UTC()
	now, nowMonth, nowDay := clock.Date()
	if now < 0 || now > 9999 {
		return 0, false // no clock shows such a year
	}
	hour, minute, second := clock.Clock()
	limit := now + 50
	year = limit - (limit-yy+100)%100
	if year == limit {
		then := ordinal(month, day, digits2(timeOfDay[0], timeOfDay[1]), digits2(timeOfDay[3], timeOfDay[4]), digits2(timeOfDay[6], timeOfDay[7]))
		if then > ordinal(int(nowMonth), nowDay, hour, minute, second) {
			year -= 100
		}
	}
	return year, year >= 0
}

// ordinal numbers the seconds of a year so that later ones have higher numbers.
// Parts that are no numbers are -1; they are found out later.
func ordinal(month, day, hour, minute, second int) int {
	return (((month*32+day)*25+hour)*61+minute)*61 + second
}

// unixSeconds checks a date and a time-of-day of the form "08:49:37" and returns
// them in seconds since the Unix epoch.
func unixSeconds(year, month, day int, timeOfDay string) (unix int64, ok bool) {
	_ = timeOfDay[7]
	hour := digits2(timeOfDay[0], timeOfDay[1])
	minute := digits2(timeOfDay[3], timeOfDay[4])
	second := digits2(timeOfDay[6], timeOfDay[7])
	// What is not two digits is negative, and so a very large uint.
	if timeOfDay[2] != ':' || timeOfDay[5] != ':' || uint(hour) > 23 || uint(minute) > 59 || uint(second) > 60 {
		return 0, false
	}
	if day < 1 || day > 28 && day > daysIn(year, month) {
		return 0, false
	}
	// Count from 1 March, so that the day that some years lack comes last; and
	// from 400 years earlier, so that nothing is negative.
	y, m := year+400, month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	const epoch = 719468 + 146097 // days from 1 March of the year -400 to 1 January 1970
	days := 365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + day - 1 - epoch
	return int64(days)*86400 + int64(hour*3600+minute*60+second), true
}

// daysIn returns the number of days in a month of the Gregorian calendar.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// digits2 returns the value of two decimal digits, and a negative number of at
// most -10000 if one of them is none.
func digits2(tens, ones byte) int {
	t, o := tens-'0', ones-'0'
	if t > 9 || o > 9 {
		return -10000
	}
	return int(t)*10 + int(o)
}

// monthNumber returns 1 for "Jan" to 12 for "Dec", and 0 for anything else.
func monthNumber(a, b, c byte) int {
	switch uint32(a)<<16 | uint32(b)<<8 | uint32(c) {
	case 'J'<<16 | 'a'<<8 | 'n':
		return 1
	case 'F'<<16 | 'e'<<8 | 'b':
		return 2
	case 'M'<<16 | 'a'<<8 | 'r':
		return 3
	case 'A'<<16 | 'p'<<8 | 'r':
		return 4
	case 'M'<<16 | 'a'<<8 | 'y':
		return 5
	case 'J'<<16 | 'u'<<8 | 'n':
		return 6
	case 'J'<<16 | 'u'<<8 | 'l':
		return 7
	case 'A'<<16 | 'u'<<8 | 'g':
		return 8
	case 'S'<<16 | 'e'<<8 | 'p':
		return 9
	case 'O'<<16 | 'c'<<8 | 't':
		return 10
	case 'N'<<16 | 'o'<<8 | 'v':
		return 11
	case 'D'<<16 | 'e'<<8 | 'c':
		return 12
	}
	return 0
}

// isDayName reports whether the three bytes are a day-name.
func isDayName(a, b, c byte) bool {
	switch uint32(a)<<16 | uint32(b)<<8 | uint32(c) {
	case 'M'<<16 | 'o'<<8 | 'n', 'T'<<16 | 'u'<<8 | 'e', 'W'<<16 | 'e'<<8 | 'd', 'T'<<16 | 'h'<<8 | 'u',
		'F'<<16 | 'r'<<8 | 'i', 'S'<<16 | 'a'<<8 | 't', 'S'<<16 | 'u'<<8 | 'n':
		return true
	}
	return false
}

// isLongDayName reports whether s is a day-name-l.
func isLongDayName(s string) bool {
	switch s {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday":
		return true
	}
	return false
}
