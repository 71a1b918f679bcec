// Command layoutscore scores layout against blocks labelled by hand.
//
//	go run ./internal/cmd/layoutscore [--news FILE] [--errors] FOLDER...
//
// FOLDER holds labels as internal/layout/testdata/GUIDE.md tells; FILE is the
// collection that labels without a text beside them belong to.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"telex/internal/document"
	"telex/internal/lang/nl"
	"telex/internal/layout"
	"telex/internal/layout/gold"
)

func main() {
	news := flag.String("news", "../shared/data/news/dpg-2019.jsonl.gz", "`FILE` of JSON lines with the news texts that labels refer to")
	wrong := flag.Bool("errors", false, "print each block that was missed or wrongly found")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "layoutscore: name at least one folder of labels, such as internal/layout/testdata/build")
		os.Exit(2)
	}
	for _, folder := range flag.Args() {
		if err := run(folder, *news, *wrong); err != nil {
			fmt.Fprintln(os.Stderr, "layoutscore:", err)
			os.Exit(1)
		}
	}
}

func run(folder, news string, wrong bool) error {
	articles, missing, err := gold.Read(folder, news)
	if err != nil {
		return err
	}
	dutch, err := nl.Rules()
	if err != nil {
		return err
	}
	step, score := layout.New(dutch), gold.NewScore()
	for _, a := range articles {
		out := &document.Article{Raw: a.Raw, TitleEnd: a.TitleEnd}
		if err := step.Apply(context.Background(), out); err != nil {
			return fmt.Errorf("lay out %s: %w", a.ID, err)
		}
		score.Add(a, out.Blocks)
		if wrong {
			differ(a, out.Blocks)
		}
	}
	fmt.Printf("%s: %d articles, %d left out because their text is not here\n", folder, len(articles), missing)
	score.Write(os.Stdout)
	return nil
}

// differ prints the blocks that only one side has.
func differ(a gold.Article, found []document.Block) {
	only := func(sign string, these, those []document.Block) {
		has := map[document.Block]bool{}
		for _, b := range those {
			has[b] = true
		}
		for _, b := range these {
			if !has[b] {
				fmt.Printf("%s %s %s %q\n", a.ID, sign, b.Type, clip(a.Raw[b.Span.Start:b.Span.End]))
			}
		}
	}
	only("missed", a.Blocks, found)
	only("wrong ", found, a.Blocks)
}

// clip shortens a text to its two ends.
func clip(s string) string {
	r := []rune(s)
	if len(r) <= 110 {
		return s
	}
	return string(r[:60]) + " … " + string(r[len(r)-45:])
}
