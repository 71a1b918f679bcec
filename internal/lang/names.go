package lang

import (
	"fmt"
	"strings"
	"unicode"

	"telex/internal/nlp/lexicon"
	"telex/internal/nlp/namer"
	"telex/internal/nlp/tokenize"
)

// NewNameLists makes the lists of names that the labeller of names asks: each
// table is one list, and their order is part of what a labeller has learned. A
// line holds names between commas; lines that begin with "#" explain. An error
// names table, line and reason.
func NewNameLists(tokens *tokenize.Rules, people *People, countries *Countries, tables ...Table) (namer.Lists, error) {
	b := nameBuilder{tokens: tokens, entries: map[string]lexicon.Marks{}}
	for i, t := range tables {
		b.mark = 1 << i
		if b.mark > namer.Phrases {
			return namer.Lists{}, fmt.Errorf("%s: there are more lists of names than can be told apart", t.File)
		}
		if err := eachLine(t, b.line); err != nil {
			return namer.Lists{}, err
		}
	}
	classes := wordClasses{people, countries}
	return namer.Lists{Own: lexicon.New(b.entries), Words: classes.of}, nil
}

type nameBuilder struct {
	tokens  *tokenize.Rules
	mark    lexicon.Marks
	entries map[string]lexicon.Marks
}

// line adds the names of a line, divided into words as a text is.
func (b *nameBuilder) line(line string) error {
	for name := range strings.SplitSeq(line, ",") {
		name = strings.TrimSpace(name)
		if !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }) {
			return fmt.Errorf("the name %q has neither capital nor digit", name)
		}
		var words []string
		for _, t := range b.tokens.Append(nil, name, 0) {
			words = append(words, name[t.Start:t.End])
		}
		if len(words) > namer.MaxPhrase {
			return fmt.Errorf("the name %q has %d words, at most %d are looked for", name, len(words), namer.MaxPhrase)
		}
		key := strings.Join(words, " ")
		if b.entries[key]&b.mark != 0 {
			return fmt.Errorf("the name %q stands twice", name)
		}
		b.entries[key] |= b.mark
	}
	return nil
}

// Classes of single words. Their order is part of what a labeller has learned.
const (
	officeClass lexicon.Marks = 1 << iota
	compoundOfficeClass
	personClass
	addressClass
	maleClass
	femaleClass
	bodyClass
	particleClass
	suffixClass
	countryClass
	adjectiveClass
	inhabitantClass
	familyClass
)

// wordClasses tells of a word by itself what the tables of people and countries
// know of it.
type wordClasses struct {
	people    *People
	countries *Countries
}

func (c wordClasses) of(word string) lexicon.Marks {
	if len(word) < 2 || len(word) > maxCompound {
		return 0
	}
	lower := strings.ToLower(word)
	m := c.names(word)
	if o, ok := c.people.Office(word); ok {
		m |= officeClass
		if o.Before != "" {
			m |= compoundOfficeClass
		}
	}
	if _, address, ok := c.people.Person(lower); ok {
		m |= personClass
		if address {
			m |= addressClass
		}
	}
	if c.people.Organisation(lower) {
		m |= bodyClass
	}
	if c.people.Is(Particle, lower) {
		m |= particleClass
	}
	if c.people.Is(Family, lower) {
		m |= familyClass
	}
	return m
}

// names gives the classes that a word has by its capital.
func (c wordClasses) names(word string) (m lexicon.Marks) {
	if word == strings.ToLower(word) {
		return 0
	}
	switch c.people.Given(word) {
	case Male:
		m |= maleClass
	case Female:
		m |= femaleClass
	case AnyGender:
	}
	if c.people.Is(NameSuffix, word) {
		m |= suffixClass
	}
	if name, ok := c.countries.Find(word); ok {
		switch name.Kind {
		case CountryByName:
			m |= countryClass
		case CountryByAdjective:
			m |= adjectiveClass
		case CountryByInhabitant:
			m |= inhabitantClass
		case CountryByCapital, CountryBySeat:
		}
	}
	return m
}
