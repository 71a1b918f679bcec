package nl

import (
	"embed"
	"path"

	"telex/internal/lang"
)

// Tables of events, of our own making; the README beside them says their form.
//
//go:embed events/*.txt
var eventTables embed.FS

// events gives the words by which Dutch tells events.
func events() (*lang.Events, error) {
	t := lang.EventTables{}
	named := map[string]*lang.Table{
		"lists.txt": &t.Lists, "actors.txt": &t.Actors, "bodies.txt": &t.Bodies, "offices.txt": &t.Offices,
		"contexts.txt": &t.Contexts, "quiet.txt": &t.Quiet, "words.txt": &t.Words,
	}
	files, err := eventTables.ReadDir("events")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		name := path.Join("events", f.Name())
		text, err := eventTables.ReadFile(name)
		if err != nil {
			return nil, err
		}
		table := lang.Table{File: name, Text: string(text)}
		if known := named[f.Name()]; known != nil {
			*known = table
		} else {
			t.Patterns = append(t.Patterns, table)
		}
	}
	return lang.NewEvents(t)
}

// senseTable is of our own making; it says its form at its beginning.
//
//go:embed senses/senses.txt
var senseTable string

// senses gives what Dutch words are about.
func senses() (*lang.Senses, error) {
	return lang.NewSenses(lang.Table{File: "senses/senses.txt", Text: senseTable})
}
