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
	votes [len(types)]int
	words int
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
		b := at(r.a.Raw[n.span.Start:n.span.End])
		b.vote(n.typ, 1)
		b.words = n.last - n.first
		if b.words == 1 && n.typ != person && r.titled(n) {
			b.vote(person, titleVotes)
		}
		if n.typ == organisation && r.shortOfArea(n) {
			b.vote(place, titleVotes)
		}
		if n.typ == person && b.words > 1 && b.words < maxNameWords {
			at(r.text(n.last-1)).vote(person, 1)
		}
	}
	return ballots
}

// titleVotes is what an office or an age before a name says for a person, and a
// stretch of land before its short form for a place.
const titleVotes = 2

// shortOfArea tells whether n is a short form in brackets behind a stretch of land.
func (r *reading) shortOfArea(n *name) bool {
	from, _ := r.bounds(n.first)
	return n.first-2 >= from && n.last-n.first == 1 && r.text(n.first-1) == "(" && isAcronym(r.text(n.first)) && r.is(lang.Area, n.first-2)
}

// titled tells whether an office in the singular or an age stands right before n.
func (r *reading) titled(n *name) bool {
	from, _ := r.bounds(n.first)
	t := n.first - 1
	if t < from || r.nameAt[t] != 0 && r.named(t).typ != other {
		return false
	}
	if r.address(t) {
		return true
	}
	_, last, ok := r.officeWord(t)
	return ok && last == n.first && !r.plural(t)
}

// agreedType is the type that a name has by all that the article says of it.
func (r *reading) agreedType(n *name, ballots map[string]*ballot) string {
	text := r.a.Raw[n.span.Start:n.span.End]
	if typ := r.countryType(text); typ != "" && n.typ != person {
		return typ
	}
	b := ballots[text]
	typ, votes := b.top()
	if all := b.all(); all > 2 && 3*votes >= 2*all || all == 2 && votes == 2 {
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

// surely tells whether a capital at token i is that of a name: it does not open
// the sentence, or the word is tagged as a name.
func (r *reading) surely(i int) bool {
	return r.tokens[i].UPOS == "PROPN" || !r.startsSentence(i) && strings.IndexFunc(r.text(i), unicode.IsLower) > 0
}
