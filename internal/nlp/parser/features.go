package parser

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/nlp/lexicon"
)

// The rows of the table of vectors: some of their own, those of known words,
// then buckets that all other features share by their hash.
const (
	unknownRow   = 0
	rootRow      = 1
	initialRow   = 2 // the word opens the sentence
	kindRow      = 3 // rows 3 to 7 tell the trainer's kinds of text apart; 3 is the kind that is read
	markRow      = kindRow + Kinds
	ownRows      = markRow + 32 // one for each mark of the lexicon
	longestForm  = 48           // letters of a form that are looked at
	longestAffix = 7
	longestStart = 5
)

// Kinds is the number of kinds of text that a model is trained to tell apart.
const Kinds = 5

// KindRow is the row of the table that stands for a kind of text, 0 <= kind < Kinds.
func KindRow(kind int) int32 { return int32(kindRow + kind) }

// WordRow is the row of word i of the vocabulary.
func WordRow(i int) int32 { return int32(ownRows + i) }

// RootRow and UnknownRow are the rows of the root and of a word not in the vocabulary.
const (
	RootRow    = int32(rootRow)
	UnknownRow = int32(unknownRow)
)

// TableRows is the number of rows for a vocabulary of n words and a number of buckets.
func TableRows(n, buckets int) int { return ownRows + n + buckets }

// Normal gives the form under which a word stands in the vocabulary: in lower
// case, each digit a 0, cut to 48 letters.
func Normal(form string) string {
	var buf [longestForm]rune
	return string(normal(buf[:0], form))
}

func normal(dst []rune, form string) []rune {
	for _, r := range form {
		if len(dst) == longestForm {
			break
		}
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			} else if '0' <= r && r <= '9' {
				r = '0'
			}
		case unicode.IsDigit(r):
			r = '0'
		default:
			r = unicode.ToLower(r)
		}
		dst = append(dst, r)
	}
	return dst
}

// The marks of the lexicon. Phrases are lists of names, which may be of several
// words; Inside is how far their marks are moved for the words after a name's
// first. Forms are lists of words as they are written, Words of words in lower
// case, of which the longest ending counts where the whole is in none.
const (
	Phrases = lexicon.Marks(0x0000000f)
	Forms   = lexicon.Marks(0x00000f00)
	Words   = lexicon.Marks(0xfffff000)
	Inside  = 4
	// shortestEnding is the number of letters of the shortest ending looked for,
	// and of what must stand before it.
	shortestEnding = 3
)

// Features gives the rows of the words of a sentence, one list each: form first,
// then kind of text, place, shape, beginnings and endings, marks of the lexicon.
type Features struct {
	w     *Weights
	index map[string]int32
	names []lexicon.Marks
	rows  []int32
}

// NewFeatures prepares to give features by w. It is for one goroutine.
func NewFeatures(w *Weights) *Features { return newFeatures(w, vocabulary(w)) }

func newFeatures(w *Weights, index map[string]int32) *Features {
	return &Features{w: w, index: index}
}

func vocabulary(w *Weights) map[string]int32 {
	index := make(map[string]int32, len(w.Words))
	for i, word := range w.Words {
		index[word] = int32(i)
	}
	return index
}

// Sentence prepares for the words of a sentence.
func (f *Features) Sentence(forms []string) {
	f.names = f.w.Lexicon.Names(f.names[:0], forms, Phrases, Inside)
}

// Word gives the rows of word i of the sentence; they hold until the next call.
func (f *Features) Word(forms []string, i int) []int32 {
	w, form, initial := f.w, forms[i], i == 0
	var runes [longestForm]rune
	var bytes [longestForm * utf8.UTFMax]byte
	n := normal(runes[:0], form)
	b := bytes[:0]
	for _, r := range n {
		b = utf8.AppendRune(b, r)
	}
	known, ok := f.index[string(b)]
	rows := append(f.rows[:0], unknownRow, kindRow)
	if ok {
		rows[0] = WordRow(int(known))
	}
	if initial {
		rows = append(rows, initialRow)
	}
	buckets := len(w.Embed)/w.Dim - ownRows - len(w.Words)
	base := int32(ownRows + len(w.Words))
	add := func(h uint64) { rows = append(rows, base+int32((h>>20)%uint64(buckets))) }
	add(shape(form, initial))
	h := seed('<')
	for i := 0; i < min(len(n), longestStart); i++ {
		h = step(h, n[i])
		add(h)
	}
	h = seed('>')
	for i := len(n) - 1; i >= max(0, len(n)-longestAffix); i-- {
		h = step(h, n[i])
		add(h)
	}
	if m := f.names[i] | f.w.Lexicon.Word(form)&Forms; m != 0 {
		add(step(seed('N'), rune(m)))
		rows = appendMarks(rows, m)
	}
	if len(form) <= longestForm {
		kind, m := 'L', f.w.Lexicon.Word(strings.ToLower(form))&Words
		if m == 0 && !ok {
			kind, m = 'E', f.w.Lexicon.Ending(strings.ToLower(form), shortestEnding)&Words
		}
		if m != 0 {
			add(step(seed(kind), rune(m>>12)))
			rows = appendMarks(rows, m)
		}
	}
	f.rows = rows
	return rows
}

// appendMarks adds the row of each mark.
func appendMarks(rows []int32, m lexicon.Marks) []int32 {
	for ; m != 0; m &= m - 1 {
		rows = append(rows, int32(markRow+bits.TrailingZeros32(uint32(m))))
	}
	return rows
}

// shape hashes the kinds of letters of a form, runs of one kind as one, up to
// eight runs.
func shape(form string, initial bool) uint64 {
	h := seed('#')
	if initial {
		h = seed('^')
	}
	last, runs := rune(0), 0
	for _, r := range form {
		kind := r
		switch {
		case unicode.IsLower(r):
			kind = 'x'
		case unicode.IsUpper(r):
			kind = 'X'
		case unicode.IsDigit(r):
			kind = '0'
		case unicode.IsLetter(r):
			kind = 'l'
		}
		if kind == last {
			continue
		}
		if runs++; runs > 8 {
			break
		}
		h, last = step(h, kind), kind
	}
	return h
}

// FNV-1a, by letters.
func seed(kind rune) uint64        { return step(14695981039346656037, kind) }
func step(h uint64, r rune) uint64 { return (h ^ uint64(r)) * 1099511628211 }
