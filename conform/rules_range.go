package conform

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

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
	Fix:       "Set Content-Range to \"bytes first-last/length\", which httpstatus.RangeDecision has.",
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
	Fix:       "Move Content-Range into the header of each part, as statushttp.Serve does.",
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
		if v.boundary() != "" {
			return ""
		}
		return "The Content-Type " + quote(v.resp.first(fContentType)) + " has no boundary."
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
	Fix:     "Ignore Range for other methods, as httpstatus.RangeRequest does; in front of http.ServeContent, delete it from requests that are not GET.",
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
	Fix:       "Send the range as a single part with Content-Range, as statushttp.Serve does.",
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
	Fix:     "Set Content-Range to \"bytes */length\", which httpstatus.RangeDecision has.",
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
	Fix:       "Ignore Range unless its unit is \"bytes\", as httpstatus.RangeRequest does, or one that the resource announces in Accept-Ranges.",
	from:      httpstatus.RangeNotSatisfiable, to: httpstatus.RangeNotSatisfiable, exchange: true,
	check: func(v *view) string {
		unit := rangeUnit(v.request().first(fRange))
		if unit == "" || ascii.EqualFold(unit, "bytes") || v.knowsUnit(unit) {
			return ""
		}
		return "The 416 answers a Range with the unit " + quote(unit) + "."
	},
}, {
	ID: "206-if-range-false", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 13.1.5",
	Quote:     "A recipient of an If-Range header field MUST ignore the Range header field if the If-Range condition evaluates to false.",
	Summary:   "206 to If-Range has the strong validator that If-Range names.",
	Why:       "The client joins a part of the new representation to a part of the old one.",
	Fix:       "Answer 200 with the whole if If-Range is not the current strong entity tag, or the date in Last-Modified.",
	from:      httpstatus.PartialContent, to: httpstatus.PartialContent, exchange: true,
	check: ifRangeFalse,
}, {
	ID: "206-other-range", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 14.2",
	Quote: "the server SHOULD send a 206 (Partial Content) response with content containing one or more partial representations that " +
		"correspond to the satisfiable range-spec(s) requested",
	Summary: "The range in a 206 lies in what was asked for, in the same unit.",
	Why:     "A client that does not look puts the octets in the wrong place.",
	Fix:     "Send the range that was asked for, or a part of it; where there is no such range, 416.",
	from:    httpstatus.PartialContent, to: httpstatus.PartialContent, exchange: true,
	needs: 1 << fContentRange,
	check: otherRange,
}, {
	ID: "206-part-content-range-missing", Group: "range", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7.2",
	Quote: "Within the header area of each body part in the multipart content, the server MUST generate a Content-Range header field " +
		"corresponding to the range being enclosed in that body part.",
	Summary: "Each part of multipart/byteranges has Content-Range.",
	Why:     "The client cannot tell which part it is.",
	Fix:     "Write Content-Range into the header of each part.",
	from:    httpstatus.PartialContent, to: httpstatus.PartialContent,
	needs: 1 << fContentType,
	check: partContentRangeMissing,
}, {
	ID: "416-satisfiable", Group: "range", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.17",
	Quote: "the set of ranges in the request's Range header field (Section 14.2) has been rejected either because none of the requested " +
		"ranges are satisfiable or because the client has requested an excessive number of small or overlapping ranges",
	Summary: "416 answers a range that does not lie in the representation. One that begins in it, or a suffix, does.",
	Why: "The client could have had what it asked for. A last position beyond the end, and a suffix longer than the whole, stand for " +
		"the end and the whole.",
	Fix:  "Clip the range to the length of the representation.",
	from: httpstatus.RangeNotSatisfiable, to: httpstatus.RangeNotSatisfiable, exchange: true,
	needs: 1 << fContentRange,
	check: satisfiable,
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

func ifRangeFalse(v *view) string {
	value := v.request().first(fIfRange)
	if value == "" || !v.request().has(fRange) {
		return ""
	}
	r := httpstatus.RangeRequest{
		Method: v.x.Method, Request: v.x.RequestHeader, Size: math.MaxInt64,
		ETag: v.resp.first(fETag), Modified: parseDate(v.resp.first(fLastModified), time.Time{}),
	}
	switch reason := r.Decide().Reason; {
	case reason == httpstatus.RangeIfRangeTag && r.ETag == "":
		return "The 206 to If-Range " + quote(value) + " has no ETag, so that no entity tag matches."
	case reason == httpstatus.RangeIfRangeTag && !mentions(value, r.ETag):
		return "The 206 to If-Range " + quote(value) + " has ETag " + quote(r.ETag) + "."
	case reason == httpstatus.RangeIfRangeWeak:
		return "The 206 answers If-Range " + quote(value) + ", which is weak and never matches."
	case reason == httpstatus.RangeIfRangeDate && !r.Modified.IsZero():
		return "The 206 to If-Range " + quote(value) + " has Last-Modified " + quote(v.resp.first(fLastModified)) + "."
	case reason == httpstatus.RangeIfRangeMalformed && !mentions(value, r.ETag):
		return "The 206 answers If-Range " + quote(value) + ", which is neither an entity tag nor a date, and so never matches."
	}
	return ""
}

// mentions reports whether a value has the entity tag of the response in it,
// either of them without its quotes: then the server has read it as it was meant.
func mentions(value, tag string) bool {
	opaque := strings.Trim(strings.TrimPrefix(tag, "W/"), `"`)
	return opaque != "" && strings.Contains(value, opaque)
}

// requested returns the range that encloses what the request asks for of a
// representation of the given size, clipped to it. ok is false where that is
// not known: without a size, suffixes have no place.
func (v *view) requested(size uint64, known bool) (first, last int64, ok bool) {
	r := httpstatus.RangeRequest{Request: v.x.RequestHeader, Size: math.MaxInt64, MaxRanges: 1000}
	if known {
		r.Size = int64(min(size, math.MaxInt64))
	} else if strings.Contains(v.request().first(fRange), "=-") || strings.Contains(v.request().first(fRange), ",") {
		return 0, 0, false
	}
	d := r.Decide()
	switch {
	case d.Status == httpstatus.RangeNotSatisfiable:
		return 0, -1, true
	case d.Status != httpstatus.PartialContent:
		return 0, 0, false
	}
	first, last = d.Ranges[0].First, d.Ranges[0].Last
	for _, part := range d.Ranges {
		first, last = min(first, part.First), max(last, part.Last)
	}
	return first, last, true
}

func otherRange(v *view) string {
	asked, sent := v.request().first(fRange), v.resp.first(fContentRange)
	r, problem := parseContentRange(sent)
	if asked == "" || problem != "" || r.unsatisfied || len(v.resp.get(fContentRange)) != 1 || v.isMultipart() {
		return ""
	}
	unit := rangeUnit(asked)
	if unit == "" {
		return ""
	}
	message := "The 206 to Range " + quote(asked) + " has Content-Range " + quote(sent) + "."
	if !ascii.EqualFold(unit, r.unit) {
		return message
	}
	if !ascii.EqualFold(unit, "bytes") {
		return ""
	}
	size, known := ascii.ParseDigits(r.complete)
	first, last, ok := v.requested(size, known)
	gotFirst, _ := ascii.ParseDigits(r.first)
	gotLast, _ := ascii.ParseDigits(r.last)
	if !ok || int64(gotFirst) >= first && int64(gotLast) <= last {
		return ""
	}
	return message
}

func satisfiable(v *view) string {
	asked := v.request().first(fRange)
	r, problem := parseContentRange(v.resp.first(fContentRange))
	size, known := ascii.ParseDigits(r.complete)
	if problem != "" || !r.unsatisfied || !known || !ascii.EqualFold(r.unit, "bytes") || rangeCount(asked) > 2 || !v.is("GET") {
		return ""
	}
	// A set that begins with white space is not one by the grammar, and may be
	// rejected.
	if _, set, _ := strings.Cut(asked, "="); strings.TrimLeft(set, " \t") != set {
		return ""
	}
	if first, last, ok := v.requested(size, known); !ok || last < first {
		return ""
	}
	return "The 416 answers Range " + quote(asked) + ", which can be satisfied: the representation has " + plural(int64(size), "octet") + "."
}

// partContentRangeMissing reads the headers of the parts, as far as the content
// is kept (RFC 2046, Section 5.1.1).
func partContentRangeMissing(v *view) string {
	if !v.isMultipart() || v.isCoded() {
		return ""
	}
	boundary := v.boundary()
	if boundary == "" {
		return ""
	}
	rest := v.x.Body
	for n := 1; ; n++ {
		i := bytes.Index(rest, []byte("--"+boundary))
		if i < 0 {
			return ""
		}
		start := i == 0 || rest[i-1] == '\n'
		if rest = rest[i+2+len(boundary):]; !start {
			n--
			continue
		}
		if bytes.HasPrefix(rest, []byte("--")) {
			return ""
		}
		_, header, ok := bytes.Cut(rest, []byte("\n"))
		if !ok {
			return ""
		}
		if rest, ok = header, false; !hasPartRange(&rest, &ok) && ok {
			return "Part " + strconv.Itoa(n) + " of the content has no Content-Range."
		}
	}
}

// hasPartRange reads the header of a part off text, and reports whether it has
// Content-Range; whole says that the header is there to its end.
func hasPartRange(text *[]byte, whole *bool) bool {
	found := false
	for {
		line, rest, ok := bytes.Cut(*text, []byte("\n"))
		if !ok {
			return found
		}
		*text = rest
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) == 0 {
			*whole = true
			return found
		}
		name, _, _ := bytes.Cut(line, []byte(":"))
		found = found || ascii.EqualFold(string(name), "Content-Range")
	}
}

// boundary returns the boundary parameter of the Content-Type; "" if there is
// none.
func (v *view) boundary() string {
	_, params := mediaType(v.resp.first(fContentType))
	for {
		name, value, rest, ok := nextParam(params)
		if !ok {
			return ""
		}
		if ascii.EqualFold(name, "boundary") {
			return value
		}
		params = rest
	}
}
