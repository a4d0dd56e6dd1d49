package registry

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTemporaryRegistrations reports, and does not fail, when a temporary
// registration is past its date: the table is what IANA last published, and only
// a newer edition can say what became of the code.
func TestTemporaryRegistrations(t *testing.T) {
	r, err := Load(Files)
	require.NoError(t, err)
	expires := regexp.MustCompile(`expires (\d{4}-\d\d-\d\d)`)
	for _, e := range r.Codes {
		m := expires.FindStringSubmatch(e.Remark)
		if m == nil {
			continue
		}
		date, err := time.Parse(time.DateOnly, m[1])
		require.NoError(t, err, e.Remark)
		if time.Now().After(date) {
			t.Logf("the temporary registration of %d %s ended on %s; look for a newer edition than that of %s (make registry FILE=...)",
				e.Code, e.Phrase, m[1], r.Updated)
		}
	}
}
