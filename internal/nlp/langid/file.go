package langid

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"unicode"
)

const magic = "telex/langid/1\n"

// Table is a model before it is packed: what a builder makes.
type Table struct {
	Codes   []string         // one a lane, at most MaxLanes
	Letters []rune           // lower case, below U+2000, ascending, at most 252
	Rows    map[uint64]Costs // by Key; every single symbol must be there
}

// Costs holds a lane's cost in units of 1/16 bit, at most 255, for each code.
type Costs []uint8

// Symbols maps a word to the symbols of the table, with an edge before and after.
func (t *Table) Symbols(word string) []byte {
	out := []byte{edge}
	for _, r := range word {
		if i, ok := slices.BinarySearch(t.Letters, unicode.ToLower(r)); ok {
			out = append(out, byte(firstLetter+i))
			continue
		}
		out = append(out, other)
	}
	return append(out, edge)
}

// Key packs a sequence of at most MaxOrder symbols, the last in the lowest byte.
func Key(symbols []byte) uint64 {
	var k uint64
	for _, s := range symbols {
		k = k<<8 | uint64(s)
	}
	return k
}

// SymbolCount is the number of symbols of the table: edge, other and the letters.
// They are numbered from 1.
func (t *Table) SymbolCount() int { return len(t.Letters) + firstLetter - 1 }

// Pack writes the table in the form that Load reads. The same table gives the
// same bytes.
func (t *Table) Pack(w io.Writer) error {
	keys := make([]uint64, 0, len(t.Rows))
	for k := range t.Rows {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("pack a language table: %w", err)
	}
	buf := []byte(magic)
	buf = binary.AppendUvarint(buf, uint64(len(t.Codes)))
	for _, c := range t.Codes {
		buf = append(binary.AppendUvarint(buf, uint64(len(c))), c...)
	}
	buf = binary.AppendUvarint(buf, uint64(len(t.Letters)))
	for _, r := range t.Letters {
		buf = binary.AppendUvarint(buf, uint64(r))
	}
	buf = binary.AppendUvarint(buf, uint64(len(keys)))
	last := uint64(0)
	for _, k := range keys {
		buf = binary.AppendUvarint(buf, k-last)
		last = k
	}
	for lane := range t.Codes { // lane by lane: neighbours are alike and compress well
		for _, k := range keys {
			buf = append(buf, t.Rows[k][lane])
		}
	}
	if _, err := z.Write(buf); err != nil {
		return fmt.Errorf("pack a language table: %w", err)
	}
	return z.Close()
}

// Load reads a packed table. A damaged one is an error; the check sum of the
// packing covers all of it.
func Load(data []byte) (*Model, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read a language table of %d bytes: %w", len(data), err)
	}
	r := &reader{in: bufio.NewReaderSize(z, 1<<16)}
	m := r.model()
	if r.err == nil {
		if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
			r.fail("it does not end where it should")
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("read a language table of %d bytes: %w; rebuild it with go generate", len(data), r.err)
	}
	return m, nil
}

// reader keeps the first error, so that reading needs one check.
type reader struct {
	in  *bufio.Reader
	err error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *reader) number(most uint64) int {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(r.in)
	if err != nil {
		r.fail("it breaks off: %w", err)
		return 0
	}
	if n > most {
		r.fail("number %d, where at most %d makes sense", n, most)
		return 0
	}
	return int(n)
}

func (r *reader) bytes(n int) []byte {
	b := make([]byte, n)
	if r.err != nil {
		return b
	}
	if _, err := io.ReadFull(r.in, b); err != nil {
		r.fail("it breaks off: %w", err)
	}
	return b
}

func (r *reader) model() *Model {
	if string(r.bytes(len(magic))) != magic {
		r.fail("it is not a language table of this version")
	}
	m := &Model{codes: make([]string, r.number(MaxLanes))}
	for i := range m.codes {
		m.codes[i] = string(r.bytes(r.number(8)))
	}
	m.words = (len(m.codes) + 7) / 8
	if len(m.codes) == 0 {
		r.fail("it has no language")
	}
	r.letters(m)
	keys := make([]uint64, r.number(maxEntries))
	last := uint64(0)
	for i := range keys {
		last += uint64(r.number(1<<(8*MaxOrder) - 1))
		keys[i] = last
	}
	if r.err != nil {
		return nil
	}
	r.fill(m, keys)
	return m
}

func (r *reader) letters(m *Model) {
	letters := make([]rune, r.number(maxLetters))
	for i := range letters {
		letters[i] = rune(r.number(maxRune - 1))
	}
	scripts := scriptsOf(letters)
	for c := range rune(maxRune) {
		switch {
		case unicode.Is(unicode.Mn, c) || c == '\u00ad' || c == '\u200d':
			m.symbols[c] = skip
		case unicode.IsLetter(c) && unicode.In(c, scripts...):
			m.symbols[c] = other
		}
	}
	for i, l := range letters {
		m.symbols[l] = uint8(firstLetter + i)
	}
	for c := range rune(maxRune) {
		if l := unicode.ToLower(c); l != c && l < maxRune && m.symbols[l] >= firstLetter {
			m.symbols[c] = m.symbols[l]
		}
	}
}

// scriptsOf lists the scripts that the letters belong to.
func scriptsOf(letters []rune) []*unicode.RangeTable {
	names := make([]string, 0, len(unicode.Scripts))
	for name := range unicode.Scripts {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []*unicode.RangeTable
	for _, name := range names {
		table := unicode.Scripts[name]
		if name != "Common" && name != "Inherited" && slices.ContainsFunc(letters, func(r rune) bool { return unicode.Is(table, r) }) {
			out = append(out, table)
		}
	}
	return out
}

func (r *reader) fill(m *Model, keys []uint64) {
	size := 1 << bits.Len(uint(len(keys)+len(keys)/2)) // at most two thirds full
	m.shift = uint(64 - bits.Len(uint(size-1)))
	m.keys, m.rows = make([]uint64, size), make([]uint64, size*m.words)
	slots := make([]int, len(keys))
	for i, k := range keys {
		if k == 0 || i > 0 && k == keys[i-1] {
			r.fail("key %d is wrong", i)
			return
		}
		s := int(hash(k) >> m.shift)
		for m.keys[s] != 0 {
			s = (s + 1) & (size - 1)
		}
		m.keys[s], slots[i] = k, s
	}
	for lane := range m.codes {
		column := r.bytes(len(keys))
		for i, c := range column {
			m.rows[slots[i]*m.words+lane/8] |= uint64(c) << (8 * (lane % 8))
		}
	}
}
