package namer

import "telex/internal/nlp/lexicon"

// Group is a set of kinds of features, for measuring what each is worth.
type Group uint8

// The groups of features; words, letters and shapes are always there.
const (
	Listed    Group = 1 << iota // the learned lists of names and words
	OwnLists                    // the lists of the pack
	Tags                        // parts of speech and the tree
	_                           // once meant for classes of words; kept free, for models hold the numbers
	Context                     // the rest of the article, in a second pass
	AllGroups = Listed | OwnLists | Tags | Context
)

// features collects the hashes of the features of one word. Each call of a
// method numbers the next template, so that the order of the calls is part of a
// model's format.
type features struct {
	list     []uint64
	template uint64
	named    int // how many of list say which word this is
}

func (f *features) reset() { f.list, f.template, f.named = f.list[:0], 0, 0 }

// add adds the feature of the next template with a value.
func (f *features) add(value uint64) {
	f.template++
	f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, value))
}

// some is add for a value that is 0 where it is missing.
func (f *features) some(value uint64) {
	f.template++
	if value != 0 {
		f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, value))
	}
}

// bits adds a feature for each mark of a template.
func (f *features) bits(m lexicon.Marks) {
	f.template++
	for l := uint64(1); m != 0; l, m = l+1, m>>1 {
		if m&1 != 0 {
			f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, l))
		}
	}
}

// edge stands for the words before and after a sentence.
var edge = word{full: 1, lower: 1, shape: 1, long: 1, upos: 1, xpos: 1, deprel: 1, head: -1, look: 99, signature: 1}

func (s *sentence) at(i int) *word {
	if i < 0 || i >= len(s.words) {
		return &edge
	}
	return &s.words[i]
}

// emit sets f to the features of word i, apart from those of the article.
func (s *sentence) emit(f *features, i int, groups Group) {
	f.reset()
	if s.words[i].far {
		f.add(0)
		return
	}
	s.emitWord(f, i)
	f.named = len(f.list)
	s.emitShape(f, i)
	if groups&Tags != 0 {
		f.template = 1 << 8
		s.emitTags(f, i)
	}
	if groups&Listed != 0 {
		f.template = 3 << 8
		s.emitListed(f, i)
	}
	if groups&OwnLists != 0 {
		f.template = 4 << 8
		s.emitOwn(f, i)
	}
}

// emitWord adds the features that say which word it is. They are left out of
// some words while learning.
func (s *sentence) emitWord(f *features, i int) {
	w, l, r := s.at(i), s.at(i-1), s.at(i+1)
	f.add(w.full)
	f.add(w.lower)
	f.add(mix(l.lower, w.lower))
	f.add(mix(w.lower, r.lower))
	f.some(w.starts[2])
	f.add(w.ends[4])
	f.some(w.part)
	f.add(mix(w.lower, uint64(l.look)))
}

// emitShape adds the features of letters and of the words around.
func (s *sentence) emitShape(f *features, i int) {
	w, l, r := s.at(i), s.at(i-1), s.at(i+1)
	ll, rr := s.at(i-2), s.at(i+2)
	f.add(0) // always there
	for _, h := range w.starts[:2] {
		f.some(h)
	}
	for _, h := range w.ends[:4] {
		f.some(h)
	}
	f.add(mix(w.ends[2], uint64(w.look)))
	f.add(w.shape)
	f.add(w.long)
	f.add(uint64(w.look))
	f.add(mix(uint64(l.look), uint64(w.look)))
	f.add(mix(uint64(w.look), uint64(r.look)))
	f.add(mix(mix(uint64(l.look), uint64(w.look)), uint64(r.look)))
	f.add(mix(mix(mix(uint64(ll.look), uint64(l.look)), mix(uint64(w.look), uint64(r.look))), uint64(rr.look)))
	f.add(l.lower)
	f.add(r.lower)
	f.add(ll.lower)
	f.add(rr.lower)
	f.add(mix(ll.lower, l.lower))
	f.add(mix(r.lower, rr.lower))
	f.add(mix(l.lower, r.lower))
	f.add(mix(l.lower, uint64(w.look)))
	f.add(mix(r.lower, uint64(w.look)))
	f.add(mix(l.ends[2], uint64(w.look)))
	f.add(mix(r.ends[2], uint64(w.look)))
	s.emitPlace(f, i)
}

// emitPlace adds the features of where the word stands.
func (s *sentence) emitPlace(f *features, i int) {
	w := s.at(i)
	where := uint64(2)
	switch {
	case i == s.first:
		where = 1
	case i > 0 && s.words[i-1].look == punctuation && opensSpeech(s.words[i-1].form):
		where = 3
	}
	kind := s.block
	f.add(mix(where, uint64(w.look)))
	f.add(mix(kind, uint64(w.look)))
	f.add(mix(mix(flags(s.loud, s.titled, s.quoted[i]), where), uint64(w.look)))
	f.add(mix(mix(where, w.ends[2]), uint64(w.look)))
}

// opensSpeech tells the marks after which a sentence may begin.
func opensSpeech(form string) bool {
	switch form {
	case ":", "'", "\"", "‘", "“", "„", "«", "''", "``", ",,", "-", "–", "—", "•":
		return true
	}
	return false
}

func flags(all ...bool) (n uint64) {
	for i, b := range all {
		if b {
			n |= 1 << i
		}
	}
	return n
}

func (s *sentence) emitTags(f *features, i int) {
	w, l, r := s.at(i), s.at(i-1), s.at(i+1)
	h := &edge
	if w.head >= 0 {
		h = s.at(w.head)
	}
	f.add(w.upos)
	f.add(w.xpos)
	f.add(l.upos)
	f.add(r.upos)
	f.add(l.xpos)
	f.add(r.xpos)
	f.add(mix(l.upos, w.upos))
	f.add(mix(w.upos, r.upos))
	f.add(mix(mix(l.upos, w.upos), r.upos))
	f.add(mix(w.upos, uint64(w.look)))
	f.add(mix(w.deprel, uint64(w.look)))
	f.add(mix(mix(w.deprel, h.lower), uint64(w.look)))
	f.add(mix(mix(w.deprel, h.upos), uint64(w.look)))
	f.add(mix(mix(w.deprel, h.signature), uint64(w.look)))
	f.add(mix(s.at(i-2).upos, mix(l.upos, w.upos)))
	f.add(mix(w.upos, mix(r.upos, s.at(i+2).upos)))
}

func (s *sentence) emitListed(f *features, i int) {
	w, l, r := s.at(i), s.at(i-1), s.at(i+1)
	for _, x := range []*word{w, l, r} {
		for p := range places {
			f.bits(x.learned[p])
		}
		f.bits(x.known)
	}
	f.add(w.signature)
	f.add(mix(w.signature, l.signature))
	f.add(mix(w.signature, r.signature))
	f.add(mix(w.signature, uint64(w.look)))
	f.add(mix(w.signature, l.lower))
	f.add(mix(uint64(w.known), uint64(w.look)))
	f.add(mix(mix(uint64(w.known), uint64(w.look)), flags(i == s.first)))
	f.add(mix(uint64(l.known), uint64(w.look)))
	f.add(mix(uint64(r.known), uint64(w.look)))
	f.add(mix(mix(uint64(w.known), r.signature), uint64(w.look)))
}

func (s *sentence) emitOwn(f *features, i int) {
	w, l, r := s.at(i), s.at(i-1), s.at(i+1)
	for _, x := range []*word{w, l, r, s.at(i - 2), s.at(i + 2)} {
		f.bits(x.class)
	}
	for _, x := range []*word{w, l, r} {
		for p := range places {
			f.bits(x.own[p])
		}
	}
	f.add(mix(uint64(l.class), uint64(w.look)))
	f.add(mix(uint64(r.class), uint64(w.look)))
	f.add(mix(uint64(w.class), r.signature))
	f.add(mix(uint64(l.class), w.signature))
}
