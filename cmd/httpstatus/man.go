package main

import (
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"example.com/httpstatus"
)

const manUsage = `Man prints the manual page of httpstatus.

  httpstatus man | man -l -

  -h   print this text
`

// runMan prints the manual page.
func runMan(args []string, sys system) (status int, err error) {
	rest, err := parseFlags(flag.NewFlagSet("httpstatus man", flag.ContinueOnError), args)
	if err != nil {
		return 0, err
	}
	if len(rest) > 0 {
		return 0, usageError("man takes no words")
	}
	_, err = io.WriteString(sys.stdout, manPage())
	return exitOK, err
}

// manPage is the manual page in the man macros of roff, made of the help texts.
func manPage() string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH HTTPSTATUS 1 %q httpstatus \"HTTP status codes\"\n", httpstatus.RegistryUpdated())
	b.WriteString(".SH NAME\nhttpstatus \\- explain HTTP status codes\n.SH SYNOPSIS\n")
	b.WriteString(".B httpstatus\n.RI [ flags ] \" code or name ...\"\n")
	for _, sub := range subcommands() {
		fmt.Fprintf(&b, ".br\n.B httpstatus %s\n", sub.name)
		if sub.args != "" { // an empty line would be a paragraph
			fmt.Fprintln(&b, roff(sub.args))
		}
	}
	b.WriteString(".SH DESCRIPTION\n")
	section(&b, usage())
	for _, sub := range subcommands() {
		if sub.usage != "" {
			fmt.Fprintf(&b, ".SH %s\n", strings.ToUpper(sub.name))
			section(&b, sub.usage)
		}
	}
	b.WriteString(".SH EXIT STATUS\n0 if there was an answer, 1 if it could not be written or\n.B check\n" +
		"found an error, 2 if the question was not understood.\n")
	b.WriteString(".SH ENVIRONMENT\n.TP\n.B COLUMNS\nThe width of the text.\n.TP\n.B NO_COLOR\n" +
		"No colour, whatever its value.\n.TP\n.B FORCE_COLOR\nColour, also where the output is no terminal.\n")
	return b.String()
}

// indented matches a line of a help text that shows a call.
var indented = regexp.MustCompile(`^  \S`)

// section writes a help text: flags as a list, calls as they stand, and the rest
// as paragraphs.
func section(b *strings.Builder, text string) {
	literal := false
	verbatim := func(on bool) {
		if on != literal {
			b.WriteString(map[bool]string{true: ".PP\n.nf\n.RS\n", false: ".RE\n.fi\n"}[on])
		}
		literal = on
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		m := flagLine.FindStringSubmatch(line)
		switch {
		case m != nil:
			verbatim(false)
			fmt.Fprintf(b, ".TP\n.BI \\-%s \" %s\"\n%s\n", roff(m[1]), m[2], roff(m[3]))
		case line == "":
			verbatim(false)
			b.WriteString(".PP\n")
		case strings.HasPrefix(line, "      ") && !literal:
			b.WriteString(roff(strings.TrimSpace(line)) + "\n")
		case indented.MatchString(line) || literal && strings.HasPrefix(line, "  "):
			verbatim(true)
			b.WriteString(roff(strings.TrimPrefix(line, "  ")) + "\n")
		default:
			verbatim(false)
			b.WriteString(roff(line) + "\n")
		}
	}
	verbatim(false)
}

// roff writes text that roff would take for something else: a backslash, a
// hyphen that is a minus, a dot or a quote at the beginning of a line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if s != "" && (s[0] == '.' || s[0] == '\'') {
		s = `\&` + s
	}
	return s
}
