// Package export writes articles in formats of others.
package export

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/nlp/conllu"
	"telex/internal/nlp/tokenize"
)

// CoNLLU appends a to dst in CoNLL-U, the format of Universal Dependencies. The
// spans of a count bytes.
//
// Every character of a.Raw that is not white space stands in exactly one word,
// in order, and nothing stands there that is not in a.Raw. A block opens a
// paragraph and a comment names its type. What was not read (an article in a
// language without a grammar, the end of a very long one, invisible characters
// between blocks) is divided at white space and marks into words of the class X
// that all hang on the first.
//
// MISC holds start_char and end_char, code points of a.Raw, and the white space
// of the text: SpaceAfter=No where there is none, SpacesAfter where it is other
// than one space, and SpacesBefore on the first word. There \s is a space, \n,
// \r and \t are what they are in Go, and any other white space
// stands as \u and four hexadecimal digits.
func CoNLLU(dst []byte, a *document.Article) []byte {
	w := writer{article: a, dst: dst, plain: tokenize.Default(), block: -1}
	w.comments = append(w.comments, "newdoc id = "+oneLine(a.ID))
	if why := a.Absent["tokens"]; why != "" {
		w.comments = append(w.comments, "absent = tokens: "+oneLine(why))
	}
	for i := range a.Sentences {
		s := &a.Sentences[i]
		w.unread(s.Span.Start)
		if s.Block != w.block {
			w.block = s.Block
			w.comments = append(w.comments, "newpar", "block = "+string(a.Blocks[s.Block].Type))
		}
		if s.First < s.Last {
			w.sentence(a.Tokens[s.First:s.Last])
		} else {
			w.unread(s.Span.End)
		}
	}
	w.unread(len(a.Raw))
	return w.dst
}

// CoNLLURefusal says in comments why there is no article of the document id.
func CoNLLURefusal(id string, r *document.Refusal) []byte {
	return fmt.Appendf(nil, "# newdoc id = %s\n# error = %s: %s\n\n", oneLine(id), r.Reason, oneLine(r.Message))
}

// oneLine makes one line of text for a comment.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, text)
}

// writer writes one article, from its beginning to its end.
type writer struct {
	article  *document.Article
	dst      []byte
	plain    *tokenize.Rules
	comments []string // of the next sentence
	block    int      // of the last sentence, -1 before the first
	number   int      // of the last sentence, from 1
	at       int      // bytes of Raw that stand in words or are white space before them
	points   int      // the same in code points
	spans    []document.Span
	words    []document.Token
	out      conllu.Sentence
}

// unread writes what stands before end and is in no word yet, if that is more
// than white space.
func (w *writer) unread(end int) {
	if end <= w.at {
		return
	}
	w.spans = w.plain.Append(w.spans[:0], w.article.Raw[w.at:end], w.at)
	if len(w.spans) == 0 {
		return
	}
	w.words = w.words[:0]
	for _, s := range w.spans {
		w.words = append(w.words, document.Token{Span: s, UPOS: "X", Head: 1, Deprel: "dep"})
	}
	w.words[0].Head, w.words[0].Deprel = 0, "root"
	w.sentence(w.words)
}

// sentence writes one sentence, which has words.
func (w *writer) sentence(words []document.Token) {
	raw := w.article.Raw
	w.number++
	w.out.Words = w.out.Words[:0]
	for i := range words {
		t := &words[i]
		w.out.Words = append(w.out.Words, conllu.Word{Form: raw[t.Span.Start:t.Span.End], Lemma: field(t.Lemma),
			UPOS: field(t.UPOS), XPOS: field(t.XPOS), Feats: field(t.Feats), Head: t.Head, Deprel: field(t.Deprel), Misc: w.misc(t.Span)})
	}
	w.out.Comments = append(w.comments, "sent_id = "+w.article.Key+"-"+strconv.Itoa(w.number), "text = "+w.out.Text())
	w.dst = conllu.Append(w.dst, &w.out)
	w.comments = w.comments[:0]
}

func field(value string) string {
	if value == "" {
		return "_"
	}
	return value
}

// misc gives the place of a word and the white space around it. Words come in
// the order of the text.
func (w *writer) misc(s document.Span) string {
	raw := w.article.Raw
	var buf [64]byte
	out := buf[:0]
	rest := raw[s.End:]
	after := rest[:len(rest)-len(strings.TrimLeftFunc(rest, unicode.IsSpace))]
	switch {
	case after == "":
		out = append(out, "SpaceAfter=No|"...)
	case after != " ":
		out = append(appendSpaces(append(out, "SpacesAfter="...), after), '|')
	}
	if w.at == 0 && s.Start > 0 {
		out = append(appendSpaces(append(out, "SpacesBefore="...), raw[:s.Start]), '|')
	}
	w.points += utf8.RuneCountInString(raw[w.at:s.Start])
	out = strconv.AppendInt(append(out, "start_char="...), int64(w.points), 10)
	w.points += utf8.RuneCountInString(raw[s.Start:s.End])
	out = strconv.AppendInt(append(out, "|end_char="...), int64(w.points), 10)
	w.at = s.End
	return string(out)
}

// appendSpaces writes white space so that it breaks neither lines nor fields.
func appendSpaces(dst []byte, spaces string) []byte {
	for _, r := range spaces {
		switch r {
		case ' ':
			dst = append(dst, `\s`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = fmt.Appendf(dst, `\u%04X`, r)
		}
	}
	return dst
}
