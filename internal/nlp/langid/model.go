// Package langid scores a text against character models of several languages.
// It knows no language: codes, letters and costs all come from a table.
//
// The method is Bayesian choice between Markov models of letters (T. Dunning,
// "Statistical Identification of Language", 1994). Each letter is predicted
// from the up to four symbols before it in its word; the table holds, for every
// sequence worth keeping, what that letter costs each language. All sums are of
// integers, so that a result is the same on every machine.
package langid

import "math/bits"

// Limits of a table.
const (
	MaxOrder  = 5  // symbols of the longest sequence
	MaxLanes  = 64 // languages of one table
	UnitsABit = 16 // costs are counted in sixteenths of a bit

	maxRune    = 0x2000  // letters at or above this are not in any table
	maxEntries = 1 << 20 // sequences of one table
)

// Symbols with a fixed meaning; letters follow from firstLetter on.
const (
	edge        = 1 // the edge of a word
	other       = 2 // a letter of the script that the table does not have
	firstLetter = 3
	skip        = 255 // a mark that is read over
	maxLetters  = skip - firstLetter
)

// Model is the immutable table of one script. One value serves all workers.
type Model struct {
	codes   []string
	words   int            // 64-bit words for one row of costs, eight lanes in each
	symbols [maxRune]uint8 // by code point, upper case folded; 0 is no letter of this script
	keys    []uint64       // open addressing; 0 is empty
	rows    []uint64       // costs, by slot of keys
	shift   uint           // of the hash
}

// Languages gives the language codes of the lanes. The caller changes nothing in it.
func (m *Model) Languages() []string { return m.codes }

// Tally is what a text has cost so far. The zero value is an empty text.
type Tally struct {
	Letters int // letters read
	Symbols int // letters and ends of words, each of which has a cost
	Costs   [MaxLanes]uint64
	low     [MaxLanes / 8]uint64 // sums of even lanes, 16 bits each
	high    [MaxLanes / 8]uint64 // sums of odd lanes
	pending int
}

// Read adds text to t. Whatever is no letter of the script parts words. Its
// time is linear in the length of the text; it allocates nothing.
func (m *Model) Read(t *Tally, text string) {
	context := uint64(edge)
	for _, r := range text {
		s := uint8(0)
		if r < maxRune {
			s = m.symbols[r]
		}
		switch s {
		case skip:
		case 0:
			if context != edge {
				m.add(t, context<<8|edge)
				context = edge
			}
		default:
			context = (context<<8 | uint64(s)) & (1<<(8*MaxOrder) - 1)
			m.add(t, context)
			t.Letters++
		}
	}
	if context != edge {
		m.add(t, context<<8|edge)
	}
	m.flush(t)
}

// add charges the last symbol of key, given those before it.
func (m *Model) add(t *Tally, key uint64) {
	key &= 1<<(8*MaxOrder) - 1
	for n := (bits.Len64(key) + 7) / 8; n > 0; n-- {
		if slot, ok := m.find(key & (1<<(8*n) - 1)); ok {
			m.charge(t, slot)
			return
		}
	}
}

func (m *Model) find(key uint64) (slot int, ok bool) {
	mask := len(m.keys) - 1
	for i := int(hash(key) >> m.shift); ; i = (i + 1) & mask {
		switch m.keys[i] {
		case key:
			return i, true
		case 0:
			return 0, false
		}
	}
}

// hash is Fibonacci hashing (D. Knuth, The Art of Computer Programming 3, 6.4).
func hash(key uint64) uint64 { return key * 0x9E3779B97F4A7C15 }

// charge adds a row of eight-bit costs to sums of sixteen bits, four at a time.
func (m *Model) charge(t *Tally, slot int) {
	const even = 0x00FF00FF00FF00FF
	row := m.rows[slot*m.words : (slot+1)*m.words]
	low, high := t.low[:len(row)], t.high[:len(row)]
	for i, w := range row {
		low[i] += w & even
		high[i] += w >> 8 & even
	}
	t.Symbols++
	if t.pending++; t.pending == 257 { // 257 * 255 is the most that sixteen bits hold
		m.flush(t)
	}
}

func (m *Model) flush(t *Tally) {
	for i := range m.words {
		for k := range 4 {
			t.Costs[8*i+2*k] += t.low[i] >> (16 * k) & 0xFFFF
			t.Costs[8*i+2*k+1] += t.high[i] >> (16 * k) & 0xFFFF
		}
		t.low[i], t.high[i] = 0, 0
	}
	t.pending = 0
}
