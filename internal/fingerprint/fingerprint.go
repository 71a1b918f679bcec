// Package fingerprint is the step that signs an article's text twice: once so
// that equal texts are found, once so that texts nearly equal are.
//
// Both signatures are of the words of the title, the lede, the paragraphs and
// the headings, in order: letters in lower case, marks and white space left
// out. What sites add around a text (labels, captions, credits, bylines,
// pointers to other articles, boilerplate) does not count.
//
// The near signature is the simhash of M. Charikar, "Similarity Estimation
// Techniques from Rounding Algorithms" (2002), used on web pages by G. Manku, A.
// Jain and A. Das Sarma, "Detecting Near-Duplicates for Web Crawling" (2007).
// What is counted are the words of at least six bytes, each alone and together
// with the one before it: of the sequences tried (single words, two and three in
// a row, with and without short words) these part tellings of one text from
// other texts best.
package fingerprint

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"telex/internal/document"
)

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "fingerprint"

// Near is the greatest Distance at which two articles of 40 words or more count
// as tellings of one text. TestNear measures it on 1,292 news articles: 41 of
// the 44 pairs that share half of their sequences of three words are as near as
// that, and none of the 833,931 pairs that share less than a fifth. Of articles
// with 5 % of their words changed 94 % are, of those with a fifth cut out 92 %.
// Shorter texts have too few words for it; compare their Exact.
const Near = 12

// Step signs articles. It is immutable; one value serves all workers.
type Step struct{}

// New makes the step.
func New() *Step { return &Step{} }

// Name gives the name of the layer.
func (*Step) Name() string { return Name }

// Version changes whenever a text may get another signature. The signatures
// carry versions of their own, x1 and s1, so that stored ones stay readable.
func (*Step) Version() string { return "1" }

// Apply sets the fingerprint of a, in the form that Parse reads. An article
// without a letter or digit has none, and says so in Absent. The only error is
// that of ctx.
func (*Step) Apply(ctx context.Context, a *document.Article) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := newReading(len(a.Raw))
	for _, b := range a.Blocks {
		if signed(b.Type) {
			r.read(a.Raw[b.Span.Start:b.Span.End])
		}
	}
	if r.words == 0 {
		r.read(a.Raw) // nothing but labels and the like: better all than none
	}
	if r.words == 0 {
		if a.Absent == nil {
			a.Absent = map[string]string{}
		}
		a.Absent[Name] = "the text has no letter or digit"
		return nil
	}
	a.Fingerprint = r.print().String()
	return nil
}

// signed tells whether a block belongs to the text that is signed.
func signed(t document.BlockType) bool {
	switch t {
	case document.Title, document.Lede, document.Paragraph, document.Heading:
		return true
	}
	return false
}

// Print is the fingerprint of a text.
type Print struct {
	Exact   [16]byte // the same for texts of the same words, and only for them
	Similar uint64   // differs in few bits for texts that differ in few words
}

// Of signs the words of text.
func Of(text string) Print {
	r := newReading(len(text))
	r.read(text)
	return r.print()
}

// Distance counts the bits in which the near signatures of a and b differ: 0 for
// the same words, about 32 for texts that have nothing in common.
func Distance(a, b Print) int { return bits.OnesCount64(a.Similar ^ b.Similar) }

// String writes p as it stands in an article: "x1:<32 hex digits>;s1:<16 hex digits>".
func (p Print) String() string {
	return fmt.Sprintf("x1:%x;s1:%016x", p.Exact, p.Similar)
}

// Parse reads what String wrote.
func Parse(text string) (Print, error) {
	var p Print
	exact, near, ok := strings.Cut(text, ";")
	exact, isExact := strings.CutPrefix(exact, "x1:")
	near, isNear := strings.CutPrefix(near, "s1:")
	if !ok || !isExact || !isNear || len(exact) != 2*len(p.Exact) || len(near) != 16 || strings.ToLower(text) != text {
		return Print{}, fmt.Errorf("read fingerprint %.60q: want x1:<32 hex digits>;s1:<16 hex digits>, in lower case", text)
	}
	if _, err := hex.Decode(p.Exact[:], []byte(exact)); err != nil {
		return Print{}, fmt.Errorf("read fingerprint %.60q: %w", text, err)
	}
	similar, err := strconv.ParseUint(near, 16, 64)
	if err != nil {
		return Print{}, fmt.Errorf("read fingerprint %.60q: %w", text, err)
	}
	p.Similar = similar
	return p, nil
}
