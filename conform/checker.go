package conform

import "example.com/httpstatus/internal/ascii"

// A Checker checks exchanges one after the other: each by itself, as [Check]
// does, and beside the earlier ones with the same resource, as [CheckPair] does.
// Of those it remembers the header fields, of at most 16 MiB in all, and not
// the content. It is not safe for concurrent use.
type Checker struct {
	config config
	known  map[string][]memory
	order  []string // the keys of known, the oldest first
	room   int      // octets that may still be remembered
}

// Bounds of what a Checker remembers: octets in all, and exchanges of one
// resource.
const (
	maxRemembered = 16 << 20
	maxOfResource = 8
)

// A memory is an exchange that was checked, without its content, and its size.
type memory struct {
	x    Exchange
	size int
}

// NewChecker returns a Checker that has seen nothing.
func NewChecker(opts ...Option) *Checker {
	c := &Checker{known: make(map[string][]memory), room: maxRemembered}
	c.config.apply(opts)
	return c
}

// Check returns what x breaks, alone and beside earlier exchanges. A rule about
// pairs has at most one finding, with the exchange that x was compared with in
// [Finding].Beside.
func (c *Checker) Check(x Exchange) []Finding {
	findings := c.config.check(&x)
	if x.Method == "" || x.Target == "" {
		return findings
	}
	key := resourceKey(&x)
	alone := len(findings)
	for _, m := range c.known[key] {
	found:
		for _, f := range c.config.checkPair(&m.x, &x) {
			for _, other := range findings[alone:] {
				if other.Rule == f.Rule {
					continue found
				}
			}
			f.Beside = m.x.Source
			findings = append(findings, f)
		}
	}
	c.remember(key, &x)
	return findings
}

// resourceKey returns what the exchanges with one resource have in common.
func resourceKey(x *Exchange) string {
	host := []byte(x.host())
	for i, b := range host {
		host[i] = ascii.Lower(b)
	}
	return string(host) + " " + x.Target
}

// remember takes the place of an earlier exchange with the same method and
// status, or of the oldest ones.
func (c *Checker) remember(key string, x *Exchange) {
	m := memory{x: withoutContent(x)}
	m.size = len(key) + headerSize(x.RequestHeader) + headerSize(x.Header) + 1024
	if m.size > maxRemembered/16 {
		return
	}
	all := c.known[key]
	for i := range all {
		if all[i].x.Method == x.Method && all[i].x.Status == x.Status {
			c.room += all[i].size - m.size
			all[i] = m
			c.forget()
			return
		}
	}
	if len(all) == maxOfResource {
		return
	}
	if all == nil {
		c.order = append(c.order, key)
	}
	c.known[key] = append(all, m)
	c.room -= m.size
	c.forget()
}

// forget gives up the oldest resources until what is left fits.
func (c *Checker) forget() {
	for c.room < 0 {
		for _, m := range c.known[c.order[0]] {
			c.room += m.size
		}
		delete(c.known, c.order[0])
		// What follows is not moved: append does that once in a while.
		c.order[0], c.order = "", c.order[1:]
	}
}

// withoutContent returns x with the length of its content in place of it.
func withoutContent(x *Exchange) Exchange {
	y := *x
	switch {
	case x.BodyLength < 0 || x.Truncated && x.BodyLength <= int64(len(x.Body)):
		y.BodyLength, y.Truncated = -1, true
	default:
		y.BodyLength = max(x.BodyLength, int64(len(x.Body)))
	}
	y.Body, y.Interim, y.Trailer = nil, nil, nil
	return y
}

func headerSize(h map[string][]string) (n int) {
	for name, values := range h {
		n += len(name) + fieldCost
		for _, value := range values {
			n += len(value) + fieldCost
		}
	}
	return n
}
