// Package order holds right code that is close to the mistakes about order, and
// the mistakes beside it.
package order

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/render"
)

// A helper that only writes sends no status of its own when the header is out.
func writeJSON(w http.ResponseWriter, v any) { json.NewEncoder(w).Encode(v) }

func notFound(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	writeJSON(w, "no such thing")
}

func writeEncoder(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "\t")
	return enc.Encode(v)
}

func gone(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusGone)
	writeEncoder(w, "gone")
}

var page = template.Must(template.New("page").Parse("{{.}}"))

func errorPage(w http.ResponseWriter, code int, text string) {
	w.WriteHeader(code)
	renderPage(w, text)
}

func renderPage(w http.ResponseWriter, data any) {
	if err := page.Execute(w, data); err != nil {
		fmt.Fprintln(w, "cannot render")
	}
}

func missing(w http.ResponseWriter, r *http.Request) { errorPage(w, http.StatusNotFound, "missing") }

// One that sets Content-Type then does so too late.
func typedJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func typedLate(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotFound)
	typedJSON(w, "no such thing") // want `S-late-header: Content-Type \(by typedJSON\) is changed after WriteHeader sent the header`
}

func typedBefore(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	typedJSON(w, "no such thing")
}

func typedFirst(w http.ResponseWriter, r *http.Request) { typedJSON(w, "there") }

// A framework's helper.
func plain(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusNotFound)
	render.PlainText(w, r, "no such thing")
}

func plainLate(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotFound)
	render.PlainText(w, r, "no such thing") // want `S-late-header: Content-Type \(by render.PlainText\)`
}

// A helper whose status depends on whether the header was sent.
type tracked struct {
	http.ResponseWriter
	sent bool
}

func (t *tracked) WriteHeader(code int) {
	t.sent = true
	t.ResponseWriter.WriteHeader(code)
}

func (t *tracked) fail(err error) {
	if !t.sent {
		t.WriteHeader(http.StatusInternalServerError)
	}
	io.WriteString(t, "failed")
}

func failing(t *tracked, err error) {
	t.WriteHeader(http.StatusOK)
	t.fail(err)
}

func optional(w http.ResponseWriter, code int, text string) {
	if code != 0 {
		w.WriteHeader(code)
	}
	io.WriteString(w, text)
}

func usesOptional(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusTeapot)
	optional(w, 0, "short and stout")
}

// A helper that always sends one does it twice.
func fail(w http.ResponseWriter, code int, text string) {
	w.WriteHeader(code)
	io.WriteString(w, text)
}

func twice(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	fail(w, http.StatusInternalServerError, "failed") // want `S-double-header: fail sends a status after WriteHeader sent 200`
}

// gin only remembers the status.
func remembered(c *gin.Context) {
	c.Status(http.StatusUnauthorized)
	c.Header("WWW-Authenticate", "Bearer")
	c.JSON(http.StatusUnauthorized, "log in")
}

func rememberedWriter(c *gin.Context) {
	c.Writer.WriteHeader(http.StatusUnauthorized)
	c.Writer.Header().Set("WWW-Authenticate", "Bearer")
}

func forgotten(c *gin.Context) {
	c.Status(http.StatusUnauthorized) // want `S-401-challenge`
	c.Header("X-Seen", "1")
}

func lateGin(c *gin.Context) {
	c.JSON(http.StatusOK, "there")
	c.Header("X-Seen", "1") // want `S-late-header: X-Seen is changed after JSON sent the header`
}

// One missing return is one finding.
func one(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "" {
		w.WriteHeader(http.StatusBadRequest) // want `S-error-no-return: WriteHeader is not followed by a return, and the function goes on to write to the same response: it sends 200 \(OK\)`
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusOK)
	io.WriteString(w, "there")
}

func oneError(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "" {
		http.Error(w, "no path", http.StatusBadRequest) // want `S-error-no-return: http.Error is not followed by a return, and the function goes on to write to the same response: it changes Content-Type, sends 200 \(OK\), writes content`
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusOK)
	io.WriteString(w, "there")
}

func noContent(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 {
		w.WriteHeader(http.StatusNoContent) // want `S-error-no-return`
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusOK)
	io.WriteString(w, "there")
}

// After a write failed the second answer does no harm.
func harmless(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	if _, err := w.Write([]byte("there")); err != nil {
		http.Error(w, "cannot write", http.StatusInternalServerError)
	}
}

func harmlessLater(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	err := json.NewEncoder(w).Encode("there")
	if err != nil {
		http.Error(w, "cannot write", http.StatusInternalServerError)
		return
	}
}

func harmlessTemplate(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, "<html>")
	if err := page.Execute(w, r); err != nil {
		http.Error(w, "cannot render", http.StatusInternalServerError)
		return
	}
	io.WriteString(w, "</html>")
}

// A check that answers says so.
func check(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path == "" {
		http.Error(w, "no path", http.StatusBadRequest)
		return false
	}
	return true
}

func checked(w http.ResponseWriter, r *http.Request) {
	if !check(w, r) {
		return
	}
	io.WriteString(w, "there")
}

func checkedLater(w http.ResponseWriter, r *http.Request) {
	ok := check(w, r)
	if !ok {
		return
	}
	w.WriteHeader(http.StatusOK)
}

func answeredTwice(w http.ResponseWriter, r *http.Request) {
	if !check(w, r) {
		http.Error(w, "bad request", http.StatusBadRequest) // want `S-double-header: http.Error sends a status after check sent one`
		return
	}
	io.WriteString(w, "there")
}

func notLeft(w http.ResponseWriter, r *http.Request) {
	if !check(w, r) { // want `S-error-no-return: check is not followed by a return`
		fmt.Println("refused")
	}
	io.WriteString(w, "there")
}

func notLooked(w http.ResponseWriter, r *http.Request) {
	check(w, r) // want `S-error-no-return: check may have answered with an error, and the function goes on`
	io.WriteString(w, "there")
}

func load(w http.ResponseWriter, r *http.Request) (string, error) {
	v := r.PathValue("id")
	if v == "" {
		err := fmt.Errorf("no id")
		http.Error(w, err.Error(), http.StatusBadRequest)
		return "", err
	}
	return v, nil
}

func loaded(w http.ResponseWriter, r *http.Request) {
	v, err := load(w, r)
	if err != nil {
		return
	}
	io.WriteString(w, v)
}

func loadedTwice(w http.ResponseWriter, r *http.Request) {
	v, err := load(w, r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest) // want `S-double-header: http.Error sends a status after load sent one`
		return
	}
	io.WriteString(w, v)
}

// A struct that only embeds the writer is the writer.
type request struct {
	http.ResponseWriter
	user string
}

func embedded(c *request) {
	if c.user == "" {
		http.Error(c, "no", http.StatusForbidden) // want `S-error-no-return`
	}
	c.Header().Set("X-User", c.user)
	c.ResponseWriter.Write([]byte("there"))
}

func embeddedRight(c *request) {
	c.Header().Set("X-User", c.user)
	c.WriteHeader(http.StatusOK)
	c.Write([]byte("there"))
}

// An error status, and then the next handler.
func onward(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusForbidden) // want `S-error-no-return: WriteHeader is not followed by a return, and the function goes on to write to the same response: it calls the next handler`
		}
		next.ServeHTTP(w, r)
	})
}

func onwardFunc(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusBadRequest) // want `S-error-no-return`
		}
		next(w, r)
	}
}

// A status for a page that another handler renders.
func page404(w http.ResponseWriter, r *http.Request, h http.Handler) {
	w.WriteHeader(http.StatusNotFound)
	h.ServeHTTP(w, r)
}

// The function goes on with what it could not get, though it writes no more.
type store struct{ items map[string]string }

func (s *store) put(w http.ResponseWriter, r *http.Request) {
	v, err := parse(r)
	if err != nil {
		http.Error(w, "bad value", http.StatusBadRequest) // want `S-error-no-return: http.Error is not followed by a return, and the function goes on: it stores s.items\["x"\]`
	}
	s.items["x"] = v
}

func (s *store) remove(w http.ResponseWriter, r *http.Request) {
	var id string
	if err := json.NewDecoder(r.Body).Decode(&id); err != nil {
		http.Error(w, "no id", http.StatusBadRequest) // want `S-error-no-return: .* it uses id`
	}
	delete(s.items, id)
}

// What is done in any case, to clean up.
func (s *store) cleaned(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
	}
	delete(s.items, "x")
	s.items["last"] = r.URL.Path
}

func (s *store) counted(w http.ResponseWriter, r *http.Request) {
	n, err := w.Write([]byte("there"))
	if err != nil {
		http.Error(w, "cannot write", http.StatusInternalServerError)
	}
	fmt.Println(n)
}

func (s *store) logged(w http.ResponseWriter, r *http.Request) {
	v, err := parse(r)
	if err != nil {
		http.Error(w, "bad value", http.StatusBadRequest)
	}
	fmt.Println("value", v)
}

func parse(r *http.Request) (string, error) { return "", nil }

// A status that is still 0.
func zero(w http.ResponseWriter, r *http.Request) {
	var code int
	switch r.Method {
	case "GET":
		code = http.StatusOK
	case "PUT":
		code = http.StatusNoContent
	}
	w.WriteHeader(code) // want `S-code-range: code may still be 0 here`
}

func notZero(w http.ResponseWriter, r *http.Request) {
	var code int
	switch r.Method {
	case "GET":
		code = http.StatusOK
	default:
		code = http.StatusNoContent
	}
	w.WriteHeader(code)
}

func testedZero(w http.ResponseWriter, r *http.Request) {
	var code int
	if r.Method == "GET" {
		code = http.StatusOK
	}
	if code != 0 {
		w.WriteHeader(code)
	}
}

// Several ifs, or a loop, may cover all that there is.
func covered(w http.ResponseWriter, r *http.Request, err error, codes []int) {
	var code int
	if err != nil {
		code = http.StatusBadGateway
	}
	if err == nil {
		code = http.StatusOK
	}
	w.WriteHeader(code)
}

func last(w http.ResponseWriter, r *http.Request, codes []int) {
	var code int
	for _, c := range codes {
		code = c
	}
	w.WriteHeader(code)
}

func oneIf(w http.ResponseWriter, r *http.Request, err error) {
	var code int
	if err != nil {
		code = http.StatusBadGateway
	}
	w.WriteHeader(code) // want `S-code-range`
}
