package conform

import (
	"bytes"
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var contentRules = [...]Rule{{
	ID: "interim-content", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 15.2",
	Quote:     "A 1xx response is terminated by the end of the header section; it cannot contain content or trailers.",
	Summary:   "A 1xx response has no content.",
	Why:       "The recipient reads what follows the header section as the next response.",
	Fix:       "Send the content with the final response.",
	from:      100, to: 199,
	check: noContent,
}, {
	ID: "204-content", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 15.3.5",
	Quote:     "A 204 response is terminated by the end of the header section; it cannot contain content or trailers.",
	Summary:   "A 204 response has no content.",
	Why: "net/http drops the content without a word in the log; another server sends it, and the client reads it as the next response " +
		"on the connection.",
	Fix:  "Answer 200 if there is something to say; otherwise write nothing.",
	from: httpstatus.NoContent, to: httpstatus.NoContent,
	check: noContent,
}, {
	ID: "205-content", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 15.3.6",
	Quote:     "a server MUST NOT generate content in a 205 response",
	Summary:   "A 205 response has no content.",
	Why:       "The code says that there is none, so the client may leave it unread. Content-Length: 0 is fine.",
	Fix:       "Answer 200 if there is something to say; otherwise write nothing.",
	from:      httpstatus.ResetContent, to: httpstatus.ResetContent,
	check: noContent,
}, {
	ID: "304-content", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 15.4.5",
	Quote:     "A 304 response is terminated by the end of the header section; it cannot contain content or trailers.",
	Summary:   "A 304 response has no content.",
	Why:       "The client uses its stored response; what follows the header section is read as the next response.",
	Fix:       "Write nothing after the 304; statushttp.Serve and statushttp.CheckPrecondition answer it whole.",
	from:      httpstatus.NotModified, to: httpstatus.NotModified,
	check: noContent,
}, {
	ID: "head-content", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 9.3.2",
	Quote:     "The HEAD method is identical to GET except that the server MUST NOT send content in the response.",
	Summary:   "A response to HEAD has no content.",
	Why:       "The client does not read it, and takes it for the next response on the connection.",
	Fix:       "Send the header section that GET would get, and stop there.",
	from:      200, to: highest, exchange: true,
	check: func(v *view) string {
		if !v.is("HEAD") || !v.content || v.isNextResponse(0) {
			return ""
		}
		return "The response to HEAD has " + octets(v) + " of content."
	},
}, {
	ID: "content-length-forbidden", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 8.6",
	Quote: "A server MUST NOT send a Content-Length header field in any response with a status code of 1xx (Informational) or 204 (No " +
		"Content).",
	Summary: "1xx and 204 responses have no Content-Length, not even 0.",
	Why: "A recipient that believes the field waits for content that never comes; over HTTP/2, net/http's own client reports an " +
		"unexpected EOF.",
	Fix:  "Delete the line that sets Content-Length.",
	from: 100, to: httpstatus.NoContent,
	needs: 1 << fContentLength,
	check: func(v *view) string {
		return forbidden(v, fContentLength, "Content-Length")
	},
}, {
	ID: "transfer-encoding-forbidden", Group: "content", Severity: Error,
	Reference: "RFC 9112, Section 6.1",
	Quote: "A server MUST NOT send a Transfer-Encoding header field in any response with a status code of 1xx (Informational) or 204 " +
		"(No Content).",
	Summary: "1xx and 204 responses have no Transfer-Encoding.",
	Why:     "A recipient that believes the field waits for chunks that never come, or reads the next response as chunks.",
	Fix:     "Leave Transfer-Encoding to the server.",
	from:    100, to: httpstatus.NoContent,
	needs: 1 << fTransferEncoding,
	check: func(v *view) string {
		return forbidden(v, fTransferEncoding, "Transfer-Encoding")
	},
}, {
	ID: "connect-success-framing", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 9.3.6",
	Quote:     "A server MUST NOT send any Transfer-Encoding or Content-Length header fields in a 2xx (Successful) response to CONNECT.",
	Summary:   "A 2xx response to CONNECT has neither Content-Length nor Transfer-Encoding.",
	Why:       "The tunnel begins right after the header section; a recipient that believes the field swallows its first octets.",
	Fix:       "Delete the line that sets the field.",
	from:      200, to: 299, exchange: true,
	needs: 1<<fContentLength | 1<<fTransferEncoding,
	check: func(v *view) string {
		name, f := "Content-Length", fContentLength
		if !v.resp.has(f) {
			name, f = "Transfer-Encoding", fTransferEncoding
		}
		if !v.is("CONNECT") || !v.resp.has(f) {
			return ""
		}
		return "The " + number(v.x.Status) + " to CONNECT has " + name + " " + quote(v.resp.first(f)) + "."
	},
}, {
	ID: "content-length-mismatch", Group: "content", Severity: Error,
	Reference: "RFC 9110, Section 8.6",
	Quote:     "a sender MUST NOT forward a message with a Content-Length header field value that is known to be incorrect",
	Summary:   "Content-Length is the number of octets of content.",
	Why:       "With too large a value the client waits and then fails; with too small a one it reads the rest as the next response.",
	Fix:       "Let the server set Content-Length, or count what is written, after compression.",
	from:      200, to: highest,
	needs: 1 << fContentLength,
	check: contentLengthMismatch,
}, {
	ID: "200-empty", Group: "content", Severity: Info, Off: true,
	Reference: "RFC 9110, Section 15.3.1",
	Quote: "a 200 response is expected to contain message content unless the message framing explicitly indicates that the content has " +
		"zero length",
	Summary: "A 200 to GET or POST has content.",
	Why:     "204 says at once that there is none.",
	Fix:     "Answer 204.",
	from:    httpstatus.OK, to: httpstatus.OK, exchange: true,
	check: func(v *view) string {
		if v.content || !v.sure || !v.is("GET") && !v.is("POST") {
			return ""
		}
		return "The 200 to " + v.x.Method + " has no content."
	},
}}

func noContent(v *view) string {
	if !v.content || v.isNextResponse(0) {
		return ""
	}
	return "The " + number(v.x.Status) + " has " + octets(v) + " of content."
}

// isNextResponse reports whether another response begins at a place in what was
// taken for content: a record of a connection has them one after the other.
func (v *view) isNextResponse(at int64) bool {
	return at < int64(len(v.x.Body)) && bytes.HasPrefix(v.x.Body[at:], []byte("HTTP/1."))
}

// octets returns the amount of content for a message.
func octets(v *view) string {
	switch {
	case v.length < 0:
		return "at least " + plural(int64(len(v.x.Body)), "octet")
	default:
		return plural(v.length, "octet")
	}
}

func plural(n int64, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return strconv.FormatInt(n, 10) + " " + unit
}

// forbidden complains of a field in a 1xx or 204.
func forbidden(v *view, f knownField, name string) string {
	if c := v.x.Status; !v.resp.has(f) || !c.IsInformational() && c != httpstatus.NoContent {
		return ""
	}
	return "The " + number(v.x.Status) + " has " + name + " " + quote(v.resp.first(f)) + "."
}

// severalLines complains of a field that has more than one line.
func severalLines(values []string, name string) string {
	return "There are " + strconv.Itoa(len(values)) + " " + name + " lines, " +
		quote(ascii.TrimOWS(values[0])) + " and " + quote(ascii.TrimOWS(values[1])) + " among them."
}

func contentLengthMismatch(v *view) string {
	if !v.resp.has(fContentLength) || v.resp.has(fTransferEncoding) || v.bodiless() {
		return ""
	}
	if c := v.x.Status; c == httpstatus.NoContent || c == httpstatus.NotModified {
		return ""
	}
	values := v.resp.get(fContentLength)
	value := ascii.TrimOWS(values[0])
	if len(values) > 1 {
		return severalLines(values, "Content-Length")
	}
	if !ascii.AllDigits(value) {
		return "The Content-Length " + quote(value) + " is not a number of octets."
	}
	if v.length < 0 {
		return ""
	}
	if n, ok := ascii.ParseDigits(value); ok && (int64(n) == v.length || int64(n) < v.length && v.isNextResponse(int64(n))) {
		return ""
	}
	return "The Content-Length is " + quote(value) + " and the content has " + octets(v) + "."
}
