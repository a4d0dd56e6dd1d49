package statuslint

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Settings are what a team decides for its own code. The zero value looks for
// the usual rules.
type Settings struct {
	// Enable are rules to look for besides the usual ones; "all" is every rule.
	Enable []string `json:"enable,omitempty"`
	// Disable are rules not to look for. It wins over Enable.
	Disable []string `json:"disable,omitempty"`
	// Severity is the least severity to report: "error", "warning", the default,
	// or "info".
	Severity string `json:"severity,omitempty"`
	// Severities gives rules another severity than the one in [Rules].
	Severities map[string]string `json:"severities,omitempty"`
	// Writers are functions that answer a request and are known by name, such as
	// "example.com/shop/api.SendError(w, status=1)". Parameters count from 0; w is
	// the first one unless it says w=1, or w=receiver for a method, which is
	// written as "example.com/shop/api.Context.Fail(w=receiver, status=0)". A
	// function that always sends the same status says code=404.
	Writers []string `json:"writers,omitempty"`
	// Codes are statuses that are not registered and that the team uses on
	// purpose.
	Codes []int `json:"codes,omitempty"`
	// SessionAuth are the packages that log in by a form and a cookie, where a
	// 401 has no challenge on purpose: import paths, with "/..." for what is below.
	SessionAuth []string `json:"session-auth,omitempty"`
}

// Check reports the first thing that is wrong with the settings.
func (s *Settings) Check() error {
	for _, id := range slices.Concat(s.Enable, s.Disable) {
		if _, ok := lookupRule(id); !ok && id != "all" {
			return noRule(id)
		}
	}
	if slices.Contains(s.Disable, "all") {
		return errors.New("statuslint: disable names rules; all of them is no setting")
	}
	if s.Severity != "" {
		if _, err := ParseSeverity(s.Severity); err != nil {
			return err
		}
	}
	for id, text := range s.Severities {
		if _, ok := lookupRule(id); !ok {
			return noRule(id)
		}
		if _, err := ParseSeverity(text); err != nil {
			return err
		}
	}
	for _, text := range s.Writers {
		if _, err := parseWriter(text); err != nil {
			return err
		}
	}
	for _, code := range s.Codes {
		if code < 100 || code > 999 {
			return fmt.Errorf("statuslint: code %d: not three digits", code)
		}
	}
	return nil
}

// noRule is the error for a rule that does not exist, with the nearest that
// does.
func noRule(id string) error {
	best, distance := "", 4
	for i := range ruleTable {
		if d := editDistance(strings.ToLower(id), strings.ToLower(ruleTable[i].ID)); d < distance {
			best, distance = ruleTable[i].ID, d
		}
	}
	if best != "" {
		return fmt.Errorf("no rule %q; is %s meant?", id, best)
	}
	return fmt.Errorf("no rule %q", id)
}

// editDistance counts the letters to insert, delete or replace to make b of a.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// ParseSeverity reads "error", "warning" or "info".
func ParseSeverity(text string) (Severity, error) {
	for _, v := range []Severity{Info, Warning, Error} {
		if v.String() == text {
			return v, nil
		}
	}
	return 0, fmt.Errorf("severity %q is not error, warning or info", text)
}

// severity returns how bad a rule is for the team.
func (s *Settings) severity(r *Rule) Severity {
	if text, ok := s.Severities[r.ID]; ok {
		if v, err := ParseSeverity(text); err == nil {
			return v
		}
	}
	return r.Severity
}

// sessionAuth reports whether a package answers 401 without a challenge on
// purpose.
func (s *Settings) sessionAuth(path string) bool {
	return slices.ContainsFunc(s.SessionAuth, func(pattern string) bool {
		base, below := strings.CutSuffix(pattern, "/...")
		return path == base || below && strings.HasPrefix(path, base+"/")
	})
}

// parseWriter reads an entry of Writers.
func parseWriter(text string) (*knownCall, error) {
	bad := func(reason string) (*knownCall, error) {
		return nil, fmt.Errorf("statuslint: writer %q: %s", text, reason)
	}
	name, params, ok := strings.Cut(text, "(")
	params, closed := strings.CutSuffix(strings.TrimSpace(params), ")")
	if !ok || !closed {
		return bad("not of the form package.Func(w, status=1)")
	}
	slash := strings.LastIndexByte(name, '/')
	parts := strings.Split(name[slash+1:], ".")
	row := &knownCall{does: answers, writer: arg1, content: whatever, whole: true}
	switch len(parts) {
	case 2:
		row.pkg, row.names = name[:slash+1]+parts[0], parts[1]
	case 3:
		row.pkg, row.recv, row.names = name[:slash+1]+parts[0], strings.Trim(parts[1], "(*)"), parts[2]
	default:
		if slash < 0 || len(parts) < 2 {
			return bad("not of the form package.Func(w, status=1)")
		}
		row.pkg, row.names = name[:slash+1]+strings.Join(parts[:len(parts)-1], "."), parts[len(parts)-1]
	}
	for _, p := range strings.Split(params, ",") {
		key, value, has := strings.Cut(strings.TrimSpace(p), "=")
		n := 0
		if has && value != "receiver" {
			var err error
			if n, err = strconv.Atoi(value); err != nil || n < 0 {
				return bad(value + " is not the number of a parameter")
			}
		}
		at := arg1 + place(n)
		if value == "receiver" {
			at = itself
		}
		switch key {
		case "w", "writer":
			row.writer = at
		case "status":
			row.status = at
		case "code":
			row.code = n
			continue
		default:
			return bad("no parameter " + strconv.Quote(key) + "; there are w, status and code")
		}
		if n > 3 {
			return bad("only the first four parameters count")
		}
	}
	if row.status == absent && row.code == 0 {
		return bad("neither status nor code is given")
	}
	return row, nil
}

// settingsFlag is Settings as a flag, in JSON: what the command and the plugin
// hand to the analyzer.
type settingsFlag struct{ *Settings }

func (f settingsFlag) String() string { return "" }

func (f settingsFlag) Set(text string) error {
	var s Settings
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return err
	}
	*f.Settings = s
	return nil
}
