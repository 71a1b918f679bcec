package timex

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
)

// timex3 is the form of every value that the step may write.
var timex3 = regexp.MustCompile(`^(PRESENT_REF|PAST_REF|FUTURE_REF` +
	`|(\d{4}|XXXX)(-\d\d(-\d\d)?)?|XXXX-WXX(-[1-7]|-WE)?|\d{4}-W\d\d(-WE)?|(\d{4}|XXXX)-(Q[1-4]|H[12]|SP|SU|FA|WI)` +
	`|\d{2,3}|BC\d{4}|\d{4}/\d{4}` +
	`|(\d{4}-\d\d-\d\d|XXXX-\d\d-\d\d|XXXX-XX-XX|XXXX-WXX-[1-7])T([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00|MO|MI|AF|EV|NI|DT)` +
	`|P(X(Y|M|W|D|DE|CE)|[\d.]+[YMWD])+(T([\dX.]+[HMS])+)?|PT([\dX.]+[HMS])+)$`)

// check holds what is true of the times of any article.
func check(tb interface {
	Helper()
	Errorf(string, ...any)
}, a *document.Article) {
	tb.Helper()
	end := 0
	for _, t := range a.Times {
		text := a.Raw[t.Span.Start:t.Span.End]
		switch {
		case t.Span.Start < end || t.Span.Len() <= 0:
			tb.Errorf("%q: the span %v overlaps or is empty", text, t.Span)
		case strings.TrimSpace(text) != text:
			tb.Errorf("%q begins or ends with white space", text)
		case !timex3.MatchString(t.Value):
			tb.Errorf("%q has the value %q", text, t.Value)
		}
		if d, err := time.Parse(time.DateOnly, t.Value[:min(len(t.Value), 10)]); len(t.Value) >= 10 && t.Value[0] >= '0' && t.Value[0] <= '9' && t.Value[4] == '-' && t.Value[5] != 'W' && err != nil {
			tb.Errorf("%q has the value %q, a day that there is not: %v", text, t.Value, d)
		}
		end = t.Span.End
	}
	if utf8.ValidString(a.Raw) {
		if _, err := a.Outside(); err != nil {
			tb.Errorf("%v", err)
		}
	}
}

// pieces are words of time and what may stand between them.
var pieces = []string{"van", "tot", "in", "de", "het", "een", "drie", "half", "kwart", "over", "voor", "om", "'s", "avonds", "nacht", "zaterdag", "zondag",
	"mei", "juni", "jaar", "weken", "uur", "geleden", "later", "vorige", "komende", "begin", "eind", "jaren", "tachtig", "eeuw", "19e", "31", "30", "0", "00",
	"99999", "2019", "'18", "2018/'19", "25:61", "19.30", "3-6-2019", "31-2-2019", "12.000", "2,5", "miljoen", "zomer", "Kerst", "week", "60", "elke", "per",
	"keer", "ruim", "bijna", "enkele", "dag", "die", "volgende", "was", "zal", "zegt", ",", "-", "–", "/", ".", "(", "\n", "\x00", "\u202e", "\u00ad", "é", "\xff", "na", "Christus"}

// Whatever stands together, spans and values are sound.
func TestAnyOrder(t *testing.T) {
	t.Parallel()
	s := step(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "words")
		a := article(strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "between")),
			rapid.SampledFrom([]string{"", "0001-01-01", "9999-12-31", "2019-06-30T14:05:00+02:00", "2020-02-29"}).Draw(t, "published"))
		if err := s.Apply(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		check(t, a)
	})
}

func FuzzApply(f *testing.F) {
	for _, text := range []string{"Op 31 februari 2019 om 25:61 uur", "in de nacht van zaterdag op zondag", "2018/'19 en 3-6-2019", "\x00\u202e'90\xff", "eind jaren '90 voor Christus"} {
		f.Add(text, "2019-06-30T14:05:00+02:00")
	}
	s := step(f)
	f.Fuzz(func(t *testing.T, text, published string) {
		a := article(text, published)
		if err := s.Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		check(t, a)
	})
}

// Anything is read to its end; with TELEX_LONG=1 a mebibyte of it, the longest
// text that is taken.
func TestHostile(t *testing.T) {
	t.Parallel()
	s, size := step(t), 1<<16
	if os.Getenv("TELEX_LONG") != "" {
		size = document.MaxText
	}
	for _, piece := range []string{"een ", "een", "1", "1.", "1-", "'", "'s ", "2018/'19 ", "drie jaar en ", "de ", "zaterdag ", "van 3 tot ", "half ", "1, ", "\n", "\x00", "\xff",
		"iets meer dan ", "twee en een ", "m", "vorige week ", "12.30-", "’", "mei-", "\u202e"} {
		a := article(strings.Repeat(piece, size/len(piece)), "2019-06-30")
		if err := s.Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		check(t, a)
	}
}

// The step stops soon after its deadline.
func TestDeadline(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := step(t).Apply(ctx, article("gisteren", "")); !errors.Is(err, context.Canceled) {
		t.Errorf("after the deadline: %v", err)
	}
}

// What stays relative is explained, and so is a language without rules.
func TestAbsent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, published, language, want string }{
		{"Gisteren viel er hagel.", "", "nl", noPublished},
		{"Zaterdag viel er hagel.", "", "nl", noPublished},
		{"In 2015 viel er hagel.", "", "nl", ""},
		{"Om 19.30 uur viel er hagel.", "", "nl", noPublished},
		{"Nu valt er hagel.", "", "nl", ""},
		{"Elke zaterdag viel er hagel.", "", "nl", ""},
		{"Gisteren viel er hagel.", "2019-06-30", "nl", ""},
		{"Gisteren viel er hagel.", "2019-06-30", "fy", noPack},
	} {
		a := article(tt.text, tt.published)
		a.Language.Code = tt.language
		if err := step(t).Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if got := a.Absent[Name]; got != tt.want {
			t.Errorf("%q in %s, published %q: %q, want %q", tt.text, tt.language, tt.published, got, tt.want)
		}
	}
}

// The hour of publication counts on the clock of the place: shortly after
// midnight in Amsterdam it is already the next day.
func TestZone(t *testing.T) {
	t.Parallel()
	for published, want := range map[string]string{
		"2019-06-30T00:30:00+02:00": "2019-06-30", "2019-06-29T22:30:00Z": "2019-06-30", "2019-06-29T21:30:00": "2019-06-29", "2019-06-29T23:30:00-05:00": "2019-06-29",
	} {
		d, err := document.Decode([]byte(`{"text":"De raad vergadert vandaag.","published":"`+published+`"}`), document.Origin{})
		if err != nil {
			t.Fatal(err)
		}
		a := d.Article("", "1")
		a.Language.Code = "nl"
		a.Sentences = []document.Sentence{{Span: document.Span{End: len(a.Raw)}}}
		if err := step(t).Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if len(a.Times) != 1 || a.Times[0].Value != want {
			t.Errorf("published %s: %v, want %s", published, a.Times, want)
		}
	}
}

// A part of a name is no time; a year in the name of an event is.
func TestNames(t *testing.T) {
	t.Parallel()
	a := article("Het WK 2018 en Stichting Morgen waren gisteren hier.", "2019-06-30")
	name := func(text string) document.Mention {
		i := strings.Index(a.Raw, text)
		return document.Mention{Span: document.Span{Start: i, End: i + len(text)}, Form: "name"}
	}
	a.Entities = []document.Entity{{Mentions: []document.Mention{name("Stichting Morgen")}}, {Mentions: []document.Mention{name("WK 2018")}}}
	if err := step(t).Apply(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if got, want := found(a), "2018 | DATE | 2018 ; gisteren | DATE | 2019-06-29"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func BenchmarkApply(b *testing.B) {
	sentence := "Burgemeester en raad spraken zaterdagavond in het stadhuis ruim drie uur over de haven, die sinds 2015 stilligt. "
	a := article(strings.Repeat(sentence, 3072/len(sentence)), "2019-06-30")
	a.Sentences = nil
	for i := 0; i+len(sentence) <= len(a.Raw); i += len(sentence) {
		a.Sentences = append(a.Sentences, document.Sentence{Span: document.Span{Start: i, End: i + len(sentence)}})
	}
	s := step(b)
	b.ReportAllocs()
	b.SetBytes(int64(len(a.Raw)))
	for b.Loop() {
		a.Times = a.Times[:0]
		if err := s.Apply(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
}
