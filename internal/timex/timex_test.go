package timex

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"telex/internal/document"
	"telex/internal/lang/nl"
)

// step makes the step with the rules of the Dutch pack.
func step(tb testing.TB) *Step {
	tb.Helper()
	pack, err := nl.Rules()
	if err != nil {
		tb.Fatal(err)
	}
	return New(pack)
}

// article makes an article of one sentence in one block.
func article(text, published string) *document.Article {
	a := &document.Article{Raw: text, Language: document.Language{Code: "nl"}, Absent: map[string]string{},
		Blocks:    []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(text)}}},
		Sentences: []document.Sentence{{Span: document.Span{End: len(text)}}}}
	if t, err := time.Parse(time.RFC3339, published); err == nil {
		a.PublishedAt = t
	} else if t, err := time.Parse(time.DateOnly, published); err == nil {
		a.PublishedAt, a.DateOnly = t, true
	}
	return a
}

// found writes the times of an article as the cases do.
func found(a *document.Article) string {
	var out []string
	for _, t := range a.Times {
		s := fmt.Sprintf("%s | %s | %s", a.Raw[t.Span.Start:t.Span.End], t.Type, t.Value)
		if t.Mod != "" {
			s += " | " + t.Mod
		}
		out = append(out, s)
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, " ; ")
}

// Each sentence of testdata/cases.txt gives the times that stand behind it.
func TestCases(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, published := step(t), ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '@':
			published = strings.TrimSpace(line[1:])
			continue
		}
		sentence, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("no \" => \" in %q", line)
		}
		a := article(sentence, published)
		if err := s.Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if got := found(a); got != want {
			t.Errorf("%s: %s\n  got  %s\n  want %s", published, sentence, got, want)
		}
	}
}
