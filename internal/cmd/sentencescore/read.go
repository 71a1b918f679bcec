package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// treeDoc is the sentences of one document of a treebank, in file order.
type treeDoc []treeSentence

// treeSentence is the text of a sentence, and whether a paragraph begins with it.
type treeSentence struct {
	text      string
	paragraph bool
}

// longestLine is the longest line of a treebank that is read, in bytes.
const longestLine = 1 << 22

// read returns the documents of the CoNLL-U file at path.
func read(path string) ([]treeDoc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := io.Reader(f)
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		in = z
	}
	return parse(in)
}

// parse takes the text comment of every sentence and the document that its
// sent_id names. It is an error when no sentence has a text.
func parse(in io.Reader) ([]treeDoc, error) {
	var docs []treeDoc
	last, current, paragraph, lastParagraph := "", "", "", ""
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		line := lines.Text()
		if id, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			current, paragraph = nameParts(id)
		} else if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			last = "" // begin another even if the next sentence has a like name
			current = id
		} else if text, ok := strings.CutPrefix(line, "# text = "); ok {
			if len(docs) == 0 || current != last {
				docs = append(docs, nil)
				last = current
			}
			d := &docs[len(docs)-1]
			*d = append(*d, treeSentence{text: text, paragraph: paragraph != lastParagraph})
			lastParagraph = paragraph
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line too long or file damaged: %w", err)
	}
	if len(docs) == 0 {
		return nil, errors.New(`no sentence: the file has no "# text = " lines; is it CoNLL-U?`)
	}
	return docs, nil
}

// nameParts takes the name of a sentence apart: "wiki-12.p.3.s.1" is of the
// document wiki-12 and its paragraph wiki-12.p.3.
func nameParts(id string) (doc, paragraph string) {
	if i := strings.LastIndexByte(id, '\\'); i >= 0 {
		id = id[i+1:]
	}
	doc, paragraph = id, id
	if i := strings.Index(id, ".s."); i >= 0 {
		doc, paragraph = id[:i], id[:i]
	}
	if i := strings.Index(id, ".p."); i >= 0 {
		doc = id[:i]
	}
	return doc, paragraph
}
