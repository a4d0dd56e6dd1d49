package statushttp_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

const (
	notFoundBody         = `{"error":"not_found","message":"Not Found"}`
	methodNotAllowedBody = `{"error":"method_not_allowed","message":"Method Not Allowed"}`
	notImplementedBody   = `{"error":"not_implemented","message":"Not Implemented"}`
)

// wants is what a response should be.
type wants struct {
	name   string
	method string
	path   string
	status int
	allow  string
	body   string
}

func (want *wants) check(t *testing.T, h http.Handler) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(want.method, want.path, nil))
	assert.Equal(t, want.status, w.Code)
	assert.Equal(t, want.allow, strings.Join(w.Header().Values("Allow"), ", "))
	assert.Equal(t, want.body, w.Body.String())
	if want.body != "" && want.body[0] == '{' {
		assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	}
	return w
}

func TestMux(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.PathValue("id")) })
	mux.HandleFunc("POST /users/{id}", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("BREW /pot", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	mux.HandleFunc("OPTIONS /own", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Allow", "OPTIONS, X") })
	mux.HandleFunc("/text", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no such text", http.StatusNotFound) })
	mux.HandleFunc("/bare", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) })
	mux.HandleFunc("/dir/", func(http.ResponseWriter, *http.Request) {})
	h := statushttp.Mux(mux, "BREW")
	for _, want := range []wants{
		{"a handler", "GET", "/users/7", 200, "", "7"},
		{"HEAD is that of GET", "HEAD", "/users/7", 200, "", "7"}, // net/http drops the content
		{"no such path", "GET", "/user", 404, "", notFoundBody},
		{"no such path, and HEAD", "HEAD", "/user", 404, "", ""},
		{"no such path, and OPTIONS", "OPTIONS", "/user", 404, "", notFoundBody},
		{"no such method", "DELETE", "/users/7", 405, "GET, HEAD, POST, OPTIONS", methodNotAllowedBody},
		{"a method for elsewhere", "BREW", "/users/7", 405, "GET, HEAD, POST, OPTIONS", methodNotAllowedBody},
		{"a method for here", "BREW", "/pot", 418, "", ""},
		{"a registered method that nobody has", "MKCOL", "/users/7", 405, "GET, HEAD, POST, OPTIONS", methodNotAllowedBody},
		{"a method that nobody knows", "STEEP", "/users/7", 501, "", notImplementedBody},
		{"methods are case-sensitive", "get", "/users/7", 501, "", notImplementedBody},
		{"a method that nobody knows, and no such path", "STEEP", "/user", 501, "", notImplementedBody},
		{"a method that nobody knows, for a handler of all", "STEEP", "/text", 404, "", "no such text\n"},
		{"OPTIONS", "OPTIONS", "/users/7", 204, "GET, HEAD, POST, OPTIONS", ""},
		{"OPTIONS that a handler answers", "OPTIONS", "/own", 200, "OPTIONS, X", ""},
		{"Allow has OPTIONS already", "GET", "/own", 405, "OPTIONS", methodNotAllowedBody},
		{"a handler's own text", "GET", "/text", 404, "", "no such text\n"},
		{"a handler's own 405", "GET", "/bare", 405, "", ""},
	} {
		t.Run(want.name, func(t *testing.T) { want.check(t, h) })
	}
	t.Run("the redirects of the mux", func(t *testing.T) {
		for _, path := range []string{"/dir", "/dir//x", "/nowhere//x"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
			assert.Contains(t, []int{301, 307, 308}, w.Code, path)
			assert.NotEmpty(t, w.Header().Get("Location"))
		}
	})
	t.Run("a request for the server", func(t *testing.T) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RequestURI = "*"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		assert.Equal(t, 400, w.Code)
	})
	t.Run("a method that is empty", func(t *testing.T) {
		r := httptest.NewRequest("GET", "/user", nil)
		r.Method = ""
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		assert.Equal(t, 404, w.Code)
	})
}

// A handler behind a ServeMux gets the ResponseWriter of the server itself.
func TestMuxSameWriter(t *testing.T) {
	var got http.ResponseWriter
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { got = w })
	w := httptest.NewRecorder()
	statushttp.Mux(mux).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	assert.Same(t, w, got)
}

// The hooks of the Responder are those for all errors.
func TestResponderMux(t *testing.T) {
	rs, reports := recording()
	rs.Formats = []httpstatus.Format{httpstatus.ProblemJSON}
	rs.Decorate = func(_ *http.Request, e *httpstatus.Error) *httpstatus.Error {
		return e.WithExtension("request_id", "r1")
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(http.ResponseWriter, *http.Request) {})
	w := httptest.NewRecorder()
	w.Header().Set("ETag", `"x"`)
	rs.Mux(mux).ServeHTTP(w, httptest.NewRequest("POST", "/", nil))
	assert.Equal(t, `{"title":"Method Not Allowed","status":405,"code":"method_not_allowed","request_id":"r1"}`, w.Body.String())
	assert.Empty(t, w.Header().Get("ETag"))
	require.Len(t, *reports, 1)
	assert.ErrorIs(t, (*reports)[0].err, httpstatus.MethodNotAllowed)
	assert.Empty(t, (*reports)[0].info.Missing)
}

// A router that is no ServeMux says in its own ways that it has no handler.
func TestMuxOfAnotherRouter(t *testing.T) {
	answers := map[string]http.HandlerFunc{
		"/ok":       func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") },
		"/notfound": http.NotFound,
		"/error":    func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", 404) },
		"/bare404":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) },
		"/bare405": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Allow", "GET")
			w.WriteHeader(405)
			_, _ = w.Write(nil)
		},
		"/lines": func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Allow"] = []string{"GET", "POST"}
			http.Error(w, "", http.StatusMethodNotAllowed)
		},
		"/noallow": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusMethodNotAllowed) },
		"/sniffed": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); _, _ = io.WriteString(w, "text") },
		"/sniffed2": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			_, _ = io.WriteString(w, "text")
			_, _ = w.Write([]byte("<html>"))
		},
		"/html": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); _, _ = io.WriteString(w, "<html>no") },
		"/typed": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			w.WriteHeader(404)
			_, _ = io.WriteString(w, "no")
		},
		"/gone":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", http.StatusGone) },
		"/twice": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); w.WriteHeader(500) },
		"/flushed": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			w.(http.Flusher).Flush()
			_, _ = io.WriteString(w, "text")
		},
		"/controlled": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			_ = http.NewResponseController(w).Flush()
		},
		"/decided": func(w http.ResponseWriter, r *http.Request) {
			http.NotFound(w, r)
			w.(http.Flusher).Flush()
			_ = http.NewResponseController(w).Flush()
		},
		"/late": func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "begun"); w.WriteHeader(404) },
		"/ours": statushttp.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
			return httpstatus.NotFound.New("no_user", "No such user.")
		}).ServeHTTP,
		"/plain": func(w http.ResponseWriter, r *http.Request) {
			rs := statushttp.Responder{Formats: []httpstatus.Format{httpstatus.PlainText}}
			rs.Write(w, r, httpstatus.NotFound.New("no_user", "No such user."))
		},
		"/nested": statushttp.Mux(http.HandlerFunc(http.NotFound)).ServeHTTP,
	}
	h := statushttp.Mux(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answers[r.URL.Path](w, r) }))
	for _, want := range []wants{
		{"a handler", "GET", "/ok", 200, "", "ok"},
		{"http.NotFound", "GET", "/notfound", 404, "", notFoundBody},
		{"http.Error", "GET", "/error", 404, "", notFoundBody},
		{"nothing but the code", "GET", "/bare404", 404, "", notFoundBody},
		{"chi's 405", "POST", "/bare405", 405, "GET, OPTIONS", methodNotAllowedBody},
		{"chi's 405 to OPTIONS", "OPTIONS", "/bare405", 204, "GET, OPTIONS", ""},
		{"Allow on two lines", "PUT", "/lines", 405, "GET, POST, OPTIONS", methodNotAllowedBody},
		{"no Allow, and none is made up", "PUT", "/noallow", 405, "", methodNotAllowedBody},
		{"no Allow for OPTIONS", "OPTIONS", "/noallow", 204, "", ""},
		{"a method that nobody knows", "STEEP", "/bare405", 501, "", notImplementedBody},
		{"text without a type", "GET", "/sniffed", 404, "", notFoundBody},
		{"text, and more of it", "GET", "/sniffed2", 404, "", notFoundBody},
		{"HTML without a type", "GET", "/html", 404, "", "<html>no"},
		{"another type", "GET", "/typed", 404, "", "no"},
		{"another code", "GET", "/gone", 410, "", "gone\n"},
		{"two codes", "GET", "/twice", 404, "", notFoundBody},
		{"sent before there is content", "GET", "/flushed", 404, "", "text"},
		{"likewise, by a controller", "GET", "/controlled", 404, "", ""},
		{"a flush of what is replaced", "GET", "/decided", 404, "", notFoundBody},
		{"too late", "GET", "/late", 200, "", "begun"},
		{"an error of ours", "GET", "/ours", 404, "", `{"error":"no_user","message":"No such user."}`},
		{"an error of ours in plain text", "GET", "/plain", 404, "", "No such user.\n"},
		{"a Mux within", "GET", "/nested", 404, "", notFoundBody},
	} {
		t.Run(want.name, func(t *testing.T) {
			w := want.check(t, h)
			if want.status == 204 {
				assert.Empty(t, w.Header().Values("Content-Type"))
			}
		})
	}
}

// Streaming, copying from a reader and taking over the connection work behind
// another router as without Mux.
func TestMuxKeepsWriter(t *testing.T) {
	h := statushttp.Mux(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/stream":
			for range 3 {
				_, _ = io.WriteString(w, "x")
				w.(http.Flusher).Flush()
			}
		case "/copy":
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("copied"))
		case "/copy404":
			w.WriteHeader(404)
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("copied"))
		case "/hijack":
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, "HTTP/1.1 404 Mine\r\nContent-Length: 0\r\n\r\n")
				conn.Close()
			}
		}
	}))
	server := httptest.NewServer(h)
	defer server.Close()
	for path, want := range map[string]string{"/stream": "xxx", "/copy": "copied", "/copy404": notFoundBody} {
		resp, err := server.Client().Get(server.URL + path)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, want, string(body))
	}
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "GET /hijack HTTP/1.1\r\nHost: a\r\n\r\n")
	require.NoError(t, err)
	line, err := bufio.NewReader(conn).ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "HTTP/1.1 404 Mine\r\n", line)
}

// The table in docs/serving.md is what an http.ServeMux answers, and what Mux does.
func TestMuxInDocs(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /users", func(http.ResponseWriter, *http.Request) {})
	answer := func(h http.Handler, method, path string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		text := http.StatusText(w.Code)
		if media := w.Header().Get("Content-Type"); media != "" {
			text += ", `" + media + "`"
		}
		if allow := w.Header().Get("Allow"); allow != "" {
			text += ", `Allow: " + allow + "`"
		}
		return text
	}
	table := "| situation | http.ServeMux | statushttp.Mux |\n| --- | --- | --- |\n"
	for _, row := range []struct{ situation, method, path string }{
		{"no pattern has the path", "GET", "/people"},
		{"a pattern has the path, but not the method", "DELETE", "/users"},
		{"OPTIONS", "OPTIONS", "/users"},
		{"a method that neither a pattern nor the registry has", "STEEP", "/users"},
		{"such a method, and no pattern has the path", "STEEP", "/people"},
	} {
		table += "| " + row.situation + " | " + answer(mux, row.method, row.path) + " | " + answer(statushttp.Mux(mux), row.method, row.path) + " |\n"
	}
	page, err := os.ReadFile("../docs/serving.md")
	require.NoError(t, err)
	assert.True(t, strings.Contains(string(page), "\n\n"+table), "docs/serving.md should have:\n%s", table)
}
