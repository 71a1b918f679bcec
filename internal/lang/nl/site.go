package nl

import (
	"embed"
	"strings"

	"telex/internal/lang"
)

// The lists are text that a Dutch speaker can read and mend: one item a line,
// lines that begin with "# " explain. They are our own work.
//
//go:embed site/*.txt
var siteLists embed.FS

// site gives what Dutch and Flemish news sites leave in a text.
func site() *lang.Site {
	return &lang.Site{
		Labels:      siteList("labels"),
		Boilerplate: siteList("boilerplate"),
		Inline:      siteList("inline"),
		Calls:       siteList("calls"),
		Readers:     siteList("readers"),
		SiteWords:   siteList("sitewords"),
		Viewers:     siteList("viewers"),
		Teasers:     siteList("teasers"),
		Bylines:     siteList("bylines"),
		Authors:     siteList("authors"),
		Functions:   siteList("functions"),
		CreditWords: siteList("creditwords"),
		Agencies:    siteList("agencies"),
		Common:      siteList("common"),
		Openers:     siteList("openers"),
		Links:       siteList("links"),
		Verbs:       siteList("verbs"),
		Particles:   siteList("particles"),
		Heads:       siteList("heads"),
		Places:      siteList("places"),
		Months:      siteList("months"),
	}
}

// siteList reads one embedded list. That it is there and not empty is held by a
// test: an embedded file cannot go missing at run time.
func siteList(name string) []string {
	text, err := siteLists.ReadFile("site/" + name + ".txt")
	if err != nil {
		panic("nl: the embedded list " + name + " is missing: " + err.Error())
	}
	var list []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line != "" && line != "#" && !isComment(line) {
			list = append(list, line)
		}
	}
	return list
}

// isComment tells an explaining line, which begins with "# " and a capital, from
// a phrase that begins with a number mark.
func isComment(line string) bool {
	return len(line) > 2 && line[0] == '#' && line[1] == ' ' && line[2] >= 'A' && line[2] <= 'Z'
}
