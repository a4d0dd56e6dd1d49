// Package api has the handlers.
package api

import (
	"errors"
	"net/http"

	"facts/apperr"
	"facts/web"
)

func byHelper(w http.ResponseWriter, r *http.Request) {
	web.Fail(w, http.StatusMethodNotAllowed, "use GET") // want `S-405-allow: 405 \(Method Not Allowed\) is sent without Allow`
}

func allowed(w http.ResponseWriter, r *http.Request) {
	web.Allow(w.Header(), "GET")
	web.Fail(w, http.StatusMethodNotAllowed, "use GET")
}

func copied(w http.ResponseWriter, resp *http.Response) {
	web.Copy(w, resp.Header)
	web.Fail(w, http.StatusMethodNotAllowed, "use GET")
}

func byContext(c *web.Context) {
	c.Fail(http.StatusMethodNotAllowed) // want `S-405-allow`
}

func byContextAllowed(c *web.Context) {
	c.SetAllow("GET")
	c.Fail(http.StatusMethodNotAllowed)
}

func byContextNamed(c *web.Context) {
	c.Set("Allow", "GET")
	c.Fail(http.StatusMethodNotAllowed)
}

func byNewContext(w http.ResponseWriter, r *http.Request) {
	c := web.NewContext(w)
	w.Header().Set("Allow", "GET")
	c.Fail(http.StatusMethodNotAllowed)
}

func noReturn(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 {
		web.Fail(w, http.StatusBadRequest, "no content") // want `S-error-no-return: Fail is not followed`
	}
	w.Write([]byte("thank you"))
}

func carried(r *http.Request) error {
	if r.Method != "GET" {
		return apperr.New(http.StatusMethodNotAllowed, "use GET") // want `S-405-carrier`
	}
	if r.Header.Get("Authorization") == "" {
		return &apperr.Error{Status: http.StatusUnauthorized} // want `S-401-carrier`
	}
	return nil
}

// What a package below makes is looked at where it is asked for.
func made(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		web.WriteError(w, apperr.Method("use GET")) // want `S-405-carrier`
		return
	}
	if r.ContentLength > 0 {
		web.WriteError(w, apperr.Method("no content")) // as above
	}
}

func madeAllowed(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		w.Header().Set("Allow", "GET")
		web.WriteError(w, apperr.Method("use GET"))
	}
}

// Who may answer with this one is not known.
func ready(r *http.Request) error {
	if err := check(r); err == apperr.ErrLogin || errors.Is(err, apperr.ErrLogin) {
		return nil
	}
	return apperr.ErrLogin
}

func check(*http.Request) error { return nil }

func readyMade(w http.ResponseWriter, r *http.Request) {
	web.WriteError(w, apperr.ErrLogin) // want `S-401-carrier`
}

func statusOf(w http.ResponseWriter, err error) {
	w.WriteHeader(web.StatusOf(err)) // want `S-401-carrier: 401 \(Unauthorized\) comes from StatusOf, and this writer sends no WWW-Authenticate`
}
