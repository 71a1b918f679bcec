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

// mistakes are parts of speech that taggers take for one another.
var mistakes = [][2]string{{"NOUN", "PROPN"}, {"PROPN", "NOUN"}, {"ADJ", "VERB"}, {"VERB", "ADJ"}, {"ADJ", "ADV"}, {"ADV", "ADJ"}, {"NOUN", "VERB"}, {"VERB", "NOUN"}, {"NOUN", "ADJ"}, {"ADJ", "NOUN"}, {"VERB", "AUX"}, {"AUX", "VERB"}, {"DET", "PRON"}, {"PRON", "DET"}, {"ADP", "ADV"}, {"ADV", "CCONJ"}}

// scoreMistakes says how many lemmas of one part of speech are right though the
// model is told another, without XPOS.
func scoreMistakes(m *lemma.Model, all []*conllu.Sentence) string {
	var out strings.Builder
	for _, mistake := range mistakes {
		var t tally
		for _, s := range all {
			first := true
			for _, w := range s.Words {
				if w.UPOS == mistake[0] {
					words := []lemma.Word{{Form: ",", UPOS: "X"}, {Form: w.Form, UPOS: mistake[1]}}
					if first {
						words[0].UPOS = "PUNCT"
					}
					got := m.Append(nil, words)[1]
					t.add(got == w.Lemma || strings.HasSuffix(w.Lemma, "_"+got) && w.UPOS == "VERB")
				}
				first = first && w.UPOS == "PUNCT"
			}
		}
		fmt.Fprintf(&out, "%-5s as %-5s %s\n", mistake[0], mistake[1], &t)
	}
	return out.String()
}
