package main

import (
	"container/list"
	"net/http"
	"strings"
	"sync"
	"time"

	"example.com/httpstatus/caching"
)

// An entry is a stored response with its content. Neither is ever changed.
type entry struct {
	caching.Stored
	uri     string
	content []byte
}

// size is what an entry takes of the limit.
func (e *entry) size() int64 {
	n := len(e.content)
	for _, header := range [...]map[string][]string{e.Request, e.Response} {
		for name, lines := range header {
			n += len(name) + len(strings.Join(lines, ""))
		}
	}
	return int64(n)
}

// A store keeps entries by URI, of which each may have several that Vary tells
// apart, and knows which are being fetched.
type store struct {
	limit int64 // bytes

	mu      sync.Mutex
	size    int64
	entries map[string]*list.Element
	used    list.List                // of []*entry, each replaced as a whole, the one that was used last in front
	flights map[string]chan struct{} // for a request whose response may be stored; closed when it is known what becomes of it
}

const variants = 16 // the most for one URI

// get returns the entries for a URI.
func (s *store) get(uri string) (entries []*entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.entries[uri]; e != nil {
		s.used.MoveToFront(e)
		entries = e.Value.([]*entry)
	}
	return entries
}

// add puts an entry in place of those that answer the same request. When the
// store is full, those go whose URI was not asked for the longest.
func (s *store) add(uri string, e *entry) {
	entries := []*entry{e}
	for _, old := range s.take(uri) {
		if len(entries) < variants && old.Reuse(http.MethodGet, e.Request, time.Time{}).Reason == caching.ReuseVary {
			entries = append(entries, old)
		}
	}
	for _, e := range entries {
		s.size += e.size()
	}
	s.entries[uri] = s.used.PushFront(entries)
	for s.size > s.limit {
		s.take(s.used.Back().Value.([]*entry)[0].uri)
	}
}

// remove removes all entries of a URI, and the one to come: it may be older than
// what makes them invalid.
func (s *store) remove(uri string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.take(uri)
	s.end(uri)
}

// take takes the entries of a URI out of the store.
func (s *store) take(uri string) (entries []*entry) {
	if e := s.entries[uri]; e != nil {
		entries = s.used.Remove(e).([]*entry)
	}
	for _, e := range entries {
		s.size -= e.size()
	}
	delete(s.entries, uri)
	return entries
}

// lead makes an exchange the one whose response is stored, or returns the flight
// of the one that is that already.
func (s *store) lead(x *exchange) (other chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.flight, other = nil, s.flights[x.uri]; other == nil {
		x.flight = make(chan struct{})
		s.flights[x.uri] = x.flight
	}
	return other
}

// land ends the flight of an exchange, and stores what it brought, if anything,
// unless the URI was removed meanwhile.
func (s *store) land(x *exchange, e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.flight == nil || s.flights[x.uri] != x.flight {
		return
	}
	if e != nil {
		s.add(x.uri, e)
	}
	s.end(x.uri)
}

func (s *store) end(uri string) {
	if f := s.flights[uri]; f != nil {
		delete(s.flights, uri)
		close(f)
	}
}
