// Package servemux has a small store of files behind an http.ServeMux: each can be
// read in whole or in part, asked about by a cache, and changed by several clients
// at once without one overwriting what it has not seen. Errors look alike,
// whether a handler or the mux answers.
package servemux

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

var errNoFile = httpstatus.NotFound.New("no_such_file", "No such file.")

// A Store keeps files in memory. Its zero value is an empty one.
type Store struct {
	mu    sync.Mutex
	files map[string]file
}

type file struct {
	content string
	media   string
	etag    string // it changes with the content and the media type
}

// Handler returns the API of the store, whose errors errs answers with.
func (s *Store) Handler(errs *statushttp.Responder) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /files/{name}", errs.Handler(s.get)) // HEAD too
	mux.Handle("PUT /files/{name}", errs.Handler(s.put))
	mux.Handle("DELETE /files/{name}", errs.Handler(s.delete))
	return errs.Mux(mux)
}

func (s *Store) get(w http.ResponseWriter, r *http.Request) error {
	s.mu.Lock()
	f, ok := s.files[r.PathValue("name")]
	s.mu.Unlock()
	if !ok {
		return errNoFile
	}
	w.Header().Set("Cache-Control", "no-cache") // keep it, and ask each time
	return statushttp.Serve(w, r, statushttp.Representation{
		Content: strings.NewReader(f.content), Size: int64(len(f.content)), ContentType: f.media, ETag: f.etag,
	})
}

func (s *Store) put(w http.ResponseWriter, r *http.Request) error {
	media := r.Header.Get("Content-Type")
	if media == "" {
		return httpstatus.UnsupportedMediaType.New("no_type", "Say in Content-Type what it is.")
	}
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return statushttp.FromRead(err)
	}
	sum := sha256.Sum256(append([]byte(media+"\n"), content...))
	f := file{string(content), media, fmt.Sprintf(`"%x"`, sum[:8])}

	// Nothing may change the file between the check and the change.
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.files[r.PathValue("name")]
	if err := statushttp.CheckPrecondition(r, httpstatus.Precondition{Absent: !ok, ETag: old.etag, Required: true}); err != nil {
		return err
	}
	if s.files == nil {
		s.files = map[string]file{}
	}
	s.files[r.PathValue("name")] = f
	w.Header().Set("ETag", f.etag)
	if ok {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	w.WriteHeader(http.StatusCreated) // at the URI of the request
	return nil
}

func (s *Store) delete(w http.ResponseWriter, r *http.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.files[r.PathValue("name")]
	if !ok { // before any condition: the answer is the same with and without it
		return errNoFile
	}
	if err := statushttp.CheckPrecondition(r, httpstatus.Precondition{ETag: old.etag, Required: true}); err != nil {
		return err
	}
	delete(s.files, r.PathValue("name"))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
