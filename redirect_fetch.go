package httpstatus

import "example.com/httpstatus/internal/uri"

// What [FetchRedirects] drops: with the content, and from Authorization on,
// with the origin.
var fetchDropped = [...]string{
	"Content-Encoding", "Content-Language", "Content-Location", "Content-Type",
	"Authorization",
}

// planFetch follows the steps of HTTP-redirect fetch in their order.
func (s *RedirectStep) planFetch(p *RedirectPolicy) RedirectPlan {
	switch len(s.Location) {
	case 0:
		return s.end(ReturnResponse, RedirectNoLocation)
	case 1:
	default: // a field that allows one value, sent twice, is no value
		return s.end(RefuseRedirect, RedirectManyLocations)
	}
	base, problem := uri.ParseWeb(s.URL)
	if problem != 0 {
		return s.end(RefuseRedirect, RedirectBadURL)
	}
	ref, problem := base.Reference(s.Location[0])
	if problem != 0 {
		return s.end(RefuseRedirect, redirectReason(problem))
	}
	var buf [512]byte
	target, ok := base.AppendTarget(bufferFor(buf[:0], s.URL, s.Location[0]), &ref)
	if !ok {
		return s.end(RefuseRedirect, RedirectBadLocation)
	}
	if s.tooMany(p) {
		return s.end(RefuseRedirect, RedirectTooMany)
	}
	if s.HasContent && s.Unrepeatable && s.Status != SeeOther {
		return s.end(RefuseRedirect, RedirectContentGone)
	}
	plan := s.follow()
	plan.setURL(target, s.Location[0])
	plan.dropFields(s.CrossedOrigin || !base.SameOrigin(&ref), fetchDropped[:], p)
	return plan
}
