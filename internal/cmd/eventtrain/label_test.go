package main

import (
	"slices"
	"testing"

	"telex/internal/document"
	"telex/internal/event"
	"telex/internal/event/gold"
)

// raw has three sentences, with a letter of two bytes before the triggers.
const raw = "Café Bern vertrekt. Bos trekt zich terug. Rome steunt Bos."

// The bytes at which triggers begin, and as code points.
const vertrekt, trekt, steunt = 11, 25, 48

func article() *document.Article {
	return &document.Article{Raw: raw, Sentences: []document.Sentence{
		{Span: document.Span{Start: 0, End: 20}}, {Span: document.Span{Start: 21, End: 42}}, {Span: document.Span{Start: 43, End: 59}},
	}}
}

// annotated is an event of an article whose trigger is "trekt".
func annotated(typ string, change ...func(*gold.Event)) gold.Event {
	e := gold.Event{Type: typ, Actors: []string{"NLDGOV|NLDPTY"}, Recipients: []string{"CHE"}, Trigger: "trekt", Start: trekt - 1}
	for _, c := range change {
		c(&e)
	}
	return e
}

func optional(e *gold.Event) { e.Optional = true }

func also(types ...string) func(*gold.Event) { return func(e *gold.Event) { e.Also = types } }

// candidate is one at a trigger in its sentence; parties tells whether they are those
// of annotated.
func candidate(typ string, trigger int, parties, fits bool) event.Lesson {
	c := event.Lesson{Type: typ, Trigger: trigger, Fits: fits, Actors: []string{"FRA"}, Recipients: []string{}}
	if parties {
		c.Actors, c.Recipients = []string{"NLDPTY"}, []string{"CHE"}
	}
	switch {
	case trigger >= 43:
		c.Sentence = 2
	case trigger >= 21:
		c.Sentence = 1
	}
	return c
}

var (
	no   = verdict{event: -1}
	open = verdict{open: true, event: -1}
)

func yes(event int) verdict { return verdict{yes: true, event: event} }

func TestLabel(t *testing.T) {
	t.Parallel()
	const near = 27 // in the sentence of trekt, but another word
	for _, c := range []struct {
		name   string
		events []gold.Event
		list   []event.Lesson
		want   []verdict
	}{
		{"no candidates", []gold.Event{annotated("RETREAT")}, nil, []verdict{}},
		{"no events", nil, []event.Lesson{candidate("RETREAT", trekt, true, true)}, []verdict{no}},
		{"the same", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", trekt, true, true)}, []verdict{yes(0)}},
		{"of another type", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("AGREE", trekt, true, true)}, []verdict{no}},
		{"of a type accepted beside it", []gold.Event{annotated("RETREAT", also("AID", "AGREE"))}, []event.Lesson{candidate("AGREE", trekt, false, false)}, []verdict{yes(0)}},
		{"in another sentence", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", steunt, false, true)}, []verdict{no}},
		{"by its sentence alone", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", near, false, false)}, []verdict{yes(0)}},
		{"trigger before parties", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", near, true, false), candidate("RETREAT", trekt, false, false)}, []verdict{open, yes(0)}},
		{"trigger before fit", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", near, false, true), candidate("RETREAT", trekt, false, false)}, []verdict{no, yes(0)}},
		{"parties before fit", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", near, false, true), candidate("RETREAT", near, true, false)}, []verdict{no, yes(0)}},
		{"fit before the others", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", near, false, false), candidate("RETREAT", near, false, true)}, []verdict{no, yes(0)}},
		{"fit before the very type", []gold.Event{annotated("RETREAT", also("AGREE"))}, []event.Lesson{candidate("RETREAT", near, false, false), candidate("AGREE", near, false, true)}, []verdict{no, yes(0)}},
		{"the very type before one beside it", []gold.Event{annotated("RETREAT", also("AGREE"))}, []event.Lesson{candidate("AGREE", trekt, false, true), candidate("RETREAT", trekt, false, true)}, []verdict{no, yes(0)}},
		{"of equals the first", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("RETREAT", trekt, false, true), candidate("RETREAT", trekt, false, true)}, []verdict{yes(0), no}},
		{"optional is open", []gold.Event{annotated("RETREAT", optional)}, []event.Lesson{candidate("RETREAT", trekt, false, true)}, []verdict{{open: true, event: 0}}},
		{"what must be coded chooses first", []gold.Event{annotated("RETREAT", optional), annotated("RETREAT")},
			[]event.Lesson{candidate("RETREAT", trekt, true, true), candidate("RETREAT", near, false, false)}, []verdict{yes(1), {open: true, event: 0}}},
		{"each event goes to one", []gold.Event{annotated("RETREAT"), annotated("RETREAT")},
			[]event.Lesson{candidate("RETREAT", trekt, false, true), candidate("RETREAT", near, false, true), candidate("RETREAT", near, false, true)}, []verdict{yes(0), yes(1), no}},
		{"told again by its parties is open", []gold.Event{annotated("RETREAT")},
			[]event.Lesson{candidate("RETREAT", trekt, true, true), candidate("RETREAT", steunt, true, true), candidate("RETREAT", vertrekt, false, true)}, []verdict{yes(0), open, no}},
		{"told again in a type beside it", []gold.Event{annotated("RETREAT", also("AGREE"))}, []event.Lesson{candidate("AGREE", steunt, true, false)}, []verdict{open}},
		{"told again by its parties in another type", []gold.Event{annotated("RETREAT")}, []event.Lesson{candidate("AID", steunt, true, true)}, []verdict{no}},
		{"an optional one told again", []gold.Event{annotated("RETREAT", optional)}, []event.Lesson{candidate("RETREAT", steunt, true, true)}, []verdict{open}},
		{"two types at a word", []gold.Event{annotated("RETREAT"), annotated("CONCEDE")}, []event.Lesson{candidate("CONCEDE", trekt, true, true), candidate("RETREAT", trekt, true, false)}, []verdict{yes(1), yes(0)}},
	} {
		got := label(&gold.Text{Article: 7, Events: c.events}, article(), c.list)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// In a sentence by itself the trigger is a word, and any candidate of the type will do.
func TestLabelSentence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		word string
		list []event.Lesson
		want []verdict
	}{
		{"by its word", "trekt", []event.Lesson{candidate("RETREAT", vertrekt, false, true), candidate("RETREAT", trekt, false, false)}, []verdict{no, yes(0)}},
		{"a word that does not stand there", "treedt", []event.Lesson{candidate("RETREAT", steunt, false, false)}, []verdict{yes(0)}},
		{"a part of a word", "trek", []event.Lesson{candidate("RETREAT", trekt, false, false), candidate("RETREAT", steunt, false, true)}, []verdict{no, yes(0)}},
	} {
		e := annotated("RETREAT")
		e.Trigger = c.word
		if got := label(&gold.Text{Events: []gold.Event{e}}, article(), c.list); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestRightOption(t *testing.T) {
	t.Parallel()
	e := annotated("RETREAT")
	side := func(actor bool, codes ...[]string) event.Side { return event.Side{Actor: actor, Codes: codes} }
	for _, c := range []struct {
		name string
		side event.Side
		want int
	}{
		{"none", side(true), -1},
		{"the first", side(true, []string{"NLDGOV"}, []string{"NLDPTY"}), 0},
		{"a later one", side(true, []string{}, []string{"FRA"}, []string{"NLDPTY"}), 2},
		{"both alternatives", side(true, []string{"NLDGOV", "NLDPTY"}), 0},
		{"one too many", side(true, []string{"CHE", "NLDGOV"}), -1},
		{"the other side", side(false, []string{"NLDGOV"}, []string{"CHE"}), 1},
	} {
		if got := rightOption(&e, c.side); got != c.want {
			t.Errorf("%s: option %d, not %d", c.name, got, c.want)
		}
	}
	empty := annotated("RETREAT", func(e *gold.Event) { e.Actors = nil })
	if got := rightOption(&empty, side(true, []string{"NLDGOV"}, []string{})); got != 1 {
		t.Errorf("of a side without anybody option %d is right", got)
	}
}

func TestWeight(t *testing.T) {
	t.Parallel()
	s := settings{sentence: 0.5}
	if w := s.weight(&text{Text: &gold.Text{Article: 7}}); w != 1 {
		t.Errorf("a candidate of an article counts %g", w)
	}
	if w := s.weight(&text{Text: &gold.Text{}}); w != 0.5 {
		t.Errorf("a candidate of a sentence counts %g", w)
	}
}
