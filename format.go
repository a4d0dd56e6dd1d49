package httpstatus

// A Format is a way to write an error as the content of a response.
type Format uint8

// The formats. The zero Format is the default; a number that is no format acts
// as the default too.
const (
	// SimpleJSON is an object with the error code, the message, the fields if
	// there are any, and the extensions:
	//
	//	{"error":"user_not_found","message":"No user with ID 42 exists."}
	SimpleJSON Format = iota

	// ProblemJSON is the problem details object of RFC 9457, with the error
	// code as the member "code" and the fields in the form of that RFC's
	// example, as the member "errors":
	//
	//	{"title":"Not Found","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}
	ProblemJSON

	// PlainText is the message, and a line for each field.
	PlainText

	// HTML is a small page with the status, the message and the fields.
	HTML
)

// MediaType returns the value of Content-Type for f, such as
// "application/problem+json". The text formats come with their charset; JSON has
// none to name.
func (f Format) MediaType() string {
	switch f {
	case ProblemJSON:
		return "application/problem+json"
	case PlainText:
		return "text/plain; charset=utf-8"
	case HTML:
		return "text/html; charset=utf-8"
	}
	return "application/json"
}

// String returns the same as [Format.MediaType].
func (f Format) String() string { return f.MediaType() }

// bareMediaType returns the media type without parameters.
func (f Format) bareMediaType() string {
	switch f {
	case PlainText:
		return "text/plain"
	case HTML:
		return "text/html"
	}
	return f.MediaType()
}
