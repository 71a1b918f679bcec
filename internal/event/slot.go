package event

import (
	"slices"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/plover"
)

// fillSlots looks for who stands in the slots of a pattern; false where one that
// must be filled is not. Two who do the same need no other side.
func (r *reading) fillSlots(c *candidate) bool {
	object, failed := false, false
	for i := range c.pattern.Slots {
		s := &c.pattern.Slots[i]
		object = object || slices.Contains(s.Names, lang.ObjectSlot)
		if !r.fillSlot(c, s) && s.Must {
			if s.Role != lang.RecipientRole {
				return false
			}
			failed = true
		}
	}
	if !object && len(c.recipients) == 0 && c.pattern.Code.Type != plover.Mobilize {
		r.partyParts(c)
	}
	r.leftOver(c)
	r.headlineDoer(c)
	r.behalf(c)
	r.pressed(c)
	r.leftPlace(c)
	r.ownParties(c)
	if r.toItself(c) && (c.speech || c.pattern.Code.Type != plover.Protest) {
		return false // who says what he must do himself demands nothing
	}
	if !failed {
		return true
	}
	if r.mutual(c) {
		return len(c.sides) > 1 || len(c.actors) > 1 && !r.speaksOf(c)
	}
	return !c.pattern.Weak && (c.pattern.Noun || len(c.pattern.Parts) > 0) && public(c.actors) && addressed(c.pattern.Code.Type)
}

// toItself tells whether a party is on both sides.
func (r *reading) toItself(c *candidate) bool {
	return slices.ContainsFunc(c.recipients, func(p party) bool { return r.among(c.actors, p) })
}

// leftPlace takes the land that a retreat leaves for its recipient.
func (r *reading) leftPlace(c *candidate) {
	if c.pattern.Code.Type != plover.Retreat || len(c.recipients)+len(c.sides) > 0 || len(c.actors) == 0 {
		return
	}
	for _, t := range append(slices.Clone(c.places), r.obliqueOf(c, c.clause, lang.OriginWord)...) {
		if !r.hasOrigin(t) {
			continue
		}
		t, e := r.placeWithin(t)
		if e < 0 {
			continue
		}
		if country := r.parties[e].code.Country; country != "" && country != c.actors[0].code.Country {
			c.recipients = addParties(c.recipients, []party{{token: t, entity: e, code: plover.Code{Country: country}}})
		}
	}
}

// placeWithin is the place that a token names, or of which it is a part: het oosten
// van Congo; -1 for none.
func (r *reading) placeWithin(t int) (token, entity int) {
	if e := r.entityAt(t); e >= 0 && r.a.Entities[e].Type == "LOC" {
		return t, e
	}
	for g := range r.children(t) {
		if e := int(r.named[g]) - 1; e >= 0 && r.exactly(g, "nmod") && r.a.Entities[e].Type == "LOC" {
			return g, e
		}
	}
	return t, -1
}

// ownParties takes from the recipients who is the actor's own: members called up,
// troops sent, envoys called home.
func (r *reading) ownParties(c *candidate) {
	switch c.pattern.Code.Type {
	case plover.Protest:
		if r.toItself(c) { // zijn leden
			c.recipients = nil
		}
		c.recipients = slices.DeleteFunc(c.recipients, func(p party) bool { return ownMeans(c, p) && p.token >= 0 && r.possessed(p.token) })
	case plover.Mobilize:
		c.recipients = slices.DeleteFunc(c.recipients, func(p party) bool { return ownMeans(c, p) })
	case plover.Sanction:
		r.ownEnvoys(c.recipients)
	}
}

// possessed tells whether a possessive pronoun stands before a noun.
func (r *reading) possessed(i int) bool {
	for t := range r.children(i) {
		if r.exactly(t, "nmod:poss") && r.upos(t, "PRON") {
			return true
		}
	}
	return false
}

// ownMeans tells whether what is said to be mobilized, or where, is the actor's own.
func ownMeans(c *candidate, p party) bool {
	if len(c.actors) == 0 || p.code.Country != c.actors[0].code.Country {
		return false
	}
	return p.code.Sector == "" || p.code.Sector == "GOV" || p.code.Sector == "MIL" || p.code.Sector == c.actors[0].code.Sector
}

// behalf takes for the doer of what is told without one him by whose order it is
// done: op last van de minister.
func (r *reading) behalf(c *candidate) {
	if len(c.actors)+len(c.sides) > 0 {
		return
	}
	for t := range r.children(c.clause) {
		if !r.rel(t, "obl") || !r.is(lang.BehalfWord, t) {
			continue
		}
		for g := range r.children(t) {
			if r.exactly(g, "nmod") && r.hasOrigin(g) {
				c.actors = addParties(c.actors, r.partiesOf(g, nil))
			}
		}
	}
}

// headlineDoer takes for the doer of what a noun tells the party that a headline puts
// just behind it: "Overleg premier met bestuurders".
func (r *reading) headlineDoer(c *candidate) {
	if !c.pattern.Noun || len(c.actors)+len(c.sides) > 0 || c.clause != c.trigger {
		return
	}
	for t := range r.children(c.trigger) {
		if t == c.trigger+1 && r.rel(t, "appos", "nmod") && !r.anyCase(t) {
			for _, p := range r.partiesOf(t, nil) {
				if !r.among(c.recipients, p) {
					c.actors = addParties(c.actors, []party{p})
				}
			}
		}
	}
}

// pressed takes for the recipient of what is conceded him by whose pressure it is:
// onder druk van de vissers, na protesten van boeren.
func (r *reading) pressed(c *candidate) {
	if c.pattern.Code.Type != plover.Concede || len(c.recipients)+len(c.sides) > 0 {
		return
	}
	for t := range r.children(c.clause) {
		if !r.rel(t, "obl") {
			continue
		}
		if r.fixedPressure(t) {
			c.recipients = addParties(c.recipients, r.partiesOf(t, nil))
		}
		if !r.is(lang.PressureWord, t) {
			continue
		}
		for g := range r.children(t) {
			if r.exactly(g, "nmod") && r.hasOrigin(g) {
				c.recipients = addParties(c.recipients, r.partiesOf(g, nil))
			}
		}
	}
}

// fixedPressure tells whether what stands before a noun is a preposition of several
// words such as "onder druk van".
func (r *reading) fixedPressure(i int) bool {
	for c := range r.children(i) {
		if !r.rel(c, "case") {
			continue
		}
		for g := range r.children(c) {
			if r.exactly(g, "fixed") && r.words.Is(lang.PressureWord, r.lower[g]) {
				return true
			}
		}
	}
	return false
}

// speaksOf tells whether a verb of speaking has what is spoken of, and so needs no
// other side: "Merkel en Macron spreken van een doorbraak".
func (r *reading) speaksOf(c *candidate) bool {
	return !c.pattern.Noun && (len(r.obliqueOf(c, c.clause, lang.OriginWord)) > 0 || len(r.dependents(c, c.clause, "ccomp")) > 0)
}

// leftOver takes for the recipient an object that is a party though the pattern did
// not ask for one, and for the doer of a deed the land whose its means are: "om
// vergeving vragen", "gedood door een Amerikaanse drone".
func (r *reading) leftOver(c *candidate) {
	if len(c.recipients)+len(c.sides) == 0 && !c.pattern.Noun && !c.passive && c.pattern.Code.Type != plover.Mobilize {
		v := c.clause
		if h := r.head(v); h >= 0 && r.exactly(v, "xcomp") && r.is(lang.ObjectControlWord, h) {
			v = h
		}
		for _, t := range r.dependents(c, v, "obj", "iobj") {
			for _, p := range r.partiesOf(t, nil) {
				if !r.among(c.actors, p) && !slices.Contains(c.contents, t) {
					c.recipients = addParties(c.recipients, []party{p})
				}
			}
		}
	}
	if len(c.actors)+len(c.sides) == 0 && plover.Quad(c.pattern.Code.Type) == plover.MaterialConflict {
		for _, t := range c.parts {
			c.actors = addParties(c.actors, r.thingOf(t))
		}
	}
}

// public tells whether one of the parties is of a state, its politics, or a body that
// speaks for many.
func public(side []party) bool {
	return slices.ContainsFunc(side, func(p party) bool {
		return official(p.code.Sector) || p.code.Sector == "LAB" || p.code.Sector == "SOC" || p.code.Sector == ""
	})
}

// partyParts takes an object that is a part of the phrase for the recipient, if it
// is a party: de verdachte aanhouden.
func (r *reading) partyParts(c *candidate) {
	for i, t := range c.parts {
		if t == c.trigger || i >= len(c.pattern.Parts) || c.pattern.Parts[i].Kind != lang.ObjectPart {
			continue
		}
		switch _, ok := r.words.Actor(r.nounKey(t)); {
		case ok:
			c.recipients = addParties(c.recipients, r.partiesOf(t, nil))
		case plover.Quad(c.pattern.Code.Type) == plover.MaterialConflict:
			c.recipients = addParties(c.recipients, r.placeHit(c, t))
		}
	}
}

// placeHit is the land of the place that a noun names, or of an assault the people
// who live there: de stad Benghazi veroveren, zeven dorpen in de as leggen.
func (r *reading) placeHit(c *candidate, t int) []party {
	for g := range r.children(t) {
		e := int(r.named[g]) - 1
		if e < 0 || !r.beside(g) || r.anyCase(g) || r.a.Entities[e].Type != "LOC" || r.parties[e].code.Country == "" {
			continue
		}
		return []party{{token: g, entity: e, code: plover.Code{Country: r.parties[e].code.Country}, place: true}}
	}
	if c.pattern.Code.Type == plover.Assault {
		return r.town(t)
	}
	return nil
}

// fillSlot fills one slot by the first of its names that is there.
func (r *reading) fillSlot(c *candidate, s *lang.EventSlot) bool {
	if s.Role == lang.ActorRole && len(c.actors) > 0 || s.Role == lang.RecipientRole && len(c.recipients) > 0 {
		return true // another slot was named before
	}
	for _, name := range s.Names {
		if name == lang.SpeakerSlot {
			if r.takeSpeaker(c, s) {
				return true
			}
			continue
		}
		tokens := r.fillers(c, name)
		if len(tokens) == 0 && (s.Role == lang.ActorRole || s.Role == lang.RecipientRole) {
			tokens = r.partsBehind(c, name)
		}
		if len(tokens) == 0 {
			continue
		}
		switch s.Role {
		case lang.ContentRole:
			c.contents = append(c.contents, tokens...)
			return true
		case lang.PlaceRole:
			c.places = append(c.places, tokens...)
			return true
		}
		if r.take(c, s, tokens) {
			return true
		}
	}
	return false
}

// takeSpeaker takes for a side him who says the quotation in which the trigger
// stands: what he says of others is the event.
func (r *reading) takeSpeaker(c *candidate, s *lang.EventSlot) bool {
	q := int(r.quoteAt[c.trigger]) - 1
	if q < 0 {
		return false
	}
	p, ok := r.speakerOf(&r.a.Quotes[q])
	if !ok || !takes(s, p) {
		return false
	}
	c.actors, c.speech = addParties(c.actors, []party{p}), true
	return true
}

// speakerOf is who says a quotation: an entity, or the party that its words name.
func (r *reading) speakerOf(q *document.Quote) (party, bool) {
	if q.Speaker != nil {
		p := r.speaker(*q.Speaker)
		return p, p.entity >= 0
	}
	if q.SpeakerSpan == nil {
		return party{}, false
	}
	for t := r.tokenAt(q.SpeakerSpan.Start); t < len(r.tokens) && r.tokens[t].Span.Start < q.SpeakerSpan.End; t++ {
		if r.upos(t, "NOUN") {
			return r.partyAt(t)
		}
	}
	return party{}, false
}

// partsBehind gives the nouns of the phrase itself that stand behind a preposition:
// tegen de regering demonstreren.
func (r *reading) partsBehind(c *candidate, prep string) []int {
	var out []int
	for _, t := range c.parts {
		if t != c.trigger && r.hasCase(t, prep) {
			out = append(out, t)
		}
	}
	return out
}

// bearer is the part of a phrase that a filler says more of, where it is a party
// itself: de ambassadeur van Mexico uitwijzen.
func (r *reading) bearer(c *candidate, t int) int {
	if h := r.head(t); h >= 0 && h != c.trigger && slices.Contains(c.parts, h) && r.upos(h, "NOUN") {
		if _, ok := r.actorNoun(h); ok {
			return h
		}
	}
	return t
}

// takes tells whether a party is of the sectors that a slot asks for.
func takes(s *lang.EventSlot, p party) bool {
	return s.Sectors == nil || slices.Contains(s.Sectors, p.code.Sector) || slices.Contains(s.Sectors, p.code.Country)
}

// take adds the parties that tokens name to the side of the slot.
func (r *reading) take(c *candidate, s *lang.EventSlot, tokens []int) bool {
	var all []party
	for _, t := range tokens {
		before := len(all)
		if s.Role == lang.RecipientRole {
			t = r.bearer(c, t)
		}
		all = r.partiesOf(t, all)
		if len(all) == before && (s.Role == lang.RecipientRole || s.Role == lang.ActorRole && s.Sectors == nil && plover.Material(c.pattern.Code.Type)) {
			all = addParties(all, r.ownerOf(t, plover.Material(c.pattern.Code.Type)))
			if len(all) == before && c.pattern.Code.Type == plover.Assault && s.Role == lang.RecipientRole {
				all = addParties(all, r.town(t))
			}
		}
	}
	if len(all) == 0 && s.Role == lang.ActorRole && plover.Material(c.pattern.Code.Type) && len(tokens) > 0 {
		all = r.thingOf(tokens[0])
	}
	if s.Sectors != nil {
		all = slices.DeleteFunc(all, func(p party) bool { return !takes(s, p) })
	}
	if len(all) == 0 {
		return false
	}
	switch s.Role {
	case lang.ActorRole:
		c.actors = addParties(c.actors, all)
	case lang.RecipientRole:
		c.recipients = addParties(c.recipients, all)
	case lang.SideRole:
		c.sides = addParties(c.sides, all)
	}
	return true
}

// ownEnvoys makes the land where they serve the recipient of what befalls one's own
// envoys: Frankrijk riep zijn ambassadeur in Rome terug.
func (r *reading) ownEnvoys(side []party) {
	for i, p := range side {
		if p.entity >= 0 || p.token < 0 || p.code.Sector != "GOV" || !r.possessed(p.token) {
			continue
		}
		if country := r.landBehind(p.token); country != "" && country != p.code.Country {
			side[i].code = plover.Code{Country: country, Sector: ""}
		}
	}
}

// partiesOf resolves a filler and what is joined to it.
func (r *reading) partiesOf(t int, into []party) []party {
	for _, i := range r.joined(r.antecedent(t), nil) {
		if both := r.sides(i); both != nil {
			into = addParties(into, both)
			continue
		}
		if p, ok := r.partyAt(i); ok {
			into = addParties(into, []party{p})
			into = addParties(into, r.otherLands(i, p))
		}
	}
	return into
}

// otherLands gives a noun of several lands a party for each of the others: soldaten
// uit Roemenië en Hongarije, Amerikaanse en Britse schepen.
func (r *reading) otherLands(i int, p party) []party {
	if p.entity >= 0 || !r.plural(i) {
		return nil
	}
	var out []party
	for c := range r.children(i) {
		if !r.exactly(c, "amod") && !(r.rel(c, "nmod") && r.hasOrigin(c)) {
			continue
		}
		for g := range r.children(c) {
			if country := r.adjective(g); r.exactly(g, "conj") && country != "" && country != p.code.Country {
				out = append(out, party{token: g, entity: -1, code: plover.Code{Country: country, Sector: p.code.Sector}})
			}
		}
	}
	return out
}

// owner is whose the thing is that is praised, blamed or refused: het besluit van de
// minister, Trumps plan, het Franse voorstel.
func (r *reading) owner(t int) []party { return r.ownerOf(t, false) }

// ownerOf is the owner of a thing; if known, only one who is known, for of things that
// are hit not all are their namesake's: the statue of a sailor.
func (r *reading) ownerOf(t int, known bool) []party {
	for c := range r.children(t) {
		if r.exactly(c, "nmod:poss") || r.exactly(c, "nmod") && r.hasOrigin(c) {
			all := slices.DeleteFunc(r.partiesOf(c, nil), func(p party) bool {
				return known && p.entity >= 0 && r.parties[p.entity].person && !r.parties[p.entity].known
			})
			if len(all) > 0 {
				return all
			}
		}
	}
	return r.thingOf(t)
}

// town is the people of a town or village that is hit, where nothing names it.
func (r *reading) town(t int) []party {
	if !r.is(lang.DwellingWord, t) {
		return nil
	}
	p := party{token: t, entity: -1, code: plover.Code{Country: "", Sector: "CVL"}}
	r.placeNoun(&p, t)
	return []party{p}
}

// thingOf is the land whose a thing is: Amerikaanse drones.
func (r *reading) thingOf(t int) []party {
	for c := range r.children(t) {
		if e := int(r.named[c]) - 1; e >= 0 && r.exactly(c, "amod") && r.adjective(c) != "" {
			return []party{{token: c, entity: e, code: plover.Code{Country: r.adjective(c), Sector: ""}}}
		}
	}
	return nil
}

// addParties adds those that are not there yet.
func addParties(to, more []party) []party {
	for _, p := range more {
		if len(to) >= maxParties {
			break
		}
		if !slices.ContainsFunc(to, func(q party) bool { return same(p, q) }) {
			to = append(to, p)
		}
	}
	return to
}

// same tells whether two parties are one.
func same(a, b party) bool {
	if a.entity >= 0 || b.entity >= 0 {
		return a.entity == b.entity
	}
	return a.token == b.token
}

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
	if len(out) == 0 && r.words.Is(lang.AgentWord, prep) && r.attributive(c.clause) {
		return r.agentBefore(c.clause)
	}
	return out
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
		if r.rel(t, "amod") && r.adjective(t) != "" {
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
