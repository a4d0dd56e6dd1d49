package choosing

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// TestRank holds the first hit for what server developers say. Where two codes
// are as good, either will do.
func TestRank(t *testing.T) {
	for _, test := range []struct {
		words string
		want  []httpstatus.Code
	}{
		{"rate limit", []httpstatus.Code{429}},
		{"Rate-Limited!", []httpstatus.Code{429}},
		{"login required", []httpstatus.Code{401}},
		{"not logged in", []httpstatus.Code{401}},
		{"user isn't logged in", []httpstatus.Code{401}},
		{"login", []httpstatus.Code{401}},
		{"wrong password", []httpstatus.Code{401}},
		{"token expired", []httpstatus.Code{401}},
		{"missing api key", []httpstatus.Code{401}},
		{"no permission", []httpstatus.Code{403}},
		{"permission denied", []httpstatus.Code{403}},
		{"user lacks the role", []httpstatus.Code{403}},
		{"not the owner", []httpstatus.Code{403}},
		{"admins only", []httpstatus.Code{403}},
		{"cors", []httpstatus.Code{403}},
		{"csrf", []httpstatus.Code{403}},
		{"banned", []httpstatus.Code{403}},
		{"validation error", []httpstatus.Code{422}},
		{"validation failed", []httpstatus.Code{422}},
		{"invalid email", []httpstatus.Code{422}},
		{"malformed json", []httpstatus.Code{400}},
		{"broken JSON body", []httpstatus.Code{400}},
		{"can't parse", []httpstatus.Code{400}},
		{"missing query parameter", []httpstatus.Code{400}},
		{"slow down", []httpstatus.Code{429}},
		{"quota", []httpstatus.Code{429}},
		{"too many login attempts", []httpstatus.Code{429}},
		{"too large upload", []httpstatus.Code{413}},
		{"file is too big", []httpstatus.Code{413}},
		{"huge body", []httpstatus.Code{413}},
		{"blocked for legal reasons", []httpstatus.Code{451}},
		{"dmca", []httpstatus.Code{451}},
		{"maintenance", []httpstatus.Code{503}},
		{"we are deploying", []httpstatus.Code{503}},
		{"overloaded", []httpstatus.Code{503}},
		{"not ready yet", []httpstatus.Code{503}},
		{"circuit breaker", []httpstatus.Code{503}},
		{"database is down", []httpstatus.Code{503}},
		{"duplicate email", []httpstatus.Code{409}},
		{"username already exists", []httpstatus.Code{409}},
		{"unique constraint", []httpstatus.Code{409}},
		{"deleted for good", []httpstatus.Code{410}},
		{"permanently removed", []httpstatus.Code{410}},
		{"upstream timeout", []httpstatus.Code{504}},
		{"backend timed out", []httpstatus.Code{504}},
		{"upstream down", []httpstatus.Code{502}},
		{"backend refused connection", []httpstatus.Code{502}},
		{"third party API failed", []httpstatus.Code{502}},
		{"edit conflict", []httpstatus.Code{409, 412}},
		{"stale etag", []httpstatus.Code{412}},
		{"missing etag", []httpstatus.Code{428}},
		{"readonly", []httpstatus.Code{403, 405}},
		{"payment", []httpstatus.Code{402}},
		{"subscription has expired", []httpstatus.Code{402}},
		{"post redirect get", []httpstatus.Code{303}},
		{"moved permanently, keep the method", []httpstatus.Code{308}},
		{"http to https", []httpstatus.Code{301, 308}},
		{"not modified", []httpstatus.Code{304}},
		{"wrong content type", []httpstatus.Code{415}},
		{"accept header cannot be satisfied", []httpstatus.Code{406}},
		{"wrong method", []httpstatus.Code{405}},
		{"unknown method", []httpstatus.Code{501}},
		{"not implemented yet", []httpstatus.Code{501}},
		{"background job started", []httpstatus.Code{202}},
		{"nothing to return", []httpstatus.Code{204}},
		{"user was created", []httpstatus.Code{201}},
		{"empty search result", []httpstatus.Code{200}},
		{"resume download", []httpstatus.Code{206}},
		{"null pointer exception", []httpstatus.Code{500}},
		{"panic", []httpstatus.Code{500}},
		{"disk full", []httpstatus.Code{507}},
		{"cookies too large", []httpstatus.Code{431}},
		{"url too long", []httpstatus.Code{414}},
		{"captive portal", []httpstatus.Code{511}},
		{"teapot", []httpstatus.Code{418}},
		{"websocket", []httpstatus.Code{101, 426}},
		{"unauthorised", []httpstatus.Code{401}}, // British
		{"mantenance", []httpstatus.Code{503}},   // a slip
		{"id is not a number", []httpstatus.Code{400}},
		{"two factor required", []httpstatus.Code{401}},
		{"not in your plan", []httpstatus.Code{402}},
		{"insufficient balance", []httpstatus.Code{402}},
		{"bot detected", []httpstatus.Code{403}},
		{"captcha required", []httpstatus.Code{403}},
		{"age restricted", []httpstatus.Code{403}},
		{"email not verified", []httpstatus.Code{403}},
		{"soft deleted", []httpstatus.Code{404, 410}},
		{"unsupported language", []httpstatus.Code{406}},
		{"out of stock", []httpstatus.Code{409}},
		{"gzip not supported", []httpstatus.Code{415}},
		{"connection reset", []httpstatus.Code{502}},
		{"upstream returned 500", []httpstatus.Code{502}},
		{"accepted for processing", []httpstatus.Code{202}},
		{"poll until done", []httpstatus.Code{202}},
		{"long polling no data", []httpstatus.Code{204}},
		{"request body is not an object", []httpstatus.Code{400}},
		{"unexpected end of json", []httpstatus.Code{400}},
		{"checksum mismatch", []httpstatus.Code{400}},
		{"request id missing", []httpstatus.Code{400}},
		{"feature flag off", []httpstatus.Code{403, 404}},
		{"email already verified", []httpstatus.Code{409}},
		{"user already member", []httpstatus.Code{409}},
		{"coupon expired", []httpstatus.Code{410}},
		{"config error", []httpstatus.Code{500}},
		{"tls handshake failed", []httpstatus.Code{502}},
		{"read replica lag", []httpstatus.Code{503}},
		{"redis timeout", []httpstatus.Code{504}},
		{"404", []httpstatus.Code{404}},
		{"client disconnected", []httpstatus.Code{499}}, // as nginx logs it: nothing can be sent
		{"client certificate required", []httpstatus.Code{403}},
		{"empty body", []httpstatus.Code{400}},
		{"empty response body", []httpstatus.Code{204}},
		{"RecordNotFound", []httpstatus.Code{404}}, // the name of an error
		{"slug does not exist", []httpstatus.Code{404}},
		{"slug exists", []httpstatus.Code{409}},
	} {
		t.Run(test.words, func(t *testing.T) {
			got := Rank(test.words)
			if assert.NotEmpty(t, got) {
				assert.Contains(t, test.want, got[0].Code, "%v", got[:min(4, len(got))])
			}
		})
	}
	for _, words := range []string{"", "the", "rhubarb", "\x00", "🫖"} {
		assert.Empty(t, Rank(words), "%q", words)
	}
}

// TestPhrases holds the first hit for phrases that were written down, with it,
// before Rank was asked.
func TestPhrases(t *testing.T) {
	file, err := os.ReadFile("testdata/phrases.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(file)) {
		want, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || want[0] == '#' {
			continue
		}
		if got := Rank(words); assert.NotEmpty(t, got, words) {
			assert.Contains(t, strings.Fields(want), strconv.Itoa(int(got[0].Code)), "%q: %v", words, got[:min(4, len(got))])
		}
	}
}

// TestRankFindsEveryCode holds that a code is the best answer to its own phrase,
// and to each thing that people say of it alone.
func TestRankFindsEveryCode(t *testing.T) {
	for c := range httpstatus.All() {
		assert.Equal(t, c, Rank(c.Phrase())[0].Code, "%v", c)
	}
	for _, s := range sayings {
		for _, saying := range s.sayings {
			got := Rank(saying)
			if assert.NotEmpty(t, got, saying) && got[0].Code != s.code {
				assert.InDelta(t, got[0].Score, scoreOf(got, s.code), 0.5, "%q of %d: %v", saying, int(s.code), got[0])
			}
		}
	}
}

// TestThesaurus holds that each group has at least two words.
func TestThesaurus(t *testing.T) {
	for _, group := range thesaurus {
		assert.Greater(t, len(stemsOf(group)), 1, group)
	}
}

func scoreOf(matches []Match, c httpstatus.Code) float64 {
	for _, m := range matches {
		if m.Code == c {
			return m.Score
		}
	}
	return 0
}

func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"move", "moves", "moved", "moving"}, {"limit", "limits", "limited", "limiting"}, {"drop", "drops", "dropped", "dropping"},
		{"retry", "retries"}, {"cache", "caches", "cached", "caching"}, {"fail", "fails", "failed", "failing"},
		{"pass", "passes", "passed", "passing"}, {"authorized", "authorised"},
	} {
		for _, word := range same {
			assert.Equal(t, stem(same[0]), stem(word), word)
		}
	}
	assert.NotEqual(t, stem("cache"), stem("catch"))
	assert.Equal(t, "", stem(""))
	assert.Equal(t, "ing", stem("ing"))
}

func TestIsSlip(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "acb", "abcd", "bacd", "abdc", "xbcd", "abxcd", "aab", "abb", "aabb"}
	for _, a := range words {
		for _, b := range words {
			assert.Equal(t, Distance(a, b) == 1, isSlip(a, b), "%q and %q", a, b)
		}
	}
}

func TestSaid(t *testing.T) {
	for _, test := range []struct {
		words string
		want  httpstatus.Code
	}{{"teapot", 418}, {"I'm a teapot!", 418}, {"Rate-limited", 429}, {"edit conflict", 0}, {"rhubarb", 0}, {"the", 0}} {
		got, ok := Said(test.words)
		assert.Equal(t, test.want, got, test.words)
		assert.Equal(t, test.want != 0, ok, test.words)
	}
}

// FuzzRank holds that any words are ranked without a panic, best first, and the
// same each time.
func FuzzRank(f *testing.F) {
	f.Add("rate limit")
	f.Add("\xff n't logged in")
	f.Fuzz(func(t *testing.T, words string) {
		got := Rank(words)
		for i := 1; i < len(got); i++ {
			if got[i].Score > got[i-1].Score {
				t.Errorf("%q: %v stands before %v", words, got[i-1], got[i])
			}
		}
		assert.Equal(t, got, Rank(words))
	})
}
