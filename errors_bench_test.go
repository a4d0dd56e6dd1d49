package httpstatus_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"example.com/httpstatus"
)

var (
	errUserNotFound = httpstatus.NotFound.New("user_not_found", "No user with ID 42 exists.")
	simpleBody      = []byte(`{"error":"user_not_found","message":"No user with ID 42 exists."}`)
	simpleHeader    = http.Header{"Content-Type": {"application/json"}}
)

type simpleStruct struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

var (
	sinkBytes []byte
	sinkError *httpstatus.Error
	sinkAny   simpleStruct
)

func BenchmarkAppendBody(b *testing.B) {
	buf := make([]byte, 0, 1024)
	for _, f := range []httpstatus.Format{httpstatus.SimpleJSON, httpstatus.ProblemJSON, httpstatus.PlainText, httpstatus.HTML} {
		b.Run(f.MediaType(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkBytes = errUserNotFound.AppendBody(buf, f)
			}
		})
	}
	b.Run("encoding_json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sinkBytes, _ = json.Marshal(simpleStruct{"user_not_found", "No user with ID 42 exists."})
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	b.Run("simple", func(b *testing.B) {
		b.ReportAllocs()
		r := bytes.NewReader(simpleBody)
		for b.Loop() {
			r.Reset(simpleBody)
			sinkError = httpstatus.Decode(404, simpleHeader, r)
		}
	})
	b.Run("encoding_json", func(b *testing.B) {
		b.ReportAllocs()
		r := bytes.NewReader(simpleBody)
		for b.Loop() {
			r.Reset(simpleBody)
			body, _ := io.ReadAll(io.LimitReader(r, 64<<10))
			sinkAny = simpleStruct{}
			_ = json.Unmarshal(body, &sinkAny)
		}
	})
}
