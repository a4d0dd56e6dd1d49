package caching

import (
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// Validated reports whether a response confirms the stored one, so that
// [Stored.Update] may take over its header fields. It is for the 304 that
// answers the request which [Reuse] made conditional (RFC 9111, Section 4.3.4),
// and for the 200 to a HEAD request that the stored response could have
// answered (RFC 9111, Section 4.3.5); no other status code confirms it.
//
// A 304 confirms it if its entity tag is the same, by strong comparison if that
// of the 304 is strong. Without an entity tag its Last-Modified has to be the
// same; with neither, it is taken to confirm the response that the request
// named. After a 304 that does not confirm it, send the request again without
// conditions.
//
// A 200 to HEAD confirms a stored 200 to GET if each of ETag, Last-Modified and
// Content-Length that it has is the same there. Otherwise the stored response
// is stale and should be removed.
func (s Stored) Validated(status httpstatus.Code, header map[string][]string) bool {
	tag, modified := field.Lines(header, "ETag"), field.Lines(header, "Last-Modified")
	switch {
	case status == httpstatus.NotModified && len(tag) > 0:
		return sameTag(soleLine(tag), soleLine(field.Lines(s.Response, "ETag")))
	case status == httpstatus.NotModified:
		return s.agrees("Last-Modified", modified)
	case status == httpstatus.OK && s.Status == httpstatus.OK && s.answers("HEAD"):
		return s.agrees("ETag", tag) && s.agrees("Last-Modified", modified) &&
			s.agrees("Content-Length", field.Lines(header, "Content-Length"))
	}
	return false
}

// agrees reports whether the stored response has these same lines of a field; it
// does where there are none.
func (s *Stored) agrees(name string, lines []string) bool {
	return len(lines) == 0 || sameLines(lines, field.Lines(s.Response, name))
}

// sameTag compares the entity tag of a 304 with a stored one: strongly if it is
// strong itself, and else weakly (RFC 9110, Section 8.8.3.2).
func sameTag(received, stored string) bool {
	strong, weak, _ := field.FindEntityTag([]string{stored}, received)
	if _, isWeak := field.EntityTagLen(received); isWeak {
		return weak
	}
	return strong
}

// Update returns the stored response with the header fields of a response that
// confirms it, as [Stored.Validated] says (RFC 9111, Section 3.2). Its header
// is a new map, with canonical names; s does not change. If the header would
// not confirm s in a 304, as with another entity tag, it must not be used, and
// Update returns s unchanged (RFC 9111, Section 4.3.4).
//
// Each field of the header replaces the stored one, and the others stay,
// except:
//
//   - Connection and the fields that it lists, the other hop-by-hop fields, and
//     those for a proxy: [Storage.Withheld] names them, and with them what
//     no-cache and private list;
//   - Content-Length, Content-Encoding, Content-Range, Content-Digest,
//     Content-MD5, and ETag: they speak of the stored content, which does not
//     change;
//   - Age, which is removed unless the header has one, because the response has
//     just been validated.
//
// received is when that response arrived. It becomes the new Received and
// Requested; a caller that knows when the request was sent sets Requested. A
// response without Date gets it as its Date (RFC 9110, Section 6.6.1).
func (s Stored) Update(header map[string][]string, received time.Time) Stored {
	if !s.Validated(httpstatus.NotModified, header) {
		return s
	}
	merged := make(map[string][]string, len(s.Response)+2)
	for name, lines := range s.Response {
		if !ascii.EqualFold(name, "Age") && !ascii.EqualFold(name, "Date") {
			merge(merged, name, lines)
		}
	}
	replaced := make(map[string][]string, len(header))
	for name, lines := range header {
		if len(lines) > 0 && !staysWithContent(name) {
			merge(replaced, name, lines)
		}
	}
	for name := range (Storage{Response: header, Shared: s.Shared, Targets: s.Targets}).Withheld() {
		delete(replaced, field.CanonicalName(name))
	}
	for name, lines := range replaced {
		merged[name] = lines
	}
	if len(merged["Date"]) == 0 {
		merged["Date"] = []string{received.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")}
	}
	for name := range listed(merged, s.Targets, s.Shared) {
		delete(merged, field.CanonicalName(name))
	}
	s.Response, s.Requested, s.Received = merged, received, received
	return s
}

// merge adds the lines of a field, whose name a map may spell in several ways.
func merge(to map[string][]string, name string, lines []string) {
	name = field.CanonicalName(name)
	to[name] = append(to[name][:len(to[name]):len(to[name])], lines...)
}

// staysWithContent reports whether a field speaks of the content that it came
// with, or of its representation as a whole.
func staysWithContent(name string) bool {
	for _, stays := range [...]string{
		"Content-Length", "Content-Encoding", "Content-Range", "Content-Digest", "Content-MD5", "ETag",
	} {
		if ascii.EqualFold(name, stays) {
			return true
		}
	}
	return false
}
