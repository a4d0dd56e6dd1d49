// Package chi is a stand-in with the parts that statuslint knows.
package chi

import "net/http"

type Mux struct{}

func NewRouter() *Mux { return &Mux{} }

func (m *Mux) Get(pattern string, h http.HandlerFunc)  {}
func (m *Mux) Post(pattern string, h http.HandlerFunc) {}
func (m *Mux) MethodNotAllowed(h http.HandlerFunc)     {}
func URLParam(r *http.Request, key string) string      { return "" }
