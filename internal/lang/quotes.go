package lang

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Report is what a word tells of a statement that it reports.
type Report struct {
	Stance     string // one of Stances
	Direct     bool   // with words between marks, or behind a statement
	Clause     bool   // with a clause of its own
	Question   bool   // with a clause that asks
	Infinitive bool   // with an infinitive
}

// Stances lists the attitudes of a speaker that the tables may name.
func Stances() []string {
	return []string{"says", "asks", "denies", "doubts", "promises", "threatens", "warns", "praises", "criticises", "accuses", "advises", "requests"}
}

// QuoteWord is a use of a small word around statements.
type QuoteWord uint8

// The kinds of words around statements; words.txt of a pack explains them.
const (
	ThatWord QuoteWord = iota
	WhetherWord
	QuestionWord
	SourceWord
	QuotingWord
	SoWord
	PointingWord
	RelativeWord
	NegativeWord
	ConditionWord
	HearsayWord
	SelfWord
	AnyoneWord
	ByWord
	LetWord
	HeardWord
	ItWord
	ToWord
	NobodyWord
	quoteWords
)

var quoteWordNames = [quoteWords]string{"that", "whether", "question", "source", "quoting", "so", "pointing", "relative", "negative",
	"condition", "hearsay", "self", "anyone", "by", "let", "heard", "it", "to", "nobody"}

// PhraseKind says how a phrase goes with the statement whose source it shows.
type PhraseKind uint8

// The kinds of phrases.
const (
	PhraseOf      PhraseKind = iota // the speaker follows
	PhraseOwn                       // the speaker is the subject
	PhraseHearsay                   // there is no speaker
	PhraseHolds                     // a clause follows
	phraseKinds
)

var phraseKindNames = [phraseKinds]string{"of", "own", "hearsay", "holds"}

// QuotePhrase is a phrase that shows where a statement comes from.
type QuotePhrase struct {
	Kind   PhraseKind
	Stance string
	words  []string
}

// MarkFamily joins the quotation marks that close each other.
type MarkFamily uint8

// The families of quotation marks.
const (
	DoubleMark MarkFamily = iota
	SingleMark
	AngleMark
	markFamilies
)

var markFamilyNames = [markFamilies]string{"double", "single", "angle"}

// Mark is a quotation mark and what it may do.
type Mark struct {
	Text          string
	Family        MarkFamily
	Opens, Closes bool
}

// Quotes is what a language says of reported statements. It is immutable.
type Quotes struct {
	verbs   map[verbForm]Report
	apart   map[string][]string // the particles of the forms that report with one
	nouns   map[string]string
	words   [quoteWords]map[string]bool
	phrases map[string][]QuotePhrase // by the first word, longest first
	marks   [256][]Mark              // by the first byte, longest first
	elided  map[string]bool
}

type verbForm struct{ form, particle string }

// Verb tells what a form of a verb, in lower case, reports; particle is the
// separable part that stands elsewhere in its clause, "" for none.
func (q *Quotes) Verb(form, particle string) (Report, bool) {
	r, ok := q.verbs[verbForm{form, particle}]
	return r, ok
}

// Particles lists the separable parts with which a form of a verb reports.
func (q *Quotes) Particles(form string) []string { return q.apart[form] }

// Noun tells the stance of a noun, in lower case, that stands for something said.
func (q *Quotes) Noun(word string) (stance string, ok bool) {
	stance, ok = q.nouns[word]
	return stance, ok
}

// Is tells whether a word in lower case is of a kind.
func (q *Quotes) Is(kind QuoteWord, word string) bool { return q.words[kind][word] }

// Phrase finds the longest phrase that begins with the first of words, which are
// in lower case, and how many of them it has; 0 for none.
func (q *Quotes) Phrase(words []string) (QuotePhrase, int) {
	if len(words) == 0 {
		return QuotePhrase{}, 0
	}
	for _, p := range q.phrases[words[0]] {
		if len(p.words) <= len(words) && slices.Equal(p.words, words[:len(p.words)]) {
			return p, len(p.words)
		}
	}
	return QuotePhrase{}, 0
}

// Mark finds the quotation mark with which text begins.
func (q *Quotes) Mark(text string) (Mark, bool) {
	if text == "" {
		return Mark{}, false
	}
	for _, m := range q.marks[text[0]] {
		if strings.HasPrefix(text, m.Text) {
			return m, true
		}
	}
	return Mark{}, false
}

// Elided tells whether a word in lower case is written with an apostrophe before it.
func (q *Quotes) Elided(word string) bool { return q.elided[word] }

// QuoteTables are the tables that NewQuotes reads; each says its own form at its beginning.
type QuoteTables struct{ Verbs, Words, Phrases, Nouns, Marks Table }

// NewQuotes reads the tables. An error names table, line and reason.
func NewQuotes(t QuoteTables) (*Quotes, error) {
	q := &Quotes{verbs: map[verbForm]Report{}, apart: map[string][]string{}, nouns: map[string]string{},
		phrases: map[string][]QuotePhrase{}, elided: map[string]bool{}}
	for i := range q.words {
		q.words[i] = map[string]bool{}
	}
	seen := map[string]bool{}
	for _, read := range []struct {
		table Table
		line  func(string) error
	}{
		{t.Verbs, func(line string) error { return q.verbLine(line, seen) }},
		{t.Words, q.wordLine}, {t.Phrases, q.phraseLine}, {t.Nouns, q.nounLine}, {t.Marks, q.markLine},
	} {
		if err := eachLine(read.table, read.line); err != nil {
			return nil, err
		}
	}
	for i, words := range q.words {
		if len(words) == 0 {
			return nil, fmt.Errorf("%s: there is no line of the kind %s", t.Words.File, quoteWordNames[i])
		}
	}
	return q, nil
}

// verbLine reads "toe|geven: says; d c; geef geeft geven".
func (q *Quotes) verbLine(line string, seen map[string]bool) error {
	verb, rest, err := pair(line, ":")
	if err != nil {
		return err
	}
	if seen[verb] {
		return fmt.Errorf("the verb %q stands twice", verb)
	}
	seen[verb] = true
	parts := strings.Split(rest, ";")
	if len(parts) != 3 {
		return fmt.Errorf("%q has %d parts between semicolons behind the verb, not stance; uses; forms", line, len(parts))
	}
	report, err := parseReport(strings.TrimSpace(parts[0]), strings.Fields(parts[1]))
	if err != nil {
		return err
	}
	forms := strings.Fields(parts[2])
	if len(forms) == 0 {
		return fmt.Errorf("the verb %q has no forms", verb)
	}
	particle, _, separable := strings.Cut(verb, "|")
	if !separable {
		particle = ""
	}
	for _, form := range forms {
		if form != strings.ToLower(form) {
			return fmt.Errorf("the form %q is not in lower case", form)
		}
		q.addVerb(verbForm{form, particle}, report)
		if separable {
			q.apart[form] = append(q.apart[form], particle)
			q.addVerb(verbForm{particle + form, ""}, report)
		}
	}
	return nil
}

// addVerb joins what two verbs with the same form report; the stance is of the first.
func (q *Quotes) addVerb(form verbForm, r Report) {
	if old, ok := q.verbs[form]; ok {
		r = Report{old.Stance, r.Direct || old.Direct, r.Clause || old.Clause, r.Question || old.Question, r.Infinitive || old.Infinitive}
	}
	q.verbs[form] = r
}

func parseReport(stance string, uses []string) (Report, error) {
	r := Report{Stance: stance}
	if err := checkStance(stance); err != nil {
		return r, err
	}
	for _, use := range uses {
		switch use {
		case "d":
			r.Direct = true
		case "c":
			r.Clause = true
		case "q":
			r.Question = true
		case "t":
			r.Infinitive = true
		default:
			return r, fmt.Errorf("the use %q is none of d, c, q, t", use)
		}
	}
	if len(uses) == 0 {
		return r, errors.New("there is no use")
	}
	return r, nil
}

func checkStance(stance string) error {
	if !slices.Contains(Stances(), stance) {
		return fmt.Errorf("the stance %q is none of %s", stance, strings.Join(Stances(), ", "))
	}
	return nil
}

// wordLine reads "kind: word word".
func (q *Quotes) wordLine(line string) error {
	kind, words, err := pair(line, ":")
	if err != nil {
		return err
	}
	i := slices.Index(quoteWordNames[:], kind)
	if i < 0 {
		return fmt.Errorf("%q is no kind of words", kind)
	}
	for word := range strings.FieldsSeq(words) {
		q.words[i][word] = true
	}
	return nil
}

// phraseLine reads "kind: stance; phrase, phrase".
func (q *Quotes) phraseLine(line string) error {
	kind, rest, err := pair(line, ":")
	if err != nil {
		return err
	}
	stance, phrases, err := pair(rest, ";")
	if err != nil {
		return err
	}
	i := slices.Index(phraseKindNames[:], kind)
	if i < 0 {
		return fmt.Errorf("%q is no kind of phrases", kind)
	}
	if err := checkStance(stance); err != nil {
		return err
	}
	for phrase := range strings.SplitSeq(phrases, ",") {
		words := strings.Fields(phrase)
		if len(words) < 2 {
			return fmt.Errorf("%q is not of several words", phrase)
		}
		list := append(q.phrases[words[0]], QuotePhrase{PhraseKind(i), stance, words})
		slices.SortStableFunc(list, func(a, b QuotePhrase) int { return len(b.words) - len(a.words) })
		q.phrases[words[0]] = list
	}
	return nil
}

// nounLine reads "stance: noun noun".
func (q *Quotes) nounLine(line string) error {
	stance, nouns, err := pair(line, ":")
	if err != nil {
		return err
	}
	if err := checkStance(stance); err != nil {
		return err
	}
	for noun := range strings.FieldsSeq(nouns) {
		if old, twice := q.nouns[noun]; twice {
			return fmt.Errorf("%q already stands under %s", noun, old)
		}
		q.nouns[noun] = stance
	}
	return nil
}

// markLine reads "double opens: marks" and "apostrophe: words".
func (q *Quotes) markLine(line string) error {
	kind, rest, err := pair(line, ":")
	if err != nil {
		return err
	}
	if kind == "apostrophe" {
		for word := range strings.FieldsSeq(rest) {
			q.elided[word] = true
		}
		return nil
	}
	name, use, _ := strings.Cut(kind, " ")
	family := slices.Index(markFamilyNames[:], name)
	if family < 0 {
		return fmt.Errorf("%q is no family of marks", name)
	}
	if use != "opens" && use != "closes" && use != "both" {
		return fmt.Errorf("%q is none of opens, closes, both", use)
	}
	for text := range strings.FieldsSeq(rest) {
		list := append(q.marks[text[0]], Mark{text, MarkFamily(family), use != "closes", use != "opens"})
		slices.SortStableFunc(list, func(a, b Mark) int { return len(b.Text) - len(a.Text) })
		q.marks[text[0]] = list
	}
	return nil
}
