package reference

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Part is a request for part of a representation, for Range. Field names are
// spelled as in the RFCs.
type Part struct {
	Method    string
	Request   map[string][]string
	ETag      string
	Modified  time.Time
	Date      time.Time
	Size      int64
	MaxRanges int
}

// RFC 9110, Sections 14.1.1 and 14.1.2; a range-set is a list (Section 5.6.1.2),
// and the RFC's own example has a space after the equals sign.
const rangeSpec = `(?:\d+-\d*|-\d+)`

var (
	rangesPattern = regexp.MustCompile(`^(?i:bytes)=([ \t,]*` + rangeSpec + `(?:` + ows + `,[ \t,]*` + rangeSpec + `)*[ \t,]*)$`)
	specPattern   = regexp.MustCompile(rangeSpec)
)

// Range reads RFC 9110, Sections 14.1.2, 14.2 and 13.1.5, and returns the status
// code, the first and last positions of the parts, and the Content-Range.
func Range(p Part) (status int, parts [][2]int64, contentRange string) {
	// Section 14.2: "A server MUST ignore a Range header field received with a
	// request method that is unrecognized or for which range handling is not
	// defined." RFC 10008, Section 2.8, defines it for QUERY.
	if p.Method != "" && p.Method != "GET" && p.Method != "QUERY" {
		return 200, nil, ""
	}
	lines := p.Request["Range"]
	if len(lines) != 1 {
		return 200, nil, ""
	}
	m := rangesPattern.FindStringSubmatch(strings.Trim(lines[0], " \t"))
	if m == nil {
		return 200, nil, ""
	}
	specs := specPattern.FindAllString(m[1], -1)
	if len(specs) > p.MaxRanges || p.Size < 0 {
		return 200, nil, ""
	}

	size := big.NewInt(p.Size)
	end := new(big.Int).Sub(size, big.NewInt(1))
	zero := new(big.Int)
	number := func(s string) *big.Int {
		n, _ := new(big.Int).SetString(s, 10)
		return n
	}
	var found [][2]*big.Int
	satisfiable := false
	for _, spec := range specs {
		first, last, _ := strings.Cut(spec, "-")
		if first != "" && last != "" && number(last).Cmp(number(first)) < 0 {
			return 200, nil, "" // Section 14.1.1: "An int-range is invalid if the last-pos value is ... less than the first-pos"
		}
		switch {
		case first == "": // "a suffix-range with a non-zero suffix-length"
			if number(last).Sign() == 0 {
				continue
			}
			satisfiable = true
			from := new(big.Int).Sub(size, number(last))
			if from.Sign() < 0 {
				from = zero // "the entire representation is used"
			}
			found = append(found, [2]*big.Int{from, end})
		case number(first).Cmp(size) < 0: // "a first-pos that is less than the current length"
			satisfiable = true
			to := end
			if last != "" && number(last).Cmp(end) < 0 {
				to = number(last)
			}
			found = append(found, [2]*big.Int{number(first), to})
		}
	}

	// Section 13.1.5. It comes before the 416: "ignore the Range header field if
	// the If-Range condition evaluates to false".
	if lines := p.Request["If-Range"]; len(lines) > 0 && !sameAs(p, lines) {
		return 200, nil, ""
	}
	if !satisfiable {
		return 416, nil, fmt.Sprintf("bytes */%d", p.Size)
	}
	if p.Size == 0 {
		return 200, nil, "" // Section 14.2: "MAY ignore ... when the selected representation has no content"
	}

	// Section 15.3.7.2: "MAY coalesce any of the ranges that overlap"; what is
	// left stays in its place.
	for joined := true; joined; {
		joined = false
	pairs:
		for i := range found {
			for j := i + 1; j < len(found); j++ {
				a, b := found[i], found[j]
				one := big.NewInt(1)
				if a[0].Cmp(new(big.Int).Add(b[1], one)) <= 0 && b[0].Cmp(new(big.Int).Add(a[1], one)) <= 0 {
					if b[0].Cmp(a[0]) < 0 {
						a[0] = b[0]
					}
					if b[1].Cmp(a[1]) > 0 {
						a[1] = b[1]
					}
					found[i] = a
					found = slices.Delete(found, j, j+1)
					joined = true
					break pairs
				}
			}
		}
	}
	for _, f := range found {
		parts = append(parts, [2]int64{f[0].Int64(), f[1].Int64()})
	}
	if len(parts) == 1 {
		contentRange = fmt.Sprintf("bytes %d-%d/%d", parts[0][0], parts[0][1], p.Size)
	}
	return 206, parts, contentRange
}

// sameAs reads "To evaluate a received If-Range header field".
func sameAs(p Part, lines []string) bool {
	if len(lines) != 1 {
		return false
	}
	value := strings.Trim(lines[0], " \t")
	if tagAlone.MatchString(latin1(value)) {
		return strongly(value, p.ETag)
	}
	t, ok := httpDate(value, p.Modified)
	if !ok || p.Modified.IsZero() || !t.Equal(p.Modified.Truncate(time.Second)) {
		return false
	}
	// Section 8.8.2.2: "a Date value which is at least one second after the
	// Last-Modified value"
	return p.Date.IsZero() || !p.Date.Truncate(time.Second).Before(t.Add(time.Second))
}
