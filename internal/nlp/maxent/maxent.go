// Package maxent tells yes from no by many small signs: a binary maximum-entropy
// classifier, also known as logistic regression (Berger, Della Pietra and Della
// Pietra 1996, A Maximum Entropy Approach to Natural Language Processing).
//
// Signs, here called features, are hashes. Features makes them of words, so that the
// one who describes a case needs no list of all that could be said of one. A model
// has a weight for each feature that it met often enough while it learned, and ignores
// all others. The sum of the weights of a case is its score, the log odds of yes.
// A score is linear: what only two signs together tell must be a feature of its own.
//
// Scores and probabilities are of the same bits on every machine and in any order of
// the features, and so is what Train learns from the same examples: weights are whole
// numbers, no product is fused with a sum, and exponentials are made here.
//
//	var f maxent.Features
//	f.Add("word", "bank")
//	f.Add("word and relation", "bank", "obj")
//	if model.Probability(f.List) > 0.5 {
//		...
//	}
package maxent

import (
	"math"
	"math/bits"
)

// Model is what was learned. It is immutable and serves any number of goroutines.
// The zero Model knows no feature and gives every case even odds.
type Model struct {
	keys    []uint32 // of the features, ascending
	weights []int16  // of each of keys, in steps
	table   []entry  // of all keys, for Score
	shift   uint     // by which a key gives its place in table
	scale   float32  // what one step of a weight is worth
	bias    float32
}

// entry is a key, in the upper half, with its weight in the lowest quarter and a one
// between them; 0 where there is none.
type entry uint64

const taken = 1 << 16

// keyOf is the key of a feature: the upper half of its hash. Two features share one
// about once in four thousand million pairs.
func keyOf(hash uint64) uint32 { return uint32(hash >> 32) }

// prepare makes the table, of twice to four times as many places as there are keys: a
// key stands at its place or, where others do, at the next that was free (Knuth 1998, The
// Art of Computer Programming, volume 3, 6.4, algorithm L). So a feature takes one look
// at memory, where most of the time of a score goes.
func (m *Model) prepare() {
	width := bits.Len(uint(len(m.keys))) + 1
	m.shift = uint(32 - width)
	m.table = make([]entry, 1<<width)
	for i, key := range m.keys {
		at := m.place(key)
		for m.table[at] != 0 {
			at = (at + 1) % len(m.table)
		}
		m.table[at] = entry(key)<<32 | taken | entry(uint16(m.weights[i]))
	}
}

// place is where a key belongs in the table. Keys are even; those of a damaged file need
// not be, and are strewn by the golden ratio.
func (m *Model) place(key uint32) int { return int(key * 0x9e3779b1 >> m.shift) }

// weight gives the weight of a key in steps, 0 for one that is not known.
func (m *Model) weight(key uint32) int16 {
	for at := m.place(key); ; at++ {
		switch e := m.table[at&(len(m.table)-1)]; {
		case e == 0:
			return 0
		case uint32(e>>32) == key:
			return int16(e)
		}
	}
}

// Features is the number of features that have a weight.
func (m *Model) Features() int { return len(m.keys) }

// Score is the natural logarithm of the odds that an example with these features is a
// yes: 0 for even odds, above 0 for rather yes. A feature that stands twice counts
// twice. It allocates nothing.
func (m *Model) Score(features []uint64) float64 {
	if len(m.table) == 0 {
		return float64(m.bias) // of the zero Model
	}
	sum := int64(0)
	for _, h := range features {
		sum += int64(m.weight(keyOf(h)))
	}
	// The conversion of the product keeps it from being fused with the sum.
	return float64(float64(sum)*float64(m.scale)) + float64(m.bias)
}

// Probability is how likely it is that an example with these features is a yes, from
// 0 to 1: the logistic function of its score.
func (m *Model) Probability(features []uint64) float64 {
	return logistic(m.Score(features))
}

func logistic(score float64) float64 { return 1 / (1 + exp(-score)) }

// exp is e to the power of x to about thirteen digits, of the same bits on every
// machine, which math.Exp is not: 2 to a whole number times a polynomial of the rest.
// Beyond 700 to either side it stays as it is there.
func exp(x float64) float64 {
	const most = 700
	x = min(max(x, -most), most)
	whole := math.Floor(float64(x*math.Log2E) + 0.5)
	r := x - float64(whole*math.Ln2)
	p := 1.0
	for i := 13.0; i > 0; i-- { // Taylor, in Horner's form
		p = 1 + float64(r*p)/i
	}
	return p * math.Float64frombits(uint64(int64(whole)+1023)<<52)
}

// Features is a list of hashes, one for each feature of an example. Set List to
// List[:0] for the next example: once it has its size, it grows without allocating.
type Features struct{ List []uint64 }

// Add adds the feature of a kind that has these values. Kinds are told apart by
// their names; values in another order make another feature. A saved model knows the
// hashes: another way to make them needs another format of models.
func (f *Features) Add(kind string, values ...string) {
	h := hash(hashSeed, kind)
	for _, v := range values {
		h = hash(h, v)
	}
	f.List = append(f.List, h)
}

const (
	hashSeed  = 14695981039346656037
	hashPrime = 0x9e3779b97f4a7c15
)

// hash mixes a value into a hash, eight bytes at a time: the values are short, and a
// multiplication for each byte takes the most of the time that a candidate takes.
func hash(h uint64, s string) uint64 {
	n := uint64(len(s))
	for ; len(s) >= 8; s = s[8:] {
		h = mix(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
	}
	return mix(h, n<<56|packed(s)) // the length keeps "ab", "c" and "a", "bc" apart
}

// packed has the bytes of a string of at most seven, the first lowest. Its reads may
// overlap, where the same bytes fall on one another.
func packed(s string) uint64 {
	switch n := len(s); {
	case n >= 4:
		return uint64(word32(s)) | uint64(word32(s[n-4:]))<<(8*(n-4))
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
	}
	return 0
}

func word32(s string) uint32 {
	_ = s[3] // one check for all
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func mix(h, v uint64) uint64 {
	h = (h ^ v) * hashPrime
	return h ^ h>>32
}
