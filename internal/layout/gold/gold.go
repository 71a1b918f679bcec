// Package gold reads articles whose blocks were labelled by hand and scores
// layout against them. The form of the files is told in internal/layout/testdata/GUIDE.md.
package gold

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"telex/internal/document"
)

// Article is one labelled article.
type Article struct {
	ID       string
	Raw      string
	TitleEnd int // bytes of Raw that are the separate title
	Blocks   []document.Block
}

// label is a file of labels; a block is [type, start, end], in bytes.
type label struct {
	ID     string   `json:"id"`
	SHA256 string   `json:"sha256"`
	Blocks [][3]any `json:"blocks"`
}

// Read gives the articles of a folder, in the order of their file names. Labels
// beside a .txt file are for that text; the others are for an article of news,
// a file of JSON lines (.gz allowed) with id, title and text. When that file is
// absent they are left out and counted in missing. A text whose hash differs
// from the labelled one is an error.
func Read(folder, news string) (articles []Article, missing int, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, 0, fmt.Errorf("read gold labels: no .json file in %s (error: %v)", folder, err)
	}
	texts, err := readNews(news)
	if err != nil {
		return nil, 0, err
	}
	for _, file := range files {
		a, ok, err := read(file, texts)
		if err != nil {
			return nil, 0, fmt.Errorf("read gold labels %s: %w", file, err)
		}
		if !ok {
			missing++
			continue
		}
		articles = append(articles, a)
	}
	return articles, missing, nil
}

func read(file string, news map[string]Article) (Article, bool, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Article{}, false, err
	}
	var l label
	if err := json.Unmarshal(data, &l); err != nil {
		return Article{}, false, err
	}
	a, known := news[l.ID]
	own, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	switch {
	case err == nil:
		a = Article{Raw: string(own)}
	case !known:
		return Article{}, false, nil
	}
	if sum := sha256.Sum256([]byte(a.Raw)); hex.EncodeToString(sum[:]) != l.SHA256 {
		return Article{}, false, errors.New("the text has changed since it was labelled")
	}
	a.ID = l.ID
	for _, b := range l.Blocks {
		typ, ok1 := b[0].(string)
		start, ok2 := b[1].(float64)
		end, ok3 := b[2].(float64)
		if !ok1 || !ok2 || !ok3 || end > float64(len(a.Raw)) {
			return Article{}, false, fmt.Errorf("the block %v is not [type, start, end] within the text", b)
		}
		a.Blocks = append(a.Blocks, document.Block{Type: document.BlockType(typ), Span: document.Span{Start: int(start), End: int(end)}})
	}
	return a, true, nil
}

// readNews gives the articles of a file of JSON lines by their id; none when
// there is no such file.
func readNews(file string) (map[string]Article, error) {
	texts := map[string]Article{}
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) || file == "" {
		return texts, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read news: %w", err)
	}
	defer f.Close()
	var in io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(file, ".gz") {
		if in, err = gzip.NewReader(in); err != nil {
			return nil, fmt.Errorf("read news %s: %w", file, err)
		}
	}
	for dec := json.NewDecoder(in); ; {
		var line struct {
			ID    json.RawMessage `json:"id"`
			Title string          `json:"title"`
			Text  string          `json:"text"`
		}
		if err := dec.Decode(&line); err == io.EOF {
			return texts, nil
		} else if err != nil {
			return nil, fmt.Errorf("read news %s: %w", file, err)
		}
		d := document.Document{Title: line.Title, Text: line.Text}
		raw, titleEnd := d.Raw("")
		texts[strings.Trim(string(line.ID), `"`)] = Article{Raw: raw, TitleEnd: titleEnd}
	}
}
