package nl

import (
	"embed"

	"telex/internal/lang"
)

// Places by their Dutch names: exonyms and provinces derived from GeoNames, the
// rest our own work.
//
//go:embed places/*.txt
var placeTables embed.FS

// places makes the tables of places; an error names the bad line.
func places() (*lang.Places, error) {
	tables := make(map[string]lang.Table)
	for _, name := range []string{"exonyms", "names", "provinces", "regions", "notowns", "townwords", "areawords", "attention"} {
		file := "places/" + name + ".txt"
		text, err := placeTables.ReadFile(file)
		if err != nil {
			return nil, err
		}
		tables[name] = lang.Table{File: file, Text: string(text)}
	}
	return lang.NewPlaces(lang.PlaceTables{
		Exonyms:   tables["exonyms"],
		Names:     tables["names"],
		Provinces: tables["provinces"],
		Regions:   tables["regions"],
		NoTowns:   tables["notowns"],
		TownWords: tables["townwords"],
		AreaWords: tables["areawords"],
		Attention: tables["attention"],
		PlaceGrammar: lang.PlaceGrammar{
			In:         []string{"in de staat", "in de provincie", "in het", "in de", "in"},
			Endings:    []string{"'s", "’s", "'", "’", "s"},
			Adjectives: inflected,
		},
	})
}
