package httpstatus

import (
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/uri"
)

// What [NetHTTPRedirects] drops: with the content, and from Authorization on,
// with the host.
var netHTTPDropped = [...]string{
	"Content-Encoding", "Content-Language", "Content-Location", "Content-Type",
	"Authorization", "Cookie", "Proxy-Authorization", "Cookie2", "Proxy-Authenticate", "WWW-Authenticate",
}

// planNetHTTP follows Client.do in the order in which it looks at things.
func (s *RedirectStep) planNetHTTP(p *RedirectPolicy) RedirectPlan {
	keep := s.Status.PreservesMethod()
	if keep && s.HasContent && s.Unrepeatable {
		return s.end(ReturnResponse, RedirectContentGone)
	}
	loc := ""
	if len(s.Location) > 0 {
		loc = ascii.TrimOWS(s.Location[0])
	}
	if loc == "" {
		return s.end(ReturnResponse, RedirectNoLocation)
	}
	base, problem := uri.ParseGo(s.URL)
	if problem != 0 {
		return s.end(RefuseRedirect, RedirectBadURL)
	}
	ref, problem := base.Reference(loc)
	if problem == uri.Malformed {
		return s.end(RefuseRedirect, RedirectBadLocation)
	}
	if s.tooMany(p) {
		return s.end(RefuseRedirect, RedirectTooMany)
	}
	if problem != 0 { // which the transport finds
		return s.end(RefuseRedirect, redirectReason(problem))
	}
	plan := RedirectPlan{Action: FollowRedirect, Reason: RedirectSameRequest, KeepContent: keep}
	plan.Method, _ = s.Status.RedirectMethod(s.Method)
	if !keep && plan.Method != "HEAD" {
		plan.Method = "GET"
		if s.Method != "" && s.Method != "GET" {
			plan.Reason = RedirectBecomesGet
		}
	}
	var buf [512]byte
	plan.setURL(base.AppendTarget(bufferFor(buf[:0], s.URL, loc), &ref), loc)
	plan.dropFields(s.CrossedOrigin || !base.Within(&ref), netHTTPDropped[:], p)
	return plan
}
