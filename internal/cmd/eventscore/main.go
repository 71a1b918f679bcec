// Command eventscore says how well events are coded, against sentences and articles
// coded by hand, and how often they are found where there are none:
//
//	go run ./internal/cmd/eventscore internal/event/testdata/sentences/report.jsonl
//	go run ./internal/cmd/eventscore internal/event/testdata/report
//	go run ./internal/cmd/eventscore internal/event/testdata/quiet.txt
//
// An event is right in type if its type is the annotated one, or one that the
// annotation accepts beside it; right in full if the codes of actors and recipients
// are too, as sets. In articles its trigger, or one of its tellings, must stand in
// the sentence of the annotated trigger, unless all its parties are the annotated
// ones: the annotation marks one telling of several. Events that may be coded or not count
// neither way. Of sentences the share with all events right is given besides.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"telex/internal/chain"
	"telex/internal/document"
	"telex/internal/event"
	"telex/internal/event/gold"
	"telex/internal/pipeline"
)

func main() {
	news := flag.String("news", "../shared/data/news/dpg-2019.jsonl.gz", "`FILE` of the articles")
	wrong := flag.Bool("errors", false, "print what is missed and what is wrong, and why")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: eventscore [flags] FILE.jsonl | FOLDER | FILE.txt, such as internal/event/testdata/report")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *news, *wrong); err != nil {
		log.Fatal("eventscore: ", err)
	}
}

func run(out io.Writer, path, news string, wrong bool) error {
	texts, err := gold.Read(path, news)
	if err != nil {
		return err
	}
	steps, err := chain.Steps()
	if err != nil {
		return err
	}
	var all score
	for i := range texts {
		a, notes, err := code(steps, &texts[i])
		if err != nil {
			return err
		}
		misses := all.add(&texts[i], a)
		if wrong && len(misses) > 0 {
			show(out, &texts[i], a, misses, notes)
		}
	}
	fmt.Fprintf(out, "%s: %d texts, %d events annotated, %d coded\n", path, len(texts), all.gold, all.coded)
	fmt.Fprintf(out, "type:                     %s\n", all.typ)
	fmt.Fprintf(out, "type, actor, recipient:   %s\n", all.full)
	fmt.Fprintf(out, "texts right in type %.1f %%, in full %.1f %%; realis right in %.1f %% of those right in type\n",
		percent(all.textsTyped, len(texts)), percent(all.textsFull, len(texts)), percent(all.realis, all.typ.right))
	return nil
}

// code passes one text through the chain as far as its events.
func code(steps []pipeline.Step, t *gold.Text) (*document.Article, []event.Note, error) {
	d, err := document.Decode(t.Document(), document.Origin{})
	if err != nil {
		return nil, nil, fmt.Errorf("text %s: %w", t.ID, err)
	}
	a := d.Article("", "score")
	for _, s := range steps {
		if e, last := s.(*event.Step); last {
			notes, err := e.Explain(context.Background(), a)
			return a, notes, err
		}
		if err := s.Apply(context.Background(), a); err != nil {
			return nil, nil, fmt.Errorf("step %s over text %s: %w", s.Name(), t.ID, err)
		}
	}
	return a, nil, fmt.Errorf("the chain has no step %q", event.Name)
}

// show prints one text with what went wrong, and what the coder noted.
func show(out io.Writer, t *gold.Text, a *document.Article, misses []string, notes []event.Note) {
	fmt.Fprintf(out, "## %s %s\n", t.ID, t.Rule)
	if t.Article == 0 {
		fmt.Fprintln(out, "  ", a.Raw)
	}
	for _, m := range misses {
		fmt.Fprintln(out, "  ", m)
	}
	for _, n := range notes {
		mark := "coded"
		if !n.Coded {
			mark = "not, " + n.Why
		}
		s := a.Sentences[n.Sentence].Span
		fmt.Fprintf(out, "      %s %s/%s [%s] [%s] %s %s (%s): %s\n", a.Raw[n.Trigger.Start:n.Trigger.End], n.Type, n.Mode,
			strings.Join(n.Actors, " "), strings.Join(n.Recipients, " "), n.Realis, n.Date, n.Pattern, mark)
		if t.Article != 0 {
			fmt.Fprintf(out, "         %.160s\n", a.Raw[s.Start:s.End])
		}
	}
}
