package lang

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever was added is found, whatever else was.
func TestSieveFindsWhatItHas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.String()).Draw(t, "words")
		var s Sieve
		for _, w := range words {
			s.Add(w)
		}
		for _, w := range words {
			if !s.has(sieveBit(w)) {
				t.Fatalf("%q was added and is not found", w)
			}
		}
	})
}

// An empty set has nothing; and the words of a long sentence leave most of another
// vocabulary out, or the set would spare no work.
func TestSieveLacksTheMostOfTheRest(t *testing.T) {
	t.Parallel()
	var empty, s Sieve
	for i := range 40 {
		s.Add(fmt.Sprintf("woord%d", i))
	}
	found, bits := 0, map[uint16]bool{}
	for i := range 2000 {
		bit := sieveBit(fmt.Sprintf("ander%dwoord", i))
		bits[bit] = true
		if empty.has(bit) {
			t.Fatalf("the empty set has bit %d", bit)
		}
		if s.has(bit) {
			found++
		}
	}
	if found > 2000/20 {
		t.Errorf("of 2000 words that were not added, %d may be among 40", found)
	}
	if len(bits) < 800 { // of even ones 2000 words would have about 880
		t.Errorf("2000 words have only %d of %d bits", len(bits), sieveBits)
	}
}

var vocabulary = []string{"akkoord", "banden", "cel", "druk", "eis", "front", "geweld", "hulp", "inval", "jaar", "klacht", "leger", "macht", "nee",
	"oorlog", "plan", "recht", "staking", "tafel", "vrede", "wapen", "zaak", "af", "op", "vrij", "uit", "samen", "terug", "bezoek", "kritiek"}

// drawPattern makes a pattern of up to three parts, of which some are open to compounds.
func drawPattern(t *rapid.T) *EventPattern {
	p := &EventPattern{}
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		set := &WordSet{words: map[string]bool{}}
		for _, w := range rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary), 0, 12, rapid.ID[string]).Draw(t, "words") {
			set.words[w] = true
		}
		if len(set.words) == 0 || rapid.IntRange(0, 3).Draw(t, "open") == 0 {
			set.ends = append(set.ends, rapid.SampledFrom(vocabulary).Draw(t, "end"))
		}
		p.Parts = append(p.Parts, EventPart{Words: set})
	}
	return p
}

// wordOf draws a word that a set has.
func wordOf(t *rapid.T, set *WordSet) string {
	words := make([]string, 0, len(set.words)+len(set.ends))
	for _, w := range vocabulary {
		if set.words[w] {
			words = append(words, w)
		}
	}
	for _, end := range set.ends {
		words = append(words, rapid.StringMatching("[a-z]{1,5}").Draw(t, "before the end")+end)
	}
	return rapid.SampledFrom(words).Draw(t, "word")
}

func verbPatterns(list ...*EventPattern) *VerbPatterns {
	v := &VerbPatterns{list: list}
	for _, p := range list {
		v.needs = append(v.needs, needOf(p))
	}
	return v
}

// A pattern of whose parts each has a word in the sentence is always possible, and the
// possible patterns keep their order.
func TestPossible(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := make([]*EventPattern, rapid.IntRange(1, 6).Draw(t, "patterns"))
		for i := range list {
			list[i] = drawPattern(t)
		}
		whole := rapid.SampledFrom(list).Draw(t, "whole")
		var sentence Sieve
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 5).Draw(t, "other words") {
			sentence.Add(w)
		}
		for _, part := range whole.Parts {
			w := wordOf(t, part.Words)
			if !part.Words.Has(w) {
				t.Fatalf("%q was drawn from a set that lacks it", w)
			}
			sentence.Add(w)
		}
		possible := slices.Collect(verbPatterns(list...).Possible(&sentence))
		if !slices.Contains(possible, whole) {
			t.Fatal("a pattern whose words all stand in the sentence is not possible")
		}
		at := -1
		for _, p := range possible {
			next := slices.Index(list, p)
			if next <= at {
				t.Fatal("the possible patterns are in another order, or one stands twice")
			}
			at = next
		}
	})
}

func part(words ...string) EventPart {
	set := &WordSet{words: map[string]bool{}}
	for _, w := range words {
		if w[0] == '*' {
			set.ends = append(set.ends, w[1:])
			continue
		}
		set.words[w] = true
	}
	return EventPart{Words: set}
}

func behind(prep string, p EventPart) EventPart {
	p.Kind, p.Prep = ObliquePart, prep
	return p
}

// TestPossibleByHand says which patterns a sentence leaves out.
func TestPossibleByHand(t *testing.T) {
	t.Parallel()
	many := part("a", "b", "c", "d", "e", "f", "g", "h") // more than a need has room for
	for _, c := range []struct {
		name  string
		parts []EventPart
		words []string
		want  bool
	}{
		{"no parts", nil, nil, true},
		{"its word", []EventPart{part("tafel")}, []string{"tafel"}, true},
		{"one of its words", []EventPart{part("tafel", "plan")}, []string{"plan"}, true},
		{"another word", []EventPart{part("tafel")}, []string{"plan"}, false},
		{"no words", []EventPart{part("tafel")}, nil, false},
		{"any compound", []EventPart{part("*plan")}, nil, true},
		{"a word or any compound", []EventPart{part("tafel", "*plan")}, nil, true},
		{"many words", []EventPart{many}, nil, true},
		{"the first that has few", []EventPart{many, part("tafel")}, nil, false},
		{"behind a compound", []EventPart{part("*plan"), part("tafel")}, []string{"vredesplan"}, false},
		{"only one of two words", []EventPart{part("tafel"), part("plan")}, []string{"tafel"}, false},
		{"one of many words counts once", []EventPart{part("tafel", "bank"), part("plan", "eis")}, []string{"tafel"}, true},
		{"a word behind its preposition", []EventPart{behind("op", part("tafel"))}, []string{"op", "tafel"}, true},
		{"a word behind another", []EventPart{behind("op", part("tafel"))}, []string{"aan", "tafel"}, false},
		{"any compound behind another", []EventPart{behind("op", part("*tafel"))}, []string{"aan", "tafel"}, false},
		{"more than a need has room for", []EventPart{behind("op", part("a")), behind("aan", part("b")), behind("in", part("c"))}, []string{"op", "a", "aan", "b", "in", "c"}, true},
		{"seven words, the last of them", []EventPart{part("a", "b", "c", "d", "e", "f", "g")}, []string{"g"}, true},
	} {
		var s Sieve
		for _, w := range c.words {
			s.Add(w)
		}
		got := slices.Collect(verbPatterns(&EventPattern{Parts: c.parts}).Possible(&s))
		if (len(got) == 1) != c.want {
			t.Errorf("%s: possible is %v, not %v", c.name, len(got) == 1, c.want)
		}
	}
}

// Verbs without patterns yield none, and whoever has enough gets no more.
func TestPossibleEnds(t *testing.T) {
	t.Parallel()
	var none *VerbPatterns
	for p := range none.Possible(&Sieve{}) {
		t.Fatalf("no verb has the pattern %v", p)
	}
	seen := 0
	for range verbPatterns(&EventPattern{}, &EventPattern{}, &EventPattern{}).Possible(&Sieve{}) {
		if seen++; seen == 2 {
			break
		}
	}
	if seen != 2 {
		t.Errorf("%d patterns were given, not 2", seen)
	}
}
