package main

import (
	"fmt"

	"telex/internal/document"
	"telex/internal/event/gold"
)

// tally counts what was right, of what was coded and of what was annotated.
type tally struct{ right, coded, gold int }

// F1 is the harmonic mean of precision and recall, in percent.
func (t tally) F1() float64 { return percent(2*t.right, t.coded+t.gold) }

func (t tally) String() string {
	return fmt.Sprintf("F1 %.1f (precision %.1f, recall %.1f; %d right)", t.F1(), percent(t.right, t.coded), percent(t.right, t.gold), t.right)
}

func percent(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return 100 * float64(a) / float64(b)
}

// score sums up over texts.
type score struct {
	gold, coded           int
	typ, full             tally
	realis                int
	textsTyped, textsFull int
}

// add scores one text and lists what is wrong with t.
func (s *score) add(t *gold.Text, a *document.Article) []string {
	typed := gold.Match(t, a, false)
	full := gold.Match(t, a, true)
	s.typ.count(typed)
	s.full.count(full)
	s.gold += typed.Gold
	s.coded += len(a.Events)
	if typed.Whole() {
		s.textsTyped++
	}
	if full.Whole() {
		s.textsFull++
	}
	for g, e := range typed.Pairs {
		if t.Events[g].Optional || t.Events[g].Realis == "" || t.Events[g].Realis == a.Events[e].Realis {
			if !t.Events[g].Optional {
				s.realis++
			}
		}
	}
	return misses(t, a, typed, full)
}

func (t *tally) count(m gold.Matching) {
	t.right += m.Right
	t.coded += m.Coded
	t.gold += m.Gold
}

// misses lists what is missed, wrong and too much.
func misses(t *gold.Text, a *document.Article, typed, full gold.Matching) []string {
	var out []string
	for g := range t.Events {
		want := &t.Events[g]
		line := fmt.Sprintf("%s %s/%s %v %v %s", want.Trigger, want.Type, want.Mode, want.Actors, want.Recipients, want.Realis)
		if _, ok := full.Pairs[g]; ok || want.Optional {
			continue
		}
		if _, ok := typed.Pairs[g]; ok {
			out = append(out, "PARTIES "+line)
		} else {
			out = append(out, "MISSED "+line)
		}
	}
	used := map[int]bool{}
	for _, e := range typed.Pairs {
		used[e] = true
	}
	for e := range a.Events {
		if ev := &a.Events[e]; !used[e] {
			out = append(out, fmt.Sprintf("EXTRA %s %s/%s", a.Raw[ev.Trigger.Span.Start:ev.Trigger.Span.End], ev.Type, ev.Mode))
		}
	}
	return out
}
