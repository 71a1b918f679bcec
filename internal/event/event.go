// Package event is the step that says who did what to whom. It fits the words of
// each sentence to the patterns of the language pack, on lemmas and trees, in the
// manner of PETRARCH-2 (Norris, Schrodt and Beieler 2017, PETRARCH2: Another Event
// Coding Program) and UniversalPetrarch, and codes what fits in PLOVER, with a
// CAMEO code beside it.
//
// Parties come from the entities of the article, with their offices and countries,
// and from tables of nouns; time and place from the layers before. An event told
// twice is one event with two tellings. What was negated, is to come, is only
// possible or long past says Realis, which the manual of PLOVER defines and leaves
// to others.
//
// What fits, and what nearly does, is weighed by a judge learned from annotated
// articles, where the pack has one: it decides what is an event, how probable it is,
// and who stands on its sides. Without one the tables decide alone.
package event

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/plover"
)

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "events"

// maxEvents bounds the events of an article. What is beyond is left out, and Absent
// says so.
const maxEvents = 2_000

// Step finds events. It is immutable; one value serves all workers.
type Step struct {
	packs map[string]lang.Pack
}

// New makes the step. An article is read by the tables of the pack of its language.
func New(packs ...lang.Pack) *Step {
	s := &Step{packs: map[string]lang.Pack{}}
	for _, p := range packs {
		if p.Events != nil && p.Countries != nil && p.People != nil && p.Quotes != nil {
			s.packs[p.Code] = p
		}
	}
	return s
}

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the rules and the tables of the packs.
func (s *Step) Version() string { return "4" }

// Apply sets the events of a, in the order of the text, from its blocks, sentences,
// tokens, entities, times and quotes. Spans are bytes of a.Raw. The only error is
// that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	_, err := s.read(ctx, a, nil)
	return err
}

// read does the work of Apply, and notes why, where notes are wanted.
func (s *Step) read(ctx context.Context, a *document.Article, notes *[]Note) (*reading, error) {
	r, err := s.gather(ctx, a)
	if r == nil || err != nil {
		return nil, err
	}
	r.weigh()
	kept := r.merge()
	r.pair(kept)
	r.fill(kept)
	if notes != nil {
		*notes = r.note()
	}
	return r, nil
}

// gather finds the candidates of all sentences; nil, with the reason in a.Absent, where
// the article cannot be read.
func (s *Step) gather(ctx context.Context, a *document.Article) (*reading, error) {
	pack, ok := s.packs[a.Language.Code]
	if !ok {
		explain(a, fmt.Sprintf("no tables of events for the language %q", a.Language.Code))
		return nil, nil
	}
	if len(a.Tokens) == 0 {
		if why := a.Absent["tokens"]; why != "" {
			explain(a, "no tokens: "+why)
		}
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := newReading(pack, a)
	r.findField()
	for i := range a.Sentences {
		if i%often == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		r.sentenceEvents(i)
	}
	return r, nil
}

// often is the number of sentences between two looks at the deadline.
const often = 64

func explain(a *document.Article, why string) {
	if a.Absent == nil {
		a.Absent = map[string]string{}
	}
	if before := a.Absent[Name]; before != "" {
		why = before + "; " + why
	}
	a.Absent[Name] = why
}

// isText tells whether a part of an article is read for events.
func isText(block document.BlockType) bool {
	switch block {
	case document.Title, document.Lede, document.Paragraph, document.Heading, document.Caption:
		return true
	}
	return false
}

// sentenceEvents finds the events of one sentence of the text proper.
func (r *reading) sentenceEvents(i int) {
	s := &r.a.Sentences[i]
	block := r.a.Blocks[s.Block].Type
	if !isText(block) {
		return
	}
	first, firstLoose := len(r.found), len(r.loose)
	r.findCandidates(s.First, s.Last)
	for _, c := range slices.Concat(r.found[first:], r.loose[firstLoose:]) {
		c.caption = block == document.Caption
	}
	r.resolve(first)
	r.resolveLoose(firstLoose)
	for _, c := range slices.Clone(r.found[first:]) {
		if also := c.pattern.Also; also != nil && c.out == "" {
			twin := *c
			twin.typ, twin.mode, twin.cameo, twin.second = also.Type, also.Mode, also.Cameo, true
			r.found = append(r.found, &twin)
		}
	}
}

// fill writes the layer.
func (r *reading) fill(kept []*candidate) {
	if len(kept) > maxEvents {
		explain(r.a, fmt.Sprintf("cut: only the first %d of %d events are given", maxEvents, len(kept)))
		kept = kept[:maxEvents]
	}
	roots, all := r.findRoots(kept), plover.Contexts()
	r.a.Events = make([]document.Event, 0, len(kept))
	for i, c := range kept {
		ev := document.Event{
			ID: "v" + strconv.Itoa(i+1), Type: string(c.typ), Mode: c.mode, Contexts: r.contexts(c, all), Cameo: c.cameo,
			Quad: plover.Quad(c.typ), Score: plover.Score(c.typ, c.mode), Root: roots[i],
			Actors: r.layerParties(c, c.actors), Recipients: r.layerParties(c, c.recipients), Date: r.date(c), Realis: c.realis,
			Trigger: document.Piece{Span: r.tokens[c.trigger].Span}, Tellings: []document.Span{},
			Sentence: int(r.sentence[c.trigger]), Confidence: confidence(c),
		}
		if c.place >= 0 {
			ev.Place = &r.a.Entities[c.place].ID
		}
		if c.claimed >= 0 {
			ev.ClaimedBy = &r.a.Quotes[c.claimed].ID
		}
		slices.Sort(c.tellings)
		for _, t := range slices.Compact(c.tellings) {
			ev.Tellings = append(ev.Tellings, r.tokens[t].Span)
		}
		r.a.Events = append(r.a.Events, ev)
	}
}

// layerParties gives the parties as the layer has them: the text is the name of the
// entity, or the words of the article.
func (r *reading) layerParties(c *candidate, side []party) []document.Party {
	out := make([]document.Party, 0, len(side))
	for _, p := range side {
		d := document.Party{Code: r.codeOf(c, p).String()}
		switch {
		case p.entity >= 0:
			d.Entity, d.Text = &r.a.Entities[p.entity].ID, r.a.Entities[p.entity].Name
		case p.token >= 0:
			d.Text = r.phraseText(p.token)
		}
		out = append(out, d)
	}
	return out
}

// codeOf is the code of a party in an event. A capital that acts is its government;
// one that is visited is its country, a town that is hit its people.
func (r *reading) codeOf(c *candidate, p party) plover.Code {
	switch {
	case !p.place || p.code.Sector != "" || c.mode == "visit":
		return p.code
	case c.typ == plover.Assault:
		return plover.Code{Country: p.code.Country, Sector: "CVL"}
	}
	return plover.Code{Country: p.code.Country, Sector: "GOV"}
}

// phraseText is a noun with the adjectives and determiners before it.
func (r *reading) phraseText(i int) string {
	first := i
	for t := i - 1; t >= 0 && r.head(t) == i && r.rel(t, "amod", "nummod", "nmod:poss") && i-t <= 5; t-- {
		first = t
	}
	return r.a.Raw[r.tokens[first].Span.Start:r.tokens[i].Span.End]
}

// date is the day that the text tells, or that of publication for news that is
// told without one.
func (r *reading) date(c *candidate) string {
	if c.told {
		return c.date
	}
	if c.realis == asserted && !r.a.PublishedAt.IsZero() {
		return r.a.PublishedAt.Format("2006-01-02")
	}
	return ""
}

// contexts gives of all contexts those of the pattern, and those that the words of the sentence show.
func (r *reading) contexts(c *candidate, all []string) []string {
	var have []string
	code := &c.pattern.Code
	if c.second {
		code = c.pattern.Also
	}
	have = append(have, code.Contexts...)
	if c.typ == plover.Coerce && plover.IsContext(c.mode) {
		have = append(have, c.mode) // cyber and misinformation
	}
	first, last := r.sentenceBounds(c.trigger)
	for t := first; t < last; t++ {
		if r.upos(t, "NOUN", "ADJ", "PROPN") {
			have = append(have, r.words.Contexts(r.nounKey(t))...)
		}
	}
	out := make([]string, 0, min(len(have), len(all)))
	for _, x := range all {
		if slices.Contains(have, x) {
			out = append(out, x)
		}
	}
	return out
}

// confidence is the probability by the judge; without one it grows with what is known
// of an event, and is no probability.
func confidence(c *candidate) float64 {
	if c.odds > 0 {
		return math.Round(c.odds*100) / 100
	}
	percent := 50
	if len(c.actors) > 0 && c.actors[0].token >= 0 {
		percent += 15
	}
	if len(c.recipients) > 0 {
		percent += 15
	}
	if len(c.pattern.Parts) > 0 {
		percent += 5
	}
	if len(c.tellings) > 0 {
		percent += 10
	}
	if c.pattern.Weak || c.realis == hypothetical {
		percent -= 15
	}
	if c.pattern.Noun {
		percent -= 5
	}
	return float64(percent) / 100
}
