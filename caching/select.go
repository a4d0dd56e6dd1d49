package caching

import "time"

// Select chooses among the responses that are stored for one URI, of which a
// cache has several if they differ by Vary. It returns the index of the chosen
// one and its [Stored.Reuse]. If none fits, the index is -1 and Use is Miss.
//
// A response that may be used is preferred to one that has to be validated, and
// then the most recent by its Date (RFC 9111, Section 4). But a response
// without a Vary field comes after those that have one: a default response may
// lack it by mistake (RFC 9111, Section 4.1).
func Select(stored []Stored, method string, request map[string][]string, now time.Time) (index int, r Reuse) {
	index, r = -1, Stored{}.Reuse(method, request, now)
	var varies bool
	var generated time.Time
	for i := range stored {
		next := stored[i].Reuse(method, request, now)
		if next.Use == Miss {
			if index < 0 && next.Reason != ReuseNothing {
				r = next // the reason why nothing fits
			}
			continue
		}
		d := stored[i].read()
		nextVaries, nextGenerated := len(d.vary) > 0, stored[i].generated(&d)
		if index >= 0 {
			usable, nextUsable := r.Use >= Stale, next.Use >= Stale
			switch {
			case usable != nextUsable:
				if usable {
					continue
				}
			case varies != nextVaries:
				if varies {
					continue
				}
			case !nextGenerated.After(generated):
				continue
			}
		}
		index, r, varies, generated = i, next, nextVaries, nextGenerated
	}
	return index, r
}
