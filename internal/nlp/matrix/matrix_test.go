package matrix

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func TestMulAdd(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][3]int{{1, 1, 1}, {2, 3, 5}, {5, 7, 16}, {6, 16, 17}, {13, 40, 33}, {23, 128, 64}} {
		m, k, n := size[0], size[1], size[2]
		t.Run(fmt.Sprint(m, k, n), func(t *testing.T) {
			a, b := random(rng, m*k), random(rng, k*n)
			packed := Pack(b, k, n)
			flipped := make([]float32, n*k)
			for i := range k {
				for j := range n {
					flipped[j*k+i] = b[i*n+j]
				}
			}
			var other Packed
			other.SetTransposed(flipped, n, k)
			if !slices.Equal(packed.data, other.data) {
				t.Error("the transpose of the transpose is packed otherwise")
			}
			w := packed.Width()
			c := random(rng, m*w)
			want := slices.Clone(c)
			for i := range m {
				for j := range n {
					for x := range k {
						want[i*w+j] += float32(a[i*k+x] * b[x*n+j])
					}
				}
			}
			MulAdd(c, w, a, k, m, packed)
			if !slices.Equal(c, want) {
				t.Error("the product differs from its definition")
			}
		})
	}
}

// Each kernel of the processor gives the bits of the portable code, with a bias
// in place of what stood in c.
func TestKernels(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	const k = 37
	for m := 1; m <= 40; m++ {
		a, b, bias := random(rng, m*k), Pack(random(rng, k*48), k, 48), random(rng, 48)
		got, want := random(rng, m*48), make([]float32, m*48)
		MulBias(got, 48, a, k, m, b, bias)
		for first := 0; first < 48; first += Panel {
			mulPanelPortable(m, want[first:], 48, a, k, b.data[first*k:], k, bias[first:], 0)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d rows differ from the portable code", m)
		}
	}
}

// A product of no rows, and with a matrix without rows, changes nothing.
func TestMulAddEmpty(t *testing.T) {
	c := []float32{1}
	MulAdd(c, 16, nil, 4, 0, Pack(make([]float32, 4), 4, 1))
	MulAdd(c, 16, nil, 0, 1, Pack(nil, 0, 1))
	if c[0] != 1 {
		t.Errorf("c is %v", c)
	}
}

func TestMulAddTooShort(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a product beyond the slice did not panic")
		}
	}()
	MulAdd(make([]float32, 15), 16, make([]float32, 4), 4, 1, Pack(make([]float32, 4), 4, 1))
}

func TestSigmoid(t *testing.T) {
	for x := -100.0; x < 100; x += 0.0137 {
		if got, want := float64(Sigmoid(float32(x))), 1/(1+math.Exp(-x)); math.Abs(got-want) > 2e-6 {
			t.Fatalf("sigmoid(%g) = %g, want %g", x, got, want)
		}
		if got, want := float64(Tanh(float32(x))), math.Tanh(x); math.Abs(got-want) > 4e-6 {
			t.Fatalf("tanh(%g) = %g, want %g", x, got, want)
		}
	}
}

// The vector code gives the bits of the portable code.
func TestCell(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		const n = 24
		gates, previous := random(rng, 4*n), random(rng, n)
		for i := range gates {
			gates[i] *= float32(math.Exp(rng.NormFloat64() * 2))
		}
		gates2 := slices.Clone(gates)
		cell, hidden, cell2, hidden2 := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
		Cell(gates, previous, cell, hidden)
		cellPortable(gates2, previous, cell2, hidden2)
		if !slices.Equal(gates, gates2) || !slices.Equal(cell, cell2) || !slices.Equal(hidden, hidden2) {
			t.Fatal("the cell differs from the portable one")
		}
	}
}

func BenchmarkMulAdd(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, m := range []int{1, 2, 4, 6, 24, 240} {
		b.Run(fmt.Sprint(m), func(b *testing.B) {
			const k, n = 384, 768
			w := Pack(random(rng, k*n), k, n)
			a, c := random(rng, m*k), make([]float32, m*n)
			for b.Loop() {
				MulAdd(c, n, a, k, m, w)
			}
			b.ReportMetric(float64(m*k*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gmac/s")
		})
	}
}

func BenchmarkCell(b *testing.B) {
	const n = 128
	rng := rand.New(rand.NewPCG(1, 2))
	gates, cell, hidden := random(rng, 4*n), make([]float32, n), make([]float32, n)
	for b.Loop() {
		Cell(gates, cell, cell, hidden)
	}
}
