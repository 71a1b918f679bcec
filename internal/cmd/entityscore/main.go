// Command entityscore says how well roles, countries and places are found, in
// precision and recall over articles annotated by hand:
//
//	go run ./internal/cmd/entityscore [-gold-names] [-names FOLDER] FOLDER
//
// A role is right when its holder and office are; where gold says a country or a
// body, that is counted apart among the right ones. An office may also be one that
// the tables call wider or narrower ("near"). A country is a span with its code, a
// place the entity of its first mention with its GeoNames number.
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
	"telex/internal/entity/gold"
	"telex/internal/lang/nl"
	"telex/internal/place"
)

func main() {
	goldNames := flag.Bool("gold-names", false, "take the names from the annotation, not from the model")
	names := flag.String("names", "../shared/data/ner/news-2019", "`FOLDER` of the texts and of their names")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: entityscore [flags] FOLDER, such as internal/entity/testdata/report")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *names, *goldNames); err != nil {
		log.Fatal("entityscore: ", err)
	}
}

func run(out io.Writer, folder, names string, goldNames bool) error {
	articles, err := gold.ReadReports(folder, names)
	if err != nil {
		return err
	}
	all, err := chain.Steps()
	if err != nil {
		return err
	}
	pack, err := nl.Rules()
	if err != nil {
		return err
	}
	var steps []gold.Step
	for _, s := range all {
		steps = append(steps, s)
		if _, last := s.(*place.Step); last {
			break
		}
	}
	s := score{near: func(a, b string) bool { return pack.People.Covers(a, b) || pack.People.Covers(b, a) }}
	for i := range articles {
		a, err := articles[i].Run(context.Background(), steps, goldNames, entity.Name)
		if err != nil {
			return err
		}
		s.add(&articles[i], a)
	}
	fmt.Fprintf(out, "%s: %d articles\n%s", folder, len(articles), s.String())
	return nil
}

// byHolder finds the entity whose name stands at each span.
func byHolder(a *document.Article) map[document.Span]*document.Entity {
	out := map[document.Span]*document.Entity{}
	for i := range a.Entities {
		for _, m := range a.Entities[i].Mentions {
			if m.Form == "name" {
				out[m.Span] = &a.Entities[i]
			}
		}
	}
	return out
}
