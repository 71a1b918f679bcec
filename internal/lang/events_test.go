package lang

import (
	"strings"
	"testing"

	"telex/internal/plover"
)

// eventTables are small but whole.
func eventTables(patterns ...string) EventTables {
	words := map[EventWord]string{ArticleWord: "de, het", ReflexiveWord: "zich", EndingWord: "en", PrepositionWord: "met, aan, door, tussen, op", AgentWord: "door", BetweenWord: "tussen", BeWord: "zijn"}
	var text strings.Builder
	for i, name := range eventWordNames {
		text.WriteString(name + ": ")
		if w := words[EventWord(i)]; w != "" {
			text.WriteString(w + "\n")
			continue
		}
		text.WriteString("x\n")
	}
	t := EventTables{
		Words: Table{"words", text.String()}, Lists: Table{"lists", "@talks = gesprek, overleg\n"}, Actors: Table{"actors", "COP: politie\n"}, Bodies: Table{"bodies", "IGOEUR: Europese Unie\n"},
		Offices: Table{"offices", "GOV: minister\n"}, Contexts: Table{"contexts", "health: ziekenhuis\n"}, Quiet: Table{"quiet", "sport: wedstrijd\n"},
	}
	for i, p := range patterns {
		t.Patterns = append(t.Patterns, Table{"events/" + string(rune('a'+i)) + ".txt", p})
	}
	return t
}

func newEvents(t *testing.T, patterns ...string) *Events {
	t.Helper()
	e, err := NewEvents(eventTables(patterns...))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// There is one general pattern for each type and part of speech; none of them is of a
// word.
func TestGeneralPatterns(t *testing.T) {
	t.Parallel()
	e := newEvents(t, "[AGREE - 030]\n<verb> | subj/door=A obj/aan/met=R\n<noun> | adj/door=A met=R\n[CONSULT visit 042]\n<verb>, <adjective> | subj=A met=R | weak",
		"[CONSULT - 040]\nbellen | met=R\nhet gesprek | met=R\n<noun> | door=A tussen=S")
	if n := e.Patterns(); n != 7 {
		t.Errorf("%d patterns, not 7", n)
	}
	for _, c := range []struct {
		trigger string
		typ     plover.Type
		where   string // "" for none
		mode    string
		noun    bool
	}{
		{GeneralVerb, plover.Agree, "a.txt:2", "", false},
		{GeneralNoun, plover.Agree, "a.txt:3", "", true},
		{GeneralAdjective, plover.Agree, "", "", false},
		{GeneralVerb, plover.Consult, "a.txt:5", "visit", false},
		{GeneralAdjective, plover.Consult, "a.txt:5", "visit", false},
		{GeneralNoun, plover.Consult, "b.txt:4", "", true},
		{GeneralVerb, plover.Assault, "", "", false},
		{"bellen", plover.Consult, "", "", false},
		{"", plover.Consult, "", "", false},
		{GeneralVerb, "", "", "", false},
	} {
		p := e.General(c.trigger, c.typ)
		if c.where == "" {
			if p != nil {
				t.Errorf("%s %s stands at %s", c.trigger, c.typ, p.Where)
			}
			continue
		}
		if p == nil {
			t.Errorf("there is no %s %s", c.trigger, c.typ)
			continue
		}
		if !p.General || p.Where != c.where || p.Trigger != c.trigger || p.Code.Type != c.typ || p.Code.Mode != c.mode || p.Noun != c.noun || p.Predicate || p.Weak != (c.mode != "") {
			t.Errorf("%s %s is %+v", c.trigger, c.typ, p)
		}
	}
	if e.Verb(GeneralVerb) != nil || e.Noun(GeneralNoun) != nil || e.Predicate(GeneralAdjective) != nil {
		t.Error("a general pattern is found as that of a word")
	}
	if p := e.Noun("gesprek"); len(p) != 1 || p[0].General {
		t.Errorf("the patterns of a word are %+v", p)
	}
}

// The slots that go without saying are those of the part of speech, and a general
// pattern with an object is transitive.
func TestGeneralSlots(t *testing.T) {
	t.Parallel()
	e := newEvents(t, "[AID - 070]\n<verb> | obj=R\n<noun> | aan=R\n<adjective> | subj=R")
	names := func(p *EventPattern) string {
		var all []string
		for _, s := range p.Slots {
			all = append(all, strings.Join(s.Names, "/")+"="+string(s.Role))
		}
		return strings.Join(all, " ")
	}
	for trigger, want := range map[string]string{
		GeneralVerb: "obj=R subj=A door=A", GeneralNoun: "aan=R door=A poss=A adj=A tussen=S", GeneralAdjective: "subj=R door=A",
	} {
		p := e.General(trigger, plover.Aid)
		if got := names(p); got != want {
			t.Errorf("%s has the slots %s, not %s", trigger, got, want)
		}
		if p.Transitive() != (trigger == GeneralVerb) {
			t.Errorf("%s is transitive: %v", trigger, p.Transitive())
		}
	}
}

func TestGeneralPatternErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		text []string
		want string
	}{
		{"twice", []string{"[AGREE - 030]\n<verb> | subj=A\n<noun>\n<verb> | subj=A"}, `events/a.txt:4: "<verb>AGREE" stands already at a.txt:2`},
		{"twice, with other slots", []string{"[AGREE - 030]\n<noun> | door=A\n<noun> | adj=A"}, `events/a.txt:3: "<noun>AGREE" stands already at a.txt:2`},
		{"twice, with another mode", []string{"[CONSULT - 040]\n<verb>\n[CONSULT visit 042]\n<verb>"}, `events/a.txt:4: "<verb>CONSULT" stands already at a.txt:2`},
		{"twice on a line", []string{"[AGREE - 030]\n<adjective>, <adjective>"}, `events/a.txt:2: "<adjective>AGREE" stands already at a.txt:2`},
		{"twice in two tables", []string{"[AGREE - 030]\n<noun>", "[AID - 070]\n<noun>\n[AGREE - 030]\n<noun>"}, `events/b.txt:4: "<noun>AGREE" stands already at a.txt:2`},
		{"no such part of speech", []string{"[AGREE - 030]\n<adverb>"}, `events/a.txt:2: the verb "<adverb>" is no infinitive`},
		{"a slot that is none", []string{"[AGREE - 030]\n<verb> | voor=R"}, `events/a.txt:2: "voor" in "voor=R" is no slot`},
		{"before a section", []string{"<verb> | subj=A"}, "events/a.txt:1: the pattern stands before the first section"},
	} {
		if _, err := NewEvents(eventTables(c.text...)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, not %s", c.name, err, c.want)
		}
	}
}
