package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/parser"
)

// The articles with names are divided by the first hexadecimal digit of the SHA-256 of
// their number: those of nameTest are never learned from, nor looked at while
// learning; on those of nameDev the epochs are scored.
const (
	nameTest  = "8ef"
	nameDev   = "d"
	nameTrain = "012345679abc"
)

// digit gives the part that an article falls into.
func digit(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:1])[:1]
}

// named is a name of an article; the span counts code points.
type named struct {
	Span [2]int
	Type string
}

// readNames reads the articles of a folder whose part is in digits, ID.txt with
// ID.json, in order of their numbers.
func readNames(folder, digits string, pack lang.Pack) ([]sentence, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("find the articles with names in %s: none is there", folder)
	}
	slices.Sort(files)
	var all []sentence
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".json")
		if !strings.Contains(digits, digit(id)) {
			continue
		}
		text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
		if err != nil {
			return nil, fmt.Errorf("read an article with names: %w", err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the names of an article: %w", err)
		}
		var names []named
		if err := json.Unmarshal(data, &names); err != nil {
			return nil, fmt.Errorf("decode %s: %w", file, err)
		}
		all = append(all, mark(string(text), names, pack)...)
	}
	return all, nil
}

// withNames lists the articles of a folder that have names.
func withNames(folder string) map[string]bool {
	files, _ := filepath.Glob(filepath.Join(folder, "*.json")) // the pattern is sound
	all := map[string]bool{}
	for _, file := range files {
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = true
	}
	return all
}

// mark divides text into sentences and words and labels the words of names.
func mark(text string, names []named, pack lang.Pack) []sentence {
	starts := make([]int, 0, len(text)+1) // byte of each code point
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	var all []sentence
	for _, s := range sentencesOf(text, pack) {
		now := sentence{}
		for _, t := range pack.Grammar.Tokens.Append(nil, text[s.Start:s.End], s.Start) {
			now.words = append(now.words, word{form: text[t.Start:t.End], name: label(t, names, starts), head: -1})
		}
		all = append(all, now)
	}
	return all
}

// sentencesOf gives the sentences of an article, whose headline is a line.
func sentencesOf(text string, pack lang.Pack) []document.Span {
	var all []document.Span
	for at := 0; at < len(text); {
		end := strings.Index(text[at:], "\n\n")
		if end < 0 {
			end = len(text) - at
		}
		all = pack.Sentences.Append(all, text[at:at+end], at)
		at += end
		for at < len(text) && text[at] == '\n' {
			at++
		}
	}
	return slices.DeleteFunc(all, func(s document.Span) bool { return s.Len() == 0 })
}

// label gives the label of the token t among names, whose spans are in code points.
func label(t document.Span, names []named, starts []int) string {
	for _, n := range names {
		from, to := starts[min(n.Span[0], len(starts)-1)], starts[min(n.Span[1], len(starts)-1)]
		switch {
		case t.End <= from || to <= t.Start:
		case t.Start <= from:
			return "B-" + n.Type
		default:
			return "I-" + n.Type
		}
	}
	return "O"
}

// nameLabels lists the labels of names.
func nameLabels() []string {
	list := []string{"O"}
	for _, kind := range []string{"LOC", "MISC", "ORG", "PER"} {
		list = append(list, "B-"+kind, "I-"+kind)
	}
	slices.Sort(list)
	return list
}

// nameScore is the F1 of the names in percent: words and kind must be right.
func nameScore(m *parser.Model, sentences []sentence) float64 {
	forms, out := unread(sentences)
	m.Read(forms, out)
	right, gold, found := 0, 0, 0
	for i, s := range sentences {
		var want, got []string
		for j, w := range s.words {
			want, got = append(want, w.name), append(got, out[i][j].Name)
		}
		a, b := spansOf(want), spansOf(got)
		gold, found = gold+len(a), found+len(b)
		for span := range a {
			if b[span] {
				right++
			}
		}
	}
	return 200 * float64(right) / float64(max(1, gold+found))
}

type nameSpan struct {
	start, end int
	kind       string
}

func spansOf(labels []string) map[nameSpan]bool {
	all := map[nameSpan]bool{}
	for i := 0; i < len(labels); {
		kind, ok := strings.CutPrefix(labels[i], "B-")
		start := i
		i++
		if !ok {
			continue
		}
		for i < len(labels) && labels[i] == "I-"+kind {
			i++
		}
		all[nameSpan{start, i, kind}] = true
	}
	return all
}

// unread gives the forms of sentences and room for their readings.
func unread(sentences []sentence) ([][]string, [][]parser.Reading) {
	forms, out := make([][]string, len(sentences)), make([][]parser.Reading, len(sentences))
	for i, s := range sentences {
		for _, w := range s.words {
			forms[i] = append(forms[i], w.form)
		}
		out[i] = make([]parser.Reading, len(s.words))
	}
	return forms, out
}
