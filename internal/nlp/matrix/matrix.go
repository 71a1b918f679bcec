// Package matrix multiplies dense float32 matrices and runs the cell of an
// LSTM, fast enough for a small neural network on one core.
//
// Every result is the same to the bit on every machine: sums run over the inner
// dimension in ascending order, each product is rounded before it is added, and
// the vector code (AVX2) does the operations of the portable code in the same
// order. Nothing fuses a multiplication with an addition.
package matrix

import "fmt"

// Panel is the number of columns that a Packed matrix keeps side by side; widths
// are rounded up to it.
const Panel = 16

// Packed is a matrix laid out for multiplication from the right: panels of Panel
// columns, each row by row, the last filled up with zeros.
type Packed struct {
	Rows, Cols int
	data       []float32
}

// Width is Cols rounded up to whole panels: the columns a product needs room for.
func (p *Packed) Width() int { return (p.Cols + Panel - 1) / Panel * Panel }

// Pack lays out b, which has rows times cols elements, row by row.
func Pack(b []float32, rows, cols int) *Packed {
	p := &Packed{}
	p.Set(b, rows, cols)
	return p
}

// Set is Pack into p, whose room it uses again.
func (p *Packed) Set(b []float32, rows, cols int) {
	p.shape(rows, cols)
	for first := 0; first < cols; first += Panel {
		panel := p.data[first*rows : (first+Panel)*rows]
		width := min(Panel, cols-first)
		for r := range rows {
			row := panel[r*Panel : (r+1)*Panel]
			n := copy(row, b[r*cols+first:r*cols+first+width])
			clear(row[n:])
		}
	}
}

// SetTransposed packs the transpose of b, which has rows times cols elements,
// row by row: p becomes a matrix of cols times rows.
func (p *Packed) SetTransposed(b []float32, rows, cols int) {
	p.shape(cols, rows)
	for first := 0; first < rows; first += Panel {
		panel := p.data[first*cols : (first+Panel)*cols]
		if rows-first < Panel {
			clear(panel)
		}
		for c := range min(Panel, rows-first) {
			for k, v := range b[(first+c)*cols : (first+c+1)*cols] {
				panel[k*Panel+c] = v
			}
		}
	}
}

func (p *Packed) shape(rows, cols int) {
	p.Rows, p.Cols = rows, cols
	n := rows * p.Width()
	if cap(p.data) < n {
		p.data = make([]float32, n)
	}
	p.data = p.data[:n]
}

// MulAdd adds a·b to c. The m rows of a begin lda elements apart and have b.Rows
// elements; those of c begin ldc apart and must have room for b.Width(), of
// which all are written. It panics where the slices are too short.
func MulAdd(c []float32, ldc int, a []float32, lda, m int, b *Packed) {
	mul(c, ldc, a, lda, m, b, c, ldc)
}

// MulBias sets each row of c to a·b plus bias, which has b.Width() elements; the
// rest is as in MulAdd.
func MulBias(c []float32, ldc int, a []float32, lda, m int, b *Packed, bias []float32) {
	if len(bias) < b.Width() {
		panic(fmt.Sprintf("matrix: a bias of %d does not fit %d columns", len(bias), b.Width()))
	}
	mul(c, ldc, a, lda, m, b, bias, 0)
}

// mul sets the rows of c to those of init, which begin ldi apart, plus a·b.
func mul(c []float32, ldc int, a []float32, lda, m int, b *Packed, init []float32, ldi int) {
	width := b.Width()
	if m == 0 || b.Rows == 0 || width == 0 {
		return
	}
	if len(c) < (m-1)*ldc+width || len(a) < (m-1)*lda+b.Rows || lda < b.Rows || ldc < width {
		panic(fmt.Sprintf("matrix: %d rows of %d times %dx%d do not fit a of %d and c of %d", m, lda, b.Rows, width, len(a), len(c)))
	}
	for start := 0; start < m; start += group {
		end := min(m, start+group)
		for first := 0; first < width; first += Panel {
			for r := start; r < end; {
				step := rowsAtOnce(end - r)
				mulPanel(step, c[r*ldc+first:], ldc, a[r*lda:], lda, b.data[first*b.Rows:], b.Rows, init[r*ldi+first:], ldi)
				r += step
			}
		}
	}
}

// group is the number of rows of a that meet a panel before the next panel: few
// enough that they stay in the cache, and many, so that the panel does.
const group = 96

// mulPanelPortable is mulPanel without vectors.
func mulPanelPortable(m int, c []float32, ldc int, a []float32, lda int, b []float32, k int, init []float32, ldi int) {
	for r := range m {
		row := c[r*ldc : r*ldc+Panel]
		copy(row, init[r*ldi:r*ldi+Panel])
		for i, v := range a[r*lda : r*lda+k] {
			for j, w := range b[i*Panel : (i+1)*Panel] {
				row[j] += float32(v * w)
			}
		}
	}
}
