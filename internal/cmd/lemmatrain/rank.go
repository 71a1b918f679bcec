package main

import (
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strings"

	"telex/internal/nlp/lemma"
)

// folds is how many parts the words are dealt to by their lemmas. The ranker
// learns on each part with lists made of the others, so that its words are as
// unknown as those of tomorrow's paper.
const folds = 6

func foldOf(lemmaText string) int {
	h := fnv.New32a()
	h.Write([]byte(strings.ToLower(lemmaText)))
	return int(h.Sum32()>>8) % folds
}

// example is an unknown word with its candidates.
type example struct {
	upos   string
	all    []lemma.Candidate
	right  []bool
	weight float64
}

// fold is a model of all words but some, and those.
type fold struct {
	tables *lemma.Tables
	held   []observation
}

// deal makes the folds. They share the rules of the whole: those rest on many words.
func deal(t *treebank, list []listed, o options, whole *lemma.Tables) []fold {
	all := make([]fold, folds)
	for i := range all {
		part := *t
		part.words = nil
		for _, w := range t.words {
			if foldOf(w.lemma) == i {
				all[i].held = append(all[i].held, w)
			} else {
				part.words = append(part.words, w)
			}
		}
		all[i].tables = assemble(&part, list, o)
		all[i].tables.Rules = renumber(whole.Rules, whole.Tags, all[i].tables.Tags)
	}
	return all
}

// renumber files rules under the numbers that other tables give to tags.
func renumber(rules []lemma.Rule, from, to []string) []lemma.Rule {
	number := map[string]int{}
	for i, tag := range to {
		number[tag] = i
	}
	var out []lemma.Rule
	for _, r := range rules {
		if tag, ok := number[from[r.Tag]]; ok {
			r.Tag = tag
			out = append(out, r)
		}
	}
	return out
}

// examples gives the words of the treebank as a model without them sees them.
func examples(all []fold, groups []lemma.Group, xpos map[string]string) ([]example, error) {
	var out []example
	for _, f := range all {
		f.tables.Groups = groups
		m, err := lemma.NewModel(f.tables)
		if err != nil {
			return nil, err
		}
		out = append(out, heldOut(m, f.held, xpos)...)
	}
	return out, nil
}

func heldOut(m *lemma.Model, held []observation, xpos map[string]string) []example {
	type key struct {
		form, upos, tag, lemma string
		first                  bool
	}
	n := map[key]int{}
	var order []key
	for _, w := range held {
		if w.kind != current || w.particle {
			continue
		}
		k := key{w.form, w.upos, w.tag, w.lemma, w.first}
		if n[k] == 0 {
			order = append(order, k)
		}
		n[k]++
	}
	var out []example
	for _, k := range order {
		all := m.Candidates(lemma.Word{Form: k.form, UPOS: k.upos, XPOS: xpos[k.tag]}, k.first)
		if len(all) < 2 {
			continue
		}
		e := example{k.upos, all, make([]bool, len(all)), 1 + math.Log(float64(n[k]))}
		some := false
		for i, c := range all {
			e.right[i] = c.Lemma == k.lemma
			some = some || e.right[i]
		}
		if some {
			out = append(out, e)
		}
	}
	return out
}

const (
	rounds   = 15
	rate     = 0.2
	pull     = 2e-5 // towards zero
	fraction = 256  // of a stored weight
)

// rank learns the weights of each part of speech: maximum entropy, by AdaGrad on
// the log likelihood of the right candidates.
func rank(all []example) map[string][]int16 {
	weights, sums := map[string][]float64{}, map[string][]float64{}
	for _, e := range all {
		if weights[e.upos] == nil {
			weights[e.upos], sums[e.upos] = make([]float64, lemma.Features), make([]float64, lemma.Features)
		}
	}
	for range rounds {
		for i := range all {
			e := &all[i]
			step(e, weights[e.upos], sums[e.upos])
		}
	}
	out := map[string][]int16{}
	for _, upos := range slices.Sorted(maps.Keys(weights)) {
		w := make([]int16, lemma.Features)
		for i, x := range weights[upos] {
			w[i] = int16(math.Round(max(-120, min(120, x)) * fraction))
		}
		out[upos] = w
	}
	return out
}

func step(e *example, w, sums []float64) {
	p, right := make([]float64, len(e.all)), 0.0
	total, top := 0.0, math.Inf(-1)
	for i, c := range e.all {
		for _, f := range c.Features {
			p[i] += w[f]
		}
		top = max(top, p[i])
	}
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		total += p[i]
		if e.right[i] {
			right += p[i]
		}
	}
	for i, c := range e.all {
		g := -p[i] / total
		if e.right[i] {
			g += p[i] / right
		}
		g *= e.weight
		for _, f := range c.Features {
			d := g - pull*w[f]
			sums[f] += d * d
			if sums[f] > 0 {
				w[f] += rate * d / math.Sqrt(sums[f])
			}
		}
	}
}

// keeping says for each part of speech which shapes of unknown forms keep their
// capitals, by words that the treebank has once or twice; where there are none,
// what most words with capitals do.
func keeping(words []observation) map[string]uint16 {
	times := map[string]int{}
	for _, w := range words {
		times[strings.ToLower(w.form)]++
	}
	balance, general := map[string]*[16]int{}, map[string]int{}
	for _, w := range words {
		if balance[w.upos] == nil {
			balance[w.upos] = &[16]int{}
		}
		n := -1
		if strings.ToLower(w.lemma) != w.lemma {
			n = 1
		}
		if strings.ToLower(w.form) != w.form {
			general[w.upos] += n
		}
		if times[strings.ToLower(w.form)] > 2 {
			continue
		}
		balance[w.upos][lemma.Shape(w.form, w.first)] += n
	}
	out := map[string]uint16{}
	for upos, b := range balance {
		out[upos] = 0
		for i, n := range b {
			if n > 0 || n == 0 && general[upos] > 0 {
				out[upos] |= 1 << i
			}
		}
	}
	return out
}
