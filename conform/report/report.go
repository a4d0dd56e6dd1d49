// Package report writes the findings of package conform: as text for people, as
// JSON for programs, and as SARIF 2.1.0 for code scanning services. A [Writer]
// writes each result as it comes and holds none, so there may be any number.
package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"example.com/httpstatus/conform"
)

// A Result is what was found in one exchange.
type Result struct {
	Input    string            `json:"input,omitempty"`  // a file or a URL; "" for standard input
	Source   string            `json:"source,omitempty"` // where in the input, such as "line 12" or "entry 3"
	Method   string            `json:"method,omitempty"` // "" if the request is not known
	Target   string            `json:"target,omitempty"` // as the request has it
	Status   int               `json:"status"`           // of the response
	Findings []conform.Finding `json:"findings"`         // what is wrong with it; none if nothing is
}

// where returns where the exchange was read, as in " (log.har, entry 3)", and
// with which other one it was compared.
func (r *Result) where(f conform.Finding) string {
	places := slices.DeleteFunc([]string{r.Input, r.Source}, func(s string) bool { return s == "" })
	if f.Beside != "" {
		places = append(places, "beside "+f.Beside)
	}
	if len(places) == 0 {
		return ""
	}
	return " (" + clean(strings.Join(places, ", ")) + ")"
}

// name returns the exchange in a few words, as in "GET /users: 405".
func (r *Result) name() string {
	if r.Method == "" {
		return fmt.Sprintf("response %d", r.Status)
	}
	return fmt.Sprintf("%s %s: %d", clean(r.Method), clean(r.Target), r.Status)
}

// clean makes what comes from an exchange safe for a terminal, and short.
func clean(s string) string {
	const limit = 120
	if len(s) > limit {
		s = s[:limit] + "..."
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

// A Format is a form of output.
type Format uint8

// The formats.
const (
	FormatText  Format = iota // for people
	FormatJSON                // an object with the results and the counts
	FormatSARIF               // the Static Analysis Results Interchange Format, version 2.1.0
)

// The findings of one rule that are written one by one, unless a [Writer] is
// told otherwise. What follows is counted only. JSON has all of them.
const (
	textRepeats  = 20
	sarifRepeats = 1000
)

// A Writer writes results as they come.
type Writer struct {
	w      *bufio.Writer
	format Format
	limit  int // findings of one rule that are written one by one
	tool   Tool

	columns int // that lines of text may have; 0 is any number

	checked, unreadable, unanswered int
	counts                          [conform.Error + 1]int // of findings, by severity
	written                         int                    // results or findings
	rules                           map[string]*ruleCount
	order                           []string // the rules in the order of their first finding
	err                             error
}

// A ruleCount counts the findings of a rule.
type ruleCount struct {
	index int // in the order of first findings
	n     int
}

// NewWriter returns a Writer to w. At most limit findings of each rule are
// written, and further ones are counted. 0 means the limit of the format, and a
// negative number means no limit.
func NewWriter(w io.Writer, format Format, limit int) *Writer {
	if limit == 0 {
		limit = [...]int{FormatText: textRepeats, FormatJSON: -1, FormatSARIF: sarifRepeats}[format]
	}
	return &Writer{w: bufio.NewWriter(w), format: format, limit: limit, rules: map[string]*ruleCount{}, tool: Tool{Name: "httpstatus check"}}
}

// Add writes the findings of an exchange that was checked, if there are any.
func (w *Writer) Add(r Result) error {
	w.checked++
	if len(r.Findings) == 0 {
		return w.err
	}
	shown := r
	shown.Findings = nil
	for _, f := range r.Findings {
		w.counts[min(f.Severity, conform.Error)]++
		c := w.rules[f.Rule]
		if c == nil {
			c = &ruleCount{index: len(w.order)}
			w.rules[f.Rule] = c
			w.order = append(w.order, f.Rule)
		}
		if c.n++; w.limit < 0 || c.n <= w.limit {
			shown.Findings = append(shown.Findings, f)
		}
	}
	if len(shown.Findings) == 0 {
		return w.err
	}
	switch w.format {
	case FormatJSON:
		w.begin(`{"results": [`)
		w.value(shown)
	case FormatSARIF:
		for _, f := range shown.Findings {
			w.begin(sarifBegin)
			w.value(w.sarifResult(&shown, f))
		}
	default:
		for _, f := range shown.Findings {
			w.text(&shown, f)
		}
	}
	return w.flush()
}

// AddUnreadable counts an exchange that could not be read.
func (w *Writer) AddUnreadable() { w.unreadable++ }

// AddUnanswered counts a request that got no response.
func (w *Writer) AddUnanswered() { w.unanswered++ }

// Checked returns the number of exchanges that were checked.
func (w *Writer) Checked() int { return w.checked }

// Count returns the number of findings of a severity.
func (w *Writer) Count(s conform.Severity) int { return w.counts[min(s, conform.Error)] }

// Close writes the end: what was counted. It does not close what w writes to.
func (w *Writer) Close() error {
	switch w.format {
	case FormatJSON:
		w.begin(`{"results": [`)
		w.printf("],\n%q: %d, %q: %d, %q: %d}\n", "checked", w.checked, "unreadable", w.unreadable, "unanswered", w.unanswered)
	case FormatSARIF:
		w.begin(sarifBegin)
		w.sarifEnd()
	default:
		w.summary()
	}
	return w.flush()
}

func (w *Writer) flush() error {
	if err := w.w.Flush(); w.err == nil {
		w.err = err
	}
	return w.err
}

func (w *Writer) printf(format string, args ...any) { fmt.Fprintf(w.w, format, args...) }

// begin writes what comes before the first result, or the comma before another.
func (w *Writer) begin(text string) {
	if w.written == 0 {
		w.printf("%s", text)
	}
}

// value writes an element of the array of results.
func (w *Writer) value(v any) {
	if w.written++; w.written > 1 {
		w.printf(",")
	}
	w.printf("\n")
	w.w.Write(w.encoded(v))
}

func (w *Writer) encoded(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	return bytes.TrimSpace(b.Bytes())
}

// text writes a finding: in full if it is the first of its rule.
func (w *Writer) text(r *Result, f conform.Finding) {
	w.line("", fmt.Sprintf("%s: %s: %s", f.Severity, f.Rule, f.Message))
	w.line("  at:  ", r.name()+r.where(f))
	if w.rules[f.Rule].n == 1 || w.limit < 0 {
		w.line("  see: ", f.Reference)
		w.line("  fix: ", f.Fix)
	}
}

// line writes a line, or several where it is wider than the columns that there
// are. What follows stands below the text, not below the label.
func (w *Writer) line(label, text string) {
	indent := strings.Repeat(" ", max(len(label), 2))
	for first := label; ; first = indent {
		room := w.columns - len(first)
		if w.columns == 0 || len(text) <= room || room < 20 {
			w.printf("%s%s\n", first, text)
			return
		}
		at := strings.LastIndexByte(text[:room+1], ' ')
		if at <= 0 { // a word that is wider
			if at = strings.IndexByte(text, ' '); at < 0 {
				at = len(text)
			}
		}
		w.printf("%s%s\n", first, text[:at])
		if text = strings.TrimPrefix(text[at:], " "); text == "" {
			return
		}
	}
}

// Wrap breaks lines of text between words where they are wider than a number of
// columns, for people; 0 leaves them as they are, for programs.
func (w *Writer) Wrap(columns int) { w.columns = columns }

// summary writes what was left out, and the line that counts.
func (w *Writer) summary() {
	for _, rule := range w.order {
		if n := w.rules[rule].n - w.limit; w.limit >= 0 && n > 0 {
			w.printf("%s: %d more\n", rule, n)
		}
	}
	w.printf("%s checked", count(w.checked, "exchange"))
	if w.unreadable > 0 {
		w.printf(", %d unreadable", w.unreadable)
	}
	if w.unanswered > 0 {
		w.printf(", %d without an answer", w.unanswered)
	}
	w.printf(": %s, %s, %d info\n", count(w.counts[conform.Error], "error"), count(w.counts[conform.Warning], "warning"), w.counts[conform.Info])
}

func count(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// A Tool is a program that judges exchanges, as SARIF names it.
type Tool struct {
	Name  string                 // as in "httpstatus probe"
	Rules iter.Seq[conform.Rule] // its own, beside those of package conform; nil if it has none
}

// SARIF writes all results of a tool as one SARIF log.
func SARIF(w io.Writer, tool Tool, results []Result) error {
	sw := NewWriter(w, FormatSARIF, -1)
	sw.tool = tool
	for _, r := range results {
		sw.Add(r)
	}
	return sw.Close()
}

const sarifBegin = `{
"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
"version": "2.1.0",
"runs": [{
"results": [`

func (w *Writer) sarifResult(r *Result, f conform.Finding) sarifResult {
	return sarifResult{
		RuleID:    f.Rule,
		RuleIndex: w.rules[f.Rule].index,
		Level:     level(f.Severity),
		Message:   sarifText{r.name() + ": " + f.Message + " See " + f.Reference + ". " + f.Fix},
		Locations: []sarifLocation{location(r)},
	}
}

// sarifEnd writes the rules that were broken, in the order in which they were,
// and what was left out.
func (w *Writer) sarifEnd() {
	run := sarifRun{Tool: sarifTool{Driver: sarifDriver{Name: w.tool.Name, Rules: []sarifRule{}}}}
	known := map[string]conform.Rule{}
	for r := range conform.Rules() {
		known[r.ID] = r
	}
	if w.tool.Rules != nil {
		for r := range w.tool.Rules {
			known[r.ID] = r
		}
	}
	for _, id := range w.order {
		r := known[id]
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID:       id,
			Short:    sarifText{r.Summary},
			Full:     sarifText{r.Summary + " " + r.Why + " (" + r.Reference + ")"},
			Help:     sarifText{r.Fix},
			Defaults: sarifDefaults{level(r.Severity)},
		})
	}
	invocation := sarifInvocation{Successful: w.unreadable == 0}
	for _, id := range w.order {
		if n := w.rules[id].n - w.limit; w.limit >= 0 && n > 0 {
			invocation.Notes = append(invocation.Notes, sarifNote{Level: "note", Message: sarifText{fmt.Sprintf("%s: %d more", id, n)}})
		}
	}
	if len(invocation.Notes) > 0 || !invocation.Successful {
		run.Invocations = []sarifInvocation{invocation}
	}
	w.printf("],\n")
	// The object that the array of results stands in goes on without its brace.
	w.w.Write(w.encoded(run)[1:])
	w.printf("]}\n")
}

func level(s conform.Severity) string {
	if s == conform.Info {
		return "note"
	}
	return s.String()
}

func location(r *Result) sarifLocation {
	uri := r.Input
	if uri == "" {
		uri = "stdin"
	}
	var l sarifLocation
	l.Physical.Artifact.URI = escapeURI(uri)
	var line int
	if n, _ := fmt.Sscanf(r.Source, "line %d", &line); n == 1 && line > 0 {
		l.Physical.Region = &sarifRegion{StartLine: line}
	}
	if r.Source != "" {
		l.Logical = []sarifLogical{{FullyQualifiedName: r.Source}}
	}
	return l
}

// escapeURI makes a URI reference of a file name: SARIF asks for one. A URL
// keeps what is escaped in it, and what separates its parts.
func escapeURI(s string) string {
	keep := "-._~:/@!$&'()*+,;="
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		keep += "?#[]%"
	}
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\\':
			b.WriteByte('/')
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', strings.IndexByte(keep, c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// The parts of SARIF that are written, beside the array of results. Their names are those of the standard.
type (
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations,omitempty"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifInvocation struct {
		Successful bool        `json:"executionSuccessful"`
		Notes      []sarifNote `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNote struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID       string        `json:"id"`
		Short    sarifText     `json:"shortDescription"`
		Full     sarifText     `json:"fullDescription"`
		Help     sarifText     `json:"help"`
		Defaults sarifDefaults `json:"defaultConfiguration"`
	}
	sarifDefaults struct {
		Level string `json:"level"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region *sarifRegion `json:"region,omitempty"`
		} `json:"physicalLocation"`
		Logical []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
	sarifLogical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
)
