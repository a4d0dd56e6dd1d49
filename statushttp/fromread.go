package statushttp

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
)

// FromRead returns the error for the client when reading or decoding the
// content of its request failed with err:
//
//   - 413 if the content is larger than [http.MaxBytesReader] or a multipart
//     form allows;
//   - 408 if it did not come in time;
//   - 415 if it is not of the expected media type;
//   - 500 if the fault is the program's own: a value that JSON cannot be
//     decoded into, a body read after it was closed, a file system that fails;
//   - 400 for everything else: the content is cut off or malformed.
//
// An error that has a status code of its own keeps it. The message does not
// repeat the content: it says where JSON goes wrong, and which member has the
// wrong type or is not known. err is the cause, which stays private. FromRead
// returns nil for nil; return its result only if err is not nil.
func FromRead(err error) *httpstatus.Error {
	if e := own(err); e != nil || err == nil {
		return e
	}
	return fromRead(err).WithCause(err)
}

// own returns err as an *httpstatus.Error if it says so itself; else nil. It does
// without errors.As, which is 35 KB in each program that writes errors.
func own(err error) *httpstatus.Error {
	said := errtree.Walk(err, func(err error) bool {
		switch x := err.(type) {
		case *httpstatus.Error:
			return x != nil
		case httpstatus.Code:
			return true
		case interface{ As(any) bool }:
			var e *httpstatus.Error
			var c httpstatus.Code
			return x.As(&e) && e != nil || x.As(&c)
		}
		return false
	})
	if !said {
		return nil
	}
	return httpstatus.FromError(err)
}

func fromRead(err error) *httpstatus.Error {
	var (
		over      *http.MaxBytesError
		syntax    *json.SyntaxError
		typed     *json.UnmarshalTypeError
		invalid   *json.InvalidUnmarshalError
		xmlSyntax *xml.SyntaxError
		file      *fs.PathError
	)
	bad := httpstatus.BadRequest
	text := textOf(err) // for the errors that have no name
	switch {
	case errors.As(err, &over):
		return tooLarge(over.Limit)
	case errors.Is(err, multipart.ErrMessageTooLarge), text == "http: POST too large":
		return httpstatus.ContentTooLarge.New("", "The content is too large.")
	case isTimeout(err):
		return httpstatus.RequestTimeout.New("", "The content did not arrive in time.")
	case errors.Is(err, http.ErrNotMultipart):
		return httpstatus.UnsupportedMediaType.New("", "The content is not multipart/form-data.")
	case errors.Is(err, mime.ErrInvalidMediaParameter), strings.HasPrefix(text, "mime: "):
		return httpstatus.UnsupportedMediaType.New("", "The Content-Type is malformed.")
	case errors.Is(err, http.ErrMissingBoundary):
		return bad.New("", "The Content-Type has no boundary.")
	case errors.Is(err, http.ErrMissingFile):
		return bad.New("", "A file is missing.")
	case errors.As(err, &invalid), errors.As(err, &file), errors.Is(err, http.ErrBodyReadAfterClose):
		return httpstatus.InternalServerError.New("", "")
	case isUndecodable(err, text):
		return httpstatus.InternalServerError.New("", "")
	case errors.As(err, &syntax):
		return bad.Newf("", "The content is not valid JSON, at byte %d.", syntax.Offset)
	case errors.As(err, &typed):
		return wrongType(typed)
	case errors.As(err, &xmlSyntax):
		return bad.Newf("", "The content is not valid XML, in line %d.", xmlSyntax.Line)
	case strings.HasPrefix(text, unknownField):
		name, _ := strconv.Unquote(text[len(unknownField):])
		return bad.Newf("", "The content has an unknown member, %q.", name)
	case err == io.EOF:
		return bad.New("", "The content is empty.")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return bad.New("", "The content is cut off.")
	}
	return bad.New("", "")
}

// textOf returns the text of err, or "" if its Error method panics, as that of
// an incomplete value may.
func textOf(err error) (text string) {
	defer func() { _ = recover() }()
	return err.Error()
}

// unknownField begins the error of a json.Decoder that disallows them.
const unknownField = "json: unknown field "

// wrongType tells of a JSON value of the wrong type, in the words of JSON. The
// path in the error is one of Go fields and lacks indices, so it is not told;
// [ReadJSON] knows the place.
func wrongType(err *json.UnmarshalTypeError) *httpstatus.Error {
	must := mustBe(err.Type)
	return httpstatus.BadRequest.Newf("", "The content has a value of the wrong type, at byte %d, which %s", err.Offset, strings.ToLower(must[:1])+must[1:])
}

// mustBe returns what a value that goes into a Go type has to be, as a sentence.
func mustBe(t reflect.Type) string {
	if name := jsonType(t); name != "" {
		return "Must be " + name + "."
	}
	return "Must be of another type."
}

// jsonType returns what JSON calls the values that go into a Go type, with its
// article.
func jsonType(t reflect.Type) string {
	kind := reflect.Invalid
	if t != nil {
		kind = t.Kind()
	}
	switch kind {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return "an integer in range"
	case reflect.Float32, reflect.Float64:
		return "a number in range"
	case reflect.String:
		return "a string"
	case reflect.Slice, reflect.Array:
		if isBase64(t) {
			return "a string in base64"
		}
		return "an array"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return ""
}

// isBase64 reports whether encoding/json reads values of a Go type from base64.
func isBase64(t reflect.Type) bool {
	return t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

// isUndecodable reports whether err, with its text, says that a Go type is none that
// JSON can be decoded into: whatever a client sends, it is wrong.
func isUndecodable(err error, text string) bool {
	if strings.Contains(text, "cannot set embedded pointer to unexported struct") {
		return true
	}
	var typed *json.UnmarshalTypeError
	if !errors.As(err, &typed) || typed.Type == nil {
		return false
	}
	switch t := typed.Type; t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return true
	case reflect.Interface:
		return t.NumMethod() > 0
	}
	return false
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout() || errors.Is(err, context.DeadlineExceeded)
}
