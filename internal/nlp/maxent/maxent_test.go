package maxent

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// features are those of a case that words describe.
func features(words string) []uint64 {
	var f Features
	for _, w := range strings.Fields(words) {
		f.Add("word", w)
	}
	return f.List
}

// modelOf makes a model of weights by key.
func modelOf(weights map[uint32]int16, scale, bias float32) *Model {
	m := &Model{scale: scale, bias: bias}
	for k := range weights {
		m.keys = append(m.keys, k)
	}
	slices.Sort(m.keys)
	for _, k := range m.keys {
		m.weights = append(m.weights, weights[k])
	}
	m.prepare()
	return m
}

// drawWeights draws the weights of a model: keys anywhere or all in a heap.
func drawWeights(t *rapid.T) map[uint32]int16 {
	keys := rapid.OneOf(rapid.Uint32(), rapid.Uint32Range(0, 300), rapid.Uint32Range(math.MaxUint32-300, math.MaxUint32))
	return rapid.MapOf(keys, rapid.Int16()).Draw(t, "weights")
}

// drawFeatures draws features, of which most have a weight.
func drawFeatures(t *rapid.T, m *Model) []uint64 {
	key := rapid.Uint32()
	if len(m.keys) > 0 {
		key = rapid.OneOf(rapid.SampledFrom(m.keys), key)
	}
	return rapid.SliceOf(rapid.Map(key, func(k uint32) uint64 { return uint64(k) << 32 })).Draw(t, "features")
}

func TestScore(t *testing.T) {
	m := modelOf(map[uint32]int16{0: 3, 5: -4, 1 << 31: 10, math.MaxUint32: math.MinInt16}, 0.5, 0.25)
	for _, tc := range []struct {
		keys []uint32
		want float64
	}{
		{nil, 0.25},
		{[]uint32{0}, 1.75},
		{[]uint32{5, 5}, -3.75},
		{[]uint32{1 << 31, 0, 5}, 4.75},
		{[]uint32{1, 4, 6, 1<<31 - 1, 1<<31 + 1, math.MaxUint32 - 1}, 0.25},
		{[]uint32{math.MaxUint32}, -16383.75},
	} {
		var list []uint64
		for _, k := range tc.keys {
			list = append(list, uint64(k)<<32|0xabc) // the lower half is of no account
		}
		if got := m.Score(list); got != tc.want {
			t.Errorf("features %v score %g, want %g", tc.keys, got, tc.want)
		}
	}
	if m.Features() != 4 {
		t.Errorf("the model knows %d features, not 4", m.Features())
	}
}

func TestZeroModel(t *testing.T) {
	for name, m := range map[string]*Model{"zero": {}, "of no example": Train(nil, Settings{Epochs: 3, Rate: 0.1})} {
		if s, p := m.Score(features("some words")), m.Probability(nil); s != 0 || p != 0.5 || m.Features() != 0 {
			t.Errorf("%s: score %g, probability %g, %d features", name, s, p, m.Features())
		}
	}
}

// A score is the sum of weights found one by one, in whatever order.
func TestScoreIsSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := drawWeights(t)
		m := modelOf(weights, 0.125, -1)
		list := drawFeatures(t, m)
		sum := 0
		for _, h := range list {
			sum += int(weights[uint32(h>>32)])
		}
		got := m.Score(list)
		if want := float64(sum)*0.125 - 1; got != want {
			t.Fatalf("the score is %g, not %g", got, want)
		}
		other := rapid.Permutation(list).Draw(t, "order")
		if s := m.Score(other); s != got {
			t.Fatalf("in another order the score is %g, not %g", s, got)
		}
	})
}

func TestProbability(t *testing.T) {
	for _, tc := range []struct{ score, want float64 }{
		{0, 0.5}, {1, 0.7310585786300049}, {-1, 0.2689414213699951}, {math.Log(3), 0.75}, {-20, 2.0611536181902037e-09}, {1e9, 1}, {math.Inf(1), 1},
	} {
		m := &Model{bias: float32(tc.score)}
		if got := m.Probability(nil); math.Abs(got-tc.want) > 1e-7*tc.want {
			t.Errorf("of score %g the probability is %g, not %g", tc.score, got, tc.want)
		}
	}
	if p := logistic(-1e9); p <= 0 || p > 1e-300 {
		t.Errorf("of a very low score the probability is %g", p)
	}
}

func TestExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-700, 700).Draw(t, "x")
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 2e-13*want {
			t.Fatalf("e to the power of %v is %v, not %v", x, got, want)
		}
		if p, q := logistic(x), logistic(-x); p < 0 || p > 1 || math.Abs(p+q-1) > 1e-15 {
			t.Fatalf("of scores %v and its negative the probabilities are %v and %v", x, p, q)
		}
	})
	for _, x := range []float64{0, math.Inf(1), math.Inf(-1), math.NaN(), 701, math.MaxFloat64, -math.MaxFloat64} {
		if got := exp(x); x == 0 && got != 1 || math.IsInf(got, 0) || math.IsNaN(got) != math.IsNaN(x) {
			t.Errorf("e to the power of %v is %v", x, got)
		}
	}
}

// What a feature is made of tells it from others, and so does the order.
func TestAddTellsApart(t *testing.T) {
	var f Features
	for _, kind := range []string{"a", "ab", ""} {
		f.Add(kind)
		for _, values := range [][]string{{""}, {"", ""}, {"a"}, {"b"}, {"a", "b"}, {"b", "a"}, {"ab"}, {"ab", ""}, {"", "ab"}, {"bank", "obj"}} {
			f.Add(kind, values...)
		}
	}
	keys := map[uint32]bool{}
	for _, h := range f.List {
		keys[keyOf(h)] = true
	}
	if len(keys) != len(f.List) {
		t.Errorf("%d features have %d keys", len(f.List), len(keys))
	}
	again := features("bank")
	if !slices.Equal(again, features("bank")) {
		t.Error("the same feature has two hashes")
	}
}

// Buckets stay short only if the upper bits of keys are even.
func TestKeysAreEven(t *testing.T) {
	const buckets, each = 256, 100
	var counts [buckets]int
	for i := range buckets * each {
		f := Features{}
		f.Add("near", "-1", strconv.Itoa(i))
		counts[keyOf(f.List[0])>>24]++
	}
	for b, n := range counts {
		if n < each/2 || n > 2*each {
			t.Errorf("bucket %d has %d keys, about %d would be even", b, n, each)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	m, list := large()
	f := Features{List: make([]uint64, 0, 8)}
	fit, word, sum := "fits", strings.Repeat("x", 3), 0.0
	for name, do := range map[string]func(){
		"Score":       func() { sum += m.Score(list) },
		"Probability": func() { sum += m.Probability(list) },
		"Add": func() {
			f.List = f.List[:0]
			f.Add("kind")
			f.Add("kind", fit)
			f.Add("kind", fit, word, "type", strconv.Itoa(7))
		},
	} {
		if n := testing.AllocsPerRun(100, do); n != 0 {
			t.Errorf("%s allocates %g times", name, n)
		}
	}
}

// large is a model of 200,000 features, and 150 features of which it knows half.
func large() (*Model, []uint64) {
	rng := rand.New(rand.NewPCG(1, 2))
	weights := map[uint32]int16{}
	for len(weights) < 200_000 {
		weights[rng.Uint32()] = int16(rng.IntN(20_000) + 1)
	}
	m := modelOf(weights, 0.0001, -1)
	list := make([]uint64, 150)
	for i := range list {
		list[i] = rng.Uint64()
		if i%2 == 0 {
			list[i] = uint64(m.keys[rng.IntN(len(m.keys))]) << 32
		}
	}
	return m, list
}

func BenchmarkScore(b *testing.B) {
	m, list := large()
	b.ReportAllocs()
	for b.Loop() {
		m.Score(list)
	}
	b.ReportMetric(float64(len(list))*float64(b.N)/b.Elapsed().Seconds(), "features/s")
}

func BenchmarkAdd(b *testing.B) {
	f := Features{List: make([]uint64, 0, 1)}
	typ, fit := "protest", "fits"
	b.ReportAllocs()
	for b.Loop() {
		f.List = f.List[:0]
		f.Add("actor kind type", typ, fit)
	}
}
