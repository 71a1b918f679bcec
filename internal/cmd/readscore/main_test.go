package main

import (
	"testing"

	"telex/internal/nlp/conllu"
)

func TestRawText(t *testing.T) {
	one := &conllu.Sentence{Words: []conllu.Word{{Form: "Ja", Misc: "SpaceAfter=No"}, {Form: ".", Misc: "_"}}}
	two := &conllu.Sentence{Comments: []string{"newpar id = 2"}, Words: []conllu.Word{{Form: "Nee", Misc: "_"}}}
	if got := rawText([]*conllu.Sentence{one, one, two}); got != "Ja. Ja. \n\nNee" {
		t.Errorf("the text is %q", got)
	}
}
