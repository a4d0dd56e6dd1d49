package lenient

import "strings"

// XML reads the root element of a text. The name of an element is its local
// name, without a prefix. One that has nothing but text is a String, as [PlainText]
// has it, and any other an Object of its attributes and elements; where both
// attributes and text are present, the text is a member "#text". An element that is empty but for an attribute "value" is the String
// that the attribute has. Namespaces, and all attributes with a prefix, are left
// out, and so is text between elements.
func XML(text string) Value {
	r := xmlReader{document: &document{text: text, xml: true}}
	for r.toTag() {
		if r.element(maxDepth) != 0 {
			return Value{r.document, 0}
		}
	}
	return Value{}
}

type xmlReader struct {
	*document
	pos int
}

// toTag goes to the next tag, passing over text, comments and declarations, and
// reports whether there is one.
func (r *xmlReader) toTag() bool {
	for {
		i := strings.IndexByte(r.text[r.pos:], '<')
		if i < 0 || r.pos+i+1 == len(r.text) {
			r.pos = len(r.text)
			return false
		}
		r.pos += i
		switch rest := r.text[r.pos:]; {
		case strings.HasPrefix(rest, "<!--"):
			r.past("-->")
		case strings.HasPrefix(rest, "<![CDATA["):
			r.past("]]>")
		case rest[1] == '?' || rest[1] == '!':
			r.past(">")
		default:
			return true
		}
	}
}

// past goes behind the next mark, or to the end.
func (r *xmlReader) past(mark string) {
	if i := strings.Index(r.text[r.pos:], mark); i >= 0 {
		r.pos += i + len(mark)
	} else {
		r.pos = len(r.text)
	}
}

// What became of an element.
const (
	noElement = iota // it was the end of another one
	cutElement
	wholeElement
)

// element reads the element whose tag begins here.
func (r *xmlReader) element(depth int) (outcome int) {
	r.pos++
	if r.text[r.pos] == '/' {
		r.past(">")
		return noElement
	}
	n := r.tagName(r.pos)
	n.kind, n.flags = String, isMarkup
	at := r.add(n)
	last, closed := r.attributes(at)
	attributes := r.count - at - 1
	n.text, n.end = uint32(r.pos), uint32(r.pos)
	elements := false
	for !closed {
		ok := r.toTag()
		n.end = uint32(r.pos)
		if !ok {
			break
		}
		if depth == 0 {
			closed = r.text[r.pos+1] == '/'
			r.past(">")
			continue
		}
		next := r.count
		switch r.element(depth - 1) {
		case noElement:
			closed = true
			continue
		case cutElement:
			ok = false
		}
		r.link(at, &last, next)
		if elements = true; !ok {
			break
		}
	}
	e := r.node(at)
	e.text, e.end = n.text, n.end
	empty := trimLeft(r.text[e.text:e.end]) == ""
	switch {
	case elements:
		e.kind = Object
	case attributes == 1 && empty && r.isValue(at+1):
		value := r.node(at + 1)
		e.text, e.end = value.text, value.end
		e.flags &^= isFilled
		r.count = at + 1
	case attributes > 0:
		e.kind = Object
		if !empty {
			n.flags |= isOwnText
			r.link(at, &last, r.add(n))
		}
	}
	if !closed {
		r.node(at).flags |= isPartial
		return cutElement
	}
	return wholeElement
}

// isValue reports whether a node has the name "value".
func (r *xmlReader) isValue(at int32) bool { return Value{r.document, at}.Name() == "value" }

// link makes a node the next member of the list at.
func (r *xmlReader) link(at int32, last *int32, next int32) {
	if *last == 0 {
		r.node(at).flags |= isFilled
	} else {
		r.node(*last).next = next
	}
	*last = next
}

// tagName reads the name that begins at start, without its prefix.
func (r *xmlReader) tagName(start int) (n node) {
	r.pos = start
	for ; r.pos < len(r.text); r.pos++ {
		if b := r.text[r.pos]; isSpace(b) || b == '/' || b == '>' || b == '=' {
			break
		}
		if r.text[r.pos] == ':' {
			start = r.pos + 1
		}
	}
	n.name, n.nameLen = uint32(start), uint16(min(r.pos-start, 1<<16-1))
	return n
}

// attributes reads the rest of a tag, and reports whether it is that of an empty
// element.
func (r *xmlReader) attributes(at int32) (last int32, closed bool) {
	for r.pos < len(r.text) {
		switch r.text[r.pos] {
		case '>':
			r.pos++
			return last, closed
		case '/':
			closed = true
			r.pos++
			continue
		case ' ', '\t', '\r', '\n', '=':
			r.pos++
			continue
		}
		start := r.pos
		n := r.tagName(r.pos)
		value, ok := r.attributeValue()
		if ok && int(n.name) == start && !strings.HasPrefix(r.text[start:], "xmlns") {
			n.kind, n.flags = String, isMarkup
			n.text, n.end = uint32(r.pos-len(value)-1), uint32(r.pos-1)
			r.link(at, &last, r.add(n))
		}
		closed = false
	}
	return last, false
}

// attributeValue reads an equals sign and a value in quotes, if they are next.
func (r *xmlReader) attributeValue() (value string, ok bool) {
	rest := trimLeft(r.text[r.pos:])
	if rest == "" || rest[0] != '=' {
		return "", false
	}
	rest = trimLeft(rest[1:])
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return "", false
	}
	end := strings.IndexByte(rest[1:], rest[0])
	if end < 0 {
		r.pos = len(r.text)
		return "", false
	}
	r.pos = len(r.text) - len(rest) + end + 2
	return rest[1 : end+1], true
}
