package segment

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
)

// testRules has an entry in every table.
func testRules() *Rules {
	return New(Tables{
		Never: "o.a. vs.", Titles: "dr. prof.", Numbered: "nr. okt.", Endings: "enz.", Attached: "jr. n.v. Joh.",
		Starters: "Hij Dat", Particles: "De Van Der", Lettered: "vitamine", Ranked: "FC", Marked: "yahoo!", Elided: "s t",
	})
}

// parts gives the texts of spans.
func parts(text string, spans []document.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, text[s.Start:s.End])
	}
	return out
}

func TestTables(t *testing.T) {
	r := testRules()
	for marked, why := range map[string]string{
		"Zo o.a. Jan.| En nu.":           "never",
		"Van dr. Bos en de prof.| Hij.":  "a title before a starter",
		"Van prof. De Bos.| De prof.":    "a title before a particle that is a name",
		"Op 3 okt. 2019 en nr. 5.| Nu.":  "numbered before a number",
		"In okt.| Morgen.":               "numbered before a capital",
		"Peren enz.| Morgen enz. en zo.": "an ending",
		"De n.v. Bos.| Een n.v.| Dat.":   "attached",
		"Met Joh. Bos.| Nee joh.| Bos.":  "written with a capital",
		"De Joh.| Dat.| De VS.| Bos.":    "capitals are no abbreviation",
		"Vitamine C.| Bos en C. Bos.":    "a letter as a name",
		"Groep A en B.| Bos.":            "letters in a row",
		"De 1. FC Bos.| In 2011.| Bos.":  "an ordinal in a name",
		"Yahoo! Bos.| Bos! Bos?|  Bos.":  "a marked name",
	} {
		marked = strings.Replace(marked, "Bos! Bos?", "Bos!| Bos?", 1)
		text := strings.ReplaceAll(marked, "|", "")
		var want []string
		for _, s := range strings.Split(marked, "|") {
			want = append(want, strings.TrimSpace(s))
		}
		if got := parts(text, r.Split(text)); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s:\n got %s\nwant %s", why, strings.Join(got, "|"), strings.Join(want, "|"))
		}
	}
}

func TestDefault(t *testing.T) {
	for _, marked := range []string{
		"Mr. Smith met Dr. Jones at 5 p.m. on Monday.| They talked.",
		"The U.S. economy grew.| It was in the U.S. Army.| He left.",
		"Dr. J. R. Brown said: “Wait!”| She did not.",
		"Il est venu.| « Bonjour. »| Elle est partie.",
		"Er kam am 3. Mai.| „Nein.“| Sie ging.",
		"¿Qué pasa?| ¡Nada!| Vamos.",
		"他来了。|她走了！|真的？|“是的。”|好。",
		"वह आया।| वह गई।",
		"هل هذا صحيح؟| نعم.",
		"Мэр уехал.| Совет решил.",
		"Ο δήμαρχος έφυγε.| Τέλος.",
	} {
		text := strings.ReplaceAll(marked, "|", "")
		var want []string
		for _, s := range strings.Split(marked, "|") {
			want = append(want, strings.TrimSpace(s))
		}
		if got := parts(text, Default().Split(text)); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), strings.Join(want, "|"))
		}
	}
}

func TestAppend(t *testing.T) {
	text := "Een.\nTwee."
	got := testRules().Append([]document.Span{{Start: 1, End: 2}}, text, 100)
	want := []document.Span{{Start: 1, End: 2}, {Start: 100, End: 104}, {Start: 105, End: 110}}
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLongSentence(t *testing.T) {
	for name, text := range map[string]string{
		"words":    strings.Repeat("woord ", 10000),
		"one word": strings.Repeat("é", 12001),
	} {
		spans := testRules().Split(text)
		if len(spans) < 3 {
			t.Errorf("%s: %d sentences", name, len(spans))
		}
		for i, s := range spans {
			if n := utf8.RuneCountInString(text[s.Start:s.End]); n > MaxSentence || i < len(spans)-1 && n < MaxSentence/2 {
				t.Errorf("%s: sentence %d has %d characters", name, i, n)
			}
			if piece := text[s.Start:s.End]; name == "words" && (piece[0] != 'w' || piece[len(piece)-1] != 'd') {
				t.Errorf("%s: a word is cut: %.10q…", name, piece)
			}
		}
	}
}

// check holds what is true of every split: spans in order that do not overlap,
// begin and end on no white space, and leave none but white space out.
func check(tb interface{ Fatalf(string, ...any) }, r *Rules, text string) {
	at, valid := 0, utf8.ValidString(text)
	for _, s := range r.Split(text) {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			tb.Fatalf("%.200q: span %v after %d", text, s, at)
		}
		piece := text[s.Start:s.End]
		if strings.TrimSpace(text[at:s.Start]) != "" {
			tb.Fatalf("%.200q: %.50q is in no sentence", text, text[at:s.Start])
		}
		if strings.TrimSpace(piece) != piece {
			tb.Fatalf("%.200q: white space at an end of %.50q", text, piece)
		}
		if utf8.RuneCountInString(piece) > MaxSentence {
			tb.Fatalf("a sentence of %d bytes", len(piece))
		}
		if valid && !utf8.ValidString(piece) {
			tb.Fatalf("%.200q: a character is cut in %.50q", text, piece)
		}
		at = s.End
	}
	if strings.TrimFunc(text[at:], unicode.IsSpace) != "" {
		tb.Fatalf("%.200q: %.50q is in no sentence", text, text[at:])
	}
}

// pieces are what hostile texts are made of.
var pieces = []string{
	".", "!", "?", "…", "...", "。", "'", "\"", "''", ",,", "„", "“", "”", "‘", "’", "«", "»", "(", ")", "[", "]",
	" ", "\u00a0", "\n", "\r\n", "\r", "\t", "\u2028", "\u2029", "\u0085", "\u200b", "\u202e", "\u00ad", "\x00", "\u0301", "\xff", "\xe2\x80",
	"A", "b", "De", "dr", "nr", "3", "1-0", "é", "É", "IJ", "ß", "İ", "日本", "ა", "🎉", "-", "–", "•", "*", ":", ";", ",", "/", "@",
	"www.nu.nl", "o.a", "'s", "yahoo", "FC", "Hij", "vitamine", "van", "Ǆ", "ǅ",
}

func TestProperties(t *testing.T) {
	r := testRules()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String())).Draw(t, "pieces"), "")
		check(t, r, text)
		check(t, Default(), text)
	})
}

func FuzzSplit(f *testing.F) {
	r := testRules()
	f.Add("„Ik ga weg.” Dat zei dr. J.P. Bos om 19.30 uur... En toen? 's Avonds 1 - 0!")
	f.Add(strings.Join(pieces, ""))
	f.Add(strings.Join(pieces, " "))
	f.Fuzz(func(t *testing.T, text string) { check(t, r, text) })
}

// TestLinear holds that time grows with the length of the text and no faster:
// work that is quadratic anywhere takes minutes over a megabyte, not 50 ms.
func TestLinear(t *testing.T) {
	r := testRules()
	shapes := map[string]string{"words": "woord ", "sentences": "Een zin. ", "initials": "A. ", "abbreviations": "o.a. ", "marks": "\" ", "commas": ",,",
		"spaced dots": ". ", "dots and lines": ".\n", "lower lines": "a\n", "capitals and lines": "A\n", "quotes": "'s ", "brackets": ")", "closed": ".)\" ",
		"held": "dr. ", "open": "(", "spaces": " ", "spaced lines": "a   \n  ", "signs": "- ", "wide": "。", "no stop": "é", "stars": ". * "}
	for _, p := range pieces {
		shapes[p] = p
	}
	for name, shape := range shapes {
		for what, text := range map[string]string{
			"alone":              strings.Repeat(shape, 1<<20/len(shape)),
			"within a text":      "x " + strings.Repeat(shape, 1<<18/len(shape)) + " X. " + strings.Repeat(shape, 1<<18/len(shape)),
			"after much space":   strings.Repeat(" ", 1<<18) + strings.Repeat(shape, 1<<18/len(shape)),
			"before lower lines": strings.Repeat(shape, 1<<18/len(shape)) + strings.Repeat("\na", 1<<17),
		} {
			begun := time.Now()
			check(t, r, text)
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("%q (%s), %s: took %v", shape, name, what, took)
			}
		}
	}
}

const article = `Brug bij Meerdam blijft langer dicht

De brug over de Zijl bij Meerdam blijft zeker tot 12 okt. dicht voor al het verkeer. Dat meldt dhr. J.P. van Houten van de provincie dinsdag. „We hebben scheuren gevonden in twee pijlers”, zegt hij. „Dat is ernstiger dan we dachten.” De schade bedraagt volgens hem ca. 3,5 mln. euro.

Het verkeer wordt omgeleid via Oosterlo, o.a. langs de N. 312. Dat kost automobilisten een halfuur. “Wat moeten we dan?” vraagt bakker Kees de Wit zich af. “Ik lever elke ochtend om 5.30 uur brood in het dorp!” Hij rijdt nu om... en dat kost hem geld.

Volgens prof. dr. A. Bos van de technische universiteit komt dit vaker voor. ‘Bruggen uit de jaren zestig zijn niet gebouwd op dit verkeer,’ zegt ze. 's Nachts rijden er nu al geen vrachtauto's meer. Meer informatie staat op www.voorbeeld.nl/brug.
`

func BenchmarkSplit(b *testing.B) {
	r := testRules()
	text := strings.Repeat(article, 4)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var spans []document.Span
	for b.Loop() {
		spans = r.Append(spans[:0], text, 0)
	}
	if len(spans) < 40 {
		b.Fatalf("%d sentences", len(spans))
	}
}
