package conform

import "example.com/httpstatus"

// An Exchange is a request and its response, as far as they are known. Only
// Status has no useful zero value.
//
// Field names in the headers may be spelled in any case. An absent field and
// one with an empty value differ; a field without values is absent.
type Exchange struct {
	// Proto is the protocol version of the request, such as "HTTP/1.0",
	// "HTTP/2.0" or "h3". Empty means "HTTP/1.1".
	Proto string

	// Method is the request method. If it is empty, the request is unknown and
	// only the rules about responses apply.
	Method string

	// Target is the request target as sent; "" if it is not known.
	Target string

	// Scheme is "http" or "https", and Host the authority that was asked. They
	// are needed to tell whether a redirect leads back to where it came from.
	// An empty Scheme is not known and counts as "http" there; an empty Host is
	// the request's Host field.
	Scheme, Host string

	// RequestHeader holds the request's header fields.
	RequestHeader map[string][]string

	// RequestComplete says that RequestHeader holds all fields that were sent,
	// Host among them, so that what is absent was not sent. Text says so, and a
	// browser's record does not.
	RequestComplete bool

	// SpacedFields holds the names of request fields that were sent with
	// whitespace before their colon, which a map cannot show.
	SpacedFields []string

	// RequestContent says that the request carried content.
	RequestContent bool

	// EarlyData says that the request came in TLS early data
	// (RFC 8470, Section 2).
	EarlyData bool

	// Interim holds the 1xx responses that came before the final one.
	Interim []Interim

	// ResponseProto is the protocol version in the status line, as Proto; "" if
	// it is not known.
	ResponseProto string

	// Status is the status code of the final response, or of a 1xx response
	// that is to be checked alone.
	Status httpstatus.Code

	// Header holds the response's header fields.
	Header map[string][]string

	// Trailer holds the fields that came after the content.
	Trailer map[string][]string

	// Body is the content that the server tried to send, even if it must not. Its
	// beginning is enough; see BodyLength and Truncated. Content codings are still
	// applied, unless BodyLength is -1.
	Body []byte

	// BodyLength is the number of octets of content in all. 0 means len(Body);
	// more than that means that Body is only the beginning; -1 means that the
	// number is not known, because the capture was cut off or decoded.
	BodyLength int64

	// Truncated says that Body is only the beginning of the content.
	Truncated bool

	// Repeated holds the codes of WriteHeader calls that came too late: after
	// the first final one or after the first content. Only [Handler] sees them.
	Repeated []httpstatus.Code

	// Late holds the names of header fields that were set, changed or deleted
	// when the header had been sent. Only [Handler] sees them.
	Late []string

	// Source says where the exchange was read, such as "line 12" or "entry 3".
	// It is not checked.
	Source string
}

// An Interim is a 1xx response that comes before the final one.
type Interim struct {
	Status httpstatus.Code     // 100 to 199
	Header map[string][]string // an absent field and an empty one differ
	Body   []byte              // content that the server tried to send with it
}
