package event

import (
	"slices"

	"telex/internal/lang"
	"telex/internal/plover"
)

// told tells whether a deed without parties stands at a place or a time: bij een
// aanslag in Kabul.
func told(c *candidate) bool { return c.place >= 0 || c.told || len(c.tellings) > 0 }

// private tells whether words and favours pass between people, companies and media
// alone, of which the manual knows no events: a deed may be anybody's.
func (r *reading) private(c *candidate) bool {
	switch c.typ {
	case plover.Consult, plover.Agree, plover.Support, plover.Cooperate, plover.Aid:
	case plover.Request:
		if len(c.recipients) == 0 && r.many(c) {
			return false
		}
	case plover.Concede, plover.Coerce:
		if !slices.ContainsFunc(slices.Concat(c.actors, c.recipients), company) || c.typ == plover.Concede && len(c.recipients) == 0 || c.typ == plover.Coerce && len(c.actors) == 0 {
			return false
		}
	case plover.Reject:
		if len(c.actors) == 0 {
			return false
		}
	case plover.Retreat:
		if c.mode == "release" {
			return false
		}
	case plover.Accuse:
		if c.mode == "investigate" || c.mode == "allege" && (len(c.actors) == 0 || len(c.recipients) == 0) {
			return false
		}
	default:
		return false
	}
	for _, side := range [][]party{c.actors, c.recipients} {
		for _, p := range side {
			if company(p) {
				continue
			}
			switch p.code.Sector {
			case "CVL", "ELI", "UNK", "JRN", "CRM", "BUS":
			case "EDU", "MED":
				if len(c.actors) > 0 && len(c.recipients) > 0 {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// unnamed tells whether the only actor is the usual doer of the deed, of whom the
// text says nothing.
func (c *candidate) unnamed() bool { return len(c.actors) == 1 && c.actors[0].token < 0 }

// onlyJudged tells whether an infinitive used as a noun stands behind a preposition
// under a verb of blame, praise or refusal: sprak zich uit tegen het afzetten van.
func (r *reading) onlyJudged(c *candidate) bool {
	h := r.head(c.clause)
	if h < 0 || !r.rel(c.clause, "obl", "nmod", "obj") {
		return false
	}
	other := r.candidateAt(h)
	return other != nil && (judges(other.typ) || other.typ == plover.Request)
}

// company tells whether a party is one, of one country or of many.
func company(p party) bool {
	return p.code.Sector == "BUS" || p.code.Country == "MNC" && p.code.Sector == ""
}

// many tells whether the only actor is a crowd without a name: tienduizend burgers
// who ask something of nobody ask it of the public.
func (r *reading) many(c *candidate) bool {
	if len(c.actors) != 1 || c.actors[0].entity >= 0 || c.actors[0].token < 0 {
		return false
	}
	t := c.actors[0].token
	return r.plural(t) && !r.upos(t, "PRON")
}

// chanted tells whether a demand is what people protest for: "gingen de straat op om
// zijn aftreden te eisen".
func (r *reading) chanted(c *candidate) bool {
	v := c.clause
	for steps := 0; v >= 0 && steps < 3; steps++ {
		h := r.head(v)
		if h < 0 || !r.rel(v, "advcl", "acl", "xcomp") {
			return false
		}
		if other := r.candidateAt(h); other != nil && other.typ == plover.Protest {
			return true
		}
		v = h
	}
	return false
}

// source tells whether a noun stands behind van or uit, under a verb as what is known
// from it: uit onderzoek blijkt.
func (r *reading) source(c *candidate) bool {
	return c.pattern.Noun && c.typ == plover.Accuse && c.mode == "investigate" && r.rel(c.trigger, "obl") && r.hasOrigin(c.trigger) && c.clause == c.trigger
}

// topic tells whether a noun stands behind a word such as over.
func (r *reading) topic(i int) bool {
	for c := range r.children(i) {
		if r.rel(c, "case") && r.words.Is(lang.AboutWord, r.lower[c]) {
			return true
		}
	}
	return false
}

// compared tells whether a clause begins with a word such as alsof.
func (r *reading) compared(c *candidate) bool {
	for v, steps := c.clause, 0; v >= 0 && steps < 3; v, steps = r.head(v), steps+1 {
		for t := range r.children(v) {
			if r.rel(t, "mark") && r.words.Is(lang.CompareWord, r.lower[t]) {
				return true
			}
		}
	}
	return false
}

// ofAnybody tells whether the subject of a clause is a word such as je, men or wie, and
// nobody else is told to do it.
func (r *reading) ofAnybody(c *candidate) bool {
	if len(c.actors) > 0 && c.actors[0].token >= 0 {
		return false
	}
	for v, steps := c.clause, 0; v >= 0 && steps < maxClimb; v, steps = r.head(v), steps+1 {
		for t := range r.children(v) {
			if r.rel(t, "nsubj") && r.words.Is(lang.AnybodyWord, r.lower[t]) {
				return r.antecedent(t) == t
			}
		}
		if r.finite(v) || !r.rel(v, "xcomp", "aux") {
			return false
		}
	}
	return false
}

// Reasons on which the learned judge has more to say.
const (
	nobodyKnown = "neither actor nor recipient is known"
	pressWords  = "words to the press"
)

// judge drops the candidates that are no events.
func (r *reading) judge(c *candidate) {
	p := c.pattern
	switch {
	case c.out != "":
	case p.Weak && (len(c.actors) == 0 || len(c.recipients) == 0):
		c.drop("the trigger is weak, and actor or recipient is not known")
	case len(c.actors) == 0 && len(c.recipients) == 0 && !p.Strong && (p.By == "" || !told(c)):
		c.drop(nobodyKnown)
	case plover.NeedsRecipient(c.typ) && len(c.recipients) == 0 && (len(c.actors) < 2 || c.typ != plover.Cooperate):
		c.drop("no recipient is known, which " + string(c.typ) + " needs")
	case c.pattern.Noun && plover.Quad(c.typ) <= plover.MaterialCooperation && r.topic(c.trigger):
		c.drop("only what is talked about")
	case c.typ == plover.Consult && len(c.recipients) > 0 && !slices.ContainsFunc(c.recipients, func(p party) bool { return p.code.Sector != "JRN" }):
		c.drop(pressWords)
	case r.nominal(c.clause) && r.onlyJudged(c):
		c.drop("only what another event is about")
	case c.unnamed() && len(c.recipients) == 0 && !p.Strong && !told(c) && p.Noun && c.typ != plover.Protest:
		c.drop("neither who did it nor to whom is told")
	case c.typ == plover.Cooperate && len(c.actors) == 0 || c.typ == plover.Request && c.realis == negated && len(c.recipients) == 0:
		c.drop("nobody is told to do it")
	case r.conditional(c.clause) && plover.Quad(c.typ) <= plover.MaterialCooperation:
		c.drop("only a condition")
	case c.typ == plover.Request && r.chanted(c):
		c.drop("only what a protest demands")
	case c.typ == plover.Accuse && c.mode == "disapprove" && c.realis == negated:
		c.drop("no blame")
	case r.compared(c):
		c.drop("only a comparison")
	case r.ofAnybody(c):
		c.drop("only says what anybody does")
	case r.habit(c):
		c.drop("only says what a kind of people is like")
	case r.source(c):
		c.drop("only where something is known from")
	case r.private(c):
		c.drop("only private parties")
	case r.quiet(c):
		c.drop("told in words of sport, fiction or the kitchen")
	}
}
