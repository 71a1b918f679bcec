package nl

import (
	"embed"

	"telex/internal/lang"
)

// Tables of reports, of our own making; each says its form at its beginning. The
// NOTICE beside them says where the forms of the verbs come from.
//
//go:embed quotes/*.txt
var quoteTables embed.FS

// quotes gives how Dutch reports what somebody said.
func quotes() (*lang.Quotes, error) {
	var t lang.QuoteTables
	for name, table := range map[string]*lang.Table{
		"verbs": &t.Verbs, "words": &t.Words, "phrases": &t.Phrases, "nouns": &t.Nouns, "marks": &t.Marks,
	} {
		text, err := quoteTables.ReadFile("quotes/" + name + ".txt")
		if err != nil {
			return nil, err
		}
		*table = lang.Table{File: "quotes/" + name + ".txt", Text: string(text)}
	}
	return lang.NewQuotes(t)
}
