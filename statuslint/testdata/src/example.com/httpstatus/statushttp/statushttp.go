// Package statushttp is a stand-in with the parts that statuslint knows.
package statushttp

import "net/http"

type Representation struct{}

func Write(w http.ResponseWriter, r *http.Request, err error)                {}
func ReadJSON(w http.ResponseWriter, r *http.Request, v any) error           { return nil }
func Serve(w http.ResponseWriter, r *http.Request, rep Representation) error { return nil }
