package sentence

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/segment"
	"telex/internal/pipeline"
)

// The chain takes it as a step.
var _ pipeline.Step = (*Step)(nil)

func packs() []lang.Pack {
	return []lang.Pack{
		{Code: "nl", Sentences: segment.New(segment.Tables{Titles: "mej."})},
		{Code: "xx"}, // a pack without rules of its own
	}
}

// article cuts raw into blocks at "|", which belongs to none.
func article(raw, language string) *document.Article {
	a := &document.Article{Raw: raw, Language: document.Language{Code: language}}
	at := 0
	for _, part := range strings.SplitAfter(raw, "|") {
		end := at + len(strings.TrimSuffix(part, "|"))
		if strings.TrimSpace(raw[at:end]) != "" {
			a.Blocks = append(a.Blocks, document.Block{Type: document.Paragraph, Span: document.Span{Start: at, End: end}})
		}
		at += len(part)
	}
	return a
}

func texts(a *document.Article) []string {
	var out []string
	for _, s := range a.Sentences {
		out = append(out, a.Raw[s.Span.Start:s.Span.End])
	}
	return out
}

func TestApply(t *testing.T) {
	s := New(packs()...)
	for _, c := range []struct {
		language, raw string
		want          []string
		blocks        []int
	}{
		{"nl", "Mej. Smit kwam. Zij bleef.|  video|", []string{"Mej. Smit kwam.", "Zij bleef.", "video"}, []int{0, 0, 1}},
		{"xx", "Dr. Smith came. She stayed.", []string{"Dr. Smith came.", "She stayed."}, []int{0, 0}},
		{"en", "Een zin die|niet ophoudt. Ja", []string{"Een zin die", "niet ophoudt.", "Ja"}, []int{0, 1, 1}},
		{"und", "Mej. Smit.", []string{"Mej.", "Smit."}, []int{0, 0}},
		{"nl", "", nil, nil},
	} {
		a := article(c.raw, c.language)
		if err := s.Apply(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		if got := texts(a); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %s: got %q, want %q", c.raw, c.language, got, c.want)
			continue
		}
		for i, sentence := range a.Sentences {
			if sentence.Block != c.blocks[i] {
				t.Errorf("%q: sentence %d is of block %d, want %d", c.raw, i, sentence.Block, c.blocks[i])
			}
		}
		if a.Sentences == nil {
			t.Errorf("%q: the list is nil", c.raw)
		}
	}
}

func TestApplyStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := New().Apply(ctx, article("Een zin.", "nl")); err == nil {
		t.Error("no error from a context that has ended")
	}
}

// TestProperties: every block has its own sentences; they are in order, lie
// within it and hold all of it that is not white space.
func TestProperties(t *testing.T) {
	s := New(packs()...)
	rapid.Check(t, func(t *rapid.T) {
		a := article(rapid.StringOfN(rapid.SampledFrom([]rune("aB. !?\n\u00a0|\"'…é3🎉\u2028\u200b\x00")), 0, 200, -1).Draw(t, "raw"), "nl")
		if err := s.Apply(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		at, next := 0, 0
		for i, b := range a.Blocks {
			at = b.Span.Start
			first := next
			for ; next < len(a.Sentences) && a.Sentences[next].Block == i; next++ {
				span := a.Sentences[next].Span
				if !b.Span.Contains(span) || span.Start < at || strings.TrimSpace(a.Raw[at:span.Start]) != "" {
					t.Fatalf("sentence %v after %d in block %v", span, at, b.Span)
				}
				at = span.End
			}
			if first == next || strings.TrimSpace(a.Raw[at:b.Span.End]) != "" {
				t.Fatalf("block %d: %d sentences, %q left over", i, next-first, a.Raw[at:b.Span.End])
			}
		}
		if next != len(a.Sentences) {
			t.Fatalf("sentence %d is of block %d, out of order", next, a.Sentences[next].Block)
		}
	})
}
