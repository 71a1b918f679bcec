package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/document"
)

func timeAt(start, end int, typ, value, mod string) document.Time {
	return document.Time{Span: document.Span{Start: start, End: end}, Type: typ, Value: value, Mod: mod}
}

// Each time of the gold meets at most one that was found, and each kind of
// agreement is counted by itself.
func TestScore(t *testing.T) {
	t.Parallel()
	raw := []rune(strings.Repeat("x", 100))
	gold := []document.Time{
		timeAt(0, 5, "DATE", "2019-06-30", ""),         // right
		timeAt(10, 20, "DURATION", "P3D", "MORE_THAN"), // value right, span and modifier not
		timeAt(30, 35, "DATE", "2019-06-29", ""),       // another value
		timeAt(40, 45, "SET", "P1D", ""),               // another type
		timeAt(50, 55, "DATE", "2018", ""),             // missed
		timeAt(60, 64, "DATE", "2010", ""),             // two of the gold in one that was found:
		timeAt(65, 69, "DATE", "2015", ""),             // only the first is counted
		timeAt(95, 400, "DATE", "2016", ""),            // beyond the text: no panic
	}
	found := []document.Time{
		timeAt(0, 5, "DATE", "2019-06-30", ""), timeAt(12, 20, "DURATION", "P3D", ""), timeAt(30, 35, "DATE", "2019-06-28", ""),
		timeAt(40, 45, "DURATION", "P1D", ""), timeAt(60, 69, "DATE", "2010", ""), timeAt(80, 85, "DATE", "2017", ""),
	}
	s := &score{}
	s.add("a", raw, gold, found)
	want := score{gold: 8, found: 6, strict: 3, relaxed: 5, typed: 4, value: 3, mod: 2}
	if s.gold != want.gold || s.found != want.found || s.strict != want.strict || s.relaxed != want.relaxed || s.typed != want.typed || s.value != want.value || s.mod != want.mod {
		t.Errorf("got %+v, want %+v", *s, want)
	}
	if len(s.errors) != 8 { // one modifier and span, two values, one span, three missed, one surplus
		t.Errorf("%d errors: %s", len(s.errors), strings.Join(s.errors, "\n"))
	}
	var out strings.Builder
	s.write(&out)
	if line := "value                            50.0%     37.5%     42.9%"; !strings.Contains(out.String(), line) {
		t.Errorf("no line %q in\n%s", line, out.String())
	}
}

// The same span is preferred to one that merely overlaps.
func TestPartner(t *testing.T) {
	t.Parallel()
	found := []document.Time{timeAt(0, 9, "DATE", "a", ""), timeAt(3, 6, "DATE", "b", "")}
	if got := partner(timeAt(3, 6, "DATE", "", ""), found, make([]bool, 2)); got != 1 {
		t.Errorf("partner %d, want 1", got)
	}
	if got := partner(timeAt(3, 6, "DATE", "", ""), found, []bool{true, true}); got != -1 {
		t.Errorf("partner %d, want none", got)
	}
}

func TestRatesOfNothing(t *testing.T) {
	t.Parallel()
	if p, r, f := rates(0, 0, 0); p != 0 || r != 0 || f != 0 {
		t.Errorf("rates of nothing: %v %v %v", p, r, f)
	}
}

// Gold is read by the form of the folder; what cannot be read is told by name.
func TestReadGold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := readGold(dir); err == nil {
		t.Error("an empty folder is no error")
	}
	write("1.json", `{"id":"1","published":"2019-06-30","times":[{"span":[0,8],"type":"DATE","value":"2019-06-29"}],"hard":["x"]}`)
	gold, err := readGold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(gold) != 1 || gold[0].Times[0] != timeAt(0, 8, "DATE", "2019-06-29", "") {
		t.Errorf("read %+v", gold)
	}
	for _, bad := range []string{`{`, `{"times":[]}`} {
		write("2.json", bad)
		if _, err := readGold(dir); err == nil || !strings.Contains(err.Error(), "2.json") {
			t.Errorf("%s: error %v does not name the file", bad, err)
		}
	}
}
