package conform

import (
	"fmt"
	"math/bits"
	"sync"
	"sync/atomic"

	"example.com/httpstatus"
)

// A Severity says how serious a finding is.
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
	Rule      string   `json:"rule"`      // the rule's id
	Severity  Severity `json:"severity"`  // how much it matters
	Message   string   `json:"message"`   // one sentence that names the offending value
	Reference string   `json:"reference"` // where the rule stands, as in "RFC 9110, Section 15.5.6"; "practice" if no RFC has it
	Fix       string   `json:"fix"`       // how to mend it

	// Beside is the Source of the earlier exchange that a [Checker] compared
	// with; "" if the exchange breaks the rule alone.
	Beside string `json:"beside,omitempty"`
}

// String returns the finding as one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s (%s)", f.Severity, f.Rule, f.Message, f.Reference)
}

// Check returns the findings about x in the order of [Rules], or nil if there
// is none. It is a pure function of its arguments and keeps none of them. Any
// Exchange may be checked.
//
// If the status code is outside 100 to 599, that is the only finding about the
// final response. Interim responses are checked by the rules that apply to
// them, and their findings follow those of the final response.
func Check(x Exchange, opts ...Option) []Finding {
	var c config
	c.apply(opts)
	return c.check(&x)
}

// notes are what checking needs while it lasts. They are pooled: rule functions
// are called through a table, so a view on the stack would move to the heap on
// every call.
type notes struct {
	view     view
	body     []byte      // of a recorder
	snapshot []sentField // of a recorder
	unusual  unusual     // of a recorder
}

var spareNotes = sync.Pool{New: func() any { return new(notes) }}

func (c *config) check(x *Exchange) []Finding {
	n := spareNotes.Get().(*notes)
	n.view.load(x)
	findings := c.checkView(&n.view)
	n.release()
	return findings
}

// release lets go of everything that belongs to the caller, and gives n
// back.
func (n *notes) release() {
	n.view.clear()
	clear(n.snapshot)
	n.body, n.snapshot = n.body[:0], n.snapshot[:0]
	if n.unusual.any {
		n.unusual = unusual{}
	}
	spareNotes.Put(n)
}

// checkView checks a loaded view, and its interim responses after it.
func (c *config) checkView(v *view) []Finding {
	findings := c.run(v, nil)
	interim := v.x.Interim
	for i := range interim {
		v.loadInterim(&interim[i])
		findings = c.run(v, findings)
	}
	return findings
}

// run appends to findings what the response in v breaks.
func (c *config) run(v *view, findings []Finding) []Finding {
	p := rulesFor(v.x.Status)
	left := p.about(v.resp.present)
	if v.canonical {
		left &^= p.wire
	}
	for ; left != 0; left &= left - 1 {
		e := &p.entries[bits.TrailingZeros64(left)]
		if e.exchange && !v.known || !c.enabled(e) {
			continue
		}
		if message := e.check(v); message != "" {
			findings = c.add(findings, v, e, message)
		}
	}
	return findings
}

// add appends a finding, unless the exchange is exempt.
func (c *config) add(findings []Finding, v *view, e *entry, message string) []Finding {
	r := e.rule
	if c.exempt != nil && c.exempt(r.ID, v.x) {
		return findings
	}
	f := Finding{Rule: r.ID, Severity: c.severity(e), Message: message, Reference: r.Reference, Fix: r.Fix}
	if r.reference != nil {
		f.Reference = r.reference(v)
	}
	return append(findings, f)
}

// An entry is a rule and its number in the order of Rules, with copies of what
// decides whether it is asked: a rule itself is large.
type entry struct {
	rule     *Rule
	check    func(*view) string
	number   uint16
	severity Severity
	off      bool
	exchange bool
}

// A plan holds the rules about a status code, in order. Most have something to
// say only if a certain field is present, and a response has few of these: so
// the plan tells which rules a field calls for. A set of rules has a bit for
// each index of entries.
type plan struct {
	entries []entry
	always  uint64                 // the rules that need no field
	wire    uint64                 // the rules about what net/http refuses
	byField [fieldCount + 1]uint64 // those that one field is enough for
}

// maxEntries bounds the number of rules about one code; a test holds it.
const maxEntries = 64

// about returns the set of rules that have something to say where the given
// fields are present.
func (p *plan) about(present uint64) uint64 {
	set := p.always
	for ; present != 0; present &= present - 1 {
		set |= p.byField[bits.TrailingZeros64(present)]
	}
	return set
}

// byStatus holds the rules about each valid status code, once they have been
// asked for: going through all of them takes longer than checking.
var byStatus [highest - lowest + 1]atomic.Pointer[plan]

// rulesFor returns the rules about a status code.
func rulesFor(status httpstatus.Code) *plan {
	if !status.IsValid() {
		return selectRules(status)
	}
	slot := &byStatus[status-lowest]
	if known := slot.Load(); known != nil {
		return known
	}
	selected := selectRules(status)
	slot.Store(selected)
	return selected
}

func selectRules(status httpstatus.Code) *plan {
	p := new(plan)
	number := uint16(0)
	for _, table := range tables {
		for i := range table {
			if r := &table[i]; r.pair == nil && r.from <= status && status <= r.to {
				p.add(r, number)
			}
			number++
		}
	}
	return p
}

func (p *plan) add(r *Rule, number uint16) {
	self := uint64(1) << len(p.entries)
	p.entries = append(p.entries, entry{r, r.check, number, r.Severity, r.Off, r.exchange})
	if r.needs == 0 {
		p.always |= self
	}
	if r.wire {
		p.wire |= self
	}
	for needs := r.needs; needs != 0; needs &= needs - 1 {
		p.byField[bits.TrailingZeros64(needs)] |= self
	}
}
