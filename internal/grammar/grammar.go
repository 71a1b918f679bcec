// Package grammar is the step that reads the sentences of an article: it divides
// them into words and gives each word its part of speech, features, lemma and
// place in the tree of its sentence, in Universal Dependencies.
package grammar

import (
	"context"
	"fmt"
	"sync"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/nlp/parser"
)

// Name is the layer that the step fills, and its key in Article.Absent.
const Name = "tokens"

const (
	// batch is how many words are parsed together, and so the memory.
	batch = 2000
	// longest is how many words of a sentence are parsed at once; ctx is looked
	// at in between.
	longest = 4000
	// most bounds the words and sentences of one article that are read, 600 kB
	// of running text. What follows gets no tokens, and Absent says so.
	most = 100_000
	// usual is the length of a word with its space, in bytes, by which room is
	// made for the list.
	usual = 6
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
	r.start(g, a)
	defer r.start(nil, nil) // the pool holds no article
	for i := range a.Sentences {
		if !r.add(i) {
			explain(a, fmt.Sprintf("cut: only the first %d of %d sentences were read, for an article's words are more than %d", i, len(a.Sentences), most))
			break
		}
		if r.words < batch {
			continue
		}
		if err := r.read(ctx); err != nil {
			return err
		}
	}
	return r.read(ctx)
}

func explain(a *document.Article, why string) {
	if a.Absent == nil {
		a.Absent = map[string]string{}
	}
	a.Absent[Name] = why
}

// reader reads one article; its lists are used again for the next.
type reader struct {
	grammar  *lang.Grammar
	article  *document.Article
	spans    []document.Span
	pieces   []piece
	words    int // in pieces
	forms    [][]string
	list     []string
	readings []parser.Reading
	out      [][]parser.Reading
	total    int // words and sentences so far
}

// piece is a run of tokens that is parsed as one: a sentence, or a part of one
// that is very long.
type piece struct{ sentence, first, last int }

func (r *reader) start(g *lang.Grammar, a *document.Article) {
	r.grammar, r.article = g, a
	r.pieces, r.words, r.total = r.pieces[:0], 0, 0
}

// add divides sentence i into words, which wait for read; false if they would be
// too many.
func (r *reader) add(i int) bool {
	a := r.article
	s := &a.Sentences[i]
	r.spans = r.grammar.Tokens.Append(r.spans[:0], a.Raw[s.Span.Start:s.Span.End], s.Span.Start)
	if r.total += len(r.spans) + 1; r.total > most {
		return false
	}
	s.First = len(a.Tokens)
	for _, span := range r.spans {
		a.Tokens = append(a.Tokens, document.Token{Span: span})
	}
	s.Last = len(a.Tokens)
	for first := s.First; first < s.Last; first += longest {
		r.pieces = append(r.pieces, piece{i, first, min(first+longest, s.Last)})
	}
	r.words += len(r.spans)
	return true
}

// read parses the pieces that wait, about batch words at a time.
func (r *reader) read(ctx context.Context) error {
	for first := 0; first < len(r.pieces); {
		if err := ctx.Err(); err != nil {
			return err
		}
		last, words := first, 0
		for last < len(r.pieces) && words < batch {
			words += r.pieces[last].last - r.pieces[last].first
			last++
		}
		r.parse(r.pieces[first:last], words)
		first = last
	}
	r.pieces, r.words = r.pieces[:0], 0
	return nil
}

// parse reads pieces of so many words together.
func (r *reader) parse(pieces []piece, words int) {
	a := r.article
	r.forms, r.out, r.list = r.forms[:0], r.out[:0], r.list[:0]
	if cap(r.readings) < words {
		r.readings = make([]parser.Reading, words)
	}
	if cap(r.list) < words {
		r.list = make([]string, 0, words) // forms keeps pieces of it: it must not move
	}
	for _, p := range pieces {
		n := len(r.list)
		for _, t := range a.Tokens[p.first:p.last] {
			r.list = append(r.list, a.Raw[t.Span.Start:t.Span.End])
		}
		r.forms = append(r.forms, r.list[n:])
		r.out = append(r.out, r.readings[n:len(r.list)])
	}
	r.grammar.Parser.Read(r.forms, r.out)
	for i, p := range pieces {
		tokens := a.Tokens[p.first:p.last]
		for j, w := range r.out[i] {
			t := &tokens[j]
			t.UPOS, t.XPOS, t.Feats, t.Head, t.Deprel, t.Lemma = w.UPOS, w.XPOS, w.Feats, w.Head, w.Deprel, "_"
		}
		join(a.Tokens[a.Sentences[p.sentence].First:p.last], p.last-p.first)
	}
	clear(r.list) // the pool holds no article
}

// join hangs the last n words of a sentence, a tree of their own, on the root of
// the words before them, if there are any.
func join(words []document.Token, n int) {
	from := len(words) - n
	if from == 0 {
		return
	}
	root := 0
	for i := range words[:from] {
		if words[i].Head == 0 {
			root = i
			break
		}
	}
	for i := range words[from:] {
		t := &words[from+i]
		if t.Head == 0 {
			t.Head, t.Deprel = root+1, "parataxis"
		} else {
			t.Head += from
		}
	}
}
