// Package nl is the Dutch language pack: the word lists, rules and trained models
// by which the steps read Dutch and Flemish newspapers.
package nl

import (
	"fmt"

	"telex/internal/lang"
	"telex/internal/lang/nl/models"
)

// New makes the whole pack. It takes some tenths of a second, nearly all for the
// models; make it once. An error says which table or model is damaged, and where.
func New() (lang.Pack, error) {
	pack, err := Rules()
	if err != nil {
		return lang.Pack{}, err
	}
	if pack.Grammar.Parser, err = models.Grammar(); err != nil {
		return lang.Pack{}, fmt.Errorf("load the Dutch models: %w", err)
	}
	if pack.Grammar.Lemmas, err = models.Lemmas(); err != nil {
		return lang.Pack{}, fmt.Errorf("load the Dutch models: %w", err)
	}
	if pack.Grammar.Names, err = models.Names(pack.Grammar.Listed); err != nil {
		return lang.Pack{}, fmt.Errorf("load the Dutch models: %w", err)
	}
	if pack.Judge, err = models.Events(); err != nil {
		return lang.Pack{}, fmt.Errorf("load the Dutch models: %w", err)
	}
	return pack, nil
}

// Rules makes the pack without its trained models, in a few milliseconds: for
// tools and tests of the steps that need none. An error names the line of a table
// that cannot be read.
func Rules() (lang.Pack, error) {
	pack := lang.Pack{Code: "nl", Site: site(), Sentences: sentences(), Grammar: &lang.Grammar{}}
	var err error
	if pack.Grammar.Tokens, err = tokens(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Countries, err = countries(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Places, err = places(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.People, err = people(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Times, err = times(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Quotes, err = quotes(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Events, err = events(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Senses, err = senses(); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	if pack.Grammar.Listed, err = names(pack); err != nil {
		return lang.Pack{}, fmt.Errorf("read the Dutch tables: %w", err)
	}
	return pack, nil
}
