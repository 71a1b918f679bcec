package parser

import "math"

// tree finds the best tree over the words 1 to n-1 of a sentence and the root 0.
type tree struct {
	mark []int
}

// find gives the head of each word (that of 0 is 0) in the tree of the highest
// sum of scores in which one word hangs on the root. scores[d*stride+h] is that
// of the arc from h to d.
func (t *tree) find(scores []float32, stride, n int, heads []int) []int {
	roots := 0
	heads = append(heads, 0)
	for d := 1; d < n; d++ {
		top := 0
		for h := 1; h < n; h++ {
			if h != d && scores[d*stride+h] > scores[d*stride+top] {
				top = h
			}
		}
		if top == 0 {
			roots++
		}
		heads = append(heads, top)
	}
	if n < 2 || roots == 1 && t.acyclic(heads) {
		return heads
	}
	return t.search(scores, stride, n, heads)
}

// acyclic tells whether each word leads to the root.
func (t *tree) acyclic(heads []int) bool {
	t.mark = append(t.mark[:0], make([]int, len(heads))...)
	for d := 1; d < len(heads); d++ {
		for v := d; v != 0 && t.mark[v] != -1; v = heads[v] {
			if t.mark[v] == d {
				return false
			}
			t.mark[v] = d
		}
		for v := d; v != 0 && t.mark[v] == d; v = heads[v] {
			t.mark[v] = -1
		}
	}
	return true
}

// search runs Chu-Liu/Edmonds. Arcs from the root cost so much that a tree with
// one of them is better than any with two; with weights in float64 that loses
// nothing.
func (t *tree) search(scores []float32, stride, n int, heads []int) []int {
	w := make([][]float64, n)
	low, high := math.Inf(1), math.Inf(-1)
	for d := 1; d < n; d++ {
		w[d] = make([]float64, n)
		for h := range n {
			v := float64(scores[d*stride+h])
			w[d][h] = v
			if h != d {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	penalty := (high-low)*float64(n) + 1
	for d := 1; d < n; d++ {
		w[d][0] -= penalty
		w[d][d] = math.Inf(-1)
	}
	return append(heads[:0], edmonds(w)...)
}

// edmonds gives the heads of the maximum spanning tree from node 0, where
// w[d][h] is the weight of the arc from h to d. It contracts cycles until there
// are none: at most n times, each in n² steps.
func edmonds(w [][]float64) []int {
	n := len(w)
	heads := make([]int, n)
	for d := 1; d < n; d++ {
		for h := range n {
			if w[d][h] > w[d][heads[d]] {
				heads[d] = h
			}
		}
	}
	cycle := findCycle(heads)
	if cycle == nil {
		return heads
	}
	// The nodes outside the cycle keep their order; the cycle becomes the last.
	in := make([]bool, n)
	for _, v := range cycle {
		in[v] = true
	}
	var outside []int
	for v := range n {
		if !in[v] {
			outside = append(outside, v)
		}
	}
	c := len(outside)
	small := make([][]float64, c+1)
	enter, leave := make([]int, c), make([]int, c)
	for i := range small {
		small[i] = make([]float64, c+1)
		small[i][i] = math.Inf(-1)
	}
	for i, v := range outside {
		if i > 0 {
			for j, u := range outside {
				if i != j {
					small[i][j] = w[v][u]
				}
			}
			leave[i] = cycle[0]
			for _, u := range cycle {
				if w[v][u] > w[v][leave[i]] {
					leave[i] = u
				}
			}
			small[i][c] = w[v][leave[i]]
		}
		enter[i] = cycle[0]
		for _, u := range cycle {
			if w[u][v]-w[u][heads[u]] > w[enter[i]][v]-w[enter[i]][heads[enter[i]]] {
				enter[i] = u
			}
		}
		small[c][i] = w[enter[i]][v] - w[enter[i]][heads[enter[i]]]
	}
	found := edmonds(small)
	for i := 1; i < c; i++ {
		if found[i] == c {
			heads[outside[i]] = leave[i]
		} else {
			heads[outside[i]] = outside[found[i]]
		}
	}
	broken := found[c]
	heads[enter[broken]] = outside[broken]
	return heads
}

// findCycle gives the nodes of a cycle in the order of their arcs, or nil.
func findCycle(heads []int) []int {
	seen := make([]int, len(heads))
	for d := 1; d < len(heads); d++ {
		v := d
		for v != 0 && seen[v] == 0 {
			seen[v] = d
			v = heads[v]
		}
		if v != 0 && seen[v] == d {
			cycle := []int{v}
			for u := heads[v]; u != v; u = heads[u] {
				cycle = append(cycle, u)
			}
			return cycle
		}
	}
	return nil
}
