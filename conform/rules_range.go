package conform

import (
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

var rangeRules = [...]Rule{{
	ID: "206-content-range-missing", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7.1",
	Quote:     "If a single part is being transferred, the server generating the 206 response MUST generate a Content-Range header field",
	Summary:   "206 with a single part has Content-Range.",
	Why:       "The client cannot tell which part it got, and may store it as the whole.",
	Fix:       "Set Content-Range to \"bytes first-last/length\".",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent,
	check: func(v *view) string {
		if v.isMultipart() {
			return ""
		}
		return missing(v, fContentRange, "Content-Range")
	},
}, {
	ID: "206-multipart-content-range", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7.2",
	Quote:     "a server MUST NOT generate a Content-Range header field in the HTTP header section of a multiple part response",
	Summary:   "206 with several parts has no Content-Range of its own.",
	Why:       "Recipients take it for a response with a single part.",
	Fix:       "Move Content-Range into the header of each part.",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent,
	check: func(v *view) string {
		if !v.isMultipart() || !v.resp.has(fContentRange) {
			return ""
		}
		return "The multipart 206 has Content-Range " + quote(v.resp.first(fContentRange)) + "."
	},
}, {
	ID: "206-multipart-boundary-missing", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7.2",
	Quote: "MUST generate \"multipart/byteranges\" content, as defined in Section 14.6, and a Content-Type header field containing the " +
		"\"multipart/byteranges\" media type and its required boundary parameter",
	Summary: "multipart/byteranges has a boundary parameter.",
	Why:     "Without it the parts cannot be found.",
	Fix:     "Add the boundary to Content-Type; mime/multipart's Writer has one.",
	from:    httpstatus.PartialContent, to: httpstatus.PartialContent,
	check: func(v *view) string {
		if !v.isMultipart() {
			return ""
		}
		_, params := mediaType(v.resp.first(fContentType))
		for {
			name, value, rest, ok := nextParam(params)
			if !ok {
				return "The Content-Type " + quote(v.resp.first(fContentType)) + " has no boundary."
			}
			if ascii.EqualFold(name, "boundary") && value != "" {
				return ""
			}
			params = rest
		}
	},
}, {
	ID: "206-content-range-invalid", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 14.4",
	Quote:     "The recipient of an invalid Content-Range MUST NOT attempt to recombine the received content with a stored representation.",
	Summary:   "The Content-Range of a 206 names a unit and a range that makes sense.",
	Why:       "The recipient must not use what it got.",
	Fix:       "Write \"bytes first-last/length\" with first <= last < length; an unsatisfiable range is answered with 416.",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent,
	check: func(v *view) string {
		values := v.resp.get(fContentRange)
		if len(values) == 0 || v.isMultipart() {
			return ""
		}
		if len(values) > 1 {
			return "The 206 has " + strconv.Itoa(len(values)) + " Content-Range lines."
		}
		r, problem := parseContentRange(ascii.TrimOWS(values[0]))
		if problem == "" && r.unsatisfied {
			problem = "the form for an unsatisfied range belongs to 416"
		}
		if problem == "" {
			return ""
		}
		return "The Content-Range " + quote(ascii.TrimOWS(values[0])) + " of the 206 is invalid: " + problem + "."
	},
}, {
	ID: "206-length-range-mismatch", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 15.3.7",
	Quote:     "A Content-Length header field present in a 206 response indicates the number of octets in the content of this message",
	Summary:   "The content of a 206 is as long as its byte range.",
	Why:       "The client puts the octets in the wrong place or loses some.",
	Fix:       "Send exactly the octets from first to last, both included.",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent,
	check: lengthRangeMismatch,
}, {
	ID: "206-without-range", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7",
	Quote:     "The 206 (Partial Content) status code indicates that the server is successfully fulfilling a range request",
	Summary:   "206 answers a request with a Range field.",
	Why:       "A client that asked for the whole takes the part for it. Paging through a list is not a range.",
	Fix:       "Answer 200; name the next page in a Link field or in the content.",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent, exchange: true,
	check: func(v *view) string {
		if v.request().has(fRange) {
			return ""
		}
		return "The 206 answers a " + quoteMethod(v) + " without a Range field."
	},
}, {
	ID: "206-non-get", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 14.2",
	Quote: "A server MUST ignore a Range header field received with a request method that is unrecognized or for which range handling " +
		"is not defined.",
	Summary: "Range is honoured for GET only, and for QUERY (RFC 10008, Section 2.8).",
	Why:     "No other method gives Range a meaning: the client did not ask for a part.",
	Fix:     "Ignore Range for other methods; in front of http.ServeContent, delete it from requests that are not GET.",
	from:    httpstatus.PartialContent, to: httpstatus.PartialContent, exchange: true,
	check: func(v *view) string {
		if !v.request().has(fRange) || v.is("GET") || v.is("QUERY") {
			return ""
		}
		return "The 206 answers a " + quoteMethod(v) + " with Range " + quote(v.request().first(fRange)) + "."
	},
}, {
	ID: "206-multipart-single-range", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7.2",
	Quote:     "A server MUST NOT generate a multipart response to a request for a single range",
	Summary:   "A request for one range is not answered with several parts.",
	Why:       "A client that does not ask for several parts may not understand them.",
	Fix:       "Send the range as a single part with Content-Range.",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent, exchange: true,
	check: func(v *view) string {
		if !v.isMultipart() || !v.request().has(fRange) || rangeCount(v.request().first(fRange)) != 1 {
			return ""
		}
		return "The request for " + quote(v.request().first(fRange)) + " got multipart/byteranges."
	},
}, {
	ID: "content-range-meaningless", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 14.4",
	Quote:     "The Content-Range header field has no meaning for status codes that do not explicitly describe its semantic.",
	Summary:   "Content-Range comes with 206 or 416 only.",
	Why:       "With any other code it says nothing, and hides that the response is not partial.",
	Fix:       "Delete the field; tell the size of a list in the content or in a field of its own.",
	from:      200, to: highest,
	needs: 1 << fContentRange,
	check: func(v *view) string {
		c := v.x.Status
		if c == httpstatus.PartialContent || c == httpstatus.RangeNotSatisfiable || !v.resp.has(fContentRange) {
			return ""
		}
		return "The " + number(c) + " has Content-Range " + quote(v.resp.first(fContentRange)) + "."
	},
}, {
	ID: "416-content-range-missing", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.17",
	Quote: "A server that generates a 416 response to a byte-range request SHOULD generate a Content-Range header field specifying the " +
		"current length of the selected representation",
	Summary: "416 to a byte range has Content-Range.",
	Why:     "Without the current length the client cannot correct its request.",
	Fix:     "Set Content-Range to \"bytes */length\".",
	from:    httpstatus.RangeNotSatisfiable, to: httpstatus.RangeNotSatisfiable,
	check: func(v *view) string {
		// Without a Range field 416-without-range is what there is to say.
		if v.known && !ascii.EqualFold(rangeUnit(v.request().first(fRange)), "bytes") {
			return ""
		}
		return missing(v, fContentRange, "Content-Range")
	},
}, {
	ID: "416-content-range-form", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 14.4",
	Quote:     "SHOULD send a Content-Range header field with an unsatisfied-range value",
	Summary:   "The Content-Range of a 416 has the form \"unit */length\".",
	Why:       "Any other form names a range that is not there.",
	Fix:       "Write \"bytes */length\".",
	from:      httpstatus.RangeNotSatisfiable, to: httpstatus.RangeNotSatisfiable,
	check: func(v *view) string {
		values := v.resp.get(fContentRange)
		if len(values) == 0 {
			return ""
		}
		if r, problem := parseContentRange(ascii.TrimOWS(values[0])); problem == "" && r.unsatisfied && len(values) == 1 {
			return ""
		}
		return "The Content-Range " + quote(ascii.TrimOWS(values[0])) + " of the 416 does not have the form \"unit */length\"."
	},
}, {
	ID: "416-without-range", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.17",
	Quote:     "the set of ranges in the request's Range header field (Section 14.2) has been rejected",
	Summary:   "416 answers a request with Range, or with a Content-Range for a partial upload.",
	Why:       "The client asked for no range, so it cannot correct one.",
	Fix:       "Answer 400 for a bad page or offset parameter, 404 for a page that is not there.",
	from:      httpstatus.RangeNotSatisfiable, to: httpstatus.RangeNotSatisfiable, exchange: true,
	check: func(v *view) string {
		// Upload protocols answer a chunk that does not fit with 416; there the
		// request's Content-Range plays the part of Range.
		if v.request().has(fRange) || v.request().has(fContentRange) {
			return ""
		}
		return "The 416 answers a " + quoteMethod(v) + " without a Range field."
	},
}, {
	ID: "416-unknown-unit", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 14.2",
	Quote:     "An origin server MUST ignore a Range header field that contains a range unit it does not understand.",
	Summary:   "A range unit that the server does not understand is ignored.",
	Why:       "The client would have got the whole with a 200.",
	Fix:       "Ignore Range unless its unit is \"bytes\" or one that the resource announces in Accept-Ranges.",
	from:      httpstatus.RangeNotSatisfiable, to: httpstatus.RangeNotSatisfiable, exchange: true,
	check: func(v *view) string {
		unit := rangeUnit(v.request().first(fRange))
		if unit == "" || ascii.EqualFold(unit, "bytes") || v.knowsUnit(unit) {
			return ""
		}
		return "The 416 answers a Range with the unit " + quote(unit) + "."
	},
}}

// isMultipart reports whether the content is multipart/byteranges.
func (v *view) isMultipart() bool {
	essence, _ := mediaType(v.resp.first(fContentType))
	return ascii.EqualFold(essence, "multipart/byteranges")
}

// knowsUnit reports whether the response shows that the server understands a
// range unit of its own.
func (v *view) knowsUnit(unit string) bool {
	if hasMember(v.resp.get(fAcceptRanges), unit) {
		return true
	}
	r, _ := parseContentRange(v.resp.first(fContentRange))
	return ascii.EqualFold(r.unit, unit)
}

func lengthRangeMismatch(v *view) string {
	if v.is("HEAD") || v.isMultipart() || len(v.resp.get(fContentRange)) != 1 {
		return ""
	}
	r, problem := parseContentRange(v.resp.first(fContentRange))
	want, ok := r.size()
	if problem != "" || !ok || !ascii.EqualFold(r.unit, "bytes") {
		return ""
	}
	got := v.length
	if got < 0 {
		n, ok := ascii.ParseDigits(v.resp.first(fContentLength))
		if !ok {
			return ""
		}
		got = int64(n)
	}
	if got == want {
		return ""
	}
	return "The range " + quote(v.resp.first(fContentRange)) + " is " + plural(want, "octet") +
		" long and the content has " + plural(got, "octet") + "."
}

// quoteMethod returns the request method for a message.
func quoteMethod(v *view) string {
	if field.IsName(v.x.Method) && len(v.x.Method) <= 40 {
		return v.x.Method
	}
	return quote(v.x.Method)
}
