package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/registry"
)

// old looks like a text of the RFC Editor with pages, and begins with the mark
// that newer ones begin with.
const old = "\ufeffRFC 1                       A Text                        May 1990\n" + `

Table of Contents

   1.  Introduction ....................................................1
   2.  Rules ...........................................................1

1.  Introduction

   Nothing is said here.

2.  Rules with a title that is so long that it does not
    fit on its line

   A server MUST do what is said, and it SHOULD do it without-
   delay, whatever the words



Somebody                     Standards Track                    [Page 1]
` + "\f" + `
RFC 1                        A Text                         May 1990


   that broke over a page.  A list:

   *  first,

   *  second.

      |  *Note:* Nobody counts
      |  the bars.

2.1.  Below

   A server MUST do more.

Appendix A.  History

A.1.  Before

   There was none.
`

func TestExcerpt(t *testing.T) {
	d := document{"RFC 1", "rfc1.txt", "A Text", "May 1990"}
	got, err := d.excerpt(old, []registry.Quote{
		{Document: "RFC 1", Section: "2", Words: "it SHOULD do it without-delay, whatever the words that broke over a page."},
		{Document: "RFC 1", Section: "2", Words: "Nobody counts the bars."},
		{Document: "RFC 1", Section: "1"}, // cited, not quoted
		{Document: "RFC 2", Section: "1", Words: "Of another text."},
		{Document: "RFC 1", Section: "A.1", Words: "There was none."},
	})
	require.NoError(t, err)
	assert.Equal(t, `RFC 1: A Text
Excerpts: the table of contents, and the passages that are quoted.
Origin: May 1990.

Contents
1 Introduction
2 Rules with a title that is so long that it does not fit on its line
2.1 Below
A History
A.1 Before

Passages of 2
   A server MUST do what is said, and it SHOULD do it without-
   delay, whatever the words

   that broke over a page.  A list:

      |  *Note:* Nobody counts
      |  the bars.

Passages of A.1
   There was none.
`, got)

	got, err = d.excerpt(old, []registry.Quote{{Document: "RFC 1", Section: "2", Words: "A list: * first, * second."}})
	require.NoError(t, err)
	assert.Contains(t, got, "A list:\n\n   *  first,\n\n   *  second.\n", "a quote goes on into a list")
	assert.NotContains(t, got, "Nobody", "but takes no more along than it needs")

	for _, q := range []registry.Quote{
		{Document: "RFC 1", Section: "2", Words: "A server MUST do more."}, // it is in 2.1
		{Document: "RFC 1", Section: "3", Words: "A server MUST do more."}, // there is none
		{Document: "RFC 1", Section: "1", Words: "Something is said here."},
	} {
		_, err := d.excerpt(old, []registry.Quote{q})
		assert.ErrorContains(t, err, "does not say", "%v", q)
	}
}

// Markdown has no numbers: they are counted as they will be rendered.
func TestExcerptOfMarkdown(t *testing.T) {
	const source = `---
title: A Draft
---

# First
Right below its heading.

## Part {#part}

~~~
# no heading, but code
~~~

A server MUST send the ` + "`Location`" + ` field.

## Part

### Part

# Second

--- back

# Before

## Long before
`
	d := document{"draft-a", "draft-a.md", "A Draft", "1990"}
	got, err := d.excerpt(source, []registry.Quote{
		{Document: "draft-a", Section: "1", Words: "Right below its heading."},
		{Document: "draft-a", Section: "1.1", Words: "A server MUST send the Location field."},
	})
	require.NoError(t, err)
	assert.Equal(t, `draft-a: A Draft
Excerpts: the table of contents, and the passages that are quoted.
Origin: 1990.

Contents
1 First
1.1 Part
1.2 Part
1.2.1 Part
2 Second
A Before
A.1 Long before

Passages of 1
   Right below its heading.

Passages of 1.1
   A server MUST send the `+"`Location`"+` field.
`, got)
}

// What the repository keeps is what this program makes: one file per document in
// its table, with the document's title and origin, and every document is cited.
func TestDocuments(t *testing.T) {
	kept, err := fs.Glob(registry.Files, "texts/*")
	require.NoError(t, err)
	var made []string
	for _, d := range documents {
		file := registry.TextFile(d.name)
		made = append(made, file)
		b, err := fs.ReadFile(registry.Files, file)
		require.NoError(t, err)
		assert.Contains(t, string(b), d.name+": "+d.title+"\n", file)
		assert.Contains(t, string(b), "\nOrigin: "+d.origin+".\n", file)
	}
	assert.ElementsMatch(t, kept, made)

	quotes, err := registry.Quotes(registry.Files)
	require.NoError(t, err)
	cited := map[string]bool{}
	for _, q := range quotes {
		cited[q.Document] = true
	}
	for _, d := range documents {
		assert.True(t, cited[d.name], "nothing cites %s", d.name)
	}
}

// run writes the texts beside the facts, and says what it lacks.
func TestRun(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(to, "texts"), 0o777))
	write := func(dir, file, content string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(content), 0o666))
	}
	const header = "code,trait,strength,when,citation,words\n"
	write(to, "proxy-errors.csv", "name,status,intermediary,parameters,citation,description,applied,reason,meaning\n")
	write(to, "iana-http-status-codes.csv", "Value,Description,Reference\n100-403,Unassigned,\n404,Not Found,\"[RFC9110, Section 15.5.5]\"\n")
	write(to, "semantics.csv", header+"404,no-content,note,,\"RFC 1, Section 1\",x\n")
	assert.EqualError(t, run(from, to), "RFC 1 is cited, but not in the table of documents")

	write(to, "semantics.csv", header+"404,no-content,note,,\"RFC 9110, Section 1\",It says so.\n404,nonsense\n")
	assert.ErrorContains(t, run(from, to), "semantics.csv:3: ")

	write(to, "semantics.csv", header+"404,no-content,note,,\"RFC 9110, Section 1\",It says so.\n")
	assert.ErrorIs(t, run(from, to), fs.ErrNotExist, "there are no full texts")

	for _, d := range documents {
		write(from, d.file, "1. One\n\n   It says so.\n")
	}
	require.NoError(t, run(from, to))
	b, err := os.ReadFile(filepath.Join(to, "texts/rfc9110.txt"))
	require.NoError(t, err)
	assert.Contains(t, string(b), "\nContents\n1 One\n\nPassages of 1\n   It says so.\n")

	const row = "incremental_refused,501,true,none,RFC 10036,It was refused.,unknown,it is,it is\n"
	write(to, "proxy-errors.csv", "name,status,intermediary,parameters,citation,description,applied,reason,meaning\n"+row)
	assert.ErrorContains(t, run(from, to), `RFC 10036 does not say "Name: incremental_refused"`, "cited as a whole")
	write(from, "rfc10036-source.md", "# One\n\n# Two\n\nName:\n: incremental_refused\n\nDescription:\n: It was\n  refused.\n\n"+
		"Extra Parameters:\n: none\n\nRecommended HTTP Status Code:\n: 501\n\nResponse Only Generated By Intermediaries:\n: true\n")
	require.NoError(t, run(from, to))
	b, err = os.ReadFile(filepath.Join(to, "texts/rfc10036.txt"))
	require.NoError(t, err)
	assert.Contains(t, string(b), "\nPassages of 2\n   Name:\n   : incremental_refused\n")

	write(from, "rfc9110.txt", "1. One\n\n   It says something else.\n")
	assert.ErrorContains(t, run(from, to), `RFC 9110, Section 1 does not say "It says so."`)
}
