package temporal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Bounds on a rule.
const (
	maxElements  = 16  // of one way through a pattern
	maxSequences = 512 // ways through one pattern
)

// element is one place of a pattern: a class, or a set of words, that a token or
// phrase must belong to.
type element struct {
	class    int32
	captures []string // names of the classes whose value it gives
	context  bool     // must be there, and is no part of the expression
}

// sequence is one way through the pattern of a rule.
type sequence struct {
	rule     int
	lead     int // elements of context before the expression
	core     int // lead and the elements of the expression
	length   int // all elements
	typ      string
	op       operation
	partSlot slot // value of the part of day, if any
	args     []arg
	mod      string
	modSlot  [3]slot // where the modifiers stand
}

// slot is the place of a value: an element of the sequence, and its first or
// second value.
type slot struct {
	element int // none where the pattern's optional part was left out
	second  bool
}

// arg is an argument of an operation.
type arg struct {
	slot    slot // of a value, else none and
	text    string
	number  int
	isInt   bool
	given   bool // false where the optional part was left out
	negated bool
}

// addRule reads "pattern = TYPE operation arguments".
func (r *Rules) addRule(line string, index int, words map[string][]entry) error {
	pattern, action, found := strings.Cut(line, " = ")
	if !found {
		return fmt.Errorf("%q has no \" = \" between pattern and value", line)
	}
	ways, err := r.parsePattern(pattern, words)
	if err != nil {
		return err
	}
	for _, word := range strings.Fields(action) {
		if name, ok := strings.CutPrefix(strings.TrimPrefix(word, "-"), "<"); ok {
			if name = strings.TrimRight(name, "23456789>"); !strings.Contains(pattern, "<"+name+">") {
				return fmt.Errorf("the value needs %s, which the pattern does not have", word)
			}
		}
	}
	for _, way := range ways {
		seq, err := compile(way, strings.Fields(action))
		if err != nil {
			return err
		}
		seq.rule = index
		node := int32(0)
		for _, e := range way {
			node = r.patterns.extend(node, e.class)
		}
		for int(node) >= len(r.accepts) {
			r.accepts = append(r.accepts, none)
		}
		if r.accepts[node] == none { // of two equal patterns the first counts
			r.accepts[node] = int32(len(r.sequences))
			r.sequences = append(r.sequences, seq)
		}
	}
	return nil
}

// parsePattern gives all the ways through a pattern. Its elements are parted by
// spaces: words, "a|b" for one of two, with "_" for the space within a phrase;
// <class> for a word of a class; "mid<month>" for a word put together.
// [brackets] hold what may be left out, (parentheses) what must stand there and
// is no part of the expression: before it or behind it.
func (r *Rules) parsePattern(pattern string, words map[string][]entry) ([][]element, error) {
	ways := [][]element{nil}
	var optional [][]element // the ways as they were before the bracket
	context := false
	for _, field := range fields(pattern) {
		switch field {
		case "[":
			if optional != nil {
				return nil, errors.New("brackets inside brackets are not read")
			}
			optional = slices.Clone(ways)
		case "]":
			if optional == nil {
				return nil, errors.New("a bracket is closed that was not opened")
			}
			ways, optional = append(ways, optional...), nil
		case "(", ")":
			if context == (field == "(") {
				return nil, errors.New("parentheses do not match")
			}
			context = field == "("
		default:
			e, err := r.element(field, words)
			if err != nil {
				return nil, err
			}
			e.context = context
			for i := range ways {
				ways[i] = append(slices.Clip(ways[i]), e)
			}
		}
		if len(ways) > maxSequences {
			return nil, fmt.Errorf("there are more than %d ways through the pattern: write two rules", maxSequences)
		}
	}
	if optional != nil || context {
		return nil, errors.New("a bracket or parenthesis is not closed")
	}
	return ways, nil
}

// fields parts a pattern at spaces and at brackets that stand by a space.
func fields(pattern string) []string {
	var out []string
	for _, f := range strings.Fields(pattern) {
		for len(f) > 1 && (f[0] == '[' || f[0] == '(') {
			out = append(out, f[:1])
			f = f[1:]
		}
		end := len(f)
		for end > 1 && (f[end-1] == ']' || f[end-1] == ')') {
			end--
		}
		out = append(out, f[:end])
		for _, c := range f[end:] {
			out = append(out, string(c))
		}
	}
	return out
}

func (r *Rules) element(field string, words map[string][]entry) (element, error) {
	if name, ok := strings.CutPrefix(field, "<"); ok && strings.IndexByte(name, '>') == len(name)-1 {
		name = name[:len(name)-1]
		if _, known := r.classes[name]; !known {
			return element{}, fmt.Errorf("there is no class <%s>", name)
		}
		return element{class: r.class(name), captures: []string{name}}, nil
	}
	class := r.class("=" + field)
	if strings.ContainsRune(field, '<') {
		captures, err := r.compound(field, class, words)
		return element{class: class, captures: captures}, err
	}
	if r.pieces[field] {
		return element{class: class}, nil
	}
	r.pieces[field] = true
	for choice := range strings.SplitSeq(field, "|") {
		if err := r.addPhrase(strings.ReplaceAll(choice, "_", " "), meaning{class, none, none}); err != nil {
			return element{}, err
		}
	}
	return element{class: class}, nil
}

// compound adds the words that "mid<month>" or "<weekday><part>" stand for.
func (r *Rules) compound(field string, class int32, words map[string][]entry) ([]string, error) {
	type made struct {
		text   string
		values []int32
	}
	all := []made{{}}
	var captures []string
	for rest := field; rest != ""; {
		literal, after, found := strings.Cut(rest, "<")
		for i := range all {
			all[i].text += literal
		}
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, ">")
		if !closed || len(words[name]) == 0 {
			return nil, fmt.Errorf("%q: there are no words of class <%s>", field, name)
		}
		captures, rest = append(captures, name), tail
		var longer []made
		for _, m := range all {
			for _, e := range words[name] {
				if strings.IndexFunc(e.phrase, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
					longer = append(longer, made{m.text + e.phrase, append(slices.Clip(m.values), e.value)})
				}
			}
		}
		all = longer
	}
	if len(captures) > 2 {
		return nil, fmt.Errorf("%q is put together of more than two classes", field)
	}
	if r.pieces[field] {
		return captures, nil
	}
	r.pieces[field] = true
	for _, m := range all {
		values := append(m.values, none)
		if err := r.addPhrase(m.text, meaning{class, values[0], values[1]}); err != nil {
			return nil, err
		}
	}
	return captures, nil
}

// compile binds the action of a rule to one way through its pattern.
func compile(way []element, action []string) (sequence, error) {
	s := sequence{length: len(way), partSlot: slot{element: none}, modSlot: [3]slot{{element: none}, {element: none}, {element: none}}}
	if len(way) == 0 || len(way) > maxElements {
		return s, fmt.Errorf("one way through the pattern has %d places, from 1 to %d are taken", len(way), maxElements)
	}
	for s.lead < len(way) && way[s.lead].context {
		s.lead++
	}
	for s.core = s.lead; s.core < len(way) && !way[s.core].context; {
		s.core++
	}
	if s.lead == s.core || slices.ContainsFunc(way[s.core:], func(e element) bool { return !e.context }) {
		return s, errors.New("parentheses may stand before and behind the expression, not inside it")
	}
	if len(action) == 0 || !slices.Contains([]string{typeDate, typeTime, typeDuration, typeSet, typeNone}, action[0]) {
		return s, fmt.Errorf("the value begins with none of %s, %s, %s, %s, %s", typeDate, typeTime, typeDuration, typeSet, typeNone)
	}
	s.typ = action[0]
	s.modSlot[0], _ = find(way, "about")
	s.modSlot[1], _ = find(way, "edge")
	s.modSlot[2], _ = find(way, "around")
	if s.typ == typeNone {
		if len(action) > 1 {
			return s, errors.New("NONE takes nothing behind it")
		}
		return s, nil
	}
	return s, s.bind(way, action[1:])
}

// bind reads "operation arguments", with "part <part>" before or "mod X" behind.
func (s *sequence) bind(way []element, action []string) error {
	if n := len(action); n >= 2 && action[n-2] == "mod" {
		s.mod = action[n-1]
		if !slices.Contains(mods[:], s.mod) {
			return fmt.Errorf("there is no modifier %q", s.mod)
		}
		action = action[:n-2]
	}
	if len(action) >= 2 && action[0] == "part" {
		place, known := find(way, strings.Trim(action[1], "<>"))
		if !known {
			return fmt.Errorf("part takes a class of the pattern, not %q", action[1])
		}
		s.partSlot, action = place, action[2:]
	}
	if len(action) == 0 {
		return errors.New("there is no operation")
	}
	op, known := operations()[action[0]]
	if !known {
		return fmt.Errorf("there is no operation %q", action[0])
	}
	s.op = op
	for _, word := range action[1:] {
		a, err := bindArg(way, word)
		if err != nil {
			return err
		}
		s.args = append(s.args, a)
	}
	if n := len(s.args); n < op.least || n > op.most {
		return fmt.Errorf("%s takes from %d to %d arguments, not %d", action[0], op.least, op.most, n)
	}
	return nil
}

func bindArg(way []element, word string) (arg, error) {
	a := arg{slot: slot{element: none}, text: word, given: true}
	word, a.negated = strings.CutPrefix(word, "-")
	if name, ok := strings.CutPrefix(word, "<"); ok && strings.HasSuffix(name, ">") {
		var known bool
		a.slot, known = find(way, strings.TrimSuffix(name, ">"))
		a.given = known
		return a, nil
	}
	if n, err := strconv.Atoi(a.text); err == nil {
		a.number, a.isInt, a.negated = n, true, false
		return a, nil
	}
	if a.negated || strings.ContainsAny(word, "<>") {
		return a, fmt.Errorf("%q is no argument", a.text)
	}
	return a, nil
}

// find looks for the value of a class in the elements; "month2" is the second of
// its class.
func find(way []element, name string) (slot, bool) {
	occurrence := 1
	if n := len(name); n > 0 && isDigit(name[n-1]) {
		occurrence, name = int(name[n-1]-'0'), name[:n-1]
	}
	for i, e := range way {
		for j, c := range e.captures {
			if c == name {
				if occurrence--; occurrence == 0 {
					return slot{i, j == 1}, true
				}
			}
		}
	}
	return slot{element: none}, false
}
