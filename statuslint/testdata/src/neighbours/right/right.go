// Package right has handlers as services have them, and none of them is wrong.
package right

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func proxy(w http.ResponseWriter, r *http.Request) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		http.Error(w, "no upstream", http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	for k, vs := range resp.Header {
		for _, v := range vs {
			w.Header().Add(k, v)
		}
	}
	w.WriteHeader(resp.StatusCode)
	if _, err := io.Copy(w, resp.Body); err != nil {
		log.Print(err)
	}
}

func events(w http.ResponseWriter, r *http.Request, ch <-chan string) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streaming", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	flusher.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case s, ok := <-ch:
			if !ok {
				return
			}
			fmt.Fprintf(w, "data: %s\n\n", s)
			flusher.Flush()
		}
	}
}

func hijack(w http.ResponseWriter, r *http.Request) {
	h, ok := w.(http.Hijacker)
	if !ok {
		http.Error(w, "cannot upgrade", http.StatusInternalServerError)
		return
	}
	conn, _, err := h.Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	conn.Close()
}

func recovers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(code int) {
	if s.status == 0 {
		s.status = code
		s.ResponseWriter.WriteHeader(code)
	}
}

func logged(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s := &statusWriter{ResponseWriter: w}
		next.ServeHTTP(s, r)
		if s.status == 0 {
			s.WriteHeader(http.StatusNoContent)
		}
		log.Print(s.status)
	}
}

type methods map[string]http.HandlerFunc

func (m methods) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h, ok := m[r.Method]; ok {
		h(w, r)
		return
	}
	var allow []string
	for k := range m {
		allow = append(allow, k)
	}
	w.Header().Set("Allow", strings.Join(allow, ", "))
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Error(w, "no such method", http.StatusMethodNotAllowed)
}

var (
	errNoLogin  = errors.New("no login")
	errNoMethod = errors.New("no such method")
)

func writeError(w http.ResponseWriter, r *http.Request, err error) {
	code := http.StatusInternalServerError
	switch {
	case errors.Is(err, errNoLogin):
		code = http.StatusUnauthorized
		w.Header().Set("WWW-Authenticate", `Bearer realm="api"`)
	case errors.Is(err, errNoMethod):
		code = http.StatusMethodNotAllowed
		w.Header().Set("Allow", "GET")
	case errors.Is(err, context.Canceled):
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	if err := json.NewEncoder(w).Encode(map[string]string{"error": err.Error()}); err != nil {
		log.Print(err)
	}
}

func usesError(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		writeError(w, r, errNoMethod)
		return
	}
	if r.Header.Get("Authorization") == "" {
		writeError(w, r, errNoLogin)
		return
	}
	io.WriteString(w, "there")
}

type auth struct{ challenges []string }

func (a *auth) require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			next.ServeHTTP(w, r)
			return
		}
		for _, c := range a.challenges {
			w.Header().Add("WWW-Authenticate", c)
		}
		w.WriteHeader(http.StatusUnauthorized)
	})
}

type cache struct {
	mu    sync.Mutex
	pages map[string][]byte
}

func (c *cache) serve(w http.ResponseWriter, r *http.Request) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	b, ok := c.pages[r.URL.Path]
	if !ok {
		return false
	}
	w.Header().Set("Content-Type", "text/html")
	w.Write(b)
	return true
}

var page = template.Must(template.New("page").Parse("{{.}}"))

func (c *cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c.serve(w, r) {
		return
	}
	var buf bytes.Buffer
	if err := page.Execute(&buf, r.URL.Path); err != nil {
		http.Error(w, "cannot render", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	buf.WriteTo(w)
}

func conditional(w http.ResponseWriter, r *http.Request, tag string, modified time.Time) {
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	http.ServeContent(w, r, "x.txt", modified, strings.NewReader("there"))
}

func partial(w http.ResponseWriter, r *http.Request, b []byte) {
	w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(b)-1, len(b)))
	w.WriteHeader(http.StatusPartialContent)
	w.Write(b)
}

func parses(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		n = 10 // the default
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		http.Error(w, "bad id", http.StatusBadRequest)
		return
	}
	fmt.Fprintln(w, n, id)
}

func once(w http.ResponseWriter, r *http.Request) {
	var failed bool
	for _, part := range strings.Split(r.URL.Path, "/") {
		if part == ".." {
			failed = true
			break
		}
	}
	if failed {
		http.Error(w, "bad path", http.StatusBadRequest)
	} else {
		io.WriteString(w, "there")
	}
}

func fallback(w http.ResponseWriter, r *http.Request, handlers []func(http.ResponseWriter, *http.Request) bool) {
	for _, h := range handlers {
		if h(w, r) {
			return
		}
	}
	http.NotFound(w, r)
}

func lastResort(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/a":
		io.WriteString(w, "a")
		return
	case "/b":
		w.WriteHeader(http.StatusNoContent)
	default:
		http.NotFound(w, r)
	}
}

func recorded(w http.ResponseWriter, r *http.Request, next http.Handler) {
	rec := httptest.NewRecorder()
	next.ServeHTTP(rec, r)
	for k, v := range rec.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(rec.Code)
	rec.Body.WriteTo(w)
}

func timeout(w http.ResponseWriter, r *http.Request, work func() ([]byte, error)) {
	type result struct {
		b   []byte
		err error
	}
	done := make(chan result, 1)
	go func() {
		b, err := work()
		done <- result{b, err}
	}()
	select {
	case res := <-done:
		if res.err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		w.Write(res.b)
	case <-time.After(time.Second):
		http.Error(w, "too slow", http.StatusServiceUnavailable)
	}
}

func byGin(c *gin.Context) {
	var v struct{ Name string }
	if err := c.ShouldBindJSON(&v); err != nil {
		c.AbortWithStatusJSON(http.StatusBadRequest, gin.H{"error": "cannot read"})
		return
	}
	if c.Request.Header.Get("Authorization") == "" {
		c.Header("WWW-Authenticate", "Bearer")
		c.Status(http.StatusUnauthorized)
		return
	}
	c.JSON(http.StatusCreated, v)
}

func byEcho(c echo.Context) error {
	if c.Request().Method != "GET" {
		c.Response().Header().Set("Allow", "GET")
		return echo.NewHTTPError(http.StatusMethodNotAllowed)
	}
	if err := c.String(http.StatusOK, "there"); err != nil {
		return err
	}
	return nil
}

// A reply that is made first and sent later.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (p *reply) send(w http.ResponseWriter) {
	for k, v := range p.header {
		w.Header()[k] = v
	}
	if p.status != 0 {
		w.WriteHeader(p.status)
	}
	if len(p.body) > 0 {
		w.Write(p.body)
	}
}

func replies(w http.ResponseWriter, r *http.Request) {
	p := &reply{status: http.StatusOK}
	if r.Method != "GET" {
		p = &reply{status: http.StatusMethodNotAllowed, header: http.Header{"Allow": {"GET"}}}
	}
	p.send(w)
}

// Each connection of a test server.
func serveAll(ws []http.ResponseWriter) {
	for _, w := range ws {
		if w == nil {
			continue
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func ended(w http.ResponseWriter, r *http.Request) {
	v, err := r.Cookie("session")
	if err != nil {
		http.Error(w, "no session", http.StatusForbidden)
		log.Panic(err)
	}
	io.WriteString(w, v.Value)
}

func withState(w http.ResponseWriter, r *http.Request, state *struct{ served bool }) {
	err := r.ParseForm()
	if err == nil {
		io.WriteString(w, "there")
		state.served = true
	}
	if !state.served {
		http.Error(w, "bad form", http.StatusBadRequest)
	}
}

func isRead(r *http.Request) bool { return r.Method == "GET" || r.Method == "HEAD" }

func tested(w http.ResponseWriter, r *http.Request) {
	if isRead(r) {
		io.WriteString(w, "there")
	}
	log.Print(r.URL)
	if !isRead(r) {
		w.WriteHeader(http.StatusNoContent)
	}
}

func testedTwice(w http.ResponseWriter, r *http.Request) {
	if len(r.URL.Path) > 100 || r.URL.RawQuery != "" {
		http.Error(w, "too long", http.StatusRequestURITooLong)
	}
	if len(r.URL.Path) <= 100 && r.URL.RawQuery == "" {
		io.WriteString(w, "there")
	}
}
