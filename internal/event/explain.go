package event

import (
	"context"

	"telex/internal/document"
)

// Note says why a word became an event, or what kept it from being one.
type Note struct {
	Sentence   int           // index in Article.Sentences
	Trigger    document.Span // bytes of Raw
	Pattern    string        // file and line of the pattern that fitted
	Type       string
	Mode       string
	Actors     []string // codes
	Recipients []string
	Realis     string
	Date       string
	Coded      bool
	Why        string // what kept it from being an event
}

// Explain finds the events of a as Apply does, and tells for each word that fitted a
// pattern what became of it, in text order.
func (s *Step) Explain(ctx context.Context, a *document.Article) ([]Note, error) {
	var notes []Note
	_, err := s.read(ctx, a, &notes)
	return notes, err
}

func (r *reading) note() []Note {
	notes := make([]Note, 0, len(r.found))
	for _, c := range r.found {
		n := Note{Sentence: int(r.sentence[c.trigger]), Trigger: r.tokens[c.trigger].Span, Pattern: c.pattern.Where,
			Type: string(c.typ), Mode: c.mode, Realis: c.realis, Date: r.date(c), Coded: c.out == "", Why: c.out}
		for _, p := range c.actors {
			n.Actors = append(n.Actors, r.codeOf(c, p).String())
		}
		for _, p := range c.recipients {
			n.Recipients = append(n.Recipients, r.codeOf(c, p).String())
		}
		notes = append(notes, n)
	}
	return notes
}
