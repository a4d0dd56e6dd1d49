// Package restful is a stand-in with the parts that statuslint knows.
package restful

import "net/http"

type Request struct{ Request *http.Request }

func (r *Request) ReadEntity(v any) error           { return nil }
func (r *Request) PathParameter(name string) string { return "" }

type Response struct{ http.ResponseWriter }

func (r *Response) WriteHeader(status int)                           {}
func (r Response) AddHeader(name, value string) Response             { return r }
func (r *Response) WriteHeaderAndEntity(status int, v any) error     { return nil }
func (r *Response) WriteEntity(v any) error                          { return nil }
func (r *Response) WriteError(status int, err error) error           { return nil }
func (r *Response) WriteErrorString(status int, reason string) error { return nil }
