package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/conform/report"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/probe"
)

const probeUsage = `Probe asks a running server what it does wrong.

  httpstatus probe [flags] URL

It sends at most 60 requests, one at a time, to the origin of the URL alone,
and only such as are safe to send; then it tells what in the answers breaks the
RFCs, with a command that repeats each request. Probe what you may probe.

  -header "N: V"    a field for each request, such as credentials; may be given
                    several times; its value is never printed
  -write            also send POST, PUT, PATCH and DELETE, in ways that should
                    change nothing
  -max N            at most N requests; 60 if not given
  -pause TIME       between two requests; 100ms if not given
  -timeout TIME     for one response; 10s if not given
  -disable NAMES    do not check these rules or groups, separated by commas
  -enable NAMES     check them, also those that are off unless asked for
  -severity LEVEL   the least severity, info, warning or error, that makes the
                    exit status 1; error if not given. Less is not printed where
                    it is given
  -repeats N        print at most N findings of one rule in full, and name what
                    was asked in the others; 5 if not given, 0 prints all
  -har FILE         write what was exchanged, as an HTTP Archive
  -json             print JSON
  -sarif            print SARIF 2.1.0
  -h                print this text

The exit status is 0 if nothing of that severity was found, 1 if something was,
and 2 if the question was not understood or the server did not answer. ^C ends
it early and prints what is known by then.
`

// runProbe is the subcommand probe.
func runProbe(args []string, sys system) (status int, err error) {
	o := probe.Options{Header: http.Header{}}
	flags := flag.NewFlagSet("httpstatus probe", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "")
	asSARIF := flags.Bool("sarif", false, "")
	har := flags.String("har", "", "")
	repeats := flags.Uint("repeats", 5, "")
	flags.BoolVar(&o.Write, "write", false, "")
	flags.IntVar(&o.Max, "max", 0, "")
	flags.DurationVar(&o.Pause, "pause", 0, "")
	flags.DurationVar(&o.Timeout, "timeout", 0, "")
	threshold := conform.Error
	flags.Func("severity", "", func(value string) (err error) {
		if threshold, err = conform.ParseSeverity(value); err != nil {
			return errors.New("it is not info, warning or error")
		}
		o.Check = append(o.Check, conform.MinSeverity(threshold))
		return nil
	})
	flags.Func("disable", "", ruleNames(&o.Check, conform.Disable))
	flags.Func("enable", "", ruleNames(&o.Check, conform.Enable))
	flags.Func("header", "", func(value string) error {
		name, text, ok := strings.Cut(value, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return errors.New(`it is not a name, a colon and a value`)
		}
		if strings.ContainsAny(value, "\r\n\x00") {
			return errors.New("a field is one line")
		}
		o.Header.Add(strings.TrimSpace(name), strings.TrimSpace(text))
		return nil
	})
	rest, err := parseFlags(flags, args)
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	switch {
	case err != nil:
		return 0, err
	case len(rest) != 1:
		return 0, usageError(`probe takes one URL, as in "httpstatus probe https://example.com/"`)
	case *asJSON && *asSARIF:
		return 0, usageError("-json or -sarif, not both")
	case o.Max < 0 || set["max"] && o.Max == 0:
		return 0, usageError("-max is at least 1")
	case o.Timeout < 0 || set["timeout"] && o.Timeout == 0:
		return 0, usageError("-timeout is more than 0")
	case o.Pause < 0:
		return 0, usageError("-pause is 0 or more")
	}
	// On the command line, 0 is no pause.
	if set["pause"] && o.Pause == 0 {
		o.Pause = -1
	}
	if terminal := terminalOnly(sys.stderr); terminal != nil {
		o.Report = func(s probe.Step) {
			fmt.Fprintf(terminal, "\r\x1b[K%d of at most %d: %s", s.Number, s.Max, s.Question)
		}
		defer fmt.Fprint(terminal, "\r\x1b[K")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	r, err := probe.Run(ctx, rest[0], o)
	if o.Report != nil {
		fmt.Fprint(sys.stderr, "\r\x1b[K")
	}
	if r == nil {
		return 0, usageError(strings.TrimPrefix(err.Error(), "probe: "))
	}
	if *har != "" {
		if err := writeHAR(*har, r); err != nil {
			return 0, err
		}
	}
	switch {
	case *asJSON:
		err = card.WriteJSON(sys.stdout, newProbeJSON(r))
	case *asSARIF:
		err = report.SARIF(sys.stdout, report.Tool{Name: "httpstatus probe", Rules: probe.Rules()}, sarifResults(r))
	default:
		p := newPage(sys)
		p.probed(r, int(min(*repeats, math.MaxInt32)))
		_, err = io.WriteString(sys.stdout, p.String())
	}
	if worst, ok := r.Worst(); err == nil && ok && worst >= threshold {
		return exitFailure, nil
	}
	return exitOK, err
}

// ruleNames returns the function of a flag that lists rules and groups, and
// refuses those that there are not.
func ruleNames(opts *[]conform.Option, option func(...string) conform.Option) func(string) error {
	return func(value string) error {
		names := strings.Split(value, ",")
		for i := range names {
			if names[i] = strings.TrimSpace(names[i]); !conform.IsRuleName(names[i]) && !isProbeRule(names[i]) {
				return errors.New("see httpstatus check -rules")
			}
		}
		*opts = append(*opts, option(names...))
		return nil
	}
}

// isProbeRule reports whether a name is that of a rule of the prober's own, or
// of their group.
func isProbeRule(name string) bool {
	for r := range probe.Rules() {
		if r.ID == name || r.Group == name {
			return true
		}
	}
	return false
}

func writeHAR(name string, r *probe.Report) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return r.HAR(f, time.Now())
}

// probed writes what was found, by rule, the gravest first, and up to so many
// findings of one rule in full; 0 is all.
func (p *page) probed(r *probe.Report, repeats int) {
	var counts [conform.Error + 1]int
	for _, rule := range byRule(r) {
		f := rule[0].finding
		counts[f.Severity] += len(rule)
		p.row(severityStyle(f.Severity), f.Severity.String()+" "+f.Rule, len(f.Severity.String()+f.Rule)+2, card.Together("("+f.Reference+")"))
		shown := rule
		if repeats > 0 && len(rule) > repeats {
			shown = rule[:repeats]
		}
		for _, one := range shown {
			p.row(plain, "", 2, one.finding.Message)
			p.row(dim, "", 4, fmt.Sprintf("%s: %s %s: %d", one.result.Question, one.result.Method, one.result.Target, int(one.result.Status)))
			p.WriteString("    " + one.result.Curl + "\n") // unbroken, to be copied
		}
		if more := rule[len(shown):]; len(more) > 0 {
			p.row(plain, "", 2, fmt.Sprintf("And in %d more: %s.", len(more), questionsOf(more)))
		}
		p.row(plain, "  to mend it:", 14, f.Fix)
		p.blank()
	}
	if len(r.Unasked) > 0 {
		p.row(plain, "", 0, "Not answered: "+strings.Join(r.Unasked, "; ")+".")
		p.blank()
	}
	p.paragraph(fmt.Sprintf("%s: %d requests, %s, %s, %d info", r.URL, r.Requests,
		number(counts[conform.Error], "error"), number(counts[conform.Warning], "warning"), counts[conform.Info]))
}

// questionsOf lists what was asked.
func questionsOf(rule []foundOnce) string {
	names := make([]string, len(rule))
	for i, one := range rule {
		names[i] = one.result.Question
	}
	return strings.Join(names, "; ")
}

func number(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

func severityStyle(s conform.Severity) style {
	switch s {
	case conform.Error:
		return red
	case conform.Warning:
		return yellow
	}
	return cyan
}

// A foundOnce is one finding and where it comes from.
type foundOnce struct {
	finding conform.Finding
	result  *probe.Result
}

// byRule groups the findings by rule, the gravest first and then in the order in
// which they were found.
func byRule(r *probe.Report) (rules [][]foundOnce) {
	for i := range r.Results {
		for _, f := range r.Results[i].Findings {
			at := slices.IndexFunc(rules, func(rule []foundOnce) bool {
				return rule[0].finding.Rule == f.Rule && rule[0].finding.Severity == f.Severity
			})
			if at < 0 {
				at, rules = len(rules), append(rules, nil)
			}
			rules[at] = append(rules[at], foundOnce{f, &r.Results[i]})
		}
	}
	slices.SortStableFunc(rules, func(a, b []foundOnce) int { return int(b[0].finding.Severity) - int(a[0].finding.Severity) })
	return rules
}

// The JSON form of a report. Fields may be added.
type probeJSON struct {
	URL      string            `json:"url"`
	Requests int               `json:"requests"`
	Results  []probeResultJSON `json:"results"`
	Unasked  []string          `json:"unasked"`
}

type probeResultJSON struct {
	Question string            `json:"question"`
	Method   string            `json:"method"`
	Target   string            `json:"target"`
	Status   int               `json:"status"` // 0 if no response came
	Curl     string            `json:"curl"`
	Findings []conform.Finding `json:"findings"`
}

func newProbeJSON(r *probe.Report) probeJSON {
	out := probeJSON{r.URL, r.Requests, []probeResultJSON{}, append([]string{}, r.Unasked...)}
	for _, one := range r.Results {
		out.Results = append(out.Results, probeResultJSON{
			one.Question, one.Method, one.Target, int(one.Status), one.Curl, one.Findings,
		})
	}
	return out
}

func sarifResults(r *probe.Report) (results []report.Result) {
	for _, one := range r.Results {
		results = append(results, report.Result{
			Input: r.URL, Source: one.Question, Method: one.Method, Target: one.Target, Status: int(one.Status), Findings: one.Findings,
		})
	}
	return results
}
