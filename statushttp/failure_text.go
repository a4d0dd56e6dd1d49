package statushttp

import (
	"slices"
	"strings"

	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/proxystatus"
)

// Much of what net/http says has no type, but only a text. This file knows the
// texts; the tests provoke each of them with the Go that they run with.

// A textRow says what an error means whose text is, or begins with, some words.
type textRow struct {
	text    string
	prefix  bool
	failure Failure
}

// textRows holds texts of errors that wrap nothing. They are compared from their
// beginning, where nothing stands that a peer has sent.
var textRows = [...]textRow{
	// Before anything is sent.
	{"net/http: TLS handshake timeout", false, Failure{Applied: notApplied}},
	{"net/http: request canceled while waiting for connection", false, Failure{Applied: notApplied, Canceled: true}},
	{"unsupported protocol scheme ", true, Failure{Type: proxystatus.DestinationNotFound, Applied: notApplied}},
	{"http: no Host in request URL", false, Failure{Type: proxystatus.DestinationNotFound, Applied: notApplied}},
	{"http2: client conn could not be established", false, Failure{Type: proxystatus.ConnectionTerminated, Applied: notApplied}},
	{"http2: client conn not usable", false, Failure{Type: proxystatus.ConnectionTerminated, Applied: notApplied}},
	{goAwayText, false, Failure{Type: proxystatus.ConnectionTerminated, Applied: notApplied}},
	{"http2: Transport received GOAWAY from server ErrCode:", true, Failure{Type: proxystatus.ConnectionTerminated, Applied: notApplied}},

	// A request that net/http does not send, because there is something wrong with it.
	{"net/http: invalid header ", true, refusedToSend},
	{"net/http: invalid trailer ", true, refusedToSend},
	{"net/http: invalid method ", true, refusedToSend},
	{"net/http: can't write control character in Request.URL", false, refusedToSend},
	{"net/http: nil Context", false, refusedToSend},
	{"net/http: Transport.Dial", true, refusedToSend}, // a hook that returned nothing
	{"http: nil Request.", true, refusedToSend},
	{"http: Request.RequestURI can't be set in client requests", false, refusedToSend},
	{"http: Request.ContentLength=", true, refusedToSend},
	{"http2: invalid ", true, refusedToSend}, // field, Host, path

	// The request.
	{"net/http: request canceled", false, Failure{Canceled: true}},
	{"http: ContentLength=", true, Failure{Type: proxystatus.ProxyInternalError}}, // and another length of Body
	{"http2: request body larger than specified content length", false, Failure{Type: proxystatus.ProxyInternalError}},
	{"invalid Trailer key ", true, Failure{Type: proxystatus.ProxyInternalError}},
	// Of the trailer section this is said after the content.
	{"request header list larger than peer's advertised limit", false, Failure{Type: proxystatus.ProxyInternalError}},
	{"http2: request header list larger than peer's advertised limit", false, Failure{Type: proxystatus.ProxyInternalError}},
	{"http: RoundTripper implementation (", true, Failure{Type: proxystatus.ProxyInternalError}}, // that returned nothing

	// The connection.
	{"http: server closed idle connection", false, Failure{Type: proxystatus.ConnectionTerminated}},
	{"net/http: cannot rewind body after connection loss", false, Failure{Type: proxystatus.ConnectionTerminated}},
	{"http2: client conn is closed", false, Failure{Type: proxystatus.ConnectionTerminated}},
	{"http2: client connection force closed via ClientConn.Close", false, Failure{Type: proxystatus.ConnectionTerminated}},
	{"http2: server sent GOAWAY and closed the connection; ", true, Failure{Type: proxystatus.ConnectionTerminated}},
	{"http2: client connection lost", false, Failure{Type: proxystatus.ConnectionReadTimeout}}, // a PING was not answered in time

	// The header section of the response.
	{"net/http: server response headers exceeded ", true, Failure{Type: proxystatus.HTTPResponseHeaderSectionSize}},
	{"http2: response header list larger than advertised limit", false, Failure{Type: proxystatus.HTTPResponseHeaderSectionSize}},
	{"malformed HTTP ", true, Failure{Type: proxystatus.HTTPProtocolError}}, // response, version, status code
	{"malformed response from server: ", true, Failure{Type: proxystatus.HTTPProtocolError}},
	{"bad Content-Length ", true, Failure{Type: proxystatus.HTTPProtocolError}},
	{"failed to parse Location header ", true, Failure{Type: proxystatus.HTTPProtocolError}},
	{"http: message cannot contain multiple Content-Length headers; ", true, Failure{Type: proxystatus.HTTPProtocolError}},
	{"unsupported transfer encoding: ", true, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"too many transfer encodings: ", true, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"backend tried to switch ", true, Failure{Type: proxystatus.HTTPUpgradeFailed}}, // httputil.ReverseProxy

	// Its content and its trailer section.
	{"empty hex number for chunk length", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"invalid byte in chunk length", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"http chunk length too large", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"header line too long", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}}, // of a chunk
	{"malformed chunked encoding", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"chunked encoding contains too much non-data", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"chunked line ends with bare LF", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"invalid CR in chunked line", false, Failure{Type: proxystatus.HTTPResponseTransferCoding}},
	{"net/http: server replied with more than declared Content-Length; ", true, Failure{Type: proxystatus.HTTPProtocolError}},
	{"http: suspiciously long trailer after chunked body", false, Failure{Type: proxystatus.HTTPProtocolError}}, // or one that was cut off
	{"http: unexpected EOF reading trailer", false, Failure{Type: proxystatus.HTTPResponseIncomplete}},

	// HTTP/2 as such.
	{"connection error: ", true, Failure{Type: proxystatus.HTTPProtocolError}},
	{"http2: failed reading the frame payload: ", true, Failure{Type: proxystatus.HTTPProtocolError}},
}

// refusedToSend is for the errors with which net/http refuses to send a
// malformed request. No server has seen it.
var refusedToSend = Failure{Type: proxystatus.ProxyInternalError, Applied: notApplied}

// socksReply returns the type of what a SOCKS server said that did not open a
// connection (RFC 1928, Section 6), where RFC 9209 has one.
func socksReply(text string) proxystatus.ErrorType {
	switch text {
	case "unknown error connection not allowed by ruleset":
		return proxystatus.DestinationIPProhibited
	case "unknown error network unreachable", "unknown error host unreachable":
		return proxystatus.DestinationIPUnroutable
	case "unknown error connection refused":
		return proxystatus.ConnectionRefused
	}
	return 0
}

// goAwayText is said of a request with a stream that a GOAWAY excludes.
const goAwayText = "http2: Transport received Server's graceful shutdown GOAWAY"

// Where the transport would send a request of HTTP/2 again but cannot, because it
// has no GetBody, it says so around the text of the error.
const (
	cannotRetryBefore = "http2: Transport: cannot retry err ["
	cannotRetryAfter  = "] after Request.Body was written; define Request.GetBody to avoid this error"
)

// ofText is about errors that have nothing but a text.
func ofText(node error) (Failure, bool) {
	text := errtree.Text(node)
	if inner, ok := strings.CutPrefix(text, cannotRetryBefore); ok {
		text, _ = strings.CutSuffix(inner, cannotRetryAfter)
		if code, cause, ok := parseStreamError(text); ok {
			return streamFailure(code, cause), true
		}
	}
	return textFailure(text)
}

// textFailure returns what a text says, and false if it is not known.
func textFailure(text string) (Failure, bool) {
	for _, row := range textRows {
		if text == row.text || row.prefix && strings.HasPrefix(text, row.text) {
			return row.failure, true
		}
	}
	return Failure{}, false
}

// isMalformedChunk reports whether node says that chunks could not be read. What is
// said of a header with a transfer coding is longer than its row.
func isMalformedChunk(node error) bool {
	text := errtree.Text(node)
	return slices.ContainsFunc(textRows[:], func(row textRow) bool {
		return text == row.text && row.failure.Type == proxystatus.HTTPResponseTransferCoding
	})
}

// Codes of HTTP/2 that make a difference. RFC 9113, Section 7.
const (
	h2ProtocolError  = 0x1
	h2RefusedStream  = 0x7
	h2HTTP11Required = 0xd
)

// h2Code returns a code that makes a difference by its name; else 0.
func h2Code(name string) uint32 {
	switch name {
	case "PROTOCOL_ERROR":
		return h2ProtocolError
	case "REFUSED_STREAM":
		return h2RefusedStream
	case "HTTP_1_1_REQUIRED":
		return h2HTTP11Required
	}
	return 0
}

// peerCause is the text of the cause of a stream error that the peer has sent;
// the others are our own, and their cause is what the peer did.
const peerCause = "received from peer"

// streamFailure returns what a stream error of HTTP/2 means.
func streamFailure(code uint32, cause string) Failure {
	switch f, ok := textFailure(cause); {
	case code == h2RefusedStream && cause == peerCause:
		return Failure{Type: proxystatus.ConnectionTerminated, Applied: notApplied}
	case ok:
		return f
	case cause != peerCause, code == h2ProtocolError, code == h2HTTP11Required:
		return Failure{Type: proxystatus.HTTPProtocolError}
	}
	return Failure{Type: proxystatus.ConnectionTerminated}
}

// A streamError has the fields of the StreamError in net/http, which gives itself
// to any struct that has them.
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

// ofStream is about one stream of HTTP/2. The error of net/http is read by its
// fields, and that of golang.org/x/net, which is a type of its own, by its text.
func ofStream(node error) (Failure, bool) {
	var e streamError
	if x, can := node.(interface{ As(any) bool }); can && x.As(&e) {
		return streamFailure(e.Code, errtree.Text(e.Cause)), true
	}
	code, cause, ok := parseStreamError(errtree.Text(node))
	if !ok {
		return Failure{}, false
	}
	return streamFailure(code, cause), true
}

// parseStreamError reads "stream error: stream ID 1; REFUSED_STREAM; received
// from peer".
func parseStreamError(text string) (code uint32, cause string, ok bool) {
	rest, ok := strings.CutPrefix(text, "stream error: stream ID ")
	if !ok {
		return 0, "", false
	}
	_, rest, _ = strings.Cut(rest, "; ")
	name, cause, _ := strings.Cut(rest, "; ")
	return h2Code(name), cause, true
}
