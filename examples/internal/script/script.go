// Package script is a server that answers by a list.
package script

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Handler answers each request with its next line, and then always with the
// last: a status code, and perhaps a value for Retry-After, or for Location if
// the code is a redirect. It remembers what came, and when.
type Handler struct {
	Lines []string

	mu       sync.Mutex
	arrivals []time.Time
	requests []string
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	h.arrivals = append(h.arrivals, time.Now())
	h.requests = append(h.requests, strings.TrimSpace(r.Method+" "+string(content)))
	line := h.Lines[min(len(h.arrivals), len(h.Lines))-1]
	h.mu.Unlock()

	digits, value, _ := strings.Cut(line, " ")
	code, err := strconv.Atoi(digits)
	if err != nil {
		panic("script: " + line)
	}
	if value != "" && code/100 == 3 {
		w.Header().Set("Location", value)
	} else if value != "" {
		w.Header().Set("Retry-After", value)
	}
	w.WriteHeader(code)
	io.WriteString(w, line)
}

// Requests returns what was asked, as in "POST content".
func (h *Handler) Requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.requests...)
}

// Gaps returns the times between the requests.
func (h *Handler) Gaps() []time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	gaps := []time.Duration{}
	for i := 1; i < len(h.arrivals); i++ {
		gaps = append(gaps, h.arrivals[i].Sub(h.arrivals[i-1]))
	}
	return gaps
}
