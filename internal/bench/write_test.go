package bench

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/go-chi/render"
	"github.com/labstack/echo/v4"
	"github.com/moogar0880/problems"
	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// The 500 among the failures is logged by those who log; not while it is measured.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	m.Run()
}

// A writer answers a request with the failure of that index.
type writer struct {
	name  string
	write func(w http.ResponseWriter, r *http.Request, i int)
}

// shared writes errors that are there already, as package-level variables are.
var shared = func() writer {
	errs := ourErrors()
	return writer{"httpstatus", func(w http.ResponseWriter, r *http.Request, i int) { statushttp.Write(w, r, errs[i]) }}
}()

// made makes each error anew, since its message says what was not found.
var made = writer{"httpstatus", func(w http.ResponseWriter, r *http.Request, i int) {
	f := &failures[i]
	statushttp.Write(w, r, httpstatus.Code(f.status).New(f.code, f.message))
}}

// simpleWriters send a code and a message, or as much of that as they can.
func simpleWriters(ours writer) []writer {
	e := echo.New()
	c := e.NewContext(nil, nil)
	var copied http.Request
	return []writer{
		ours,
		{"http.Error", func(w http.ResponseWriter, _ *http.Request, i int) {
			http.Error(w, failures[i].message, failures[i].status)
		}},
		{"json.Encoder", func(w http.ResponseWriter, _ *http.Request, i int) {
			f := &failures[i]
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.WriteHeader(f.status)
			_ = json.NewEncoder(w).Encode(simple{f.code, f.message})
		}},
		{"json.Marshal", func(w http.ResponseWriter, _ *http.Request, i int) {
			f := &failures[i]
			body, _ := json.Marshal(simple{f.code, f.message})
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.WriteHeader(f.status)
			_, _ = w.Write(body)
		}},
		{"chi/render", func(w http.ResponseWriter, r *http.Request, i int) {
			f := &failures[i]
			copied = *r // render.Status changes the request
			render.Status(&copied, f.status)
			render.JSON(w, &copied, simple{f.code, f.message})
		}},
		{"echo", func(w http.ResponseWriter, r *http.Request, i int) {
			f := &failures[i]
			c.Reset(r, w)
			e.DefaultHTTPErrorHandler(echo.NewHTTPError(f.status, simple{f.code, f.message}), c)
		}},
	}
}

// problemWriters send problem details; those of the others have no error code.
func problemWriters(ours writer) []writer {
	api := humago.New(http.NewServeMux(), huma.DefaultConfig("bench", "1"))
	operation := &huma.Operation{Method: "GET", Path: "/users/42"}
	return []writer{
		ours,
		{"moogar0880/problems", func(w http.ResponseWriter, r *http.Request, i int) {
			f := &failures[i]
			problems.ProblemHandler(problems.NewDetailedProblem(f.status, f.message))(w, r)
		}},
		{"huma", func(w http.ResponseWriter, r *http.Request, i int) {
			f := &failures[i]
			_ = huma.WriteErr(api, humago.NewContext(operation, r, w), f.status, f.message)
		}},
	}
}

// BenchmarkWriteSimple writes to a ResponseWriter whose header map is reused and
// holds the fields of the answer before.
func BenchmarkWriteSimple(b *testing.B) {
	compareWriters(b, "", false, simpleWriters(shared))
}

// BenchmarkWriteSimpleAccept is that for a client that says what it wants, as
// the libraries of browsers do; only httpstatus listens.
func BenchmarkWriteSimpleAccept(b *testing.B) {
	compareWriters(b, "application/json, text/plain, */*", false, simpleWriters(shared))
}

// BenchmarkWriteSimpleFresh is the whole of what a handler does: it makes the
// error, and the header map is empty, as net/http has it.
func BenchmarkWriteSimpleFresh(b *testing.B) {
	compareWriters(b, "", true, simpleWriters(made))
}

func BenchmarkWriteProblem(b *testing.B) {
	compareWriters(b, "application/problem+json", false, problemWriters(shared))
}

func BenchmarkWriteProblemFresh(b *testing.B) {
	compareWriters(b, "application/problem+json", true, problemWriters(made))
}

// BenchmarkWriteError measures one against the other what the project has set for
// itself, in multiples of http.Error: an error that is there already, one that is
// made, and a problem document. The floor is what none can go below that sends a
// Content-Type, nosniff and a Vary of its own: a body that is there already, one
// allocation for the values, and three fields set.
func BenchmarkWriteError(b *testing.B) {
	plain, problem := newRequest(""), newRequest("application/problem+json")
	for _, state := range []struct {
		name     string
		clearing bool
	}{{"kept", false}, {"fresh", true}} {
		b.Run(state.name, func(b *testing.B) {
			var ways []way
			for _, wr := range []writer{
				{"http.Error", func(w http.ResponseWriter, _ *http.Request, i int) {
					http.Error(w, failures[i].message, failures[i].status)
				}},
				{"sentinel", func(w http.ResponseWriter, _ *http.Request, i int) { shared.write(w, plain, i) }},
				{"made", func(w http.ResponseWriter, _ *http.Request, i int) { made.write(w, plain, i) }},
				{"problem", func(w http.ResponseWriter, _ *http.Request, i int) { shared.write(w, problem, i) }},
				{"floor", func(w http.ResponseWriter, _ *http.Request, i int) { writeFloor(w, &failures[i]) }},
			} {
				w := &discard{header: http.Header{}}
				ways = append(ways, way{wr.name, func() {
					for i := range failures[:5] { // without the 500, which is logged
						if state.clearing {
							clear(w.header)
						}
						wr.write(w, plain, i)
					}
				}})
			}
			compareOf(b, 5, ways...)
		})
	}
}

func writeFloor(w http.ResponseWriter, f *failure) {
	values := &[3]string{"application/json", "nosniff", "Accept"}
	h := w.Header()
	h["Content-Type"], h["X-Content-Type-Options"], h["Vary"] = values[0:1:1], values[1:2:2], values[2:3:3]
	w.WriteHeader(f.status)
	_, _ = w.Write(f.body)
}

func compareWriters(b *testing.B, accept string, clearing bool, writers []writer) {
	b.Helper()
	r := newRequest(accept)
	ways := make([]way, len(writers))
	for i, wr := range writers {
		w := &discard{header: http.Header{}}
		ways[i] = way{wr.name, func() {
			for i := range failures {
				if clearing {
					clear(w.header)
				}
				wr.write(w, r, i)
			}
		}}
	}
	compare(b, len(failures), ways...)
}

func newRequest(accept string) *http.Request {
	r := httptest.NewRequest("GET", "/users/42", nil)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	return r
}

// TestWritersWrite holds that the writers that are compared do what they should,
// so that the comparison is one.
func TestWritersWrite(t *testing.T) {
	for _, group := range []struct {
		accept, member string
		writers        []writer
	}{
		{"", "message", append(simpleWriters(shared), made)},
		{"application/problem+json", "detail", append(problemWriters(shared), made)},
	} {
		for _, wr := range group.writers {
			for i, f := range failures {
				w := httptest.NewRecorder()
				wr.write(w, newRequest(group.accept), i)
				assert.Equal(t, f.status, w.Code, wr.name)
				if wr.name == "http.Error" {
					assert.Equal(t, f.message+"\n", w.Body.String())
					continue
				}
				var body map[string]any
				if assert.NoError(t, json.Unmarshal(w.Body.Bytes(), &body), wr.name) {
					assert.Equal(t, f.message, body[group.member], wr.name)
				}
			}
		}
	}
}

// TestWriteAllocations holds the count that the times rest on.
func TestWriteAllocations(t *testing.T) {
	w := &discard{header: http.Header{}}
	for _, accept := range []string{"", "*/*", "application/json", "application/problem+json"} {
		r := newRequest(accept)
		for i := range failures {
			got := testing.AllocsPerRun(100, func() { shared.write(w, r, i) })
			assert.LessOrEqual(t, got, 1.0, "Accept %q, failure %d", accept, i)
		}
	}
	buf := make([]byte, 0, 1024)
	for _, e := range ourErrors() {
		for _, f := range []httpstatus.Format{httpstatus.SimpleJSON, httpstatus.ProblemJSON, httpstatus.PlainText, httpstatus.HTML} {
			assert.Zero(t, testing.AllocsPerRun(100, func() { sinkBytes = e.AppendBody(buf[:0], f) }), "AppendBody of %v as %v", e, f)
		}
	}
}
