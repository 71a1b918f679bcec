package namer

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/nlp/lexicon"
)

// article makes an article of lines of words with spaces between; each line is a
// sentence. A word that belongs to a name has its label behind a bar: Jan|B-PER.
func article(lines ...string) *document.Article {
	a := &document.Article{}
	var raw strings.Builder
	for _, l := range lines {
		s := document.Sentence{First: len(a.Tokens), Block: -1}
		for _, w := range strings.Fields(l) {
			form, name, ok := strings.Cut(w, "|")
			if !ok {
				name = "O"
			}
			start := raw.Len()
			raw.WriteString(form)
			a.Tokens = append(a.Tokens, document.Token{Span: document.Span{Start: start, End: raw.Len()}, Name: name, UPOS: "X"})
			raw.WriteByte(' ')
		}
		s.Last = len(a.Tokens)
		a.Sentences = append(a.Sentences, s)
	}
	a.Raw = raw.String()
	return a
}

func labels(a *document.Article) (out []string) {
	for _, t := range a.Tokens {
		out = append(out, t.Name)
	}
	return out
}

// lessons are articles of our own, from which a small model learns.
func lessons() (all []*document.Article) {
	people := []string{"Jan|B-PER Smit|I-PER", "Els|B-PER Bakker|I-PER", "Piet|B-PER de|I-PER Wit|I-PER", "Anna|B-PER Mulder|I-PER"}
	towns := []string{"Leuven|B-LOC", "Zwolle|B-LOC", "Den|B-LOC Helder|I-LOC", "Gent|B-LOC"}
	for i := range 24 {
		p, q, x := people[i%4], people[(i/4+1)%4], towns[(i/2)%4]
		all = append(all, article(
			"Gisteren sprak minister "+p+" in "+x+" over het weer .",
			"Daarna reisde "+q+" naar "+x+" , zei de woordvoerder .",
			"De trein reed niet .",
			"Reageerde "+p+" later ?"))
	}
	return all
}

func settings() Settings {
	return Settings{Kinds: []string{"LOC", "PER"}, Groups: AllGroups, Epochs: 8, Rate: 0.2, Decay: 0.01, Drop: 0.1, Fewest: 2, Folds: 2, Seed: 1,
		Weights: [2]float32{0.5, 1},
		Lists:   Lists{Learned: lexicon.New(map[string]lexicon.Marks{"Den Helder": 1, "Gent": 1}), Own: lexicon.New(map[string]lexicon.Marks{"Jan": 2})}}
}

func TestLearn(t *testing.T) {
	m := Train(lessons(), settings())
	a := article("Later sprak minister Els Mulder in Den Helder over de trein .", "Reageerde Jan Smit niet ?", "", "Het weer .")
	want := strings.Fields("O O O B-PER I-PER O B-LOC I-LOC O O O O  O B-PER I-PER O O  O O O")
	if err := m.Label(context.Background(), a, nil); err != nil {
		t.Fatal(err)
	}
	if got := labels(a); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestLearnIsRepeatable(t *testing.T) {
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := Train(lessons(), settings()).Save(b); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same articles made two models")
	}
}

func TestSaveLoad(t *testing.T) {
	m := Train(lessons(), settings())
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(bytes.NewReader(b.Bytes()), settings().Lists)
	if err != nil {
		t.Fatal(err)
	}
	x, y := lessons()[3], lessons()[3]
	for _, err := range []error{m.Label(context.Background(), x, nil), loaded.Label(context.Background(), y, nil)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(labels(x), labels(y)) {
		t.Errorf("saved %v\nloaded %v", labels(x), labels(y))
	}
	for cut := 0; cut < b.Len(); cut += 997 {
		if _, err := Load(bytes.NewReader(b.Bytes()[:cut]), Lists{}); err == nil {
			t.Fatalf("the first %d of %d bytes were taken for a model", cut, b.Len())
		}
	}
}

func TestExtra(t *testing.T) {
	m := Train(lessons(), settings())
	a := article("De trein reed naar Zwolle .")
	extra := &Extra{Labels: []string{"O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-ODD"}, Scores: make([]float32, 6*len(a.Tokens))}
	extra.Scores[4*6+3] = 100
	if err := m.Label(context.Background(), a, extra); err != nil {
		t.Fatal(err)
	}
	if got := a.Tokens[4].Name; got != "B-PER" {
		t.Errorf("with a high score for B-PER the label is %s", got)
	}
	extra.Weights = &[2]float32{}
	if err := m.Label(context.Background(), a, extra); err != nil {
		t.Fatal(err)
	}
	if got := a.Tokens[4].Name; got != "B-LOC" {
		t.Errorf("without weight the label is %s", got)
	}
	extra.Scores = extra.Scores[:1] // too few are no reason to fail
	extra.Weights = nil
	if err := m.Label(context.Background(), a, extra); err != nil {
		t.Fatal(err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Train(lessons()[:4], settings()).Label(ctx, lessons()[0], nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAnyArticle(t *testing.T) {
	m := Train(lessons(), settings())
	known := map[string]bool{"O": true, "B-LOC": true, "I-LOC": true, "B-PER": true, "I-PER": true}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.StringOfN(rapid.Rune(), 1, 9, -1), rapid.SampledFrom([]string{"Jan", "Smit", "naar", "\xff\xfe", "\x00", "'s-Gravenhage", "Ü", "X.Y.", "-", "A-", "’s"}))
		a := &document.Article{}
		for range rapid.IntRange(0, 4).Draw(t, "sentences") {
			s := document.Sentence{First: len(a.Tokens)}
			for _, w := range rapid.SliceOfN(word, 0, 9).Draw(t, "words") {
				start := len(a.Raw)
				a.Raw += w
				a.Tokens = append(a.Tokens, document.Token{Span: document.Span{Start: start, End: len(a.Raw)}, Head: rapid.IntRange(-1, 12).Draw(t, "head")})
			}
			s.Last = len(a.Tokens)
			a.Sentences = append(a.Sentences, s)
		}
		if err := m.Label(context.Background(), a, nil); err != nil {
			t.Fatal(err)
		}
		for _, s := range a.Sentences {
			before := "O"
			for _, tok := range a.Tokens[s.First:s.Last] {
				if kind, within := strings.CutPrefix(tok.Name, "I-"); !known[tok.Name] || within && (before == "O" || before[2:] != kind) {
					t.Fatalf("label %q after %q", tok.Name, before)
				}
				before = tok.Name
			}
		}
	})
}

func TestNumber(t *testing.T) {
	kinds := []string{"LOC", "PER"}
	for _, x := range []struct{ bio, want string }{
		{"O O", "O O"},
		{"B-PER I-PER I-PER", "B-PER I-PER I-PER"},
		{"B-PER B-PER", "B-PER B-PER"},
		{"I-LOC I-LOC O", "B-LOC I-LOC O"},
		{"B-PER I-LOC", "B-PER B-LOC"},
		{"B-ODD I-ODD I-PER", "O O B-PER"},
	} {
		var got []string
		for _, n := range Number(nil, strings.Fields(x.bio), kinds) {
			got = append(got, bioNames(kinds)[n])
		}
		if g := strings.Join(got, " "); g != x.want {
			t.Errorf("%s became %s, not %s", x.bio, g, x.want)
		}
	}
}

func TestNames(t *testing.T) {
	got := Names(strings.Fields("B-PER I-PER O I-LOC B-LOC I-PER O"))
	want := []Name{{0, 2, "PER"}, {3, 4, "LOC"}, {4, 5, "LOC"}, {5, 6, "PER"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestLattice compares the lattice with all sequences, one by one.
func TestLattice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const kinds = 1
		l, k := newLattice(kinds), count(kinds)
		n := rapid.IntRange(1, 4).Draw(t, "words")
		value := rapid.Float32Range(-3, 3)
		scores := rapid.SliceOfN(value, n*k, n*k).Draw(t, "scores")
		moves := rapid.SliceOfN(value, k*k, k*k).Draw(t, "moves")
		want, sum, top := make([]float64, n*k), 0.0, math.Inf(-1)
		eachSequence(n, k, func(labels []int) {
			score := float64(scores[labels[0]])
			for i := 1; i < n; i++ {
				score += float64(scores[i*k+labels[i]]) + float64(moves[labels[i-1]*k+labels[i]])
			}
			top = max(top, score)
			sum += math.Exp(score)
			for i, b := range labels {
				want[i*k+b] += math.Exp(score)
			}
		})
		l.prepare(moves)
		p := make([]float32, n*k)
		l.marginals(p, scores)
		for i := range p {
			if math.Abs(float64(p[i])-want[i]/sum) > 1e-3 {
				t.Fatalf("probability %d is %g, not %g", i, p[i], want[i]/sum)
			}
		}
		best := l.best(nil, scores, moves)
		score := scores[best[0]]
		for i := 1; i < n; i++ {
			score += scores[i*k+int(best[i])] + moves[int(best[i-1])*k+int(best[i])]
		}
		if math.Abs(float64(score)-top) > 1e-3 {
			t.Fatalf("the labels %v score %g, the best %g", best, score, top)
		}
	})
}

// eachSequence calls do with the sequences in which names are whole.
func eachSequence(n, k int, do func([]int)) {
	labels := make([]int, 0, n)
	var next func()
	next = func() {
		if len(labels) == n {
			if closes(labels[n-1]) {
				do(labels)
			}
			return
		}
		for b := range k {
			if i := len(labels); i == 0 && opens(b) || i > 0 && follows(labels[i-1], b) {
				labels = append(labels, b)
				next()
				labels = labels[:i]
			}
		}
	}
	next()
}

func FuzzLoad(f *testing.F) {
	var b bytes.Buffer
	s := settings()
	s.Epochs, s.Groups = 1, 0
	s.Lists.Learned = lexicon.New(nil)
	if err := Train(lessons()[:2], s).Save(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("\x02\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, file []byte) {
		m, err := Load(bytes.NewReader(file), Lists{})
		if err != nil {
			return
		}
		if err := m.Label(context.Background(), lessons()[0], nil); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkLabel(b *testing.B) {
	m := Train(lessons(), settings())
	var lines []string
	for range 50 {
		lines = append(lines, "Gisteren sprak minister Jan Smit in Den Helder over het weer en de trein die niet reed .")
	}
	a := article(lines...)
	for b.Loop() {
		if err := m.Label(context.Background(), a, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(a.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
