package event

import (
	"slices"
	"strconv"
	"strings"

	"telex/internal/lang"
	"telex/internal/plover"
)

// The ways in which an event is told.
const (
	asserted     = "asserted"
	future       = "future"
	hypothetical = "hypothetical"
	negated      = "negated"
	historical   = "historical"
)

// mood is what the words around a trigger say of whether it happens.
type mood struct {
	not, will, want, maybe, must bool
}

// setRealis decides whether it happened, and what type it is if it has yet to.
func (r *reading) setRealis(c *candidate) {
	m := r.mood(c)
	if r.words.Is(lang.MustWord, r.lemma[c.trigger]) {
		m.must = false // the demand is made
	}
	switch c.pattern.Realis {
	case future:
		m.will = true
	case hypothetical:
		m.maybe = true
	case negated:
		m.not = true
	}
	if c.ahead || c.told && !r.a.PublishedAt.IsZero() && c.date > r.a.PublishedAt.Format("2006-01-02")[:len(c.date)] {
		m.will = true
	}
	c.realis = asserted
	switch {
	case m.not && c.typ == plover.Support && c.pattern.Predicate: // niet blij met
		c.typ, c.mode, c.cameo = plover.Accuse, "disapprove", plover.Cameo(plover.Accuse, "disapprove")
		return
	case m.not && c.typ == plover.Request && r.words.Is(lang.WantWord, r.lemma[c.trigger]):
		c.typ, c.mode, c.cameo = plover.Reject, "change", plover.Cameo(plover.Reject, "change")
		return
	case m.not && (m.will || m.want || c.typ == plover.Concede) && r.refused(c):
		return
	case m.not:
		c.realis = negated
	case m.want && r.wished(c):
	case m.will, m.want:
		c.realis = future
		r.promised(c)
	case m.maybe, m.must:
		c.realis = hypothetical
	}
	if c.realis == asserted || c.realis == negated {
		r.setPast(c)
	}
}

// mood gathers it from the trigger, the noun's modifiers, and the verbs above.
func (r *reading) mood(c *candidate) mood {
	var m mood
	r.modified(c.trigger, c.parts, &m)
	for _, t := range c.parts {
		r.modified(t, c.parts, &m)
	}
	if c.clause != c.trigger {
		r.modified(c.clause, c.parts, &m)
	}
	v := c.clause
	if c.pattern.Noun && c.clause == c.trigger {
		v = r.governor(c, &m)
	}
	for steps := 0; v >= 0 && steps < maxClimb; steps++ {
		h := r.head(v)
		if r.conditional(v) {
			m.maybe = true
		}
		if h < 0 || !r.rel(v, "xcomp", "ccomp", "advcl", "acl", "conj", "aux", "csubj") {
			break
		}
		if r.rel(v, "conj", "advcl") || r.rel(v, "ccomp", "csubj") && r.finite(v) || r.rel(v, "acl") && r.finite(v) {
			if !r.conditional(h) {
				r.sharedMood(v, h, &m)
				break
			}
			m.maybe = true
			break
		}
		r.modal(h, &m)
		r.modified(h, c.parts, &m)
		v = h
	}
	if r.asked(c.trigger) {
		m.maybe = true
	}
	return m
}

// sharedMood passes the auxiliaries of a verb on to one that is joined to it
// without its own: zal praten en ondertekenen.
func (r *reading) sharedMood(v, h int, m *mood) {
	if !r.rel(v, "conj") || r.finite(v) || !r.upos(v, "VERB") {
		return
	}
	for c := range r.children(h) {
		if r.rel(c, "aux") {
			r.modal(c, m)
		}
	}
}

// governor looks at the verb or noun that holds a noun: a plan for it, a verb that
// prevents it. It gives the verb of the clause.
func (r *reading) governor(c *candidate, m *mood) int {
	h := r.head(c.trigger)
	for steps := 0; h >= 0 && steps < maxClimb; steps++ {
		if r.upos(h, "NOUN") && r.words.Is(lang.PlanWord, r.nounKey(h)) {
			m.will = true
		}
		if r.words.Is(lang.PreventWord, r.lemma[h]) && (r.rel(c.trigger, "obj", "nsubj") || r.hasOrigin(c.trigger)) {
			m.not = true
		}
		if r.upos(h, "VERB", "AUX") {
			if r.rel(c.trigger, "obj", "nsubj", "nsubj:pass", "ccomp") {
				if !r.words.Is(lang.WillWord, r.lemma[h]) { // "het gaat om" puts nothing off
					r.modal(h, m)
				}
				r.modified(h, c.parts, m)
			}
			return h
		}
		if r.words.Is(lang.PreventWord, r.nounKey(h)) {
			m.not = true
		}
		h = r.head(h)
	}
	return -1
}

// modified reads the small words and auxiliaries under a word; those that are parts
// of the phrase say nothing more.
func (r *reading) modified(i int, parts []int, m *mood) {
	for c := range r.children(i) {
		switch {
		case r.rel(c, "aux", "cop"):
			r.modal(c, m)
		case r.rel(c, "advmod", "det", "amod", "mark", "compound", "case", "obj", "nsubj"):
			if r.words.Is(lang.NotWord, r.lower[c]) && !slices.Contains(parts, c) && !r.notOnly(c) {
				m.not = true
			}
			if r.words.Is(lang.MaybeWord, r.lemma[c]) {
				m.maybe = true
			}
			if r.words.Is(lang.ComingWord, r.lemma[c]) && r.rel(c, "amod") {
				m.will = true
			}
			for g := range r.children(c) { // geen enkele leider
				if r.rel(c, "nsubj", "obj", "advmod") && r.rel(g, "det", "advmod") && r.words.Is(lang.NotWord, r.lower[g]) && !slices.Contains(parts, g) {
					m.not = true
				}
			}
		}
	}
}

// notOnly tells whether a negation is that of niet alleen, which negates nothing.
func (r *reading) notOnly(i int) bool {
	return i+1 < len(r.tokens) && r.sentence[i+1] == r.sentence[i] && r.words.Is(lang.OnlyWord, r.lower[i+1])
}

// modal reads a verb above or beside: zullen, willen, kunnen, moeten.
func (r *reading) modal(i int, m *mood) {
	switch {
	case r.words.Is(lang.WouldWord, r.lower[i]):
		m.maybe = true
	case r.words.Is(lang.WillWord, r.lemma[i]):
		m.will = m.will || r.finite(i) || !r.perfect(i) // "is gaan zitten" is over
	case r.words.Is(lang.WantWord, r.lemma[i]):
		m.want = true
	case r.words.Is(lang.CanWord, r.lemma[i]):
		m.maybe = m.maybe || !r.has(i, "Tense=Past") // who kon free them freed them
	case r.words.Is(lang.MustWord, r.lemma[i]):
		m.must = true
	case r.words.Is(lang.PreventWord, r.lemma[i]):
		m.not = true
	}
}

// asked tells whether the sentence of a token is a question.
func (r *reading) asked(i int) bool {
	s := &r.a.Sentences[r.sentence[i]]
	return s.Last > s.First && r.text(s.Last-1) == "?"
}

// refused makes a refusal of what somebody will not do; false where it is none.
func (r *reading) refused(c *candidate) bool {
	switch c.typ {
	case plover.Consult:
		c.typ, c.mode = plover.Reject, "meet"
	case plover.Aid, plover.Cooperate, plover.Support:
		c.typ, c.mode = plover.Reject, "assist"
	case plover.Retreat, plover.Concede:
		c.typ, c.mode = plover.Reject, "yield"
	default:
		return false
	}
	c.cameo = plover.Cameo(c.typ, c.mode)
	return true
}

// promised turns what is still to come into the type that the manual has for it:
// cooperation to come is an agreement, a retreat to come a concession.
func (r *reading) promised(c *candidate) {
	switch c.typ {
	case plover.Consult:
		c.typ, c.mode, c.cameo = plover.Agree, "", "036"
	case plover.Support:
		if !slices.Contains(c.pattern.Code.Contexts, "legislative") { // a vote to come stays one
			c.typ, c.mode, c.cameo = plover.Agree, "", "032"
		}
	case plover.Cooperate:
		c.typ, c.mode, c.cameo = plover.Agree, "", "031"
	case plover.Aid:
		c.typ, c.mode, c.cameo = plover.Agree, "", "033"
	case plover.Retreat:
		c.typ, c.mode, c.cameo = plover.Concede, "", "035"
	}
}

// wished makes a demand of the help or the meeting that somebody wants of another:
// "de premier wil Franse hulp"; false where it is none.
func (r *reading) wished(c *candidate) bool {
	h := r.head(c.trigger)
	if !c.pattern.Noun || c.clause != c.trigger || h < 0 || !r.rel(c.trigger, "obj") || !r.words.Is(lang.WantWord, r.lemma[h]) {
		return false
	}
	if plover.Quad(c.typ) > plover.MaterialCooperation {
		return false
	}
	var wishing []party
	for _, s := range r.subjectOf(c, h, 0) {
		wishing = addParties(wishing, r.partiesOf(s, nil))
	}
	if len(wishing) == 0 {
		return false
	}
	all := slices.Concat(c.actors, c.recipients, c.sides)
	c.content = &candidate{typ: c.typ, mode: c.mode}
	c.actors, c.sides = wishing, nil
	c.recipients = slices.DeleteFunc(all, func(p party) bool { return r.among(wishing, p) })
	c.typ, c.mode, c.cameo, c.realis = plover.Request, "", "100", asserted
	return true
}

// setPast makes historical what is told with a time long gone.
func (r *reading) setPast(c *candidate) {
	published := r.a.PublishedAt
	if published.IsZero() || len(c.date) < 4 || !c.told {
		return
	}
	year, err := strconv.Atoi(c.date[:4])
	if err != nil || year >= published.Year() {
		return
	}
	if year < published.Year()-1 || len(c.date) == 4 || strings.Compare(c.date, published.AddDate(-1, 0, 0).Format("2006-01-02")) < 0 {
		c.realis = historical
	}
}
