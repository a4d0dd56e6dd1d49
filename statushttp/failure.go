package statushttp

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/proxystatus"
)

// A Failure says what the error of a call over HTTP means: what went wrong, and
// whether the request may have been carried out.
type Failure struct {
	// Type is the error type of RFC 9209. It is 0 if that has none, as for a TLS
	// handshake that timed out, endless redirects and a canceled call, and if the
	// error does not tell.
	Type proxystatus.ErrorType

	// Applied is what is known of the request. [httpstatus.NotApplied] means
	// that nothing of it was sent, or that the server said that it had not
	// begun to process it.
	Applied httpstatus.Applied

	// Canceled is set if the caller itself gave up, so that nothing failed.
	Canceled bool
}

// FailureOf says what the error of a call over HTTP means, which came in place
// of a response or from reading its content. It knows the errors of the client
// and the transport of net/http, over HTTP/1.1 and HTTP/2, and of net,
// crypto/tls, crypto/x509, io and a context, and looks at all that err wraps.
// For nil and for any other error it is the zero Failure.
//
// Failure.Applied is [httpstatus.NotApplied] only where that is certain:
//
//   - there was no connection: the name was not resolved, the connection was
//     refused or not open in time, or not allowed, or a proxy on the way did not
//     open it;
//   - net/http does not send such a request, or the connection took nothing of it;
//   - TLS got nowhere: the certificate was not accepted, or the handshake timed
//     out, or what answered was not TLS;
//   - the server said so: HTTP/2's REFUSED_STREAM, or a GOAWAY whose last stream
//     is an earlier one (RFC 9113, Section 8.7);
//   - err is or wraps what the peer answered, an *httpstatus.Error whose status
//     code says so.
//
// Otherwise it is [httpstatus.AppliedUnknown]: a connection that breaks before
// the first octet of the response may have delivered the request, even one that
// had been idle; and a deadline does not tell what it interrupted, unless the
// request is watched with [WatchSending].
//
// This is about the last attempt. When a connection that it kept open breaks,
// the transport of net/http repeats requests that are idempotent or have an
// Idempotency-Key, and err is then that of the repetition. [Attempt] takes that
// into account.
//
// Two kinds of errors are not recognized: those of the request's own Body, which
// the transport returns as they are, and those of a proxy that refuses CONNECT,
// of which net/http tells nothing but the reason phrase.
func FailureOf(err error) Failure {
	if e := answerOf(err); e != nil {
		return Failure{Applied: e.Status().Applied()}
	}
	f := classify(err)
	if f.Canceled = f.Canceled || errtree.Is(err, context.Canceled); f.Canceled {
		f.Type = 0
	}
	return f
}

// answerOf returns what a peer has answered, if err is or wraps that; else nil.
func answerOf(err error) (answer *httpstatus.Error) {
	errtree.Walk(err, func(node error) bool {
		e, ok := node.(*httpstatus.Error)
		if ok && e.Remote() {
			answer = e
		}
		return answer != nil
	})
	return answer
}

// classify returns what the first row says that fits err or an error in it. What
// the methods of a foreign error do is not known, so that a panic of one is no
// answer.
func classify(err error) (f Failure) {
	defer func() {
		if recover() != nil {
			f = Failure{}
		}
	}()
	var nodes []error
	errtree.Walk(err, func(node error) bool {
		nodes = append(nodes, node)
		return false
	})
	f = firstRow(nodes)
	if slices.ContainsFunc(nodes, isNothingWritten) {
		f.Applied = notApplied
	}
	return f
}

func firstRow(nodes []error) Failure {
	for _, row := range failureRows() {
		for _, node := range nodes {
			if f, ok := row(node); ok {
				return f
			}
		}
	}
	return Failure{}
}

const notApplied = httpstatus.NotApplied

// failureRows says what an error means that is one of the nodes of an error tree.
// The rows are in the order in which they are tried: what is most specific comes
// first, and what merely timed out after what it was that did. A function, so that
// a program that asks for no failure has none of it, and starts without it.
func failureRows() []func(node error) (f Failure, ok bool) {
	return []func(error) (Failure, bool){
		ofDNS,
		when(isCertificate, Failure{Type: proxystatus.TLSCertificateError, Applied: notApplied}),
		when(isA[*tls.ECHRejectionError], Failure{Type: proxystatus.TLSProtocolError, Applied: notApplied}),
		ofRecordHeader,
		when(isAny(http.ErrSchemeMismatch), Failure{Type: proxystatus.TLSProtocolError}),
		when(isOp("remote error"), Failure{Type: proxystatus.TLSAlertReceived}),
		when(isOp("local error"), Failure{Type: proxystatus.TLSProtocolError}),
		ofDial,
		when(isNoURL, Failure{Type: proxystatus.DestinationNotFound, Applied: notApplied}),
		when(isA[*http.MaxBytesError], Failure{Type: proxystatus.HTTPRequestError}),
		when(isTimeoutOf("write"), Failure{Type: proxystatus.ConnectionWriteTimeout}),
		when(isTimeoutOf("read"), Failure{Type: proxystatus.ConnectionReadTimeout}),
		ofStream,
		ofText,
		when(isContentCoding, Failure{Type: proxystatus.HTTPResponseContentCoding}),
		when(isMalformed, Failure{Type: proxystatus.HTTPProtocolError}),
		when(isAny(closedErrors...), Failure{Type: proxystatus.ConnectionTerminated}),
		when(isAny(io.ErrUnexpectedEOF), Failure{Type: proxystatus.HTTPResponseIncomplete}),
		when(isAny(io.EOF, net.ErrClosed, io.ErrClosedPipe), Failure{Type: proxystatus.ConnectionTerminated}),
		when(timedOut, Failure{Type: proxystatus.HTTPResponseTimeout}),
		when(hasPrefix("tls: "), Failure{Type: proxystatus.TLSProtocolError}),
		// What makes net/http give up a connection, if it is nothing more specific, is
		// a response that it could not read, or did not expect.
		when(hasPrefix("net/http: HTTP/1.x transport connection broken: "), Failure{Type: proxystatus.HTTPProtocolError}),
		when(hasPrefix("readLoopPeekFailLocked: "), Failure{Type: proxystatus.HTTPProtocolError}),
	}
}

// when returns a row that says f of what is fits.
func when(is func(error) bool, f Failure) func(error) (Failure, bool) {
	return func(node error) (Failure, bool) {
		if !is(node) {
			return Failure{}, false
		}
		return f, true
	}
}

// isA reports whether node is a T.
func isA[T error](node error) bool {
	_, ok := node.(T)
	return ok
}

// isOp returns a test for a net.OpError of one of some operations.
func isOp(ops ...string) func(error) bool {
	return func(node error) bool {
		e, ok := node.(*net.OpError)
		return ok && slices.Contains(ops, e.Op)
	}
}

// isTimeoutOf returns a test for a net.OpError of one operation that timed out.
func isTimeoutOf(op string) func(error) bool {
	of := isOp(op)
	return func(node error) bool { return of(node) && node.(*net.OpError).Timeout() }
}

// timedOut reports whether node is a timeout.
func timedOut(node error) bool {
	t, ok := node.(interface{ Timeout() bool })
	return ok && t.Timeout() || node == context.DeadlineExceeded
}

// isAny returns a test for some values, which a node is or says that it is.
func isAny(values ...error) func(error) bool {
	return func(node error) bool {
		x, ok := node.(interface{ Is(error) bool })
		for _, v := range values {
			if node == v || ok && x.Is(v) {
				return true
			}
		}
		return false
	}
}

// hasPrefix returns a test for the errors whose text begins with a prefix.
func hasPrefix(prefix string) func(error) bool {
	return func(node error) bool { return strings.HasPrefix(errtree.Text(node), prefix) }
}

// isCertificate reports whether the certificate of the server was not accepted.
// A client verifies it in the first handshake of a connection and no later.
func isCertificate(node error) bool {
	switch node.(type) {
	case *tls.CertificateVerificationError, x509.UnknownAuthorityError, x509.HostnameError, x509.CertificateInvalidError,
		x509.SystemRootsError, x509.InsecureAlgorithmError, x509.ConstraintViolationError, x509.UnhandledCriticalExtension:
		return true
	}
	return false
}

// isContentCoding reports whether compressed content could not be read.
func isContentCoding(node error) bool {
	return isA[flate.CorruptInputError](node) || node == gzip.ErrHeader || node == gzip.ErrChecksum
}

// isMalformed reports whether the response broke the rules of HTTP.
func isMalformed(node error) bool {
	//lint:ignore SA1019 older packages make such errors
	return isA[textproto.ProtocolError](node) || isA[*http.ProtocolError](node)
}

// ofDNS is about names that did not resolve.
func ofDNS(node error) (Failure, bool) {
	e, ok := node.(*net.DNSError)
	switch {
	case !ok:
		return Failure{}, false
	case e.IsTimeout:
		return Failure{Type: proxystatus.DNSTimeout, Applied: notApplied}, true
	}
	return Failure{Type: proxystatus.DNSError, Applied: notApplied}, true
}

// ofRecordHeader is about what is not TLS. The connection is part of the error if
// already the first record was none.
func ofRecordHeader(node error) (Failure, bool) {
	e, ok := node.(tls.RecordHeaderError)
	switch {
	case !ok:
		return Failure{}, false
	case e.Conn != nil:
		return Failure{Type: proxystatus.TLSProtocolError, Applied: notApplied}, true
	}
	return Failure{Type: proxystatus.TLSProtocolError}, true
}

// ofDial is about connections that were never open.
func ofDial(node error) (Failure, bool) {
	if !isOp("dial", "proxyconnect", "socks connect")(node) {
		return Failure{}, false
	}
	f := Failure{Applied: notApplied}
	switch {
	case errtree.Is(node, refusedErrors...):
		f.Type = proxystatus.ConnectionRefused
	case errtree.Is(node, unroutableErrors...):
		f.Type = proxystatus.DestinationIPUnroutable
	case errtree.Is(node, prohibitedErrors...):
		f.Type = proxystatus.DestinationIPProhibited
	case errtree.Is(node, exhaustedErrors...): // of our own: ports, files, memory
		f.Type = proxystatus.ProxyInternalError
	case errtree.Walk(node, isA[*net.AddrError]):
		f.Type = proxystatus.DestinationNotFound
	case errtree.Walk(node, isA[net.UnknownNetworkError]):
		f.Type = proxystatus.ProxyInternalError
	case errtree.Walk(node, timedOut):
		f.Type = proxystatus.ConnectionTimeout
	default:
		f.Type = socksReply(errtree.Text(node.(*net.OpError).Err))
	}
	return f, true
}

// isNoURL reports whether a URL could not be read, so that nothing was asked.
func isNoURL(node error) bool {
	e, ok := node.(*url.Error)
	if !ok || e.Op != "parse" {
		return false
	}
	_, err := url.Parse(e.URL)
	return err != nil // the method of a request may be "parse" too
}

// isNothingWritten reports whether node is what the transport wraps around an
// error of a connection that did not take the first octet of the request. The
// type has no exported name.
func isNothingWritten(node error) bool {
	t := reflect.TypeOf(node)
	return t.PkgPath() == "net/http" && t.Name() == "nothingWrittenError"
}
