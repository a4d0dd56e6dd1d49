package conform

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

// maxContent is how much of a response's content is kept for the rules that
// read it. What comes after is counted only.
const maxContent = 64 << 10

// Bounds of what is kept of the header fields of one exchange, in octets, and
// what a field costs beside its name and value.
const (
	maxHeader = 1 << 20
	fieldCost = 64
)

// A ReadError says what is wrong with recorded exchanges, and where.
type ReadError struct {
	Place  string // as in "line 12" or "entry 3"
	Reason string // what is wrong, in words
	Err    error  // the cause, if there is one
}

// Error returns the place and the reason, as in "conform: reading line 12: a
// header line without a colon".
func (e *ReadError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("conform: reading %s: %s: %v", e.Place, e.Reason, e.Err)
	}
	return fmt.Sprintf("conform: reading %s: %s", e.Place, e.Reason)
}

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }

// Read returns an iterator over the exchanges in r, in whichever of the three
// forms they are: a HAR, if the text begins with a brace or a call ([ReadHAR]); what curl
// tells with -v, if it begins as that does ([ReadCurl]); and otherwise messages
// as HTTP/1.1 writes them ([ReadText]).
//
// Like these functions it takes text in UTF-8, or in UTF-16, which it
// recognizes by a byte order mark or zero octets; either may be compressed with
// gzip.
func Read(r io.Reader) iter.Seq2[Exchange, error] {
	return func(yield func(Exchange, error) bool) {
		br := decoded(r)
		read := ReadText
		start := beginning(br)
		switch {
		case bytes.HasPrefix(start, []byte("{")), callLen(start) > 0:
			read = ReadHAR
		case isCurl(start):
			read = ReadCurl
		}
		read(br)(yield)
	}
}

// beginning returns what r begins with, without white space; it reads nothing.
func beginning(r *bufio.Reader) []byte {
	for n := 64; ; n *= 4 {
		b, err := r.Peek(n)
		if b = bytes.TrimLeft(b, " \t\r\n"); len(b) >= 16 || err != nil {
			return b
		}
	}
}

// decoded returns a reader of the text in r: without compression, in UTF-8 and
// without a byte order mark. Its buffer holds the longest line.
func decoded(r io.Reader) *bufio.Reader {
	br := bufio.NewReaderSize(r, maxLine)
	if b, _ := br.Peek(2); string(b) == "\x1f\x8b" {
		z, err := gzip.NewReader(br)
		if err != nil {
			return bufio.NewReaderSize(failing{err}, maxLine)
		}
		br = bufio.NewReaderSize(z, maxLine)
	}
	if b, _ := br.Peek(2); len(b) == 2 {
		switch {
		case string(b) == "\xff\xfe":
			br.Discard(2)
			br = bufio.NewReaderSize(&utf16Reader{r: br}, maxLine)
		case string(b) == "\xfe\xff":
			br.Discard(2)
			br = bufio.NewReaderSize(&utf16Reader{r: br, big: true}, maxLine)
		case b[0] != 0 && b[1] == 0:
			br = bufio.NewReaderSize(&utf16Reader{r: br}, maxLine)
		case b[0] == 0 && b[1] != 0:
			br = bufio.NewReaderSize(&utf16Reader{r: br, big: true}, maxLine)
		}
	}
	if b, _ := br.Peek(3); string(b) == "\uFEFF" {
		br.Discard(len(b))
	}
	return br
}

// failing is a reader that gives an error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// A utf16Reader reads UTF-16 as UTF-8.
type utf16Reader struct {
	r    *bufio.Reader
	big  bool   // the high octet comes first
	half rune   // the first half of a character that needs two; 0 if there is none
	rest []byte // what did not fit
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	for len(p)-n >= 2*utf8.UTFMax {
		unit, err := u.unit()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		switch both := utf16.DecodeRune(u.half, unit); {
		case u.half != 0 && both != utf8.RuneError:
			n += utf8.EncodeRune(p[n:], both)
			u.half = 0
			continue
		case u.half != 0:
			n += utf8.EncodeRune(p[n:], utf8.RuneError)
		}
		u.half = 0
		if 0xd800 <= unit && unit < 0xdc00 {
			u.half = unit
			continue
		}
		n += utf8.EncodeRune(p[n:], unit)
	}
	if n == 0 && len(p) > 0 {
		var b [4 * utf8.UTFMax]byte
		m, err := u.Read(b[:])
		n = copy(p, b[:m])
		u.rest = append(u.rest, b[n:m]...)
		return n, err
	}
	return n, nil
}

// unit reads two octets.
func (u *utf16Reader) unit() (rune, error) {
	b, err := u.r.Peek(2)
	if err != nil {
		if len(b) == 1 && err == io.EOF {
			u.r.Discard(1)
			return utf8.RuneError, nil
		}
		return 0, err
	}
	high, low := b[1], b[0]
	if u.big {
		high, low = low, high
	}
	u.r.Discard(2)
	return rune(high)<<8 | rune(low), nil
}
