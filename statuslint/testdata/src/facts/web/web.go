// Package web answers for others. It is above apperr and below the handlers.
package web

import (
	"errors"
	"net/http"
	"strings"

	"facts/apperr"
)

// Fail answers with a status.
func Fail(w http.ResponseWriter, status int, text string) {
	w.WriteHeader(status)
	w.Write([]byte(text))
}

// Allow sets a field.
func Allow(h http.Header, methods ...string) { h.Set("Allow", strings.Join(methods, ", ")) }

// Copy sets fields that nobody knows.
func Copy(w http.ResponseWriter, h http.Header) {
	for k, v := range h {
		w.Header()[k] = v
	}
}

// A Context leads to a writer.
type Context struct{ w http.ResponseWriter }

func NewContext(w http.ResponseWriter) *Context { return &Context{w} }

func (c *Context) Fail(status int)        { Fail(c.w, status, http.StatusText(status)) }
func (c *Context) Set(name, value string) { c.w.Header().Set(name, value) }
func (c *Context) SetAllow(value string)  { c.Set("Allow", value) }

// WriteError answers with an error.
func WriteError(w http.ResponseWriter, err error) {
	var e *apperr.Error
	if errors.As(err, &e) {
		http.Error(w, e.Text, e.Status)
		return
	}
	if refusal, ok := err.(*apperr.Refusal); ok {
		w.WriteHeader(refusal.Code)
		return
	}
	http.Error(w, "internal error", http.StatusInternalServerError)
}

// StatusOf is a status made of an error.
func StatusOf(err error) int {
	if err == nil {
		return http.StatusOK
	}
	return http.StatusUnauthorized
}
