// Httpstatus explains HTTP status codes in the terminal.
//
//	httpstatus 429              the card of a code
//	httpstatus not found        the same by name, quoted or not
//	httpstatus 502 503 504      several cards
//	httpstatus 499              what a client makes of an unregistered code, and
//	                            which vendors use it for what
//	httpstatus list             every registered code
//	httpstatus list 4xx         those of one class, also by its name
//	httpstatus pick             which code for which situation
//	httpstatus pick rate limit  the codes that fit best, told by their cards
//	httpstatus help             this, in short
//
// A card says what the code means, when a server uses it, with which codes it
// is confused, which header fields come with it and how strongly they are asked
// for, whether the request can be repeated, stored and followed, and where all
// that is written.
//
// Text is wrapped to COLUMNS, or else to the width of the terminal, or else to
// 80 columns. Colour is used on a terminal only, and neither where TERM is dumb
// nor where NO_COLOR is set.
//
// The exit status is 0 if there was an answer, 1 if it could not be written,
// and 2 if the question was not understood; in that case one line on standard
// error says why and names what may have been meant. A number that is no status
// code, such as 799, is understood: clients have a rule for it.
//
// # JSON
//
// With -json, before or after the other arguments, a card is an object, several
// cards are several objects, and a list or a pick is an array of them. Fields
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
//	unofficial              what vendors mean by the code, which binds nobody: an
//	                        array of {vendor, phrase, meaning, source}; phrase
//	                        may be ""
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/httpstatus"
)

func main() {
	os.Exit(run(os.Args[1:], system{
		getenv:   os.Getenv,
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		terminal: func() (int, bool) { return terminalWidth(os.Stdout) },
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
	run     func(args []string, sys system) (status int, err error)
}

// subcommands is a function because help, which is in the table, prints it.
func subcommands() []subcommand {
	return []subcommand{
		{"list", "[-json] [class]", "the registered codes, or those of a class", runList},
		{"pick", "[-json] [words]", "the codes that fit a situation, or a guide", runPick},
		{"check", "[input ...]", "what exchanges break the RFCs", func(args []string, sys system) (int, error) {
			return runCheck(args, sys.stdin, sys.stdout, sys.stderr), nil
		}},
		{"help", "", "this text", runHelp},
	}
}

// A usageError is a question that was not understood. Its text is one line.
type usageError string

func (e usageError) Error() string { return string(e) }

// run is the command: it answers args and returns the exit status.
func run(args []string, sys system) int {
	// Answers are written in one piece, so that a failure leaves no half of one
	// and there is one place to notice it.
	var out bytes.Buffer
	buffered := sys
	buffered.stdout = &out
	status, err := dispatch(args, buffered)
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
// hands all other arguments to it. Flags with a value come after the verb.
func dispatch(args []string, sys system) (status int, err error) {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if isFlag(arg) {
			continue
		}
		for _, sub := range subcommands() {
			if sub.name == arg {
				rest := append(append([]string{}, args[:i]...), args[i+1:]...)
				return sub.run(rest, sys)
			}
		}
		break
	}
	return runLookup(args, sys)
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
			if err := flags.Parse(args[:n]); errors.Is(err, flag.ErrHelp) {
				return nil, err
			} else if err != nil {
				text := strings.Replace(err.Error(), "flag provided but not defined:", "there is no flag", 1)
				return nil, usageError(oneLine(text) + `; see "httpstatus help"`)
			}
			args = append(append([]string{}, flags.Args()...), args[n:]...)
		}
	}
	return rest, nil
}

func runHelp(_ []string, sys system) (status int, err error) {
	var b strings.Builder
	b.WriteString(`Httpstatus explains HTTP status codes.

  httpstatus [-json] 429            the card of a code
  httpstatus [-json] not found      the same by name
  httpstatus [-json] 502 503 504    several cards
`)
	for _, sub := range subcommands() {
		fmt.Fprintf(&b, "  httpstatus %-22s %s\n", strings.TrimSpace(sub.name+" "+sub.args), sub.summary)
	}
	fmt.Fprintf(&b, `
  -json    print JSON; flags may stand anywhere
  -h       print this text

Unregistered codes (499) and numbers that are no status codes (799) get an
answer too: what a client treats them as, and which vendors use them for what.
Unknown names exit with status 2.
COLUMNS sets the width; NO_COLOR turns colour off.

The codes are those of IANA's registry of %s.
`, httpstatus.RegistryUpdated())
	_, err = io.WriteString(sys.stdout, b.String())
	return exitOK, err
}

// lookupFlags are the flags of a lookup, and of a list.
func lookupFlags() (flags *flag.FlagSet, asJSON *bool) {
	flags = flag.NewFlagSet("httpstatus", flag.ContinueOnError)
	return flags, flags.Bool("json", false, "")
}

// runLookup prints the card of the code, or the codes, that args name.
func runLookup(args []string, sys system) (status int, err error) {
	flags, asJSON := lookupFlags()
	rest, err := parseFlags(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		return runHelp(nil, sys)
	}
	if err != nil {
		return 0, err
	}
	if len(rest) == 0 {
		return 0, usageError(`which status code? Try "httpstatus 429", "httpstatus not found", "httpstatus list" or "httpstatus help"`)
	}
	codes, err := lookup(rest)
	if err != nil {
		// A class is a fair question as well.
		if class := parseClass(strings.Join(rest, " ")); class != 0 {
			return printClass(class, *asJSON, sys)
		}
		return 0, err
	}
	if *asJSON {
		for _, c := range codes {
			if err := writeJSON(sys.stdout, newCard(c)); err != nil {
				return 0, err
			}
		}
		return exitOK, nil
	}
	p := newPage(sys)
	for i, c := range codes {
		if i > 0 {
			p.blank()
			p.rule()
			p.blank()
		}
		p.card(newCard(c))
	}
	_, err = io.WriteString(sys.stdout, p.String())
	return exitOK, err
}

// lookup returns the codes that words name: each word is one if all of them are
// numbers, and else they are one name together.
func lookup(words []string) ([]httpstatus.Code, error) {
	var codes []httpstatus.Code
	for _, w := range words {
		n, ok := parseNumber(w)
		if !ok {
			c, err := httpstatus.Parse(strings.Join(words, " "))
			if err != nil {
				return nil, unknownName(strings.Join(words, " "), err)
			}
			return []httpstatus.Code{c}, nil
		}
		codes = append(codes, httpstatus.Code(n))
	}
	return codes, nil
}
