package namer

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"telex/internal/document"
)

// Settings say how a model is learned.
type Settings struct {
	Kinds   []string
	Groups  Group
	Lists   Lists
	Epochs  int
	Rate    float64    // step of AdaGrad
	Decay   float64    // share that weights lose in an epoch
	Drop    float64    // share of words whose form is hidden in an epoch
	Fewest  int        // how often a feature must be seen
	Folds   int        // parts of the jack-knife by which the second pass is learned
	Weights [2]float32 // of the scores of another model, kept with the model
	Seed    uint64
	Report  func(pass, epoch int, m *Model) // called after epochs; nil for none
}

// Train learns a model from articles: the first pass by itself; then the second,
// which looks at what the first says of an article that it has not learned from,
// by jack-knife. The same articles and settings give the same model.
//
// Both are conditional random fields, learned by stochastic gradients with
// AdaGrad (Duchi et al. 2011); hiding the form of a word now and then keeps the
// weights of what is known of it honest (Sutton et al. 2006).
func Train(articles []*document.Article, s Settings) *Model {
	t := newTrainer(articles, s)
	t.intern()
	t.first = t.learn(t.articles, 0)
	if s.Groups&Context == 0 {
		return t.model(t.first, t.first)
	}
	t.addContext(t.jackknife())
	return t.model(t.first, t.learn(t.articles, 1))
}

type trainer struct {
	Settings
	reader   reader
	articles []*lesson
	index    map[uint64]int32
	hashes   []uint64
	first    *field
}

// lesson is an article with the features of its words.
type lesson struct {
	reading   reading
	sentences []task
}

// task is a sentence to learn from.
type task struct {
	gold     []int8
	features [][]int32 // of each word
	named    []int     // of each word, how many features say which word it is
}

func newTrainer(articles []*document.Article, s Settings) *trainer {
	t := &trainer{Settings: s, reader: reader{s.Lists}, index: map[uint64]int32{}}
	for _, a := range articles {
		l := &lesson{}
		t.reader.article(&l.reading, a)
		for _, x := range a.Sentences {
			var bio []string
			for _, tok := range a.Tokens[x.First:x.Last] {
				bio = append(bio, tok.Name)
			}
			l.sentences = append(l.sentences, task{gold: Number(nil, bio, s.Kinds)})
		}
		t.articles = append(t.articles, l)
	}
	return t
}

// each calls do with the features of every word, apart from those of its article.
func (t *trainer) each(do func(x *task, f *features)) {
	var f features
	for _, l := range t.articles {
		for i := range l.sentences {
			for j := range l.reading.sentences[i].words {
				l.reading.sentences[i].emit(&f, j, t.Groups)
				do(&l.sentences[i], &f)
			}
		}
	}
}

// intern numbers the features that are seen often enough.
func (t *trainer) intern() {
	seen := map[uint64]int32{}
	t.each(func(_ *task, f *features) {
		for _, h := range f.list {
			seen[h]++
		}
	})
	t.each(func(x *task, f *features) {
		list := make([]int32, 0, len(f.list))
		named := 0
		for i, h := range f.list {
			if int(seen[h]) >= t.Fewest {
				list = append(list, t.number(h))
				if i < f.named {
					named++
				}
			}
		}
		x.features, x.named = append(x.features, list), append(x.named, named)
	})
}

func (t *trainer) number(h uint64) int32 {
	i, ok := t.index[h]
	if !ok {
		i = int32(len(t.hashes))
		t.index[h] = i
		t.hashes = append(t.hashes, h)
	}
	return i
}

// field is a conditional random field while it is learned.
type field struct {
	labels           int
	weights, squares []float32 // rows of labels; of gradients so far, their squares
	moves, moved     []float32
	lattice          *lattice
}

func (t *trainer) newField() *field {
	k := count(len(t.Kinds))
	n := len(t.hashes) * k
	return &field{labels: k, weights: make([]float32, n), squares: make([]float32, n),
		moves: make([]float32, k*k), moved: make([]float32, k*k), lattice: newLattice(len(t.Kinds))}
}

// learn gives a field learned from lessons.
func (t *trainer) learn(lessons []*lesson, pass int) *field {
	w := t.newField()
	var tasks []*task
	for _, l := range lessons {
		for i := range l.sentences {
			if len(l.sentences[i].gold) > 0 {
				tasks = append(tasks, &l.sentences[i])
			}
		}
	}
	random := rand.New(rand.NewPCG(t.Seed, uint64(pass)))
	step := learner{field: w, rate: float32(t.Rate), drop: t.Drop, random: random}
	for epoch := range t.Epochs {
		random.Shuffle(len(tasks), func(i, j int) { tasks[i], tasks[j] = tasks[j], tasks[i] })
		for _, x := range tasks {
			step.learn(x)
		}
		w.decay(float32(1 - t.Decay))
		if t.Report != nil && pass < 2 {
			t.report(w, pass, epoch+1)
		}
	}
	return w
}

// report tells of the model as far as it is learned.
func (t *trainer) report(w *field, pass, epoch int) {
	if pass == 1 {
		t.Report(pass, epoch, t.model(t.first, w))
		return
	}
	m := t.model(w, w)
	m.groups &^= Context
	t.Report(pass, epoch, m)
}

func (w *field) decay(by float32) {
	for i := range w.weights {
		w.weights[i] *= by
	}
}

// learner takes steps; its slices are room that is used again.
type learner struct {
	*field
	rate      float32
	drop      float64
	random    *rand.Rand
	scores    []float32
	p         []float32
	active    [][]int32
	uncertain []int
}

// learn takes one step along the gradient of the likelihood of a sentence.
func (l *learner) learn(x *task) {
	n, k := len(x.gold), l.labels
	l.scores, l.p = grow(l.scores, n*k), grow(l.p, n*k)
	l.active = grow(l.active, n)
	for i, list := range x.features {
		if l.drop > 0 && l.random.Float64() < l.drop {
			list = list[x.named[i]:]
		}
		l.active[i] = list
	}
	l.score(l.scores, l.active)
	l.lattice.prepare(l.moves)
	l.lattice.marginals(l.p, l.scores)
	l.moveStep(x)
	for i := range n {
		l.wordStep(l.p[i*k:(i+1)*k], int(x.gold[i]), l.active[i])
	}
}

// score sets scores to the sums of the weights of features.
func (w *field) score(scores []float32, features [][]int32) {
	k := w.labels
	clear(scores)
	for i, list := range features {
		row := scores[i*k : (i+1)*k]
		for _, f := range list {
			for b, v := range w.weights[int(f)*k : (int(f)+1)*k] {
				row[b] += v
			}
		}
	}
}

// negligible is the error of a probability below which nothing is learned.
const negligible = 1e-3

func (l *learner) wordStep(p []float32, gold int, features []int32) {
	p[gold]--
	l.uncertain = l.uncertain[:0]
	for b, g := range p {
		if g > negligible || g < -negligible {
			l.uncertain = append(l.uncertain, b)
		}
	}
	if len(l.uncertain) == 0 {
		return
	}
	k := l.labels
	for _, f := range features {
		weights, squares := l.weights[int(f)*k:(int(f)+1)*k], l.squares[int(f)*k:(int(f)+1)*k]
		for _, b := range l.uncertain {
			g := p[b]
			squares[b] += g * g
			weights[b] -= l.rate * g / float32(math.Sqrt(float64(squares[b])+1))
		}
	}
}

// moveStep learns the scores of labels that follow each other, by the
// probabilities of pairs.
func (l *learner) moveStep(x *task) {
	k := l.labels
	a := l.lattice
	pair := make([]float32, k*k)
	for t := 1; t < len(x.gold); t++ {
		var sum float32
		for b, from := range a.from {
			v := a.emit[t*k+b] * a.aft[t*k+b]
			for _, c := range from {
				pair[c*k+b] = a.fore[(t-1)*k+c] * a.exps[c*k+b] * v
				sum += pair[c*k+b]
			}
		}
		if sum < tiny {
			continue
		}
		for b, from := range a.from {
			for _, c := range from {
				g := pair[c*k+b] / sum
				if c == int(x.gold[t-1]) && b == int(x.gold[t]) {
					g--
				}
				if g > negligible || g < -negligible {
					l.moved[c*k+b] += g * g
					l.moves[c*k+b] -= l.rate * g / float32(math.Sqrt(float64(l.moved[c*k+b])+1))
				}
			}
		}
	}
}

// firsts are what the first pass says of the sentences of an article.
type firsts []first

// jackknife gives what a first pass says of each article that has learned from
// the others only.
func (t *trainer) jackknife() []firsts {
	all := make([]firsts, len(t.articles))
	done := make(chan bool, t.Folds)
	slots := make(chan bool, 2)
	for fold := range t.Folds {
		go func() {
			slots <- true
			defer func() { <-slots; done <- true }()
			var others []*lesson
			for i, l := range t.articles {
				if i%t.Folds != fold {
					others = append(others, l)
				}
			}
			w := t.learn(others, 2+fold)
			for i := fold; i < len(t.articles); i += t.Folds {
				all[i] = w.firsts(t.articles[i])
			}
		}()
	}
	for range t.Folds {
		<-done
	}
	return all
}

// firsts reads an article as the first pass does.
func (w *field) firsts(l *lesson) firsts {
	out := make(firsts, len(l.sentences))
	w.lattice.prepare(w.moves)
	for i := range l.sentences {
		x := &l.sentences[i]
		p := make([]float32, len(x.gold)*w.labels)
		w.score(p, x.features)
		out[i].labels = w.lattice.best(nil, p, w.moves)
		w.lattice.marginals(p, p)
		out[i].probabilities = p
	}
	return out
}

// addContext adds the features of the second pass to those of every word.
func (t *trainer) addContext(all []firsts) {
	seen := map[uint64]int32{}
	t.eachContext(all, func(_ *task, _ int, f *features) {
		for _, h := range f.list {
			seen[h]++
		}
	})
	t.eachContext(all, func(x *task, i int, f *features) {
		for _, h := range f.list {
			if int(seen[h]) >= t.Fewest {
				x.features[i] = append(x.features[i], t.number(h))
			}
		}
	})
}

func (t *trainer) eachContext(all []firsts, do func(x *task, i int, f *features)) {
	var f features
	m := newMemory(len(t.Kinds))
	for i, l := range t.articles {
		m.reset()
		for j := range l.sentences {
			m.note(&l.reading.sentences[j], all[i][j])
		}
		for j := range l.sentences {
			for k := range l.sentences[j].gold {
				f.reset()
				m.emitContext(&f, &l.reading.sentences[j], k, all[i][j])
				do(&l.sentences[j], k, &f)
			}
		}
	}
}

// model makes a model of the weights of both passes, as whole numbers of steps.
// Features whose weights are all small are left out.
func (t *trainer) model(first, second *field) *Model {
	k := first.labels
	m := &Model{kinds: t.Kinds, groups: t.Groups, weights: t.Weights, moves: [2][]float32{slices.Clone(first.moves), slices.Clone(second.moves)}, reader: t.reader}
	var top float32
	for _, w := range [][]float32{first.weights, second.weights} {
		for _, v := range w {
			top = max(top, v, -v)
		}
	}
	m.table.width, m.table.scale = 2*k, max(top/steps, tiny)
	row := make([]int8, 2*k)
	for _, i := range t.inOrder() {
		key := keyOf(t.hashes[i])
		if n := len(m.table.keys); n > 0 && m.table.keys[n-1] == key {
			continue // the rare feature whose key another one has
		}
		used := false
		for p, w := range []*field{first, second} {
			for b := range k {
				row[p*k+b] = 0
				if at := int(i)*k + b; at < len(w.weights) {
					row[p*k+b] = int8(math.RoundToEven(float64(w.weights[at] / m.table.scale)))
				}
				used = used || row[p*k+b] != 0
			}
		}
		if used {
			m.table.keys = append(m.table.keys, key)
			m.table.rows = append(m.table.rows, row...)
		}
	}
	m.prepare()
	return m
}

// steps is the number of steps of the largest weight.
const steps = 63

// inOrder lists the features by their keys.
func (t *trainer) inOrder() []int32 {
	order := make([]int32, len(t.hashes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(keyOf(t.hashes[a]), keyOf(t.hashes[b])), cmp.Compare(a, b))
	})
	return order
}
