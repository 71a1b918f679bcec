// Package lexicon tells what word lists know of the words of a sentence: each
// word, and each run of words that is a name, has a set of marks, one bit for
// each list it stands in. The lists themselves are not kept, only hashes, so a
// word that is in none has marks by mistake once in some hundred million times.
package lexicon

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Marks is a set of lists, by number.
type Marks uint32

// MaxPhrase is the number of words of the longest name that is looked for.
const MaxPhrase = 4

// Table is a lexicon. It is immutable and serves any number of goroutines.
type Table struct {
	first [buckets + 1]uint32 // of each bucket, by the top bits of the hash
	keys  []uint32            // the middle bits, ascending within a bucket
	marks []Marks
}

const (
	buckets    = 1 << bucketBits
	bucketBits = 16
	// maxKeys bounds what a damaged file can make Load ask for.
	maxKeys = 1 << 23
)

// Hash is the key of a word or of a run of words with one space between them.
// It is FNV-1a over bytes, mixed so that its top bits are even.
type Hash uint64

// Begin is the hash of nothing.
const Begin = Hash(14695981039346656037)

// Add is the hash of what h stands for, followed by text.
func (h Hash) Add(text string) Hash {
	for i := range len(text) {
		h = (h ^ Hash(text[i])) * 1099511628211
	}
	return h
}

func (h Hash) place() (bucket int, key uint32) {
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	h ^= h >> 29
	return int(h >> (64 - bucketBits)), uint32(h >> 16)
}

// New makes a table of entries.
func New(entries map[string]Marks) *Table {
	type entry struct {
		bucket int
		key    uint32
		marks  Marks
	}
	list := make([]entry, 0, len(entries))
	for _, text := range slices.Sorted(maps.Keys(entries)) {
		b, k := Begin.Add(text).place()
		list = append(list, entry{b, k, entries[text]})
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		if a.bucket != b.bucket {
			return a.bucket - b.bucket
		}
		return int(int64(a.key) - int64(b.key))
	})
	t := &Table{}
	for _, e := range list {
		t.keys, t.marks = append(t.keys, e.key), append(t.marks, e.marks)
		t.first[e.bucket+1]++
	}
	for b := range buckets {
		t.first[b+1] += t.first[b]
	}
	return t
}

// Len is the number of entries.
func (t *Table) Len() int { return len(t.keys) }

// Find gives the marks of a hash, 0 without any.
func (t *Table) Find(h Hash) Marks {
	b, k := h.place()
	for i := t.first[b]; i < t.first[b+1]; i++ {
		if t.keys[i] == k {
			return t.marks[i]
		}
	}
	return 0
}

// Word gives the marks of text.
func (t *Table) Word(text string) Marks { return t.Find(Begin.Add(text)) }

// Ending gives the marks of the longest proper ending of word, of at least
// shortest letters, that leaves at least as many before it; 0 without one.
func (t *Table) Ending(word string, shortest int) Marks {
	at := 0
	for range shortest {
		_, n := utf8.DecodeRuneInString(word[at:])
		at += n
	}
	left := utf8.RuneCountInString(word[at:])
	for ; left >= shortest; left-- {
		if m := t.Word(word[at:]); m != 0 {
			return m
		}
		_, n := utf8.DecodeRuneInString(word[at:])
		at += n
	}
	return 0
}

// Names appends to dst the marks of each word of a sentence as part of a name:
// those of phrases, taken from mask, of the longest one that begins at a word with
// a capital or digit, shifted left by inside bits for the words after its first.
func (t *Table) Names(dst []Marks, forms []string, mask Marks, inside int) []Marks {
	start := len(dst)
	for range forms {
		dst = append(dst, 0)
	}
	out := dst[start:]
	for i := 0; i < len(forms); {
		n, m := t.longest(forms[i:], mask)
		if n == 0 {
			i++
			continue
		}
		out[i] = m
		for j := 1; j < n; j++ {
			out[i+j] = m << inside
		}
		i += n
	}
	return dst
}

// longest gives the number of words and the marks of the longest phrase at the
// beginning of forms.
func (t *Table) longest(forms []string, mask Marks) (n int, marks Marks) {
	if len(forms) == 0 || !opens(forms[0]) {
		return 0, 0
	}
	h := Begin
	for i, f := range forms[:min(MaxPhrase, len(forms))] {
		if i > 0 {
			h = h.Add(" ")
		}
		h = h.Add(f)
		if m := t.Find(h) & mask; m != 0 {
			n, marks = i+1, m
		}
	}
	return n, marks
}

// opens tells whether a name can begin with form.
func opens(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r) || '0' <= r && r <= '9'
}

// Save writes the table.
func (t *Table) Save(out io.Writer) error {
	buf := bufio.NewWriter(out)
	_ = binary.Write(buf, binary.LittleEndian, uint32(len(t.keys))) // a bufio.Writer keeps its error for Flush
	for b := range buckets {
		_ = binary.Write(buf, binary.LittleEndian, uint16(t.first[b+1]-t.first[b]))
	}
	for i, k := range t.keys {
		_ = binary.Write(buf, binary.LittleEndian, k)
		_ = binary.Write(buf, binary.LittleEndian, uint32(t.marks[i]))
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("write the lexicon: %w", err)
	}
	return nil
}

// Load reads what Save wrote. An error says that the file is damaged.
func Load(in io.Reader) (*Table, error) {
	var head [4 + 2*buckets]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, fmt.Errorf("read the sizes of the lexicon: %w", err)
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > maxKeys {
		return nil, fmt.Errorf("the lexicon claims %d entries, more than %d: it is damaged", n, maxKeys)
	}
	t := &Table{}
	for b := range buckets {
		t.first[b+1] = t.first[b] + uint32(binary.LittleEndian.Uint16(head[4+2*b:]))
	}
	if t.first[buckets] != n {
		return nil, errors.New("the sizes of the lexicon do not add up: it is damaged")
	}
	var chunk [8 * 1024]byte
	for left := int(n); left > 0; {
		part := chunk[:8*min(left, len(chunk)/8)]
		if _, err := io.ReadFull(in, part); err != nil {
			return nil, fmt.Errorf("read the lexicon: %w", err)
		}
		for ; len(part) > 0; part, left = part[8:], left-1 {
			t.keys = append(t.keys, binary.LittleEndian.Uint32(part))
			t.marks = append(t.marks, Marks(binary.LittleEndian.Uint32(part[4:])))
		}
	}
	return t, nil
}
