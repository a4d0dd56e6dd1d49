package unofficial_test

import (
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/unofficial"
)

// TestLookup: for every int, Lookup gives what All lists under it and nothing
// else; nil where that is nothing.
func TestLookup(t *testing.T) {
	listed := map[httpstatus.Code][]unofficial.Use{}
	for u := range unofficial.All() {
		listed[u.Code] = append(listed[u.Code], u)
	}
	require.NotEmpty(t, listed)
	for c := httpstatus.Code(-1); c <= 1100; c++ {
		assert.Equal(t, listed[c], unofficial.Lookup(c), "%d", int(c))
		delete(listed, c)
	}
	assert.Empty(t, listed, "codes that no lookup was asked for")
	for _, c := range []httpstatus.Code{math.MinInt, math.MaxInt} {
		assert.Nil(t, unofficial.Lookup(c), "the comparison of %d must not overflow", int(c))
	}
}

// TestAll: the uses are in the promised order, which also rules out a vendor
// with two uses of one code, and breaking off early is allowed.
func TestAll(t *testing.T) {
	all := slices.Collect(unofficial.All())
	assert.True(t, slices.IsSortedFunc(all, func(a, b unofficial.Use) int {
		if a.Code != b.Code {
			return int(a.Code - b.Code)
		}
		return strings.Compare(strings.ToLower(a.Vendor), strings.ToLower(b.Vendor))
	}))
	for i := 1; i < len(all); i++ {
		assert.False(t, all[i].Code == all[i-1].Code && strings.EqualFold(all[i].Vendor, all[i-1].Vendor), "%v twice", all[i])
	}
	for u := range unofficial.All() {
		assert.Equal(t, all[0], u)
		break
	}
}

// TestUses: a use is complete, and is none of what the registry says anyway.
func TestUses(t *testing.T) {
	for u := range unofficial.All() {
		assert.NotEmpty(t, u.Vendor, "%v", u)
		assert.NotEmpty(t, u.Source, "%v", u)
		assert.Regexp(t, `^[A-Z].*\.$`, u.Meaning, "%v", u)
		assert.False(t, u.Code.IsRegistered() && (u.Phrase == "" || strings.EqualFold(u.Phrase, u.Code.Phrase())), "%v is registered", u)
		assert.Equal(t, !u.Code.IsValid(), strings.Contains(u.Meaning, "It is no status code."), "%v", u)
	}
}

// TestKnownUses are the codes that people ask about, and who uses them.
func TestKnownUses(t *testing.T) {
	for c, vendors := range map[httpstatus.Code][]string{
		419: {"Laravel"},
		420: {"Spring Framework", "Twitter"},
		430: {"Shopify"},
		440: {"Microsoft Exchange"},
		444: {"nginx"},
		449: {"Azure Cosmos DB", "Microsoft WebDAV"},
		451: {"Microsoft Exchange"},
		460: {"AWS Elastic Load Balancing"},
		495: {"nginx"},
		498: {"Esri ArcGIS"},
		499: {"nginx", "Esri ArcGIS", "Cloudflare", "Google APIs", "Traefik"},
		509: {"cPanel"},
		520: {"Cloudflare"},
		529: {"Qualys SSL Labs"},
		530: {"Cloudflare", "Shopify"},
		561: {"AWS Elastic Load Balancing", "Pantheon"},
		783: {"Shopify"},
		999: {"LinkedIn"},
		200: nil,
		404: nil,
		471: nil,
	} {
		var got []string
		for _, u := range unofficial.Lookup(c) {
			got = append(got, u.Vendor)
		}
		assert.Subset(t, got, vendors, "%d", int(c))
		if vendors == nil {
			assert.Empty(t, got, "%d", int(c))
		}
	}
}

// TestLookupReturnsCopies: a caller that changes what it got changes nothing
// for the next one.
func TestLookupReturnsCopies(t *testing.T) {
	first := unofficial.Lookup(520)
	want := slices.Clone(first)
	first[0].Vendor = "changed"
	_ = append(first, unofficial.Use{Vendor: "changed"})
	assert.Equal(t, want, unofficial.Lookup(520))
	assert.Equal(t, httpstatus.Code(521), unofficial.Lookup(521)[0].Code)
}

// TestDocumentedCollisions: the package documentation lists exactly the codes
// that a vendor uses although the registry lists them, with its phrase first
// and a vendor's after it.
func TestDocumentedCollisions(t *testing.T) {
	src, err := os.ReadFile("unofficial.go")
	require.NoError(t, err)
	documented := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^//   - ([0-9]{3}) is (.*)\.$`).FindAllStringSubmatch(string(src), -1) {
		documented[m[1]] = m[2]
	}
	var last httpstatus.Code
	for u := range unofficial.All() {
		if !u.Code.IsRegistered() && u.Code != 306 && u.Code != 418 {
			continue
		}
		require.NotEqual(t, last, u.Code, "two vendors against the registry: the list has to say so")
		last = u.Code
		number, _, _ := strings.Cut(u.Code.String(), " ")
		text := documented[number]
		if u.Code.IsRegistered() {
			assert.Regexp(t, "^"+regexp.QuoteMeta(u.Code.Phrase())+", and (was )?"+regexp.QuoteMeta(u.Phrase)+" in ", text, number)
		}
		assert.NotEmpty(t, text, number)
		delete(documented, number)
	}
	assert.Empty(t, documented)
}

// TestLookupOfNothingDoesNotAllocate: most lines of a log have a registered
// code.
func TestLookupOfNothingDoesNotAllocate(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		for c := httpstatus.Code(200); c < 210; c++ {
			unofficial.Lookup(c)
		}
	}))
}
