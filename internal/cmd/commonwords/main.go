// Command commonwords lists the words that, inside a sentence, are hardly ever
// written with a capital: where one has a capital, a sentence begins.
//
//	go run ./internal/cmd/commonwords TREEBANK.conllu.gz > internal/lang/nl/site/common.txt
//
// The treebank is a CoNLL-U file, compressed. The output is sorted.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	fewest     = 4  // times that a word is written small
	mostUpper  = 4  // per cent of its uses that have a capital
	shortest   = 3  // letters
	columns    = 10 // of a CoNLL-U line
	formColumn = 1
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "commonwords: name one treebank, TREEBANK.conllu.gz")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "commonwords:", err)
		os.Exit(1)
	}
}

func run(path string, out io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	words, err := common(z)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, `# Words that are hardly ever written with a capital inside a sentence.
# Counted in the Dutch UD treebanks Alpino and LassySmall, CC BY-SA 4.0, by
# "go run ./internal/cmd/commonwords ../shared/data/treebank/train.conllu.gz".
`)
	for _, word := range words {
		fmt.Fprintln(w, word)
	}
	return w.Flush()
}

// uses counts how a word is written.
type uses struct{ small, capital int }

// common reads CoNLL-U and gives the words, sorted.
func common(r io.Reader) ([]string, error) {
	counts := map[string]*uses{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	opens := true // the next word may open a sentence or a quotation
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != columns {
			opens = true // a comment, or between sentences
			continue
		}
		word := fields[formColumn]
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(first) {
			opens = opens || !unicode.IsDigit(first)
			continue
		}
		if !opens {
			count(counts, word, unicode.IsUpper(first))
		}
		opens = false
	}
	var out []string
	for word, n := range counts {
		if n.small >= fewest && n.capital*100 <= mostUpper*(n.small+n.capital) && utf8.RuneCountInString(word) >= shortest && onlyLetters(word) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return out, lines.Err()
}

func count(counts map[string]*uses, word string, capital bool) {
	word = strings.ToLower(word)
	n := counts[word]
	if n == nil {
		n = &uses{}
		counts[word] = n
	}
	if capital {
		n.capital++
	} else {
		n.small++
	}
}

func onlyLetters(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) < 0
}
