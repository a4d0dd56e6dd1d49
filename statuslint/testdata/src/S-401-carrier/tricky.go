package carrier

import "net/http"

// The writer sends a challenge with whatever it answers.
type challenged struct{ Code int }

func (c challenged) write(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	w.WriteHeader(c.Code)
}

func challenge() challenged { return challenged{Code: http.StatusUnauthorized} }

// On some ways only, but there: the rule is for writers that know no challenge.
type optional struct{ Code int }

func (o optional) write(w http.ResponseWriter, realm string) {
	if o.Code == http.StatusUnauthorized {
		if len(realm) > 3 && realm[0] != ' ' {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
	}
	w.WriteHeader(o.Code)
}

func option() optional { return optional{Code: http.StatusUnauthorized} }
