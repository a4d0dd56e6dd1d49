package main

import (
	"fmt"
	"io"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

// listColumn is where the remarks of a list begin: after the code and the
// longest phrase.
const listColumn = 39

const listUsage = `List shows the registered codes, those of one class, or another table.

  httpstatus list [class]
  httpstatus list proxystatus    what goes wrong behind proxies (RFC 9209)
  httpstatus list rpc            the codes of gRPC and Connect
  httpstatus list unofficial     what vendors mean by codes

A class is 4xx, 4, "client error" or redirects.

  -json      print an array of cards
  -oneline   print a line for each code, with tabs between its parts
  -h         print this text
`

// runList prints the registered codes, those of one class, or the table of a
// neighbour.
func runList(args []string, sys system) (status int, err error) {
	flags, f := newFlags("list")
	rest, err := parseFlags(flags, args)
	if err != nil {
		return 0, err
	}
	if len(rest) == 0 {
		return printList(card.Classes[:], *f, sys)
	}
	name := strings.Join(rest, " ")
	if table := tables[name]; table != nil {
		return exitOK, table(*f, sys)
	}
	class := parseClass(name)
	if class == 0 {
		return 0, usageError("no class is called " + quote(name) + "; there are " + classNames() +
			", and the tables proxystatus, rpc and unofficial")
	}
	return printList([]httpstatus.Class{class}, *f, sys)
}

// classNames returns the classes as a phrase.
func classNames() string {
	var names []string
	for _, c := range card.Classes {
		names = append(names, c.String()+" "+card.ClassName(c))
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func printList(of []httpstatus.Class, f form, sys system) (status int, err error) {
	if f.json || f.oneLine {
		var codes []httpstatus.Code
		for _, class := range of {
			for _, k := range card.Of(class) {
				codes = append(codes, k.Code)
			}
		}
		return exitOK, printCodes(codes, f, sys)
	}
	p := newPage(sys)
	for i, class := range of {
		if i > 0 {
			p.blank()
		}
		p.class(class)
	}
	_, err = io.WriteString(sys.stdout, p.String())
	return exitOK, err
}

// printClass answers a lookup of a class: what a client makes of its codes in
// general, and which there are.
func printClass(class httpstatus.Class, f form, sys system) (status int, err error) {
	if f.json || f.oneLine {
		return printList([]httpstatus.Class{class}, f, sys)
	}
	p := newPage(sys)
	p.row(classStyle(class), class.String(), 4, card.ClassName(class))
	p.blank()
	d := httpstatus.Describe(card.Generic(class))
	p.paragraph(card.Sentence(d.Meaning))
	p.blank()
	p.paragraph(card.Sentence(d.UseWhen))
	p.blank()
	p.class(class)
	_, err = io.WriteString(sys.stdout, p.String())
	return exitOK, err
}

// printRange answers a lookup of all codes from one to another: those that are
// registered.
func printRange(from, to httpstatus.Code, f form, sys system) error {
	var codes []httpstatus.Code
	for c := range httpstatus.All() {
		if from <= c && c <= to {
			codes = append(codes, c)
		}
	}
	if len(codes) == 0 {
		return usageError(fmt.Sprintf("no code from %d to %d is registered", int(from), int(to)))
	}
	if f.json || f.oneLine {
		return printData(codes, f, sys)
	}
	p := newPage(sys)
	for _, c := range codes {
		p.line(card.New(c))
	}
	return writeText(sys, p.String())
}

// class writes the codes of a class, one to a line.
func (p *page) class(class httpstatus.Class) {
	p.heading(class.String() + " " + card.ClassName(class))
	for _, k := range card.Of(class) {
		p.line(k)
	}
}

// line writes a code of a list.
func (p *page) line(k card.Card) {
	p.row(plain, fmt.Sprintf("  %d %s", int(k.Code), k.Phrase), listColumn, strings.Join(k.Tags(), ", "))
}
