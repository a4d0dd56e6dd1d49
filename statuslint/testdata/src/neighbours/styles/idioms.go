package styles

import (
	"encoding/json"
	"errors"
	"net/http"
)

// The ways in which servers answer with an error.

func adjust(status *int, err error) {
	if errors.Is(err, errDenied) {
		*status = http.StatusForbidden
	}
}

func respondError(w http.ResponseWriter, status int, err error) {
	adjust(&status, err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.Encode(map[string]any{"errors": []error{err}})
}

func byRespond(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case "PUT", "POST":
	default:
		respondError(w, http.StatusMethodNotAllowed, nil) // want "S-405-allow"
		return
	}
	respondError(w, http.StatusTeapot, nil)
}

type appError struct {
	Err     error
	Message string
	Code    int
}

type appHandler func(http.ResponseWriter, *http.Request) *appError

func (h appHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if e := h(w, r); e != nil {
		http.Error(w, e.Message, e.Code)
	}
}

var _ = appHandler(func(w http.ResponseWriter, r *http.Request) *appError {
	if r.Method != "GET" {
		return &appError{nil, "use GET", http.StatusMethodNotAllowed} // want "S-405-carrier"
	}
	return nil
})

type statusCoder interface{ StatusCode() int }

type refused struct{ why string }

func (r refused) Error() string   { return r.why }
func (r refused) StatusCode() int { return http.StatusUnauthorized } // want "S-401-carrier"

func writeCoder(w http.ResponseWriter, err error) {
	code := http.StatusInternalServerError
	var sc statusCoder
	if errors.As(err, &sc) {
		code = sc.StatusCode()
	}
	http.Error(w, err.Error(), code)
}

type thrown struct{ Code int }

func catch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if t, ok := recover().(*thrown); ok {
				w.WriteHeader(t.Code)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func throws(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		panic(&thrown{http.StatusUnauthorized}) // want "S-401-carrier"
	}
}

type result[T any] struct {
	Status int
	Body   T
}

func serveResult[T any](f func(*http.Request) result[T]) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		res := f(r)
		w.WriteHeader(res.Status)
		json.NewEncoder(w).Encode(res.Body)
	}
}

var _ = serveResult(func(r *http.Request) result[string] {
	if r.Method != "GET" {
		return result[string]{Status: http.StatusMethodNotAllowed} // want "S-405-carrier"
	}
	return result[string]{Status: http.StatusOK, Body: "yes"}
})

type outcome int

const loginFirst outcome = 401

func (a *api) finish(w http.ResponseWriter, o outcome) { w.WriteHeader(int(o)) }

func (a *api) byOutcome(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		a.finish(w, loginFirst) // want "S-401-challenge"
	}
}

var abort = func(w http.ResponseWriter, code int) {
	w.WriteHeader(code)
	w.Write([]byte(http.StatusText(code)))
}

func byVariable(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		abort(w, http.StatusMethodNotAllowed) // want "S-405-allow"
		return
	}
	if r.ContentLength > 0 {
		abort(w, http.StatusBadRequest) // want "S-error-no-return"
	}
	w.Write(nil)
	w.Write([]byte("yes"))
}
