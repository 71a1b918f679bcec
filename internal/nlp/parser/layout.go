package parser

// Layout places the words of several sentences, longest first, in the rows of a
// matrix so that an LSTM advances all of them at once: the first words of all,
// then the second words of those that have one, and so on.
type Layout struct {
	Rows    int
	Mirror  []int32 // of each row: where its word stands when the sentences are reversed
	lengths []int
	offsets []int
	active  []int
}

// NewLayout lays out sentences of these lengths, which must not increase.
func NewLayout(lengths []int) *Layout {
	l := &Layout{}
	l.reset(len(lengths), func(i int) int { return lengths[i] })
	return l
}

func (l *Layout) reset(n int, length func(int) int) {
	l.lengths, l.offsets, l.active, l.Rows = l.lengths[:0], l.offsets[:0], l.active[:0], 0
	for i := range n {
		l.lengths = append(l.lengths, length(i))
	}
	for t := 0; n > 0 && t < l.lengths[0]; t++ {
		for l.lengths[n-1] <= t {
			n--
		}
		l.offsets = append(l.offsets, l.Rows)
		l.active = append(l.active, n)
		l.Rows += n
	}
	if cap(l.Mirror) < l.Rows {
		l.Mirror = make([]int32, l.Rows)
	}
	l.Mirror = l.Mirror[:l.Rows]
	for i, length := range l.lengths {
		for t := range length {
			l.Mirror[l.Row(i, t)] = int32(l.Row(i, length-1-t))
		}
	}
}

// Steps is the length of the longest sentence.
func (l *Layout) Steps() int { return len(l.offsets) }

// Active is the number of sentences that have a word t.
func (l *Layout) Active(t int) int { return l.active[t] }

// Row is the row of word t of sentence i.
func (l *Layout) Row(i, t int) int { return l.offsets[t] + i }

// piece is a stretch of a sentence that is read as one.
type piece struct{ sentence, start, end int }

// cut divides the sentences into pieces of at most MaxWords, where it can after
// a mark that is no word.
func cut(sentences [][]string) []piece {
	pieces := make([]piece, 0, len(sentences))
	for i, words := range sentences {
		start := 0
		for len(words)-start > MaxWords {
			end := start + MaxWords
			for e := end; e > start+MaxWords/2; e-- {
				if isMark(words[e-1]) {
					end = e
					break
				}
			}
			pieces = append(pieces, piece{i, start, end})
			start = end
		}
		if start < len(words) {
			pieces = append(pieces, piece{i, start, len(words)})
		}
	}
	return pieces
}

func isMark(form string) bool {
	return form == "," || form == ";" || form == "." || form == ":" || form == "!" || form == "?"
}

// join makes one tree of the pieces of each long sentence: heads, which count
// within the piece, count within the sentence, and later roots hang on the first.
func join(sentences [][]string, out [][]Reading) {
	for _, p := range cut(sentences) {
		if p.start == 0 {
			continue
		}
		words := out[p.sentence]
		first := rootOf(words[:p.start])
		for i := p.start; i < p.end; i++ {
			if words[i].Head == 0 {
				words[i].Head, words[i].Deprel = first+1, "parataxis"
			} else {
				words[i].Head += p.start
			}
		}
	}
}

// rootOf gives the first word that hangs on the root, 0 without one.
func rootOf(words []Reading) int {
	for i := range words {
		if words[i].Head == 0 {
			return i
		}
	}
	return 0
}
