package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/nlp/conllu"
)

func TestRawText(t *testing.T) {
	one := &conllu.Sentence{Words: []conllu.Word{{Form: "Ja", Misc: "SpaceAfter=No"}, {Form: ".", Misc: "_"}}}
	two := &conllu.Sentence{Comments: []string{"newpar id = 2"}, Words: []conllu.Word{{Form: "Nee", Misc: "SpaceAfter=No"}}}
	range3 := &conllu.Sentence{Words: []conllu.Word{{Form: "zo"}, {Form: "'n"}}, Ranges: []conllu.Range{{First: 1, Last: 2, Form: "zo'n", Misc: "SpaceAfter=No"}}}
	if got := rawText([]*conllu.Sentence{one, one, two, range3, one}); got != "Ja. Ja.\n\nNeezo'nJa." {
		t.Errorf("the text is %q", got)
	}
}

// A treebank of our own, one of whose tags is wrong.
const treebank = `# text = De raad stemt in.
1	De	de	DET	_	_	2	det	_	_
2	raad	raad	NOUN	_	_	3	nsubj	_	_
3	stemt	in_stemmen	VERB	_	_	0	root	_	_
4	in	in	X	_	_	3	compound:prt	_	SpaceAfter=No
5	.	.	PUNCT	_	_	3	punct	_	_

# text = De burgemeester tekent het besluit.
1	De	de	DET	_	_	2	det	_	_
2	burgemeester	burgemeester	NOUN	_	_	3	nsubj	_	_
3	tekent	tekenen	VERB	_	_	0	root	_	_
4	het	het	DET	_	_	5	det	_	_
5	besluit	besluit	NOUN	_	_	3	obj	_	SpaceAfter=No
6	.	.	PUNCT	_	_	3	punct	_	_

`

func TestReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.conllu")
	if err := os.WriteFile(path, []byte(treebank), 0o600); err != nil {
		t.Fatal(err)
	}
	pack, err := load("")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := newReader(pack).report(&out, path, 1); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 sentences, 11 tokens", "Tokens     100.00", "Sentences  100.00", "UPOS        90.91", "1  X -> ADP", "Lemmas     100.00", "LAS        100.00"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	if err := newReader(pack).report(&out, path+".no", 1); err == nil {
		t.Error("a missing file is no error")
	}
	if _, err := load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a treebank as model: %v", err)
	}
}
