package conform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Beside what each exchange breaks, a Checker finds what it breaks beside an
// earlier one, once.
func TestChecker(t *testing.T) {
	c := NewChecker()
	get := Exchange{Method: "GET", Target: "/a", Host: "Example.com", Status: 200, Header: header{"Expires": {"0"}}, Body: []byte("abc"), Source: "one"}
	other := get
	other.Host, other.Source = "www.example.com", "two"
	again := get
	again.Source, again.Body = "three", nil
	again.BodyLength = 3
	head := Exchange{Method: "HEAD", Target: "/a", RequestHeader: header{"Host": {"example.COM"}}, Status: 200, Header: header{"Content-Length": {"0"}}}
	notModified := Exchange{
		Method: "GET", Target: "/a", Host: "example.com", RequestHeader: header{"If-Modified-Since": {"x"}}, Status: 304,
		Header: header{"Content-Type": {"text/plain"}},
	}
	for _, x := range []Exchange{get, other, again, {Method: "GET", Status: 200}, {Target: "/a", Status: 200}} {
		assert.Empty(t, c.Check(x))
	}
	findings := c.Check(head)
	assert.Equal(t, []string{"head-content-length"}, ids(findings))
	assert.Equal(t, "three", findings[0].Beside)
	assert.Equal(t, []string{"304-representation-metadata", "304-fields-missing"}, ids(c.Check(notModified)))
	assert.Equal(t, []string{"304-representation-metadata"}, ids(NewChecker(Disable("pair")).Check(notModified)))
}

// A Vary that names more fields than any server does costs no time.
func TestCheckerVary(t *testing.T) {
	many := header{"Vary": {strings.Repeat("a, ", 20000)}}
	a := Exchange{Method: "GET", Target: "/", Status: 200, Header: many}
	assert.False(t, sameSelection(&a, &a))
	many["Vary"][0] = strings.Repeat("a, ", 50)
	assert.True(t, sameSelection(&a, &a))
}

// However many resources there are, and however often one is asked for, what is
// remembered is bounded; the latest are.
func TestCheckerForgets(t *testing.T) {
	c := NewChecker()
	large := header{"X": {strings.Repeat("x", 10000)}}
	for i := range 5000 {
		x := Exchange{Method: "GET", Target: fmt.Sprint("/", i), Status: 200, Header: header{"Expires": {"0"}}, RequestHeader: large}
		assert.Empty(t, c.Check(x))
	}
	for i := range 5000 {
		x := Exchange{Method: fmt.Sprint("M", i), Target: "/4999", Status: 299, RequestHeader: large}
		c.Check(x)
	}
	assert.GreaterOrEqual(t, c.room, 0)
	assert.Len(t, c.known, len(c.order))
	assert.Less(t, len(c.order), 2000)
	assert.Len(t, c.known[" /4999"], maxOfResource)
	size := 0
	for _, all := range c.known {
		for _, m := range all {
			size += m.size
		}
	}
	assert.Equal(t, maxRemembered, size+c.room)
	notModified := func(target string) Exchange {
		return Exchange{Method: "GET", Target: target, RequestHeader: header{"If-Modified-Since": {"x"}}, Status: 304}
	}
	assert.Empty(t, c.Check(notModified("/0")))
	assert.Equal(t, []string{"304-fields-missing"}, ids(c.Check(notModified("/4998"))))
	huge := notModified("/4998")
	huge.Header = header{"X": {strings.Repeat("x", 2<<20)}}
	c.Check(huge)
	assert.Less(t, size, maxRemembered+1, "what is too large is not remembered")
}
