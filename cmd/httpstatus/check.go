package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/conform/report"
)

const checkUsage = `Check says which HTTP exchanges break the RFCs, and where that is written.

  httpstatus check [flags] [file or URL ...]

A file holds exchanges as text, as a HAR, or as "curl -v" tells of them; without
a file, or for "-", they are read from standard input. Text is a request and its
responses as HTTP/1.1 writes them; the request may be missing, and a line "###"
stands between exchanges. Exchanges with one resource in one input are also
compared with each other. A http or https URL is requested once; redirects are
not followed.

  curl -sI https://example.com/ | httpstatus check
  curl -v https://example.com/ 2>&1 | httpstatus check

  -json             print JSON
  -sarif            print SARIF 2.1.0
  -disable NAMES    do not check these rules or groups, separated by commas;
                    "all" is every rule
  -enable NAMES     check them, also those that are off unless asked for
  -severity LEVEL   leave out findings of less than info, warning or error
  -repeats N        print at most N findings of one rule, and count the others;
                    0 prints all (20 if not given; 1000 in SARIF, all in JSON)
  -method METHOD    the method for URLs, GET if not given
  -rules            list the rules and exit
  -h                print this text

-disable and -enable apply in order. Findings are printed as they come, and what
could not be read is told on standard error. The exit status is 0 if no error
was found (warnings are not errors), 1 if one was, and 2 if the question was not
understood, an input or a part of one could not be read, or nothing was checked.
`

// A checkRun is one run of the subcommand.
type checkRun struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	asJSON, asSARIF, listRules bool
	repeats                    int
	method                     string
	opts                       []conform.Option

	report   *report.Writer
	unread   bool // something could not be read
	progress progress
}

// runCheck is the subcommand check. It returns the exit status.
func runCheck(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	run := &checkRun{stdin: stdin, stdout: stdout, stderr: stderr, progress: progress{w: terminalOnly(stderr)}}
	inputs, err := run.parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(stdout, checkUsage)
	case err == nil && run.listRules:
		err = writeRules(stdout)
	case err == nil:
		err = run.check(inputs)
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "httpstatus check: %v\n", err)
		return exitUsage
	case run.unread:
		return exitUsage
	case run.report != nil && run.report.Count(conform.Error) > 0:
		return exitFailure
	}
	return exitOK
}

// parse reads the flags and returns the inputs.
func (run *checkRun) parse(args []string) (inputs []string, err error) {
	flags := flag.NewFlagSet("httpstatus check", flag.ContinueOnError)
	flags.BoolVar(&run.asJSON, "json", false, "")
	flags.BoolVar(&run.asSARIF, "sarif", false, "")
	flags.BoolVar(&run.listRules, "rules", false, "")
	flags.Func("repeats", "", func(value string) error {
		n, err := strconv.ParseUint(value, 10, 31)
		if err != nil {
			return errors.New("it is not a number")
		}
		if run.repeats = int(n); n == 0 {
			run.repeats = -1
		}
		return nil
	})
	flags.StringVar(&run.method, "method", http.MethodGet, "")
	flags.Func("disable", "", run.names(conform.Disable))
	flags.Func("enable", "", run.names(conform.Enable))
	flags.Func("severity", "", func(value string) error {
		s, err := conform.ParseSeverity(value)
		if err != nil {
			return errors.New("it is not info, warning or error")
		}
		run.opts = append(run.opts, conform.MinSeverity(s))
		return nil
	})
	inputs, err = parseFlags(flags, args)
	if err == nil && run.asJSON && run.asSARIF {
		err = errors.New("-json or -sarif, not both")
	}
	if len(inputs) == 0 {
		inputs = []string{"-"}
	}
	return inputs, err
}

// names returns a flag's function: it turns a list of rules and groups into an
// option, and refuses those that there are not.
func (run *checkRun) names(option func(...string) conform.Option) func(string) error {
	return func(value string) error {
		var names []string
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimSpace(name); !conform.IsRuleName(name) {
				return errors.New("-rules lists the names")
			}
			names = append(names, name)
		}
		run.opts = append(run.opts, option(names...))
		return nil
	}
}

// check checks the inputs. Its error is that of the output.
func (run *checkRun) check(inputs []string) error {
	format := report.FormatText
	if run.asJSON {
		format = report.FormatJSON
	} else if run.asSARIF {
		format = report.FormatSARIF
	}
	run.report = report.NewWriter(run.stdout, format, run.repeats)
	if f, ok := run.stdout.(*os.File); ok {
		if columns, ok := terminalWidth(f); ok {
			run.report.Wrap(columns)
		}
	}
	for _, input := range inputs {
		if err := run.checkInput(input); err != nil {
			return err
		}
	}
	run.progress.clear()
	return run.report.Close()
}

func (run *checkRun) checkInput(input string) error {
	if strings.HasPrefix(input, "http://") || strings.HasPrefix(input, "https://") {
		return run.checkURL(input)
	}
	if input == "-" {
		return run.checkAll("", run.stdin)
	}
	f, err := os.Open(input)
	if err != nil {
		run.reportUnread(err)
		return nil
	}
	defer f.Close()
	return run.checkAll(input, f)
}

// reportUnread reports that something could not be read.
func (run *checkRun) reportUnread(err error) {
	run.unread = true
	run.progress.clear()
	fmt.Fprintf(run.stderr, "httpstatus check: %v\n", err)
}

func (run *checkRun) checkAll(input string, r io.Reader) error {
	checker := conform.NewChecker(run.opts...)
	any := false
	for x, err := range conform.Read(r) {
		switch {
		case errors.Is(err, conform.ErrNoResponse):
			run.report.AddUnanswered()
			continue
		case err != nil:
			run.report.AddUnreadable()
			if any = true; input != "" {
				err = fmt.Errorf("%s: %w", input, err)
			}
			run.reportUnread(err)
			continue
		}
		any = true
		err := run.add(report.Result{
			Input: input, Source: x.Source, Method: x.Method, Target: x.Target, Status: int(x.Status),
			Findings: checker.Check(x),
		})
		if err != nil {
			return err
		}
	}
	if !any {
		if input == "" {
			input = "standard input"
		}
		run.reportUnread(errors.New(input + ": there is no exchange with a response to check"))
	}
	return nil
}

func (run *checkRun) add(r report.Result) error {
	run.progress.show(run.report.Checked())
	if len(r.Findings) > 0 {
		run.progress.clear()
	}
	return run.report.Add(r)
}

// maxDownload bounds what is read of a response: the rules need less.
const maxDownload = 8 << 20

// checkURL makes one request. What comes over a network has been sent by a
// server that knows the time, so Date is expected.
func (run *checkRun) checkURL(target string) error {
	req, err := http.NewRequest(run.method, target, nil)
	if err != nil {
		run.reportUnread(err)
		return nil
	}
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.DisableCompression = true // or the length that was sent is lost
	defer base.CloseIdleConnections()
	result := report.Result{Input: target, Method: run.method, Target: req.URL.RequestURI()}
	opts := append([]conform.Option{conform.Enable("date-missing")}, run.opts...)
	client := http.Client{
		Transport: conform.Transport(base, func(_ *http.Response, findings []conform.Finding) {
			result.Findings = findings
		}, opts...),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       30 * time.Second,
	}
	resp, err := client.Do(req)
	if err != nil {
		run.report.AddUnanswered()
		run.reportUnread(err)
		return nil
	}
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, maxDownload))
	resp.Body.Close()
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) { // which is a finding
		run.report.AddUnreadable()
		run.reportUnread(fmt.Errorf("%s: %w", target, err))
		return nil
	}
	result.Status = resp.StatusCode
	return run.add(result)
}

// writeRules lists the rules by group.
func writeRules(w io.Writer) error {
	var b strings.Builder
	group := ""
	for r := range conform.Rules() {
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(&b, "%s\n", group)
		}
		severity := r.Severity.String()
		if r.Off {
			severity += ", off"
		}
		fmt.Fprintf(&b, "  %-30s %-12s %s (%s)\n", r.ID, severity, r.Summary, r.Reference)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// A progress tells on a terminal how far a long run is.
type progress struct {
	w     io.Writer // nil if there is no terminal
	last  time.Time
	shown bool
}

// terminalOnly returns w if it is a terminal, and nil otherwise.
func terminalOnly(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok {
		if _, ok := terminalWidth(f); ok {
			return w
		}
	}
	return nil
}

func (p *progress) show(n int) {
	if p.w == nil || n%16 != 0 {
		return
	}
	now := time.Now()
	if p.last.IsZero() {
		p.last = now // nothing is shown in the first moment
	}
	if now.Sub(p.last) >= 200*time.Millisecond {
		fmt.Fprintf(p.w, "\r%d exchanges", n)
		p.last, p.shown = now, true
	}
}

// clear removes what was shown.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%-40s\r", "")
		p.shown = false
	}
}
