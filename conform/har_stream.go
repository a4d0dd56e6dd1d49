package conform

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
)

// A jsonStream reads JSON member by member, so that neither an archive nor one
// of its entries need fit into memory: strings are kept up to a limit, and what
// is not asked for is skipped. It is lenient in what it skips, where it looks at
// strings and brackets only.
type jsonStream struct {
	r   *bufio.Reader
	at  int64  // octets read so far
	buf []byte // the string, number or word that was read last
	cut bool   // it was longer than what is kept
}

// The mistakes in what should be a HAR. Each completes "not a HAR: ...".
var (
	errNotJSON = errors.New("it is not JSON")
	errTooDeep = errors.New("it has more than 1000 levels")
)

// maxDepth bounds how deep values may lie in each other.
const maxDepth = 1000

// A jsonKind says what a value is.
type jsonKind uint8

const (
	jsonString jsonKind = iota
	jsonNumber
	jsonNull
	jsonBool
	jsonObject
	jsonArray
)

// peek returns the next octet that is not white space, and leaves it there. The
// end of the input is [io.ErrUnexpectedEOF]: no archive ends where peek is asked.
func (s *jsonStream) peek() (byte, error) {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return 0, noEOF(err)
		}
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c, s.r.UnreadByte()
		}
		s.at++
	}
}

// noEOF makes an end of the input that comes too early one that is told.
func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (s *jsonStream) readByte() (byte, error) {
	c, err := s.r.ReadByte()
	if err == nil {
		s.at++
	}
	return c, noEOF(err)
}

// take reads the next octet that is not white space if it is c.
func (s *jsonStream) take(c byte) (bool, error) {
	next, err := s.peek()
	if err != nil || next != c {
		return false, err
	}
	_, err = s.readByte()
	return true, err
}

// expect reads the given octet.
func (s *jsonStream) expect(c byte) error {
	ok, err := s.take(c)
	if err == nil && !ok {
		err = errors.New("there is no " + strconv.Quote(string(c)))
	}
	return err
}

// next reports whether what closes the array or object comes next, which it
// reads. Otherwise it reads the comma before all elements but the first.
func (s *jsonStream) next(closing byte, n int) (end bool, err error) {
	end, err = s.take(closing)
	if err != nil || end || n == 0 {
		return end, err
	}
	return false, s.expect(',')
}

// object reads an object. member is called with each name, and reads the value.
func (s *jsonStream) object(member func(name string) error) error {
	if err := s.expect('{'); err != nil {
		return err
	}
	for n := 0; ; n++ {
		end, err := s.next('}', n)
		if err != nil || end {
			return err
		}
		if c, err := s.peek(); err != nil || c != '"' {
			return orElse(err, errNotJSON)
		}
		if _, err := s.scalar(64); err != nil {
			return err
		}
		name := string(s.buf)
		if err := s.expect(':'); err != nil {
			return err
		}
		if err := member(name); err != nil {
			return err
		}
	}
}

// array reads an array. element is called for each element, and reads it.
func (s *jsonStream) array(element func() error) error {
	if err := s.expect('['); err != nil {
		return err
	}
	for n := 0; ; n++ {
		end, err := s.next(']', n)
		if err != nil || end {
			return err
		}
		if err := element(); err != nil {
			return err
		}
	}
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// kind returns what the next value is, and does not read it.
func (s *jsonStream) kind() (jsonKind, error) {
	c, err := s.peek()
	switch {
	case err != nil:
		return 0, err
	case c == '"':
		return jsonString, nil
	case c == '{':
		return jsonObject, nil
	case c == '[':
		return jsonArray, nil
	case c == 'n':
		return jsonNull, nil
	case c == 't', c == 'f':
		return jsonBool, nil
	case c == '-', ascii.IsDigit(c):
		return jsonNumber, nil
	}
	return 0, errNotJSON
}

// scalar reads the next value. Of a string the first limit octets are in buf
// afterwards, without quotes and escapes; of a number or a word, all that
// matters. An object or an array is skipped.
func (s *jsonStream) scalar(limit int) (jsonKind, error) {
	kind, err := s.kind()
	if err != nil {
		return 0, err
	}
	s.buf, s.cut = s.buf[:0], false
	switch kind {
	case jsonString:
		s.readByte() // the quote
		return kind, s.text(limit)
	case jsonObject, jsonArray:
		return kind, s.skipNested()
	}
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return kind, noEOF(err)
		}
		if isDelimiter(c) {
			break
		}
		s.at++
		if len(s.buf) < 64 {
			s.buf = append(s.buf, c)
		}
	}
	if !isScalar(kind, s.buf) {
		return kind, errNotJSON
	}
	return kind, s.r.UnreadByte()
}

func isDelimiter(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', ',', ':', ']', '}':
		return true
	}
	return false
}

// isScalar reports whether text can be a number, or is the word that it begins
// as.
func isScalar(kind jsonKind, text []byte) bool {
	switch kind {
	case jsonNull:
		return string(text) == "null"
	case jsonBool:
		return string(text) == "true" || string(text) == "false"
	}
	for _, c := range text {
		if !ascii.IsDigit(c) && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			return false
		}
	}
	return true
}

// text reads a string after its opening quote.
func (s *jsonStream) text(limit int) error {
	for {
		w, err := s.window()
		if err != nil {
			return err
		}
		n := 0
		for n < len(w) && w[n] != '"' && w[n] != '\\' {
			n++
		}
		s.keep(w[:n], limit)
		if n == len(w) {
			s.discard(n)
			continue
		}
		special := w[n]
		s.discard(n + 1)
		if special == '"' {
			return nil
		}
		if err := s.escape(limit); err != nil {
			return err
		}
	}
}

// window returns what can be read at once, at least one octet.
func (s *jsonStream) window() ([]byte, error) {
	if s.r.Buffered() == 0 {
		if _, err := s.r.Peek(1); err != nil {
			return nil, noEOF(err)
		}
	}
	return s.r.Peek(s.r.Buffered())
}

func (s *jsonStream) discard(n int) {
	s.r.Discard(n)
	s.at += int64(n)
}

// keep appends what fits into the limit.
func (s *jsonStream) keep(b []byte, limit int) {
	if room := limit - len(s.buf); room < len(b) {
		b, s.cut = b[:max(room, 0)], true
	}
	s.buf = append(s.buf, b...)
}

// escapes are the characters that may follow a backslash, beside u, and what
// they mean.
const escapes, meanings = `"\/bfnrt`, "\"\\/\b\f\n\r\t"

// escape reads what follows a backslash.
func (s *jsonStream) escape(limit int) error {
	c, err := s.readByte()
	if err != nil {
		return err
	}
	if i := bytes.IndexByte([]byte(escapes), c); i >= 0 {
		s.keep([]byte{meanings[i]}, limit)
		return nil
	}
	if c != 'u' {
		return errNotJSON
	}
	r, err := s.hex4()
	if err != nil {
		return err
	}
	for utf16.IsSurrogate(r) {
		// A second half follows, or else the first is no character.
		next, err := s.r.Peek(2)
		if err != nil || string(next) != `\u` {
			r = utf8.RuneError
			break
		}
		s.discard(2)
		low, err := s.hex4()
		if err != nil {
			return err
		}
		if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
			r = both
			break
		}
		s.keep([]byte("\uFFFD"), limit)
		r = low
	}
	var b [utf8.UTFMax]byte
	s.keep(b[:utf8.EncodeRune(b[:], r)], limit)
	return nil
}

// hex4 reads four hexadecimal digits.
func (s *jsonStream) hex4() (r rune, err error) {
	for range 4 {
		c, err := s.readByte()
		if err != nil {
			return 0, err
		}
		if !ascii.IsHex(c) {
			return 0, errNotJSON
		}
		r = r<<4 | rune(ascii.HexValue(c))
	}
	return r, nil
}

// skip reads the next value and keeps nothing of it.
func (s *jsonStream) skip() error {
	_, err := s.scalar(0)
	return err
}

// skipNested reads an object or an array.
func (s *jsonStream) skipNested() error {
	var open [maxDepth]byte // what closes the objects and arrays that are open
	depth := 0
	for {
		w, err := s.window()
		if err != nil {
			return err
		}
		n := 0
	scan:
		for n < len(w) {
			switch w[n] {
			case '"', '{', '[', '}', ']':
				break scan
			}
			n++
		}
		if n == len(w) {
			s.discard(n)
			continue
		}
		c := w[n]
		s.discard(n + 1)
		switch {
		case c == '"':
			if err := s.text(0); err != nil {
				return err
			}
		case c == '{' || c == '[':
			if depth == maxDepth {
				return errTooDeep
			}
			open[depth] = c + 2 // the closing bracket, in ASCII
			depth++
		case depth == 0 || open[depth-1] != c:
			return errNotJSON
		default:
			if depth--; depth == 0 {
				return nil
			}
		}
	}
}
