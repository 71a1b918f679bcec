package digest

import (
	"fmt"
	"strings"

	"telex/internal/document"
	"telex/internal/event"
)

// Explanation tells for people to read which events of an article were coded and why,
// and what nearly was: sentence by sentence, for each word that fitted a pattern of the
// tables, the line of the pattern, how probable the judge finds it, who takes part, and
// what kept it from being an event, or would have without the judge.
// Sentences without such words are left out. The spans of a and notes count bytes.
func Explanation(a *document.Article, notes []event.Note) string {
	var b strings.Builder
	fmt.Fprintf(&b, "── %s\n", clip(headline(a), width))
	fact(&b, "id", a.ID)
	coded := 0
	for i := range notes {
		if notes[i].Coded {
			coded++
		}
	}
	fact(&b, "events", fmt.Sprintf("%d, and %d that nearly were", coded, len(notes)-coded))
	if why := a.Absent[event.Name]; why != "" {
		fact(&b, "no events", why)
	}
	last := -1
	for i := range notes {
		n := &notes[i]
		if n.Sentence != last {
			last = n.Sentence
			fmt.Fprintf(&b, "\n%4d  %s\n", last+1, clip(slice(a, a.Sentences[last].Span), mostText))
		}
		explain(&b, a, n)
	}
	return b.String()
}

// explain writes one note.
func explain(b *strings.Builder, a *document.Article, n *event.Note) {
	words := []string{slice(a, n.Trigger)}
	for _, s := range n.Phrase {
		words = append(words, slice(a, s))
	}
	mark, what := "-", n.Type
	if n.Coded {
		mark = "+"
	}
	if n.ID != "" {
		what = n.ID + " " + what
	}
	if n.Mode != "" {
		what += " " + n.Mode
	}
	fmt.Fprintf(b, "      %s %s  \"%s\"  (%s)\n", mark, what, clip(strings.Join(words, " … "), mostName), n.Pattern)
	point := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "        %-10s %s\n", name, clip(value, mostText))
		}
	}
	if !n.Coded {
		point("not coded", n.Why)
	}
	point("although", n.Although)
	if n.Odds > 0 {
		point("probable", fmt.Sprintf("%.2f", n.Odds))
	}
	actors := min(len(n.Actors), len(n.Parties))
	if len(n.Parties) > 0 {
		point("actor", side(n.Parties[:actors]))
	}
	if actors < len(n.Parties) {
		point("recipient", side(n.Parties[actors:]))
	}
	point("realis", n.Realis)
	point("date", dated(n))
	point("place", n.Place)
	point("claimed by", n.ClaimedBy)
	point("told again", strings.Join(n.Tellings, ", "))
	if n.Coded {
		point("cameo", n.Cameo)
	}
}

// dated is the date of a note and where it comes from.
func dated(n *event.Note) string {
	switch {
	case n.Date == "":
		return ""
	case n.Told:
		return n.Date + " (in the text)"
	}
	return n.Date + " (of publication)"
}
