package entity

import (
	"cmp"
	"slices"
	"strings"

	"telex/internal/lang"
)

// joinNames gives every name its entity. Forms of more words go first, so that
// short names find the long ones.
func (r *reading) joinNames() {
	r.findForms()
	r.findAddresses()
	r.findGovernments()
	forms := slices.Clone(r.forms)
	slices.SortStableFunc(forms, func(a, b *form) int { return cmp.Compare(len(b.words), len(a.words)) })
	j := joiner{reading: r, same: map[formKey]*entity{}, byWord: map[formKey][]*entity{}, implied: r.impliedFamilies()}
	for _, f := range forms {
		switch f.typ {
		case person:
			j.person(f)
		case organisation:
			j.organisation(f)
		default:
			j.other(f)
		}
	}
	j.acronyms()
	r.choose(j.doubtful)
	for i := range r.names {
		r.names[i].entity.mentionName(&r.names[i])
	}
	for _, e := range r.entities {
		e.setGender(r.people)
	}
}

// joiner holds the entities found so far by the words of their names.
type joiner struct {
	*reading
	same     map[formKey]*entity   // by the key of a form
	byWord   map[formKey][]*entity // by first and last word in lower case
	implied  map[*form]string      // family names that the text only implies
	doubtful []doubt
}

// doubt is a form that may name several people.
type doubt struct {
	form   *form
	rivals []*entity
}

// create makes an entity of f and files it under the words of its name.
func (j *joiner) create(f *form, words []string) *entity {
	e := &entity{typ: f.typ, words: words, last: -1}
	j.entities = append(j.entities, e)
	j.attach(e, f)
	if len(words) == 0 {
		return e
	}
	e.reversed = f.typ == person && j.familyFirst(words)
	j.file(e, words[len(words)-1])
	if len(words) > 1 {
		j.file(e, words[0])
	}
	return e
}

func (j *joiner) file(e *entity, word string) {
	key := formKey{e.typ, strings.ToLower(word)}
	j.byWord[key] = append(j.byWord[key], e)
}

// attach gives e all names of the form f.
func (j *joiner) attach(e *entity, f *form) {
	e.forms = append(e.forms, f)
	e.size += len(f.names)
	for _, n := range f.names {
		if j.names[n].entity == nil {
			j.names[n].entity = e
		}
	}
	if len(f.words) > 1 {
		e.full += len(f.names)
	}
}

// candidates gives the latest entities whose name begins or ends with the word.
func (j *joiner) candidates(typ, word string) []*entity {
	all := j.byWord[formKey{typ, strings.ToLower(word)}]
	return all[max(0, len(all)-maxRivals):]
}

// other joins places and other names: the same letters, or the same country by
// the same kind of word.
func (j *joiner) other(f *form) {
	if j.governments(f); j.settled(f) {
		return
	}
	key := formKey{f.typ, f.key}
	if f.lands {
		switch {
		case f.typ == place && f.land.Kind == lang.CountryByName:
			key.text = "country " + strings.Join(f.land.Codes, " ") + " " + f.land.Name
		case f.typ == other && (f.land.Kind == lang.CountryByAdjective || f.land.Kind == lang.CountryByInhabitant):
			key.text = "people " + strings.Join(f.land.Codes, " ") + " " + f.land.Name
		}
	}
	j.joinSame(key, f)
}

func (j *joiner) joinSame(key formKey, f *form) bool {
	if e := j.same[key]; e != nil {
		j.attach(e, f)
		return true
	}
	j.same[key] = j.create(f, f.words)
	return false
}

// organisation joins bodies: the same letters, or the beginning or end of one
// longer name and no other: PSV Eindhoven, PSV.
func (j *joiner) organisation(f *form) {
	key := formKey{f.typ, f.key}
	if j.same[key] != nil || len(f.words) == 0 {
		j.joinSame(key, f)
		return
	}
	var found *entity
	for _, word := range []string{f.words[len(f.words)-1], f.words[0]} {
		for _, e := range j.candidates(organisation, word) {
			if e == found || len(e.words) <= len(f.words) || !endsOrBegins(e.words, f.words) {
				continue
			}
			if found != nil {
				j.joinSame(key, f) // of two that fit neither is meant for sure
				return
			}
			found = e
		}
	}
	if found == nil {
		j.joinSame(key, f)
		return
	}
	j.same[key] = found
	j.attach(found, f)
}

// endsOrBegins tells whether part stands at an end of words, case aside.
func endsOrBegins(words, part []string) bool {
	return hasSuffix(words, part) || hasPrefix(words, part)
}

func hasSuffix(words, part []string) bool {
	return len(part) <= len(words) && equalFold(words[len(words)-len(part):], part)
}

func hasPrefix(words, part []string) bool {
	return len(part) <= len(words) && equalFold(words[:len(part)], part)
}

func equalFold(a, b []string) bool { return slices.EqualFunc(a, b, strings.EqualFold) }

// choose settles the names that may be of several people, in text order, once
// all names are known.
func (r *reading) choose(doubts []doubt) {
	rivals := map[*form]*doubt{}
	for i := range doubts {
		rivals[doubts[i].form] = &doubts[i]
	}
	if len(rivals) == 0 {
		return
	}
	alone := map[formKey]*entity{} // who was last called so, by form
	for i := range r.names {
		n := &r.names[i]
		d := rivals[n.form]
		if d == nil {
			n.entity.last = i
			continue
		}
		if n.entity != nil {
			continue // one of another gender than the rivals
		}
		n.entity = bestRival(d.rivals, n.gender, alone[formKey{person, n.form.key}])
		alone[formKey{person, n.form.key}] = n.entity
		n.entity.last = i
	}
	for _, d := range doubts {
		for _, n := range d.form.names {
			if e := r.names[n].entity; !slices.Contains(e.forms, d.form) {
				e.forms = append(e.forms, d.form)
			}
		}
	}
}

// bestRival prefers the one who was called so before, then the one named in full
// most often among those already named, then the latest.
func bestRival(rivals []*entity, g lang.Gender, before *entity) *entity {
	var best *entity
	for _, e := range rivals {
		if g != lang.AnyGender && e.gender != lang.AnyGender && e.gender != g {
			continue
		}
		if best == nil || better(e, best, before) {
			best = e
		}
	}
	if best == nil {
		return rivals[0]
	}
	return best
}

func better(a, b, before *entity) bool {
	if (a.last >= 0) != (b.last >= 0) {
		return a.last >= 0
	}
	if (a == before) != (b == before) {
		return a == before
	}
	if a.full != b.full {
		return a.full > b.full
	}
	return a.last > b.last
}
