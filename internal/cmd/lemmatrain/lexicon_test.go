package main

import (
	"slices"
	"testing"
)

func TestTerm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		ok   bool
		want []string
	}{
		{"n([sg(kast),pl('kasten')],de).", true, []string{"kast", "kasten", "de"}},
		{"n([sg('auto\\'s')], % a remark, with ( and '\n de).", true, []string{"auto's", "de"}},
		{"n({[a,b]}).", true, []string{"a", "b"}},
		{"n([])", true, nil},
		{"n([sg(kast)", false, nil},
		{"n('kast", false, nil},
		{"n(A :- b)", false, nil},
		{"", false, nil},
	} {
		r := reader{text: c.text}
		got, ok := r.term()
		if ok != c.ok || ok && !slices.Equal(got.words(), c.want) {
			t.Errorf("%q gives %v %q, want %v %q", c.text, ok, got.words(), c.ok, c.want)
		}
	}
}

func read(t *testing.T, text string) term {
	t.Helper()
	r := reader{text: text}
	got, ok := r.term()
	if !ok {
		t.Fatalf("%q is no term", text)
	}
	return got
}

func TestForms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		forms []listed
		some  []listed
	}{
		"noun": {nounForms(read(t, "n([pl(kasten),sg(kast)],de,[],[boek,s(beroep),h('PC'),i(kleed,kleren),dim(kastje)])")), []listed{
			{"kast", "kast", "NOUN", "NOUN N ev"},
			{"kasten", "kast", "NOUN", "NOUN N mv"},
			{"boekkasten", "boek_kast", "NOUN", "NOUN N mv"},
			{"beroepskast", "beroep_kast", "NOUN", "NOUN N ev"},
			{"PC-kast", "PC_kast", "NOUN", "NOUN N ev"},
			{"klerenkast", "kleed_kast", "NOUN", "NOUN N ev"},
			{"kastjes", "kast", "NOUN", "NOUN N mv dim"},
		}},
		"adjective": {adjectiveForms(read(t, "a([stem(kleur_rijk),e(kleurrijke),no_e(kleurrijk),ere(kleurrijkere)],adv,[],[])")), []listed{
			{"kleurrijke", "kleur_rijk", "ADJ", "ADJ ADJ met-e"},
			{"kleurrijkere", "kleur_rijk", "ADJ", "ADJ ADJ comp met-e"},
		}},
		"verb": {verbForms(read(t, "v(poets,poetst,poetsen,gepoetst,poetste,poetsten,[h([transitive])])")), []listed{
			{"poetst", "poetsen", "VERB", "VERB WW pv tgw met-t"},
			{"gepoetste", "poetsen", "VERB", "VERB WW vd met-e"},
			{"poetsende", "poetsen", "VERB", "VERB WW od met-e"},
		}},
	} {
		for _, want := range c.some {
			if !slices.Contains(c.forms, want) {
				t.Errorf("%s: %+v is missing", name, want)
			}
		}
	}
}

func TestParticles(t *testing.T) {
	t.Parallel()
	got := particles(read(t, "v(poets,poetst,poetsen,gepoetst,poetste,poetsten,[h([transitive,part_transitive(op),fixed([part_pp(weg,in)],x)])])"), "poetsen")
	want := []pairing{{"op", "poetsen", "", true}, {"weg", "poetsen", "", true}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
