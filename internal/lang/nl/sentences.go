package nl

import (
	"embed"

	"telex/internal/nlp/segment"
)

// Lists for the ends of sentences, of our own making: words parted by white
// space, lines that begin with # explain.
//
//go:embed sentences/*.txt
var sentenceLists embed.FS

// sentences gives the rules by which Dutch sentences end.
func sentences() *segment.Rules {
	return segment.New(segment.Tables{
		Never:     sentenceList("never"),
		Titles:    sentenceList("titles"),
		Numbered:  sentenceList("numbered"),
		Endings:   sentenceList("endings"),
		Attached:  sentenceList("attached"),
		Starters:  sentenceList("starters"),
		Particles: sentenceList("particles"),
		Lettered:  sentenceList("lettered"),
		Ranked:    sentenceList("ranked"),
		Marked:    sentenceList("marked"),
		Elided:    sentenceList("elided"),
	})
}

// sentenceList reads one embedded list. That it is there is held by a test: an
// embedded file cannot go missing at run time.
func sentenceList(name string) string {
	text, err := sentenceLists.ReadFile("sentences/" + name + ".txt")
	if err != nil {
		panic("nl: the embedded list " + name + " is missing: " + err.Error())
	}
	return string(text)
}
