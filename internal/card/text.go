package card

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/httpstatus"
)

// Classes are the classes, in order.
var Classes = [...]httpstatus.Class{
	httpstatus.Informational,
	httpstatus.Successful,
	httpstatus.Redirection,
	httpstatus.ClientError,
	httpstatus.ServerError,
}

// ClassName returns the name that RFC 9110, Section 15 gives to a class.
func ClassName(c httpstatus.Class) string {
	switch c {
	case httpstatus.Informational:
		return "Informational"
	case httpstatus.Successful:
		return "Successful"
	case httpstatus.Redirection:
		return "Redirection"
	case httpstatus.ClientError:
		return "Client Error"
	case httpstatus.ServerError:
		return "Server Error"
	}
	return ""
}

// Generic returns a code of the class that has no card of its own, so that it
// has that of the class. A test notices if the registry fills up.
func Generic(class httpstatus.Class) httpstatus.Code {
	return httpstatus.Code(class)*100 + 99
}

// Title returns what stands beside the number in the first line of a card.
func (k Card) Title() string {
	switch {
	case k.Reserved:
		return "(Unused)"
	case k.Valid && !k.Registered:
		return "(unregistered)"
	}
	return k.Phrase
}

// Standing says what a number without a card of its own is, and what a client
// makes of it.
func (k Card) Standing() string {
	what := "is not registered"
	if !k.Valid {
		what = "is no status code: those are 100 to 599"
	}
	return fmt.Sprintf("%d %s. A client treats it as %v %s.", int(k.Code), what, k.Fallback, Together("(RFC 9110, Section 15)"))
}

// Tags returns what sets a code apart within its class, in few words.
func (k Card) Tags() []string {
	var tags []string
	add := func(is bool, tag string) {
		if is {
			tags = append(tags, tag)
		}
	}
	if names := k.RequiredHeaders(); len(names) > 0 {
		add(true, "needs "+strings.Join(names, " and "))
	}
	add(k.Retryable, "retry")
	add(k.Redirect && k.Permanent, "permanent")
	add(k.Redirect && k.PreservesMethod, "same method")
	add(k.Cacheable, "cacheable")
	if !k.Code.IsInformational() { // none of which has content or is stored
		add(k.ForbidsStorage, "never stored")
		add(!k.AllowsContent, "no content")
	}
	return tags
}

// JoinRules returns the rules with the names of those joined that differ in
// nothing else: a 206 has six fields under one condition.
func JoinRules(rules []HeaderRule) []HeaderRule {
	var joined []HeaderRule
	for _, r := range rules {
		same := slices.IndexFunc(joined, func(j HeaderRule) bool {
			j.Name = r.Name
			return j == r
		})
		if same < 0 {
			joined = append(joined, r)
		} else {
			joined[same].Name += ", " + r.Name
		}
	}
	return joined
}

// RetryText says when a client may send the same request again. It asks
// [httpstatus.Attempt] about the few requests that make a difference, rather
// than knowing the answers.
func RetryText(c httpstatus.Code) string {
	ask := func(method string, vouched, told bool) httpstatus.Retry {
		a := httpstatus.Attempt{Method: method, Status: c, Vouched: vouched}
		if told {
			a.Header = map[string][]string{"Retry-After": {"120"}}
		}
		return a.Retry()
	}
	get, post := ask("GET", false, false), ask("POST", false, false)
	vouched, told := ask("POST", true, false), ask("POST", false, true)
	switch {
	case post.Again:
		needs := ""
		switch post.Needs {
		case httpstatus.NeedsNewConnection:
			needs = ", on a new connection"
		case httpstatus.NeedsNoEarlyData:
			needs = ", but not in early data"
		}
		return "Yes, whatever the method" + needs + ": " + post.Reason.String() + "."
	case get.Again && told.Again:
		return "Yes if it is idempotent, or if Retry-After names a time; if not, " + post.Reason.String() + "."
	case get.Again:
		return "Yes if it is idempotent; if not, " + post.Reason.String() + "."
	case told.Again:
		return "Only with a Retry-After: then " + told.Reason.String() + "."
	case vouched.Again:
		return "Only if the caller vouches for it, as by an Idempotency-Key: then " + vouched.Reason.String() + "."
	}
	return "No: " + get.Reason.String() + "."
}

// AppliedText says whether the request may have been carried out.
func (k Card) AppliedText() string {
	switch k.Code.Applied() {
	case httpstatus.NotApplied:
		return "No: this request was not carried out."
	case httpstatus.WasApplied:
		return "Yes: the request was carried out."
	}
	return "The code does not tell whether the request was carried out."
}

// CacheText says what a cache does with a response that has the code.
func (k Card) CacheText() string {
	switch {
	case k.Code.IsInformational():
		return "Never stored: only final responses are."
	case k.ForbidsStorage:
		return "Must not be stored, whatever Cache-Control says."
	case k.Code == httpstatus.NotModified:
		return "Not stored itself: it freshens the response that the cache holds."
	case k.Code == httpstatus.PartialContent:
		return "May be stored, even without a lifetime, by a cache that can combine ranges."
	case k.Cacheable:
		return "May be stored, even without a lifetime (heuristically cacheable)."
	}
	return "Stored only if the response allows it, as with max-age (not heuristically cacheable)."
}

// ContentText says whether the response may have content.
func (k Card) ContentText() string {
	if k.AllowsContent {
		return "Allowed, though never in a response to HEAD."
	}
	return "None, ever."
}

// RedirectText says how a client follows. It reads the methods' fate from the
// table rather than knowing it.
func (k Card) RedirectText() string {
	if !k.Redirect {
		if k.Code.IsRedirection() {
			return "Clients do not follow it by themselves."
		}
		return ""
	}
	span := "for now"
	if k.Permanent {
		span = "for good"
	}
	fate := "POST becomes GET, without content; every other method stays."
	switch {
	case k.PreservesMethod:
		fate = "The method and the content stay, whatever the method."
	case k.RedirectMethods["PUT"] == "GET":
		fate = "Every method but HEAD becomes GET, without content."
	}
	return "Clients follow Location, " + span + ". " + fate
}

// Sentence returns s with a capital letter and a full stop.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
		s += "."
	}
	return s
}

// FirstSentence returns s up to its first full stop that ends a sentence.
func FirstSentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}

// NoBreak stands for a space at which a line should not be broken.
const NoBreak = "\u00a0"

// Together returns s as text that stays on one line if it fits, as a
// citation should be.
func Together(s string) string { return strings.ReplaceAll(s, " ", NoBreak) }
