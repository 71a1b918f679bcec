package temporal

import "strings"

// item is something that stands at a token: a word or number of a class, up to
// the token at end.
type item struct {
	class         int32
	end           int32
	first, second int32 // values: below len(Rules.values) of the tables, above of the text
}

// scan holds one sentence while it is read. Its slices are used again.
type scan struct {
	*Rules
	text       string
	tokens     []token
	items      []item
	at         []int32      // where in items those of each token begin, and the end
	own        []classValue // values of numbers of the text
	path       [maxElements]step
	best       match
	after      int // the token behind the last expression, where <after> or <afterspan> fits
	afterClass int32
}

// step is one element of a pattern and what stands there.
type step struct {
	item  item
	token int32 // first token
}

// match is a way through a pattern that fits the tokens.
type match struct {
	seq  int32 // index into Rules.sequences, or none
	path [maxElements]step
	end  int32 // behind the last token, context included
}

// read cuts text[start:end] and finds what stands at each token.
func (s *scan) read(text string, start, end int) {
	s.text = text
	s.tokens = s.lex.append(s.tokens[:0], text, start, end)
	s.items, s.at, s.own = s.items[:0], s.at[:0], s.own[:0]
	for i := range s.tokens {
		s.at = append(s.at, int32(len(s.items)))
		s.words(i)
		s.numbers(i)
	}
	s.at = append(s.at, int32(len(s.items)))
}

func (s *scan) value(i int32) classValue {
	if int(i) < len(s.values) {
		return s.values[i]
	}
	return s.own[int(i)-len(s.values)]
}

// words adds what the phrases of the tables say of the tokens from i on.
func (s *scan) words(i int) {
	s.phrasesAt(i, i, 0)
}

// phrasesAt follows the words as they are and, where a table has a capital, as they
// are written; there are few of those.
func (s *scan) phrasesAt(from, i int, node int32) {
	for ; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if t.exact != unknown {
			if n := s.phrases.next(node, t.exact); n != none {
				s.mean(from, i+1, n)
				s.phrasesAt(from, i+1, n)
			}
		}
		if t.id == unknown {
			return
		}
		if node = s.phrases.next(node, t.id); node == none {
			return
		}
		s.mean(from, i+1, node)
	}
}

func (s *scan) mean(from, end int, node int32) {
	if int(node) >= len(s.meanings) {
		return
	}
	for _, m := range s.meanings[node] {
		it := item{class: m.class, end: int32(end), first: m.first, second: m.second}
		s.items = append(s.items, it)
		if m.class == s.digit.number {
			s.small(it, s.values[m.first].amount)
		}
	}
}

// small adds the day and hour that a number may be.
func (s *scan) small(it item, a amount) {
	n, ok := a.int()
	if !ok {
		return
	}
	if n >= 1 && n <= 31 {
		it.class = s.digit.day
		s.items = append(s.items, it)
	}
	if n <= 24 {
		it.class = s.digit.hour
		s.items = append(s.items, it)
	}
}

// add adds a number of the text.
func (s *scan) add(class int32, end int, v classValue) {
	i := int32(len(s.values) + len(s.own))
	s.own = append(s.own, v)
	s.items = append(s.items, item{class: class, end: int32(end), first: i, second: none})
}

// numbers adds what the digits at token i may be.
func (s *scan) numbers(i int) {
	t := s.tokens[i]
	switch t.kind {
	case clockDigits:
		s.add(s.digit.clock, i+1, classValue{day: [3]int{t.a, t.b}})
	case dateDigits:
		s.add(s.digit.full, i+1, classValue{day: [3]int{t.a, t.b, t.c}})
	case otherDigits:
		if t.c == shortYear {
			s.add(s.digit.short, i+1, classValue{amount: whole(t.a)})
		}
	case number:
		s.amount(i, amount{milli: t.milli})
	case digits:
		s.integer(i, t)
	}
}

func (s *scan) integer(i int, t token) {
	width := t.end - t.start
	v := classValue{amount: whole(t.a)}
	leading := s.text[t.start] == '0' && width > 1
	if width == 2 && t.a < 60 {
		s.add(s.digit.minute, i+1, v)
	}
	if leading && width != 2 {
		return
	}
	if !leading {
		s.amount(i, v.amount)
	}
	if t.a >= 1 && t.a <= 31 {
		s.add(s.digit.day, i+1, v)
		if end := i + 1; end < len(s.tokens) && s.tokens[end].glued && s.tokens[end].kind == word && s.has(end, s.digit.suffix) {
			s.add(s.digit.ordinal, end+1, v)
		}
	}
	if t.a <= 24 {
		s.add(s.digit.hour, i+1, v)
	}
	if width == 4 && t.a >= 1000 && t.a <= 2999 {
		s.add(s.digit.anyyear, i+1, v)
		if t.a >= 1800 && t.a < 2100 {
			s.add(s.digit.year, i+1, v)
		}
	}
}

// amount adds a number and, before a word such as million, the product.
func (s *scan) amount(i int, a amount) {
	s.add(s.digit.number, i+1, classValue{amount: a})
	if i+1 >= len(s.tokens) {
		return
	}
	if v, ok := s.lookup(i+1, s.digit.scale); ok && a.milli < 1e9 {
		s.add(s.digit.number, i+2, classValue{amount: amount{milli: a.milli * (v.amount.milli / 1000)}})
	}
}

// lookup gives the value of the single token i in a class of the tables.
func (s *scan) lookup(i int, class int32) (classValue, bool) {
	id := s.tokens[i].id
	if id == unknown {
		return classValue{}, false
	}
	node := s.phrases.next(0, id)
	if node == none || int(node) >= len(s.meanings) {
		return classValue{}, false
	}
	for _, m := range s.meanings[node] {
		if m.class == class {
			return s.value(m.first), true
		}
	}
	return classValue{}, false
}

func (s *scan) has(i int, class int32) bool {
	_, ok := s.lookup(i, class)
	return ok
}

// search gives the match at token i. Where one that begins behind the context of
// the first reaches further, it is that one.
func (s *scan) search(i int) *match {
	m := s.find(i)
	if m == nil || s.sequences[m.seq].lead == 0 {
		return m
	}
	from, to := s.core(m)
	first := *m
	if m = s.find(from); m != nil {
		if _, further := s.core(m); further > to {
			return m
		}
	}
	s.best = first
	return &s.best
}

// find gives the longest match that begins at token i; of two as long the one
// whose rule stands first.
func (s *scan) find(i int) *match {
	s.best.seq, s.best.end = none, int32(i)
	s.follow(i, 0, 0)
	if s.best.seq == none {
		return nil
	}
	return &s.best
}

func (s *scan) follow(i int, node int32, depth int) {
	if int(node) < len(s.accepts) {
		if seq := s.accepts[node]; seq != none {
			end := int32(i)
			if end > s.best.end || end == s.best.end && s.best.seq != none && s.sequences[seq].rule < s.sequences[s.best.seq].rule {
				s.best.seq, s.best.end, s.best.path = seq, end, s.path
			}
		}
	}
	if i >= len(s.tokens) || depth == maxElements {
		return
	}
	if i == s.after {
		if n := s.walk.next(node, s.afterClass); n != none {
			s.path[depth] = step{item{s.afterClass, int32(i), none, none}, int32(i)}
			s.follow(i, n, depth+1)
		}
	}
	for _, it := range s.items[s.at[i]:s.at[i+1]] {
		if n := s.walk.next(node, it.class); n != none {
			s.path[depth] = step{it, int32(i)}
			s.follow(int(it.end), n, depth+1)
		}
	}
}

// core gives the tokens of the expression itself.
func (s *scan) core(m *match) (from, to int) {
	seq := &s.sequences[m.seq]
	return int(m.path[seq.lead].token), int(m.path[seq.core-1].item.end)
}

// separate tells whether the expression stands by itself: a hyphen, dot or
// slash may part it from other times only, not from a word or a number that it
// would be cut from: NU.nl, 24-3, mei-akkoord.
func (s *scan) separate(from, to int) bool {
	if from > 0 && s.tokens[from].glued {
		before := s.tokens[from-1]
		if before.kind != mark || s.text[before.start] == '@' || s.text[before.start] == '#' {
			return false
		}
		if s.binds(from-1) && before.glued && from > 1 && s.tokens[from-2].kind != mark && !s.temporal(from-2) {
			return false
		}
	}
	if to >= len(s.tokens) || !s.tokens[to].glued {
		return true
	}
	if s.tokens[to].kind != mark {
		return false
	}
	if !s.binds(to) || to+1 >= len(s.tokens) || !s.tokens[to+1].glued || s.tokens[to+1].kind == mark {
		return true
	}
	if s.text[s.tokens[to].start] == '.' && s.tokens[to+1].upper {
		return true // a space was lost between two sentences
	}
	return s.temporal(to + 1)
}

// binds tells whether a mark makes one word of what stands on its two sides.
func (s *scan) binds(i int) bool {
	t := s.tokens[i]
	return strings.Contains("-–./@_&#:'’+*=%€$£", s.text[t.start:t.end])
}

// temporal tells whether a token may be part of a time.
func (s *scan) temporal(i int) bool {
	for _, it := range s.items[s.at[i]:s.at[i+1]] {
		switch {
		case it.class == s.digit.name || it.class == s.digit.joiner || it.class == s.digit.verb || it.class == s.digit.number:
		case it.first != none:
			return true
		}
	}
	return false
}

// named tells whether the expression is part of a name: a word, which is also a
// name, with a capital that no sentence gave it or with a name behind it.
func (s *scan) named(from, to int) bool {
	last := to - 1
	if to-from > 2 || !s.tokens[last].upper || !s.has(last, s.digit.name) {
		return false
	}
	if to-from == 2 { // an article before it took the capital of the sentence
		return s.tokens[from].kind == word
	}
	if to < len(s.tokens) && s.tokens[to].upper && !s.tokens[to].glued {
		return true
	}
	return from > 0 && s.tokens[from-1].kind == word
}
