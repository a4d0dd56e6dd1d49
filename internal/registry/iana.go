package registry

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

var isDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`).MatchString

// editions checks that the registries are byte for byte what editions.csv says
// they are.
func (l *loader) editions(r *Registry) {
	seen := map[string]bool{}
	for _, row := range l.table(editionsFile, "file,updated,sha256,origin") {
		file, updated, want, origin := row.cells[0], row.cells[1], row.cells[2], row.cells[3]
		switch {
		case file != codesFile && file != methodsFile:
			l.complain(editionsFile, row.line, "no registry is kept as %q", file)
			continue
		case seen[file]:
			l.complain(editionsFile, row.line, "%s has an edition already", file)
			continue
		case !isDate(updated):
			l.complain(editionsFile, row.line, "%q is not a date", updated)
		case origin == "":
			l.complain(editionsFile, row.line, "%s has no origin", file)
		}
		seen[file] = true
		b, ok := l.read(file)
		if !ok {
			continue
		}
		sum := sha256.Sum256(b)
		got := hex.EncodeToString(sum[:])
		if got != want {
			l.complain(editionsFile, row.line, "%s has SHA-256 %s, not %s", file, got, want)
		}
		if file == codesFile {
			r.Updated, r.SHA256 = updated, got
		}
	}
	for _, file := range []string{codesFile, methodsFile} {
		if !seen[file] {
			l.complain(editionsFile, 1, "%s has no edition", file)
		}
	}
}

// codes reads the status codes.
func (l *loader) codes(r *Registry) {
	for i := 1; i < len(r.Classes); i++ {
		r.Classes[i] = Entry{Code: i, Reference: "RFC 9110, Section 15." + itoa(i+1)}
		r.Classes[i].URL = documentURL(r.Classes[i].Reference)
	}
	last := 99
	for _, row := range l.table(codesFile, "Value,Description,Reference") {
		value, description, reference := row.cells[0], row.cells[1], row.cells[2]
		first, end, isRange := strings.Cut(value, "-")
		if !isRange {
			end = first
		}
		from, ok1 := parseCode(first)
		to, ok2 := parseCode(end)
		switch {
		case !ok1 || !ok2 || to < from:
			l.complain(codesFile, row.line, "%q is not a code or a range of codes", value)
			continue
		case from != last+1:
			l.complain(codesFile, row.line, "%s does not follow %d", value, last)
		}
		last = to
		if description == "Unassigned" {
			continue
		}
		if isRange {
			l.complain(codesFile, row.line, "%s is a range, but not unassigned", value)
			continue
		}
		e := Entry{Code: from, line: row.line}
		e.Phrase, e.Remark = splitRemark(description)
		e.Name = goName(e.Phrase)
		e.Reference = ianaReference(reference)
		e.URL = documentURL(e.Reference)
		switch {
		case e.Name == "":
			l.complain(codesFile, row.line, "%q is not a phrase", description)
		case e.Reference == "":
			l.complain(codesFile, row.line, "%d has no reference", from)
		case e.Phrase == "(Unused)":
			r.Reserved = append(r.Reserved, e)
		default:
			r.Codes = append(r.Codes, e)
		}
	}
	names := map[string]int{}
	for _, e := range r.Codes {
		if c, ok := names[e.Name]; ok {
			l.complain(codesFile, e.line, "%d and %d are both named %s", c, e.Code, e.Name)
		}
		names[e.Name] = e.Code
	}
}

// parseCode reads a status code: three digits from 100 to 599.
func parseCode(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == 3 && 100 <= n && n <= 599
}

// splitRemark splits "Not Extended (OBSOLETED)". "(Unused)" is all phrase.
func splitRemark(description string) (phrase, remark string) {
	phrase, remark, ok := strings.Cut(description, " (")
	if !ok || !strings.HasSuffix(remark, ")") {
		return description, ""
	}
	return phrase, strings.TrimSuffix(remark, ")")
}

// goName makes a Go identifier of a phrase by leaving out everything but its
// letters and digits; the words keep their capitals.
func goName(phrase string) string {
	var b strings.Builder
	start := true
	for _, c := range phrase {
		switch {
		case 'a' <= c && c <= 'z' && start:
			b.WriteRune(c - 'a' + 'A')
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9' && b.Len() > 0:
			b.WriteRune(c)
		default:
			start = true
			continue
		}
		start = false
	}
	return b.String()
}

var ianaRFC = regexp.MustCompile(`^\[RFC(\d+)(, Section [\d.]+)?\]`)

// ianaReference turns "[RFC9110, Section 15.5.5]" into
// "RFC 9110, Section 15.5.5". Of several references the first one counts.
func ianaReference(s string) string {
	if m := ianaRFC.FindStringSubmatch(s); m != nil {
		return "RFC " + m[1] + m[2]
	}
	s, _, _ = strings.Cut(strings.TrimPrefix(s, "["), "]")
	return s
}

// methods reads the methods. The row "*" is not a method but a note that the
// name is taken.
func (l *loader) methods(r *Registry) {
	seen := map[string]bool{}
	for _, row := range l.table(methodsFile, "Method Name,Safe,Idempotent,Reference") {
		m := Method{Name: row.cells[0], Reference: ianaReference(row.cells[3])}
		safe, ok1 := parseYes(row.cells[1])
		idempotent, ok2 := parseYes(row.cells[2])
		m.Safe, m.Idempotent = safe, idempotent
		switch {
		case m.Name == "*":
			continue
		case !isToken(m.Name):
			l.complain(methodsFile, row.line, "%q is not a method name", m.Name)
		case seen[m.Name]:
			l.complain(methodsFile, row.line, "method %s is listed twice", m.Name)
		case !ok1 || !ok2:
			l.complain(methodsFile, row.line, "method %s: safe and idempotent are yes or no", m.Name)
		case m.Safe && !m.Idempotent:
			l.complain(methodsFile, row.line, "method %s is safe, but not idempotent", m.Name)
		default:
			r.Methods = append(r.Methods, m)
		}
		seen[m.Name] = true
	}
}

func parseYes(s string) (yes, ok bool) { return s == "yes", s == "yes" || s == "no" }

// isToken reports whether s can be the name of a method or of a field
// (RFC 9110, Section 5.6.2).
func isToken(s string) bool {
	for _, c := range s {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.ContainsRune("!#$%&'*+-.^_`|~", c):
		default:
			return false
		}
	}
	return s != ""
}
