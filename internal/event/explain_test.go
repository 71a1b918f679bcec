package event

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"telex/internal/lang/nl"
)

// Explain finds what Apply found, once more, and tells for each event which note it
// came from.
func TestExplainTellsEveryEvent(t *testing.T) {
	t.Parallel()
	steps, err := before()
	if err != nil {
		t.Fatal(err)
	}
	step := steps[len(steps)-1].(*Step)
	a := read(t, "De politie hield woensdag in Utrecht drie betogers aan.\n\nDe Franse president ontmoette in Berlijn de Duitse bondskanselier. Veel was er niet te zien.")
	a.Absent["events"] = "an old reason"
	before := slices.Clone(a.Events)
	notes, err := step.Explain(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, a.Events); diff != "" {
		t.Errorf("the events changed (-before +after):\n%s", diff)
	}
	if a.Absent["events"] != "" {
		t.Errorf("absent %q", a.Absent["events"])
	}
	if len(a.Events) < 2 {
		t.Fatalf("only %d events in %q", len(a.Events), a.Raw)
	}
	for _, e := range a.Events {
		i := slices.IndexFunc(notes, func(n Note) bool { return n.ID == e.ID })
		if i < 0 {
			t.Errorf("no note tells of %s %s", e.ID, e.Type)
			continue
		}
		n := notes[i]
		if !n.Coded || n.Why != "" || n.Type != e.Type || n.Realis != e.Realis || n.Date != e.Date || !strings.Contains(n.Pattern, ".txt:") || len(n.Parties) != len(e.Actors)+len(e.Recipients) {
			t.Errorf("%+v tells of %+v", n, e)
		}
	}
	for i, n := range notes {
		if !n.Coded && n.Why == "" {
			t.Errorf("nothing says why %+v is no event", n)
		}
		if i > 0 && n.Trigger.Start < notes[i-1].Trigger.Start {
			t.Errorf("the notes are not in text order: %v", notes)
		}
	}
}

// A phrase without a party that its pattern must have is told as nearly an event.
func TestExplainTellsWhatNearlyWas(t *testing.T) {
	t.Parallel()
	steps, err := before()
	if err != nil {
		t.Fatal(err)
	}
	step := steps[len(steps)-1].(*Step)
	a := read(t, "Er werd de hele dag aangehouden.")
	notes, err := step.Explain(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Events) > 0 || len(notes) != 1 || notes[0].Coded || notes[0].Why == "" || a.Raw[notes[0].Trigger.Start:notes[0].Trigger.End] != "aangehouden" {
		t.Errorf("events %+v, notes %+v", a.Events, notes)
	}
}

// Any reading of any text can be explained, and its events stay what they were.
func TestExplainAnyReading(t *testing.T) {
	t.Parallel()
	p, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	step := New(p)
	words := []string{"aanvallen", "Frankrijk", "president", "sanctie", "opleggen", "aan", "met", "de", "politie", "arresteren", "betoger", "niet", "zijn", "in", "gesprek",
		"Moskou", "aanslag", "tussen", "elkaar", "zich", "terugtrekken", ".", "eisen", "dat", "om", "tafel", "gaan", "\n\n", "beloven"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 80).Draw(rt, "words"), " ")
		a := wild(t, p, text, rapid.Uint32().Draw(rt, "seed"))
		apply(t, a, step)
		before := slices.Clone(a.Events)
		notes, err := step.Explain(t.Context(), a)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(before, a.Events); diff != "" {
			rt.Fatalf("the events changed (-before +after):\n%s", diff)
		}
		told := map[string]bool{}
		for _, n := range notes {
			if n.Coded != (n.Why == "") || n.Trigger.Len() <= 0 || n.Trigger.End > len(a.Raw) || n.Sentence >= len(a.Sentences) || n.Coded && told[n.ID] {
				rt.Fatalf("note %+v", n)
			}
			told[n.ID] = true
		}
		for _, e := range a.Events {
			if !told[e.ID] {
				rt.Fatalf("no note tells of %s %s", e.ID, e.Type)
			}
		}
	})
}
