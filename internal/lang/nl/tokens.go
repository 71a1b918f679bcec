package nl

import "telex/internal/nlp/tokenize"

// tokens gives the rules by which a Dutch sentence falls into words. The
// abbreviations are those that the sentence rules know.
func tokens() *tokenize.Rules {
	var abbreviations string
	for _, name := range []string{"never", "titles", "numbered", "endings"} {
		abbreviations += sentenceList(name) + "\n"
	}
	return tokenize.New(tokenize.Tables{Abbreviations: abbreviations, Clitics: "'t 's 'n 'k 'm 'r 'ns 'tis"})
}
