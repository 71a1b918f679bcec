package pipeline

import (
	"fmt"
	"maps"

	"telex/internal/document"
)

// MaxArticle is the largest article that is published, in bytes.
const MaxArticle = 7 << 20

// cuts lists, in the order of the contract, the layers that an article over
// MaxArticle loses until it fits.
var cuts = []struct {
	name string
	drop func(*document.Article) bool // false when there was nothing to drop
}{
	{"tokens", func(a *document.Article) bool { return drop(&a.Tokens) }},
	{"sentences", func(a *document.Article) bool { return drop(&a.Sentences) }},
	{"events", func(a *document.Article) bool { return drop(&a.Events) }},
	{"quotes", func(a *document.Article) bool { return drop(&a.Quotes) }},
	{"times", func(a *document.Article) bool { return drop(&a.Times) }},
	{"entities", func(a *document.Article) bool { return drop(&a.Entities) }},
	{"blocks", func(a *document.Article) bool { return drop(&a.Blocks) }},
}

func drop[T any](layer *[]T) bool {
	had := len(*layer) > 0
	*layer = nil
	return had
}

// Unasked is what Absent says of the tokens of an article that is published
// without them.
const Unasked = "left out of published articles; \"worker annotate --tokens\" gives them"

// Encode gives the article as it is published: without its tokens, which are most
// of an article and serve its other layers. One that is larger than MaxArticle
// loses layers, and says so in Absent. It changes nothing in a.
func Encode(a *document.Article) ([]byte, error) {
	out := *a
	if len(out.Tokens) > 0 {
		leaveOut(&out, "tokens", Unasked)
		out.Tokens = nil
	}
	return encode(out, MaxArticle)
}

// EncodeTokens gives the article as Encode does, with its tokens.
func EncodeTokens(a *document.Article) ([]byte, error) { return encode(*a, MaxArticle) }

func encode(a document.Article, limit int) ([]byte, error) {
	body, err := document.Encode(&a)
	for i := 0; err == nil && len(body) > limit && i < len(cuts); i++ {
		if !cuts[i].drop(&a) {
			continue
		}
		leaveOut(&a, cuts[i].name, fmt.Sprintf("cut: the article is larger than %d bytes", limit))
		body, err = document.Encode(&a)
	}
	if err == nil && len(body) > limit {
		return nil, &document.Refusal{Reason: document.TooLarge, Step: "encode",
			Message: fmt.Sprintf("the article has %d bytes without any layer, at most %d are published", len(body), limit)}
	}
	return body, err
}

// leaveOut says why a layer is left out of a, whose Absent belongs to others.
func leaveOut(a *document.Article, layer, why string) {
	absent := maps.Clone(a.Absent)
	if absent == nil {
		absent = map[string]string{}
	}
	absent[layer] = why
	a.Absent = absent
}
