package bench

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/moogar0880/problems"

	"example.com/httpstatus"
)

// What goes wrong in an ordinary service: a code, its message, and the status.
// Some messages need escapes, one is not ASCII, one is long.
var failures = []failure{
	{404, "user_not_found", "No user with ID 42 exists.", make([]byte, 100)},
	{403, "forbidden", "Forbidden", make([]byte, 100)},
	{400, "invalid_name", `The name "x<y" contains characters that are not allowed.`, make([]byte, 100)},
	{422, "ungueltig", "Die Straße „Am Grünen Weg“ ist unbekannt.", make([]byte, 100)},
	{429, "rate_limited", "Too many requests from this address: 120 in the last minute, where 60 are allowed; wait half a minute and try again.",
		make([]byte, 100)},
	{500, "internal_server_error", "Internal Server Error", make([]byte, 100)},
}

type failure struct {
	status        int
	code, message string
	body          []byte // of a writer that costs nothing
}

func ourErrors() []*httpstatus.Error {
	var errs []*httpstatus.Error
	for _, f := range failures {
		errs = append(errs, httpstatus.Code(f.status).New(f.code, f.message))
	}
	return errs
}

// simple is the simple body as one declares it for encoding/json.
type simple struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

// BenchmarkAppendBody makes the simple body without sending it.
func BenchmarkAppendBody(b *testing.B) {
	errs := ourErrors()
	buf := make([]byte, 0, 1024)
	compare(b, len(errs),
		way{"httpstatus", func() {
			for _, e := range errs {
				sinkBytes = e.AppendBody(buf[:0], httpstatus.SimpleJSON)
			}
		}},
		way{"encoding/json", func() {
			for i := range failures {
				sinkBytes, _ = json.Marshal(simple{failures[i].code, failures[i].message})
			}
		}},
	)
}

// BenchmarkAppendProblem makes the problem details object. Those of the others
// have no error code in them.
func BenchmarkAppendProblem(b *testing.B) {
	errs := ourErrors()
	var moogar []*problems.Problem
	var humas []huma.StatusError
	for _, f := range failures {
		moogar = append(moogar, problems.NewDetailedProblem(f.status, f.message))
		humas = append(humas, huma.NewError(f.status, f.message))
	}
	buf := make([]byte, 0, 1024)
	compare(b, len(errs),
		way{"httpstatus", func() {
			for _, e := range errs {
				sinkBytes = e.AppendBody(buf[:0], httpstatus.ProblemJSON)
			}
		}},
		way{"moogar0880/problems", func() {
			for _, p := range moogar {
				sinkBytes, _ = json.Marshal(p)
			}
		}},
		way{"huma", func() {
			for _, e := range humas {
				sinkBytes, _ = json.Marshal(e)
			}
		}},
	)
}

// BenchmarkNew makes the error itself, as a handler does for each request.
func BenchmarkNew(b *testing.B) {
	compare(b, len(failures),
		way{"httpstatus", func() {
			for i := range failures {
				f := &failures[i]
				sinkAny = httpstatus.Code(f.status).New(f.code, f.message)
			}
		}},
		way{"moogar0880/problems", func() {
			for i := range failures {
				f := &failures[i]
				sinkAny = problems.NewDetailedProblem(f.status, f.message)
			}
		}},
		way{"huma", func() {
			for i := range failures {
				f := &failures[i]
				sinkAny = huma.NewError(f.status, f.message)
			}
		}},
	)
}

// A discard is a ResponseWriter that keeps nothing but its header map.
type discard struct {
	header http.Header
	status int
	n      int
}

func (d *discard) Header() http.Header { return d.header }
func (d *discard) WriteHeader(s int)   { d.status = s }
func (d *discard) Write(p []byte) (int, error) {
	d.n += len(p)
	return len(p), nil
}
