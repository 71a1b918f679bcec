// Package temporal finds time expressions and gives them the values of TIMEX3
// (TimeML; Pustejovsky et al. 2003, ISO 24617-1). It knows no language: a
// language's Tables hold its words and its rules. As in HeidelTime (Strötgen and
// Gertz 2013) rules are patterns with a value beside them; unlike there they are
// compiled to one trie, so that reading costs the same however many they are.
package temporal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Table is a text file: its name, for messages, and what it holds.
type Table struct{ Name, Text string }

// Tables are what a language says of time, as people write it. Lines that begin
// with "#" explain.
//
// A file of Words fills one class, whose name is the file's without ".txt". Its
// lines are "value: word, words, word". The classes and their values:
//
//	number    1, 2.5, X for an unknown number   scale     1000000
//	ordinal   3; -1 for last                    suffix    - (behind digits: 3rd)
//	unit      1Y 3M 1W 1D T1H T15M, WE          rel       -1 0 1
//	month, shortmonth              1 to 12      decade    60
//	weekday, shortweekday, weekdays  1 for Monday to 7
//	part, parts  MO MI AF EV NI DT              season    SP SU FA WI
//	holiday, feast  see parseHoliday
//	about, edge, around  START END APPROX MORE_THAN LESS_THAN, or - for none
//	verb      past perfect future open report
//	joiner, name, measure, person  -
//
// Classes with two names, such as part and parts, have the same values and
// other forms; rules say where each stands. Digits of the text fill number,
// ordinal, day, hour, minute, year (1800 to 2099), anyyear (1000 to 2999), short
// ('18), clock (19.30) and full (3-6-2019). <after> and <afterspan> fit, without a
// word, behind a time of day and behind a length of time.
//
// A line of Rules is "pattern = TYPE operation arguments": see parsePattern and
// operations.
type Tables struct {
	Words []Table
	Rules []Table
}

// Rules find the time expressions of one language. They are immutable.
type Rules struct {
	lex       lexer
	phrases   trie           // from words to what they are
	meanings  [][]meaning    // by phrase node
	patterns  trie           // from classes to rules
	walk      fast           // the same, for reading
	sequences []sequence     // all the ways through the patterns
	accepts   []int32        // by pattern node: index into sequences, or none
	values    []classValue   // of the words of the tables
	classes   map[string]int // by name
	digit     digitClasses
	pieces    map[string]bool
}

// edge leads from a node to the next.
type edge struct{ label, node int32 }

// fast is a trie made for walking: the edges of each node by label. The root has
// hundreds, so it has a table.
type fast struct {
	root  []int32
	edges [][]edge
}

// freeze makes the trie fast; labels are below labels.
func (t *trie) freeze(labels int) fast {
	f := fast{root: make([]int32, labels), edges: make([][]edge, t.size)}
	for i := range f.root {
		f.root[i] = none
	}
	for key, node := range t.edges {
		from, label := int32(key>>32), int32(uint32(key))
		f.edges[from] = append(f.edges[from], edge{label, node})
	}
	for _, e := range f.edges[0] {
		f.root[e.label] = e.node
	}
	for _, edges := range f.edges {
		slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.label, b.label) })
	}
	return f
}

func (f *fast) next(node, label int32) int32 {
	if label < 0 {
		return none
	}
	if node == 0 {
		return f.root[label]
	}
	edges := f.edges[node]
	if len(edges) > 8 {
		i, ok := slices.BinarySearchFunc(edges, label, func(e edge, label int32) int { return cmp.Compare(e.label, label) })
		if !ok {
			return none
		}
		return edges[i].node
	}
	for _, e := range edges {
		if e.label == label {
			return e.node
		}
	}
	return none
}

// none is no node, no sequence, no class.
const none = -1

// trie is a tree whose edges are numbered.
type trie struct {
	edges map[uint64]int32
	size  int32
}

func newTrie() trie { return trie{edges: map[uint64]int32{}, size: 1} }

func (t *trie) next(node, edge int32) int32 {
	if n, ok := t.edges[uint64(node)<<32|uint64(uint32(edge))]; ok {
		return n
	}
	return none
}

func (t *trie) extend(node, edge int32) int32 {
	key := uint64(node)<<32 | uint64(uint32(edge))
	if n, ok := t.edges[key]; ok {
		return n
	}
	n := t.size
	t.edges[key] = n
	t.size++
	return n
}

// meaning says that a phrase belongs to a class, with one value or, for a
// compound such as "saturday-night", two.
type meaning struct {
	class         int32
	first, second int32 // indices into Rules.values, or none
}

// classValue is the value of a word in its class.
type classValue struct {
	amount  amount // number, and whole numbers of all other classes
	text    string // part, season, mod, verb
	length  length // unit
	holiday holiday
	day     [3]int // day, month, year; hour, minute
}

// digitClasses are the classes that digits belong to.
type digitClasses struct {
	number, ordinal, day, hour, minute, year, anyyear, short, clock, full, suffix, scale, joiner, name, verb, after, afterspan int32
}

// New compiles the tables. An error names file, line and reason.
func New(t Tables) (*Rules, error) {
	r := &Rules{
		lex:     lexer{ids: map[string]int32{}, exact: map[string]int32{}},
		phrases: newTrie(), patterns: newTrie(), meanings: make([][]meaning, 1), accepts: []int32{none},
		classes: map[string]int{}, pieces: map[string]bool{},
	}
	r.digit = digitClasses{
		number: r.class("number"), ordinal: r.class("ordinal"), day: r.class("day"), hour: r.class("hour"), minute: r.class("minute"),
		year: r.class("year"), anyyear: r.class("anyyear"), short: r.class("short"), clock: r.class("clock"), full: r.class("full"), suffix: r.class("suffix"),
		scale: r.class("scale"), joiner: r.class("joiner"), name: r.class("name"), verb: r.class("verb"), after: r.class("after"), afterspan: r.class("afterspan"),
	}
	words := map[string][]entry{}
	for _, table := range t.Words {
		if err := r.addWords(table, words); err != nil {
			return nil, err
		}
	}
	index := 0
	for _, table := range t.Rules {
		for number, line := range lines(table.Text) {
			if err := r.addRule(line, index, words); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", table.Name, number, err)
			}
			index++
		}
	}
	r.walk = r.patterns.freeze(len(r.classes))
	return r, nil
}

// class gives the number of a class, a new one for a new name.
func (r *Rules) class(name string) int32 {
	n, ok := r.classes[name]
	if !ok {
		n = len(r.classes)
		r.classes[name] = n
	}
	return int32(n)
}

// lines gives the lines that say something, with their numbers from 1.
func lines(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range strings.Lines(text) {
			number++
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(number, line) {
				return
			}
		}
	}
}

// entry is a phrase of a class, with the index of its value.
type entry struct {
	phrase string
	value  int32
}

func (r *Rules) addWords(t Table, words map[string][]entry) error {
	class := strings.TrimSuffix(t.Name[strings.LastIndexByte(t.Name, '/')+1:], ".txt")
	parse := valueParser(class)
	if parse == nil {
		return fmt.Errorf("%s: there is no class of words %q", t.Name, class)
	}
	for number, line := range lines(t.Text) {
		said, list, found := strings.Cut(line, ":")
		if !found {
			return fmt.Errorf("%s:%d: %q has no colon: a line is \"value: word, word\"", t.Name, number, line)
		}
		value, err := parse(strings.TrimSpace(said))
		if err != nil {
			return fmt.Errorf("%s:%d: %w", t.Name, number, err)
		}
		index := int32(len(r.values))
		r.values = append(r.values, value)
		for phrase := range strings.SplitSeq(list, ",") {
			phrase = strings.TrimSpace(phrase)
			if phrase == "" {
				return fmt.Errorf("%s:%d: there is an empty word: a comma too many", t.Name, number)
			}
			if err := r.addPhrase(phrase, meaning{r.class(class), index, none}); err != nil {
				return fmt.Errorf("%s:%d: %w", t.Name, number, err)
			}
			words[class] = append(words[class], entry{phrase, index})
		}
	}
	return nil
}

// maxPhrase is the number of pieces of the longest phrase.
const maxPhrase = 8

// addPhrase gives a phrase a meaning. A phrase with a capital fits only as it is
// written, any other in every case.
func (r *Rules) addPhrase(phrase string, m meaning) error {
	node, n := int32(0), 0
	exact := phrase != strings.ToLower(phrase)
	for _, t := range (&lexer{}).append(nil, phrase, 0, len(phrase)) {
		s := phrase[t.start:t.end]
		if t.kind == otherDigits || t.kind == clockDigits || t.kind == dateDigits || t.kind == number {
			return fmt.Errorf("%q is no word", s)
		}
		if len(s) > maxWord {
			return fmt.Errorf("%q is too long for a word", s)
		}
		node = r.phrases.extend(node, r.intern(s, exact))
		n++
	}
	if n == 0 || n > maxPhrase {
		return fmt.Errorf("%q has %d words, at most %d are taken", phrase, n, maxPhrase)
	}
	for int(node) >= len(r.meanings) {
		r.meanings = append(r.meanings, nil)
	}
	for _, old := range r.meanings[node] {
		if old == m {
			return nil
		}
		if old.class == m.class && (r.differ(old.first, m.first) || r.differ(old.second, m.second)) {
			return fmt.Errorf("%q already stands in this class with another value", phrase)
		}
	}
	r.meanings[node] = append(r.meanings[node], m)
	return nil
}

func (r *Rules) differ(a, b int32) bool {
	if a < 0 || b < 0 {
		return a != b
	}
	return r.values[a] != r.values[b]
}

// exactEdge is added to the ids of forms that fit as written, to keep them apart
// in the trie.
const exactEdge = 1 << 24

func (r *Rules) intern(s string, exact bool) int32 {
	ids, offset := r.lex.ids, int32(0)
	if exact {
		ids, offset = r.lex.exact, exactEdge
	} else {
		s = fold(s)
	}
	id, ok := ids[s]
	if !ok {
		id = int32(len(ids)) + offset
		ids[s] = id
	}
	return id
}

// Verb gives what a form says of the time of its clause: past, perfect, future,
// open or report; "" for a form that is not in the table.
func (r *Rules) Verb(form string) string {
	id, ok := r.lex.ids[fold(form)]
	if !ok {
		return ""
	}
	node := r.phrases.next(0, id)
	if node < 0 || int(node) >= len(r.meanings) {
		return ""
	}
	for _, m := range r.meanings[node] {
		if m.class == r.digit.verb {
			return r.values[m.first].text
		}
	}
	return ""
}
