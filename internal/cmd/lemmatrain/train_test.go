package main

import (
	"slices"
	"strings"
	"testing"

	"telex/internal/nlp/conllu"
	"telex/internal/nlp/lemma"
)

func TestSplitOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		form, lemma, upos string
		ok                bool
		at                int
	}{
		{"tuinhekken", "tuin_hek", "NOUN", true, 4},
		{"wedstrijdsverslag", "wedstrijd_verslag", "NOUN", true, 10},
		{"wc-deur", "wc_deur", "NOUN", true, 3},
		{"opgepoetst", "op_poetsen", "VERB", true, 2},
		{"gepoetst", "op_poetsen", "VERB", false, 0},
		{"hek", "hek", "NOUN", false, 0},
		{"hek", "_hek", "NOUN", false, 0},
	} {
		got, ok := splitOf(c.form, c.lemma, c.upos)
		if ok != c.ok || got.at != c.at {
			t.Errorf("%s %s: %v at %d, want %v at %d", c.form, c.lemma, ok, got.at, c.ok, c.at)
		}
	}
}

func TestClassOf(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"NOUN", "N|soort|mv|basis", "NOUN N mv"},
		{"NOUN", "N|soort|ev|dim|onz|stan", "NOUN N ev dim"},
		{"VERB", "WW|pv|tgw|met-t", "VERB WW pv tgw met-t"},
		{"ADP", "VZ|fin", "ADP VZ|fin"},
		{"X", "_", "X"},
	} {
		if got := classOf(c[0], c[1]); got != c[2] {
			t.Errorf("the class of %s %s is %q, not %q", c[0], c[1], got, c[2])
		}
	}
}

// corpus is a treebank of small made-up sentences, often enough for its part to
// count.
func corpus(t *testing.T) []*conllu.Sentence {
	t.Helper()
	const tree = "# source = made\n" +
		"1\tDe\tde\tDET\tLID\t_\t2\tdet\t_\t_\n" +
		"2\ttuinhekken\ttuin_hek\tNOUN\tN|soort|mv|basis\t_\t3\tnsubj\t_\t_\n" +
		"3\tgingen\topen_gaan\tVERB\tWW|pv|verl|mv\t_\t0\troot\t_\t_\n" +
		"4\topen\topen\tADJ\tADJ|vrij|basis|zonder\t_\t3\tcompound:prt\t_\t_\n\n" +
		"# source = made\n" +
		"1\tSchuurhekken\tschuur_hek\tNOUN\tN|soort|mv|basis\t_\t0\troot\t_\t_\n" +
		"2\tpoortdeuren\tpoort_deur\tNOUN\tN|soort|mv|basis\t_\t1\tconj\t_\t_\n\n"
	var all []*conllu.Sentence
	for s, err := range conllu.Read(strings.NewReader(strings.Repeat(tree, 50))) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestLearn(t *testing.T) {
	t.Parallel()
	all := corpus(t)
	list := []listed{{"hek", "hek", "NOUN", "NOUN N ev"}, {"deuren", "deur", "NOUN", "NOUN N mv"}, {"wekken", "wek", "NOUN", "NOUN N mv"}, {"dekken", "dek", "NOUN", "NOUN N mv"}}
	tables, err := learn(collect(all), list, options{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := learn(collect(all), list, options{})
	if err != nil {
		t.Fatal(err)
	}
	var a, b strings.Builder
	if tables.Save(&a) != nil || again.Save(&b) != nil || a.String() != b.String() {
		t.Error("two runs give two models")
	}
	m, err := lemma.NewModel(tables)
	if err != nil {
		t.Fatal(err)
	}
	if got := score(m, all, 3); !strings.Contains(got, "all       100.00 %") {
		t.Errorf("what was learned is not known:\n%s", got)
	}
	got := m.Append(nil, []lemma.Word{{Form: "rekken", UPOS: "NOUN", XPOS: "N|soort|mv|basis"}, {Form: "gingen", UPOS: "VERB", XPOS: "WW|pv|verl|mv"}})
	if want := []string{"rek", "gaan"}; !slices.Equal(got, want) {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestGenerations(t *testing.T) {
	t.Parallel()
	all := corpus(t)
	for _, s := range corpus(t) {
		s.Comments = []string{"source = plain/a.xml"}
		for i := range s.Words {
			s.Words[i].Lemma = strings.ReplaceAll(s.Words[i].Lemma, "_", "")
		}
		all = append(all, s)
	}
	got := generations(append(all, all[0], all[1]))
	if got["made"] != current || got["plain"] != plain {
		t.Errorf("got %v", got)
	}
}
