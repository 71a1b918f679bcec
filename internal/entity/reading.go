package entity

import (
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
)

// reading is what is known of one article while it is read.
type reading struct {
	people    *lang.People
	countries *lang.Countries
	home      string // alpha-3 code of the country of the newspaper, "" where it is not known
	a         *document.Article
	tokens    []document.Token
	lower     []string        // tokens in lower case
	small     map[string]bool // words that the article writes in lower case
	sentence  []int32         // the sentence of each token
	nameAt    []int32         // 1 + the name that holds the token, 0 for none
	inQuote   []bool          // the token stands between quotation marks
	told      []bool          // the token already spoke of an entity: a title, an apposition
	names     []name
	forms     []*form
	entities  []*entity
	looked    int     // pronouns and descriptions so far
	officeOf  []int32 // 1 + the entry in offices of each token, -1 for none, 0 when not looked up
	offices   []officeWord
}

// name is one name in the text.
type name struct {
	first, last int // tokens, half-open
	span        document.Span
	typ         string
	form        *form
	entity      *entity
	gender      lang.Gender // as a form of address or a noun before it shows
	family      bool        // stands for several people: the Smits
	governs     bool        // a capital that stands for a government
}

// form is all names of an article that have the same type and letters.
type form struct {
	typ   string
	text  string   // with single spaces
	words []string // of text, without a possessive ending, at most maxNameWords
	key   string   // words in lower case, by which forms are the same
	names []int32  // where it stands, in text order
	land  lang.CountryName
	lands bool // land is set
}

// entity is one person, place, body or other thing.
type entity struct {
	typ      string
	forms    []*form
	words    []string // of its fullest form; a family name that the text only implies is among them
	reversed bool     // the family name stands first
	gender   lang.Gender
	governs  []string // the codes of what a capital stands for as a government
	nation   string   // the country whose inhabitant a person is said to be
	nouns    []string
	roles    []role
	mentions []mention
	size     int // names of a body, place or thing
	last     int // token of its latest mention while names are joined, -1 before
	first    int // byte where it is first mentioned
	id       string
	full     int // times it is named in full
}

// role is an office and how it was told.
type role struct {
	document.Role
	of    *entity // the entity that Role.Of names, nil for none
	sense lang.Sense
}

// mention is one place where an entity is mentioned.
type mention struct {
	span  document.Span
	form  string
	token int // the first, or the head of a description
}

func newReading(pack lang.Pack, home string, a *document.Article) *reading {
	n := len(a.Tokens)
	r := &reading{people: pack.People, countries: pack.Countries, home: home, a: a, tokens: a.Tokens,
		lower: make([]string, n), small: make(map[string]bool, n/2), sentence: make([]int32, n), nameAt: make([]int32, n), inQuote: make([]bool, n), told: make([]bool, n), officeOf: make([]int32, n)}
	if c, ok := pack.Countries.OfAddress(a.Source, a.URL); ok {
		r.home = c.Alpha3
	}
	for i := range a.Tokens {
		text := r.text(i)
		r.lower[i] = strings.ToLower(text)
		if text == r.lower[i] {
			r.small[text] = true
		}
	}
	for i, s := range a.Sentences {
		for t := s.First; t < s.Last; t++ {
			r.sentence[t] = int32(i)
		}
	}
	r.findQuotes()
	return r
}

// text is token i as written.
func (r *reading) text(i int) string {
	s := r.tokens[i].Span
	return r.a.Raw[s.Start:s.End]
}

// bounds gives the sentence of token i, as a half-open range of tokens.
func (r *reading) bounds(i int) (first, last int) {
	s := &r.a.Sentences[r.sentence[i]]
	return s.First, s.Last
}

// head is the token on which i hangs, -1 for a root.
func (r *reading) head(i int) int {
	first, last := r.bounds(i)
	h := r.tokens[i].Head
	if h <= 0 || first+h > last {
		return -1
	}
	return first + h - 1
}

// span covers the tokens [first,last).
func (r *reading) span(first, last int) document.Span {
	return document.Span{Start: r.tokens[first].Span.Start, End: r.tokens[last-1].Span.End}
}

// named is the name that holds token i, nil for none.
func (r *reading) named(i int) *name {
	if n := r.nameAt[i]; n > 0 {
		return &r.names[n-1]
	}
	return nil
}

func (r *reading) is(kind lang.WordKind, i int) bool { return r.people.Is(kind, r.lower[i]) }

// feature tells whether the features of token i hold one such as "Number=Plur".
func (r *reading) feature(i int, want string) bool {
	return strings.Contains(r.tokens[i].Feats, want)
}

func (r *reading) plural(i int) bool { return r.feature(i, "Number=Plur") }

// findQuotes marks what stands between quotation marks, block by block. A mark
// that is never closed opens nothing.
func (r *reading) findQuotes() {
	block, open := -1, -1
	for i := range r.tokens {
		if b := r.a.Sentences[r.sentence[i]].Block; b != block {
			block, open = b, -1
		}
		opens, closes := quotationMark(r.text(i))
		switch {
		case closes && open >= 0:
			for t := open; t < i; t++ {
				r.inQuote[t] = true
			}
			open = -1
		case opens:
			open = i + 1
		}
	}
}

// quotationMark tells which a token may be. Straight marks are both; a single
// apostrophe is one only where the tokeniser left it alone.
func quotationMark(s string) (opens, closes bool) {
	switch s {
	case ",,", "„", "“", "«", "‘", "‚":
		return true, s == "“"
	case "”", "''", "»", "’":
		return false, true
	case "\"", "'", "``":
		return true, true
	}
	return false, false
}
