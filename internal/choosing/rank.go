package choosing

import (
	"cmp"
	"maps"
	"math"
	"regexp"
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

// How much counts what, beside the saying that fits best.
var (
	ofGamma   = 0.5
	ofSynonym = 0.8  // a word that people use for the one that is said
	ofUnsaid  = 0.6  // a word of the saying that is missing, against it
	ofExactly = 1.15 // the saying, and no word else
	ofPhrase  = 1.1  // where that is the phrase of the code
	ofVotes   = 0.3
	ofCard    = 0.2
	ofRank    = 0.001 // each place in the list of sayings, against it
)

// Rank returns the codes that words may mean, the best first; none where no word
// of them is known. The words are those of a person who has a situation and looks
// for its code: what counts most is the saying of the registry that fits best, then
// how many sayings of the code have the words, then its card. A score is 1 and
// more where the words are what people say. It reads the first 300 bytes.
func Rank(words string) []Match {
	ix := index()
	query := ix.known(stemsOf(words))
	if len(query) == 0 {
		return nil
	}
	fits, votes, all := make([]float64, len(ix.codes)), ix.votes(query), ix.weight(query)
	for at := range ix.near(query) {
		s := &ix.sayings[at]
		fit := ix.likeness(query, s) * (1 - ofRank*float64(min(s.rank, 50)))
		if slices.Equal(query, s.stems) {
			fit *= ofExactly
			if s.rank == 0 {
				fit *= ofPhrase
			}
		}
		fits[s.of] = max(fits[s.of], fit)
	}
	var matches []Match
	for i := range ix.codes {
		carded := 0.0
		for _, stem := range query {
			if ix.codes[i].card[stem] {
				carded += ix.rarity[stem]
			}
		}
		if score := fits[i] + ofVotes*votes[i]/all + ofCard*carded/all; score > 0.05 {
			matches = append(matches, Match{ix.codes[i].code, score})
		}
	}
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	return matches
}

// A wordIndex is all that people say, as stems.
type wordIndex struct {
	codes   []indexed
	sayings []saying
	having  map[string][]int   // the sayings that have a stem
	rarity  map[string]float64 // of each stem: a rare one says more
}

type indexed struct {
	code httpstatus.Code
	card map[string]bool // the stems of its card
}

type saying struct {
	stems  []string
	weight float64
	of     int // which of the codes
	rank   int // its place among those of the code; the phrase of the code is the first
}

var index = sync.OnceValue(func() *wordIndex {
	ix := &wordIndex{having: map[string][]int{}, rarity: map[string]float64{}}
	for of, s := range sayings {
		k := indexed{s.code, map[string]bool{}}
		d := httpstatus.Describe(s.code)
		seen := map[string]bool{}
		for _, text := range slices.Concat([]string{d.Phrase, strconv.Itoa(int(s.code))}, s.sayings, d.HistoricNames) {
			if stems := stemsOf(text); len(stems) > 0 {
				for _, stem := range stems {
					ix.having[stem] = append(ix.having[stem], len(ix.sayings))
					seen[stem] = true
				}
				rank := 0
				if n := len(ix.sayings); n > 0 && ix.sayings[n-1].of == of {
					rank = ix.sayings[n-1].rank + 1
				}
				ix.sayings = append(ix.sayings, saying{stems: stems, of: of, rank: rank})
			}
		}
		for _, stem := range stemsOf(d.UseWhen + " " + d.Meaning) {
			k.card[stem], seen[stem] = true, true
		}
		for stem := range seen {
			ix.rarity[stem]++
		}
		ix.codes = append(ix.codes, k)
	}
	// A word that people use in place of one that is said here is as rare.
	codesWith := maps.Clone(ix.rarity)
	for stem, others := range synonyms() {
		if codesWith[stem] == 0 {
			for _, other := range others {
				ix.rarity[stem] = max(ix.rarity[stem], codesWith[other])
			}
		}
	}
	for stem, codes := range ix.rarity {
		ix.rarity[stem] = math.Log(1 + float64(len(ix.codes))/max(codes, 1))
		if slices.Contains(lightWords, stem) || stem[0] >= '0' && stem[0] <= '9' {
			ix.rarity[stem] /= 3
		}
	}
	for i := range ix.sayings {
		ix.sayings[i].weight = ix.weight(ix.sayings[i].stems)
	}
	return ix
})

// weight is how much the stems say together.
func (ix *wordIndex) weight(stems []string) (sum float64) {
	for _, stem := range stems {
		sum += ix.rarity[stem]
	}
	return sum
}

// near returns the sayings that have a stem of the query, or a synonym of one.
func (ix *wordIndex) near(query []string) map[int]bool {
	near := map[int]bool{}
	for _, stem := range query {
		for _, word := range append([]string{stem}, synonyms()[stem]...) {
			for _, at := range ix.having[word] {
				near[at] = true
			}
		}
	}
	return near
}

// votes returns, for each code, its part in the sayings that have the words of the
// query, by rarity: where no saying is like the whole of it, most of its words may
// still speak for one code.
func (ix *wordIndex) votes(query []string) []float64 {
	votes := make([]float64, len(ix.codes))
	for _, stem := range query {
		counts, total := make([]float64, len(ix.codes)), 0.0
		for i, word := range append([]string{stem}, synonyms()[stem]...) {
			part := 1.0
			if i > 0 {
				part = ofSynonym
			}
			for _, at := range ix.having[word] {
				counts[ix.sayings[at].of] += part
				total += part
			}
		}
		for i := range counts {
			votes[i] += ix.rarity[stem] * counts[i] / max(total, 1)
		}
	}
	return votes
}

// known returns the stems that some card or saying has, or a synonym of one. One
// that none has is taken for its neighbour by one slip of the keyboard, if it has
// one.
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
		if len(other) >= 4 && isSlip(stem, other) && (best == "" || other < best) {
			best = other
		}
	}
	return best
}

// isSlip reports whether the [Distance] of a and b is 1, which it tells faster.
func isSlip(a, b string) bool {
	if d := len(a) - len(b); d < -1 || d > 1 {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(a) <= 1 && len(b) <= 1 && a != b
}

// likeness is what the query and a saying share of all that they have together,
// by rarity, and less where much of the saying is missing: the length of the
// query is no help to a saying that is half said.
func (ix *wordIndex) likeness(query []string, s *saying) float64 {
	shared, all, unsaid := 0.0, 0.0, s.weight
	matched := make([]bool, len(s.stems))
	for _, stem := range query {
		weight := ix.rarity[stem]
		all += weight
		best, at := 0.0, -1
		for i, other := range s.stems {
			same := 0.0
			switch {
			case matched[i]:
			case other == stem:
				same = 1
			case slices.Contains(synonyms()[stem], other):
				same = ofSynonym
			}
			if same > best {
				best, at = same, i
			}
		}
		if at >= 0 {
			matched[at] = true
			shared += best * weight
			unsaid -= ix.rarity[s.stems[at]]
		}
	}
	return shared / (all + ofUnsaid*unsaid) * math.Pow(max(1-unsaid/s.weight, 0), ofGamma)
}

// lightWords are stems that say little about a code, though something: the words
// of every request, and what applications call their things.
var lightWords = stemsOf("not no request server client user error fail failed resource api too need want yet has see response" +
	" record item object entity thing data comment article picture photo avatar order product customer project team group" +
	" message thread invoice ticket room video profile tenant organization company game poll event")

// synonyms has, for each stem of the thesaurus, those that people use for it.
var synonyms = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, group := range thesaurus {
		stems := stemsOf(group)
		for _, stem := range stems {
			for _, other := range stems {
				if other != stem && !slices.Contains(all[stem], other) {
					all[stem] = append(all[stem], other)
				}
			}
		}
	}
	return all
})

// thesaurus has the words that people use for each other when they speak of
// requests and responses: one group a string.
var thesaurus = [...]string{
	"login signin logon", "credentials password token apikey key secret jwt cookie session",
	"permission right privilege scope role access", "deny refuse reject forbid block", "throttle ratelimit limit",
	"duplicate dup exist taken twice already unique", "stale outdated old", "malformed broken corrupt unparsable invalid garbage bad",
	"invalid illegal wrong bad incorrect", "permanent forever good permanently always", "temporary meanwhile now temporarily briefly",
	"delete remove erase destroy drop deletion removal", "missing absent nonexistent nonexisting lacking without unknown", "big large huge oversized",
	"body payload content", "upload file attachment image document", "url uri address path link route endpoint",
	"upstream backend origin dependency downstream microservice", "thirdparty external provider vendor partner",
	"timeout timed deadline slow late", "down outage unavailable unreachable offline dead", "overload busy overwhelmed saturated load",
	"redirect move relocate forward", "crash panic bug exception npe", "async queue background later deferred job task",
	"create make made insert add new creation", "update change modify edit save write", "unchanged same fresh",
	"pay payment billing subscription invoice", "disk storage space", "legal law court lawyer", "verb method", "format type mime",
	"expire expired expiration expiry old", "ban block blacklist", "concurrent simultaneous parallel race", "require need must mandatory want",
	"validation validate constraint rule check", "field attribute property column", "conflict clash collide", "header field",
	"wrong mismatch", "supported allowed understood", "user customer account member", "etag version revision", "parameter param argument query",
	"verify confirm activate", "coupon voucher promo code", "authentication auth authenticate", "gzip brotli deflate zstd compression",
	"postgres mysql mongo mongodb oracle sqlite database db sql", "redis memcached cache", "kafka rabbitmq broker", "s3 bucket blob storage",
	"stripe paypal", "success successful successfully succeed fine", "jpeg png gif webp heic avif svg",
	"ended over closed finished past passed", "xml yaml csv html", "exceed above over larger bigger greater",
	"cancel abort cancellation", "assertion assert", "restart reboot", "start startup boot",
	"restricted limited", "bot crawler scraper robot", "directory folder", "picture photo image avatar", "plan tier license subscription",
}

// stopWords say nothing about a situation.
const stopWords = " a an and are as at be because been but by can could did do does for from got had has have http i if in into is it its me my of on or" +
	" our should so such status code than that the their them then" +
	" return returned returns proper appropriate correct" +
	" there they this to was we were what when which who will with would you your some someone something somebody one "

// Turns of phrase whose words would mislead one by one, as one word.
var turns = strings.NewReplacer(
	"can't", "cannot", "can not", "cannot", "n't", " not",
	"logged in", "login", "logging in", "login", "log in", "login", "signed in", "login", "sign in", "login", "logon", "login",
	"logged out", "loggedout", "log out", "logout", "signed out", "loggedout", "sign out", "logout", "sign up", "signup",
	"read-only", "readonly", "read only", "readonly", "rate-limit", "rate limit", "time out", "timeout", "timed out", "timeout",
	"time-out", "timeout", "shut down", "shutdown", "shutting down", "shutdown", "api key", "apikey", "api-key", "apikey", "e-mail", "email",
	"doesn't exist", "nonexistent", "does not exist", "nonexistent", "non-exist", "nonexist", "not existing", "nonexisting",
	"don't exist", "nonexistent", "not exist", "nonexistent", "third-party", "thirdparty", "third party", "thirdparty",
	"for good", "permanent", "for now", "temporary", "no longer", "nolonger", "media type", "mediatype", "content-type", "content type",
	"already exists", "duplicate", "in use", "inuse",
)

// humps matches where a name in camel case has its next word, as in
// RecordNotFound and HTTPError.
var humps = regexp.MustCompile(`([a-z])([A-Z])|([A-Z])([A-Z][a-z])`)

// stemsOf returns the stems of the words in text that are no stop words. The
// names of errors in programs are words too: RecordNotFound, no_such_key.
func stemsOf(text string) []string {
	text = humps.ReplaceAllString(text[:min(len(text), 300)], "$1$3 $2$4")
	text = turns.Replace(strings.ToLower(strings.ReplaceAll(text, "_", " ")))
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
	for _, at := range ix.having[want[0]] {
		if s := &ix.sayings[at]; slices.Equal(s.stems, want) {
			if ok && ix.codes[s.of].code != c {
				return 0, false
			}
			c, ok = ix.codes[s.of].code, true
		}
	}
	return c, ok
}
