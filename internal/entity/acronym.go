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
	long := map[formKey][]*entity{}
	for _, f := range r.forms {
		if f.typ == person || len(f.words) < 2 {
			continue
		}
		e := r.names[f.names[0]].entity
		for _, key := range r.initials(f.words) {
			k := formKey{f.typ, key}
			if list := long[k]; len(list) == 0 || list[len(list)-1] != e {
				long[k] = append(list, e)
			}
		}
	}
	for _, f := range r.forms {
		if f.typ == person || !isAcronym(f.text) || len(f.words) != 1 {
			continue
		}
		e := r.names[f.names[0]].entity
		if list := long[formKey{f.typ, strings.ToUpper(strings.ReplaceAll(f.text, ".", ""))}]; len(list) == 1 && list[0] != e {
			r.merge(list[0], e)
		}
	}
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

// isAcronym tells whether a word is short and mostly capitals: KNVB, PvdA, V.S.
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
	return upper >= minAcronym && upper > lower
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

// merge makes a and b one entity, a.
func (r *reading) merge(a, b *entity) {
	if a == b {
		return
	}
	for _, f := range b.forms {
		a.forms = append(a.forms, f)
		for _, n := range f.names {
			if r.names[n].entity == b {
				r.names[n].entity = a
			}
		}
	}
	b.forms = nil
}
