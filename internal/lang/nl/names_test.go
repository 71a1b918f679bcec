package nl

import (
	"strings"
	"testing"
)

func TestNameLists(t *testing.T) {
	pack, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	own := pack.Grammar.Listed.Own
	for _, name := range []string{"Rabobank", "Air France - KLM", "Partij voor de Dieren", "de Volkskrant", "Go Ahead Eagles", "Tour de France", "Trump", "Golden Earring"} {
		if own.Word(name) == 0 && own.Word(strings.ReplaceAll(name, " - ", "-")) == 0 {
			t.Errorf("%q is in no list", name)
		}
	}
	if m := own.Word("Reageerde"); m != 0 {
		t.Errorf("Reageerde has marks %b", m)
	}
	words := pack.Grammar.Listed.Words
	for word, other := range map[string]string{"premier": "boom", "mevrouw": "boom", "Duitse": "Boom", "Spanje": "Boom", "gemeente": "boom"} {
		if words(word) == 0 || words(word) == words(other) {
			t.Errorf("classes of %q are %b", word, words(word))
		}
	}
}
