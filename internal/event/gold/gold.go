// Package gold holds annotated events: reading them and matching them with what
// was coded.
package gold

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
)

// Event is one annotated event; the guide beside the annotated texts explains it.
// Of the codes of one party that a careful reader would accept, all are listed,
// between bars: "NLDGOV|NLDLEG".
type Event struct {
	Type       string   `json:"type"`
	Mode       string   `json:"mode"`
	Actors     []string `json:"actors"`
	Recipients []string `json:"recipients"`
	Realis     string   `json:"realis"`   // "" where any will do
	Trigger    string   `json:"trigger"`  // the word that tells it
	Start      int      `json:"start"`    // of the trigger, in articles: code point in title, empty line and text
	Also       []string `json:"also"`     // types accepted beside Type
	Optional   bool     `json:"optional"` // may be coded or not
}

// Text is a sentence or an article with its events, in no set order.
type Text struct {
	ID        string  `json:"id"`
	Article   int     `json:"article"` // id in the newspaper set; 0 for a sentence
	Rule      string  `json:"rule"`    // what the text is there to test, or its kind
	Title     string  `json:"title"`
	Text      string  `json:"text"`
	Published string  `json:"published"` // day, as 2019-06-30
	Events    []Event `json:"events"`
}

// Document gives the text as a publisher would send it.
func (t *Text) Document() []byte {
	b, _ := json.Marshal(map[string]string{"title": t.Title, "text": t.Text, "published": t.Published, "language": "nl"}) // strings always marshal
	return b
}

// At gives the byte of a.Raw at which the trigger of e begins, an event of t: in an
// article by its place, else where its word stands first as a word of its own; -1
// where it does not.
func At(t *Text, a *document.Article, e *Event) int {
	if t.Article != 0 {
		return byteOf(a.Raw, e.Start)
	}
	return wordStart(a.Raw, e.Trigger)
}

// SentenceOf gives the sentence of a that holds the trigger of e, an event of t; -1
// where none does.
func SentenceOf(t *Text, a *document.Article, e *Event) int {
	at := At(t, a, e)
	for i := range a.Sentences {
		if s := a.Sentences[i].Span; at >= s.Start && at < s.End {
			return i
		}
	}
	return -1
}

// byteOf gives the byte where a code point of raw begins, -1 outside it.
func byteOf(raw string, point int) int {
	for at := range raw {
		if point == 0 {
			return at
		}
		point--
	}
	return -1
}

// wordStart gives the byte where word first stands in raw with no letter or digit
// against it, for "trekt" stands in "vertrekt" too; -1 where it does not.
func wordStart(raw, word string) int {
	if word == "" {
		return -1
	}
	for from := 0; ; from++ {
		next := strings.Index(raw[from:], word)
		if next < 0 {
			return -1
		}
		from += next
		before, _ := utf8.DecodeLastRuneInString(raw[:from])
		after, _ := utf8.DecodeRuneInString(raw[from+len(word):])
		if !ofWord(before) && !ofWord(after) {
			return from
		}
	}
}

func ofWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }
