// Package nl is the Dutch language pack: the word lists and rules by which the
// steps read Dutch and Flemish newspapers.
package nl

import "telex/internal/lang"

// New makes the pack. It costs well under a millisecond; make it once.
func New() lang.Pack {
	return lang.Pack{Code: "nl", Site: site(), Sentences: sentences(), Tokens: tokens()}
}
