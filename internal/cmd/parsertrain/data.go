package main

import (
	"compress/gzip"
	"fmt"
	"os"
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
			relation := w.Deprel
			if relation == "flat:name" {
				relation = "flat"
			}
			now.words = append(now.words, word{form: w.Form, upos: w.UPOS, xpos: w.XPOS, feats: today(w.UPOS, w.Feats), deprel: relation, head: w.Head})
		}
		all = append(all, now)
	}
	return all, nil
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
