package gold

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/document"
)

func TestNameScore(t *testing.T) {
	t.Parallel()
	at := func(start, end int, typ string) Name {
		return Name{Span: document.Span{Start: start, End: end}, Type: typ}
	}
	s := NameScore{}
	wrong := s.Add([]Name{at(0, 3, "PER"), at(5, 9, "LOC"), at(10, 12, "ORG")}, []Name{at(0, 3, "PER"), at(5, 9, "ORG"), at(10, 11, "ORG")})
	if len(wrong) != 4 || wrong[0].Kind != "wrong" || wrong[1].Kind != "missed" {
		t.Errorf("mistakes %+v", wrong)
	}
	if per, org := *s["PER"], *s["ORG"]; per != (Count{1, 1, 1}) || org != (Count{1, 2, 0}) || per.F1() != 100 || org.F1() != 0 {
		t.Errorf("PER %+v, ORG %+v", per, org)
	}
	if all := s.String(); !strings.Contains(all, "F1  33.33 (1 of 3, 3 found)") {
		t.Error(all)
	}
}

// The example of Bagga & Baldwin 1998: precision 16/21 and 7/12 of two responses.
func TestBCubed(t *testing.T) {
	t.Parallel()
	chains := func(sizes ...[]int) map[document.Span]int {
		out := map[document.Span]int{}
		for c, mentions := range sizes {
			for _, m := range mentions {
				out[document.Span{Start: m, End: m + 1}] = c
			}
		}
		return out
	}
	truth := chains([]int{1, 2, 3, 4, 5}, []int{6, 7}, []int{8, 9, 10, 11, 12})
	for _, c := range []struct {
		response  map[document.Span]int
		precision float64
	}{
		{chains([]int{1, 2, 3, 4, 5}, []int{6, 7, 8, 9, 10, 11, 12}), 16.0 / 21},
		{chains([]int{1, 2, 3, 4, 5, 8, 9, 10, 11, 12}, []int{6, 7}), 7.0 / 12},
	} {
		var b BCubed
		b.Add(truth, c.response)
		if p, r := b.Precision/float64(b.System), b.Recall/float64(b.Gold); math.Abs(p-c.precision) > 1e-9 || r != 1 {
			t.Errorf("precision %.4f, recall %.4f; want %.4f and 1", p, r, c.precision)
		}
	}
}

func TestReadIOB(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.iob")
	if err := os.WriteFile(path, []byte("-DOCSTART- -DOCSTART- O\nJan N B-PER\nBos N I-PER\nkomt V O\n. P O\n\nOok Adv O\nÉn N I-LOC\n\n-DOCSTART- x O\nx X O\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadIOB(path)
	if err != nil || len(got) != 2 {
		t.Fatalf("%d articles, %v", len(got), err)
	}
	var names []string
	for _, n := range got[0].Names {
		names = append(names, n.Type+" "+got[0].Text[n.Span.Start:n.Span.End])
	}
	if got[0].Text != "Jan Bos komt.\nOok Én" || strings.Join(names, ",") != "PER Jan Bos,LOC Én" {
		t.Errorf("%q, %q", got[0].Text, names)
	}
	if err := os.WriteFile(path, []byte("Jan N PER\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadIOB(path); err == nil || !strings.Contains(err.Error(), "a.iob:1") {
		t.Errorf("error %v, want one with the line", err)
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	a := Article{Text: "Jan Bos, Bos.", Names: []Name{{document.Span{Start: 0, End: 7}, "PER"}, {document.Span{Start: 9, End: 12}, "LOC"}}}
	d := &document.Article{Raw: a.Text}
	for _, s := range [][2]int{{0, 3}, {4, 7}, {7, 8}, {9, 13}} {
		d.Tokens = append(d.Tokens, document.Token{Span: document.Span{Start: s[0], End: s[1]}})
	}
	a.Label(d)
	for i, want := range []string{"B-PER", "I-PER", "O", "B-LOC"} {
		if got := d.Tokens[i].Name; got != want {
			t.Errorf("token %d is %s, want %s", i, got, want)
		}
	}
}

func TestReadBounds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("1.txt", "É Bos")
	write("1.json", `[{"span":[2,5],"type":"PER"}]`)
	got, err := Read(dir, dir, "")
	if err != nil || got[0].Text[got[0].Names[0].Span.Start:got[0].Names[0].Span.End] != "Bos" {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, bad := range []string{`[{"span":[2,9],"type":"PER"}]`, `[{"span":[3,2],"type":"PER"}]`, `{"entities":[],"entity_chains":[{"mentions":[0]}]}`, `[`} {
		write("1.json", bad)
		if _, err := Read(dir, dir, ""); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}
