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
		all[i] = s
		all[i].words = slices.Clone(s.words)
		all[i].guessed = s.guessed || slices.ContainsFunc(s.words, func(w word) bool { return w.head < 0 })
	}
	forms, out := unread(sentences)
	for k, m := range c {
		m.Read(forms, out)
		for i := range all {
			for j := range all[i].words {
				if k == 0 {
					all[i].words[j].guess(out[i][j])
				} else {
					all[i].words[j].doubt(&sentences[i].words[j], out[i][j])
				}
			}
		}
	}
	return all
}

// guess takes what a model says where nothing is known.
func (w *word) guess(r parser.Reading) {
	for _, c := range w.columns(r) {
		if *c.value == "" {
			*c.value = c.said
		}
	}
	if w.head < 0 {
		w.head, w.deprel = r.Head, r.Deprel
	}
}

// doubt takes back what another model says otherwise, unless it was known.
func (w *word) doubt(known *word, r parser.Reading) {
	before := known.columns(r)
	for i, c := range w.columns(r) {
		if *before[i].value == "" && *c.value != c.said {
			*c.value = ""
		}
	}
	if known.head >= 0 {
		return
	}
	if w.deprel != r.Deprel {
		w.deprel = ""
	}
	if w.head != r.Head {
		w.head, w.deprel = -1, ""
	}
}

// column is a column of a word and what a model says of it.
type column struct {
	value *string
	said  string
}

func (w *word) columns(r parser.Reading) []column {
	return []column{{&w.upos, r.UPOS}, {&w.xpos, r.XPOS}, {&w.feats, r.Feats}, {&w.name, r.Name}}
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
