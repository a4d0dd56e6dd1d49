// Package httprouter is a stand-in with the parts that statuslint knows.
package httprouter

import "net/http"

type Params []struct{ Key, Value string }

func (ps Params) ByName(name string) string { return "" }

type Handle func(http.ResponseWriter, *http.Request, Params)

type Router struct{ MethodNotAllowed http.Handler }

func (r *Router) GET(path string, handle Handle)  {}
func (r *Router) POST(path string, handle Handle) {}
