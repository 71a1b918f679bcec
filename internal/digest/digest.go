// Package digest writes an article for people to read: what it is, its parts,
// and what was found in it.
package digest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
)

const (
	width    = 100 // characters of a line
	leading  = 3   // sentences shown
	mostText = 300 // characters shown of one item
)

// Text gives the digest of an article whose spans count bytes. Characters that
// could act on a terminal are left out of it.
func Text(a *document.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "── %s\n", clip(headline(a), width))
	fact(&b, "id", a.ID)
	fact(&b, "source", a.Source)
	fact(&b, "published", a.Published)
	fact(&b, "url", a.URL)
	fact(&b, "language", fmt.Sprintf("%s (%.2f)", a.Language.Code, a.Language.Confidence))
	fact(&b, "parts", parts(a))
	for _, typ := range []document.BlockType{document.Label, document.Dateline, document.Byline, document.Heading, document.Caption, document.Credit, document.Teaser} {
		for _, block := range a.Blocks {
			if block.Type == typ {
				fact(&b, string(typ), slice(a, block.Span))
			}
		}
	}
	first := running(a)
	for _, s := range first[:min(leading, len(first))] {
		fact(&b, "›", slice(a, s.Span))
	}
	if len(a.Sentences) > 0 {
		fact(&b, "sentences", fmt.Sprint(len(a.Sentences)))
	}
	fact(&b, "people", entities(a, "PER"))
	fact(&b, "bodies", entities(a, "ORG"))
	fact(&b, "places", entities(a, "LOC"))
	fact(&b, "times", times(a))
	did(&b, a)
	said(&b, a)
	for _, name := range []string{"language", "sentences"} {
		if why := a.Absent[name]; why != "" {
			fact(&b, "no "+name, why)
		}
	}
	return b.String()
}

const (
	mostQuotes = 5   // quotations shown
	mostSaid   = 120 // characters shown of one
)

// said tells who said what, of the first quotations.
func said(b *strings.Builder, a *document.Article) {
	for i := range a.Quotes[:min(len(a.Quotes), mostQuotes)] {
		q := &a.Quotes[i]
		who := "(nobody named)"
		if q.SpeakerSpan != nil {
			who = slice(a, *q.SpeakerSpan)
		}
		for e := range a.Entities {
			if q.Speaker != nil && a.Entities[e].ID == *q.Speaker {
				who = a.Entities[e].Name
			}
		}
		fact(b, "said", fmt.Sprintf("%s %s: %s", clip(who, 40), q.Stance, clip(slice(a, q.Span), mostSaid)))
	}
	if more := len(a.Quotes) - mostQuotes; more > 0 {
		fact(b, "said", fmt.Sprintf("and %d more", more))
	}
}

// times gives the times that a calendar shows, each once, in the order of the text.
func times(a *document.Article) string {
	var out []string
	seen := map[string]bool{}
	for _, t := range a.Times {
		if (t.Type == "DATE" || t.Type == "TIME") && strings.ContainsAny(t.Value[:min(1, len(t.Value))], "0123456789") && !seen[t.Value] {
			seen[t.Value] = true
			out = append(out, fmt.Sprintf("%s (%s)", t.Value, slice(a, t.Span)))
		}
	}
	return strings.Join(out, ", ")
}

func fact(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "   %-10s %s\n", name, clip(value, mostText))
	}
}

// headline is the title, else the first words of the text.
func headline(a *document.Article) string {
	if a.Title != "" {
		return a.Title
	}
	if s := running(a); len(s) > 0 {
		return slice(a, s[0].Span)
	}
	return a.Raw[:min(len(a.Raw), 8*width)]
}

// running gives the sentences of lede and paragraphs.
func running(a *document.Article) []document.Sentence {
	var out []document.Sentence
	for _, s := range a.Sentences {
		if s.Block >= len(a.Blocks) {
			return nil // the blocks were cut away
		}
		if t := a.Blocks[s.Block].Type; t == document.Lede || t == document.Paragraph {
			out = append(out, s)
			if len(out) == leading {
				break
			}
		}
	}
	return out
}

func slice(a *document.Article, s document.Span) string { return a.Raw[s.Start:s.End] }

// parts counts the blocks by type, in the order of the contract.
func parts(a *document.Article) string {
	count := map[document.BlockType]int{}
	for _, b := range a.Blocks {
		count[b.Type]++
	}
	var out []string
	for _, t := range document.BlockTypes() {
		if n := count[t]; n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, t))
		}
	}
	return strings.Join(out, ", ")
}

// clip makes one line of text, of at most n characters.
func clip(text string, n int) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
			continue
		}
		if space {
			n--
		}
		if n--; n < 0 {
			b.WriteRune('…')
			break
		}
		if space {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}
