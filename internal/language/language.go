// Package language is the step that says in which language an article is
// written: what the publisher declares, else what its letters tell.
package language

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"telex/internal/document"
	"telex/internal/language/tables"
	"telex/internal/nlp/langid"
)

// Undetermined is the code of a text whose language is not known.
const Undetermined = "und"

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "language"

const (
	budget    = 1536 // bytes read of a text: more changes no answer
	pieces    = 3    // places that a long text is read at
	fewest    = 8    // letters below which nothing is said
	leastSure = 50   // hundredths of confidence below which nothing is said
)

// Step identifies languages. It is immutable; one value serves all workers.
type Step struct {
	models [scriptCount]*langid.Model // nil where a script is read by no table
}

// New loads the tables. A damaged one is an error.
func New() (*Step, error) {
	s := &Step{}
	for script, name := range map[script]string{latin: "latin", cyrillic: "cyrillic", arabic: "arabic", devanagari: "devanagari"} {
		data, err := tables.Files.ReadFile(name + ".bin")
		if err != nil {
			return nil, fmt.Errorf("load the %s language table: %w", name, err)
		}
		if s.models[script], err = langid.Load(data); err != nil {
			return nil, fmt.Errorf("load the %s language table: %w", name, err)
		}
	}
	return s, nil
}

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the tables and the thresholds.
func (s *Step) Version() string { return "1" }

// Apply sets the language of a. A declared one is believed, with confidence 1.
// The only error is that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if code := declared(a.DeclaredLang); code != "" {
		a.Language = document.Language{Code: code, Confidence: 1}
		return nil
	}
	var r reading
	r.article(s, a)
	a.Language = r.verdict(s)
	if a.Language.Code == Undetermined {
		if a.Absent == nil {
			a.Absent = map[string]string{}
		}
		a.Absent[Name] = r.reason
	}
	return nil
}

// Identify says in which language text is written. The confidence is in [0,1],
// in hundredths; it is 0 with Undetermined.
func (s *Step) Identify(text string) document.Language {
	var r reading
	r.sample(s, text, budget)
	return r.verdict(s)
}

// Codes lists, in order, every code that Identify may give.
func (s *Step) Codes() []string {
	out := []string{Undetermined}
	for _, m := range s.models {
		if m != nil {
			for _, c := range m.Languages() {
				out = append(out, merged(c))
			}
		}
	}
	for _, sc := range scripts {
		if sc.code != "" {
			out = append(out, sc.code)
		}
	}
	out = append(out, "ja", "zh")
	slices.Sort(out)
	return slices.Compact(out)
}

// declared takes "nl", "NL" and "nl-BE" alike, and nothing that is no language tag.
func declared(tag string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	code = strings.ToLower(code)
	if len(code) < 2 || len(code) > 3 {
		return ""
	}
	for i := range len(code) {
		if code[i] < 'a' || code[i] > 'z' {
			return ""
		}
	}
	return merged(code)
}

// merged gives the two written forms of Norwegian one code.
func merged(code string) string {
	if code == "nb" || code == "nn" {
		return "no"
	}
	return code
}

// carries tells whether a block's text is written by the article's author in
// its language, and long enough to tell.
func carries(t document.BlockType) bool {
	switch t {
	case document.Title, document.Lede, document.Paragraph, document.Heading, document.Caption:
		return true
	}
	return false
}
