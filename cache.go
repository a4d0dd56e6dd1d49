package httpstatus

// IsCacheable reports whether a response with status code c is heuristically
// cacheable: whether a cache may reuse it when the response says nothing about
// its freshness. The codes are those of RFC 9110, Section 15.1, and 451
// (RFC 7725, Section 3). An unregistered code is never cacheable, though in
// all else it acts as its class does.
//
// A false answer does not forbid storing: a 302 with max-age may be stored.
// [Code.ForbidsStorage] names the codes that may not.
func (c Code) IsCacheable() bool { return c.has(traitCacheable) }

// ForbidsStorage reports whether a cache must not store a response with status
// code c, even if it carries an explicit lifetime such as max-age: 428, 429,
// 431 and 511 (RFC 6585), and every 1xx, because only final responses are
// stored (RFC 9111, Section 3).
//
// 206 and 304 are not among them: a cache that understands them may use them.
func (c Code) ForbidsStorage() bool { return c.has(traitForbidsStorage) }

// AllowsContent reports whether a response with status code c may have content.
// It may not with 1xx, 204, 205 and 304. Codes outside 100 to 599 are not
// status codes, and nothing forbids their content.
//
// A response to HEAD has no content whatever its code (RFC 9110, Section 9.3.2),
// nor has a 2xx to CONNECT. RFC 9110, Section 6.4.1.
func (c Code) AllowsContent() bool { return !c.has(traitExcludesContent) }
