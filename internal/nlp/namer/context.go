package namer

import (
	"slices"

	"telex/internal/nlp/lexicon"
)

// The second pass reads each word again with what the first pass thought of the
// same word elsewhere in the article (Krishnan & Manning 2006; context
// aggregation, Ratinov & Roth 2009).

// mass is what the first pass thought of the occurrences of one form together.
type mass struct {
	labels []float32 // sums of the probabilities of the labels
	times  int
	within int // occurrences that do not open a sentence
}

// memory is what an article says of its forms. It is room that is used again.
type memory struct {
	kinds   int
	forms   map[uint64]int32 // index into masses, by hash of the form
	masses  []mass
	pool    []float32
	small   map[uint64]bool      // words that the article writes in lower case
	phrases map[uint64][]float32 // sums of probabilities by kind, by hash of a name's words
	short   map[uint64]int8      // kinds of names by the capitals of their words, plus 1
}

func newMemory(kinds int) *memory {
	return &memory{kinds: kinds, forms: map[uint64]int32{}, small: map[uint64]bool{}, phrases: map[uint64][]float32{}, short: map[uint64]int8{}}
}

func (m *memory) reset() {
	clear(m.forms)
	clear(m.small)
	clear(m.phrases)
	clear(m.short)
	m.masses, m.pool = m.masses[:0], m.pool[:0]
}

// first is what the first pass says of one sentence: a row of probabilities for
// each word, and the best labels.
type first struct {
	probabilities []float32
	labels        []int8
}

// note adds a sentence to the memory.
func (m *memory) note(s *sentence, f first) {
	k := count(m.kinds)
	for i := range s.words {
		w := &s.words[i]
		if !w.capital {
			if w.look == small {
				m.small[w.lower] = true
			}
			continue
		}
		at, ok := m.forms[w.full]
		if !ok {
			at = int32(len(m.masses))
			m.forms[w.full] = at
			m.masses = append(m.masses, mass{labels: m.room(k)})
		}
		x := &m.masses[at]
		x.times++
		if i != s.first && !s.loud {
			x.within++
		}
		for b, p := range f.probabilities[i*k : (i+1)*k] {
			x.labels[b] += p
		}
	}
	eachName(f.labels, func(start, end, kind int) {
		h := phraseOf(s.words[start:end])
		sums := m.phrases[h]
		if sums == nil {
			sums = m.room(m.kinds)
			m.phrases[h] = sums
		}
		sums[kind] += trust(f, k, start, end)
		if h, ok := shortOf(s.words[start:end]); ok && m.short[h] == 0 {
			m.short[h] = int8(kind + 1)
		}
	})
}

func (m *memory) room(n int) []float32 {
	if len(m.pool)+n > cap(m.pool) {
		m.pool = make([]float32, 0, max(4096, n))
	}
	m.pool = m.pool[:len(m.pool)+n]
	r := m.pool[len(m.pool)-n:]
	clear(r)
	return r[:n:n]
}

// trust is the smallest probability of the labels of a name.
func trust(f first, k, start, end int) float32 {
	least := float32(1)
	for i := start; i < end; i++ {
		least = min(least, f.probabilities[i*k+int(f.labels[i])])
	}
	return least
}

// eachName calls do with the names that labels make.
func eachName(labels []int8, do func(start, end, kind int)) {
	for i := 0; i < len(labels); {
		if labels[i] == 0 {
			i++
			continue
		}
		start := i
		for i++; i < len(labels) && labels[i] != 0 && !opens(int(labels[i])); i++ {
		}
		do(start, i, kindOf(int(labels[start])))
	}
}

func phraseOf(words []word) uint64 {
	h := words[0].full
	for i := range words[1:] {
		h = mix(h, words[i+1].full)
	}
	return h
}

// shortOf gives the hash of the capitals with which the words of a name begin;
// false for names of which no acronym is made.
func shortOf(words []word) (uint64, bool) {
	h, n := lexicon.Begin, 0
	for i := range words {
		if words[i].capital && words[i].look != punctuation {
			c := words[i].form[0]
			if c >= 0x80 || c < 'A' || c > 'Z' {
				return 0, false
			}
			h = h.Add(words[i].form[:1])
			n++
		}
	}
	return uint64(h), n > 1
}

// emitContext adds the features of the article to those of word i.
func (m *memory) emitContext(f *features, s *sentence, i int, x first) {
	k := count(m.kinds)
	w := &s.words[i]
	if w.far {
		return
	}
	f.template = 5 << 8
	for d := -2; d <= 2; d++ {
		f.template++
		if j := i + d; j >= 0 && j < len(s.words) {
			own := x.labels[j]
			p := x.probabilities[j*k+int(own)]
			f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, uint64(own)<<8|bucket(p)))
		}
	}
	m.emitDoubts(f, x.probabilities[i*k:(i+1)*k])
	f.template = 6 << 8
	if !w.capital {
		m.emitSmall(f, s, i, x)
		return
	}
	self := x.probabilities[i*k : (i+1)*k]
	m.emitForm(f, w.full, self, w.look)
	f.template = 7 << 8
	m.emitForm(f, w.stem, nil, w.look)
	f.template = 8 << 8
	m.emitForm(f, w.part, nil, w.look)
	f.template = 9 << 8
	m.emitForm(f, mix(offset, w.full), nil, w.look)
	f.template = 10 << 8
	f.add(flags(m.small[w.lower], i == s.first) | uint64(w.look)<<4)
	f.some(uint64(m.short[w.full]))
	m.emitNeighbours(f, s, i, x)
	m.emitPhrase(f, s, i, x)
}

// emitDoubts adds the labels that the first pass held possible.
func (m *memory) emitDoubts(f *features, row []float32) {
	f.template++
	for b, p := range row {
		if p > 0.02 {
			f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, uint64(b)<<8|bucket(p)))
		}
	}
}

// emitSmall adds what surrounds a word in lower case that a name may hold.
func (m *memory) emitSmall(f *features, s *sentence, i int, x first) {
	for _, d := range []int{-1, 1} {
		f.template += 16
		if j := i + d; j >= 0 && j < len(s.words) && s.words[j].capital {
			k := count(m.kinds)
			m.emitForm(f, s.words[j].full, x.probabilities[j*k:(j+1)*k], s.words[j].look)
		}
	}
}

// others gives the label, apart from those of one occurrence, that the form of
// the hash had most, its share of the occurrences and how many they are.
func (m *memory) others(h uint64, self []float32) (best int, share float32, x *mass, times int) {
	at, ok := m.forms[h]
	if h == 0 || !ok {
		return 0, 0, nil, 0
	}
	x = &m.masses[at]
	times = x.times
	if self != nil {
		times--
	}
	if times == 0 {
		return 0, 0, x, 0
	}
	top := float32(-1)
	for b, p := range x.labels {
		if self != nil {
			p -= self[b]
		}
		if p > top {
			best, top = b, p
		}
	}
	return best, top / float32(times), x, times
}

// emitForm adds what the first pass thought of a form elsewhere.
func (m *memory) emitForm(f *features, h uint64, self []float32, l look) {
	best, share, x, times := m.others(h, self)
	if times == 0 {
		if x != nil {
			f.template++
			f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, 77))
		}
		return
	}
	f.template += 2
	f.add(uint64(best)<<8 | bucket(share))
	f.add(uint64(best)<<8 | uint64(min(times, 4)) | uint64(l)<<16)
	kind, ofKind := m.kind(x, self, times)
	f.add(kind<<8 | bucket(ofKind))
	f.add(kind<<8 | uint64(min(times, 4))<<4 | flags(x.within > 0))
	for b, p := range x.labels {
		if self != nil {
			p -= self[b]
		}
		if p > 0.3 {
			f.list = append(f.list, mix((f.template+1)*0x9e3779b97f4a7c15, uint64(b)<<8|min(uint64(2*p), 6)))
		}
	}
}

// kind is the kind of name, plus 1, that a form was most elsewhere, or 0 for
// none, and its share.
func (m *memory) kind(x *mass, self []float32, times int) (best uint64, share float32) {
	top := float32(-1)
	sum := func(from, to int) (p float32) {
		for b := from; b < to; b++ {
			p += x.labels[b]
			if self != nil {
				p -= self[b]
			}
		}
		return p
	}
	for k := 0; k <= m.kinds; k++ {
		p := sum(0, 1)
		if k > 0 {
			p = sum(label(k-1, 0), label(k, 0))
		}
		if p > top {
			best, top = uint64(k), p
		}
	}
	return best, top / float32(times)
}

// emitNeighbours adds what the words beside were elsewhere.
func (m *memory) emitNeighbours(f *features, s *sentence, i int, x first) {
	k := count(m.kinds)
	for _, d := range []int{-1, 1} {
		f.template++
		j := i + d
		if j < 0 || j >= len(s.words) || !s.words[j].capital {
			continue
		}
		best, share, _, times := m.others(s.words[j].full, x.probabilities[j*k:(j+1)*k])
		if times > 0 {
			f.list = append(f.list, mix(f.template*0x9e3779b97f4a7c15, uint64(best)<<8|bucket(share)))
		}
	}
}

// maxWords bounds the words of a name that is looked for elsewhere, and so the work.
const maxWords = 12

// emitPhrase adds what the same run of words was elsewhere: the name that the
// first pass found here, and the two words from here on.
func (m *memory) emitPhrase(f *features, s *sentence, i int, x first) {
	f.template = 11 << 8
	if x.labels[i] == 0 {
		return
	}
	start, end := i, i+1
	for start > 0 && i-start < maxWords && !opens(int(x.labels[start])) {
		start--
	}
	for end < len(s.words) && end-start <= maxWords && x.labels[end] != 0 && !opens(int(x.labels[end])) {
		end++
	}
	if end-start > maxWords {
		return
	}
	sums := m.phrases[phraseOf(s.words[start:end])]
	if sums == nil {
		return
	}
	own := kindOf(int(x.labels[i]))
	mine := trust(x, count(m.kinds), start, end)
	best, top := 0, float32(0.2)
	for k, p := range sums {
		if k == own {
			p -= mine
		}
		if p > top {
			best, top = k+1, p
		}
	}
	place := uint64(placeOf(int(x.labels[i])))
	f.add(uint64(best)<<8 | uint64(own)<<4 | min(uint64(2*top), 6) | place<<16)
	f.add(uint64(best)<<8 | place)
}

// bounds divide probabilities into buckets.
var bounds = [...]float32{0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99}

func bucket(p float32) uint64 {
	n, _ := slices.BinarySearch(bounds[:], p)
	return uint64(n)
}
