package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"telex/internal/lang"
	"telex/internal/nlp/parser"
)

// committee is several models that were learned from the same data, each from
// other first weights. What they agree on is likely to be right: from it a last
// model learns newspaper text that nobody has annotated (tri-training, Zhou & Li
// 2005; for parsing, Weiss et al. 2015).
type committee []*parser.Model

// annotate fills in what is not known of each word and what all agree on.
func (c committee) annotate(sentences []sentence) []sentence {
	all := make([]sentence, len(sentences))
	for i, s := range sentences {
		all[i] = sentence{kind: s.kind, guessed: true, words: slices.Clone(s.words)}
	}
	forms, first := unread(sentences)
	c[0].Read(forms, first)
	for i := range all {
		for j := range all[i].words {
			all[i].words[j].guess(first[i][j])
		}
	}
	for _, m := range c[1:] {
		_, out := unread(sentences)
		m.Read(forms, out)
		for i := range all {
			for j := range all[i].words {
				all[i].words[j].doubt(sentences[i].words[j], out[i][j])
			}
		}
	}
	return all
}

// guess takes what a model says where nothing is known.
func (w *word) guess(r parser.Reading) {
	w.upos, w.xpos, w.feats = r.UPOS, r.XPOS, r.Feats
	w.head, w.deprel = r.Head, r.Deprel
	if w.name == "" {
		w.name = r.Name
	}
}

// doubt takes back what another model says otherwise, unless it was known.
func (w *word) doubt(known word, r parser.Reading) {
	keep := func(column *string, other string) {
		if *column != other {
			*column = ""
		}
	}
	keep(&w.upos, r.UPOS)
	keep(&w.xpos, r.XPOS)
	keep(&w.feats, r.Feats)
	keep(&w.deprel, r.Deprel)
	if known.name == "" {
		keep(&w.name, r.Name)
	}
	if w.head != r.Head {
		w.head, w.deprel = -1, ""
	}
}

var tag = regexp.MustCompile(`<[^<>]*>`)

// readNews reads the articles of a file of JSON lines, but for those whose names
// are known or tested.
func readNews(path string, known map[string]bool, pack lang.Pack) ([]sentence, error) {
	var all []sentence
	var bad error
	err := eachLine(path, func(line string) {
		var a struct {
			ID          json.Number
			Title, Text string
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			bad = fmt.Errorf("decode an article of %s: %w", path, err)
			return
		}
		if !known[a.ID.String()] {
			all = append(all, mark(a.Title+"\n\n"+tag.ReplaceAllString(a.Text, " "), nil, pack)...)
		}
	})
	for i := range all {
		for j := range all[i].words {
			all[i].words[j].name = ""
		}
	}
	if err == nil {
		err = bad
	}
	return all, err
}
