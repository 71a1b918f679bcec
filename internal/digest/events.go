package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"telex/internal/document"
)

const (
	mostEvents  = 8  // events shown
	mostParties = 3  // shown of one side
	mostName    = 40 // characters shown of a name
)

// did tells who did what to whom: what the article is about, then the others in the
// order of the text.
func did(b *strings.Builder, a *document.Article) {
	list := make([]*document.Event, 0, len(a.Events))
	for i := range a.Events {
		list = append(list, &a.Events[i])
	}
	slices.SortStableFunc(list, func(x, y *document.Event) int { return cmp.Compare(order(x), order(y)) })
	for _, e := range list[:min(len(list), mostEvents)] {
		fact(b, "did", eventLine(a, e))
	}
	if more := len(list) - mostEvents; more > 0 {
		fact(b, "did", fmt.Sprintf("and %d more", more))
	}
}

func order(e *document.Event) int {
	if e.Root {
		return 0
	}
	return 1
}

// eventLine is one event: 2019-06-30 CONSULT USAGOV Anna Smit > PRKGOV Kim in Oslo
// (asserted) "in gesprek".
func eventLine(a *document.Article, e *document.Event) string {
	var words []string
	if e.Date != "" {
		words = append(words, e.Date)
	}
	words = append(words, e.Type)
	if e.Mode != "" {
		words = append(words, e.Mode)
	}
	words = append(words, side(e.Actors))
	if len(e.Recipients) > 0 {
		words = append(words, ">", side(e.Recipients))
	}
	if e.Place != nil {
		for i := range a.Entities {
			if a.Entities[i].ID == *e.Place {
				words = append(words, "in", clip(a.Entities[i].Name, mostName))
			}
		}
	}
	words = append(words, "("+e.Realis+")", `"`+clip(slice(a, e.Trigger.Span), mostName)+`"`)
	return strings.Join(words, " ")
}

// side names the parties of one side of an event, "?" for none.
func side(parties []document.Party) string {
	if len(parties) == 0 {
		return "?"
	}
	var out []string
	for i := range parties[:min(len(parties), mostParties)] {
		out = append(out, party(&parties[i]))
	}
	if more := len(parties) - mostParties; more > 0 {
		out = append(out, fmt.Sprintf("%d more", more))
	}
	return strings.Join(out, ", ")
}

func party(p *document.Party) string {
	name := clip(p.Text, mostName)
	switch {
	case p.Code == "":
		return name
	case name == "":
		return p.Code
	}
	return p.Code + " " + name
}
