package httpstatus

import (
	"strconv"
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// Response returns the whole answer that tells a client of e, as data, for a
// server that is not net/http; [example.com/httpstatus/statushttp] has the
// adapter for net/http. It takes the method of the request, the values of its
// Accept field, and the formats to choose from (see [Negotiate]).
//
// The status is that of e; 500 if that is not in 300 to 599, so that no error
// looks like a success or an interim response, and any int can be written; 502
// if e is remote, whose text and header fields are then not sent either.
//
// The header has the fields of e, Content-Type, Content-Length,
// X-Content-Type-Options, and Vary if there was a choice of formats. The answer
// to HEAD has the same header and no content; a 304 has neither content nor the
// fields that describe it. The maps and slices are the caller's own.
func (e *Error) Response(method string, accept []string, offers ...Format) (status int, header map[string][]string, body []byte) {
	e = e.public()
	code := e.status.answer()
	header = make(map[string][]string, len(e.header)+4)
	for name, values := range e.header {
		header[name] = append([]string(nil), values...)
	}
	header["X-Content-Type-Options"] = []string{"nosniff"}
	if !code.AllowsContent() {
		return int(code), header, nil
	}
	f := Negotiate(accept, offers...)
	body = e.AppendBody(make([]byte, 0, 256), f)
	header["Content-Type"] = []string{f.MediaType()}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	if len(offers) != 1 {
		header["Vary"] = withAccept(header["Vary"])
	}
	if method == "HEAD" {
		body = nil
	}
	return int(code), header, body
}

// withAccept returns the values of a Vary field with Accept among them.
func withAccept(vary []string) []string {
	for _, line := range vary {
		for name := range strings.SplitSeq(line, ",") {
			if name = ascii.TrimOWS(name); name == "*" || ascii.EqualFold(name, "Accept") {
				return vary
			}
		}
	}
	return append(vary, "Accept")
}
