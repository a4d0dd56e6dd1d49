package field

import (
	"slices"
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// Has reports whether h has at least one value for the named field, whatever the
// case in which h spells it.
func Has(h map[string][]string, name string) bool {
	if len(h[name]) > 0 { // the usual spelling, which is most often the canonical one
		return true
	}
	for k, v := range h {
		if len(v) > 0 && ascii.EqualFold(k, name) {
			return true
		}
	}
	return false
}

// First returns the first value of the named field, in whatever case h spells
// its name, and "" if there is none. The canonical spelling counts first.
func First(h map[string][]string, canonical string) string {
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

// Lines returns all values of the named field, in whatever case h spells its
// name. It allocates only where h spells the name in several ways; then it takes
// them in the order of their spellings.
func Lines(h map[string][]string, name string) []string {
	var lines []string
	var spelled []string // the spellings, once there are two with values
	first := ""
	for k, v := range h {
		if len(v) == 0 || len(k) != len(name) || !ascii.EqualFold(k, name) {
			continue
		}
		if lines == nil {
			lines, first = v, k
		} else if spelled = append(spelled, k); len(spelled) == 1 {
			spelled = append(spelled, first)
		}
	}
	if spelled == nil {
		return lines
	}
	slices.Sort(spelled)
	lines = nil
	for _, k := range spelled {
		lines = append(lines, h[k]...)
	}
	return lines
}

// A Sole gathers a field that has but one value. Several lines, whichever way a
// map spells the name, count as one if they are equal; if they differ the value
// is "".
type Sole struct {
	Value   string // without spaces and tabs around it
	Present bool   // there was a line, whatever it says

	differ bool
}

// Add adds the lines that a header has under one spelling of the name.
func (f *Sole) Add(lines []string) {
	for _, line := range lines {
		line = ascii.TrimOWS(line)
		if !f.Present {
			f.Value, f.Present = line, true
		} else if f.differ || line != f.Value {
			f.Value, f.differ = "", true
		}
	}
}

// SoleValue returns the one value of a field that has but one, and whether the
// field is there.
func SoleValue(h map[string][]string, name string) (value string, present bool) {
	var f Sole
	for k, lines := range h {
		if len(k) == len(name) && ascii.EqualFold(k, name) {
			f.Add(lines)
		}
	}
	return f.Value, f.Present
}

// WithVary returns the values of a Vary field with the named field among them.
// RFC 9110, Section 12.5.5.
func WithVary(vary []string, name string) []string {
	for _, line := range vary {
		for line != "" {
			var listed string
			if listed, line, _ = strings.Cut(line, ","); listed == name { // as it is most often written
				return vary
			}
			if listed = ascii.TrimOWS(listed); listed == "*" || ascii.EqualFold(listed, name) {
				return vary
			}
		}
	}
	return append(vary, name)
}
