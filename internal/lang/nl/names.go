package nl

import (
	"embed"

	"telex/internal/lang"
	"telex/internal/nlp/namer"
)

// Lists of names, of our own making.
//
//go:embed names/*.txt
var nameTables embed.FS

// names gives the lists of names for the labeller. The order of the files is part
// of its model: a new one stands at the end, and the model is learned anew.
func names(pack lang.Pack) (namer.Lists, error) {
	var tables []lang.Table
	for _, name := range []string{"companies", "institutions", "parties", "media", "clubs", "events", "landmarks", "persons", "bands"} {
		text, err := nameTables.ReadFile("names/" + name + ".txt")
		if err != nil {
			return namer.Lists{}, err
		}
		tables = append(tables, lang.Table{File: name + ".txt", Text: string(text)})
	}
	return lang.NewNameLists(pack.Grammar.Tokens, pack.People, pack.Countries, tables...)
}
