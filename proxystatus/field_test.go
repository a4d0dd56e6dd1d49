package proxystatus_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/proxystatus"
)

func TestParse(t *testing.T) {
	long := strings.Repeat("x", 64<<10)
	for _, tt := range []struct {
		why   string
		lines []string
		want  []proxystatus.Entry
		err   string
	}{
		// The examples of RFC 9209.
		{"Section 2", []string{"revproxy1.example.net, ExampleCDN"},
			[]proxystatus.Entry{{Proxy: "revproxy1.example.net"}, {Proxy: "ExampleCDN"}}, ""},
		{"Section 2.1.1", []string{"ExampleCDN; error=connection_timeout"},
			[]proxystatus.Entry{{Proxy: "ExampleCDN", Error: proxystatus.ConnectionTimeout}}, ""},
		{"Section 2.1.1, two hops", []string{"r34.example.net; error=http_request_error, ExampleCDN"},
			[]proxystatus.Entry{{Proxy: "r34.example.net", Error: proxystatus.HTTPRequestError}, {Proxy: "ExampleCDN"}}, ""},
		{"Section 2.1.2", []string{"cdn.example.org; next-hop=backend.example.org:8001"},
			[]proxystatus.Entry{{Proxy: "cdn.example.org", NextHop: "backend.example.org:8001"}}, ""},
		{"Section 2.1.3", []string{`"proxy.example.org"; next-protocol=h2`},
			[]proxystatus.Entry{{Proxy: "proxy.example.org", NextProtocol: "h2"}}, ""},
		{"Section 2.1.4", []string{"ExampleCDN; received-status=200"},
			[]proxystatus.Entry{{Proxy: "ExampleCDN", ReceivedStatus: 200}}, ""},
		{"Section 2.1.5, with a String for an error", []string{
			`proxy.example.net; error="http_protocol_error"; details="Malformed response header: space before colon"`},
			[]proxystatus.Entry{{Proxy: "proxy.example.net", Error: proxystatus.HTTPProtocolError,
				Details: "Malformed response header: space before colon"}}, ""},

		{"no field", nil, nil, ""},
		{"an empty field", []string{""}, nil, ""},
		{"two lines", []string{`a;error=dns_error;rcode="NXDOMAIN";info-code=3`, "b"},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.DNSError, Extra: map[string]string{"rcode": "NXDOMAIN", "info-code": "3"}},
				{Proxy: "b"}}, ""},
		{"an alert as a Token", []string{`a;error=tls_alert_received;alert-id=48;alert-message=unknown_ca`},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.TLSAlertReceived,
				Extra: map[string]string{"alert-id": "48", "alert-message": "unknown_ca"}}}, ""},
		{"an alert as a String", []string{`a;error=tls_alert_received;alert-message="unknown CA"`},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.TLSAlertReceived, Extra: map[string]string{"alert-message": "unknown CA"}}}, ""},
		{"a coding", []string{`a;error=http_response_content_coding;coding=br`},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.HTTPResponseContentCoding, Extra: map[string]string{"coding": "br"}}}, ""},
		{"a parameter of another type of error", []string{`a;error=dns_timeout;rcode="NXDOMAIN"`},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.DNSTimeout}}, ""},
		{"parameters of other types", []string{`a;error=dns_error;rcode=NXDOMAIN;info-code="3";next-hop=1;next-protocol="h2";received-status="200";details=x`},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.DNSError}}, ""},
		{"an error that is a number", []string{"a;error=404"}, []proxystatus.Entry{{Proxy: "a"}}, ""},
		{"an error that is not known", []string{"a;error=flux_exceeded"}, []proxystatus.Entry{{Proxy: "a", ErrorName: "flux_exceeded"}}, ""},
		{"an error that is a String and could be no Token", []string{`a;error=" ", b;error="", c;error="flux"`},
			[]proxystatus.Entry{{Proxy: "a"}, {Proxy: "b"}, {Proxy: "c", ErrorName: "flux"}}, ""},
		{"an error in upper case", []string{"a;error=DNS_Error"}, []proxystatus.Entry{{Proxy: "a", ErrorName: "DNS_Error"}}, ""},
		{"a parameter that is not known", []string{"a;e_ts=1718;x;error=dns_error"}, []proxystatus.Entry{{Proxy: "a", Error: proxystatus.DNSError}}, ""},
		{"the last of several", []string{`a;error=x;error=dns_error;next-hop=b;next-hop=c;details="1";details="2";received-status=1;received-status=2`},
			[]proxystatus.Entry{{Proxy: "a", Error: proxystatus.DNSError, NextHop: "c", Details: "2", ReceivedStatus: 2}}, ""},
		{"the last of several, which is of another type", []string{
			`a;error=dns_error;error=1;next-hop=b;next-hop=1;next-protocol=h2;next-protocol=1`,
			`b;details="1";details=1;received-status=1;received-status="1"`},
			[]proxystatus.Entry{{Proxy: "a"}, {Proxy: "b"}}, ""},
		{"a protocol of octets", []string{"a;next-protocol=:AAEC/w==:"}, []proxystatus.Entry{{Proxy: "a", NextProtocol: "\x00\x01\x02\xff"}}, ""},
		{"a status code out of range", []string{"a;received-status=999999999999999"}, []proxystatus.Entry{{Proxy: "a"}}, ""},
		{"a status code of no kind", []string{"a;received-status=-1"}, []proxystatus.Entry{{Proxy: "a", ReceivedStatus: -1}}, ""},
		{"escapes", []string{`"a\"b\\c"`}, []proxystatus.Entry{{Proxy: `a"b\c`}}, ""},
		{"256 entries", []string{"a" + strings.Repeat(",a", 255)}, slicesRepeat(proxystatus.Entry{Proxy: "a"}, 256), ""},

		{"malformed", []string{"a b"}, nil, "proxystatus: parsing Proxy-Status: no list of structured fields"},
		{"malformed at its end", []string{"a, b;error"}, []proxystatus.Entry{{Proxy: "a"}, {Proxy: "b"}}, ""},
		{"a comma at the end", []string{"a,"}, nil, "proxystatus: parsing Proxy-Status: no list of structured fields"},
		{"an empty line beside another", []string{"a", ""}, nil, "proxystatus: parsing Proxy-Status: no list of structured fields"},
		{"a quote that is not closed", []string{`a;details="x`}, nil, "proxystatus: parsing Proxy-Status: no list of structured fields"},
		{"a number for a name", []string{"a, 1"}, nil, "proxystatus: parsing Proxy-Status: an entry begins with neither a string nor a token"},
		{"a list for a name", []string{"(a b)"}, nil, "proxystatus: parsing Proxy-Status: an entry begins with neither a string nor a token"},
		{"257 entries", []string{"a" + strings.Repeat(",a", 256)}, nil, "proxystatus: parsing Proxy-Status: more than 256 entries"},
		{"too long", []string{long}, nil, "proxystatus: parsing Proxy-Status: longer than 64 KiB"},
		{"too long together", []string{long[:40000], long[:40000]}, nil, "proxystatus: parsing Proxy-Status: longer than 64 KiB"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := proxystatus.Parse(tt.lines)
			if tt.err == "" {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, tt.err)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func slicesRepeat(e proxystatus.Entry, n int) (entries []proxystatus.Entry) {
	for range n {
		entries = append(entries, e)
	}
	return entries
}

func TestAppend(t *testing.T) {
	// On 32 bits every int has a place in the field.
	smallest := "cdn"
	if strconv.IntSize == 32 {
		smallest = "cdn; received-status=" + strconv.Itoa(math.MinInt)
	}
	for _, tt := range []struct {
		why   string
		entry proxystatus.Entry
		want  string
	}{
		{"nothing", proxystatus.Entry{}, `""`},
		{"a name", proxystatus.Entry{Proxy: "ExampleCDN"}, "ExampleCDN"},
		{"a host", proxystatus.Entry{Proxy: "proxy-3.example.com"}, "proxy-3.example.com"},
		{"an address", proxystatus.Entry{Proxy: "192.0.2.1"}, `"192.0.2.1"`},
		{"a name with a space", proxystatus.Entry{Proxy: `my "proxy"`}, `"my \"proxy\""`},
		{"all of it", proxystatus.Entry{Proxy: "cdn", Error: proxystatus.DNSError, Extra: map[string]string{"info-code": "3", "rcode": "NXDOMAIN"},
			NextHop: "backend:80", NextProtocol: "http/1.1", ReceivedStatus: 502, Details: "no such name"},
			`cdn; error=dns_error; rcode="NXDOMAIN"; info-code=3; next-hop=backend:80; ` +
				`next-protocol=http/1.1; received-status=502; details="no such name"`},
		{"a type that is not known", proxystatus.Entry{Proxy: "cdn", ErrorName: "flux_exceeded"}, "cdn; error=flux_exceeded"},
		{"a type that is", proxystatus.Entry{Proxy: "cdn", Error: proxystatus.DNSTimeout, ErrorName: "other"}, "cdn; error=dns_timeout"},
		{"a type that is no token", proxystatus.Entry{Proxy: "cdn", ErrorName: "flux exceeded"}, "cdn"},
		{"a type that is no type", proxystatus.Entry{Proxy: "cdn", Error: 200}, "cdn"},
		{"parameters that do not fit", proxystatus.Entry{Proxy: "cdn", Error: proxystatus.DNSError,
			Extra: map[string]string{"info-code": "three", "coding": "br"}},
			"cdn; error=dns_error"},
		{"a number that does not fit", proxystatus.Entry{Proxy: "cdn",
			Error: proxystatus.DNSError, Extra: map[string]string{"info-code": "1000000000000000"}},
			"cdn; error=dns_error"},
		{"a coding that does not fit", proxystatus.Entry{Proxy: "cdn",
			Error: proxystatus.HTTPResponseContentCoding, Extra: map[string]string{"coding": "b r"}},
			"cdn; error=http_response_content_coding"},
		{"a coding", proxystatus.Entry{Proxy: "cdn", Error: proxystatus.HTTPResponseContentCoding, Extra: map[string]string{"coding": "br"}},
			"cdn; error=http_response_content_coding; coding=br"},
		{"an alert", proxystatus.Entry{Proxy: "cdn", Error: proxystatus.TLSAlertReceived, Extra: map[string]string{"alert-message": "unknown CA"}},
			`cdn; error=tls_alert_received; alert-message="unknown CA"`},
		{"a field that would go on", proxystatus.Entry{Proxy: "cdn\r\nSet-Cookie: a=b", Details: "caf\u00e9\x00"},
			`"cdn??Set-Cookie: a=b"; details="caf???"`},
		{"octets", proxystatus.Entry{Proxy: "cdn", NextProtocol: "\x00"}, "cdn; next-protocol=:AA==:"},
		{"two octets", proxystatus.Entry{Proxy: "cdn", NextProtocol: "\x00\x01"}, "cdn; next-protocol=:AAE=:"},
		{"three octets", proxystatus.Entry{Proxy: "cdn", NextProtocol: "\x00\x01\xff"}, "cdn; next-protocol=:AAH/:"},
		{"a status code of more than 15 digits", proxystatus.Entry{Proxy: "cdn", ReceivedStatus: math.MinInt}, smallest},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, string(tt.entry.Append(nil)))
			assert.Equal(t, "a, "+tt.want, string(tt.entry.Append([]byte("a, "))), "what is there stays")
			_, err := proxystatus.Parse([]string{tt.want})
			assert.NoError(t, err)
		})
	}
}

// FuzzParse: what Parse reads, Append writes so that it is read again the same.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a", `"a b";error=dns_error;rcode="x";info-code=3, b`, `a;next-protocol=:AAEC/w==:;received-status=-999`,
		`a;error=x;details="\"\\";next-hop="1"`, "a,,b", `a;error=tls_alert_received;alert-message="y z"`, "(a);b", "a\tb",
		`a;error=" "`,
	} {
		f.Add(s, "")
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		lines := []string{first}
		if second != "" {
			lines = append(lines, second)
		}
		entries, err := proxystatus.Parse(lines)
		if err != nil {
			require.Empty(t, entries)
			return
		}
		var again []string
		for _, e := range entries {
			again = append(again, string(e.Append(nil)))
		}
		got, err := proxystatus.Parse(again)
		require.NoError(t, err, "%q", again)
		require.Equal(t, entries, got, "%q", again)
	})
}

// FuzzAppend: whatever an entry holds, Append writes a field that can be read, on
// one line, and the name of the hop comes back if it is plain.
func FuzzAppend(f *testing.F) {
	f.Add("a", uint8(2), "x", "rcode", "NXDOMAIN", "h2", 200)
	f.Add("a\r\nb", uint8(0), "error", "coding", "\x00", "\xff", -1)
	f.Fuzz(func(t *testing.T, proxy string, kind uint8, text, name, value, protocol string, status int) {
		e := proxystatus.Entry{
			Proxy: proxy, Error: proxystatus.ErrorType(kind), ErrorName: text, Extra: map[string]string{name: value},
			NextHop: text, NextProtocol: protocol, ReceivedStatus: 200, Details: value,
		}
		line := string(e.Append(nil))
		require.Equal(t, -1, strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }), "%q", line)
		if len(line) > 60<<10 {
			return
		}
		got, err := proxystatus.Parse([]string{line})
		require.NoError(t, err, "%q", line)
		require.Len(t, got, 1)
		if strings.IndexFunc(proxy, func(r rune) bool { return r < ' ' || r > '~' }) < 0 {
			require.Equal(t, proxy, got[0].Proxy)
		}
		require.Equal(t, protocol, got[0].NextProtocol)
		require.EqualValues(t, 200, got[0].ReceivedStatus)
	})
}
