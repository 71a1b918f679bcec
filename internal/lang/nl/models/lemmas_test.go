package models

import (
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"telex/internal/nlp/conllu"
	"telex/internal/nlp/lemma"
)

func lemmas(t testing.TB) *lemma.Model {
	t.Helper()
	m, err := Lemmas()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestLemmas reads words that a Dutch reader knows the lemmas of.
func TestLemmas(t *testing.T) {
	t.Parallel()
	m := lemmas(t)
	const (
		noun, nouns = "N|soort|ev|basis|zijd|stan", "N|soort|mv|basis"
		participle  = "WW|vd|vrij|zonder"
	)
	for _, c := range []struct{ form, upos, xpos, want string }{
		{"huizen", "NOUN", nouns, "huis"},
		{"steden", "NOUN", nouns, "stad"},
		{"kinderen", "NOUN", nouns, "kind"},
		{"musea", "NOUN", nouns, "museum"},
		{"foto's", "NOUN", nouns, "foto"},
		{"meisje", "NOUN", "N|soort|ev|dim|onz|stan", "meisje"},
		{"hondje", "NOUN", "N|soort|ev|dim|onz|stan", "hond"},
		{"gemeentebestuur", "NOUN", noun, "gemeente_bestuur"},
		{"tuinstoelverkopers", "NOUN", nouns, "tuin_stoel_verkoper"},
		{"VVD-leider", "NOUN", noun, "VVD_leider"},
		{"NAVO", "PROPN", "N|eigen|ev|basis|zijd|stan", "NAVO"},
		{"Trump", "PROPN", "SPEC|deeleigen", "Trump"},
		{"Belgen", "PROPN", "N|eigen|mv|basis", "Belg"},
		{"ROTTERDAM", "PROPN", "N|eigen|ev|basis|onz|stan", "Rotterdam"},
		{"liep", "VERB", "WW|pv|verl|ev", "lopen"},
		{"gelopen", "VERB", participle, "lopen"},
		{"meegezongen", "VERB", participle, "mee_zingen"},
		{"voorgelezen", "VERB", participle, "voor_lezen"},
		{"gejokt", "VERB", participle, "jokken"},
		{"was", "AUX", "WW|pv|verl|ev", "zijn"},
		{"mooiere", "ADJ", "ADJ|prenom|comp|met-e|stan", "mooi"},
		{"beste", "ADJ", "ADJ|prenom|sup|met-e|stan", "goed"},
		{"83-jarige", "ADJ", "ADJ|prenom|basis|met-e|stan", "83_jarig"},
		{"Amerikaanse", "ADJ", "ADJ|prenom|basis|met-e|stan", "Amerikaans"},
		{"De", "DET", "LID|bep|stan|rest", "de"},
		{"hem", "PRON", "VNW|pers|pron|obl|vol|3|ev|masc", "hem"},
		{"1.250", "NUM", "TW|hoofd|prenom|stan", "1.250"},
		{",,", "PUNCT", "LET", ",,"},
	} {
		t.Run(c.form, func(t *testing.T) {
			t.Parallel()
			got := m.Append(nil, []lemma.Word{{Form: ",", UPOS: "X"}, {Form: c.form, UPOS: c.upos, XPOS: c.xpos}})
			if got[1] != c.want {
				t.Errorf("the lemma is %q, not %q", got[1], c.want)
			}
		})
	}
}

func TestLemmasOfSeparatedVerbs(t *testing.T) {
	t.Parallel()
	m := lemmas(t)
	word := func(form, upos, xpos, deprel string, head int) lemma.Word {
		return lemma.Word{Form: form, UPOS: upos, XPOS: xpos, Deprel: deprel, Head: head}
	}
	for _, c := range []struct {
		words []lemma.Word
		want  []string
	}{
		{[]lemma.Word{word("belde", "VERB", "WW|pv|verl|ev", "root", 0), word("gisteren", "ADV", "BW", "advmod", 1), word("op", "ADP", "VZ|fin", "compound:prt", 1)},
			[]string{"op_bellen", "gisteren", "op"}},
		{[]lemma.Word{word("deed", "VERB", "WW|pv|verl|ev", "root", 0), word("hij", "PRON", "VNW|pers|pron|nomin|vol|3|ev|masc", "nsubj", 1), word("mee", "ADP", "VZ|fin", "compound:prt", 1)},
			[]string{"mee_doen", "hij", "mee"}},
	} {
		if got := m.Append(nil, c.words); !slices.Equal(got, c.want) {
			t.Errorf("the lemmas are %q, not %q", got, c.want)
		}
	}
}

func BenchmarkLoadLemmas(b *testing.B) {
	for b.Loop() {
		if _, err := Lemmas(); err != nil {
			b.Fatal(err)
		}
	}
}

// newspaper gives the words of a treebank of newspaper sentences.
func newspaper(t testing.TB) (words [][]lemma.Word, want [][]string) {
	t.Helper()
	f, err := os.Open("../../../../../shared/data/treebank/alpino-dev.conllu.gz")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the treebank is not beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range conllu.Read(z) {
		if err != nil {
			t.Fatal(err)
		}
		var now []lemma.Word
		var lemmas []string
		for _, w := range s.Words {
			now = append(now, lemma.Word{Form: w.Form, UPOS: w.UPOS, XPOS: w.XPOS, Deprel: w.Deprel, Head: w.Head})
			lemmas = append(lemmas, w.Lemma)
		}
		words, want = append(words, now), append(want, lemmas)
	}
	return words, want
}

func TestLemmasOfNewspaper(t *testing.T) {
	t.Parallel()
	m := lemmas(t)
	words, want := newspaper(t)
	right, all := 0, 0
	for i, s := range words {
		for j, got := range m.Append(nil, s) {
			all++
			if got == want[i][j] {
				right++
			}
		}
	}
	if share := float64(right) / float64(all); share < 0.99 {
		t.Errorf("%.2f %% of %d lemmas are right, the floor is 99", 100*share, all)
	}
}

func BenchmarkLemmas(b *testing.B) {
	m := lemmas(b)
	words, _ := newspaper(b)
	n := 0
	var out []string
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range words {
			out = m.Append(out[:0], s)
			n += len(s)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}
