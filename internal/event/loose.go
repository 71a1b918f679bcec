package event

import (
	"slices"
	"strings"

	"telex/internal/lang"
)

// missed keeps a candidate whose phrase is in the text but of whose slots one is not
// filled, if more of it is there than of those of its type tried before it.
func (r *reading) missed(c *candidate) {
	for _, near := range r.nearest {
		if near.typ != c.typ {
			continue
		}
		if c.filled()+len(c.parts) > near.filled()+len(near.parts) {
			c.copyTo(near)
		}
		return
	}
	near := new(candidate)
	c.copyTo(near)
	r.nearest = append(r.nearest, near)
}

// copyTo makes a copy that keeps its phrase when c is tried with another pattern; of
// the other lists only the lengths are to be relied on.
func (c *candidate) copyTo(other *candidate) {
	parts := append(other.parts[:0], c.parts...)
	*other = *c
	other.parts = parts
}

// addLoose lists what word i may tell beside the candidate that fits: of each type the
// pattern of which most was there, and those of its sense, with the parties that the
// text has for them.
func (r *reading) addLoose(i int, fit *candidate) {
	for _, c := range r.nearest {
		if fit == nil || c.typ != fit.typ {
			r.loosen(c)
		}
	}
	form, ok := generalForm(r.tokens[i].UPOS)
	if !ok || r.senses[i] == nil {
		return
	}
	for _, typ := range r.senses[i].Acts {
		if fit != nil && fit.typ == typ || slices.ContainsFunc(r.nearest, func(c *candidate) bool { return c.typ == typ }) {
			continue
		}
		if p := r.words.General(form, typ); p != nil {
			c := &candidate{pattern: p, typ: typ, mode: p.Code.Mode, cameo: p.Code.Cameo, trigger: i, clause: i, place: -1, claimed: -1, passive: r.passive(i)}
			if p.Noun {
				r.support(c)
			}
			c.out = "no pattern"
			r.loosen(c)
		}
	}
}

func generalForm(upos string) (form string, ok bool) {
	switch upos {
	case "VERB":
		return lang.GeneralVerb, true
	case "NOUN":
		return lang.GeneralNoun, true
	case "ADJ":
		return lang.GeneralAdjective, true
	}
	return "", false
}

// loosen fills the slots of a candidate as far as the text does.
func (r *reading) loosen(c *candidate) {
	c.loose = true
	c.actors, c.recipients, c.sides, c.contents, c.places = nil, nil, nil, nil, nil
	object := false
	for i := range c.pattern.Slots {
		s := &c.pattern.Slots[i]
		object = object || slices.Contains(s.Names, lang.ObjectSlot)
		if !r.fillSlot(c, s) && s.Must && c.out == "" {
			c.drop("no party stands in the slot " + strings.Join(s.Names, "/"))
		}
	}
	r.furnish(c, object)
	if r.toItself(c) {
		c.drop("done to the actor himself")
	}
	c.drop("the other side is not known")
	r.loose = append(r.loose, c)
}

// resolveLoose completes loose candidates, from loose[first:] on, of which no other
// candidate is a part.
func (r *reading) resolveLoose(first int) {
	for _, c := range r.loose[first:] {
		r.setWhen(c)
		r.claim(c)
		r.sameState(c)
		r.setSides(c)
		r.setRealis(c)
		r.setDoer(c)
		r.judged(c)
		r.occupants(c)
		r.setMode(c)
	}
}
