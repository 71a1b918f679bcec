package gold

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
)

// Three sentences, with a letter of two bytes before the triggers.
const raw = "Café Bern vertrekt. Bos trekt zich terug. Rome steunt Bos."

func coded(typ, actors, recipients string, at document.Span, tellings ...document.Span) document.Event {
	parties := func(code string) []document.Party {
		if code == "" {
			return nil
		}
		return []document.Party{{Code: code}}
	}
	return document.Event{Type: typ, Actors: parties(actors), Recipients: parties(recipients), Trigger: document.Piece{Span: at}, Tellings: tellings}
}

func read(events ...document.Event) *document.Article {
	return &document.Article{Raw: raw, Events: events, Sentences: []document.Sentence{
		{Span: document.Span{Start: 0, End: 20}}, {Span: document.Span{Start: 21, End: 42}}, {Span: document.Span{Start: 43, End: 59}},
	}}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	first, second, third := document.Span{Start: 11, End: 19}, document.Span{Start: 25, End: 30}, document.Span{Start: 48, End: 54}
	want := func(typ, actor, recipient string, start int) Event {
		return Event{Type: typ, Actors: []string{actor}, Recipients: []string{recipient}, Start: start}
	}
	also := want("AGREE", "NLD", "CHE", 24)
	also.Also = []string{"YIELD", "RETREAT"}
	optional := want("AID", "NLD", "CHE", 24)
	optional.Optional = true
	aid := want("AID", "NLD", "CHE", 24)
	type result struct {
		pairs              map[int]int
		right, coded, gold int
		whole              bool
	}
	none := map[int]int{}
	one := result{map[int]int{0: 0}, 1, 1, 1, true}
	for _, c := range []struct {
		name        string
		article     int
		want        []Event
		got         []document.Event
		typed, full result
	}{
		{"nothing", 1, nil, nil, result{pairs: none, whole: true}, result{pairs: none, whole: true}},
		{"the same", 1, []Event{aid}, []document.Event{coded("AID", "NLD", "CHE", second)}, one, one},
		{"another type", 1, []Event{aid}, []document.Event{coded("AGREE", "NLD", "CHE", second)}, result{none, 0, 1, 1, false}, result{none, 0, 1, 1, false}},
		{"a type accepted beside it", 1, []Event{also}, []document.Event{coded("RETREAT", "NLD", "CHE", second)}, one, one},
		{"other parties", 1, []Event{aid}, []document.Event{coded("AID", "NLD", "", second)}, one, result{none, 0, 1, 1, false}},
		{"other parties, another sentence", 1, []Event{aid}, []document.Event{coded("AID", "NLD", "", third)}, result{none, 0, 1, 1, false}, result{none, 0, 1, 1, false}},
		{"other parties, another sentence, no article", 0, []Event{aid}, []document.Event{coded("AID", "NLD", "", third)}, one, result{none, 0, 1, 1, false}},
		{"the same parties, another sentence", 1, []Event{aid}, []document.Event{coded("AID", "NLD", "CHE", first)}, one, one},
		{"other parties, told again in the sentence", 1, []Event{aid}, []document.Event{coded("AID", "NLD", "", first, third, second)}, one, result{none, 0, 1, 1, false}},
		{"trigger outside the text", 1, []Event{want("AID", "NLD", "CHE", 600)}, []document.Event{coded("AID", "NLD", "", second)}, result{none, 0, 1, 1, false}, result{none, 0, 1, 1, false}},
		{
			"of two the one with the parties", 1,
			[]Event{aid},
			[]document.Event{coded("AID", "NLD", "", second), coded("AID", "NLD", "CHE", first)},
			result{map[int]int{0: 1}, 1, 2, 1, false}, result{map[int]int{0: 1}, 1, 2, 1, false},
		},
		{
			"of two with other parties the first", 1,
			[]Event{aid},
			[]document.Event{coded("AID", "NLD", "", second), coded("AID", "CHE", "", second)},
			result{map[int]int{0: 0}, 1, 2, 1, false}, result{none, 0, 2, 1, false},
		},
		{
			"a coded event once", 0,
			[]Event{aid, aid},
			[]document.Event{coded("AID", "NLD", "CHE", second)},
			result{map[int]int{0: 0}, 1, 1, 2, false}, result{map[int]int{0: 0}, 1, 1, 2, false},
		},
		{"optional, coded", 1, []Event{optional}, []document.Event{coded("AID", "NLD", "CHE", second)}, result{map[int]int{0: 0}, 0, 0, 0, true}, result{map[int]int{0: 0}, 0, 0, 0, true}},
		{"optional, not coded", 1, []Event{optional}, nil, result{pairs: none, whole: true}, result{pairs: none, whole: true}},
		{
			"optional comes last", 1,
			[]Event{optional, aid},
			[]document.Event{coded("AID", "NLD", "CHE", second)},
			result{map[int]int{1: 0}, 1, 1, 1, true}, result{map[int]int{1: 0}, 1, 1, 1, true},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := Text{Article: c.article, Events: c.want}
			for full, want := range map[bool]result{false: c.typed, true: c.full} {
				m := Match(&text, read(c.got...), full)
				if !maps.Equal(m.Pairs, want.pairs) || m.Right != want.right || m.Coded != want.coded || m.Gold != want.gold || m.Whole() != want.whole {
					t.Errorf("full %v: got %+v, whole %v; want %+v", full, m, m.Whole(), want)
				}
			}
		})
	}
}

func TestSentenceOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		article int
		trigger string
		start   int
		want    int
	}{
		{0, "vertrekt", 0, 0},
		{0, "trekt", 0, 1}, // not in vertrekt
		{0, "Bos", 50, 1},  // the first, wherever it begins
		{0, "zich terug", 0, 1},
		{0, "Bos.", 0, 2},
		{0, "Caf", 0, -1},
		{0, "steun", 0, -1},
		{0, "", 0, -1},
		{7, "Bos", 0, 0},
		{7, "", 18, 0}, // the full stop
		{7, "", 19, -1},
		{7, "", 20, 1},
		{7, "", 57, 2},
		{7, "", 58, -1},
		{7, "", -1, -1},
	} {
		e := Event{Trigger: c.trigger, Start: c.start}
		if got := SentenceOf(&Text{Article: c.article}, read(), &e); got != c.want {
			t.Errorf("article %d, %q at %d: sentence %d, want %d", c.article, c.trigger, c.start, got, c.want)
		}
	}
}

func TestAgree(t *testing.T) {
	t.Parallel()
	list := func(codes ...string) []string { return codes }
	for _, c := range []struct {
		want, got []string
		agree     bool
	}{
		{nil, nil, true},
		{nil, list("NLD"), false},
		{list("NLD"), nil, false},
		{list("NLD"), list("NLD"), true},
		{list("NLD"), list("NLDGOV"), false},
		{list("NLD", "CHE"), list("CHE", "NLD"), true},
		{list("NLD", "CHE"), list("NLD"), false},
		{list("NLD"), list("NLD", "CHE"), false},
		{list("NLD"), list("NLD", "NLD"), true},
		{list("NLD", "NLD"), list("NLD"), true},
		{list("NLD|NLDGOV"), list("NLDGOV"), true},
		{list("NLD|NLDGOV"), list("NLD", "NLDGOV"), true},
		{list("NLD|NLDGOV"), list("NLDLEG"), false},
		{list("NLD|NLDGOV"), list("NLD|NLDGOV"), false},
		{list("NLD|NLDGOV", "NLDGOV|CHE"), list("NLDGOV"), true},
		{list("NLD|NLDGOV", "CHE"), list("NLD", "NLDGOV"), false},
		{list(""), nil, false},
		{list(""), list(""), true},
	} {
		if got := Agree(c.want, c.got); got != c.agree {
			t.Errorf("%q and %q: %v, want %v", c.want, c.got, got, c.agree)
		}
	}
}

// A coded event is in one pair at most, and only with an annotated event that
// accepts it; what is coded just as annotated is wholly right.
func TestMatchProperties(t *testing.T) {
	t.Parallel()
	span := rapid.Custom(func(t *rapid.T) document.Span {
		start := rapid.IntRange(0, len(raw)).Draw(t, "start")
		return document.Span{Start: start, End: rapid.IntRange(start, len(raw)).Draw(t, "end")}
	})
	types, sides := rapid.SampledFrom([]string{"AID", "AGREE"}), rapid.SampledFrom([]string{"", "NLD", "CHE"})
	events := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) document.Event {
		return coded(types.Draw(t, "type"), sides.Draw(t, "actor"), sides.Draw(t, "recipient"), span.Draw(t, "trigger"), rapid.SliceOfN(span, 0, 2).Draw(t, "tellings")...)
	}), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		text := Text{Article: rapid.IntRange(0, 1).Draw(t, "article")}
		annotate := func(list []document.Event) {
			text.Events = nil
			for i := range list {
				text.Events = append(text.Events, Event{
					Type: list[i].Type, Actors: codes(list[i].Actors), Recipients: codes(list[i].Recipients),
					Start: rapid.IntRange(-2, len(raw)+2).Draw(t, "start"), Optional: rapid.Bool().Draw(t, "optional"),
				})
			}
		}
		a := read(events.Draw(t, "coded")...)
		full := rapid.Bool().Draw(t, "full")
		annotate(events.Draw(t, "annotated"))
		checkPairs(t, &text, a, Match(&text, a, full), full)
		annotate(a.Events)
		if m := Match(&text, a, full); !m.Whole() || len(m.Pairs) != len(a.Events) {
			t.Errorf("coded as annotated: %+v of %d", m, len(a.Events))
		}
	})
}

func checkPairs(t *rapid.T, text *Text, a *document.Article, m Matching, full bool) {
	used := map[int]bool{}
	optional := 0
	for g, e := range m.Pairs {
		want, got := &text.Events[g], &a.Events[e]
		agree := slices.Equal(want.Actors, codes(got.Actors)) && slices.Equal(want.Recipients, codes(got.Recipients))
		if used[e] || want.Type != got.Type || full && !agree {
			t.Errorf("the pair %+v, %+v", want, got)
		}
		used[e] = true
		if want.Optional {
			optional++
		}
	}
	if m.Right != len(m.Pairs)-optional || m.Coded != len(a.Events)-optional || m.Right > m.Gold {
		t.Errorf("%+v with %d optional pairs of %d coded", m, optional, len(a.Events))
	}
}
