// Package quote is the step that says who said what: it finds direct speech by
// its marks, reported speech by the trees of the sentences, and the speakers of
// both by the words around them.
//
// Direct speech is attributed by cues before, behind and between its parts, in
// the manner of Pouliquen et al. 2007 (Automatic Detection of Quotations in
// Multilingual News); reported clauses are the complements of verbs from a table,
// as in Krestel et al. 2008 (Minding the Source); what has no cue goes to the
// speaker before or to the one just introduced, after O'Keefe et al. 2012
// (A Sequence Labelling Approach to Quote Attribution).
package quote

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"telex/internal/document"
	"telex/internal/lang"
)

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "quotes"

// Bounds on one article. What is beyond them is left out, and Absent says so.
const (
	maxMarks  = 20_000 // quotation marks that are read
	maxQuotes = 5_000  // quotations of an article
)

// Types of quotations.
const (
	direct   = "direct"
	indirect = "indirect"
	mixed    = "mixed"
)

// Step finds quotations. It is immutable; one value serves all workers.
type Step struct {
	packs map[string]lang.Pack
}

// New makes the step. An article is read by the tables of the pack of its language.
func New(packs ...lang.Pack) *Step {
	s := &Step{packs: map[string]lang.Pack{}}
	for _, p := range packs {
		if p.Quotes != nil && p.People != nil {
			s.packs[p.Code] = p
		}
	}
	return s
}

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the rules and the tables of the packs.
func (s *Step) Version() string { return "1" }

// Apply sets the quotes of a, in the order of the text, from its blocks, sentences,
// tokens and entities. Spans are bytes of a.Raw. Marks without a partner are told
// in Absent. The only error is that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	pack, ok := s.packs[a.Language.Code]
	if !ok {
		explain(a, fmt.Sprintf("no tables of quotations for the language %q", a.Language.Code))
		return nil
	}
	if len(a.Tokens) == 0 {
		if why := a.Absent["tokens"]; why != "" {
			explain(a, "no tokens: "+why)
		}
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r := newReading(pack, a)
	for _, pass := range []func(){r.findPairs, r.findSpeech} {
		if err := ctx.Err(); err != nil {
			return err
		}
		pass()
	}
	for i := range a.Sentences {
		if i%often == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		r.reports(i)
	}
	r.order()
	r.continueSpeakers()
	r.fill()
	return nil
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

// order puts the items in text order and leaves out what lies within another: one
// level only.
func (r *reading) order() {
	r.items = append(r.items, r.speech...)
	slices.SortStableFunc(r.items, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	kept := r.items[:0]
	for _, it := range r.items {
		if n := len(kept); n > 0 && it.span.Start < kept[n-1].span.End {
			if last := kept[n-1]; last.span.End < it.span.End && it.typ == direct && last.typ != direct {
				kept[n-1] = it // a report that runs into direct speech was cut wrongly
			}
			continue
		}
		kept = append(kept, it)
	}
	r.items = kept
}

// fill writes the layer.
func (r *reading) fill() {
	if len(r.items) > maxQuotes {
		explain(r.a, fmt.Sprintf("cut: only the first %d of %d quotations are given", maxQuotes, len(r.items)))
		r.items = r.items[:maxQuotes]
	}
	r.a.Quotes = make([]document.Quote, 0, len(r.items))
	for i, it := range r.items {
		q := document.Quote{ID: "q" + strconv.Itoa(i+1), Type: it.typ, Span: it.span, Stance: it.stance, Confidence: it.confidence}
		if it.speaker.token >= 0 {
			span := it.speaker.span
			q.SpeakerSpan = &span
			if e := it.speaker.entity; e >= 0 {
				q.Speaker = &r.a.Entities[e].ID
			}
		}
		if it.cue.Len() > 0 {
			q.Cue = &document.Piece{Span: it.cue}
		}
		r.a.Quotes = append(r.a.Quotes, q)
	}
	r.tellMarks()
}
