// Package field has the grammars of header fields: names and values, lists and
// parameters, dates, the directives of Cache-Control, and structured fields. A
// header is a map from names to lines, in which names may be spelled in any case,
// so an http.Header fits.
//
// Nothing here knows what a field is for, and no reader fails loudly: each
// returns what it found and whether it is well-formed, in time that grows with
// the length of what it reads.
package field
