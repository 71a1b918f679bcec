package event

import (
	"context"
	"fmt"
	"slices"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/maxent"
	"telex/internal/plover"
)

// An event is coded if its probability passes these. Of all thresholds that gives the
// best F1 which is half of that F1 (Lipton, Elkan and Naryanaswamy 2014, Optimal
// Thresholding of Classifiers to Maximize F1 Measure); in short texts, such as single
// sentences, the judge does better than in articles. In articles of sport, culture,
// business and daily life, where events are few, one that is none does more harm than
// one that is missed, above all where the tables speak against it.
const (
	articleThreshold      = 0.28
	shortThreshold        = 0.38
	nobodyThreshold       = 0.4 // of what the tables drop because they find nobody
	quietThreshold        = 0.5
	quietAgainstThreshold = 0.6
)

// threshold is what the probability of a candidate must pass.
func (r *reading) threshold(c *candidate, quiet bool) float64 {
	switch {
	case c.out == pressWords, c.out == nobodyKnown && r.exactly(c.trigger, "amod"):
		return 1 // words to the press by the manual; a participle that says what a thing is like: de gedemilitariseerde zone
	case r.short():
		return shortThreshold
	case quiet && c.out != "":
		return quietAgainstThreshold
	case quiet:
		return quietThreshold
	case c.out == nobodyKnown:
		return nobodyThreshold
	}
	return articleThreshold
}

// quietPercent is the share of public affairs, of the words of an article about them or
// about sport, culture, business and daily life, below which it is quiet.
const quietPercent = 30

// quiet tells whether an article is about anything but public affairs.
func (s *survey) quiet() bool {
	public := s.topics[lang.Politics] + s.topics[lang.Law] + s.topics[lang.War] + s.topics[lang.Society]
	other := s.topics[lang.Sport] + s.topics[lang.Culture] + s.topics[lang.Economy] + s.topics[lang.Living]
	return 100*public < quietPercent*max(1, public+other)
}

// short tells whether the text is no article but some sentences.
func (r *reading) short() bool { return len(r.a.Sentences) <= shortText }

// weigh lets the judge of the pack decide which candidates are events, those that the
// tables took and those that they dropped, and who stands on their sides. Of what one
// word may tell the likeliest counts.
func (r *reading) weigh() {
	judge := r.pack.Judge
	if judge == nil {
		return
	}
	l := r.lessons()
	list := l.glances(func(f []uint64) float64 { return judge.First.Probability(f) })
	circle := around(list)
	var f maxent.Features
	best := make([]*candidate, len(r.tokens)) // of each trigger
	for i, c := range l.candidates {
		circle.again(&f, list, i, len(r.a.Sentences))
		c.odds = judge.Second.Probability(f.List)
		if b := best[c.trigger]; !c.second && (b == nil || c.odds > b.odds) {
			best[c.trigger] = c
		}
	}
	quiet := l.survey.quiet()
	for _, c := range l.candidates {
		r.decide(c, r.threshold(c, quiet), c.second || best[c.trigger] == c)
	}
	r.dropParts(l.candidates, best)
	x := r.choices(l.survey)
	for _, c := range l.candidates {
		if c.out == "" {
			x.settle(c, judge.Sides)
		}
	}
}

// decide takes or drops a candidate; likeliest tells whether its word tells nothing
// likelier.
func (r *reading) decide(c *candidate, threshold float64, likeliest bool) {
	switch {
	case c.odds > threshold && likeliest:
		c.although, c.out = c.out, ""
		if c.loose {
			r.found = append(r.found, c)
		}
	case c.odds > threshold:
		c.drop("its word tells something likelier")
	case c.out == "":
		c.drop(fmt.Sprintf("improbable: %.2f", c.odds))
	}
}

// dropParts drops what the judge takes against the tables if it is a word of the phrase
// of another event of its type: in "opende een onderzoek" the noun is no event of its
// own. taken is the likeliest of each trigger.
func (r *reading) dropParts(list, taken []*candidate) {
	for _, c := range list {
		if c.out != "" || c.loose {
			continue
		}
		for _, t := range c.parts {
			if part := taken[t]; t != c.trigger && part != nil && part.loose && part.out == "" && part.typ == c.typ {
				part.drop("part of the phrase at " + c.pattern.Where)
			}
		}
	}
}

// Lessons are the candidates of an article as the judge sees them, to learn from.
type Lessons struct {
	Candidates []Lesson
	candidates []*candidate
	r          *reading
	survey     *survey
}

// Lesson is a candidate.
type Lesson struct {
	Type               string
	Trigger            int // byte of Article.Raw at which it begins
	Sentence           int // index in Article.Sentences
	Fits               bool
	Actors, Recipients []string // codes, as the tables find them
	Features           []uint64 // of the first look
}

// Lessons finds the candidates of an article that has its layers before this one; nil
// where the step cannot read it. The only error is that of ctx.
func (s *Step) Lessons(ctx context.Context, a *document.Article) (*Lessons, error) {
	r, err := s.gather(ctx, a)
	if r == nil || err != nil {
		return nil, err
	}
	l := r.lessons()
	x := r.choices(l.survey)
	for _, c := range l.candidates {
		var f maxent.Features
		r.describe(&f, c, l.survey)
		l.Candidates = append(l.Candidates, Lesson{
			Type: string(c.typ), Trigger: r.tokens[c.trigger].Span.Start, Sentence: int(r.sentence[c.trigger]), Fits: c.out == "",
			Actors: codeStrings(x.option(c, keepOption, c.actors, -1).codes), Recipients: codeStrings(x.option(c, keepOption, c.recipients, -1).codes), Features: f.List,
		})
	}
	return l, nil
}

func codeStrings(codes []plover.Code) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = c.String()
	}
	return out
}

// lessons gathers the candidates: those of the tables, then loose ones.
func (r *reading) lessons() *Lessons {
	l := &Lessons{r: r, survey: r.look(), candidates: make([]*candidate, 0, len(r.found)+len(r.loose))}
	l.candidates = append(append(l.candidates, r.found...), r.loose...)
	return l
}

// usualFeatures is room for the features of a candidate.
const usualFeatures = 256

// glances takes a first look at all candidates.
func (l *Lessons) glances(look func(features []uint64) float64) []glance {
	list := make([]glance, len(l.candidates))
	f := maxent.Features{List: make([]uint64, 0, usualFeatures)}
	for i, c := range l.candidates {
		l.r.describe(&f, c, l.survey)
		list[i] = glance{trigger: c.trigger, sentence: l.r.sentence[c.trigger], typ: c.typ, fits: c.out == "", p: look(f.List)}
	}
	return list
}

// Second gives the features of the second look at each candidate, by the
// probabilities of the first.
func (l *Lessons) Second(first []float64) [][]uint64 {
	next := 0
	list := l.glances(func([]uint64) float64 { next++; return first[next-1] })
	circle := around(list)
	out := make([][]uint64, len(list))
	for i := range list {
		var f maxent.Features
		circle.again(&f, list, i, len(l.r.a.Sentences))
		out[i] = f.List
	}
	return out
}

// Side is one side of a candidate, with what may stand there.
type Side struct {
	Actor    bool
	Codes    [][]string // of each option, sorted; the first is what the tables found
	Features [][]uint64 // likewise
}

// Sides gives both sides of candidate i, the actor first. As the recipient's options
// depend on who the actor is, pick says which option of a side is right.
func (l *Lessons) Sides(i int, pick func(Side) int) []Side {
	c := l.candidates[i]
	actors, recipients := c.actors, c.recipients
	defer func() { c.actors, c.recipients = actors, recipients }()
	x, g := l.r.choices(l.survey), l.r.gist(c)
	var out []Side
	for _, actor := range []bool{true, false} {
		side := Side{Actor: actor}
		options, b := x.options(c, actor), c.bidFor(g, actor)
		for o := range options {
			var f maxent.Features
			b.of(l.r, c, &options[o])
			l.r.describeKind(&f, c, &b)
			l.r.describeOption(&f, c, actor, &options[o], &b, l.survey)
			side.Codes = append(side.Codes, codeStrings(options[o].codes))
			side.Features = append(side.Features, f.List)
		}
		c.put(actor, &options[pick(side)])
		out = append(out, side)
	}
	return out
}

// put puts an option on a side.
func (c *candidate) put(actor bool, o *option) {
	switch {
	case o.kind == keepOption:
	case actor:
		c.actors = slices.Clone(o.parties)
	default:
		c.recipients = slices.Clone(o.parties)
	}
}

// settle puts the likeliest on both sides of a candidate.
func (x *choices) settle(c *candidate, m *maxent.Model) {
	g := x.r.gist(c)
	for _, actor := range [...]bool{true, false} {
		options, b := x.options(c, actor), c.bidFor(g, actor)
		clear(x.kinds)
		best, top := 0, 0.0
		for o := range options {
			b.of(x.r, c, &options[o])
			kind, ok := x.kinds[b.kind]
			if !ok {
				x.features.List = x.features.List[:0]
				x.r.describeKind(&x.features, c, &b)
				kind = m.Score(x.features.List)
				x.kinds[b.kind] = kind
			}
			x.features.List = x.features.List[:0]
			x.r.describeOption(&x.features, c, actor, &options[o], &b, x.survey)
			if score := kind + m.Score(x.features.List); o == 0 || score > top {
				best, top = o, score
			}
		}
		c.put(actor, &options[best])
	}
}
