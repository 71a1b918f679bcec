package event

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/maxent"
	"telex/internal/plover"
)

func TestTopTwo(t *testing.T) {
	t.Parallel()
	type put struct {
		trigger int
		p       float64
	}
	for _, c := range []struct {
		name  string
		puts  []put
		apart map[int]float64 // of each trigger, the largest of the others
	}{
		{"nothing", nil, map[int]float64{0: 0, 7: 0}},
		{"one", []put{{7, 0.4}}, map[int]float64{7: 0, 8: 0.4}},
		{"one again, less", []put{{7, 0.4}, {7, 0.2}}, map[int]float64{7: 0, 8: 0.4}},
		{"one again, more", []put{{7, 0.4}, {7, 0.6}}, map[int]float64{7: 0, 8: 0.6}},
		{"falling", []put{{1, 0.9}, {2, 0.5}, {3, 0.1}}, map[int]float64{1: 0.5, 2: 0.9, 3: 0.9, 4: 0.9}},
		{"rising", []put{{1, 0.1}, {2, 0.5}, {3, 0.9}}, map[int]float64{1: 0.9, 2: 0.9, 3: 0.5, 4: 0.9}},
		{"equal", []put{{1, 0.5}, {2, 0.5}}, map[int]float64{1: 0.5, 2: 0.5, 3: 0.5}},
		{"the first comes back", []put{{1, 0.5}, {2, 0.6}, {1, 0.7}}, map[int]float64{1: 0.6, 2: 0.7, 3: 0.7}},
		{"the second grows", []put{{1, 0.9}, {2, 0.2}, {2, 0.4}}, map[int]float64{1: 0.4, 2: 0.9}},
		{"certain and impossible", []put{{1, 0}, {2, 1}, {3, 0}}, map[int]float64{1: 1, 2: 0}},
	} {
		top := topTwo{trigger: -1}
		for _, p := range c.puts {
			top.add(p.trigger, p.p)
		}
		for trigger, want := range c.apart {
			if got := top.apart(trigger); got != want {
				t.Errorf("%s: apart from %d the largest is %g, not %g", c.name, trigger, got, want)
			}
		}
	}
}

func TestSteps(t *testing.T) {
	t.Parallel()
	for p, want := range map[float64]string{
		0: "0", 0.049: "0", 0.05: "1", 0.149: "1", 0.15: "2", 0.299: "2", 0.3: "3", 0.499: "3", 0.5: "4", 0.749: "4", 0.75: "5", 1: "5", 2: "5",
	} {
		if got := step(p); got != want {
			t.Errorf("step(%g) is %s, not %s", p, got, want)
		}
	}
}

func TestOdds(t *testing.T) {
	t.Parallel()
	logistic := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for _, c := range []struct {
		p    float64
		want string
	}{
		{0, "0"}, {logistic(-6), "0"}, {logistic(-5.6), "1"}, {logistic(-5.1), "1"}, {logistic(-4.9), "2"}, {logistic(-0.4), "8"}, {0.5, "9"},
		{logistic(0.3), "9"}, {logistic(0.4), "10"}, {logistic(5.6), "17"}, {logistic(5.7), "18"}, {1, "18"},
	} {
		if got := odds(c.p); got != c.want {
			t.Errorf("odds(%g) is %s, not %s", c.p, got, c.want)
		}
	}
}

// The steps of probabilities rise with them, and odds are as fine on both sides of one
// half.
func TestStepsRise(t *testing.T) {
	t.Parallel()
	number := func(t *rapid.T, s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	rapid.Check(t, func(t *rapid.T) {
		p, q := rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "q")
		if p > q {
			p, q = q, p
		}
		if a, b := number(t, step(p)), number(t, step(q)); a > b || a < 0 || b > 5 {
			t.Fatalf("step(%g) is %d and step(%g) is %d", p, a, q, b)
		}
		if a, b := number(t, odds(p)), number(t, odds(q)); a > b || a < 0 || b > 18 {
			t.Fatalf("odds(%g) is %d and odds(%g) is %d", p, a, q, b)
		}
		if a, b := number(t, odds(p)), number(t, odds(1-p)); p > 1e-6 && (a+b < 17 || a+b > 19) {
			t.Fatalf("odds(%g) is %d and odds of the rest is %d", p, a, b)
		}
	})
}

func TestDoublings(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]int{-3: 0, 0: 0, 1: 0, 1.99: 0, 2: 1, 3.99: 1, 4: 2, 5: 2, 8: 3, 1000: 9, 1024: 10, 20_001: 14} {
		if got := doublings(x); got != want {
			t.Errorf("doublings(%g) is %d, not %d", x, got, want)
		}
	}
}

func TestBucket(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		-1: "-1", 0: "0", 1: "1", 2: "2", 3: "3", 4: "4", 5: "4", 6: "6", 8: "6", 9: "9", 14: "9", 15: "15", 24: "15", 25: "25", 26: "25", math.MaxInt: "25",
	} {
		if got := bucket(n); got != want {
			t.Errorf("bucket(%d) is %s, not %s", n, got, want)
		}
	}
}

// surroundings are what circle says of one candidate.
type surroundings struct{ own, beside, same, top, before float64 }

func (s *circle) of(list []glance, i int) surroundings {
	g := &list[i]
	return surroundings{
		own: s.trigger[g.trigger].apart(i), beside: s.sentence[g.sentence].apart(g.trigger),
		same: s.typed[typedSentence{g.sentence, g.typ}].apart(g.trigger), top: s.tops.apart(g.trigger), before: s.before[i],
	}
}

// plainly finds the same by going through all candidates for each.
func plainly(list []glance, i int) (s surroundings) {
	g := &list[i]
	for j := range list {
		o := &list[j]
		if o.trigger == g.trigger && j != i {
			s.own = max(s.own, o.p)
		}
		if o.trigger != g.trigger {
			s.top = max(s.top, o.p)
			if o.sentence == g.sentence {
				s.beside = max(s.beside, o.p)
				if o.typ == g.typ {
					s.same = max(s.same, o.p)
				}
			}
		}
		if o.sentence < g.sentence && o.typ == g.typ {
			s.before = max(s.before, o.p)
		}
	}
	return s
}

// drawGlances draws candidates in any order, of which some share a trigger, and of
// which some are as likely as others.
func drawGlances(t *rapid.T) []glance {
	types := plover.Types()[:4]
	list := make([]glance, rapid.IntRange(0, 40).Draw(t, "candidates"))
	width := rapid.IntRange(1, 8).Draw(t, "words of a sentence")
	for i := range list {
		trigger := rapid.IntRange(0, 30).Draw(t, "trigger")
		list[i] = glance{trigger: trigger, sentence: int32(trigger / width), typ: rapid.SampledFrom(types).Draw(t, "type"), fits: rapid.Bool().Draw(t, "fits"),
			p: rapid.OneOf(rapid.Float64Range(0, 1), rapid.SampledFrom([]float64{0, 0.25, 0.5, 1})).Draw(t, "p")}
	}
	return list
}

// One pass over the candidates finds what going through all of them for each does.
func TestAround(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := drawGlances(t)
		s := around(list)
		most := map[int]float64{}
		for _, g := range list {
			most[g.trigger] = max(most[g.trigger], g.p)
		}
		all := 0.0
		for _, trigger := range slices.Sorted(maps.Keys(most)) {
			all += most[trigger]
			if got := s.trigger[trigger].first; got != most[trigger] {
				t.Fatalf("trigger %d: the largest is %g, not %g", trigger, got, most[trigger])
			}
		}
		if s.all != all {
			t.Fatalf("the sum is %g, not %g", s.all, all)
		}
		for i := range list {
			if got, want := s.of(list, i), plainly(list, i); got != want {
				t.Fatalf("candidate %d of %+v:\n got %+v\nwant %+v", i, list, got, want)
			}
		}
	})
}

// The second look tells the same of a candidate in whatever order the candidates are,
// and takes no more features than there are kinds.
func TestAgainKnowsNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := drawGlances(t)
		order := make([]int, len(list))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		turned := make([]glance, len(list))
		for to, from := range order {
			turned[to] = list[from]
		}
		sentences := rapid.IntRange(1, 30).Draw(t, "sentences")
		s, u := around(list), around(turned)
		var f, g maxent.Features
		for to, from := range order {
			s.again(&f, list, from, sentences)
			u.again(&g, turned, to, sentences)
			if !slices.Equal(f.List, g.List) {
				t.Fatalf("candidate %d of %+v is told otherwise in the order %v", from, list, order)
			}
			if want := map[bool]int{true: 11, false: 15}[sentences <= shortText]; len(f.List) != want {
				t.Fatalf("%d features, not %d", len(f.List), want)
			}
		}
	})
}

// tree is a reading of words with heads, -1 for a root, and relations.
func tree(heads []int32, rels ...string) *reading {
	r := &reading{up: heads}
	for i := range heads {
		r.tokens = append(r.tokens, document.Token{Deprel: rels[i]})
	}
	return r
}

// TestPath goes through the tree of "De Franse minister wil dat de politie van Parijs
// de betogers met rust laat gaan slapen".
func TestPath(t *testing.T) {
	t.Parallel()
	const (
		de, franse, minister, wil, dat, de2, politie, van, parijs, de3, betogers, met, rust, laat, gaan, slapen = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	)
	r := tree([]int32{minister, minister, wil, -1, laat, politie, laat, parijs, politie, betogers, laat, rust, laat, wil, laat, gaan},
		"det", "amod", "nsubj", "root", "mark", "det", "nsubj", "case", "nmod", "det", "obj", "case", "obl", "ccomp", "xcomp", "xcomp")
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{wil, wil, ""},
		{minister, minister, ""},
		{wil, minister, "vnsubj"},
		{minister, wil, "^nsubj"},
		{laat, politie, "vnsubj"},
		{laat, parijs, "vnsubjvnmod"},
		{parijs, laat, "^nmod^nsubj"},
		{betogers, politie, "^objvnsubj"},
		{laat, minister, "^ccompvnsubj"},
		{slapen, minister, "^xcomp^xcomp^ccompvnsubj"},
		{minister, slapen, "^nsubjvccompvxcompvxcomp"},
		{van, slapen, "^case^nmod^nsubjvxcompvxcomp"},
		{van, minister, "^case^nmod^nsubj^ccompvnsubj"},
		{de, van, "^det^nsubjvccompvnsubjvnmodvcase"},
		{franse, slapen, "^amod^nsubjvccompvxcompvxcomp"},
	} {
		if got := r.path(c.from, c.to); got != c.want {
			t.Errorf("the way from %d to %d is %q, not %q", c.from, c.to, got, c.want)
		}
	}
}

// Ways of more than four steps up or down are far, and so are those between two trees
// and around a ring.
func TestPathFar(t *testing.T) {
	t.Parallel()
	chain := tree([]int32{-1, 0, 1, 2, 3, 4, 0}, "root", "a", "b", "c", "d", "e", "f")
	for _, c := range []struct {
		from, to int
		want     string
	}{{0, 4, "vavbvcvd"}, {4, 0, "^d^c^b^a"}, {0, 5, "far"}, {5, 0, "far"}, {5, 1, "^e^d^c^b"}, {6, 4, "^fvavbvcvd"}, {6, 5, "far"}} {
		if got := chain.path(c.from, c.to); got != c.want {
			t.Errorf("the way from %d to %d is %q, not %q", c.from, c.to, got, c.want)
		}
	}
	if got := tree([]int32{-1, 0, -1, 2}, "root", "a", "root", "b").path(1, 3); got != "far" {
		t.Errorf("the way between two trees is %q", got)
	}
	ring := tree([]int32{1, 2, 0, -1}, "a", "b", "c", "root")
	if got := ring.path(0, 3); got != "far" {
		t.Errorf("the way out of a ring is %q", got)
	}
	if got := ring.path(0, 2); got != "^a^b" {
		t.Errorf("the way along a ring is %q", got)
	}
}

// TestConfidence has the rules that count without a judge, and that its probability
// counts with one.
func TestConfidence(t *testing.T) {
	t.Parallel()
	named, usual := []party{{token: 3}}, []party{{token: -1}}
	verb, noun, phrase, weak := &lang.EventPattern{}, &lang.EventPattern{Noun: true}, &lang.EventPattern{Parts: make([]lang.EventPart, 2)}, &lang.EventPattern{Weak: true}
	for _, c := range []struct {
		name string
		c    candidate
		want float64
	}{
		{"nobody", candidate{pattern: verb}, 0.5},
		{"an actor", candidate{pattern: verb, actors: named}, 0.65},
		{"the usual doer", candidate{pattern: verb, actors: usual}, 0.5},
		{"a recipient", candidate{pattern: verb, recipients: named}, 0.65},
		{"a recipient without a word", candidate{pattern: verb, recipients: usual}, 0.65},
		{"both", candidate{pattern: verb, actors: named, recipients: named}, 0.8},
		{"a noun", candidate{pattern: noun}, 0.45},
		{"a phrase", candidate{pattern: phrase}, 0.55},
		{"a weak trigger", candidate{pattern: weak}, 0.35},
		{"only possible", candidate{pattern: verb, realis: hypothetical}, 0.35},
		{"weak, and only possible", candidate{pattern: weak, realis: hypothetical}, 0.35},
		{"told twice", candidate{pattern: verb, tellings: []int{9}}, 0.6},
		{"all there is", candidate{pattern: phrase, actors: named, recipients: named, tellings: []int{9, 12}}, 0.95},
		{"by the judge", candidate{pattern: phrase, actors: named, odds: 0.4449}, 0.44},
		{"by the judge, rounded up", candidate{pattern: weak, odds: 0.2951}, 0.3},
		{"by a judge who is sure", candidate{pattern: weak, odds: 0.9999}, 1},
	} {
		if got := confidence(&c.c); got != c.want {
			t.Errorf("%s: %g, not %g", c.name, got, c.want)
		}
	}
}
