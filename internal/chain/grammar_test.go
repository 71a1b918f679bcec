package chain

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"telex/internal/document"
)

// What the issue of reading Dutch asks of the sample article: verbs before their
// subjects, verbs parted from their particles, names of several words.
func TestSampleGrammar(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(sample)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the sample article is not beside the checkout: ", sample)
	}
	if err != nil {
		t.Fatal(err)
	}
	d, err := document.Decode(raw, document.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := build(t).Read(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ within, word, upos, relation, head, lemma string }{
		{"reageerde Trump na", "Trump", "PROPN", "nsubj", "reageerde", "Trump"},
		{"Eerder stak Trump", "stak", "VERB", "root", "", "over_steken"},
		{"Eerder stak Trump", "Trump", "PROPN", "nsubj", "stak", "Trump"},
		{"over naar Noord-Korea.", "over", "ADP", "compound:prt", "stak", "over"},
		{"zei Trump. ,,Het", "Trump", "PROPN", "nsubj", "zei", "Trump"},
		{"reageerde Kim via", "Kim", "PROPN", "nsubj", "reageerde", "Kim"},
		{"nodigde hem uit", "uit", "ADP", "compound:prt", "nodigde", "uit"},
		{"nodigde hem uit", "nodigde", "VERB", "conj", "prees", "uit_nodigen"},
		{"president nodigde Kim gisteren", "nodigde", "VERB", "root", "", "uit_nodigen"},
		{"president nodigde Kim gisteren", "Kim", "PROPN", "obj", "nodigde", "Kim"},
		{"president nodigde Kim gisteren", "president", "NOUN", "nsubj", "nodigde", "president"},
		{"leider Kim Jong-un.", "Jong-un", "PROPN", "flat", "Kim", "Jong-un"},
		{"leider Kim Jong-un.", "Kim", "PROPN", "appos", "leider", "Kim"},
		{"president Moon Jae-in dat", "Jae-in", "PROPN", "flat", "Moon", "Jae-in"},
		{"president Moon Jae-in dat", "Moon", "PROPN", "appos", "president", "Moon"},
		{"Donald Trump vandaag", "Trump", "PROPN", "flat", "Donald", "Trump"},
		{"als Trump zijn hoofdstad", "Trump", "PROPN", "nsubj", "bezoeken", "Trump"},
	} {
		t.Run(tc.within+"/"+tc.word, func(t *testing.T) {
			w, head := find(t, a, tc.within, tc.word)
			relation := w.Deprel
			if tc.relation == "flat" {
				relation, _, _ = strings.Cut(relation, ":")
			}
			if w.UPOS != tc.upos || relation != tc.relation || head != tc.head || w.Lemma != tc.lemma {
				t.Errorf("%s is %s %s of %q with the lemma %s, want %s %s of %q with %s", tc.word, w.UPOS, relation, head, w.Lemma, tc.upos, tc.relation, tc.head, tc.lemma)
			}
		})
	}
	for _, s := range a.Sentences {
		if text := a.Raw[s.Span.Start:s.Span.End]; strings.HasPrefix(text, "Amerika en Noord-Korea gaan") && !strings.HasSuffix(text, "beide landen.") {
			t.Errorf("the first sentence is %q", text)
		}
	}
}

// find gives the token word in the first stretch of the article that reads
// within, and the form of its head.
func find(t *testing.T, a *document.Article, within, word string) (document.Token, string) {
	t.Helper()
	start := strings.Index(a.Raw, within)
	if start < 0 {
		t.Fatalf("%q is not in the article", within)
	}
	for _, s := range a.Sentences {
		for _, w := range a.Tokens[s.First:s.Last] {
			if w.Span.Start < start || w.Span.End > start+len(within) || a.Raw[w.Span.Start:w.Span.End] != word {
				continue
			}
			if w.Head == 0 {
				return w, ""
			}
			head := a.Tokens[s.First+w.Head-1].Span
			return w, a.Raw[head.Start:head.End]
		}
	}
	t.Fatalf("%q is no word of %q", word, within)
	return document.Token{}, ""
}
