package bench

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"example.com/httpstatus"
)

// What a client has from our own servers. The last one has an escape, which is
// not the shortest way through Decode.
var simpleBodies = [][]byte{
	[]byte(`{"error":"user_not_found","message":"No user with ID 42 exists."}`),
	[]byte(`{"error":"forbidden","message":"Forbidden"}`),
	[]byte(`{"error":"rate_limited","message":"Too many requests from this address; wait half a minute and try again."}` + "\n"),
	[]byte(`{"error":"ungültig","message":"Die Straße ist unbekannt."}`),
}

var escapedBodies = [][]byte{
	[]byte(`{"error":"invalid","message":"The name \"x\u003cy\" is taken."}`),
	[]byte(`{"message":"Other order.","error":"invalid","request_id":"01JD"}`),
	[]byte("{\n  \"error\": \"invalid\",\n  \"message\": \"Indented by hand.\"\n}\n"),
}

var problemBodies = [][]byte{
	[]byte(`{"title":"Not Found","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}`),
	[]byte(`{"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.","detail":"Your current balance is 30, ` +
		`but that costs 50.","instance":"/account/12345/msgs/abc","balance":30,"accounts":["/account/12345","/account/67890"]}`),
}

func BenchmarkDecodeSimple(b *testing.B)        { compareDecode(b, "application/json", simpleBodies) }
func BenchmarkDecodeSimpleEscaped(b *testing.B) { compareDecode(b, "application/json", escapedBodies) }
func BenchmarkDecodeProblem(b *testing.B) {
	compareDecode(b, "application/problem+json", problemBodies)
}

// compareDecode puts Decode beside the code that clients have: it reads the
// body, within a limit, and two members out of it.
func compareDecode(b *testing.B, media string, bodies [][]byte) {
	b.Helper()
	header := http.Header{"Content-Type": {media}, "Date": {"Sun, 22 Nov 2026 20:30:00 GMT"}}
	var r bytes.Reader
	compare(b, len(bodies),
		way{"httpstatus", func() {
			for _, body := range bodies {
				r.Reset(body)
				sinkInt = len(httpstatus.Decode(404, header, &r).ErrorCode())
			}
		}},
		way{"encoding/json", func() {
			for _, body := range bodies {
				r.Reset(body)
				data, _ := io.ReadAll(io.LimitReader(&r, 64<<10))
				var v struct {
					Error   string `json:"error"`
					Message string `json:"message"`
				}
				_ = json.Unmarshal(data, &v)
				sinkInt = len(v.Error)
			}
		}},
	)
}
