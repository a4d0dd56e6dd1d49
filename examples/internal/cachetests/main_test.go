package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	var s suite
	require.NoError(t, json.Unmarshal([]byte(`{
		"tests": [{"id": "a", "kind": "required"}, {"id": "b", "kind": "required"}, {"id": "c", "kind": "optimal"}, {"id": "d", "kind": "check"}],
		"published": [
			{"name": "one", "version": "1", "browser": false, "results": {"a": true, "b": ["Assertion", "no"], "c": true, "d": true}},
			{"name": "two", "version": "", "browser": true, "results": {"a": true, "b": true, "x": true}}
		]}`), &s))
	results := map[string]any{"a": true, "b": true, "c": []any{"Setup", "no"}, "d": false, "x": true}
	assert.Equal(t, "| cache | required, of 2 | optimal, of 1 | checks, of 1 |\n|---|---|---|---|\n"+
		"| **cacheproxy** | 2 | 0 | 0 |\n| two, a browser | 2 | 0 | 0 |\n| one 1 | 1 | 1 | 1 |\n", s.table(results))
	assert.Equal(t, []string{"c"}, s.failed(results))
	assert.Equal(t, []string{"a", "b", "c"}, s.failed(nil))
	assert.True(t, s.count(nil).less(counts{Optimal: 1}))
	assert.False(t, s.count(results).less(counts{Required: 2}))
}

func TestSplice(t *testing.T) {
	got, err := splice([]byte("x\n<!-- a -->\nold\n<!-- end -->\ny\n<!-- b -->\nz\n<!-- end -->\n"), "<!-- a -->\n", "<!-- end -->", "new\n")
	assert.NoError(t, err)
	assert.Equal(t, "x\n<!-- a -->\nnew\n<!-- end -->\ny\n<!-- b -->\nz\n<!-- end -->\n", string(got))
	for _, text := range []string{"", "<!-- a -->\n", "<!-- end --><!-- a -->\n"} {
		_, err := splice([]byte(text), "<!-- a -->\n", "<!-- end -->", "new\n")
		assert.Error(t, err, text)
	}
}

// What is recorded is what the documentation shows.
func TestRecorded(t *testing.T) {
	text, err := os.ReadFile("../../../docs/caching.md")
	require.NoError(t, err)
	for name, c := range recorded {
		_, table, ok := strings.Cut(string(text), "<!-- cachetests: "+name+" -->\n")
		require.True(t, ok, name)
		rows := strings.SplitN(table, "\n", 4)
		var got counts
		cells := strings.Split(rows[2], "|")
		require.Len(t, cells, 6)
		require.NoError(t, json.Unmarshal([]byte(cells[2]), &got.Required))
		require.NoError(t, json.Unmarshal([]byte(cells[3]), &got.Optimal))
		assert.Equal(t, " **cacheproxy** ", cells[1], "it stands on top")
		assert.Equal(t, c, got)
	}
}
