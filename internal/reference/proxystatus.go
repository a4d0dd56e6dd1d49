package reference

// A ProxyError is a subsection of RFC 9209, Section 2.3, or the registration in
// RFC 10036, as it stands there.
type ProxyError struct {
	Name             string
	Status           int // "Recommended HTTP Status Code"; 0 where that is a phrase
	OnlyIntermediary bool
	Parameters       string // their names
}

// ProxyErrors is RFC 9209, Section 2.3.1 to Section 2.3.32, and RFC 10036.
var ProxyErrors = []ProxyError{
	{"dns_timeout", 504, true, ""},
	{"dns_error", 502, true, "rcode info-code"},
	{"destination_not_found", 500, true, ""},
	{"destination_unavailable", 503, true, ""},
	{"destination_ip_prohibited", 502, true, ""},
	{"destination_ip_unroutable", 502, true, ""},
	{"connection_refused", 502, true, ""},
	{"connection_terminated", 502, false, ""},
	{"connection_timeout", 504, true, ""},
	{"connection_read_timeout", 504, false, ""},
	{"connection_write_timeout", 504, false, ""},
	{"connection_limit_reached", 503, true, ""},
	{"tls_protocol_error", 502, false, ""},
	{"tls_certificate_error", 502, true, ""},
	{"tls_alert_received", 502, false, "alert-id alert-message"},
	{"http_request_error", 0, true, "status-code status-phrase"}, // "The applicable 4xx status code"
	{"http_request_denied", 403, true, ""},
	{"http_response_incomplete", 502, false, ""},
	{"http_response_header_section_size", 502, false, "header-section-size"},
	{"http_response_header_size", 502, false, "header-name header-size"},
	{"http_response_body_size", 502, false, "body-size"},
	{"http_response_trailer_section_size", 502, false, "trailer-section-size"},
	{"http_response_trailer_size", 502, false, "trailer-name trailer-size"},
	{"http_response_transfer_coding", 502, false, "coding"},
	{"http_response_content_coding", 502, false, "coding"},
	{"http_response_timeout", 504, false, ""},
	{"http_upgrade_failed", 502, true, ""},
	{"http_protocol_error", 502, false, ""},
	{"proxy_internal_response", 0, true, ""}, // "The most appropriate status code for the response"
	{"proxy_internal_error", 500, true, ""},
	{"proxy_configuration_error", 500, true, ""},
	{"proxy_loop_detected", 502, true, ""},
	{"incremental_refused", 501, true, ""},
}

// NeverApplied names the proxy errors with which a request cannot have been
// carried out, because by the description there was no connection to send it on
// ("dns", "destination", "connection" up to its opening), or the intermediary did
// not use it ("certificate", "wasn't forwarded to the next hop", "loop"). That of
// destination_unavailable does not exclude that the "recent attempts" were with
// this request.
var NeverApplied = []string{
	"dns_timeout",
	"dns_error",
	"destination_not_found",
	"destination_ip_prohibited",
	"destination_ip_unroutable",
	"connection_refused",
	"connection_timeout",
	"connection_limit_reached",
	"tls_certificate_error",
	"http_request_denied",
	"proxy_loop_detected",
}
