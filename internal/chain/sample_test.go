package chain

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"telex/internal/document"
)

// gold is what the sample article holds, as people read it.
type gold struct {
	Entities []struct {
		ID, Type, Country, ISO, Role string
		Surface                      []string
	}
	NotEntities []string `json:"not_entities"`
	Quotes      []struct {
		Type, Speaker, Text string
		Span                [2]int
	}
	Times []struct {
		Text, Type, Value, Mod string
		Span                   [2]int
	}
	Events []goldEvent
}

// goldEvent is an event of the sample. Its actors are countries, with or without a
// sector.
type goldEvent struct {
	What, Plover, Actor, Recipient, Date, Place, Realis string
	Also                                                []string
	Optional                                            bool
}

// readSample gives the sample article as readers see it, and its gold. It skips
// the test where they are not beside the checkout.
func readSample(t *testing.T) (*document.Article, gold) {
	t.Helper()
	raw, err := os.ReadFile(sample)
	data, err2 := os.ReadFile(sampleGold)
	if err := errors.Join(err, err2); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the sample article and its gold are not beside the checkout: ", sample)
	} else if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	body, err := read(t, build(t), raw, map[string]string{"Telex-Published": "2019-06-30T14:05:00+02:00"})
	if err != nil {
		t.Fatal(err)
	}
	var a document.Article
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatal(err)
	}
	return &a, g
}

// mentioned gives the entity that has a name in text.
func mentioned(a *document.Article, text string) *document.Entity {
	for i := range a.Entities {
		if slices.ContainsFunc(a.Entities[i].Mentions, func(m document.Mention) bool { return m.Form == "name" && m.Text == text }) {
			return &a.Entities[i]
		}
	}
	return nil
}

func TestSampleEntities(t *testing.T) {
	t.Parallel()
	a, g := readSample(t)
	for _, want := range g.Entities {
		i := slices.IndexFunc(want.Surface, func(s string) bool { return mentioned(a, s) != nil })
		if i < 0 {
			t.Errorf("%s is not found under any of %q", want.ID, want.Surface)
			continue
		}
		e := mentioned(a, want.Surface[i])
		if !strings.Contains(want.Type, e.Type) {
			t.Errorf("%s has the type %s, want %s", want.ID, e.Type, want.Type)
		}
		if want.ISO != "" && !slices.ContainsFunc(e.Links, func(l document.Link) bool { return l.Scheme == "iso3166" && l.ID == want.ISO }) {
			t.Errorf("%s has the links %v, want %s", want.ID, e.Links, want.ISO)
		}
		if want.Role != "" && !slices.ContainsFunc(e.Roles, func(r document.Role) bool {
			return r.Country == want.Country && strings.HasSuffix(r.Text, want.Role)
		}) {
			t.Errorf("%s has the roles %v, want %s of %s", want.ID, e.Roles, want.Role, want.Country)
		}
	}
	for _, bad := range g.NotEntities {
		if e := mentioned(a, bad); e != nil {
			t.Errorf("%q is taken for a name, of %s", bad, e.Name)
		}
	}
}

func TestSampleTimes(t *testing.T) {
	t.Parallel()
	a, g := readSample(t)
	for _, want := range g.Times {
		if !slices.Contains(a.Times, document.Time{Span: document.Span{Start: want.Span[0], End: want.Span[1]}, Text: want.Text, Type: want.Type, Value: want.Value, Mod: want.Mod}) {
			t.Errorf("no time %+v among %+v", want, a.Times)
		}
	}
}

func TestSampleQuotes(t *testing.T) {
	t.Parallel()
	a, g := readSample(t)
	names := map[string]string{"trump": "Donald Trump", "kim": "Kim Jong-un", "moon": "Moon Jae-in"}
	for _, want := range g.Quotes {
		least := 0.5
		if want.Type == "direct" {
			least = 0.9
		}
		i := slices.IndexFunc(a.Quotes, func(q document.Quote) bool { return overlap(q.Span, want.Span) >= least })
		if i < 0 {
			t.Errorf("not quoted: %q", want.Text)
			continue
		}
		speaker := ""
		for _, e := range a.Entities {
			if q := a.Quotes[i]; q.Speaker != nil && *q.Speaker == e.ID {
				speaker = e.Name
			}
		}
		if speaker != names[want.Speaker] {
			t.Errorf("%q is said by %q, want %s", want.Text, speaker, names[want.Speaker])
		}
	}
}

func TestSampleEvents(t *testing.T) {
	t.Parallel()
	a, g := readSample(t)
	used := map[string]bool{}
	for _, want := range g.Events {
		if want.Optional {
			continue
		}
		i := slices.IndexFunc(a.Events, func(e document.Event) bool { return !used[e.ID] && want.is(a, &e) })
		if i < 0 {
			t.Errorf("no event %q, %s %s > %s, %s %s", want.What, want.Plover, want.Actor, want.Recipient, want.Date, want.Realis)
			continue
		}
		used[a.Events[i].ID] = true
	}
}

// is tells whether an event is the one of the gold.
func (g *goldEvent) is(a *document.Article, e *document.Event) bool {
	by := func(parties []document.Party, code string) bool {
		return len(parties) == 1 && strings.HasPrefix(parties[0].Code, code)
	}
	if e.Type != g.Plover && !slices.Contains(g.Also, e.Type) || e.Realis != g.Realis || !by(e.Actors, g.Actor) || !by(e.Recipients, g.Recipient) {
		return false
	}
	if g.Date != "" && e.Date != g.Date {
		return false
	}
	if g.Place == "" {
		return true
	}
	i := slices.IndexFunc(a.Entities, func(p document.Entity) bool { return e.Place != nil && p.ID == *e.Place })
	return i >= 0 && a.Entities[i].Name == g.Place
}

// overlap is the share of two spans that they have in common.
func overlap(s document.Span, want [2]int) float64 {
	common := min(s.End, want[1]) - max(s.Start, want[0])
	if common <= 0 {
		return 0
	}
	return float64(common) / float64(max(s.End, want[1])-min(s.Start, want[0]))
}
