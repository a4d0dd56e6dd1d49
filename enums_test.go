package httpstatus_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// Every enumeration prints its values as different clauses without a full stop,
// and a number that is none of them as the type and the number.
func TestEnumerationsPrint(t *testing.T) {
	for _, tt := range []struct {
		name  string
		first string // the text of the zero value
		last  int    // the last value that has a name
		text  func(n int) string
	}{
		{"Applied", "unknown", int(httpstatus.WasApplied), func(n int) string { return httpstatus.Applied(n).String() }},
		{"AdviceSource", "no advice", int(httpstatus.SourceRetryAfterMS), func(n int) string { return httpstatus.AdviceSource(n).String() }},
		{"Class", "invalid", int(httpstatus.ServerError), func(n int) string { return httpstatus.Class(n).String() }},
		{"Level", "Level(0)", int(httpstatus.LevelMay), func(n int) string { return httpstatus.Level(n).String() }},
		{"PreconditionReason", "no reason", int(httpstatus.PreconditionMissing), func(n int) string { return httpstatus.PreconditionReason(n).String() }},
		{"RangeReason", "no reason", int(httpstatus.RangeUnknownSize), func(n int) string { return httpstatus.RangeReason(n).String() }},
		{"PreconditionReason", "no reason", int(httpstatus.PreconditionMissing), func(n int) string { return httpstatus.PreconditionReason(n).String() }},
		{"RangeReason", "no reason", int(httpstatus.RangeUnknownSize), func(n int) string { return httpstatus.RangeReason(n).String() }},
		{"RedirectAction", "return", int(httpstatus.RefuseRedirect), func(n int) string { return httpstatus.RedirectAction(n).String() }},
		{"RedirectReason", "no reason", int(httpstatus.RedirectContentGone), func(n int) string { return httpstatus.RedirectReason(n).String() }},
		{"RetryNeeds", "nothing", int(httpstatus.NeedsChangedRequest), func(n int) string { return httpstatus.RetryNeeds(n).String() }},
		{"RetryReason", "no reason", int(httpstatus.NoRetryNetworkLogin), func(n int) string { return httpstatus.RetryReason(n).String() }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.first, tt.text(0))
			seen := map[string]int{}
			for n := range 256 {
				text, number := tt.text(n), fmt.Sprintf("%s(%d)", tt.name, n)
				if n > tt.last {
					assert.Equal(t, number, text)
					continue
				}
				if n > 0 {
					assert.NotEqual(t, number, text)
				}
				assert.Regexp(t, `^[^.]*[^. ]$`, text)
				other, taken := seen[text]
				assert.False(t, taken, "%d and %d both print %q", n, other, text)
				seen[text] = n
			}
		})
	}
}
