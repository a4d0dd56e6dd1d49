// Package site holds the pages of the library, as internal/site renders them, for
// the command to serve. It is no API: the command is its only importer.
package site

import "embed"

// Files are the pages and what belongs to them; the names are the addresses, with
// index.html for one that ends in a slash.
//
//go:embed *.html *.css *.js *.svg *.xml *.json [1-9]* choose retry redirects caching unofficial proxy-errors rpc conform probe statuslint
var Files embed.FS
