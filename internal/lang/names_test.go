package lang

import (
	"strings"
	"testing"

	"telex/internal/nlp/tokenize"
)

func TestNameListsErrors(t *testing.T) {
	for text, want := range map[string]string{
		"# only words\n":                    "a.txt: the table is empty",
		"Acme\nzonder":                      `a.txt:2: the name "zonder" has neither capital nor digit`,
		"Acme,, Beta":                       `a.txt:1: the name "" has neither capital nor digit`,
		"Acme, Acme":                        `a.txt:1: the name "Acme" stands twice`,
		"Een twee drie vier vijf zes zeven": "a.txt:1: the name \"Een twee drie vier vijf zes zeven\" has 7 words, at most 6 are looked for",
	} {
		_, err := NewNameLists(&tokenize.Rules{}, nil, nil, Table{File: "a.txt", Text: text})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, not %s", text, err, want)
		}
	}
}
