package conform

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// CheckPair returns the findings that need two exchanges with one resource:
// that a HEAD has other fields than a GET, or that a 304 lacks fields of the
// 200. first came before second, and shortly before, so that both answers are
// about the same state. The findings are in the order of [Rules], of which it
// uses those that [Rule] says need a pair.
//
// Exchanges that cannot be compared have no findings: those with other targets,
// hosts or schemes, with other credentials, or with other values of the request
// fields that Vary names. An exchange whose request is not known is one of
// them. Findings about one exchange alone are not included; call [Check] for
// both.
//
// [Exempt] is asked about the later exchange.
func CheckPair(first, second Exchange, opts ...Option) []Finding {
	var c config
	c.apply(opts)
	return c.checkPair(&first, &second)
}

func (c *config) checkPair(first, second *Exchange) []Finding {
	if !sameResource(first, second) || !sameSelection(first, second) {
		return nil
	}
	x, y := spareNotes.Get().(*notes), spareNotes.Get().(*notes)
	x.view.load(first)
	y.view.load(second)
	var findings []Finding
	number := uint16(0)
	for _, table := range tables {
		for i := range table {
			if r := &table[i]; r.pair != nil {
				e := &entry{rule: r, number: number, severity: r.Severity, off: r.Off}
				if message := pairMessage(r, &x.view, &y.view); message != "" && c.enabled(e) {
					findings = c.add(findings, &y.view, e, message)
				}
			}
			number++
		}
	}
	x.release()
	y.release()
	return findings
}

// pairMessage asks a rule about two exchanges, in both orders if the order does
// not matter.
func pairMessage(r *Rule, x, y *view) string {
	if message := r.pair(x, y); message != "" || r.ordered {
		return message
	}
	return r.pair(y, x)
}

// sameResource reports whether two exchanges are known to have the same target
// URI.
func sameResource(a, b *Exchange) bool {
	return a.Method != "" && b.Method != "" && a.Target != "" && a.Target == b.Target &&
		(a.Scheme == "" || b.Scheme == "" || ascii.EqualFold(a.Scheme, b.Scheme)) && ascii.EqualFold(a.host(), b.host())
}

// host returns the authority that was asked; "" if it is not known.
func (x *Exchange) host() string {
	if x.Host != "" {
		return x.Host
	}
	return ascii.TrimOWS(field.First(x.RequestHeader, "Host"))
}

// sameSelection reports whether two requests select the same representation
// for the same user, as far as their fields and Vary tell.
func sameSelection(a, b *Exchange) bool {
	if !sameField(a, b, "Authorization") {
		return false
	}
	named := 0
	for _, x := range [...]*Exchange{a, b} {
		for name := range members(field.Lines(x.Header, "Vary")) {
			if named++; name == "*" || named > maxVary || !sameField(a, b, name) {
				return false
			}
		}
	}
	return true
}

// maxVary bounds the fields that Vary may name, each of which has to be looked
// for. Servers name ten at most.
const maxVary = 100

// sameField reports whether two requests have the same lines of a field, but
// for the white space around commas.
func sameField(a, b *Exchange, name string) bool {
	return normal(field.Lines(a.RequestHeader, name)) == normal(field.Lines(b.RequestHeader, name))
}

// normal returns the lines of a field as one list.
func normal(lines []string) string {
	switch len(lines) {
	case 0:
		return ""
	case 1:
		if strings.IndexByte(lines[0], ',') < 0 {
			return ascii.TrimOWS(lines[0])
		}
	}
	var b strings.Builder
	for member := range members(lines) {
		b.WriteString(member)
		b.WriteByte(',')
	}
	return b.String()
}
