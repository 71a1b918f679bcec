package event

import (
	"slices"

	"telex/internal/plover"
)

// pair gives what is said to nobody in particular the other side that its actor has
// elsewhere near in the article: a union's demand is to the employer with whom it
// deals.
func (r *reading) pair(kept []*candidate) {
	for i, c := range kept {
		if len(c.recipients) > 0 || len(c.actors) == 0 || !addressed(c.typ) {
			continue
		}
		best := -1
		for j := max(0, i-nearEvents); j < min(len(kept), i+nearEvents+1); j++ {
			if j == i || len(r.otherSide(kept[j], c)) == 0 {
				continue
			}
			if best < 0 || abs(j-i) < abs(best-i) {
				best = j
			}
		}
		if best >= 0 {
			c.paired = r.otherSide(kept[best], c)
		}
	}
	for i, c := range kept {
		for _, k := range kept[i+1 : min(len(kept), i+1+nearEvents)] {
			r.answer(c, k)
			r.answer(k, c)
		}
	}
	for _, c := range kept {
		if c.paired != nil {
			c.recipients = c.paired
		}
		r.setAddressee(c)
		r.setVictims(c)
		r.setSubjects(c)
	}
}

// setSubjects makes the people of a state those whom its measures bind or its police
// takes, where nobody else is told.
func (r *reading) setSubjects(c *candidate) {
	if c.typ != plover.Coerce || c.second || len(c.recipients) > 0 || len(c.actors) == 0 || !official(c.actors[0].code.Sector) {
		return
	}
	switch c.mode {
	case "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "":
		c.recipients = []party{{token: -1, entity: -1, code: plover.Code{Country: c.actors[0].code.Country, Sector: "CVL"}}}
	}
}

// setVictims makes the people of the place the victims of an attack of which the text
// names none: de aanslag in Kabul.
func (r *reading) setVictims(c *candidate) {
	if c.typ != plover.Assault || !c.pattern.Strong || c.second || len(c.recipients) > 0 {
		return
	}
	country := r.home
	if c.place >= 0 && r.parties[c.place].code.Country != "" {
		country = r.parties[c.place].code.Country
	}
	c.recipients = []party{{token: -1, entity: -1, code: plover.Code{Country: country, Sector: "CVL"}}}
}

// setAddressee gives what is said or done to nobody that the text names the usual
// addressee of its kind, in the land of who does it: a party that wants a law wants
// it of its government.
func (r *reading) setAddressee(c *candidate) {
	if c.pattern.To == "" || c.second || len(c.recipients) > 0 || len(c.actors) == 0 {
		return
	}
	country := c.actors[0].code.Country
	if len(country) != 3 || country == "IGO" || country == "NGO" || country == "MNC" || country == "IMG" {
		country = r.home
	}
	to := party{token: -1, entity: -1, code: plover.Code{Country: country, Sector: c.pattern.To}}
	if r.hasParty(to.code) && !slices.ContainsFunc(c.actors, func(p party) bool { return r.codeOf(c, p) == to.code }) {
		c.recipients = []party{to}
	}
}

// hasParty tells whether the article speaks of a party of a code.
func (r *reading) hasParty(want plover.Code) bool {
	if r.codes == nil {
		r.codes = map[plover.Code]bool{}
		for _, p := range r.parties {
			r.codes[p.code] = true
		}
		for _, list := range [][]int32{r.single, r.groups} {
			for _, i := range list {
				if p, ok := r.nounParty(int(i), 0); ok {
					r.codes[p.code] = true
				}
			}
		}
	}
	return r.codes[want]
}

// answer makes him who gives in or refuses, and him who demanded or threatened just
// before, the other side of each other, where neither is said to face anybody: "Na
// acties van de bonden zag de minister af van de bezuiniging".
func (r *reading) answer(c, k *candidate) {
	gap := r.sentence[c.trigger] - r.sentence[k.trigger]
	if gap < -1 || gap > 1 || !demands(c.typ) || k.typ != plover.Concede && k.typ != plover.Reject {
		return
	}
	if len(c.actors) == 0 || len(k.actors) == 0 || r.overlap(c.actors, k.actors) {
		return
	}
	if len(c.recipients) == 0 && c.paired == nil {
		c.paired = k.actors
	}
	if len(k.recipients) == 0 && k.paired == nil {
		k.paired = c.actors
	}
}

// demands tells whether a type is of what one side wants of another.
func demands(t plover.Type) bool {
	return t == plover.Request || t == plover.Threaten || t == plover.Protest
}

// nearEvents is how many events before and behind are looked at for the other side.
const nearEvents = 4

func abs(n int) int { return max(n, -n) }

// addressed tells whether a type is of words that go to somebody.
func addressed(t plover.Type) bool {
	switch t {
	case plover.Request, plover.Threaten, plover.Agree, plover.Protest, plover.Reject, plover.Accuse:
		return true
	}
	return false
}

// otherSide is who faces the actors of c in another event.
func (r *reading) otherSide(k, c *candidate) []party {
	switch {
	case len(k.actors) == 0 || len(k.recipients) == 0:
	case r.overlap(k.actors, c.actors) && !r.overlap(k.recipients, c.actors):
		return k.recipients
	case r.overlap(k.recipients, c.actors) && !r.overlap(k.actors, c.actors):
		return k.actors
	}
	return nil
}
