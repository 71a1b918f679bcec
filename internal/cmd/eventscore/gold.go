package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// goldEvent is one annotated event; the guide beside the files explains it.
type goldEvent struct {
	Type       string   `json:"type"`
	Mode       string   `json:"mode"`
	Actors     []string `json:"actors"`
	Recipients []string `json:"recipients"`
	Realis     string   `json:"realis"`
	Trigger    string   `json:"trigger"`
	Start      int      `json:"start"` // code point in the text, of articles
	Also       []string `json:"also"`
	Optional   bool     `json:"optional"`
}

// item is a text with its events.
type item struct {
	ID        string      `json:"id"`
	Article   int         `json:"article"` // id in the newspaper set; 0 for a sentence
	Rule      string      `json:"rule"`
	Title     string      `json:"title"`
	Text      string      `json:"text"`
	Published string      `json:"published"`
	Events    []goldEvent `json:"events"`
}

// body is the text as a document.
func (it *item) body() []byte {
	b, err := json.Marshal(map[string]string{"title": it.Title, "text": it.Text, "published": it.Published, "language": "nl"})
	if err != nil {
		panic(err) // strings always marshal
	}
	return b
}

// readItems reads sentences (a .jsonl file), articles (a folder) or ids of articles
// without events (a .txt file).
func readItems(path, news string) ([]item, error) {
	switch filepath.Ext(path) {
	case ".jsonl":
		return readSentences(path)
	case ".txt":
		return readQuiet(path, news)
	}
	return readArticles(path, news)
}

func readSentences(path string) ([]item, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var items []item
	err = eachJSON(f, func(line []byte) error {
		var it item
		if err := json.Unmarshal(line, &it); err != nil {
			return err
		}
		items = append(items, it)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return items, nil
}

func eachJSON(r io.Reader, read func(line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := read(lines.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

func readQuiet(path, news string) ([]item, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var items []item
	for line := range strings.Lines(string(b)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		id, err := strconv.Atoi(fields[0])
		if err != nil {
			return nil, fmt.Errorf("%s: %q is no id", path, fields[0])
		}
		items = append(items, item{ID: fields[0], Article: id, Rule: strings.Join(fields[1:], " ")})
	}
	return items, addTexts(items, news)
}

func readArticles(folder, news string) ([]item, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("there are no annotated articles in %s", folder)
	}
	slices.Sort(files)
	var items []item
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		var it item
		if err := json.Unmarshal(b, &it); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		it.ID = strconv.Itoa(it.Article)
		items = append(items, it)
	}
	return items, addTexts(items, news)
}

// addTexts fills in the texts of articles from the newspaper set.
func addTexts(items []item, news string) error {
	f, err := os.Open(news)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", news, err)
	}
	type article struct {
		ID        int    `json:"id"`
		Title     string `json:"title"`
		Text      string `json:"text"`
		Published string `json:"published_at"`
	}
	have := map[int]article{}
	err = eachJSON(z, func(line []byte) error {
		var a article
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		have[a.ID] = a
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", news, err)
	}
	for i := range items {
		a, ok := have[items[i].Article]
		if !ok {
			return fmt.Errorf("article %d is not in %s", items[i].Article, news)
		}
		day, _, _ := strings.Cut(strings.ReplaceAll(a.Published, " ", "T"), "T")
		items[i].Title, items[i].Text, items[i].Published = a.Title, a.Text, day
	}
	return nil
}
