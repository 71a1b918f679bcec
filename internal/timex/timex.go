// Package timex is the step that finds the time expressions of an article and
// pins them to the calendar.
package timex

import (
	"context"
	"slices"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/temporal"
)

// Name is the layer that the step fills.
const Name = "times"

// What Absent says of an article whose times are not all there, or are open.
const (
	noPack      = "no rules for times of this language"
	noPublished = "no published date: dates that need one are relative"
)

// Step finds times. It is immutable; one value serves all workers.
type Step struct {
	rules map[string]*temporal.Rules // by language code
}

// New makes the step. It reads times in the languages whose pack has rules for them.
func New(packs ...lang.Pack) *Step {
	s := &Step{rules: map[string]*temporal.Rules{}}
	for _, p := range packs {
		if p.Times != nil {
			s.rules[p.Code] = p.Times
		}
	}
	return s
}

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the rules and the tables of the packs.
func (s *Step) Version() string { return "1" }

// often is the number of sentences between two looks at the deadline.
const often = 64

// Apply sets the times of a, in the order of the text; spans are bytes of a.Raw.
// Times are anchored to the day of publication; without one those that need it
// stay relative, and Absent says so. A word or number inside a name is no time.
// The only error is that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	rules := s.rules[a.Language.Code]
	if rules == nil {
		a.Absent[Name] = noPack
		return nil
	}
	reader := rules.NewReader(temporal.Anchor{At: a.PublishedAt, DateOnly: a.DateOnly})
	for i, sentence := range a.Sentences {
		if i%often == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if !readable(a, sentence) {
			continue
		}
		before := len(a.Times)
		c := clauseOf(rules, a, sentence)
		a.Times = reader.Append(a.Times, a.Raw, sentence.Span, c.tense)
		kept := slices.DeleteFunc(a.Times[before:], func(t document.Time) bool { return c.counts(t) || c.idle(t) })
		a.Times = a.Times[:before+len(kept)]
	}
	a.Times = outsideNames(a.Times, a.Raw, a.Entities)
	if reader.Relative() {
		a.Absent[Name] = noPublished
	}
	return nil
}

// readable tells whether a sentence is of the article: what the site left in
// the text tells of its clock, not of the news.
func readable(a *document.Article, s document.Sentence) bool {
	if s.Block >= len(a.Blocks) {
		return true
	}
	t := a.Blocks[s.Block].Type
	return t != document.Boilerplate && t != document.Teaser
}
