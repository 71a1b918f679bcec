package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/nlp/langid"
)

func TestCountTexts(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.ftl":  "# in comment mei letters\nsave-button = Dit bewarje { $name } wy no\n",
		"b.txt":  "Wy sjogge it wol, mei in protte wille.\nWy sjogge it wol, mei in protte wille.\n",
		"c.json": "this is not read at all, whatever it holds",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	g, err := countTexts(dir)
	if err != nil {
		t.Fatal(err)
	}
	letters := float64(len("Ditbewarjewyno") + len("Wysjoggeitwolmeiinprottewille"))
	for gram, n := range map[string]float64{"wy": 2, "sjogg": 1, "whate": 0, "name": 0, "comme": 0, "save": 0} {
		if got := g[gram] * letters; math.Abs(got-n) > 1e-9 {
			t.Errorf("%q is counted %.2f times, want %.0f", gram, got, n)
		}
	}
	if _, err := countTexts(t.TempDir()); err == nil {
		t.Error("a directory without texts gives counts")
	}
}

// protoSet writes a protocol buffer of a double (field 1) and strings (field 2).
func protoSet(p float64, sequences ...string) []byte {
	out := binary.LittleEndian.AppendUint64([]byte{1<<3 | 1}, math.Float64bits(p))
	for _, s := range sequences {
		out = append(append(out, 2<<3|2, byte(len(s))), s...)
	}
	return out
}

func TestFields(t *testing.T) {
	data := protoSet(0.25, "ab", "é")
	var got []string
	err := fields(data, func(field int, value []byte, bits uint64) error {
		if field == 1 && math.Float64frombits(bits) != 0.25 {
			t.Errorf("probability %v", math.Float64frombits(bits))
		}
		if field == 2 {
			got = append(got, string(value))
		}
		return nil
	})
	if err != nil || strings.Join(got, " ") != "ab é" {
		t.Errorf("read %q, %v", got, err)
	}
	for i := 1; i < len(data); i++ {
		ends := i == 9 || i == 13 // between two fields
		if err := fields(data[:i], func(int, []byte, uint64) error { return nil }); (err == nil) != ends {
			t.Errorf("%d of %d bytes: %v", i, len(data), err)
		}
	}
}

// TestChoose builds a table of two languages from a few words and reads with it.
func TestChoose(t *testing.T) {
	texts := []string{"wy sjogge it wol dat se hjir binne", "wij zien het wel dat ze hier zijn"}
	raw := make([]grams, len(texts))
	for i, text := range texts {
		raw[i] = grams{}
		letters := countLine(raw[i], text)
		for g := range raw[i] {
			raw[i][g] /= letters
		}
	}
	table := &langid.Table{Codes: []string{"fy", "nl"}, Letters: lettersOf(raw)}
	choose(table, []*lane{newLane(table, raw[0]), newLane(table, raw[1])}, []float64{1, 1}, 100)
	var b bytes.Buffer
	if err := table.Pack(&b); err != nil {
		t.Fatal(err)
	}
	m, err := langid.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		var tally langid.Tally
		m.Read(&tally, text)
		if tally.Costs[i] >= tally.Costs[1-i] {
			t.Errorf("%q costs its own language %d and the other %d", text, tally.Costs[i], tally.Costs[1-i])
		}
	}
}
