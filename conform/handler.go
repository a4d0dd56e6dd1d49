package conform

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

// Handler returns a handler that calls next, watches how it answers, and calls
// report with the findings after next has returned. Exchanges without a finding
// are not reported. The response goes out unchanged.
//
// It sees more than a client does: content that net/http drops (as after 204),
// a second WriteHeader, and header fields that were set too late. It does not
// see what is written after Hijack, so that hijacked connections are not
// checked, nor what net/http adds, so that date-missing never applies. Content
// that answers HEAD is not counted, because net/http drops it by design, and
// the handlers of net/http rely on that.
//
// The http.ResponseWriter that next gets has those of the methods Flush,
// CloseNotify, Hijack, Push, ReadFrom and WriteString that the original one
// has, and Unwrap for http.ResponseController. At most 64 KiB of the content
// are kept during the exchange, and only if a rule reads them.
//
// If next panics, the response is cut off and not checked, except for a status
// code that net/http refuses; the panic goes on.
func Handler(next http.Handler, report func(*http.Request, []Finding), opts ...Option) http.Handler {
	h := &handler{next: next, report: report}
	h.config.apply(opts)
	if h.config.changed { // it is off unless asked for
		h.config.apply([]Option{Disable("date-missing")})
	}
	return h
}

type handler struct {
	next   http.Handler
	report func(*http.Request, []Finding)
	config config
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := &recorder{
		w:     w,
		notes: spareNotes.Get().(*notes),
		http2: r.ProtoMajor >= 2,
		head:  r.Method == http.MethodHead,
		trace: r.Method == http.MethodTrace,
	}
	returned := false
	defer func() {
		if findings := rec.end(r, &h.config, returned); len(findings) > 0 {
			h.report(r, findings)
		}
	}()
	h.next.ServeHTTP(rec.writer(), r)
	returned = true
}

// A recorder is an http.ResponseWriter that takes note of what goes through.
// It is not pooled: a handler that writes after it has returned must not reach
// the response to another request.
type recorder struct {
	w     http.ResponseWriter
	notes *notes // nil when the exchange is over
	http2 bool   // or later
	head  bool   // the request is HEAD
	trace bool   // the request is TRACE

	status   int // of the final response; 0 before it
	refused  int // a code that net/http panics at
	hijacked bool
	cut      bool // the content was cut off by an error that is not the handler's
	keep     bool // rules read the content

	length int64
}

// unusual is what a recorder has to note of few exchanges. It is apart so that
// the others do not pay for the room.
type unusual struct {
	any      bool // of the following
	interim  []Interim
	repeated []httpstatus.Code
	late     []string            // fields that the handler changed too late
	sent     map[string][]string // the header before that
}

// A sentField is a header field as it was when the header was sent. The first
// value is kept twice, because a handler may overwrite it in place.
type sentField struct {
	name   string
	values []string
	first  string
}

// end checks the exchange; afterwards rec only passes on.
func (rec *recorder) end(r *http.Request, c *config, returned bool) []Finding {
	if !returned && rec.refused == 0 || rec.hijacked {
		return nil // the notes are left to the garbage collector
	}
	v := &rec.notes.view
	v.x.Scheme = "http"
	if r.TLS != nil {
		v.x.Scheme = "https"
	}
	fillRequest(&v.x, r, r.RequestURI)
	v.loadRequest()
	v.canonical = true
	if rec.refused != 0 {
		v.x.Status = httpstatus.Code(rec.refused)
	} else {
		rec.loadResponse(v, r)
	}
	findings := c.checkView(v)
	rec.notes.release()
	rec.notes = nil
	return findings
}

// loadResponse sets v to what rec noted of the response to r.
func (rec *recorder) loadResponse(v *view, r *http.Request) {
	if rec.status == 0 {
		rec.started()
	}
	v.x.Status = httpstatus.Code(rec.status)
	v.x.Header = rec.w.Header()
	v.x.Body, v.x.BodyLength = rec.notes.body, rec.length
	if rec.cut || v.resp.has(fContentLength) && r.Context().Err() != nil { // the client is gone
		v.x.BodyLength, v.x.Truncated = -1, true
	}
	rec.compare()
	if u := &rec.notes.unusual; u.any {
		v.x.Interim, v.x.Repeated = u.interim, u.repeated
		if len(u.late) > 0 {
			slices.Sort(u.late)
			v.x.Header, v.x.Late = u.sent, u.late
			v.resp.load(v.x.Header)
		}
	}
	// Without a Content-Type net/http guesses one, and never JSON. A nil value
	// keeps it from doing so.
	if v.x.Status.IsError() && len(v.x.Body) > 0 && !v.resp.has(fContentEncoding) {
		if _, decided := v.x.Header["Content-Type"]; !decided {
			v.x.Header = cloneWith(v.x.Header, "Content-Type", http.DetectContentType(v.x.Body))
			v.resp.load(v.x.Header)
		}
	}
	v.measure()
}

// fillRequest copies what an http.Request tells.
func fillRequest(x *Exchange, r *http.Request, target string) {
	x.Proto, x.Method, x.Target, x.Host = r.Proto, r.Method, target, r.Host
	if x.Method == "" {
		x.Method = http.MethodGet
	}
	x.RequestHeader = r.Header
	x.RequestContent = r.ContentLength > 0 || r.ContentLength < 0 && r.Body != nil && r.Body != http.NoBody
}

// cloneWith returns a copy of h with one more field.
func cloneWith(h map[string][]string, name string, values ...string) map[string][]string {
	c := make(map[string][]string, len(h)+1)
	for k, v := range h {
		c[k] = v
	}
	c[name] = values
	return c
}

// commit notes that the header went out with a final status.
func (rec *recorder) commit(status int) {
	rec.status = status
	rec.after()
	rec.keep = rec.trace || keepsContent(status, &rec.notes.view.resp)
}

// The header is compared with what it was before each call to the original
// writer, and noted anew after it: what changes in between is not the
// handler's doing, but that of a compressor or httptest's recorder. Such
// writers make up their mind within the first content.

// before looks for changes that came too late.
func (rec *recorder) before() {
	if rec.status != 0 && rec.length < maxContent {
		rec.compare()
	}
}

// after notes the header as it is.
func (rec *recorder) after() {
	if rec.length > maxContent {
		return
	}
	snapshot, fields := rec.notes.snapshot[:0], &rec.notes.view.resp
	fields.clear()
	for name, values := range rec.w.Header() {
		f := sentField{name: name, values: values}
		if len(values) > 0 {
			f.first = values[0]
			fields.add(name, values)
		}
		snapshot = append(snapshot, f)
	}
	rec.notes.snapshot = snapshot
}

// keepsContent reports whether some rule reads the content of such a response.
func keepsContent(status int, h *fieldSet) bool {
	if status >= 400 {
		return true
	}
	if status < 200 || status >= 300 {
		return false
	}
	if !h.has(fContentType) {
		return true
	}
	essence, _ := mediaType(h.first(fContentType))
	return isJSONType(essence) || ascii.EqualFold(essence, "multipart/byteranges")
}

// compare notes the names of the fields that differ from what was sent.
func (rec *recorder) compare() {
	if rec.notes == nil || rec.hijacked {
		return
	}
	h := rec.w.Header()
	if rec.unchanged(h) {
		return
	}
	for name, values := range h {
		if !rec.wasSent(name, values) && len(values) > 0 {
			rec.addLate(name)
		}
	}
	for i := range rec.notes.snapshot {
		f := &rec.notes.snapshot[i]
		if len(f.values) > 0 && len(h[f.name]) == 0 {
			rec.addLate(f.name)
		}
	}
	if u := &rec.notes.unusual; len(u.late) > 0 && u.sent == nil {
		u.sent = rec.sentHeader()
	}
}

func (rec *recorder) addLate(name string) {
	if u := &rec.notes.unusual; !rec.isTrailer(name) && !slices.Contains(u.late, name) {
		u.any, u.late = true, append(u.late, name)
	}
}

// unchanged reports whether h is what was noted. With as many fields as before,
// a new one can only have taken the place of one that is gone.
func (rec *recorder) unchanged(h http.Header) bool {
	snapshot := rec.notes.snapshot
	if len(snapshot) != len(h) {
		return false
	}
	for i := range snapshot {
		f := &snapshot[i]
		if values, ok := h[f.name]; !ok || !sameValues(f, values) {
			return false
		}
	}
	return true
}

func (rec *recorder) wasSent(name string, values []string) bool {
	for i := range rec.notes.snapshot {
		f := &rec.notes.snapshot[i]
		if f.name == name {
			return sameValues(f, values)
		}
	}
	return false
}

func sameValues(f *sentField, values []string) bool {
	if len(f.values) != len(values) {
		return false
	}
	for i, value := range values {
		sent := f.values[i]
		if i == 0 {
			sent = f.first
		}
		if value != sent {
			return false
		}
	}
	return true
}

// isTrailer reports whether a field may be set after the header: a trailer, by
// prefix or by declaration.
func (rec *recorder) isTrailer(name string) bool {
	if strings.HasPrefix(name, http.TrailerPrefix) {
		return true
	}
	for i := range rec.notes.snapshot {
		if f := &rec.notes.snapshot[i]; f.name == "Trailer" && hasMember(f.values, name) {
			return true
		}
	}
	return false
}

// sentHeader returns the header as it was when it was sent.
func (rec *recorder) sentHeader() map[string][]string {
	h := make(map[string][]string, len(rec.notes.snapshot))
	for i := range rec.notes.snapshot {
		f := &rec.notes.snapshot[i]
		values := slices.Clone(f.values)
		if len(values) > 0 {
			values[0] = f.first
		}
		h[f.name] = values
	}
	return h
}

// An ability is a set of methods that an http.ResponseWriter may have.
type ability uint8

const (
	canFlush ability = 1 << iota
	canNotify
	canHijack
	canPush
	canReadFrom
	canWriteString
)

// closeNotifier is http.CloseNotifier, which is deprecated, and asked for all the
// same.
type closeNotifier interface{ CloseNotify() <-chan bool }

// abilities returns what w can do.
func abilities(w http.ResponseWriter) ability {
	var set ability
	if _, ok := w.(http.Flusher); ok {
		set |= canFlush
	}
	if _, ok := w.(closeNotifier); ok {
		set |= canNotify
	}
	if _, ok := w.(http.Hijacker); ok {
		set |= canHijack
	}
	if _, ok := w.(http.Pusher); ok {
		set |= canPush
	}
	if _, ok := w.(io.ReaderFrom); ok {
		set |= canReadFrom
	}
	if _, ok := w.(io.StringWriter); ok {
		set |= canWriteString
	}
	return set
}

// writerTypes are the first types of writers that came, with what they can do:
// most servers have one or two, and it takes longer to ask them.
var writerTypes [4]atomic.Pointer[writerType]

type writerType struct {
	reflect.Type
	ability
}

// writer returns rec with the abilities that the original writer has.
func (rec *recorder) writer() http.ResponseWriter {
	t := reflect.TypeOf(rec.w)
	for i := range writerTypes {
		known := writerTypes[i].Load()
		if known == nil {
			known = &writerType{t, abilities(rec.w)}
			writerTypes[i].Store(known)
		}
		if known.Type == t {
			return rec.shape(known.ability)
		}
	}
	return rec.shape(abilities(rec.w))
}

func (rec *recorder) flush() {
	rec.before()
	rec.w.(http.Flusher).Flush()
	rec.started()
}

// flushError is what http.ResponseController looks for first.
func (rec *recorder) flushError() error {
	rec.before()
	err := http.NewResponseController(rec.w).Flush()
	if err == nil {
		rec.started()
	}
	return err
}

func (rec *recorder) closeNotify() <-chan bool {
	return rec.w.(closeNotifier).CloseNotify()
}

func (rec *recorder) push(target string, opts *http.PushOptions) error {
	return rec.w.(http.Pusher).Push(target, opts)
}

func (rec *recorder) hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := rec.w.(http.Hijacker).Hijack()
	rec.hijacked = rec.hijacked || err == nil
	return conn, rw, err
}

func (rec *recorder) Header() http.Header { return rec.w.Header() }

// Unwrap is for http.ResponseController.
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.w }

func (rec *recorder) WriteHeader(status int) {
	if rec.hijacked || rec.notes == nil {
		rec.w.WriteHeader(status)
		return
	}
	if status < 100 || status > 999 { // net/http panics
		rec.refused = status
	}
	rec.before()
	rec.w.WriteHeader(status)
	rec.refused = 0
	switch {
	case rec.status != 0:
		if u := &rec.notes.unusual; len(u.repeated) < maxInterim {
			u.any, u.repeated = true, append(u.repeated, httpstatus.Code(status))
		}
		rec.after()
	case status < 200 && (status != http.StatusSwitchingProtocols || rec.http2):
		if u := &rec.notes.unusual; len(u.interim) < maxInterim {
			u.any, u.interim = true, append(u.interim, Interim{Status: httpstatus.Code(status), Header: rec.w.Header().Clone()})
		}
	default:
		rec.commit(status)
	}
}

func (rec *recorder) Write(p []byte) (int, error) {
	rec.before()
	n, err := rec.w.Write(p)
	rec.started()
	wrote(rec, p, err)
	return n, err
}

func (rec *recorder) writeString(s string) (int, error) {
	rec.before()
	n, err := io.WriteString(rec.w, s)
	rec.started()
	wrote(rec, s, err)
	return n, err
}

// started notes the 200 that a first Write implies, and the header.
func (rec *recorder) started() {
	switch {
	case rec.hijacked || rec.notes == nil:
	case rec.status == 0:
		rec.commit(http.StatusOK)
	default:
		rec.after()
	}
}

// wrote notes content that the handler tried to send.
func wrote[T string | []byte](rec *recorder, p T, err error) {
	if rec.head || rec.hijacked || rec.notes == nil {
		return
	}
	rec.length += int64(len(p))
	if n := rec.notes; rec.keep && len(n.body) < maxContent {
		n.body = append(n.body, p[:min(len(p), maxContent-len(n.body))]...)
	}
	rec.failed(err)
}

// failed notes an error that is not due to what the handler wrote: the client
// is gone, and the handler may stop early.
func (rec *recorder) failed(err error) {
	if err != nil && !errors.Is(err, http.ErrBodyNotAllowed) && !errors.Is(err, http.ErrContentLength) {
		rec.cut = true
	}
}

// readFrom lets the original writer copy from src, with sendfile where it can.
// What the rules read goes through Write first.
func (rec *recorder) readFrom(src io.Reader) (int64, error) {
	// Where content is refused, only Write tells how much was tried.
	if rec.status != 0 && !httpstatus.Code(rec.status).AllowsContent() {
		return io.Copy(writeOnly{rec}, src)
	}
	var total int64
	if rec.reads() {
		room := int64(maxContent - len(rec.notes.body))
		n, err := io.Copy(writeOnly{rec}, io.LimitReader(src, room))
		if err != nil || n < room {
			return n, err
		}
		total = n
	}
	rec.before()
	n, err := rec.w.(io.ReaderFrom).ReadFrom(src)
	rec.started()
	if !rec.head && !rec.hijacked {
		rec.length += n
		rec.failed(err)
	}
	return total + n, err
}

// reads reports whether rules read the content that comes next.
func (rec *recorder) reads() bool {
	if rec.notes == nil || rec.head || rec.hijacked {
		return false
	}
	if rec.status == 0 {
		rec.after()
		return rec.trace || keepsContent(http.StatusOK, &rec.notes.view.resp)
	}
	return rec.keep
}

// writeOnly has nothing that io.Copy would rather use than Write.
type writeOnly struct{ io.Writer }
