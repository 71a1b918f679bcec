package parser

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"telex/internal/nlp/lexicon"
)

// untrained gives a small model with random weights: what it says is nonsense,
// but each of its trees must be one.
func untrained(seed uint64) *Weights {
	w := &Weights{Dim: 16, Hidden: 8, ArcDim: 12, RelDim: 7, Words: []string{"de", "raad", "stemt", "."},
		UPOS: []string{"DET", "NOUN", "VERB"}, XPOS: []string{"LID", "N", "WW", "LET"}, Feats: []string{"_", "Number=Sing"},
		Deprel: []string{"root", "nsubj", "det", "punct"}, Names: []string{"B-LOC", "B-PER", "I-LOC", "I-PER", "O"}, Layers: make([][2]LSTM, 2)}
	w.Lexicon = lexicon.New(map[string]lexicon.Marks{"Den Haag": 1, "De": 0x100, "raad": 0x1000})
	fill(w, 64, seed)
	return w
}

// fill sets all weights of w to random numbers.
func fill(w *Weights, buckets int, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 1))
	for _, t := range w.tensors(TableRows(len(w.Words), buckets)) {
		*t.values = make([]float32, t.rows*t.cols)
		for i := range *t.values {
			(*t.values)[i] = float32(rng.NormFloat64()) / 3
		}
	}
}

func read(m *Model, sentences [][]string) [][]Reading {
	out := make([][]Reading, len(sentences))
	for i, s := range sentences {
		out[i] = make([]Reading, len(s))
	}
	m.Read(sentences, out)
	return out
}

func mustBeTree(t *testing.T, words []Reading) {
	t.Helper()
	roots := 0
	for i, w := range words {
		if w.UPOS == "" || w.XPOS == "" || w.Feats == "" || w.Deprel == "" {
			t.Fatalf("word %d lacks a field: %+v", i+1, w)
		}
		if kind, within := strings.CutPrefix(w.Name, "I-"); w.Name == "" || within && (i == 0 || words[i-1].Name != "B-"+kind && words[i-1].Name != w.Name) {
			t.Fatalf("word %d has the name label %q", i+1, w.Name)
		}
		if (w.Head == 0) != (w.Deprel == "root") {
			t.Fatalf("word %d has head %d and relation %s", i+1, w.Head, w.Deprel)
		}
		if w.Head == 0 {
			roots++
		}
		steps := 0
		for v := i + 1; v != 0; v = words[v-1].Head {
			if steps++; steps > len(words) {
				t.Fatalf("word %d is on a cycle", i+1)
			}
		}
	}
	if roots != 1 {
		t.Fatalf("%d roots in %d words", roots, len(words))
	}
}

func TestReadGivesTrees(t *testing.T) {
	forms := []string{"De", "raad", "stemt", ".", "1.250,00", "'s-Gravenhage", "Übermut", "x\xff", "", "日本", strings.Repeat("a", 5000), ","}
	for seed := range uint64(5) {
		m := NewModel(untrained(seed))
		rng := rand.New(rand.NewPCG(seed, 2))
		var sentences [][]string
		for _, n := range []int{0, 1, 2, 3, 7, 20, 40, MaxWords, MaxWords + 1, 1000} {
			s := make([]string, n)
			for i := range s {
				s[i] = forms[rng.IntN(len(forms))]
			}
			sentences = append(sentences, s)
		}
		together := read(m, sentences)
		for i, s := range sentences {
			if len(s) > 0 {
				mustBeTree(t, together[i])
			}
			if alone := read(m, [][]string{s}); !slices.Equal(alone[0], together[i]) {
				t.Errorf("seed %d: a sentence of %d words is read otherwise among others", seed, len(s))
			}
		}
	}
}

// The scores of names are there for each word, also of sentences read in pieces.
func TestReadScores(t *testing.T) {
	m := NewModel(untrained(1))
	sentences := [][]string{{"De"}, slices.Repeat([]string{"raad", ","}, MaxWords)}
	out, scores := make([][]Reading, 2), make([][]float32, 2)
	for i, s := range sentences {
		out[i], scores[i] = make([]Reading, len(s)), make([]float32, len(s)*len(m.Names))
	}
	m.ReadScores(sentences, out, scores)
	for i := range scores {
		for t0 := 0; t0 < len(scores[i]); t0 += len(m.Names) {
			if !slices.ContainsFunc(scores[i][t0:t0+len(m.Names)], func(v float32) bool { return v != 0 }) {
				t.Fatalf("sentence %d, word %d: no scores", i, t0/len(m.Names))
			}
		}
	}
	if !slices.Equal(out[1], read(m, sentences)[1]) {
		t.Error("a sentence is read otherwise when its scores are kept")
	}
}

func TestReadNothing(t *testing.T) {
	NewModel(untrained(1)).Read(nil, nil)
}

// The best tree is the best of all trees with one root, tried one by one.
func TestTreeIsBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var found tree
	for range 2000 {
		n := 2 + rng.IntN(4)
		scores := make([]float32, n*n)
		for i := range scores {
			scores[i] = float32(rng.NormFloat64())
		}
		heads := found.find(scores, n, n, nil)
		if got, want := weigh(scores, n, heads), bestByTrial(scores, n, make([]int, n), 1); math.IsInf(got, -1) || math.Abs(got-want) > 1e-6 {
			t.Fatalf("the tree %v weighs %g, the best %g", heads, got, want)
		}
	}
}

// weigh is the sum of the arcs of a tree with one root, minus infinity if heads
// are no such tree.
func weigh(scores []float32, n int, heads []int) float64 {
	sum, roots := 0.0, 0
	for d := 1; d < n; d++ {
		sum += float64(scores[d*n+heads[d]])
		if heads[d] == 0 {
			roots++
		}
		steps := 0
		for v := d; v != 0; v = heads[v] {
			if steps++; steps > n {
				return math.Inf(-1)
			}
		}
	}
	if roots != 1 {
		return math.Inf(-1)
	}
	return sum
}

func bestByTrial(scores []float32, n int, heads []int, d int) float64 {
	if d == n {
		return weigh(scores, n, heads)
	}
	top := math.Inf(-1)
	for h := range n {
		if h != d {
			heads[d] = h
			top = max(top, bestByTrial(scores, n, heads, d+1))
		}
	}
	return top
}

func TestSaveLoad(t *testing.T) {
	w := untrained(3)
	var file bytes.Buffer
	if err := w.Save(&file); err != nil {
		t.Fatal(err)
	}
	got, err := Load(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range w.Embed {
		if math.Abs(float64(v-got.Embed[i])) > 0.02 {
			t.Fatalf("vector value %d was %g and is %g", i, v, got.Embed[i])
		}
	}
	for i, v := range w.Rel {
		if math.Abs(float64(v-got.Rel[i])) > 1e-4 {
			t.Fatalf("relation weight %d was %g and is %g", i, v, got.Rel[i])
		}
	}
	var again bytes.Buffer
	if err := got.Save(&again); err != nil {
		t.Fatal(err)
	}
	twice, err := Load(&again)
	if err != nil || !reflect.DeepEqual(got.Words, twice.Words) || len(got.Embed) != len(twice.Embed) {
		t.Errorf("the second round differs: %v", err)
	}
}

func TestLoadDamaged(t *testing.T) {
	var file bytes.Buffer
	if err := untrained(3).Save(&file); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	for _, n := range []int{0, 3, 4, 50, len(whole) / 2, len(whole) - 1} {
		if _, err := Load(bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("the first %d of %d bytes were taken for a model", n, len(whole))
		}
	}
	other := bytes.Replace(whole, []byte(format), []byte("telex-parser/0"), 1)
	if _, err := Load(bytes.NewReader(other)); err == nil || !strings.Contains(err.Error(), "rebuild") {
		t.Errorf("another format gave %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	var file bytes.Buffer
	if err := untrained(3).Save(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte{255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, data []byte) {
		if w, err := Load(bytes.NewReader(data)); err == nil {
			if size := len(w.Embed) + len(w.Rel); size > 16*len(data) {
				t.Errorf("%d bytes became %d weights", len(data), size)
			}
		}
	})
}

func TestFeatures(t *testing.T) {
	w := untrained(1)
	f := NewFeatures(w)
	for _, tc := range []struct {
		forms string
		i     int
		first int32
		n     int
	}{
		{"De", 0, WordRow(0), 10},
		{"x de", 1, WordRow(0), 7},
		{"x Raad", 1, WordRow(1), 13},
		{"x Haag", 1, UnknownRow, 11},
		{"Den Haag", 1, UnknownRow, 13},
		{"x volksraad", 1, UnknownRow, 17},
		{"", 0, UnknownRow, 4},
		{"x " + strings.Repeat("Ж", 1000), 1, UnknownRow, 15},
	} {
		forms := strings.Split(tc.forms, " ")
		f.Sentence(forms)
		got := f.Word(forms, tc.i)
		if got[0] != tc.first || len(got) != tc.n {
			t.Errorf("word %d of %.20q has the rows %v: want %d of them, the first %d", tc.i, tc.forms, got, tc.n, tc.first)
		}
		for _, r := range got {
			if r < 0 || int(r) >= len(w.Embed)/w.Dim {
				t.Errorf("word %d of %.20q names the row %d", tc.i, tc.forms, r)
			}
		}
	}
	if Normal("Top-2000") != "top-0000" {
		t.Errorf("Normal gives %q", Normal("Top-2000"))
	}
}

func TestLayout(t *testing.T) {
	l := NewLayout([]int{4, 2, 2, 1})
	if l.Rows != 9 || l.Steps() != 4 || l.Active(0) != 4 || l.Active(1) != 3 || l.Active(3) != 1 {
		t.Fatalf("layout %+v", l)
	}
	for r, m := range l.Mirror {
		if int(l.Mirror[m]) != r {
			t.Errorf("the mirror of the mirror of row %d is %d", r, l.Mirror[m])
		}
	}
	if int(l.Mirror[l.Row(0, 0)]) != l.Row(0, 3) || int(l.Mirror[l.Row(1, 0)]) != l.Row(1, 1) {
		t.Error("a mirror is not the word counted from the end")
	}
}

// A network of the size that is used reads thirty sentences, about an article.
func BenchmarkRead(b *testing.B) {
	w := untrained(1)
	w.Dim, w.Hidden, w.ArcDim, w.RelDim, w.Layers = 192, 192, 160, 63, make([][2]LSTM, 3)
	for _, list := range []*[]string{&w.XPOS, &w.Feats} {
		*list = slices.Repeat(*list, 50)
	}
	w.Deprel = append(w.Deprel, slices.Repeat([]string{"obl"}, 33)...)
	fill(w, 1<<10, 1)
	m := NewModel(w)
	rng := rand.New(rand.NewPCG(1, 1))
	sentences, out, words := make([][]string, 30), make([][]Reading, 30), 0
	for i := range sentences {
		for range 4 + rng.IntN(30) {
			sentences[i] = append(sentences[i], []string{"De", "raad", "stemt", "bezwaren", "Haag", ","}[rng.IntN(6)])
		}
		out[i] = make([]Reading, len(sentences[i]))
		words += len(sentences[i])
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Read(sentences, out)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
