package namer

import "math"

// lattice finds the best labels of a sentence (Viterbi 1967) and how probable
// each is (forward-backward, Rabiner 1989) in a linear-chain conditional random
// field (Lafferty et al. 2001). It is room that is used again.
type lattice struct {
	labels int
	from   [][]int // from[b] lists the labels that b may follow
	back   []int8
	row    [2][]float32
	emit   []float32 // exp of the scores, row by row, each with its largest at 1
	fore   []float32
	aft    []float32
	exps   []float32 // exp of the transitions
}

func newLattice(kinds int) *lattice {
	l := &lattice{labels: count(kinds)}
	for b := range l.labels {
		var list []int
		for a := range l.labels {
			if follows(a, b) {
				list = append(list, a)
			}
		}
		l.from = append(l.from, list)
	}
	l.row[0], l.row[1] = make([]float32, l.labels), make([]float32, l.labels)
	l.exps = make([]float32, l.labels*l.labels)
	return l
}

const never = float32(-1e9)

// best appends to dst the labels with the highest sum of scores, which has a row
// of labels for each word, and of moves (from row, to column), in a sequence in
// which names are whole.
func (l *lattice) best(dst []int8, scores, moves []float32) []int8 {
	k := l.labels
	n := len(scores) / k
	if n == 0 {
		return dst
	}
	l.back = grow(l.back, n*k)
	before, now := l.row[0], l.row[1]
	for b := range k {
		before[b] = never
		if opens(b) {
			before[b] = scores[b]
		}
	}
	for t := 1; t < n; t++ {
		for b, from := range l.from {
			found, top := 0, float32(math.Inf(-1))
			for _, a := range from {
				if s := before[a] + moves[a*k+b]; s > top {
					found, top = a, s
				}
			}
			now[b] = top + scores[t*k+b]
			l.back[t*k+b] = int8(found)
		}
		before, now = now, before
	}
	end := 0
	for b := range k {
		if closes(b) && before[b] > before[end] {
			end = b
		}
	}
	start := len(dst)
	dst = append(dst, make([]int8, n)...)
	for t := n - 1; t >= 0; t-- {
		dst[start+t] = int8(end)
		end = int(l.back[t*k+end])
	}
	return dst
}

// prepare sets the exponentials of moves, for marginals.
func (l *lattice) prepare(moves []float32) {
	for i, v := range moves {
		l.exps[i] = exp(v)
	}
}

// marginals sets p to the probability of each label of each word, a row of
// labels each, by the scores and the moves last prepared.
func (l *lattice) marginals(p, scores []float32) {
	k := l.labels
	n := len(scores) / k
	if n == 0 {
		return
	}
	l.emit, l.fore, l.aft = grow(l.emit, n*k), grow(l.fore, n*k), grow(l.aft, n*k)
	for t := range n {
		exps(l.emit[t*k:(t+1)*k], scores[t*k:(t+1)*k])
	}
	l.forward(n)
	l.backward(n)
	for t := range n {
		row := p[t*k : (t+1)*k]
		for b := range row {
			row[b] = l.fore[t*k+b] * l.aft[t*k+b]
		}
		normalise(row)
	}
}

func (l *lattice) forward(n int) {
	k := l.labels
	for b := range k {
		l.fore[b] = 0
		if opens(b) {
			l.fore[b] = l.emit[b]
		}
	}
	normalise(l.fore[:k])
	for t := 1; t < n; t++ {
		before, now := l.fore[(t-1)*k:t*k], l.fore[t*k:(t+1)*k]
		for b, from := range l.from {
			var sum float32
			for _, a := range from {
				sum += float32(before[a] * l.exps[a*k+b])
			}
			now[b] = sum * l.emit[t*k+b]
		}
		normalise(now)
	}
}

func (l *lattice) backward(n int) {
	k := l.labels
	end := l.aft[(n-1)*k : n*k]
	for b := range k {
		end[b] = 0
		if closes(b) {
			end[b] = 1
		}
	}
	for t := n - 2; t >= 0; t-- {
		now, after := l.aft[t*k:(t+1)*k], l.aft[(t+1)*k:(t+2)*k]
		clear(now)
		for b, from := range l.from {
			v := after[b] * l.emit[(t+1)*k+b]
			for _, a := range from {
				now[a] += float32(v * l.exps[a*k+b])
			}
		}
		normalise(now)
	}
}

// tiny keeps every label possible to the last digit, so that sums are not 0.
const tiny = 1e-30

// normalise makes the sum of row 1.
func normalise(row []float32) {
	var sum float32
	for _, v := range row {
		sum += v
	}
	if sum < tiny {
		sum = tiny
	}
	for i := range row {
		row[i] /= sum
	}
}

// exps sets dst to the exponentials of row, the largest of which becomes 1.
func exps(dst, row []float32) {
	top := row[0]
	for _, v := range row[1:] {
		top = max(top, v)
	}
	for i, v := range row {
		dst[i] = exp(v - top)
	}
}

// exp is e to the power of x to about six digits, of the same bits on every
// machine: 2 to a whole number times a polynomial of the rest.
func exp(x float32) float32 {
	const least, most = -60, 60
	x = min(max(x, least), most)
	y := float64(x) * math.Log2E
	whole := math.Floor(y)
	r := (y - whole) * math.Ln2
	p := 1 + float64(r*(1+float64(r/2*(1+float64(r/3*(1+float64(r/4*(1+float64(r/5*(1+float64(r/6*(1+float64(r/7))))))))))))) // Taylor, in Horner's form
	return float32(p * math.Float64frombits(uint64(int64(whole)+1023)<<52))
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
