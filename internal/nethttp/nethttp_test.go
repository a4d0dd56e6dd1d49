package nethttp_test

import (
	"io"
	"log"
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
)

// Each row is what net/http does.
func TestRows(t *testing.T) {
	limit := func(n string) func(*testing.T) {
		return func(t *testing.T) { t.Setenv("GODEBUG", "httpservecontentmaxranges="+n) }
	}
	for _, tt := range []struct {
		row     nethttp.Row
		prepare func(*testing.T)
		measure func(*testing.T) string
	}{
		{nethttp.Slash, nil, slash},
		{nethttp.ContentFields, nil, contentFields},
		{nethttp.DotSegments, nil, dotSegments},
		{nethttp.TwoRanges, limit("1"), ranges(2)},
		{nethttp.TwoRangesAllowed, limit("200"), ranges(2)},
		{nethttp.ManyRanges, limit("200"), ranges(201)},
		{nethttp.Upgrade2, nil, over2("Upgrade")},
		{nethttp.Connection2, nil, over2("Connection")},
	} {
		t.Run(tt.row.Situation, func(t *testing.T) {
			if tt.prepare != nil {
				tt.prepare(t)
			}
			assert.Equal(t, tt.row.Here(), tt.measure(t))
		})
	}
}

// The tables in docs are made of the rows.
func TestDocs(t *testing.T) {
	for _, tt := range []struct {
		page string
		rows []nethttp.Row
	}{
		{"redirects.md", nethttp.Redirects()},
		{"nethttp.md", nethttp.Ranges()},
		{"nethttp.md", nethttp.Fields()},
	} {
		page, err := os.ReadFile("../../docs/" + tt.page)
		require.NoError(t, err)
		table := nethttp.Table(tt.rows)
		assert.True(t, strings.Contains(string(page), "\n\n"+table), "a table in docs/%s should read:\n%s", tt.page, table)
	}
}

func slash(*testing.T) string {
	mux := http.NewServeMux()
	mux.Handle("/dir/", http.NotFoundHandler())
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("GET", "/dir", nil))
	return strconv.Itoa(w.Code)
}

func contentFields(t *testing.T) string {
	var got http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/next", http.StatusFound)
			return
		}
		got = r.Header
	}))
	defer server.Close()
	req, err := http.NewRequest("POST", server.URL, strings.NewReader("content"))
	require.NoError(t, err)
	names := []string{"Content-Type", "Content-Encoding", "Content-Language", "Content-Location"}
	for _, name := range names {
		req.Header.Set(name, "x")
	}
	resp, err := server.Client().Do(req)
	require.NoError(t, err)
	resp.Body.Close()
	kept := 0
	for _, name := range names {
		kept += len(got[name])
	}
	return map[int]string{0: "dropped", len(names): "kept"}[kept]
}

func dotSegments(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Location", "/.//..//z")
			w.WriteHeader(http.StatusFound)
		}
	}))
	defer server.Close()
	resp, err := server.Client().Get(server.URL + "/")
	require.NoError(t, err)
	resp.Body.Close()
	return "`" + resp.Request.URL.Path + "`"
}

// ranges asks for the first n even octets.
func ranges(n int) func(*testing.T) string {
	return func(*testing.T) string {
		var value strings.Builder
		for i := range n {
			value.WriteString(", " + strconv.Itoa(2*i) + "-" + strconv.Itoa(2*i))
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Range", "bytes="+value.String()[2:])
		w := httptest.NewRecorder()
		http.ServeContent(w, r, "a.txt", time.Time{}, strings.NewReader(strings.Repeat("a", 1000)))
		return strconv.Itoa(w.Code)
	}
}

// over2 says what becomes of a field of a 426.
func over2(name string) func(*testing.T) string {
	return func(t *testing.T) string {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Upgrade", "websocket")
			w.Header().Set("Connection", "Upgrade")
			w.WriteHeader(http.StatusUpgradeRequired)
		}))
		server.EnableHTTP2 = true
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		defer server.Close()
		resp, err := server.Client().Get(server.URL)
		require.NoError(t, err)
		resp.Body.Close()
		require.Equal(t, 2, resp.ProtoMajor)
		if resp.Header[name] == nil {
			return "dropped"
		}
		return "sent"
	}
}
