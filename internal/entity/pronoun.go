package entity

import (
	"slices"
	"strings"

	"telex/internal/lang"
)

// Weights of an antecedent, after Lappin & Leass 1994; the weight of a sentence
// halves with each that lies between.
const (
	asSubject   = 80
	asObject    = 50
	asOther     = 30
	topic       = 20 // the first mention of its sentence
	asName      = 10
	sameRole    = 25 // as the pronoun itself
	possession  = 35 // the subject of the clause of a possessive pronoun
	oftenNamed  = 4  // for each mention before, up to oftenMost
	oftenMost   = 5
	otherVoice  = 60 // one of the two stands in a quotation
	maxBack     = 3  // sentences that are looked back
	maxReferent = 24 // mentions that are looked at
)

// referent is a mention, or another person in the text, to which a pronoun may
// refer.
type referent struct {
	entity *entity // nil for one whom no name names
	token  int
	gender lang.Gender
	name   bool
	first  bool // of its sentence
}

// findPronouns gives pronouns of the third person singular their entities.
func (r *reading) findPronouns() {
	all := r.referents()
	times := map[*entity]int{}
	next := 0
	var before []referent
	for i := range r.tokens {
		for next < len(all) && all[next].token < i {
			times[all[next].entity]++
			before = append(before, all[next])
			next++
		}
		p, possessive, ok := r.pronounAt(i)
		if !ok {
			continue
		}
		if r.looked++; r.looked >= maxPronouns {
			r.tooMany()
			return
		}
		if possessive && r.ofThing(i) {
			continue
		}
		c := r.antecedent(i, p, possessive, before[max(0, len(before)-maxReferent):], times)
		if c.entity != nil {
			c.entity.mentions = append(c.entity.mentions, mention{span: r.span(i, i+1), form: byPronoun, token: i})
			times[c.entity]++
			before = append(before, referent{entity: c.entity, token: i, gender: c.gender})
		}
	}
}

// pronounAt reads token i as a pronoun.
func (r *reading) pronounAt(i int) (p lang.Pronoun, possessive, ok bool) {
	t := &r.tokens[i]
	if t.UPOS != "PRON" && t.UPOS != "DET" {
		return p, false, false
	}
	p, ok = r.people.Pronoun(r.lower[i])
	if !ok || p.Plural && (r.taggedPlural(i) || r.verbIsPlural(i)) {
		return p, false, false
	}
	possessive = r.feature(i, "Poss=Yes")
	return p, possessive, possessive || !p.Owner
}

// taggedPlural tells whether the language's own tag of token i says that it is one
// of the plural.
func (r *reading) taggedPlural(i int) bool {
	for part := range strings.SplitSeq(r.tokens[i].XPOS, "|") {
		if r.people.Is(lang.PluralTag, part) {
			return true
		}
	}
	return false
}

// verbIsPlural tells whether the clause of a subject at i has its verb in the plural.
func (r *reading) verbIsPlural(i int) bool {
	h := r.head(i)
	if h < 0 {
		return false
	}
	if r.feature(h, "VerbForm=Fin") {
		return r.plural(h)
	}
	first, end := r.bounds(i)
	for t := max(first, h-maxClause); t < min(end, h+maxClause); t++ {
		if r.head(t) == h && (strings.HasPrefix(r.tokens[t].Deprel, "aux") || r.tokens[t].Deprel == "cop") && r.feature(t, "VerbForm=Fin") {
			return r.plural(t)
		}
	}
	return false
}

// ofThing tells whether the subject before a possessive pronoun, in its clause, is
// a single thing or place, whose the pronoun then mostly is: the river and its bed.
func (r *reading) ofThing(i int) bool {
	first, _ := r.bounds(i)
	for t := i - 1; t >= max(first, i-maxClause); t-- {
		if !strings.HasPrefix(r.tokens[t].Deprel, "nsubj") || !r.governs(t, i) {
			continue
		}
		if n := r.named(t); n != nil {
			return n.typ == place || n.typ == other && r.tokens[t].UPOS == "PROPN"
		}
		if r.tokens[t].UPOS != "NOUN" || r.plural(t) || r.told[t] {
			return false
		}
		_, _, isPerson := r.people.Person(r.lower[t])
		_, _, isOffice := r.officeWord(t)
		return !isPerson && !isOffice
	}
	return false
}

// referents lists in text order what a pronoun may refer to: people, bodies, and
// nouns for people whom no name names.
func (r *reading) referents() []referent {
	var all []referent
	for _, e := range r.entities {
		if e.typ != person && e.typ != organisation {
			continue
		}
		for i := range e.mentions {
			m := &e.mentions[i]
			all = append(all, referent{entity: e, token: m.token, gender: e.gender, name: m.form == byName})
		}
	}
	for i := range r.tokens {
		if r.told[i] || r.nameAt[i] != 0 || r.tokens[i].UPOS != "NOUN" || r.plural(i) {
			continue
		}
		if g, address, ok := r.people.Person(r.lower[i]); ok && !address {
			all = append(all, referent{token: i, gender: g})
		} else if o, _, ok := r.officeWord(i); ok {
			all = append(all, referent{token: i, gender: o.Gender})
		}
	}
	slices.SortStableFunc(all, func(a, b referent) int { return a.token - b.token })
	last := int32(-1)
	for i := range all {
		s := r.sentence[all[i].token]
		all[i].first = s != last
		last = s
	}
	return all
}

// antecedent chooses among the referents before the pronoun at i; the result has
// no entity where none agrees or the best has no name.
func (r *reading) antecedent(i int, p lang.Pronoun, possessive bool, before []referent, times map[*entity]int) referent {
	var best referent
	score := 0
	barred := r.barred(i, possessive, before)
	for k := len(before) - 1; k >= 0; k-- {
		c := before[k]
		away := int(r.sentence[i] - r.sentence[c.token])
		if away > maxBack {
			break
		}
		if slices.Contains(barred, c.entity) && c.entity != nil || !r.mayBe(i, p, possessive, &c) {
			continue
		}
		if s := r.weigh(i, possessive, &c, away, times[c.entity]); s > score {
			best, score = c, s
		}
	}
	if best.entity != nil {
		if best.entity.gender == lang.AnyGender && best.entity.typ == person {
			best.entity.gender = p.Gender
		}
		best.gender = best.entity.gender
	}
	return best
}

// mayBe tells whether c agrees with the pronoun at i and grammar lets it refer there.
func (r *reading) mayBe(i int, p lang.Pronoun, possessive bool, c *referent) bool {
	g := c.gender
	if c.entity != nil {
		g = c.entity.gender
		if c.entity.typ == organisation && (!possessive || p.Gender != lang.Male || !r.governs(c.token, i)) {
			return false
		}
	}
	if g != lang.AnyGender && p.Gender != lang.AnyGender && g != p.Gender {
		return false
	}
	return !possessive || r.head(i) != r.top(c.token)
}

// barred gives the entities that the pronoun at i cannot mean since they stand
// beside it with the same verb, or are the subject that its verb shares with
// another: only a reflexive would.
func (r *reading) barred(i int, possessive bool, before []referent) []*entity {
	verb := r.head(i)
	if possessive || verb < 0 {
		return nil
	}
	shared := verb
	for range maxShared {
		if rel := r.tokens[shared].Deprel; rel != "conj" && rel != "xcomp" || r.head(shared) < 0 || r.subjectOf(shared) >= 0 {
			break
		}
		shared = r.head(shared)
	}
	var out []*entity
	for k := len(before) - 1; k >= 0 && r.sentence[before[k].token] == r.sentence[i]; k-- {
		top := r.top(before[k].token)
		h := r.head(top)
		if top == verb || h == verb || h >= 0 && h == shared && strings.HasPrefix(r.tokens[top].Deprel, "nsubj") {
			out = append(out, before[k].entity)
		}
	}
	return out
}

// maxShared is how many verbs may share a subject.
const maxShared = 4

// top is the head of the phrase of token t: that of a whole name or title.
func (r *reading) top(t int) int {
	for range maxNameWords {
		h := r.head(t)
		if rel := r.tokens[t].Deprel; h < 0 || rel != "flat" && rel != "appos" && rel != "amod" && !strings.HasPrefix(rel, "flat:") && rel != "compound" {
			break
		}
		t = h
	}
	return t
}

// governs tells whether the mention at t is the subject of the clause of i.
func (r *reading) governs(t, i int) bool {
	t = r.top(t)
	if r.sentence[t] != r.sentence[i] || !strings.HasPrefix(r.tokens[t].Deprel, "nsubj") {
		return false
	}
	verb := r.head(t)
	for range maxClause {
		if i < 0 || i == verb {
			break
		}
		i = r.head(i)
	}
	return i >= 0 && i == verb
}

// weigh says how prominent c is for the pronoun at i.
func (r *reading) weigh(i int, possessive bool, c *referent, away, times int) int {
	rel := r.tokens[r.top(c.token)].Deprel
	s := asOther
	switch {
	case strings.HasPrefix(rel, "nsubj"):
		s = asSubject
	case rel == "obj" || rel == "iobj":
		s = asObject
	}
	if c.first {
		s += topic
	}
	if c.name {
		s += asName
	}
	if rel == r.tokens[i].Deprel {
		s += sameRole
	}
	if possessive && r.governs(c.token, i) {
		s += possession
	}
	s = s*4>>away + (c.token-i)/4
	s += oftenNamed * min(times, oftenMost)
	if r.inQuote[i] != r.inQuote[c.token] {
		s -= otherVoice
	}
	return s
}
