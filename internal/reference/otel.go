package reference

// SpanStatus is the status of an HTTP span by the section "Status" of the semantic
// conventions of OpenTelemetry for HTTP spans, docs/http/http-spans.md at
// 384d66161: "Unset" or "Error". server is SpanKind.SERVER, and else it is
// SpanKind.CLIENT; status 0 stands for no status code; failed says that there was
// another error; canceled, that the caller canceled the request intentionally.
func SpanStatus(server bool, status int, failed, canceled bool) string {
	// "Span Status MUST be left unset if HTTP status code was in the 1xx, 2xx or
	// 3xx ranges, unless there was another error (e.g., network error receiving
	// the response body; ...), in which case status MUST be set to Error."
	if 100 <= status && status <= 399 || status == 0 {
		if !failed {
			return "Unset"
		}
		// "the cancellation SHOULD NOT be treated as an error: the span status
		// SHOULD be left unset".
		if canceled {
			return "Unset"
		}
		return "Error"
	}
	// "For HTTP status codes in the 4xx range span status MUST be left unset in
	// case of SpanKind.SERVER and SHOULD be set to Error in case of
	// SpanKind.CLIENT."
	if 400 <= status && status <= 499 {
		if server {
			return "Unset"
		}
		return "Error"
	}
	// "For HTTP status codes in the 5xx range, as well as any other code the
	// client failed to interpret, span status SHOULD be set to Error."
	return "Error"
}
