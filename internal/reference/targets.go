package reference

import (
	"maps"
	"regexp"
	"strings"
)

// RFC 9651, Section 4.2, as far as cache directives use it: a key, an Item that is
// no Byte Sequence, Date or Display String, or nothing, and parameters.
const (
	keyPattern    = `[a-z*][a-z0-9_.*-]*`
	barePattern   = `-?[0-9]{1,12}\.[0-9]{1,3}|-?[0-9]{1,15}|"(?:[ !#-\[\]-~]|\\["\\])*"|\?[01]|[A-Za-z*][!#$%&'*+.^_` + "`" + `|~0-9A-Za-z:/-]*`
	memberPattern = `(` + keyPattern + `)(?:=(` + barePattern + `))?(?:; *` + keyPattern + `(?:=(?:` + barePattern + `))?)*`
)

var (
	dictionaryPattern = regexp.MustCompile(`^ *` + memberPattern + `(?:[ \t]*,[ \t]*` + memberPattern + `)* *$`)
	members           = regexp.MustCompile(memberPattern + `(?:[ \t]*,[ \t]*| *$)`)
)

// untargeted is RFC 9213, Section 2.2: "the cache MUST select the first (in
// target-list order) field with a valid, non-empty value and use its value to
// determine the caching policy for the response, and it MUST ignore the
// Cache-Control and Expires header fields in that response". What it returns says
// the same with Cache-Control alone.
func untargeted(response map[string][]string, targets []string) map[string][]string {
	for _, target := range targets {
		line := strings.Join(header(response, target), ", ")
		if !dictionaryPattern.MatchString(line) {
			continue
		}
		last := map[string]string{} // of two members with one key the last counts
		for _, m := range members.FindAllStringSubmatch(line, -1) {
			last[m[1]] = m[2]
		}
		var directives []string
		for name, value := range last {
			switch {
			case value == "" || value == "?1": // "no value will be mapped to a Boolean"
				directives = append(directives, name)
			case value[0] == '"' && isNumeric[name]: // "SHOULD NOT consume values that violate these inferred constraints"
				directives = append(directives, name+"=x")
			default:
				directives = append(directives, name+"="+value)
			}
		}
		said := maps.Clone(response)
		said["Cache-Control"] = []string{strings.Join(directives, ", ")}
		delete(said, "Expires")
		return said
	}
	return response
}

// isNumeric has the directives whose value is a number of seconds.
var isNumeric = map[string]bool{"max-age": true, "s-maxage": true, "stale-while-revalidate": true, "stale-if-error": true}
