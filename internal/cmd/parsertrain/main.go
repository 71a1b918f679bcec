// Command parsertrain learns the model of a language that tags and parses its
// sentences and finds the names in them: from a treebank, from articles with
// names, and from word lists.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/nlp/lexicon"
	"telex/internal/nlp/parser"
)

// settings are the flags.
type settings struct {
	data, out            string
	epochs               int
	hidden, dim, layers  int
	arc, rel             int
	buckets              int
	rate, drop, wordDrop float64
	size                 int
	teachers             int
	teacherEpochs        int
}

func main() {
	var s settings
	flag.StringVar(&s.data, "data", "../shared/data", "folder of the data: treebank, ner, names, lexicon")
	flag.StringVar(&s.out, "out", "parser.bin", "model file to write")
	flag.IntVar(&s.epochs, "epochs", 12, "times over the treebank")
	flag.IntVar(&s.hidden, "hidden", 192, "units of each direction of a layer")
	flag.IntVar(&s.dim, "dim", 192, "length of a word's vector")
	flag.IntVar(&s.layers, "layers", 3, "layers")
	flag.IntVar(&s.arc, "arc", 160, "length of the vectors that choose heads")
	flag.IntVar(&s.rel, "rel", 63, "length of the vectors that choose relations")
	flag.IntVar(&s.buckets, "buckets", 1<<15, "rows for affixes and shapes")
	flag.Float64Var(&s.rate, "rate", 0.002, "step of Adam")
	flag.Float64Var(&s.drop, "drop", 0.33, "share of units left out")
	flag.Float64Var(&s.wordDrop, "worddrop", 0.2, "share of words taken for unknown")
	flag.IntVar(&s.size, "batch", 1000, "words of a batch")
	flag.IntVar(&s.teachers, "teachers", 2, "models that are learned first, and read newspaper text for the last one to learn from")
	flag.IntVar(&s.teacherEpochs, "teacher-epochs", 7, "times over the treebank for a teacher")
	profile := flag.String("profile", "", "file for a profile of the processor")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			log.Fatal(err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			log.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	if err := run(&s); err != nil {
		log.Fatal(err)
	}
}

// corpus is what is learned from and scored on.
type corpus struct {
	trees, names, news []sentence
	devTrees, devNames []sentence
}

func readCorpus(data string, pack lang.Pack) (c corpus, err error) {
	bank, articles := filepath.Join(data, "treebank"), filepath.Join(data, "ner", "news-2019")
	if c.trees, err = readTreebank(filepath.Join(bank, "train.conllu.gz")); err != nil {
		return c, err
	}
	c.trees = append(c.trees, withSpaces(c.trees)...)
	if c.devTrees, err = readTreebank(filepath.Join(bank, "alpino-dev.conllu.gz")); err != nil {
		return c, err
	}
	if c.names, err = readNames(articles, nameTrain, pack); err != nil {
		return c, err
	}
	if c.devNames, err = readNames(articles, nameDev, pack); err != nil {
		return c, err
	}
	c.news, err = readNews(filepath.Join(data, "news", "dpg-2019.jsonl.gz"), withNames(articles), pack)
	tooLong := func(s sentence) bool { return len(s.words) > parser.MaxWords }
	for _, list := range []*[]sentence{&c.trees, &c.names, &c.news} {
		*list = slices.DeleteFunc(*list, tooLong)
	}
	return c, err
}

func run(s *settings) error {
	if s.hidden%16 != 0 || s.dim%16 != 0 || s.hidden < 16 || s.dim < 16 {
		return fmt.Errorf("--hidden %d and --dim %d must be multiples of 16", s.hidden, s.dim)
	}
	pack, err := nl.Rules()
	if err != nil {
		return err
	}
	c, err := readCorpus(s.data, pack)
	if err != nil {
		return err
	}
	lists, err := readLexicon(s.data, pack.Countries)
	if err != nil {
		return err
	}
	var models committee
	for i := range s.teachers {
		fmt.Printf("teacher %d\n", i+1)
		models = append(models, parser.NewModel(s.learn(lists, append(slices.Clip(c.trees), c.names...), s.teacherEpochs, uint64(i+1), c)))
	}
	sentences := append(slices.Clip(c.trees), c.names...)
	if len(models) > 0 {
		sentences = append(models.annotate(sentences), models.annotate(c.news)...)
	}
	return save(s.learn(lists, sentences, s.epochs, 0, c), s.out)
}

// learn trains a network on sentences and prints how it does on the development
// parts of c.
func (s *settings) learn(lists *lexicon.Table, sentences []sentence, epochs int, seed uint64, c corpus) *parser.Weights {
	w := &parser.Weights{Dim: s.dim, Hidden: s.hidden, ArcDim: s.arc, RelDim: s.rel, Names: nameLabels(), Lexicon: lists}
	columns(w, sentences)
	n := newNet(w, s.buckets, s.layers, seed)
	n.drop, n.wordDrop = s.drop, s.wordDrop
	n.train(encode(w, sentences), s, epochs, seed, func(m *parser.Model) string {
		return fmt.Sprintf("%s names %.2f", score(m, c.devTrees), nameScore(m, c.devNames))
	})
	return n.export()
}

func save(w *parser.Weights, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	if err := w.Save(f); err != nil {
		return err
	}
	return f.Close()
}

// train runs over the examples, with a rate that falls to nothing along half a
// cosine, and prints what report says after each time.
func (n *net) train(examples []*example, s *settings, epochs int, seed uint64, report func(*parser.Model) string) {
	words := 0
	for _, e := range examples {
		words += len(e.heads)
	}
	steps := float64(words) / float64(s.size) * float64(epochs)
	shuffle := rand.New(rand.NewPCG(seed, 11))
	start := time.Now()
	for epoch, step := 0, 0; epoch < epochs; epoch++ {
		shuffle.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		var loss float64
		batches := 0
		for i := 0; i < len(examples); batches++ {
			var batch []*example
			for rows := 0; i < len(examples) && rows < s.size; i++ {
				batch = append(batch, examples[i])
				rows += len(examples[i].heads)
			}
			done := min(1, float64(step)/steps)
			loss += n.learn(batch, s.rate*min(1, float64(step+1)/warmup)*max(0.01, 0.5+0.5*math.Cos(math.Pi*done)))
			step++
		}
		fmt.Printf("%s epoch %d loss %.4f %s\n", time.Since(start).Round(time.Second), epoch+1, loss/float64(batches), report(parser.NewModel(n.export())))
	}
}

// warmup is the number of steps in which the rate grows to its whole.
const warmup = 300

// guessWeight is what a word read by other models counts beside one read by hand.
const guessWeight = 0.5

// columns lists what is to be learned, in order of the alphabet.
func columns(w *parser.Weights, sentences []sentence) {
	seen := map[string]int{}
	var upos, xpos, feats, deprel = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range sentences {
		for _, x := range s.words {
			seen[parser.Normal(x.form)]++
			upos[x.upos], xpos[x.xpos], feats[x.feats], deprel[x.deprel] = true, true, true, true
		}
	}
	for _, set := range []map[string]bool{upos, xpos, feats, deprel} {
		delete(set, "")
	}
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
	place := func(list []string, s string) int {
		if i, ok := slices.BinarySearch(list, s); ok {
			return i
		}
		return -1
	}
	features := parser.NewFeatures(w)
	var all []*example
	for _, s := range sentences {
		e := &example{features: [][]int32{{parser.RootRow}}, upos: []int{-1}, xpos: []int{-1}, feats: []int{-1}, names: []int{-1}, deprel: []int{-1}, heads: []int{0}, weight: 1}
		if s.guessed {
			e.weight = guessWeight
		}
		forms := make([]string, len(s.words))
		for i, x := range s.words {
			forms[i] = x.form
		}
		features.Sentence(forms)
		for i, x := range s.words {
			f := slices.Clone(features.Word(forms, i))
			f[1] = parser.KindRow(s.kind)
			e.features = append(e.features, f)
			e.upos, e.xpos = append(e.upos, place(w.UPOS, x.upos)), append(e.xpos, place(w.XPOS, x.xpos))
			e.feats, e.deprel = append(e.feats, place(w.Feats, x.feats)), append(e.deprel, place(w.Deprel, x.deprel))
			e.names, e.heads = append(e.names, place(w.Names, x.name)), append(e.heads, x.head)
			e.parsed = e.parsed || x.head >= 0
		}
		all = append(all, e)
	}
	return all
}

// score reads the sentences and says how much of it is right, in percent of all
// words; LAS leaves subtypes out.
func score(m *parser.Model, sentences []sentence) string {
	forms, out := unread(sentences)
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
