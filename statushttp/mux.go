package statushttp

import (
	"net/http"
	"slices"
	"strings"

	"example.com/httpstatus"
)

// Mux returns a handler that replaces the plain-text answers of a router, that
// there is no such path or no such method. It is the Mux method of a zero
// [Responder].
//
//	mux := http.NewServeMux()
//	mux.Handle("GET /users/{id}", statushttp.HandlerFunc(getUser))
//	log.Fatal(http.ListenAndServe(addr, statushttp.Mux(mux)))
func Mux(router http.Handler, methods ...string) http.Handler {
	return new(Responder).Mux(router, methods...)
}

// Mux returns a handler that replaces the plain-text answers of a router, so
// that its errors look like all others of the program:
//
//   - 404 (Not Found), if no pattern has the path;
//   - 405 (Method Not Allowed), if a pattern has the path and not the method.
//     Allow is that of the router with OPTIONS added, since OPTIONS is answered
//     too;
//   - 204 (No Content) with the same Allow, if the method is OPTIONS and the router
//     would say 405 (RFC 9110, Section 9.3.7);
//   - 501 (Not Implemented) instead of 404 and 405, if the method is neither in
//     the IANA registry nor one of methods, which names the unregistered
//     methods of this server (RFC 9110, Section 15.6.2).
//
// If router is an [*http.ServeMux], exactly its own answers are replaced, and
// handlers get the ResponseWriter that they would get without Mux. For another
// router, such as chi's, every 404 or 405 in text/plain or without content
// counts as the router's own; all other responses pass unchanged. The answers
// of this package are never replaced. A middleware that compresses belongs
// around Mux, which cannot recognize a compressed answer. A router that sends no
// Allow with its 405, such as gorilla's, gets none: only it knows the methods.
func (rs *Responder) Mux(router http.Handler, methods ...string) http.Handler {
	m := &muxHandler{rs, slices.Clone(methods)}
	if mux, ok := router.(*http.ServeMux); ok {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { m.serveMux(mux, w, r) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { m.serve(router, w, r) })
}

type muxHandler struct {
	rs      *Responder
	methods []string // beside those of the registry
}

// serveMux asks a ServeMux what it would do before it lets it.
func (m *muxHandler) serveMux(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	if r.RequestURI == "*" { // about the server, and not about a path
		mux.ServeHTTP(w, r)
		return
	}
	if own, pattern := mux.Handler(r); pattern == "" {
		answer := routerAnswer{header: http.Header{}}
		own.ServeHTTP(&answer, r)
		if isRouters(answer.status) { // and no redirect to a cleaner path
			m.answer(w, r, answer.status, answer.header["Allow"])
			return
		}
	}
	mux.ServeHTTP(w, r)
}

// serve lets a router answer, and replaces what it says of itself.
func (m *muxHandler) serve(router http.Handler, w http.ResponseWriter, r *http.Request) {
	w = watched(w, r)
	state := watching(w)
	own, outer := &routing{}, state.router
	state.router = own
	router.ServeHTTP(w, r)
	state.router = outer
	if own.status != 0 && !state.started {
		m.answer(w, r, own.status, w.Header()["Allow"])
	}
}

// isRouters reports whether a status code is one that a router answers with when
// it finds no handler.
func isRouters(status int) bool {
	return status == http.StatusNotFound || status == http.StatusMethodNotAllowed
}

// answer answers a request for which the router has no handler.
func (m *muxHandler) answer(w http.ResponseWriter, r *http.Request, status int, allow []string) {
	if len(allow) > 0 && !allows(allow, http.MethodOptions) {
		allow = []string{strings.Join(append(slices.Clone(allow), http.MethodOptions), ", ")}
	}
	delete(w.Header(), "Allow")
	e := httpstatus.NotFound.New("", "")
	switch {
	case r.Method != "" && !isRegistered(r.Method) && !slices.Contains(m.methods, r.Method):
		e = httpstatus.NotImplemented.New("", "")
	case status == http.StatusNotFound:
	case r.Method == http.MethodOptions:
		h := w.Header()
		clean(h, httpstatus.NoContent)
		drop(h, "Content-Type")
		drop(h, "X-Content-Type-Options")
		if len(allow) > 0 {
			h["Allow"] = allow
		}
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		e = httpstatus.MethodNotAllowed.New("", "")
		for _, line := range allow {
			e = e.WithHeader("Allow", line)
		}
	}
	m.rs.Write(w, r, e)
}

// allows reports whether an Allow field has the method.
func allows(lines []string, method string) bool {
	for _, line := range lines {
		for name := range strings.SplitSeq(line, ",") {
			if strings.TrimSpace(name) == method {
				return true
			}
		}
	}
	return false
}

// A routerAnswer is a ResponseWriter that keeps the status code and the header.
type routerAnswer struct {
	header http.Header
	status int
}

func (a *routerAnswer) Header() http.Header         { return a.header }
func (a *routerAnswer) WriteHeader(status int)      { a.status = status }
func (a *routerAnswer) Write(p []byte) (int, error) { return len(p), nil }

// routing is what a watch knows of a router whose own answers are replaced.
type routing struct {
	status  int  // the 404 or 405 that is held back; 0 for none
	decided bool // it is the router's, and its content is dropped
}

// holds reports whether a status code is held back: it may be the router's own.
func (o *routing) holds(status int, h http.Header) bool {
	if o.status != 0 {
		return true // a second status code, which does not count
	}
	if !isRouters(status) {
		return false
	}
	media := h["Content-Type"]
	if len(media) > 0 && !isPlainText(media[0]) {
		return false
	}
	o.status, o.decided = status, len(media) > 0
	return true
}

func isPlainText(media string) bool {
	media, _, _ = strings.Cut(media, ";")
	return strings.EqualFold(strings.TrimSpace(media), "text/plain")
}

// replaces reports whether p is content of an answer that is replaced. Content
// that is not makes what was held back go out first.
func (t *watch) replaces(p []byte) bool {
	o := t.router
	switch {
	case o == nil || o.status == 0:
		return false
	case o.decided || len(p) == 0:
		return true
	case isPlainText(http.DetectContentType(p)): // what net/http would say
		o.decided = true
		return true
	}
	t.release()
	return false
}

// release sends what is held back, unless it is known to be replaced, and reports
// whether it is.
func (t *watch) release() (replaced bool) {
	o := t.router
	if o == nil || o.status == 0 || o.decided {
		return o != nil && o.decided
	}
	t.router = nil
	t.WriteHeader(o.status)
	return false
}
