package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/proxystatus"
	"example.com/httpstatus/rpcstatus"
)

// A tablePage is a page of tables.
type tablePage struct {
	Heading string
	Intro   []string
	Tables  []table
	After   template.HTML // a document that goes further
}

type table struct {
	ID, Heading, Intro string
	Columns            []string
	Rows               []row
}

type row struct {
	ID    string
	Cells []template.HTML
}

func esc(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }

func code(s string) template.HTML { return "<code>" + esc(s) + "</code>" }

// words is a cell of prose, which is not squeezed between others.
func words(s string) template.HTML {
	return `<div class="words">` + prose(card.Sentence(s)) + `</div>`
}

func yesNo(yes bool) template.HTML {
	if yes {
		return `<span class="yes">Yes</span>`
	}
	return `<span class="no">No</span>`
}

func anchor(c httpstatus.Code) template.HTML { return template.HTML(codeAnchor("../", c)) }

// tablePages renders the pages that compare.
func (b *builder) tablePages() error {
	for _, t := range []struct {
		path string
		make func() (tablePage, error)
	}{
		{"retry/", b.retryTable},
		{"redirects/", b.redirectTable},
		{"caching/", b.cachingTables},
		{"unofficial/", b.unofficialTables},
		{"proxy-errors/", b.proxyTables},
		{"rpc/", b.rpcTables},
	} {
		body, err := t.make()
		if err != nil {
			return err
		}
		err = b.add(page{
			Title:       body.Heading + " · HTTP status codes",
			Description: body.Intro[0],
			Path:        t.path,
			Body:        body,
			template:    "table",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) retryTable() (tablePage, error) {
	t := table{Columns: []string{"Code", "GET", "POST", "POST with a key", "POST, told to wait", "Why", "Carried out?"}}
	for c := range httpstatus.All() {
		if c.Class() <= httpstatus.Successful {
			continue
		}
		ask := func(a httpstatus.Attempt) template.HTML {
			a.Status = c
			r := a.Retry()
			s := yesNo(r.Again)
			if r.Again && r.Needs != httpstatus.NeedsNothing {
				s += ", " + esc(r.Needs.String())
			}
			return s
		}
		get := httpstatus.Attempt{Status: c}.Retry()
		t.Rows = append(t.Rows, row{Cells: []template.HTML{
			anchor(c),
			ask(httpstatus.Attempt{Method: "GET"}),
			ask(httpstatus.Attempt{Method: "POST"}),
			ask(httpstatus.Attempt{Method: "POST", Vouched: true}),
			ask(httpstatus.Attempt{Method: "POST", Header: map[string][]string{"Retry-After": {"120"}}}),
			words(get.Reason.String()),
			esc(c.Applied().String()),
		}})
	}
	return tablePage{
		Heading: "Sending a request again",
		Intro: []string{
			"May a client send the same request again, once this was the answer?",
			"A key is an Idempotency-Key, or any other reason for which the caller vouches that twice does no more than once. Told to wait means " +
				"that the response has a Retry-After. Other methods that are idempotent are answered as GET is. The last column tells whether the " +
				"request may have been carried out. In Go: httpstatus.Attempt.",
		},
		Tables: []table{t},
	}, nil
}

func (b *builder) redirectTable() (tablePage, error) {
	methods := []string{"GET", "HEAD", "POST", "PUT"}
	t := table{
		Heading: "By the RFC",
		Columns: []string{"Code", "For good?", "GET", "HEAD", "POST", "PUT, DELETE …", "Cacheable"},
	}
	for c := range httpstatus.All() {
		if !c.IsRedirection() {
			continue
		}
		cells := []template.HTML{anchor(c)}
		if !c.IsRedirect() {
			cells = append(cells, `<span class="no">not followed</span>`)
			for range methods {
				cells = append(cells, "")
			}
		} else {
			cells = append(cells, yesNo(c.IsPermanent()))
			for _, m := range methods {
				to, _ := c.RedirectMethod(m)
				if m == "PUT" && to == m {
					to = "stays"
				}
				cells = append(cells, esc(to))
			}
		}
		t.Rows = append(t.Rows, row{Cells: append(cells, yesNo(c.IsCacheable()))})
	}
	after, err := b.document("docs/redirects.md")
	return tablePage{
		Heading: "Redirects compared",
		Intro:   []string{"What becomes of the method and the content when a client follows Location."},
		Tables:  []table{t},
		After:   after,
	}, err
}

// The situations that the caching page asks about: a request, a response, and
// what kind of cache it is. The answers are those of package caching.
var storageAsked = []caching.Storage{
	{},
	{Response: fields("Cache-Control: max-age=60")},
	{Response: fields("Cache-Control: no-store")},
	{Response: fields("Cache-Control: no-cache")},
	{Response: fields("Cache-Control: private")},
	{Response: fields("Cache-Control: private"), Shared: true},
	{Response: fields("Cache-Control: max-age=60"), Request: fields("Authorization: Bearer x"), Shared: true},
	{Response: fields("Cache-Control: public, max-age=60"), Request: fields("Authorization: Bearer x"), Shared: true},
	{Request: fields("Cache-Control: no-store")},
	{Status: 302},
	{Status: 302, Response: fields("Cache-Control: max-age=60")},
	{Status: 404},
	{Status: 500},
	{Status: 500, Response: fields("Expires: Tue, 15 Sep 2026 09:00:00 GMT")},
	{Status: 429, Response: fields("Cache-Control: max-age=60")},
	{Status: 206, Response: fields("Content-Range: bytes 0-9/100")},
	{Status: 206, Response: fields("Content-Range: bytes 0-9/100"), Partial: true},
	{Method: "POST", Response: fields("Cache-Control: max-age=60")},
	{Method: "PUT", Response: fields("Cache-Control: max-age=60")},
	{Status: 299, Response: fields("Cache-Control: max-age=60, must-understand, no-store")},
}

// fields returns header fields from lines.
func fields(lines ...string) map[string][]string {
	header := map[string][]string{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		header[name] = append(header[name], value)
	}
	return header
}

func fieldLines(header map[string][]string) template.HTML {
	var lines []string
	for name, values := range header {
		for _, v := range values {
			lines = append(lines, string(code(name+": "+v)))
		}
	}
	slices.Sort(lines)
	return template.HTML(strings.Join(lines, "<br>"))
}

// reuseAsked are stored responses, a minute or ten old, and requests for them.
var reuseAsked = []struct {
	response, request map[string][]string
	method            string
	minutes           int
	shared            bool
}{
	{response: fields("Cache-Control: max-age=300"), minutes: 1},
	{response: fields("Cache-Control: max-age=300"), minutes: 10},
	{response: fields("Cache-Control: max-age=300"), minutes: 1, method: "HEAD"},
	{response: fields("Cache-Control: max-age=300"), minutes: 1, method: "POST"},
	{response: fields("Cache-Control: max-age=300"), request: fields("Cache-Control: no-cache"), minutes: 1},
	{response: fields("Cache-Control: max-age=300"), request: fields("Cache-Control: max-age=30"), minutes: 1},
	{response: fields("Cache-Control: max-age=300"), request: fields("Cache-Control: max-stale=600"), minutes: 10},
	{response: fields("Cache-Control: max-age=300, must-revalidate"), request: fields("Cache-Control: max-stale=600"), minutes: 10},
	{response: fields("Cache-Control: max-age=300, stale-while-revalidate=600"), minutes: 10},
	{response: fields("Cache-Control: max-age=300, s-maxage=30"), minutes: 1},
	{response: fields("Cache-Control: max-age=300, s-maxage=30"), minutes: 1, shared: true},
	{response: fields("Cache-Control: no-cache", `ETag: "v42"`), minutes: 1},
	{response: fields("Cache-Control: max-age=300", "Vary: Accept-Language"), request: fields("Accept-Language: de"), minutes: 1},
	{response: fields("Last-Modified: Tue, 15 Sep 2026 06:00:00 GMT"), minutes: 1},
}

func (b *builder) cachingTables() (tablePage, error) {
	store := table{
		ID: "storing", Heading: "May it store the response?",
		Intro: "The first reason in the order of RFC 9111, Section 3. An estimate is a lifetime that the cache makes up where the response " +
			"names none.",
		Columns: []string{"Exchange", "Cache", "Store", "Estimate", "Because"},
	}
	for _, s := range storageAsked {
		if s.Status == 0 {
			s.Status = httpstatus.OK
		}
		method := s.Method
		if method == "" {
			method = "GET"
		}
		what := code(method) + " " + fieldLines(s.Request) + " → " +
			template.HTML(fmt.Sprintf("<b>%d</b> ", int(s.Status))) + fieldLines(s.Response)
		kind := "private"
		if s.Shared {
			kind = "shared"
		}
		if s.Partial {
			kind += ", combines ranges"
		}
		d := s.Decide()
		store.Rows = append(store.Rows, row{Cells: []template.HTML{
			what, esc(kind), yesNo(d.Store), yesNo(d.Heuristic), words(d.Reason.String()),
		}})
	}
	use := table{
		ID: "using", Heading: "May it use what it stored?",
		Columns: []string{"Stored with", "Age", "Request", "Cache", "Use", "Because"},
	}
	received := time.Date(2026, 9, 15, 8, 0, 0, 0, time.UTC)
	for _, a := range reuseAsked {
		s := caching.Stored{Status: httpstatus.OK, Response: a.response, Received: received, Shared: a.shared}
		method := a.method
		if method == "" {
			method = "GET"
		}
		kind := "private"
		if a.shared {
			kind = "shared"
		}
		r := s.Reuse(method, a.request, received.Add(time.Duration(a.minutes)*time.Minute))
		use.Rows = append(use.Rows, row{Cells: []template.HTML{
			fieldLines(a.response), template.HTML(fmt.Sprintf(`<span class="short">%d min</span>`, a.minutes)),
			code(method) + " " + fieldLines(a.request), esc(kind),
			"<b>" + esc(r.Use.String()) + "</b>", words(r.Reason.String()),
		}})
	}
	codes := table{
		ID: "codes", Heading: "What the code says of it",
		Columns: []string{"Code", "Cacheable without a lifetime", "Cache"},
	}
	for c := range httpstatus.All() {
		if k := card.New(c); c.IsCacheable() || c.ForbidsStorage() && !c.IsInformational() {
			codes.Rows = append(codes.Rows, row{Cells: []template.HTML{anchor(c), yesNo(c.IsCacheable()), words(k.CacheText())}})
		}
	}
	codes.Intro = "All others are stored only where the response allows it, as with max-age; an interim response never."
	after, err := b.document("docs/caching.md")
	return tablePage{
		Heading: "What a cache decides",
		Intro: []string{"Whether a cache may keep a response, and whether it may answer with it later, by RFC 9111.",
			"The answers are those of package caching to each of the rows."},
		Tables: []table{store, use, codes},
		After:  after,
	}, err
}

func (b *builder) unofficialTables() (tablePage, error) {
	p := tablePage{
		Heading: "Unofficial codes by vendor",
		Intro: []string{"What products and companies mean by numbers that IANA's registry does not have, or has with another meaning.",
			"None of it binds anyone else: a client that does not know a code treats it as the first one of its class (RFC 9110, Section 15)."},
	}
	var vendors []string
	rows := map[string][]row{}
	for u := range uses() {
		if !slices.Contains(vendors, u.Vendor) {
			vendors = append(vendors, u.Vendor)
		}
		number := template.HTML(fmt.Sprintf(`<a href="../%d/" class="n k%d">%d</a>`, int(u.Code), int(u.Code.Class()), int(u.Code)))
		rows[u.Vendor] = append(rows[u.Vendor], row{Cells: []template.HTML{
			number, esc(u.Phrase), words(u.Meaning), `<div class="words cite">` + prose(u.Source) + `</div>`,
		}})
	}
	slices.SortFunc(vendors, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	for _, v := range vendors {
		p.Tables = append(p.Tables, table{ID: identifier(v), Heading: v, Columns: []string{"Code", "Called", "Meaning", "Source"}, Rows: rows[v]})
	}
	return p, nil
}

// identifier returns s as the identifier of an element.
func identifier(s string) string {
	return strings.Join(word.FindAllString(strings.ToLower(s), -1), "-")
}

func (b *builder) proxyTables() (tablePage, error) {
	t := table{Columns: []string{"Error type", "Code", "What happened", "Carried out?"}}
	for e := range proxystatus.All() {
		d := proxystatus.Describe(e)
		status := template.HTML(`<span class="no">none</span>`)
		if e.Status() != 0 {
			status = anchor(e.Status())
		}
		t.Rows = append(t.Rows, row{ID: e.String(), Cells: []template.HTML{
			`<a href="` + esc(d.URL) + `">` + code(e.String()) + `</a>`,
			status, words(d.Meaning),
			words(card.Sentence(e.Applied().String()) + " " + card.Sentence(d.Applied)),
		}})
	}
	return tablePage{
		Heading: "Proxy error types",
		Intro: []string{
			"What can go wrong between a proxy and the server behind it, as the Proxy-Status field names it (RFC 9209, Section 2.3), " +
				"and which code that calls for.",
			"The last column tells whether the request may have been carried out behind the proxy all the same.",
		},
		Tables: []table{t},
	}, nil
}

func (b *builder) rpcTables() (tablePage, error) {
	to := table{ID: "to-http", Heading: "From gRPC and Connect to HTTP",
		Columns: []string{"gRPC", "Connect", "HTTP", "Meaning", "Shares its status code with"}}
	for c := range rpcstatus.All() {
		var lossy []string
		for _, l := range c.Lossy() {
			lossy = append(lossy, string(code(l.String())))
		}
		d := rpcstatus.Describe(c)
		connect := template.HTML("")
		if c.Connect() != "" {
			connect = code(c.Connect())
		}
		to.Rows = append(to.Rows, row{ID: strings.ToLower(c.String()), Cells: []template.HTML{
			code(c.String()) + template.HTML(fmt.Sprintf(" %d", int(c))), connect, anchor(c.HTTP()),
			words(strings.TrimSpace(card.Sentence(d.Meaning) + " " + d.Hint)), template.HTML(strings.Join(lossy, ", ")),
		}})
	}
	from := table{ID: "from-http", Heading: "What a client makes of a bare status code",
		Intro:   "For a response without grpc-status, as a proxy sends it. Servers do not choose by this table.",
		Columns: []string{"HTTP", "gRPC", "Connect"}}
	add := func(first template.HTML, c httpstatus.Code) {
		from.Rows = append(from.Rows, row{Cells: []template.HTML{
			first, code(rpcstatus.FromHTTP(c).String()), code(rpcstatus.ConnectFromHTTP(c).String()),
		}})
	}
	inferred := map[int]bool{}
	for _, r := range slices.Concat(b.registry.RPC.FromHTTP, b.registry.RPC.ConnectFromHTTP) {
		inferred[r.HTTP] = true
	}
	for _, n := range slices.Sorted(maps.Keys(inferred)) {
		add(anchor(httpstatus.Code(n)), httpstatus.Code(n))
	}
	add("all others", card.Generic(httpstatus.ServerError))
	return tablePage{
		Heading: "gRPC, Connect and HTTP",
		Intro: []string{"Which status code a gateway sends for the code of a call, and what a client assumes where it gets a status code alone.",
			"These are two tables for two purposes, and neither is the other read backwards."},
		Tables: []table{to, from},
	}, nil
}

// otherDocument matches a link to a document that has no page here.
var otherDocument = regexp.MustCompile(`\[([^\]]*)\]\(([\w/]+\.md)\)`)

// document renders a Markdown document of the repository below a heading, which
// is its title.
func (b *builder) document(path string) (template.HTML, error) {
	text, err := fs.ReadFile(b.root, path)
	if err != nil {
		return "", err
	}
	return markdown("#" + strings.ReplaceAll(strings.ReplaceAll(withoutLinks(string(text)), "\n### ", "\n#### "), "\n## ", "\n### "))
}

// withoutLinks names the documents that have no page here, in place of links to
// them.
func withoutLinks(text string) string {
	return otherDocument.ReplaceAllString(text, "docs/$2 of the library")
}
