package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/lang"
)

// acronyms joins bodies and places with their short forms: Koninklijke
// Nederlandse Voetbalbond (KNVB), and the two apart where every letter fits.
func (j *joiner) acronyms() {
	r := j.reading
	for i := 0; i+1 < len(r.names); i++ {
		a, b := &r.names[i], &r.names[i+1]
		if a.entity == nil || b.entity == nil || a.typ != b.typ || a.typ == person || !r.inBrackets(a, b) {
			continue
		}
		if isAcronym(b.form.text) && abbreviates(b.form.text, a.form.words) || isAcronym(a.form.text) && abbreviates(a.form.text, b.form.words) {
			r.merge(a.entity, b.entity)
		}
	}
	r.acronymsApart()
}

// inBrackets tells whether b follows a between brackets of its own.
func (r *reading) inBrackets(a, b *name) bool {
	return b.first == a.last+1 && r.text(a.last) == "(" && b.last < len(r.tokens) && r.text(b.last) == ")"
}

// acronymsApart joins a short form with the one long name whose initials it is.
func (r *reading) acronymsApart() {
	long := map[formKey][]*form{}
	for _, f := range r.forms {
		if f.typ == person || len(f.words) < 2 {
			continue
		}
		for _, key := range r.initials(f.words) {
			k := formKey{f.typ, key}
			if list := long[k]; len(list) < maxRivals {
				long[k] = append(list, f)
			}
		}
	}
	for _, f := range r.forms {
		if f.typ == person || !isAcronym(f.text) || len(f.words) != 1 {
			continue
		}
		if e := r.only(long[formKey{f.typ, strings.ToUpper(strings.ReplaceAll(f.text, ".", ""))}]); e != nil {
			r.merge(e, r.entityOf(f))
		}
	}
}

// entityOf is the entity of the names of f.
func (r *reading) entityOf(f *form) *entity { return r.names[f.names[0]].entity }

// only is the entity of all the forms; nil when they have several, or are none.
func (r *reading) only(forms []*form) *entity {
	var e *entity
	for _, f := range forms {
		of := r.entityOf(f)
		if e != nil && of != e {
			return nil
		}
		e = of
	}
	return e
}

// initials gives the initials of a name in capitals, with and without those of
// the small words in it: PVDA and PA.
func (r *reading) initials(words []string) []string {
	var all, large strings.Builder
	for _, w := range words {
		for _, part := range strings.Split(w, "-") {
			c, n := utf8.DecodeRuneInString(part)
			if n == 0 || !unicode.IsLetter(c) {
				continue
			}
			all.WriteRune(unicode.ToUpper(c))
			if !r.people.Is(lang.Acronymless, strings.ToLower(part)) {
				large.WriteRune(unicode.ToUpper(c))
			}
		}
	}
	if all.Len() == large.Len() {
		return []string{all.String()}
	}
	return []string{all.String(), large.String()}
}

const (
	minAcronym = 2  // letters
	maxAcronym = 12 // bytes
)

// isAcronym tells whether a word is short and at least half capitals: KNVB, PvdA, V.S.
func isAcronym(text string) bool {
	if len(text) > maxAcronym || !capital(text) {
		return false
	}
	upper, lower := 0, 0
	for _, c := range text {
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c):
			lower++
		case c != '.' && !unicode.IsDigit(c):
			return false
		}
	}
	return upper >= minAcronym && upper >= lower
}

// abbreviates tells whether the letters of an acronym stand in the words in that
// order, the first at the beginning of the first word.
func abbreviates(acronym string, words []string) bool {
	rest := strings.ToLower(strings.Join(words, " "))
	first := true
	for _, c := range strings.ToLower(acronym) {
		if c == '.' {
			continue
		}
		i := strings.IndexRune(rest, c)
		if i < 0 || first && i > 0 {
			return false
		}
		first = false
		rest = rest[i+utf8.RuneLen(c):]
	}
	return len(words) > 1 && !first
}

// merge makes a and b one entity: the one with more names takes those of the
// other, so that the work stays linear.
func (r *reading) merge(a, b *entity) {
	if a == b {
		return
	}
	if a.size < b.size {
		a, b = b, a
	}
	for _, f := range b.forms {
		a.forms = append(a.forms, f)
		for _, n := range f.names {
			if r.names[n].entity == b {
				r.names[n].entity = a
			}
		}
	}
	a.size += b.size
	b.forms, b.size = nil, 0
}
