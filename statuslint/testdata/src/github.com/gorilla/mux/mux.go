// Package mux is a stand-in with the parts that statuslint knows.
package mux

import "net/http"

type Router struct{ MethodNotAllowedHandler http.Handler }

type Route struct{}

func NewRouter() *Router { return &Router{} }

func (r *Router) HandleFunc(path string, f func(http.ResponseWriter, *http.Request)) *Route {
	return nil
}
func (r *Route) Methods(methods ...string) *Route { return r }
func Vars(r *http.Request) map[string]string      { return nil }
