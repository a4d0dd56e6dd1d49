package rpcstatus_test

import (
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
	"example.com/httpstatus/rpcstatus"
)

// TestCodes: the codes are those of the published files, number by number.
func TestCodes(t *testing.T) {
	all := slices.Collect(rpcstatus.All())
	require.Len(t, all, len(reference.RPCCodes))
	assert.True(t, slices.IsSorted(all))
	for _, want := range reference.RPCCodes {
		c := rpcstatus.Code(want.Number)
		assert.Contains(t, all, c)
		assert.True(t, c.IsValid(), want.Name)
		assert.Equal(t, want.Name, c.String())
		assert.Equal(t, want.Connect, c.Connect(), want.Name)
		assert.EqualValues(t, want.HTTP, c.HTTP(), want.Name)

		d := rpcstatus.Describe(c)
		assert.Regexp(t, `^[a-zA-Z].*[^.]$`, d.Meaning, want.Name)
		assert.Regexp(t, `^$|^[A-Z0-9].*\.$`, d.Hint, want.Name)
		assert.NotContains(t, d.Meaning+d.Hint, "[", "no doc links: %s", want.Name)

		var sharing []rpcstatus.Code
		for _, o := range reference.RPCCodes {
			if o.HTTP == want.HTTP && o.Number != want.Number {
				sharing = append(sharing, rpcstatus.Code(o.Number))
			}
		}
		assert.Equal(t, sharing, c.Lossy(), want.Name)
	}
	for c := range rpcstatus.All() {
		assert.Equal(t, rpcstatus.OK, c)
		break // breaking off early is allowed
	}
}

// TestEveryInt: an int that is no code acts as UNKNOWN and keeps its digits.
func TestEveryInt(t *testing.T) {
	for _, c := range []rpcstatus.Code{math.MinInt, -2, -1, 17, 18, 255, 499, math.MaxInt} {
		assert.False(t, c.IsValid(), "%d", int(c))
		assert.Equal(t, strconv.Itoa(int(c)), c.String())
		assert.Equal(t, "unknown", c.Connect(), "%d", int(c))
		assert.Equal(t, httpstatus.InternalServerError, c.HTTP(), "%d", int(c))
		assert.Equal(t, rpcstatus.Describe(rpcstatus.Unknown), rpcstatus.Describe(c), "%d", int(c))
		assert.Equal(t, []rpcstatus.Code{rpcstatus.Unknown, rpcstatus.Internal, rpcstatus.DataLoss}, c.Lossy(), "%d", int(c))
	}
}

// TestFromHTTP holds both tables over every status code and what is none. They
// differ in 431 alone.
func TestFromHTTP(t *testing.T) {
	var differ []int
	for c := -1; c <= 1000; c++ {
		grpc, connect := rpcstatus.FromHTTP(httpstatus.Code(c)), rpcstatus.ConnectFromHTTP(httpstatus.Code(c))
		assert.Equal(t, reference.GRPCFromHTTP(c), grpc.String(), "%d", c)
		assert.Equal(t, reference.ConnectFromHTTP(c), connect.Connect(), "%d", c)
		if grpc != connect {
			differ = append(differ, c)
		}
	}
	assert.Equal(t, []int{431}, differ)
}

func TestParse(t *testing.T) {
	for c := range rpcstatus.All() {
		name := strings.ToLower(c.String())
		words := strings.Split(name, "_")
		camel := ""
		for _, w := range words {
			camel += strings.ToUpper(w[:1]) + w[1:]
		}
		for _, s := range []string{
			c.String(), name, camel, strings.Join(words, "-"), strings.Join(words, " "), strings.Join(words, ""),
			strconv.Itoa(int(c)), strings.ToUpper(c.Connect()), c.Connect(),
		} {
			if s == "" {
				continue // OK in Connect
			}
			got, err := rpcstatus.Parse(s)
			assert.NoError(t, err)
			assert.Equal(t, c, got, s)
		}
		got, ok := rpcstatus.FromConnect(c.Connect())
		assert.Equal(t, c != rpcstatus.OK, ok, "%v", c)
		assert.True(t, got == c || !ok && got == rpcstatus.Unknown, "%v", c)
	}
	for _, tt := range []struct{ in, err string }{
		{"", `rpcstatus: parsing "": neither a number nor the name of a code`},
		{"NOT_FOUN", `rpcstatus: parsing "NOT_FOUN": neither a number nor the name of a code`},
		{"NOT_FOUND_", `rpcstatus: parsing "NOT_FOUND_": neither a number nor the name of a code`},
		{"NOT__FOUND", `rpcstatus: parsing "NOT__FOUND": neither a number nor the name of a code`},
		{"_NOT_FOUND", `rpcstatus: parsing "_NOT_FOUND": neither a number nor the name of a code`},
		{"N_OT_FOUND", `rpcstatus: parsing "N_OT_FOUND": neither a number nor the name of a code`},
		{"NOT_", `rpcstatus: parsing "NOT_": neither a number nor the name of a code`},
		{"u\u017Fer", `rpcstatus: parsing "uſer": neither a number nor the name of a code`},
		{" 5", `rpcstatus: parsing " 5": neither a number nor the name of a code`},
		{"-1", `rpcstatus: parsing "-1": neither a number nor the name of a code`},
		{"05", `rpcstatus: parsing "05": a leading zero`},
		{"00", `rpcstatus: parsing "00": a leading zero`},
		{"17", `rpcstatus: parsing "17": outside 0 to 16`},
		{"404", `rpcstatus: parsing "404": outside 0 to 16`},
		{"99999999999999999999", `rpcstatus: parsing "99999999999999999999": outside 0 to 16`},
		{strings.Repeat("x", 65), `rpcstatus: parsing "` + strings.Repeat("x", 64) + `...": neither a number nor the name of a code`},
	} {
		got, err := rpcstatus.Parse(tt.in)
		assert.EqualError(t, err, tt.err)
		assert.Equal(t, rpcstatus.Unknown, got, "an error is never OK, the zero Code")
		var parse *rpcstatus.ParseError
		require.ErrorAs(t, err, &parse)
		assert.Equal(t, tt.in, parse.Input)
	}
	for _, name := range []string{"", "Canceled", "CANCELLED", "cancelled", "not-found", "bad_route"} {
		_, ok := rpcstatus.FromConnect(name)
		assert.False(t, ok, name)
	}
}

// TestFromError reads error bodies as servers send them.
func TestFromError(t *testing.T) {
	for _, tt := range []struct {
		why    string
		status int
		body   string
		want   rpcstatus.Code
		ok     bool
	}{
		{"Google", 404, `{"error":{"code":404,"message":"m","status":"NOT_FOUND"}}`, rpcstatus.NotFound, true},
		{"Google, with a reason of its own", 403, `{"error":{"code":403,"message":"m","status":"PERMISSION_DENIED",` +
			`"details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_DISABLED"}]}}`,
			rpcstatus.PermissionDenied, true},
		{"grpc-gateway", 409, `{"code":10,"message":"m","details":[]}`, rpcstatus.Aborted, true},
		{"grpc-gateway, without a message", 409, `{"code":6,"message":"","details":[]}`, rpcstatus.AlreadyExists, true},
		{"Connect", 400, `{"code":"failed_precondition","message":"m"}`, rpcstatus.FailedPrecondition, true},
		{"Connect, canceled", 499, `{"code":"canceled"}`, rpcstatus.Canceled, true},
		{"Twirp", 503, `{"code":"unavailable","msg":"m"}`, rpcstatus.Unavailable, true},
		{"a code of Twirp alone", 404, `{"code":"bad_route","msg":"m"}`, rpcstatus.Unknown, false},
		{"a number of another kind", 404, `{"code":5}`, rpcstatus.Unknown, false},
		{"a code of another kind", 404, `{"error":"user_not_found","message":"m"}`, rpcstatus.Unknown, false},
		{"no code, though the phrase is one", 404, `{"message":"m"}`, rpcstatus.Unknown, false},
		{"no content", 503, ``, rpcstatus.Unknown, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e := httpstatus.Decode(tt.status, map[string][]string{"Content-Type": {"application/json"}}, strings.NewReader(tt.body))
			got, ok := rpcstatus.FromError(e)
			assert.Equal(t, tt.want, got, "%v", e)
			assert.Equal(t, tt.ok, ok, "%v", e)
		})
	}
	got, ok := rpcstatus.FromError(nil)
	assert.False(t, ok)
	assert.Equal(t, rpcstatus.Unknown, got)
	_, ok = rpcstatus.FromError(httpstatus.OK.New("", ""))
	assert.False(t, ok, "OK has no name in Connect")
}

// FuzzParse: what Parse takes is a code, and is found again by each of its names.
func FuzzParse(f *testing.F) {
	for c := range rpcstatus.All() {
		f.Add(c.String())
		f.Add(c.Connect())
		f.Add(strconv.Itoa(int(c)))
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := rpcstatus.Parse(s)
		if err != nil {
			require.Equal(t, rpcstatus.Unknown, c)
			return
		}
		require.True(t, c.IsValid())
		again, err := rpcstatus.Parse(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}

// TestDocumentedNumbers: the package documentation counts right, and the comment
// of FromHTTP tells its whole table.
func TestDocumentedNumbers(t *testing.T) {
	src, err := os.ReadFile("rpcstatus.go")
	require.NoError(t, err)
	statuses := map[httpstatus.Code]bool{}
	for c := range rpcstatus.All() {
		statuses[c.HTTP()] = true
	}
	claim := strconv.Itoa(len(reference.RPCCodes)) + " codes share " + strconv.Itoa(len(statuses)) + " status codes"
	assert.True(t, strings.Contains(string(src), claim), claim)

	comment := regexp.MustCompile(`(?s)// FromHTTP returns (.*?)All others are`).FindStringSubmatch(string(src))
	require.NotNil(t, comment)
	told := map[int]bool{}
	for _, digits := range regexp.MustCompile(`[0-9]{3}`).FindAllString(comment[1], -1) {
		n, _ := strconv.Atoi(digits)
		told[n] = true
	}
	for c := 100; c <= 599; c++ {
		assert.Equal(t, reference.GRPCFromHTTP(c) != "UNKNOWN", told[c], "%d", c)
	}
}

func TestNothingAllocates(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		for c := range rpcstatus.All() {
			_ = c.String() + c.Connect()[:0]
			_ = rpcstatus.FromHTTP(c.HTTP())
			_, _ = rpcstatus.Parse(c.String())
		}
	}))
}
