// Package prometheusserver counts the requests of a server for Prometheus, by
// status code and by whose fault it was, so that an error budget is one query:
//
//	sum(rate(http_server_requests_total{counts="true"}[5m])) / sum(rate(http_server_requests_total[5m]))
//
// A client that leaves is a 499 there and counts for nothing, and so does a 501.
package prometheusserver

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// Metrics counts requests.
type Metrics struct{ requests *prometheus.CounterVec }

// New returns metrics that are registered with r.
func New(r prometheus.Registerer) *Metrics {
	m := &Metrics{prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "http_server_requests_total",
		Help: "Requests by status code, whose fault it was, and whether it counts against availability.",
	}, []string{"code", "fault", "counts"})}
	r.MustRegister(m.requests)
	return m
}

// Handler returns f as a handler whose requests are counted.
func (m *Metrics) Handler(f statushttp.HandlerFunc) http.Handler {
	responder := &statushttp.Responder{Report: func(_ *http.Request, err error, info statushttp.Info) {
		m.count(statushttp.Outcome{Server: true, Status: info.Status, Err: err})
	}}
	return responder.Handler(func(w http.ResponseWriter, r *http.Request) error {
		sent := &recorder{ResponseWriter: w, status: httpstatus.OK}
		err := f(sent, r)
		if err == nil {
			m.count(statushttp.Outcome{Server: true, Status: sent.status})
		}
		return err
	})
}

func (m *Metrics) count(o statushttp.Outcome) {
	m.requests.WithLabelValues(strconv.Itoa(int(o.Record())), o.Fault().String(), strconv.FormatBool(o.Counts())).Inc()
}

// A recorder remembers the status code of the response.
type recorder struct {
	http.ResponseWriter
	status httpstatus.Code
}

func (r *recorder) WriteHeader(status int) {
	if c := httpstatus.Code(status); !c.IsInformational() {
		r.status = c
	}
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap serves http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
