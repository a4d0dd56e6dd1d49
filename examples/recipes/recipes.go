// Package recipes has what an API most often adds to its errors, each in a
// function to copy: the fields of a validator, a request id, messages in the
// language of the client, and the address of the documentation of an error code.
// The last three are for the Decorate hook of a statushttp.Responder.
package recipes

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"

	"example.com/httpstatus"
)

// NewValidator returns a validator that calls members by their names in JSON.
func NewValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			return ""
		}
		return name
	})
	return v
}

// Invalid makes an error for the client of what a validator says. Other errors,
// such as those of a value that cannot be validated, stay what they are: a mistake
// of the program. The rejected values are not sent.
func Invalid(err error) error {
	var faults validator.ValidationErrors
	if !errors.As(err, &faults) {
		return err
	}
	e := httpstatus.UnprocessableContent.New("validation_failed", "Check the fields.").WithCause(err)
	for _, fault := range faults {
		e = e.WithField(httpstatus.Field{
			Pointer:   httpstatus.Pointer(segments(fault.Namespace())...),
			ErrorCode: fault.Tag(),
			Message:   message(fault),
		})
	}
	return e
}

// segments takes the path "order.items[1].price" apart, without the name of the
// type that it begins with. Keys of maps must not hold dots or brackets.
func segments(path string) (list []any) {
	_, path, _ = strings.Cut(path, ".")
	for part := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		list = append(list, part)
	}
	return list
}

// message has the words for the rules that the API uses.
func message(fault validator.FieldError) string {
	switch fault.Tag() {
	case "required":
		return "Must be there."
	case "email":
		return "Must be an email address."
	case "min":
		return "Must be " + fault.Param() + " at least."
	}
	return "Is not valid."
}

type requestIDKey struct{}

// WithRequestID gives each request an id, which [RequestID] finds again.
func WithRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// RequestID is a Decorate hook that puts the id of the request into the content of
// an error, for the user to quote. [statushttp.Responder.Report] can log the same.
func RequestID(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
	id, ok := r.Context().Value(requestIDKey{}).(string)
	if !ok {
		return nil
	}
	return e.WithExtension("request_id", id)
}

// Documented returns a Decorate hook that says where an error code is documented:
// as the problem type for a client of RFC 9457, unless the error has one of its
// own, and in a Link for all clients.
func Documented(base string) func(*http.Request, *httpstatus.Error) *httpstatus.Error {
	return func(_ *http.Request, e *httpstatus.Error) *httpstatus.Error {
		uri := base + e.ErrorCode()
		if e.Type() == "about:blank" {
			e = e.WithType(uri, e.Title())
		}
		return e.WithHeader("Link", "<"+uri+`>; rel="help"`)
	}
}

// All makes one Decorate hook of several.
func All(hooks ...func(*http.Request, *httpstatus.Error) *httpstatus.Error) func(*http.Request, *httpstatus.Error) *httpstatus.Error {
	return func(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
		for _, hook := range hooks {
			if changed := hook(r, e); changed != nil {
				e = changed
			}
		}
		return e
	}
}

// Translated returns a Decorate hook that says the message of an error in the
// language of the client. The texts are found by language tag and error code; where
// one is missing the message stays, which is in the default language.
func Translated(language string, texts map[string]map[string]string) func(*http.Request, *httpstatus.Error) *httpstatus.Error {
	offers := []string{language}
	for tag := range texts {
		offers = append(offers, tag)
	}
	slices.Sort(offers[1:])
	return func(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
		e = e.WithHeader("Vary", "Accept-Language")
		if tag, ok := httpstatus.NegotiateLanguage(r.Header["Accept-Language"], offers...); ok {
			if text := texts[tag][e.ErrorCode()]; text != "" {
				return e.WithMessage(text).WithHeader("Content-Language", tag)
			}
		}
		return e.WithHeader("Content-Language", language)
	}
}
