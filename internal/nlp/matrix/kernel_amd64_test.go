package matrix

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The kernels of both widths give the bits of the portable code, whichever of
// them this processor would choose.
func TestBothWidths(t *testing.T) {
	type kernel func(m int, c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)
	rng := rand.New(rand.NewPCG(9, 10))
	check := func(name string, mul kernel, sizes ...int) {
		for _, m := range sizes {
			const k = 29
			a, b, c := random(rng, m*k), random(rng, k*Panel), random(rng, m*Panel)
			got := make([]float32, m*Panel)
			want := slices.Clone(got)
			mul(m, &got[0], Panel*4, &a[0], k*4, &b[0], k, &c[0], Panel*4)
			mulPanelPortable(m, want, Panel, a, k, b, k, c, Panel)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d rows differ from the portable code", name, m)
			}
		}
	}
	if !vectors {
		t.Skip("the processor has no AVX2: the portable code is all there is")
	}
	check("256 bits", mul256, 6, 4, 2, 1)
	if wide {
		check("512 bits", mul512, 12, 6, 4)
	}
}
