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
//
// What each part is worth: F1 of strict spans and types over part d of the articles
// of 2019 and over those of 2001, which the model of Dutch names did not learn from.
//
//	                                2019   2001
//	the neural network alone        87.14  82.34
//	the first pass alone            91.43  85.66
//	first pass and network          91.82  86.26
//	both passes alone               91.34  85.53
//	both passes and network         91.83  87.13
//	of these, without own lists     91.33  86.75
//	          without public lists  91.93  86.41
//	          without tags and tree 90.31  85.46
//
// So on articles of 2019 the second pass adds nothing to the network, and public
// lists take a little away; on those of 2001, which are further from what was
// learned, both help.
package namer
