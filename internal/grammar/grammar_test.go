package grammar

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/pipeline"
	"telex/internal/sentence"
)

// The chain takes it as a step.
var _ pipeline.Step = (*Step)(nil)

// dutch is the Dutch pack, made once.
var dutch = sync.OnceValues(nl.New)

func pack(tb testing.TB) lang.Pack {
	tb.Helper()
	p, err := dutch()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// article gives raw with one block for each line, and its sentences.
func article(tb testing.TB, raw, language string) *document.Article {
	tb.Helper()
	a := &document.Article{Raw: raw, Language: document.Language{Code: language}}
	at := 0
	for line := range strings.Lines(raw) {
		if text := strings.TrimSpace(line); text != "" {
			a.Blocks = append(a.Blocks, document.Block{Span: document.Span{Start: at, End: at + len(strings.TrimRight(line, "\n"))}})
		}
		at += len(line)
	}
	if err := sentence.New(pack(tb)).Apply(context.Background(), a); err != nil {
		tb.Fatal(err)
	}
	return a
}

// mustRead holds what Apply promises.
func mustRead(t *testing.T, a *document.Article) {
	t.Helper()
	at := 0
	for i, s := range a.Sentences {
		if s.First != at || s.Last < s.First || s.Last > len(a.Tokens) {
			t.Fatalf("sentence %d has the tokens %d to %d after %d", i, s.First, s.Last, at)
		}
		at = s.Last
		mustBeSentence(t, a, s)
	}
	if at != len(a.Tokens) {
		t.Fatalf("%d tokens, of which %d are in sentences", len(a.Tokens), at)
	}
}

func mustBeSentence(t *testing.T, a *document.Article, s document.Sentence) {
	t.Helper()
	words := a.Tokens[s.First:s.Last]
	at, roots := s.Span.Start, 0
	for i, w := range words {
		if w.Span.Start < at || w.Span.End <= w.Span.Start || strings.TrimSpace(a.Raw[at:w.Span.Start]) != "" {
			t.Fatalf("the token %v stands after %d", w.Span, at)
		}
		at = w.Span.End
		if w.Lemma == "" || w.UPOS == "" || w.XPOS == "" || w.Feats == "" || w.Deprel == "" {
			t.Fatalf("a field of the token %q is empty: %+v", a.Raw[w.Span.Start:w.Span.End], w)
		}
		if w.Head == 0 {
			roots++
		}
		for v, steps := i+1, 0; v != 0 && i%97 == 0; v, steps = words[v-1].Head, steps+1 {
			if v > len(words) || steps > len(words) {
				t.Fatalf("token %d of %d does not lead to the root", i+1, len(words))
			}
		}
	}
	if roots != 1 || at != s.Span.End {
		t.Fatalf("%d roots; tokens up to %d in the sentence %v", roots, at, s.Span)
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	step := New(pack(t))
	for name, raw := range map[string]string{
		"nothing":       "",
		"two sentences": "De raad stemt in. Zij belde hem gisteren op.",
		"blocks":        "Kop zonder punt\nDe raad stemt in.\n\n© ANP",
		"many batches":  strings.Repeat("De raad stemt in met het plan. ", 2000),
		"one long":      "De " + strings.Repeat("raad ", 20_000) + "stemt.",
		"hostile":       "\u00a0\x00 👩‍👩‍👧 \u202e.. a\u2028b\xff\xfe",
		"marks":         "... !!! ,,'' ((",
	} {
		a := article(t, raw, "nl")
		if err := step.Apply(t.Context(), a); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		mustRead(t, a)
		if a.Absent[Name] != "" || a.Tokens == nil {
			t.Errorf("%s: absent %v", name, a.Absent)
		}
	}
}

// What an article says does not depend on those read before or beside it.
func TestApplyIsAlone(t *testing.T) {
	t.Parallel()
	step := New(pack(t))
	texts := []string{"De raad stemt in.", strings.Repeat("Zij belde hem gisteren op, zei hij. ", 300), "Kop\nEen zin."}
	var first []*document.Article
	for _, raw := range texts {
		a := article(t, raw, "nl")
		if err := step.Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		first = append(first, a)
	}
	var wait sync.WaitGroup
	for i := range 12 {
		wait.Go(func() {
			a := article(t, texts[i%len(texts)], "nl")
			err := step.Apply(context.Background(), a)
			if diff := cmp.Diff(first[i%len(texts)], a); err != nil || diff != "" {
				t.Errorf("beside others, %v (-alone +beside):\n%s", err, diff)
			}
		})
	}
	wait.Wait()
}

func TestApplySaysWhyNot(t *testing.T) {
	t.Parallel()
	step := New(pack(t), lang.Pack{Code: "xx"}, lang.Pack{Code: "yy", Grammar: &lang.Grammar{Tokens: pack(t).Grammar.Tokens}})
	for _, language := range []string{"en", "und", "xx", "yy", ""} {
		a := article(t, "De raad stemt in.", language)
		if err := step.Apply(t.Context(), a); err != nil || len(a.Tokens) != 0 || a.Absent[Name] == "" || a.Sentences[0].Last != 0 {
			t.Errorf("%q: %v, %d tokens, absent %v", language, err, len(a.Tokens), a.Absent)
		}
	}
	a := article(t, strings.Repeat("a b c d.\n", most/5), "nl")
	if err := step.Apply(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if n := len(a.Tokens); n < most*4/5 || n > most || a.Sentences[len(a.Sentences)-1].Last != 0 || !strings.HasPrefix(a.Absent[Name], "cut: only the first 1") {
		t.Errorf("%d tokens, absent %v", n, a.Absent)
	}
}

// A deadline that has passed ends the step between batches.
func TestApplyStopsWithItsContext(t *testing.T) {
	t.Parallel()
	step := New(pack(t))
	for name, raw := range map[string]string{
		"many sentences": strings.Repeat("De raad stemt in. ", 1000),
		"no stops":       strings.Repeat("raad ", 2*batch),
	} {
		ctx := &expiring{Context: context.Background(), looks: 1}
		if err := step.Apply(ctx, article(t, raw, "nl")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// expiring passes its deadline after it was looked at a number of times.
type expiring struct {
	context.Context
	looks int
}

func (c *expiring) Err() error {
	if c.looks--; c.looks < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// A sentence of our own is read as a person reads it.
func TestReading(t *testing.T) {
	t.Parallel()
	a := article(t, "De burgemeester belde gisteren de voorzitter op.", "nl")
	if err := New(pack(t)).Apply(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range a.Tokens {
		head := "-"
		if w.Head > 0 {
			head = a.Raw[a.Tokens[w.Head-1].Span.Start:a.Tokens[w.Head-1].Span.End]
		}
		got = append(got, strings.Join([]string{a.Raw[w.Span.Start:w.Span.End], w.Lemma, w.UPOS, head, w.Deprel}, " "))
	}
	want := []string{"De de DET burgemeester det", "burgemeester burgemeester NOUN belde nsubj", "belde op_bellen VERB - root",
		"gisteren gisteren ADV belde advmod", "de de DET voorzitter det", "voorzitter voorzitter NOUN belde obj", "op op ADP belde compound:prt", ". . PUNCT belde punct"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func BenchmarkApply(b *testing.B) {
	step := New(pack(b))
	a := article(b, strings.Repeat("De raad van 's-Gravenhage stemt vandaag in met het plan, zei wethouder J. Bos (36) om 19.30 uur. ", 25), "nl")
	tokens := 0
	b.ReportAllocs()
	for b.Loop() {
		if err := step.Apply(context.Background(), a); err != nil {
			b.Fatal(err)
		}
		tokens += len(a.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}
