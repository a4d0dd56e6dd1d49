package registry

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

const (
	rpcFile = "rpc-codes.csv"
	rpcDir  = "rpc"
)

// RPC is what the inputs say about the codes of gRPC and Connect.
type RPC struct {
	Codes []RPCCode // in the order of their numbers, from 0 and without a gap

	// FromHTTP and ConnectFromHTTP tell which code a client of gRPC, or of
	// Connect, makes of a status code, by ascending status code.
	FromHTTP, ConnectFromHTTP []RPCInference

	Other, ConnectOther int // the numbers of the codes made of all other status codes
}

// An RPCCode is one code.
type RPCCode struct {
	Number      int
	Name        string // "INVALID_ARGUMENT"
	GoName      string // "InvalidArgument", made of the name in Connect, for that is how Go programs spell "Canceled"
	Connect     string // "invalid_argument"; "" for OK
	HTTP        int    // the status code that it becomes
	ConnectHTTP int    // the same in Connect; 0 for OK
	Meaning     string // completes "InvalidArgument is ...: "
	Hint        string // a sentence about what is often mistaken; may be ""
}

// An RPCInference is one row of a table from status codes to codes.
type RPCInference struct{ HTTP, Number int }

// rpcTraits are the traits of rpc-codes.csv. Those that are true may be several
// rows of one code.
var rpcTraits = map[string]bool{
	"number": false, "http": false, "connect": false, "connect-http": false, "meaning": false, "hint": false,
	"from-http": true, "connect-from-http": true,
}

// rpc reads rpc-codes.csv, whose quotes have to stand in the files of rpcDir.
func (l *loader) rpc() (r RPC) {
	type key struct{ code, trait, value string }
	lines := map[key]int{}
	byName := map[string]*RPCCode{}
	var order []*RPCCode
	passages := map[string]string{}
	inferred := map[string]map[int]string{"from-http": {}, "connect-from-http": {}} // 0 for other
	for _, row := range l.table(rpcFile, "code,trait,value,citation,words") {
		name, trait, value, document, words := row.cells[0], row.cells[1], row.cells[2], row.cells[3], row.cells[4]
		several, known := rpcTraits[trait]
		k := key{code: name, trait: trait}
		if several {
			k = key{trait: trait, value: value}
		}
		ours := trait == "meaning" || trait == "hint"
		switch {
		case !isToken(name):
			l.complain(rpcFile, row.line, "%q is not the name of a code", name)
			continue
		case !known:
			l.complain(rpcFile, row.line, "%s has no trait %q", name, trait)
			continue
		case lines[k] != 0:
			l.complain(rpcFile, row.line, "%s %q of %s is told in line %d", trait, value, name, lines[k])
			continue
		case ours && (value != "" || document != "" || words == ""):
			l.complain(rpcFile, row.line, "the %s of %s has words and nothing else", trait, name)
			continue
		case !ours && !l.rpcQuote(passages, document, words):
			l.complain(rpcFile, row.line, "%q is not among the passages of %q", words, document)
			continue
		}
		lines[k] = row.line
		number, err := strconv.Atoi(value)
		status := !ours && trait != "number" && trait != "connect"
		if status && value != "other" && (number < 100 || number > 599) || trait == "number" && err != nil {
			l.complain(rpcFile, row.line, "%q is not the %s of %s", value, trait, name)
			continue
		}
		if several {
			inferred[trait][number] = name
			continue
		}
		c := byName[name]
		if c == nil {
			c = &RPCCode{Name: name, GoName: name, Number: -1}
			byName[name], order = c, append(order, c)
		}
		switch trait {
		case "number":
			c.Number = number
		case "http":
			c.HTTP = number
		case "connect":
			c.Connect, c.GoName = value, goName(value)
		case "connect-http":
			c.ConnectHTTP = number
		case "meaning":
			c.Meaning = words
		case "hint":
			c.Hint = words
		}
	}
	slices.SortFunc(order, func(a, b *RPCCode) int { return cmp.Compare(a.Number, b.Number) })
	for i, c := range order {
		if c.Number != i || c.HTTP == 0 || c.Meaning == "" || (c.Connect == "") != (c.ConnectHTTP == 0) {
			l.complain(rpcFile, 1, "%s lacks its number, http, meaning, or one of connect and connect-http, or %d is not next", c.Name, c.Number)
		}
		r.Codes = append(r.Codes, *c)
	}
	infer := func(trait string) (rows []RPCInference, other int) {
		for status, name := range inferred[trait] {
			c := byName[name]
			switch {
			case c == nil:
				l.complain(rpcFile, lines[key{trait: trait, value: itoa(status)}], "%q is no code", name)
			case status == 0:
				other = c.Number
			default:
				rows = append(rows, RPCInference{status, c.Number})
			}
		}
		if inferred[trait][0] == "" {
			l.complain(rpcFile, 1, "%s does not tell of other status codes", trait)
		}
		slices.SortFunc(rows, func(a, b RPCInference) int { return cmp.Compare(a.HTTP, b.HTTP) })
		return rows, other
	}
	r.FromHTTP, r.Other = infer("from-http")
	r.ConnectFromHTTP, r.ConnectOther = infer("connect-from-http")
	return r
}

// rpcQuote reports whether the words stand in a document, which it reads into
// passages when it is cited first. These documents have no numbered sections, so
// what is kept of them is short and cited as a whole. In their Markdown and
// their comments, marks that are no words are left out.
func (l *loader) rpcQuote(passages map[string]string, document, words string) bool {
	text, ok := passages[document]
	if !ok && document != "" {
		file := strings.Replace(textFile(document), textsDir, rpcDir, 1)
		b, _ := l.read(file)
		title, rest, _ := strings.Cut(string(b), "\n")
		if !strings.HasPrefix(title, document+": ") {
			l.complain(file, 1, "want %q and its title", document)
		}
		_, rest, _ = strings.Cut(rest, "\n\n") // the origin
		text = normalise(strings.NewReplacer("//", " ", `\`, "").Replace(rest))
		passages[document] = text
	}
	return words != "" && strings.Contains(text, words)
}
