package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"telex/internal/nlp/conllu"
	"telex/internal/nlp/lemma"
)

// tally counts words and those whose lemma is right.
type tally struct{ words, right int }

func (t *tally) add(right bool) {
	t.words++
	if right {
		t.right++
	}
}

func (t *tally) String() string {
	return fmt.Sprintf("%6.2f %% of %6d", 100*float64(t.right)/float64(max(1, t.words)), t.words)
}

// confusion is a word with its right lemma and that of the model.
type confusion struct{ form, upos, xpos, gold, got string }

// score says how many lemmas are right, with the tags and trees of the treebank.
func score(m *lemma.Model, all []*conllu.Sentence, worst int) string {
	var total, known, unknown tally
	byTag, wrong := map[string]*tally{}, map[confusion]int{}
	var got []string
	for _, s := range all {
		words := make([]lemma.Word, len(s.Words))
		for i, w := range s.Words {
			words[i] = lemma.Word{Form: w.Form, UPOS: w.UPOS, XPOS: w.XPOS, Deprel: w.Deprel, Head: w.Head}
		}
		got = m.Append(got[:0], words)
		for i, w := range s.Words {
			right := got[i] == w.Lemma
			if byTag[w.UPOS] == nil {
				byTag[w.UPOS] = &tally{}
			}
			total.add(right)
			byTag[w.UPOS].add(right)
			if m.Known(words[i]) {
				known.add(right)
			} else {
				unknown.add(right)
			}
			if !right {
				wrong[confusion{w.Form, w.UPOS, w.XPOS, w.Lemma, got[i]}]++
			}
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "all       %s\nlisted    %s\nunlisted  %s\n", &total, &known, &unknown)
	for _, upos := range slices.Sorted(maps.Keys(byTag)) {
		fmt.Fprintf(&out, "%-9s %s\n", upos, byTag[upos])
	}
	order := slices.SortedFunc(maps.Keys(wrong), func(a, b confusion) int {
		return cmp.Or(wrong[b]-wrong[a], strings.Compare(a.upos, b.upos), strings.Compare(a.form, b.form), strings.Compare(a.gold+a.got, b.gold+b.got))
	})
	for _, c := range order[:min(worst, len(order))] {
		fmt.Fprintf(&out, "%4d %s %s %s: %s, not %s\n", wrong[c], c.upos, c.xpos, c.form, c.gold, c.got)
	}
	return out.String()
}
