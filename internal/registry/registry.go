// Package registry holds what httpstatus is generated from, as files, and reads
// them: IANA's registries of status codes and methods as published, one row per
// fact about a code with the words it rests on (semantics.csv), the names that
// codes have had before (names.csv), a card of prose for each code (cards.txt),
// the codes of gRPC and Connect (rpc-codes.csv), the error types of proxies
// (proxy-errors.csv), the questions that separate the codes (choices.txt), what
// people say when they mean one (sayings.txt), and excerpts of the cited texts
// (texts, rpc), against which every citation and every quote is checked.
//
// To add or change a fact, edit its row, then run
//
//	go run ./internal/registry/excerpt -from DIR
//	go generate ./...
//
// where DIR holds the full texts; the first command takes the passage that the
// row quotes into texts, or says that the cited section does not hold it.
//
// The package knows nothing of package httpstatus, so that the generator works when that
// package does not compile.
package registry

import (
	"embed"
	"errors"
	"io/fs"
)

// Files are the inputs.
//
//go:embed *.csv *.txt texts rpc
var Files embed.FS

// The names of the inputs.
const (
	editionsFile = "editions.csv"
	codesFile    = "iana-http-status-codes.csv"
	methodsFile  = "iana-http-methods.csv"
	factsFile    = "semantics.csv"
	namesFile    = "names.csv"
	cardsFile    = "cards.txt"
	choicesFile  = "choices.txt"
	sayingsFile  = "sayings.txt"
	textsDir     = "texts"
)

// A Registry is everything that the inputs say.
type Registry struct {
	Updated  string   // when IANA last updated the status codes: "2025-09-15"
	SHA256   string   // of the status codes as published, in hexadecimal
	Codes    []Entry  // the registered codes, ascending; neither the unassigned nor the reserved ones
	Reserved []Entry  // 306 and 418, which the registry lists as "(Unused)"
	Classes  [6]Entry // 1 to 5: the class rows, whose Code is the digit; they speak for the unregistered codes
	Methods  []Method // in the order of the registry
	RPC      RPC      // the codes of gRPC and Connect

	ProxyErrors []ProxyError // in the order of their registration
	Questions   []Question   // those that separate the codes, the first one first
	Unchosen    []Unchosen   // codes that no question leads to, with the reason

	Sayings map[int][]string // by code: what people say when they mean it, the best saying first
}

// An Entry is one code, or one class, and all that is known of it.
type Entry struct {
	Code      int
	Name      string   // a Go identifier made of the phrase: "NotFound", "URITooLong", "OK"
	Phrase    string   // without remarks: "Not Found"
	Remark    string   // what the registry adds to the phrase: "OBSOLETED", "TEMPORARY - registered ...", or ""
	Reference string   // "RFC 9110, Section 15.5.5", with the section that defines the code
	URL       string   // of that section
	Facts     []Fact   // its own and those inherited from its class, in the order of the file
	Names     []string // what it was called before
	Card      Card

	line int // in the registry
}

// Fact returns the first fact about e with the given trait.
func (e Entry) Fact(trait string) (Fact, bool) {
	for _, f := range e.Facts {
		if f.Trait == trait {
			return f, true
		}
	}
	return Fact{}, false
}

// Has reports whether e has a fact with the given trait.
func (e Entry) Has(trait string) bool {
	_, ok := e.Fact(trait)
	return ok
}

// A Fact is one row of semantics.csv.
type Fact struct {
	Code      string // as written: "404", or "4xx" for a class
	Trait     string // "cacheable", "header", ...
	Value     string // what follows the colon in "header:Allow" or "retry:refused"; else ""
	Strength  string // MUST, MUST NOT, SHOULD, SHOULD NOT, MAY, note or policy
	When      string // a clause that completes "when ..."; "" for always
	Citation  string // "RFC 9110, Section 15.5.6"; may be "" for a policy
	Words     string // quoted from there, or the reason for a policy
	Inherited bool   // from the class
	File      string
	Line      int
}

// A Method is one row of the method registry.
type Method struct {
	Name             string
	Safe, Idempotent bool
	Reference        string
}

// A Card is the prose about a code.
type Card struct {
	Meaning  string // completes "NotFound is the 404 (Not Found) status code: ..."
	UseWhen  string
	Confused []Confusion
	Debug    string // where to look first
	Line     int    // in cards.txt
}

// A Confusion says how to choose between a code and another one.
type Confusion struct {
	Code int
	How  string
}

// Load reads the inputs and checks that they agree with each other: that the
// registries are the editions that they are said to be, that each row speaks of
// a known code and trait, that what it quotes stands in the section it cites,
// and that nothing is missing. The error joins one error per complaint, each of
// the form "semantics.csv:41: code 505 has no trait ...". cards.txt may be
// absent; if it is there, it must be complete.
func Load(fsys fs.FS) (*Registry, error) {
	l := &loader{fsys: fsys}
	r := &Registry{}
	l.editions(r)
	l.codes(r)
	l.methods(r)
	facts := l.facts(r)
	texts := l.texts()
	l.checkQuotes(facts, texts)
	l.references(r, texts)
	r.apply(facts)
	l.checkCoverage(r)
	l.names(r, texts)
	l.cards(r)
	r.RPC = l.rpc()
	r.ProxyErrors = l.proxyErrors()
	l.checkProxyErrors(r.ProxyErrors, texts)
	l.choices(r)
	l.sayings(r)
	if err := l.err(); err != nil {
		return nil, err
	}
	return r, nil
}

// entry returns the entry of a code as the inputs write it, "404" or "4xx"; nil
// if there is none.
func (r *Registry) entry(code string) *Entry {
	for i := range r.Codes {
		if itoa(r.Codes[i].Code) == code {
			return &r.Codes[i]
		}
	}
	for i := 1; i < len(r.Classes); i++ {
		if classCode(i) == code {
			return &r.Classes[i]
		}
	}
	return nil
}

// reserved returns the entry of a reserved code; nil if it is not reserved.
func (r *Registry) reserved(code string) *Entry {
	for i := range r.Reserved {
		if itoa(r.Reserved[i].Code) == code {
			return &r.Reserved[i]
		}
	}
	return nil
}

// A loader reads the inputs and collects complaints about them.
type loader struct {
	fsys fs.FS
	errs []error
}

func (l *loader) complain(file string, line int, format string, args ...any) {
	l.errs = append(l.errs, at(file, line, format, args...))
}

func (l *loader) err() error { return errors.Join(l.errs...) }
