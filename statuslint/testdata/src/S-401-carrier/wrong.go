package carrier

import (
	"net/http"

	"example.com/httpstatus"
)

type apiError struct {
	Code int
	Text string
}

func (e apiError) Error() string { return e.Text }

func write(w http.ResponseWriter, e apiError) { http.Error(w, e.Text, e.Code) }

func login(r *http.Request) error {
	return apiError{Code: http.StatusUnauthorized, Text: "log in"} // want `S-401-carrier`
}

func proxy(r *http.Request) error {
	return apiError{Code: http.StatusProxyAuthRequired, Text: "log in"} // want `S-401-carrier: 407`
}

var errLogin = httpstatus.Unauthorized.New("login", "Log in first.") // want `S-401-carrier`
