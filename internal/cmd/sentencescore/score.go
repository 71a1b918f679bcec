package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/nlp/segment"
)

// result counts sentences and keeps the wrong ends.
type result struct {
	gold, found, right int
	wrong              []fault
}

// fault is an end that was missed, or found where there is none.
type fault struct {
	missed bool
	left   string // the text before the end
	after  string // the text behind it
}

// score splits docs and compares. Sentences are joined by a space; with
// paragraphs set, those of different paragraphs by a blank line, as blocks of an
// article are known to the splitter.
func score(rules *segment.Rules, docs []treeDoc, paragraphs bool) *result {
	r := &result{}
	for _, d := range docs {
		var text strings.Builder
		var gold []document.Span
		for i, s := range d {
			switch {
			case i == 0:
			case paragraphs && s.paragraph:
				text.WriteString("\n\n")
			default:
				text.WriteByte(' ')
			}
			start := text.Len()
			text.WriteString(s.text)
			gold = append(gold, document.Span{Start: start, End: text.Len()})
		}
		r.add(text.String(), gold, rules.Split(text.String()))
	}
	return r
}

// add counts the sentences of one document. Both lists cover all that is not
// white space, so that spans differ only where sentences do.
func (r *result) add(text string, gold, found []document.Span) {
	gold, found = solid(text, gold), solid(text, found)
	r.gold += len(gold)
	r.found += len(found)
	have := map[document.Span]bool{}
	goldEnds, foundEnds := map[int]bool{}, map[int]bool{}
	for _, g := range gold {
		have[g] = true
		goldEnds[g.End] = true
	}
	for _, f := range found {
		if have[f] {
			r.right++
		}
		foundEnds[f.End] = true
		if !goldEnds[f.End] {
			r.wrong = append(r.wrong, faultAt(text, f.End, false))
		}
	}
	for _, g := range gold {
		if !foundEnds[g.End] {
			r.wrong = append(r.wrong, faultAt(text, g.End, true))
		}
	}
}

// solid leaves out white space at the ends of spans, and spans of nothing else.
func solid(text string, spans []document.Span) []document.Span {
	var out []document.Span
	for _, s := range spans {
		piece := text[s.Start:s.End]
		left := len(piece) - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
		if length := len(strings.TrimSpace(piece)); length > 0 {
			out = append(out, document.Span{Start: s.Start + left, End: s.Start + left + length})
		}
	}
	return out
}

// around is the number of bytes of text shown on either side of a fault.
const around = 45

func faultAt(text string, end int, missed bool) fault {
	from, to := max(0, end-around), min(len(text), end+around)
	return fault{
		missed: missed,
		left:   strings.ToValidUTF8(text[from:end], ""),
		after:  strings.ToValidUTF8(text[end:to], ""),
	}
}

// context sums up what stands around a fault: the last characters before and
// the first behind, with letters and digits made alike.
func (f fault) context() string {
	shape := func(text string) string {
		return strings.Map(func(c rune) rune {
			switch {
			case unicode.IsUpper(c):
				return 'A'
			case unicode.IsLetter(c):
				return 'a'
			case unicode.IsDigit(c):
				return '0'
			}
			return c
		}, text)
	}
	left, right := []rune(shape(f.left)), []rune(shape(f.after))
	kind := "extra "
	if f.missed {
		kind = "missed"
	}
	return kind + " " + string(left[max(0, len(left)-3):]) + "|" + string(right[:min(3, len(right))])
}

func (r *result) String() string {
	p := 100 * float64(r.right) / float64(max(1, r.found))
	q := 100 * float64(r.right) / float64(max(1, r.gold))
	f := 200 * float64(r.right) / float64(max(1, r.found+r.gold))
	return fmt.Sprintf("F1 %.2f (precision %.2f, recall %.2f; %d sentences, %d found, %d right)", f, p, q, r.gold, r.found, r.right)
}

// commonest is the number of contexts listed.
const commonest = 12

// show writes the commonest contexts of faults, then n faults.
func (r *result) show(w io.Writer, n int) {
	counts := map[string]int{}
	for _, f := range r.wrong {
		counts[f.context()]++
	}
	order := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	for _, c := range order[:min(len(order), commonest)] {
		fmt.Fprintf(w, "%5d  %s\n", counts[c], c)
	}
	for _, f := range r.wrong[:min(n, len(r.wrong))] {
		kind := "extra "
		if f.missed {
			kind = "missed"
		}
		pad := max(0, around-utf8.RuneCountInString(f.left))
		fmt.Fprintf(w, "%s %s%s|%s\n", kind, strings.Repeat(" ", pad), f.left, f.after)
	}
}
