// Command quotescore says how well quotations are found and attributed, against
// articles annotated by hand.
//
//	go run ./internal/cmd/quotescore [-gold-names] [-errors] [-texts FOLDER] FOLDER|FILE
//
// A quotation is right if its span and its speaker are: of direct ones the span
// needs an intersection over union of 0.9, of all of 0.5. Each annotated one is
// matched once; doubtful ones are neither rewarded nor penalised.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"telex/internal/chain"
	"telex/internal/document"
	"telex/internal/entity"
	"telex/internal/quote"
)

func main() {
	names := flag.String("gold-names", "", "take the names from the annotation in `FOLDER`, not from the model")
	wrong := flag.Bool("errors", false, "print what is missed and what is wrong")
	texts := flag.String("texts", "../shared/samples/news-dev", "`FOLDER` of the texts")
	published := flag.String("published", "", "the `DATE` of the articles, for steps that need one")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: quotescore [flags] FOLDER, such as ../shared/gold/news-dev")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *texts, *names, *published, *wrong); err != nil {
		log.Fatal("quotescore: ", err)
	}
}

func run(out io.Writer, folder, texts, names, published string, wrong bool) error {
	articles, err := read(folder, texts, names)
	if err != nil {
		return err
	}
	steps, err := chain.Steps()
	if err != nil {
		return err
	}
	var all, direct score
	for i := range articles {
		a := &articles[i]
		got := &document.Article{ID: a.id, Raw: a.text, Published: published, DeclaredLang: "nl", Absent: map[string]string{}}
		for _, s := range steps {
			if s.Name() == entity.Name && a.names != nil {
				a.names.Label(got)
			}
			if err := s.Apply(context.Background(), got); err != nil {
				return fmt.Errorf("step %s over article %s: %w", s.Name(), a.id, err)
			}
			if s.Name() == quote.Name {
				break
			}
		}
		all.add(a, got, allKinds)
		direct.add(a, got, onlyDirect)
		if wrong {
			show(out, a, got)
		}
	}
	fmt.Fprintf(out, "%s: %d articles\n", folder, len(articles))
	fmt.Fprintf(out, "direct, span >= 0.9 and speaker: %s\n", direct)
	fmt.Fprintf(out, "all,    span >= 0.5 and speaker: %s\n", all)
	fmt.Fprintf(out, "spans alone: direct %.1f, all %.1f\n", direct.spansF1(), all.spansF1())
	return nil
}
