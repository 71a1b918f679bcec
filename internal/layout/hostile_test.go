package layout_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/layout"
)

// check holds what layout promises of its blocks for any text.
func check(raw string, titleEnd int, blocks []document.Block) error {
	known := map[document.BlockType]bool{}
	for _, t := range document.BlockTypes() {
		known[t] = true
	}
	at := 0
	for i, b := range blocks {
		text := ""
		if b.Span.Start >= at && b.Span.Start < b.Span.End && b.Span.End <= len(raw) {
			text = raw[b.Span.Start:b.Span.End]
		}
		switch {
		case text == "":
			return fmt.Errorf("block %d %v overlaps, is empty or leaves the text", i, b)
		case !known[b.Type]:
			return fmt.Errorf("block %d has type %q", i, b.Type)
		case !utf8.RuneStart(raw[b.Span.Start]) || b.Span.End < len(raw) && !utf8.RuneStart(raw[b.Span.End]):
			return fmt.Errorf("block %d %v cuts a character", i, b)
		case strings.TrimSpace(text) != text:
			return fmt.Errorf("block %d %q is not trimmed", i, text)
		}
		if err := empty(raw[at:b.Span.Start]); err != nil {
			return fmt.Errorf("before block %d: %w", i, err)
		}
		at = b.Span.End
	}
	if titleEnd > 0 && strings.TrimSpace(raw[:titleEnd]) != "" && len(blocks) > 0 && blocks[0].Type != document.Title && empty(raw[:titleEnd]) != nil {
		return fmt.Errorf("the separate title became %s", blocks[0].Type)
	}
	return empty(raw[at:])
}

// empty tells whether a gap holds nothing that is read.
func empty(gap string) error {
	for _, r := range gap {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Zl, r) {
			return fmt.Errorf("%q is in no block", gap)
		}
	}
	return nil
}

func run(step *layout.Step, raw string, titleEnd int) error {
	a := &document.Article{Raw: raw, TitleEnd: titleEnd}
	if err := step.Apply(context.Background(), a); err != nil {
		return err
	}
	return check(raw, titleEnd, a.Blocks)
}

// scraps are what news and hostile texts are made of.
var scraps = []string{"De ", "markt ", "verhuist. ", "Volledig scherm ", "© ", "ANP ", "Foto: ", "(foto: ", ")", "Lees ook: ", "Deel dit artikel",
	"\n", "\r\n", "\n\n", "\u2028", "\u0085", "\x00", "\u200b", "\u202e", "\u00ad", "\ufeff", ",,Ja'', ", "“Nee”", "‘", "video", "/", "update", "DEN HAAG ",
	"(ANP) - ", "Door Jan Bos ", "12 mei 2021 ", "10:15", "Kritiek ", "KritiekDe ", "é", "𝔘", "日本", "1. ", "...", "…", "!", "? ", "Van der ", "- ", "•", "€ 3", "\t", " ", "a", "B"}

func TestHostile(t *testing.T) {
	step := layout.New(dutch(t))
	piece := rapid.OneOf(rapid.SampledFrom(scraps), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "pieces"), "")
		titleEnd := 0
		if title := rapid.SampledFrom([]string{"", "Markt verhuist", " x", "\n"}).Draw(t, "title"); title != "" {
			raw, titleEnd = title+"\n\n"+raw, len(title)
		}
		if err := run(step, raw, titleEnd); err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
	})
}

func FuzzLayout(f *testing.F) {
	for i := range scraps {
		f.Add(strings.Join(scraps[i:], ""), 0)
	}
	step := layout.New(dutch(f))
	f.Fuzz(func(t *testing.T, raw string, titleEnd int) {
		if !utf8.ValidString(raw) {
			return
		}
		if titleEnd < 0 || titleEnd > len(raw) || titleEnd < len(raw) && !utf8.RuneStart(raw[titleEnd]) {
			titleEnd = 0
		}
		if err := run(step, raw, titleEnd); err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
	})
}

// TestLinear holds that no text of a megabyte takes more than some seconds,
// though a quadratic step would take minutes.
func TestLinear(t *testing.T) {
	step := layout.New(dutch(t))
	const size = 1 << 20
	for _, unit := range []string{"\n", "x", "X", "a ", "A ", "Aa", ". ", ".", "A. ", "©", "© ", "©A", "© A ", "Foto: ", "Foto: ANP\n", "(foto: ", "(", "Lees ook: ",
		"Lees ", "Lees ook:\n", "Volledig scherm ", "Deel dit artikel ", "a\n", "Jan Bos\n", "Kop\n\n", "Jan Bos\n12 mei 2021\n", "Foto: ANP\nx y z\n", "1. A ", "Kritiek De ", "\" ", "“A", ",,", "- ",
		"Door ", "Jan ", "van ", "DEN ", "/", "video/", "video ", "video\n", "\u200b", "\u202e", "\x00", "𝔘", "De markt verhuist. ", "De markt verhuist.\n", "Het ging goed: ", "a. ", "A.B", "''"} {
		raw := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		if err := run(step, raw, 0); err != nil {
			t.Errorf("%q repeated: %.300v", unit, err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%q repeated to a megabyte took %v", unit, took)
		} else if took > 300*time.Millisecond {
			t.Logf("%q repeated to a megabyte took %v", unit, took)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	step := layout.New(dutch(b))
	raw := benchArticle()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		a := document.Article{Raw: raw}
		if err := step.Apply(context.Background(), &a); err != nil {
			b.Fatal(err)
		}
	}
}

// benchArticle is an article of about 4 kB of our own.
func benchArticle() string {
	para := "De gemeente heeft gisteren besloten dat de wekelijkse markt naar een ander plein gaat. ,,Dat is voor iedereen beter'', zegt wethouder Van Dijk. " +
		"De kooplui denken daar anders over en stappen naar de rechter. Volgens advocaat Els Mulder is er te weinig overleg geweest. "
	text := "update/video" + para + "\n\n"
	for _, head := range []string{"Boze kooplui", "Minder klanten", "Rechter", "Parkeren"} {
		text += head + "\n\n" + para + para + "\n\nVolledig scherm De kramen op het oude plein in Zwolle. © ANP\n\n" + para + "\n\n"
	}
	return text + "Lees ook: Kooplui stappen naar de rechter\nDeel dit artikel\n"
}
