package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// Hosts on which parsers disagree, or that none should take. A plan refuses
// them rather than guess, and so do the presets, as the clients do that they
// stand for.
func TestPlanRefusesOddHosts(t *testing.T) {
	strict := httpstatus.RedirectPolicy{}
	for _, row := range []struct {
		policy   httpstatus.RedirectPolicy
		url      string // "" is https://example.com/
		location string
		want     httpstatus.RedirectReason // 0 for one that is followed
	}{
		{strict, "", "https://[v]/", httpstatus.RedirectBadLocation},      // IPvFuture without its dot
		{strict, "", "https://[v1.%41]/", httpstatus.RedirectBadLocation}, // and with an escape
		{strict, "", "https://[1:2:3:4:5:6:7:8]/", 0},
		{strict, "", "https://[1:2:3:4:5:6:7:8:9]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[1:2:3:4:5:6:7:8::]/", httpstatus.RedirectBadLocation}, // the gap stands for nothing
		{strict, "", "https://[1::2::3]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::1.2.3.4]/", 0},
		{strict, "", "https://[1:2:3:4:5:6:7:1.2.3.4]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::256.1.1.1]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::01.1.1.1]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::1.2.3]/", httpstatus.RedirectBadLocation},

		{httpstatus.FetchRedirects(), "", "https://[::1/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "", "https://a^b/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "", "https://0x/", 0}, // 0x is 0, and so 0.0.0.0
		{httpstatus.FetchRedirects(), "", "https://1.2.3.09/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "/relative", "https://a/", httpstatus.RedirectBadURL},
		{httpstatus.FetchRedirects(), "https://a/b/", "..//%2e/c", 0},
		{httpstatus.FetchRedirects(), "", "https://[::1]x/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "", "https://1../", 0}, // does not end in a number, and so is a name
		{httpstatus.FetchRedirects(), "", "https://1.2..4/", httpstatus.RedirectBadLocation},

		{httpstatus.NetHTTPRedirects(), "https://a/\x01", "https://b/", httpstatus.RedirectBadURL},
		{httpstatus.NetHTTPRedirects(), "ftp://a/", "https://b/", httpstatus.RedirectBadURL},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25en0]/", 0},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25%65n0]/", 0},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25e%zz]/", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25e%0a]/", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25e^]/", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "https://a/b/", "..//./c", 0},
	} {
		step := httpstatus.RedirectStep{Status: httpstatus.Found, URL: row.url, Location: []string{row.location}}
		if step.URL == "" {
			step.URL = "https://example.com/"
		}
		plan := step.Plan(row.policy)
		if row.want == 0 {
			assert.Equal(t, httpstatus.FollowRedirect, plan.Action, "%s to %s: %v", step.URL, row.location, plan.Reason)
			continue
		}
		assert.Equal(t, httpstatus.RefuseRedirect, plan.Action, "%s to %s", step.URL, row.location)
		assert.Equal(t, row.want, plan.Reason, "%s to %s: %v", step.URL, row.location, plan.Reason)
	}
}
