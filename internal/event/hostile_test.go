package event

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/plover"
	"telex/internal/sentence"
)

// wild makes an article whose words have tags, lemmas, trees and names by seed,
// right or wrong: the step must stand any reading of any text.
func wild(tb testing.TB, p lang.Pack, text string, seed uint32) *document.Article {
	tb.Helper()
	a := &document.Article{Raw: text, Language: document.Language{Code: "nl"}, Absent: map[string]string{},
		PublishedAt: time.Date(2019, 6, 30, 12, 0, 0, 0, time.UTC),
		Blocks:      []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(text)}}}}
	if k := strings.Index(text, "\n\n"); k > 0 {
		a.Blocks = []document.Block{{Type: document.Lede, Span: document.Span{End: k}}, {Type: document.Caption, Span: document.Span{Start: k, End: len(text)}}}
	}
	apply(tb, a, sentence.New(p))
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	tags := [...]string{"VERB", "AUX", "NOUN", "PROPN", "PRON", "ADP", "SCONJ", "DET", "ADV", "ADJ", "PUNCT"}
	feats := [...]string{"VerbForm=Fin", "VerbForm=Inf", "VerbForm=Part", "_", "Number=Plur|VerbForm=Fin", "Number=Plur"}
	rels := [...]string{"root", "nsubj", "nsubj:pass", "obj", "iobj", "ccomp", "xcomp", "obl", "obl:agent", "case", "mark", "acl:relcl", "appos", "conj", "aux", "aux:pass", "cop", "nmod", "nmod:poss", "amod", "compound:prt", "advcl", "advmod"}
	for i := range a.Sentences {
		s := &a.Sentences[i]
		s.First = len(a.Tokens)
		spans := p.Grammar.Tokens.Append(nil, text[s.Span.Start:s.Span.End], s.Span.Start)
		for _, span := range spans {
			a.Tokens = append(a.Tokens, document.Token{Span: span, Lemma: text[span.Start:span.End], UPOS: tags[next(len(tags))],
				Feats: feats[next(len(feats))], Head: next(min(len(spans), 200) + 2), Deprel: rels[next(len(rels))]})
		}
		s.Last = len(a.Tokens)
	}
	for i := 0; i < len(a.Tokens); i += 1 + next(12) {
		typ := [...]string{"PER", "ORG", "LOC", "MISC"}[next(4)]
		a.Entities = append(a.Entities, document.Entity{ID: "e" + string(rune('a'+i%26)), Type: typ, Name: [...]string{"Frankrijk", "Jan Smit", "NAVO", "Moskou"}[next(4)],
			Links:    []document.Link{{Scheme: "iso3166", ID: [...]string{"FRA", "NLD", "RUS"}[next(3)]}},
			Mentions: []document.Mention{{Span: a.Tokens[i].Span, Form: [...]string{"name", "nominal", "pronoun"}[next(3)]}}})
	}
	return a
}

// checkEvents holds the layer to what the contract says of it.
func checkEvents(tb testing.TB, a *document.Article) {
	tb.Helper()
	at := 0
	for _, e := range a.Events {
		if e.Trigger.Span.Start < at || e.Trigger.Span.Len() <= 0 || e.Trigger.Span.End > len(a.Raw) {
			tb.Fatalf("trigger %v of %d bytes, the one before begins at %d", e.Trigger.Span, len(a.Raw), at)
		}
		at = e.Trigger.Span.Start
		if !plover.Known(plover.Type(e.Type), e.Mode) || e.Quad < 1 || e.Quad > 4 || e.Cameo == "" {
			tb.Fatalf("%s %q, quad %d, CAMEO %q", e.Type, e.Mode, e.Quad, e.Cameo)
		}
		if plover.NeedsRecipient(plover.Type(e.Type)) && len(e.Recipients) == 0 && len(e.Actors) < 2 {
			tb.Fatalf("%s without a recipient", e.Type)
		}
		if e.Confidence <= 0 || e.Confidence > 1 || e.Realis == "" || e.Tellings == nil || e.Actors == nil || e.Recipients == nil {
			tb.Fatalf("an event is not whole: %+v", e)
		}
	}
	if utf8.ValidString(a.Raw) {
		if _, err := document.Encode(a); err != nil {
			tb.Fatal(err)
		}
	}
}

func TestAnyReading(t *testing.T) {
	t.Parallel()
	p, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"aanvallen", "Frankrijk", "president", "sanctie", "opleggen", "aan", "met", "door", "de", "politie", "betoger", "willen", "niet",
		"zijn", "in", "gesprek", "Moskou", "aanslag", "tussen", "beide", "leider", "leiders", "elkaar", "zich", "terugtrekken", ".", "?", "die", "hij", "ze",
		"dreigen", "eisen", "dat", "om", "tafel", "gaan", "\n\n", "\x00", "é", "beloven", "wedstrijd"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 80).Draw(rt, "words"), " ")
		seed := rapid.Uint32().Draw(rt, "seed")
		a, b := wild(t, p, text, seed), wild(t, p, text, seed)
		apply(t, a, New(p))
		apply(t, b, New(p))
		checkEvents(t, a)
		if !reflect.DeepEqual(a.Events, b.Events) {
			rt.Fatal("two readings of the same article differ")
		}
	})
}

func FuzzApply(f *testing.F) {
	p, err := nl.Rules()
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"", "Rusland aanvallen Frankrijk", "de politie arresteren betoger .", "\xff dreigen met sanctie \xfe", "president zijn in gesprek met president"} {
		f.Add(text, uint32(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint32) {
		if len(text) > 1<<14 {
			return
		}
		a := wild(t, p, text, seed)
		apply(t, a, New(p))
		checkEvents(t, a)
	})
}

// Much of one thing costs no more than its amount.
func TestMuchOfOneThing(t *testing.T) {
	t.Parallel()
	p, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"one sentence of demands":  strings.Repeat("Frankrijk eisen dat ", 10_000),
		"attacks":                  strings.Repeat("Rusland aanvallen Frankrijk . ", 5_000),
		"one list of parties":      "politie arresteren " + strings.Repeat("betoger en ", 20_000),
		"pronouns far from a name": strings.Repeat("ze aanvallen ze . ", 5_000),
		"both leaders":             strings.Repeat("beide leiders ontmoeten elkaar . ", 5_000),
		"no end":                   strings.Repeat("aanslag ", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := wild(t, p, text, 7)
			apply(t, a, New(p))
			checkEvents(t, a)
			if len(a.Events) > maxEvents {
				t.Errorf("%d events", len(a.Events))
			}
		})
	}
}
