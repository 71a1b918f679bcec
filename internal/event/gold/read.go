package gold

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// longestLine bounds a line of the files, in bytes: no article comes near it.
const longestLine = 16 << 20

// Read gives the annotated texts of path, in the order of the file or of the names
// of the files:
//
//   - a .jsonl file holds a text on each line, a sentence or an article;
//   - a folder holds an article in each .json file;
//   - a .txt file holds on each line the id of an article without events, and its
//     kind; lines that begin with # are comments.
//
// Articles are given by their id in the newspaper set, without their text: news, the
// gzipped JSON lines of that set, gives title, text and day. It is opened only if a
// text is wanted from it. Errors name the file, and the line where there is one.
func Read(path, news string) ([]Text, error) {
	entries, err := readEntries(path)
	if err == nil {
		err = addTexts(entries, news)
	}
	if err != nil {
		return nil, fmt.Errorf("read annotated events: %w", err)
	}
	texts := make([]Text, len(entries))
	for i := range entries {
		texts[i] = entries[i].Text
	}
	return texts, nil
}

// entry is a text and where it was read, for errors: the file, and the line if
// there are several in it.
type entry struct {
	Text
	at string
}

func readEntries(path string) ([]entry, error) {
	read := texts
	switch filepath.Ext(path) {
	case ".jsonl":
	case ".txt":
		read = ids
	default:
		return readFolder(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return read(f, path)
}

// texts reads a text from each line.
func texts(r io.Reader, path string) ([]entry, error) {
	var out []entry
	err := eachLine(r, path, func(at string, line []byte) error {
		e := entry{at: at}
		if err := json.Unmarshal(line, &e.Text); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		if e.Text.Text == "" && e.Article == 0 {
			return fmt.Errorf("%s: there is neither a text nor the id of an article", at)
		}
		if e.Article != 0 {
			e.ID = cmp.Or(e.ID, strconv.Itoa(e.Article))
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// ids reads the id of an article from each line, and its kind.
func ids(r io.Reader, path string) ([]entry, error) {
	var out []entry
	err := eachLine(r, path, func(at string, line []byte) error {
		fields := strings.Fields(string(line))
		if fields[0][0] == '#' {
			return nil
		}
		id, err := strconv.Atoi(fields[0])
		if err != nil || id == 0 {
			return fmt.Errorf("%s: %q is no id of an article", at, fields[0])
		}
		out = append(out, entry{Text{ID: fields[0], Article: id, Rule: strings.Join(fields[1:], " ")}, at})
		return nil
	})
	return out, err
}

// eachLine calls do with each line that is not empty and its place, file:line.
func eachLine(r io.Reader, path string, do func(at string, line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	n := 1
	for ; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := do(fmt.Sprintf("%s:%d", path, n), lines.Bytes()); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", path, n, err)
	}
	return nil
}

func readFolder(folder string) ([]entry, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("there are no annotated articles (.json) in %s", folder)
	}
	slices.Sort(files)
	var out []entry
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		e := entry{at: file}
		if err := json.Unmarshal(b, &e.Text); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, lineOf(b, err), err)
		}
		if e.Article == 0 {
			return nil, fmt.Errorf("%s: there is no id of an article", file)
		}
		e.ID = strconv.Itoa(e.Article)
		out = append(out, e)
	}
	return out, nil
}

// lineOf gives the line of body at which decoding it failed, from 1.
func lineOf(body []byte, failed error) int {
	offset := int64(0)
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(failed, &syntax):
		offset = syntax.Offset
	case errors.As(failed, &mistyped):
		offset = mistyped.Offset
	}
	return 1 + bytes.Count(body[:min(offset, int64(len(body)))], []byte("\n"))
}

// addTexts fills in the texts of articles from the newspaper set.
func addTexts(entries []entry, news string) error {
	wanted := map[int][]*entry{}
	for i := range entries {
		if e := &entries[i]; e.Text.Text == "" {
			wanted[e.Article] = append(wanted[e.Article], e)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	found, err := fill(wanted, news)
	if err != nil {
		return fmt.Errorf("take the texts of articles from the newspaper set: %w", err)
	}
	for i := range entries {
		if e := &entries[i]; e.Text.Text == "" && !found[e.Article] {
			return fmt.Errorf("%s: article %d is not in %s", e.at, e.Article, news)
		}
	}
	return nil
}

// fill gives the texts in news to the entries that want them, by id, and tells
// which ids were found.
func fill(wanted map[int][]*entry, news string) (map[int]bool, error) {
	f, err := os.Open(news)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", news, err)
	}
	found := map[int]bool{}
	err = eachLine(z, news, func(at string, line []byte) error {
		var a struct {
			ID        int    `json:"id"`
			Title     string `json:"title"`
			Text      string `json:"text"`
			Published string `json:"published_at"`
		}
		if err := json.Unmarshal(line, &a); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		day, _, _ := strings.Cut(strings.ReplaceAll(a.Published, " ", "T"), "T")
		for _, e := range wanted[a.ID] {
			e.Title, e.Text.Text, e.Published = a.Title, a.Text, day
			found[a.ID] = true
		}
		return nil
	})
	return found, err
}
