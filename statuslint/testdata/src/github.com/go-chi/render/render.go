// Package render is a stand-in with the parts that statuslint knows.
package render

import "net/http"

func Status(r *http.Request, status int)                 {}
func JSON(w http.ResponseWriter, r *http.Request, v any) {}
