package statushttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

type order struct {
	Item struct {
		Count  int8           `json:"count"`
		Name   string         `json:"name"`
		Tags   []string       `json:"tags"`
		Gift   bool           `json:"gift"`
		Price  float64        `json:"price"`
		Extra  map[string]int `json:"extra"`
		Notify chan int       `json:"notify"`
	} `json:"item"`
}

func decodeJSON(text string) error {
	return json.NewDecoder(strings.NewReader(text)).Decode(&order{})
}

// zeros is an endless form.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// translated says by its As method what it stands for.
type translated struct {
	e *httpstatus.Error
	c httpstatus.Code
}

func (translated) Error() string { return secret }

func (t translated) As(target any) bool {
	switch target := target.(type) {
	case **httpstatus.Error:
		*target = t.e
		return t.e != nil
	case *httpstatus.Code:
		*target = t.c
		return t.c != 0
	}
	return false
}

func TestFromRead(t *testing.T) {
	_, _, mediaErr := mime.ParseMediaType("a/b; c")
	form := httptest.NewRequest("POST", "/", strings.NewReader("x"))
	form.Header.Set("Content-Type", "text/plain")
	noForm := form.ParseMultipartForm(1)
	form.Header.Set("Content-Type", "multipart/form-data")
	noBoundary := form.ParseMultipartForm(1)
	limited := httptest.NewRequest("POST", "/", nil)
	limited.Body = http.MaxBytesReader(httptest.NewRecorder(), io.NopCloser(strings.NewReader(`"hunter2hunter2"`)), 10)
	tooLarge := json.NewDecoder(limited.Body).Decode(new(string))
	cutOff := httptest.NewRequest("POST", "/", strings.NewReader("no boundary in here"))
	cutOff.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	halfForm := cutOff.ParseMultipartForm(1)
	large := httptest.NewRequest("POST", "/", io.LimitReader(zeros{}, 11<<20))
	large.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	largeForm := large.ParseForm()
	mistyped := httptest.NewRequest("POST", "/", strings.NewReader("x"))
	mistyped.Header.Set("Content-Type", "a/")
	noType := mistyped.ParseForm()
	strict := json.NewDecoder(strings.NewReader(`{"item":{"naem":"hunter2"}}`))
	strict.DisallowUnknownFields()
	unknown := strict.Decode(&order{})
	var nilError *httpstatus.Error
	for _, tt := range []struct {
		why     string
		err     error
		status  httpstatus.Code
		message string
		text    string // in the log
	}{
		{"too large", tooLarge, 413, "The content is larger than 10 bytes.", ""},
		{"too large, in a form", fmt.Errorf("x: %w", multipart.ErrMessageTooLarge), 413, "The content is too large.", ""},
		{"too slow", os.ErrDeadlineExceeded, 408, "The content did not arrive in time.", ""},
		{"too slow, by context", fmt.Errorf("x: %w", context.DeadlineExceeded), 408, "The content did not arrive in time.", ""},
		{"too large, in a form without files", largeForm, 413, "The content is too large.", ""},
		{"half a form", halfForm, 400, "The content is cut off.", ""},
		{"no type", noType, 415, "The Content-Type is malformed.", ""},
		{"an unknown member", unknown, 400, `The content has an unknown member, "naem".`, ""},
		{"not a form", noForm, 415, "The content is not multipart/form-data.", ""},
		{"a malformed type", mediaErr, 415, "The Content-Type is malformed.", ""},
		{"no boundary", noBoundary, 400, "The Content-Type has no boundary.", ""},
		{"no file", http.ErrMissingFile, 400, "A file is missing.", ""},
		{"cut off", decodeJSON(`{"item":`), 400, "The content is cut off.", ""},
		{"empty", decodeJSON(``), 400, "The content is empty.", ""},
		{"no JSON", decodeJSON(`{hunter2}`), 400, "The content is not valid JSON, at byte 2.", ""},
		{"out of range", decodeJSON(`{"item":{"count":300}}`), 400,
			"The content has a value of the wrong type, at byte 20, which must be an integer in range.", ""},
		{"a string", decodeJSON(`{"item":{"name":1}}`), 400, "*", ", which must be a string."},
		{"an array", decodeJSON(`{"item":{"tags":1}}`), 400, "*", ", which must be an array."},
		{"a boolean", decodeJSON(`{"item":{"gift":1}}`), 400, "*", ", which must be true or false."},
		{"a number", decodeJSON(`{"item":{"price":"hunter2"}}`), 400, "*", ", which must be a number in range."},
		{"a map", decodeJSON(`{"item":{"extra":"hunter2"}}`), 400, "*", ", which must be an object."},
		{"a type that JSON has not", decodeJSON(`{"item":{"notify":"hunter2"}}`), 500, "Internal Server Error", ""},
		{"the whole", decodeJSON(`[]`), 400, "*", ", which must be an object."},
		{"no type at all", &json.UnmarshalTypeError{}, 400, "*", ", which must be of another type."},
		{"our own mistake", &json.InvalidUnmarshalError{}, 500, "Internal Server Error", ""},
		{"our own mistake, later", http.ErrBodyReadAfterClose, 500, "Internal Server Error", ""},
		{"our own disk", &fs.PathError{Op: "write", Path: secret, Err: errSecret}, 500, "Internal Server Error", ""},
		{"no XML", xml.Unmarshal([]byte("<hunter2\n<"), new(string)), 400, "The content is not valid XML, in line 2.", ""},
		{"whatever", errSecret, 400, "Bad Request", ""},
		{"with its own mind", fmt.Errorf("hunter2: %w", httpstatus.Conflict.New("", "Taken.")), 409, "Taken.", ""},
		{"with its own code", fmt.Errorf("hunter2: %w", httpstatus.Conflict), 409, "Conflict", ""},
		{"with an *Error by its As", fmt.Errorf("x: %w", translated{e: httpstatus.Conflict.New("", "Taken.")}), 409, "Taken.", ""},
		{"with a Code by its As", translated{c: httpstatus.Gone}, 410, "Gone", ""},
		{"with nothing by its As", translated{}, 400, "Bad Request", ""},
		{"a nil *Error inside", fmt.Errorf("hunter2: %w", nilError), 400, "Bad Request", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			require.Error(t, tt.err, tt.why)
			e := statushttp.FromRead(tt.err)
			assert.Equal(t, tt.status, e.Status(), tt.why)
			if tt.message != "*" {
				assert.Equal(t, tt.message, e.Message(), tt.why)
			}
			assert.Contains(t, e.Error(), tt.text, tt.why)
			assert.Empty(t, e.Fields(), "no place is known: %s", tt.why)
			assert.ErrorIs(t, e, tt.err, "the cause is kept: %s", tt.why)
			for _, f := range []httpstatus.Format{httpstatus.SimpleJSON, httpstatus.ProblemJSON, httpstatus.PlainText, httpstatus.HTML} {
				assert.NotContains(t, string(e.AppendBody(nil, f)), secret, tt.why)
			}
		})
	}
	assert.Nil(t, statushttp.FromRead(nil))
}

func TestFromReadOverHTTP(t *testing.T) {
	server := httptest.NewServer(statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		var o order
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 100)).Decode(&o); err != nil {
			return statushttp.FromRead(err)
		}
		return nil
	}))
	defer server.Close()
	for _, tt := range []struct {
		body string
		want error
	}{
		{`{}`, nil},
		{`{"item":{"name":"` + strings.Repeat("x", 100) + `"}}`, httpstatus.ContentTooLarge},
		{`{"item":{"name":7}}`, httpstatus.BadRequest},
	} {
		t.Run(fmt.Sprintf("%v", tt.want), func(t *testing.T) {
			resp, err := server.Client().Post(server.URL, "application/json", bytes.NewReader([]byte(tt.body)))
			require.NoError(t, err)
			err = statushttp.FromResponse(resp)
			assert.True(t, errors.Is(err, tt.want), "%v", err)
		})
	}
}
