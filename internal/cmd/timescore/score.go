package main

import (
	"fmt"
	"io"

	"telex/internal/document"
)

// score counts over articles.
type score struct {
	gold, found int
	strict      int // spans with both ends right
	relaxed     int // spans that overlap
	typed       int // relaxed, with the same type
	value       int // relaxed, with the same type and value
	mod         int // value, with the same modifier
	errors      []string
}

// add counts one article. Each time of the gold is paired with at most one that
// was found: the one with the same span, else the first that overlaps.
func (s *score) add(id string, raw []rune, gold, found []document.Time) {
	s.gold += len(gold)
	s.found += len(found)
	taken := make([]bool, len(found))
	for _, g := range gold {
		i := partner(g, found, taken)
		if i < 0 {
			s.errors = append(s.errors, fmt.Sprintf("%s missed  %s\t%s", id, meaning(g), around(raw, inside(g.Span, raw))))
			continue
		}
		taken[i] = true
		s.count(id, raw, g, found[i])
	}
	for i, f := range found {
		if !taken[i] {
			s.errors = append(s.errors, fmt.Sprintf("%s surplus %s\t%s", id, meaning(f), around(raw, f.Span)))
		}
	}
}

// inside keeps a span of the gold within the text.
func inside(s document.Span, raw []rune) document.Span {
	s.End = min(max(s.End, 0), len(raw))
	s.Start = min(max(s.Start, 0), s.End)
	return s
}

func (s *score) count(id string, raw []rune, g, f document.Time) {
	s.relaxed++
	if g.Span == f.Span {
		s.strict++
	}
	if g.Type == f.Type {
		s.typed++
	}
	if g.Type == f.Type && g.Value == f.Value {
		s.value++
		if g.Mod == f.Mod {
			s.mod++
		}
	}
	switch {
	case g.Type != f.Type || g.Value != f.Value:
		s.errors = append(s.errors, fmt.Sprintf("%s value   %s, found %s\t%s", id, meaning(g), meaning(f), around(raw, f.Span)))
	case g.Span != f.Span:
		s.errors = append(s.errors, fmt.Sprintf("%s span    %s\t%s\t%s", id, meaning(g), around(raw, inside(g.Span, raw)), around(raw, f.Span)))
	case g.Mod != f.Mod:
		s.errors = append(s.errors, fmt.Sprintf("%s mod     %s, found %s\t%s", id, meaning(g), meaning(f), around(raw, f.Span)))
	}
}

// partner gives the index of the time that a time of the gold is compared with,
// -1 for none.
func partner(g document.Time, found []document.Time, taken []bool) int {
	first := -1
	for i, f := range found {
		if taken[i] || f.Span.Start >= g.Span.End || g.Span.Start >= f.Span.End {
			continue
		}
		if f.Span == g.Span {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

func meaning(t document.Time) string {
	s := t.Type + " " + t.Value
	if t.Mod != "" {
		s += " " + t.Mod
	}
	return s
}

func (s *score) write(w io.Writer) {
	fmt.Fprintf(w, "%-28s %9s %9s %9s\n", fmt.Sprintf("%d annotated, %d found", s.gold, s.found), "precision", "recall", "F1")
	for _, row := range []struct {
		name string
		hits int
	}{{"span, strict", s.strict}, {"span, relaxed", s.relaxed}, {"type", s.typed}, {"value", s.value}, {"value and modifier", s.mod}} {
		p, r, f := rates(row.hits, s.found, s.gold)
		fmt.Fprintf(w, "%-28s %8.1f%% %8.1f%% %8.1f%%\n", row.name, p, r, f)
	}
}

// rates gives precision, recall and F1 in per cent; 0 where there is nothing to
// divide by.
func rates(hits, found, gold int) (precision, recall, f1 float64) {
	ratio := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return 100 * float64(a) / float64(b)
	}
	return ratio(hits, found), ratio(hits, gold), ratio(2*hits, found+gold)
}

func (s *score) writeErrors(w io.Writer) {
	for _, e := range s.errors {
		fmt.Fprintln(w, e)
	}
}
