package event

import (
	"context"
	"maps"
	"slices"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
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
	Why        string // what kept it from being an event
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
	for i := range r.tokens {
		if r.at[i] == 0 && r.isRead(i) {
			if n, ok := r.near(i); ok {
				notes = append(notes, n)
			}
		}
	}
	slices.SortStableFunc(notes, func(a, b Note) int { return a.Trigger.Start - b.Trigger.Start })
	return notes
}

// isRead tells whether a token stands in a part of the article that is read for
// events.
func (r *reading) isRead(i int) bool {
	return isText(r.a.Blocks[r.a.Sentences[r.sentence[i]].Block].Type)
}

func (r *reading) noteOf(c *candidate) Note {
	n := Note{Sentence: int(r.sentence[c.trigger]), Trigger: r.tokens[c.trigger].Span, Pattern: c.pattern.Where,
		Type: string(c.typ), Mode: c.mode, Cameo: c.cameo, Realis: c.realis, Date: r.date(c), Told: c.told, Coded: c.out == "", Why: c.out}
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

// near finds a pattern whose phrase stands in the text and of which only a party is
// wanting, of several that of which most is there; false where there is none.
func (r *reading) near(i int) (Note, bool) {
	var best *candidate
	for _, c := range r.attempts(i) {
		slot, wanting := r.wants(c)
		if !wanting || best != nil && c.filled()+len(c.parts) <= best.filled()+len(best.parts) {
			continue
		}
		c.drop("no party stands in the slot " + slot)
		best = c
	}
	if best == nil {
		return Note{}, false
	}
	n := r.noteOf(best)
	n.Date = ""
	return n, true
}

// attempts gives a candidate for each pattern of a word, before it is tried.
func (r *reading) attempts(i int) []*candidate {
	var out []*candidate
	add := func(c candidate) {
		c.trigger, c.place, c.claimed = i, -1, -1
		c.typ, c.mode, c.cameo = c.pattern.Code.Type, c.pattern.Code.Mode, c.pattern.Code.Cameo
		if c.mode == lang.ByContent {
			c.mode = ""
		}
		out = append(out, &c)
	}
	switch {
	case r.upos(i, "VERB") || r.upos(i, "ADJ") && r.participle(i):
		for _, p := range r.words.Verb(r.lemma[i]) {
			add(candidate{pattern: p, clause: i, passive: r.passive(i)})
		}
	case r.upos(i, "NOUN"):
		for _, p := range r.words.Noun(r.nounKey(i)) {
			c := candidate{pattern: p, trigger: i, clause: i}
			r.support(&c)
			add(c)
		}
	}
	return out
}

// wants names the slot that is wanting of a candidate whose phrase is there; false
// where the phrase is not.
func (r *reading) wants(c *candidate) (slot string, ok bool) {
	p := c.pattern
	if p.Reflexive && !r.reflexive(c.clause) {
		return "", false
	}
	for _, want := range p.Parts {
		t := r.part(c, want)
		if t < 0 {
			return "", false
		}
		c.parts = append(c.parts, t)
	}
	for i := range p.Slots {
		if s := &p.Slots[i]; !r.fillSlot(c, s) && s.Must {
			return strings.Join(s.Names, "/"), true
		}
	}
	return "", false
}
