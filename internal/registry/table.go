package registry

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// at returns an error that names its place.
func at(file string, line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", file, max(line, 1), fmt.Sprintf(format, args...))
}

func itoa(n int) string { return strconv.Itoa(n) }

// classCode returns "4xx" for 4.
func classCode(class int) string { return itoa(class) + "xx" }

// A row is one record of a table and the line it begins on.
type row struct {
	line  int
	cells []string
}

// read returns the content of a file, or complains that it cannot be read.
func (l *loader) read(file string) ([]byte, bool) {
	b, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		why := err
		if perr := (*fs.PathError)(nil); errors.As(err, &perr) {
			why = perr.Err
		}
		l.complain(file, 1, "%v", why)
		return nil, false
	}
	return b, true
}

// table returns the rows of a CSV file below its header, which must be as
// given. Lines that begin with # are comments.
func (l *loader) table(file, header string) []row {
	b, ok := l.read(file)
	if !ok {
		return nil
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comment = '#'
	r.FieldsPerRecord = strings.Count(header, ",") + 1
	var rows []row
	for first := true; ; first = false {
		cells, err := r.Read()
		if err == io.EOF {
			if first {
				l.complain(file, 1, "no header; want %s", header)
			}
			return rows
		}
		if err != nil {
			line, why := 1, err
			if perr := (*csv.ParseError)(nil); errors.As(err, &perr) {
				line, why = perr.StartLine, perr.Err
			}
			l.complain(file, line, "%v", why)
			if !errors.Is(err, csv.ErrFieldCount) {
				return rows
			}
			continue
		}
		line, _ := r.FieldPos(0)
		if first {
			if got := strings.Join(cells, ","); got != header {
				l.complain(file, line, "header is %q; want %q", got, header)
				return nil
			}
			continue
		}
		rows = append(rows, row{line, cells})
	}
}
