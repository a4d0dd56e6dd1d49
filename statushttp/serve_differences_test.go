package statushttp_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/nethttp"
	"example.com/httpstatus/statushttp"
)

// A difference is a request that http.ServeContent answers otherwise. Both get a
// representation of ten octets, "0123456789", with the tag "v7", modified in 1994
// and of the type text/plain, unless the row says otherwise.
type difference struct {
	situation string // in Markdown
	method    string
	request   http.Header
	set       http.Header // what the handler has set
	content   *string     // "0123456789"
	modified  time.Time
	broken    bool // reading fails
	show      func(w *httptest.ResponseRecorder) string

	serve string    // the answer of Serve
	go125 string    // the answer of http.ServeContent with Go 1.25
	go126 [2]string // with Go 1.26 and with Go 1.27, where they differ from that
}

const modifiedDate = "Sat, 29 Oct 1994 19:43:31 GMT"

var modified = time.Date(1994, 10, 29, 19, 43, 31, 0, time.UTC)

// status shows the status code, and Content-Range if there is one.
func status(w *httptest.ResponseRecorder) string {
	text := strconv.Itoa(w.Code)
	if cr := w.Header().Get("Content-Range"); cr != "" {
		text += " `" + cr + "`"
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "multipart/") {
		text += " in " + strconv.Itoa(strings.Count(w.Body.String(), "Content-Range:")) + " parts"
	}
	return text
}

// fieldOf shows a field of the response.
func fieldOf(name string) func(*httptest.ResponseRecorder) string {
	return func(w *httptest.ResponseRecorder) string {
		if v := w.Header().Values(name); len(v) > 0 {
			return "`" + strings.Join(v, ", ") + "`"
		}
		return "none"
	}
}

func lines(name string, values ...string) http.Header { return http.Header{name: values} }

func text(s string) *string { return &s }

var differences = []struct {
	title string
	rows  []difference
}{
	{"Preconditions", []difference{
		{situation: "`If-Match: \"v6\"` and, on a second line, `\"v7\"`", request: lines("If-Match", `"v6"`, `"v7"`), serve: "200", go125: "412"},
		{situation: "`If-None-Match: \"v6\"` and, on a second line, `\"v7\"`", request: lines("If-None-Match", `"v6"`, `"v7"`), serve: "304", go125: "200"},
		{situation: "`If-Match: \"v7\", x`, which is no list of entity tags", request: lines("If-Match", `"v7", x`), serve: "412", go125: "200"},
		{situation: "`If-Match: \"v6\", *`, which is none either", request: lines("If-Match", `"v6", *`), serve: "412", go125: "200"},
		{situation: "`If-None-Match: \"v6\", *`", request: lines("If-None-Match", `"v6", *`), serve: "200", go125: "304"},
		{situation: "`If-None-Match: \"v6\" \"v7\"`, without a comma", request: lines("If-None-Match", `"v6" "v7"`), serve: "200", go125: "304"},
		{situation: "an empty If-Match, in which no tag matches", request: lines("If-Match", ``), serve: "412", go125: "200"},
		{situation: "an empty If-None-Match beside If-Modified-Since, which then does not count",
			request: http.Header{"If-None-Match": {``}, "If-Modified-Since": {modifiedDate}}, serve: "200", go125: "304"},
		{situation: "If-Modified-Since on two lines", request: lines("If-Modified-Since", modifiedDate, modifiedDate), serve: "200", go125: "304"},
		{situation: "`If-Modified-Since: Sun, 30 Oct 1994 9:43:31 GMT`, with a digit too few",
			request: lines("If-Modified-Since", "Sun, 30 Oct 1994 9:43:31 GMT"), serve: "200", go125: "304"},
		{situation: "modified at the beginning of 1970", modified: time.Unix(0, 0), show: fieldOf("Last-Modified"),
			serve: "`Thu, 01 Jan 1970 00:00:00 GMT`", go125: "none"},
		{situation: "modified in the year 9999", modified: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC),
			show: func(w *httptest.ResponseRecorder) string {
				if strings.Contains(w.Header().Get("Last-Modified"), "9999") {
					return "sent so"
				}
				return "sent as the present"
			}, serve: "sent as the present", go125: "sent so"},
		{situation: "QUERY with `If-None-Match: \"v7\"`", method: "QUERY", request: lines("If-None-Match", `"v7"`), serve: "304", go125: "412"},
		{situation: "`ETag: v7`, set without quotes", set: lines("Etag", "v7"), serve: "500", go125: "200"},
	}},
	{"Methods", []difference{
		{situation: "POST, PUT, DELETE and others", method: "POST", serve: "405", go125: "200"},
		{situation: "HEAD with `Range: bytes=0-1`", method: "HEAD", request: lines("Range", "bytes=0-1"), serve: "200", go125: "206 `bytes 0-1/10`"},
	}},
	{"Ranges", []difference{
		{situation: "`Range: bytes=4-3`, which is invalid", request: lines("Range", "bytes=4-3"), serve: "200", go125: "416"},
		{situation: "`Range: pages=1-2`, in another unit", request: lines("Range", "pages=1-2"), serve: "200", go125: "416"},
		{situation: "`Range: BYTES=0-1`", request: lines("Range", "BYTES=0-1"), serve: "206 `bytes 0-1/10`", go125: "416"},
		{situation: "`Range: bytes=0 - 1`, with spaces in it", request: lines("Range", "bytes=0 - 1"), serve: "200", go125: "206 `bytes 0-1/10`"},
		{situation: "a last position beyond int64", request: lines("Range", "bytes=5-99999999999999999999"), serve: "206 `bytes 5-9/10`", go125: "416"},
		{situation: "`Range: bytes=-0`", request: lines("Range", "bytes=-0"), serve: "416 `bytes */10`", go125: "206 `bytes 10-9/10`"},
		{situation: "`Range: bytes=0-` of a representation without octets", content: text(""),
			request: lines("Range", "bytes=0-"), serve: "416 `bytes */0`", go125: "200"},
		{situation: "`Range: bytes=-5` of a representation without octets", content: text(""),
			request: lines("Range", "bytes=-5"), serve: "200", go125: "206 `bytes 0--1/0`"},
		{situation: "Range on two lines", request: lines("Range", "bytes=0-1", "bytes=4-5"), serve: "200", go125: "206 `bytes 0-1/10`"},
		{situation: "`If-Range: \"v7\"x`", request: http.Header{"Range": {"bytes=0-1"}, "If-Range": {`"v7"x`}}, serve: "200", go125: "206 `bytes 0-1/10`"},
		{situation: "an empty If-Range", request: http.Header{"Range": {"bytes=0-1"}, "If-Range": {``}}, serve: "200", go125: "206 `bytes 0-1/10`"},
		{situation: "two ranges that overlap: `bytes=0-3,2-5`", request: lines("Range", "bytes=0-3,2-5"),
			serve: "206 `bytes 0-5/10`", go125: "206 in 2 parts", go126: [2]string{"", "200"}},
		{situation: "two ranges that touch: `bytes=0-3,4-5`", request: lines("Range", "bytes=0-3,4-5"),
			serve: "206 `bytes 0-5/10`", go125: "206 in 2 parts", go126: [2]string{"", "200"}},
		{situation: "two ranges: `bytes=0-1,4-5`", request: lines("Range", "bytes=0-1,4-5"),
			serve: "206 in 2 parts", go125: "206 in 2 parts", go126: [2]string{"", "200"}},
		{situation: "51 ranges of one octet", content: text(strings.Repeat("0123456789", 100)),
			request: lines("Range", "bytes=0-0"+evenOctets(50)), serve: "200", go125: "206 in 51 parts", go126: [2]string{"", "200"}},
		{situation: "two ranges, one of them past the end", request: lines("Range", "bytes=0-1,20-"),
			serve: "206 `bytes 0-1/10`", go125: "206 `bytes 0-1/10`", go126: [2]string{"", "200"}},
	}},
	{"Header and content", []difference{
		{situation: "Content-Language of a 304", request: lines("If-None-Match", `"v7"`),
			set: lines("Content-Language", "de"), show: fieldOf("Content-Language"), serve: "none", go125: "`de`"},
		{situation: "Content-Disposition of a 304", request: lines("If-None-Match", `"v7"`),
			set: lines("Content-Disposition", "inline"), show: fieldOf("Content-Disposition"), serve: "none", go125: "`inline`"},
		{situation: "Content-Type of a 412", request: lines("If-Match", `"v6"`),
			show: fieldOf("Content-Type"), serve: "`application/json`", go125: "`text/plain`"},
		{situation: "ETag of a 412, which would be that of its own content",
			request: lines("If-Match", `"v6"`), show: fieldOf("ETag"), serve: "none", go125: "`\"v7\"`"},
		{situation: "Content-Type of a 416", request: lines("Range", "bytes=20-"),
			show: fieldOf("Content-Type"), serve: "`application/json`", go125: "`text/plain; charset=utf-8`"},
		{situation: "Content-Length beside Content-Encoding", set: lines("Content-Encoding", "gzip"),
			show: fieldOf("Content-Length"), serve: "`10`", go125: "none"},
		{situation: "no Content-Type, and content that looks like HTML",
			set: http.Header{"Content-Type": nil}, content: text("<html>"), show: fieldOf("Content-Type"),
			serve: "`application/octet-stream`", go125: "`text/html; charset=utf-8`"},
		{situation: "the content cannot be read", broken: true, serve: "500", go125: "200"},
	}},
}

// evenOctets returns n ranges that do not touch.
func evenOctets(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("," + strconv.Itoa(2*i+2) + "-" + strconv.Itoa(2*i+2))
	}
	return b.String()
}

// brokenContent cannot be read, though its size is known.
type brokenContent struct{ *strings.Reader }

func (brokenContent) Read([]byte) (int, error)             { return 0, errors.New("disk is gone") }
func (brokenContent) ReadAt([]byte, int64) (int, error)    { return 0, errors.New("disk is gone") }
func (b brokenContent) WriteTo(io.Writer) (int64, error)   { return 0, errors.New("disk is gone") }
func (b brokenContent) Seek(o int64, w int) (int64, error) { return b.Reader.Seek(o, w) }

// measure returns the answers of Serve and of http.ServeContent.
func (d *difference) measure() (serve, netHTTP string) {
	content := "0123456789"
	if d.content != nil {
		content = *d.content
	}
	when := d.modified
	if when.IsZero() {
		when = modified
	}
	prepare := func() (*httptest.ResponseRecorder, *http.Request) {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
		if d.method != "" {
			r.Method = d.method
		}
		for name, values := range d.request {
			r.Header[name] = values
		}
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Etag", `"v7"`)
		for name, values := range d.set {
			w.Header()[name] = values
			if values == nil {
				delete(w.Header(), name)
			}
		}
		return w, r
	}
	show := d.show
	if show == nil {
		show = status
	}
	var at interface {
		io.ReaderAt
		io.ReadSeeker
	} = strings.NewReader(content)
	if d.broken {
		at = brokenContent{strings.NewReader(content)}
	}
	w, r := prepare()
	statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		return statushttp.Serve(w, r, statushttp.Representation{Content: at, Size: int64(len(content)), Modified: when})
	}).ServeHTTP(w, r)
	serve = show(w)
	w, r = prepare()
	http.ServeContent(w, r, "", when, at)
	return serve, show(w)
}

func (d *difference) row() nethttp.Row {
	row := nethttp.Row{Situation: d.situation, Before: d.go125, Go126: d.go126[0], Go127: d.go126[1]}
	if row.Go126 == "" {
		row.Go126 = row.Before
	}
	if row.Go127 == "" {
		row.Go127 = row.Go126
	}
	return row
}

// Each difference from http.ServeContent is what both do.
func TestServeDifferences(t *testing.T) {
	for _, table := range differences {
		for _, d := range table.rows {
			t.Run(d.situation, func(t *testing.T) {
				t.Setenv("GODEBUG", "httpservecontentmaxranges=1") // what the go line of this module asks for
				row := d.row()
				assert.False(t, d.serve == row.Before && d.serve == row.Go126 && d.serve == row.Go127, "no difference")
				serve, netHTTP := d.measure()
				assert.Equal(t, d.serve, serve, "Serve")
				assert.Equal(t, row.Here(), netHTTP, "http.ServeContent")
			})
		}
	}
}

// Where a request is well-formed and nothing of the differences is in it, both
// answer the same: code, header and content, for every combination of fields.
func TestServeLikeServeContent(t *testing.T) {
	const earlier, later = "Sat, 29 Oct 1994 19:43:30 GMT", "Sat, 29 Oct 1994 19:43:32 GMT"
	tags := []string{"", `"v7"`, `"v6"`, `"v6", "v7"`, `W/"v7"`, `*`}
	dates := []string{"", earlier, modifiedDate, later}
	same := func(fields map[string]string) {
		answer := func(method string, serve func(w http.ResponseWriter, r *http.Request)) *http.Response {
			w, r := httptest.NewRecorder(), httptest.NewRequest(method, "/", nil)
			for name, value := range fields {
				if value != "" {
					r.Header.Set(name, value)
				}
			}
			for name, value := range map[string]string{"Etag": `"v7"`, "Content-Type": "text/plain", "Cache-Control": "max-age=60", "Vary": "Accept"} {
				w.Header().Set(name, value)
			}
			serve(w, r)
			return w.Result()
		}
		methods := []string{"GET", "HEAD"}
		if fields["Range"] != "" {
			methods = methods[:1]
		}
		for _, method := range methods {
			content := strings.NewReader("0123456789")
			have := answer(method, statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
				return statushttp.Serve(w, r, statushttp.Representation{Content: content, Size: 10, Modified: modified})
			}).ServeHTTP)
			want := answer(method, func(w http.ResponseWriter, r *http.Request) { http.ServeContent(w, r, "", modified, content) })
			if !assert.Equal(t, want.StatusCode, have.StatusCode, "%s %v", method, fields) || want.StatusCode >= 400 {
				assert.Equal(t, want.Header.Get("Content-Range"), have.Header.Get("Content-Range"), "%s %v", method, fields)
				continue
			}
			assert.Equal(t, want.Header, have.Header, "%s %v", method, fields)
			wantContent, _ := io.ReadAll(want.Body)
			haveContent, _ := io.ReadAll(have.Body)
			assert.Equal(t, string(wantContent), string(haveContent), "%s %v", method, fields)
		}
	}
	for _, ifMatch := range tags {
		for _, ifNoneMatch := range tags {
			for _, since := range dates {
				for _, unmodified := range dates {
					same(map[string]string{"If-Match": ifMatch, "If-None-Match": ifNoneMatch,
						"If-Modified-Since": since, "If-Unmodified-Since": unmodified})
				}
			}
		}
	}
	for _, part := range []string{"bytes=0-4", "bytes=-3", "bytes=8-", "bytes=9-20", "bytes=-20", "bytes=10-", "bytes=20-30"} {
		for _, ifRange := range append(dates, `"v7"`, `"v6"`, `W/"v7"`) {
			for _, ifNoneMatch := range tags {
				same(map[string]string{"Range": part, "If-Range": ifRange, "If-None-Match": ifNoneMatch})
			}
		}
	}
}

// The tables in docs/serving.md are these.
func TestServeDifferencesInDocs(t *testing.T) {
	page, err := os.ReadFile("../docs/serving.md")
	require.NoError(t, err)
	for _, table := range differences {
		var b strings.Builder
		b.WriteString("## " + table.title + "\n\n| situation | Serve | ServeContent, Go 1.25 | Go 1.26 | Go 1.27 |\n| --- | --- | --- | --- | --- |\n")
		for _, d := range table.rows {
			row := d.row()
			b.WriteString("| " + strings.Join([]string{row.Situation, d.serve, row.Before, row.Go126, row.Go127}, " | ") + " |\n")
		}
		assert.True(t, strings.Contains(string(page), b.String()), "docs/serving.md should have:\n%s", b.String())
	}
}
