package tokenize

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
)

func rules(tb testing.TB) *Rules {
	tb.Helper()
	r, err := New(Tables{Abbreviations: words("# dots\ndr. o.a. mln."), Final: words("enz."), Clitics: words("'t 's"), Genitives: words("s")})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func words(text string) []List { return []List{{"words.txt", text}} }

func TestAppend(t *testing.T) {
	r := rules(t)
	for sentence, want := range map[string]string{
		"Kosten: 3 mln. euro, o.a. 2 mln.":               "Kosten : 3 mln. euro , o.a. 2 mln .",
		"Appels, peren enz.":                             "Appels , peren enz.",
		"Hij (ex-)minister, (werk)dag, (ANP)De (raad) k": "Hij (ex-)minister , (werk)dag , ( ANP)De ( raad ) k",
		"De \"cd\"-winkel en 'klein'-bedrijf":            "De \"cd\"-winkel en 'klein'-bedrijf",
		"F.-X. de P.v.d.A.-fractie":                      "F.-X. de P.v.d.A.-fractie",
		"Morris' huis, 'riep Jos'":                       "Morris' huis , ' riep Jos '",
		"a,,,b ,,c'' ``d''":                              "a , ,, b ,, c '' `` d ''",
		"ja\"zegt.\"De!Wie?Wat":                          "ja \" zegt . \" De ! Wie ? Wat",
		"2. Tel de stemmen. ''":                          "2. Tel de stemmen . ''",
		"-De bus -en tram":                               "- De bus -en tram",
		"goed😀😀 👍🏽! 👩‍👩‍👧x":                              "goed 😀 😀 👍🏽 ! 👩‍👩‍👧 x",
		"a☎b 20°C f(x) d'r":                              "a ☎ b 20°C f(x) d'r",
	} {
		var got []string
		for _, s := range r.Append(nil, sentence, 0) {
			got = append(got, sentence[s.Start:s.End])
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q\nis  %s\nnot %s", sentence, got, want)
		}
	}
}

func TestNewNamesTheBadWord(t *testing.T) {
	for want, tables := range map[string]Tables{
		`words.txt, line 2: "dr" must end with a dot`:              {Abbreviations: words("# a\nst. dr\n")},
		`words.txt, line 1: "." must end with a dot`:               {Final: words(".")},
		`words.txt, line 3: "t" must begin with an apostrophe`:     {Clitics: words("'s\n\nt")},
		`words.txt, line 1: "sx" must be one letter`:               {Genitives: words("sx")},
		`words.txt, line 1: "aaaaaaaaaaaaaaaaaaaaaaaaa." must end`: {Abbreviations: words(strings.Repeat("a", 25) + ".")},
	} {
		if _, err := New(tables); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// mustHold checks that the spans are tokens of text: in order, within bounds,
// without white space, and leaving none but white space out.
func mustHold(t interface{ Fatalf(string, ...any) }, text string, spans []document.Span) {
	at := 0
	for _, s := range spans {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("the span %v after %d in %.80q", s, at, text)
		}
		if strings.TrimSpace(text[at:s.Start]) != "" {
			t.Fatalf("%q is left out of %.80q", text[at:s.Start], text)
		}
		if strings.ContainsFunc(text[s.Start:s.End], unicode.IsSpace) {
			t.Fatalf("%q holds white space", text[s.Start:s.End])
		}
		if s.Len() > MaxToken {
			t.Fatalf("a token of %d bytes", s.Len())
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[s.Start:s.End]) {
			t.Fatalf("%q is cut within a letter", text[s.Start:s.End])
		}
		at = s.End
	}
	if strings.TrimSpace(text[at:]) != "" {
		t.Fatalf("%q is left out at the end", text[at:])
	}
}

func TestAppendHostile(t *testing.T) {
	for _, text := range []string{"", " ", "\x00\x01", "\xff\xfe", "a\u00a0b\u2028c", "😀👩‍👩‍👧!", "日本語。テスト", "''", "'", "...", ",,,,", "(((", "a.b.c.d.",
		strings.Repeat("a", 100_000), strings.Repeat("é", 50_001), strings.Repeat("'", 10_000), strings.Repeat("a.", 50_000), strings.Repeat("a\n", 50_000), strings.Repeat("(", 50_000), strings.Repeat("a,,", 30_000)} {
		mustHold(t, text, rules(t).Append(nil, text, 0))
	}
}

func TestAppendProperty(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "De", " ", ".", ",", "'", "t", "(", ")", "-", "1", "dr.", "@", "x@y.z", "”", "…", "é", "\n", "://", "\xff", "`", "%"})).Draw(t, "parts"), "")
		spans := r.Append(nil, text, 0)
		mustHold(t, text, spans)
		moved := r.Append(spans[:0:0], text, 7)
		for i, s := range moved {
			if s.Start != spans[i].Start+7 {
				t.Fatalf("the offset moved %v to %v", spans[i], s)
			}
		}
	})
}

func FuzzAppend(f *testing.F) {
	f.Add("De raad (nu) stemt, o.a. 's avonds, in.")
	f.Add(",,Ja.''\xffNee")
	r := rules(f)
	f.Fuzz(func(t *testing.T, text string) { mustHold(t, text, r.Append(nil, text, 0)) })
}

func BenchmarkAppend(b *testing.B) {
	const text = "De raad van 's-Gravenhage stemt vandaag in met het plan, zei wethouder J. Bos (36) om 19.30 uur."
	r := rules(b)
	spans := r.Append(nil, text, 0)
	for b.Loop() {
		spans = r.Append(spans[:0], text, 0)
	}
	b.ReportMetric(float64(len(spans)*b.N)/b.Elapsed().Seconds(), "tokens/s")
	b.ReportAllocs()
}
