// Package lang says what a language pack supplies. A pack is a value: steps ask
// it for tables and rules, and no step names a language.
package lang

import (
	"telex/internal/nlp/lemma"
	"telex/internal/nlp/namer"
	"telex/internal/nlp/parser"
	"telex/internal/nlp/segment"
	"telex/internal/nlp/temporal"
	"telex/internal/nlp/tokenize"
)

// Pack is all that Telex knows of one language. It is immutable.
type Pack struct {
	Code      string          // ISO 639-1
	Site      *Site           // what news sites in this language leave in a text
	Sentences *segment.Rules  // where sentences of this language end
	Grammar   *Grammar        // what sentences are made of; nil where none was learned
	People    *People         // offices, pronouns, and of what names are made
	Countries *Countries      // by which names countries go
	Places    *Places         // by which names towns and regions go
	Times     *temporal.Rules // how times are said
	Quotes    *Quotes         // how it is told who said what
	Events    *Events         // by which words events are told
	Senses    *Senses         // what words are about; nil where no table says it
	Judge     *Judge          // which candidates are events, and whose; nil where the tables alone decide
}

// Grammar is what it takes to read a sentence. The models are nil in a pack
// without them.
type Grammar struct {
	Tokens *tokenize.Rules // of which words and marks it is made
	Parser *parser.Model   // parts of speech, features and tree
	Lemmas *lemma.Model    // the dictionary form of each word
	Listed namer.Lists     // names and words that Names asks for
	Names  *namer.Model    // which words are names; nil where the parser alone says it
}
