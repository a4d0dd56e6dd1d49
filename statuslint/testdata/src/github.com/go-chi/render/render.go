// Package render is a stand-in with the parts that statuslint knows.
package render

import "net/http"

func Status(r *http.Request, status int)                         {}
func JSON(w http.ResponseWriter, r *http.Request, v any)         {}
func PlainText(w http.ResponseWriter, r *http.Request, v string) {}
func NoContent(w http.ResponseWriter, r *http.Request)           {}
