package lemma

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Tables is what a model is made of.
type Tables struct {
	// Tags names what entries and rules are filed under: a part of speech, a
	// class of it, or one of the prefixes below and a part of speech or class.
	Tags    []string
	Groups  []Group
	Classes []Class
	Entries []Entry // in order of form and tag
	Rules   []Rule
}

// Prefixes of tags.
const (
	ParticleTag = "particle "  // and a part of speech: words that are particles of a verb
	ModifierTag = "modifier "  // and a part of speech: first parts of its words
	HeadTag     = "head "      // and a part of speech: last parts of its words
	JoinTag     = "join "      // and a class: particles, and particle_verb, that join if Stat is not 0
	JoinedTag   = "join pairs" // particle_verb of a lexicon
)

// Group holds the weights of a part of speech. Keep has a bit for each shape of
// an unknown form, first in its sentence or not, that keeps its capitals.
type Group struct {
	UPOS    string
	Keep    uint16
	Weights []int16 // none, or Features
}

// Class says which tag a pair of UPOS and XPOS has.
type Class struct{ UPOS, XPOS, Tag string }

// Entry says what a form is under a tag, which is a number in Tags. Stat is made
// by the function Stat for parts of words; for words it is the higher the commoner
// they are.
type Entry struct {
	Form, Lemma string
	Tag         int
	Stat        uint8
}

// Rule says what to do with forms of a tag that have an ending.
type Rule struct {
	Tag    int
	Suffix string
	Script Script
}

const (
	kindOther = iota
	kindModifier
	kindNoun
	kindWord // of any other part of speech
)

// NewModel makes a model; it refuses tables that contradict themselves.
func NewModel(t *Tables) (*Model, error) {
	if len(t.Tags) >= noTag {
		return nil, fmt.Errorf("make the lemma model: %d tags are too many", len(t.Tags))
	}
	m := &Model{rules: make(map[uint64]script, len(t.Rules)), classes: make(map[[2]string]class, len(t.Classes)), others: make(map[string]class, len(t.Groups))}
	m.none = group{any: noTag, particle: noTag, modifier: noTag, head: noTag, keep: 1<<(2*shapes) - 1}
	tags := make(map[string]uint16, len(t.Tags))
	m.kinds = make([]uint8, len(t.Tags))
	for i, tag := range t.Tags {
		tags[tag] = uint16(i)
		switch {
		case strings.HasPrefix(tag, ModifierTag):
			m.kinds[i] = kindModifier
		case tag == "NOUN":
			m.kinds[i] = kindNoun
		}
	}
	m.joined = tagOf(tags, JoinedTag)
	if err := m.addGroups(t, tags); err != nil {
		return nil, err
	}
	for _, r := range t.Rules {
		if r.Tag < 0 || r.Tag >= len(t.Tags) || r.Script.Cut < 0 || len(r.Suffix) > maxSuffix {
			return nil, fmt.Errorf("make the lemma model: the rule of %q is damaged", r.Suffix)
		}
		if strings.ContainsFunc(r.Script.Add, isSpace) {
			return nil, fmt.Errorf("make the lemma model: the rule of %q adds white space", r.Suffix)
		}
		m.rules[keyOf(uint16(r.Tag), r.Suffix)] = script{r.Script.Front, r.Script.Add, r.Script.Cut}
	}
	if err := m.lexicon.fill(t); err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Model) addGroups(t *Tables, tags map[string]uint16) error {
	m.groups = make([]group, len(t.Groups))
	for i, g := range t.Groups {
		if n := len(g.Weights); n != 0 && n != Features {
			return fmt.Errorf("make the lemma model: %s has %d weights where there should be %d", g.UPOS, n, Features)
		}
		m.groups[i] = group{tagOf(tags, g.UPOS), tagOf(tags, ParticleTag+g.UPOS), tagOf(tags, ModifierTag+g.UPOS), tagOf(tags, HeadTag+g.UPOS), g.Keep, g.Weights}
		if tag := m.groups[i].any; tag != noTag && m.kinds[tag] == kindOther {
			m.kinds[tag] = kindWord
		}
		m.others[g.UPOS] = class{&m.groups[i], tagOf(tags, g.UPOS), tagOf(tags, JoinTag+g.UPOS)}
	}
	for _, c := range t.Classes {
		g, ok := m.others[c.UPOS]
		if !ok {
			return fmt.Errorf("make the lemma model: the part of speech %q of a class is not known", c.UPOS)
		}
		m.classes[[2]string{c.UPOS, c.XPOS}] = class{g.group, tagOf(tags, c.Tag), tagOf(tags, JoinTag+c.Tag)}
	}
	return nil
}

func tagOf(tags map[string]uint16, name string) uint16 {
	if tag, ok := tags[name]; ok {
		return tag
	}
	return noTag
}

// fill takes the entries in.
func (l *lexicon) fill(t *Tables) error {
	var text strings.Builder
	l.list = make([]entryAt, 0, len(t.Entries))
	for i, e := range t.Entries {
		switch {
		case e.Tag < 0 || e.Tag >= len(t.Tags):
			return fmt.Errorf("make the lemma model: an entry has the tag %d of %d", e.Tag, len(t.Tags))
		case e.Form == "" || e.Lemma == "" || len(e.Form) > maxForm || len(e.Lemma) > 2*maxForm || strings.ContainsFunc(strings.ReplaceAll(e.Lemma, " ", ""), isSpace):
			return fmt.Errorf("make the lemma model: the entry %q is damaged", e.Form)
		case i > 0 && compareEntries(t.Entries[i-1], e) >= 0:
			return fmt.Errorf("make the lemma model: the entry %q is not in order", e.Form)
		}
		if i == 0 || t.Entries[i-1].Form != e.Form {
			l.forms = append(l.forms, formAt{at: uint32(text.Len()), first: uint32(i), size: uint8(len(e.Form))})
			text.WriteString(e.Form)
		}
		last := &l.forms[len(l.forms)-1]
		if last.n == 255 {
			return errors.New("make the lemma model: a form has more than 255 entries")
		}
		last.n++
		at := last.at
		if !strings.HasPrefix(e.Form, e.Lemma) {
			at = uint32(text.Len())
			text.WriteString(e.Lemma)
		}
		l.list = append(l.list, entryAt{at, uint16(e.Tag), uint8(len(e.Lemma)), e.Stat})
	}
	l.text = text.String()
	l.index()
	return nil
}

func compareEntries(a, b Entry) int {
	if c := strings.Compare(a.Form, b.Form); c != 0 {
		return c
	}
	return a.Tag - b.Tag
}

// Sort puts entries in order and leaves out all but the first of each form and tag.
func Sort(entries []Entry) []Entry {
	slices.SortStableFunc(entries, compareEntries)
	return slices.CompactFunc(entries, func(a, b Entry) bool { return compareEntries(a, b) == 0 })
}
