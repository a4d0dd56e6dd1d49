// Package escape writes strings so that they stay strings where they are put:
// in JSON, in an HTML page, in plain text, in a line of a log. All functions
// append to dst and return the extended slice.
package escape
