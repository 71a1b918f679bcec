package grammar

import (
	"strings"
	"testing"
)

// Names of our own sentences, among them verbs that open a sentence before a name
// and are no part of it.
func TestNames(t *testing.T) {
	t.Parallel()
	step := New(pack(t))
	for _, x := range []struct{ text, want string }{
		{"Reageerde Trump niet, dan zweeg iedereen.", "PER Trump"},
		{"Zei Trump dat zelf?", "PER Trump"},
		{"Stak Trump zijn hand op, dan volgde gejuich.", "PER Trump"},
		{"Vindt Rutte dat ook?", "PER Rutte"},
		{"Gaat Merkel morgen naar Parijs?", "PER Merkel, LOC Parijs"},
		{"De Rabobank sluit een kantoor in Den Haag.", "ORG Rabobank, LOC Den Haag"},
		{"Uber en Philips spraken met de gemeente Utrecht.", "ORG Uber, ORG Philips, LOC Utrecht"},
		{"De Amerikaanse inlichtingendienst CIA wil niets zeggen over Al-Qaida.", "MISC Amerikaanse, ORG CIA, ORG Al-Qaida"},
		{"Minister Els Jansen van der Meer bezocht gisteren het WK in Brazilië.", "PER Els Jansen van der Meer, MISC WK, LOC Brazilië"},
		{"Er was geen naam in deze zin.", ""},
	} {
		a := article(t, x.text, "nl")
		if err := step.Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tok := range a.Tokens {
			text := a.Raw[tok.Span.Start:tok.Span.End]
			switch kind, within := strings.CutPrefix(tok.Name, "I-"); {
			case within:
				got[len(got)-1] += " " + text
			case tok.Name != "O":
				got = append(got, kind[2:]+" "+text)
			}
		}
		if g := strings.Join(got, ", "); g != x.want {
			t.Errorf("%s\ngot  %s\nwant %s", x.text, g, x.want)
		}
	}
}

func BenchmarkNames(b *testing.B) {
	p := pack(b)
	a := article(b, strings.Repeat("De raad van 's-Gravenhage stemt vandaag in met het plan, zei wethouder J. Bos (36) om 19.30 uur tegen de Volkskrant. ", 25), "nl")
	if err := New(p).Apply(b.Context(), a); err != nil {
		b.Fatal(err)
	}
	tokens := 0
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Grammar.Names.Label(b.Context(), a, nil); err != nil {
			b.Fatal(err)
		}
		tokens += len(a.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}
