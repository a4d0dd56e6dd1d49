// Package caching answers the questions of an HTTP cache by RFC 9111: may it
// store a response, and all of it?
//
//	d := caching.Storage{Status: 302, Response: resp.Header, Shared: true}.Decide()
//	if d.Store {
//		// keep it, without the fields that are not the cache's to keep
//	}
//
// It stores nothing, reads no clock and opens no connection: each answer is a
// pure function of a plain struct, whose zero fields mean the common case.
// Header fields are maps from name to values, so an http.Header fits, and names
// may be spelled in any case.
//
// What the status code alone tells is in package httpstatus:
// [httpstatus.Code.IsCacheable] and [httpstatus.Code.ForbidsStorage].
package caching
