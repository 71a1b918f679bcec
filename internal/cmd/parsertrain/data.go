package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strings"
)

// word is one line of a treebank.
type word struct {
	form, upos, xpos, feats, deprel string
	head                            int
}

// sentence is one tree and the kind of text that it comes from.
type sentence struct {
	words []word
	kind  int
}

// readTreebank reads a gzipped CoNLL-U file; empty nodes and ranges are passed over.
func readTreebank(path string) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the treebank: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read the treebank %s: %w", path, err)
	}
	var all []sentence
	var now sentence
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		source, isSource := strings.CutPrefix(line, "# source = ")
		switch {
		case isSource:
			now.kind = kindOf(source)
		case strings.HasPrefix(line, "#"):
		case line == "":
			if len(now.words) > 0 {
				all = append(all, now)
			}
			now = sentence{}
		default:
			w, ok, err := parseLine(line)
			if err != nil {
				return nil, fmt.Errorf("read the treebank %s: %w", path, err)
			}
			if ok {
				now.words = append(now.words, w)
			}
		}
	}
	return all, lines.Err()
}

func parseLine(line string) (word, bool, error) {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return word{}, false, fmt.Errorf("%d fields, want 10: %q", len(f), line)
	}
	if strings.ContainsAny(f[0], "-.") {
		return word{}, false, nil
	}
	w := word{form: f[1], upos: f[3], xpos: f[4], feats: today(f[3], f[5]), deprel: f[7]}
	if w.deprel == "flat:name" {
		w.deprel = "flat"
	}
	_, err := fmt.Sscan(f[6], &w.head)
	return w, true, err
}

// kindOf tells the kinds of text apart: 0 newspaper, 1 encyclopaedia in the older
// annotation, 2 questions, 3 made-up examples, 4 the rest.
func kindOf(source string) int {
	for kind, starts := range [][]string{
		{"alpino/cdb", "ud-alpino", "LassyDevelop", "alpino/novelsample", "alpino/ntv"},
		{"ud-lassysmall"},
		{"alpino/qa", "alpino/qtleap1q"},
		{"alpino/eans", "alpino/extra", "alpino/g_", "alpino/h_", "alpino/i_", "alpino/j_", "alpino/gen_", "alpino/cgn"},
	} {
		if slices.ContainsFunc(starts, func(s string) bool { return strings.HasPrefix(source, s) }) {
			return kind
		}
	}
	return 4
}

// today gives features in the generation of the development files, which have
// neither mood nor the type of a determiner.
func today(upos, feats string) string {
	kept := slices.DeleteFunc(strings.Split(feats, "|"), func(f string) bool {
		return strings.HasPrefix(f, "Mood=") || strings.HasPrefix(f, "ExtPos=") || upos == "DET" && strings.HasPrefix(f, "PronType=")
	})
	if len(kept) == 0 {
		return "_"
	}
	return strings.Join(kept, "|")
}
