package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/lang/nl"
	"telex/internal/nlp/segment"
)

const small = `# sent_id = krant-1.p.1.s.1
# text = De brug is dicht.
1	De	de	DET	_	_	2	det	_	_

# sent_id = krant-1.p.1.s.2
# text = Dat zegt dr. Smit.

# sent_id = krant-1.p.2.s.1
# text = Grote eer

# sent_id = archief\krant-2.p.1.s.1
# text = Het regent.
`

func TestParse(t *testing.T) {
	docs, err := parse(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || len(docs[0]) != 3 || len(docs[1]) != 1 {
		t.Fatalf("documents %v", docs)
	}
	if docs[0][1].paragraph || !docs[0][2].paragraph {
		t.Errorf("paragraphs of %v", docs[0])
	}
	if _, err := parse(strings.NewReader("no treebank")); err == nil {
		t.Error("a file without sentences is read")
	}
}

func TestScore(t *testing.T) {
	docs, err := parse(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	// Without titles "dr." ends a sentence: two spans for one.
	r := score(segment.New(segment.Tables{}), docs, true)
	if r.gold != 4 || r.found != 5 || r.right != 3 || len(r.wrong) != 1 || r.wrong[0].missed {
		t.Errorf("%v, wrong %v", r, r.wrong)
	}
	if got, want := r.wrong[0].context(), "extra  aa.| Aa"; got != want {
		t.Errorf("context %q, want %q", got, want)
	}
	if r = score(segment.Default(), docs, true); r.right != 4 {
		t.Errorf("with titles and paragraphs: %v", r)
	}
	var out strings.Builder
	r.show(&out, 5)
	if out.Len() > 0 {
		t.Errorf("nothing is wrong, but shown: %s", &out)
	}
}

// TestAlpino holds the figure on the newspaper part of the treebank.
func TestAlpino(t *testing.T) {
	path := filepath.Join("..", "..", "..", "..", "shared", "data", "treebank", "alpino-dev.conllu.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared treebank is not here: %v", err)
	}
	docs, err := read(path)
	if err != nil {
		t.Fatal(err)
	}
	dutch, err := nl.Rules()
	if err != nil {
		t.Fatal(err)
	}
	r := score(dutch.Sentences, docs, false)
	t.Log(r)
	if f1 := 200 * float64(r.right) / float64(r.gold+r.found); f1 < 99 {
		t.Errorf("F1 is %.2f, want 99", f1)
	}
}
