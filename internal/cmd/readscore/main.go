// Command readscore says how well Dutch is read: it takes the raw text of
// treebanks in CoNLL-U, finds sentences and words, tags and parses them, and
// prints the F1 of each column as CoNLL 2018 defined it, with the commonest
// mistakes and the speed on one core.
package main

import (
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strings"
	"time"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/nlp/conlleval"
	"telex/internal/nlp/conllu"
	"telex/internal/nlp/parser"
)

func main() {
	model := flag.String("model", "parser.bin", "model file that parsertrain wrote")
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
	r, err := newReader(*model)
	if err != nil {
		log.Fatal(err)
	}
	for _, path := range flag.Args() {
		if err := r.report(os.Stdout, path, *top); err != nil {
			log.Fatal(err)
		}
	}
}

// reader reads text by the rules of a language pack and a parser model.
type reader struct {
	pack  lang.Pack
	model *parser.Model
}

func newReader(path string) (*reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the model (parsertrain makes one): %w", err)
	}
	defer f.Close()
	w, err := parser.Load(f)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", path, err)
	}
	pack, err := nl.Rules()
	if err != nil {
		return nil, err
	}
	return &reader{pack, parser.NewModel(w)}, nil
}

// batch is the number of sentences read at once, about an article.
const batch = 30

// read analyses a text.
func (r *reader) read(text string) []*conllu.Sentence {
	var out []*conllu.Sentence
	sentences := r.pack.Sentences.Split(text)
	for len(sentences) > 0 {
		n := min(batch, len(sentences))
		out = append(out, r.some(text, sentences[:n])...)
		sentences = sentences[n:]
	}
	return out
}

func (r *reader) some(text string, sentences []document.Span) []*conllu.Sentence {
	forms, readings := make([][]string, len(sentences)), make([][]parser.Reading, len(sentences))
	var spans []document.Span
	for i, s := range sentences {
		spans = r.pack.Grammar.Tokens.Append(spans[:0], text[s.Start:s.End], s.Start)
		for _, t := range spans {
			forms[i] = append(forms[i], text[t.Start:t.End])
		}
		readings[i] = make([]parser.Reading, len(spans))
	}
	r.model.Read(forms, readings)
	out := make([]*conllu.Sentence, len(sentences))
	for i := range sentences {
		out[i] = &conllu.Sentence{}
		for j, w := range readings[i] {
			out[i].Words = append(out[i].Words, conllu.Word{Form: forms[i][j], Lemma: "_", UPOS: w.UPOS, XPOS: w.XPOS, Feats: w.Feats, Head: w.Head, Deprel: w.Deprel, Misc: "_"})
		}
	}
	return out
}

// report scores one file.
func (r *reader) report(out io.Writer, path string, top int) error {
	gold, err := readFile(path)
	if err != nil {
		return err
	}
	text := rawText(gold)
	start := time.Now()
	system := r.read(text)
	took := time.Since(start)
	scores, err := conlleval.Evaluate(gold, system)
	if err != nil {
		return fmt.Errorf("score %s: %w", path, err)
	}
	fmt.Fprintf(out, "%s: %d sentences, %.0f tokens/s\n", path, len(gold), float64(scores.Scores["Tokens"].System)/took.Seconds())
	for _, name := range conlleval.Names() {
		if name == "Lemmas" {
			continue // not read yet
		}
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

// rawText joins the sentences with a space, or a blank line where the treebank
// says that a paragraph or document begins.
func rawText(sentences []*conllu.Sentence) string {
	var b strings.Builder
	for i, s := range sentences {
		if i > 0 {
			b.WriteByte(' ')
		}
		for _, c := range s.Comments {
			if i > 0 && (strings.HasPrefix(c, "newpar") || strings.HasPrefix(c, "newdoc")) {
				b.WriteString("\n\n")
				break
			}
		}
		b.WriteString(s.Text())
	}
	return b.String()
}
