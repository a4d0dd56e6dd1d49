// Package settings has writers and codes that only the settings know.
package settings

import "net/http"

var out func(w http.ResponseWriter, status int, text string)

// SendError cannot be looked into.
func SendError(w http.ResponseWriter, status int, text string) { out(w, status, text) }

type Context struct{ send func(int) }

func (c *Context) Fail(status int) { c.send(status) }

func wrong(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		SendError(w, http.StatusMethodNotAllowed, "use GET") // want `S-405-allow`
		return
	}
	if r.URL.Path == "" {
		SendError(w, http.StatusBadRequest, "no path") // want `S-error-no-return: settings.SendError is not followed by a return`
	}
	SendError(w, 520, "unknown")
}

func more(w http.ResponseWriter, r *http.Request) {
	SendError(w, 521, "down") // want `S-code-registered`
}
