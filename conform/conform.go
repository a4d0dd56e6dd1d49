package conform

import (
	"fmt"
	"sync"
)

// A Severity says how much a finding weighs.
type Severity uint8

// The severities, in increasing order.
const (
	Info    Severity = iota // breaks a MAY, an "ought to" or good practice
	Warning                 // breaks a SHOULD, or contradicts itself
	Error                   // breaks a MUST or MUST NOT, or the definition of a message
)

// String returns "info", "warning" or "error", and "Severity(7)" for a number
// that is none of them.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("Severity(%d)", uint8(s))
}

// MarshalText returns the same text as [Severity.String].
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText sets s from "info", "warning" or "error".
func (s *Severity) UnmarshalText(text []byte) error {
	v, err := ParseSeverity(string(text))
	if err == nil {
		*s = v
	}
	return err
}

// ParseSeverity returns the severity named "info", "warning" or "error".
func ParseSeverity(name string) (Severity, error) {
	for s := Info; s <= Error; s++ {
		if name == s.String() {
			return s, nil
		}
	}
	return 0, fmt.Errorf("conform: parsing severity %q: not info, warning or error", name)
}

// A Finding says that an exchange breaks a rule.
type Finding struct {
	Rule      string   `json:"rule"` // the rule's id
	Severity  Severity `json:"severity"`
	Message   string   `json:"message"`   // one sentence that names the offending value
	Reference string   `json:"reference"` // where the rule stands, as in "RFC 9110, Section 15.5.6"; "practice" if no RFC has it
	Fix       string   `json:"fix"`       // how to mend it
}

// String returns the finding as one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s (%s)", f.Severity, f.Rule, f.Message, f.Reference)
}

// Check returns what x breaks, in the order of [Rules]; nil if it breaks
// nothing. It is a pure function of its arguments, keeps none of them, and
// answers for any Exchange whatever.
//
// If the status code is outside 100 to 599, that is the only finding about the
// final response. Interim responses are checked by the rules that apply to
// them, and their findings follow those of the final response.
func Check(x Exchange, opts ...Option) []Finding {
	var c config
	c.apply(opts)
	return c.check(&x)
}

// views holds scratch space for check: rule functions are called through a
// table, so a view on the stack would move to the heap on every call.
var views = sync.Pool{New: func() any { return new(view) }}

func (c *config) check(x *Exchange) []Finding {
	v := views.Get().(*view)
	v.load(x)
	findings := c.run(v, nil)
	for i := range x.Interim {
		v.loadInterim(&x.Interim[i])
		findings = c.run(v, findings)
	}
	v.clear()
	views.Put(v)
	return findings
}

// run appends to findings what the response in v breaks.
func (c *config) run(v *view, findings []Finding) []Finding {
	status := v.x.Status
	i := 0
	for _, table := range tables {
		for j := range table {
			r := &table[j]
			index := i
			i++
			if status < r.from || status > r.to || !c.enabled(index, r) {
				continue
			}
			if r.exchange && !v.known {
				continue
			}
			message := r.check(v)
			if message == "" {
				continue
			}
			f := Finding{Rule: r.ID, Severity: c.severity(index, r), Message: message, Reference: r.Reference, Fix: r.Fix}
			if r.reference != nil {
				f.Reference = r.reference(v)
			}
			if c.exempt != nil && c.exempt(r.ID, v.x) {
				continue
			}
			findings = append(findings, f)
		}
	}
	return findings
}
