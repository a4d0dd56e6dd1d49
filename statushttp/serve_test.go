package statushttp_test

import (
	"bytes"
	"errors"
	"io"
	"log"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// serving returns a handler that serves the representation.
func serving(rep statushttp.Representation, set ...string) http.Handler {
	return statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		for i := 0; i < len(set); i += 2 {
			w.Header().Set(set[i], set[i+1])
		}
		return statushttp.Serve(w, r, rep)
	})
}

// ask returns the answer to a GET with the given fields.
func ask(h http.Handler, fields ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func digits(modified time.Time) statushttp.Representation {
	return statushttp.Representation{
		Content: strings.NewReader("0123456789"), Size: 10, ContentType: "text/plain", ETag: `"v7"`, Modified: modified,
	}
}

func TestServe(t *testing.T) {
	h := serving(digits(modified), "Cache-Control", "max-age=60", "Vary", "Accept-Encoding", "Content-Encoding", "br")
	for _, test := range []struct {
		name    string
		fields  []string
		status  int
		content string
		header  map[string]string // "" for absent
	}{
		{"all of it", nil, 200, "0123456789", map[string]string{
			"Content-Length": "10", "Content-Type": "text/plain", "ETag": `"v7"`, "Last-Modified": modifiedDate, "Accept-Ranges": "bytes",
			"Cache-Control": "max-age=60", "Vary": "Accept-Encoding", "Content-Encoding": "br", "Content-Range": ""}},
		{"a part", []string{"Range", "bytes=2-4"}, 206, "234", map[string]string{
			"Content-Length": "3", "Content-Type": "text/plain", "ETag": `"v7"`, "Content-Range": "bytes 2-4/10",
			"Cache-Control": "max-age=60", "Vary": "Accept-Encoding", "Content-Encoding": "br"}},
		{"a part, still the same", []string{"Range", "bytes=-4", "If-Range", `"v7"`}, 206, "6789", map[string]string{"Content-Range": "bytes 6-9/10"}},
		{"a part, but of another version", []string{"Range", "bytes=-4", "If-Range", `"v6"`}, 200, "0123456789", map[string]string{"Content-Range": ""}},
		{"a part, by date", []string{"Range", "bytes=-4", "If-Range", modifiedDate}, 206, "6789", map[string]string{"Content-Range": "bytes 6-9/10"}},
		{"the client has it", []string{"If-None-Match", `"v7"`}, 304, "", map[string]string{
			"ETag": `"v7"`, "Cache-Control": "max-age=60", "Vary": "Accept-Encoding",
			"Content-Length": "", "Content-Type": "", "Content-Encoding": "", "Last-Modified": "", "Accept-Ranges": ""}},
		{"the client has it, a Range notwithstanding", []string{"If-None-Match", `"v7"`, "Range", "bytes=20-"}, 304, "",
			map[string]string{"Content-Range": ""}},
		{"the client wanted another version", []string{"If-Match", `"v6"`}, 412,
			`{"error":"precondition_failed","message":"No entity tag in If-Match is the current one."}`,
			map[string]string{"Content-Type": "application/json", "ETag": "", "Last-Modified": "", "Content-Encoding": "",
				"Cache-Control": "", "Vary": "Accept-Encoding, Accept"}},
		{"past the end", []string{"Range", "bytes=10-"}, 416,
			`{"error":"range_not_satisfiable","message":"No part of the Range lies in the representation, which has 10 octets."}`,
			map[string]string{"Content-Type": "application/json", "Content-Range": "bytes */10", "ETag": "", "Content-Encoding": ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := ask(h, test.fields...)
			assert.Equal(t, test.status, w.Code)
			assert.Equal(t, test.content, w.Body.String())
			for name, value := range test.header {
				assert.Equal(t, value, strings.Join(w.Header().Values(name), ", "), name)
			}
		})
	}
}

// A 304 keeps what RFC 9110, Section 15.4.5, names, and drops what else describes
// the representation, whoever sends it.
func TestNotModifiedHeader(t *testing.T) {
	set := []string{
		"Content-Location", "/a", "Date", modifiedDate, "Vary", "Accept", "Cache-Control", "max-age=1", "Expires", modifiedDate,
		"Content-Type", "text/plain", "Content-Encoding", "br", "Content-Language", "de", "Content-Disposition", "inline", "Content-Length", "3",
		"Content-Digest", "x", "Repr-Digest", "x", "Digest", "x", "Content-MD5", "x", "Content-Range", "x", "Accept-Ranges", "bytes", "Trailer", "X-A",
		"Last-Modified", modifiedDate, "Set-Cookie", "a=b", "Content-Security-Policy", "x",
	}
	check := func(t *testing.T, w *httptest.ResponseRecorder, kept ...string) {
		t.Helper()
		assert.Equal(t, 304, w.Code)
		assert.Empty(t, w.Body.String())
		have := w.Result().Header
		have.Del("X-Content-Type-Options")
		for _, name := range append(kept, "Content-Location", "Date", "Vary", "Cache-Control", "Expires", "Set-Cookie", "Content-Security-Policy") {
			assert.NotEmpty(t, have.Values(name), name)
			have.Del(name)
		}
		assert.Empty(t, have)
	}
	checking := func(state httpstatus.Precondition) http.Handler {
		return statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
			for i := 0; i < len(set); i += 2 {
				w.Header().Set(set[i], set[i+1])
			}
			return statushttp.CheckPrecondition(r, state)
		})
	}
	t.Run("Serve, with a tag", func(t *testing.T) {
		check(t, ask(serving(digits(modified), set...), "If-None-Match", `"v7"`), "Etag")
	})
	t.Run("Serve, without a tag", func(t *testing.T) {
		rep := digits(modified)
		rep.ETag = ""
		check(t, ask(serving(rep, set...), "If-Modified-Since", modifiedDate), "Last-Modified")
	})
	t.Run("CheckPrecondition, with a tag", func(t *testing.T) {
		check(t, ask(checking(httpstatus.Precondition{ETag: `"v7"`, Modified: modified}), "If-None-Match", `"v7"`), "Etag")
	})
	t.Run("CheckPrecondition, without a tag", func(t *testing.T) {
		w := ask(checking(httpstatus.Precondition{Modified: modified.Add(-time.Hour)}), "If-Modified-Since", modifiedDate)
		assert.Equal(t, "Sat, 29 Oct 1994 18:43:31 GMT", w.Header().Get("Last-Modified"))
		check(t, w, "Last-Modified")
	})
	t.Run("CheckPrecondition, without either", func(t *testing.T) {
		check(t, ask(checking(httpstatus.Precondition{}), "If-None-Match", `*`), "Last-Modified") // the handler's
	})
}

// A handler that writes to the map may spell a name as the RFC does.
func TestServeSpellings(t *testing.T) {
	for _, tt := range []struct {
		name   string
		header http.Header // set before
		match  string
		status int
		want   http.Header // but for the fields that Serve adds
	}{
		{"a tag", http.Header{"ETag": {`"v7"`}}, "", 200, http.Header{"Etag": {`"v7"`}}},
		{"a tag that matches", http.Header{"ETag": {`"v7"`}, "content-type": {"text/css"}, "content-encoding": {"gzip"}}, `"v7"`, 304,
			http.Header{"Etag": {`"v7"`}}},
		{"two tags", http.Header{"Etag": {`"v7"`}, "ETag": {`"v8"`}}, `"v7"`, 304, http.Header{"Etag": {`"v7"`}}},
		{"a type", http.Header{"content-type": {"text/css"}, "content-length": {"1"}, "x-other": {"1"}}, "", 200,
			http.Header{"Content-Type": {"text/css"}, "Content-Length": {"3"}, "x-other": {"1"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			maps.Copy(w.Header(), tt.header)
			r := httptest.NewRequest("GET", "/", nil)
			if tt.match != "" {
				r.Header.Set("If-None-Match", tt.match)
			}
			require.NoError(t, statushttp.Serve(w, r, statushttp.Representation{Content: strings.NewReader("abc"), Size: 3}))
			assert.Equal(t, tt.status, w.Code)
			if tt.status == http.StatusOK {
				for name, value := range map[string]string{"Accept-Ranges": "bytes", "Content-Length": "3", "Content-Type": "application/octet-stream"} {
					if tt.want[name] == nil {
						tt.want.Set(name, value)
					}
				}
			}
			assert.Equal(t, tt.want, w.Header())
		})
	}
}

func TestServeMultipart(t *testing.T) {
	w := ask(serving(digits(modified)), "Range", "bytes=8-9, 0-1, 4-4")
	require.Equal(t, 206, w.Code)
	assert.Empty(t, w.Header().Values("Content-Range"), "each part has its own")
	assert.Equal(t, strconv.Itoa(w.Body.Len()), w.Header().Get("Content-Length"))
	media, params, err := mime.ParseMediaType(w.Header().Get("Content-Type"))
	require.NoError(t, err)
	assert.Equal(t, "multipart/byteranges", media)
	parts := multipart.NewReader(w.Body, params["boundary"])
	for _, want := range [][2]string{{"bytes 8-9/10", "89"}, {"bytes 0-1/10", "01"}, {"bytes 4-4/10", "4"}} {
		p, err := parts.NextPart()
		require.NoError(t, err)
		content, err := io.ReadAll(p)
		require.NoError(t, err)
		assert.Equal(t, want[1], string(content))
		assert.Equal(t, want[0], p.Header.Get("Content-Range"))
		assert.Equal(t, "text/plain", p.Header.Get("Content-Type"))
	}
	_, err = parts.NextPart()
	assert.ErrorIs(t, err, io.EOF)

	other := ask(serving(digits(modified)), "Range", "bytes=8-9, 0-1")
	assert.NotContains(t, other.Header().Get("Content-Type"), params["boundary"], "a boundary is not to be guessed")
}

func TestServeMethods(t *testing.T) {
	h := serving(digits(modified))
	for _, test := range []struct {
		method  string
		status  int
		content string
	}{
		{"GET", 200, "0123456789"},
		{"", 200, "0123456789"},
		{"QUERY", 200, "0123456789"},
		{"HEAD", 200, ""},
		{"POST", 405, `{"error":"method_not_allowed","message":"Method Not Allowed"}`},
	} {
		t.Run(test.method, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.Method = test.method
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, test.status, w.Code)
			assert.Equal(t, test.content, w.Body.String())
			if test.status == 405 {
				assert.Equal(t, "GET, HEAD", w.Header().Get("Allow"))
			} else {
				assert.Equal(t, "10", w.Header().Get("Content-Length"))
			}
		})
	}
	t.Run("HEAD needs no content", func(t *testing.T) {
		w := httptest.NewRecorder()
		require.NoError(t, statushttp.Serve(w, httptest.NewRequest("HEAD", "/", nil), statushttp.Representation{Size: 5}))
		assert.Equal(t, "5", w.Header().Get("Content-Length"))
		assert.Equal(t, "application/octet-stream", w.Header().Get("Content-Type"))
	})
}

func TestServeRepresentation(t *testing.T) {
	t.Run("tag and type of the handler", func(t *testing.T) {
		rep := digits(modified)
		rep.ETag, rep.ContentType = "", ""
		h := serving(rep, "ETag", `W/"h"`, "Content-Type", "text/csv")
		assert.Equal(t, "text/csv", ask(h).Header().Get("Content-Type"))
		assert.Equal(t, 304, ask(h, "If-None-Match", `"h"`).Code)
	})
	t.Run("nothing known", func(t *testing.T) {
		w := ask(serving(statushttp.Representation{}), "Range", "bytes=-5")
		assert.Equal(t, 200, w.Code)
		assert.Equal(t, "0", w.Header().Get("Content-Length"))
		assert.Empty(t, w.Header().Values("Last-Modified"))
		assert.Empty(t, w.Header().Values("ETag"))
	})
	t.Run("no ranges wanted", func(t *testing.T) {
		rep := digits(modified)
		rep.MaxRanges = -1
		w := ask(serving(rep), "Range", "bytes=0-1")
		assert.Equal(t, 200, w.Code)
		assert.Equal(t, "none", w.Header().Get("Accept-Ranges"))
	})
	t.Run("a type with a line end", func(t *testing.T) {
		rep := digits(modified)
		rep.ContentType = "text/plain\r\nX-A: b"
		assert.NotContains(t, ask(serving(rep), "Range", "bytes=0-0,5-5").Body.String(), "\nX-A: b")
	})
	t.Run("a tag without quotes", func(t *testing.T) {
		rep := digits(modified)
		rep.ETag = "v7"
		err := statushttp.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), rep)
		assert.ErrorIs(t, err, httpstatus.InternalServerError)
		assert.ErrorContains(t, err, `"v7" is not an entity tag, as in "\"v7\"" or "W/\"v7\""`)
		assert.ErrorIs(t, statushttp.CheckPrecondition(httptest.NewRequest("GET", "/", nil), httpstatus.Precondition{ETag: "v7"}),
			httpstatus.InternalServerError)
	})
	for name, rep := range map[string]statushttp.Representation{
		"no content":    {Size: 1},
		"no size":       {Size: -1, Content: strings.NewReader("")},
		"less than its": {Size: 11, Content: strings.NewReader("0123456789")},
		"broken":        {Size: 10, Content: brokenContent{strings.NewReader("0123456789")}},
		"reads nothing": {Size: 10, Content: readNothing{}},
	} {
		t.Run(name, func(t *testing.T) {
			w := ask(serving(rep))
			assert.Equal(t, 500, w.Code)
			assert.Equal(t, `{"error":"internal_server_error","message":"Internal Server Error"}`, w.Body.String())
		})
	}
}

// readNothing breaks the contract of io.ReaderAt.
type readNothing struct{}

func (readNothing) ReadAt([]byte, int64) (int, error) { return 0, nil }

// Large content is sent octet by octet the same, by several goroutines from one
// file at once.
func TestServeSharedFile(t *testing.T) {
	want := make([]byte, 300<<10)
	for i := range want {
		want[i] = byte(i * 7 >> 3)
	}
	name := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(name, want, 0o666))
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	server := httptest.NewServer(serving(statushttp.Representation{Content: file, Size: int64(len(want)), ETag: `"f"`}))
	defer server.Close()
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			req, err := http.NewRequest("GET", server.URL, nil)
			assert.NoError(t, err)
			if i > 0 {
				req.Header.Set("Range", "bytes="+strconv.Itoa(1000*i)+"-")
			}
			resp, err := server.Client().Do(req)
			if !assert.NoError(t, err) {
				return
			}
			defer resp.Body.Close()
			content, err := io.ReadAll(resp.Body)
			assert.NoError(t, err)
			assert.True(t, bytes.Equal(want[1000*i:], content), "%d", i)
		}()
	}
	wait.Wait()
}

// failsAfter is content that cannot be read beyond n octets.
type failsAfter int64

var errDisk = errors.New("disk is gone")

func (n failsAfter) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > int64(n) {
		return 0, errDisk
	}
	return len(p), nil
}

// A response that cannot be completed is cut off, with or without a watch over
// it, and the error says how far it came.
func TestServeIncomplete(t *testing.T) {
	rep := statushttp.Representation{Content: failsAfter(200 << 10), Size: 400 << 10}
	rs, reports := recording()
	handler := func(w http.ResponseWriter, r *http.Request) error { return statushttp.Serve(w, r, rep) }
	for name, h := range map[string]http.Handler{
		"HandlerFunc": rs.Handler(handler),
		"Write": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := handler(w, r); err != nil {
				rs.Write(w, r, err)
			}
		}),
	} {
		t.Run(name, func(t *testing.T) {
			*reports = nil
			server := httptest.NewUnstartedServer(h)
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.Start()
			defer server.Close()
			resp, err := server.Client().Get(server.URL)
			require.NoError(t, err)
			defer resp.Body.Close()
			n, err := io.Copy(io.Discard, resp.Body)
			assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
			assert.LessOrEqual(t, n, int64(200<<10))
			resp.Body.Close()
			server.Close() // waits for the handler, which reports
			require.Len(t, *reports, 1)
			got := (*reports)[0]
			assert.True(t, got.info.Started)
			var incomplete *statushttp.IncompleteError
			require.ErrorAs(t, got.err, &incomplete)
			assert.Equal(t, int64(128<<10), incomplete.Sent)
			assert.Equal(t, rep.Size, incomplete.Size)
			assert.ErrorIs(t, got.err, errDisk)
			assert.EqualError(t, got.err, "statushttp: sent 131072 of 409600 octets: statushttp: reading the content at octet 131072: disk is gone")
		})
	}
}

// lostClient is a ResponseWriter whose client has gone.
type lostClient struct {
	*httptest.ResponseRecorder
	after int // writes
}

func (l *lostClient) Write(p []byte) (int, error) {
	if l.after--; l.after < 0 {
		return 0, io.ErrClosedPipe
	}
	return l.ResponseRecorder.Write(p)
}

func TestServeWriteError(t *testing.T) {
	for writes := range 5 { // two parts are written in five
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Range", "bytes=0-0,5-5")
		w := &lostClient{httptest.NewRecorder(), writes}
		err := statushttp.Serve(w, r, digits(modified))
		var incomplete *statushttp.IncompleteError
		require.ErrorAs(t, err, &incomplete)
		assert.ErrorIs(t, err, io.ErrClosedPipe)
		assert.Equal(t, int64(w.Body.Len()), incomplete.Sent)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Range", "bytes=0-0,5-5")
	assert.NoError(t, statushttp.Serve(&lostClient{httptest.NewRecorder(), 5}, r, digits(modified)))
}

func TestCheckPrecondition(t *testing.T) {
	for _, test := range []struct {
		name    string
		method  string
		fields  http.Header
		state   httpstatus.Precondition
		status  httpstatus.Code
		message string
	}{
		{"an update of what was read", "PUT", lines("If-Match", `"v7"`), httpstatus.Precondition{ETag: `"v7"`, Required: true}, 0, ""},
		{"a lost update", "PUT", lines("If-Match", `"v6"`), httpstatus.Precondition{ETag: `"v7"`}, 412, "No entity tag in If-Match is the current one."},
		{"no condition", "PUT", nil, httpstatus.Precondition{ETag: `"v7"`, Required: true}, 428,
			`The request changes the target and has no condition, such as If-Match, that protects it. ` +
				`Send If-Match with the ETag that you have read; to create, send "If-None-Match: *".`},
		{"what the state says of the request does not count", "PUT", nil,
			httpstatus.Precondition{Method: "GET", Request: lines("If-Match", `"v6"`), ETag: `"v7"`}, 0, ""},
		{"the client has it", "GET", lines("If-None-Match", `"v7"`), httpstatus.Precondition{ETag: `"v7"`}, 304, "Not Modified"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "/", nil)
			r.Header = test.fields
			err := statushttp.CheckPrecondition(r, test.state)
			assert.Equal(t, test.status, httpstatus.StatusOf(err))
			if test.status == 0 {
				assert.NoError(t, err)
				return
			}
			assert.Equal(t, test.message, httpstatus.FromError(err).Message())
		})
	}
}
