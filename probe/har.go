package probe

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/httpstatus/conform"
)

// HAR writes the exchanges as an HTTP Archive (HAR 1.2), which "httpstatus check"
// and browsers read. The values of [Options.Header] are not in it. Times are not
// measured: every entry begins at the given time.
func (r *Report) HAR(w io.Writer, at time.Time) error {
	log := harLog{Version: "1.2", Creator: harCreator{"httpstatus probe", "1"}, Entries: []harEntry{}}
	for i := range r.Exchanges {
		log.Entries = append(log.Entries, entryOf(&r.Exchanges[i], at))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Log harLog `json:"log"`
	}{log})
}

type harLog struct {
	Version string     `json:"version"`
	Creator harCreator `json:"creator"`
	Entries []harEntry `json:"entries"`
}

type harCreator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type harEntry struct {
	Started  string      `json:"startedDateTime"`
	Time     int         `json:"time"`
	Request  harRequest  `json:"request"`
	Response harResponse `json:"response"`
	Cache    struct{}    `json:"cache"`
	Timings  harTimings  `json:"timings"`
}

type harRequest struct {
	Method      string     `json:"method"`
	URL         string     `json:"url"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []harField `json:"cookies"`
	Headers     []harField `json:"headers"`
	QueryString []harField `json:"queryString"`
	HeadersSize int        `json:"headersSize"`
	BodySize    int        `json:"bodySize"`
}

type harResponse struct {
	Status      int        `json:"status"`
	StatusText  string     `json:"statusText"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []harField `json:"cookies"`
	Headers     []harField `json:"headers"`
	Content     harContent `json:"content"`
	RedirectURL string     `json:"redirectURL"`
	HeadersSize int        `json:"headersSize"`
	BodySize    int        `json:"bodySize"`
}

type harContent struct {
	Size     int    `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
	Encoding string `json:"encoding,omitempty"`
}

type harTimings struct {
	Send    int `json:"send"`
	Wait    int `json:"wait"`
	Receive int `json:"receive"`
}

type harField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func entryOf(x *conform.Exchange, at time.Time) harEntry {
	e := harEntry{Started: at.UTC().Format(time.RFC3339Nano)}
	e.Request = harRequest{
		Method: x.Method, URL: x.Scheme + "://" + x.Host + x.Target, HTTPVersion: x.Proto,
		Cookies: []harField{}, Headers: harFields(x.RequestHeader), QueryString: []harField{}, HeadersSize: -1, BodySize: -1,
	}
	if !x.RequestContent {
		e.Request.BodySize = 0
	}
	if u, err := url.Parse(x.Target); err == nil {
		for name, values := range u.Query() {
			for _, value := range values {
				e.Request.QueryString = append(e.Request.QueryString, harField{name, value})
			}
		}
		sortFields(e.Request.QueryString)
	}
	body := harContent{Size: len(x.Body), MimeType: first(x.Header, "Content-Type")}
	if utf8.Valid(x.Body) {
		body.Text = string(x.Body)
	} else {
		body.Text, body.Encoding = base64.StdEncoding.EncodeToString(x.Body), "base64"
	}
	size := len(x.Body)
	if x.Truncated {
		size = -1
		if n, err := strconv.Atoi(first(x.Header, "Content-Length")); err == nil {
			size = n
		}
	}
	e.Response = harResponse{
		Status: int(x.Status), StatusText: x.Status.Phrase(), HTTPVersion: x.Proto, Cookies: []harField{},
		Headers: harFields(x.Header), Content: body, RedirectURL: first(x.Header, "Location"), HeadersSize: -1, BodySize: size,
	}
	return e
}

func first(header map[string][]string, name string) string {
	if values := header[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// harFields returns the lines of a header, by name.
func harFields(header map[string][]string) []harField {
	fields := []harField{}
	for name, values := range header {
		for _, value := range values {
			fields = append(fields, harField{name, value})
		}
	}
	sortFields(fields)
	return fields
}

func sortFields(fields []harField) {
	slices.SortStableFunc(fields, func(a, b harField) int { return strings.Compare(a.Name, b.Name) })
}
