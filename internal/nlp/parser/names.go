package parser

import "strings"

// names knows which label of a name may follow which.
type names struct {
	labels  []string
	follows [][]bool // follows[a][b]: b may stand after a
	opens   []bool   // may stand first
}

func newNames(labels []string) names {
	n := names{labels: labels}
	for _, a := range labels {
		row := make([]bool, len(labels))
		for j, b := range labels {
			kind, within := strings.CutPrefix(b, "I-")
			row[j] = !within || strings.HasPrefix(a, "B-") && a[2:] == kind || a == b
		}
		n.follows = append(n.follows, row)
		n.opens = append(n.opens, !strings.HasPrefix(a, "I-"))
	}
	return n
}

// decodeNames chooses the labels of the names of piece i: those of the highest
// sum among the sequences in which a name begins with "B-" (Viterbi 1967).
func (m *Model) decodeNames(s *scratch, i int, out []Reading) {
	l, k := &s.layout, len(m.Names)
	width, first := m.tags.Width(), len(m.UPOS)+len(m.XPOS)+len(m.Feats)
	sums := room(&s.dep, 2*k)
	before, now := sums[:k], sums[k:]
	if cap(s.path) < len(out)*k {
		s.path = make([]int, len(out)*k*2)
	}
	path := s.path[:len(out)*k]
	for t := range out {
		scores := s.tags[l.Row(i, t+1)*width+first:][:k]
		for b := range k {
			from, top := -1, float32(0)
			for a := range k {
				if t > 0 && m.names.follows[a][b] && (from < 0 || before[a] > top) {
					from, top = a, before[a]
				}
			}
			switch {
			case t == 0 && !m.names.opens[b]:
				now[b] = -1e9
			default:
				now[b] = top + scores[b]
			}
			path[t*k+b] = from
		}
		before, now = now, before
	}
	b := best(before)
	for t := len(out) - 1; t >= 0; t-- {
		out[t].Name = m.Names[b]
		b = path[t*k+b]
	}
}

// nameScores copies the scores of the words of piece i.
func (m *Model) nameScores(s *scratch, i int, scores []float32) {
	k, first := len(m.Names), len(m.UPOS)+len(m.XPOS)+len(m.Feats)
	for t := range len(scores) / k {
		copy(scores[t*k:(t+1)*k], s.tags[s.layout.Row(i, t+1)*m.tags.Width()+first:])
	}
}
