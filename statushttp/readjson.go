package statushttp

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
)

// A JSONReader reads JSON from the content of requests. Its zero value is ready
// for use; do not change it once it is in use.
type JSONReader struct {
	// Types are the media types that are read. A parameter that one of them has
	// must be there. Other parameters are ignored, except a charset, which must be
	// UTF-8. "+json" means every type with that suffix. Empty means
	// application/json alone.
	Types []string

	// MaxBytes is the limit for the content in octets. 0 means 1 MiB.
	MaxBytes int64

	// MaxDepth is how deep arrays and objects may be nested. 0 means 100.
	MaxDepth int

	// RejectUnknown makes an error of a member that the target has no field for.
	RejectUnknown bool

	// RejectDuplicates makes an error of a second member of the same name in an
	// object. Without it the last one counts, as in encoding/json.
	RejectDuplicates bool
}

const (
	defaultMaxBytes = 1 << 20
	defaultMaxDepth = 100
)

// ReadJSON reads JSON from the content of a request into what v points to. It is
// the Read method of a zero [JSONReader].
//
//	if err := statushttp.ReadJSON(w, r, &order); err != nil {
//		return err
//	}
func ReadJSON(w http.ResponseWriter, r *http.Request, v any) error {
	return new(JSONReader).Read(w, r, v)
}

// Read reads JSON from the content of a request into what v points to, as
// [json.Unmarshal] does. An error is an *httpstatus.Error for the client, and says
// where the content is wrong and never what it holds:
//
//   - 415 if the media type is missing or is none of Types, with Accept, or for a
//     PATCH with Accept-Patch (RFC 5789, Section 3.1), that lists them; and if the
//     content is compressed, with Accept-Encoding;
//   - 413 if there is more content than MaxBytes;
//   - 408 if it did not come in time;
//   - 400 if there is none, if it is cut off, is not JSON, is not UTF-8, is nested
//     too deep, is followed by something else, or does not fit v. The message has
//     line and column; what does not fit is a [httpstatus.Field], whose Pointer
//     leads to it, array indices and names of members included;
//   - 500 if v cannot be decoded into, which is a mistake of the program.
//
// An error of an UnmarshalJSON or UnmarshalText method that has a status code of
// its own keeps it. To find the place of any other, parts of the content are
// decoded again into new values of the same type; the methods are called for
// those, too. After an error v may be filled in part.
//
// Text is never in the error, nor is the name of a Go type or field.
func (jr *JSONReader) Read(w http.ResponseWriter, r *http.Request, v any) error {
	if r.Body == nil || r.Body == http.NoBody {
		return badJSON(nil, &jsonFault{kind: jsonEmpty})
	}
	if e := jr.checkType(r); e != nil {
		return e
	}
	limit := jr.MaxBytes
	if limit == 0 {
		limit = defaultMaxBytes
	}
	if r.ContentLength > limit {
		return FromRead(&http.MaxBytesError{Limit: limit})
	}
	var buf bytes.Buffer
	buf.Grow(int(min(max(r.ContentLength, 0), maxBuffer)) + bytes.MinRead) // what is announced may never come
	if _, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, limit)); err != nil {
		return FromRead(err)
	}
	data := bytes.TrimPrefix(buf.Bytes(), []byte("\ufeff")) // RFC 8259, Section 8.1, lets it be ignored
	depth := jr.MaxDepth
	if depth == 0 {
		depth = defaultMaxDepth
	}
	if fault := scanJSON(data, min(depth, 10_000), jr.RejectDuplicates); fault != nil { // encoding/json has a limit too
		return badJSON(data, fault)
	}
	if err := jr.decode(data, v); err != nil {
		return jr.misfit(data, v, err)
	}
	return nil
}

func (jr *JSONReader) decode(data []byte, v any) error {
	if !jr.RejectUnknown {
		return json.Unmarshal(data, v)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

// checkType returns a 415 if the content is of another type than those that are
// read.
func (jr *JSONReader) checkType(r *http.Request) error {
	types := jr.Types
	if len(types) == 0 {
		types = []string{"application/json"}
	}
	wrong := httpstatus.UnsupportedMediaType
	if isEncoded(r.Header["Content-Encoding"]) {
		return wrong.New("", "The content must not be compressed.").WithHeader("Accept-Encoding", "identity")
	}
	contentType, _ := field.SoleValue(r.Header, "Content-Type")
	for _, t := range types {
		if t == contentType && contentType != "" { // as most clients write it
			return nil
		}
	}
	message := "The Content-Type is not one of those that are read here."
	media, params, err := mime.ParseMediaType(contentType)
	switch {
	case contentType == "" && len(r.Header["Content-Type"]) < 2:
		message = "The Content-Type is missing."
	case err != nil:
		message = "The Content-Type is malformed."
	case !isUTF8(params["charset"]):
		message = "The content must be UTF-8."
	default:
		for _, t := range types {
			if isType(media, params, t) {
				return nil
			}
		}
	}
	name := "Accept"
	if r.Method == http.MethodPatch {
		name = "Accept-Patch"
	}
	e := wrong.New("", message)
	var listed []string
	for _, t := range types {
		if t != "+json" { // which no range of media types can say
			listed = append(listed, t)
		}
	}
	if listed == nil {
		listed = []string{"application/json"}
	}
	return e.WithHeader(name, strings.Join(listed, ", "))
}

// isEncoded reports whether the lines of a Content-Encoding field have a coding
// other than identity.
func isEncoded(lines []string) bool {
	for _, line := range lines {
		for coding, rest, ok := field.CutName(line); ok; coding, rest, ok = field.CutName(rest) {
			if !strings.EqualFold(coding, "identity") {
				return true
			}
		}
	}
	return false
}

// isUTF8 reports whether a charset parameter is missing or names UTF-8, as it is
// registered or as it is often written.
func isUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

// isType reports whether a media type is the wanted one.
func isType(media string, params map[string]string, want string) bool {
	if want == "+json" {
		return strings.HasSuffix(media, want)
	}
	wantMedia, wantParams, err := mime.ParseMediaType(want)
	if err != nil || media != wantMedia {
		return false
	}
	for name, value := range wantParams {
		if params[name] != value {
			return false
		}
	}
	return true
}

// badJSON returns the error for content that is not JSON as it was asked for.
func badJSON(data []byte, fault *jsonFault) error {
	where := " at " + place(data, fault.offset) + "."
	bad := httpstatus.BadRequest
	switch fault.kind {
	case jsonEmpty:
		return bad.New("", "The content is empty.")
	case jsonCutOff:
		return bad.New("", "The content is cut off,"+where)
	case jsonTrailing:
		return bad.New("", "The content has something after its end,"+where)
	case jsonTooDeep:
		return bad.New("", "The content is nested too deep,"+where)
	case jsonNotUTF8:
		return bad.New("", "The content is not UTF-8,"+where)
	case jsonDuplicate:
		return bad.New("", "The content has two members of one name,"+where).WithField(httpstatus.Field{
			Pointer: httpstatus.Pointer(fault.pointer...), ErrorCode: "duplicate_member", Message: "Is there twice.",
		})
	}
	return bad.New("", "The content is not valid JSON,"+where)
}

// misfit returns the error for JSON that does not fit v.
func (jr *JSONReader) misfit(data []byte, v any, err error) error {
	if e := own(err); e != nil {
		return e
	}
	var invalid *json.InvalidUnmarshalError
	if errors.As(err, &invalid) || isUndecodable(err, textOf(err)) {
		return FromRead(err)
	}
	message := "The content has a value that is not valid"
	wrong := httpstatus.Field{ErrorCode: "invalid_value", Message: "Is not valid."}
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) && !(typed.Value == "string" && isBase64(typed.Type)) { // base64 that is not valid, by Go 1.27
		message = "The content has a value of the wrong type"
		wrong.ErrorCode, wrong.Message = "wrong_type", mustBe(typed.Type)
	} else if strings.HasPrefix(textOf(err), unknownField) {
		message = "The content has an unknown member"
		wrong.ErrorCode, wrong.Message = "unknown_member", "Is not known."
	}
	l := jsonLocator{data: data, want: err, budget: 8*len(data) + 64<<10, decode: func(data []byte) error {
		return jr.decode(data, reflect.New(reflect.TypeOf(v).Elem()).Interface())
	}}
	path, offset, ok := l.locate()
	if !ok {
		return httpstatus.BadRequest.New("", message+".").WithCause(err)
	}
	wrong.Pointer = httpstatus.Pointer(path...)
	return httpstatus.BadRequest.New("", message+", at "+place(data, offset)+".").WithField(wrong).WithCause(err)
}

// place returns the line and column of an octet, both counted from 1. Columns
// are characters.
func place(data []byte, offset int) string {
	before := data[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return "line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column)
}
