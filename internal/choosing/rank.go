package choosing

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"example.com/httpstatus"
)

// said is what people say when they mean a code, the best saying first.
type said struct {
	code    httpstatus.Code
	sayings []string
}

// A Match is a code that words may mean, and how well they fit it: 1 where they
// are what people say.
type Match struct {
	Code  httpstatus.Code
	Score float64
}

// Rank returns the codes that words may mean, the best first; none where no word
// of them is known. The words are those of a person who has a situation and looks
// for its code: a saying of the registry fits best, and the cards help where no
// saying does. A score is a little more than 1 where they are the phrase of a
// code. It reads the first 300 bytes.
func Rank(words string) []Match {
	ix := index()
	query := ix.known(stemsOf(words))
	if len(query) == 0 {
		return nil
	}
	var matches []Match
	for i := range ix.codes {
		k := &ix.codes[i]
		best := 0.0
		for at, saying := range k.sayings {
			// A saying that stands earlier wins between equals, and the phrase
			// of the code stands first.
			best = max(best, ix.likeness(query, saying)*(1-0.001*float64(at)))
			if at == 0 {
				best *= 1.25
			}
		}
		score := best + 0.2*ix.share(query, k.card)
		if score > 0.05 {
			matches = append(matches, Match{k.code, score})
		}
	}
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	return matches
}

// A wordIndex is all that people say, as stems.
type wordIndex struct {
	codes  []indexed
	rarity map[string]float64 // of each stem: a rare one says more
}

type indexed struct {
	code    httpstatus.Code
	sayings [][]string
	card    map[string]bool // the stems of its card
}

var index = sync.OnceValue(func() *wordIndex {
	ix := &wordIndex{rarity: map[string]float64{}}
	for _, s := range sayings {
		k := indexed{code: s.code, card: map[string]bool{}}
		d := httpstatus.Describe(s.code)
		for _, saying := range append([]string{d.Phrase, strconv.Itoa(int(s.code))}, append(s.sayings, d.HistoricNames...)...) {
			if stems := stemsOf(saying); len(stems) > 0 {
				k.sayings = append(k.sayings, stems)
			}
		}
		for _, stem := range stemsOf(d.UseWhen + " " + d.Meaning) {
			k.card[stem] = true
		}
		ix.codes = append(ix.codes, k)
	}
	for i := range ix.codes {
		seen := map[string]bool{}
		for stem := range ix.codes[i].card {
			seen[stem] = true
		}
		for _, saying := range ix.codes[i].sayings {
			for _, stem := range saying {
				seen[stem] = true
			}
		}
		for stem := range seen {
			ix.rarity[stem]++
		}
	}
	// A word that people use in place of one that is said here is as rare.
	for _, group := range thesaurus() {
		for _, stem := range group {
			if ix.rarity[stem] == 0 {
				for _, other := range group {
					ix.rarity[stem] = max(ix.rarity[stem], ix.rarity[other])
				}
			}
		}
	}
	for stem, codes := range ix.rarity {
		ix.rarity[stem] = math.Log(1 + float64(len(ix.codes))/max(codes, 1))
		if slices.Contains(lightWords, stem) {
			ix.rarity[stem] /= 3
		}
	}
	return ix
})

// lightWords are stems that say little about a code, though something.
var lightWords = []string{"not", "no", "request", "server", "client", "user", "error", "fail", "resource", "api", "too", "need", "want"}

// known returns the stems that some card or saying has. One that none has is
// taken for its neighbour by one slip of the keyboard, if it has one.
func (ix *wordIndex) known(stems []string) []string {
	var known []string
	for _, stem := range stems {
		if ix.rarity[stem] == 0 {
			stem = ix.neighbour(stem)
		}
		if stem != "" && !slices.Contains(known, stem) {
			known = append(known, stem)
		}
	}
	return known
}

// neighbour returns the known stem that is one slip away; "" if there is none,
// or the word is so short that a slip makes another word of it.
func (ix *wordIndex) neighbour(stem string) string {
	best := ""
	if len(stem) < 5 {
		return best
	}
	for other := range ix.rarity {
		if len(other) >= 4 && Distance(stem, other) == 1 && (best == "" || other < best) {
			best = other
		}
	}
	return best
}

// likeness is what two lists of stems share of all that they have together, by
// rarity; a synonym counts nearly as much as the word itself.
func (ix *wordIndex) likeness(query, saying []string) float64 {
	shared, all := 0.0, 0.0
	matched := make([]bool, len(saying))
	for _, stem := range query {
		weight := ix.rarity[stem]
		all += weight
		best, at := 0.0, -1
		for i, other := range saying {
			if matched[i] {
				continue
			}
			same := 0.0
			switch {
			case other == stem:
				same = 1
			case synonyms(stem, other):
				same = 0.8
			}
			if same > best {
				best, at = same, i
			}
		}
		if at >= 0 {
			matched[at] = true
			shared += best * weight
		}
	}
	for i, other := range saying {
		if !matched[i] {
			all += 0.6 * ix.rarity[other]
		}
	}
	return shared / all
}

// share is how much of the query the card has, by rarity.
func (ix *wordIndex) share(query []string, card map[string]bool) float64 {
	has, all := 0.0, 0.0
	for _, stem := range query {
		all += ix.rarity[stem]
		if card[stem] {
			has += ix.rarity[stem]
		}
	}
	return has / all
}

// synonyms reports whether people use two stems for one thing.
func synonyms(a, b string) bool { return groupsOf()[a]&groupsOf()[b] != 0 }

// groupsOf has, for each stem of the thesaurus, a bit for each of its groups.
var groupsOf = sync.OnceValue(func() map[string]uint64 {
	groups := map[string]uint64{}
	for i, group := range thesaurus() {
		for _, stem := range group {
			groups[stem] |= 1 << i
		}
	}
	return groups
})

// thesaurus has the words that people use for each other when they speak of
// requests and responses, as stems.
var thesaurus = sync.OnceValue(func() [][]string {
	var groups [][]string
	for _, group := range [...]string{
		"login signin logon", "credentials password token apikey key secret jwt cookie session",
		"permission right privilege scope role access", "deny refuse reject forbid block", "throttle ratelimit limit",
		"duplicate exist taken twice already unique", "stale outdated old", "malformed broken corrupt unparsable invalid garbage bad",
		"invalid illegal wrong bad incorrect", "permanent forever good permanently always", "temporary meanwhile now temporarily briefly",
		"delete remove erase destroy drop", "missing absent nonexistent lacking without unknown", "big large huge long oversized",
		"body payload content", "upload file attachment image document", "url uri address path link route endpoint",
		"upstream backend origin dependency downstream microservice", "thirdparty external provider vendor",
		"timeout timed deadline slow late expire", "down outage unavailable unreachable offline dead", "overload busy overwhelmed saturated load",
		"redirect move relocate forward", "crash panic bug exception", "async queue background later deferred job",
		"create make made insert add new", "update change modify edit save write", "unchanged same fresh",
		"pay payment billing subscription invoice", "disk storage space", "legal law court lawyer", "verb method", "format type mime",
		"expire expired old", "ban block blacklist", "concurrent simultaneous parallel race", "require need must mandatory want",
		"validation validate constraint rule check", "field attribute property", "conflict clash collide", "header field",
		"wrong mismatch", "supported allowed", "user customer account", "etag version revision",
	} {
		groups = append(groups, stemsOf(group))
	}
	return groups
})

// stopWords say nothing about a situation.
const stopWords = " a an and are as at be because been but by can could did do does for from get got had has have http i if in into is it its me my of on or" +
	" our response should so such status code than that the their them then" +
	" there they this to was we were what when which who will with would you your some someone something somebody one "

// Turns of phrase whose words would mislead one by one, as one word.
var turns = strings.NewReplacer(
	"can't", "can not", "cannot", "can not", "n't", " not",
	"logged in", "login", "logging in", "login", "log in", "login", "signed in", "login", "sign in", "login", "logon", "login",
	"logged out", "logout", "log out", "logout", "signed out", "logout", "sign out", "logout", "sign up", "signup",
	"read-only", "readonly", "read only", "readonly", "rate-limit", "rate limit", "time out", "timeout", "timed out", "timeout",
	"time-out", "timeout", "api key", "apikey", "api-key", "apikey", "e-mail", "email", "third-party", "thirdparty", "third party", "thirdparty",
	"for good", "permanent", "for now", "temporary", "no longer", "nolonger", "media type", "mediatype", "content-type", "content type",
	"already exists", "duplicate", "in use", "inuse",
)

// stemsOf returns the stems of the words in text that are no stop words.
func stemsOf(text string) []string {
	text = turns.Replace(strings.ToLower(text[:min(len(text), 300)]))
	var stems []string
	for word := range strings.FieldsFuncSeq(strings.ReplaceAll(text, "'", ""), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) {
		if !strings.Contains(stopWords, " "+word+" ") {
			stems = append(stems, stem(word))
		}
	}
	return stems
}

// stem takes the endings of plurals and verb forms off an English word, and a
// final e, so that move, moves, moved and moving are one. It need not be right
// about the language, only the same for the question and the saying.
func stem(word string) string {
	cut := func(suffix string) bool {
		short, ok := strings.CutSuffix(word, suffix)
		if ok = ok && len(short) >= 3; ok {
			word = short
		}
		return ok
	}
	switch {
	case cut("ies"):
		return word + "y"
	case cut("ing"), cut("ed"):
		if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 's' && word[n-1] != 'l' {
			word = word[:n-1] // dropping
		}
	case !strings.HasSuffix(word, "ss"):
		cut("s")
	}
	cut("e")
	if short, ok := strings.CutSuffix(word, "is"); ok && len(short) >= 4 {
		word = short + "iz" // as in authorised
	}
	return word
}

// Distance returns how many bytes must be inserted, deleted, replaced or swapped
// with their neighbour to make b of a (optimal string alignment).
func Distance(a, b string) int {
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(last[j]+cost, last[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}

// Said returns the code that people mean by exactly these words, case and
// punctuation aside; ok is false where it is none, or more than one.
func Said(words string) (c httpstatus.Code, ok bool) {
	want := stemsOf(words)
	if len(want) == 0 {
		return 0, false
	}
	ix := index()
	for i := range ix.codes {
		if slices.ContainsFunc(ix.codes[i].sayings, func(saying []string) bool { return slices.Equal(saying, want) }) {
			if ok {
				return 0, false
			}
			c, ok = ix.codes[i].code, true
		}
	}
	return c, ok
}
