// Package sentence is the step that finds the sentences of an article.
package sentence

import (
	"context"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/segment"
)

// Name is the layer that the step fills.
const Name = "sentences"

// Step finds sentences. It is immutable; one value serves all workers.
type Step struct {
	rules map[string]*segment.Rules // by language code
	other *segment.Rules            // for a language without a pack
}

// New makes the step. An article is split by the rules of the pack of its
// language, any other by segment.Default.
func New(packs ...lang.Pack) *Step {
	s := &Step{rules: map[string]*segment.Rules{}, other: segment.Default()}
	for _, p := range packs {
		if p.Sentences != nil {
			s.rules[p.Code] = p.Sentences
		}
	}
	return s
}

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the rules and the tables of the packs.
func (s *Step) Version() string { return "1" }

// Apply sets the sentences of a. Each block has its own: none crosses the edge
// of a block, and together those of a block hold all of it that is not white
// space. Spans are bytes of a.Raw. The only error is that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	rules := s.rules[a.Language.Code]
	if rules == nil {
		rules = s.other
	}
	a.Sentences = make([]document.Sentence, 0, len(a.Blocks)+len(a.Raw)/usual)
	var spans []document.Span
	for i, b := range a.Blocks {
		if err := ctx.Err(); err != nil {
			return err
		}
		spans = rules.Append(spans[:0], a.Raw[b.Span.Start:b.Span.End], b.Span.Start)
		for _, span := range spans {
			a.Sentences = append(a.Sentences, document.Sentence{Span: span, Block: i})
		}
	}
	return nil
}

// usual is the length of a sentence in a newspaper, in bytes, by which room is
// made for the list.
const usual = 80
