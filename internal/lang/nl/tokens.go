package nl

import (
	"embed"
	"fmt"

	"telex/internal/nlp/tokenize"
)

// Lists for dividing sentences into words, of our own making: words parted by
// white space, lines that begin with # explain.
//
//go:embed tokens/*.txt
var tokenLists embed.FS

// tokens gives the rules by which a Dutch sentence falls into words. They also
// take the abbreviations that the sentence rules know.
func tokens() (*tokenize.Rules, error) {
	var abbreviations []tokenize.List
	for _, name := range []string{"never", "titles", "numbered", "endings"} {
		abbreviations = append(abbreviations, tokenize.List{Name: "sentences/" + name + ".txt", Text: sentenceList(name)})
	}
	lists := map[string]tokenize.List{}
	for _, name := range []string{"abbreviations", "final", "clitics", "genitives"} {
		path := "tokens/" + name + ".txt"
		text, err := tokenLists.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the list: %w", err)
		}
		lists[name] = tokenize.List{Name: path, Text: string(text)}
	}
	return tokenize.New(tokenize.Tables{
		Abbreviations: append(abbreviations, lists["abbreviations"]),
		Final:         []tokenize.List{lists["final"]},
		Clitics:       []tokenize.List{lists["clitics"]},
		Genitives:     []tokenize.List{lists["genitives"]},
	})
}
