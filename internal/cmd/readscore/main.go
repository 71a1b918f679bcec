// Command readscore says how well Dutch is read: it takes the raw text of
// treebanks in CoNLL-U through the steps that find sentences, words, tags, lemmas
// and trees, and prints the F1 of each column as CoNLL 2018 defined it, with the
// commonest mistakes and the speed on one core.
package main

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strings"
	"time"

	"telex/internal/document"
	"telex/internal/grammar"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/lang/nl/models"
	"telex/internal/nlp/conlleval"
	"telex/internal/nlp/conllu"
	"telex/internal/nlp/parser"
	"telex/internal/sentence"
)

func main() {
	model := flag.String("model", "", "parser model that parsertrain wrote, instead of the one of the pack")
	top := flag.Int("top", 5, "mistakes shown for each column")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: readscore [flags] FILE.conllu[.gz]...")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	runtime.GOMAXPROCS(1) // the speed is that of one core
	pack, err := load(*model)
	if err != nil {
		log.Fatal(err)
	}
	r := newReader(pack)
	for _, path := range flag.Args() {
		if err := r.report(os.Stdout, path, *top); err != nil {
			log.Fatal(err)
		}
	}
}

// load gives the Dutch pack, with another parser model where path names one.
func load(path string) (lang.Pack, error) {
	if path == "" {
		return nl.New()
	}
	pack, err := nl.Rules()
	if err != nil {
		return pack, err
	}
	f, err := os.Open(path)
	if err != nil {
		return pack, fmt.Errorf("open the model (parsertrain makes one): %w", err)
	}
	defer f.Close()
	w, err := parser.Load(f)
	if err != nil {
		return pack, fmt.Errorf("load %s: %w", path, err)
	}
	pack.Grammar.Parser = parser.NewModel(w)
	pack.Grammar.Lemmas, err = models.Lemmas()
	return pack, err
}

// reader reads text by the steps of the pipeline.
type reader struct {
	language  string
	sentences *sentence.Step
	grammar   *grammar.Step
}

func newReader(pack lang.Pack) *reader {
	return &reader{pack.Code, sentence.New(pack), grammar.New(pack)}
}

// read analyses a text, and tells how long that took.
func (r *reader) read(text string) ([]*conllu.Sentence, time.Duration, error) {
	a := &document.Article{Raw: text, Language: document.Language{Code: r.language},
		Blocks: []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(text)}}}}
	start := time.Now()
	if err := r.sentences.Apply(context.Background(), a); err != nil {
		return nil, 0, err
	}
	if err := r.grammar.Apply(context.Background(), a); err != nil {
		return nil, 0, err
	}
	took := time.Since(start)
	if why := a.Absent[grammar.Name]; why != "" {
		return nil, 0, fmt.Errorf("the text was not read: %s", why)
	}
	out := make([]*conllu.Sentence, len(a.Sentences))
	for i, s := range a.Sentences {
		out[i] = &conllu.Sentence{}
		for _, t := range a.Tokens[s.First:s.Last] {
			out[i].Words = append(out[i].Words, conllu.Word{Form: text[t.Span.Start:t.Span.End], Lemma: t.Lemma,
				UPOS: t.UPOS, XPOS: t.XPOS, Feats: t.Feats, Head: t.Head, Deprel: t.Deprel, Misc: "_"})
		}
	}
	return out, took, nil
}

// portion is the number of sentences of a treebank that make one text: an
// article has a limit.
const portion = 2000

// report scores one file.
func (r *reader) report(out io.Writer, path string, top int) error {
	gold, err := readFile(path)
	if err != nil {
		return err
	}
	var system []*conllu.Sentence
	var took time.Duration
	for rest := gold; len(rest) > 0; rest = rest[min(portion, len(rest)):] {
		read, t, err := r.read(rawText(rest[:min(portion, len(rest))]))
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		system = append(system, read...)
		took += t
	}
	scores, err := conlleval.Evaluate(gold, system)
	if err != nil {
		return fmt.Errorf("score %s: %w", path, err)
	}
	fmt.Fprintf(out, "%s: %d sentences, %d tokens; from raw text to tree %.0f tokens/s on one core\n", path, len(gold),
		scores.Scores["Tokens"].Gold, float64(scores.Scores["Tokens"].System)/took.Seconds())
	for _, name := range conlleval.Names() {
		fmt.Fprintf(out, "  %-10s %6.2f\n", name, scores.Scores[name].F1())
		for i, c := range scores.Confusions[name] {
			if i == top {
				break
			}
			fmt.Fprintf(out, "  %17d  %s -> %s\n", c.Count, c.Gold, c.System)
		}
	}
	return nil
}

func readFile(path string) ([]*conllu.Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the treebank: %w", err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
	}
	var all []*conllu.Sentence
	for s, err := range conllu.Read(in) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// rawText joins the sentences as the shared task did: with a space, unless the
// last word of a sentence says that none follows, and a blank line where the
// treebank says that a paragraph or document begins.
func rawText(sentences []*conllu.Sentence) string {
	var b strings.Builder
	for i, s := range sentences {
		switch {
		case i == 0:
		case begins(s):
			b.WriteString("\n\n")
		case !glued(sentences[i-1]):
			b.WriteByte(' ')
		}
		b.WriteString(s.Text())
	}
	return b.String()
}

// begins tells whether a paragraph or document begins with s.
func begins(s *conllu.Sentence) bool {
	for _, c := range s.Comments {
		if strings.HasPrefix(c, "newpar") || strings.HasPrefix(c, "newdoc") {
			return true
		}
	}
	return false
}

// glued tells whether no white space follows s.
func glued(s *conllu.Sentence) bool {
	misc := s.Words[len(s.Words)-1].Misc
	if n := len(s.Ranges); n > 0 && s.Ranges[n-1].Last == len(s.Words) {
		misc = s.Ranges[n-1].Misc
	}
	return conllu.SpaceAfterNo(misc)
}
