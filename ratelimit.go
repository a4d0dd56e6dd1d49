package httpstatus

import (
	"time"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// RateLimitReset returns how long a response asks to wait, by Retry-After or
// else by the fields in which servers announce when a used-up quota is renewed.
// None of those is a standard yet, and the older ones mean different things on
// different servers, so nothing else in this package reads them. Call this on a
// response that was given because of the limit, by a server that is known to
// send such fields.
//
// The first of these that gives advice decides:
//
//   - Retry-After, as by [RetryAfter]. Where the field is there, it alone
//     counts: if it is malformed, there is no advice.
//   - RateLimit, in the syntax of draft-ietf-httpapi-ratelimit-headers, a list
//     of policies as in
//     "burst";r=0;t=5, "daily";r=900;t=40000
//     with what remains (r) and the seconds until there is more (t). Of the
//     policies with nothing left, the longest wait counts: 5 seconds here. Where
//     every policy has something left, there is nothing to wait for, and the reset
//     fields that follow are not read. A malformed field is ignored as a whole.
//   - RateLimit-Reset, of earlier drafts, in seconds; unless RateLimit-Remaining
//     says that something is left.
//   - X-RateLimit-Reset, taken as seconds; unless X-RateLimit-Remaining says
//     that something is left. Many servers send a time stamp here. It is not
//     converted, but the advice is marked as suspect (see [Advice]). If this
//     field gives no advice, X-Rate-Limit-Reset is read in the same way.
//   - Retry-After-Ms, in milliseconds.
//
// A number consists of digits alone, as in Retry-After. If the response comes
// from a cache, which a positive Age shows, only Retry-After is read: the other
// fields describe the moment when the response was stored.
//
// The time now is when the response arrived, and header may spell names in any
// case, as for RetryAfter.
func RateLimitReset(header map[string][]string, now time.Time) (Advice, bool) {
	if _, present := field.SoleValue(header, "Retry-After"); present {
		return RetryAfter(header, now)
	}
	if age(header) > 0 {
		return Advice{}, false
	}

	limit := readRateLimit(header)
	if limit.exhausted && limit.hasReset {
		return Advice{Wait: scale(limit.reset, time.Second), Source: SourceRateLimit, Suspect: looksLikeEpoch(limit.reset)}, true
	}
	if limit.exhausted || !limit.known {
		if n, ok := readReset(header, "RateLimit-Reset", "RateLimit-Remaining"); ok {
			return Advice{Wait: scale(n, time.Second), Source: SourceRateLimitReset, Suspect: looksLikeEpoch(n)}, true
		}
		if n, ok := readReset(header, "X-RateLimit-Reset", "X-RateLimit-Remaining"); ok {
			return Advice{Wait: scale(n, time.Second), Source: SourceXRateLimitReset, Suspect: looksLikeEpoch(n)}, true
		}
		if n, ok := readReset(header, "X-Rate-Limit-Reset", "X-Rate-Limit-Remaining"); ok {
			return Advice{Wait: scale(n, time.Second), Source: SourceXRateLimitReset, Suspect: looksLikeEpoch(n)}, true
		}
	}

	value, _ := field.SoleValue(header, "Retry-After-Ms")
	n, ok := ascii.ParseDigits(value)
	if !ok {
		return Advice{}, false
	}
	return Advice{Wait: scale(n, time.Millisecond), Source: SourceRetryAfterMS, Suspect: looksLikeEpoch(n)}, true
}

// readReset reads a field that tells when a quota is renewed, unless the field
// beside it says that the quota is not used up.
func readReset(header map[string][]string, reset, remaining string) (n uint64, ok bool) {
	value, _ := field.SoleValue(header, remaining)
	if left, ok := ascii.ParseDigits(value); ok && left > 0 {
		return 0, false
	}
	value, _ = field.SoleValue(header, reset)
	return ascii.ParseDigits(value)
}

// A rateLimit is what the RateLimit field says about all its policies together.
type rateLimit struct {
	known     bool   // it is there, well-formed, and names a policy
	exhausted bool   // some policy has nothing left
	hasReset  bool   // and says when there will be more
	reset     uint64 // the longest time until then, in seconds
}

// readRateLimit reads the RateLimit field, and returns the zero rateLimit if it
// is absent or malformed. The field is a List of Items (RFC 9651, Section 3.1),
// and may come in several lines.
func readRateLimit(header map[string][]string) rateLimit {
	list, ok := field.ParseList(field.Lines(header, "RateLimit"))
	if !ok {
		return rateLimit{}
	}
	var all rateLimit
	for policy := range list.All() {
		if !all.add(&policy) {
			return rateLimit{}
		}
	}
	return all
}

// add enters one policy: its name, then the parameters, of which r must be
// there, and r, t and pk have a type. It returns false where the policy is none.
func (all *rateLimit) add(policy *field.Member) bool {
	name, remaining, reset, partition := policy.Value, policy.Params.Get("r"), policy.Params.Get("t"), policy.Params.Get("pk")
	if name.Kind != field.KindString && name.Kind != field.KindToken ||
		remaining.Kind != field.KindInteger || remaining.Integer < 0 ||
		reset.Kind != field.KindNone && (reset.Kind != field.KindInteger || reset.Integer < 0) ||
		partition.Kind != field.KindNone && partition.Kind != field.KindBytes {
		return false
	}
	all.known = true
	if remaining.Integer == 0 {
		all.exhausted = true
		if reset.Kind == field.KindInteger {
			all.hasReset = true
			all.reset = max(all.reset, uint64(reset.Integer))
		}
	}
	return true
}
