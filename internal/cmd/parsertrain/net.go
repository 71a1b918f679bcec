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

// mul gives a·b + bias for m rows; widths are multiples of 16.
func mul(a []float32, m int, b *matrix.Packed, bias []float32) []float32 {
	c := make([]float32, m*b.Width())
	if bias != nil {
		for r := range m {
			copy(c[r*b.Width():], bias)
		}
	}
	matrix.MulAdd(c, b.Width(), a, b.Rows, m, b)
	return c
}

// gather adds xᵀ·dy to g, where x has m rows of k and dy m rows of n.
func gather(g, x, dy []float32, m, k, n int) {
	if m == 0 {
		return
	}
	xt := make([]float32, k*m)
	for r := range m {
		for j := range k {
			xt[j*m+r] = x[r*k+j]
		}
	}
	p := matrix.Pack(dy[:m*n], m, n)
	if p.Width() == n {
		matrix.MulAdd(g, n, xt, m, k, p)
		return
	}
	c := mul(xt, k, p, nil)
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

func (l lstm) forward(lay *parser.Layout, x []float32, h int) *lstmRun {
	run := &lstmRun{x: x, gates: mul(x, lay.Rows, &l.input.packed, *l.bias.w), cell: make([]float32, lay.Rows*h), hidden: make([]float32, lay.Rows*h)}
	zero := make([]float32, h)
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
func (l lstm) backward(lay *parser.Layout, run *lstmRun, dh []float32, h, shard int) []float32 {
	dg := make([]float32, lay.Rows*4*h)
	dc := make([]float32, lay.Rows*h)
	before := make([]float32, lay.Rows*h)
	for t := lay.Steps() - 1; t >= 0; t-- {
		first, n := lay.Row(0, t), lay.Active(t)
		for i := range n {
			r := first + i
			q := 0
			if t > 0 {
				q = lay.Row(0, t-1) + i
				copy(before[r*h:(r+1)*h], run.hidden[q*h:(q+1)*h])
			}
			g, d := run.gates[r*4*h:(r+1)*4*h], dg[r*4*h:(r+1)*4*h]
			for j := range h {
				in, forget, cand, out := g[j], g[h+j], g[2*h+j], g[3*h+j]
				tc := matrix.Tanh(run.cell[r*h+j])
				dcell := dc[r*h+j] + dh[r*h+j]*out*(1-tc*tc)
				d[3*h+j] = dh[r*h+j] * tc * out * (1 - out)
				d[j] = dcell * cand * in * (1 - in)
				d[2*h+j] = dcell * in * (1 - cand*cand)
				if t > 0 {
					d[h+j] = dcell * run.cell[q*h+j] * forget * (1 - forget)
					dc[q*h+j] = dcell * forget
				}
			}
		}
		if t > 0 {
			matrix.MulAdd(dh[lay.Row(0, t-1)*h:], h, dg[first*4*h:], 4*h, n, &l.hidden.flipped)
		}
	}
	k := l.input.rows
	gather(l.input.grad[shard], run.x, dg, lay.Rows, k, 4*h)
	gather(l.hidden.grad[shard], before, dg, lay.Rows, h, 4*h)
	addColumns(l.bias.grad[shard], dg, 4*h)
	return mul(dg, lay.Rows, &l.input.flipped, nil)
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

// mask is a dropout mask of n values that keeps the sum as it is.
func mask(rng *rand.Rand, n int, p float64) []float32 {
	m := make([]float32, n)
	for i := range m {
		if rng.Float64() >= p {
			m[i] = float32(1 / (1 - p))
		}
	}
	return m
}
