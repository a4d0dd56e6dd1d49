// Package caching answers the questions of an HTTP cache by RFC 9111: may it
// store a response, may it use what it stored, and what must it ask the origin first?
//
//	stored := caching.Stored{Status: 200, Request: req.Header, Response: resp.Header, Requested: sent, Received: came}
//
//	r := stored.Reuse("GET", request.Header, time.Now())
//	switch r.Use {
//	case caching.Fresh, caching.Stale: // answer with it, and with r.Age in its Age field
//	case caching.Revalidate: // send the request with r.Conditional; after a 304: stored = stored.Update(header, came)
//	case caching.Miss: // send the request as it is
//	}
//
// It stores nothing, reads no clock and opens no connection: each answer is a
// pure function of a plain struct, whose zero fields mean the common case. A
// cache is a loop around these answers:
//
//   - [Storage.Decide]: may the response be stored? [Storage.Withheld]: without
//     which of its fields?
//   - [Select] and [Stored.Reuse]: may it answer this request, and if not, what
//     validates it?
//   - [Stored.Validated] and [Stored.Update]: what a 304, or a HEAD, makes of it.
//   - [Stored.OnError]: may it be served because the origin server fails?
//   - [Invalidates]: which stored responses have to go after a POST, PUT or DELETE?
//   - [CacheStatus]: what to tell of all this in Cache-Status (RFC 9211).
//
// The cache itself adds the store and its keys, the connections, and the
// answers to conditional and range requests of its clients, which
// [httpstatus.Precondition] and [httpstatus.RangeRequest] decide.
//
// Header fields are maps from name to values, so an http.Header fits, and names
// may be spelled in any case. The fields of RFC 9213, such as CDN-Cache-Control,
// are obeyed by a cache that names them in Targets.
//
// A stored part of a representation answers a request for a range that it
// holds. Parts are never combined; RFC 9111, Section 3.4, allows but does not
// require it.
//
// Package httpstatus has what follows from the status code alone:
// [httpstatus.Code.IsCacheable] and [httpstatus.Code.ForbidsStorage].
package caching
