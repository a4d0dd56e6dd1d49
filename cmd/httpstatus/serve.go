package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/docs/site"
	"example.com/httpstatus/statushttp"
)

// defaultAddr is on the machine itself, where only its users see the pages.
const defaultAddr = "127.0.0.1:8404"

const serveUsage = `Serve shows the pages of the library in a browser: one for each code, each class
and each rule, tables that compare, and the diagram by which to choose a code.

  httpstatus serve [-addr ` + defaultAddr + `]

It prints the address and serves until ^C. The pages are part of the program and
need no network; /404 is the page of a code, /404.json the same as data.

  -addr HOST:PORT   where to listen; port 0 takes one that is free
  -h                print this text
`

// runServe serves the pages until it is interrupted.
func runServe(args []string, sys system) (status int, err error) {
	flags := flag.NewFlagSet("httpstatus serve", flag.ContinueOnError)
	addr := flags.String("addr", defaultAddr, "")
	rest, err := parseFlags(flags, args)
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 0:
		return 0, usageError("serve takes no words")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return 0, err
	}
	return exitOK, serve(ctx, listener, sys.stdout)
}

// serve serves the pages until ctx ends.
func serve(ctx context.Context, listener net.Listener, out io.Writer) error {
	handler, err := newSiteHandler(site.Files)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	if _, err := fmt.Fprintf(out, "The pages are at %s until ^C.\n", siteURL(listener.Addr())); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		// Who still reads gets a moment to end; the pages are small.
		ending, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		done <- server.Shutdown(ending)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	if err := <-done; !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close()
}

// siteURL is the address of the pages for a browser on this machine.
func siteURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// siteTypes are the media types of the pages, by the end of their name: those of
// the machine would differ from one to the next.
var siteTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".xml":  "application/xml",
}

// A siteHandler serves the pages.
type siteHandler map[string]sitePage // by path, as "404/index.html"

// A sitePage is a file as it is sent.
type sitePage struct {
	content           []byte
	contentType, etag string
}

func newSiteHandler(files fs.FS) (http.Handler, error) {
	pages := siteHandler{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		contentType, ok := siteTypes[path.Ext(name)]
		if !ok {
			return fmt.Errorf("%s has no media type", name)
		}
		sum := sha256.Sum256(content)
		pages[name] = sitePage{content, contentType, fmt.Sprintf(`"%x"`, sum[:16])}
		return nil
	})
	return statushttp.HandlerFunc(pages.serve), err
}

var errNoPage = httpstatus.NotFound.New("no_such_page", "There is no such page. The list of all codes is at /.")

func (pages siteHandler) serve(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Path[min(1, len(r.URL.Path)):]
	if name == "" || name[len(name)-1] == '/' {
		name += "index.html"
	}
	page, ok := pages[name]
	if _, isFolder := pages[name+"/index.html"]; isFolder {
		return moveTo(w, r, "/"+name+"/")
	}
	if !ok {
		return errNoPage
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache") // the next version of the program has other pages
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	return statushttp.Serve(w, r, statushttp.Representation{
		Content: bytes.NewReader(page.content), Size: int64(len(page.content)), ContentType: page.contentType, ETag: page.etag,
	})
}

// moveTo answers a GET or HEAD with the address that has the slash: links of the
// page are relative to it. The port may belong to another program tomorrow, so
// the answer is not for good.
func moveTo(w http.ResponseWriter, r *http.Request, location string) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return httpstatus.MethodNotAllowed.New("", "").WithAllow(http.MethodGet, http.MethodHead)
	}
	if r.URL.RawQuery != "" {
		location += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", location)
	w.WriteHeader(int(httpstatus.Redirect{}.Code()))
	return nil
}
