package namer

import (
	"context"
	"sync"

	"telex/internal/document"
)

// Model is what was learned of the names of a language. It is immutable and
// serves any number of goroutines.
type Model struct {
	kinds   []string
	groups  Group // the features that it looks at
	table   table
	moves   [2][]float32 // of each pass, the score of each label after each
	weights [2]float32   // of each pass, by which scores of another model are multiplied
	reader  reader
	names   []string // labels in the BIO scheme
	room    sync.Pool
}

// table holds the weights of features: for each a row of whole numbers, the
// labels of the first pass and then those of the second.
type table struct {
	mask  uint32
	slots []uint32 // index of a row plus 1, 0 for none
	keys  []uint32 // of each row, ascending
	rows  []int8
	width int
	scale float32 // what one step of a weight is worth
}

// keyOf is the key of a feature: of its hash the upper half. A feature without a
// row is taken for another once in some thousand times.
func keyOf(hash uint64) uint32 { return uint32(hash >> 32) }

// find gives the row of a feature; nil when it has none.
func (t *table) find(h uint64) []int8 {
	key := keyOf(h)
	for at := key & t.mask; ; at = (at + 1) & t.mask {
		i := t.slots[at]
		if i == 0 {
			return nil
		}
		if t.keys[i-1] == key {
			return t.rows[int(i-1)*t.width:][:t.width:t.width]
		}
	}
}

// prepare makes what is derived from the kinds and the rows.
func (m *Model) prepare() {
	m.names = bioNames(m.kinds)
	m.table.prepare()
	m.room.New = func() any { return m.newScratch() }
}

// prepare fills the slots; at most half of them, so that a search is short.
func (t *table) prepare() {
	size := 16
	for size < 2*len(t.keys) {
		size *= 2
	}
	t.mask, t.slots = uint32(size-1), make([]uint32, size)
	for i, key := range t.keys {
		at := key & t.mask
		for t.slots[at] != 0 {
			at = (at + 1) & t.mask
		}
		t.slots[at] = uint32(i + 1)
	}
}

// Extra are scores of another model, added to those of this one: a row for each
// token of the article, a column for each of Labels, which are in the BIO scheme.
type Extra struct {
	Labels  []string
	Scores  []float32
	Weights *[2]float32 // by which Scores are multiplied in each pass; nil for those of the model
}

// scratch is the room that one call of Label works in.
type scratch struct {
	reading  reading
	features features
	sums     []int32
	second   []float32 // scores of the second pass, of all words of the article
	firsts   []float32 // probabilities of the first pass, likewise
	labels   []int8    // of the first pass, likewise
	lattices [2]*lattice
	memory   *memory
}

func (m *Model) newScratch() *scratch {
	s := &scratch{memory: newMemory(len(m.kinds))}
	for pass := range s.lattices {
		s.lattices[pass] = newLattice(len(m.kinds))
		s.lattices[pass].prepare(m.moves[pass])
	}
	s.sums = make([]int32, m.table.width)
	return s
}

// maxKept is the number of tokens of an article above which its room is not kept
// for the next.
const maxKept = 20_000

// Label sets the Name of each token of a, in the BIO scheme. The sentences must
// have their tokens; a token outside them keeps its name. The only error is that
// of ctx.
func (m *Model) Label(ctx context.Context, a *document.Article, extra *Extra) error {
	s := m.room.Get().(*scratch)
	if len(a.Tokens) <= maxKept {
		defer m.room.Put(s)
	}
	s.memory.reset()
	k := count(len(m.kinds))
	n := len(a.Tokens)
	s.second, s.firsts, s.labels = grow(s.second, n*k), grow(s.firsts, n*k), grow(s.labels, n)
	m.reader.article(&s.reading, a)
	clear(s.firsts)
	clear(s.second)
	if extra != nil {
		weights := m.weights
		if extra.Weights != nil {
			weights = *extra.Weights
		}
		m.addExtra(s.firsts, extra, weights[0])
		m.addExtra(s.second, extra, weights[1])
	}
	for i := range a.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		if from, to := a.Sentences[i].First, a.Sentences[i].Last; from < to {
			m.firstPass(s, &s.reading.sentences[i], from, to)
		}
	}
	for i := range a.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		from, to := a.Sentences[i].First, a.Sentences[i].Last
		if from == to {
			continue
		}
		m.secondPass(s, &s.reading.sentences[i], from, to)
		for j, b := range s.labels[from:to] {
			a.Tokens[from+j].Name = m.names[b]
		}
	}
	return nil
}

// firstPass finds names in a sentence of the tokens [from,to) by itself, notes
// what it thought of each form, and sets what the second pass starts from.
func (m *Model) firstPass(s *scratch, x *sentence, from, to int) {
	k := count(len(m.kinds))
	scores := s.firsts[from*k : to*k]
	for i := range x.words {
		x.emit(&s.features, i, m.groups)
		m.sum(s, s.features.list)
		for b := range k {
			scores[i*k+b] += float32(s.sums[b]) * m.table.scale
			s.second[(from+i)*k+b] += float32(s.sums[k+b]) * m.table.scale
		}
	}
	s.lattices[0].best(s.labels[from:from], scores, m.moves[0])
	s.lattices[0].marginals(scores, scores)
	s.memory.note(x, s.first(k, from, to))
}

// secondPass labels a sentence again, with what the article says of its forms.
func (m *Model) secondPass(s *scratch, x *sentence, from, to int) {
	k := count(len(m.kinds))
	if m.groups&Context != 0 {
		pass := s.first(k, from, to)
		for i := range x.words {
			s.features.reset()
			s.memory.emitContext(&s.features, x, i, pass)
			m.sum(s, s.features.list)
			for b := range k {
				s.second[(from+i)*k+b] += float32(s.sums[k+b]) * m.table.scale
			}
		}
	}
	s.lattices[1].best(s.labels[from:from], s.second[from*k:to*k], m.moves[1])
}

// first gives what the first pass found for the tokens [from,to).
func (s *scratch) first(k, from, to int) first {
	return first{probabilities: s.firsts[from*k : to*k], labels: s.labels[from:to]}
}

// sum sets s.sums to the sum of the rows of the features.
func (m *Model) sum(s *scratch, list []uint64) {
	clear(s.sums)
	for _, h := range list {
		if row := m.table.find(h); row != nil {
			sums := s.sums[:len(row)]
			for j, v := range row {
				sums[j] += int32(v)
			}
		}
	}
}

// addExtra adds the scores of another model.
func (m *Model) addExtra(scores []float32, x *Extra, weight float32) {
	k, columns := len(m.names), len(x.Labels)
	for b, name := range m.names {
		for c, label := range x.Labels {
			if label != name {
				continue
			}
			for t := 0; (t+1)*k <= len(scores) && (t+1)*columns <= len(x.Scores); t++ {
				scores[t*k+b] += float32(weight * x.Scores[t*columns+c])
			}
		}
	}
}

// Features is the number of features that have weights.
func (m *Model) Features() int { return len(m.table.keys) }
