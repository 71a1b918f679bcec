package namer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/nlp/lexicon"
)

// word is a token as features see it: mostly hashes.
type word struct {
	form        string
	full, lower uint64    // of the form, and of it in lower case
	starts      [3]uint64 // of the first 2, 3, 4 letters in lower case; 0 where the word is shorter
	ends        [5]uint64 // of the last 1 to 5
	shape       uint64    // of the shape, runs shortened: "Xx", "X.", "d-x"
	long        uint64    // of the shape letter by letter
	part        uint64    // of what stands before the first hyphen, 0 without one
	stem        uint64    // of the form without a genitive ending, 0 without one
	upos, xpos  uint64
	deprel      uint64
	head        int // index in the sentence, -1 for the root
	look        look
	opening     bool // a listed name can begin here
	capital     bool // has a capital anywhere
	far         bool // no capital is near: no name
	known       lexicon.Marks
	class       lexicon.Marks
	learned     listed
	own         listed
	signature   uint64 // of all that the lists say
}

// look is the coarse shape of a word.
type look uint64

const (
	other look = iota + 1
	small
	initial
	shout
	mixed
	letter
	initials
	number
	digits
	punctuation
)

// Hashes are FNV-1a, as those of package lexicon.
const (
	offset = uint64(lexicon.Begin)
	prime  = 1099511628211
)

func hashText(text string) uint64 { return uint64(lexicon.Begin.Add(text)) }

func hashRune(h uint64, r rune) uint64 { return (h ^ uint64(r)) * prime }

// mix joins hashes into one whose bits are even.
func mix(a, b uint64) uint64 {
	h := (a ^ b*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	h ^= h >> 32
	return h * 0xc4ceb9fe1a85ec53
}

// maxRunes bounds the letters of a word that are looked at.
const maxRunes = 48

// setForm sets what the letters of w show.
func (w *word) setForm(form string) {
	*w = word{form: form, full: hashText(form), head: -1}
	var runes [maxRunes]rune
	n := 0
	for _, r := range form {
		if n == maxRunes {
			break
		}
		runes[n] = r
		n++
	}
	w.setShape(runes[:n])
	w.lower = offset
	for i := range n {
		if runes[i] >= 0x80 || 'A' <= runes[i] && runes[i] <= 'Z' {
			runes[i] = unicode.ToLower(runes[i])
		}
		w.lower = hashRune(w.lower, runes[i])
	}
	h := offset
	for i := 0; i < min(4, n); i++ {
		if h = hashRune(h, runes[i]); i > 0 {
			w.starts[i-1] = h
		}
	}
	h = offset
	for i := 0; i < min(5, n); i++ {
		h = hashRune(h, runes[n-1-i])
		w.ends[i] = h
	}
	w.look = lookOf(form)
	w.opening = canOpen(form)
	w.setParts(form)
}

// setShape sets the shapes: X for a capital, x for a small letter, d for a digit.
func (w *word) setShape(runes []rune) {
	w.shape, w.long = offset, offset
	var before rune
	for _, r := range runes {
		c := r
		switch {
		case unicode.IsUpper(r):
			c, w.capital = 'X', true
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = 'd'
		}
		w.long = hashRune(w.long, c)
		if c != before {
			w.shape = hashRune(w.shape, c)
		}
		before = c
	}
}

// setParts sets the hashes of parts under which a name may stand elsewhere.
func (w *word) setParts(form string) {
	if !w.capital || len(form) < 3 {
		return
	}
	for i := 1; i < len(form)-1; i++ {
		if form[i] == '-' {
			w.part = hashText(form[:i])
			break
		}
	}
	end := len(form)
	if form[end-1] == 's' {
		end--
	}
	if r, n := utf8.DecodeLastRuneInString(form[:end]); r == '\'' || r == '’' {
		end -= n
	}
	if end < len(form) && end > 1 {
		w.stem = hashText(form[:end])
	}
}

func lookOf(form string) look {
	s := sizeOf(form)
	first, _ := utf8.DecodeRuneInString(form)
	switch {
	case s.letters == 0 && s.digits > 0:
		return digits
	case s.letters == 0:
		return punctuation
	case s.digits > 0:
		return number
	case s.upper == 0:
		return small
	case s.lower == 0 && s.upper == 1:
		return letter
	case s.lower == 0 && form[len(form)-1] == '.':
		return initials
	case s.lower == 0:
		return shout
	case unicode.IsUpper(first) && s.upper == 1:
		return initial
	case s.upper > 0:
		return mixed
	}
	return other
}

// sentence is the words of one sentence and what surrounds them.
type sentence struct {
	words  []word
	quoted []bool // within quotation marks or brackets
	block  uint64 // hash of the kind of block
	first  int    // index of the first word that has letters, -1 for none
	loud   bool   // most words are in capitals
	titled bool   // most words begin with one
}

// reading is an article as features see it. It is room that is used again.
type reading struct {
	sentences []sentence
	words     []word
	quoted    []bool
	places    []listed
}

// reader knows what words are.
type reader struct{ lists Lists }

// article fills r from the tokens of a.
func (d *reader) article(r *reading, a *document.Article) {
	r.words, r.quoted = grow(r.words, len(a.Tokens)), grow(r.quoted, len(a.Tokens))
	r.sentences = grow(r.sentences, len(a.Sentences))
	for i := range a.Sentences {
		x, s := &a.Sentences[i], &r.sentences[i]
		*s = sentence{words: r.words[x.First:x.Last], quoted: r.quoted[x.First:x.Last], first: -1}
		if x.Block >= 0 && x.Block < len(a.Blocks) {
			s.block = hashText(string(a.Blocks[x.Block].Type))
		}
		d.sentence(s, a.Raw, a.Tokens[x.First:x.Last])
		r.places = grow(r.places, len(s.words))
		d.look(s, r.places)
	}
}

// sentence fills s from the tokens of a sentence of raw.
func (d *reader) sentence(s *sentence, raw string, tokens []document.Token) {
	for i := range tokens {
		t, w := &tokens[i], &s.words[i]
		w.setForm(raw[t.Span.Start:t.Span.End])
		w.upos, w.xpos, w.deprel = hashText(t.UPOS), hashText(t.XPOS), hashText(t.Deprel)
		if t.Head > 0 && t.Head <= len(tokens) {
			w.head = t.Head - 1
		}
	}
	s.surround()
	s.setFar()
}

// look sets what the lists know of the words of s.
func (d *reader) look(s *sentence, at []listed) {
	find(d.lists.Learned, s.words, at)
	for i := range s.words {
		s.words[i].learned = at[i]
	}
	find(d.lists.Own, s.words, at)
	for i := range s.words {
		w := &s.words[i]
		w.own = at[i]
		if d.lists.Learned != nil {
			w.known = d.lists.Learned.Word(strings.ToLower(w.form)) &^ Phrases
		}
		if d.lists.Words != nil {
			w.class = d.lists.Words(w.form)
		}
		w.signature = offset
		for p := range places {
			w.signature = mix(w.signature, uint64(w.learned[p])<<32|uint64(w.own[p]))
		}
	}
}

// surround sets what the other words say of each.
func (s *sentence) surround() {
	s.first = -1
	loud, upper, letters := 0, 0, 0
	depth := 0
	for i := range s.words {
		w := &s.words[i]
		switch w.look {
		case punctuation:
			depth = nest(depth, w.form)
		case digits, number:
		default:
			letters++
			if s.first < 0 {
				s.first = i
			}
			if w.look == shout {
				loud++
			}
			if w.capital {
				upper++
			}
		}
		s.quoted[i] = depth > 0
	}
	s.loud = letters > 2 && 2*loud > letters
	s.titled = letters > 3 && 3*upper > 2*letters
}

// reach is how far from a word with a capital a word of a name can be.
const reach = 2

// setFar tells the words that no name can be near.
func (s *sentence) setFar() {
	last := -reach - 1
	for i := range s.words {
		if s.words[i].capital {
			for j := max(0, i-reach); j < i; j++ {
				s.words[j].far = false
			}
			last = i
		}
		s.words[i].far = i-last > reach
	}
}

// nest follows quotation marks and brackets; a plain mark opens and closes.
func nest(depth int, form string) int {
	switch form {
	case "(", "[", "‘", "“", "„", "«":
		return 1
	case ")", "]", "’", "”", "»":
		return 0
	case "'", "\"", "''", "``":
		return 1 - depth
	}
	return depth
}
