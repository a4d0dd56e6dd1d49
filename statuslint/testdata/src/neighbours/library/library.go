// Package library answers with the helpers of httpstatus.
package library

import (
	"net/http"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

func put(w http.ResponseWriter, r *http.Request) {
	var v struct{ Name string }
	if err := statushttp.ReadJSON(w, r, &v); err != nil {
		statushttp.Write(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func noReturn(w http.ResponseWriter, r *http.Request) {
	var v struct{ Name string }
	if err := statushttp.ReadJSON(w, r, &v); err != nil {
		statushttp.Write(w, r, err) // want `S-error-no-return: statushttp.Write is not followed by a return`
	}
	w.WriteHeader(http.StatusNoContent)
}

func replaced(w http.ResponseWriter, r *http.Request) {
	var v struct{ Name string }
	if err := statushttp.ReadJSON(w, r, &v); err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError) // want `S-5xx-for-input: .* an error of ReadJSON`
		return
	}
}

func get(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		statushttp.Write(w, r, httpstatus.MethodNotAllowed.New("", "").WithAllow("GET"))
		return
	}
	statushttp.Serve(w, r, statushttp.Representation{})
}
