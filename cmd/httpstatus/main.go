// Httpstatus explains HTTP status codes in the terminal.
//
//	httpstatus 429              the card of a code
//	httpstatus not found        the same by name, quoted or not
//	httpstatus 502 503 504      several cards; commas do as well
//	httpstatus StatusNotFound   the name of net/http, a status line, a nickname
//	httpstatus nginx 499        a vendor and its number
//	httpstatus 499              what a client makes of an unregistered code, and
//	                            which vendors use it for what
//	httpstatus connection_refused
//	                            an error type of Proxy-Status
//	httpstatus UNAVAILABLE      a code of gRPC or Connect; "grpc internal" where
//	                            the name is that of a status code too
//	httpstatus 405-allow-missing
//	                            a rule of check, probe or statuslint
//	httpstatus 404-410          the codes from one to another; 40x are ten
//	httpstatus list             every registered code
//	httpstatus list 4xx         those of one class, also by its name
//	httpstatus list rpc         another table: proxystatus, rpc or unofficial
//	httpstatus pick             asks what happened, and answers with the code
//	httpstatus pick rate limit  the codes that fit these words best
//	httpstatus check            which exchanges break the RFCs
//	httpstatus probe URL        what a running server does wrong
//	httpstatus serve            the pages of the library, for a browser
//	httpstatus help             this, in short
//
// A card says what the code means, when a server uses it, with which codes it
// is confused, which header fields come with it and how strongly they are asked
// for, whether the request can be repeated, stored and followed, and where all
// that is written.
//
// Text is wrapped to COLUMNS, or else to the width of the terminal, or else to
// 80 columns. Colour is used on a terminal, or where FORCE_COLOR is set, and
// neither where TERM is dumb nor where NO_COLOR is set.
//
// The exit status is 0 if there was an answer, 1 if it could not be written,
// and 2 if the question was not understood; in that case one line on standard
// error says why and names what may have been meant. A number that is no status
// code, such as 799, is understood: clients have a rule for it.
//
// # JSON
//
// With -json, before or after the other arguments, a card is an object; several
// cards, a list or a pick are an array of them. With -oneline each code is one
// line, with tabs between the code, the phrase and what sets it apart. Fields
// may be added; these keep their names and meaning, and all of them are always
// there:
//
//	code                    the number
//	phrase                  "Not Found"; "" if the code is not registered
//	constant                "NotFound", the name of the Go constant; or ""
//	class                   "4xx"; "invalid" outside 100 to 599
//	valid                   whether it is a status code at all
//	registered              whether it is in IANA's registry with a meaning
//	reserved                whether the registry lists it as "(Unused)"
//	fallback                the code that a client treats it as
//	meaning                 what it says
//	use_when                when a server uses it
//	not_to_be_confused_with an array of {code, phrase, how}
//	debugging               where to look first when it shows up; or ""
//	headers                 an array of {name, level, when, reference}: level is
//	                        MUST, MUST NOT, SHOULD or MAY, when is "" for always
//	retryable               whether the code alone makes a repeat worthwhile
//	retry                   when a client may send the same request again, as a
//	                        sentence
//	applied                 may the request have been carried out: "applied",
//	                        "not applied" or "unknown"
//	cacheable               whether a cache may keep it without a lifetime
//	forbids_storage         whether a cache must not keep it at all
//	allows_content          whether the response may have content
//	redirect                whether a client follows Location by itself
//	permanent               whether the redirect is for good
//	preserves_method        whether the redirect keeps every method
//	redirect_methods        what some methods become when redirected, as in
//	                        {"POST": "GET"}; {} if it is no redirect
//	historic_names          earlier phrases
//	reference               "RFC 9110, Section 15.5.5"
//	url                     where to read that
//	remark                  on a temporary or obsolete registration; or ""
//	unofficial              what vendors mean by the code, which binds no one else: an
//	                        array of {vendor, phrase, meaning, source}; phrase
//	                        may be ""
//
// The other tables have fields of their own. A proxy error type: name, meaning,
// status (0 where none is recommended), applied, applied_reason,
// only_intermediary, parameters (an array of {name, type}), reference, url. A code
// of gRPC: code, name, connect, meaning, hint, status, shared_with (the names of
// the others with that status), from_http and connect_from_http (what status codes
// a client takes for it). An unofficial use: code, vendor, phrase, meaning, source.
// A rule: id, group, severity, off (not checked unless enabled), summary, why, fix,
// reference ("practice" if no RFC has it), quote.
package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

func main() {
	os.Exit(run(os.Args[1:], system{
		getenv:   os.Getenv,
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		terminal: func() (int, bool) { return terminalWidth(os.Stdout) },
		raw:      func() (func(), bool) { return rawTerminal(os.Stdin) },
	}))
}

// A system is what the command sees of the world.
type system struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer

	// terminal returns the width of the terminal that stdout is, or false if
	// it is none.
	terminal func() (width int, ok bool)

	// raw makes stdin give each key as it is pressed, if it is a terminal that
	// can. It returns what undoes that.
	raw func() (restore func(), ok bool)
}

// The exit statuses.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

// A subcommand is one of the command's verbs. Whatever names none is a status
// code to look up.
type subcommand struct {
	name    string
	args    string // for the help text
	summary string
	usage   string // its own help; each flag begins a line, after two spaces
	live    bool   // writes as it goes, and not in one piece at the end
	run     func(args []string, sys system) (status int, err error)
}

// subcommands is a function because help, which is in the table, prints it.
func subcommands() []subcommand {
	return []subcommand{
		{"list", "[-json] [class]", "the registered codes, or another table", listUsage, false, runList},
		{"pick", "[words]", "asks what happened, or looks for words", pickUsage, true, runPick},
		{"check", "[input ...]", "what exchanges break the RFCs", checkUsage, true, func(args []string, sys system) (int, error) {
			return runCheck(args, sys.stdin, sys.stdout, sys.stderr), nil
		}},
		{"probe", "[flags] URL", "what a running server does wrong", probeUsage, true, runProbe},
		{"serve", "[-addr HOST:PORT]", "the pages of the library, for a browser", serveUsage, true, runServe},
		{"completion", "bash|zsh|fish", "a script that completes words in a shell", completionUsage, false, runCompletion},
		{"man", "", "the manual page, for man -l -", manUsage, false, runMan},
		{"version", "", "the version, and the registry's edition", versionUsage, false, runVersion},
		{"help", "[command]", "this text, or that of a command", "", false, runHelp},
	}
}

// A usageError is a question that was not understood. Its text is one line.
type usageError string

func (e usageError) Error() string { return string(e) }

// run is the command: it answers args and returns the exit status.
func run(args []string, sys system) int {
	sub, rest := dispatch(args)
	// Answers are written in one piece, so that a failure leaves no half of one
	// and there is one place to notice it.
	var out bytes.Buffer
	buffered := sys
	if !sub.live {
		buffered.stdout = &out
	}
	status, err := sub.answer(rest, buffered)
	if err == nil {
		if _, err = sys.stdout.Write(out.Bytes()); err == nil {
			return status
		}
	}
	fmt.Fprintf(sys.stderr, "httpstatus: %v\n", err)
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailure
}

// dispatch finds the verb, which is the first argument that is no flag, and
// returns all other arguments. Flags with a value come after the verb.
func dispatch(args []string) (sub subcommand, rest []string) {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if isFlag(arg) {
			continue
		}
		for _, sub := range subcommands() {
			if sub.name == arg {
				return sub, append(append([]string{}, args[:i]...), args[i+1:]...)
			}
		}
		break
	}
	return subcommand{usage: usage(), run: runLookup}, args
}

// answer runs the verb; help is asked of any.
func (sub subcommand) answer(args []string, sys system) (status int, err error) {
	status, err = sub.run(args, sys)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(sys.stdout, sub.usage)
		return exitOK, err
	}
	return status, err
}

// isFlag reports whether arg is a flag. A negative number is none: it is a code
// to look up, if an odd one.
func isFlag(arg string) bool {
	return len(arg) > 1 && arg[0] == '-' && !isNumber(arg)
}

// parseFlags parses flags that may stand before, between and after the other
// arguments, which it returns. It returns flag.ErrHelp if help is asked for,
// and a usageError if there is an unknown flag.
func parseFlags(flags *flag.FlagSet, args []string) (rest []string, err error) {
	help := "httpstatus help" + strings.TrimPrefix(flags.Name(), "httpstatus")
	flags.SetOutput(io.Discard)
	for len(args) > 0 {
		switch {
		case args[0] == "--":
			return append(rest, args[1:]...), nil
		case !isFlag(args[0]):
			rest, args = append(rest, args[0]), args[1:]
		default:
			// Parse stops at the first argument that is no flag, but would eat
			// "--" and take a negative number for a flag.
			n := 1
			for n < len(args) && args[n] != "--" && !(strings.HasPrefix(args[n], "-") && isNumber(args[n])) {
				n++
			}
			err := flags.Parse(args[:n])
			if err != nil && n < len(args) && strings.HasPrefix(err.Error(), "flag needs an argument") && args[n] != "--" {
				n++ // a negative number, which the flag itself judges
				err = flags.Parse(args[:n])
			}
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			} else if err != nil {
				text := strings.Replace(err.Error(), "flag provided but not defined:", "there is no flag", 1)
				return nil, usageError(oneLine(text) + `; see "` + help + `"`)
			}
			args = append(append([]string{}, flags.Args()...), args[n:]...)
		}
	}
	return rest, nil
}

// usage is the help text of the command.
func usage() string {
	var b strings.Builder
	b.WriteString(`Httpstatus explains HTTP status codes.

  httpstatus [-json] 429              the card of a code
  httpstatus [-json] not found        the same by name
  httpstatus [-json] 502 503 504      several cards
`)
	for _, sub := range subcommands() {
		fmt.Fprintf(&b, "  httpstatus %-24s %s\n", strings.TrimSpace(sub.name+" "+sub.args), sub.summary)
	}
	fmt.Fprintf(&b, `
  -json      print JSON; flags may stand anywhere
  -oneline   print a line for each code, with tabs between its parts
  -version   print the version and exit
  -h         print this text

A name is taken as people write it: StatusNotFound, HttpStatus.NOT_FOUND,
"HTTP/1.1 404 Not Found", nginx 499, teapot. Unregistered codes (499) and
numbers that are no status codes (799) get an answer too: what a client treats
them as, and which vendors use them for what. Error types of Proxy-Status
(connection_refused), codes of gRPC (UNAVAILABLE) and rules of check, probe and
statuslint (405-allow-missing) are known too. Unknown names exit with status 2.
COLUMNS sets the width; NO_COLOR turns colour off, FORCE_COLOR turns it on.

The codes are those of IANA's registry of %s.
`, httpstatus.RegistryUpdated())
	return b.String()
}

func runHelp(args []string, sys system) (status int, err error) {
	rest, err := parseFlags(flag.NewFlagSet("httpstatus", flag.ContinueOnError), args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return 0, err
	}
	text := usage()
	if len(rest) > 0 {
		text = ""
		for _, sub := range subcommands() {
			if sub.name == rest[0] {
				text = cmp.Or(sub.usage, usage())
			}
		}
		if text == "" {
			if status, err = runLookup(rest, sys); err == nil {
				return status, nil // help with a code
			}
			return 0, usageError("there is no command " + quote(rest[0]) + `; see "httpstatus help"`)
		}
	}
	_, err = io.WriteString(sys.stdout, text)
	return exitOK, err
}

// A form is how an answer is to be printed.
type form struct{ json, oneLine bool }

// newFlags returns the flags that every answer about codes has, for the command
// or one of its verbs.
func newFlags(verb string) (flags *flag.FlagSet, f *form) {
	flags, f = flag.NewFlagSet(strings.TrimSpace("httpstatus "+verb), flag.ContinueOnError), &form{}
	flags.BoolVar(&f.json, "json", false, "")
	flags.BoolVar(&f.oneLine, "oneline", false, "")
	return flags, f
}

// runLookup prints the card of the code, or the codes, that args name.
func runLookup(args []string, sys system) (status int, err error) {
	flags, f := newFlags("")
	version := flags.Bool("version", false, "")
	rest, err := parseFlags(flags, args)
	if err != nil {
		return 0, err
	}
	if *version {
		return runVersion(nil, sys)
	}
	if len(rest) == 0 {
		return 0, usageError(`which status code? Try "httpstatus 429", "httpstatus not found", "httpstatus list" or "httpstatus help"`)
	}
	if len(rest) > 1 && strings.EqualFold(rest[0], "explain") {
		rest = rest[1:] // as other commands call it
	}
	name := strings.Join(rest, " ")
	if rule, ok := ruleNamed(name); ok {
		return exitOK, printRule(rule, *f, sys)
	}
	if rule, ok := lintRule(name); ok {
		return exitOK, printLintRule(rule, *f, sys)
	}
	if name, ok := protocolName(strings.Fields(name)); ok {
		return exitOK, printRPC(name, *f, sys)
	}
	if from, to, ok := parseRange(name); ok {
		return exitOK, printRange(from, to, *f, sys)
	}
	codes, err := lookup(rest)
	if err != nil {
		// A class is a fair question as well.
		if classes := parseClasses(name); len(classes) == 1 {
			return printClass(classes[0], *f, sys)
		} else if len(classes) > 1 {
			return printList(classes, *f, sys)
		}
		if ok, err := lookupTables(name, *f, sys); ok {
			return exitOK, err
		}
		if id := nearestRule(name); id != "" {
			err = usageError("no rule is called " + quote(name) + "; did you mean " + id + "?")
		}
		return 0, err
	}
	return exitOK, printCodes(codes, *f, sys)
}

// printCodes prints the cards of codes.
func printCodes(codes []httpstatus.Code, f form, sys system) error {
	switch {
	case f.json && len(codes) == 1:
		return card.WriteJSON(sys.stdout, card.New(codes[0]))
	case f.json || f.oneLine:
		return printData(codes, f, sys)
	}
	p := newPage(sys)
	for i, c := range codes {
		if i > 0 {
			p.blank()
			p.rule()
			p.blank()
		}
		p.card(card.New(c))
	}
	_, err := io.WriteString(sys.stdout, p.String())
	return err
}

// printData prints codes for programs: as lines, or as an array of cards.
func printData(codes []httpstatus.Code, f form, sys system) error {
	if f.oneLine {
		return printLines(codes, sys)
	}
	cards := []card.Card{}
	for _, c := range codes {
		cards = append(cards, card.New(c))
	}
	return card.WriteJSON(sys.stdout, cards)
}

// printLines prints a line for each code, with tabs between its parts.
func printLines(codes []httpstatus.Code, sys system) error {
	var b strings.Builder
	for _, c := range codes {
		k := card.New(c)
		fmt.Fprintf(&b, "%d\t%s\t%s\n", int(c), k.Title(), strings.Join(k.Tags(), ", "))
	}
	_, err := io.WriteString(sys.stdout, b.String())
	return err
}

const versionUsage = `Version prints the version, and the edition of IANA's registry that it knows.

  httpstatus version

  -h   print this text
`

func runVersion(args []string, sys system) (status int, err error) {
	rest, err := parseFlags(flag.NewFlagSet("httpstatus version", flag.ContinueOnError), args)
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 0:
		return 0, usageError("version takes no words")
	}
	_, err = fmt.Fprintf(sys.stdout, "httpstatus %s, with IANA's registry of %s\n", buildVersion(), httpstatus.RegistryUpdated())
	return exitOK, err
}

// buildVersion is the version of the module that the command was built from, or
// the revision of the checkout.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "(devel) " + s.Value[:min(len(s.Value), 12)]
		}
	}
	return "(devel)"
}
