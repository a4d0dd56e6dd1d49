package conform

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/shapes"
)

// abilityMethods are the methods that a recorder has if the writer below has
// them, in the order of the bits of ability.
var abilityMethods = []shapes.Ability{
	{`Flush() { w.flush() }`, `FlushError() error { return w.flushError() }`},
	{`CloseNotify() <-chan bool { return w.closeNotify() }`},
	{`Hijack() (net.Conn, *bufio.ReadWriter, error) { return w.hijack() }`},
	{`Push(target string, opts *http.PushOptions) error { return w.push(target, opts) }`},
	{`ReadFrom(src io.Reader) (int64, error) { return w.readFrom(src) }`},
	{`WriteString(s string) (int, error) { return w.writeString(s) }`},
}

// The types that give a recorder the abilities of the writer below it are made
// by a rule.
//
//	go test ./conform -run TestShapes -update
func TestShapes(t *testing.T) {
	source, err := shapes.Source("conform", "recorder", abilityMethods)
	require.NoError(t, err)
	compareDocs(t, "shapes_gen.go", string(source))
}

// A fullWriter has every ability, and notes what is called.
type fullWriter struct {
	http.ResponseWriter
	called string
}

func (w *fullWriter) Write(p []byte) (int, error)          { w.called = "Write"; return len(p), nil }
func (w *fullWriter) Flush()                               { w.called = "Flush" }
func (w *fullWriter) CloseNotify() <-chan bool             { w.called = "CloseNotify"; return nil }
func (w *fullWriter) Push(string, *http.PushOptions) error { w.called = "Push"; return nil }
func (w *fullWriter) ReadFrom(src io.Reader) (int64, error) {
	w.called = "ReadFrom"
	return io.Copy(io.Discard, src)
}
func (w *fullWriter) WriteString(s string) (int, error) { w.called = "WriteString"; return len(s), nil }
func (w *fullWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.called = "Hijack"
	return nil, nil, http.ErrNotSupported
}

// use calls each method of w that it has beside those of every
// http.ResponseWriter, and returns their names and what was called below.
func use(w http.ResponseWriter, below *fullWriter) (has, reached []string) {
	note := func(name string, call func()) {
		below.called = ""
		call()
		has, reached = append(has, name), append(reached, below.called)
	}
	if f, ok := w.(http.Flusher); ok {
		note("Flush", f.Flush)
	}
	if f, ok := w.(interface{ FlushError() error }); ok {
		note("Flush", func() { f.FlushError() })
	}
	if c, ok := w.(closeNotifier); ok {
		note("CloseNotify", func() { c.CloseNotify() })
	}
	if p, ok := w.(http.Pusher); ok {
		note("Push", func() { p.Push("/", nil) })
	}
	if r, ok := w.(io.ReaderFrom); ok {
		note("ReadFrom", func() { r.ReadFrom(io.LimitReader(zeros{}, 2*maxContent)) })
	}
	if s, ok := w.(io.StringWriter); ok {
		note("WriteString", func() { s.WriteString("") })
	}
	if h, ok := w.(http.Hijacker); ok {
		note("Hijack", func() { h.Hijack() })
	}
	return has, reached
}

// Over a writer with any set of abilities, a recorder has the same set, and
// what is called reaches the writer.
func TestAbilities(t *testing.T) {
	sets := map[string]bool{}
	for set := range ability(1 << len(abilityMethods)) {
		t.Run(fmt.Sprintf("%06b", set), func(t *testing.T) {
			full := &fullWriter{ResponseWriter: httptest.NewRecorder()}
			below := (&recorder{w: full}).shape(set)
			want, _ := use(below, full)
			var has, reached []string
			Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				has, reached = use(w, full)
				assert.Equal(t, below, w.(interface{ Unwrap() http.ResponseWriter }).Unwrap())
			}), nil).ServeHTTP(below, get("/"))
			assert.Equal(t, want, has, "its methods")
			assert.Equal(t, has, reached, "what is called below")
			sets[strings.Join(has, " ")] = true
		})
	}
	assert.Len(t, sets, 1<<len(abilityMethods), "each set is another one")
}

// Without WriteString below, it is Write that gets the text, and the text
// counts; gin's Stream asks for a CloseNotifier and panics without.
func TestServerAbilities(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		server, client := loopback(t, http2, func(w http.ResponseWriter, r *http.Request) {
			assert.NotNil(t, w.(closeNotifier).CloseNotify())
			_, reads := w.(io.ReaderFrom)
			assert.Equal(t, !http2, reads, "net/http reads from a file on HTTP/1.1 only")
		}, "GET", "")
		assert.Empty(t, server)
		assert.Empty(t, client)
	}
	type bare struct{ http.ResponseWriter }
	var found []Finding
	Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusResetContent)
		io.WriteString(w, "text")
	}), func(_ *http.Request, f []Finding) { found = f }).ServeHTTP(bare{httptest.NewRecorder()}, get("/"))
	assert.Equal(t, []string{"205-content"}, ids(found))
}

func (rec *recorder) self() *recorder { return rec }

// recorderOf returns the recorder that w is a shape of.
func recorderOf(w http.ResponseWriter) *recorder { return w.(interface{ self() *recorder }).self() }
