// Command parsertrain learns the parser model of a language from a treebank.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"telex/internal/nlp/parser"
)

func main() {
	train := flag.String("train", "../shared/data/treebank/train.conllu.gz", "treebank to learn from")
	dev := flag.String("dev", "../shared/data/treebank/alpino-dev.conllu.gz", "treebank to score on with gold words")
	out := flag.String("out", "parser.bin", "model file to write")
	epochs := flag.Int("epochs", 20, "times over the treebank")
	hidden := flag.Int("hidden", 192, "units of each direction of a layer")
	dim := flag.Int("dim", 192, "length of a word's vector")
	layers := flag.Int("layers", 2, "layers")
	buckets := flag.Int("buckets", 1<<15, "rows for affixes and shapes")
	rate := flag.Float64("rate", 0.002, "step of Adam")
	limit := flag.Duration("limit", time.Hour, "for measuring only: shrink the epochs to fit; the model then depends on the machine")
	flag.Parse()
	if err := run(*train, *dev, *out, *epochs, *hidden, *dim, *layers, *buckets, *rate, *limit); err != nil {
		log.Fatal(err)
	}
}

func run(train, dev, out string, epochs, hidden, dim, layers, buckets int, rate float64, limit time.Duration) error {
	if hidden%16 != 0 || dim%16 != 0 || hidden < 16 || dim < 16 {
		return fmt.Errorf("--hidden %d and --dim %d must be multiples of 16", hidden, dim)
	}
	start := time.Now()
	sentences, err := readTreebank(train)
	if err != nil {
		return err
	}
	test, err := readTreebank(dev)
	if err != nil {
		return err
	}
	sentences = slices.DeleteFunc(sentences, func(s sentence) bool { return len(s.words) > parser.MaxWords })
	w := &parser.Weights{Dim: dim, Hidden: hidden, ArcDim: 160, RelDim: 63}
	label(w, sentences)
	n := newNet(w, buckets, layers, 1)
	examples := encode(w, sentences)
	words := 0
	for _, e := range examples {
		words += len(e.heads)
	}
	const size = 1000 // words of a batch
	steps := words / size * epochs
	shuffle := rand.New(rand.NewPCG(1, 11))
	for epoch, step := 0, 0; epoch < epochs; epoch++ {
		shuffle.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		var loss float64
		var batches int
		for i := 0; i < len(examples); {
			var batch []*example
			for rows := 0; i < len(examples) && rows < size; i++ {
				batch = append(batch, examples[i])
				rows += len(examples[i].heads)
			}
			done := max(float64(step)/float64(steps), float64(time.Since(start))/float64(limit))
			now := rate * min(1, float64(step+1)/300) * max(0.01, 0.5+0.5*math.Cos(math.Pi*min(1, done)))
			loss += n.learn(batch, now)
			step++
			batches++
			if done >= 1 {
				epoch = epochs
				break
			}
		}
		fmt.Printf("%s epoch %d loss %.4f %s\n", time.Since(start).Round(time.Second), epoch+1, loss/float64(batches), score(n.export(), test))
	}
	f, err := os.Create(out)
	if err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	if err := n.export().Save(f); err != nil {
		return err
	}
	return f.Close()
}

// label lists what is to be learned, in order of the alphabet.
func label(w *parser.Weights, sentences []sentence) {
	seen := map[string]int{}
	var upos, xpos, feats, deprel = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range sentences {
		for _, x := range s.words {
			seen[parser.Normal(x.form)]++
			upos[x.upos], xpos[x.xpos], feats[x.feats], deprel[x.deprel] = true, true, true, true
		}
	}
	delete(xpos, "_")
	for word, n := range seen {
		if n > 1 {
			w.Words = append(w.Words, word)
		}
	}
	slices.Sort(w.Words)
	w.UPOS, w.XPOS = slices.Sorted(maps.Keys(upos)), slices.Sorted(maps.Keys(xpos))
	w.Feats, w.Deprel = slices.Sorted(maps.Keys(feats)), slices.Sorted(maps.Keys(deprel))
}

func encode(w *parser.Weights, sentences []sentence) []*example {
	index := map[string]int32{}
	for i, word := range w.Words {
		index[word] = int32(i)
	}
	place := func(list []string, s string) int {
		if i, ok := slices.BinarySearch(list, s); ok {
			return i
		}
		return -1
	}
	var all []*example
	for _, s := range sentences {
		e := &example{features: [][]int32{{parser.RootRow}}, upos: []int{-1}, xpos: []int{-1}, feats: []int{-1}, deprel: []int{-1}, heads: []int{0}}
		for i, x := range s.words {
			f := w.Features(nil, x.form, i == 0, index)
			f[1] = parser.KindRow(s.kind)
			e.features = append(e.features, f)
			e.upos, e.xpos = append(e.upos, place(w.UPOS, x.upos)), append(e.xpos, place(w.XPOS, x.xpos))
			e.feats, e.deprel = append(e.feats, place(w.Feats, x.feats)), append(e.deprel, place(w.Deprel, x.deprel))
			e.heads = append(e.heads, x.head)
		}
		all = append(all, e)
	}
	return all
}

// score reads the sentences and says how much of it is right, in percent of all
// words; LAS leaves subtypes out.
func score(w *parser.Weights, sentences []sentence) string {
	m := parser.NewModel(w)
	forms, out := make([][]string, len(sentences)), make([][]parser.Reading, len(sentences))
	for i, s := range sentences {
		for _, x := range s.words {
			forms[i] = append(forms[i], x.form)
		}
		out[i] = make([]parser.Reading, len(forms[i]))
	}
	start := time.Now()
	m.Read(forms, out)
	took := time.Since(start)
	var words, upos, xpos, feats, uas, las float64
	for i, s := range sentences {
		for j, x := range s.words {
			r := out[i][j]
			words++
			upos += one(r.UPOS == x.upos)
			xpos += one(r.XPOS == x.xpos)
			feats += one(r.Feats == x.feats)
			if r.Head == x.head {
				uas++
				las += one(plain(r.Deprel) == plain(x.deprel))
			}
		}
	}
	return fmt.Sprintf("UPOS %.2f XPOS %.2f feats %.2f UAS %.2f LAS %.2f at %.0f words/s", 100*upos/words, 100*xpos/words, 100*feats/words, 100*uas/words, 100*las/words, words/took.Seconds())
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func plain(relation string) string {
	head, _, _ := strings.Cut(relation, ":")
	return head
}
