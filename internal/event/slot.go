package event

import (
	"cmp"
	"slices"
	"sort"
	"strings"

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
	r.furnish(c, object)
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

// furnish looks for parties beside the slots of a pattern; object tells whether one of
// the slots was the object.
func (r *reading) furnish(c *candidate, object bool) {
	if !object && len(c.recipients) == 0 && c.pattern.Code.Type != plover.Mobilize {
		r.partyParts(c)
	}
	r.leftOver(c)
	r.headlineDoer(c)
	r.behalf(c)
	r.pressed(c)
	r.leftPlace(c)
	r.border(c)
	r.otherLand(c)
	r.ownParties(c)
}

// toItself tells whether a party is on both sides.
func (r *reading) toItself(c *candidate) bool {
	return slices.ContainsFunc(c.recipients, func(p party) bool { return r.among(c.actors, p) })
}

// speaksOf tells whether a verb of speaking has what is spoken of, and so needs no
// other side: "Merkel en Macron spreken van een doorbraak".
func (r *reading) speaksOf(c *candidate) bool {
	return !c.pattern.Noun && (len(r.obliqueOf(c, c.clause, lang.OriginWord)) > 0 || len(r.dependents(c, c.clause, "ccomp")) > 0)
}

// public tells whether one of the parties is of a state, its politics, or a body that
// speaks for many.
func public(side []party) bool {
	return slices.ContainsFunc(side, func(p party) bool {
		return official(p.code.Sector) || p.code.Sector == "LAB" || p.code.Sector == "SOC" || p.code.Sector == ""
	})
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
	if q < 0 || r.words.Is(lang.MustWord, r.lemma[c.trigger]) && r.has(c.trigger, "Tense=Past") && r.a.Quotes[q].Type == "direct" {
		return false // "ze moesten op de vloer slapen" tells how it was
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
		all = slices.DeleteFunc(slices.Clone(all), func(p party) bool { return !takes(s, p) })
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

// otherLand gives a recipient without a name, "het land", the land named before it
// where it would be that of the actor.
func (r *reading) otherLand(c *candidate) {
	if len(c.actors) != 1 {
		return
	}
	actor := c.actors[0]
	for i := range c.recipients {
		p := &c.recipients[i]
		if p.entity >= 0 || p.token < 0 || p.code.Country != actor.code.Country || !r.is(lang.LandWord, p.token) || r.landOf(p.token) != "" {
			continue
		}
		if other, ok := r.landBefore(p.token, actor.code.Country); ok {
			*p = other
		}
	}
}

// landBefore is the last land named before token t that is not the given one.
func (r *reading) landBefore(t int, not string) (party, bool) {
	before := sort.Search(len(r.countries), func(k int) bool { return r.countries[k].token >= t })
	for k := before - 1; k >= max(0, before-window); k-- {
		if e := r.countries[k].entity; r.parties[e].land && r.parties[e].code.Country != not {
			return party{token: t, entity: e, code: r.parties[e].code}, true
		}
	}
	return party{}, false
}

// partiesOf resolves a filler and what is joined to it. The parties of one are kept for
// the next who asks: what is given may be appended to, but not changed.
func (r *reading) partiesOf(t int, into []party) []party {
	if len(into) > 0 || r.owning {
		return r.resolveParties(t, into)
	}
	if r.resolved[t] == 0 {
		all := r.resolveParties(t, nil)
		r.resolutions = append(r.resolutions, all[:len(all):len(all)])
		r.resolved[t] = int32(len(r.resolutions))
	}
	return r.resolutions[r.resolved[t]-1]
}

func (r *reading) resolveParties(t int, into []party) []party {
	var room [4]int
	for _, i := range r.joined(r.antecedent(t), room[:0]) {
		if both := r.bothLands(i); both != nil {
			into = addParties(into, both)
			continue
		}
		if both := r.sides(i); both != nil {
			into = addParties(into, both)
			continue
		}
		if s, ok := r.actorNoun(i); r.bothSides(i) && (!ok || partyCode(s).Sector == "PTY") { // beide partijen, not beide mannen
			into = addParties(into, []party{{token: i, entity: -1, code: plover.Code{Country: cmp.Or(r.landBehind(i), r.landAround(i), r.home)}}})
			continue
		}
		if p, ok := r.partyAt(i); ok {
			into = addParties(into, []party{p})
			into = addParties(into, r.otherLands(i, p))
		}
	}
	return into
}

// bothLands gives the two lands of an adjective that joins them: Amerikaans-Chinese.
func (r *reading) bothLands(i int) []party {
	e := int(r.named[i]) - 1
	if e < 0 || !r.upos(i, "ADJ") || r.a.Entities[e].Type != "MISC" || !strings.Contains(r.text(i), "-") {
		return nil
	}
	var out []party
	for _, l := range r.a.Entities[e].Links {
		if l.Scheme == "iso3166" && len(l.ID) == 3 {
			out = append(out, party{token: i, entity: e, code: plover.Code{Country: l.ID}})
		}
	}
	if len(out) != 2 {
		return nil
	}
	return out
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
			all := slices.DeleteFunc(slices.Clone(r.partiesOf(c, nil)), func(p party) bool {
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
	if a.entity >= 0 || b.entity >= 0 { // one adjective may be two lands
		return a.entity == b.entity && (a.token != b.token || a.code.Country == b.code.Country)
	}
	return a.token == b.token
}
