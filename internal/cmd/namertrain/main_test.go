package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/document"
	"telex/internal/entity/gold"
	"telex/internal/nlp/lexicon"
	"telex/internal/nlp/namer"
)

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"Jan Smit": true, "3FM": true, "'s-Gravenhage": true, "": false, "zonder": false, "de Smit": false,
		"A B C D E F G": false, "Jan &amp; Co": false, "Jan (Piet)": false,
	} {
		if got := isName(strings.Fields(name)); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestGroups(t *testing.T) {
	if got, want := groups("own,tags"), namer.AllGroups&^(namer.OwnLists|namer.Tags); got != want {
		t.Errorf("groups %b, not %b", got, want)
	}
}

// A list that is missing is an error; lines of plain files are read as they are.
func TestReadLines(t *testing.T) {
	data := t.TempDir()
	if err := os.Mkdir(filepath.Join(data, "names"), 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("names/plain.txt", "Els Smit\n")
	entries := map[string]lexicon.Marks{}
	if err := readPersons(data, entries); err == nil {
		t.Error("a missing list is no error")
	}
	var lines []string
	if err := eachLine(filepath.Join(data, "names", "plain.txt"), func(l string) error { lines = append(lines, l); return nil }); err != nil || len(lines) != 1 {
		t.Errorf("lines %q, error %v", lines, err)
	}
}

func TestScore(t *testing.T) {
	text := "Els Smit in Gent"
	a := &document.Article{Raw: text, Sentences: []document.Sentence{{Last: 4}}}
	at := 0
	for i, w := range strings.Fields(text) {
		a.Tokens = append(a.Tokens, document.Token{Span: document.Span{Start: at, End: at + len(w)}, Name: []string{"B-PER", "I-PER", "O", "B-ORG"}[i]})
		at += len(w) + 1
	}
	c := corpus{gold: []gold.Article{{Names: []gold.Name{
		{Span: document.Span{Start: 0, End: 8}, Type: "PER"}, {Span: document.Span{Start: 12, End: 16}, Type: "LOC"}}}}, kept: kept{Read: []*document.Article{a}}}
	if got := line(c.score()); !strings.HasPrefix(got, "50.00") {
		t.Errorf("one of two names right scores %s", got)
	}
}
