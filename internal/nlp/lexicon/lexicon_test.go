package lexicon

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

const (
	place  Marks = 1
	club   Marks = 2
	noun   Marks = 4
	inside       = 4
)

func made() *Table {
	return New(map[string]Marks{"Den Haag": place, "Den": club, "Haag": place, "FC Den Bosch": club | place, "raad": noun, "gemeenteraad": noun | 8})
}

func TestNames(t *testing.T) {
	for _, tc := range []struct {
		forms []string
		want  []Marks
	}{
		{nil, nil},
		{[]string{"in", "Den", "Haag", "."}, []Marks{0, place, place << inside, 0}},
		{[]string{"Den"}, []Marks{club}},
		{[]string{"den", "Haag"}, []Marks{0, place}},
		{[]string{"FC", "Den", "Bosch", "FC", "Den"}, []Marks{3, 3 << inside, 3 << inside, 0, club}},
		{[]string{"raad"}, []Marks{0}},
	} {
		if got := made().Names(nil, tc.forms, place|club, inside); !slices.Equal(got, tc.want) {
			t.Errorf("%q: %v, want %v", tc.forms, got, tc.want)
		}
	}
}

func TestEnding(t *testing.T) {
	for _, tc := range []struct {
		word string
		want Marks
	}{
		{"dorpsraad", noun}, {"raad", 0}, {"xraad", 0}, {"wijkgemeenteraad", noun | 8}, {"", 0}, {"é", 0}, {"ééééraad", noun},
	} {
		if got := made().Ending(tc.word, 3); got != tc.want {
			t.Errorf("%q: %v, want %v", tc.word, got, tc.want)
		}
	}
}

func TestSaveLoad(t *testing.T) {
	entries := map[string]Marks{}
	for i := range 20_000 {
		entries[fmt.Sprint("woord", i)] = Marks(i)
	}
	made := New(entries)
	var buf bytes.Buffer
	if err := made.Save(&buf); err != nil {
		t.Fatal(err)
	}
	whole := buf.Bytes()
	loaded, err := Load(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	for text, m := range entries {
		if got := loaded.Word(text); got != m {
			t.Fatalf("%s has %v, want %v", text, got, m)
		}
	}
	if loaded.Word("niets") != 0 || loaded.Len() != len(entries) {
		t.Error("the loaded table differs")
	}
	for _, n := range []int{0, 3, 100, len(whole) / 2, len(whole) - 1} {
		if _, err := Load(bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("a file cut after %d bytes was loaded", n)
		}
	}
	broken := slices.Clone(whole)
	broken[10]++
	if _, err := Load(bytes.NewReader(broken)); err == nil {
		t.Error("sizes that do not add up were loaded")
	}
	broken = slices.Clone(whole)
	broken[3] = 0xff
	if _, err := Load(bytes.NewReader(broken)); err == nil {
		t.Error("a size beyond bounds was loaded")
	}
}

func FuzzLoad(f *testing.F) {
	var buf bytes.Buffer
	if err := made().Save(&buf); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes()[:300])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, file []byte) {
		if table, err := Load(bytes.NewReader(file)); err == nil {
			table.Names(nil, []string{"Den", "Haag"}, 1, 4)
		}
	})
}
