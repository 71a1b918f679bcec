package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"telex/internal/nlp/lexicon"
	"telex/internal/nlp/parser"
)

// made gives a small treebank of our own.
func made() []sentence {
	tree := func(kind int, words ...word) sentence { return sentence{words: words, kind: kind} }
	return []sentence{
		tree(0, word{form: "De", upos: "DET", xpos: "LID", feats: "_", deprel: "det", head: 2}, word{form: "raad", upos: "NOUN", xpos: "N", feats: "Number=Sing", deprel: "nsubj", head: 3},
			word{form: "stemt", upos: "VERB", xpos: "WW", feats: "_", deprel: "root", head: 0}, word{form: ".", upos: "PUNCT", xpos: "LET", feats: "_", deprel: "punct", head: 3}),
		tree(1, word{form: "Hij", upos: "PRON", xpos: "VNW", feats: "_", deprel: "nsubj", head: 2}, word{form: "stemt", upos: "VERB", xpos: "_", feats: "_", deprel: "root", head: 0}),
		tree(0, word{form: "Anna", name: "B-PER", head: -1}, word{form: "Bos", name: "I-PER", head: -1}, word{form: ".", name: "O", head: -1}),
		tree(2, word{form: "Ja", upos: "INTJ", xpos: "TSW", feats: "_", deprel: "root", head: 0}),
	}
}

func small(seed uint64) (*net, []*example) {
	w := &parser.Weights{Dim: 16, Hidden: 16, ArcDim: 16, RelDim: 15, Names: nameLabels(), Lexicon: lexicon.New(map[string]lexicon.Marks{"Anna": markGiven})}
	columns(w, made())
	n := newNet(w, 64, 2, seed)
	return n, encode(w, made())
}

// The gradients are those that small changes of the weights show.
func TestGradients(t *testing.T) {
	n, examples := small(3)
	n.drop, n.wordDrop = 0, 0
	for i := range n.Embed {
		n.Embed[i] *= 5
	}
	slices.SortStableFunc(examples, func(a, b *example) int { return len(b.heads) - len(a.heads) })
	loss := func() float64 {
		for _, p := range n.dense {
			p.pack()
		}
		return n.work(examples, 1, rand.New(rand.NewPCG(1, 1)))
	}
	for _, p := range n.dense {
		p.pack()
	}
	n.work(examples, 0, rand.New(rand.NewPCG(1, 1)))
	rng := rand.New(rand.NewPCG(2, 2))
	check := func(name string, w, g []float32) {
		for range 12 {
			i := rng.IntN(len(w))
			const step = 0.01
			old := w[i]
			w[i] = old + step
			up := loss()
			w[i] = old - step
			down := loss()
			w[i] = old
			want := (up - down) / (2 * step)
			if math.Abs(want-float64(g[i])) > 0.01+0.03*math.Abs(want) {
				t.Errorf("%s %d: gradient %g, by trial %g", name, i, g[i], want)
			}
		}
	}
	for i, p := range n.dense {
		check("matrix "+string(rune('a'+i)), *p.w, p.grad[0])
	}
	check("vectors", n.Embed, n.grad[0])
}

// Training learns its own sentences by heart, and twice the same.
func TestLearn(t *testing.T) {
	var models [2]*net
	for k := range models {
		n, examples := small(1)
		n.drop, n.wordDrop = 0, 0
		for range 150 {
			n.learn(slices.Clone(examples), 0.01)
		}
		models[k] = n
	}
	if !slices.Equal(models[0].Embed, models[1].Embed) || !slices.Equal(models[0].wMLP, models[1].wMLP) {
		t.Error("training the same twice gave two models")
	}
	sentences := made()
	forms, out := make([][]string, len(sentences)), make([][]parser.Reading, len(sentences))
	for i, s := range sentences {
		for _, x := range s.words {
			forms[i] = append(forms[i], x.form)
		}
		out[i] = make([]parser.Reading, len(s.words))
	}
	parser.NewModel(models[0].export()).Read(forms, out)
	for i, s := range sentences {
		for j, x := range s.words {
			r := out[i][j]
			if x.name != "" && r.Name != x.name {
				t.Errorf("%q is labelled %s, want %s", x.form, r.Name, x.name)
			}
			if x.head < 0 {
				continue
			}
			if r.UPOS != x.upos || r.Feats != x.feats || r.Head != x.head || r.Deprel != x.deprel {
				t.Errorf("%q is read as %+v, want %+v", x.form, r, x)
			}
		}
	}
}

func TestToday(t *testing.T) {
	for _, tc := range [][3]string{
		{"VERB", "Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin", "Number=Sing|Tense=Past|VerbForm=Fin"},
		{"DET", "Definite=Def|PronType=Art", "Definite=Def"},
		{"DET", "PronType=Tot", "_"},
		{"PRON", "PronType=Rel", "PronType=Rel"},
		{"ADP", "_", "_"},
	} {
		if got := today(tc[0], tc[1]); got != tc[2] {
			t.Errorf("today(%s, %s) = %s, want %s", tc[0], tc[1], got, tc[2])
		}
	}
}

func TestInNounPhrases(t *testing.T) {
	words := []word{
		{form: "zelfs", upos: "ADV", deprel: "advmod", head: 2}, {form: "Anna", upos: "PROPN", deprel: "nsubj", head: 5},
		{form: "is", upos: "AUX", deprel: "cop", head: 5}, {form: "nu", upos: "ADV", deprel: "advmod", head: 5}, {form: "voorzitter", upos: "NOUN", deprel: "root"},
	}
	got := inNounPhrases(words)
	if got[0].deprel != "amod" || got[3].deprel != "advmod" {
		t.Errorf("the adverbs are %s of a name and %s of a clause, want amod and advmod", got[0].deprel, got[3].deprel)
	}
}

func TestWithSpaces(t *testing.T) {
	s := sentence{words: []word{
		{form: "Het", deprel: "nsubj", head: 2}, {form: "werd", deprel: "root"}, {form: "3-1", upos: "SYM", deprel: "xcomp", head: 2}, {form: ".", deprel: "punct", head: 3},
	}}
	got := withSpaces([]sentence{s, {words: s.words[:2]}})
	if len(got) != 1 || len(got[0].words) != 6 {
		t.Fatalf("%d sentences, want one of six words: %v", len(got), got)
	}
	for i, want := range []word{{form: "Het", head: 2}, {form: "werd"}, {form: "3", head: 2}, {form: "-", head: 3}, {form: "1", head: 3}, {form: ".", head: 3}} {
		if w := got[0].words[i]; w.form != want.form || w.head != want.head {
			t.Errorf("word %d is %s under %d, want %s under %d", i+1, w.form, w.head, want.form, want.head)
		}
	}
}
