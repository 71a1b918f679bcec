package main

import (
	"testing"

	"telex/internal/nlp/parser"
)

// What is known stays; of the rest, what two models say alike.
func TestGuessAndDoubt(t *testing.T) {
	one := parser.Reading{UPOS: "NOUN", XPOS: "N", Feats: "_", Head: 2, Deprel: "obj", Name: "O"}
	other := parser.Reading{UPOS: "PROPN", XPOS: "N", Feats: "_", Head: 2, Deprel: "obl", Name: "B-LOC"}
	for _, tc := range []struct {
		name        string
		known, want word
	}{
		{"nothing is known", word{head: -1}, word{xpos: "N", feats: "_", head: 2}},
		{"the name is known", word{name: "B-PER", head: -1}, word{name: "B-PER", xpos: "N", feats: "_", head: 2}},
		{"the tree is known", word{upos: "VERB", xpos: "WW", feats: "_", head: 0, deprel: "root"}, word{upos: "VERB", xpos: "WW", feats: "_", deprel: "root"}},
	} {
		w := tc.known
		w.guess(one)
		w.doubt(&tc.known, other)
		if w != tc.want {
			t.Errorf("%s: %+v, want %+v", tc.name, w, tc.want)
		}
	}
	w := word{head: -1}
	w.guess(one)
	w.doubt(&word{head: -1}, parser.Reading{UPOS: "NOUN", XPOS: "N", Feats: "_", Head: 1, Deprel: "obj", Name: "O"})
	if w.head != -1 || w.deprel != "" || w.name != "O" {
		t.Errorf("of two heads %+v stays", w)
	}
}
