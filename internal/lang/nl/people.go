package nl

import (
	"embed"

	"telex/internal/lang"
)

// Tables of people and bodies, of our own making; each says its form at its beginning.
//
//go:embed people/*.txt
var peopleTables embed.FS

// people gives what Dutch says of people: offices, pronouns, given names.
func people() (*lang.People, error) {
	var t lang.PeopleTables
	for name, table := range map[string]*lang.Table{
		"offices": &t.Offices, "officeprefixes": &t.Prefixes, "persons": &t.Persons, "pronouns": &t.Pronouns,
		"nameparts": &t.Words, "givenmale": &t.GivenMale, "givenfemale": &t.GivenFemale, "leaders": &t.Leaders,
	} {
		text, err := peopleTables.ReadFile("people/" + name + ".txt")
		if err != nil {
			return nil, err
		}
		*table = lang.Table{File: name + ".txt", Text: string(text)}
	}
	return lang.NewPeople(t)
}
