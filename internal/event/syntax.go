package event

import (
	"slices"

	"telex/internal/lang"
)

// fillers gives the tokens that stand in a slot of a candidate.
func (r *reading) fillers(c *candidate, slot string) []int {
	noun := c.pattern.Noun
	switch slot {
	case lang.SubjectSlot:
		return r.subjects(c)
	case lang.ObjectSlot:
		if noun {
			return nil
		}
		return r.objects(c)
	case lang.IndirectSlot:
		return r.indirect(c)
	case lang.PossessorSlot:
		return r.dependents(c, c.trigger, "nmod:poss")
	case lang.AdjectiveSlot:
		return r.adjectives(c)
	case lang.ClauseSlot:
		return r.clauses(c)
	case lang.FiniteSlot:
		return slices.DeleteFunc(r.clauses(c), func(t int) bool { return !r.finiteClause(t) })
	}
	return r.obliques(c, slot)
}

// indirect gives the indirect object, also where the tree has it as a second object
// beside that of the phrase: betaalde de slachtoffers smartengeld.
func (r *reading) indirect(c *candidate) []int {
	if out := r.dependents(c, c.clause, "iobj"); len(out) > 0 {
		return out
	}
	for _, t := range c.parts {
		switch h := r.head(t); {
		case r.exactly(t, "obj") && h == c.clause && r.carries(t):
			return []int{t}
		case r.exactly(t, "obj") && h == c.clause:
			if out := r.dependents(c, c.clause, "obj"); len(out) > 0 {
				return out
			}
		case h >= 0 && r.exactly(t, "nmod") && !r.anyCase(t) && r.head(h) == c.clause && r.rel(h, "obj", "iobj"):
			return []int{h} // the thing hangs on whom it is given to
		}
	}
	if out := r.given(c); out != nil {
		return out
	}
	return r.strayed(c)
}

// given is the first of two objects, or the object beside a clause, if it is a party:
// "zegt de boeren geld toe", "heeft de boeren beloofd te bouwen".
func (r *reading) given(c *candidate) []int {
	objects := r.dependents(c, c.clause, "obj")
	if len(objects) == 0 || c.passive {
		return nil
	}
	if len(objects) < 2 && len(r.dependents(c, c.clause, "xcomp", "ccomp")) == 0 {
		return nil
	}
	if len(r.partiesOf(objects[0], nil)) == 0 {
		return nil
	}
	return objects[:1]
}

// carries tells whether a noun for a party has the thing that is given to it hung on
// itself: bood de boeren excuses aan.
func (r *reading) carries(i int) bool {
	if _, ok := r.actorNoun(i); !ok {
		return false
	}
	for t := range r.children(i) {
		if t > i && r.exactly(t, "nmod") && r.upos(t, "NOUN") && !r.anyCase(t) {
			return true
		}
	}
	return false
}

// strayed gives a land that stands just behind the subject as if it were part of the
// name, where the verb goes before: "beloofde Trump Israël steun".
func (r *reading) strayed(c *candidate) []int {
	if c.passive {
		return nil
	}
	for _, s := range r.ownSubject(c, c.clause) {
		for t := range r.children(s) {
			if e := int(r.named[t]) - 1; s > c.clause && e >= 0 && r.named[t] != r.named[s] && r.exactly(t, "flat") && r.a.Entities[e].Type == "LOC" {
				return []int{t}
			}
		}
	}
	return nil
}

func (r *reading) dependents(c *candidate, of int, rels ...string) []int {
	var out []int
	for t := range r.children(of) {
		if slices.Contains(rels, r.tokens[t].Deprel) && !slices.Contains(c.parts, t) {
			out = append(out, t)
		}
	}
	return out
}

// subjects gives who does it: the subject of the clause, of the support verb, or
// of the verb that governs an infinitive; none in the passive.
func (r *reading) subjects(c *candidate) []int {
	if c.pattern.Noun && c.clause == c.trigger {
		return nil
	}
	if c.passive {
		if c.pattern.Noun || c.pattern.Transitive() || !r.perfect(c.clause) {
			return nil
		}
		return r.dependents(c, c.clause, "nsubj:pass", "nsubj") // is afgetreden
	}
	return r.subjectOf(c, c.clause, 0)
}

// perfect tells whether what was read as a passive may be the perfect of a verb that
// has it with the copula.
func (r *reading) perfect(v int) bool {
	for c := range r.children(v) {
		if r.perfectAux(c) {
			return true
		}
		if r.exactly(c, "conj") && c > v && r.has(c, "VerbForm=Part") {
			for g := range r.children(c) {
				if r.perfectAux(g) {
					return true // gemarteld en mishandeld zijn
				}
			}
		}
	}
	return false
}

func (r *reading) perfectAux(i int) bool {
	return r.rel(i, "aux") && r.words.Is(lang.PerfectWord, r.lemma[i])
}

// maxClimb bounds the verbs above a clause that are looked at.
const maxClimb = 6

func (r *reading) subjectOf(c *candidate, v, depth int) []int {
	if out := r.ownSubject(c, v); len(out) > 0 {
		return out
	}
	h := r.head(v)
	if h < 0 || depth >= maxClimb {
		return nil
	}
	if c.pattern.Predicate && v == c.clause {
		if s := r.bareSubject(v); s >= 0 {
			return []int{s}
		}
	}
	switch {
	case r.rel(v, "xcomp", "advcl", "ccomp", "acl") && !r.finite(v):
		if r.rel(v, "acl") && r.upos(h, "NOUN", "PROPN") {
			return r.subjectOfNoun(c, h, depth)
		}
		if r.is(lang.ObjectControlWord, h) && !r.tells(v, h) {
			if out := r.dependents(c, h, "obj", "iobj", "nsubj:pass"); len(out) > 0 {
				return out
			}
		}
		if out := r.dependents(c, h, "nsubj:pass"); len(out) > 0 && r.rel(v, "xcomp") {
			return out
		}
		return r.subjectOf(c, h, depth+1)
	case r.rel(v, "conj", "parataxis") && r.upos(h, "VERB", "AUX", "ADJ"):
		if out := r.subjectOf(c, h, depth+1); len(out) > 0 {
			return out
		}
		return r.dependents(c, h, "nsubj:pass")
	case r.exactly(v, "cop") || r.exactly(v, "aux"):
		return r.subjectOf(c, h, depth+1)
	}
	return nil
}

// ownSubject is the subject of v itself, also where it is one of the nouns that a
// pattern wants beside the verb.
func (r *reading) ownSubject(c *candidate, v int) []int {
	var number []int
	for t := range r.children(v) {
		if !r.rel(t, "nsubj", "csubj") || r.exactly(t, "nsubj:pass") || t == c.trigger {
			continue
		}
		if slices.Contains(c.parts, t) {
			if s := r.subjectBehind(t); s >= 0 {
				return []int{s}
			}
		}
		if !r.upos(t, "NUM") {
			return []int{t} // a second one is an object
		}
		number = []int{t} // duizenden ouders, side by side
	}
	return number
}

// subjectBehind is the party behind the verb that a tree has as the object of a
// thing before it: "Een ultimatum heeft de directie niet gesteld"; -1 for none.
func (r *reading) subjectBehind(t int) int {
	h := r.head(t)
	if h < t || h-t > window || !r.exactly(t, "nsubj") || r.passive(h) {
		return -1
	}
	if _, ok := r.actorNoun(t); ok || r.named[t] > 0 {
		return -1
	}
	for s := range r.children(h) {
		if s > h+window {
			break
		}
		if s > t && r.exactly(s, "obj") && !r.anyCase(s) && len(r.partiesOf(s, nil)) > 0 {
			return s
		}
	}
	return -1
}

// tells tells whether an infinitive stands beside another that only says that it is
// told: liet Madrid weten de banden te verbreken.
func (r *reading) tells(v, h int) bool {
	for t := range r.children(h) {
		if t != v && r.exactly(t, "xcomp") && r.is(lang.KnowWord, t) {
			return true
		}
	}
	return false
}

// subjectOfNoun is who does what an infinitive behind a noun says: the owner of
// the plan, or the subject of the clause that holds it.
func (r *reading) subjectOfNoun(c *candidate, noun, depth int) []int {
	if out := r.dependents(c, noun, "nmod:poss"); len(out) > 0 {
		return out
	}
	if h := r.head(noun); h >= 0 && r.rel(noun, "obj", "obl", "nsubj") {
		return r.subjectOf(c, h, depth+1)
	}
	return nil
}

// objects gives whom it is done to: the object, or the subject of the passive, or
// the noun of a participle.
func (r *reading) objects(c *candidate) []int {
	v := c.clause
	if c.passive {
		for steps := 0; v >= 0 && steps < maxClimb; steps++ {
			if out := r.dependents(c, v, "nsubj:pass", "nsubj"); len(out) > 0 {
				return out
			}
			if r.attributive(v) {
				if h := r.head(v); h >= 0 {
					return []int{h}
				}
			}
			if !r.rel(v, "conj", "xcomp") {
				break
			}
			v = r.head(v)
		}
		return r.dependents(c, c.clause, "obj")
	}
	out := r.dependents(c, v, "obj")
	if len(out) == 0 { // an object that the tree hangs on as another dependent
		for t := range r.children(v) {
			if r.exactly(t, "iobj") && !slices.Contains(c.parts, t) {
				out = append(out, t)
			}
		}
	}
	if len(out) == 0 {
		if two := r.dependents(c, v, "nsubj"); len(two) > 1 {
			return slices.DeleteFunc(two[1:], func(t int) bool { return r.upos(t-1, "NUM") && r.head(t-1) == v })
		}
	}
	if len(out) == 0 && r.nominal(v) {
		return r.obliqueOf(c, v, lang.OriginWord)
	}
	if len(out) == 0 {
		for _, t := range c.parts { // dreigt Iran te vernietigen
			if r.exactly(t, "xcomp") && r.head(t) == v {
				return r.dependents(c, t, "obj")
			}
		}
	}
	return slices.DeleteFunc(out, func(t int) bool { return r.is(lang.EachOtherWord, t) || r.words.Is(lang.ReflexiveWord, r.lower[t]) })
}

// nominal tells whether an infinitive is used as a noun: het vrijlaten van.
func (r *reading) nominal(i int) bool {
	for c := range r.children(i) {
		if r.exactly(c, "det") {
			return true
		}
	}
	return false
}

func (r *reading) obliqueOf(c *candidate, v int, kind lang.EventWord) []int {
	var out []int
	for t := range r.children(v) {
		if !r.rel(t, "nmod", "obl") || slices.Contains(c.parts, t) {
			continue
		}
		for g := range r.children(t) {
			if r.rel(g, "case") && r.words.Is(kind, r.lower[g]) {
				out = append(out, t)
			}
		}
	}
	return out
}

// obliques gives what stands behind a preposition: under the verb, under the parts
// of its phrase, under the noun, and under an object that is no party.
func (r *reading) obliques(c *candidate, prep string) []int {
	nodes := []int{c.clause}
	if c.trigger != c.clause {
		nodes = append(nodes, c.trigger)
	}
	nodes = append(nodes, c.parts...)
	if c.pattern.Predicate {
		if s := r.bareSubject(c.clause); s >= 0 {
			nodes = append(nodes, s) // Vakbond boos op minister
		}
	}
	if c.pattern.Noun && !r.words.Is(lang.OriginWord, prep) {
		for t := range r.children(c.trigger) {
			if r.exactly(t, "nmod") || t == c.trigger+1 && r.exactly(t, "appos") {
				nodes = append(nodes, t) // de vrijlating van X door Y, where Y hangs on X
			}
		}
	}
	if !c.pattern.Noun && !r.words.Is(lang.OriginWord, prep) {
		for t := range r.children(c.clause) {
			if r.rel(t, "obj", "obl", "advmod") && !slices.Contains(c.parts, t) {
				nodes = append(nodes, t)
			}
		}
	}
	var out []int
	for _, v := range nodes {
		if v == c.clause && c.clause != c.trigger && c.pattern.Noun && r.words.Is(lang.OriginWord, prep) {
			continue // "kreeg van Trump" is not "een bezoek van"
		}
		for t := range r.children(v) {
			if r.rel(t, "obl", "nmod", "advmod", "xcomp", "advcl", "acl", "ccomp", "nsubj", "obj", "conj") && r.hasCase(t, prep) && !slices.Contains(c.parts, t) && !slices.Contains(out, t) && t != c.trigger {
				out = append(out, t)
			}
		}
	}
	switch {
	case len(out) > 0:
	case r.words.Is(lang.AgentWord, prep) && r.attributive(c.clause):
		return r.agentBefore(c.clause)
	case c.pattern.Noun && c.clause == c.trigger:
		return r.justBehind(c.trigger, prep)
	}
	return out
}

// justBehind is what stands with its preposition just behind a noun, but hangs on
// the verb of both, or on the preposition of both: "na overleg met de politie verbood
// de burgemeester", "in overleg met de boeren".
func (r *reading) justBehind(noun int, prep string) []int {
	next := noun + 1
	if next >= len(r.tokens) || r.lower[next] != prep || r.sentence[next] != r.sentence[noun] {
		return nil
	}
	h := r.head(noun)
	switch t := r.head(next); {
	case h < 0 || t < 0:
	case r.rel(noun, "obl") && r.rel(next, "case") && t > next && r.head(t) == h && r.rel(t, "obl"):
		return []int{t}
	case r.exactly(noun, "fixed") && t == h && r.head(h) > next:
		return []int{r.head(h)}
	}
	return nil
}

// agentBefore is who stands behind door just before a participle and its noun,
// wherever the tree has it: de door de vakbond geëiste verhoging.
func (r *reading) agentBefore(v int) []int {
	for t := v - 1; t >= 0 && v-t <= nearAgent && r.sentence[t] == r.sentence[v]; t-- {
		if r.words.Is(lang.AgentWord, r.lower[t]) {
			if h := r.head(t); h > t && h < v {
				return []int{h}
			}
			return nil
		}
	}
	return nil
}

// nearAgent is how many words before a participle its doer stands.
const nearAgent = 6

// adjectives gives what says of which land a noun is: Amerikaanse.
func (r *reading) adjectives(c *candidate) []int {
	var out []int
	for t := range r.children(c.trigger) {
		if r.rel(t, "amod") && (r.adjective(t) != "" || r.bothLands(t) != nil) {
			out = append(out, t)
		}
	}
	return out
}

// clauses gives the clauses and infinitives that say the content.
func (r *reading) clauses(c *candidate) []int {
	if h := r.head(c.clause); h >= 0 && r.exactly(c.clause, "aux") {
		return []int{h} // what somebody moet doen
	}
	if c.pattern.Predicate && c.trigger != c.clause && r.upos(c.clause, "VERB") && r.intends(c.clause) {
		return []int{c.clause} // is van plan te gaan
	}
	out := r.dependents(c, c.clause, "ccomp", "xcomp", "csubj")
	for _, t := range r.dependents(c, c.clause, "advcl") {
		if !r.finite(t) {
			out = append(out, t)
		}
	}
	if c.trigger != c.clause {
		out = append(out, r.dependents(c, c.trigger, "acl", "ccomp", "xcomp")...)
	} else if c.pattern.Noun {
		out = append(out, r.dependents(c, c.trigger, "acl")...)
	}
	for _, t := range c.parts {
		out = append(out, r.dependents(c, t, "acl", "ccomp", "xcomp", "acl:relcl")...)
	}
	return slices.DeleteFunc(out, func(t int) bool { return r.conditional(t) })
}

// finiteClause tells whether the verb of a clause is finite, by itself or by its
// auxiliary.
func (r *reading) finiteClause(v int) bool {
	if r.finite(v) {
		return true
	}
	for c := range r.children(v) {
		if r.rel(c, "aux", "cop") && r.finite(c) {
			return true
		}
	}
	return false
}

// conditional tells whether a clause begins with a word such as als.
func (r *reading) conditional(v int) bool {
	for c := range r.children(v) {
		if r.rel(c, "mark", "advmod") && r.words.Is(lang.IfWord, r.lower[c]) {
			return true
		}
	}
	return false
}
