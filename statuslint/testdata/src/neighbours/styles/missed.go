package styles

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"text/tabwriter"
)

// What only writes sets no field.

func afterEncoder(w http.ResponseWriter, r *http.Request) {
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed) // want "S-405-allow"
		enc.Encode("no")
	}
}

func afterGzip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	zw := gzip.NewWriter(w)
	defer zw.Close()
	if r.Header.Get("Authorization") == "" {
		w.WriteHeader(http.StatusUnauthorized) // want "S-401-challenge"
		io.WriteString(zw, "no")
		return
	}
	io.WriteString(zw, "yes")
}

func afterBuffer(w http.ResponseWriter, r *http.Request) {
	bw := bufio.NewWriter(w)
	defer bw.Flush()
	tw := tabwriter.NewWriter(bw, 1, 1, 1, ' ', 0)
	if r.Method != "GET" {
		http.Error(w, "no", http.StatusMethodNotAllowed) // want "S-405-allow"
		return
	}
	fmt.Fprintln(tw, "a\tb")
	tw.Flush()
}

type sink struct {
	mu  sync.Mutex
	out io.Writer
}

func (s *sink) line(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintln(s.out, text)
}

func afterSink(w http.ResponseWriter, r *http.Request) {
	s := &sink{out: w}
	if r.Method != "GET" {
		w.WriteHeader(http.StatusMethodNotAllowed) // want "S-405-allow"
		s.line("no")
		return
	}
	s.line("yes")
}

// Errors that carry a status to a wrapper.

type statusErr struct {
	Status int
	Err    error
}

func (e *statusErr) Error() string { return e.Err.Error() }
func (e *statusErr) Unwrap() error { return e.Err }

func wrap(h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		code := http.StatusInternalServerError
		var se *statusErr
		if errors.As(err, &se) {
			code = se.Status
		}
		http.Error(w, err.Error(), code)
	}
}

var errDenied = errors.New("denied")

func private(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("Authorization") == "" {
		return &statusErr{http.StatusUnauthorized, errDenied} // want "S-401-carrier"
	}
	return nil
}

func denied(err error) error {
	return &statusErr{Status: http.StatusUnauthorized, Err: err} // want "S-401-carrier"
}

type coded struct {
	code int
	text string
}

func (c coded) Error() string   { return c.text }
func (c coded) HTTPStatus() int { return c.code }

func answerCoded(w http.ResponseWriter, err error) {
	if s, ok := err.(interface{ HTTPStatus() int }); ok {
		w.WriteHeader(s.HTTPStatus())
		return
	}
	w.WriteHeader(http.StatusInternalServerError)
}

func onlyGet(r *http.Request) error {
	if r.Method != "GET" {
		return coded{code: 405, text: "no"} // want "S-405-carrier"
	}
	return nil
}

type fault struct {
	code int
	msg  string
}

func handle[T any](f func(*http.Request) (T, *fault)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, bad := f(r)
		if bad != nil {
			http.Error(w, bad.msg, bad.code)
			return
		}
		json.NewEncoder(w).Encode(v)
	}
}

var _ = handle(func(r *http.Request) (string, *fault) {
	if r.Method != "POST" {
		return "", &fault{http.StatusMethodNotAllowed, "no"} // want "S-405-carrier"
	}
	return "yes", nil
})

type typed struct{ status int }

func (t *typed) Error() string { return http.StatusText(t.status) }

func bySwitchOfType(w http.ResponseWriter, err error) {
	switch e := err.(type) {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case *typed:
		w.WriteHeader(e.status)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func newTyped(status int) error { return &typed{status: status} }

func unauthorized() error {
	return newTyped(http.StatusUnauthorized) // want "S-401-carrier"
}

// Helpers that say by their result whether they answered.

func (a *api) authed(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("Authorization") == "" {
		w.Header().Set("WWW-Authenticate", a.challenge)
		http.Error(w, "no", http.StatusUnauthorized)
		return false
	}
	return true
}

func (a *api) guarded(w http.ResponseWriter, r *http.Request) {
	if !a.authed(w, r) { // want "S-error-no-return"
		log.Print("denied")
	}
	io.WriteString(w, "yes")
}

func (a *api) guardedRight(w http.ResponseWriter, r *http.Request) {
	if !a.authed(w, r) {
		log.Print("denied")
		return
	}
	io.WriteString(w, "yes")
}

func (a *api) find(w http.ResponseWriter, r *http.Request) (item, bool) {
	it, ok := a.items[r.PathValue("id")]
	if !ok {
		http.NotFound(w, r)
		return item{}, false
	}
	return it, true
}

func (a *api) show(w http.ResponseWriter, r *http.Request) {
	it, ok := a.find(w, r) // want "S-error-no-return"
	if !ok {
		log.Print("no such item")
	}
	json.NewEncoder(w).Encode(it)
}

func (a *api) parse(w http.ResponseWriter, r *http.Request, into any) error {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return err
	}
	return nil
}

func (a *api) create(w http.ResponseWriter, r *http.Request) {
	var it item
	if err := a.parse(w, r, &it); err != nil { // want "S-error-no-return"
		log.Print(err)
	}
	w.WriteHeader(http.StatusCreated)
}

// 5xx for input.

func decode[T any](r *http.Request) (T, error) {
	var v T
	err := json.NewDecoder(r.Body).Decode(&v)
	return v, err
}

func byOwnDecoder(w http.ResponseWriter, r *http.Request) {
	it, err := decode[item](r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	fmt.Fprint(w, it)
}

func byLimitedReader(w http.ResponseWriter, r *http.Request) {
	lr := &io.LimitedReader{R: r.Body, N: 1 << 20}
	var it item
	if err := json.NewDecoder(lr).Decode(&it); err != nil {
		w.WriteHeader(500) // want "S-5xx-for-input"
		return
	}
	fmt.Fprint(w, it)
}

func byMaxBytes(w http.ResponseWriter, r *http.Request) {
	defer r.Body.Close()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		log.Print(err)
		w.WriteHeader(http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	w.Write(body)
}

func byCopy(w http.ResponseWriter, r *http.Request) {
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, r.Body); err != nil {
		http.Error(w, "no", http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	w.Write(buf.Bytes())
}

type reply struct {
	code int
	text string
}

func (r *reply) setCode(code int)    { r.code = code }
func (r *reply) setText(text string) { r.text = text }
func (r *reply) send(w http.ResponseWriter) {
	w.WriteHeader(r.code)
	io.WriteString(w, r.text)
}

func bySetters(w http.ResponseWriter, r *http.Request) {
	var out reply
	var it item
	if err := json.NewDecoder(r.Body).Decode(&it); err != nil {
		out.setCode(http.StatusInternalServerError) // want "S-5xx-for-input"
		out.setText(err.Error())
		out.send(w)
		return
	}
	out.setCode(http.StatusOK)
	out.send(w)
}

func byNumber(w http.ResponseWriter, r *http.Request) {
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		http.Error(w, "no number", http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	fmt.Fprint(w, page)
}

func byBase64(w http.ResponseWriter, r *http.Request) {
	raw, err := base64.StdEncoding.DecodeString(r.Header.Get("X-State"))
	if err != nil {
		http.Error(w, "no state", http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	w.Write(raw)
}

func byURL(w http.ResponseWriter, r *http.Request) {
	to, err := url.Parse(r.FormValue("to"))
	if err != nil {
		http.Error(w, "no URL", http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	http.Redirect(w, r, to.String(), http.StatusSeeOther)
}

func byURI(w http.ResponseWriter, r *http.Request) {
	to, err := url.ParseRequestURI(r.RequestURI)
	if err != nil {
		http.Error(w, "net/http has parsed it before", http.StatusInternalServerError)
		return
	}
	r.URL = to
}

func byFile(w http.ResponseWriter, r *http.Request) {
	file, _, err := r.FormFile("upload")
	if err != nil {
		http.Error(w, "no file", http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	defer file.Close()
	io.Copy(w, file)
}

func ofOurOwn(w http.ResponseWriter, stored []byte) {
	var it item
	if err := json.Unmarshal(stored, &it); err != nil {
		http.Error(w, "broken", http.StatusInternalServerError)
	}
}

// An error without a return.

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > 1<<20 {
			w.WriteHeader(http.StatusRequestEntityTooLarge) // want "S-error-no-return"
		}
		next.ServeHTTP(w, r)
	})
}

func chain(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Tenant") == "" {
			w.WriteHeader(http.StatusBadRequest) // want "S-error-no-return"
		}
		next(w, r)
	}
}

func (a *api) store(w http.ResponseWriter, r *http.Request) {
	var it item
	if err := json.NewDecoder(r.Body).Decode(&it); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest) // want "S-error-no-return"
	}
	a.items[it.ID] = it
}

func (a *api) storeValid(w http.ResponseWriter, r *http.Request) {
	it := item{ID: r.FormValue("id"), Name: r.FormValue("name")}
	if it.Name == "" {
		http.Error(w, "no name", http.StatusBadRequest) // want "S-error-no-return"
	}
	a.items[it.ID] = it
}

// The rest.

func twice(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		b, err = json.Marshal(map[string]string{"error": err.Error()})
	}
	if err == nil {
		http.Error(w, string(b), http.StatusBadRequest) // want "S-error-json"
	}
}

func withContext(w http.ResponseWriter, req *http.Request) {
	req = req.WithContext(req.Context())
	var it item
	if err := json.NewDecoder(req.Body).Decode(&it); err != nil {
		http.Error(w, "no", http.StatusInternalServerError) // want "S-5xx-for-input"
	}
}

func (a *api) send(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(v)
}

func (a *api) bySend(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" {
		a.send(w, http.StatusMethodNotAllowed, "no") // want "S-405-allow"
		return
	}
	if r.ContentLength == 0 {
		a.send(w, http.StatusBadRequest, "no content") // want "S-error-no-return"
	}
	a.send(w, http.StatusOK, "done")
}

func zero(w http.ResponseWriter, r *http.Request) {
	var code int
	if r.URL.Path == "/" {
		code = http.StatusOK
	}
	w.WriteHeader(code) // want "S-code-range"
}

func noPage(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		fmt.Fprint(w, "404 page not found") // S-200-not-found, information
		return
	}
}

func byState(w http.ResponseWriter, r *http.Request) {
	raw, err := base64.URLEncoding.DecodeString(r.FormValue("state"))
	if err != nil {
		http.Error(w, "no state", http.StatusBadRequest)
		return
	}
	var it item
	if err := json.Unmarshal(raw, &it); err != nil {
		http.Error(w, "no state", http.StatusInternalServerError) // want "S-5xx-for-input"
	}
}

// What a helper may have set depends on its result.

func (a *api) handled(w http.ResponseWriter, r *http.Request, h http.Handler) bool {
	if r.URL.Path == "/login" {
		h.ServeHTTP(w, r)
		return true
	}
	return false
}

func (a *api) afterHandled(h http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if a.handled(w, r, h) {
			return
		}
		w.WriteHeader(http.StatusUnauthorized) // want "S-401-challenge"
	}
}

func (a *api) known(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("Authorization") == "" {
		for k, v := range learned {
			w.Header().Set(k, v)
		}
		return false
	}
	return true
}

func (a *api) afterKnown(w http.ResponseWriter, r *http.Request) {
	if ok := a.known(w, r); !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.ContentLength == 0 {
		w.WriteHeader(http.StatusUnauthorized) // want "S-401-challenge"
	}
}

func (a *api) afterUnasked(w http.ResponseWriter, r *http.Request) {
	a.known(w, r)
	w.WriteHeader(http.StatusUnauthorized)
}

func byDecoded(w http.ResponseWriter, r *http.Request) {
	var in struct{ Expires string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	n, err := strconv.Atoi(in.Expires)
	if err != nil {
		http.Error(w, "no number", http.StatusInternalServerError) // want "S-5xx-for-input"
		return
	}
	fmt.Fprint(w, n)
}

// An error whose status a caller does not answer with.

func register(key string) error {
	if key == "" {
		return &statusErr{Status: http.StatusUnauthorized, Err: errDenied}
	}
	return nil
}

func tryRegister(key string) error {
	if err := register(key); err != nil {
		return fmt.Errorf("registering: %w", err)
	}
	return nil
}

func byMessage(w http.ResponseWriter, r *http.Request) {
	answer := "registered"
	if err := tryRegister(r.FormValue("key")); err != nil {
		var e *statusErr
		if errors.As(err, &e) {
			answer = e.Err.Error()
		}
	}
	json.NewEncoder(w).Encode(answer)
}

func enter(key string) error {
	if key == "" {
		return &statusErr{Status: http.StatusUnauthorized, Err: errDenied} // want "S-401-carrier"
	}
	return nil
}

func byStatus(w http.ResponseWriter, r *http.Request) error {
	err := enter(r.FormValue("key"))
	if e, ok := err.(*statusErr); ok {
		log.Print(e.Err)
		return e
	}
	return err
}
