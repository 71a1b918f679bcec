// Command timescore measures how well time expressions are found and valued,
// against articles annotated by hand.
//
//	go run ./internal/cmd/timescore [-news FILE] [-errors] FOLDER...
//	go run ./internal/cmd/timescore -list FILE
//
// A FOLDER holds one JSON file for each article: its id, when it was published,
// and its times, whose spans count code points of headline, blank line and text.
// The texts themselves are found by id in the collection that -news names.
// With -list the times of a file of JSON lines are printed, to read them.
//
// Precision, recall and F1 are those of TempEval-3 (UzZaman et al. 2013): spans
// strictly (both ends right) and relaxed (any overlap), and value: an overlapping
// span whose type and value are equal.
package main

import (
	"flag"
	"fmt"
	"os"

	"telex/internal/chain"
)

func main() {
	news := flag.String("news", "../shared/data/news/dpg-2019.jsonl.gz", "`FILE` of JSON lines with the texts, plain or .gz")
	wrong := flag.Bool("errors", false, "print each time that was missed, wrongly found or wrongly valued")
	list := flag.String("list", "", "print the times found in a `FILE` of JSON lines instead")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: timescore [-news FILE] [-errors] FOLDER...\n       timescore -list FILE")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 && *list == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Args(), *news, *list, *wrong); err != nil {
		fmt.Fprintln(os.Stderr, "timescore:", err)
		os.Exit(1)
	}
}

func run(folders []string, news, list string, wrong bool) error {
	p, err := chain.New()
	if err != nil {
		return err
	}
	r := reader{pipeline: p}
	if list != "" {
		return r.list(os.Stdout, list)
	}
	for _, folder := range folders {
		gold, err := readGold(folder)
		if err != nil {
			return err
		}
		s, missing, err := r.score(gold, news)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %d articles, %d left out because their text is not here\n", folder, len(gold)-missing, missing)
		s.write(os.Stdout)
		if wrong {
			s.writeErrors(os.Stdout)
		}
	}
	return nil
}
