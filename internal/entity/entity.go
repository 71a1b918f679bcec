// Package entity is the step that says whom and what an article is about: it
// joins the names that the labeller found, and the words that stand for them,
// into entities, and gives people their offices.
//
// Names are joined by rules over their words, in the manner of the precise
// passes of Raghunathan et al. 2010 (A Multi-Pass Sieve for Coreference
// Resolution); pronouns go to the most prominent antecedent that agrees, after
// Lappin & Leass 1994.
package entity

import (
	"context"
	"fmt"

	"telex/internal/document"
	"telex/internal/lang"
)

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "entities"

// Bounds on one article. What is beyond them is left out, and Absent says so.
const (
	maxNames     = 20_000 // names that are read
	maxPronouns  = 5_000  // pronouns and descriptions that are looked at
	maxRoles     = 16     // roles of one entity
	maxNameWords = 12     // words of a name by which it is joined to others
	maxRivals    = 16     // entities among which one name is looked for
)

// Types of entities, as the CoNLL scheme has them.
const (
	person       = "PER"
	place        = "LOC"
	organisation = "ORG"
	other        = "MISC"
)

// Forms of mentions.
const (
	byName    = "name"
	byNoun    = "nominal"
	byPronoun = "pronoun"
)

// Step finds entities. It is immutable; one value serves all workers.
type Step struct {
	packs map[string]lang.Pack
	homes map[string]string // by language, alpha-3 code of the country of which its newspapers speak most
	agree bool
}

// New makes the step. An article is read by the tables of the pack of its language.
func New(packs ...lang.Pack) *Step {
	s := &Step{packs: map[string]lang.Pack{}, homes: map[string]string{}, agree: true}
	for _, p := range packs {
		if p.People != nil && p.Countries != nil {
			s.packs[p.Code], s.homes[p.Code] = p, homeOf(p)
		}
	}
	return s
}

// WithoutAgreement gives the step without its second look at names, by which
// what the article shows clearly once decides its other names: for scorers that
// measure what that look is worth.
func (s *Step) WithoutAgreement() *Step { return &Step{packs: s.packs, homes: s.homes} }

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the rules and the tables of the packs.
func (s *Step) Version() string { return "3" }

// Apply sets the entities of a, in the order of their first mention, from the
// tokens and the names that the labeller left in them. Spans are bytes of a.Raw.
// The only error is that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	pack, ok := s.packs[a.Language.Code]
	if !ok {
		explain(a, fmt.Sprintf("no tables of people and countries for the language %q", a.Language.Code))
		return nil
	}
	if why := unlabelled(a); why != "" {
		explain(a, why)
		return nil
	}
	r := newReading(pack, s.homes[a.Language.Code], a)
	passes := []func(){r.findNames, r.agreeNames, r.joinNames, r.findRoles, r.implyCountries, r.findNominals, r.findPronouns, r.fill}
	if !s.agree {
		passes = append(passes[:1:1], passes[2:]...)
	}
	for _, pass := range passes {
		if err := ctx.Err(); err != nil {
			return err
		}
		pass()
	}
	return nil
}

// unlabelled says why an article has no labels of names; "" when it has.
func unlabelled(a *document.Article) string {
	if len(a.Tokens) == 0 {
		if why := a.Absent["tokens"]; why != "" {
			return "no tokens: " + why
		}
		return "" // there is nothing to read
	}
	for i := range a.Tokens {
		if a.Tokens[i].Name != "" {
			return ""
		}
	}
	return "the language has no labeller of names"
}

func explain(a *document.Article, why string) {
	if a.Absent == nil {
		a.Absent = map[string]string{}
	}
	if a.Absent[Name] == "" {
		a.Absent[Name] = why
	}
}
