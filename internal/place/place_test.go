package place

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"telex/internal/document"
)

// marked makes an article of a text in which places stand in square brackets and
// other names (MISC) in braces; the same spelling is the same entity.
func marked(text string) *document.Article {
	a := &document.Article{Language: document.Language{Code: "nl"}}
	var raw strings.Builder
	index := make(map[string]int)
	start := 0
	for _, r := range text {
		switch r {
		case '[', '{':
			start = raw.Len()
		case ']', '}':
			kind, name := "LOC", raw.String()[start:]
			if r == '}' {
				kind = "MISC"
			}
			if _, ok := index[kind+name]; !ok {
				index[kind+name] = len(a.Entities)
				a.Entities = append(a.Entities, document.Entity{Type: kind, Name: name})
			}
			e := &a.Entities[index[kind+name]]
			e.Mentions = append(e.Mentions, document.Mention{Span: document.Span{Start: start, End: raw.Len()}, Form: "name"})
		default:
			raw.WriteRune(r)
		}
	}
	a.Raw = raw.String()
	return a
}

// linksOf says the links of an article's entities: "Parijs=2988507,FRA".
func linksOf(a *document.Article) string {
	var list []string
	for _, e := range a.Entities {
		var ids []string
		for _, l := range e.Links {
			ids = append(ids, l.ID)
		}
		if len(ids) > 0 {
			list = append(list, e.Name+"="+strings.Join(ids, ","))
		}
	}
	return strings.Join(list, " ")
}

func TestApply(t *testing.T) {
	t.Parallel()
	step := newStep(t)
	for _, tt := range []struct{ name, text, want string }{
		{"country", "In [Frankrijk] en de [Verenigde Staten] regende het.", "Frankrijk=FRA Verenigde Staten=USA"},
		{"several countries", "Tussen [beide Korea's] is het stil.", "beide Korea's=PRK,KOR"},
		{"genitive of a country", "Het was [Nederlands] grootste brug.", "Nederlands=NLD"},
		{"capital", "Het bleef rustig in [Parijs].", "Parijs=2988507,FRA"},
		{"local name", "Het bleef rustig in [Pyongyang].", "Pyongyang=1871859,PRK"},
		{"alias", "De trein naar [Den Bosch] reed niet.", "Den Bosch=2747351,NLD"},
		{"genitive", "[Rotterdams] haven groeit.", "Rotterdams=2747891,NLD"},
		{"accents", "De burgemeester van [Zurich] lachte.", "Zurich=2657896,CHE"},
		{"headline", "BRAND IN [ENSCHEDE]", "ENSCHEDE=2756071,NLD"},
		{"seat that is a town", "[Den Haag] wil meer asfalt.", "Den Haag=2747373,NLD"},
		{"seat that is a house", "Het [Binnenhof] wacht, het [Kremlin] zwijgt.", ""},
		{"the larger at home", "Een inwoner van [Hengelo] won de prijs.", "Hengelo=2754394,NLD"},
		{"province in brackets", "Een inwoner van [Hengelo] (Gld.) won de prijs.", "Hengelo=2754395,NLD"},
		{"state with in", "In [Springfield] in Illinois viel de stroom uit.", "Springfield=4250542,USA"},
		{"state behind a comma", "In [Springfield], Ohio, viel de stroom uit.", "Springfield=4525353,USA"},
		{"nothing says which", "In [Springfield] viel de stroom uit.", ""},
		{"adjective of a country", "Hij fietste door het Spaanse [Valencia] en het Venezolaanse [Barcelona].", "Valencia=2509954,ESP Barcelona=3648559,VEN"},
		{"adjective of a region", "Zij woont in het Gelderse [Hengelo].", "Hengelo=2754395,NLD"},
		{"adjective of a region without such a town", "Zij woont in het Limburgse [Bergen].", ""},
		{"adjective and noun", "Zij woont in het Amerikaanse stadje [Amsterdam].", "Amsterdam=5107152,USA"},
		{"other names of the article", "De {Venezolaanse} president Nicolás, uit [Caracas], sprak in [Valencia]. [Venezuela] luisterde.", "Caracas=3646738,VEN Valencia=3625549,VEN Venezuela=VEN"},
		{"neighbours", "Van [Eindhoven] en [Waalre] naar [Aalst].", "Eindhoven=2756253,NLD Waalre=2745127,NLD Aalst=2760129,NLD"},
		{"a region over a village", "De boeren in [Zeeland] klagen, die in [Florida] ook.", ""},
		{"a town over its region", "De studenten in [Groningen] en [New York] klagen.", "Groningen=2755251,NLD New York=5128581,USA"},
		{"the word province", "De provincie [Utrecht] verbiedt vuurwerk.", ""},
		{"the word city", "De stad [Utrecht] verbiedt vuurwerk.", "Utrecht=2745912,NLD"},
		{"things of the town", "Op de [Markt] in [Centrum] en op de [Dam] was feest.", ""},
		{"a small town far away", "Hij heet naar [Limbo] en [Kensington].", ""},
		{"no place", "Het [Hijschgebouw] staat aan de [Havenstraat].", ""},
		{"only places", "{Parijs} is een boek.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := marked(tt.text)
			if err := step.Apply(context.Background(), a); err != nil {
				t.Fatal(err)
			}
			if got := linksOf(a); got != tt.want {
				t.Errorf("links %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLinkOfATown(t *testing.T) {
	t.Parallel()
	a := marked("De top is in [Rotterdam].")
	a.Entities[0].Links = []document.Link{{Scheme: "iso3166", ID: "NLD"}}
	if err := newStep(t).Apply(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	lat, lon := 51.9225, 4.47917
	want := []document.Link{
		{Scheme: "iso3166", ID: "NLD"}, // as it was, and not twice
		{Scheme: "geonames", ID: "2747891", Lat: &lat, Lon: &lon, Feature: "PPL"},
	}
	if diff := cmp.Diff(want, a.Entities[0].Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestHomeOfTheSource(t *testing.T) {
	t.Parallel()
	step := newStep(t)
	r := step.packs["nl"]
	for _, tt := range []struct{ source, url, want string }{
		{"hln.be", "", "BE"}, {"ad.nl", "", "NL"}, {"hln_be", "", "BE"}, {"local", "", "NL"}, {"", "https://www.nieuwsblad.be/cnt/1?a=b", "BE"},
		{"x.com", "https://x.com:80", "NL"}, {"a.zz", "no url", "NL"}, {".", "://", "NL"},
	} {
		if got := r.homeOf(&document.Article{Source: tt.source, URL: tt.url}); got != tt.want {
			t.Errorf("home of %q, %q is %s, want %s", tt.source, tt.url, got, tt.want)
		}
	}
	a := marked("Brand in [Aalst].")
	a.Source = "hln.be"
	if err := step.Apply(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	if got := linksOf(a); got != "Aalst=2803448,BEL" {
		t.Errorf("in a Belgian newspaper: links %q", got)
	}
}

func TestOtherLanguagesAreLeftAlone(t *testing.T) {
	t.Parallel()
	a := marked("Fire in [Paris].")
	a.Language.Code = "en"
	if err := newStep(t).Apply(context.Background(), a); err != nil || linksOf(a) != "" {
		t.Errorf("links %q, %v", linksOf(a), err)
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := newStep(t).Apply(ctx, marked("Brand in [Parijs].")); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply after the deadline: %v", err)
	}
}

// Hostile articles take no longer than their length allows.
func TestHostile(t *testing.T) {
	t.Parallel()
	step := newStep(t)
	var list strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&list, "[Santa Cruz%s] ", strings.Repeat("'", i%7)) // spellings of one name that many towns have
		fmt.Fprintf(&list, "[San José %d] ", i)
	}
	for name, text := range map[string]string{
		"a list of 10,000 names":   list.String(),
		"one name 10,000 times":    strings.Repeat("[Santa Cruz] in ", 10_000),
		"a name of 300 characters": "[" + strings.Repeat("Amsterdam-", 30) + "] in Frankrijk",
		"a name of a megabyte":     "[" + strings.Repeat("A", 1<<20) + "]",
		"no text around":           "[]",
		"controls and other marks": "\x00[Par\x00ijs]\u202e\ufeff(\u2028[Nice]) in \x00",
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		a := marked(text)
		if err := step.Apply(ctx, a); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}

// Whatever stands in a text and wherever an entity says it is named, the step
// does not fall, says the same twice, and its links are of this earth.
func TestAnyArticle(t *testing.T) {
	t.Parallel()
	step := newStep(t)
	pieces := []string{"Parijs", "Springfield", " in ", ", ", " (", ")", "Illinois", "het Franse ", "stad ", "Limburg", "\xff", "é", "\x00", "'s", " de ", "Utrecht"}
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "pieces"), "")
		build := func(spans [][2]int, names []string) *document.Article {
			a := &document.Article{Raw: raw, Language: document.Language{Code: "nl"}}
			for i, s := range spans {
				a.Entities = append(a.Entities, document.Entity{Type: "LOC", Name: names[i], Mentions: []document.Mention{
					{Span: document.Span{Start: s[0], End: s[1]}, Form: "name"},
				}})
			}
			return a
		}
		var spans [][2]int
		var names []string
		for range rapid.IntRange(0, 5).Draw(t, "entities") {
			start := rapid.IntRange(-2, len(raw)+2).Draw(t, "start")
			spans = append(spans, [2]int{start, start + rapid.IntRange(-2, 12).Draw(t, "length")})
			names = append(names, rapid.SampledFrom(pieces).Draw(t, "name"))
		}
		one, two := build(spans, names), build(spans, names)
		if err := errors.Join(step.Apply(context.Background(), one), step.Apply(context.Background(), two)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(one, two); diff != "" {
			t.Fatalf("the same article twice:\n%s", diff)
		}
		for _, e := range one.Entities {
			for _, l := range e.Links {
				if l.Scheme == schemePlace && (l.Lat == nil || math.Abs(*l.Lat) > 90 || l.Lon == nil || math.Abs(*l.Lon) > 180) {
					t.Fatalf("%q lies at %v, %v", e.Name, l.Lat, l.Lon)
				}
			}
		}
	})
}

func FuzzApply(f *testing.F) {
	step := newStep(f)
	for _, s := range []string{"[Parijs], [Utrecht] (Gld.) in {Franse} [Nice]", "het Limburgse [Bergen]", "[", "]", "[]]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := step.Apply(context.Background(), marked(text)); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkApply(b *testing.B) {
	step := newStep(b)
	a := marked("In [Amsterdam] en [Den Haag] sprak de {Franse} gezant uit [Parijs] over [Venezuela], [Valencia] en [Springfield] in Illinois. In [Hijschdam] niet.")
	b.ReportAllocs()
	for b.Loop() {
		for i := range a.Entities {
			a.Entities[i].Links = nil
		}
		if err := step.Apply(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newStep(b)
	}
}

// A capital that came with a country stands for its government: it is no town.
func TestGovernment(t *testing.T) {
	t.Parallel()
	a := marked("[Pyongyang] weigert.")
	want := []document.Link{{Scheme: "iso3166", ID: "PRK"}}
	a.Entities[0].Links = want
	if err := newStep(t).Apply(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, a.Entities[0].Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}
