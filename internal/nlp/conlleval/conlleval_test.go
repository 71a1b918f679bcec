package conlleval

import (
	"math"
	"strings"
	"testing"

	"telex/internal/nlp/conllu"
)

// trees reads sentences written as lines of form/upos/head/relation, sentences
// parted by "|"; "a-b:form" opens a range of two words.
func trees(text string) []*conllu.Sentence {
	var out []*conllu.Sentence
	for part := range strings.SplitSeq(text, "|") {
		s := &conllu.Sentence{}
		for item := range strings.FieldsSeq(part) {
			if form, ok := strings.CutPrefix(item, "two:"); ok {
				s.Ranges = append(s.Ranges, conllu.Range{First: len(s.Words) + 1, Last: len(s.Words) + 2, Form: form, Misc: "_"})
				continue
			}
			f := strings.Split(item, "/")
			s.Words = append(s.Words, conllu.Word{Form: f[0], Lemma: strings.ToLower(f[0]), UPOS: f[1], XPOS: "_", Feats: "_", Head: int(f[2][0] - '0'), Deprel: f[3], Misc: "_"})
		}
		out = append(out, s)
	}
	return out
}

func TestEvaluate(t *testing.T) {
	const gold = "De/DET/2/det raad/NOUN/3/nsubj stemt/VERB/0/root ././3/punct | Ja/INTJ/0/root"
	for name, tc := range map[string]struct {
		gold, system string
		want         map[string]float64
	}{
		"the same": {gold, gold, map[string]float64{"Tokens": 100, "Sentences": 100, "UPOS": 100, "Lemmas": 100, "UAS": 100, "LAS": 100, "LASFull": 100}},
		"a wrong tag, a wrong head, a wrong label": {gold, "De/PRON/2/det raad/NOUN/1/nsubj stemt/VERB/0/root ././3/dep | Ja/INTJ/0/root",
			map[string]float64{"UPOS": 80, "UAS": 80, "LAS": 60, "Tokens": 100}},
		"only a subtype": {gold, "De/DET/2/det:x raad/NOUN/3/nsubj stemt/VERB/0/root ././3/punct | Ja/INTJ/0/root",
			map[string]float64{"LAS": 100, "LASFull": 80}},
		// Four words of five stand alone on both sides; gold has 5, the system 4.
		"a token too few": {gold, "De/DET/2/det raad/NOUN/3/nsubj stemt./VERB/0/root | Ja/INTJ/0/root",
			map[string]float64{"Tokens": 200 * 3.0 / 9, "Sentences": 100, "UPOS": 200 * 3.0 / 9, "UAS": 200 * 2.0 / 9}},
		"one sentence": {gold, "De/DET/2/det raad/NOUN/3/nsubj stemt/VERB/0/root ././3/punct Ja/INTJ/3/root",
			map[string]float64{"Sentences": 0, "UAS": 80, "LAS": 80}},
		"a range on one side": {"two:zo'n zo/ADV/3/advmod 'n/DET/3/det dag/NOUN/0/root", "zo'n/DET/2/det dag/NOUN/0/root",
			map[string]float64{"Tokens": 100, "Words": 200 * 1.0 / 5, "LAS": 200 * 1.0 / 5}},
		"a range on both sides": {"two:zo'n zo/ADV/3/advmod 'n/DET/3/det dag/NOUN/0/root", "two:zo'n zo/ADV/3/advmod een/DET/3/det dag/NOUN/0/root",
			map[string]float64{"Tokens": 100, "Words": 200 * 2.0 / 6, "LAS": 200 * 2.0 / 6}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Evaluate(trees(tc.gold), trees(tc.system))
			if err != nil {
				t.Fatal(err)
			}
			for score, want := range tc.want {
				if got := r.Scores[score].F1(); math.Abs(got-want) > 1e-9 {
					t.Errorf("%s is %.2f (%+v), want %.2f", score, got, *r.Scores[score], want)
				}
			}
		})
	}
}

func TestEvaluateOtherText(t *testing.T) {
	_, err := Evaluate(trees("Ja/INTJ/0/root"), trees("Jo/INTJ/0/root"))
	if err == nil || !strings.Contains(err.Error(), "after 1 characters") {
		t.Errorf("error %v", err)
	}
}

func TestConfusions(t *testing.T) {
	r, err := Evaluate(trees("a/X/0/root b/Y/1/dep c/Y/1/dep"), trees("a/Z/0/root b/X/1/dep c/X/1/dep"))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Confusions["UPOS"]; len(got) != 2 || got[0] != (Confusion{"Y", "X", 2}) || got[1] != (Confusion{"X", "Z", 1}) {
		t.Errorf("confusions %v", got)
	}
}
