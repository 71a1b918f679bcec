package digest

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"telex/internal/document"
)

func TestText(t *testing.T) {
	t.Parallel()
	raw := "updateBrug dicht\n\nDe brug is dicht. Niemand weet hoe lang.\nFoto: ANP"
	span := func(text string) document.Span {
		i := strings.Index(raw, text)
		return document.Span{Start: i, End: i + len(text)}
	}
	a := &document.Article{
		ID: "7", Source: "ad.nl", Raw: raw, Title: "Brug dicht", Language: document.Language{Code: "nl", Confidence: 0.98},
		Blocks: []document.Block{
			{Type: document.Label, Span: span("update")}, {Type: document.Title, Span: span("Brug dicht")},
			{Type: document.Lede, Span: span("De brug is dicht. Niemand weet hoe lang.")}, {Type: document.Credit, Span: span("Foto: ANP")},
		},
		Sentences: []document.Sentence{
			{Span: span("Brug dicht"), Block: 1}, {Span: span("De brug is dicht."), Block: 2},
			{Span: span("Niemand weet hoe lang."), Block: 2}, {Span: span("Foto: ANP"), Block: 3},
		},
		Times: []document.Time{
			{Span: span("dicht"), Type: "DATE", Value: "2019-06-30"}, {Span: span("lang"), Type: "DATE", Value: "2019-06-30"},
			{Span: span("lang"), Type: "DATE", Value: "PAST_REF"}, {Span: span("lang"), Type: "DURATION", Value: "P3D"},
		},
		Absent: map[string]string{"sentences": "cut"},
	}
	want := `── Brug dicht
   id         7
   source     ad.nl
   language   nl (0.98)
   parts      1 label, 1 title, 1 lede, 1 credit
   label      update
   credit     Foto: ANP
   ›          De brug is dicht.
   ›          Niemand weet hoe lang.
   sentences  4
   times      2019-06-30 (dicht)
   no sentences cut
`
	if got := Text(a); got != want {
		t.Errorf("digest:\n%s\nwant:\n%s", got, want)
	}
}

// The digest tells who said what, of the first quotations.
func TestSaid(t *testing.T) {
	t.Parallel()
	raw := "Els Bos: ik ga. Hij: nee."
	id, els, hij := "e1", document.Span{End: 7}, document.Span{Start: 16, End: 19}
	a := &document.Article{Raw: raw, Entities: []document.Entity{{ID: "e1", Name: "Els Bos"}}}
	a.Quotes = []document.Quote{
		{Span: document.Span{Start: 9, End: 14}, Speaker: &id, SpeakerSpan: &els, Stance: "says"},
		{Span: document.Span{Start: 21, End: 24}, SpeakerSpan: &hij, Stance: "denies"},
		{Span: document.Span{Start: 9, End: 11}, Stance: "asks"},
	}
	for range 4 {
		a.Quotes = append(a.Quotes, a.Quotes[2])
	}
	got := Text(a)
	for _, want := range []string{"said       Els Bos says: ik ga\n", "said       Hij denies: nee\n", "said       (nobody named) asks: ik\n", "said       and 2 more\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the digest\n%s\ndoes not say %q", got, want)
		}
	}
}

// Whatever an article holds, a terminal is not told anything by it, and a
// layer that was cut away is no trouble.
func TestTextIsHarmless(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.String().Draw(t, "raw")
		a := &document.Article{Raw: raw, ID: raw, Title: rapid.String().Draw(t, "title"),
			Sentences: []document.Sentence{{Span: document.Span{End: len(raw)}, Block: rapid.IntRange(0, 3).Draw(t, "block")}},
			Blocks:    []document.Block{{Type: document.Lede, Span: document.Span{End: len(raw)}}}}
		for _, r := range Text(a) {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("the digest holds %U", r)
			}
		}
	})
}

func TestClip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"kort", 10, "kort"}, {" twee\n woorden ", 20, "twee woorden"}, {"abcdef", 3, "abc…"},
		{"één twee", 4, "één…"}, {"", 3, ""}, {"a\x1b[31mb", 10, "a[31mb"},
	} {
		if got := clip(tt.in, tt.n); got != tt.want {
			t.Errorf("clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
