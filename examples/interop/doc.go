// Package interop is nothing but tests: it runs other servers and libraries and
// shows what httpstatus makes of the errors that they send, and they of ours.
// No body here is typed by hand. So a new version of one of them that changes
// its bodies is noticed.
package interop
