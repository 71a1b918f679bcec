package main

import (
	"compress/gzip"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"telex/internal/nlp/conllu"
)

// word is one word to learn from. Where a column is not known it is empty; a
// head that is not known is -1.
type word struct {
	form, upos, xpos, feats, deprel, name string
	head                                  int
}

// sentence is one tree and the kind of text that it comes from.
type sentence struct {
	words   []word
	kind    int
	guessed bool // by other models
}

// readTreebank reads a gzipped CoNLL-U file, all of it in one generation of the
// annotation.
func readTreebank(path string) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the treebank: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read the treebank %s: %w", path, err)
	}
	var all []sentence
	for tree, err := range conllu.Read(z) {
		if err != nil {
			return nil, fmt.Errorf("read the treebank %s: %w", path, err)
		}
		now := sentence{kind: kindOf(tree.Comment("source"))}
		for _, w := range tree.Words {
			if w.XPOS == "_" {
				w.XPOS = ""
			}
			relation := w.Deprel
			if relation == "flat:name" {
				relation = "flat"
			}
			now.words = append(now.words, word{form: w.Form, upos: w.UPOS, xpos: w.XPOS, feats: today(w.UPOS, w.Feats), deprel: relation, head: w.Head})
		}
		if strings.HasPrefix(tree.Comment("source"), "alpino/") {
			now.words = inNounPhrases(now.words)
		}
		all = append(all, now)
	}
	return all, nil
}

// inNounPhrases gives trees in the generation of the development files, where
// adverbs and adjectives within a noun phrase are amod; the newer one has advmod
// for some, as in a clause. A noun with a subject or an auxiliary verb is a clause.
func inNounPhrases(words []word) []word {
	clause := make([]bool, len(words)+1)
	for _, w := range words {
		switch plain(w.deprel) {
		case "cop", "nsubj", "aux":
			clause[w.head] = true
		}
	}
	nominal := []string{"NOUN", "PROPN", "PRON", "DET", "NUM", "SYM", "X"}
	for i, w := range words {
		if (w.upos == "ADV" || w.upos == "ADJ") && w.deprel == "advmod" && w.head > 0 && !clause[w.head] && slices.Contains(nominal, words[w.head-1].upos) {
			words[i].deprel = "amod"
		}
	}
	return words
}

// result is that of a match, as the older newspapers write it.
var result = regexp.MustCompile(`^(\d{1,3})[-–](\d{1,3})$`)

// withSpaces gives again each sentence with results of matches, written with
// spaces as other newspapers do: three words, of which the first is the head.
func withSpaces(sentences []sentence) []sentence {
	var all []sentence
	for _, s := range sentences {
		if slices.ContainsFunc(s.words, func(w word) bool { return result.MatchString(w.form) }) {
			all = append(all, spread(s))
		}
	}
	return all
}

func spread(s sentence) sentence {
	out := sentence{kind: s.kind}
	place := make([]int, len(s.words)+1) // of each word among the new ones
	n := 0
	for i, w := range s.words {
		place[i+1] = n + 1
		n++
		if result.MatchString(w.form) {
			n += 2
		}
	}
	for i, w := range s.words {
		w.head = place[w.head]
		m := result.FindStringSubmatch(w.form)
		if m == nil {
			out.words = append(out.words, w)
			continue
		}
		w.form, w.upos, w.xpos, w.feats = m[1], "NUM", "TW|hoofd|vrij", "_"
		dash, second := w, w
		dash.form, dash.upos, dash.xpos, dash.deprel, dash.head = "-", "SYM", "LET", "fixed", place[i+1]
		second.form, second.deprel, second.head = m[2], "fixed", place[i+1]
		out.words = append(out.words, w, dash, second)
	}
	return out
}

// kindOf tells the kinds of text apart: 0 newspaper, 1 encyclopaedia in the older
// annotation, 2 questions, 3 made-up examples, 4 the rest.
func kindOf(source string) int {
	for kind, starts := range [][]string{
		{"alpino/cdb", "ud-alpino", "LassyDevelop", "alpino/novelsample", "alpino/ntv"},
		{"ud-lassysmall"},
		{"alpino/qa", "alpino/qtleap1q"},
		{"alpino/eans", "alpino/extra", "alpino/g_", "alpino/h_", "alpino/i_", "alpino/j_", "alpino/gen_", "alpino/cgn"},
	} {
		if slices.ContainsFunc(starts, func(s string) bool { return strings.HasPrefix(source, s) }) {
			return kind
		}
	}
	return 4
}

// today gives features in the generation of the development files, which have
// neither mood nor the type of a determiner.
func today(upos, feats string) string {
	kept := slices.DeleteFunc(strings.Split(feats, "|"), func(f string) bool {
		return strings.HasPrefix(f, "Mood=") || strings.HasPrefix(f, "ExtPos=") || upos == "DET" && strings.HasPrefix(f, "PronType=")
	})
	if len(kept) == 0 {
		return "_"
	}
	return strings.Join(kept, "|")
}
