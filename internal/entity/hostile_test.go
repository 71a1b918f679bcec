package entity_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/entity"
	"telex/internal/lang/nl"
)

// article makes an article of words and their labels, in sentences of at most 40.
func article(words, labels []string) *document.Article {
	a := &document.Article{Language: document.Language{Code: "nl"}, Absent: map[string]string{}}
	var raw strings.Builder
	for i, w := range words {
		if i > 0 {
			raw.WriteByte(' ')
		}
		start := raw.Len()
		raw.WriteString(w)
		a.Tokens = append(a.Tokens, document.Token{Span: document.Span{Start: start, End: raw.Len()}, UPOS: "NOUN", Name: labels[i]})
	}
	a.Raw = raw.String()
	a.Blocks = []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(a.Raw)}}}
	for first := 0; first < len(words); first += 40 {
		last := min(first+40, len(words))
		a.Sentences = append(a.Sentences, document.Sentence{Span: document.Span{Start: a.Tokens[first].Span.Start, End: a.Tokens[last-1].Span.End}, First: first, Last: last})
	}
	return a
}

func step(tb testing.TB) *entity.Step {
	tb.Helper()
	p, err := nl.Rules()
	if err != nil {
		tb.Fatal(err)
	}
	return entity.New(p)
}

func repeated(n int, word func(int) string, label func(int) string) *document.Article {
	words, labels := make([]string, n), make([]string, n)
	for i := range n {
		words[i], labels[i] = word(i), label(i)
	}
	return article(words, labels)
}

func always(s string) func(int) string { return func(int) string { return s } }

func TestHostile(t *testing.T) {
	t.Parallel()
	s := step(t)
	for _, c := range []struct {
		name     string
		a        *document.Article
		entities int
		cut      bool
	}{
		{"nothing", article(nil, nil), 0, false},
		{"no name", repeated(3, always("woord"), always("O")), 0, false},
		{"one name of 300 letters", repeated(3, always("A"+strings.Repeat("b", 299)), always("B-PER")), 1, false},
		{"5,000 names", repeated(5000, func(i int) string { return fmt.Sprintf("Aa%dx", i) }, always("B-PER")), 5000, false},
		{"5,000 people of one family", repeated(10_000, func(i int) string {
			if i%2 == 1 {
				return "Smit"
			}
			return fmt.Sprintf("Aa%dx", i)
		}, func(i int) string { return []string{"B-PER", "I-PER"}[i%2] }), 5000, false},
		{"one name 10,000 times", repeated(10_000, always("Smit"), always("B-ORG")), 1, false},
		{"more names than are read", repeated(30_000, func(i int) string { return fmt.Sprintf("Aa%dx", i) }, always("B-LOC")), 20_000, true},
		{"one name without end", repeated(40, always("Smit"), always("I-PER")), 1, false},
		{"offices only", repeated(30_000, always("president"), always("O")), 0, false},
		{"short forms of one body", repeated(12_000, func(i int) string { return []string{fmt.Sprintf("Kaa%d Bond", i), "(", "KB", ")"}[i%4] },
			func(i int) string { return []string{"B-ORG", "O", "B-ORG", "O"}[i%4] }), 1, false},
		{"pronouns without end", repeated(50_000, always("hij"), func(i int) string { return []string{"B-PER", "O"}[min(i, 1)] }), 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := s.Apply(t.Context(), c.a); err != nil {
				t.Fatal(err)
			}
			if len(c.a.Entities) != c.entities || (c.a.Absent[entity.Name] != "") != c.cut {
				t.Errorf("%d entities, want %d; absent: %q", len(c.a.Entities), c.entities, c.a.Absent[entity.Name])
			}
			checkLayer(t, c.a)
		})
	}
}

func TestAbsent(t *testing.T) {
	t.Parallel()
	s := step(t)
	other := repeated(3, always("word"), always("O"))
	other.Language.Code = "en"
	unlabelled := repeated(3, always("woord"), always(""))
	unread := &document.Article{Language: document.Language{Code: "nl"}, Absent: map[string]string{"tokens": "no grammar"}}
	for want, a := range map[string]*document.Article{"no tables": other, "no labeller": unlabelled, "no tokens: no grammar": unread} {
		if err := s.Apply(t.Context(), a); err != nil || !strings.Contains(a.Absent[entity.Name], want) {
			t.Errorf("absent %q, error %v; want %q", a.Absent[entity.Name], err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Apply(ctx, repeated(3, always("Smit"), always("B-PER"))); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v of a context that ended", err)
	}
}

// checkLayer holds what every layer of entities keeps to.
func checkLayer(t interface{ Errorf(string, ...any) }, a *document.Article) {
	if _, err := a.Outside(); err != nil {
		t.Errorf("%v", err)
	}
	first := -1
	var names []document.Span
	for i, e := range a.Entities {
		if e.ID != fmt.Sprint("e", i+1) || e.Name == "" || len(e.Mentions) == 0 {
			t.Errorf("entity %d is %+v", i, e)
			return
		}
		if e.Mentions[0].Span.Start < first {
			t.Errorf("entity %s comes after one that is mentioned later", e.ID)
		}
		first = e.Mentions[0].Span.Start
		for _, m := range e.Mentions {
			if m.Form == "name" {
				names = append(names, m.Span)
			}
		}
	}
	slices.SortFunc(names, func(a, b document.Span) int { return a.Start - b.Start })
	for i := 1; i < len(names); i++ {
		if names[i].Start < names[i-1].End {
			t.Errorf("the names %v and %v overlap", names[i-1], names[i])
		}
	}
}

// Whatever the tokens, labels and trees say, the layer is whole, and the same again.
func TestAnyTokens(t *testing.T) {
	t.Parallel()
	s := step(t)
	word := rapid.SampledFrom([]string{"Jan", "Smit", "de", "De", "Vries", "van", "president", "Franse", "Frankrijk", "minister", "hij", "haar", "zijn", "en", ",", "(", ")", "KNVB",
		"Koninklijke", "Bond", "VVD-leider", "oud-", "-", "''", ",,", "\"", "is", "a\x00b", "\xff\xfe", "🙂", "'s", "’", "jr.", "mevrouw", "familie", "Trumps", "Trump", "V.S.", "É"})
	label := rapid.SampledFrom([]string{"O", "O", "O", "", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "B-MISC", "I-MISC", "B-", "I-", "X", "B-ODD"})
	upos := rapid.SampledFrom([]string{"NOUN", "PROPN", "ADJ", "ADP", "PRON", "DET", "VERB", "PUNCT", "NUM", ""})
	rel := rapid.SampledFrom([]string{"nsubj", "obj", "cop", "flat", "appos", "nmod:poss", "case", "acl:relcl", "root", "", "aux"})
	feats := rapid.SampledFrom([]string{"_", "Number=Plur", "Number=Sing|Poss=Yes", "Number=Plur|VerbForm=Fin", "Poss=Yes"})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 0, 120).Draw(t, "words")
		labels := rapid.SliceOfN(label, len(words), len(words)).Draw(t, "labels")
		a := article(words, labels)
		for i := range a.Tokens {
			k := &a.Tokens[i]
			k.UPOS, k.Deprel, k.Feats = upos.Draw(t, "upos"), rel.Draw(t, "deprel"), feats.Draw(t, "feats")
			k.Head = rapid.IntRange(-1, 45).Draw(t, "head")
		}
		if err := s.Apply(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		once := a.Entities
		if strings.ToValidUTF8(a.Raw, "") == a.Raw {
			checkLayer(t, a)
		}
		a.Entities = nil
		if err := s.Apply(context.Background(), a); err != nil || !reflect.DeepEqual(once, a.Entities) {
			t.Errorf("a second run gave something else: %v", err)
		}
	})
}

const sample = "../../../shared/samples/000_7f824c05e3695702.txt"

func BenchmarkSample(b *testing.B) {
	text, err := os.ReadFile(sample)
	if err != nil {
		b.Skip("the sample is not here: ", err)
	}
	a := read(b, strings.NewReplacer("[", "(", "]", ")").Replace(string(text)))
	s := entity.New(pack(b))
	for i := range a.Tokens { // every capital in a sentence is a name: more than there are
		k := &a.Tokens[i]
		if c := a.Raw[k.Span.Start]; k.UPOS == "PROPN" && c >= 'A' && c <= 'Z' {
			k.Name = "B-PER"
		}
	}
	b.SetBytes(int64(len(a.Raw)))
	for b.Loop() {
		if err := s.Apply(b.Context(), a); err != nil {
			b.Fatal(err)
		}
	}
}
