// Package report writes the findings of package conform: as text for people,
// as JSON for programs, and as SARIF 2.1.0 for code scanning services.
package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
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

// place returns where the exchange was read, as in "log.har, entry 3".
func (r *Result) place() string {
	return strings.Join(slices.DeleteFunc([]string{r.Input, r.Source}, func(s string) bool { return s == "" }), ", ")
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

// Text writes the findings of results grouped by severity, errors first, and a
// line that counts them and the exchanges. checked is the number of exchanges,
// also those without a finding.
func Text(w io.Writer, results []Result, checked int) error {
	bw := bufio.NewWriter(w)
	counts := [3]int{}
	for s := conform.Error; ; s-- {
		for i := range results {
			for _, f := range results[i].Findings {
				if f.Severity != s {
					continue
				}
				if counts[s]++; counts[s] == 1 {
					fmt.Fprintf(bw, "%s\n", strings.ToUpper(s.String()))
				}
				writeFinding(bw, &results[i], f)
			}
		}
		if s == conform.Info {
			break
		}
	}
	fmt.Fprintf(bw, "%s checked: %s, %s, %d info\n", count(checked, "exchange"),
		count(counts[conform.Error], "error"), count(counts[conform.Warning], "warning"), counts[conform.Info])
	return bw.Flush()
}

func writeFinding(w io.Writer, r *Result, f conform.Finding) {
	fmt.Fprintf(w, "  %s: %s\n", f.Rule, f.Message)
	if place := r.place(); place != "" {
		fmt.Fprintf(w, "    at:  %s (%s)\n", r.name(), clean(place))
	} else {
		fmt.Fprintf(w, "    at:  %s\n", r.name())
	}
	fmt.Fprintf(w, "    see: %s\n    fix: %s\n", f.Reference, f.Fix)
}

func count(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// JSON writes an object with the number of exchanges and the results.
func JSON(w io.Writer, results []Result, checked int) error {
	if results == nil {
		results = []Result{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Checked int      `json:"checked"`
		Results []Result `json:"results"`
	}{checked, results})
}

// SARIF writes a log of the Static Analysis Results Interchange Format, version
// 2.1.0. Rules that were broken are described in it. A finding is located at
// its input, with the line if the input is text.
func SARIF(w io.Writer, results []Result) error {
	rules, index := brokenRules(results)
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "httpstatus check", Rules: rules}
	for i := range results {
		r := &results[i]
		for _, f := range r.Findings {
			run.Results = append(run.Results, sarifResult{
				RuleID:    f.Rule,
				RuleIndex: index[f.Rule],
				Level:     level(f.Severity),
				Message:   sarifText{r.name() + ": " + f.Message + " See " + f.Reference + ". " + f.Fix},
				Locations: []sarifLocation{location(r)},
			})
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// brokenRules returns the rules that results name, sorted, and their places.
func brokenRules(results []Result) ([]sarifRule, map[string]int) {
	broken := map[string]bool{}
	for i := range results {
		for _, f := range results[i].Findings {
			broken[f.Rule] = true
		}
	}
	rules := []sarifRule{}
	for r := range conform.Rules() {
		if broken[r.ID] {
			rules = append(rules, sarifRule{
				ID:       r.ID,
				Short:    sarifText{r.Summary},
				Full:     sarifText{r.Summary + " " + r.Why + " (" + r.Reference + ")"},
				Help:     sarifText{r.Fix},
				Defaults: sarifDefaults{level(r.Severity)},
			})
		}
	}
	slices.SortFunc(rules, func(a, b sarifRule) int { return cmp.Compare(a.ID, b.ID) })
	index := make(map[string]int, len(rules))
	for i, r := range rules {
		index[r.ID] = i
	}
	return rules, index
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

// The parts of SARIF that are written. Their names are those of the standard.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Results []sarifResult `json:"results"`
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
