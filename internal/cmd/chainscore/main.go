// Command chainscore says how well names of people and bodies are joined: B³
// over the name mentions of articles with chains made by hand.
//
//	go run ./internal/cmd/chainscore [-gold-names] [-errors] [-texts FOLDER] FOLDER
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"

	"telex/internal/chain"
	"telex/internal/document"
	"telex/internal/entity"
	"telex/internal/entity/gold"
)

func main() {
	goldNames := flag.Bool("gold-names", false, "take the names from the annotation, not from the model")
	wrong := flag.Bool("errors", false, "print the chains of articles that are not all right")
	texts := flag.String("texts", "../shared/samples/news-dev", "`FOLDER` of the texts")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: chainscore [flags] FOLDER, such as ../shared/gold/news-dev")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *texts, *goldNames, *wrong); err != nil {
		log.Fatal("chainscore: ", err)
	}
}

func run(out io.Writer, folder, texts string, goldNames, wrong bool) error {
	steps, err := readers()
	if err != nil {
		return err
	}
	articles, err := gold.Read(folder, texts, "")
	if err != nil {
		return err
	}
	var total gold.BCubed
	for i := range articles {
		a := &articles[i]
		read, err := a.Run(context.Background(), steps, goldNames, entity.Name)
		if err != nil {
			return err
		}
		var one gold.BCubed
		want, got := a.ChainOf(), gold.EntityOf(read)
		one.Add(want, got)
		total.Add(want, got)
		if wrong && one.F1() < 99.99 {
			fmt.Fprintf(out, "%s %.1f\n", a.ID, one.F1())
			show(out, "gold", a.Text, want)
			show(out, "    ", a.Text, got)
		}
	}
	fmt.Fprintf(out, "%s: %d articles, %d names of people and bodies, B³ precision %.2f recall %.2f F1 %.2f\n", folder, len(articles), total.Gold,
		100*total.Precision/float64(total.System), 100*total.Recall/float64(total.Gold), total.F1())
	return nil
}

// show writes the chains of more than one name, each by its texts.
func show(out io.Writer, who, text string, of map[document.Span]int) {
	chains := map[int][]document.Span{}
	for s, c := range of {
		chains[c] = append(chains[c], s)
	}
	var lines []string
	for _, spans := range chains {
		if len(spans) < 2 {
			continue
		}
		slices.SortFunc(spans, func(a, b document.Span) int { return a.Start - b.Start })
		line := fmt.Sprintf("%s %6d", who, spans[0].Start)
		for _, s := range spans {
			line += fmt.Sprintf(" | %s", text[s.Start:s.End])
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	for _, l := range lines {
		fmt.Fprintln(out, "  "+l)
	}
}

// readers gives the steps of the chain that read names.
func readers() ([]gold.Step, error) {
	all, err := chain.Steps()
	if err != nil {
		return nil, err
	}
	var steps []gold.Step
	for _, s := range all {
		steps = append(steps, s)
		if s.Name() == entity.Name {
			return steps, nil
		}
	}
	return nil, fmt.Errorf("the chain has no step %s", entity.Name)
}
