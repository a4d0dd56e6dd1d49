package bench

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/httpstatus/statushttp"
)

// BenchmarkReadJSON reads an order of some 700 octets.
func BenchmarkReadJSON(b *testing.B) {
	type item struct {
		Name  string  `json:"name"`
		Price float64 `json:"price"`
		Count int     `json:"count"`
	}
	type order struct {
		Customer string `json:"customer"`
		Items    []item `json:"items"`
	}
	content := `{"customer":"Ada Lovelace","items":[` +
		strings.Repeat(`{"name":"a cup of tea, with milk","price":3.5,"count":2},`, 12) + `{"name":"cake"}]}`
	r := httptest.NewRequest("POST", "/", nil)
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = int64(len(content))
	w := httptest.NewRecorder()
	read := func(read func(v any) error) func() {
		return func() {
			r.Body = io.NopCloser(strings.NewReader(content))
			var o order
			if err := read(&o); err != nil || len(o.Items) != 13 {
				panic(err)
			}
		}
	}
	compare(b, 1,
		way{"httpstatus", read(func(v any) error { return statushttp.ReadJSON(w, r, v) })},
		way{"json.Decoder", read(func(v any) error {
			return json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(v)
		})},
	)
}
