package event

import (
	"cmp"
	"slices"

	"telex/internal/lang"
	"telex/internal/plover"
)

// completed tells whether a candidate that lacks only its recipient has one behind
// what fills the slot: "onderzoek naar de rol van de kerk" is of the church. It is
// told from what the slots of the pattern hold already.
func (r *reading) completed(c *candidate) bool {
	if c.typ == "" || len(c.parts) < len(c.pattern.Parts) || len(c.recipients) > 0 {
		return false // without a type its phrase was not found, such as the word of a reflexive verb
	}
	if h := r.head(c.trigger); c.pattern.Noun && h >= 0 && r.rel(c.trigger, "obj") && r.words.Is(lang.WantWord, r.lemma[h]) {
		c.actors = addParties(c.actors, r.thingOf(c.trigger)) // wil Franse hulp
		return len(c.actors) > 0
	}
	for i := range c.pattern.Slots {
		s := &c.pattern.Slots[i]
		if !s.Must {
			continue
		}
		switch s.Role {
		case lang.RecipientRole:
			r.behindFillers(c, s)
		case lang.ActorRole:
			if len(c.actors) == 0 {
				return false
			}
		case lang.SideRole:
			return false
		case lang.ContentRole:
			if len(c.contents) == 0 {
				return false
			}
		}
	}
	return len(c.recipients) > 0 || r.deed(c)
}

// deed tells whether a phrase tells what its subject did though not to whom: gooide
// vuurwerk op het plein, maakte excuses.
func (r *reading) deed(c *candidate) bool {
	if c.pattern.Weak || len(c.actors) == 0 || len(c.parts) == 0 && (!c.pattern.Noun || c.clause == c.trigger) {
		return false
	}
	switch c.typ {
	case plover.Assault, plover.Protest, plover.Concede:
		return true
	}
	return false
}

// behindFillers takes for recipients whose the thing is that stands in a slot.
func (r *reading) behindFillers(c *candidate, s *lang.EventSlot) {
	if s.Sectors != nil || !judges(c.pattern.Code.Type) {
		return
	}
	for _, name := range s.Names {
		for _, t := range r.fillers(c, name) {
			c.recipients = addParties(c.recipients, r.concernedBy(t))
		}
	}
}

// concernedBy is whose part, deed or word a noun is: de rol van de kerk, de rol die
// de kerk speelde, in headlines rol kerk.
func (r *reading) concernedBy(t int) []party {
	t = r.antecedent(t)
	if all := r.owner(t); len(all) > 0 {
		return all
	}
	for g := range r.children(t) {
		switch {
		case r.exactly(g, "nmod") && !r.anyCase(g):
			if all := r.partiesOf(g, nil); len(all) > 0 {
				return all
			}
		case r.exactly(g, "acl:relcl"):
			for s := range r.children(g) {
				if r.rel(s, "nsubj", "obj") && !r.words.Is(lang.WhichWord, r.lower[s]) {
					if all := r.partiesOf(s, nil); len(all) > 0 {
						return all
					}
				}
			}
		}
	}
	return nil
}

// judged gives what is praised, blamed or voted down, but is no party, the party
// whose it is, where the pattern left the other side open.
func (r *reading) judged(c *candidate) {
	if !judges(c.typ) || len(c.recipients)+len(c.sides) > 0 || c.pattern.Noun {
		return
	}
	for _, t := range r.objects(c) {
		for _, p := range r.owner(r.antecedent(t)) {
			if !r.among(c.actors, p) {
				c.recipients = addParties(c.recipients, []party{p})
			}
		}
	}
}

// occupants takes the people in what is attacked or seized: een bus met kinderen.
func (r *reading) occupants(c *candidate) {
	if c.typ != plover.Assault || len(c.recipients)+len(c.sides) > 0 || c.pattern.Noun {
		return
	}
	things := slices.Clone(c.parts)
	if c.passive || r.headless(c.clause) {
		things = append(things, r.dependents(c, c.clause, "nsubj:pass", "nsubj")...)
	}
	things = append(things, r.dependents(c, c.clause, "obj")...)
	for _, t := range things {
		for g := range r.children(t) {
			if r.exactly(g, "nmod") && r.withMeans(g) {
				c.recipients = addParties(c.recipients, r.partiesOf(g, nil))
			}
		}
	}
}

// headless tells whether a participle stands without an auxiliary, as in headlines.
func (r *reading) headless(v int) bool {
	if r.finite(v) {
		return false
	}
	for c := range r.children(v) {
		if r.rel(c, "aux", "cop") {
			return false
		}
	}
	return r.head(v) < 0
}

func (r *reading) withMeans(i int) bool {
	for c := range r.children(i) {
		if r.rel(c, "case") && r.words.Is(lang.MeansWord, r.lower[c]) {
			return true
		}
	}
	return false
}

// pointedAt is the party named last before a demonstrative that begins no relative
// clause: "… naar de familie, maar die tekende bezwaar aan".
func (r *reading) pointedAt(i int) []party {
	if !r.upos(i, "PRON") || !r.words.Is(lang.WhichWord, r.lower[i]) || r.antecedent(i) != i {
		return nil
	}
	for t := i - 1; t >= max(0, i-window/4) && r.sentence[i]-r.sentence[t] <= 1; t-- {
		if r.upos(t, "NOUN", "PROPN") && r.rel(t, "nsubj", "obj", "iobj", "obl") {
			if p, ok := r.partyAt(t); ok && !p.place {
				return []party{p}
			}
		}
	}
	return nil
}

// habit tells whether a candidate only says what a kind of people is like: landen
// die zich sterk maken voor vrijhandel.
func (r *reading) habit(c *candidate) bool {
	v := c.clause
	if plover.Quad(c.typ) > plover.MaterialCooperation && c.typ != plover.Request || c.told || !r.exactly(v, "acl:relcl") || !r.present(v) {
		return false
	}
	if public(c.actors) && slices.ContainsFunc(c.recipients, func(p party) bool { return official(p.code.Sector) || p.entity >= 0 }) {
		return false
	}
	h := r.head(v)
	return h >= 0 && r.upos(h, "NOUN") && r.named[h] == 0 && (r.plural(h) || r.indefinite(h))
}

// indefinite tells whether a noun has the indefinite article.
func (r *reading) indefinite(i int) bool {
	for c := range r.children(i) {
		if r.exactly(c, "det") && r.has(c, "Definite=Ind") {
			return true
		}
	}
	return false
}

// present tells whether the finite verb of a clause is of the present tense, and
// the clause no perfect.
func (r *reading) present(v int) bool {
	return r.finite(v) && r.has(v, "Tense=Pres")
}

// judges tells whether a type is of words about what others do.
func judges(t plover.Type) bool {
	return t == plover.Accuse || t == plover.Support || t == plover.Reject
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

// border takes the land at whose border troops are massed for their recipient.
func (r *reading) border(c *candidate) {
	if c.pattern.Code.Type != plover.Mobilize || len(c.recipients)+len(c.sides) > 0 || len(c.actors) == 0 {
		return
	}
	for _, v := range append([]int{c.clause}, c.parts...) {
		for t := range r.children(v) {
			if !r.rel(t, "obl", "nmod") || !r.is(lang.BorderWord, t) {
				continue
			}
			for g := range r.children(t) {
				e := r.entityAt(g)
				if e < 0 {
					e = int(r.named[g]) - 1
				}
				if e < 0 {
					continue
				}
				if country := cmp.Or(r.adjective(g), linked(&r.a.Entities[e])); country != "" && country != c.actors[0].code.Country {
					c.recipients = addParties(c.recipients, []party{{token: g, entity: e, code: plover.Code{Country: country}}})
				}
			}
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
