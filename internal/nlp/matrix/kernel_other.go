//go:build !amd64

package matrix

// rowsAtOnce is how many of n rows the next call of mulPanel takes.
func rowsAtOnce(n int) int { return n }

func mulPanel(m int, c []float32, ldc int, a []float32, lda int, b []float32, k int, init []float32, ldi int) {
	mulPanelPortable(m, c, ldc, a, lda, b, k, init, ldi)
}

func cellRow(gates, previous, cell, hidden []float32) { cellPortable(gates, previous, cell, hidden) }
