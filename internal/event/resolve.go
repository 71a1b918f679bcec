package event

import (
	"cmp"
	"slices"

	"telex/internal/lang"
	"telex/internal/plover"
)

// resolve completes the candidates of one sentence, found[first:]: contents, sides,
// realis, time and place; and says which are no events.
func (r *reading) resolve(first int) {
	list := r.found[first:]
	for _, c := range list {
		r.setWhen(c)
		r.claim(c)
	}
	for _, c := range list {
		r.phrase(c)
	}
	for _, c := range list {
		r.setContent(c)
	}
	for _, c := range list {
		r.sameState(c)
		r.allied(c)
		r.setSides(c)
		r.setRealis(c)
		r.setDoer(c)
		r.judged(c)
		r.occupants(c)
	}
	charged := charges(list)
	for _, c := range list {
		r.suspected(c, charged)
		r.demand(c)
		r.threat(c)
		r.setMode(c)
	}
	for _, c := range list {
		r.judge(c)
	}
}

// drop says why a candidate is no event; the first reason stays.
func (c *candidate) drop(why string) {
	if c.out == "" {
		c.out = why
	}
}

// phrase takes the words of a phrase from other candidates: in "een bezoek brengen"
// the noun is no event of its own.
func (r *reading) phrase(c *candidate) {
	if len(c.actors)+len(c.recipients)+len(c.sides) == 0 {
		return
	}
	for _, t := range c.parts {
		if t == c.trigger {
			continue
		}
		if other := r.candidateAt(t); other != nil {
			if other.typ == c.typ && other.out == "" && other.filled() > c.filled() {
				c.drop("told more fully at " + other.pattern.Where)
				return
			}
			other.drop("part of the phrase at " + c.pattern.Where)
			if addressed(c.typ) && other.typ != c.typ && len(c.recipients)+len(c.sides) == 0 {
				r.fromPart(c, other)
			}
		}
	}
	// One phrase with two verbs, aan tafel gaan zitten, is one event.
	if h := r.head(c.trigger); h >= 0 && r.exactly(c.trigger, "xcomp") && c.out == "" {
		if other := r.candidateAt(h); other != nil && other.pattern.Code.Type == c.pattern.Code.Type && slices.ContainsFunc(c.parts, func(t int) bool { return slices.Contains(other.parts, t) }) {
			c.drop("the same phrase as at " + other.pattern.Where)
		}
	}
}

// fromPart takes for the other side whom the event concerns that is a part of the
// phrase: dreigen de banden met Caracas te verbreken.
func (r *reading) fromPart(c, other *candidate) {
	for _, side := range [][]party{other.recipients, other.sides, other.actors} {
		for _, p := range side {
			if !r.among(c.actors, p) {
				c.recipients = addParties(c.recipients, []party{p})
			}
		}
		if len(c.recipients) > 0 {
			return
		}
	}
}

func (r *reading) candidateAt(t int) *candidate {
	if i := int(r.at[t]) - 1; i >= 0 {
		return r.found[i]
	}
	return nil
}

// claim finds the quotation in which the trigger stands.
func (r *reading) claim(c *candidate) {
	c.claimed = -1
	if !c.speech { // to say it is the event itself
		c.claimed = int(r.quoteAt[c.trigger]) - 1
	}
}

// setContent finds the event that is asked, promised or refused. It and what else
// the content tells is no event of its own.
func (r *reading) setContent(c *candidate) {
	if c.out != "" {
		return
	}
	budget := 4 * window
	for _, t := range c.contents {
		r.descend(t, 0, &budget, func(i int) {
			other := r.candidateAt(i)
			if other == nil || other == c {
				return
			}
			if c.content == nil && other.out == "" {
				c.content = other
			}
			other.drop("content of what is told at " + c.pattern.Where)
		})
	}
	if c.content == nil && len(c.contents) > 0 {
		r.contentParties(c, c.contents[0])
	}
	if c.content != nil && len(c.recipients) == 0 && len(c.sides) == 0 {
		c.recipients = r.concerned(c)
	}
}

// maxDepth bounds the descent into the content of a statement.
const maxDepth = 12

// descend visits i and what hangs on it, heads first, as far as the budget of
// visits reaches.
func (r *reading) descend(i, depth int, budget *int, visit func(int)) {
	if *budget--; *budget < 0 {
		return
	}
	visit(i)
	if depth >= maxDepth {
		return
	}
	for c := range r.children(i) {
		if !r.rel(c, "parataxis") {
			r.descend(c, depth+1, budget, visit)
		}
	}
}

// concerned gives whom a demand, promise or refusal concerns: of a demand the one
// who is to do it, else the one to whom it is done.
func (r *reading) concerned(c *candidate) []party {
	in := c.content
	first, second := in.recipients, in.actors
	if c.typ == plover.Request {
		first, second = second, first
	}
	for _, side := range [][]party{first, second, in.sides} {
		left := slices.DeleteFunc(slices.Clone(side), func(p party) bool { return r.among(c.actors, p) })
		if len(left) > 0 {
			return left
		}
	}
	return nil
}

func (r *reading) among(side []party, p party) bool {
	return slices.ContainsFunc(side, func(q party) bool { return same(p, q) })
}

// contentParties takes the parties of a content that is no event: of a clause the
// subject, else the object.
func (r *reading) contentParties(c *candidate, t int) {
	if len(c.recipients) > 0 || len(c.sides) > 0 || !r.upos(t, "VERB", "AUX", "ADJ") {
		return
	}
	for _, rel := range []string{"nsubj", "nsubj:pass", "iobj", "obj", "obl"} {
		for _, s := range r.dependents(c, t, rel) {
			all := slices.DeleteFunc(slices.Clone(r.partiesOf(s, nil)), func(p party) bool {
				return r.among(c.actors, p) || r.upos(s, "PRON") && r.overlap(c.actors, []party{p}) // hij, who says it of himself
			})
			if len(all) > 0 {
				c.recipients = addParties(c.recipients, all)
				return
			}
		}
	}
}

// setSides makes actor and recipient of the sides that do the same: of two the one
// named first is the actor, of three all are. A plural subject without another side
// is several sides.
func (r *reading) setSides(c *candidate) {
	two := plover.Quad(c.typ) <= plover.MaterialCooperation || c.typ == plover.Assault
	if len(c.sides) > 0 {
		all := addParties(slices.Clone(c.actors), c.sides)
		if len(c.recipients) > 0 {
			c.actors = slices.DeleteFunc(all, func(p party) bool { return r.among(c.recipients, p) })
			return
		}
		c.actors, c.recipients = split(all)
		return
	}
	if two && len(c.recipients) == 0 && len(c.actors) > 1 && (r.mutual(c) || r.eachOther(c)) {
		c.actors, c.recipients = split(c.actors)
	}
	if c.typ == plover.Consult && len(c.actors) == 0 && len(c.recipients) > 1 {
		c.actors, c.recipients = split(c.recipients)
	}
}

func split(all []party) (actors, recipients []party) {
	if len(all) != 2 {
		return all, nil
	}
	return all[:1:1], all[1:]
}

// mutual tells whether a type is of things that sides do together.
func (r *reading) mutual(c *candidate) bool {
	return c.typ == plover.Consult && c.mode != "visit" || c.typ == plover.Agree || c.typ == plover.Cooperate
}

func (r *reading) eachOther(c *candidate) bool {
	for t := range r.children(c.clause) {
		if r.is(lang.EachOtherWord, t) {
			return true
		}
	}
	return false
}

// undergoes tells whether a subject is the one to whom it is done: "zit vast".
func (r *reading) undergoes(c *candidate, subjects []int) bool {
	for _, s := range subjects {
		for _, p := range r.partiesOf(s, nil) {
			if r.among(c.recipients, p) {
				return true
			}
		}
	}
	return false
}

// sameState puts an office or body of no told land beside a party of home politics
// into its land, in an article about another: D66 wil dat het kabinet.
func (r *reading) sameState(c *candidate) {
	home := r.homeLand
	if r.home == home || plover.Material(c.typ) {
		return
	}
	for _, sides := range [][2][]party{{c.actors, c.recipients}, {c.recipients, c.actors}} {
		if !slices.ContainsFunc(sides[0], func(p party) bool { return !p.guess && p.code.Country == home && political(p.code.Sector) }) {
			continue
		}
		for i := range sides[1] {
			if p := &sides[1][i]; p.guess && stately(p.code.Sector) {
				p.code.Country = home
			}
		}
	}
}

// political tells whether a sector is of the politics of one land.
func political(sector string) bool { return sector == "PTY" || sector == "LEG" || sector == "OPP" }

// allied makes cooperation of what two lands mobilize together.
func (r *reading) allied(c *candidate) {
	if c.typ != plover.Mobilize || len(c.actors) < 2 || c.actors[0].code.Country == c.actors[1].code.Country {
		return
	}
	c.typ, c.mode, c.cameo = plover.Cooperate, "", "062"
	c.actors, c.recipients = split(c.actors)
}

// setDoer gives an arrest its police and a verdict its court, where nobody is named.
func (r *reading) setDoer(c *candidate) {
	if len(c.actors) > 0 {
		return
	}
	if !c.pattern.Noun && !c.passive {
		if subjects := r.subjectOf(c, c.clause, 0); len(subjects) > 0 && !r.undergoes(c, subjects) {
			for _, s := range subjects {
				c.actors = addParties(c.actors, r.partiesOf(s, nil))
			}
			c.actors = slices.DeleteFunc(c.actors, func(p party) bool { return r.among(c.recipients, p) })
			if len(c.actors) == 0 {
				c.actors = r.pointedAt(subjects[0])
			}
			if len(c.actors) > 0 || !slices.Contains(c.parts, subjects[0]) {
				return // a subject that is part of the phrase does nothing: het proces begint
			}
		}
	}
	switch c.pattern.By {
	case "COP", "JUD", "GOV", "LEG", "CVL":
	default: // who is under arms, or a criminal, is not plain from the deed
		if c.typ != plover.Protest {
			return
		}
	}
	country := r.home
	if len(c.recipients) > 0 && c.place < 0 {
		land := r.landAround(c.trigger)
		if p := c.recipients[0]; land == "" && p.code.Country != "" && p.entity < 0 {
			land = p.code.Country
		}
		country = cmp.Or(land, country)
	}
	if c.place >= 0 && r.parties[c.place].code.Country != "" {
		country = r.parties[c.place].code.Country
	}
	c.actors = []party{{token: -1, entity: -1, code: plover.Code{Country: country, Sector: c.pattern.By}}}
}

// charges finds the candidates that say of what somebody is suspected, arrested or
// sentenced, by each word of their phrases.
func charges(list []*candidate) map[int]*candidate {
	var at map[int]*candidate
	for _, c := range list {
		if len(c.recipients) == 0 {
			continue
		}
		switch {
		case c.typ == plover.Accuse && c.mode == "allege", c.typ == plover.Sanction && c.mode == "convict", c.typ == plover.Coerce && c.mode == "arrest":
			if at == nil {
				at = map[int]*candidate{}
			}
			at[c.trigger] = c
			for _, t := range c.parts {
				at[t] = c
			}
		}
	}
	return at
}

// suspected makes the doer of a deed him who is suspected, arrested or sentenced for
// it: "veroordeeld voor de moord op …".
func (r *reading) suspected(c *candidate, charged map[int]*candidate) {
	if c.typ != plover.Assault || len(c.actors) > 0 {
		return
	}
	for h, steps := r.head(c.clause), 0; h >= 0 && steps < 3; h, steps = r.head(h), steps+1 {
		if other := charged[h]; other != nil && other != c {
			c.actors = slices.DeleteFunc(slices.Clone(other.recipients), func(p party) bool { return r.among(c.recipients, p) })
			return
		}
	}
}

// demand makes a demand of what somebody is said to have to do: "Volgens Rusland
// moet Kiev de aanvallen stoppen".
func (r *reading) demand(c *candidate) {
	if c.out != "" || c.claimed < 0 || c.realis != hypothetical || !r.must(c) {
		return
	}
	q := &r.a.Quotes[c.claimed]
	if q.Speaker == nil || q.Type == "direct" {
		return
	}
	speaker := r.speaker(*q.Speaker)
	if speaker.entity < 0 || r.among(c.actors, speaker) {
		return
	}
	c.content = &candidate{typ: c.typ, mode: c.mode}
	if len(c.actors) > 0 {
		c.recipients = c.actors
	}
	c.actors = []party{speaker}
	c.typ, c.mode, c.cameo, c.realis = plover.Request, "", "100", asserted
	c.claimed = -1
}

// threat makes a threat of what somebody will do to another under a condition: "Als
// Iran aanvalt, zal Israël de haven bombarderen".
func (r *reading) threat(c *candidate) {
	if c.out != "" || c.realis != future || plover.Quad(c.typ) != plover.MaterialConflict || len(c.actors) == 0 || c.typ == plover.Protest || !r.hasCondition(c.clause) {
		return
	}
	c.content = &candidate{typ: c.typ, mode: c.mode}
	c.typ, c.mode, c.cameo, c.realis = plover.Threaten, "", "130", asserted
}

func (r *reading) hasCondition(v int) bool {
	for steps := 0; v >= 0 && steps < 3; steps++ {
		for c := range r.children(v) {
			if r.rel(c, "advcl") && r.conditional(c) {
				return true
			}
		}
		if !r.rel(v, "xcomp", "ccomp") {
			return false
		}
		v = r.head(v)
	}
	return false
}

func (r *reading) must(c *candidate) bool {
	m := mood{}
	r.modified(c.clause, c.parts, &m)
	if h := r.head(c.clause); h >= 0 && r.rel(c.clause, "xcomp") {
		r.modal(h, &m)
	}
	return m.must
}

func (r *reading) speaker(id string) party {
	for e := range r.a.Entities {
		if r.a.Entities[e].ID == id {
			return party{token: -1, entity: e, code: r.parties[e].code}
		}
	}
	return party{entity: -1}
}

// setMode gives a demand, refusal or threat the mode of what it is about.
func (r *reading) setMode(c *candidate) {
	if c.mode != "" || c.content == nil && c.pattern.Code.Mode != lang.ByContent {
		return
	}
	mode := ""
	if c.content != nil {
		mode = modeOf(c.typ, c.content)
	} else if c.typ == plover.Request || c.typ == plover.Reject {
		mode = "change"
	}
	if mode != "" {
		c.mode, c.cameo = mode, plover.Cameo(c.typ, mode)
	}
	if c.pattern.Code.Type == plover.Agree && c.typ == plover.Agree && c.content != nil && (c.content.typ == plover.Retreat || c.content.typ == plover.Concede) {
		c.typ, c.mode, c.cameo = plover.Concede, "", "080"
	}
}

// modeOf is the mode that a content gives to a type; "" for none.
func modeOf(t plover.Type, content *candidate) string {
	switch t {
	case plover.Request, plover.Reject:
		switch content.typ {
		case plover.Consult:
			return "meet"
		case plover.Aid, plover.Cooperate, plover.Support:
			return "assist"
		case plover.Retreat, plover.Concede:
			if content.mode == "resign" {
				return "change"
			}
			return "yield"
		}
		return "change"
	case plover.Threaten:
		switch content.typ {
		case plover.Assault, plover.Mobilize:
			return "violence"
		case plover.Coerce:
			if content.mode == "arrest" {
				return "arrest"
			}
			return "restrict"
		case plover.Protest:
			return "restrict"
		case plover.Sanction:
			if content.mode == "expel" {
				return "expel"
			}
			if content.mode == "withdraw" {
				return "relations"
			}
			return "restrict"
		case plover.Reject:
			return "relations"
		}
	}
	return ""
}
