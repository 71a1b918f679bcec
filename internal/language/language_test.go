package language

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
)

func mustNew(tb testing.TB) *Step {
	tb.Helper()
	s, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestIdentify(t *testing.T) {
	s := mustNew(t)
	for _, c := range []struct{ text, want string }{
		{"De burgemeester sluit het zwembad vanwege lekkage.", "nl"},
		{"Brand in loods Zaandam", "nl"},
		{"Het kabinet valt over de stikstofplannen", "nl"},
		{"Die polisie het gister twee mans in hegtenis geneem.", "af"},
		{"De gemeente hat juster besletten dat it doarpshûs iepen bliuwt.", "fy"},
		{"The council voted to close the swimming pool on Monday.", "en"},
		{"Der Bürgermeister hat das Schwimmbad geschlossen.", "de"},
		{"Le maire a fermé la piscine lundi matin.", "fr"},
		{"El alcalde cerró la piscina el lunes por la mañana.", "es"},
		{"Il sindaco ha chiuso la piscina lunedì mattina.", "it"},
		{"O prefeito fechou a piscina na segunda-feira de manhã.", "pt"},
		{"Borgmesteren lukkede svømmehallen mandag morgen efter et uheld.", "da"},
		{"Borgmästaren stängde simhallen på måndagsmorgonen.", "sv"},
		{"Ordføreren stengte svømmehallen mandag morgen etter en ulykke.", "no"},
		{"Ordføraren stengde symjehallen måndag morgon etter ei ulukke.", "no"},
		{"Burmistrz zamknął basen w poniedziałek rano.", "pl"},
		{"Мэр закрыл бассейн в понедельник утром.", "ru"},
		{"Мер закрив басейн у понеділок вранці через аварію.", "uk"},
		{"أغلق رئيس البلدية المسبح صباح يوم الاثنين.", "ar"},
		{"شهردار صبح دوشنبه استخر را تعطیل کرد.", "fa"},
		{"Ο δήμαρχος έκλεισε την πισίνα τη Δευτέρα.", "el"},
		{"ראש העיר סגר את הבריכה ביום שני.", "he"},
		{"市長は月曜日の朝にプールを閉鎖した。", "ja"},
		{"市长星期一早上关闭了游泳池。", "zh"},
		{"시장은 월요일 아침 수영장을 폐쇄했다.", "ko"},
		{"", Undetermined},
		{"2-1", Undetermined},
		{"Ja!", Undetermined},
		{"🎉🎉🎉 123 456 !!!", Undetermined},
		{"xkcd qwzx vbnq zzxw plkj hgfd qqqq wxyz tttr", Undetermined},
		{"asdfghjkl qwertyuiop zxcvbnm asdfgh jklqw ertyui", Undetermined},
		{"https://www.example.org/the/path/of/the/page jan@example.org", Undetermined},
	} {
		if got := s.Identify(c.text); got.Code != c.want {
			t.Errorf("%q is %v, want %s", c.text, got, c.want)
		}
	}
}

func apply(tb testing.TB, s *Step, a *document.Article) document.Language {
	tb.Helper()
	if err := s.Apply(context.Background(), a); err != nil {
		tb.Fatal(err)
	}
	return a.Language
}

func TestDeclaredIsBelieved(t *testing.T) {
	s := mustNew(t)
	for declared, want := range map[string]string{"nl": "nl", "NL": "nl", "nl-BE": "nl", "nb_NO": "no", " de ": "de", "tlh": "tlh"} {
		a := &document.Article{Raw: "The council voted on Monday.", DeclaredLang: declared}
		if got := apply(t, s, a); got != (document.Language{Code: want, Confidence: 1}) {
			t.Errorf("declared %q gives %v, want %s", declared, got, want)
		}
	}
	a := &document.Article{Raw: "The council voted on Monday.", DeclaredLang: "not a language"}
	if got := apply(t, s, a); got.Code != "en" {
		t.Errorf("a declaration that is no language tag gives %v, want what the text tells, en", got)
	}
}

func TestApplyReadsWhatCarriesText(t *testing.T) {
	s := mustNew(t)
	dutch := "De burgemeester sluit het zwembad vanwege lekkage. "
	english := strings.Repeat("Read more about this subject on our pages. ", 20)
	a := &document.Article{Raw: dutch + english, Blocks: []document.Block{
		{Type: document.Paragraph, Span: document.Span{Start: 0, End: len(dutch)}},
		{Type: document.Boilerplate, Span: document.Span{Start: len(dutch), End: len(dutch + english)}},
	}}
	if got := apply(t, s, a); got.Code != "nl" {
		t.Errorf("an article with English boilerplate is %v, want nl", got)
	}
	a.Blocks = nil
	if got := apply(t, s, a); got.Code != "en" {
		t.Errorf("the same without blocks is %v, want en: all of it is read", got)
	}
}

func TestUndeterminedSaysWhy(t *testing.T) {
	a := &document.Article{Raw: "2-1"}
	if got := apply(t, mustNew(t), a); got.Code != Undetermined || a.Absent[Name] == "" {
		t.Errorf("got %v, reason %q", got, a.Absent[Name])
	}
}

func TestApplyStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := mustNew(t).Apply(ctx, &document.Article{Raw: "x"}); err == nil {
		t.Error("no error from a context that has ended")
	}
}

func TestHostile(t *testing.T) {
	s := mustNew(t)
	codes := s.Codes()
	for name, text := range map[string]string{
		"one line":     strings.Repeat("De raad besluit. ", 1<<16),
		"one word":     strings.Repeat("a", 1<<20),
		"NUL":          strings.Repeat("\x00", 1<<20),
		"emoji":        strings.Repeat("🎉", 1<<18),
		"not UTF-8":    strings.Repeat("\xff\xfe\x80", 1<<18),
		"marks":        "a" + strings.Repeat("\u0301", 1<<18),
		"lines":        strings.Repeat("\n", 1<<20),
		"zero width":   strings.Repeat("\u200b\u202e", 1<<18),
		"astral Latin": strings.Repeat("𝖆𝖇𝖈 ", 1<<16),
	} {
		if got := s.Identify(text); !slices.Contains(codes, got.Code) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := s.Identify(strings.Repeat("De raad besluit. ", 1<<16)); got.Code != "nl" {
		t.Errorf("a long line of Dutch is %v", got)
	}
}

// TestProperties: a known code, a confidence in range, the same answer twice,
// and none that depends on what stands between words.
func TestProperties(t *testing.T) {
	s := mustNew(t)
	codes := s.Codes()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		got := s.Identify(text)
		if !slices.Contains(codes, got.Code) || got.Confidence < 0 || got.Confidence > 1 {
			t.Fatalf("%q is %v", text, got)
		}
		if got.Code == Undetermined && got.Confidence != 0 {
			t.Fatalf("%q is undetermined with confidence %v", text, got.Confidence)
		}
		if again := s.Identify(text); again != got {
			t.Fatalf("%q is %v, then %v", text, got, again)
		}
		if spaced := s.Identify(" " + text + "\n1.\n"); len(text) < budget/2 && spaced != got {
			t.Fatalf("%q is %v, but %v with space around it", text, got, spaced)
		}
	})
}

func FuzzApply(f *testing.F) {
	s := mustNew(f)
	codes := s.Codes()
	f.Add("De burgemeester sluit het zwembad.", 3, 20)
	f.Add("\xffé日本語", 0, 2)
	f.Fuzz(func(t *testing.T, raw string, start, end int) {
		a := &document.Article{Raw: raw, Blocks: []document.Block{{Type: document.Paragraph, Span: document.Span{Start: start, End: end}}}}
		if got := apply(t, s, a); !slices.Contains(codes, got.Code) {
			t.Fatalf("%q is %v", raw, got)
		}
	})
}

func TestSampleKeepsToItsRoom(t *testing.T) {
	s := mustNew(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 4000, -1).Draw(t, "text")
		var r reading
		if n := r.sample(s, text, rapid.IntRange(0, 3000).Draw(t, "room")); n > 3000 || n > len(text) {
			t.Fatalf("%d bytes read of %d", n, len(text))
		}
		if piece := whole(text, 0, len(text)/2); utf8.ValidString(text) && !utf8.ValidString(piece) {
			t.Fatalf("%q cuts a character", piece)
		}
	})
}

func BenchmarkLanguage(b *testing.B) {
	s := mustNew(b)
	line := "De gemeenteraad heeft dinsdag besloten het oude postkantoor te verkopen, maar een koper heeft zich nog niet gemeld. "
	a := &document.Article{Raw: strings.Repeat(line, 30)} // 3.4 KB
	b.ReportAllocs()
	for b.Loop() {
		apply(b, s, a)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		mustNew(b)
	}
}
