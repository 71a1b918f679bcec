package matrix

import "golang.org/x/sys/cpu"

// vectors tells whether the processor has what kernel_amd64.s uses. It is read
// once and never changes.
var vectors = cpu.X86.HasAVX2

//go:noescape
func mul6x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr)

//go:noescape
func mul4x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr)

//go:noescape
func mul2x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr)

//go:noescape
func mul1x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr)

//go:noescape
func cellAVX2(gates, previous, cell, hidden *float32, n uintptr)

// mulPanel adds to m rows of c the product of m rows of a with one panel of k
// rows; m is 6, 4, 2 or 1.
func mulPanel(m int, c []float32, ldc int, a []float32, lda int, b []float32, k int) {
	if !vectors {
		mulPanelPortable(m, c, ldc, a, lda, b, k)
		return
	}
	switch m {
	case 6:
		mul6x16(&c[0], uintptr(ldc)*4, &a[0], uintptr(lda)*4, &b[0], uintptr(k))
	case 4:
		mul4x16(&c[0], uintptr(ldc)*4, &a[0], uintptr(lda)*4, &b[0], uintptr(k))
	case 2:
		mul2x16(&c[0], uintptr(ldc)*4, &a[0], uintptr(lda)*4, &b[0], uintptr(k))
	default:
		mul1x16(&c[0], uintptr(ldc)*4, &a[0], uintptr(lda)*4, &b[0], uintptr(k))
	}
}

func cellRow(gates, previous, cell, hidden []float32) {
	if !vectors {
		cellPortable(gates, previous, cell, hidden)
		return
	}
	cellAVX2(&gates[0], &previous[0], &cell[0], &hidden[0], uintptr(len(cell)))
}
