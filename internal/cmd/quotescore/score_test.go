package main

import (
	"math"
	"testing"

	"telex/internal/document"
)

// example is an article of four annotated quotations: one right, one with another
// speaker, one doubtful, one missed; and one that is found too much.
func example() (*annotated, *document.Article) {
	span := func(a, b int) document.Span { return document.Span{Start: a, End: b} }
	text := "0123456789 0123456789 0123456789 0123456789 0123456789 Jan Els."
	jan, els := span(55, 58), span(59, 62)
	a := &annotated{text: text, quotes: []annotation{
		{typ: "direct", span: span(0, 10), name: "Jan"},
		{typ: "indirect", span: span(11, 21), places: []document.Span{jan}},
		{typ: "indirect", span: span(22, 32), name: "Els", doubtful: true},
		{typ: "direct", span: span(33, 43), name: "Els"},
	}}
	one, two := "e1", "e2"
	got := &document.Article{Raw: text, Entities: []document.Entity{
		{ID: "e1", Name: "Jan", Mentions: []document.Mention{{Span: jan, Form: "name"}}},
		{ID: "e2", Name: "Els", Mentions: []document.Mention{{Span: els, Form: "name"}}},
	}, Quotes: []document.Quote{
		{Type: "direct", Span: span(0, 10), Speaker: &one, SpeakerSpan: &jan},
		{Type: "indirect", Span: span(11, 18), Speaker: &two, SpeakerSpan: &els},
		{Type: "indirect", Span: span(22, 32), Speaker: &two, SpeakerSpan: &els},
		{Type: "direct", Span: span(44, 54), Speaker: &one, SpeakerSpan: &jan},
	}}
	return a, got
}

func TestScore(t *testing.T) {
	t.Parallel()
	a, got := example()
	var all, direct score
	all.add(a, got, allKinds)
	direct.add(a, got, onlyDirect)
	if want := (score{gold: 3, system: 3, spans: 2, right: 1}); all != want {
		t.Errorf("all %+v, want %+v", all, want)
	}
	if want := (score{gold: 2, system: 2, spans: 1, right: 1}); direct != want {
		t.Errorf("direct %+v, want %+v", direct, want)
	}
	if f := f1(1, 3, 3); math.Abs(f-100.0/3) > 1e-9 {
		t.Errorf("F1 %v", f)
	}
}

func TestShared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b document.Span
		want float64
	}{
		{document.Span{Start: 0, End: 10}, document.Span{Start: 0, End: 10}, 1},
		{document.Span{Start: 0, End: 10}, document.Span{Start: 5, End: 15}, 1.0 / 3},
		{document.Span{Start: 0, End: 10}, document.Span{Start: 10, End: 20}, 0},
	} {
		if got := shared(c.a, c.b); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v and %v share %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	if _, err := read(t.TempDir(), "", ""); err == nil {
		t.Error("an empty folder is no error")
	}
}
