package nl

import (
	"embed"
	"strings"

	"telex/internal/lang"
)

// Countries as Dutch newspapers name them: our own work, every line read by hand.
//
//go:embed countries/*.txt
var countryTables embed.FS

// countries makes the tables of countries; an error names the bad line.
func countries() (*lang.Countries, error) {
	tables := make(map[string]lang.Table)
	for _, name := range []string{"countries", "former", "parts", "groups", "prefixes", "governments", "unions"} {
		file := "countries/" + name + ".txt"
		text, err := countryTables.ReadFile(file)
		if err != nil {
			return nil, err
		}
		tables[name] = lang.Table{File: file, Text: string(text)}
	}
	return lang.NewCountries(lang.CountryTables{
		Countries:   tables["countries"],
		Former:      tables["former"],
		Parts:       tables["parts"],
		Groups:      tables["groups"],
		Prefixes:    tables["prefixes"],
		Governments: tables["governments"],
		Unions:      tables["unions"],
		Inflection:  lang.Inflection{Articles: []string{"de", "het", "'t"}, In: "in", Adjectives: inflected},
	})
}

// inflected gives the form of an adjective of a country with -e: Deens, Deense;
// a long vowel before -s is written single: Chinees, Chinese; Indiaas, Indiase.
func inflected(adjective string) []string {
	for _, vowel := range []string{"a", "e", "o"} {
		if stem, ok := strings.CutSuffix(adjective, vowel+vowel+"s"); ok {
			return []string{stem + vowel + "se"}
		}
	}
	return []string{adjective + "e"}
}
