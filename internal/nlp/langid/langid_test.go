package langid

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// smallTable tells "aab" from "bba": the one language likes a, the other b.
func smallTable() *Table {
	t := &Table{Codes: []string{"aa", "bb"}, Letters: []rune{'a', 'b', 'é'}, Rows: map[uint64]Costs{}}
	for s := 1; s <= t.SymbolCount(); s++ {
		t.Rows[uint64(s)] = Costs{40, 40}
	}
	x := t.Symbols("ab")
	t.Rows[uint64(x[1])] = Costs{10, 50}
	t.Rows[uint64(x[2])] = Costs{50, 10}
	t.Rows[Key(x[1:3])] = Costs{20, 30}
	return t
}

func packed(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := smallTable().Pack(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func load(tb testing.TB) *Model {
	tb.Helper()
	m, err := Load(packed(tb))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestRead(t *testing.T) {
	m := load(t)
	for text, want := range map[string]struct {
		letters, symbols int
		costs            [2]uint64
	}{
		"":          {0, 0, [2]uint64{}},
		"1 - 2":     {0, 0, [2]uint64{}},
		"a":         {1, 2, [2]uint64{10 + 40, 50 + 40}},
		"A a":       {2, 4, [2]uint64{100, 180}},
		"ab":        {2, 3, [2]uint64{10 + 20 + 40, 50 + 30 + 40}}, // b after a has a row of its own
		"a\u00adb":  {2, 3, [2]uint64{70, 120}},                    // a soft hyphen parts nothing
		"z":         {1, 2, [2]uint64{80, 80}},                     // another letter of the script
		"Ж":         {0, 0, [2]uint64{}},                           // a letter of another script
		"\xff\xfea": {1, 2, [2]uint64{50, 90}},
	} {
		var got Tally
		m.Read(&got, text)
		if got.Letters != want.letters || got.Symbols != want.symbols || got.Costs[0] != want.costs[0] || got.Costs[1] != want.costs[1] {
			t.Errorf("%q costs %v for %d letters and %d symbols, want %v", text, got.Costs[:2], got.Letters, got.Symbols, want)
		}
	}
	var long Tally
	m.Read(&long, strings.Repeat("b ", 1000)) // past the room of the packed sums
	if long.Costs[0] != 90000 || long.Costs[1] != 50000 {
		t.Errorf("a thousand words cost %v", long.Costs[:2])
	}
}

// TestParts: the cost of a text is that of its words, read at once or in turn.
func TestParts(t *testing.T) {
	m := load(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[abéz1]{0,9}`)).Draw(t, "words")
		var whole, parts Tally
		m.Read(&whole, strings.Join(words, " "))
		for _, w := range words {
			m.Read(&parts, w)
		}
		if whole != parts {
			t.Fatalf("at once %v, in turn %v", whole.Costs[:2], parts.Costs[:2])
		}
	})
}

func TestPackIsStable(t *testing.T) {
	if a, b := packed(t), packed(t); !bytes.Equal(a, b) {
		t.Error("the same table gives different bytes")
	}
}

func TestLoadRefusesDamage(t *testing.T) {
	good := packed(t)
	for i := range good {
		if i >= 4 && i < 10 {
			continue // the time, level and system in a gzip header mean nothing
		}
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		// A bit that only fills up a byte may change; then so does nothing else.
		if m, err := Load(bad); err == nil && !reflect.DeepEqual(m, load(t)) {
			t.Errorf("byte %d changed is not seen", i)
		}
		if _, err := Load(good[:i]); err == nil {
			t.Errorf("%d of %d bytes are read", i, len(good))
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(packed(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Load(data); err == nil {
			var tally Tally
			m.Read(&tally, "ab é")
		}
	})
}
