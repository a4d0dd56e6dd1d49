package httpstatus_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"example.com/httpstatus"
)

var (
	errUserNotFound = httpstatus.NotFound.New("user_not_found", "No user with ID 42 exists.")
	simpleBody      = []byte(`{"error":"user_not_found","message":"No user with ID 42 exists."}`)
	simpleHeader    = http.Header{"Content-Type": {"application/json"}}
	problemBody     = errUserNotFound.AppendBody(nil, httpstatus.ProblemJSON)
	problemHeader   = http.Header{"Content-Type": {"application/problem+json"}}
)

type simpleStruct struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

var (
	sinkBody   []byte
	sinkError  *httpstatus.Error
	sinkSimple simpleStruct
)

// BenchmarkAppendBody and BenchmarkDecode compare with encoding/json. Each round
// runs a batch of all ways, one after the other, so that a noisy neighbour slows
// down all or is not seen: the ratios are those of the fastest batch of each.

func BenchmarkAppendBody(b *testing.B) {
	buf := make([]byte, 0, 1024)
	compareWays(b, []errorWay{
		{name: "simple", run: func() { sinkBody = errUserNotFound.AppendBody(buf, httpstatus.SimpleJSON) }},
		{name: "problem", run: func() { sinkBody = errUserNotFound.AppendBody(buf, httpstatus.ProblemJSON) }},
		{name: "text", run: func() { sinkBody = errUserNotFound.AppendBody(buf, httpstatus.PlainText) }},
		{name: "HTML", run: func() { sinkBody = errUserNotFound.AppendBody(buf, httpstatus.HTML) }},
		{name: "encoding/json", run: func() {
			sinkBody, _ = json.Marshal(simpleStruct{"user_not_found", "No user with ID 42 exists."})
		}},
	})
}

func BenchmarkDecode(b *testing.B) {
	r := bytes.NewReader(nil)
	compareWays(b, []errorWay{
		{name: "simple", run: func() {
			r.Reset(simpleBody)
			sinkError = httpstatus.Decode(404, simpleHeader, r)
		}},
		{name: "problem", run: func() {
			r.Reset(problemBody)
			sinkError = httpstatus.Decode(404, problemHeader, r)
		}},
		{name: "encoding/json", run: func() {
			r.Reset(simpleBody)
			content, _ := io.ReadAll(io.LimitReader(r, 64<<10))
			sinkSimple = simpleStruct{}
			_ = json.Unmarshal(content, &sinkSimple)
		}},
	})
}

type errorWay struct {
	name string
	run  func()
	best time.Duration
}

// compareWays reports the time of each way, and that of the first as a share of
// the last one's.
func compareWays(b *testing.B, ways []errorWay) {
	const batch = 100
	for i := range ways {
		ways[i].best = time.Hour
	}
	for b.Loop() {
		for i := range ways {
			start := time.Now()
			for range batch {
				ways[i].run()
			}
			ways[i].best = min(ways[i].best, time.Since(start))
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, w := range ways {
		b.ReportMetric(float64(w.best)/batch, w.name+"-ns")
	}
	first, last := ways[0], ways[len(ways)-1]
	b.ReportMetric(float64(first.best)/float64(last.best), first.name+"/"+last.name)
}
