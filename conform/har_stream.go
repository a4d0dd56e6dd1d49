package conform

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// A jsonStream reads JSON value by value, so that an archive need not fit into
// memory. It finds where a value ends; encoding/json says whether it is one.
type jsonStream struct {
	r   *bufio.Reader
	at  int64  // octets read so far
	raw []byte // the value that was read last
}

// The mistakes in what should be a HAR. Each completes "not a HAR: ...".
var (
	errTooLarge = errors.New("it has more than 64 MiB")
	errNotJSON  = errors.New("it is not JSON")
	errType     = errors.New("a member is of the wrong type")
)

// peek returns the next octet that is not white space, and leaves it there. The
// end of the input is [io.ErrUnexpectedEOF]: no archive ends where peek is asked.
func (s *jsonStream) peek() (byte, error) {
	for {
		c, err := s.r.ReadByte()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c, s.r.UnreadByte()
		}
		s.at++
	}
}

// take reads the next octet that is not white space if it is c.
func (s *jsonStream) take(c byte) (bool, error) {
	next, err := s.peek()
	if err != nil || next != c {
		return false, err
	}
	s.at++
	_, err = s.r.ReadByte()
	return true, err
}

// value reads the next value into raw, which the next call overwrites.
func (s *jsonStream) value() error {
	first, err := s.peek()
	if err != nil {
		return err
	}
	s.raw = s.raw[:0]
	depth, inString, escaped := 0, false, false
	for {
		c, err := s.r.ReadByte()
		if err == io.EOF {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped, inString = c == '\\', c != '"'
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			depth++
		case depth == 0 && isDelimiter(c): // the end of a number or a word
			return s.valid(s.r.UnreadByte())
		case c == '}' || c == ']':
			depth--
		}
		if len(s.raw) == maxEntry {
			return errTooLarge
		}
		s.raw = append(s.raw, c)
		s.at++
		if depth == 0 && !inString && (first == '"' || first == '{' || first == '[') {
			return s.valid(nil)
		}
	}
}

func isDelimiter(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', ',', ':', ']', '}':
		return true
	}
	return false
}

func (s *jsonStream) valid(err error) error {
	if err == nil && !json.Valid(s.raw) {
		return errNotJSON
	}
	return err
}

// decode reads the next value into v.
func (s *jsonStream) decode(v any) error {
	if err := s.value(); err != nil {
		return err
	}
	// The value is JSON; what encoding/json says of its types differs from
	// version to version.
	if json.Unmarshal(s.raw, v) != nil {
		return errType
	}
	return nil
}

// enter reads up to the first element of the array that path leads to.
func (s *jsonStream) enter(path ...string) error {
	for _, name := range path {
		if err := s.expect('{'); err != nil {
			return err
		}
		for n := 0; ; n++ {
			end, err := s.next('}', n)
			if err != nil {
				return err
			}
			if end {
				return errors.New("there is no member " + strconv.Quote(name))
			}
			var key string
			if err := s.decode(&key); err != nil {
				return err
			}
			if err := s.expect(':'); err != nil {
				return err
			}
			if key == name {
				break
			}
			if err := s.value(); err != nil {
				return err
			}
		}
	}
	return s.expect('[')
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

// expect reads the given octet.
func (s *jsonStream) expect(c byte) error {
	ok, err := s.take(c)
	if err == nil && !ok {
		err = errors.New("there is no " + strconv.Quote(string(c)))
	}
	return err
}
