// Package site renders the pages of the library: one for each status code, each
// class and each rule, the tables that are looked at side by side, and the
// diagram of the questions that lead to a code. Every fact on them is read from
// the rows that the library is made of.
//
// docs/site holds what it renders; "go run ./write" in this folder writes it, and
// a test tells when it is stale.
package site

import (
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/registry"
)

// Base is where the pages are published: the addresses in the sitemap begin with
// it. The pages themselves link to each other by relative addresses, so that they
// work below any path.
const Base = "https://example.com/httpstatus/"

//go:embed templates static
var files embed.FS

// A builder collects the files of the site.
type builder struct {
	root     fs.FS // of the repository, for the documents in Markdown
	registry *registry.Registry
	tmpl     *template.Template
	rules    []rule // of conform and statuslint
	files    map[string][]byte
	pages    []string // the addresses of the pages, in order
}

// Render returns the files of the site by their path. root is the root of the
// repository, of which it reads the documents in docs and statuslint/docs. It is
// a function of these files and of the packages it is built with.
func Render(root fs.FS) (map[string][]byte, error) {
	r, err := registry.Load(registry.Files)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("").Funcs(functions).ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	b := &builder{root: root, registry: r, tmpl: tmpl, files: map[string][]byte{}}
	for _, step := range []func() error{
		b.loadRules, b.index, b.classPages, b.codePages, b.choosePage,
		b.tablePages, b.rulePages, b.machineFiles, b.staticFiles, b.sitemap,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.files, nil
}

// A link is an entry of the menu, and of the list of pages on the index.
type link struct {
	Path  string // "retry/"
	Short string // in the menu; "" where it does not stand there
	Name  string
	About string
}

// menu are the pages beside those of the codes.
var menu = []link{
	{"", "Codes", "", ""},
	{"choose/", "Choose", "Choosing a code", "The questions that separate the codes, drawn and as lists."},
	{"retry/", "Retry", "Sending a request again", "For each code and kind of request, whether a client may."},
	{"redirects/", "Redirects", "Redirects compared", "What becomes of the method, by the RFC, by browsers and in Go."},
	{"caching/", "Caching", "What a cache decides", "May it store the response, and may it use what it stored?"},
	{"unofficial/", "Unofficial", "Unofficial codes by vendor", "What products mean by numbers that IANA does not have."},
	{"proxy-errors/", "Proxies", "Proxy error types", "What can go wrong behind a proxy, and which code that calls for."},
	{"rpc/", "RPC", "gRPC, Connect and HTTP", "Their codes in both directions, and what is lost."},
	{"conform/", "Rules", "Rules for responses", "What httpstatus check and package conform look for in an exchange."},
	{"probe/", "", "Probing a running server", "What httpstatus probe asks, what it found, and its rules."},
	{"statuslint/", "", "Rules for code", "What statuslint looks for in Go code."},
}

// A page is what the layout needs to know.
type page struct {
	Title, Description string
	Path               string // "404/"; "" for the index
	JSON               string // the address of the same as JSON; "" if there is none
	Scripts            []string
	Body               any
	Content            template.HTML
	template           string
}

// Root leads from the page to the root of the site.
func (p page) Root() string {
	if p.Path == "" {
		return "./"
	}
	return strings.Repeat("../", strings.Count(p.Path, "/"))
}

// Section is the entry of the menu that the page belongs to.
func (p page) Section() string {
	first, _, _ := strings.Cut(p.Path, "/")
	return first + "/"
}

// Canonical is the address at which the page is published.
func (p page) Canonical() string { return Base + p.Path }

// Menu are the entries of the menu.
func (p page) Menu() []link {
	return slices.DeleteFunc(slices.Clone(menu), func(l link) bool { return l.Short == "" })
}

// Updated is the date of IANA's registry.
func (p page) Updated() string { return httpstatus.RegistryUpdated() }

// add renders a page.
func (b *builder) add(p page) error {
	var content, whole bytes.Buffer
	if err := b.tmpl.ExecuteTemplate(&content, p.template, p.Body); err != nil {
		return err
	}
	p.Content = template.HTML(strings.TrimSpace(content.String()))
	if err := b.tmpl.ExecuteTemplate(&whole, "layout", p); err != nil {
		return err
	}
	b.pages = append(b.pages, p.Path)
	return b.file(p.Path+"index.html", whole.Bytes())
}

// file adds a file; no two may have one path.
func (b *builder) file(path string, data []byte) error {
	if b.files[path] != nil {
		return fmt.Errorf("two files are called %s", path)
	}
	b.files[path] = data
	return nil
}

// staticFiles copies the style sheet, the script and the icon.
func (b *builder) staticFiles() error {
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		return err
	}
	for _, e := range entries {
		data, err := fs.ReadFile(files, "static/"+e.Name())
		if err != nil {
			return err
		}
		if err := b.file(e.Name(), data); err != nil {
			return err
		}
	}
	return nil
}

// sitemap lists the pages.
func (b *builder) sitemap() error {
	var s bytes.Buffer
	s.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, path := range b.pages {
		s.WriteString("<url><loc>")
		if err := xml.EscapeText(&s, []byte(Base+path)); err != nil {
			return err
		}
		s.WriteString("</loc></url>\n")
	}
	s.WriteString("</urlset>\n")
	return b.file("sitemap.xml", s.Bytes())
}

// A codeLink is a code as it is linked to.
type codeLink struct {
	Code  int
	Title string
	Digit int    // of its class; 0 if it has none
	Tags  string // what sets it apart, or who uses it
	First string // the first sentence of its meaning
}

func linkTo(c httpstatus.Code) codeLink {
	k := card.New(c)
	l := codeLink{Code: int(c), Title: k.Title(), Digit: int(c.Class()), Tags: strings.Join(k.Tags(), ", ")}
	l.First = card.FirstSentence(card.Sentence(k.Meaning))
	if !k.Registered && !k.Reserved {
		l.Title, l.Tags, l.First = "", "", ""
		var vendors []string
		for _, u := range k.Unofficial {
			if l.Title == "" {
				l.Title = u.Phrase
			}
			if !slices.Contains(vendors, u.Vendor) {
				vendors = append(vendors, u.Vendor)
			}
		}
		l.Tags = strings.Join(vendors, ", ")
		if l.Title == "" {
			l.Title, l.Tags = l.Tags, ""
		}
	}
	return l
}

// known are the codes that have a page: those of IANA's registry, also the
// reserved ones, and those that vendors use, in increasing order.
func known() (registered, others []httpstatus.Code) {
	unregistered := map[httpstatus.Code]bool{}
	for u := range uses() {
		unregistered[u.Code] = true
	}
	for n := range 1000 {
		c := httpstatus.Code(n)
		if k := card.New(c); k.Registered || k.Reserved {
			registered = append(registered, c)
			delete(unregistered, c)
		}
	}
	return registered, slices.Sorted(maps.Keys(unregistered))
}

// className returns "4xx" for a code, by its digit where it has no class.
func className(c httpstatus.Code) string {
	if c.IsValid() {
		return c.Class().String()
	}
	return strconv.Itoa(int(c)/100) + "xx"
}
