package entity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
)

// fill writes the layer: entities in the order of their first mention, mentions
// in text order.
func (r *reading) fill() {
	kept := r.entities[:0]
	for _, e := range r.entities {
		if len(e.mentions) == 0 {
			continue // it went up into another
		}
		slices.SortStableFunc(e.mentions, func(a, b mention) int { return cmp.Compare(a.span.Start, b.span.Start) })
		e.first = e.mentions[0].span.Start
		kept = append(kept, e)
	}
	slices.SortStableFunc(kept, func(a, b *entity) int { return cmp.Compare(a.first, b.first) })
	r.a.Entities = make([]document.Entity, 0, len(kept))
	for i, e := range kept {
		e.id = "e" + strconv.Itoa(i+1)
		r.a.Entities = append(r.a.Entities, document.Entity{
			ID: e.id, Type: e.typ, Name: e.fullest(), Links: e.links(), Roles: e.layerRoles(), Mentions: e.layerMentions(),
		})
	}
}

// fullest is the longest form of the name: most words, then not in capitals only,
// then most letters, then the first; without the ending of a genitive.
func (e *entity) fullest() string {
	best := e.forms[0]
	for _, f := range e.forms[1:] {
		if longer(f, best) {
			best = f
		}
	}
	if e.typ == person {
		return strings.Join(append(best.words[:len(best.words):len(best.words)], strings.Fields(best.text)[len(best.words):]...), " ")
	}
	return best.text
}

// longer prefers a to b as the name of their entity.
func longer(a, b *form) bool {
	if len(a.words) != len(b.words) {
		return len(a.words) > len(b.words)
	}
	if x, y := shouted(a.text), shouted(b.text); x != y {
		return y
	}
	if a.key == b.key {
		return len(a.text) < len(b.text) // one of them has the ending of a genitive
	}
	return len(a.text) > len(b.text)
}

// links ties places and the names of peoples to their countries, and seats of
// government to theirs.
func (e *entity) links() []document.Link {
	var links []document.Link
	for _, code := range e.governs {
		links = append(links, document.Link{Scheme: "iso3166", ID: code})
	}
	if len(links) > 0 {
		return links
	}
	for _, f := range e.forms {
		if !f.lands {
			continue
		}
		byKind := e.typ == place && (f.land.Kind == lang.CountryByName || f.land.Kind == lang.CountryBySeat) ||
			e.typ == other && (f.land.Kind == lang.CountryByAdjective || f.land.Kind == lang.CountryByInhabitant)
		if !byKind {
			continue
		}
		for _, code := range f.land.Codes {
			links = append(links, document.Link{Scheme: "iso3166", ID: code})
		}
		break
	}
	return links
}

func (e *entity) layerRoles() []document.Role {
	out := make([]document.Role, 0, len(e.roles))
	for i := range e.roles {
		role := e.roles[i].Role
		if of := e.roles[i].of; of != nil && len(of.forms) > 0 {
			role.Of = of.fullest()
		}
		out = append(out, role)
	}
	return out
}

func (e *entity) layerMentions() []document.Mention {
	out := make([]document.Mention, len(e.mentions))
	for i, m := range e.mentions {
		out[i] = document.Mention{Span: m.span, Form: m.form}
	}
	return out
}
