package namer

import (
	"unicode"
	"unicode/utf8"

	"telex/internal/nlp/lexicon"
)

// Lists are what is known of names and words beforehand. All but Learned may be
// changed without training again, as long as marks keep their meaning.
type Lists struct {
	// Learned stands in the model file: names and words of public lists, and the
	// words of training text by how they are written.
	Learned *lexicon.Table
	// Own are the lists of the language pack: names of up to MaxPhrase words.
	Own *lexicon.Table
	// Words gives the classes of a word that stands in no name: offices, kinship,
	// kinds of body. The word is given as written. Nil for none.
	Words func(word string) lexicon.Marks
}

const (
	// MaxPhrase is the number of words of the longest name that is looked for.
	MaxPhrase = 6
	// Phrases are the marks of names, which are looked for where a word has a
	// capital or digit; the others are marks of single words, in lower case.
	Phrases lexicon.Marks = 1<<20 - 1
)

// listed is where a word stands in the names of one table: a bit for each list
// and place.
type listed [places]lexicon.Marks

// find sets out[i] to the places of word i in the longest names of each list that
// do not overlap, from left to right.
func find(t *lexicon.Table, words []word, out []listed) {
	clear(out)
	if t == nil || t.Len() == 0 {
		return
	}
	var until [20]int // of each list, the end of its last name
	for i := range words {
		if !words[i].opening {
			continue
		}
		var length [20]int
		h := lexicon.Begin
		var seen lexicon.Marks
		for n := 1; n <= MaxPhrase && i+n <= len(words); n++ {
			if n > 1 {
				h = h.Add(" ")
			}
			h = h.Add(words[i+n-1].form)
			m := t.Find(h) & Phrases
			seen |= m
			for l := 0; m != 0; l, m = l+1, m>>1 {
				if m&1 != 0 {
					length[l] = n
				}
			}
		}
		for l := 0; seen != 0; l, seen = l+1, seen>>1 {
			if seen&1 != 0 && until[l] <= i {
				until[l] = i + length[l]
				mark(out[i:i+length[l]], 1<<l)
			}
		}
	}
}

func mark(out []listed, m lexicon.Marks) {
	n := len(out)
	if n == 1 {
		out[0][unit] |= m
		return
	}
	out[0][begin] |= m
	for i := 1; i < n-1; i++ {
		out[i][inside] |= m
	}
	out[n-1][last] |= m
}

// canOpen tells whether a name of a list can begin with form.
func canOpen(form string) bool {
	for i, r := range form {
		if unicode.IsUpper(r) || unicode.IsDigit(r) {
			return true
		}
		if i > 3 { // 's-Gravenhage, 't Harde
			break
		}
	}
	return false
}

// size counts the letters of form by what they are.
type size struct{ letters, upper, lower, digits, runes int }

func sizeOf(form string) (s size) {
	for _, r := range form {
		s.runes++
		switch {
		case r < utf8.RuneSelf && 'a' <= r && r <= 'z':
			s.lower++
		case unicode.IsUpper(r):
			s.upper++
		case unicode.IsLower(r):
			s.lower++
		case unicode.IsDigit(r):
			s.digits++
		}
	}
	s.letters = s.upper + s.lower
	return s
}
