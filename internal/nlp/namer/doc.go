// Package namer finds names in sentences and says of which kind they are. It
// knows no language; a Model holds what was learned of one.
//
// A conditional random field (Lafferty et al. 2001) labels the words of each
// sentence by their letters, the words around them, parts of speech and lists of
// names. A second one labels them again with what the first thought of the same
// words elsewhere in the article (Krishnan & Manning 2006; Ratinov & Roth 2009);
// it was learned from articles that its first pass had not seen. The scores of
// another model, such as a neural network, can be added to both: the product of
// two experts (Hinton 2002), whose errors differ.
package namer
