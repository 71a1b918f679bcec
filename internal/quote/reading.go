package quote

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/lang"
)

// reading is what is known of one article while it is read.
type reading struct {
	words    *lang.Quotes
	people   *lang.People
	a        *document.Article
	tokens   []document.Token
	lower    []string // tokens in lower case
	sentence []int32  // the sentence of each token
	first    []int32  // the first child of each token, -1 for none
	next     []int32  // the next child of the same head, -1 for none
	low      []int32  // the first token of the subtree
	high     []int32  // the last
	nameAt   []int32  // 1 + index in mentions of the name that holds the token
	nounAt   []int32  // likewise of a description or pronoun
	mentions []mention
	calledSo map[string]int // the one person whom the text calls by a noun, -1 for several
	inSpeech []int32        // 1 + index in speech of the direct speech that holds the token
	inPair   []int32        // 1 + index in pairs
	pairs    []pair
	opening  int // the first sentence of running text
	lone     int // marks without a partner
	repaired int // quotations whose end, or beginning, was guessed
	speech   []*item
	items    []*item
}

// mention is a mention of an entity.
type mention struct {
	entity int
	span   document.Span
	form   string
}

// item is a quotation while it is read.
type item struct {
	typ        string
	span       document.Span
	pair       int // index in pairs of direct speech, -1 for none
	cue        document.Span
	cueAt      int // token of the cue, -1 without one
	told       int // the token after the attribution that follows, 0 without one
	stance     string
	speaker    speaker
	confidence float64
}

// speaker is the one who speaks: where the text shows it, and who it is.
type speaker struct {
	token  int // -1: nobody is shown
	span   document.Span
	entity int // index in Article.Entities, -1 for none
}

var nobody = speaker{token: -1, entity: -1}

func newReading(pack lang.Pack, a *document.Article) *reading {
	n := len(a.Tokens)
	ints := make([]int32, 9*n)
	part := func(i int) []int32 { return ints[i*n : (i+1)*n : (i+1)*n] }
	r := &reading{words: pack.Quotes, people: pack.People, a: a, tokens: a.Tokens, lower: make([]string, n), calledSo: map[string]int{},
		sentence: part(0), first: part(1), next: part(2), low: part(3), high: part(4),
		nameAt: part(5), nounAt: part(6), inSpeech: part(7), inPair: part(8)}
	for i := range a.Tokens {
		r.lower[i] = strings.ReplaceAll(strings.ToLower(r.text(i)), "’", "'")
	}
	for i, s := range a.Sentences {
		for t := s.First; t < s.Last; t++ {
			r.sentence[t] = int32(i)
		}
	}
	for r.opening < len(a.Sentences) {
		if b := a.Sentences[r.opening].Block; r.speaks(b) && !r.titled(b) {
			break
		}
		r.opening++
	}
	r.growTrees()
	r.placeMentions()
	r.learnNouns()
	return r
}

// growTrees links heads to children and measures subtrees, from the leaves up.
func (r *reading) growTrees() {
	n := len(r.tokens)
	waiting := make([]int32, n) // children not yet measured
	for i := range n {
		r.first[i], r.next[i], r.low[i], r.high[i] = -1, -1, int32(i), int32(i)
	}
	for i := n - 1; i >= 0; i-- {
		if h := r.head(i); h >= 0 {
			r.next[i], r.first[h] = r.first[h], int32(i)
			waiting[h]++
		}
	}
	ready := make([]int32, 0, n)
	for i := range n {
		if waiting[i] == 0 {
			ready = append(ready, int32(i))
		}
	}
	for len(ready) > 0 { // words of a damaged tree that go round are never ready
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		h := r.head(int(i))
		if h < 0 {
			continue
		}
		r.low[h], r.high[h] = min(r.low[h], r.low[i]), max(r.high[h], r.high[i])
		if waiting[h]--; waiting[h] == 0 {
			ready = append(ready, int32(h))
		}
	}
}

// maxMention is the number of tokens of a mention that are looked at.
const maxMention = 16

// placeMentions notes which mentions hold which tokens.
func (r *reading) placeMentions() {
	for e := range r.a.Entities {
		for _, m := range r.a.Entities[e].Mentions {
			r.mentions = append(r.mentions, mention{e, m.Span, m.Form})
			at := r.nounAt
			if m.Form == "name" {
				at = r.nameAt
			}
			first := r.tokenAt(m.Span.Start)
			for t := first; t < min(len(r.tokens), first+maxMention) && r.tokens[t].Span.Start < m.Span.End; t++ {
				at[t] = int32(len(r.mentions))
			}
		}
	}
}

// text is token i as written.
func (r *reading) text(i int) string {
	s := r.tokens[i].Span
	return r.a.Raw[s.Start:s.End]
}

// tokenAt is the first token that ends behind byte b; len(tokens) for none.
func (r *reading) tokenAt(b int) int {
	return sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].Span.End > b })
}

// bounds gives the sentence of token i, as a half-open range of tokens.
func (r *reading) bounds(i int) (first, last int) {
	s := &r.a.Sentences[r.sentence[i]]
	return s.First, s.Last
}

// block is the block of token i.
func (r *reading) block(i int) int { return r.a.Sentences[r.sentence[i]].Block }

// head is the token on which i hangs, -1 for a root.
func (r *reading) head(i int) int {
	first, last := r.bounds(i)
	h := r.tokens[i].Head
	if h <= 0 || first+h > last {
		return -1
	}
	return first + h - 1
}

// related tells whether the relation of token i is rel or a subtype of it.
func (r *reading) related(i int, rel string) bool {
	d := r.tokens[i].Deprel
	return d == rel || len(d) > len(rel) && d[:len(rel)] == rel && d[len(rel)] == ':'
}

func (r *reading) feature(i int, want string) bool { return strings.Contains(r.tokens[i].Feats, want) }

func (r *reading) is(kind lang.QuoteWord, i int) bool { return r.words.Is(kind, r.lower[i]) }

func (r *reading) punct(i int) bool { return r.tokens[i].UPOS == "PUNCT" }

func (r *reading) finite(i int) bool {
	return r.feature(i, "VerbForm=Fin") && (r.tokens[i].UPOS == "VERB" || r.tokens[i].UPOS == "AUX")
}

// span covers the tokens [first,last).
func (r *reading) span(first, last int) document.Span {
	return document.Span{Start: r.tokens[first].Span.Start, End: r.tokens[last-1].Span.End}
}

// counted tells how many words, and whether a finite verb, the tokens [first,last) hold.
func (r *reading) counted(first, last int) (words int, verb bool) {
	for i := first; i < last; i++ {
		if !r.punct(i) {
			words++
			verb = verb || r.finite(i)
		}
	}
	return words, verb
}

// trimmed takes punctuation off both ends of the tokens [first,last): marks of
// quotations stay where both halves are inside.
func (r *reading) trimmed(first, last int) (int, int) {
	for first < last && r.punct(first) && r.opensInside(first, last) < 0 {
		first++
	}
	for first < last && r.punct(last-1) && !r.closesInside(first, last) {
		last--
	}
	return first, last
}

// opensInside is the pair that token i opens, where its other half stands before
// last; -1 otherwise.
func (r *reading) opensInside(i, last int) int {
	if p := r.inPair[i]; p > 0 && last > 0 {
		q := &r.pairs[p-1]
		if q.outer.Start == r.tokens[i].Span.Start && q.outer.End <= r.tokens[last-1].Span.End {
			return int(p - 1)
		}
	}
	return -1
}

func (r *reading) closesInside(first, last int) bool {
	p := r.inPair[last-1]
	if p == 0 {
		return false
	}
	q := &r.pairs[p-1]
	return q.outer.End == r.tokens[last-1].Span.End && q.outer.Start >= r.tokens[first].Span.Start
}

// speaks tells whether a block is of the article: what the site left in the text
// quotes nobody.
func (r *reading) speaks(block int) bool {
	if block < 0 || block >= len(r.a.Blocks) {
		return true
	}
	switch r.a.Blocks[block].Type {
	case document.Boilerplate, document.Teaser, document.Credit, document.Byline, document.Label, document.Dateline:
		return false
	}
	return true
}

// lastRune is the last character of s that is no space, 0 for none.
func lastRune(s string) rune {
	c, n := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, unicode.IsSpace))
	if n == 0 {
		return 0
	}
	return c
}

func firstRune(s string) rune {
	c, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return 0
	}
	return c
}

// ends tells whether a character ends a sentence.
func ends(c rune) bool { return c == '.' || c == '!' || c == '?' || c == '…' }
