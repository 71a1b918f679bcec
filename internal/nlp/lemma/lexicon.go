package lemma

import "github.com/zeebo/xxh3"

// lexicon holds all forms in one string and finds them by open addressing.
type lexicon struct {
	text  string // forms and lemmas
	forms []formAt
	list  []entryAt
	slots []uint32 // number of a form plus one; 0 is free
}

// formAt is a form and where its entries start.
type formAt struct {
	at    uint32
	first uint32
	size  uint8
	n     uint8
}

// entryAt is what the lexicon says of a form under a tag.
type entryAt struct {
	at   uint32 // of the lemma
	tag  uint16
	size uint8
	stat uint8
}

func (l *lexicon) lemma(e *entryAt) string { return l.text[e.at : e.at+uint32(e.size)] }

// index makes the table of slots, twice as large as the list at least.
func (l *lexicon) index() {
	size := 4
	for size < 2*len(l.forms) {
		size *= 2
	}
	l.slots = make([]uint32, size)
	mask := uint64(size - 1)
	for i, f := range l.forms {
		at := xxh3.HashString(l.form(&f)) & mask
		for l.slots[at] != 0 {
			at = (at + 1) & mask
		}
		l.slots[at] = uint32(i + 1)
	}
}

// entries gives what stands under a form, in order of the tags.
func (l *lexicon) entries(form string) []entryAt {
	mask := uint64(len(l.slots) - 1)
	for at := xxh3.HashString(form) & mask; l.slots[at] != 0; at = (at + 1) & mask {
		if f := &l.forms[l.slots[at]-1]; l.form(f) == form {
			return l.list[f.first : f.first+uint32(f.n)]
		}
	}
	return nil
}

// entriesOf is entries for a form that is no string yet; it allocates nothing.
func (l *lexicon) entriesOf(form []byte) []entryAt {
	mask := uint64(len(l.slots) - 1)
	for at := xxh3.Hash(form) & mask; l.slots[at] != 0; at = (at + 1) & mask {
		if f := &l.forms[l.slots[at]-1]; l.form(f) == string(form) {
			return l.list[f.first : f.first+uint32(f.n)]
		}
	}
	return nil
}

func (l *lexicon) form(f *formAt) string { return l.text[f.at : f.at+uint32(f.size)] }

// find gives the entry of a form under a tag.
func (l *lexicon) find(form []byte, tag uint16) (entryAt, bool) {
	for _, e := range l.entriesOf(form) {
		if e.tag == tag {
			return e, true
		}
	}
	return entryAt{}, false
}
