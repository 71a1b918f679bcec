package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/event/gold"
	"telex/internal/lang"
	"telex/internal/nlp/maxent"
)

// sentences are of our own writing.
var sentences = []gold.Text{
	{ID: "1", Text: "De Franse politie arresteerde vrijdag vier betogers.", Events: []gold.Event{{Type: "COERCE", Mode: "arrest", Actors: []string{"FRACOP"}, Recipients: []string{"FRACVL"}, Trigger: "arresteerde"}}},
	{ID: "2", Text: "Merkel overlegde in Berlijn met Poetin.", Events: []gold.Event{{Type: "CONSULT", Actors: []string{"DEUGOV"}, Recipients: []string{"RUSGOV"}, Trigger: "overlegde"}}},
	{ID: "3", Text: "De minister vindt het weer slecht."},
	{ID: "4", Text: "Vakbonden dreigen met stakingen.", Events: []gold.Event{{Type: "THREATEN", Mode: "restrict", Actors: []string{"NLDLAB"}, Recipients: []string{"NLDBUS"}, Trigger: "dreigen"}}},
	{ID: "5", Text: "Er is veel kritiek op het besluit van minister Wiebes.", Events: []gold.Event{{Type: "ACCUSE", Mode: "disapprove", Actors: []string{}, Recipients: []string{"NLDGOV"}, Trigger: "kritiek"}}},
	{ID: "6", Text: "De agent sprak met de bakker over brood."},
	{ID: "7", Text: "Duizenden scholieren protesteerden in Den Haag.", Events: []gold.Event{{Type: "PROTEST", Mode: "demo", Actors: []string{"NLDEDU"}, Recipients: []string{"NLDGOV"}, Trigger: "protesteerden"}}},
	{ID: "8", Text: "Een man is in Breda mishandeld.", Events: []gold.Event{{Type: "ASSAULT", Mode: "beat", Actors: []string{"NLDCVL|NLDCRM"}, Recipients: []string{"NLDCVL"}, Trigger: "mishandeld"}}},
}

func write(t *testing.T, texts []gold.Text) string {
	t.Helper()
	var b bytes.Buffer
	for _, x := range texts {
		x.Published = "2019-06-30"
		line, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	path := filepath.Join(t.TempDir(), "texts.jsonl")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// few are settings under which a handful of sentences teaches something.
func few(out string) settings {
	return settings{out: out, epochs: 5, rate: 0.1, fewest: [3]int{1, 1, 1}, folds: 2, sentence: 0.5, seed: 1}
}

// The same texts and settings give the same file, which is a judge that has learned.
func TestTrainIsRepeatable(t *testing.T) {
	t.Parallel()
	in, folder := write(t, sentences), t.TempDir()
	var files [2][]byte
	for i, name := range []string{"one.bin", "two.bin"} {
		out := filepath.Join(folder, name)
		if err := run(few(out), []string{in}); err != nil {
			t.Fatal(err)
		}
		var err error
		if files[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("the same texts gave files of %d and %d bytes that differ", len(files[0]), len(files[1]))
	}
	judge, err := lang.LoadJudge(bytes.NewReader(files[0]))
	if err != nil {
		t.Fatal(err)
	}
	if a, b, c := judge.First.Features(), judge.Second.Features(), judge.Sides.Features(); a == 0 || b == 0 || c == 0 {
		t.Errorf("the models have %d, %d and %d features", a, b, c)
	}
}

// What is learned tells the candidates apart from which it was learned.
func TestLearn(t *testing.T) {
	t.Parallel()
	s := few("")
	s.epochs = 40
	texts, err := readTexts(s, []string{write(t, sentences)})
	if err != nil {
		t.Fatal(err)
	}
	checkFolds(t, s, texts)
	first := s.learnFirst(texts, -1)
	found := 0
	for i, x := range texts {
		if x.fold != i%s.folds || len(x.right) != len(x.lessons.Candidates) {
			t.Errorf("text %s is of the fold %d, and has %d verdicts", x.ID, x.fold, len(x.right))
		}
		for c, v := range x.right {
			if v.yes {
				found++
			}
			if p := first.Probability(x.lessons.Candidates[c].Features); !v.open && (p > 0.5) != v.yes {
				t.Errorf("text %s: the probability of a candidate of %s is %g, but yes is %v", x.ID, x.lessons.Candidates[c].Type, p, v.yes)
			}
		}
	}
	if found != 6 {
		t.Errorf("%d candidates tell the 6 annotated events", found)
	}
}

// checkFolds holds that a fold that is left out teaches nothing.
func checkFolds(t *testing.T, s settings, texts []*text) {
	t.Helper()
	for fold := range s.folds {
		var rest []*text
		for _, x := range texts {
			if x.fold != fold {
				rest = append(rest, x)
			}
		}
		var without, alone bytes.Buffer
		if err := s.learnFirst(texts, fold).Save(&without); err != nil {
			t.Fatal(err)
		}
		if err := s.learnFirst(rest, -1).Save(&alone); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(without.Bytes(), alone.Bytes()) {
			t.Errorf("without fold %d something else is learned than from the other texts", fold)
		}
	}
}

func TestTrainErrors(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing.jsonl")
	if err := run(few(filepath.Join(t.TempDir(), "out.bin")), []string{missing}); err == nil || !strings.Contains(err.Error(), "missing.jsonl") {
		t.Errorf("the error of texts that are not there is %v", err)
	}
	if err := save(&lang.Judge{First: &maxent.Model{}, Second: &maxent.Model{}, Sides: &maxent.Model{}}, filepath.Join(t.TempDir(), "no folder", "out.bin")); err == nil || !strings.Contains(err.Error(), "no folder") {
		t.Errorf("the error of a file that cannot be written is %v", err)
	}
}
