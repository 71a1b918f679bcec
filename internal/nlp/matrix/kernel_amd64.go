package matrix

import "golang.org/x/sys/cpu"

// vectors and wide tell which registers of kernel_amd64.s the processor has, of
// 256 and of 512 bits. They are read once and never change.
var (
	vectors = cpu.X86.HasAVX2
	wide    = cpu.X86.HasAVX2 && cpu.X86.HasAVX512F
)

//go:noescape
func mul6x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func mul4x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func mul2x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func mul1x16(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func mul12x16wide(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func mul6x16wide(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func mul4x16wide(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr)

//go:noescape
func cellAVX2(gates, previous, cell, hidden *float32, n uintptr)

// rowsAtOnce is how many of n rows the next call of mulPanel takes.
func rowsAtOnce(n int) int {
	switch {
	case n >= 12 && wide:
		return 12
	case n >= 6:
		return 6
	case n >= 4:
		return 4
	case n >= 2:
		return 2
	}
	return 1
}

// mulPanel sets m rows of c to rows of init plus the product of m rows of a with
// one panel of k rows; m is what rowsAtOnce gives.
func mulPanel(m int, c []float32, ldc int, a []float32, lda int, b []float32, k int, init []float32, ldi int) {
	switch {
	case wide && m > 2: // fewer rows wait for each other's sums: two halves wait less
		mul512(m, &c[0], uintptr(ldc)*4, &a[0], uintptr(lda)*4, &b[0], uintptr(k), &init[0], uintptr(ldi)*4)
	case vectors:
		mul256(m, &c[0], uintptr(ldc)*4, &a[0], uintptr(lda)*4, &b[0], uintptr(k), &init[0], uintptr(ldi)*4)
	default:
		mulPanelPortable(m, c, ldc, a, lda, b, k, init, ldi)
	}
}

func mul512(m int, c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr) {
	switch m {
	case 12:
		mul12x16wide(c, ldc, a, lda, b, k, init, ldi)
	case 6:
		mul6x16wide(c, ldc, a, lda, b, k, init, ldi)
	default:
		mul4x16wide(c, ldc, a, lda, b, k, init, ldi)
	}
}

func mul256(m int, c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, k uintptr, init *float32, ldi uintptr) {
	switch m {
	case 6:
		mul6x16(c, ldc, a, lda, b, k, init, ldi)
	case 4:
		mul4x16(c, ldc, a, lda, b, k, init, ldi)
	case 2:
		mul2x16(c, ldc, a, lda, b, k, init, ldi)
	default:
		mul1x16(c, ldc, a, lda, b, k, init, ldi)
	}
}

func cellRow(gates, previous, cell, hidden []float32) {
	if !vectors {
		cellPortable(gates, previous, cell, hidden)
		return
	}
	cellAVX2(&gates[0], &previous[0], &cell[0], &hidden[0], uintptr(len(cell)))
}
