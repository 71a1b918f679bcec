package event

import (
	"sort"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/plover"
)

// reading is what is known of one article while its events are found. Trees are
// kept as lists of children; all indices are of Article.Tokens.
type reading struct {
	words     *lang.Events
	pack      lang.Pack
	a         *document.Article
	tokens    []document.Token
	lower     []string          // forms in lower case
	lemma     []string          // lemmas in one word, in lower case
	key       []string          // of each token what nounKey gives
	senses    []*lang.WordSense // what each token is about, nil where that is not known
	sentence  []int32           // the sentence of each token
	up        []int32           // the token on which each depends, -1 for none
	first     []int32           // the first child of each token, -1 for none
	next      []int32           // the next child of the same head, -1 for none
	named     []int32           // 1 + entity of the mention whose head the token is; names go before nouns
	inside    []int32           // 1 + entity of the name that holds the token
	parties   []entityParty
	homeLand  string // the country of the newspapers of the language, alpha-3
	home      string // where things happen if nothing says otherwise, alpha-3
	found     []*candidate
	sieve     lang.Sieve   // the words of the sentence at hand
	spare     *candidate   // laid by for the next pattern; nil for none
	loose     []*candidate // candidates of which a party is wanting
	nearest   []*candidate // of the patterns of one word that did not fit, of each type that of which most is there
	at        []int32      // 1 + index in found of the candidate whose trigger the token is
	timeAt    []int32      // 1 + index in Times
	quoteAt   []int32      // 1 + index in Quotes
	field     string       // of the article, where words of war mean none; or ""
	countries []placed
	people    []placed
	groups    []int32              // plural nouns that are parties, in text order
	single    []int32              // singular ones
	codes     map[plover.Code]bool // of all parties, as far as asked
	lands     map[int32]string     // where the things of a sentence happen, as far as asked
	owning    bool                 // while the owner of a noun is looked for

	resolved    []int32   // 1 + index in resolutions of the parties of each token, as far as asked
	resolutions [][]party // of tokens
}

// placed is an entity with the token that names it.
type placed struct{ token, entity int }

func newReading(pack lang.Pack, a *document.Article) *reading {
	n := len(a.Tokens)
	ints := make([]int32, 10*n)
	part := func(i int) []int32 { return ints[i*n : (i+1)*n : (i+1)*n] }
	r := &reading{lands: map[int32]string{}, words: pack.Events, pack: pack, a: a, tokens: a.Tokens, lower: make([]string, n), lemma: make([]string, n), key: make([]string, n), senses: make([]*lang.WordSense, n),
		sentence: part(0), first: part(1), next: part(2), named: part(3), inside: part(4), at: part(5), timeAt: part(6), quoteAt: part(7), up: part(8), resolved: part(9)}
	for i := range a.Tokens {
		t := &a.Tokens[i]
		r.lower[i] = strings.ToLower(a.Raw[t.Span.Start:t.Span.End])
		r.lemma[i] = strings.ToLower(strings.ReplaceAll(t.Lemma, "_", ""))
		r.key[i] = r.makeKey(i)
		r.first[i], r.next[i] = -1, -1
		if pack.Senses != nil {
			r.senses[i] = pack.Senses.Of(strings.ToLower(t.Lemma), t.UPOS)
		}
	}
	for i, s := range a.Sentences {
		for t := s.First; t < s.Last; t++ {
			r.sentence[t] = int32(i)
		}
	}
	r.placeHeads()
	for i := n - 1; i >= 0; i-- {
		if h := r.head(i); h >= 0 {
			r.next[i], r.first[h] = r.first[h], int32(i)
		}
	}
	r.placeMentions()
	r.placeSpans()
	r.codeEntities()
	r.findGroups()
	return r
}

// head is the token on which i depends, -1 for a root.
func (r *reading) head(i int) int { return int(r.up[i]) }

// placeHeads takes the heads from the trees. A preposition that a tree hangs on a noun
// behind another goes to that other, where this is the plain reading: "van aangifte
// tegen de wethouder", "op zijn pagina excuses".
func (r *reading) placeHeads() {
	for i := range r.tokens {
		s := &r.a.Sentences[r.sentence[i]]
		r.up[i] = -1
		if h := r.tokens[i].Head; h > 0 && s.First+h-1 < s.Last {
			r.up[i] = int32(s.First + h - 1)
		}
	}
	for i := range r.tokens {
		h := r.head(i)
		if h <= i || !r.exactly(i, "case") {
			continue
		}
		for t := i + 1; t < h && t-i <= nearNoun; t++ {
			if r.rel(t, "case") {
				break
			}
			if r.upos(t, "NOUN", "PROPN") && (r.head(h) == t || r.head(t) == h && r.exactly(t, "nmod")) {
				r.up[i] = int32(t)
				break
			}
		}
	}
}

// nearNoun is how many words behind a preposition its noun is looked for.
const nearNoun = 4

// children gives the dependents of i, in text order.
func (r *reading) children(i int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for c := r.first[i]; c >= 0; c = r.next[c] {
			if !yield(int(c)) {
				return
			}
		}
	}
}

// rel tells whether i depends by one of the relations, or a subtype of them.
func (r *reading) rel(i int, rels ...string) bool {
	have := r.tokens[i].Deprel
	for _, rel := range rels {
		if have == rel || len(have) > len(rel) && have[len(rel)] == ':' && have[:len(rel)] == rel {
			return true
		}
	}
	return false
}

// exactly tells whether i depends by just this relation.
func (r *reading) exactly(i int, rel string) bool { return r.tokens[i].Deprel == rel }

func (r *reading) is(kind lang.EventWord, i int) bool {
	return r.words.Is(kind, r.lower[i]) || r.words.Is(kind, r.lemma[i])
}

func (r *reading) upos(i int, tags ...string) bool {
	for _, tag := range tags {
		if r.tokens[i].UPOS == tag {
			return true
		}
	}
	return false
}

func (r *reading) plural(i int) bool { return strings.Contains(r.tokens[i].Feats, "Number=Plur") }

func (r *reading) text(i int) string {
	s := r.tokens[i].Span
	return r.a.Raw[s.Start:s.End]
}

// tokenAt is the first token that ends behind byte b.
func (r *reading) tokenAt(b int) int {
	return sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].Span.End > b })
}

// placeMentions finds the tokens that head the mentions of entities.
func (r *reading) placeMentions() {
	for _, names := range []bool{true, false} {
		for e := range r.a.Entities {
			for _, m := range r.a.Entities[e].Mentions {
				if (m.Form == "name") != names {
					continue
				}
				r.placeMention(e, m, names)
			}
		}
	}
}

func (r *reading) placeMention(e int, m document.Mention, name bool) {
	start := r.tokenAt(m.Span.Start)
	head := -1
	for t := start; t < len(r.tokens) && r.tokens[t].Span.Start < m.Span.End; t++ {
		if name {
			r.inside[t] = int32(e + 1)
		}
		if h := r.head(t); head < 0 && (h < 0 || r.tokens[h].Span.Start < m.Span.Start || r.tokens[h].Span.Start >= m.Span.End) {
			head = t
		}
	}
	if head >= 0 && r.named[head] == 0 {
		r.named[head] = int32(e + 1)
	}
}

// placeSpans finds the tokens of times and of quotations.
func (r *reading) placeSpans() {
	mark := func(s document.Span, at []int32, index int) {
		for t := r.tokenAt(s.Start); t < len(r.tokens) && r.tokens[t].Span.Start < s.End; t++ {
			at[t] = int32(index + 1)
		}
	}
	for i := range r.a.Times {
		mark(r.a.Times[i].Span, r.timeAt, i)
	}
	for i := range r.a.Quotes {
		mark(r.a.Quotes[i].Span, r.quoteAt, i)
	}
}

// findGroups lists what later plural pronouns may stand for, and the countries and
// office holders in the order in which they are named.
func (r *reading) findGroups() {
	for i := range r.tokens {
		if e := int(r.named[i]) - 1; e >= 0 {
			switch p := &r.parties[e]; {
			case p.person && p.code.Country != "":
				r.people = append(r.people, placed{i, e})
			case p.land:
				r.countries = append(r.countries, placed{i, e})
			}
		}
		if !r.upos(i, "NOUN") || !r.rel(i, "nsubj", "obj") {
			continue
		}
		if _, ok := r.words.Actor(r.nounKey(i)); ok {
			if r.plural(i) {
				r.groups = append(r.groups, int32(i))
			} else {
				r.single = append(r.single, int32(i))
			}
		}
	}
}

// nounKey is the lemma of a noun in one word, spelled as in the text where the
// lemma of a compound leaves out what joins its parts: vredesakkoord.
func (r *reading) nounKey(i int) string { return r.key[i] }

func (r *reading) makeKey(i int) string {
	lemma := r.tokens[i].Lemma
	cut := strings.LastIndexByte(lemma, '_')
	if cut < 0 {
		return r.lemma[i]
	}
	last := strings.ToLower(lemma[cut+1:])
	if at := strings.LastIndex(r.lower[i], last); at > 0 {
		return r.lower[i][:at] + last
	}
	return r.lemma[i]
}

// antecedent is the noun of which a relative clause says more, for the pronoun
// that begins it; else i.
func (r *reading) antecedent(i int) int {
	if !r.words.Is(lang.WhichWord, r.lower[i]) || !r.upos(i, "PRON", "DET") {
		return i
	}
	for v, steps := r.head(i), 0; v >= 0 && steps < 8; v, steps = r.head(v), steps+1 {
		if r.rel(v, "acl") {
			if h := r.head(v); h >= 0 && h < i {
				return h
			}
		}
	}
	return i
}

// joined gives i and what is coordinated with it.
func (r *reading) joined(i int, into []int) []int {
	into = append(into, i)
	for c := range r.children(i) {
		if r.exactly(c, "appos") { // het bedrijf Daimler en de vakbond, joined to the name
			for g := range r.children(c) {
				if r.exactly(g, "conj") && r.upos(g, "NOUN", "PROPN") && len(into) < maxParties {
					into = r.joined(g, into)
				}
			}
		}
		if r.exactly(c, "nmod") && r.named[c] > 0 && r.a.Entities[r.named[c]-1].Type == "LOC" && r.upos(i, "NOUN") {
			for g := range r.children(c) { // de generaals in Soedan en de oppositie
				if _, ok := r.actorNoun(g); ok && r.exactly(g, "conj") && r.upos(g, "NOUN") && len(into) < maxParties {
					into = r.joined(g, into)
				}
			}
		}
		if r.rel(c, "conj") && r.upos(c, "NOUN", "PROPN", "PRON", "ADJ", "NUM", "SYM", "X", "VERB") && len(into) < maxParties {
			into = r.joined(c, into)
		}
	}
	return into
}

// hasCase tells whether a preposition stands before i.
func (r *reading) hasCase(i int, prep string) bool {
	for c := range r.children(i) {
		if r.rel(c, "case", "mark") && r.lower[c] == prep {
			return true
		}
	}
	return false
}

func (r *reading) anyCase(i int) bool {
	for c := range r.children(i) {
		if r.rel(c, "case") {
			return true
		}
	}
	return false
}

// sorted bounds of the parties of one side.
const maxParties = 50
