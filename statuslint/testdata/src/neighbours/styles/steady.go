// Package styles has right answers and mistakes in the styles of real servers:
// generics, method values, closures, embedded writers, tables of handlers.
package styles

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net/http"
	"strings"
)

// A helper that only writes sends no status of its own.

func emit[T any](w http.ResponseWriter, v T) error { return json.NewEncoder(w).Encode(v) }

func missing(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusNotFound)
	emit(w, map[string]string{"error": "gone"})
}

type page struct {
	http.ResponseWriter
	title string
}

func (p page) body(text string) { fmt.Fprintf(p, "<h1>%s</h1>%s", p.title, text) }

func missingPage(w http.ResponseWriter, _ *http.Request) {
	p := page{w, "Nothing"}
	p.WriteHeader(http.StatusNotFound)
	p.body("there is nothing here")
}

// A helper whose status depends on whether the header was sent.
type tracker struct {
	http.ResponseWriter
	wrote bool
}

func (t *tracker) start(code int) {
	if t.wrote {
		return
	}
	t.wrote = true
	t.ResponseWriter.WriteHeader(code)
}

func tracked(w http.ResponseWriter, r *http.Request) {
	t := &tracker{ResponseWriter: w}
	if r.URL.Path == "/" {
		t.start(http.StatusAccepted)
	}
	t.start(http.StatusOK)
}

func lateType(w http.ResponseWriter, _ *http.Request) {
	send := func(v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	w.WriteHeader(http.StatusNotFound)
	send("gone") // want "S-late-header"
}

func render(w http.ResponseWriter, t *template.Template, v any) {
	w.Header().Set("Content-Type", "text/html")
	if err := t.Execute(w, v); err != nil {
		log.Print(err)
	}
}

func lateTypeByHelper(w http.ResponseWriter, t *template.Template) {
	w.WriteHeader(http.StatusNotFound)
	render(w, t, nil) // want "S-late-header"
}

// Every caller of the writer of these problems sets Allow.

type problem struct {
	Status int
	Detail string
}

type api struct {
	challenge string
	items     map[string]item
}

type item struct{ ID, Name string }

func (a *api) writeProblem(w http.ResponseWriter, p *problem) {
	w.WriteHeader(p.Status)
	io.WriteString(w, p.Detail)
}

func (a *api) byMethodValue(w http.ResponseWriter, r *http.Request) {
	if r.Method == "GET" {
		return
	}
	w.Header().Set("Allow", "GET")
	a.writeProblem(w, &problem{Status: http.StatusMethodNotAllowed})
}

func (a *api) byDefer(w http.ResponseWriter, r *http.Request) {
	var p *problem
	defer func() {
		if p != nil {
			w.Header().Set("Allow", "GET")
			a.writeProblem(w, p)
		}
	}()
	if r.Method != "GET" {
		p = &problem{Status: http.StatusMethodNotAllowed}
	}
}

// The method reaches the branch through what is derived from it.

type operation int

const (
	unknownOp operation = iota
	readOp
	writeOp
)

var operations = map[string]operation{"GET": readOp, "PUT": writeOp}

func byMap(w http.ResponseWriter, r *http.Request) {
	op, ok := operations[r.Method]
	if !ok {
		w.Header().Set("Allow", "GET, PUT")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	fmt.Fprint(w, op)
}

type routeOf struct{ path, verb string }

var table = map[routeOf]http.HandlerFunc{{"/", "GET"}: missing}

func byTable(w http.ResponseWriter, r *http.Request) {
	h := table[routeOf{r.URL.Path, r.Method}]
	if h == nil {
		w.Header().Set("Allow", "GET")
		http.Error(w, "no", http.StatusMethodNotAllowed)
		return
	}
	h(w, r)
}

func lookup[K comparable, V any](m map[K]V, key K) (V, bool) {
	v, ok := m[key]
	return v, ok
}

func byGeneric(w http.ResponseWriter, r *http.Request) {
	if _, ok := lookup(operations, strings.ToUpper(r.Method)); !ok {
		w.Header().Set("Allow", "GET, PUT")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

type asked struct {
	op  operation
	key string
}

func ask(r *http.Request) (a asked) {
	switch r.Method {
	case "GET":
		a.op = readOp
	case "PUT":
		a.op = writeOp
	}
	a.key = r.URL.Path
	return a
}

func byField(w http.ResponseWriter, r *http.Request) {
	switch a := ask(r); a.op {
	case readOp, writeOp:
		fmt.Fprint(w, a.key)
	default:
		w.Header().Set("Allow", "GET, PUT")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func forbidden(w http.ResponseWriter, r *http.Request, admin bool) {
	if !admin {
		w.Header().Set("Allow", "GET")
		w.WriteHeader(http.StatusMethodNotAllowed) // want "S-405-not-method"
	}
}

// Tests that go together.

func bySwitch(w http.ResponseWriter, r *http.Request) {
	_, _, ok := r.BasicAuth()
	switch {
	case !ok:
		w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
	case r.ContentLength > 0:
		w.Header().Set("X-Content", "yes")
	}
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func byFlag(w http.ResponseWriter, r *http.Request) {
	denied := r.Header.Get("Authorization") == ""
	if denied {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	log.Print(r.URL, denied)
	if denied {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	fmt.Fprint(w, "yes")
}

func byGoto(w http.ResponseWriter, r *http.Request) {
	user, _, ok := r.BasicAuth()
	if !ok {
		w.Header().Set("WWW-Authenticate", "Basic")
		goto deny
	}
	if user == "" {
		w.Header().Set("WWW-Authenticate", "Basic")
		goto deny
	}
	fmt.Fprint(w, user)
	return
deny:
	w.WriteHeader(http.StatusUnauthorized)
}

func byLabel(w http.ResponseWriter, r *http.Request, keys []string) {
	ok := false
search:
	for _, k := range keys {
		for _, v := range r.Header.Values("Authorization") {
			if v == k {
				ok = true
				break search
			}
		}
	}
	if !ok {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	fmt.Fprint(w, "yes")
}

func unrelated(w http.ResponseWriter, r *http.Request, admin bool) {
	_, _, ok := r.BasicAuth()
	if !ok {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	if !admin {
		w.WriteHeader(http.StatusUnauthorized) // want "S-401-challenge"
	}
}

// One finding for one missing return.

func inCase(w http.ResponseWriter, r *http.Request) {
	switch err := load(r); {
	case err == nil:
	case errors.Is(err, io.EOF):
		http.Error(w, "no", http.StatusNotFound) // want "S-error-no-return"
	default:
		http.Error(w, "no", http.StatusInternalServerError)
		return
	}
	w.Header().Set("X-Loaded", "yes")
	w.WriteHeader(http.StatusOK)
	io.WriteString(w, "done")
}

func inLoop(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.URL.Query()["id"] {
		if id == "" {
			http.Error(w, "empty id", http.StatusBadRequest) // want "S-error-no-return"
		}
	}
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, "done")
}

func inClosure() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := load(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError) // want "S-error-no-return"
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode("done")
	}
}

func load(r *http.Request) error { return r.Context().Err() }

// A closure answers through the writer of the function around it.

func byClosure(w http.ResponseWriter, r *http.Request) {
	fail := func(code int, text string) {
		w.Header().Set("X-Failed", "yes")
		http.Error(w, text, code)
	}
	if r.ContentLength == 0 {
		fail(http.StatusBadRequest, "no content") // want "S-error-no-return"
	}
	if r.Method != "POST" {
		fail(http.StatusMethodNotAllowed, "no") // want "S-405-allow"
		return
	}
	io.WriteString(w, "yes")
}

func byClosureWithResult(w http.ResponseWriter, r *http.Request) {
	checked := func() bool {
		if r.ContentLength == 0 {
			http.Error(w, "no content", http.StatusBadRequest)
			return false
		}
		return true
	}
	if !checked() { // want "S-error-no-return"
		log.Print("no content")
	}
	io.WriteString(w, "yes")
}

func byClosureRight(w http.ResponseWriter, r *http.Request) {
	challenge := func() { w.Header().Set("WWW-Authenticate", "Bearer") }
	done := func(v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	if r.Header.Get("Authorization") == "" {
		challenge()
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.ContentLength == 0 {
		http.Error(w, "no content", http.StatusBadRequest)
		return
	}
	done("yes")
}

// Fields that every response gets, from a table.

var everywhere = map[string]string{"Cache-Control": "no-store", "X-Frame-Options": "deny"}

var plain = []string{"Vary", "Server"}

func byTableOfFields(w http.ResponseWriter, r *http.Request) {
	for k, v := range everywhere {
		w.Header().Set(k, v)
	}
	for _, k := range plain {
		w.Header()[k] = []string{"x"}
	}
	if r.Method != "GET" {
		w.WriteHeader(http.StatusMethodNotAllowed) // want "S-405-allow"
	}
}

var challenges = map[string]string{"WWW-Authenticate": "Basic"}

func byTableWithChallenge(w http.ResponseWriter, r *http.Request) {
	for k, v := range challenges {
		w.Header().Set(k, v)
	}
	w.WriteHeader(http.StatusUnauthorized)
}

var learned = map[string]string{"X-Frame-Options": "deny"}

func learn(k, v string) { learned[k] = v }

func byTableThatGrows(w http.ResponseWriter, r *http.Request) {
	for k, v := range learned {
		w.Header().Set(k, v)
	}
	w.WriteHeader(http.StatusUnauthorized)
}

// A status after a failed write does no harm.

func writeFailed(w http.ResponseWriter, t *template.Template, v any) {
	if err := t.Execute(w, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func encodeFailed(w http.ResponseWriter, v any) {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "\t")
	if err := enc.Encode(v); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
}

func emitFailed(w http.ResponseWriter, v []string) {
	w.WriteHeader(http.StatusAccepted)
	err := emit(w, v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
