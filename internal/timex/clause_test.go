package timex

import (
	"strings"
	"testing"

	"telex/internal/document"
)

// parsed gives an article of one sentence with its words: "form UPOS feats head
// deprel", as a parser would.
func parsed(published string, words ...string) *document.Article {
	var text strings.Builder
	var tokens []document.Token
	for _, w := range words {
		f := strings.Fields(w)
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		start := text.Len()
		text.WriteString(f[0])
		tokens = append(tokens, document.Token{Span: document.Span{Start: start, End: text.Len()}, UPOS: f[1], Feats: f[2], Head: int(f[3][0] - '0'), Deprel: f[4]})
	}
	a := article(text.String(), published)
	a.Tokens = tokens
	a.Sentences[0].Last = len(tokens)
	return a
}

// The verb of the clause tells whether a weekday is past or to come.
func TestTense(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		words []string
		want  string
	}{
		{[]string{"Zaterdag PROPN _ 2 obl", "zwol VERB Tense=Past|VerbForm=Fin 0 root", "de DET _ 4 det", "beek NOUN _ 2 nsubj"}, "Zaterdag | DATE | 2019-06-29"},
		{[]string{"Zaterdag PROPN _ 2 obl", "zwelt VERB Tense=Pres|VerbForm=Fin 0 root", "de DET _ 4 det", "beek NOUN _ 2 nsubj"}, "Zaterdag | DATE | 2019-07-06"},
		{[]string{"Zaterdag PROPN _ 5 obl", "is AUX Tense=Pres|VerbForm=Fin 5 aux", "de DET _ 4 det", "beek NOUN _ 5 nsubj", "gezwollen VERB VerbForm=Part 0 root"}, "Zaterdag | DATE | 2019-06-29"},
		{[]string{"Zaterdag PROPN _ 5 obl", "zal AUX Tense=Pres|VerbForm=Fin 5 aux", "de DET _ 4 det", "beek NOUN _ 5 nsubj", "zwellen VERB VerbForm=Inf 0 root"}, "Zaterdag | DATE | 2019-07-06"},
		{[]string{"Dat PRON _ 2 obj", "meldt VERB Tense=Pres|VerbForm=Fin 0 root", "zij PRON _ 2 nsubj", "zaterdag PROPN _ 2 obl"}, "zaterdag | DATE | 2019-06-29"},
		{[]string{"De DET _ 2 det", "brand NOUN _ 5 nsubj", "van ADP _ 4 case", "zaterdag PROPN _ 2 nmod", "hindert VERB Tense=Pres|VerbForm=Fin 0 root", "ons PRON _ 5 obj"}, "zaterdag | DATE | 2019-06-29"},
		{[]string{"Het DET _ 2 det", "feest NOUN _ 4 nsubj", "is AUX Tense=Pres|VerbForm=Fin 4 cop", "zaterdag PROPN _ 0 root"}, "zaterdag | DATE | 2019-07-06"},
		{[]string{"Feest NOUN _ 0 root", "op ADP _ 3 case", "zaterdag PROPN _ 1 nmod"}, "zaterdag | DATE | 2019-06-29"},
		{[]string{"Er ADV _ 2 advmod", "kwamen VERB Tense=Past|VerbForm=Fin 0 root", "2018 NUM _ 4 nummod", "eenden NOUN _ 2 nsubj"}, "-"},
		{[]string{"Zij PRON _ 4 nsubj", "heeft AUX Tense=Pres|VerbForm=Fin 4 aux", "zaterdag PROPN _ 4 obl", "laten VERB VerbForm=Inf 0 root", "weten VERB VerbForm=Inf 4 xcomp"}, "zaterdag | DATE | 2019-06-29"},
		{[]string{"Nu SCONJ _ 3 mark", "zij PRON _ 3 nsubj", "komt VERB Tense=Pres|VerbForm=Fin 0 root"}, "-"},
		{[]string{"Nu ADV _ 2 advmod", "komt VERB Tense=Pres|VerbForm=Fin 0 root", "zij PRON _ 2 nsubj"}, "Nu | DATE | PRESENT_REF"},
		{[]string{"Zaterdag PROPN _ 9 obl", "brak VERB Tense=Past|VerbForm=Fin 1 root"}, "Zaterdag | DATE | 2019-06-29"}, // a damaged tree ends
	} {
		a := parsed("2019-06-30T14:05:00+02:00", tt.words...)
		if err := step(t).Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if got := found(a); got != tt.want {
			t.Errorf("%s: got %s, want %s", a.Raw, got, tt.want)
		}
	}
}
