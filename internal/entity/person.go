package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/lang"
)

// person joins the names of people.
func (j *joiner) person(f *form) {
	j.families(f)
	if len(f.words) == 0 || j.settled(f) {
		return
	}
	words := f.words
	if family := j.implied[f]; family != "" {
		words = append(words[:len(words):len(words)], family)
	}
	rivals := j.whoMayBe(words)
	j.partGenders(f, rivals)
	switch {
	case j.settled(f):
	case len(rivals) == 0:
		j.create(f, words).setGender(j.people)
	case len(rivals) == 1:
		j.attachRest(rivals[0], f)
	default:
		j.doubtful = append(j.doubtful, doubt{f, rivals})
	}
}

// settled tells whether every name of the form has its entity.
func (j *joiner) settled(f *form) bool {
	for _, n := range f.names {
		if j.names[n].entity == nil {
			return false
		}
	}
	return true
}

// attachRest gives e those names of f that have no entity yet.
func (j *joiner) attachRest(e *entity, f *form) {
	e.forms = append(e.forms, f)
	for _, n := range f.names {
		if j.names[n].entity == nil {
			j.names[n].entity = e
			if len(f.words) > 1 {
				e.full++
			}
		}
	}
	if len(f.words) > len(e.words) {
		e.words = f.words
	}
}

// families gives names that stand for several people (de familie Smit) an entity
// of their own.
func (j *joiner) families(f *form) {
	var e *entity
	for _, i := range f.names {
		n := &j.names[i]
		if !n.family {
			continue
		}
		if e == nil {
			e = &entity{typ: person, words: f.words, last: -1, forms: []*form{f}}
			j.entities = append(j.entities, e)
		}
		n.entity = e
	}
}

// partGenders gives the names of f with a gender that no rival has an entity of
// their own: mevrouw De Wit, where the article knows a Jan de Wit.
func (j *joiner) partGenders(f *form, rivals []*entity) {
	if len(rivals) == 0 {
		return
	}
	for _, g := range []lang.Gender{lang.Male, lang.Female} {
		fits := false
		for _, e := range rivals {
			fits = fits || e.gender == lang.AnyGender || e.gender == g
		}
		if !fits {
			j.setApart(f, g)
		}
	}
}

// setApart gives the names of f that have the gender g an entity of their own.
func (j *joiner) setApart(f *form, g lang.Gender) {
	var e *entity
	for _, i := range f.names {
		n := &j.names[i]
		if n.entity != nil || n.gender != g {
			continue
		}
		if e == nil {
			e = &entity{typ: person, words: f.words, last: -1, forms: []*form{f}, gender: g}
			j.entities = append(j.entities, e)
		}
		n.entity = e
	}
}

// whoMayBe gives the people so far whose name the words may be. A family name
// goes before a given name.
func (j *joiner) whoMayBe(words []string) []*entity {
	var rivals []*entity
	last, first := words[len(words)-1], words[0]
	for _, e := range j.candidates(person, last) {
		if j.sameByFamily(e, words) {
			rivals = append(rivals, e)
		}
	}
	if len(rivals) > 0 {
		return rivals
	}
	for _, e := range j.candidates(person, first) {
		if e.reversed && hasPrefix(e.words, words) {
			rivals = append(rivals, e)
		}
	}
	if len(rivals) > 0 {
		return rivals
	}
	for _, e := range j.candidates(person, first) {
		if hasPrefix(e.words, words) {
			rivals = append(rivals, e)
		}
	}
	return rivals
}

// sameByFamily tells whether words, whose last is a last word of e's name, may
// name e: they end it, or have the same family name and given names that agree.
func (j *joiner) sameByFamily(e *entity, words []string) bool {
	if hasSuffix(e.words, words) {
		return true
	}
	if len(words) < 2 || len(e.words) < 2 || e.reversed {
		return false
	}
	x, y := j.givenPart(e.words), j.givenPart(words)
	return equalFold(e.words[len(x):], words[len(y):]) && j.agree(x, y)
}

// givenPart is the words of a name before the family name and its particles.
func (j *joiner) givenPart(words []string) []string {
	for i, w := range words {
		if i > 0 && j.people.Is(lang.Particle, w) {
			return words[:i]
		}
	}
	if len(words) > 0 && capital(words[0]) && j.people.Is(lang.Particle, strings.ToLower(words[0])) {
		return nil
	}
	return words[:len(words)-1]
}

// agree tells whether two lists of given names may be of one person: the first
// are equal, or one is the initial or a short form of the other.
func (j *joiner) agree(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	x, y := a[0], b[0]
	if len(x) > len(y) {
		x, y = y, x
	}
	if strings.EqualFold(x, y) {
		return true
	}
	if initial(x) {
		cx, _ := utf8.DecodeRuneInString(x)
		cy, _ := utf8.DecodeRuneInString(y)
		return unicode.ToUpper(cx) == unicode.ToUpper(cy)
	}
	const short = 3 // bytes from which a beginning is a short form
	return len(x) >= short && strings.HasPrefix(strings.ToLower(y), strings.ToLower(x)) && !strings.Contains(y, "-")
}

// initial tells whether a word is initials: J., J.P., J, Th.
func initial(w string) bool {
	return utf8.RuneCountInString(w) == 1 || strings.HasSuffix(w, ".")
}

// familyFirst tells whether a name begins with the family name: the first word
// is such a name and the second is no given name of other peoples.
func (j *joiner) familyFirst(words []string) bool {
	return len(words) > 1 && len(words) < 4 && j.people.Is(lang.FamilyFirst, words[0]) && j.people.Given(words[1]) == lang.AnyGender &&
		!j.people.Is(lang.Particle, words[1]) && j.people.Given(words[0]) == lang.AnyGender && !initial(words[1])
}

// impliedFamilies finds given names that share the family name of the next:
// Bill en Hillary Clinton. The family name is given by form of the first name,
// where all of its names stand so or the others stand alone.
func (r *reading) impliedFamilies() map[*form]string {
	out := map[*form]string{}
	for i := range r.names {
		if i+1 == len(r.names) {
			break
		}
		a, b := &r.names[i], &r.names[i+1]
		if a.typ != person || b.typ != person || b.first != a.last+1 || !r.is(lang.And, a.last) {
			continue
		}
		if len(a.form.words) == 1 && len(b.form.words) == 2 && r.people.Given(a.form.words[0]) != lang.AnyGender {
			out[a.form] = b.form.words[1]
		}
	}
	return out
}

// setGender finds the gender of a person from the given name.
func (e *entity) setGender(p *lang.People) {
	if e.typ != person || e.gender != lang.AnyGender || len(e.words) == 0 {
		return
	}
	if e.reversed || len(e.words) == 1 && p.Given(e.words[0]) == lang.AnyGender {
		return
	}
	e.gender = p.Given(e.words[0])
}

// findAddresses reads what stands before the names of people: a form of address
// or a noun that shows the gender, a word for a family.
func (r *reading) findAddresses() {
	for i := range r.names {
		n := &r.names[i]
		if n.typ != person {
			continue
		}
		from, _ := r.bounds(n.first)
		for t := n.first - 1; t >= from && n.first-t < 4; t-- {
			if r.is(lang.Family, t) {
				n.family = true
				break
			}
			g, address, ok := r.people.Person(r.lower[t])
			if o, found := r.people.Office(r.text(t)); !ok && found && !r.plural(t) {
				g, ok = o.Gender, true
			}
			if ok && n.gender == lang.AnyGender {
				n.gender = g
			}
			if !address {
				break
			}
		}
	}
}
