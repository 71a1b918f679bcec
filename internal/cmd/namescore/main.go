// Command namescore says how well names are found and typed: strict spans and
// types, by the definition of conlleval (Tjong Kim Sang 2002), over articles whose
// names were annotated by hand, and over text divided into words with IOB labels.
//
//	go run ./internal/cmd/namescore [-hash DIGITS] [-texts FOLDER] [-agree=false] FOLDER|FILE...
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
	var o options
	flag.StringVar(&o.hash, "hash", "", "only articles whose SHA-256 of the id begins with one of these hexadecimal `DIGITS`")
	flag.StringVar(&o.texts, "texts", "", "`FOLDER` of the texts; that of the annotation without it")
	flag.BoolVar(&o.agree, "agree", true, "let what an article shows clearly once decide its other names")
	flag.IntVar(&o.errors, "errors", 0, "print so many mistakes")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: namescore [flags] FOLDER|FILE..., such as ../shared/data/ner/news-2019")
		os.Exit(2)
	}
	steps, err := steps(o.agree)
	if err != nil {
		log.Fatal("namescore: ", err)
	}
	for _, path := range flag.Args() {
		if err := run(os.Stdout, steps, path, o); err != nil {
			log.Fatal("namescore: ", err)
		}
	}
}

type options struct {
	hash, texts string
	agree       bool
	errors      int
}

// steps gives the steps of the chain up to the entities.
func steps(agree bool) ([]gold.Step, error) {
	all, err := chain.Steps()
	if err != nil {
		return nil, err
	}
	var steps []gold.Step
	for _, s := range all {
		e, ok := s.(*entity.Step)
		switch {
		case ok && !agree:
			return append(steps, e.WithoutAgreement()), nil
		case ok:
			return append(steps, e), nil
		}
		steps = append(steps, s)
	}
	return nil, fmt.Errorf("the chain has no step %s", entity.Name)
}

func run(out io.Writer, steps []gold.Step, path string, o options) error {
	articles, err := read(path, o)
	if err != nil {
		return err
	}
	total := gold.NameScore{}
	for i := range articles {
		a := &articles[i]
		got, err := a.Run(context.Background(), steps, false, entity.Name)
		if err != nil {
			return err
		}
		wrong := total.Add(a.Names, names(got))
		for _, w := range wrong[:min(len(wrong), o.errors)] {
			fmt.Fprintf(out, "%s %s %-4s %q in %q\n", a.ID, w.Kind, w.Type, a.Text[w.Span.Start:w.Span.End], around(a.Text, w.Span))
		}
		o.errors -= min(len(wrong), o.errors)
	}
	fmt.Fprintf(out, "%s: %d articles\n%s", path, len(articles), total)
	return nil
}

func read(path string, o options) ([]gold.Article, error) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return gold.ReadIOB(path)
	}
	texts := o.texts
	if texts == "" {
		texts = path
	}
	return gold.Read(path, texts, o.hash)
}

// names gives the name mentions of an article in text order.
func names(a *document.Article) []gold.Name {
	var out []gold.Name
	for i := range a.Entities {
		for _, m := range a.Entities[i].Mentions {
			if m.Form == "name" {
				out = append(out, gold.Name{Span: m.Span, Type: a.Entities[i].Type})
			}
		}
	}
	slices.SortFunc(out, func(a, b gold.Name) int { return a.Span.Start - b.Span.Start })
	return out
}

const shown = 30 // bytes shown on each side of a mistake

func around(text string, s document.Span) string {
	return text[max(0, s.Start-shown):min(len(text), s.End+shown)]
}
