package caching

import "example.com/httpstatus/internal/field"

// control is what the directives of a message say. No answer depends on the
// order of lines or directives.
//
// What forbids counts however it is written; what permits counts only if it is
// written by the grammar and, where it takes no argument, has none.
type control struct {
	noStore         bool
	noCache         bool // no-cache without a list of fields, or with one that cannot be read
	noCacheFields   bool // no-cache="..." with a list of fields
	privateAll      bool // private without a list of fields, or with one that cannot be read
	privateWell     bool // private, as it should be written
	public          bool
	mustRevalidate  bool // in any form
	revalidateWell  bool // must-revalidate, as it should be written: a shared cache may store
	proxyRevalidate bool
	mustUnderstand  bool // in any form: the status has to be understood
	understandWell  bool // as it should be written: no-store may be ignored
	onlyIfCached    bool

	maxAge, sMaxAge, minFresh, maxStale limit
	whileRevalidate, ifError            limit // stale-while-revalidate and stale-if-error
}

// A limit is the value of a directive that has a number of seconds.
type limit struct {
	present bool  // even if its value cannot be read
	valid   bool  // every value can be read
	differ  bool  // there are two that are not the same
	seconds int64 // the smallest
}

// infinity stands for every number of seconds that is too large
// (RFC 9111, Section 1.2.2).
const infinity = 1 << 31

// add enters a value.
func (l *limit) add(n uint64, ok bool) {
	seconds := int64(min(n, infinity))
	if !l.present {
		*l = limit{present: true, valid: ok, seconds: seconds}
		return
	}
	l.valid, l.differ = l.valid && ok, l.differ || seconds != l.seconds
	l.seconds = min(l.seconds, seconds)
}

// permit enters a value that permits something: what cannot be read permits
// nothing, and is as if it were not there.
func (l *limit) permit(n uint64, ok bool) {
	if ok {
		l.add(n, true)
	}
}

// readControl returns what the Cache-Control lines of a message say.
func readControl(header map[string][]string) (c control) {
	c.read(field.Lines(header, "Cache-Control"))
	return c
}

// read reads the lines of a Cache-Control field.
func (c *control) read(lines []string) {
	list := field.CacheControl(lines)
	for d, ok := list.Next(); ok; d, ok = list.Next() {
		n, valid := d.Seconds()
		c.add(&d, n, valid)
	}
}

// add enters one directive, whose argument is the number n of seconds if valid.
func (c *control) add(d *field.Directive, n uint64, valid bool) {
	switch {
	case d.Is("max-age"):
		c.maxAge.add(n, valid)
	case d.Is("s-maxage"):
		c.sMaxAge.add(n, valid)
	case d.Is("no-cache"):
		if d.ListsNames() {
			c.noCacheFields = true
		} else {
			c.noCache = true
		}
	case d.Is("no-store"):
		c.noStore = true
	case d.Is("private"):
		if !d.ListsNames() {
			c.privateAll = true
			c.privateWell = c.privateWell || d.Bare()
		}
	case d.Is("public"):
		c.public = c.public || d.Bare()
	case d.Is("must-revalidate"):
		c.mustRevalidate = true
		c.revalidateWell = c.revalidateWell || d.Bare()
	case d.Is("proxy-revalidate"):
		c.proxyRevalidate = true
	case d.Is("must-understand"):
		c.mustUnderstand = true
		c.understandWell = c.understandWell || d.Bare()
	case d.Is("stale-while-revalidate"):
		c.whileRevalidate.permit(n, valid)
	case d.Is("stale-if-error"):
		c.ifError.permit(n, valid)
	case d.Is("only-if-cached"):
		c.onlyIfCached = c.onlyIfCached || d.Bare()
	case d.Is("min-fresh"):
		if !valid {
			n = infinity
		}
		// Of several the largest is the most restrictive.
		c.minFresh = limit{present: true, valid: true, seconds: max(c.minFresh.seconds, int64(min(n, infinity)))}
	case d.Is("max-stale"):
		if d.Bare() {
			c.maxStale.permit(infinity, true)
		} else {
			c.maxStale.permit(n, valid)
		}
	}
}

// readTargeted returns what the targeted field of the response says that the
// cache obeys; ok is false if there is none, and then Cache-Control and Expires
// count.
func readTargeted(header map[string][]string, targets []string) (c control, ok bool) {
	d, ok := targetedField(header, targets)
	if ok {
		for _, name := range targetedDirectives {
			if m := d.Get(name); m.Value.Kind != field.KindNone {
				c.addMember(m)
			}
		}
	}
	return c, ok
}

// targetedField returns the first targeted field that has a valid value which is
// not empty (RFC 9213, Section 2.2). It is a Dictionary, not a Cache-Control
// field: it is read strictly, and ignored as a whole where it is malformed.
func targetedField(header map[string][]string, targets []string) (d field.Dictionary, ok bool) {
	for _, target := range targets {
		if d, ok = field.ParseDictionary(field.Lines(header, target)); ok {
			for range d.All() {
				return d, true
			}
		}
	}
	return d, false
}

// targetedDirectives are the response directives that a targeted field may have.
var targetedDirectives = [...]string{
	"max-age", "s-maxage", "no-cache", "no-store", "private", "public", "must-revalidate", "proxy-revalidate",
	"must-understand", "stale-while-revalidate", "stale-if-error",
}

// addMember enters a member of a targeted field. A directive without a value is
// the Boolean true, a number of seconds is an Integer, and a list of field names
// is a String; a value of another type is malformed (RFC 9213, Section 2.1).
func (c *control) addMember(m field.Member) {
	d := field.Directive{Name: m.Key, HasArgument: true}
	switch v := m.Value; {
	case v.Kind == field.KindBoolean && v.Integer == 1:
		d.HasArgument = false
	case v.Kind == field.KindInteger && v.Integer >= 0:
		c.add(&d, uint64(v.Integer), true)
		return
	case v.Kind == field.KindString:
		d.Argument = v.Text()
	default:
		d.Malformed = true
	}
	c.add(&d, 0, false)
}
