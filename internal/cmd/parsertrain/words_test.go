package main

import (
	"testing"

	"telex/internal/lang/nl"
	"telex/internal/nlp/lexicon"
)

func TestLexiconEntries(t *testing.T) {
	entries := map[string]lexicon.Marks{}
	verb("v(stem,stemt,stemmen,gestemd,stemde,stemden,\n    [h([transitive])]).", entries)
	verb("v(half,half", entries)
	noun("n([pl(raden),sg(raad)],de,[],[dorp,\n   s(stad)]).", entries)
	noun("n([mass([oude,kaas])],het,[],[]).", entries)
	adjective("a([e(brede),\n   er(breder),\n   no_e(breed),\n   both(houten)],adv,[],[]).", entries)
	for word, want := range map[string]lexicon.Marks{
		"stem": markStem, "stemmen": markInfinitive, "stemden": markPastPlural, "raad": markSingularDe, "raden": markPlural,
		"brede": markInflected, "breder": markCompared, "breed": markPlain, "houten": markPlain | markInflected, "half": 0, "kaas": 0, "dorp": 0,
	} {
		if got := entries[word]; got != want {
			t.Errorf("%s has the marks %x, want %x", word, got, want)
		}
	}
}

func TestMarkCountries(t *testing.T) {
	pack, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]lexicon.Marks{}
	markCountries(pack.Countries, []string{"Frankrijk", "Franse", "Fransman", "Vlaamse", "Tafel"}, entries)
	for text, want := range map[string]lexicon.Marks{"Frankrijk": markKnown, "Franse": markPeople, "Fransman": markPeople, "Vlaamse": 0, "Tafel": 0} {
		if entries[text] != want {
			t.Errorf("%s has the marks %x, want %x", text, entries[text], want)
		}
	}
}
