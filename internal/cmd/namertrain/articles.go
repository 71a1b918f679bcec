package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"telex/internal/document"
	"telex/internal/entity/gold"
	"telex/internal/grammar"
	"telex/internal/lang"
	"telex/internal/layout"
	"telex/internal/nlp/conllu"
	"telex/internal/nlp/namer"
	"telex/internal/nlp/parser"
	"telex/internal/sentence"
)

// The articles with names are divided by the first hexadecimal digit of the
// SHA-256 of their number, as for the parser. Those of the third part, 8, e and
// f, are neither read here nor is anything counted in them.
const (
	partTrain = "012345679abc"
	partDev   = "d"
)

// corpus is annotated articles.
type corpus struct {
	name   string
	gold   []gold.Article
	labels []string // the columns of Scores
	kept
}

// kept is what the steps make of articles, and how the parser scores the labels
// of names: of each article a row for each token.
type kept struct {
	Read   []*document.Article
	Scores [][]float32
}

// trained is the corpus that is learned from; the scores of a parser that has
// learned from it as well say nothing.
const trained = "train"

// readCorpus takes annotated articles through the steps before the labeller, or
// takes what came of it from the file cache; "" for none.
func readCorpus(name string, articles []gold.Article, pack lang.Pack, cache string) (corpus, error) {
	m := pack.Grammar.Parser
	c := corpus{name: name, gold: articles, labels: m.Names}
	if f, err := os.Open(cache); err == nil {
		defer f.Close()
		return c, gob.NewDecoder(f).Decode(&c.kept)
	}
	steps := []gold.Step{layout.New(pack), dutch{pack.Code}, sentence.New(pack), grammar.New(pack)}
	for i := range c.gold {
		a, err := c.gold[i].Run(context.Background(), steps, false, "")
		if err != nil {
			return c, err
		}
		c.Read = append(c.Read, a)
		if name != trained {
			c.Scores = append(c.Scores, scores(m, a))
		}
	}
	if cache == "" {
		return c, nil
	}
	f, err := os.Create(cache)
	if err != nil {
		return c, err
	}
	defer f.Close()
	return c, gob.NewEncoder(f).Encode(c.kept)
}

// scores reads the sentences of an article once more, for the scores of names.
func scores(m *parser.Model, a *document.Article) []float32 {
	all := make([]float32, len(a.Tokens)*len(m.Names))
	var sentences [][]string
	var out [][]parser.Reading
	var rows [][]float32
	for _, s := range a.Sentences {
		var forms []string
		for _, t := range a.Tokens[s.First:s.Last] {
			forms = append(forms, a.Raw[t.Span.Start:t.Span.End])
		}
		sentences, out = append(sentences, forms), append(out, make([]parser.Reading, len(forms)))
		rows = append(rows, all[s.First*len(m.Names):s.Last*len(m.Names)])
	}
	m.ReadScores(sentences, out, rows)
	return all
}

// dutch is the step that knows the language beforehand.
type dutch struct{ code string }

func (dutch) Name() string { return "language" }

func (d dutch) Apply(_ context.Context, a *document.Article) error {
	a.Language = document.Language{Code: d.code, Confidence: 1}
	return nil
}

// score compares the names that the tokens of the articles have with gold.
func (c corpus) score() gold.NameScore {
	total := gold.NameScore{}
	for i, a := range c.Read {
		total.Add(c.gold[i].Names, found(a))
	}
	return total
}

// found gives the names of an article.
func found(a *document.Article) (all []gold.Name) {
	for _, s := range a.Sentences {
		var labels []string
		for _, t := range a.Tokens[s.First:s.Last] {
			labels = append(labels, t.Name)
		}
		for _, n := range namer.Names(labels) {
			all = append(all, gold.Name{Type: n.Kind, Span: document.Span{
				Start: a.Tokens[s.First+n.First].Span.Start, End: a.Tokens[s.First+n.Last-1].Span.End}})
		}
	}
	return all
}

// readText calls do with the words of the sentences of text without names: the
// news articles, but for those of which the names are kept for scoring, and the
// treebank.
func readText(data string, pack lang.Pack, do func(forms []string)) error {
	articles := filepath.Join(data, "ner", "news-2019")
	err := eachLine(filepath.Join(data, "news", "dpg-2019.jsonl.gz"), func(line string) error {
		var a struct {
			ID    json.Number
			Title string
			Text  string
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			return err
		}
		_, missing := os.Stat(filepath.Join(articles, a.ID.String()+".json"))
		if missing == nil && !gold.Drawn(a.ID.String(), partTrain) {
			return nil
		}
		for _, text := range []string{a.Title, a.Text} {
			for _, s := range pack.Sentences.Append(nil, text, 0) {
				do(formsOf(pack, text[s.Start:s.End]))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return eachTree(filepath.Join(data, "treebank", "train.conllu.gz"), do)
}

func formsOf(pack lang.Pack, text string) (forms []string) {
	for _, t := range pack.Grammar.Tokens.Append(nil, text, 0) {
		forms = append(forms, text[t.Start:t.End])
	}
	return forms
}

func eachTree(path string, do func(forms []string)) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the treebank: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read the treebank %s: %w", path, err)
	}
	for tree, err := range conllu.Read(z) {
		if err != nil {
			return fmt.Errorf("read the treebank %s: %w", path, err)
		}
		var forms []string
		for _, w := range tree.Words {
			forms = append(forms, w.Form)
		}
		do(forms)
	}
	return nil
}

// eachLine calls do with the lines of a file, which is gzipped where its name
// ends in .gz.
func eachLine(path string, do func(string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		lines = bufio.NewScanner(z)
	}
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		if err := do(lines.Text()); err != nil {
			return fmt.Errorf("read line %d of %s: %w", n, path, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}
