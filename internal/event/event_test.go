package event

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"telex/internal/document"
	"telex/internal/entity"
	"telex/internal/grammar"
	"telex/internal/lang/nl"
	"telex/internal/language"
	"telex/internal/layout"
	"telex/internal/place"
	"telex/internal/quote"
	"telex/internal/sentence"
	"telex/internal/timex"
)

type applier interface {
	Apply(context.Context, *document.Article) error
}

func apply(tb testing.TB, a *document.Article, steps ...applier) {
	tb.Helper()
	for _, s := range steps {
		if err := s.Apply(tb.Context(), a); err != nil {
			tb.Fatal(err)
		}
	}
}

// before is the chain as far as this step, made once for all tests. The step has no
// judge: what the tables say is tested by itself, for all that the judge decides comes
// from them.
var before = sync.OnceValues(func() ([]applier, error) {
	p, err := nl.New()
	if err != nil {
		return nil, err
	}
	p.Judge = nil
	languages, err := language.New()
	if err != nil {
		return nil, err
	}
	places, err := place.New(p)
	if err != nil {
		return nil, err
	}
	return []applier{layout.New(p), languages, sentence.New(p), grammar.New(p), entity.New(p), places, timex.New(p), quote.New(p), New(p)}, nil
})

// whole is the step with its judge, which before leaves out.
var whole = sync.OnceValues(func() (*Step, error) {
	p, err := nl.New()
	if err != nil {
		return nil, err
	}
	return New(p), nil
})

func read(tb testing.TB, text string) *document.Article {
	tb.Helper()
	steps, err := before()
	if err != nil {
		tb.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"text": text, "published": "2019-06-30", "language": "nl"})
	if err != nil {
		tb.Fatal(err)
	}
	d, err := document.Decode(body, document.Origin{})
	if err != nil {
		tb.Fatal(err)
	}
	a := d.Article("", "test")
	apply(tb, a, steps...)
	return a
}

// line writes an event as the cases below do: "CONSULT/visit DEUGOV > RUSGOV asserted".
func line(e *document.Event) string {
	side := func(parties []document.Party) string {
		codes := make([]string, len(parties))
		for i, p := range parties {
			codes[i] = p.Code
		}
		return strings.Join(codes, "+")
	}
	kind := e.Type
	if e.Mode != "" {
		kind += "/" + e.Mode
	}
	return fmt.Sprintf("%s %s > %s %s", kind, side(e.Actors), side(e.Recipients), e.Realis)
}

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		about, text string
		want        []string
	}{
		{"subject and oblique", "Merkel heeft vrijdag in Berlijn overlegd met Poetin.", []string{"CONSULT DEUGOV > RUSGOV asserted"}},
		{"sides as one subject", "Rusland en Oekraïne onderhandelen in Minsk over een wapenstilstand.", []string{"CONSULT RUS > UKR asserted"}},
		{"a noun between two", "De ontmoeting tussen Merkel en Macron duurde twee uur.", []string{"CONSULT DEUGOV > FRAGOV asserted"}},
		{"a meeting to come", "Premier Rutte zal volgende week met Merkel overleggen.", []string{"AGREE NLDGOV > DEUGOV future"}},
		{"a passive with its agent", "Drie betogers werden door de Franse politie gearresteerd.", []string{"COERCE/arrest FRACOP > FRACVL asserted"}},
		{"a passive without", "In Rotterdam zijn twee mannen aangehouden.", []string{"COERCE/arrest NLDCOP > NLDCVL asserted"}},
		{"a phrase in two parts, not done", "De Belgische regering verbrak de betrekkingen met Marokko niet.", []string{"SANCTION/withdraw BELGOV > MAR negated"}},
		{"a demand and its content", "Turkije eist dat Griekenland de piloten vrijlaat.", []string{"REQUEST/yield TUR > GRC asserted"}},
		{"no event in sport", "De spits schoot in de tweede helft van de wedstrijd raak en versloeg de keeper van de tegenstander.", nil},
		{"private people", "Jan Jansen sprak met zijn buurman over de tuin.", nil},
		{"long ago", "In 1962 bezetten Amerikaanse soldaten het vliegveld.", []string{"COERCE/seize USAMIL >  historical"}},
	} {
		a := read(t, c.text)
		var got []string
		for i := range a.Events {
			got = append(got, line(&a.Events[i]))
		}
		if strings.Join(got, "; ") != strings.Join(c.want, "; ") {
			t.Errorf("%s: %s\n got %q\nwant %q", c.about, c.text, got, c.want)
		}
	}
}

// An event told twice is one, with two tellings; a caption only adds to it.
func TestTellings(t *testing.T) {
	a := read(t, "De Franse politie heeft in Parijs vier betogers gearresteerd.\n\nDe betogers werden gearresteerd toen zij het plein bezetten, zegt de prefect.")
	if len(a.Events) == 0 || a.Events[0].Type != "COERCE" || len(a.Events[0].Tellings) != 1 {
		t.Errorf("events %+v", a.Events)
	}
}

// A language without tables has no events, and says why; so has one without words.
func TestAbsent(t *testing.T) {
	p, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	a := &document.Article{Raw: "Bonjour", Language: document.Language{Code: "fr"}}
	apply(t, a, New(p))
	if a.Absent[Name] == "" {
		t.Error("no reason for a language without tables")
	}
	b := &document.Article{Raw: "Hallo", Language: document.Language{Code: "nl"}, Absent: map[string]string{"tokens": "cut"}}
	apply(t, b, New(p))
	if b.Absent[Name] != "no tokens: cut" {
		t.Errorf("absent %q", b.Absent[Name])
	}
}

func BenchmarkApply(b *testing.B) {
	raw, err := os.ReadFile("../../../shared/samples/000_7f824c05e3695702.txt")
	if err != nil {
		b.Skip("the sample article is not there: ", err)
	}
	a := read(b, string(raw))
	a.PublishedAt = time.Date(2019, 6, 30, 14, 5, 0, 0, time.UTC)
	step, err := whole()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		a.Events = nil
		apply(b, a, step)
	}
}
