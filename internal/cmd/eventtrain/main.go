// Command eventtrain learns which candidates of the tables are events, and who stands
// on their sides, from annotated articles and sentences:
//
//	go run ./internal/cmd/eventtrain -out events.bin internal/event/testdata/learn.jsonl internal/event/testdata/build
//
// The first look at a candidate is learned from all texts. The second, which sees what
// the first says of an article, is learned by jack-knife: from first looks that did
// not learn from that article. The same texts and settings give the same file.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"log"
	"os"

	"telex/internal/chain"
	"telex/internal/document"
	"telex/internal/event"
	"telex/internal/event/gold"
	"telex/internal/lang"
	"telex/internal/pipeline"
)

type settings struct {
	news, out string
	epochs    int
	rate      float64
	l2        [3]float64 // of the first look, the second, and the sides
	fewest    [3]int     // likewise, in how many places a feature must stand
	folds     int
	sentence  float64
	seed      uint64
}

func main() {
	var s settings
	flag.StringVar(&s.news, "news", "../shared/data/news/dpg-2019.jsonl.gz", "`FILE` of the articles")
	flag.StringVar(&s.out, "out", "events.bin", "model file to write")
	flag.IntVar(&s.epochs, "epochs", 20, "times over the examples")
	flag.Float64Var(&s.rate, "rate", 0.02, "step of AdaGrad")
	flag.IntVar(&s.folds, "folds", 5, "parts of the jack-knife")
	flag.Float64Var(&s.sentence, "sentence", 1, "weight of a candidate of a single sentence")
	flag.Uint64Var(&s.seed, "seed", 1, "of the order of the examples")
	flag.Parse()
	s.l2, s.fewest = [3]float64{0.05, 0.01, 0.02}, [3]int{3, 5, 3}
	if flag.NArg() == 0 || s.folds < 2 {
		fmt.Fprintln(os.Stderr, "usage: eventtrain [flags, of which -folds is at least 2] FILE.jsonl | FOLDER ..., annotated as internal/event/testdata/GUIDE.md says")
		os.Exit(2)
	}
	if err := run(s, flag.Args()); err != nil {
		log.Fatal("eventtrain: ", err)
	}
}

func run(s settings, paths []string) error {
	texts, err := readTexts(s, paths)
	if err != nil {
		return err
	}
	judge := &lang.Judge{First: s.learnFirst(texts, -1)}
	log.Printf("first look: %d features", judge.First.Features())
	judge.Second = s.learnSecond(texts)
	judge.Sides = s.learnSides(texts)
	log.Printf("sides: %d features", judge.Sides.Features())
	return save(judge, s.out)
}

// text is an annotated text with its candidates.
type text struct {
	*gold.Text
	lessons *event.Lessons
	right   []verdict
	fold    int
}

func readTexts(s settings, paths []string) ([]*text, error) {
	steps, err := chain.Steps()
	if err != nil {
		return nil, err
	}
	var out []*text
	for _, path := range paths {
		list, err := gold.Read(path, s.news)
		if err != nil {
			return nil, err
		}
		log.Printf("%s: %d texts", path, len(list))
		for i := range list {
			t := &text{Text: &list[i], fold: len(out) % s.folds}
			if err := t.gather(steps); err != nil {
				return nil, err
			}
			out = append(out, t)
		}
	}
	return out, nil
}

// gather passes a text through the chain as far as its candidates, and labels them.
func (t *text) gather(steps []pipeline.Step) error {
	d, err := document.Decode(t.Document(), document.Origin{})
	if err != nil {
		return fmt.Errorf("text %s: %w", t.ID, err)
	}
	a := d.Article("", "train")
	for _, s := range steps {
		if e, last := s.(*event.Step); last {
			if t.lessons, err = e.Lessons(context.Background(), a); t.lessons == nil || err != nil {
				return err
			}
			t.right = label(t.Text, a, t.lessons.Candidates)
			return nil
		}
		if err := s.Apply(context.Background(), a); err != nil {
			return fmt.Errorf("step %s over text %s: %w", s.Name(), t.ID, err)
		}
	}
	return fmt.Errorf("the chain has no step %q", event.Name)
}

func save(judge *lang.Judge, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	if err := judge.Save(out); err != nil {
		f.Close()
		return err
	}
	if err := out.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
