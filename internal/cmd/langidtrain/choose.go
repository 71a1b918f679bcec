package main

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"telex/internal/nlp/langid"
)

const edge = 1 // the symbol of a word's edge

// lane holds the shares of one language by packed sequence, words' edges included.
type lane struct {
	share map[uint64]float64
	after map[uint64]float64 // of a context: the shares of all that follow it
}

// trust is the share that a context must have for its own counts to weigh as
// much as those of the shorter context.
const trust = 3e-6

// newLane turns counts of letters into counts of symbols. The shares of what
// starts a word are those of the sequence less those with any letter before it;
// likewise at the end (inclusion and exclusion).
func newLane(t *langid.Table, g grams) *lane {
	symbols := make(map[string][]byte, len(g))
	share := make(map[uint64]float64, 3*len(g))
	list := sorted(g)
	for _, s := range list {
		x := t.Symbols(s)
		symbols[s] = x
		share[langid.Key(x[1:len(x)-1])] += g[s]
	}
	before, behind, both := map[uint64]float64{}, map[uint64]float64{}, map[uint64]float64{}
	for _, s := range list {
		x, p := symbols[s], g[s]
		in := x[1 : len(x)-1]
		before[langid.Key(in[1:])] += p
		behind[langid.Key(in[:len(in)-1])] += p
		if len(in) > 2 {
			both[langid.Key(in[1:len(in)-1])] += p
		}
	}
	for _, s := range list {
		x := symbols[s]
		in := x[1 : len(x)-1]
		k := langid.Key(in)
		if len(in) < langid.MaxOrder {
			edged(share, x[:len(x)-1], share[k]-before[k])
			edged(share, x[1:], share[k]-behind[k])
		}
		if len(in)+2 <= langid.MaxOrder {
			edged(share, x, share[k]-before[k]-behind[k]+both[k])
		}
	}
	l := &lane{share: share, after: map[uint64]float64{}}
	words := 0.0
	for _, s := range list {
		if x := symbols[s]; len(x) == 3 {
			words += share[langid.Key(x[1:])]
		}
	}
	share[edge] = words
	l.sumContexts()
	return l
}

func edged(share map[uint64]float64, symbols []byte, p float64) {
	if p > rare {
		share[langid.Key(symbols)] = p
	}
}

func sorted(g grams) []string {
	out := make([]string, 0, len(g))
	for s := range g {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func (l *lane) sumContexts() {
	keys := make([]uint64, 0, len(l.share))
	for k := range l.share {
		keys = append(keys, k)
	}
	slices.Sort(keys) // a fixed order of adding
	for _, k := range keys {
		l.after[k>>8] += l.share[k]
	}
}

// probability of the last symbol of key after the others, each order leaning on
// the next shorter one (F. Jelinek, R. Mercer 1980, with weights as T. Bell, J.
// Cleary and I. Witten 1990 choose them: by what is known of the context).
func (l *lane) probability(key uint64, symbolCount int) float64 {
	p := 1 / float64(symbolCount*symbolCount)
	for n := 1; n <= order(key); n++ {
		k := key & (1<<(8*n) - 1)
		if k == edge && n == 1 || k>>8 == edge && k&255 == edge {
			continue
		}
		p = (l.share[k] + trust*p) / (l.after[k>>8] + trust)
	}
	return p
}

func order(key uint64) int { return (bits.Len64(key) + 7) / 8 }

func (l *lane) cost(key uint64, symbolCount int) float64 {
	return -math.Log2(l.probability(key, symbolCount)) * langid.UnitsABit
}

type candidate struct {
	key   uint64
	value float64
}

// choose fills the table with all single symbols and with the sequences that
// tell most: those which come often and change most, from language to language,
// what the shorter sequence says (A. Stolcke, "Entropy-based Pruning of Backoff
// Language Models", 1998, turned from one language to the difference of several).
func choose(t *langid.Table, lanes []*lane, weights []float64, entries int) {
	t.Rows = map[uint64]langid.Costs{}
	for s := 1; s <= t.SymbolCount(); s++ {
		t.Rows[uint64(s)] = row(lanes, uint64(s), t.SymbolCount())
	}
	most := map[uint64]float64{}
	for i, l := range lanes {
		for k, p := range l.share {
			if order(k) > 1 && p >= 2*rare {
				most[k] = max(most[k], p*weights[i])
			}
		}
	}
	list := make([]candidate, 0, len(most))
	for k, p := range most {
		list = append(list, candidate{k, p * spread(lanes, weights, k, t.SymbolCount())})
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.key, b.key))
	})
	for _, c := range list[:min(entries, len(list))] {
		t.Rows[c.key] = row(lanes, c.key, t.SymbolCount())
	}
}

// spread is how differently the lanes take to the longer sequence: the weighted
// standard deviation of what it changes.
func spread(lanes []*lane, weights []float64, key uint64, symbolCount int) float64 {
	shorter := key & (1<<(8*(order(key)-1)) - 1)
	sum, squares, total := 0.0, 0.0, 0.0
	for i, l := range lanes {
		d := l.cost(key, symbolCount) - l.cost(shorter, symbolCount)
		sum += weights[i] * d
		squares += weights[i] * d * d
		total += weights[i]
	}
	mean := sum / total
	return math.Sqrt(max(0, squares/total-mean*mean))
}

func row(lanes []*lane, key uint64, symbolCount int) langid.Costs {
	costs := make(langid.Costs, len(lanes))
	for i, l := range lanes {
		costs[i] = uint8(min(255, math.Round(l.cost(key, symbolCount))))
	}
	return costs
}
