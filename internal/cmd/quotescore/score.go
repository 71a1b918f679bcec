package main

import (
	"fmt"
	"io"
	"strings"

	"telex/internal/document"
)

// kind says which quotations are scored, and how much their spans must share.
type kind struct {
	direct bool
	share  float64
}

var (
	allKinds   = kind{false, 0.5}
	onlyDirect = kind{true, 0.9}
)

// score counts quotations over articles.
type score struct {
	gold, system, spans, right int
}

func (s score) String() string {
	return fmt.Sprintf("precision %.1f recall %.1f F1 %.1f (%d right, %d annotated, %d found)",
		percent(s.right, s.system), percent(s.right, s.gold), f1(s.right, s.gold, s.system), s.right, s.gold, s.system)
}

func (s score) spansF1() float64 { return f1(s.spans, s.gold, s.system) }

func percent(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(part) / float64(of)
}

func f1(right, gold, system int) float64 { return percent(2*right, gold+system) }

// match pairs each quotation of the article with the annotated one of the same
// kind that shares most of its span; -1 for none. An annotated one is used once.
func match(a *annotated, got *document.Article, k kind) []int {
	used := make([]bool, len(a.quotes))
	out := make([]int, len(got.Quotes))
	for i := range got.Quotes {
		out[i] = -1
		best := k.share
		for j := range a.quotes {
			if used[j] || k.direct && (a.quotes[j].typ != "direct" || got.Quotes[i].Type != "direct") {
				continue
			}
			if s := shared(got.Quotes[i].Span, a.quotes[j].span); s >= best {
				best, out[i] = s, j
			}
		}
		if out[i] >= 0 {
			used[out[i]] = true
		}
	}
	return out
}

func (s *score) add(a *annotated, got *document.Article, k kind) {
	for j := range a.quotes {
		if q := &a.quotes[j]; !q.doubtful && (!k.direct || q.typ == "direct") {
			s.gold++
		}
	}
	matched := match(a, got, k)
	for i := range got.Quotes {
		q := &got.Quotes[i]
		if k.direct && q.Type != "direct" {
			continue
		}
		j := matched[i]
		if j >= 0 && a.quotes[j].doubtful || j < 0 && touchesDoubtful(a, q.Span) {
			continue
		}
		s.system++
		if j < 0 {
			continue
		}
		s.spans++
		if sameSpeaker(a, &a.quotes[j], got, q) {
			s.right++
		}
	}
}

// touchesDoubtful tells whether most of a span lies in a doubtful quotation, or
// holds most of one.
func touchesDoubtful(a *annotated, s document.Span) bool {
	for j := range a.quotes {
		q := &a.quotes[j]
		if !q.doubtful {
			continue
		}
		if n := overlap(s, q.span); n > 0 && 2*n >= min(s.Len(), q.span.Len()) {
			return true
		}
	}
	return false
}

func overlap(a, b document.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// shared is the intersection of two spans over their union.
func shared(a, b document.Span) float64 {
	n := overlap(a, b)
	if n == 0 {
		return 0
	}
	return float64(n) / float64(a.Len()+b.Len()-n)
}

// sameSpeaker tells whether the quotation q is of the annotated speaker: its entity
// goes by that name or is mentioned at an annotated place, or, for one without an
// entity, the place is one of those.
func sameSpeaker(a *annotated, want *annotation, got *document.Article, q *document.Quote) bool {
	if want.name == "" && len(want.places) == 0 {
		return q.Speaker == nil && q.SpeakerSpan == nil
	}
	if q.SpeakerSpan != nil && touchesAny(want.places, *q.SpeakerSpan) {
		return true
	}
	if q.Speaker == nil {
		return q.SpeakerSpan != nil && want.name != "" && same(want.name, got.Raw[q.SpeakerSpan.Start:q.SpeakerSpan.End])
	}
	for _, e := range got.Entities {
		if e.ID != *q.Speaker {
			continue
		}
		if named(want, e.Name) {
			return true
		}
		for _, m := range e.Mentions {
			if m.Form == "name" && (named(want, a.text[m.Span.Start:m.Span.End]) || touchesAny(want.places, m.Span)) {
				return true
			}
		}
	}
	return false
}

func named(want *annotation, name string) bool {
	if want.name == "" {
		return false
	}
	if same(want.name, name) {
		return true
	}
	for _, f := range want.forms {
		if same(f, name) {
			return true
		}
	}
	return false
}

func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func touchesAny(places []document.Span, s document.Span) bool {
	for _, p := range places {
		if overlap(p, s) > 0 {
			return true
		}
	}
	return false
}

// show prints what is not right in an article.
func show(out io.Writer, a *annotated, got *document.Article) {
	fmt.Fprintf(out, "== %s %s\n", a.id, got.Absent["quotes"])
	matched := match(a, got, allKinds)
	found := make([]bool, len(a.quotes))
	for i := range got.Quotes {
		q := &got.Quotes[i]
		who := speaker(got, q)
		cue := ""
		if q.Cue != nil {
			cue = a.text[q.Cue.Span.Start:q.Cue.Span.End]
		}
		line := fmt.Sprintf("%s %s %q by %s cue %q %.2f", q.ID, q.Type, clip(a.text[q.Span.Start:q.Span.End]), who, cue, q.Confidence)
		j := matched[i]
		switch {
		case j < 0 && touchesDoubtful(a, q.Span):
			fmt.Fprintf(out, "doubt   %s\n", line)
		case j < 0:
			fmt.Fprintf(out, "EXTRA   %s\n", line)
		default:
			found[j] = true
			w := &a.quotes[j]
			mark := "right  "
			if w.doubtful {
				mark = "doubt  "
			} else if !sameSpeaker(a, w, got, q) {
				mark = "SPEAKER"
			} else if w.typ == "direct" && (q.Type != "direct" || shared(q.Span, w.span) < onlyDirect.share) {
				mark = "SPAN   "
			}
			fmt.Fprintf(out, "%s %s want %s %s\n", mark, line, w.typ, want(a, w))
		}
	}
	for j := range a.quotes {
		if w := &a.quotes[j]; !found[j] && !w.doubtful {
			fmt.Fprintf(out, "MISSED  %s %q by %s\n", w.typ, clip(a.text[w.span.Start:w.span.End]), want(a, w))
		}
	}
}

func want(a *annotated, w *annotation) string {
	if w.name != "" || len(w.places) == 0 {
		return w.name
	}
	return a.text[w.places[0].Start:w.places[0].End]
}

func speaker(got *document.Article, q *document.Quote) string {
	who := "nobody"
	if q.SpeakerSpan != nil {
		who = got.Raw[q.SpeakerSpan.Start:q.SpeakerSpan.End]
	}
	if q.Speaker == nil {
		return who
	}
	for _, e := range got.Entities {
		if e.ID == *q.Speaker {
			return who + " = " + e.Name
		}
	}
	return who
}

func clip(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if r := []rune(s); len(r) > 110 {
		return string(r[:70]) + " … " + string(r[len(r)-36:])
	}
	return s
}
