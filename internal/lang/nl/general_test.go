package nl

import (
	"strings"
	"testing"

	"telex/internal/lang"
	"telex/internal/plover"
)

// Every type has a general pattern for each part of speech whose words have senses, and
// each of them has a place for whoever does it.
func TestGeneralPatterns(t *testing.T) {
	t.Parallel()
	e, err := events()
	if err != nil {
		t.Fatal(err)
	}
	types := plover.Types()
	if len(types) != 16 {
		t.Errorf("PLOVER has %d types, not 16", len(types))
	}
	for _, typ := range types {
		for _, trigger := range []string{lang.GeneralVerb, lang.GeneralNoun, lang.GeneralAdjective} {
			p := e.General(trigger, typ)
			if p == nil {
				t.Errorf("%s has no general pattern %s", typ, trigger)
				continue
			}
			if !p.General || p.Noun != (trigger == lang.GeneralNoun) || !strings.HasPrefix(p.Where, "general.txt:") || p.Code.Type != typ || len(p.Parts) > 0 || len(p.Slots) == 0 {
				t.Errorf("%s of %s is %+v", trigger, typ, p)
			}
			for _, s := range p.Slots {
				if s.Must {
					t.Errorf("%s of %s asks for a party in the slot %v", trigger, typ, s.Names)
				}
			}
		}
	}
}

// TestSenses holds the table to what a Dutch reader knows of some words, and to its size.
func TestSenses(t *testing.T) {
	t.Parallel()
	s, err := senses()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lemma, upos string
		act         plover.Type // the likelier, "" for none
		kind        string
	}{
		{"aanbeveling", "NOUN", plover.Request, "dee"},
		{"staken", "VERB", plover.Protest, "do"},
		{"aandeelhouder", "NOUN", "", "per"},
		{"dorps_aandeelhouder", "NOUN", "", "per"},
	} {
		sense := s.Of(c.lemma, c.upos)
		if sense == nil {
			t.Errorf("%s %s has no sense", c.lemma, c.upos)
			continue
		}
		act := plover.Type("")
		if len(sense.Acts) > 0 {
			act = sense.Acts[0]
		}
		if act != c.act || sense.Kind != c.kind {
			t.Errorf("%s %s is of the kind %s and tells %q", c.lemma, c.upos, sense.Kind, act)
		}
	}
}

// The table of senses is as large as it is meant to be, and names no
// word in a form that no lemma has.
func TestSenseTable(t *testing.T) {
	t.Parallel()
	s, err := senses()
	if err != nil {
		t.Fatal(err)
	}
	counts, acts, topics := map[string]int{}, map[plover.Type]int{}, map[lang.Topic]int{}
	for line := range strings.Lines(senseTable) {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		sense := s.Of(f[0], f[1])
		if sense == nil {
			t.Errorf("%s %s is in the table and has no sense", f[0], f[1])
			continue
		}
		if f[0] != strings.ToLower(f[0]) {
			t.Errorf("%s is not in lower case, and never found", f[0])
		}
		if len(sense.Acts) > 2 || len(sense.Acts) == 2 && sense.Acts[0] == sense.Acts[1] {
			t.Errorf("%s %s tells %v, not at most two types", f[0], f[1], sense.Acts)
		}
		counts[f[1]]++
		topics[sense.Topic]++
		for _, a := range sense.Acts {
			acts[a]++
		}
	}
	for upos, least := range map[string]int{"VERB": 2400, "NOUN": 6000, "ADJ": 1600} {
		if counts[upos] < least {
			t.Errorf("%d words are %s, fewer than %d", counts[upos], upos, least)
		}
	}
	for _, typ := range plover.Types() {
		if acts[typ] < 20 {
			t.Errorf("%d words tell %s", acts[typ], typ)
		}
	}
	for topic := range lang.Topics {
		if topics[topic] < 50 {
			t.Errorf("%d words are of the topic %s", topics[topic], topic)
		}
	}
}
