package entity

import (
	"strings"

	"telex/internal/lang"
)

// What an article says for the type of a name, in votes; the label of each name is one.
const (
	shownVotes  = 2 // what the words beside a name say for a type
	familyVotes = 3 // what the full name of a person says of its last word
)

// shownType is the type that the words beside a name show, or its own last part;
// "" where they show none.
func (r *reading) shownType(n *name) string {
	single := n.last-n.first == 1
	switch {
	case n.typ == organisation && r.shortOfArea(n):
		return place
	case single && n.typ == person && r.people.Organisation(r.lower[n.first]) && !r.titled(n):
		return organisation
	case single && n.typ != person && r.titled(n):
		return person
	}
	if typ := r.endType(n); typ != "" {
		return typ
	}
	return r.introduced(n)
}

// endType is the type that the last part of a name of several words shows behind
// its hyphen: Jan Smit-stichting; "" for none.
func (r *reading) endType(n *name) string {
	last := r.text(n.last - 1)
	i := strings.LastIndexByte(last, '-')
	if i <= 0 || n.last-n.first == 1 {
		return ""
	}
	switch end := last[i+1:]; { // as written: Winkel is half a family name
	case r.people.Is(lang.Venue, end):
		return place
	case r.people.Organisation(end):
		return organisation
	}
	return ""
}

// shortened tells whether b is the short form in brackets of a, and only one of the
// two is labelled a body. People have no short forms: Eva Lam (VVD).
func (r *reading) shortened(a, b *name) bool {
	if a.typ == person || (a.typ == organisation) == (b.typ == organisation) || b.last-b.first != 1 || a.last-a.first > maxNameWords || !r.inBrackets(a, b) {
		return false
	}
	short := r.text(b.first)
	return isAcronym(short) && abbreviates(short, strings.Fields(r.textOf(a)))
}

// introduced is the type that a noun shows which stands right before n and on
// which n hangs: het stadion Nemesio, de krant El Tiempo.
func (r *reading) introduced(n *name) string {
	from, _ := r.bounds(n.first)
	t := n.first - 1
	if t < from || r.nameAt[t] != 0 || r.tokens[t].UPOS != "NOUN" || r.plural(t) || !r.hangsOn(n, t) {
		return ""
	}
	switch {
	case r.is(lang.Venue, t):
		return place
	case r.is(lang.Thing, t):
		return other
	case r.is(lang.Animal, t):
		return person
	case n.typ == place || !r.people.Organisation(r.lower[t]) || t > from && r.is(lang.Of, t-1):
		return ""
	}
	if _, _, office := r.officeWord(t); office {
		return "" // kampioen, staatsraad: a body, or who holds the office
	}
	return organisation
}

// hangsOn tells whether a word of n hangs on token t.
func (r *reading) hangsOn(n *name, t int) bool {
	for i := n.first; i < min(n.last, n.first+maxNameWords); i++ {
		if r.head(i) == t {
			return true
		}
	}
	return false
}

// shortOfArea tells whether n is a short form in brackets behind a stretch of land.
func (r *reading) shortOfArea(n *name) bool {
	from, _ := r.bounds(n.first)
	return n.first-2 >= from && n.last-n.first == 1 && r.text(n.first-1) == "(" && isAcronym(r.text(n.first)) && r.is(lang.Area, n.first-2)
}

// titled tells whether an office in the singular or an age stands right before n.
func (r *reading) titled(n *name) bool {
	from, _ := r.bounds(n.first)
	t := n.first - 1
	if t < from || r.nameAt[t] != 0 && r.named(t).typ != other {
		return false
	}
	if r.address(t) {
		return true
	}
	_, last, ok := r.officeWord(t)
	return ok && last == n.first && !r.plural(t)
}
