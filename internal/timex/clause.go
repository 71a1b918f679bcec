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
	participle = "VerbForm=Part"
	pastTense  = "Tense=Past"
)

// maxClimb is the number of words from a time up to its verb; a damaged tree
// ends there.
const maxClimb = 32

// clauses gives, for a sentence that has been parsed, the tense of the clause in
// which a span stands; nil for one that has not.
func clauses(rules *temporal.Rules, a *document.Article, s document.Sentence) func(document.Span) temporal.Tense {
	if s.First < 0 || s.Last > len(a.Tokens) || s.First >= s.Last {
		return nil
	}
	c := clause{rules: rules, raw: a.Raw, tokens: a.Tokens[s.First:s.Last]}
	return c.tense
}

// clause reads the tenses of one parsed sentence.
type clause struct {
	rules  *temporal.Rules
	raw    string
	tokens []document.Token
}

// tense climbs from the span to the nearest verb above it.
func (c clause) tense(span document.Span) temporal.Tense {
	i := sort.Search(len(c.tokens), func(i int) bool { return c.tokens[i].Span.End > span.Start })
	for range maxClimb {
		if i < 0 || i >= len(c.tokens) {
			return temporal.TenseUnknown
		}
		if strings.Contains(c.tokens[i].Feats, "VerbForm=") && c.tokens[i].UPOS != "ADJ" {
			if t := c.verb(i); t != temporal.TenseUnknown {
				return t
			}
		}
		i = c.tokens[i].Head - 1
	}
	return temporal.TenseUnknown
}

// verb gives the tense of the verb at i, with the finite verb that helps it.
func (c clause) verb(i int) temporal.Tense {
	t := &c.tokens[i]
	if strings.Contains(t.Feats, finite) {
		return c.finite(t, false)
	}
	for j := max(0, i-maxClimb); j < min(len(c.tokens), i+maxClimb); j++ {
		help := &c.tokens[j]
		if help.Head == i+1 && strings.HasPrefix(help.Deprel, "aux") && strings.Contains(help.Feats, finite) {
			return c.finite(help, strings.Contains(t.Feats, participle))
		}
	}
	return temporal.TenseUnknown
}

// finite gives the tense that a finite verb says; withParticiple makes a perfect
// of a verb that can help to make one.
func (c clause) finite(t *document.Token, withParticiple bool) temporal.Tense {
	kind := c.rules.Verb(c.raw[t.Span.Start:t.Span.End])
	switch {
	case kind == temporal.VerbOpen:
		return temporal.Open
	case kind == temporal.VerbReport, strings.Contains(t.Feats, pastTense):
		return temporal.Past
	case kind == temporal.VerbPerfect && withParticiple:
		return temporal.Past
	case kind == temporal.VerbFuture:
		return temporal.Future
	}
	return temporal.Present
}
