package conform

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

// maxEntry bounds one entry of a HAR, which is decoded as a whole.
const maxEntry = 64 << 20

// ReadHAR returns an iterator over the exchanges in an HTTP Archive (HAR 1.2),
// as browsers and proxies export it. It stops at the first mistake with a
// [*ReadError]. It holds one entry at a time, of at most 64 MiB. Source counts
// the entries from 0, as their array does.
//
// Entries that got no response (status 0) are skipped. A HAR holds content as
// it was after decoding, and often leaves it out, so the length of what was
// sent is not known (BodyLength is -1) and the rules about it are silent.
func ReadHAR(r io.Reader) iter.Seq2[Exchange, error] {
	return func(yield func(Exchange, error) bool) {
		br := bufio.NewReader(r)
		if mark, _ := br.Peek(3); string(mark) == "\uFEFF" { // some exporters write one
			br.Discard(len(mark))
		}
		s := &jsonStream{r: br}
		if err := s.enter("log", "entries"); err != nil {
			yield(Exchange{}, s.harError("log.entries", err))
			return
		}
		for n := 0; ; n++ {
			end, err := s.next(']', n)
			if err != nil {
				yield(Exchange{}, s.harError("the end of log.entries", err))
				return
			}
			if end {
				return
			}
			place := "entry " + strconv.Itoa(n)
			var e harEntry
			if err := s.decode(&e); err != nil {
				yield(Exchange{}, s.harError(place, err))
				return
			}
			x, err := e.exchange()
			if err != nil {
				yield(Exchange{}, &ReadError{Place: place, Reason: "it makes no exchange", Err: err})
				return
			}
			if x.Source = place; x.Status != 0 && !yield(x, nil) {
				return
			}
		}
	}
}

func (s *jsonStream) harError(place string, err error) error {
	return &ReadError{Place: place + " (near octet " + strconv.FormatInt(s.at, 10) + ")", Reason: "not a HAR", Err: err}
}

// The parts of a HAR that matter here.
type (
	harEntry struct {
		Request  harRequest  `json:"request"`
		Response harResponse `json:"response"`
	}
	harRequest struct {
		Method      string          `json:"method"`
		URL         string          `json:"url"`
		HTTPVersion string          `json:"httpVersion"`
		Headers     []harField      `json:"headers"`
		PostData    json.RawMessage `json:"postData"`
		BodySize    json.Number     `json:"bodySize"`
	}
	harResponse struct {
		Status      json.Number `json:"status"`
		HTTPVersion string      `json:"httpVersion"`
		Headers     []harField  `json:"headers"`
		Content     harContent  `json:"content"`
		BodySize    json.Number `json:"bodySize"`
	}
	harField struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	harContent struct {
		Size     json.Number `json:"size"`
		Text     string      `json:"text"`
		Encoding string      `json:"encoding"`
	}
)

// exchange returns the entry as an exchange. Its status is 0 if there was no
// response.
func (e *harEntry) exchange() (Exchange, error) {
	status, err := strconv.Atoi(e.Response.Status.String())
	if err != nil {
		return Exchange{}, errors.New("the response status " + quote(e.Response.Status.String()) + " is not a number")
	}
	if status == 0 {
		return Exchange{}, nil
	}
	if e.Request.Method == "" {
		return Exchange{}, errors.New("the request has no method")
	}
	x := Exchange{
		Proto:         e.Request.HTTPVersion,
		Method:        e.Request.Method,
		Target:        e.Request.URL,
		RequestHeader: harHeader(e.Request.Headers),
		Status:        httpstatus.Code(status),
		Header:        harHeader(e.Response.Headers),
	}
	if strings.EqualFold(x.Proto, "unknown") || x.Proto == "" {
		x.Proto = e.Response.HTTPVersion
	}
	if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" {
		x.Scheme, x.Host, x.Target = u.Scheme, u.Host, u.RequestURI()
	}
	x.RequestContent = isPositive(e.Request.BodySize) ||
		len(e.Request.PostData) > 0 && !bytes.Equal(e.Request.PostData, []byte("null"))
	return x, e.Response.content(&x)
}

// content fills in what the HAR says of the response's content.
func (r *harResponse) content(x *Exchange) error {
	body := []byte(r.Content.Text)
	if strings.EqualFold(r.Content.Encoding, "base64") {
		decoded, err := base64.StdEncoding.DecodeString(r.Content.Text)
		if err != nil {
			return errors.New("the content is not base64")
		}
		body = decoded
	}
	switch {
	case len(body) > 0:
		x.BodyLength = -1
		x.Body = bytes.Clone(body[:min(len(body), maxContent)])
		x.Truncated = len(body) > maxContent
	case isZero(r.Content.Size) && isZero(r.BodySize) && !isPositive(json.Number(firstValue(x.Header, "Content-Length"))):
		// Empty, by the word of who exported it.
	default:
		x.BodyLength, x.Truncated = -1, true
	}
	return nil
}

func isZero(n json.Number) bool { return n == "0" }

func isPositive(n json.Number) bool {
	f, err := n.Float64()
	return err == nil && f > 0
}

// firstValue returns the first value of a field, whatever its case in h.
func firstValue(h map[string][]string, name string) string {
	for k, values := range h {
		if ascii.EqualFold(k, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// harHeader returns fields as a header, without the pseudo fields of HTTP/2.
func harHeader(fields []harField) map[string][]string {
	h := make(map[string][]string, len(fields))
	for _, f := range fields {
		if f.Name != "" && f.Name[0] != ':' {
			h[f.Name] = append(h[f.Name], ascii.TrimOWS(f.Value))
		}
	}
	return h
}
