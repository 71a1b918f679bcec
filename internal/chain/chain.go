// Package chain builds the pipeline of Telex: the one place that says which
// steps an article passes, and in which order.
package chain

import (
	"fmt"

	"telex/internal/entity"
	"telex/internal/event"
	"telex/internal/fingerprint"
	"telex/internal/grammar"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/language"
	"telex/internal/layout"
	"telex/internal/pipeline"
	"telex/internal/place"
	"telex/internal/quote"
	"telex/internal/readable"
	"telex/internal/sentence"
	"telex/internal/timex"
)

// New loads every table and builds the chain. An error is a damaged table.
func New() (*pipeline.Pipeline, error) {
	steps, err := Steps()
	if err != nil {
		return nil, err
	}
	return pipeline.New(readable.Text, steps...), nil
}

// Steps gives the steps that an article passes, in their order.
func Steps() ([]pipeline.Step, error) {
	dutch, err := nl.New()
	if err != nil {
		return nil, fmt.Errorf("build the pipeline: %w", err)
	}
	packs := []lang.Pack{dutch}
	languages, err := language.New()
	if err != nil {
		return nil, fmt.Errorf("build the pipeline: %w", err)
	}
	places, err := place.New(packs...)
	if err != nil {
		return nil, fmt.Errorf("build the pipeline: %w", err)
	}
	return []pipeline.Step{
		layout.New(packs...),   // blocks: what is headline, text, caption, remains of the site
		languages,              // in which language it is written
		sentence.New(packs...), // sentences of each block
		grammar.New(packs...),  // words, their parts of speech, lemmas and trees
		entity.New(packs...),   // whom and what it is about, and in which office
		places,                 // where on earth its places are
		timex.New(packs...),    // when: days, hours, how long and how often
		quote.New(packs...),    // who said what
		event.New(packs...),    // who did what to whom
		fingerprint.New(),      // signatures for exact and near duplicates
	}, nil
}
