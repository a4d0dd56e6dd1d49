package statushttp_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// ErrUserNotFound is what a package that server and client share would declare.
var ErrUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")

// show prints how a handler answers.
func show(h http.Handler, method, path, content string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(content)))
	fmt.Println(w.Code, w.Body)
}

// A server whose errors all look the same: those of its handlers, and those of its
// mux.
func Example() {
	mux := http.NewServeMux()
	mux.Handle("GET /users/{id}", statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		if r.PathValue("id") != "1" {
			return ErrUserNotFound
		}
		_, err := io.WriteString(w, "Ada")
		return err
	}))
	server := statushttp.Mux(mux) // for http.ListenAndServe

	show(server, "GET", "/users/1", "")
	show(server, "GET", "/users/42", "")
	show(server, "GET", "/people", "")
	show(server, "DELETE", "/users/1", "")
	// Output:
	// 200 Ada
	// 404 {"error":"user_not_found","message":"No such user."}
	// 404 {"error":"not_found","message":"Not Found"}
	// 405 {"error":"method_not_allowed","message":"Method Not Allowed"}
}

// A handler returns its errors. What was not written for the public stays private.
func ExampleHandlerFunc() {
	mux := http.NewServeMux()
	mux.Handle("GET /users/{id}", statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		switch id := r.PathValue("id"); id {
		case "1":
			_, err := fmt.Fprintln(w, "Ada")
			return err
		case "2":
			return errors.New("dial tcp 10.0.0.7: password is hunter2")
		default:
			return httpstatus.NotFound.Newf("user_not_found", "No user with ID %s exists.", id)
		}
	}))
	show(mux, "GET", "/users/1", "")
	show(mux, "GET", "/users/2", "")
	show(mux, "GET", "/users/42", "")
	// Output:
	// 200 Ada
	//
	// 500 {"error":"internal_server_error","message":"Internal Server Error"}
	// 404 {"error":"user_not_found","message":"No user with ID 42 exists."}
}

// A Responder maps the errors of the program's own domain, adds a request id,
// and logs the originals, with what is private.
func ExampleResponder() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{} // so that this example has one output
		}
		return a
	}}))
	api := &statushttp.Responder{
		Map: func(_ *http.Request, err error) error {
			if errors.Is(err, sql.ErrNoRows) {
				return ErrUserNotFound.WithCause(err)
			}
			return nil
		},
		Decorate: func(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
			return e.WithExtension("request_id", r.URL.Query().Get("id"))
		},
		Report: func(r *http.Request, _ error, info statushttp.Info) {
			logger.LogAttrs(r.Context(), slog.LevelError, "request failed", statushttp.Attrs(info.Error)...)
			if len(info.Missing) > 0 {
				logger.Warn("response lacks what it must have", "fields", info.Missing)
			}
		},
	}
	show(api.Handler(func(http.ResponseWriter, *http.Request) error {
		return fmt.Errorf("user 42: %w", sql.ErrNoRows)
	}), "GET", "/?id=r1", "")
	show(api.Handler(func(http.ResponseWriter, *http.Request) error {
		return httpstatus.MethodNotAllowed // and where is WithAllow?
	}), "GET", "/?id=r2", "")
	// Output:
	// level=ERROR msg="request failed" status=404 error_code=user_not_found message="No such user." cause="user 42: sql: no rows in result set"
	// 404 {"error":"user_not_found","message":"No such user.","request_id":"r1"}
	// level=ERROR msg="request failed" status=405 error_code=method_not_allowed message="Method Not Allowed"
	// level=WARN msg="response lacks what it must have" fields=[Allow]
	// 405 {"error":"method_not_allowed","message":"Method Not Allowed","request_id":"r2"}
}

// Middleware gives every request an id, which its errors tell as well.
func ExampleResponder_Write() {
	next := 0
	var api statushttp.Responder
	api.Decorate = func(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
		return e.WithExtension("request_id", r.Header.Get("X-Request-Id")).WithHeader("X-Request-Id", r.Header.Get("X-Request-Id"))
	}
	withID := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next++
			r.Header.Set("X-Request-Id", fmt.Sprintf("r%d", next))
			h.ServeHTTP(w, r)
		})
	}
	h := withID(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		api.Write(w, r, ErrUserNotFound)
	}))
	show(h, "GET", "/", "")
	show(h, "GET", "/", "")
	// Output:
	// 404 {"error":"user_not_found","message":"No such user.","request_id":"r1"}
	// 404 {"error":"user_not_found","message":"No such user.","request_id":"r2"}
}

// What does it mean that the request could not be read?
func ExampleFromRead() {
	h := statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		var user struct {
			Age int `json:"age"`
		}
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 20)).Decode(&user); err != nil {
			return statushttp.FromRead(err)
		}
		return nil
	})
	show(h, "POST", "/", `{"age":`)
	show(h, "POST", "/", `{"age":"hunter2"}`)
	show(h, "POST", "/", `{"name":"Augusta Ada"}`)
	// Output:
	// 400 {"error":"bad_request","message":"The content is cut off."}
	// 400 {"error":"bad_request","message":"The content has a value of the wrong type, at byte 16, which must be an integer in range."}
	// 413 {"error":"content_too_large","message":"The content is larger than 20 bytes."}
}

// What does a router answer by itself? With Mux it has the form of all errors, and
// OPTIONS is answered.
func ExampleMux() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /users", func(http.ResponseWriter, *http.Request) {})
	for _, h := range []http.Handler{mux, statushttp.Mux(mux)} {
		for _, request := range []string{"GET /people", "DELETE /users", "OPTIONS /users", "STEEP /users"} {
			method, path, _ := strings.Cut(request, " ")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
			fmt.Printf("%s: %d %s [%s]\n", request, w.Code, strings.TrimSpace(w.Body.String()), w.Header().Get("Allow"))
		}
	}
	// Output:
	// GET /people: 404 404 page not found []
	// DELETE /users: 405 Method Not Allowed [GET, HEAD, POST]
	// OPTIONS /users: 405 Method Not Allowed [GET, HEAD, POST]
	// STEEP /users: 405 Method Not Allowed [GET, HEAD, POST]
	// GET /people: 404 {"error":"not_found","message":"Not Found"} []
	// DELETE /users: 405 {"error":"method_not_allowed","message":"Method Not Allowed"} [GET, HEAD, POST, OPTIONS]
	// OPTIONS /users: 204  [GET, HEAD, POST, OPTIONS]
	// STEEP /users: 501 {"error":"not_implemented","message":"Not Implemented"} []
}

// A struct is an extension of an error in one call.
func ExampleJSON() {
	limits := struct {
		Limit int `json:"limit"`
		Used  int `json:"used"`
	}{100, 100}
	err := httpstatus.TooManyRequests.New("quota_exceeded", "All is used.").WithExtension("quota", statushttp.JSON(limits))
	fmt.Println(string(err.AppendBody(nil, httpstatus.SimpleJSON)))
	// Output:
	// {"error":"quota_exceeded","message":"All is used.","quota":{"limit":100,"used":100}}
}

// A client gets back the error that the server returned.
func ExampleFromResponse() {
	server := httptest.NewServer(statushttp.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return ErrUserNotFound.WithCause(sql.ErrNoRows)
	}))
	defer server.Close()

	resp, err := http.Get(server.URL + "/users/42")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	err = statushttp.FromResponse(resp)
	fmt.Println(errors.Is(err, ErrUserNotFound), errors.Is(err, httpstatus.NotFound), errors.Is(err, sql.ErrNoRows))
	fmt.Println(err)
	// Output:
	// true true false
	// remote 404 user_not_found: No such user.
}

// A panic becomes a 500, and is reported.
func ExampleRecover() {
	rs := statushttp.Responder{Report: func(_ *http.Request, err error, _ statushttp.Info) { fmt.Println("report:", err) }}
	h := rs.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("hunter2") }))
	show(h, "GET", "/", "")
	// Output:
	// report: 500 internal_server_error: Internal Server Error: panic: hunter2
	// 500 {"error":"internal_server_error","message":"Internal Server Error"}
}

// A reverse proxy says what became of the other server.
func ExampleProxyErrorHandler() {
	broken := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer broken.Close()
	target, err := url.Parse(broken.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ErrorHandler: statushttp.ProxyErrorHandler,
	}
	show(proxy, "GET", "/", "")
	// Output:
	// 502 {"error":"bad_gateway","message":"Bad Gateway"}
}
