package event

import (
	"math"
	"slices"
	"strconv"

	"telex/internal/nlp/maxent"
	"telex/internal/plover"
)

// glance is a candidate as the second look sees it: by what the first says of it and
// of those around it.
type glance struct {
	trigger  int
	sentence int32
	typ      plover.Type
	fits     bool
	p        float64 // by the first look
}

// topTwo holds the largest value of two different triggers.
type topTwo struct {
	first, second float64
	trigger       int
}

func (t *topTwo) add(trigger int, p float64) {
	switch {
	case trigger == t.trigger:
		t.first = max(t.first, p)
	case p > t.first:
		t.first, t.second, t.trigger = p, t.first, trigger
	default:
		t.second = max(t.second, p)
	}
}

// apart is the largest of the triggers but one.
func (t *topTwo) apart(trigger int) float64 {
	if t.trigger == trigger {
		return t.second
	}
	return t.first
}

// circle is what the first look says of an article.
type circle struct {
	all      float64 // of each trigger the largest, summed up
	tops     topTwo
	trigger  []topTwo // of the candidates of each trigger, by their number
	sentence []topTwo // of the triggers of each sentence
	typed    map[typedSentence]*topTwo
	before   []float64 // of each glance, the largest of its type in sentences before
}

type typedSentence struct {
	sentence int32
	typ      plover.Type
}

// around sums up what surrounds the candidates, in one pass over them.
func around(list []glance) *circle {
	triggers, sentences := 0, 0
	for i := range list {
		triggers, sentences = max(triggers, list[i].trigger+1), max(sentences, int(list[i].sentence)+1)
	}
	s := &circle{trigger: topTwos(triggers), sentence: topTwos(sentences), typed: make(map[typedSentence]*topTwo, len(list)), before: make([]float64, len(list))}
	typed := topTwos(len(list))
	for i, g := range list {
		s.trigger[g.trigger].add(i, g.p)
		s.sentence[g.sentence].add(g.trigger, g.p)
		key := typedSentence{g.sentence, g.typ}
		if s.typed[key] == nil {
			s.typed[key] = &typed[i]
		}
		s.typed[key].add(g.trigger, g.p)
		s.tops.add(g.trigger, g.p)
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return list[a].trigger - list[b].trigger })
	best := map[plover.Type]float64{}
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && list[order[to]].sentence == list[order[from]].sentence {
			s.before[order[to]] = best[list[order[to]].typ]
			to++
		}
		last := -1
		for _, i := range order[from:to] {
			best[list[i].typ] = max(best[list[i].typ], list[i].p)
			if list[i].trigger != last {
				last = list[i].trigger
				s.all += s.trigger[last].first
			}
		}
		from = to
	}
	return s
}

func topTwos(n int) []topTwo {
	list := make([]topTwo, n)
	for i := range list {
		list[i].trigger = -1
	}
	return list
}

// again lists the features of the second look at candidate i of an article of so many
// sentences.
func (s *circle) again(f *maxent.Features, list []glance, i, sentences int) {
	f.List = f.List[:0]
	g := &list[i]
	p, fits := step(g.p), strconv.FormatBool(g.fits)
	short := sentences <= shortText
	f.Add("odds", odds(g.p))
	f.Add("p", p)
	f.Add("short", strconv.FormatBool(short), p)
	if !short {
		rest := max(0, s.all-s.trigger[g.trigger].first)
		mass := step(rest / float64(sentences) / 1.5)
		f.Add("mass", mass)
		f.Add("mass p", mass, p)
		f.Add("top", step(s.tops.apart(g.trigger)), p)
		f.Add("all", strconv.Itoa(doublings(1+4*rest)), p)
	}
	f.Add("beside", step(s.sentence[g.sentence].apart(g.trigger)), p)
	f.Add("same", step(s.typed[typedSentence{g.sentence, g.typ}].apart(g.trigger)), p)
	f.Add("before", step(s.before[i]), p)
	f.Add("before type", step(s.before[i]), string(g.typ))
	f.Add("own", step(s.trigger[g.trigger].apart(i)), p)
	f.Add("type", string(g.typ), p)
	f.Add("fits", fits, p)
	f.Add("fits type", fits, string(g.typ))
}

// shortText is how many sentences make a text that is no article.
const shortText = 3

// step is a probability in six steps.
func step(p float64) string {
	for i, top := range [...]float64{0.05, 0.15, 0.3, 0.5, 0.75} {
		if p < top {
			return strconv.Itoa(i)
		}
	}
	return "5"
}

// oddsSteps are the probabilities at which the log odds pass the middle between two
// thirds of a whole number, from -5.67 on: 1/(1+exp(5.67)) and so on.
var oddsSteps = func() (steps [18]float64) {
	for i := range steps {
		steps[i] = 1 / (1 + math.Exp((17-2*float64(i))/3))
	}
	return steps
}()

// odds is a probability in steps of two thirds of its log odds.
func odds(p float64) string {
	n := 0
	for n < len(oddsSteps) && p >= oddsSteps[n] {
		n++
	}
	return strconv.Itoa(n)
}

// doublings counts how often one has to be doubled to pass x.
func doublings(x float64) int {
	n := 0
	for ; x >= 2; x /= 2 {
		n++
	}
	return n
}
