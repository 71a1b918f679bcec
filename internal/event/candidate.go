package event

import (
	"slices"
	"strings"

	"telex/internal/lang"
	"telex/internal/plover"
)

// candidate is a word that fits a pattern, while it is read.
type candidate struct {
	pattern    *lang.EventPattern
	typ        plover.Type
	mode       string
	cameo      string
	trigger    int   // token
	clause     int   // the token on which the subject and the adverbials hang
	parts      []int // tokens of the parts of the phrase
	passive    bool
	actors     []party
	recipients []party
	sides      []party
	paired     []party // the other side, from elsewhere in the article
	contents   []int   // tokens of what is asked, promised, refused
	content    *candidate
	places     []int
	realis     string
	date       string
	told       bool // the date stands in the text
	ahead      bool // the text says that it is to come
	place      int  // entity, -1 for none
	claimed    int  // quotation, -1 for none
	tellings   []int
	caption    bool
	speech     bool    // the actor is he who says the quotation in which the trigger stands
	second     bool    // made by the mark and= of its pattern
	out        string  // why it is no event; "" for one that is
	loose      bool    // a slot that must be filled is not, or there is no pattern
	although   string  // why the tables dropped what the judge takes; "" for what they took
	odds       float64 // probability by the judge; 0 without one
}

// findCandidates goes through the words for those that fit a pattern.
func (r *reading) findCandidates(first, last int) {
	r.sieve = lang.Sieve{}
	for i := first; i < last; i++ {
		r.sieve.Add(r.lower[i])
		r.sieve.Add(r.lemma[i])
		r.sieve.Add(r.nounKey(i))
	}
	for i := first; i < last; i++ {
		r.nearest = r.nearest[:0]
		c := r.candidate(i)
		r.addLoose(i, c)
		if c == nil {
			continue
		}
		r.found = append(r.found, c)
		r.at[i] = int32(len(r.found))
	}
}

func (r *reading) candidate(i int) *candidate {
	switch {
	case r.upos(i, "VERB", "AUX") || r.upos(i, "ADJ") && r.participle(i):
		if c := r.verbCandidate(i); c != nil {
			return c
		}
		return r.predicateCandidate(i)
	case r.upos(i, "NOUN"):
		if c := r.predicateCandidate(i); c != nil {
			return c
		}
		return r.nounCandidate(i)
	case r.upos(i, "ADJ", "ADV", "ADP", "PRON"):
		return r.predicateCandidate(i)
	}
	return nil
}

// participle tells whether an adjective is one by its ending in the lemma of a verb.
func (r *reading) participle(i int) bool { return r.words.Verb(r.lemma[i]) != nil }

// verbCandidate tries the patterns of a verb; the more exact stand first.
func (r *reading) verbCandidate(i int) *candidate {
	if c := r.try(i, r.words.Verb(r.lemma[i])); c != nil {
		return c
	}
	// A separable verb whose first part was read as a word of its own: vrij laten.
	for c := range r.children(i) {
		if r.upos(c, "ADV", "ADJ", "ADP", "NOUN") && r.first[c] < 0 && !r.rel(c, "mark", "case", "nsubj", "obj") && r.closes(c, i) {
			if list := r.words.Verb(r.lower[c] + r.lemma[i]); list != nil {
				if c := r.try(i, list); c != nil {
					return c
				}
			}
		}
	}
	return nil
}

// closes tells whether a word stands where the first part of a separable verb does:
// just before the verb, or at the end of the clause: "staat weer twee keer" is no
// weerstaan.
func (r *reading) closes(c, verb int) bool {
	next := c + 1
	return next == verb || next >= len(r.tokens) || r.sentence[next] != r.sentence[c] || r.upos(next, "PUNCT", "ADP", "SCONJ", "CCONJ", "AUX", "VERB")
}

func (r *reading) try(i int, patterns *lang.VerbPatterns) *candidate {
	if patterns == nil {
		return nil
	}
	var best *candidate
	passive := r.passive(i)
	perfect := !passive && r.perfectPassive(i)
	for p := range patterns.Possible(&r.sieve) {
		c := r.blank(p, i, i)
		c.passive = passive || perfect && p.Transitive()
		best = r.better(best, c, r.fits(c) || r.completed(c))
	}
	return best
}

// blank makes a candidate to try a pattern on, of one that better laid by if there is
// one: komen has hundreds of patterns.
func (r *reading) blank(p *lang.EventPattern, trigger, clause int) *candidate {
	c := r.spare
	if c == nil {
		c = new(candidate)
	}
	r.spare = nil
	*c = candidate{pattern: p, trigger: trigger, clause: clause, place: -1, claimed: -1,
		parts: c.parts[:0], actors: c.actors[:0], recipients: c.recipients[:0], sides: c.sides[:0], contents: c.contents[:0], places: c.places[:0]}
	return c
}

// better gives c if it fits and tells more than the best before it, else that; the
// other is laid by.
func (r *reading) better(best, c *candidate, fits bool) *candidate {
	if fits && (best == nil || c.tellsMore(best)) {
		best, c = c, best
	}
	if c != nil {
		r.spare = c
	}
	return best
}

// tellsMore tells whether a pattern that stands later in the order of exactness says
// more of the parties, by a phrase no shorter.
func (c *candidate) tellsMore(best *candidate) bool {
	return len(c.pattern.Parts) >= len(best.pattern.Parts) && c.filled() > best.filled()
}

// filled counts the sides that are known.
func (c *candidate) filled() int {
	n := 0
	for _, side := range [][]party{c.actors, c.recipients, c.sides} {
		if len(side) > 0 {
			n++
		}
	}
	return n
}

// predicateCandidate tries the patterns of words with a copula, of which the word
// is the predicate or stands under a copula that is the root.
func (r *reading) predicateCandidate(i int) *candidate {
	var best *candidate
	list := r.words.Predicate(r.nounKey(i))
	if list == nil && r.upos(i, "VERB") {
		list = r.words.Predicate(r.lower[i]) // teleurgesteld
	}
	for _, p := range list {
		clause := r.copula(i, p.Trigger)
		if clause < 0 || p.Parts[0].Kind == lang.ObliquePart && !r.behind(i, p.Parts[0].Prep) {
			continue
		}
		c := r.blank(p, i, clause)
		c.parts = append(c.parts, i)
		best = r.better(best, c, r.fitsFrom(c, 1))
	}
	return best
}

// copula finds the word on which the clause of a predicate hangs: the predicate
// itself, or the verb above it; -1 where there is no such copula.
func (r *reading) copula(i int, lemma string) int {
	for c := range r.children(i) {
		if r.rel(c, "cop", "aux") && r.lemma[c] == lemma {
			return i
		}
	}
	if h := r.head(i); h >= 0 && r.lemma[h] == lemma && r.rel(i, "obl", "advmod", "xcomp", "obj", "nsubj", "compound") {
		return h
	}
	if v := r.intention(i, lemma); v >= 0 {
		return v
	}
	if r.words.Is(lang.PerfectWord, lemma) && (r.bare(i) || r.bareSubject(i) >= 0) {
		return i
	}
	return -1
}

// intention is the verb on which the clause of "is van plan te gaan" hangs, of which
// i is the noun: the copula, or the infinitive where that heads the tree; -1 for none.
func (r *reading) intention(i int, lemma string) int {
	v := r.head(i)
	if v >= 0 && r.exactly(i, "fixed") {
		v = r.head(v)
	} else if !r.exactly(i, "obl") {
		return -1
	}
	if v < 0 || r.lemma[v] == lemma {
		return v
	}
	for c := range r.children(v) {
		if r.rel(c, "aux") && r.lemma[c] == lemma && r.intends(v) {
			return v
		}
	}
	return -1
}

// intends tells whether a verb is an infinitive with te.
func (r *reading) intends(v int) bool {
	return r.has(v, "VerbForm=Inf") || v > 0 && r.rel(v-1, "mark") && r.head(v-1) == v
}

// nearPredicate is how many words behind its subject a headline has its predicate.
const nearPredicate = 8

// bareSubject is the noun of a headline without a verb of which i is the predicate,
// where the tree has i hang on it: "Minister boos op boeren"; -1 for none.
func (r *reading) bareSubject(i int) int {
	h := r.head(i)
	if h < 0 || h > i || i-h > nearPredicate || r.head(h) >= 0 || !r.upos(h, "NOUN", "PROPN") || !r.rel(i, "amod", "advmod", "nmod", "obl") {
		return -1
	}
	if r.upos(i, "NOUN") && !r.anyCase(i) {
		return -1
	}
	for c := range r.children(h) {
		if r.rel(c, "cop", "aux", "acl", "parataxis") || r.exactly(c, "punct") && c < i {
			return -1
		}
	}
	return h
}

// bare tells whether i is a predicate whose copula a headline leaves out:
// "Griekenland bereid tot gesprekken".
func (r *reading) bare(i int) bool {
	if r.head(i) >= 0 || !r.upos(i, "ADJ", "NOUN") {
		return false
	}
	subject := false
	for c := range r.children(i) {
		if r.rel(c, "cop", "aux") {
			return false
		}
		subject = subject || r.exactly(c, "nsubj") && c < i
	}
	return subject
}

// behind tells whether a preposition stands before the noun i and its modifiers.
func (r *reading) behind(i int, prep string) bool {
	if r.hasCase(i, prep) {
		return true
	}
	if h := r.head(i); h >= 0 && h < i && r.lower[h] == prep {
		return true
	}
	return i > 0 && r.lower[i-1] == prep && r.head(i-1) == r.head(i)
}

func (r *reading) nounCandidate(i int) *candidate {
	patterns := r.words.Noun(r.nounKey(i))
	if len(patterns) == 0 {
		return nil
	}
	carried := candidate{trigger: i, clause: i} // the same for all patterns
	r.support(&carried)
	var best *candidate
	for _, p := range patterns {
		c := r.blank(p, i, carried.clause)
		c.passive, c.actors = carried.passive, append(c.actors, carried.actors...)
		fits := r.fits(c) || r.completed(c)
		if fits {
			r.harm(c)
			r.means(c)
		}
		best = r.better(best, c, fits)
	}
	return best
}

// harm takes the victims that the verb of an assault tells: "de aanslag kostte drie
// agenten het leven", "bij de aanslag vielen doden".
func (r *reading) harm(c *candidate) {
	h := r.head(c.trigger)
	if c.typ != plover.Assault || len(c.recipients) > 0 || h < 0 {
		return
	}
	var victims []int
	switch {
	case r.words.Is(lang.HarmWord, r.lemma[h]) && r.exactly(c.trigger, "nsubj"):
		victims = r.dependents(c, h, "iobj")
		if len(victims) == 0 {
			victims = r.dependents(c, h, "obj")
		}
	case r.words.Is(lang.FallWord, r.lemma[h]) && r.rel(c.trigger, "obl"):
		victims = r.dependents(c, h, "nsubj", "nsubj:pass")
	}
	for _, v := range victims {
		c.recipients = addParties(c.recipients, r.partiesOf(v, nil))
	}
}

// support finds the verb that carries a noun: plegen of "een aanslag plegen".
func (r *reading) support(c *candidate) {
	h := r.head(c.trigger)
	if h < 0 || !r.upos(h, "VERB", "AUX") {
		return
	}
	if r.words.Is(lang.PreventWord, r.lemma[h]) && r.rel(c.trigger, "obl") && r.hasOrigin(c.trigger) {
		c.clause = h // zien af van aangifte
		return
	}
	if !r.words.Is(lang.SupportWord, r.lemma[h]) {
		return
	}
	if r.rel(c.trigger, "obj") || r.exactly(c.trigger, "nsubj:pass") || r.exactly(c.trigger, "obl") && !r.anyCase(c.trigger) {
		c.clause, c.passive = h, r.passive(h)
	} else if s := r.subjectBehind(c.trigger); s >= 0 {
		c.clause = h
		c.actors = addParties(c.actors, r.partiesOf(s, nil))
	}
}

// means makes the subject of a clause the doer of what it is done with, and the
// visitor of the visit it tells of: "met een staking dwong de bond", "tijdens een
// bezoek aan het kamp zei de minister".
func (r *reading) means(c *candidate) {
	if r.exactly(c.trigger, "fixed") && c.typ == plover.Consult && len(c.recipients) > 0 {
		r.meansOf(c, r.head(c.recipients[0].token)) // in overleg met de boeren
		return
	}
	h := r.head(c.trigger)
	if h < 0 || !r.rel(c.trigger, "obl") {
		return
	}
	occasion := c.mode == "visit" || c.typ == plover.Consult && len(c.recipients) > 0
	if t := c.trigger - 1; occasion && t >= 0 && r.rel(t, "case") && r.words.Is(lang.OccasionWord, r.lower[t]) {
		r.meansOf(c, h) // na overleg met de politie, where the tree has both prepositions at the end
		return
	}
	for t := range r.children(c.trigger) {
		if r.rel(t, "case") && (r.words.Is(lang.MeansWord, r.lower[t]) || occasion && r.words.Is(lang.OccasionWord, r.lower[t])) {
			r.meansOf(c, h)
		}
	}
}

// meansOf takes the subject of verb h for the doer of a noun that is an adverbial there.
func (r *reading) meansOf(c *candidate, h int) {
	if len(c.actors)+len(c.sides) > 0 || h < 0 || !r.upos(h, "VERB") || r.passive(h) {
		return
	}
	for _, s := range r.subjectOf(c, h, 0) {
		c.actors = addParties(c.actors, r.partiesOf(s, nil))
	}
	c.actors = slices.DeleteFunc(c.actors, func(p party) bool { return r.among(c.recipients, p) })
}

// passive tells whether a verb stands in the passive, also by the auxiliary of a
// verb to which it is joined.
func (r *reading) passive(i int) bool {
	for steps := 0; i >= 0 && steps < 4; steps++ {
		subject := false
		for c := range r.children(i) {
			if r.exactly(c, "aux:pass") || r.exactly(c, "nsubj:pass") || r.exactly(c, "obl:agent") {
				return true
			}
			subject = subject || r.rel(c, "nsubj")
		}
		if subject || !r.exactly(i, "conj") {
			return r.attributive(i)
		}
		i = r.head(i)
	}
	return false
}

// perfectPassive tells whether a participle with the auxiliary of the perfect is the
// passive of a verb that takes an object, for it has none: "is opgepakt".
func (r *reading) perfectPassive(v int) bool {
	if !r.has(v, "VerbForm=Part") || !r.perfect(v) && !r.headless(v) {
		return false
	}
	for c := range r.children(v) {
		if r.exactly(c, "obj") {
			return false
		}
	}
	return true
}

// attributive tells whether a participle of what is done to a noun stands before or
// behind it.
func (r *reading) attributive(i int) bool {
	switch {
	case r.exactly(i, "amod"):
		return true
	case !r.exactly(i, "acl") || r.finite(i):
		return false
	case !r.upos(i, "VERB"):
		return true
	}
	return r.has(i, "VerbForm=Part") && r.head(i) > i && !r.doing(i)
}

// doing tells whether a participle is of one who does it: stakende.
func (r *reading) doing(i int) bool {
	ending, ok := strings.CutPrefix(r.lower[i], r.lemma[i])
	return ok && r.words.Is(lang.DoingWord, ending)
}

func (r *reading) finite(i int) bool { return r.has(i, "VerbForm=Fin") }

func (r *reading) has(i int, feature string) bool {
	return strings.Contains(r.tokens[i].Feats, feature)
}

// fits tries a pattern: its parts, then its slots.
func (r *reading) fits(c *candidate) bool { return r.fitsFrom(c, 0) }

func (r *reading) fitsFrom(c *candidate, part int) bool {
	p := c.pattern
	if p.Reflexive && !r.reflexive(c.clause) {
		return false
	}
	for _, want := range p.Parts[part:] {
		t := r.part(c, want)
		if t < 0 {
			return false
		}
		c.parts = append(c.parts, t)
	}
	c.typ, c.mode, c.cameo = p.Code.Type, p.Code.Mode, p.Code.Cameo
	if c.mode == lang.ByContent {
		c.mode = ""
	}
	if r.fillSlots(c) {
		return true
	}
	r.missed(c)
	return false
}

func (r *reading) reflexive(i int) bool {
	for c := range r.children(i) {
		if r.words.Is(lang.ReflexiveWord, r.lower[c]) {
			return true
		}
	}
	return false
}

// part finds a part of the phrase among the dependents of the verb.
func (r *reading) part(c *candidate, want lang.EventPart) int {
	for t := range r.children(c.clause) {
		if r.isPart(t, want) {
			return t
		}
		if want.Kind == lang.ObjectPart && r.rel(t, "obj", "iobj", "nsubj", "obl") {
			for g := range r.children(t) { // gaf een arrestant klappen, where one hangs on the other
				if r.exactly(g, "nmod") && !r.anyCase(g) && want.Words.Has(r.nounKey(g)) {
					return g
				}
			}
		}
		if want.Kind == lang.ObliquePart { // in hechtenis, likewise
			for g := range r.children(t) {
				if want.Words.Has(r.nounKey(g)) && (r.lower[t] == want.Prep || r.behind(g, want.Prep)) {
					return g
				}
			}
		}
	}
	if want.Kind == lang.ObjectPart {
		return r.outerObject(c, want)
	}
	if want.Kind != lang.ObliquePart {
		return r.innerNot(c, want)
	}
	return -1
}

// innerNot finds a negation that is a part of the phrase where the tree hangs it on
// the infinitive below, on its object, or on an object that is a part: wil niet
// meewerken, wil geen ruimte geven, kreeg geen meerderheid.
func (r *reading) innerNot(c *candidate, want lang.EventPart) int {
	not := func(of int) int {
		for g := range r.children(of) {
			if r.words.Is(lang.NotWord, r.lower[g]) && want.Words.Has(r.lower[g]) && !r.notOnly(g) {
				return g
			}
		}
		return -1
	}
	for _, t := range c.parts {
		if g := not(t); g >= 0 && (t != c.trigger || c.pattern.Predicate) {
			return g
		}
	}
	for t := range r.children(c.clause) {
		if !r.exactly(t, "xcomp") || r.finite(t) {
			continue
		}
		if g := not(t); g >= 0 {
			return g
		}
		for o := range r.children(t) {
			if r.rel(o, "obj") {
				if g := not(o); g >= 0 {
					return g
				}
			}
		}
	}
	return -1
}

func (r *reading) isPart(t int, want lang.EventPart) bool {
	switch want.Kind {
	case lang.ObjectPart:
		if !r.rel(t, "obj", "obl", "iobj", "xcomp", "nsubj", "compound") || r.anyCase(t) {
			return false
		}
		if h := r.head(t); r.exactly(t, "nsubj") && !r.passive(h) && !(r.has(h, "VerbForm=Part") && r.headless(h)) && r.subjectBehind(t) < 0 {
			return false
		}
		return r.anyOf(t, want.Words)
	case lang.ObliquePart:
		return want.Words.Has(r.nounKey(t)) && r.behind(t, want.Prep)
	default:
		t = r.antecedent(t)
		return !r.anyCase(t) && (want.Words.Has(r.lemma[t]) || want.Words.Has(r.lower[t]))
	}
}

// anyOf tells whether i, or what is joined to it, is one of the words.
func (r *reading) anyOf(i int, words *lang.WordSet) bool {
	i = r.antecedent(i)
	if words.Has(r.nounKey(i)) {
		return true
	}
	for c := range r.children(i) {
		if (r.exactly(c, "conj") || r.exactly(c, "nmod") && !r.anyCase(c)) && words.Has(r.nounKey(c)) {
			return true
		}
	}
	return false
}

// outerObject finds the object of a verb outside its own clause: the noun before a
// participle (opgelegde sancties), the object of the verb above (liet X vrij).
func (r *reading) outerObject(c *candidate, want lang.EventPart) int {
	h := r.head(c.clause)
	if h < 0 {
		return -1
	}
	if r.attributive(c.clause) && want.Words.Has(r.nounKey(h)) {
		return h
	}
	if r.exactly(c.clause, "xcomp") || r.exactly(c.clause, "conj") {
		for t := range r.children(h) {
			if r.rel(t, "obj", "nsubj") && r.isPart(t, want) {
				return t
			}
		}
	}
	return -1
}
