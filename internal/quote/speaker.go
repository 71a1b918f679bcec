package quote

import (
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
)

// Limits of what is looked at around a cue, in words.
const (
	maxClimb  = 5  // from a verb up to the one that has its subject
	maxPhrase = 12 // of a speaker
	maxClause = 40 // of a clause before a quotation
	near      = 20 // between a verb and what it governs
)

// subject is the token that heads the subject of the verb at v, -1 for none.
func (r *reading) subject(v int) int {
	for range maxClimb {
		if s := r.ownSubject(v); s >= 0 {
			return r.antecedent(s, v)
		}
		h := r.head(v)
		if h < 0 {
			return -1
		}
		switch {
		case r.related(v, "aux"), r.related(v, "cop"), r.related(v, "xcomp"), r.related(v, "conj"), r.related(v, "compound"):
		case r.related(v, "ccomp") && !r.finite(v), r.related(v, "advcl") && !r.finite(v), r.related(v, "fixed"):
		default:
			return -1
		}
		v = h
	}
	return -1
}

// ownSubject is the subject among the words that hang on v. A pronoun that points
// back to a statement is what is said, not who says it.
func (r *reading) ownSubject(v int) int {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		i := int(c)
		if r.tokens[i].Deprel != "nsubj" || r.inPair[i] != 0 && r.inPair[v] == 0 {
			continue
		}
		if r.is(lang.PointingWord, i) && !r.is(lang.RelativeWord, i) {
			continue
		}
		if r.is(lang.PointingWord, i) && r.relativeClause(v) < 0 {
			continue
		}
		return i
	}
	return -1
}

// relativeClause is the noun of which the clause of v says more, -1 for none.
func (r *reading) relativeClause(v int) int {
	for range maxClimb {
		if r.related(v, "acl") {
			return r.head(v)
		}
		if !r.related(v, "aux") && !r.related(v, "cop") && !r.related(v, "xcomp") && !r.related(v, "conj") {
			return -1
		}
		if v = r.head(v); v < 0 {
			return -1
		}
	}
	return -1
}

// antecedent is what a relative pronoun s, subject of v, stands for; other words
// stand for themselves.
func (r *reading) antecedent(s, v int) int {
	if r.tokens[s].UPOS == "PRON" && r.is(lang.RelativeWord, s) {
		if n := r.relativeClause(v); n >= 0 && n < s {
			return n
		}
	}
	return s
}

// following is the head of the phrase that begins at i: a name, pronoun or noun;
// -1 for none.
func (r *reading) following(i int) int {
	if i >= len(r.tokens) {
		return -1
	}
	_, last := r.bounds(i)
	for t := i; t < min(last, i+maxPhrase); t++ {
		switch r.tokens[t].UPOS {
		case "NOUN":
			return t
		case "PROPN", "PRON":
			if h := r.head(t); h > t && h < i+maxPhrase && r.tokens[h].UPOS == "NOUN" && (r.related(t, "det") || r.related(t, "amod") || r.related(t, "nmod")) {
				continue
			}
			if r.tokens[t].UPOS == "PRON" && !r.personal(t) && !r.is(lang.SelfWord, t) && !r.is(lang.AnyoneWord, t) {
				return -1
			}
			return t
		case "DET", "ADJ", "NUM", "ADV", "SYM", "X":
		case "CCONJ":
			if r.tokens[t-1].UPOS != "X" { // the half of a compound: "in- en uitvoer"
				return -1
			}
		case "VERB":
			if !r.related(t, "amod") {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// speakerAt is the one for whom the phrase with the head h stands.
func (r *reading) speakerAt(h int) speaker {
	if h < 0 {
		return nobody
	}
	c := r.apposed(h)
	if m := r.nameAt[h]; m > 0 && (c < 0 || r.speaksOften(m)) {
		return r.mentioned(h, m)
	}
	if c >= 0 {
		return r.mentioned(c, r.nameAt[c])
	}
	if m := r.nounAt[h]; m > 0 && r.speaksOften(m) {
		return r.mentioned(h, m)
	}
	first, last := r.phrase(h)
	if h+1 < len(r.tokens) && r.sentence[h+1] == r.sentence[h] && r.tokens[h].UPOS == "NOUN" {
		if m := r.nameAt[h+1]; m > 0 && r.speaksOften(m) {
			return r.mentioned(h+1, m)
		}
	}
	for t := h + 2; t < last; t++ {
		if m := r.nameAt[t]; m > 0 && r.nameAt[t-1] != m && r.speaksOften(m) && !r.governsName(t-1) {
			return r.mentioned(t, m)
		}
	}
	s := speaker{token: h, span: r.span(first, last), entity: -1}
	if e, ok := r.calledSo[r.lower[h]]; ok && e >= 0 && r.definite(h) {
		s.entity = e
	}
	return s
}

// definite tells whether the noun h stands for someone already known.
func (r *reading) definite(h int) bool {
	if r.feature(h, "Number=Plur") {
		return false
	}
	for c := r.first[h]; c >= 0; c = r.next[c] {
		if r.feature(int(c), "Definite=Def") {
			return true
		}
	}
	return false
}

// learnNouns notes by which nouns the text calls the people whom it names: "viroloog
// Els Bos", "Els Bos, viroloog te Grauwdorp", "Els Bos is viroloog". A noun for two
// of them says nothing.
func (r *reading) learnNouns() {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.form != "name" || r.a.Entities[m.entity].Type != "PER" {
			continue
		}
		t := r.tokenAt(m.span.Start)
		if t >= len(r.tokens) {
			continue
		}
		if h := r.head(t); h >= 0 && (r.related(t, "appos") || r.related(t, "flat") || r.related(t, "nsubj") && r.copula(h)) {
			r.callSo(h, m.entity)
		}
		for c := r.first[t]; c >= 0; c = r.next[c] {
			if r.related(int(c), "appos") {
				r.callSo(int(c), m.entity)
			}
		}
	}
}

func (r *reading) callSo(noun, entity int) {
	if r.tokens[noun].UPOS != "NOUN" || r.feature(noun, "Number=Plur") {
		return
	}
	if old, ok := r.calledSo[r.lower[noun]]; ok && old != entity {
		entity = -1
	}
	r.calledSo[r.lower[noun]] = entity
}

func (r *reading) copula(h int) bool {
	for c := r.first[h]; c >= 0; c = r.next[c] {
		if r.related(int(c), "cop") {
			return true
		}
	}
	return false
}

// governsName tells whether token i makes the name behind it a part of another
// phrase: "de woordvoerder van premier Rutte", unlike "minister van Justitie Rutte".
func (r *reading) governsName(i int) bool {
	u := r.tokens[i].UPOS
	return u != "NOUN" && u != "PROPN" || r.personNoun(i)
}

// speaksOften tells whether mention m is of a person or body.
func (r *reading) speaksOften(m int32) bool {
	t := r.a.Entities[r.mentions[m-1].entity].Type
	return t == "PER" || t == "ORG"
}

func (r *reading) mentioned(token int, m int32) speaker {
	return speaker{token: token, span: r.mentions[m-1].span, entity: r.mentions[m-1].entity}
}

// apposed is the name of a person or body that stands beside the noun h, -1 for none.
func (r *reading) apposed(h int) int {
	for c := r.first[h]; c >= 0; c = r.next[c] {
		i := int(c)
		m := r.nameAt[i]
		if i < h || m == 0 {
			continue
		}
		if !r.speaksOften(m) {
			continue
		}
		if r.related(i, "appos") || r.related(i, "flat") || r.related(i, "nmod") && i == h+1 {
			return i
		}
	}
	return -1
}

// phrase gives the tokens of the phrase of h that has no name: articles and
// adjectives before it, and what hangs on it by a preposition right behind.
func (r *reading) phrase(h int) (first, last int) {
	first, last = h, h+1
	for t := h - 1; t >= max(0, h-maxPhrase) && r.head(t) >= 0 && r.sentence[t] == r.sentence[h]; t-- {
		if u := r.tokens[t].UPOS; u != "DET" && u != "ADJ" && u != "NUM" && u != "PROPN" && !r.feature(t, "Poss=Yes") && !(u == "VERB" && r.related(t, "amod")) || int(r.low[h]) > t {
			break
		}
		first = t
	}
	for c := r.first[h]; c >= 0; c = r.next[c] {
		if i := int(c); r.related(i, "nmod") && int(r.low[i]) == last && int(r.high[i]) < h+maxPhrase {
			last = int(r.high[i]) + 1
		}
	}
	return first, last
}

// human tells whether the phrase with the head h stands for someone who can speak.
func (r *reading) human(h int) bool {
	if h < 0 {
		return false
	}
	if t := r.tokens[h]; t.UPOS == "PRON" {
		return r.personal(h)
	}
	if s := r.speakerAt(h); s.entity >= 0 {
		t := r.a.Entities[s.entity].Type
		return t == "PER" || t == "ORG"
	}
	word := r.lower[h]
	if r.people.Organisation(word) {
		return true
	}
	return r.personNoun(h)
}

func (r *reading) personNoun(h int) bool {
	if _, address, ok := r.people.Person(r.lower[h]); ok && !address {
		return true
	}
	_, ok := r.people.Office(r.text(h))
	return ok
}

// personal tells whether the pronoun at i stands for a third person.
func (r *reading) personal(i int) bool {
	_, ok := r.people.Pronoun(r.lower[i])
	return ok && !r.feature(i, "Poss=Yes") && !r.related(i, "nmod")
}

// self tells whether the speaker is the writer or the reader, or nobody in particular.
func (r *reading) self(s speaker) bool {
	return s.token >= 0 && (r.is(lang.SelfWord, s.token) || r.is(lang.AnyoneWord, s.token))
}

// resolve gives a pronoun that the article's entities leave open the last speaker
// who agrees, or whom the sentences before tell of: a person, or the description
// of one whom no name names, which then stands in the place of the pronoun.
func (r *reading) resolve(s speaker, before []*item) speaker {
	if s.token < 0 || s.entity >= 0 || r.tokens[s.token].UPOS != "PRON" {
		return s
	}
	p, ok := r.people.Pronoun(r.lower[s.token])
	if !ok || p.Plural && r.pluralVerb(s.token) {
		return s
	}
	for k := len(before) - 1; k >= max(0, len(before)-3); k-- {
		o := before[k].speaker
		if o.token < 0 || o.token > s.token || r.sentence[s.token]-r.sentence[o.token] > maxSentences {
			continue
		}
		if o.entity >= 0 && r.agrees(o.entity, p) {
			s.entity = o.entity
			return s
		}
		if o.entity < 0 && (r.describes(o.token, p) || r.someone(o.token)) {
			return o
		}
	}
	return r.referent(s, p)
}

// referent is the person or description that stands last, and best as a subject,
// before the pronoun s.
func (r *reading) referent(s speaker, p lang.Pronoun) speaker {
	at := int(r.sentence[s.token])
	for k := at; k >= max(0, at-2); k-- {
		from := &r.a.Sentences[k]
		best, score := -1, 0
		for t := max(from.First, s.token-maxBack); t < min(from.Last, s.token); t++ {
			if r.inSpeech[t] != 0 || !r.agreesAt(t, p) {
				continue
			}
			if n := r.prominence(t); n > 0 && n >= score {
				best, score = t, n
			}
		}
		if best < 0 {
			continue
		}
		found := r.speakerAt(best)
		if found.entity < 0 {
			return found
		}
		s.entity = found.entity
		return s
	}
	return s
}

// agreesAt tells whether the name or noun at t may be meant by the pronoun p.
func (r *reading) agreesAt(t int, p lang.Pronoun) bool {
	if m := r.nameAt[t]; m > 0 {
		return r.agrees(r.mentions[m-1].entity, p)
	}
	return r.describes(t, p)
}

// describes tells whether the noun at t stands for a person who may be meant by p.
func (r *reading) describes(t int, p lang.Pronoun) bool {
	if r.tokens[t].UPOS != "NOUN" || r.feature(t, "Number=Plur") || !r.personNoun(t) {
		return false
	}
	g, _, ok := r.people.Person(r.lower[t])
	if !ok {
		o, _ := r.people.Office(r.text(t))
		g = o.Gender
	}
	return g == lang.AnyGender || p.Gender == lang.AnyGender || g == p.Gender
}

// someone tells whether the noun at t, which has spoken, stands for a single person
// of a kind that the tables do not know.
func (r *reading) someone(t int) bool {
	_, known := r.people.Office(r.text(t))
	_, _, person := r.people.Person(r.lower[t])
	return r.tokens[t].UPOS == "NOUN" && !known && !person && !r.feature(t, "Number=Plur") && r.feature(t, "Gender=Com") && !r.people.Organisation(r.lower[t])
}

// maxBack is how many words are looked back for the one of whom a pronoun speaks.
const maxBack = 80

func (r *reading) pluralVerb(i int) bool {
	h := r.head(i)
	if h < 0 || !r.related(i, "nsubj") {
		return false
	}
	if r.finite(h) {
		return r.feature(h, "Number=Plur")
	}
	for c := r.first[h]; c >= 0; c = r.next[c] {
		if r.finite(int(c)) {
			return r.feature(int(c), "Number=Plur")
		}
	}
	return false
}

func (r *reading) agrees(e int, p lang.Pronoun) bool {
	entity := &r.a.Entities[e]
	if entity.Type != "PER" {
		return false
	}
	given, _, _ := strings.Cut(entity.Name, " ")
	g := r.people.Given(given)
	return g == lang.AnyGender || p.Gender == lang.AnyGender || g == p.Gender
}

// introduced is the one whom the text before token t, outside quotations, has
// just introduced: the subject of the nearest sentence, or whom it names last. The
// score says how clearly.
func (r *reading) introduced(t int) (found speaker, score int) {
	s := int(r.sentence[t])
	found = nobody
	for k := s; k >= max(0, s-maxSentences); k-- {
		from := &r.a.Sentences[k]
		if !r.speaks(from.Block) || k < s && r.titled(from.Block) && !r.titled(r.block(t)) {
			continue
		}
		best, clear := r.prominent(from.First, min(from.Last, t))
		if clear >= asSpeaker {
			return r.speakerAt(best), clear
		}
		if best >= 0 && found.token < 0 {
			found, score = r.speakerAt(best), clear
		}
	}
	return found, score
}

const (
	maxSentences = 4 // that are looked back for a speaker
	asSpeaker    = 6 // score of one who is taken at once
	asIntroduced = 5 // score of one who takes the word from the speaker before
)

func (r *reading) titled(block int) bool {
	if block >= len(r.a.Blocks) {
		return false
	}
	t := r.a.Blocks[block].Type
	return t == document.Title || t == document.Heading || t == document.Caption
}

// prominent is the most likely speaker among the tokens [first,last) outside
// quotations, with a score; -1 for none.
func (r *reading) prominent(first, last int) (best, score int) {
	best = -1
	for i := first; i < last; i++ {
		if r.inSpeech[i] != 0 || r.inPair[i] != 0 {
			continue
		}
		if s := r.prominence(i); s > 0 && s >= score {
			best, score = i, s
		}
	}
	return best, score
}

// prominence says how likely token i is the next to speak; 0 for not at all.
func (r *reading) prominence(i int) int {
	s := 0
	switch t := r.tokens[i].UPOS; {
	case r.nameAt[i] > 0:
		switch m := r.mentions[r.nameAt[i]-1]; r.a.Entities[m.entity].Type {
		case "PER":
			s = 5
		case "ORG":
			s = 1
		}
	case t == "PRON" && r.personal(i) && !r.pluralVerb(i):
		s = 5
	case t == "NOUN" && r.nounAt[i] > 0 && r.a.Entities[r.mentions[r.nounAt[i]-1].entity].Type == "PER":
		s = 4
	case t == "NOUN" && !r.feature(i, "Number=Plur") && r.personNoun(i):
		s = 3
	}
	if s == 0 {
		return 0
	}
	top := r.top(i)
	switch {
	case r.related(top, "nsubj"):
		s += 3
		if h := r.head(top); h >= 0 && (r.head(h) < 0 || r.related(h, "conj")) {
			s++
		}
	case r.related(top, "root"):
		s += 2
	case r.related(top, "nmod"):
		s -= 2
	}
	return s
}

// top is the head of the phrase of which token i is the name.
func (r *reading) top(i int) int {
	for range maxClimb {
		h := r.head(i)
		if h < 0 || !r.related(i, "flat") && !r.related(i, "appos") {
			break
		}
		i = h
	}
	return i
}
