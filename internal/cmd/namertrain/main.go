// Command namertrain learns to find names from articles with names, lists of
// names and running text.
//
//	go run ./internal/cmd/namertrain -out names.bin
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"telex/internal/entity/gold"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/lang/nl/models"
	"telex/internal/nlp/namer"
	"telex/internal/nlp/parser"
)

type settings struct {
	data, out, parser, cache, skip string
	try                            bool
	first, second                  float64
	namer.Settings
}

func main() {
	var s settings
	flag.StringVar(&s.data, "data", "../shared/data", "`FOLDER` of the data")
	flag.StringVar(&s.out, "out", "names.bin", "model file to write; none if empty")
	flag.StringVar(&s.parser, "parser", "", "parser model; that of the pack if empty")
	flag.StringVar(&s.cache, "cache", "", "beginning of the files that keep the parsed articles for the next run")
	flag.StringVar(&s.skip, "skip", "", "groups of features to leave out: listed,own,tags,context")
	flag.BoolVar(&s.try, "try", false, "measure other weights of the parser's scores")
	flag.Float64Var(&s.first, "first", 0, "weight of the parser's scores in the first pass")
	flag.Float64Var(&s.second, "second", 0.3, "weight of the parser's scores in the second pass")
	flag.IntVar(&s.Epochs, "epochs", 8, "times over the articles")
	flag.Float64Var(&s.Rate, "rate", 0.1, "step of AdaGrad")
	flag.Float64Var(&s.Decay, "decay", 0.02, "share that weights lose in an epoch")
	flag.Float64Var(&s.Drop, "drop", 0.2, "share of words whose form is hidden")
	flag.IntVar(&s.Fewest, "fewest", 2, "times that a feature must be seen")
	flag.IntVar(&s.Folds, "folds", 4, "parts of the jack-knife")
	flag.Uint64Var(&s.Seed, "seed", 1, "of the order of the articles")
	flag.Parse()
	s.Weights = [2]float32{float32(s.first), float32(s.second)}
	if err := run(s); err != nil {
		log.Fatal("namertrain: ", err)
	}
}

var kinds = []string{"LOC", "MISC", "ORG", "PER"}

func run(s settings) error {
	pack, err := readPack(s.parser)
	if err != nil {
		return err
	}
	train, dev, err := readAll(s, pack)
	if err != nil {
		return err
	}
	log.Printf("labels of the parser | %s", measureAll(dev, nil, s.Weights))
	for i, a := range train.Read {
		train.gold[i].Label(a)
	}
	log.Printf("%d articles to learn from, labelled from gold: %s", len(train.Read), line(train.score()))
	s.Kinds, s.Groups = kinds, groups(s.skip)
	s.Lists = pack.Grammar.Listed
	if s.Lists.Learned, err = readLists(s.data, pack); err != nil {
		return err
	}
	log.Printf("%d names and words in lists", s.Lists.Learned.Len())
	s.Report = func(pass, epoch int, m *namer.Model) {
		if epoch < s.Epochs {
			return
		}
		for _, w := range weights(s, pass) {
			log.Printf("pass %d epoch %d, %d features, weights %.2f | %s", pass+1, epoch, m.Features(), w, measureAll(dev, m, w))
		}
	}
	return save(namer.Train(train.Read, s.Settings), s.out)
}

// groups gives the groups of features but those whose names skip holds.
func groups(skip string) namer.Group {
	all := namer.AllGroups
	for name, g := range map[string]namer.Group{"listed": namer.Listed, "own": namer.OwnLists, "tags": namer.Tags, "context": namer.Context} {
		if strings.Contains(skip, name) {
			all &^= g
		}
	}
	return all
}

// weights gives those of the parser's scores that are measured after a pass.
func weights(s settings, pass int) [][2]float32 {
	switch {
	case pass == 0:
		return [][2]float32{{}, {0, s.Weights[1]}}
	case s.try:
		return [][2]float32{{}, {0, 0.3}, {0.3, 0.3}, {0.5, 0.5}, {0.3, 0.5}, {0.5, 0.3}}
	}
	return [][2]float32{{}, s.Weights}
}

func save(m *namer.Model, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := m.Save(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// readPack gives the pack with a parser, but without the labeller of names: that
// is what comes out.
func readPack(path string) (lang.Pack, error) {
	pack, err := nl.Rules()
	if err != nil {
		return pack, err
	}
	if path == "" {
		pack.Grammar.Parser, err = models.Grammar()
		return pack, err
	}
	f, err := os.Open(path)
	if err != nil {
		return pack, err
	}
	defer f.Close()
	w, err := parser.Load(f)
	if err != nil {
		return pack, err
	}
	pack.Grammar.Parser = parser.NewModel(w)
	return pack, nil
}

func cache(s settings, name string) string {
	if s.cache == "" {
		return ""
	}
	return s.cache + name
}

func readAll(s settings, pack lang.Pack) (train corpus, dev []corpus, err error) {
	folder, root := filepath.Join(s.data, "ner", "news-2019"), filepath.Dir(s.data)
	articles, err := gold.Read(folder, folder, partTrain)
	if err != nil {
		return train, nil, err
	}
	if train, err = readCorpus(trained, articles, pack, cache(s, trained)); err != nil {
		return train, nil, err
	}
	for _, x := range []struct {
		name string
		read func() ([]gold.Article, error)
	}{
		{"2019", func() ([]gold.Article, error) { return gold.Read(folder, folder, partDev) }},
		{"2001", func() ([]gold.Article, error) {
			return gold.Read(filepath.Join(root, "gold", "news-dev"), filepath.Join(root, "samples", "news-dev"), "")
		}},
	} {
		if articles, err = x.read(); err != nil {
			return train, nil, err
		}
		c, err := readCorpus(x.name, articles, pack, cache(s, x.name))
		if err != nil {
			return train, nil, err
		}
		dev = append(dev, c)
	}
	return train, dev, nil
}

// measureAll labels corpora, with the scores of the parser by weights for both
// passes, and gives how well; without a model, how well they are labelled.
func measureAll(corpora []corpus, m *namer.Model, weights [2]float32) string {
	var lines []string
	for _, c := range corpora {
		for i, a := range c.Read {
			if m == nil {
				break
			}
			extra := &namer.Extra{Labels: c.labels, Scores: c.Scores[i], Weights: &weights}
			if err := m.Label(context.Background(), a, extra); err != nil {
				return err.Error()
			}
		}
		lines = append(lines, c.name+" "+line(c.score()))
	}
	return strings.Join(lines, " | ")
}

func line(score gold.NameScore) string {
	var all gold.Count
	var b strings.Builder
	for _, k := range kinds {
		if c := score[k]; c != nil {
			all.Gold, all.System, all.Right = all.Gold+c.Gold, all.System+c.System, all.Right+c.Right
			fmt.Fprintf(&b, " %s %.1f", k, c.F1())
		}
	}
	return fmt.Sprintf("%.2f (p %.1f r %.1f)%s", all.F1(), all.Precision(), all.Recall(), b.String())
}
