// Package lang says what a language pack supplies. A pack is a value: steps ask
// it for tables and rules, and no step names a language.
package lang

import (
	"telex/internal/nlp/segment"
	"telex/internal/nlp/tokenize"
)

// Pack is all that Telex knows of one language. It is immutable.
type Pack struct {
	Code      string          // ISO 639-1
	Site      *Site           // what news sites in this language leave in a text
	Sentences *segment.Rules  // where sentences of this language end
	Tokens    *tokenize.Rules // of which words and marks a sentence is made
}
