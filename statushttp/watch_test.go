package statushttp

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/shapes"
)

var update = flag.Bool("update", false, "write shapes_gen.go")

// abilityMethods are the methods that a watch has if the writer below has them,
// in the order of the bits of ability.
var abilityMethods = []shapes.Ability{
	{`Flush() { w.flush() }`},
	{`CloseNotify() <-chan bool { return w.closeNotify() }`},
	{`Hijack() (net.Conn, *bufio.ReadWriter, error) { return w.hijack() }`},
	{`Push(target string, opts *http.PushOptions) error { return w.push(target, opts) }`},
	{`ReadFrom(src io.Reader) (int64, error) { return w.readFrom(src) }`},
}

// The types that give a watch the abilities of the writer below it are made by a
// rule.
//
//	go test ./statushttp -run TestShapes -update
func TestShapes(t *testing.T) {
	want, err := shapes.Source("statushttp", "watch", abilityMethods)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("shapes_gen.go", want, 0o666))
	}
	have, err := os.ReadFile("shapes_gen.go")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(have), "shapes_gen.go is stale; run go test ./statushttp -run TestShapes -update")
}

// A fullWriter has every ability, and notes what is called.
type fullWriter struct {
	http.ResponseWriter
	called string
}

func (w *fullWriter) Flush()                               { w.called = "Flush" }
func (w *fullWriter) CloseNotify() <-chan bool             { w.called = "CloseNotify"; return nil }
func (w *fullWriter) Push(string, *http.PushOptions) error { w.called = "Push"; return nil }
func (w *fullWriter) ReadFrom(io.Reader) (int64, error)    { w.called = "ReadFrom"; return 7, nil }
func (w *fullWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.called = "Hijack"
	return nil, nil, nil
}

// use calls each optional method that w has, and returns their names and what was
// called below.
func use(w http.ResponseWriter, below *fullWriter) (has, reached []string) {
	note := func(name string, call func()) {
		below.called = ""
		call()
		has, reached = append(has, name), append(reached, below.called)
	}
	if f, ok := w.(http.Flusher); ok {
		note("Flush", f.Flush)
	}
	if c, ok := w.(closeNotifier); ok {
		note("CloseNotify", func() { c.CloseNotify() })
	}
	if h, ok := w.(http.Hijacker); ok {
		note("Hijack", func() { _, _, _ = h.Hijack() })
	}
	if p, ok := w.(http.Pusher); ok {
		note("Push", func() { _ = p.Push("/", nil) })
	}
	if r, ok := w.(io.ReaderFrom); ok {
		note("ReadFrom", func() { _, _ = r.ReadFrom(strings.NewReader("")) })
	}
	return has, reached
}

// A handler finds the optional methods exactly if the writer below has them, and
// what it calls reaches that writer.
func TestAbilities(t *testing.T) {
	sets := map[string]bool{}
	for set := range ability(1 << len(abilityMethods)) {
		t.Run(fmt.Sprintf("%05b", set), func(t *testing.T) {
			full := &fullWriter{ResponseWriter: httptest.NewRecorder()}
			below := (&watch{ResponseWriter: full}).shape(set)
			want, _ := use(below, full)
			has, reached := use((&watch{ResponseWriter: below}).shape(abilities(below)), full)
			assert.Equal(t, want, has, "its methods")
			assert.Equal(t, has, reached, "what is called below")
			sets[strings.Join(has, " ")] = true
		})
	}
	assert.Len(t, sets, 1<<len(abilityMethods), "each set is another one")
}

// One watch is enough, and the writers of net/http keep what they can do.
func TestServerAbilities(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("HTTP/2 %v", http2), func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(below http.ResponseWriter, r *http.Request) {
				HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
					assert.Equal(t, abilities(below), abilities(w))
					_, pushes := w.(http.Pusher)
					assert.Equal(t, http2, pushes)
					return HandlerFunc(func(inner http.ResponseWriter, _ *http.Request) error {
						assert.Equal(t, w, inner)
						return nil
					})(w, r)
				}).ServeHTTP(below, r)
			}))
			server.EnableHTTP2 = http2
			server.StartTLS()
			defer server.Close()
			resp, err := server.Client().Get(server.URL)
			require.NoError(t, err)
			_ = resp.Body.Close()
		})
	}
}
