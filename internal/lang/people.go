package lang

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Gender is that of a person, as far as a word shows it.
type Gender uint8

// The genders that words show.
const (
	AnyGender Gender = iota
	Male
	Female
)

// Office is what a word says of the part that a person has: president,
// spokesperson, coach, victim.
type Office struct {
	ID     string // English, in snake case: "prime_minister"
	Gender Gender
	Before string // what a compound has before the office: "VVD" of "VVD-leider"; "" for none
	Sense  Sense  // former: oud-premier
}

// Sense is how a word before an office changes it.
type Sense string

// The senses of words before offices; "" for one that is held as it is.
const (
	Former  Sense = "former"
	Acting  Sense = "acting"
	Deputy  Sense = "deputy"
	Future  Sense = "future"
	Present Sense = "present"
)

// Pronoun is what a personal or possessive pronoun of the third person says.
type Pronoun struct {
	Gender Gender
	Plural bool // a verb in the plural makes it stand for several
	Owner  bool // it is always possessive
}

// WordKind is a use of a small word around names.
type WordKind uint8

// The kinds of words around names.
const (
	Particle WordKind = iota
	FamilyFirst
	NameSuffix
	Acronymless
	Definite
	Indefinite
	Negative
	Of
	And
	As
	Copula
	Relative
	Family
	PluralTag   // a part of a language-specific tag, as written
	Area        // a noun for a stretch of land: zone
	Venue       // a noun for a place, right before its name: hotel
	Thing       // a noun for a work or a thing, right before its name: film
	Animal      // a noun for an animal, right before its name: hengst
	Governs     // the dictionary form of a verb whose subject, a capital, is a government: weigeren
	Addresses   // the same of its object: waarschuwen
	Dealing     // a noun for what governments have with each other: relatie
	Against     // a preposition between such a noun and a capital: met, tegen
	According   // a word before the one who says so: volgens
	Political   // an adjective that makes a capital its government: politiek
	HeadOffice  // the identifier of an office at the head of a state or government
	StateOffice // the identifier of another office of one state
	HomeOffice  // a word for an office that only the country of the language has: kamerlid
	wordKinds
)

var wordKindNames = [wordKinds]string{"particle", "familyfirst", "suffix", "acronymless", "definite", "indefinite", "negative", "of", "and", "as", "copula", "relative", "family", "pluraltag", "area", "venue", "thing", "animal",
	"governs", "addresses", "dealing", "against", "according", "political", "headoffice", "stateoffice", "homeoffice"}

// People is what a language says of people and bodies: their offices, the words
// and pronouns that stand for them, and of what their names are made. Words are
// looked up in lower case unless said otherwise. It is immutable.
type People struct {
	offices       map[string]Office
	officeEnds    map[string]Office   // words that longer words may end in
	phrases       map[string][]phrase // by the first word, longest first
	wider         map[string]map[string]bool
	beginnings    map[string]Sense // of a compound, with their hyphen
	modifiers     map[string]Sense // adjectives that change an office
	persons       map[string]person
	given         map[string]Gender
	pronouns      map[string]Pronoun
	words         [wordKinds]map[string]bool
	leaders       map[string]string // codes of countries by the names of their heads
	organisations map[string]bool
	organEnds     map[string]bool
	longestEnd    int
}

type phrase struct {
	words  []string
	office Office
}

type person struct {
	gender  Gender
	address bool
}

// Office finds the office that a word stands for, in lower case or as written.
// Compounds are taken apart: "oud-premier", "VVD-leider", "Fordtopman".
func (p *People) Office(word string) (Office, bool) {
	word = strings.ReplaceAll(word, "’", "'")
	lower := strings.ToLower(word)
	if o, ok := p.offices[lower]; ok {
		return o, true
	}
	if len(lower) != len(word) || len(word) > maxCompound {
		return Office{}, false
	}
	if i := strings.IndexByte(lower, '-'); i > 0 && p.beginnings[lower[:i+1]] != "" {
		o, ok := p.Office(word[i+1:])
		o.Sense = p.beginnings[lower[:i+1]]
		return o, ok
	}
	if i := strings.LastIndexByte(lower, '-'); i > 0 && i+1 < len(lower) {
		o, ok := p.simple(lower[i+1:])
		o.Before = word[:i]
		return o, ok
	}
	for n := min(p.longestEnd, len(lower)-minModifier); n >= minEnding; n-- {
		i := len(lower) - n
		if o, ok := p.officeEnds[lower[i:]]; ok && utf8.RuneStart(lower[i]) {
			o.Before = word[:i]
			return o, true
		}
	}
	return Office{}, false
}

// simple finds the office of a word, or of the end of a closed compound.
func (p *People) simple(lower string) (Office, bool) {
	if o, ok := p.offices[lower]; ok {
		return o, true
	}
	for n := min(p.longestEnd, len(lower)-minModifier); n >= minEnding; n-- {
		if o, ok := p.officeEnds[lower[len(lower)-n:]]; ok {
			return o, true
		}
	}
	return Office{}, false
}

const (
	maxCompound = 60 // bytes of a word that is taken apart
	minModifier = 3  // bytes before the ending of a closed compound
	minEnding   = 3  // bytes of such an ending
)

// Phrase finds the longest office of several words that begins with the first of
// words, which are in lower case, and how many words it has; 0 for none.
func (p *People) Phrase(words []string) (Office, int) {
	if len(words) == 0 {
		return Office{}, 0
	}
next:
	for _, ph := range p.phrases[words[0]] {
		if len(ph.words) > len(words) {
			continue
		}
		for i, w := range ph.words {
			if words[i] != w {
				continue next
			}
		}
		return ph.office, len(ph.words)
	}
	return Office{}, 0
}

// MaxPhrase is the number of words of the longest phrase that Phrase knows.
const MaxPhrase = 6

// Covers tells whether one who holds office may be called by the word for wider.
func (p *People) Covers(wider, office string) bool {
	return wider == office || p.wider[wider][office]
}

// Modifies is how an adjective in lower case changes an office without making it
// another: voormalige, waarnemend; "" for other words.
func (p *People) Modifies(word string) Sense { return p.modifiers[word] }

// Person tells whether a noun in lower case stands for a person, by which gender,
// and whether it is a form of address before a name.
func (p *People) Person(word string) (gender Gender, address, ok bool) {
	found, ok := p.persons[word]
	return found.gender, found.address, ok
}

// Given is the gender that a given name, as written, has; AnyGender for one that
// is not known. A double name has that of its first part.
func (p *People) Given(name string) Gender {
	if g, ok := p.given[name]; ok {
		return g
	}
	if first, _, double := strings.Cut(name, "-"); double {
		return p.given[first]
	}
	return AnyGender
}

// Pronoun finds a pronoun in lower case.
func (p *People) Pronoun(word string) (Pronoun, bool) {
	found, ok := p.pronouns[word]
	return found, ok
}

// Is tells whether a word is of a kind. FamilyFirst, NameSuffix and PluralTag
// are as written, all other kinds in lower case.
func (p *People) Is(kind WordKind, word string) bool { return p.words[kind][word] }

// Leader is the alpha-3 code of the country that has or had a head of state or
// government of that name, as written; "" for others.
func (p *People) Leader(name string) string { return p.leaders[name] }

// Organisation tells whether a noun in lower case stands for a body of people.
func (p *People) Organisation(word string) bool {
	if p.organisations[word] {
		return true
	}
	for n := min(p.longestEnd, len(word)-minModifier); n >= minEnding; n-- {
		if p.organEnds[word[len(word)-n:]] {
			return true
		}
	}
	return false
}

// PeopleTables are the tables that NewPeople reads. Lines that begin with "#"
// explain; each table says its own form at its beginning.
type PeopleTables struct {
	Offices, Prefixes, Persons, Pronouns, Words Table
	GivenMale, GivenFemale, Leaders             Table
}

// NewPeople reads the tables. An error names table, line and reason.
func NewPeople(t PeopleTables) (*People, error) {
	p := &People{
		offices: map[string]Office{}, officeEnds: map[string]Office{}, phrases: map[string][]phrase{}, wider: map[string]map[string]bool{},
		beginnings: map[string]Sense{}, modifiers: map[string]Sense{}, persons: map[string]person{}, given: map[string]Gender{},
		pronouns: map[string]Pronoun{}, leaders: map[string]string{}, organisations: map[string]bool{}, organEnds: map[string]bool{},
	}
	for i := range p.words {
		p.words[i] = map[string]bool{}
	}
	for _, read := range []struct {
		table Table
		line  func(string) error
	}{
		{t.Offices, p.officeLine}, {t.Prefixes, p.prefixLine}, {t.Persons, p.personLine}, {t.Pronouns, p.pronounLine}, {t.Words, p.wordLine},
		{t.GivenMale, func(line string) error { return p.givenLine(line, Male) }},
		{t.GivenFemale, func(line string) error { return p.givenLine(line, Female) }}, {t.Leaders, p.leaderLine},
	} {
		if err := eachLine(read.table, read.line); err != nil {
			return nil, err
		}
	}
	if err := p.check(t); err != nil {
		return nil, err
	}
	return p, nil
}

// eachLine gives the lines of a table that are not empty and explain nothing.
func eachLine(t Table, read func(string) error) error {
	number, some := 0, false
	for line := range strings.Lines(t.Text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		some = true
		if err := read(line); err != nil {
			return fmt.Errorf("%s:%d: %w", t.File, number, err)
		}
	}
	if !some {
		return fmt.Errorf("%s: the table is empty", t.File)
	}
	return nil
}
