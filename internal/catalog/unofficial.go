package catalog

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"go/format"
	"io"
	"strconv"
	"strings"

	"example.com/httpstatus/internal/registry"
)

const (
	usesFile   = "unofficial/uses.csv"
	usesHeader = "code,vendor,phrase,meaning,source"
)

// A use is one row of uses.csv.
type use struct {
	code                            int
	vendor, phrase, meaning, source string
}

// Unofficial returns the text of unofficial/table_gen.go, made of the rows of
// uses.csv. The registry tells which phrases are official, and thus have no
// place there.
func Unofficial(uses []byte, r *registry.Registry) ([]byte, error) {
	rows, err := readUses(uses, r)
	if err != nil {
		return nil, err
	}
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "%s\npackage unofficial\n\n// table lists the uses by code, and those of one code by vendor.\nvar table = [...]Use{\n", generated)
	codes := 0
	for i, u := range rows {
		if i == 0 || rows[i-1].code != u.code {
			codes++
		}
		fmt.Fprintf(w, "{Code: %d, Vendor: %q, Phrase: %q, Meaning: %q, Source: %q},\n", u.code, u.vendor, u.phrase, u.meaning, u.source)
	}
	fmt.Fprintf(w, "}\n\n// %d uses of %d codes.\n", len(rows), codes)
	return format.Source(w.Bytes())
}

// readUses returns the rows, or an error that joins one complaint for each row
// that is wrong, of the form "unofficial/uses.csv:12: ...".
func readUses(text []byte, r *registry.Registry) (rows []use, err error) {
	official := map[int]string{}
	for _, e := range r.Codes {
		official[e.Code] = e.Phrase
	}
	c := csv.NewReader(bytes.NewReader(text))
	c.Comment = '#'
	c.FieldsPerRecord = strings.Count(usesHeader, ",") + 1
	var errs []error
	header := false
	for {
		cells, err := c.Read()
		if err == io.EOF {
			break
		}
		line, why := 0, ""
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			line, why = parse.StartLine, parse.Err.Error()
		} else if line, _ = c.FieldPos(0); !header {
			header = true
			if got := strings.Join(cells, ","); got != usesHeader {
				why = fmt.Sprintf("header is %q; want %q", got, usesHeader)
			}
		} else {
			u := use{vendor: cells[1], phrase: cells[2], meaning: cells[3], source: cells[4]}
			u.code, _ = strconv.Atoi(cells[0])
			why = u.fault(cells, official[u.code])
			if n := len(rows); why == "" && n > 0 && !rows[n-1].before(u) {
				why = fmt.Sprintf("%d of %s stands after %d of %s", u.code, u.vendor, rows[n-1].code, rows[n-1].vendor)
			}
			if why == "" {
				rows = append(rows, u)
			}
		}
		if why != "" {
			errs = append(errs, fmt.Errorf("%s:%d: %s", usesFile, line, why))
		}
	}
	if !header {
		errs = append(errs, fmt.Errorf("%s:1: no header; want %s", usesFile, usesHeader))
	}
	return rows, errors.Join(errs...)
}

// fault says what is wrong with a row; "" if nothing is. The official phrase is
// "" for a code that is not registered.
func (u use) fault(cells []string, official string) string {
	for _, cell := range cells {
		if cell != strings.TrimSpace(cell) || strings.ContainsFunc(cell, func(c rune) bool { return c < ' ' || c > '~' }) {
			return fmt.Sprintf("%q is not plain text", cell)
		}
	}
	switch {
	case u.code < 100 || u.code > 999 || strconv.Itoa(u.code) != cells[0]:
		return fmt.Sprintf("%q is not three digits", cells[0])
	case u.vendor == "":
		return fmt.Sprintf("%d has no vendor", u.code)
	case !strings.HasSuffix(u.meaning, "."):
		return fmt.Sprintf("%d of %s: the meaning is no sentence", u.code, u.vendor)
	case u.source == "":
		return fmt.Sprintf("%d of %s has no source", u.code, u.vendor)
	case official != "" && (u.phrase == "" || strings.EqualFold(u.phrase, official)):
		return fmt.Sprintf("%d of %s: %q is what the registry says", u.code, u.vendor, official)
	}
	return ""
}

// before reports whether u belongs before v.
func (u use) before(v use) bool {
	return cmp.Or(cmp.Compare(u.code, v.code), cmp.Compare(strings.ToLower(u.vendor), strings.ToLower(v.vendor))) < 0
}
