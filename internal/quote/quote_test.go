package quote

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"telex/internal/document"
	"telex/internal/entity"
	"telex/internal/grammar"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/sentence"
)

// pack is the Dutch pack with its models, made once for all tests.
var pack = sync.OnceValues(nl.New)

// read takes a text, a paragraph a line, through the steps up to this one. The
// names are given: "PER Jan Smit; ORG NOS".
func read(tb testing.TB, text, names string) *document.Article {
	tb.Helper()
	p, err := pack()
	if err != nil {
		tb.Fatal(err)
	}
	a := &document.Article{Raw: text, Language: document.Language{Code: "nl", Confidence: 1}, Absent: map[string]string{}}
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if n := len(strings.TrimRight(line, "\n")); n > 0 {
			a.Blocks = append(a.Blocks, document.Block{Type: document.Paragraph, Span: document.Span{Start: at, End: at + n}})
		}
		at += len(line)
	}
	apply(tb, a, sentence.New(p), grammar.New(p))
	label(a, names)
	apply(tb, a, entity.New(p), New(p))
	return a
}

type step interface {
	Apply(context.Context, *document.Article) error
}

func apply(tb testing.TB, a *document.Article, steps ...step) {
	tb.Helper()
	for _, s := range steps {
		if err := s.Apply(tb.Context(), a); err != nil {
			tb.Fatal(err)
		}
	}
}

// label gives the tokens the labels of the names.
func label(a *document.Article, names string) {
	for i := range a.Tokens {
		a.Tokens[i].Name = "O"
	}
	for item := range strings.SplitSeq(names, ";") {
		typ, name, ok := strings.Cut(strings.TrimSpace(item), " ")
		for from := 0; ok; {
			k := strings.Index(a.Raw[from:], name)
			if k < 0 {
				break
			}
			from += k
			mark := "B-"
			for i := range a.Tokens {
				if t := &a.Tokens[i]; t.Span.Start >= from && t.Span.End <= from+len(name) {
					t.Name = mark + typ
					mark = "I-"
				}
			}
			from += len(name)
		}
	}
}

// told writes the quotations of an article: "type | words | speaker | cue | stance".
func told(a *document.Article) string {
	var out []string
	for _, q := range a.Quotes {
		who, cue := "-", "-"
		if q.SpeakerSpan != nil {
			who = a.Raw[q.SpeakerSpan.Start:q.SpeakerSpan.End]
		}
		for _, e := range a.Entities {
			if q.Speaker != nil && e.ID == *q.Speaker {
				who = "=" + e.Name
			}
		}
		if q.Cue != nil {
			cue = a.Raw[q.Cue.Span.Start:q.Cue.Span.End]
		}
		out = append(out, fmt.Sprintf("%s | %s | %s | %s | %s", q.Type, strings.ReplaceAll(a.Raw[q.Span.Start:q.Span.End], "\n", "¶"), who, cue, q.Stance))
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, "\n")
}

// Each case of testdata/cases.txt is a text, the names in it, and its quotations.
func TestCases(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for part := range strings.SplitSeq(string(text), "\n\n") {
		lines := []string{}
		for line := range strings.Lines(part) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				lines = append(lines, line)
			}
		}
		if len(lines) == 0 {
			continue
		}
		if len(lines) < 3 {
			t.Fatalf("the case %q has no names or no quotations", lines)
		}
		n++
		t.Run(lines[0][:min(len(lines[0]), 40)], func(t *testing.T) {
			t.Parallel()
			a := read(t, strings.ReplaceAll(lines[0], "¶", "\n"), strings.TrimPrefix(lines[1], "names:"))
			if got, want := told(a), strings.Join(lines[2:], "\n"); got != want {
				t.Errorf("of %q\ngot\n%s\nwant\n%s", lines[0], got, want)
			}
		})
	}
	if n < 40 {
		t.Errorf("only %d cases were read", n)
	}
}

// Every pair of marks that newspapers use holds the same quotation.
func TestMarks(t *testing.T) {
	t.Parallel()
	for _, m := range [][2]string{{",,", "”"}, {",,", "''"}, {",, ", " ''"}, {"„", "”"}, {"„", "“"}, {"“", "”"}, {`"`, `"`}, {"”", "”"},
		{"‘", "’"}, {"'", "'"}, {"«", "»"}, {"» ", " «"}, {",,", `"`}, {"‘‘", "’’"}} {
		text := "De burgemeester was tevreden. " + m[0] + "We zijn er foto's van aan het maken, 's avonds in '90" + m[1] + ", zei Jan Smit."
		a := read(t, text, "PER Jan Smit")
		want := "direct | We zijn er foto's van aan het maken, 's avonds in '90 | =Jan Smit | zei | says"
		if got := told(a); got != want {
			t.Errorf("between %q and %q:\n%s\nwant\n%s", m[0], m[1], got, want)
		}
		if why := a.Absent[Name]; why != "" {
			t.Errorf("between %q and %q: absent %q", m[0], m[1], why)
		}
	}
}

// Marks without a partner are mended and told.
func TestLoneMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Het was laat. ,,We gaan nu naar huis, zei Jan Smit. Daarna ging het licht uit.":  "We gaan nu naar huis",
		"Het was laat. We gaan nu naar huis'', zei Jan Smit. Daarna ging het licht uit.":  "We gaan nu naar huis",
		"Het was laat. ,,We gaan nu naar huis’, zei Jan Smit. Daarna ging het licht uit.": "We gaan nu naar huis",
	} {
		a := read(t, text, "PER Jan Smit")
		if len(a.Quotes) != 1 || a.Raw[a.Quotes[0].Span.Start:a.Quotes[0].Span.End] != want || a.Quotes[0].Type != direct {
			t.Errorf("of %q\ngot\n%s", text, told(a))
		}
		if a.Quotes[0].Confidence > likely+0.05+1e-9 {
			t.Errorf("of %q: confidence %v of a mended quotation", text, a.Quotes[0].Confidence)
		}
	}
	a := read(t, "Het was laat. ,,We gaan nu naar huis, zei Jan Smit.", "PER Jan Smit")
	if !strings.Contains(a.Absent[Name], "without a partner: 1") {
		t.Errorf("absent %q", a.Absent[Name])
	}
}

func TestAbsent(t *testing.T) {
	t.Parallel()
	rules, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for want, a := range map[string]*document.Article{
		`no tables of quotations for the language "fy"`: {Raw: "Hy sei: “Nee”.", Language: document.Language{Code: "fy"}},
		"no tokens: too long":                           {Raw: "Hij zei “Nee”.", Language: document.Language{Code: "nl"}, Absent: map[string]string{"tokens": "too long"}},
	} {
		apply(t, a, New(rules))
		if a.Absent[Name] != want || len(a.Quotes) != 0 {
			t.Errorf("absent %q, want %q", a.Absent[Name], want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := &document.Article{Raw: "Nee", Language: document.Language{Code: "nl"}, Tokens: make([]document.Token, 1)}
	if err := New(rules).Apply(ctx, a); err == nil {
		t.Error("a context that has ended does not stop the step")
	}
}

var benchText = strings.Repeat("De gemeenteraad van Grauwdorp praatte gisteren urenlang over het nieuwe zwembad aan de rand van het dorp. "+
	",,We kunnen niet langer wachten'', zei wethouder Jan Smit. Volgens hem kost het bad negen miljoen euro. "+
	"Raadslid Els Bos vindt dat het geld beter naar de school kan gaan. ,,Die lekt al jaren.'' Dat ontkende Smit. ", 8)

func BenchmarkApply(b *testing.B) {
	a := read(b, benchText, "PER Jan Smit; PER Els Bos; PER Smit; LOC Grauwdorp")
	if len(a.Quotes) < 20 {
		b.Fatalf("%d quotations", len(a.Quotes))
	}
	p, err := pack()
	if err != nil {
		b.Fatal(err)
	}
	s := New(lang.Pack{Code: "nl", Quotes: p.Quotes, People: p.People})
	b.SetBytes(int64(len(a.Raw)))
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Apply(b.Context(), a); err != nil {
			b.Fatal(err)
		}
	}
}
