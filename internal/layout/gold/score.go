package gold

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"unicode"

	"telex/internal/document"
)

// Count holds what a score is made of.
type Count struct{ Right, Found, Gold int }

// F1 is the harmonic mean of precision and recall, from 0 to 100; 100 when there
// was nothing to find and nothing was found.
func (c Count) F1() float64 {
	if c.Found+c.Gold == 0 {
		return 100
	}
	return 200 * float64(c.Right) / float64(c.Found+c.Gold)
}

// Precision is the share of what was found that is right, from 0 to 100.
func (c Count) Precision() float64 { return share(c.Right, c.Found) }

// Recall is the share of what is right that was found, from 0 to 100.
func (c Count) Recall() float64 { return share(c.Right, c.Gold) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}

// text is the type that lede and paragraph are counted as together.
const text document.BlockType = "text"

// Score adds up how layout did. A block is right when type and span are exactly
// those of the labels.
type Score struct {
	All        Count
	Types      map[document.BlockType]*Count // and "text", lede and paragraph as one
	Characters Count                         // letters, digits and marks in a block of the right type
	Confused   map[[2]document.BlockType]int // characters by labelled and found type
}

// NewScore starts at nothing.
func NewScore() *Score {
	s := &Score{Types: map[document.BlockType]*Count{text: {}}, Confused: map[[2]document.BlockType]int{}}
	for _, t := range document.BlockTypes() {
		s.Types[t] = &Count{}
	}
	return s
}

// Add scores the blocks found in one article.
func (s *Score) Add(a Article, found []document.Block) {
	count(a.Blocks, found, func(t document.BlockType) []*Count {
		return []*Count{s.Types[t], &s.All}
	})
	count(merged(a.Blocks), merged(found), func(t document.BlockType) []*Count {
		if t == text {
			return []*Count{s.Types[text]}
		}
		return nil
	})
	want, got := paint(a.Raw, a.Blocks), paint(a.Raw, found)
	for i, r := range a.Raw {
		if unicode.IsSpace(r) {
			continue
		}
		s.Characters.Gold++
		s.Characters.Found++
		if want[i] == got[i] {
			s.Characters.Right++
		} else {
			s.Confused[[2]document.BlockType{want[i], got[i]}]++
		}
	}
}

func count(want, found []document.Block, into func(document.BlockType) []*Count) {
	known := map[document.Block]bool{}
	for _, b := range want {
		known[b] = true
		for _, c := range into(b.Type) {
			c.Gold++
		}
	}
	for _, b := range found {
		for _, c := range into(b.Type) {
			c.Found++
			if known[b] {
				c.Right++
			}
		}
	}
}

// merged gives the blocks with lede and paragraph as one type.
func merged(blocks []document.Block) []document.Block {
	out := slices.Clone(blocks)
	for i := range out {
		if out[i].Type == document.Lede || out[i].Type == document.Paragraph {
			out[i].Type = text
		}
	}
	return out
}

// paint gives the type at each byte.
func paint(raw string, blocks []document.Block) []document.BlockType {
	out := make([]document.BlockType, len(raw))
	for _, b := range blocks {
		for i := b.Span.Start; i < b.Span.End; i++ {
			out[i] = b.Type
		}
	}
	return out
}

// Write prints a line for each type, and the commonest confusions.
func (s *Score) Write(w io.Writer) {
	fmt.Fprintf(w, "%-12s %6s %6s %6s %7s %7s %7s\n", "type", "gold", "found", "right", "P", "R", "F1")
	line := func(name string, c Count) {
		fmt.Fprintf(w, "%-12s %6d %6d %6d %7.2f %7.2f %7.2f\n", name, c.Gold, c.Found, c.Right, c.Precision(), c.Recall(), c.F1())
	}
	for _, t := range append(document.BlockTypes(), text) {
		line(string(t), *s.Types[t])
	}
	line("all", s.All)
	fmt.Fprintf(w, "characters in a block of the right type: %.2f %% of %d\n", s.Characters.Recall(), s.Characters.Gold)
	pairs := make([][2]document.BlockType, 0, len(s.Confused))
	for p := range s.Confused {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b [2]document.BlockType) int {
		return cmp.Or(s.Confused[b]-s.Confused[a], cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	for _, p := range pairs[:min(10, len(pairs))] {
		fmt.Fprintf(w, "  %s taken for %s: %d characters\n", p[0], p[1], s.Confused[p])
	}
}
