package entity

import (
	"fmt"
	"strings"
	"unicode"
)

// label takes a BIO label apart; typ is "" outside names.
func label(s string) (typ string, begins bool) {
	if rest, ok := strings.CutPrefix(s, "B-"); ok {
		return rest, true
	}
	rest, _ := strings.CutPrefix(s, "I-")
	if rest == s {
		return "", false
	}
	return rest, false
}

// findNames reads the labels of the tokens. A label that goes on with a name of
// another type, or with none, begins one, as in conlleval.
func (r *reading) findNames() {
	for si := range r.a.Sentences {
		s := &r.a.Sentences[si]
		for i := s.First; i < s.Last; {
			typ, _ := label(r.tokens[i].Name)
			end := i + 1
			for ; typ != "" && end < s.Last; end++ {
				if t, begins := label(r.tokens[end].Name); t != typ || begins {
					break
				}
			}
			if typ != "" && !r.addName(i, end, typ) {
				return
			}
			i = end
		}
	}
}

// addName notes the tokens [first,last) as a name; false when there are too many.
func (r *reading) addName(first, last int, typ string) bool {
	if len(r.names) == maxNames {
		explain(r.a, fmt.Sprintf("cut: only the first %d names were read", maxNames))
		return false
	}
	r.names = append(r.names, name{first: first, last: last, span: r.span(first, last), typ: typ})
	for t := first; t < last; t++ {
		r.nameAt[t] = int32(len(r.names))
	}
	return true
}

// textOf is a name as written.
func (r *reading) textOf(n *name) string { return r.a.Raw[n.span.Start:n.span.End] }

// formKey tells forms apart before their words are looked at.
type formKey struct{ typ, text string }

// findForms groups the names by type and letters.
func (r *reading) findForms() {
	byText := make(map[formKey]*form, 64)
	for i := range r.names {
		n := &r.names[i]
		key := formKey{n.typ, r.textOf(n)}
		f := byText[key]
		if f == nil {
			f = newForm(key)
			byText[key] = f
			r.forms = append(r.forms, f)
		}
		f.names = append(f.names, int32(i))
		n.form = f
	}
	r.dropGenitives()
	for _, f := range r.forms {
		if f.typ != person {
			f.land, f.lands = r.countries.Find(f.text)
		}
	}
}

func newForm(k formKey) *form {
	f := &form{typ: k.typ, words: strings.Fields(k.text)}
	f.text = strings.Join(f.words, " ")
	f.words = f.words[:min(len(f.words), maxNameWords)]
	if last := len(f.words) - 1; last >= 0 && k.typ != other {
		f.words[last] = withoutPossessive(f.words[last])
	}
	f.setKey()
	return f
}

func (f *form) setKey() {
	f.key = strings.ToLower(strings.Join(f.words, " "))
	if f.typ == organisation {
		f.key = strings.ReplaceAll(strings.ReplaceAll(f.key, "-", " "), ".", "")
	}
}

// withoutPossessive drops an ending with an apostrophe: Rutte's, Johannes'.
func withoutPossessive(word string) string {
	for _, ending := range []string{"'s", "’s", "'", "’"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 1 {
			return stem
		}
	}
	return word
}

// dropGenitives takes the s off a name that stands without it elsewhere:
// Trumps, where the article knows a Trump.
func (r *reading) dropGenitives() {
	ends := make(map[formKey]bool, 2*len(r.forms))
	for _, f := range r.forms {
		if n := len(f.words); n > 0 {
			ends[formKey{f.typ, f.words[n-1]}] = true
			ends[formKey{f.typ, f.words[0]}] = true
		}
	}
	for _, f := range r.forms {
		n := len(f.words)
		if n == 0 || f.typ == other {
			continue
		}
		if stem, ok := strings.CutSuffix(f.words[n-1], "s"); ok && len(stem) > 2 && ends[formKey{f.typ, stem}] {
			f.words[n-1] = stem
			f.setKey()
		}
	}
}

// capital tells whether a word begins with a capital.
func capital(word string) bool {
	for _, c := range word {
		return unicode.IsUpper(c)
	}
	return false
}

// shouted tells whether all letters are capitals, of which there are several.
func shouted(text string) bool {
	letters := 0
	for _, c := range text {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters > 1
}

// mentionName adds a name to what is known of its entity.
func (e *entity) mentionName(n *name) {
	n.entity = e
	e.mentions = append(e.mentions, mention{span: n.span, form: byName, token: n.first})
}
