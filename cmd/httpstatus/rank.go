package main

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
)

// How much a word counts by the place where a card has it.
const (
	weightPhrase  = 4.0
	weightHistory = 3.0
	weightUse     = 2.5
	weightMeaning = 2.0
	weightSaid    = 1.0 // what other cards say of the code
)

// rank returns the codes whose cards speak of the words, the best first; none
// if no card has any of them. A rare word counts more than one that many cards
// have, and a word counts once in each card, where it weighs most.
func rank(words string) []httpstatus.Code {
	type candidate struct {
		code  httpstatus.Code
		score float64
	}
	candidates := []candidate{}
	var cards []map[string]float64
	for c := range httpstatus.All() {
		candidates = append(candidates, candidate{code: c})
		cards = append(cards, wordsOf(c))
	}
	for _, alternatives := range query(words) {
		best := make([]float64, len(cards))
		for i, word := range alternatives {
			having := 0
			for _, card := range cards {
				if card[word] > 0 {
					having++
				}
			}
			rarity := math.Log(1 + float64(len(cards))/float64(max(having, 1)))
			if i > 0 {
				rarity *= 0.8 // another word for it, and not the one that was asked for
			}
			for j, card := range cards {
				best[j] = max(best[j], card[word]*rarity)
			}
		}
		for j := range candidates {
			candidates[j].score += best[j]
		}
	}
	candidates = slices.DeleteFunc(candidates, func(c candidate) bool { return c.score == 0 })
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var codes []httpstatus.Code
	for _, c := range candidates {
		codes = append(codes, c.code)
	}
	return codes
}

// wordsOf returns the stems on the card of c with their weights.
func wordsOf(c httpstatus.Code) map[string]float64 {
	stems := map[string]float64{}
	add := func(text string, weight float64) {
		for _, s := range stemsOf(text) {
			stems[s] = max(stems[s], weight)
		}
	}
	d := httpstatus.Describe(c)
	add(d.Phrase+" "+strconv.Itoa(int(c)), weightPhrase)
	add(strings.Join(d.HistoricNames, " "), weightHistory)
	add(d.UseWhen, weightUse)
	add(d.Meaning, weightMeaning)
	for _, n := range d.NotToBeConfusedWith {
		// "Send 403 when ...; 401 asks for credentials": each half is about
		// the code it names.
		for _, d := range httpstatus.Describe(n.Code).NotToBeConfusedWith {
			if d.Code == c {
				for half := range strings.SplitSeq(d.How, ";") {
					if strings.Contains(half, strconv.Itoa(int(c))) {
						add(half, weightSaid)
					}
				}
			}
		}
	}
	return stems
}

// query returns, for each word that says something, its stem and those of the
// words that the cards have in its place.
func query(words string) [][]string {
	var all [][]string
	// Turns of phrase whose words would mislead one by one.
	words = strings.NewReplacer(
		"logged in", "credentials unauthenticated", "log in", "credentials unauthenticated",
		"signed in", "credentials unauthenticated", "sign in", "credentials unauthenticated",
		"no such", "missing", "doesn't exist", "missing", "not exist", "missing",
	).Replace(strings.ToLower(words[:min(len(words), 300)]))
	for _, s := range stemsOf(words) {
		alternatives := []string{s}
		for _, group := range thesaurus {
			asked, inCards, _ := strings.Cut(group, ":")
			if slices.Contains(stemsOf(asked), s) {
				alternatives = append(alternatives, stemsOf(inCards)...)
			}
		}
		all = append(all, alternatives)
	}
	return all
}

// thesaurus has what people say, in any form that stem takes, and after the
// colon what the cards say.
var thesaurus = [...]string{
	"login session anonymous password: credentials unauthenticated",
	"auth authentication authenticate authorization authorize apikey jwt token: credentials unauthenticated unauthorized",
	"permission deny denied role admin allowed access: forbidden refuses",
	"throttle spam: rate",
	"exists already unique twice: duplicate conflict",
	"stale concurrent concurrency version race: conflict condition",
	"invalid validate: validation",
	"malformed unparsable json corrupt: parse syntax",
	"good forever permanently: permanent",
	"temporarily meanwhile: temporary",
	"delete remove expire gone: deleted gone",
	"missing absent nonexistent: 404 unknown",
	"big huge long oversized: large",
	"body payload upload file: content",
	"url address path link: uri",
	"backend origin dependency: upstream gateway",
	"slow late deadline: timeout time",
	"down outage deploy busy: maintenance overload",
	"redirect: location",
	"bug crash panic exception broken: unexpected bugs internal",
	"async asynchronous queue background later: accepted queued",
	"save store made new: created",
	"empty nothing: no content",
	"unchanged cached fresh: modified",
	"pay paid billing subscription: payment",
	"disk full space: storage",
	"censored court law lawyer: legal",
	"verb: method",
	"mime: media type",
}

// stopWords say nothing about a situation.
const stopWords = " a an and are as at be because been but by can cannot could do does for from get had has have http i if in into is it its me my not of on or our request response server client send should so such status code than that the their them then there they this to too use user was we were what when which who will with would wrong you your "

// stemsOf returns the stems of the words in text that are no stop words.
func stemsOf(text string) []string {
	var stems []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(strings.ReplaceAll(text, "'", "")), func(r rune) bool {
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
// about the language, only the same for the question and the card.
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
		if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 's' {
			word = word[:n-1] // logged, dropping
		}
	case !strings.HasSuffix(word, "ss"):
		cut("s")
	}
	cut("e")
	return word
}
