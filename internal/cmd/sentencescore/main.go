// Command sentencescore measures how well sentences are found in raw text,
// against a treebank in CoNLL-U (plain or .gz):
//
//	go run ./internal/cmd/sentencescore ../shared/data/treebank/alpino-dev.conllu.gz
//
// The texts of the sentences of a document are joined by spaces and split
// again. Precision, recall and F1 are over sentences whose two ends are both
// right, as in the CoNLL 2018 shared task (Zeman et al. 2018, section 5): ends
// are counted in characters that are no white space.
package main

import (
	"flag"
	"fmt"
	"os"

	"telex/internal/lang/nl"
	"telex/internal/nlp/segment"
)

func main() {
	errors := flag.Int("errors", 0, "show so many wrong ends, with the text around them")
	general := flag.Bool("default", false, "split by the rules for languages without a pack")
	paragraphs := flag.Bool("paragraphs", false, "tell the splitter where paragraphs begin, by the names of the sentences")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: sentencescore [-errors N] [-default] [-paragraphs] FILE...")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	dutch, err := nl.Rules()
	if err != nil {
		fmt.Fprintln(os.Stderr, "sentencescore:", err)
		os.Exit(1)
	}
	rules := dutch.Sentences
	if *general {
		rules = segment.Default()
	}
	for _, path := range flag.Args() {
		docs, err := read(path)
		if err != nil {
			fmt.Fprintf(os.Stderr, "sentencescore: read %s: %v\n", path, err)
			os.Exit(1)
		}
		s := score(rules, docs, *paragraphs)
		fmt.Printf("%s: %s\n", path, s)
		s.show(os.Stdout, *errors)
	}
}
