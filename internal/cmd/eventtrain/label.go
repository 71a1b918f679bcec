package main

import (
	"slices"

	"telex/internal/document"
	"telex/internal/event"
	"telex/internal/event/gold"
)

// verdict says whether a candidate tells an annotated event.
type verdict struct {
	yes   bool
	open  bool // neither right nor wrong: to learn nothing from
	event int  // index of the annotated event, -1 for none
}

// label gives the candidates of a text their verdicts. Each annotated event goes to
// one candidate of its type in its sentence, best to one with its trigger and its
// parties. What tells an event again, by its parties, or one that need not be coded,
// is open.
func label(t *gold.Text, a *document.Article, list []event.Lesson) []verdict {
	out := make([]verdict, len(list))
	for i := range out {
		out[i].event = -1
	}
	for _, optional := range []bool{false, true} {
		for g := range t.Events {
			if e := &t.Events[g]; e.Optional == optional {
				if i := closest(t, a, e, list, out); i >= 0 {
					out[i] = verdict{yes: !optional, open: optional, event: g}
				}
			}
		}
	}
	for i := range list {
		if out[i].event < 0 {
			out[i].open = slices.ContainsFunc(t.Events, func(e gold.Event) bool { return accepts(&e, list[i].Type) && sameParties(&e, &list[i]) })
		}
	}
	return out
}

func accepts(e *gold.Event, typ string) bool { return e.Type == typ || slices.Contains(e.Also, typ) }

func sameParties(e *gold.Event, c *event.Lesson) bool {
	return gold.Agree(e.Actors, c.Actors) && gold.Agree(e.Recipients, c.Recipients)
}

// closest is the free candidate that tells an annotated event best; -1 for none.
func closest(t *gold.Text, a *document.Article, e *gold.Event, list []event.Lesson, taken []verdict) int {
	sentence := gold.SentenceOf(t, a, e)
	best, rank := -1, -1
	for i := range list {
		c := &list[i]
		if taken[i].event >= 0 || !accepts(e, c.Type) || t.Article != 0 && c.Sentence != sentence {
			continue
		}
		n := 0
		if gold.At(t, a, e) == c.Trigger {
			n += 7 // more than all below together
		}
		if sameParties(e, c) {
			n += 3
		}
		if c.Fits {
			n += 2
		}
		if c.Type == e.Type {
			n++
		}
		if n > rank {
			best, rank = i, n
		}
	}
	return best
}
