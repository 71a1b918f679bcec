package entity

import (
	"strings"

	"telex/internal/lang"
)

// mendNames moves the edges of names to where the tables say that they are: forms
// of address stand outside (dr. Smit), a word for a people before a person is a
// name by itself (Duitser Smit), a given name belongs to the name behind it, and a
// particle with a capital to a family name that the article knows with it (De Wit,
// where there is a Jan de Wit).
func (r *reading) mendNames() {
	families := r.particleFamilies()
	out := make([]name, 0, len(r.names)+8)
	for _, n := range r.names {
		if n.typ == person {
			for n.first+1 < n.last && r.address(n.first) {
				n.first++
			}
		}
		if first, ok := r.inhabitantBefore(&n); ok {
			out = append(out, first)
		}
		if n.typ == person {
			out = r.givenBefore(&n, out)
			r.particle(&n, families)
		}
		out = append(out, n)
	}
	r.replace(out)
}

// givenBefore draws a given name that got a label of another type into the name
// of a person right behind it.
func (r *reading) givenBefore(n *name, before []name) []name {
	if len(before) == 0 {
		return before
	}
	m := &before[len(before)-1]
	if m.typ == person || m.last != n.first || m.last-m.first != 1 || r.sentence[m.first] != r.sentence[n.first] || r.people.Given(r.text(m.first)) == lang.AnyGender {
		return before
	}
	n.first = m.first
	return before[:len(before)-1]
}

// inhabitantBefore parts a word for a people from the front of a name of two words.
func (r *reading) inhabitantBefore(n *name) (first name, ok bool) {
	if n.last-n.first != 2 || n.typ == organisation || n.typ == other && r.people.Given(r.text(n.first+1)) == lang.AnyGender && r.tokens[n.first+1].UPOS != "PROPN" {
		return first, false
	}
	c, found := r.countries.Find(r.text(n.first))
	if !found || c.Kind != lang.CountryByInhabitant && (c.Kind != lang.CountryByAdjective || n.typ != person) {
		return first, false
	}
	first = *n
	first.last, first.typ = n.first+1, other
	n.first++
	n.typ = person
	return first, true
}

// particleFamilies gives the family names with particles that the article knows
// from names in full, in lower case: de wit.
func (r *reading) particleFamilies() map[string]bool {
	families := map[string]bool{}
	for i := range r.names {
		n := &r.names[i]
		if n.typ != person {
			continue
		}
		for t := n.first + 1; t < min(n.last-1, n.first+maxNameWords); t++ {
			if r.is(lang.Particle, t) {
				families[strings.Join(r.lower[t:n.last], " ")] = true
				break
			}
		}
	}
	return families
}

// particle draws the particles before a family name into it.
func (r *reading) particle(n *name, families map[string]bool) {
	from, _ := r.bounds(n.first)
	for t := n.first - 1; t >= max(from, n.first-2) && r.nameAt[t] == 0 && r.is(lang.Particle, t); t-- {
		if capital(r.text(t)) && n.last-t <= maxRepeat && families[strings.Join(r.lower[t:n.last], " ")] {
			n.first = t
			return
		}
	}
}

// replace sets the names anew; they are in text order and do not overlap.
func (r *reading) replace(names []name) {
	clear(r.nameAt)
	r.names = make([]name, 0, len(names)+len(names)/8+4)
	for _, n := range names {
		if !r.addName(n.first, n.last, n.typ) {
			return
		}
	}
}
