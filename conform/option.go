package conform

// An Option changes which rules are checked and how severe their findings are.
// Options apply in order: a later one wins.
type Option struct {
	kind     optionKind
	names    []string
	severity Severity
	exempt   func(string, Exchange) bool
}

type optionKind uint8

const (
	optDisable optionKind = iota + 1
	optEnable
	optSeverity
	optFloor
	optExempt
)

// Disable switches off the rules with the given ids, or those of the given
// groups (see [Rule]); "all" is every rule. A name that is neither is ignored:
// [IsRuleName] tells.
func Disable(names ...string) Option { return Option{kind: optDisable, names: names} }

// Enable switches on the rules with the given ids, or those of the given
// groups, including rules that are off by default; "all" is every rule.
func Enable(names ...string) Option { return Option{kind: optEnable, names: names} }

// WithSeverity gives the rules with the given ids, or those of the given
// groups, the severity s instead of their own.
func WithSeverity(s Severity, names ...string) Option {
	return Option{kind: optSeverity, severity: s, names: names}
}

// MinSeverity leaves out findings of less than s.
func MinSeverity(s Severity) Option { return Option{kind: optFloor, severity: s} }

// Exempt leaves out the finding of a rule about an exchange for which skip
// returns true. skip is called only if there is a finding; for an interim
// response the Exchange has its status and header. skip must not keep the
// Exchange. With several Exempt options, any one can leave a finding out.
func Exempt(skip func(rule string, x Exchange) bool) Option {
	return Option{kind: optExempt, exempt: skip}
}

// maxRules bounds the number of rules; a test holds it.
const maxRules = 160

// A config is the sum of options. Its zero value is the default.
type config struct {
	set     [maxRules]setting
	changed bool // something in set is
	floor   Severity
	exempt  func(string, Exchange) bool
}

// A setting overrides one rule. 0 leaves it as it is; the low bits switch it,
// the high ones hold a severity plus one.
type setting uint8

const (
	switchedOn  setting = 1
	switchedOff setting = 2
	switchMask  setting = 3
)

func (c *config) apply(opts []Option) {
	for i := range opts {
		o := &opts[i]
		switch o.kind {
		case optFloor:
			c.floor = o.severity
		case optExempt:
			c.addExempt(o.exempt)
		default:
			for _, name := range o.names {
				c.change(o, name)
			}
		}
	}
}

func (c *config) addExempt(skip func(string, Exchange) bool) {
	if earlier := c.exempt; earlier != nil && skip != nil {
		c.exempt = func(rule string, x Exchange) bool { return earlier(rule, x) || skip(rule, x) }
	} else if skip != nil {
		c.exempt = skip
	}
}

func (c *config) change(o *Option, name string) {
	i := 0
	for _, table := range tables {
		for j := range table {
			if table[j].isNamed(name) {
				c.changed = true
				switch o.kind {
				case optDisable:
					c.set[i] = c.set[i]&^switchMask | switchedOff
				case optEnable:
					c.set[i] = c.set[i]&^switchMask | switchedOn
				case optSeverity:
					c.set[i] = c.set[i]&switchMask | setting(o.severity+1)<<2
				}
			}
			i++
		}
	}
}

// enabled is small enough to be inlined, so that checks without options stay
// fast.
func (c *config) enabled(e *entry) bool {
	if !c.changed {
		return !e.off && e.severity >= c.floor
	}
	return c.switched(e)
}

func (c *config) switched(e *entry) bool {
	on := !e.off
	switch c.set[e.number] & switchMask {
	case switchedOff:
		on = false
	case switchedOn:
		on = true
	}
	return on && c.severity(e) >= c.floor
}

func (c *config) severity(e *entry) Severity {
	if s := c.set[e.number] >> 2; s != 0 {
		return Severity(s - 1)
	}
	return e.severity
}
