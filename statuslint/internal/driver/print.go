package driver

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"example.com/httpstatus/statuslint"
)

// Formats are the names of the forms that Print knows.
var Formats = []string{"text", "json", "sarif", "github"}

// Print writes a result in a format.
func (r *Result) Print(w io.Writer, format, version string) error {
	switch format {
	case "json":
		return r.json(w)
	case "sarif":
		return r.sarif(w, version)
	case "github":
		for i := range r.Findings {
			if _, err := fmt.Fprintln(w, r.Findings[i].annotation()); err != nil {
				return err
			}
		}
		return nil
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if _, err := fmt.Fprintf(w, "%s:%d:%d: %s: %s\n", f.File, f.Line, f.Column, f.Rule, f.Message); err != nil {
			return err
		}
	}
	return nil
}

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "\t")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (r *Result) json(w io.Writer) error {
	type finding struct {
		File      string `json:"file"`
		Line      int    `json:"line"`
		Column    int    `json:"column"`
		EndLine   int    `json:"endLine"`
		EndColumn int    `json:"endColumn"`
		Rule      string `json:"rule"`
		Severity  string `json:"severity"`
		Message   string `json:"message"`
		Fixable   bool   `json:"fixable"`
	}
	list := make([]finding, len(r.Findings))
	for i := range r.Findings {
		f := &r.Findings[i]
		list[i] = finding{filepath.ToSlash(f.File), f.Line, f.Column, f.EndLine, f.EndColumn, f.Rule, f.Severity.String(), f.Message, len(f.Fixes) > 0}
	}
	broken := r.Broken
	if broken == nil {
		broken = []string{}
	}
	return encode(w, map[string]any{"findings": list, "broken": broken})
}

// annotation returns a finding as a workflow command of GitHub.
func (f *Finding) annotation() string {
	level := map[statuslint.Severity]string{statuslint.Error: "error", statuslint.Warning: "warning", statuslint.Info: "notice"}[f.Severity]
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,endLine=%d,col=%d,title=%s::%s", level,
		property.Replace(filepath.ToSlash(f.File)), f.Line, max(f.EndLine, f.Line),
		f.Column, property.Replace(f.Rule), text.Replace(f.Message))
}

// sarif writes the result as SARIF 2.1.0.
func (r *Result) sarif(w io.Writer, version string) error {
	type text struct {
		Text string `json:"text"`
	}
	type rule struct {
		ID      string            `json:"id"`
		Short   text              `json:"shortDescription"`
		Full    text              `json:"fullDescription"`
		Default map[string]string `json:"defaultConfiguration"`
	}
	type result struct {
		RuleID    string `json:"ruleId"`
		RuleIndex int    `json:"ruleIndex"`
		Level     string `json:"level"`
		Message   text   `json:"message"`
		Locations []any  `json:"locations"`
	}
	level := func(s statuslint.Severity) string {
		return map[statuslint.Severity]string{statuslint.Error: "error", statuslint.Warning: "warning", statuslint.Info: "note"}[s]
	}
	var rules []rule
	index := make(map[string]int)
	for _, x := range statuslint.Rules() {
		index[x.ID] = len(rules)
		rules = append(rules, rule{x.ID, text{x.Title}, text{x.Why}, map[string]string{"level": level(x.Severity)}})
	}
	results := make([]result, 0, len(r.Findings))
	for i := range r.Findings {
		f := &r.Findings[i]
		region := map[string]int{"startLine": f.Line, "startColumn": f.Column}
		if f.EndLine > 0 {
			region["endLine"], region["endColumn"] = f.EndLine, f.EndColumn
		}
		results = append(results, result{f.Rule, index[f.Rule], level(f.Severity), text{f.Message}, []any{map[string]any{
			"physicalLocation": map[string]any{
				"artifactLocation": map[string]string{"uri": filepath.ToSlash(f.File), "uriBaseId": "%SRCROOT%"},
				"region":           region,
			},
		}}})
	}
	return encode(w, map[string]any{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
		"version": "2.1.0",
		"runs": []any{map[string]any{
			"tool":       map[string]any{"driver": map[string]any{"name": "statuslint", "version": version, "rules": rules}},
			"columnKind": "unicodeCodePoints",
			"results":    results,
		}},
	})
}
