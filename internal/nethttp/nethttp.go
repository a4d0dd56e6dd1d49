// Package nethttp says where net/http acts otherwise from one version of Go to
// the next. Only tests use it: each compares net/http with the answer of the Go
// that it runs with, and the tables in docs are made of the same rows.
package nethttp

import (
	"go/build"
	"slices"
	"strings"
)

// A Row is a situation in which net/http changed.
type Row struct {
	// Situation says what is asked, in Markdown.
	Situation string

	// Before, Go126 and Go127 are the answers of Go 1.25, of Go 1.26, and of Go
	// 1.27 and later.
	Before, Go126, Go127 string
}

// Here returns the answer of this version of Go.
func (r Row) Here() string {
	switch {
	case slices.Contains(build.Default.ReleaseTags, "go1.27"):
		return r.Go127
	case slices.Contains(build.Default.ReleaseTags, "go1.26"):
		return r.Go126
	}
	return r.Before
}

// What net/http redirects, and what it keeps when it follows. The slash matters
// because with 301 a POST may go on as a GET.
var (
	Slash = Row{
		"`ServeMux` redirects `/dir` to `/dir/`",
		"301", "307", "307",
	}
	ContentFields = Row{
		"the client drops the content: its Content-Type, -Encoding, -Language and -Location are",
		"kept", "dropped", "dropped",
	}
	DotSegments = Row{
		"the client follows `Location: /.//..//z` to the path",
		"`//z`", "`/z`", "`/z`",
	}
)

// What [net/http.ServeContent] does with several ranges. The limit is
// GODEBUG=httpservecontentmaxranges, whose default comes from the go line in the
// go.mod of the program.
var (
	TwoRanges = Row{
		"two ranges; go.mod says `go 1.25.0` or older, so that the limit is 1",
		"206", "206", "200",
	}
	TwoRangesAllowed = Row{
		"two ranges; go.mod says `go 1.26.0` or newer, so that the limit is 200",
		"206", "206", "206",
	}
	ManyRanges = Row{
		"201 ranges; go.mod says `go 1.26.0` or newer, so that the limit is 200",
		"206", "206", "200",
	}
)

// What the server sends over HTTP/2.
var (
	Upgrade2    = Row{"Upgrade of a 426, over HTTP/2", "sent", "sent", "dropped"}
	Connection2 = Row{"Connection of a 426, over HTTP/2", "dropped", "dropped", "dropped"}
)

// Redirects returns the rows about redirects.
func Redirects() []Row { return []Row{Slash, ContentFields, DotSegments} }

// Ranges returns the rows about several ranges.
func Ranges() []Row { return []Row{TwoRanges, TwoRangesAllowed, ManyRanges} }

// Fields returns the rows about fields that HTTP/2 does not have.
func Fields() []Row { return []Row{Upgrade2, Connection2} }

// Table returns rows as a table in Markdown.
func Table(rows []Row) string {
	var b strings.Builder
	b.WriteString("| situation | Go 1.25 | Go 1.26 | Go 1.27 |\n| --- | --- | --- | --- |\n")
	for _, r := range rows {
		b.WriteString("| " + strings.Join([]string{r.Situation, r.Before, r.Go126, r.Go127}, " | ") + " |\n")
	}
	return b.String()
}
