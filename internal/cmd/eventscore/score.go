package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"telex/internal/document"
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

// add scores one text and lists what is wrong with it.
func (s *score) add(it *item, a *document.Article) []string {
	typed := match(it, a, false)
	full := match(it, a, true)
	s.typ.count(typed)
	s.full.count(full)
	s.gold += typed.gold
	s.coded += len(a.Events)
	if typed.whole() {
		s.textsTyped++
	}
	if full.whole() {
		s.textsFull++
	}
	for g, e := range typed.pairs {
		if it.Events[g].Optional || it.Events[g].Realis == "" || it.Events[g].Realis == a.Events[e].Realis {
			if !it.Events[g].Optional {
				s.realis++
			}
		}
	}
	return misses(it, a, typed, full)
}

func (t *tally) count(m matching) {
	t.right += m.right
	t.coded += m.coded
	t.gold += m.gold
}

// matching pairs annotated with coded events, each once.
type matching struct {
	pairs              map[int]int // annotated to coded
	right, coded, gold int         // optional ones left out
}

func (m matching) whole() bool { return m.right == m.gold && m.right == m.coded }

// match pairs events in the order of the text, those that must be coded first.
func match(it *item, a *document.Article, full bool) matching {
	m := matching{pairs: map[int]int{}}
	used := make([]bool, len(a.Events))
	for _, optional := range []bool{false, true} {
		for g := range it.Events {
			if it.Events[g].Optional != optional {
				continue
			}
			if e := find(it, a, g, used, full); e >= 0 {
				m.pairs[g] = e
				used[e] = true
			}
		}
	}
	for g := range it.Events {
		if it.Events[g].Optional {
			continue
		}
		m.gold++
		if _, ok := m.pairs[g]; ok {
			m.right++
		}
	}
	m.coded = m.right
	for e := range a.Events {
		if !used[e] {
			m.coded++
		}
	}
	return m
}

// find gives the best coded event for an annotated one: of several of the right type
// that with the right parties; -1 for none.
func find(it *item, a *document.Article, g int, used []bool, full bool) int {
	want := &it.Events[g]
	best := -1
	for e := range a.Events {
		got := &a.Events[e]
		if used[e] || got.Type != want.Type && !slices.Contains(want.Also, got.Type) {
			continue
		}
		parties := codesAgree(want.Actors, got.Actors) && codesAgree(want.Recipients, got.Recipients)
		if !parties && it.Article != 0 && !told(a, got, want.Start) {
			continue
		}
		if parties {
			return e
		}
		if best < 0 && !full {
			best = e
		}
	}
	return best
}

// told tells whether an event is told in the sentence of a code point.
func told(a *document.Article, e *document.Event, point int) bool {
	at := byteOf(a.Raw, point)
	for i := range a.Sentences {
		s := a.Sentences[i].Span
		if at < s.Start || at >= s.End {
			continue
		}
		for _, t := range append([]document.Span{e.Trigger.Span}, e.Tellings...) {
			if s.Contains(t) {
				return true
			}
		}
	}
	return false
}

func byteOf(raw string, point int) int {
	at := 0
	for ; point > 0 && at < len(raw); point-- {
		_, n := utf8.DecodeRuneInString(raw[at:])
		at += n
	}
	return at
}

// codesAgree compares the codes of one side as sets; an annotated code may list
// alternatives between bars.
func codesAgree(want []string, got []document.Party) bool {
	have := map[string]bool{}
	for _, p := range got {
		have[p.Code] = true
	}
	for _, w := range want {
		if !slices.ContainsFunc(strings.Split(w, "|"), func(alt string) bool { return have[alt] }) {
			return false
		}
	}
	for code := range have {
		if !slices.ContainsFunc(want, func(w string) bool { return slices.Contains(strings.Split(w, "|"), code) }) {
			return false
		}
	}
	return true
}

// misses lists what is missed, wrong and too much.
func misses(it *item, a *document.Article, typed, full matching) []string {
	var out []string
	for g := range it.Events {
		want := &it.Events[g]
		line := fmt.Sprintf("%s %s/%s %v %v %s", want.Trigger, want.Type, want.Mode, want.Actors, want.Recipients, want.Realis)
		if _, ok := full.pairs[g]; ok || want.Optional {
			continue
		}
		if _, ok := typed.pairs[g]; ok {
			out = append(out, "PARTIES "+line)
		} else {
			out = append(out, "MISSED "+line)
		}
	}
	used := map[int]bool{}
	for _, e := range typed.pairs {
		used[e] = true
	}
	for e := range a.Events {
		if ev := &a.Events[e]; !used[e] {
			out = append(out, fmt.Sprintf("EXTRA %s %s/%s", a.Raw[ev.Trigger.Span.Start:ev.Trigger.Span.End], ev.Type, ev.Mode))
		}
	}
	return out
}
