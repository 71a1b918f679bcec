// Package grammar is the step that reads the sentences of an article: it divides
// them into words and gives each word its part of speech, features, lemma and
// place in the tree of its sentence, in Universal Dependencies, and finds the
// words that are names.
package grammar

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/lemma"
	"telex/internal/nlp/namer"
	"telex/internal/nlp/parser"
)

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "tokens"

const (
	// batch is how many words are parsed together, and so the memory; ctx is
	// looked at in between. A sentence is never divided: those of package segment
	// have at most some thousands of words.
	batch = 2000
	// most bounds the words and sentences of one article that are read, 600 kB
	// of running text. What follows gets no tokens, and Absent says so.
	most = 100_000
	// usual is the length of a word with its space, in bytes, by which room is
	// made for the list.
	usual = 5
)

// Step reads sentences. It is immutable but for room that it uses again; one
// value serves all workers.
type Step struct {
	grammars map[string]*lang.Grammar // by language code
	room     sync.Pool                // *reader
}

// New makes the step. An article is read by the grammar of the pack of its
// language; others get no tokens.
func New(packs ...lang.Pack) *Step {
	s := &Step{grammars: map[string]*lang.Grammar{}}
	for _, p := range packs {
		if p.Grammar != nil && p.Grammar.Parser != nil {
			s.grammars[p.Code] = p.Grammar
		}
	}
	s.room.New = func() any { return new(reader) }
	return s
}

// Name gives the name of the layer.
func (s *Step) Name() string { return Name }

// Version changes with the rules and the models of the packs.
func (s *Step) Version() string { return "1" }

// Apply sets the tokens of a and, for each sentence, which of them are its own.
// The tokens of a sentence hold all of it that is not white space; Head counts
// from 1 within it. Spans are bytes of a.Raw. The only error is that of ctx.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	g := s.grammars[a.Language.Code]
	if g == nil {
		explain(a, fmt.Sprintf("no grammar of the language %q", a.Language.Code))
		return nil
	}
	a.Tokens = make([]document.Token, 0, len(a.Raw)/usual+8)
	r := s.room.Get().(*reader)
	defer s.room.Put(r)
	total := 0
	for next := 0; next < len(a.Sentences) && total < most; {
		if err := ctx.Err(); err != nil {
			return err
		}
		first, words := next, 0
		for ; next < len(a.Sentences) && words < batch; next++ {
			words += r.divide(g, a, &a.Sentences[next])
		}
		r.parse(g, a, first, next, words)
		if total += words + next - first; total >= most && next < len(a.Sentences) {
			explain(a, fmt.Sprintf("cut: only the first %d of %d sentences were read, for there are more than %d words", next, len(a.Sentences), most))
		}
	}
	return r.label(ctx, g, a)
}

func explain(a *document.Article, why string) {
	if a.Absent == nil {
		a.Absent = map[string]string{}
	}
	a.Absent[Name] = why
}

// reader is room to read sentences in, used again for the next.
type reader struct {
	spans    []document.Span
	list     []string
	forms    [][]string
	readings []parser.Reading
	out      [][]parser.Reading
	words    []lemma.Word
	lemmas   []string
	scores   [][]float32 // of the labels of names, by sentence
	all      []float32   // the same of the article, a row for each token
}

// divide adds the words of s to the tokens of a and tells how many they are.
func (r *reader) divide(g *lang.Grammar, a *document.Article, s *document.Sentence) int {
	r.spans = g.Tokens.Append(r.spans[:0], a.Raw[s.Span.Start:s.Span.End], s.Span.Start)
	s.First = len(a.Tokens)
	for _, span := range r.spans {
		a.Tokens = append(a.Tokens, document.Token{Span: span})
	}
	s.Last = len(a.Tokens)
	return len(r.spans)
}

// parse reads the sentences [first,next) of a, of so many words, together.
func (r *reader) parse(g *lang.Grammar, a *document.Article, first, next, words int) {
	sentences := a.Sentences[first:next]
	if len(r.list) < words {
		r.list, r.readings = make([]string, words), make([]parser.Reading, words)
	}
	r.forms, r.out = r.forms[:0], r.out[:0]
	n := 0
	for _, s := range sentences {
		first := n
		for _, t := range a.Tokens[s.First:s.Last] {
			r.list[n] = a.Raw[t.Span.Start:t.Span.End]
			n++
		}
		r.forms = append(r.forms, r.list[first:n])
		r.out = append(r.out, r.readings[first:n])
	}
	g.Parser.ReadScores(r.forms, r.out, r.scoresOf(g, sentences))
	for i, s := range sentences {
		r.fill(g, a.Tokens[s.First:s.Last], r.forms[i], r.out[i])
	}
	clear(r.list) // the room keeps no article in memory
}

// scoresOf gives room for the scores of names of sentences; nil where they are not
// asked for.
func (r *reader) scoresOf(g *lang.Grammar, sentences []document.Sentence) [][]float32 {
	if g.Names == nil || len(sentences) == 0 {
		return nil
	}
	k := len(g.Parser.Names)
	from := sentences[0].First * k
	n := sentences[len(sentences)-1].Last * k
	r.all = slices.Grow(r.all[:from], n-from)[:n]
	r.scores = r.scores[:0]
	for _, s := range sentences {
		r.scores = append(r.scores, r.all[s.First*k:s.Last*k])
	}
	return r.scores
}

// label finds the names of a by the labeller and the scores of the parser; where
// there is no labeller, the parser has the last word.
func (r *reader) label(ctx context.Context, g *lang.Grammar, a *document.Article) error {
	if g.Names == nil {
		return nil
	}
	return g.Names.Label(ctx, a, &namer.Extra{Labels: g.Parser.Names, Scores: r.all})
}

// fill says of the words of one sentence what was read of them. Without a
// lemmatiser their lemmas are "_".
func (r *reader) fill(g *lang.Grammar, tokens []document.Token, forms []string, readings []parser.Reading) {
	r.words = r.words[:0]
	for i, w := range readings {
		t := &tokens[i]
		t.Lemma, t.UPOS, t.XPOS, t.Feats = "_", w.UPOS, w.XPOS, w.Feats
		t.Head, t.Deprel, t.Name = w.Head, w.Deprel, w.Name
		r.words = append(r.words, lemma.Word{Form: forms[i], UPOS: w.UPOS, XPOS: w.XPOS, Deprel: w.Deprel, Head: w.Head})
	}
	if g.Lemmas != nil {
		r.lemmas = g.Lemmas.Append(r.lemmas[:0], r.words)
		for i, found := range r.lemmas {
			tokens[i].Lemma = found
		}
	}
	clear(r.words)
	clear(r.lemmas)
}
