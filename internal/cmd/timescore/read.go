package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"telex/internal/document"
	"telex/internal/pipeline"
)

// annotated is one article of the gold.
type annotated struct {
	ID        string          `json:"id"`
	Published string          `json:"published"`
	Times     []document.Time `json:"times"`
}

func readGold(folder string) ([]annotated, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("there is no annotated article in %s", folder)
	}
	var out []annotated
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var a annotated
		if err := json.Unmarshal(data, &a); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if a.ID == "" {
			return nil, fmt.Errorf("read %s: it has no id", path)
		}
		out = append(out, a)
	}
	return out, nil
}

// story is one line of a collection.
type story struct {
	ID          json.RawMessage `json:"id"`
	Title       string          `json:"title"`
	Text        string          `json:"text"`
	Published   string          `json:"published"`
	PublishedAt string          `json:"published_at"`
}

func (s story) id() string { return strings.Trim(string(s.ID), `"`) }

// maxLine is the longest line that is read, in bytes.
const maxLine = 8 << 20

// stories calls do for each line of a file.
func stories(path string, do func(story) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
	}
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, maxLine)
	for scan.Scan() {
		var s story
		if err := json.Unmarshal(scan.Bytes(), &s); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if err := do(s); err != nil {
			return err
		}
	}
	return scan.Err()
}

// reader takes texts through the chain.
type reader struct{ pipeline *pipeline.Pipeline }

// times gives the article of a text, with spans in code points.
func (r reader) times(s story, published string) (*document.Article, error) {
	body, err := json.Marshal(map[string]string{"id": s.id(), "title": s.Title, "text": s.Text, "published": published, "language": "nl"})
	if err != nil {
		return nil, err
	}
	d, err := document.Decode(body, document.Origin{})
	if err != nil {
		return nil, err
	}
	a, _, err := r.pipeline.Read(context.Background(), d)
	if err != nil {
		return nil, err
	}
	return a.Outside()
}

// score compares the gold with what is found in its texts.
func (r reader) score(gold []annotated, news string) (*score, int, error) {
	byID := map[string]annotated{}
	for _, a := range gold {
		byID[a.ID] = a
	}
	s := &score{}
	err := stories(news, func(text story) error {
		want, ok := byID[text.id()]
		if !ok {
			return nil
		}
		delete(byID, text.id())
		a, err := r.times(text, want.Published)
		if err != nil {
			return fmt.Errorf("read %s: %w", want.ID, err)
		}
		s.add(want.ID, []rune(a.Raw), want.Times, a.Times)
		return nil
	})
	return s, len(byID), err
}

// list prints the times of each text with a few words around them.
func (r reader) list(w io.Writer, path string) error {
	return stories(path, func(text story) error {
		a, err := r.times(text, text.Published+text.PublishedAt)
		if refused := (*document.Refusal)(nil); errors.As(err, &refused) {
			fmt.Fprintf(w, "%s\t%v\n", text.id(), refused)
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", text.id(), err)
		}
		raw := []rune(a.Raw)
		for _, t := range a.Times {
			fmt.Fprintf(w, "%s %s\t%s %s %s\t%s\n", text.id(), a.Published, t.Type, t.Value, t.Mod, around(raw, t.Span))
		}
		return nil
	})
}

// around gives the words of a span between marks, and some before and after.
func around(raw []rune, s document.Span) string {
	const words = 40 // characters
	return strings.Join(strings.Fields(string(raw[max(0, s.Start-words):s.Start])+" ⟦"+string(raw[s.Start:s.End])+"⟧ "+
		string(raw[s.End:min(len(raw), s.End+words)])), " ")
}
