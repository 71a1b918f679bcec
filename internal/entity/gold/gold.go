// Package gold reads articles whose names, chains and roles were annotated by
// hand, for the scorers and tests of entities.
package gold

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"telex/internal/document"
)

// Name is one name of an article.
type Name struct {
	Span document.Span `json:"span"` // code points in the file, bytes once it is read
	Type string        `json:"type"`
}

// Chain lists the names of one person or body, as indices of Article.Names.
type Chain struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Mentions []int  `json:"mentions"`
}

// Article is one annotated article.
type Article struct {
	ID     string
	Text   string
	Names  []Name // in text order
	Chains []Chain
}

// Read gives the annotated articles of a folder, in the order of their names:
// ID.json holds a list of names, or an object with entities and entity_chains;
// ID.txt, in the folder of texts, the article. Only articles are read whose
// SHA-256 of the id begins with one of the hexadecimal digits in hash; all where
// hash is empty.
func Read(folder, texts, hash string) ([]Article, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("read annotated articles: no .json file in %s (error: %v)", folder, err)
	}
	var out []Article
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".json")
		if !Drawn(id, hash) {
			continue
		}
		a, err := read(file, filepath.Join(texts, id+".txt"), id)
		if err != nil {
			return nil, fmt.Errorf("read annotated article %s: %w", id, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// Drawn tells whether the SHA-256 of an id begins with one of the digits.
func Drawn(id, digits string) bool {
	sum := sha256.Sum256([]byte(id))
	return digits == "" || strings.Contains(digits, hex.EncodeToString(sum[:1])[:1])
}

func read(labels, text, id string) (Article, error) {
	a := Article{ID: id}
	raw, err := os.ReadFile(text)
	if err != nil {
		return a, err
	}
	a.Text = string(raw)
	body, err := os.ReadFile(labels)
	if err != nil {
		return a, err
	}
	if strings.HasPrefix(strings.TrimSpace(string(body)), "[") {
		err = json.Unmarshal(body, &a.Names)
	} else {
		err = unmarshalChains(body, &a)
	}
	if err != nil {
		return a, err
	}
	return a, a.toBytes()
}

func unmarshalChains(body []byte, a *Article) error {
	var file struct {
		Entities []Name  `json:"entities"`
		Chains   []Chain `json:"entity_chains"`
	}
	if err := json.Unmarshal(body, &file); err != nil {
		return err
	}
	a.Names, a.Chains = file.Entities, file.Chains
	for _, c := range a.Chains {
		for _, m := range c.Mentions {
			if m < 0 || m >= len(a.Names) {
				return fmt.Errorf("chain %q has mention %d of %d", c.Name, m, len(a.Names))
			}
		}
	}
	return nil
}

// Bytes turns spans of code points of text into bytes. Spans outside it, or that
// end before they begin, are an error.
func Bytes(text string, spans ...*document.Span) error {
	offsets := make([]int, 0, len(text)+1)
	for i := range text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(text))
	for _, s := range spans {
		if s.Start < 0 || s.End < s.Start || s.End >= len(offsets) {
			return fmt.Errorf("span [%d,%d) is not in the text of %d code points", s.Start, s.End, utf8.RuneCountInString(text))
		}
		s.Start, s.End = offsets[s.Start], offsets[s.End]
	}
	return nil
}

func (a *Article) toBytes() error {
	spans := make([]*document.Span, len(a.Names))
	for i := range a.Names {
		spans[i] = &a.Names[i].Span
	}
	if err := Bytes(a.Text, spans...); err != nil {
		return err
	}
	if !slices.IsSortedFunc(a.Names, func(x, y Name) int { return x.Span.Start - y.Span.Start }) {
		return errors.New("the names are not in text order")
	}
	return nil
}

// Label sets the labels of the tokens by the names: a token is of the name that
// it overlaps.
func (a *Article) Label(to *document.Article) {
	next := 0
	begun := false
	for i := range to.Tokens {
		t := &to.Tokens[i]
		for next < len(a.Names) && a.Names[next].Span.End <= t.Span.Start {
			next++
			begun = false
		}
		switch {
		case next == len(a.Names) || a.Names[next].Span.Start >= t.Span.End:
			t.Name = "O"
		case begun:
			t.Name = "I-" + a.Names[next].Type
		default:
			t.Name, begun = "B-"+a.Names[next].Type, true
		}
	}
}

// Step is a step of the pipeline.
type Step interface {
	Name() string
	Apply(ctx context.Context, a *document.Article) error
}

// Run takes the article through the steps. With label its own names stand in the
// place of those of the model, before the step with the name until.
func (a *Article) Run(ctx context.Context, steps []Step, label bool, until string) (*document.Article, error) {
	out := &document.Article{ID: a.ID, Raw: a.Text, DeclaredLang: "nl", Absent: map[string]string{}}
	for _, s := range steps {
		if label && s.Name() == until {
			a.Label(out)
		}
		if err := s.Apply(ctx, out); err != nil {
			return nil, fmt.Errorf("step %s over article %s: %w", s.Name(), a.ID, err)
		}
	}
	return out, nil
}
