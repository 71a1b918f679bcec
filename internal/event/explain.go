package event

import (
	"context"
	"maps"
	"slices"

	"telex/internal/document"
)

// Note says why a word became an event, or what kept it from being one.
type Note struct {
	ID         string          // of the event; "" where there is none
	Sentence   int             // index in Article.Sentences
	Trigger    document.Span   // bytes of Raw
	Phrase     []document.Span // the other words of the phrase that the pattern asks, bytes of Raw
	Pattern    string          // file and line of the pattern that fitted
	Type       string
	Mode       string
	Cameo      string
	Actors     []string         // codes
	Recipients []string         // codes
	Parties    []document.Party // of both sides, actors first
	Realis     string
	Date       string
	Told       bool     // the date stands in the text; else it is that of publication
	Place      string   // name of the entity
	ClaimedBy  string   // id of the quotation
	Tellings   []string // the words of the other tellings
	Coded      bool
	Why        string  // what kept it from being an event
	Although   string  // why the tables alone would have dropped what is coded; "" for what they take
	Odds       float64 // probability by the judge; 0 without one
}

// Explain finds the events of a as Apply does, and tells what became of each word
// that fitted a pattern, and of each of which only a party was wanting for that, in
// text order. An article that passed the step already has its events found again.
func (s *Step) Explain(ctx context.Context, a *document.Article) ([]Note, error) {
	a.Absent = maps.Clone(a.Absent)
	delete(a.Absent, Name)
	var notes []Note
	_, err := s.read(ctx, a, &notes)
	return notes, err
}

// note tells what was found, and what nearly was.
func (r *reading) note() []Note {
	type event struct {
		start     int
		typ, mode string
	}
	ids := make(map[event]string, len(r.a.Events))
	for i := range r.a.Events {
		e := &r.a.Events[i]
		ids[event{e.Trigger.Span.Start, e.Type, e.Mode}] = e.ID
	}
	notes := make([]Note, 0, len(r.found))
	for _, c := range r.found {
		n := r.noteOf(c)
		if n.Coded {
			n.ID = ids[event{n.Trigger.Start, n.Type, n.Mode}]
		}
		notes = append(notes, n)
	}
	for _, c := range r.near() {
		n := r.noteOf(c)
		n.Date = ""
		notes = append(notes, n)
	}
	slices.SortStableFunc(notes, func(a, b Note) int { return a.Trigger.Start - b.Trigger.Start })
	return notes
}

func (r *reading) noteOf(c *candidate) Note {
	n := Note{Sentence: int(r.sentence[c.trigger]), Trigger: r.tokens[c.trigger].Span, Pattern: c.pattern.Where,
		Type: string(c.typ), Mode: c.mode, Cameo: c.cameo, Realis: c.realis, Date: r.date(c), Told: c.told, Coded: c.out == "", Why: c.out, Although: c.although, Odds: c.odds}
	for _, t := range c.parts {
		if t != c.trigger {
			n.Phrase = append(n.Phrase, r.tokens[t].Span)
		}
	}
	for _, p := range r.layerParties(c, c.actors) {
		n.Actors = append(n.Actors, p.Code)
		n.Parties = append(n.Parties, p)
	}
	for _, p := range r.layerParties(c, c.recipients) {
		n.Recipients = append(n.Recipients, p.Code)
		n.Parties = append(n.Parties, p)
	}
	if c.place >= 0 {
		n.Place = r.a.Entities[c.place].Name
	}
	if c.claimed >= 0 {
		n.ClaimedBy = r.a.Quotes[c.claimed].ID
	}
	for _, t := range c.tellings {
		n.Tellings = append(n.Tellings, r.text(t))
	}
	return n
}

// near gives of each word without a candidate that fits the pattern whose phrase stands
// in the text and of which only a party is wanting, of several that of which most is
// there.
func (r *reading) near() []*candidate {
	best := map[int]*candidate{}
	var order []int
	for _, c := range r.loose {
		if c.pattern.General || c.out == "" || c.although != "" || r.at[c.trigger] != 0 {
			continue
		}
		b := best[c.trigger]
		if b == nil {
			order = append(order, c.trigger)
		}
		if b == nil || c.filled()+len(c.parts) > b.filled()+len(b.parts) {
			best[c.trigger] = c
		}
	}
	out := make([]*candidate, 0, len(order))
	for _, t := range order {
		out = append(out, best[t])
	}
	return out
}
