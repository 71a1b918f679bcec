package gold

import (
	"slices"
	"strings"

	"telex/internal/document"
)

// Matching pairs annotated with coded events, each at most once.
type Matching struct {
	Pairs map[int]int // index in Text.Events to index in Article.Events

	// How many annotated events that must be coded have a pair, how many events were
	// coded and how many must be. Optional events, and what was coded for them, count
	// in none.
	Right, Coded, Gold int
}

// Whole tells whether all that must be coded is, and nothing besides.
func (m Matching) Whole() bool { return m.Right == m.Gold && m.Right == m.Coded }

// Match pairs the events of t with those of a, the same text coded, in the order of
// the text, those that must be coded first. Two events make a pair if the type of the
// coded one is the annotated one or one that is accepted beside it, and besides
//
//   - with full, actors and recipients agree;
//   - in an article, its trigger or one of its tellings stands in the sentence of the
//     annotated trigger, unless actors and recipients agree: the annotation marks one
//     telling of several.
func Match(t *Text, a *document.Article, full bool) Matching {
	m := Matching{Pairs: map[int]int{}}
	used := make([]bool, len(a.Events))
	for _, optional := range []bool{false, true} {
		for g := range t.Events {
			if t.Events[g].Optional != optional {
				continue
			}
			if e := find(t, a, &t.Events[g], used, full); e >= 0 {
				m.Pairs[g] = e
				used[e] = true
			}
		}
	}
	m.count(t.Events, used)
	return m
}

func (m *Matching) count(events []Event, used []bool) {
	for g := range events {
		if events[g].Optional {
			continue
		}
		m.Gold++
		if _, ok := m.Pairs[g]; ok {
			m.Right++
		}
	}
	m.Coded = m.Right
	for _, u := range used {
		if !u {
			m.Coded++
		}
	}
}

// find gives the best coded event for an annotated one: of several of the right type
// that with the right parties; -1 for none.
func find(t *Text, a *document.Article, want *Event, used []bool, full bool) int {
	best := -1
	for e := range a.Events {
		got := &a.Events[e]
		if used[e] || got.Type != want.Type && !slices.Contains(want.Also, got.Type) {
			continue
		}
		if Agree(want.Actors, codes(got.Actors)) && Agree(want.Recipients, codes(got.Recipients)) {
			return e
		}
		if best < 0 && !full && (t.Article == 0 || told(a, got, SentenceOf(t, a, want))) {
			best = e
		}
	}
	return best
}

func codes(parties []document.Party) []string {
	out := make([]string, len(parties))
	for i := range parties {
		out[i] = parties[i].Code
	}
	return out
}

// told tells whether an event is told in a sentence, -1 for none.
func told(a *document.Article, e *document.Event, sentence int) bool {
	return sentence >= 0 && (a.Sentences[sentence].Span.Contains(e.Trigger.Span) ||
		slices.ContainsFunc(e.Tellings, a.Sentences[sentence].Span.Contains))
}

// Agree compares the codes of one side of an event, annotated and coded, as sets. An
// annotated code may list alternatives between bars: any of them will do, and so will
// several.
func Agree(want, got []string) bool {
	accepted := map[string]bool{}
	for _, w := range want {
		alternatives := strings.Split(w, "|")
		if !slices.ContainsFunc(alternatives, func(code string) bool { return slices.Contains(got, code) }) {
			return false
		}
		for _, code := range alternatives {
			accepted[code] = true
		}
	}
	return !slices.ContainsFunc(got, func(code string) bool { return !accepted[code] })
}
