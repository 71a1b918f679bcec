// Package segment finds where sentences end. It knows no language: a language
// pack hands it word lists, and Default serves languages without a pack.
//
// The method is one pass over the text that looks at every stop once, with
// rules in the order of Grefenstette and Tapanainen, "What is a word, what is
// a sentence?" (1994): what stands before the stop (abbreviation, initial,
// number), what closes after it, and how the next word begins.
package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tables are the word lists of a language, each a string of words set apart by
// white space; a line that starts with # is a comment. Abbreviations are
// written with all their stops. Those in lower case ("o.a.") match whatever the
// case of the text, except that capitals without a stop between them are no
// abbreviation ("VS", "P"), and with stops ("P.M.") only when attached, since
// they may be initials. Those with a capital ("Joh.") match as they are.
type Tables struct {
	Never     string // abbreviations that never end a sentence: "dr."
	Titles    string // titles, which end a sentence only before a starter that is no name: "prof."
	Numbered  string // abbreviations that stand before a number, and end a sentence elsewhere: "nr."
	Endings   string // abbreviations that end a sentence before a capital: "enz."
	Attached  string // abbreviations within names, which end a sentence only before a starter: "jr."
	Starters  string // capitalised words that open a sentence and no name: "Hij"
	Particles string // starters that are also part of names: "De"
	Lettered  string // lower-case words that take a letter as a name: "vitamine"
	Ranked    string // words that follow an ordinal within a name: "FC"
	Marked    string // lower-case names with a mark of their own: "yahoo!"
	Elided    string // what follows an apostrophe that stands for lost letters: "s", "t"
}

// abbreviation says what an abbreviation does to the stop it carries.
type abbreviation uint8

const (
	notOne abbreviation = iota
	never
	titled
	numbered
	ending
	attached
)

// role says, as a set of bits, what a word does at the border of a sentence.
type role uint8

const (
	starter role = 1 << iota
	particle
	lettered
	ranked
	marked
	elided
)

// Rules say where sentences of a language end. They are immutable and may be
// used by many goroutines at once.
type Rules struct {
	abbreviations map[string]abbreviation // lower case, without the last stop
	words         map[string]role         // as written
	linking       map[string]role         // starters and particles in lower case: a line does not end on one
}

// longestEntry is the length in bytes of the longest word that is looked up.
const longestEntry = 32

// New makes rules from tables. Words longer than 32 bytes never match. Of an
// abbreviation that stands in two lists the earlier one of Tables counts.
func New(t Tables) *Rules {
	r := &Rules{
		abbreviations: map[string]abbreviation{},
		words:         map[string]role{},
		linking:       map[string]role{},
	}
	// The last list written wins, so the first of Tables comes last.
	for _, list := range []struct {
		words string
		class abbreviation
	}{{t.Attached, attached}, {t.Endings, ending}, {t.Numbered, numbered}, {t.Titles, titled}, {t.Never, never}} {
		for w := range entries(list.words) {
			r.abbreviations[strings.TrimSuffix(w, ".")] = list.class
		}
	}
	for _, list := range []struct {
		words string
		role  role
	}{
		{t.Starters, starter}, {t.Particles, particle}, {t.Lettered, lettered},
		{t.Ranked, ranked}, {t.Marked, marked}, {t.Elided, elided},
	} {
		for w := range entries(list.words) {
			r.words[w] |= list.role
			if list.role&(starter|particle) != 0 {
				r.linking[strings.ToLower(w)] |= list.role
			}
		}
	}
	return r
}

// entries yields the words of a list without its comments.
func entries(list string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(list) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			for w := range strings.FieldsSeq(line) {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// Default returns the rules for a language without a pack: the titles, company
// forms and club names that newspapers in Latin script share, initials,
// numbers, quote marks, and the stops of other scripts.
func Default() *Rules {
	return New(Tables{
		Never:    "vs. cf. ca. e.g. i.e.",
		Titles:   "dr. prof. mr. mrs. ms. st. mgr. ing. gen. col. capt. lt. sgt. sen. rep. gov. hon. rev. mme. mlle.",
		Numbered: "no. nr. art. p. pp. vol. fig. jan. feb. aug. sept. sep. oct. okt. nov. dec. dez.",
		Endings:  "etc. a.m. p.m.",
		Attached: "jr. sr. inc. corp. ltd. co. bros. n.v. b.v. s.a. u.s. u.k. u.n. e.u. d.c.",
		Ranked: "FC FSV SC SV VfL VfB Liga Bundesliga Jahrhundert Januar Jänner Februar März April Mai Juni Juli " +
			"August September Oktober November Dezember",
		Marked: "yahoo! jeopardy!",
	})
}

// abbreviationAt tells the class of the abbreviation text, which comes without
// its last stop.
func (r *Rules) abbreviationAt(text string) abbreviation {
	if len(text) > longestEntry {
		return notOne
	}
	if c, ok := r.abbreviations[text]; ok {
		return c
	}
	var buf [longestEntry]byte
	capitals, parted := 0, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
			capitals++
		}
		parted = parted || c == '.'
		buf[i] = c
	}
	if capitals == 0 || capitals == len(text) && !parted {
		return notOne
	}
	if c := r.abbreviations[string(buf[:len(text)])]; c == attached || !parted || !initialsOnly(text) {
		return c
	}
	return notOne
}

// initialsOnly tells whether text is capitals and stops.
func initialsOnly(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return c != '.' && !isUpper(c) }) < 0
}

// roleOf tells what text does, as written.
func (r *Rules) roleOf(text string) role {
	if len(text) > longestEntry {
		return 0
	}
	return r.words[text]
}

// isLower tells lower-case letters from letters that open a sentence. Georgian
// counts as lower case in Unicode, but its sentences begin with such letters.
func isLower(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c && c <= 'z'
	}
	return unicode.IsLower(c) && !unicode.Is(unicode.Georgian, c)
}

func isUpper(c rune) bool {
	if c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	return unicode.IsUpper(c) || unicode.IsTitle(c)
}

func isDigit(c rune) bool { return '0' <= c && c <= '9' }

func isWord(c rune) bool {
	if c < utf8.RuneSelf {
		return isLower(c) || isUpper(c) || isDigit(c)
	}
	return unicode.IsLetter(c) || unicode.IsDigit(c)
}
