package entity

import (
	"strings"
	"unicode"

	"telex/internal/lang"
)

// types in the order in which they win where votes are equal.
var types = [...]string{person, place, organisation, other}

// ballot is what the names of an article say of one text.
type ballot struct {
	votes  [len(types)]int
	words  int
	family bool // it ends the full name of a person
}

func (b *ballot) all() int {
	n := 0
	for _, v := range b.votes {
		n += v
	}
	return n
}

// top is the type with most votes.
func (b *ballot) top() (typ string, votes int) {
	best := 0
	for i, v := range b.votes {
		if v > b.votes[best] {
			best = i
		}
	}
	return types[best], b.votes[best]
}

func (b *ballot) vote(typ string, n int) {
	for i, t := range types {
		if t == typ {
			b.votes[i] += n
		}
	}
}

const (
	maxRepeat  = 6 // words of a name that is looked for where no label is
	minFamily  = 4 // bytes of a family name that opens a sentence without a label
	minCountry = 4 // bytes of a country's name or adjective that needs no label
)

// agreeNames lets what the article shows clearly decide the rest: the type that
// most names of the same letters have, the family name of a person named in full;
// names without a label that have one elsewhere; and the tables of countries. It
// reads the names again.
func (r *reading) agreeNames() {
	r.mendNames()
	ballots := r.ballots()
	for i := range r.names {
		n := &r.names[i]
		n.typ = r.agreedType(n, ballots)
	}
	r.repeats(ballots)
}

// ballots counts the types of the names by their text. The last word of a person
// named in full votes for the names that are that word alone.
func (r *reading) ballots() map[string]*ballot {
	ballots := make(map[string]*ballot, 64)
	at := func(text string) *ballot {
		b := ballots[text]
		if b == nil {
			b = &ballot{}
			ballots[text] = b
		}
		return b
	}
	for i := range r.names {
		n := &r.names[i]
		b := at(r.textOf(n))
		b.vote(n.typ, 1)
		b.words = n.last - n.first
		if typ := r.shownType(n); typ != "" && typ != n.typ {
			b.vote(typ, shownVotes)
		}
		if i+1 < len(r.names) && r.shortened(n, &r.names[i+1]) {
			at(r.textOf(n)).vote(organisation, shownVotes)
			at(r.textOf(&r.names[i+1])).vote(organisation, shownVotes)
		}
		if n.typ == person && b.words > 1 && b.words < maxNameWords {
			f := at(r.text(n.last - 1))
			f.vote(person, familyVotes)
			f.family = true
		}
	}
	return ballots
}

// agreedType is the type that a name has by all that the article says of it.
func (r *reading) agreedType(n *name, ballots map[string]*ballot) string {
	text := r.textOf(n)
	if typ := r.countryType(text); typ != "" && n.typ != person {
		return typ
	}
	b := ballots[text]
	typ, votes := b.top()
	all := b.all()
	if all > 2 && 3*votes >= 2*all || all == 2 && votes == 2 || b.family && typ == person && 2*votes > all {
		return typ
	}
	return n.typ
}

// countryType is the type of the name of a country or of its people; "" for others.
func (r *reading) countryType(text string) string {
	c, ok := r.countries.Find(text)
	if !ok {
		return ""
	}
	switch c.Kind {
	case lang.CountryByName:
		return place
	case lang.CountryByAdjective, lang.CountryByInhabitant:
		return other
	}
	return ""
}

// repeats adds names without a label, and puts all in text order again.
func (r *reading) repeats(ballots map[string]*ballot) {
	starts := map[string]int{} // the first word of a known text: the most words that one has
	for text, b := range ballots {
		first, _, _ := strings.Cut(text, " ")
		starts[first] = max(starts[first], b.words)
	}
	labelled := r.names
	r.names = make([]name, 0, len(labelled)+8)
	next := 0
	for i := 0; i < len(r.tokens); {
		if next < len(labelled) && labelled[next].first == i {
			n := labelled[next]
			next++
			if !r.addName(n.first, n.last, n.typ) {
				clear(r.nameAt[n.first:])
				return
			}
			i = n.last
			continue
		}
		last, typ := r.repeat(i, starts, ballots)
		if last > i && !r.addName(i, last, typ) {
			clear(r.nameAt[i:])
			return
		}
		i = max(last, i+1)
	}
}

// repeat finds the longest known name that begins at token i, where no label is.
func (r *reading) repeat(i int, starts map[string]int, ballots map[string]*ballot) (last int, typ string) {
	text := r.text(i)
	if !capital(text) || r.nameAt[i] != 0 {
		return i, ""
	}
	if len(text) >= minCountry && r.tokens[i].UPOS != "VERB" && r.surely(i) {
		if typ := r.countryType(text); typ != "" {
			return i + 1, typ
		}
	}
	if r.familyAlone(i, ballots) {
		return i + 1, person
	}
	_, end := r.bounds(i)
	for n := min(starts[text], maxRepeat, end-i); n > 0; n-- {
		if r.nameAt[i+n-1] != 0 {
			continue
		}
		span := r.span(i, i+n)
		b := ballots[r.a.Raw[span.Start:span.End]]
		if b == nil {
			continue
		}
		if typ, votes := b.top(); votes > 1 && (n > 1 || r.surely(i)) || votes == 1 && n > 1 {
			return i + n, typ
		}
	}
	return i, ""
}

// familyAlone tells whether token i opens a sentence with the family name of a
// person whom the article names in full, and is no word of the article besides.
func (r *reading) familyAlone(i int, ballots map[string]*ballot) bool {
	if !r.startsSentence(i) || r.small[r.lower[i]] {
		return false
	}
	text := r.text(i)
	for _, family := range []string{text, strings.TrimSuffix(text, "s")} {
		b := ballots[family]
		if b == nil || !b.family || len(family) < minFamily {
			continue
		}
		if typ, _ := b.top(); typ == person {
			return true
		}
	}
	return false
}

// surely tells whether a capital at token i is that of a name: it does not open
// the sentence, or the word is tagged as a name.
func (r *reading) surely(i int) bool {
	return r.tokens[i].UPOS == "PROPN" || !r.startsSentence(i) && strings.IndexFunc(r.text(i), unicode.IsLower) > 0
}
