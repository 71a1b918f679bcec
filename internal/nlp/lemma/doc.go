// Package lemma gives words their lemmas. It knows no language: a model is lists,
// rules and weights that a trainer makes from a treebank and a lexicon.
//
// A word is looked up under its class (what of its tag its inflection depends on),
// else under its part of speech; as it is written, then in small letters; then under
// other parts of speech, for taggers err. What no list holds gets the lemma that the rule for its longest known ending gives, unless
// a ranker finds that it is made of two parts: then the first part is looked up among
// first parts of words, the last one is treated like a word of its own, and "_" stands
// between them. A particle that stands apart from its verb is put before the verb's
// lemma where the treebank does so with that particle or pair.
//
// The work for a sentence is linear in its words, for a word bounded by its length
// of at most 96 bytes; longer ones are their own lemmas. Apart from lemmas that no
// list holds nothing is allocated.
package lemma
