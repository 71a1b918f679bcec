package quote

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/sentence"
)

// wild makes an article whose words have tags, trees and names by seed, right or
// wrong: the step must stand any reading of any text.
func wild(tb testing.TB, p lang.Pack, text string, seed uint32) *document.Article {
	tb.Helper()
	a := &document.Article{Raw: text, Language: document.Language{Code: "nl"}, Absent: map[string]string{},
		Blocks: []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(text)}}}}
	if k := strings.Index(text, "\n\n"); k > 0 {
		a.Blocks = []document.Block{{Type: document.Lede, Span: document.Span{End: k}}, {Type: document.Paragraph, Span: document.Span{Start: k, End: len(text)}}}
	}
	apply(tb, a, sentence.New(p))
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	tags := [...]string{"VERB", "AUX", "NOUN", "PROPN", "PRON", "ADP", "SCONJ", "CCONJ", "DET", "ADV", "PUNCT"}
	feats := [...]string{"VerbForm=Fin", "VerbForm=Inf", "VerbForm=Part", "_", "Number=Plur|VerbForm=Fin", "Person=3|PronType=Prs"}
	rels := [...]string{"root", "nsubj", "ccomp", "parataxis", "xcomp", "obl", "case", "mark", "punct", "acl:relcl", "appos", "conj", "aux", "nmod", "compound:prt", "advcl"}
	for i := range a.Sentences {
		s := &a.Sentences[i]
		s.First = len(a.Tokens)
		spans := p.Grammar.Tokens.Append(nil, text[s.Span.Start:s.Span.End], s.Span.Start)
		for _, span := range spans {
			a.Tokens = append(a.Tokens, document.Token{Span: span, UPOS: tags[next(len(tags))], Feats: feats[next(len(feats))],
				Head: next(len(spans) + 2), Deprel: rels[next(len(rels))]})
		}
		s.Last = len(a.Tokens)
	}
	for i := 0; i < len(a.Tokens); i += 1 + next(12) {
		typ := [...]string{"PER", "ORG", "LOC"}[next(3)]
		a.Entities = append(a.Entities, document.Entity{ID: "e" + string(rune('a'+i%26)), Type: typ, Name: "Jan Smit",
			Mentions: []document.Mention{{Span: a.Tokens[i].Span, Form: [...]string{"name", "nominal", "pronoun"}[next(3)]}}})
	}
	return a
}

// checkQuotes holds the layer to what the contract says of it.
func checkQuotes(tb testing.TB, a *document.Article) {
	tb.Helper()
	end := 0
	for _, q := range a.Quotes {
		if q.Span.Start < end || q.Span.Len() <= 0 || q.Span.End > len(a.Raw) {
			tb.Fatalf("span %v of %d bytes, the one before ends at %d", q.Span, len(a.Raw), end)
		}
		end = q.Span.End
		if q.Confidence <= 0 || q.Confidence > 1 || q.Stance == "" {
			tb.Fatalf("confidence %v, stance %q", q.Confidence, q.Stance)
		}
		if q.Speaker != nil && q.SpeakerSpan == nil {
			tb.Fatal("a speaker stands nowhere")
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
	words := []string{"zei", "Jan", "dat", "hij", "volgens", "aldus", ",", ".", ":", ",,", "''", "'", "‘", "’", "“", "”", "\"", "«", "»", "naar eigen zeggen",
		"van mening", "liet", "weten", "Dat", "vroeg", "of", "te", "komen", "het", "foto's", "'s", "—", "\n\n", "niet", "gaf", "toe", "\x00", "é", "zo", "-"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 80).Draw(rt, "words"), rapid.SampledFrom([]string{" ", ""}).Draw(rt, "gap"))
		seed := rapid.Uint32().Draw(rt, "seed")
		a, b := wild(t, p, text, seed), wild(t, p, text, seed)
		apply(t, a, New(p))
		apply(t, b, New(p))
		checkQuotes(t, a)
		if !reflect.DeepEqual(a.Quotes, b.Quotes) {
			rt.Fatal("two readings of the same article differ")
		}
	})
}

func FuzzApply(f *testing.F) {
	p, err := nl.Rules()
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"", "'", ",,Ja'', zei Jan. ,,Nee", "Jan: ‘Kom’", "- Ik ga, zei Jan.", "Hij zei: ga. \n\n ,,En toen''", "\xff\"\xfe\"", "»Nee« 's 't '90"} {
		f.Add(text, uint32(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint32) {
		if len(text) > 1<<14 {
			return
		}
		a := wild(t, p, text, seed)
		apply(t, a, New(p))
		checkQuotes(t, a)
	})
}

// Many marks, open, closed or nested, cost no more than their number.
func TestManyMarks(t *testing.T) {
	t.Parallel()
	p, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"only opened":     strings.Repeat(",,ja ", 10_000),
		"only closed":     strings.Repeat("ja'' ", 10_000),
		"nested":          strings.Repeat("‘“ja ", 5_000) + strings.Repeat("”’ ", 5_000),
		"straight":        strings.Repeat(`"`, 10_000),
		"apostrophes":     strings.Repeat("'s avonds foto's ", 5_000),
		"pairs":           strings.Repeat(`"Ja, ik kom", zei Jan. `, 5_000),
		"never closed":    ",," + strings.Repeat("Jan zei dat hij komt. ", 5_000),
		"one for a while": strings.Repeat("volgens Jan, ", 10_000),
		"more than read":  strings.Repeat(`" `, maxMarks+1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := wild(t, p, text, 7)
			apply(t, a, New(p))
			checkQuotes(t, a)
			if len(a.Quotes) > maxQuotes {
				t.Errorf("%d quotations", len(a.Quotes))
			}
			if name == "more than read" && !strings.Contains(a.Absent[Name], "cut") {
				t.Errorf("absent %q does not say what was cut", a.Absent[Name])
			}
		})
	}
}
