package lemma

import (
	"strings"
	"unicode/utf8"
)

// Word is a word of a sentence with its analysis in Universal Dependencies. Head
// counts from 1 within the sentence; 0 is the root.
type Word struct {
	Form, UPOS, XPOS, Deprel string
	Head                     int
}

// maxForm bounds the forms that are looked into, in bytes; a longer one is its
// own lemma.
const maxForm = 96

// particleRelation is the relation of a separated particle to its verb.
const particleRelation = "compound:prt"

// Model finds lemmas. It is immutable; any number of goroutines may share it.
type Model struct {
	lexicon lexicon
	rules   map[uint64]script
	classes map[[2]string]class
	others  map[string]class // by part of speech alone
	groups  []group
	none    group // of a part of speech that the model does not know
	joined  uint16
	kinds   []uint8 // of tags
}

// class is what the model knows of a pair of UPOS and XPOS.
type class struct {
	group *group
	tag   uint16 // of entries and rules; noTag without
	join  uint16 // of particles that make part of their verb's lemma
}

// group is what the words of one part of speech have in common.
type group struct {
	any, particle, modifier, head uint16
	keep                          uint16
	weights                       []int16
}

// noTag is a tag that no entry has.
const noTag = 1<<16 - 1

// Append adds one lemma for each word of a sentence. No lemma is empty, and none
// holds white space that its form does not hold.
func (m *Model) Append(dst []string, words []Word) []string {
	base, first := len(dst), true
	for i := range words {
		dst = append(dst, m.word(&words[i], first))
		first = first && words[i].UPOS == "PUNCT"
	}
	for i := range words {
		w := &words[i]
		if w.Deprel != particleRelation || w.Head < 1 || w.Head > len(words) || w.Head == i+1 {
			continue
		}
		verb := &dst[base+w.Head-1]
		if m.joins(w, *verb) {
			*verb = strings.ToLower(w.Form) + "_" + *verb
		}
	}
	return dst
}

// joins says whether a separated particle is part of the lemma of its verb, by
// what the treebank has of both, by what it has of the particle, or by a lexicon.
func (m *Model) joins(particle *Word, verb string) bool {
	if len(particle.Form) > maxForm || len(verb) > maxForm || particle.Form == "" || strings.Contains(verb, "_") || strings.ContainsFunc(particle.Form, isSpace) {
		return false
	}
	var room [2*maxForm + 64]byte
	key := appendLower(room[:0], particle.Form)
	bare := len(key)
	key = append(append(key, '_'), verb...)
	join := m.class(particle).join
	if e, ok := m.lexicon.find(key, join); ok {
		return e.stat > 0
	}
	if e, ok := m.lexicon.find(key[:bare], join); ok {
		return e.stat > 0
	}
	_, ok := m.lexicon.find(key, m.joined)
	return ok
}

func (m *Model) class(w *Word) class {
	if c, ok := m.classes[[2]string{w.UPOS, w.XPOS}]; ok {
		return c
	}
	if c, ok := m.others[w.UPOS]; ok {
		return c
	}
	return class{&m.none, noTag, noTag}
}

// word gives the lemma of a word before any particle is joined to it.
func (m *Model) word(w *Word, first bool) string {
	if w.Form == "" {
		return "_"
	}
	if len(w.Form) > maxForm {
		return w.Form
	}
	c := m.class(w)
	form, ok := m.prepare(w, c, first)
	if ok {
		return form
	}
	if lemma, ok := m.elsewhere(form); ok {
		return lemma
	}
	return m.unknown(form, c)
}

// elsewhere gives the lemma that a form has under another part of speech, the
// commonest one: more often than not the tagger is wrong, not the list.
func (m *Model) elsewhere(form string) (string, bool) {
	entries := m.lexicon.entries(form)
	best := -1
	for i := range entries {
		if kind := m.kinds[entries[i].tag]; kind != kindNoun && kind != kindWord {
			continue
		}
		if best < 0 || entries[i].stat > entries[best].stat {
			best = i
		}
	}
	if best < 0 {
		return "", false
	}
	return m.lexicon.lemma(&entries[best]), true
}

// prepare gives the lemma of a word that a list holds; else false and the form
// with or without its capitals, as its lemma will have them.
func (m *Model) prepare(w *Word, c class, first bool) (string, bool) {
	isParticle := w.Deprel == particleRelation
	if lemma, ok := m.choose(m.lexicon.entries(w.Form), c, isParticle); ok {
		return lemma, true
	}
	shape := shapeOf(w.Form)
	if shape == lower {
		return w.Form, false
	}
	var room [4 * maxForm]byte
	if shape == upperLong {
		if lemma, ok := m.choose(m.lexicon.entriesOf(appendTitled(room[:0], w.Form)), c, isParticle); ok {
			return lemma, true
		}
	}
	form := appendLower(room[:0], w.Form)
	if lemma, ok := m.choose(m.lexicon.entriesOf(form), c, isParticle); ok {
		return lemma, true
	}
	if c.group.keep>>(2*shape+oneIf(first))&1 == 1 || len(form) > maxForm {
		return w.Form, false
	}
	return string(form), false
}

// known looks a form up that is no particle of a verb.
func (m *Model) known(form string, c class) (string, bool) {
	return m.choose(m.lexicon.entries(form), c, false)
}

// choose takes the entry of a class, else that of its part of speech.
func (m *Model) choose(entries []entryAt, c class, isParticle bool) (string, bool) {
	found := -1
	for i := range entries {
		switch entries[i].tag {
		case c.tag:
			if !isParticle {
				return m.lexicon.lemma(&entries[i]), true
			}
			found = i
		case c.group.particle:
			if isParticle {
				return m.lexicon.lemma(&entries[i]), true
			}
		case c.group.any:
			if found < 0 {
				found = i
			}
		}
	}
	if found < 0 {
		return "", false
	}
	return m.lexicon.lemma(&entries[found]), true
}

// unknown makes the lemma of a form that no list holds: split into parts if that
// is likely, else by the rule of its longest ending.
func (m *Model) unknown(form string, c class) string {
	var room [4 * maxForm]byte
	if cut := m.bestCut(form, c, 0); cut.at > 0 {
		return string(m.appendCut(room[:0], form, c, cut, 0))
	}
	lemma := m.appendRule(room[:0], form, c)
	if len(lemma) <= len(form) && string(lemma) == form[:len(lemma)] {
		return form[:len(lemma)]
	}
	return string(lemma)
}

func oneIf(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}

// Shapes of a form.
const (
	lower      = iota // no capital
	title             // one capital, in front
	upperShort        // capitals only, up to five
	upperLong
	mixed
	titleHyphen // like title, and with a hyphen
	mixedHyphen
	shapes
)

// shapeOf tells how a form uses capitals.
func shapeOf(form string) uint16 {
	capitals, smalls, front, hyphen := 0, 0, false, uint16(0)
	for i, r := range form {
		switch {
		case r == '-':
			hyphen = titleHyphen - title
		case isUpper(r):
			capitals++
			front = front || i == 0
		case isLower(r):
			smalls++
		}
	}
	switch {
	case capitals == 0:
		return lower
	case capitals == 1 && front && smalls > 0:
		return title + hyphen
	case smalls == 0 && capitals <= 5:
		return upperShort
	case smalls == 0:
		return upperLong
	}
	return mixed + min(hyphen, mixedHyphen-mixed)
}

// validCut says whether a form can be cut before byte i without cutting a
// character.
func validCut(form string, i int) bool {
	return i >= len(form) || utf8.RuneStart(form[i])
}
