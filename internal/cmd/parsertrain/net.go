package main

import (
	"math"
	"math/rand/v2"

	"telex/internal/nlp/matrix"
	"telex/internal/nlp/parser"
)

// param is one weight matrix with its packed forms, its gradients, one for each
// shard, and the moments of Adam.
type param struct {
	w          *[]float32
	rows, cols int
	packed     matrix.Packed // for x·W
	flipped    matrix.Packed // for dy·Wᵀ
	grad       [shards][]float32
	m, v       []float32
}

// shards is the number of parts of a batch that are worked on side by side. It
// is fixed, so that the number of cores changes nothing.
const shards = 2

func newParam(rng *rand.Rand, w *[]float32, rows, cols int, scale float64) *param {
	p := &param{w: w, rows: rows, cols: cols, m: make([]float32, rows*cols), v: make([]float32, rows*cols)}
	*w = make([]float32, rows*cols)
	for i := range *w {
		(*w)[i] = float32(rng.NormFloat64() * scale)
	}
	for i := range p.grad {
		p.grad[i] = make([]float32, rows*cols)
	}
	return p
}

func (p *param) pack() {
	if p.rows > 1 {
		p.packed.Set(*p.w, p.rows, p.cols)
		p.flipped.SetTransposed(*p.w, p.rows, p.cols)
	}
}

// room gives the slices that one pass over a batch works in, and takes all of
// them back at once.
type room struct {
	slab   []float32
	used   int
	wanted int
	packed matrix.Packed
}

// reset takes back all that was given.
func (m *room) reset() {
	if m.wanted > len(m.slab) {
		m.slab = make([]float32, m.wanted+m.wanted/4)
	}
	m.used, m.wanted = 0, 0
}

// floats gives n zeros.
func (m *room) floats(n int) []float32 {
	m.wanted += n
	if m.used+n > len(m.slab) {
		return make([]float32, n)
	}
	s := m.slab[m.used : m.used+n : m.used+n]
	m.used += n
	clear(s)
	return s
}

// mul gives a·b + bias for rows rows; widths are multiples of 16.
func (m *room) mul(a []float32, rows int, b *matrix.Packed, bias []float32) []float32 {
	c := m.floats(rows * b.Width())
	if bias == nil {
		matrix.MulAdd(c, b.Width(), a, b.Rows, rows, b)
	} else {
		matrix.MulBias(c, b.Width(), a, b.Rows, rows, b, bias)
	}
	return c
}

// gather adds xᵀ·dy to g, where x has rows rows of k and dy rows rows of n.
func (m *room) gather(g, x, dy []float32, rows, k, n int) {
	if rows == 0 {
		return
	}
	xt := m.floats(k * rows)
	const tile = 16 // rows and columns turned at once, for the cache
	for r0 := 0; r0 < rows; r0 += tile {
		for j0 := 0; j0 < k; j0 += tile {
			for r := r0; r < min(rows, r0+tile); r++ {
				for j := j0; j < min(k, j0+tile); j++ {
					xt[j*rows+r] = x[r*k+j]
				}
			}
		}
	}
	p := &m.packed
	p.Set(dy[:rows*n], rows, n)
	if p.Width() == n {
		matrix.MulAdd(g, n, xt, rows, k, p)
		return
	}
	c := m.mul(xt, k, p, nil)
	for r := range k {
		for j := range n {
			g[r*n+j] += c[r*p.Width()+j]
		}
	}
}

func addColumns(g, dy []float32, n int) {
	for r := 0; r+n <= len(dy); r += n {
		for j := range n {
			g[j] += dy[r+j]
		}
	}
}

// lstmRun keeps what the way back needs of one direction.
type lstmRun struct{ x, gates, cell, hidden []float32 }

type lstm struct{ input, hidden, bias *param }

func (l lstm) forward(m *room, lay *parser.Layout, x []float32, h int) *lstmRun {
	run := &lstmRun{x: x, gates: m.mul(x, lay.Rows, &l.input.packed, *l.bias.w), cell: m.floats(lay.Rows * h), hidden: m.floats(lay.Rows * h)}
	zero := m.floats(h)
	for t := range lay.Steps() {
		first, n := lay.Row(0, t), lay.Active(t)
		if t > 0 {
			matrix.MulAdd(run.gates[first*4*h:], 4*h, run.hidden[lay.Row(0, t-1)*h:], h, n, &l.hidden.packed)
		}
		for i := range n {
			r, before := first+i, zero
			if t > 0 {
				before = run.cell[(lay.Row(0, t-1)+i)*h:][:h]
			}
			matrix.Cell(run.gates[r*4*h:(r+1)*4*h], before, run.cell[r*h:(r+1)*h], run.hidden[r*h:(r+1)*h])
		}
	}
	return run
}

// backward turns dh into the gradient of the input and adds those of the weights.
func (l lstm) backward(m *room, lay *parser.Layout, run *lstmRun, dh []float32, h, shard int) []float32 {
	dg := m.floats(lay.Rows * 4 * h)
	dc := m.floats(lay.Rows * h)
	before, zero := m.floats(lay.Rows*h), m.floats(h)
	for t := lay.Steps() - 1; t >= 0; t-- {
		first, n := lay.Row(0, t), lay.Active(t)
		for i := range n {
			r := first + i
			q := 0
			if t > 0 {
				q = lay.Row(0, t-1) + i
				copy(before[r*h:(r+1)*h], run.hidden[q*h:(q+1)*h])
			}
			last := zero
			var dlast []float32
			if t > 0 {
				last, dlast = run.cell[q*h:(q+1)*h], dc[q*h:(q+1)*h]
			}
			cellBack(run.gates[r*4*h:(r+1)*4*h], dg[r*4*h:(r+1)*4*h], run.hidden[r*h:(r+1)*h], dh[r*h:(r+1)*h], dc[r*h:(r+1)*h], last, dlast)
		}
		if t > 0 {
			matrix.MulAdd(dh[lay.Row(0, t-1)*h:], h, dg[first*4*h:], 4*h, n, &l.hidden.flipped)
		}
	}
	k := l.input.rows
	m.gather(l.input.grad[shard], run.x, dg, lay.Rows, k, 4*h)
	m.gather(l.hidden.grad[shard], before, dg, lay.Rows, h, 4*h)
	addColumns(l.bias.grad[shard], dg, 4*h)
	return m.mul(dg, lay.Rows, &l.input.flipped, nil)
}

// cellBack gives in d the gradients of the four gates of a cell from those of its
// output and of its state, and sets that of the state before it, last, unless
// dlast is nil.
func cellBack(g, d, hidden, dh, dc, last, dlast []float32) {
	h := len(hidden)
	in, forget, cand, out := g[:h], g[h:2*h], g[2*h:3*h], g[3*h:4*h]
	din, dforget, dcand, dout := d[:h], d[h:2*h], d[2*h:3*h], d[3*h:4*h]
	dh, dc, last = dh[:h], dc[:h], last[:h]
	for j := range h {
		tc := hidden[j] / out[j] // the tanh of the state: a sigmoid is never 0
		dcell := dc[j] + dh[j]*out[j]*(1-tc*tc)
		dout[j] = dh[j] * tc * out[j] * (1 - out[j])
		din[j] = dcell * cand[j] * in[j] * (1 - in[j])
		dcand[j] = dcell * in[j] * (1 - cand[j]*cand[j])
		dforget[j] = dcell * last[j] * forget[j] * (1 - forget[j])
		if dlast != nil {
			dlast[j] = dcell * forget[j]
		}
	}
}

// softmax turns scores into the gradient of the cross entropy and gives the loss.
func softmax(scores []float32, gold int, weight float32) float64 {
	top := scores[0]
	for _, v := range scores {
		top = max(top, v)
	}
	var sum float64
	for _, v := range scores {
		sum += math.Exp(float64(v - top))
	}
	loss := math.Log(sum) - float64(scores[gold]-top)
	for i, v := range scores {
		scores[i] = weight * float32(math.Exp(float64(v-top))/sum)
	}
	scores[gold] -= weight
	return loss * float64(weight)
}

// mask fills m with a dropout mask that keeps the sum as it is.
func mask(rng *rand.Rand, m []float32, p float64) {
	for i := range m {
		m[i] = 0
		if rng.Float64() >= p {
			m[i] = float32(1 / (1 - p))
		}
	}
}
