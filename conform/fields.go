package conform

import (
	"math/bits"
	"slices"

	"example.com/httpstatus/internal/ascii"
)

// A knownField is a header field that some rule looks at.
type knownField uint8

const (
	fAccept knownField = iota
	fAcceptCharset
	fAcceptEncoding
	fAcceptLanguage
	fAcceptPatch
	fAcceptRanges
	fAllow
	fAuthorization
	fCacheControl
	fConnection
	fContentEncoding
	fContentLanguage
	fContentLength
	fContentLocation
	fContentRange
	fContentType
	fCookie
	fDate
	fETag
	fEarlyData
	fExpect
	fExpires
	fHost
	fIf
	fIfMatch
	fIfModifiedSince
	fIfNoneMatch
	fIfRange
	fIfUnmodifiedSince
	fLastModified
	fLink
	fLocation
	fOverwrite
	fProxyAuthenticate
	fRange
	fRateLimit
	fRateLimitReset
	fRetryAfter
	fSetCookie
	fTransferEncoding
	fUpgrade
	fVary
	fWWWAuthenticate
	fXRateLimitReset
	fieldCount // one past the last

	// fProblem is no field: it is present when Content-Type is
	// application/problem+json.
	fProblem = fieldCount
)

const noField = fieldCount + 1

// fieldNamed returns the field with the given name in any case, or noField.
// The length decides most, so that a foreign field costs next to nothing.
func fieldNamed(name string) knownField {
	switch len(name) {
	case 2:
		return match(name, "If", fIf)
	case 4:
		switch ascii.Lower(name[0]) {
		case 'd':
			return match(name, "Date", fDate)
		case 'e':
			return match(name, "ETag", fETag)
		case 'h':
			return match(name, "Host", fHost)
		case 'l':
			return match(name, "Link", fLink)
		case 'v':
			return match(name, "Vary", fVary)
		}
	case 5:
		if ascii.Lower(name[0]) == 'a' {
			return match(name, "Allow", fAllow)
		}
		return match(name, "Range", fRange)
	case 6:
		switch ascii.Lower(name[0]) {
		case 'a':
			return match(name, "Accept", fAccept)
		case 'c':
			return match(name, "Cookie", fCookie)
		}
		return match(name, "Expect", fExpect)
	case 7:
		if ascii.Lower(name[0]) == 'e' {
			return match(name, "Expires", fExpires)
		}
		return match(name, "Upgrade", fUpgrade)
	case 8:
		if ascii.Lower(name[0]) == 'i' {
			if f := match(name, "If-Match", fIfMatch); f != noField {
				return f
			}
			return match(name, "If-Range", fIfRange)
		}
		return match(name, "Location", fLocation)
	case 9:
		if ascii.Lower(name[0]) == 'o' {
			return match(name, "Overwrite", fOverwrite)
		}
		return match(name, "RateLimit", fRateLimit)
	case 10:
		switch ascii.Lower(name[0]) {
		case 'c':
			return match(name, "Connection", fConnection)
		case 'e':
			return match(name, "Early-Data", fEarlyData)
		}
		return match(name, "Set-Cookie", fSetCookie)
	case 11:
		return match(name, "Retry-After", fRetryAfter)
	case 12:
		if ascii.Lower(name[0]) == 'a' {
			return match(name, "Accept-Patch", fAcceptPatch)
		}
		return match(name, "Content-Type", fContentType)
	case 13:
		switch ascii.Lower(name[0]) {
		case 'a':
			if f := match(name, "Accept-Ranges", fAcceptRanges); f != noField {
				return f
			}
			return match(name, "Authorization", fAuthorization)
		case 'c':
			if f := match(name, "Cache-Control", fCacheControl); f != noField {
				return f
			}
			return match(name, "Content-Range", fContentRange)
		case 'l':
			return match(name, "Last-Modified", fLastModified)
		}
		return match(name, "If-None-Match", fIfNoneMatch)
	case 14:
		if ascii.Lower(name[0]) == 'a' {
			return match(name, "Accept-Charset", fAcceptCharset)
		}
		return match(name, "Content-Length", fContentLength)
	case 15:
		switch ascii.Lower(name[0]) {
		case 'r':
			return match(name, "RateLimit-Reset", fRateLimitReset)
		case 'a':
			if f := match(name, "Accept-Encoding", fAcceptEncoding); f != noField {
				return f
			}
			return match(name, "Accept-Language", fAcceptLanguage)
		}
	case 16:
		switch ascii.Lower(name[0]) {
		case 'w':
			return match(name, "WWW-Authenticate", fWWWAuthenticate)
		case 'c':
			if f := match(name, "Content-Encoding", fContentEncoding); f != noField {
				return f
			}
			if f := match(name, "Content-Language", fContentLanguage); f != noField {
				return f
			}
			return match(name, "Content-Location", fContentLocation)
		}
	case 17:
		switch ascii.Lower(name[0]) {
		case 'i':
			return match(name, "If-Modified-Since", fIfModifiedSince)
		case 't':
			return match(name, "Transfer-Encoding", fTransferEncoding)
		}
		return match(name, "X-RateLimit-Reset", fXRateLimitReset)
	case 18:
		if ascii.Lower(name[0]) == 'x' {
			return match(name, "X-Rate-Limit-Reset", fXRateLimitReset)
		}
		return match(name, "Proxy-Authenticate", fProxyAuthenticate)
	case 19:
		return match(name, "If-Unmodified-Since", fIfUnmodifiedSince)
	}
	return noField
}

func match(name, want string, f knownField) knownField {
	if name == want || ascii.EqualFold(name, want) {
		return f
	}
	return noField
}

// A fieldSet holds the values of the fields that rules look at. Only the
// entries that present names are valid, so a set needs no clearing to be
// emptied.
type fieldSet struct {
	present uint64
	values  [fieldCount + 1][]string
}

// load fills s from h.
func (s *fieldSet) load(h map[string][]string) {
	s.clear()
	for name, values := range h {
		s.add(name, values)
	}
}

// add adds a field, if it is one that rules look at. The values of a field that
// a map holds under several spellings are sorted, since a map has no order.
func (s *fieldSet) add(name string, values []string) {
	f := fieldNamed(name)
	if f == noField || len(values) == 0 {
		return
	}
	if s.has(f) {
		values = slices.Concat(s.values[f], values)
		slices.Sort(values)
	}
	s.values[f] = values
	s.present |= 1 << f
	if f == fContentType && isProblem(values[0]) {
		s.present |= 1 << fProblem
	}
}

// clear empties s and lets go of the values.
func (s *fieldSet) clear() {
	for ; s.present != 0; s.present &= s.present - 1 {
		s.values[bits.TrailingZeros64(s.present)] = nil
	}
}

// has reports whether the field is present, even if it is empty.
func (s *fieldSet) has(f knownField) bool { return s.present&(1<<f) != 0 }

// hasAny reports whether one of the fields in mask is present.
func (s *fieldSet) hasAny(mask uint64) bool { return s.present&mask != 0 }

// get returns the values of the field; nil if it is absent.
func (s *fieldSet) get(f knownField) []string {
	if !s.has(f) {
		return nil
	}
	return s.values[f]
}

// first returns the first value without the whitespace around it; "" if the
// field is absent.
func (s *fieldSet) first(f knownField) string {
	if !s.has(f) {
		return ""
	}
	return ascii.TrimOWS(s.values[f][0])
}
