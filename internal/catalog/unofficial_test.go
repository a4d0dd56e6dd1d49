package catalog

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUnofficial(t *testing.T) {
	uses, err := os.ReadFile("../../" + usesFile)
	require.NoError(t, err)
	text, err := Unofficial(uses, load(t))
	require.NoError(t, err)
	assert.True(t, bytes.HasPrefix(text, []byte(generated)))
	again, err := Unofficial(uses, load(t))
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
}

// Bad rows are named by place, and all of them at once.
func TestBadUsesAreNamedByPlace(t *testing.T) {
	const good = "499,nginx,Client Closed Request,The client went away.,nginx source\n"
	for _, row := range []struct{ rows, err string }{
		{good, ""},
		{"# a comment\n" + good, ""},
		{"499,nginx,,The client went away.,nginx source\n", ""},
		{"451,Exchange,Redirect,Another server.,MS-ASHTTP\n", ""},
		{"404,nginx,Not found,There is nothing.,nginx source\n", `2: 404 of nginx: "Not Found" is what the registry says`},
		{"404,nginx,,There is nothing.,nginx source\n", `2: 404 of nginx: "Not Found" is what the registry says`},
		{"0499,nginx,,The client went away.,nginx source\n", `2: "0499" is not three digits`},
		{"99,nginx,,The client went away.,nginx source\n", `2: "99" is not three digits`},
		{"1000,nginx,,The client went away.,nginx source\n", `2: "1000" is not three digits`},
		{"4xx,nginx,,The client went away.,nginx source\n", `2: "4xx" is not three digits`},
		{"499,,,The client went away.,nginx source\n", "2: 499 has no vendor"},
		{"499,nginx,,,nginx source\n", "2: 499 of nginx: the meaning is no sentence"},
		{"499,nginx,,the client went away,nginx source\n", "2: 499 of nginx: the meaning is no sentence"},
		{"499,nginx,,The client went away.,\n", "2: 499 of nginx has no source"},
		{"499,nginx ,,The client went away.,nginx source\n", `2: "nginx " is not plain text`},
		{"499,nginx,,\"Two\nlines.\",nginx source\n", `2: "Two\nlines." is not plain text`},
		{"499,nginx,,It\u2019s gone.,nginx source\n", `2: "It’s gone." is not plain text`},
		{good + good, "3: 499 of nginx stands after 499 of nginx"},
		{good + "499,Caddy,,The client went away.,Caddy source\n", "3: 499 of Caddy stands after 499 of nginx"},
		{good + "444,nginx,,It was closed.,nginx source\n", "3: 444 of nginx stands after 499 of nginx"},
		{good + "\n499,nginx\n", "4: wrong number of fields"},
		{"\"\"x,nginx,,A.,b\n", `2: extraneous or missing " in quoted-field`},
		{good + "\"500", `3: extraneous or missing " in quoted-field`},
		{"49,nginx,,A.,b\n" + good + "50,nginx,,A.,b\n", "2: \"49\" is not three digits\nunofficial/uses.csv:4: \"50\" is not three digits"},
	} {
		_, err := Unofficial([]byte(usesHeader+"\n"+row.rows), load(t))
		if row.err == "" {
			assert.NoError(t, err, row.rows)
			continue
		}
		assert.EqualError(t, err, "unofficial/uses.csv:"+row.err, row.rows)
	}
	_, err := Unofficial(nil, load(t))
	assert.EqualError(t, err, "unofficial/uses.csv:1: no header; want "+usesHeader)
	_, err = Unofficial([]byte(strings.Replace(usesHeader, "vendor", "who", 1)+"\n"), load(t))
	assert.EqualError(t, err, `unofficial/uses.csv:1: header is "code,who,phrase,meaning,source"; want "`+usesHeader+`"`)
}
