package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/conform/report"
)

const checkUsage = `Check says which HTTP exchanges break the RFCs, and where that is written.

  httpstatus check [flags] [file or URL ...]

A file holds exchanges as text or a HAR; without a file, or for "-", they are
read from standard input. Text is a request and its responses as HTTP/1.1 writes
them; the request may be missing, and a line "###" stands between exchanges.
A http or https URL is requested once; redirects are not followed.

  -json             print JSON
  -sarif            print SARIF 2.1.0
  -disable NAMES    do not check these rules or groups, separated by commas;
                    "all" is every rule
  -enable NAMES     check them, also those that are off unless asked for
  -severity LEVEL   leave out findings of less than info, warning or error
  -method METHOD    the method for URLs, GET if not given
  -rules            list the rules and exit
  -h                print this text

-disable and -enable apply in order. The exit status is 0 if no error was found
(warnings are not errors), 1 if one was, and 2 if the question was not
understood or the input could not be read.
`

// A checkRun is one run of the subcommand.
type checkRun struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	asJSON, asSARIF, listRules bool
	method                     string
	opts                       []conform.Option

	results  []report.Result
	checked  int
	failed   bool // an error was found
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
		if err = run.check(inputs); err == nil {
			err = run.write()
		}
	}
	if err != nil {
		fmt.Fprintf(stderr, "httpstatus check: %v\n", err)
		return exitUsage
	}
	if run.failed {
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

func (run *checkRun) check(inputs []string) error {
	defer run.progress.clear()
	for _, input := range inputs {
		if err := run.checkInput(input); err != nil {
			return err
		}
	}
	return nil
}

func (run *checkRun) checkInput(input string) error {
	if strings.HasPrefix(input, "http://") || strings.HasPrefix(input, "https://") {
		return run.checkURL(input)
	}
	if input == "-" {
		return run.checkAll("", exchanges(run.stdin))
	}
	f, err := os.Open(input)
	if err != nil {
		return err
	}
	defer f.Close()
	return run.checkAll(input, exchanges(f))
}

// exchanges reads a HAR if r begins with a brace, and text otherwise.
func exchanges(r io.Reader) iter.Seq2[conform.Exchange, error] {
	br := bufio.NewReader(r)
	for n := 1; ; n++ {
		b, err := br.Peek(n)
		if err != nil {
			return conform.ReadText(br)
		}
		switch b[n-1] {
		case ' ', '\t', '\r', '\n', 0xef, 0xbb, 0xbf: // or a byte order mark
			if n < 1024 {
				continue
			}
		case '{':
			return conform.ReadHAR(br)
		}
		return conform.ReadText(br)
	}
}

func (run *checkRun) checkAll(input string, all iter.Seq2[conform.Exchange, error]) error {
	for x, err := range all {
		if err != nil {
			if input != "" {
				return fmt.Errorf("%s: %w", input, err)
			}
			return err
		}
		run.add(report.Result{
			Input:    input,
			Source:   x.Source,
			Method:   x.Method,
			Target:   x.Target,
			Status:   int(x.Status),
			Findings: conform.Check(x, run.opts...),
		})
	}
	return nil
}

func (run *checkRun) add(r report.Result) {
	run.checked++
	run.progress.show(run.checked)
	if len(r.Findings) == 0 {
		return
	}
	run.results = append(run.results, r)
	run.failed = run.failed || slices.ContainsFunc(r.Findings, func(f conform.Finding) bool {
		return f.Severity == conform.Error
	})
}

// maxDownload bounds what is read of a response: the rules need less.
const maxDownload = 8 << 20

// checkURL makes one request. What comes over a network has been sent by a
// server that knows the time, so Date is expected.
func (run *checkRun) checkURL(target string) error {
	req, err := http.NewRequest(run.method, target, nil)
	if err != nil {
		return err
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
		return err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, maxDownload))
	resp.Body.Close()
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) { // which is a finding
		return fmt.Errorf("%s: %w", target, err)
	}
	result.Status = resp.StatusCode
	run.add(result)
	return nil
}

func (run *checkRun) write() error {
	switch {
	case run.asJSON:
		return report.JSON(run.stdout, run.results, run.checked)
	case run.asSARIF:
		return report.SARIF(run.stdout, run.results)
	}
	return report.Text(run.stdout, run.results, run.checked)
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
	}
}
