package timex

import (
	"sort"
	"strings"

	"telex/internal/document"
	"telex/internal/nlp/temporal"
)

// Marks of Universal Dependencies that tell the tense of a verb.
const (
	finite     = "VerbForm=Fin"
	infinitive = "VerbForm=Inf"
	pastTense  = "Tense=Past"
)

// maxClimb is the number of words from a time up to its verb; a damaged tree
// ends there.
const maxClimb = 32

// clause reads the tenses of one parsed sentence; of one that has not been
// parsed it knows nothing.
type clause struct {
	rules  *temporal.Rules
	raw    string
	tokens []document.Token
}

func clauseOf(rules *temporal.Rules, a *document.Article, s document.Sentence) clause {
	c := clause{rules: rules, raw: a.Raw}
	if s.First >= 0 && s.First < s.Last && s.Last <= len(a.Tokens) {
		c.tokens = a.Tokens[s.First:s.Last]
	}
	return c
}

// at gives the index of the token at a byte of the text.
func (c clause) at(b int) int {
	return sort.Search(len(c.tokens), func(i int) bool { return c.tokens[i].Span.End > b })
}

// idle tells whether a time is only a way of speaking: the conjunction "now
// that", the adjective of a recent survey.
func (c clause) idle(t document.Time) bool {
	i := c.at(t.Span.Start)
	if i >= len(c.tokens) || c.tokens[i].Span != t.Span || !strings.HasSuffix(t.Value, "_REF") {
		return false
	}
	return c.tokens[i].UPOS == "SCONJ" || c.tokens[i].UPOS == "ADJ" && c.tokens[i].Deprel == "amod"
}

// counts tells whether a time is a number that counts the noun behind it: 2019
// visitors.
func (c clause) counts(t document.Time) bool {
	i := c.at(t.Span.Start)
	if i >= len(c.tokens) || c.tokens[i].Span != t.Span || c.tokens[i].Deprel != "nummod" {
		return false
	}
	return c.tokens[i].Head == i+2
}

// tense climbs from the span to the nearest verb above it. In a sentence without
// one there is no tense.
func (c clause) tense(span document.Span) temporal.Tense {
	if len(c.tokens) == 0 {
		return temporal.TenseUnknown
	}
	i, ofNoun, ofInfinitive := c.at(span.Start), false, false
	for range maxClimb {
		if i < 0 || i >= len(c.tokens) {
			break
		}
		switch t := c.verb(i); {
		case t == temporal.Present && ofNoun: // the verdict of Monday is clear
			return temporal.Open
		case t == temporal.Past && ofInfinitive: // it was decided to do so in June
			return temporal.Open
		case t != temporal.TenseUnknown:
			return t
		}
		ofInfinitive = ofInfinitive || strings.Contains(c.tokens[i].Feats, infinitive)
		ofNoun = ofNoun || c.tokens[i].Deprel == "nmod" || c.tokens[i].Deprel == "appos"
		i = c.tokens[i].Head - 1
	}
	return temporal.Open
}

// verb gives the tense of the predicate at i, by itself or by the finite verb or
// the conjunction that depends on it.
func (c clause) verb(i int) temporal.Tense {
	t := &c.tokens[i]
	tense := temporal.TenseUnknown
	if strings.Contains(t.Feats, finite) {
		tense = c.finite(t, false)
	}
	for j := max(0, i-maxClimb); j < min(len(c.tokens), i+maxClimb); j++ {
		help := &c.tokens[j]
		switch {
		case help.Head != i+1:
		case help.Deprel == "mark" && c.kind(help) == temporal.VerbPast:
			return temporal.Past
		case (strings.HasPrefix(help.Deprel, "aux") || help.Deprel == "cop") && strings.Contains(help.Feats, finite):
			tense = c.finite(help, help.Deprel != "cop")
		}
	}
	return tense
}

func (c clause) kind(t *document.Token) string { return c.rules.Verb(c.raw[t.Span.Start:t.Span.End]) }

// finite gives the tense that a finite verb says; where it helps another verb it
// may make a perfect.
func (c clause) finite(t *document.Token, helps bool) temporal.Tense {
	kind := c.kind(t)
	switch {
	case kind == temporal.VerbOpen:
		return temporal.Open
	case kind == temporal.VerbReport, kind == temporal.VerbPast, strings.Contains(t.Feats, pastTense):
		return temporal.Past
	case kind == temporal.VerbPerfect && helps:
		return temporal.Past
	case kind == temporal.VerbFuture:
		return temporal.Future
	}
	return temporal.Present
}
