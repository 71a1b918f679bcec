package event

import (
	"slices"

	"telex/internal/lang"
	"telex/internal/plover"
)

// completed tells whether a candidate that lacks only its recipient has one behind
// what fills the slot: "onderzoek naar de rol van de kerk" is of the church. It is
// told from what the slots of the pattern hold already.
func (r *reading) completed(c *candidate) bool {
	if len(c.parts) < len(c.pattern.Parts) || len(c.recipients) > 0 {
		return false
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
