package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"telex/internal/nlp/matrix"
	"telex/internal/nlp/parser"
)

// example is a sentence as numbers; entry 0 of each list is the root's.
type example struct {
	features                  [][]int32
	upos, xpos, feats, deprel []int // -1: not known
	names                     []int // likewise
	heads                     []int // likewise; the root's is 0
	parsed                    bool  // some head is known
	weight                    float32
}

// net is the network while it learns. Widths of tags and mlp are rounded up to
// whole panels; export takes the rest off.
type net struct {
	*parser.Weights
	rng            *rand.Rand
	dense          []*param
	layers         [][2]lstm
	tags, tagBias  *param
	mlp, mlpBias   *param
	arc, rel       *param
	grad           [shards][]float32 // of the table of vectors
	touched        [shards]rowSet
	m, v           []float32
	drop, wordDrop float64
	step           int
	wTags, wMLP    []float32
	bTags, bMLP    []float32
	rooms          [shards]room
}

func round16(n int) int { return (n + 15) / 16 * 16 }

func newNet(w *parser.Weights, buckets, layers int, seed uint64) *net {
	n := &net{Weights: w, rng: rand.New(rand.NewPCG(seed, 7)), drop: 0.33, wordDrop: 0.2}
	w.Embed = make([]float32, parser.TableRows(len(w.Words), buckets)*w.Dim)
	for i := range w.Embed {
		w.Embed[i] = float32(n.rng.NormFloat64() * 0.1)
	}
	n.m, n.v = make([]float32, len(w.Embed)), make([]float32, len(w.Embed))
	for s := range shards {
		n.grad[s], n.touched[s].has = make([]float32, len(w.Embed)), make([]bool, len(w.Embed)/w.Dim)
	}
	add := func(p *[]float32, rows, cols int, scale float64) *param {
		q := newParam(n.rng, p, rows, cols, scale)
		n.dense = append(n.dense, q)
		return q
	}
	w.Layers = make([][2]parser.LSTM, layers)
	in, h := w.Dim, w.Hidden
	for i := range w.Layers {
		var pair [2]lstm
		for d := range pair {
			l := &w.Layers[i][d]
			scale := 1 / math.Sqrt(float64(in+h))
			pair[d] = lstm{add(&l.Input, in, 4*h, scale), add(&l.Hidden, h, 4*h, scale), add(&l.Bias, 1, 4*h, 0)}
			for j := range h {
				l.Bias[h+j] = 1 // remember, to begin with
			}
		}
		n.layers = append(n.layers, pair)
		in = 2 * h
	}
	labels := round16(n.labels())
	n.tags, n.tagBias = add(&n.wTags, in, labels, 0.02), add(&n.bTags, 1, labels, 0)
	mlp := round16(2*w.ArcDim + 2*w.RelDim)
	n.mlp, n.mlpBias = add(&n.wMLP, in, mlp, math.Sqrt(2/float64(in))), add(&n.bMLP, 1, mlp, 0)
	n.arc = add(&w.Arc, w.ArcDim+1, w.ArcDim, 0.01)
	n.rel = add(&w.Rel, w.RelDim+1, len(w.Deprel)*(w.RelDim+1), 0.01)
	return n
}

// labels is the number of scores of a word's tags.
func (n *net) labels() int { return len(n.UPOS) + len(n.XPOS) + len(n.Feats) + len(n.Names) }

// export sets the weights that training keeps in another shape.
func (n *net) export() *parser.Weights {
	n.Tags, n.TagBias = crop(n.wTags, n.tags.rows, n.tags.cols, n.labels()), n.bTags[:n.labels()]
	n.MLP, n.MLPBias = crop(n.wMLP, n.mlp.rows, n.mlp.cols, 2*n.ArcDim+2*n.RelDim), n.bMLP[:2*n.ArcDim+2*n.RelDim]
	return n.Weights
}

func crop(w []float32, rows, cols, keep int) []float32 {
	out := make([]float32, 0, rows*keep)
	for r := range rows {
		out = append(out, w[r*cols:r*cols+keep]...)
	}
	return out
}

// learn takes one step of Adam (Kingma & Ba 2015) on a batch and gives its loss.
func (n *net) learn(batch []*example, rate float64) float64 {
	for _, p := range n.dense {
		p.pack()
	}
	slices.SortStableFunc(batch, func(a, b *example) int { return len(b.heads) - len(a.heads) })
	var loss [shards]float64
	var words int
	var wg sync.WaitGroup
	for s := range shards {
		var part []*example
		for i := s; i < len(batch); i += shards {
			part = append(part, batch[i])
			words += len(batch[i].heads)
		}
		rng := rand.New(rand.NewPCG(uint64(n.step), uint64(s)))
		wg.Go(func() { loss[s] = n.work(part, s, rng) })
	}
	wg.Wait()
	n.step++
	scale := 1 / float32(words)
	correct := rate * math.Sqrt(1-math.Pow(beta2, float64(n.step))) / (1 - math.Pow(beta1, float64(n.step)))
	for i := range shards {
		wg.Go(func() {
			for j := i; j < len(n.dense); j += shards {
				p := n.dense[j]
				adam(*p.w, p.grad[0], p.grad[1], p.m, p.v, scale, float32(correct))
			}
			n.adamRows(i, scale, float32(correct))
		})
	}
	wg.Wait()
	for s := range shards {
		for _, id := range n.touched[s].list {
			n.touched[s].has[id] = false
		}
		n.touched[s].list = n.touched[s].list[:0]
	}
	return (loss[0] + loss[1]) / float64(words)
}

// adamRows updates each touched row of the table of vectors whose number leaves
// part when divided by the shards: each row by itself, so the order changes nothing.
func (n *net) adamRows(part int, scale, rate float32) {
	for s := range shards {
		for _, id := range n.touched[s].list {
			if int(id)%shards != part || s == 1 && n.touched[0].has[id] {
				continue
			}
			a, b := int(id)*n.Dim, int(id+1)*n.Dim
			adam(n.Embed[a:b], n.grad[0][a:b], n.grad[1][a:b], n.m[a:b], n.v[a:b], scale, rate)
		}
	}
}

// rowSet is a set of rows of the table of vectors.
type rowSet struct {
	has  []bool
	list []int32
}

func (s *rowSet) add(id int32) {
	if !s.has[id] {
		s.has[id] = true
		s.list = append(s.list, id)
	}
}

const (
	beta1 = 0.9
	beta2 = 0.95
)

// adam updates w from two gradients, which it clears.
func adam(w, g, g2, m, v []float32, scale, rate float32) {
	for i := range w {
		d := (g[i] + g2[i]) * scale
		g[i], g2[i] = 0, 0
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*d*d
		w[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i]))) + 1e-8)
	}
}

func times(x, m []float32) {
	for i := range x {
		x[i] *= m[i]
	}
}

func (m *room) mirrored(l *parser.Layout, x []float32, width int) []float32 {
	y := m.floats(len(x))
	for r := range l.Rows {
		copy(y[int(l.Mirror[r])*width:][:width], x[r*width:])
	}
	return y
}

// work runs the network forth and back over one part of a batch.
func (n *net) work(part []*example, shard int, rng *rand.Rand) (loss float64) {
	if len(part) == 0 {
		return 0
	}
	lengths := make([]int, len(part))
	for i, e := range part {
		lengths[i] = len(e.heads)
	}
	p := &pass{net: n, part: part, shard: shard, rng: rng, lay: parser.NewLayout(lengths), room: &n.rooms[shard]}
	p.reset()
	x := p.encode(p.embed())
	dx, loss := p.tagWords(x)
	loss += p.hangWords(x, dx)
	p.back(dx)
	return loss
}

// pass is one run of the network, forth and back, over one part of a batch. It
// keeps what the way back needs.
type pass struct {
	*net
	*room
	part  []*example
	shard int
	rng   *rand.Rand
	lay   *parser.Layout
	used  [][]int32   // rows of the table of vectors, by row of the layout
	masks [][]float32 // of the input of each layer and of the last one's output
	runs  [][2]*lstmRun
}

// spread gives a dropout mask that is one for all words of a sentence.
func (p *pass) spread(width int) []float32 {
	m, one := p.floats(p.lay.Rows*width), p.floats(width)
	for i, e := range p.part {
		mask(p.rng, one, p.drop)
		for t := range e.heads {
			copy(m[p.lay.Row(i, t)*width:], one)
		}
	}
	return m
}

// embed gives the sums of the vectors of the words, some of which it takes for
// unknown.
func (p *pass) embed() []float32 {
	x := p.floats(p.lay.Rows * p.Dim)
	p.used = make([][]int32, p.lay.Rows)
	for i, e := range p.part {
		for t, list := range e.features {
			r := p.lay.Row(i, t)
			if t > 0 && p.rng.Float64() < p.wordDrop {
				list = append([]int32{parser.UnknownRow}, list[1:]...)
			}
			p.used[r] = list
			for _, id := range list {
				row := p.Embed[int(id)*p.Dim:][:p.Dim]
				for j, v := range row {
					x[r*p.Dim+j] += v
				}
			}
		}
	}
	p.masks = [][]float32{p.spread(p.Dim)}
	times(x, p.masks[0])
	return x
}

// encode runs the layers over x.
func (p *pass) encode(x []float32) []float32 {
	h, width := p.Hidden, p.Dim
	for _, pair := range p.layers {
		f := pair[0].forward(p.room, p.lay, x, h)
		b := pair[1].forward(p.room, p.lay, p.mirrored(p.lay, x, width), h)
		back := p.mirrored(p.lay, b.hidden, h)
		y := p.floats(p.lay.Rows * 2 * h)
		for r := range p.lay.Rows {
			copy(y[r*2*h:], f.hidden[r*h:(r+1)*h])
			copy(y[r*2*h+h:], back[r*h:(r+1)*h])
		}
		p.runs, width = append(p.runs, [2]*lstmRun{f, b}), 2*h
		p.masks = append(p.masks, p.spread(width))
		times(y, p.masks[len(p.masks)-1])
		x = y
	}
	return x
}

// tagWords gives the loss of the tags and the gradient of x, the last layer.
func (p *pass) tagWords(x []float32) (dx []float32, loss float64) {
	rows := p.lay.Rows
	tags := p.mul(x, rows, &p.tags.packed, p.bTags)
	loss = p.tagLoss(p.part, p.lay, tags)
	p.gather(p.tags.grad[p.shard], x, tags, rows, 2*p.Hidden, p.tags.cols)
	addColumns(p.tagBias.grad[p.shard], tags, p.tags.cols)
	return p.mul(tags, rows, &p.tags.flipped, nil), loss
}

// hangWords gives the loss of heads and relations, whose gradient it adds to dx.
func (p *pass) hangWords(x, dx []float32) (loss float64) {
	rows := p.lay.Rows
	raw := p.mul(x, rows, &p.mlp.packed, p.bMLP)
	act := p.floats(len(raw))
	copy(act, raw)
	for i, v := range act {
		if v < 0 {
			act[i] = parser.Leak * v
		}
	}
	m := p.spread(p.mlp.cols)
	times(act, m)
	dact := p.floats(len(act))
	loss = p.arcLoss(p.part, p.lay, act, dact, p.shard)
	loss += p.relLoss(p.part, p.lay, act, dact, p.shard)
	times(dact, m)
	for i, v := range raw {
		if v < 0 {
			dact[i] *= parser.Leak
		}
	}
	p.gather(p.mlp.grad[p.shard], x, dact, rows, 2*p.Hidden, p.mlp.cols)
	addColumns(p.mlpBias.grad[p.shard], dact, p.mlp.cols)
	for i, v := range p.mul(dact, rows, &p.mlp.flipped, nil) {
		dx[i] += v
	}
	return loss
}

// back takes the gradient of the last layer through all layers to the vectors.
func (p *pass) back(dx []float32) {
	h := p.Hidden
	for k := len(p.layers) - 1; k >= 0; k-- {
		times(dx, p.masks[k+1])
		df, db := p.floats(p.lay.Rows*h), p.floats(p.lay.Rows*h)
		for r := range p.lay.Rows {
			copy(df[r*h:(r+1)*h], dx[r*2*h:])
			copy(db[r*h:(r+1)*h], dx[r*2*h+h:])
		}
		in := p.layers[k][0].input.rows
		dx = p.layers[k][0].backward(p.room, p.lay, p.runs[k][0], df, h, p.shard)
		other := p.layers[k][1].backward(p.room, p.lay, p.runs[k][1], p.mirrored(p.lay, db, h), h, p.shard)
		for i, v := range p.mirrored(p.lay, other, in) {
			dx[i] += v
		}
	}
	times(dx, p.masks[0])
	for r, list := range p.used {
		for _, id := range list {
			p.touched[p.shard].add(id)
			g := p.grad[p.shard][int(id)*p.Dim:][:p.Dim]
			for j, v := range dx[r*p.Dim : (r+1)*p.Dim] {
				g[j] += v
			}
		}
	}
}

// tagLoss turns scores of tags into their gradient.
func (n *net) tagLoss(part []*example, lay *parser.Layout, tags []float32) (loss float64) {
	for i, e := range part {
		for t := range e.heads {
			row := tags[lay.Row(i, t)*n.tags.cols:][:n.tags.cols]
			rest := row
			for _, group := range []struct {
				gold, size int
				weight     float32
			}{{e.upos[t], len(n.UPOS), 0.5}, {e.xpos[t], len(n.XPOS), 0.5}, {e.feats[t], len(n.Feats), 0.5}, {e.names[t], len(n.Names), 1}} {
				if t == 0 || group.gold < 0 {
					clear(rest[:group.size])
				} else {
					loss += softmax(rest[:group.size], group.gold, group.weight*e.weight)
				}
				rest = rest[group.size:]
			}
			clear(rest)
		}
	}
	return loss
}

// arcLoss adds the gradient of the heads to dact.
func (n *net) arcLoss(part []*example, lay *parser.Layout, act, dact []float32, shard int) (loss float64) {
	a, w, rm := n.ArcDim, n.mlp.cols, &n.rooms[shard]
	var hp, tp matrix.Packed
	for i, e := range part {
		l := len(e.heads)
		if !e.parsed {
			continue
		}
		dep, head := rm.floats(l*(a+1)), rm.floats(l*a)
		for t := range l {
			row := act[lay.Row(i, t)*w:]
			copy(dep[t*(a+1):], row[:a])
			dep[t*(a+1)+a] = 1
			copy(head[t*a:], row[a:2*a])
		}
		mid := rm.mul(dep, l, &n.arc.packed, nil)
		hp.SetTransposed(head, l, a)
		scores := rm.mul(mid, l, &hp, nil)
		width := hp.Width()
		d := rm.floats(l * l)
		for t := 1; t < l; t++ {
			if e.heads[t] < 0 {
				continue
			}
			row := scores[t*width : t*width+l]
			row[t] = -1e9 // no word is its own head
			loss += softmax(row, e.heads[t], e.weight)
			copy(d[t*l:], row)
		}
		hp.Set(head, l, a)
		dmid := rm.mul(d, l, &hp, nil)
		tp.Set(mid, l, a)
		dt := rm.floats(l * l)
		for r := range l {
			for c := range l {
				dt[c*l+r] = d[r*l+c]
			}
		}
		dhead := rm.mul(dt, l, &tp, nil)
		rm.gather(n.arc.grad[shard], dep, dmid, l, a+1, a)
		ddep := rm.mul(dmid, l, &n.arc.flipped, nil)
		for t := range l {
			row := dact[lay.Row(i, t)*w:]
			for j := range a {
				row[j] += ddep[t*n.arc.flipped.Width()+j]
				row[a+j] += dhead[t*a+j]
			}
		}
	}
	return loss
}

// relLoss adds the gradient of the relations to dact.
func (n *net) relLoss(part []*example, lay *parser.Layout, act, dact []float32, shard int) (loss float64) {
	r1, w, labels, rm := n.RelDim+1, n.mlp.cols, len(n.Deprel), &n.rooms[shard]
	var from, to, gold []int
	var weights []float32
	for i, e := range part {
		for t := 1; t < len(e.heads); t++ {
			if e.heads[t] > 0 && e.deprel[t] >= 0 { // the arc from the root has but one label
				from, to, gold = append(from, lay.Row(i, t)), append(to, lay.Row(i, e.heads[t])), append(gold, e.deprel[t])
				weights = append(weights, e.weight)
			}
		}
	}
	m := len(from)
	if m == 0 {
		return 0
	}
	dep, head := rm.floats(m*r1), rm.floats(m*r1)
	for k := range m {
		copy(dep[k*r1:], act[from[k]*w+2*n.ArcDim:][:n.RelDim])
		copy(head[k*r1:], act[to[k]*w+2*n.ArcDim+n.RelDim:][:n.RelDim])
		dep[k*r1+n.RelDim], head[k*r1+n.RelDim] = 1, 1
	}
	mid := rm.mul(dep, m, &n.rel.packed, nil)
	dhead := rm.floats(m * r1)
	scores := rm.floats(labels)
	for k := range m {
		row, hv := mid[k*labels*r1:(k+1)*labels*r1], head[k*r1:(k+1)*r1]
		for l := range labels {
			var sum float32
			for j, v := range row[l*r1 : (l+1)*r1] {
				sum += v * hv[j]
			}
			scores[l] = sum
		}
		loss += softmax(scores, gold[k], weights[k])
		for l, d := range scores {
			part := row[l*r1 : (l+1)*r1]
			for j, v := range part {
				dhead[k*r1+j] += d * v
				part[j] = d * hv[j] // from here on, the gradient of mid
			}
		}
	}
	rm.gather(n.rel.grad[shard], dep, mid, m, r1, labels*r1)
	ddep := rm.mul(mid, m, &n.rel.flipped, nil)
	for k := range m {
		for j := range n.RelDim {
			dact[from[k]*w+2*n.ArcDim+j] += ddep[k*r1+j]
			dact[to[k]*w+2*n.ArcDim+n.RelDim+j] += dhead[k*r1+j]
		}
	}
	return loss
}
