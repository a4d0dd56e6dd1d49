package probe

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
)

// The defaults of [Options].
const (
	defaultMax     = 60
	defaultPause   = 100 * time.Millisecond
	defaultTimeout = 10 * time.Second
)

// Options say how to probe. The zero Options send only safe requests, at most
// 60, with a pause between them.
type Options struct {
	// Client sends the requests. Nil is one that uses its own connections. It
	// follows no redirect and keeps no cookie, whatever it does elsewhere.
	Client *http.Client

	// Header has fields that go with each request, such as credentials. Their
	// values are never printed: not in a message, not in [Result.Curl], and not
	// in what [Report.Exchanges] holds of a request.
	Header http.Header

	// Write allows methods that are not safe (RFC 9110, Section 9.2.1): POST
	// with content that cannot be right, PUT on the condition that nothing is
	// there, DELETE of what is not there, and each method that Allow omits.
	// A faulty server may be changed by them.
	Write bool

	// Max is how many requests are sent at most. 0 means 60.
	Max int

	// Pause is how long to wait between two requests. 0 means a tenth of a second,
	// and a negative Pause none.
	Pause time.Duration

	// Timeout is how long to wait for one response with its content. 0 means ten
	// seconds.
	Timeout time.Duration

	// Check are further options of the checks, such as [conform.Disable]. They
	// are about the rules of [Rules] too, whose group is "probe".
	Check []conform.Option

	// Report is called after each request, if it is not nil.
	Report func(Step)
}

// A Step is one request that was sent.
type Step struct {
	Number   int             // of the request, from 1
	Max      int             // how many there can be at most
	Question string          // what it asks, as in "a range past the end"
	Method   string          // of the request
	Target   string          // of the request, shortened if it is long
	Status   httpstatus.Code // of the response; 0 if none came
	Err      error           // why none came
}

// A Result is one exchange, or two that were compared, and what was found.
type Result struct {
	Question string            // what was asked
	Method   string            // of the request
	Target   string            // of the request, shortened if it is long
	Status   httpstatus.Code   // of the response; 0 if none came
	Curl     string            // a shell command that sends the request again, without the values of Options.Header
	Findings []conform.Finding // never empty
}

// A Report has the requests that were sent, and the findings about the
// responses.
type Report struct {
	URL       string             // that was probed; where redirects of the same origin led
	Requests  int                // how many were sent
	Results   []Result           // those with findings, in the order of the questions
	Exchanges []conform.Exchange // all of them, in order, without the values of Options.Header
	Unasked   []string           // questions for which no request was left, or no answer came
}

// Worst returns the highest severity of all findings; ok is false if there is
// none.
func (r *Report) Worst() (worst conform.Severity, ok bool) {
	for _, result := range r.Results {
		for _, f := range result.Findings {
			worst, ok = max(worst, f.Severity), true
		}
	}
	return worst, ok
}

// Run probes the server at a URL, whose scheme is http or https. It sends one
// request at a time, and none to another origin than that of the URL: a
// redirect that leads elsewhere is checked and not followed.
//
// The error says that the URL is invalid, that the server does not answer at
// all, or that ctx is done. In the last case the report has the results so far;
// in the others it is nil.
func Run(ctx context.Context, target string, o Options) (*Report, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, fmt.Errorf("probe: %w", withoutURL(err))
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("probe: %q is not an absolute http or https URL", shortened(target))
	}
	if u.User != nil {
		return nil, errors.New("probe: credentials in the URL are not sent; use Options.Header")
	}
	u.Fragment = ""
	p := newProber(ctx, u, o)
	defer p.client.CloseIdleConnections()
	if err := p.begin(); err != nil {
		return nil, err
	}
	for _, q := range questions {
		if ctx.Err() != nil {
			p.report.Unasked = append(p.report.Unasked, q.name)
			continue
		}
		if q.writes && !p.o.Write || q.needs != nil && !q.needs(p) {
			continue
		}
		if p.report.Requests >= p.o.Max {
			p.report.Unasked = append(p.report.Unasked, q.name)
			continue
		}
		p.question = q.name
		q.ask(p)
	}
	p.report.URL = p.url.String()
	if err := ctx.Err(); err != nil {
		return p.report, fmt.Errorf("probe: %w", err)
	}
	return p.report, nil
}

// A prober is one run.
type prober struct {
	ctx     context.Context
	o       Options
	client  *http.Client
	url     *url.URL
	checks  []conform.Option
	secrets []string // names of the caller's fields
	report  *Report

	question string
	whole    *answer // the answer to a plain GET
	head     *answer
	options  *answer
}

func newProber(ctx context.Context, u *url.URL, o Options) *prober {
	if o.Max == 0 {
		o.Max = defaultMax
	}
	if o.Pause == 0 {
		o.Pause = defaultPause
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	client := &http.Client{}
	if o.Client != nil {
		*client = *o.Client
	}
	if client.Transport == nil {
		client.Transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	client.Jar = nil
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	p := &prober{
		ctx: ctx, o: o, client: client, url: u, report: &Report{URL: u.String()},
		checks: append([]conform.Option{conform.Enable("date-missing")}, o.Check...),
	}
	p.o.Header = http.Header{}
	for name, values := range o.Header {
		name = http.CanonicalHeaderKey(name)
		p.o.Header[name] = append(p.o.Header[name], values...)
	}
	p.secrets = slices.Sorted(maps.Keys(p.o.Header))
	return p
}

// begin asks for the resource, following redirects within the origin.
func (p *prober) begin() error {
	p.question = "the resource itself"
	seen := map[string]bool{}
	crossed := false
	for hop := 0; ; hop++ {
		a := p.send(call{method: http.MethodGet})
		if a.err != nil {
			if err := p.ctx.Err(); err != nil {
				return fmt.Errorf("probe: %w", err)
			}
			return fmt.Errorf("probe: no answer to GET %s: %w", p.url.Redacted(), withoutURL(a.err))
		}
		p.judge(a)
		p.whole = a
		step := httpstatus.RedirectStep{
			Status: a.x.Status, URL: p.url.String(), Location: a.x.Header["Location"], CrossedOrigin: crossed,
		}
		plan := step.Plan(httpstatus.RedirectPolicy{AllowDowngrade: true, RepairLocation: true})
		if plan.Action != httpstatus.FollowRedirect || plan.CrossedOrigin {
			return nil
		}
		seen[p.url.String()] = true
		if seen[plan.URL] || hop == maxHops {
			p.addOwn(a, redirectLoop, fmt.Sprintf("After %d redirects the chain has not ended: it leads to %s.", hop+1, shortened(plan.URL)))
			return nil
		}
		next, err := url.Parse(plan.URL)
		if err != nil || p.report.Requests >= p.o.Max {
			return nil
		}
		p.url, p.question = next, "where it redirects to"
	}
}

// maxHops bounds a chain of redirects within the origin.
const maxHops = 10

// judge checks one exchange, and adds what is found.
func (p *prober) judge(a *answer, opts ...conform.Option) {
	if a.err == nil {
		p.add(a, conform.Check(a.x, append(p.checks[:len(p.checks):len(p.checks)], opts...)...))
	}
}

// judgeParser checks an answer that mostly comes from the reader of messages below
// the application. What such a reader leaves out (content, Date) cannot be mended
// in the application, and is not told.
func (p *prober) judgeParser(a *answer) {
	p.judge(a, conform.Disable("date-missing", "error-content-missing", "501-known-method"))
}

// compare checks two exchanges together, and adds what is found to the second.
func (p *prober) compare(first, second *answer) {
	if first != nil && first.err == nil && second.err == nil {
		p.add(second, conform.CheckPair(first.x, second.x, p.checks...))
	}
}

// addOwn adds a finding of a rule that is the prober's own.
func (p *prober) addOwn(a *answer, r *conform.Rule, message string) {
	if f, ok := r.Finding(a.x, message, p.checks...); ok {
		p.add(a, []conform.Finding{f})
	}
}

// add adds findings about an exchange. The same rule is told once for it.
func (p *prober) add(a *answer, findings []conform.Finding) {
	if len(findings) == 0 {
		return
	}
	results := p.report.Results
	if n := len(results); n == 0 || a.result != n {
		p.report.Results = append(results, Result{
			Question: a.question, Method: a.call.method, Target: shortened(a.target), Status: a.x.Status, Curl: a.curl,
		})
		a.result = len(p.report.Results)
	}
	result := &p.report.Results[a.result-1]
	for _, f := range findings {
		if !slices.ContainsFunc(result.Findings, func(g conform.Finding) bool { return g.Rule == f.Rule }) {
			result.Findings = append(result.Findings, f)
		}
	}
}

// withoutURL takes off the URL that net/http and net/url put before an error: it
// may hold what should not be printed, and is known to the reader.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// shortened returns s, or its beginning with the number of octets left out.
func shortened(s string) string {
	const keep = 100
	if len(s) <= keep+30 {
		return s
	}
	return fmt.Sprintf("%s... (%d octets more)", strings.ToValidUTF8(s[:keep], ""), len(s)-keep)
}
