package maxent

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Example is one case to learn from.
type Example struct {
	Features []uint64
	Yes      bool
	Weight   float32 // how much it counts, 0 or more; 1 for one like others
}

// Settings say how a model is learned.
type Settings struct {
	Epochs int     // how often all examples are seen; without any, nothing is learned
	Rate   float64 // step of AdaGrad, above 0; 0.05 is a fair start
	L2     float64 // strength of the pull towards zero at each sight of a feature, 0 for none
	Fewest int     // how often a feature must stand in the examples to get a weight
	Seed   uint64  // of the order in which examples are seen
}

// Train learns a model by stochastic gradients with AdaGrad (Duchi, Hazan and Singer
// 2011, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization)
// and takes the mean of its weights over the later half of the epochs, which wavers
// less than the last. The same examples and settings give the same model. Without
// examples the model gives even odds.
func Train(examples []Example, s Settings) *Model {
	t := newTrainer(examples, s.Fewest)
	rng := rand.New(rand.NewPCG(s.Seed, 0))
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	kept := 0
	for epoch := range s.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.learn(t.tasks[i], &examples[i], s)
		}
		if epoch >= s.Epochs/2 {
			kept++
			for i, w := range t.weights {
				t.sums[i] += w
			}
		}
	}
	return t.model(kept)
}

// trainer numbers the features; number 0 is the bias.
type trainer struct {
	keys    []uint32
	tasks   [][]int32 // of each example, the numbers of its features
	weights []float64
	squares []float64 // of the gradients so far, summed
	sums    []float64 // of the weights after each epoch that counts
}

func newTrainer(examples []Example, fewest int) *trainer {
	seen := map[uint32]int{}
	for i := range examples {
		for _, h := range examples[i].Features {
			seen[keyOf(h)]++
		}
	}
	t := &trainer{keys: []uint32{0}}
	index := map[uint32]int32{}
	for i := range examples {
		task := []int32{0}
		for _, h := range examples[i].Features {
			k := keyOf(h)
			if seen[k] < fewest {
				continue
			}
			if _, ok := index[k]; !ok {
				index[k] = int32(len(t.keys))
				t.keys = append(t.keys, k)
			}
			task = append(task, index[k])
		}
		t.tasks = append(t.tasks, task)
	}
	n := len(t.keys)
	t.weights, t.squares, t.sums = make([]float64, n), make([]float64, n), make([]float64, n)
	return t
}

// learn takes one step down the gradient. Conversions keep products from being fused
// with sums, which some machines do.
func (t *trainer) learn(task []int32, x *Example, s Settings) {
	sum := 0.0
	for _, i := range task {
		sum += t.weights[i]
	}
	wrong := logistic(sum)
	if x.Yes {
		wrong--
	}
	for _, i := range task {
		g := float64(wrong*float64(x.Weight)) + float64(s.L2*t.weights[i])
		t.squares[i] += float64(g * g)
		t.weights[i] -= float64(s.Rate * g / (1e-6 + math.Sqrt(t.squares[i])))
	}
}

// model makes a model of the mean of the weights over as many epochs as were kept. It
// rounds them to whole steps, of which the largest weight has maxWeight, and leaves
// out those of less than half a step.
func (t *trainer) model(kept int) *Model {
	const maxWeight = 20_000
	largest := 1e-9
	for i := range t.sums {
		t.sums[i] /= float64(max(kept, 1))
		if i > 0 {
			largest = max(largest, math.Abs(t.sums[i]))
		}
	}
	scale := largest / maxWeight
	m := &Model{scale: float32(scale), bias: float32(t.sums[0])}
	for _, i := range t.byKey() {
		if w := int16(math.Round(t.sums[i] / scale)); w != 0 {
			m.keys, m.weights = append(m.keys, t.keys[i]), append(m.weights, w)
		}
	}
	m.prepare()
	return m
}

// byKey gives the numbers of the features in ascending order of their keys.
func (t *trainer) byKey() []int {
	order := make([]int, 0, len(t.keys))
	for i := 1; i < len(t.keys); i++ {
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(t.keys[a], t.keys[b]) })
	return order
}
