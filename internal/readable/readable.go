// Package readable takes the text of an article out of an HTML page.
//
// Which part of the page is the article is judged by go-readability, a port of
// Mozilla's Readability.js. This package builds the tree that it looks at, so
// that nothing in a hostile page costs more than its length allows, and writes
// the text that comes out in the form that the layout step reads.
package readable

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"telex/internal/document"
)

// Limits on a page.
const (
	maxPage     = document.MaxMessage // bytes of HTML
	maxDepth    = 256                 // elements open at one time; pages of real sites stay under 60
	maxElements = 100_000             // elements in all
	maxWeight   = 32 << 20            // bytes of text times their depth, for readability looks at an element's whole text at each level
)

// Text gives the title and the text of the article on a page. The text has a
// blank line between paragraphs, headings and captions, and each list item on a
// line of its own; white space is as a browser shows it. address is where the
// page comes from, "" where that is not known.
//
// A page in which no article is found gives the text of its body. The same page
// gives the same text. Every error but that of ctx is a *document.Refusal:
// too-large for a page or a text over the limits, bad-field for elements nested
// deeper than 256, no-text for a page with nothing to read.
func Text(ctx context.Context, page, address string) (title, text string, err error) {
	if len(page) > maxPage {
		return "", "", refuse(document.TooLarge, "the page has %d bytes, at most %d are taken", len(page), maxPage)
	}
	t, err := parse(ctx, page)
	if err != nil {
		return "", "", err
	}
	whole := bodyText(t.body)
	title = t.headline()
	if t.weight <= maxWeight {
		found, ok := article(t.root, address)
		if err := ctx.Err(); err != nil {
			return "", "", err
		}
		if ok {
			text = found
		}
	}
	if blank(text) {
		text = whole
	}
	title, text = headed(title, text)
	switch {
	case blank(text):
		return "", "", refuse(document.NoText, "the page has no text to read")
	case len(title)+len(text) > document.MaxText:
		return "", "", refuse(document.TooLarge, "the text of the page has %d bytes, at most %d are taken", len(text), document.MaxText)
	}
	return title, text, nil
}

// headed takes a headline that opens the text off it. The title of a page often
// carries the name of the site behind it, or is shorter than that of the text.
func headed(title, text string) (string, string) {
	first, rest, found := strings.Cut(text, "\n")
	own := title
	for _, separator := range []string{" | ", " - ", " – ", " — ", " • "} {
		if i := strings.LastIndex(title, separator); i > 0 {
			own = own[:min(i, len(own))]
		}
	}
	same := own != "" && (strings.HasPrefix(first, own) || strings.HasPrefix(title, first+" "))
	if !same || !found || blank(rest) {
		return title, text
	}
	return first, strings.TrimLeft(rest, "\n")
}

// article gives the text that readability finds, not ok where it finds none. It
// changes the tree. Readability is not our code and was written for pages that
// mean well, so a panic in it counts as finding nothing.
func article(root *html.Node, address string) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	where, err := url.Parse(address)
	if err != nil || address == "" {
		where = nil
	}
	found, err := parser.ParseAndMutate(root, where)
	if err != nil || found.Node == nil {
		return "", false
	}
	return render(found.Node, beside), true
}

// bodyText is the text of the page, first without its menus and forms.
func bodyText(body *html.Node) string {
	if text := render(body, beside); !blank(text) {
		return text
	}
	return render(body, nil)
}

// beside tells elements that stand beside the text by their meaning in HTML.
func beside(name string) bool {
	switch name {
	case "nav", "footer", "aside", "form", "button", "select", "dialog":
		return true
	}
	return false
}

func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r)
	}) < 0
}

func refuse(reason document.Reason, format string, args ...any) *document.Refusal {
	return &document.Refusal{Reason: reason, Step: "read", Message: fmt.Sprintf(format, args...)}
}
