package maxent

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func settings() Settings { return Settings{Epochs: 40, Rate: 0.1, L2: 0.0001, Fewest: 1, Seed: 1} }

// examples are lines of words, those of yes first with a plus.
func examples(lines ...string) (all []Example) {
	for _, l := range lines {
		words, yes := strings.CutPrefix(l, "+")
		all = append(all, Example{Features: features(words), Yes: yes, Weight: 1})
	}
	return all
}

// strikes are sentences of our own about strikes of workers and other strikes.
func strikes() []Example {
	return examples(
		"+ bakkers staken voor hoger loon", "+ havenarbeiders staken vandaag opnieuw", "+ de vakbond wil staken om loon",
		"+ treinen rijden niet door staking van de vakbond", "+ leraren staken een dag voor hoger loon",
		"ze staken de straat over", "de dieven staken een auto in brand", "zij staken hun handen op", "buren staken een vuur aan in de straat",
		"jongeren staken vuurwerk af", "de raad wil de straat verbreden", "de auto staat in brand")
}

func TestLearnSeparable(t *testing.T) {
	m := Train(strikes(), settings())
	for i, x := range strikes() {
		if p := m.Probability(x.Features); (p > 0.5) != x.Yes {
			t.Errorf("example %d: probability %g, but yes is %v", i, p, x.Yes)
		}
	}
	for words, yes := range map[string]bool{
		"artsen staken voor loon": true, "de vakbond kondigt een staking aan": true,
		"ze staken een auto in brand": false, "kinderen staken de straat over": false,
	} {
		if p := m.Probability(features(words)); (p > 0.5) != yes {
			t.Errorf("%q: probability %g, but yes is %v", words, p, yes)
		}
	}
}

// A linear model cannot learn that one of two signs tells yes but both tell no; with
// a feature for the pair it can.
func TestLearnOneOfTwo(t *testing.T) {
	right := func(cases []Example) (n int) {
		m := Train(cases, settings())
		for _, x := range cases {
			if (m.Probability(x.Features) > 0.5) == x.Yes {
				n++
			}
		}
		return n
	}
	if n := right(examples("no1 no2", "+ yes1 no2", "+ no1 yes2", "yes1 yes2")); n == 4 {
		t.Error("single features told all four cases, which no linear model can do")
	}
	if n := right(examples("no1 no2 no1no2", "+ yes1 no2 yes1no2", "+ no1 yes2 no1yes2", "yes1 yes2 yes1yes2")); n != 4 {
		t.Errorf("with features for pairs %d of 4 cases are right", n)
	}
}

// Without a pull towards zero, probabilities come out as the shares of yes.
func TestLearnShares(t *testing.T) {
	s := settings()
	s.L2, s.Epochs = 0, 400
	for name, cases := range map[string][]Example{
		"by number": append(slices.Repeat(examples("+ word"), 3), examples("word")...),
		"by weight": {{features("word"), true, 3}, {features("word"), false, 1}},
		"of weight": {{features("word"), true, 1.5}, {features("word"), false, 0.5}, {features("word"), false, 0}},
	} {
		if p := Train(cases, s).Probability(features("word")); math.Abs(p-0.75) > 0.02 {
			t.Errorf("%s: probability %g, want 0.75", name, p)
		}
	}
}

func TestPull(t *testing.T) {
	free, pulled := settings(), settings()
	free.L2, pulled.L2 = 0, 0.3
	x := features("vakbond loon")
	if p, q := Train(strikes(), free).Probability(x), Train(strikes(), pulled).Probability(x); p <= q {
		t.Errorf("probability %g without a pull towards zero, %g with one", p, q)
	}
}

func TestFewest(t *testing.T) {
	for _, tc := range []struct {
		fewest int
		known  string // words with a weight
	}{
		{-1, "once twice often"}, {0, "once twice often"}, {1, "once twice often"}, {2, "twice often"}, {3, "often"}, {4, ""},
	} {
		s := settings()
		s.Fewest = tc.fewest
		m := Train(examples("+ often once", "+ often twice", "often twice"), s)
		for _, w := range []string{"once", "twice", "often"} {
			if known := m.Score(features(w)) != m.Score(nil); known != strings.Contains(tc.known, w) {
				t.Errorf("at least %d times: %s has a weight: %v", tc.fewest, w, known)
			}
		}
		if n := len(strings.Fields(tc.known)); m.Features() != n {
			t.Errorf("at least %d times: %d features, not %d", tc.fewest, m.Features(), n)
		}
	}
}

// cases are many made at random, for which rounding and order count.
func cases() (all []Example) {
	rng := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("aan bij door in met naar om op over te tot uit van voor zonder")
	for range 500 {
		var f Features
		for range 12 {
			f.Add("word", words[rng.IntN(len(words))], words[rng.IntN(len(words))])
		}
		all = append(all, Example{f.List, rng.IntN(3) == 0, float32(rng.IntN(4)) / 3})
	}
	return all
}

func saved(t testing.TB, m *Model) []byte {
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sumOf is a checksum of bytes.
func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Each bit is that of any machine: also where products can be fused with sums, as
// under GOAMD64=v3. The last bits of weights are lost when a model is made of them, so
// they are looked at before.
func TestSameBits(t *testing.T) {
	var weights, exps, scores []byte
	s := settings()
	s.L2 = 0.007
	tr := newTrainer(cases(), 2)
	for i, x := range cases() {
		tr.learn(tr.tasks[i], &x, s)
	}
	for _, w := range tr.weights {
		weights = binary.LittleEndian.AppendUint64(weights, math.Float64bits(w))
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for range 1000 {
		exps = binary.LittleEndian.AppendUint64(exps, math.Float64bits(exp(rng.NormFloat64()*9)))
		m := modelOf(map[uint32]int16{7: int16(rng.Uint32())}, rng.Float32(), rng.Float32())
		score := m.Score(slices.Repeat([]uint64{7 << 32}, 1+rng.IntN(2000)))
		scores = binary.LittleEndian.AppendUint64(scores, math.Float64bits(score))
	}
	for _, tc := range []struct {
		name string
		bits []byte
		want string
	}{
		{"weights", weights, "3cf27830e7f35a5b"},
		{"exponentials", exps, "285d28151b5e8a40"},
		{"scores", scores, "01c517f76eaa1df8"},
	} {
		if got := sumOf(tc.bits); got != tc.want {
			t.Errorf("the %s have the sum %s, not %s", tc.name, got, tc.want)
		}
	}
}

// The sum is that of the model on any machine; another one means that models
// learned before cannot be made again.
func TestLearnIsRepeatable(t *testing.T) {
	const want = "0a0f868e9944d39c"
	first, second := saved(t, Train(cases(), settings())), saved(t, Train(cases(), settings()))
	if !bytes.Equal(first, second) {
		t.Error("the same examples made two models")
	}
	if got := sumOf(first); got != want {
		t.Errorf("the model has the sum %s, not %s", got, want)
	}
	s := settings()
	s.Seed++
	if bytes.Equal(first, saved(t, Train(cases(), s))) {
		t.Error("another seed made the same model")
	}
}

// Settings without sense make a useless model or none that can be saved, no panic.
func TestSenselessSettings(t *testing.T) {
	for name, s := range map[string]Settings{
		"none":             {},
		"negative epochs":  {Epochs: -1, Rate: 0.1},
		"huge rate":        {Epochs: 4, Rate: math.MaxFloat64},
		"no number":        {Epochs: 2, Rate: math.NaN(), L2: math.Inf(1)},
		"against the pull": {Epochs: 50, Rate: 10, L2: -100},
	} {
		m := Train(cases()[:20], s)
		m.Probability(cases()[0].Features)
		if err := m.Save(&bytes.Buffer{}); err != nil && !strings.Contains(err.Error(), "lower rate") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
