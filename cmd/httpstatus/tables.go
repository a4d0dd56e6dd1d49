package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/proxystatus"
	"example.com/httpstatus/rpcstatus"
	"example.com/httpstatus/unofficial"
)

// Beside the status codes the command knows the tables of their neighbours.

// A proxyCard is all that is known of an error type of Proxy-Status.
type proxyCard struct {
	Name             string           `json:"name"`
	Meaning          string           `json:"meaning"`
	Status           httpstatus.Code  `json:"status"` // 0 where none is recommended
	Applied          string           `json:"applied"`
	AppliedReason    string           `json:"applied_reason"`
	OnlyIntermediary bool             `json:"only_intermediary"`
	Parameters       []proxyParameter `json:"parameters"`
	Reference        string           `json:"reference"`
	URL              string           `json:"url"`
}

type proxyParameter struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

func newProxyCard(t proxystatus.ErrorType) proxyCard {
	d := proxystatus.Describe(t)
	k := proxyCard{
		Name: t.String(), Meaning: d.Meaning, Status: t.Status(), Applied: t.Applied().String(), AppliedReason: d.Applied,
		OnlyIntermediary: t.OnlyIntermediary(), Parameters: []proxyParameter{}, Reference: t.Reference(), URL: d.URL,
	}
	for p := range t.Parameters() {
		k.Parameters = append(k.Parameters, proxyParameter(p))
	}
	return k
}

// An rpcCard is all that is known of a code of gRPC.
type rpcCard struct {
	Code            int               `json:"code"`
	Name            string            `json:"name"`
	Connect         string            `json:"connect"`
	Meaning         string            `json:"meaning"`
	Hint            string            `json:"hint"`
	Status          httpstatus.Code   `json:"status"`
	SharedWith      []string          `json:"shared_with"`
	FromHTTP        []httpstatus.Code `json:"from_http"`
	ConnectFromHTTP []httpstatus.Code `json:"connect_from_http"`
}

func newRPCCard(c rpcstatus.Code) rpcCard {
	d := rpcstatus.Describe(c)
	k := rpcCard{
		Code: int(c), Name: c.String(), Connect: c.Connect(), Meaning: d.Meaning, Hint: d.Hint, Status: c.HTTP(),
		SharedWith: []string{}, FromHTTP: []httpstatus.Code{}, ConnectFromHTTP: []httpstatus.Code{},
	}
	for _, o := range c.Lossy() {
		k.SharedWith = append(k.SharedWith, o.String())
	}
	if c == rpcstatus.Unknown {
		return k // of all the others
	}
	for s := range httpstatus.All() {
		if rpcstatus.FromHTTP(s) == c {
			k.FromHTTP = append(k.FromHTTP, s)
		}
		if rpcstatus.ConnectFromHTTP(s) == c {
			k.ConnectFromHTTP = append(k.ConnectFromHTTP, s)
		}
	}
	return k
}

// inTables reports whether name stands in a table of the neighbours, in any case.
func inTables(name string) bool {
	_, ok := proxystatus.ParseErrorType(strings.ToLower(name))
	_, err := rpcstatus.Parse(name)
	return ok || err == nil
}

// lookupTables answers for a name that is no status code but stands in a table of
// the neighbours, and says whether it does.
func lookupTables(name string, f form, sys system) (ok bool, err error) {
	p := newPage(sys)
	if t, ok := proxystatus.ParseErrorType(name); ok {
		k := newProxyCard(t)
		switch {
		case f.json:
			return true, card.WriteJSON(sys.stdout, k)
		case f.oneLine:
			return true, writeText(sys, k.line())
		}
		p.proxy(k)
		return true, writeText(sys, p.String())
	}
	if _, err := rpcstatus.Parse(name); err == nil {
		return true, printRPC(name, f, sys)
	}
	return false, nil
}

// protocolName returns what stands behind the name of a protocol that has codes of
// its own, as in "grpc internal", "connect unknown" or "codes.Internal".
func protocolName(words []string) (name string, ok bool) {
	if len(words) == 1 {
		return strings.CutPrefix(words[0], "codes.")
	}
	if len(words) < 2 {
		return "", false
	}
	switch normalize(words[0]) {
	case "grpc", "grpcstatus", "rpc", "connect":
		return strings.Join(words[1:], " "), true
	}
	return "", false
}

// printRPC answers for a code of gRPC.
func printRPC(name string, f form, sys system) error {
	c, err := rpcstatus.Parse(name)
	if err != nil {
		return usageError("no code of gRPC is called " + quote(name) + `; "httpstatus list rpc" shows them all`)
	}
	k := newRPCCard(c)
	switch {
	case f.json:
		return card.WriteJSON(sys.stdout, k)
	case f.oneLine:
		return writeText(sys, k.line())
	}
	p := newPage(sys)
	p.rpc(k)
	return writeText(sys, p.String())
}

func writeText(sys system, text string) error {
	_, err := io.WriteString(sys.stdout, text)
	return err
}

func (k proxyCard) line() string {
	return k.Name + "\t" + statusText(k.Status) + "\t" + k.Applied + "\t" + k.Meaning + "\n"
}

func (k rpcCard) line() string {
	return strconv.Itoa(k.Code) + "\t" + k.Name + "\t" + statusText(k.Status) + "\t" + k.Meaning + "\n"
}

// statusText is a status code with its phrase, or with that of nginx for 499.
func statusText(c httpstatus.Code) string {
	switch {
	case c == 0:
		return "none"
	case c.IsRegistered():
		return c.String()
	}
	return fmt.Sprintf("%d (unregistered)", int(c))
}

// proxy writes the card of an error type.
func (p *page) proxy(k proxyCard) {
	p.heading(k.Name + " (an error type of Proxy-Status)")
	p.blank()
	p.paragraph(card.Sentence(k.Meaning))
	p.blank()
	status := statusText(k.Status)
	if k.Status == 0 {
		status = "None is recommended."
	}
	p.row(plain, "Status", traitColumn, status)
	applied := "The request may have been carried out: "
	if k.Applied == httpstatus.NotApplied.String() {
		applied = "The request was not carried out: "
	}
	p.row(plain, "Applied", traitColumn, applied+k.AppliedReason+".")
	response := "May be that of the next hop, as far as it came."
	if k.OnlyIntermediary {
		response = "Is always the intermediary's own."
	}
	p.row(plain, "Response", traitColumn, response)
	var parameters []string
	for _, each := range k.Parameters {
		parameters = append(parameters, card.Together(each.Name+" ("+each.Type+")"))
	}
	if parameters != nil {
		p.row(plain, "Parameters", traitColumn, strings.Join(parameters, ", "))
	}
	p.row(plain, "Reference", traitColumn, card.Together(k.Reference))
	p.row(plain, "", traitColumn, k.URL)
}

// rpc writes the card of a code of gRPC.
func (p *page) rpc(k rpcCard) {
	title := fmt.Sprintf("%s (%d, a code of gRPC", k.Name, k.Code)
	if k.Connect != "" {
		title += "; " + k.Connect + " in Connect"
	}
	p.heading(title + ")")
	p.blank()
	p.paragraph(card.Sentence(k.Meaning))
	if k.Hint != "" {
		p.blank()
		p.paragraph(k.Hint)
	}
	p.blank()
	status := statusText(k.Status)
	if len(k.SharedWith) > 0 {
		status += ", as " + strings.Join(k.SharedWith, " and ")
	}
	p.row(plain, "HTTP", traitColumn, status)
	from := numberList(k.FromHTTP)
	if numberList(k.ConnectFromHTTP) != from {
		from += " (Connect: " + numberList(k.ConnectFromHTTP) + ")"
	}
	switch {
	case k.Name == rpcstatus.Unknown.String():
		from = "Every status code that has no code of its own here."
	case len(k.FromHTTP) == 0:
		from = "No status code becomes it."
	}
	p.row(plain, "From HTTP", traitColumn, from)
	p.row(plain, "Sources", traitColumn, "google/rpc/code.proto; HTTP to gRPC Status Code Mapping; Connect Protocol")
}

// numberList returns codes as a list of numbers.
func numberList(codes []httpstatus.Code) string {
	var list []string
	for _, c := range codes {
		list = append(list, strconv.Itoa(int(c)))
	}
	return strings.Join(list, ", ")
}

// tables are the neighbours' tables that list prints, by name.
var tables = map[string]func(f form, sys system) error{
	"proxystatus": listProxy,
	"rpc":         listRPC,
	"unofficial":  listUnofficial,
}

func listProxy(f form, sys system) error {
	var cards []proxyCard
	for t := range proxystatus.All() {
		cards = append(cards, newProxyCard(t))
	}
	return printTable(cards, proxyCard.line, f, sys, func(p *page, k proxyCard) {
		p.row(plain, "  "+k.Name, 37, statusText(k.Status)+", "+strings.Replace(k.Applied, "unknown", "may be applied", 1))
	})
}

func listRPC(f form, sys system) error {
	var cards []rpcCard
	for c := range rpcstatus.All() {
		cards = append(cards, newRPCCard(c))
	}
	return printTable(cards, rpcCard.line, f, sys, func(p *page, k rpcCard) {
		p.row(plain, fmt.Sprintf("  %2d %s", k.Code, k.Name), 26, statusText(k.Status))
	})
}

// A use is what one vendor means by a code.
type use struct {
	Code httpstatus.Code `json:"code"`
	card.UnofficialUse
}

func listUnofficial(f form, sys system) error {
	var uses []use
	for u := range unofficial.All() {
		uses = append(uses, use{u.Code, card.UnofficialUse{Vendor: u.Vendor, Phrase: u.Phrase, Meaning: u.Meaning, Source: u.Source}})
	}
	line := func(u use) string {
		return fmt.Sprintf("%d\t%s\t%s\t%s\n", int(u.Code), u.Vendor, u.Phrase, u.Meaning)
	}
	return printTable(uses, line, f, sys, func(p *page, u use) {
		p.row(plain, fmt.Sprintf("  %d %s", int(u.Code), u.Vendor), listColumn, u.Phrase)
	})
}

// printTable prints the rows of a table.
func printTable[T any](rows []T, line func(T) string, f form, sys system, row func(*page, T)) error {
	if f.json {
		return card.WriteJSON(sys.stdout, rows)
	}
	p := newPage(sys)
	for _, r := range rows {
		if f.oneLine {
			p.WriteString(line(r))
		} else {
			row(p, r)
		}
	}
	return writeText(sys, p.String())
}
