// Package conllu reads, writes and checks sentences in CoNLL-U, the format of
// Universal Dependencies (universaldependencies.org/format.html).
package conllu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// Word is a syntactic word. A field without a value holds "_".
type Word struct {
	Form, Lemma, UPOS, XPOS, Feats string
	Head                           int // from 1 within the sentence, 0 for the root
	Deprel                         string
	Misc                           string
}

// Range is a token that stands for several words, which are First to Last,
// counted from 1.
type Range struct {
	First, Last int
	Form, Misc  string
}

// Sentence is one sentence. Comments are its comment lines without "#" and the
// space after it, in order. Empty nodes and enhanced dependencies are not kept.
type Sentence struct {
	Comments []string
	Words    []Word
	Ranges   []Range
}

// Comment gives the value of the comment "key = value", "" without one.
func (s *Sentence) Comment(key string) string {
	for _, c := range s.Comments {
		if v, ok := strings.CutPrefix(c, key+" = "); ok {
			return v
		}
	}
	return ""
}

// maxLine bounds a line of a file, in bytes.
const maxLine = 1 << 23

// Read gives the sentences of r one by one. An error names its line and is the
// last thing given. Trees are not checked: see Validate.
func Read(r io.Reader) iter.Seq2[*Sentence, error] {
	return func(yield func(*Sentence, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxLine)
		now, number := &Sentence{}, 0
		for lines.Scan() {
			number++
			line := strings.TrimSuffix(lines.Text(), "\r")
			switch {
			case line == "":
				if len(now.Words) > 0 && !yield(now, nil) {
					return
				}
				now = &Sentence{}
			case line[0] == '#':
				now.Comments = append(now.Comments, strings.TrimPrefix(line[1:], " "))
			default:
				if err := now.add(line); err != nil {
					yield(nil, fmt.Errorf("read CoNLL-U, line %d: %w", number, err))
					return
				}
			}
		}
		if err := lines.Err(); err != nil {
			yield(nil, fmt.Errorf("read CoNLL-U after line %d: %w", number, err))
			return
		}
		if len(now.Words) > 0 {
			yield(now, nil)
		}
	}
}

// add takes one line of ten fields.
func (s *Sentence) add(line string) error {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d fields where there should be 10", len(f))
	}
	if strings.Contains(f[0], ".") {
		return nil // an empty node
	}
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		a, err := strconv.Atoi(first)
		b, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || a != len(s.Words)+1 || b < a {
			return fmt.Errorf("the range %q does not stand before its first word", f[0])
		}
		s.Ranges = append(s.Ranges, Range{a, b, f[1], f[9]})
		return nil
	}
	if id, err := strconv.Atoi(f[0]); err != nil || id != len(s.Words)+1 {
		return fmt.Errorf("the id %q where %d should stand", f[0], len(s.Words)+1)
	}
	head, err := strconv.Atoi(f[6])
	if err != nil || head < 0 {
		return fmt.Errorf("the head %q is no number of a word", f[6])
	}
	s.Words = append(s.Words, Word{f[1], f[2], f[3], f[4], f[5], head, f[7], f[9]})
	return nil
}

// Append adds s to dst as CoNLL-U, with the blank line that ends it.
func Append(dst []byte, s *Sentence) []byte {
	for _, c := range s.Comments {
		dst = append(append(append(dst, "# "...), c...), '\n')
	}
	ranges := s.Ranges
	for i, w := range s.Words {
		for len(ranges) > 0 && ranges[0].First == i+1 {
			r := ranges[0]
			dst = strconv.AppendInt(dst, int64(r.First), 10)
			dst = strconv.AppendInt(append(dst, '-'), int64(r.Last), 10)
			dst = append(append(dst, '\t'), r.Form...)
			dst = append(dst, "\t_\t_\t_\t_\t_\t_\t_\t"...)
			dst = append(append(dst, r.Misc...), '\n')
			ranges = ranges[1:]
		}
		dst = strconv.AppendInt(dst, int64(i+1), 10)
		for _, f := range []string{w.Form, w.Lemma, w.UPOS, w.XPOS, w.Feats} {
			dst = append(append(dst, '\t'), f...)
		}
		dst = strconv.AppendInt(append(dst, '\t'), int64(w.Head), 10)
		dst = append(append(dst, '\t'), w.Deprel...)
		dst = append(append(dst, "\t_\t"...), w.Misc...)
		dst = append(dst, '\n')
	}
	return append(dst, '\n')
}

// Validate says what is wrong with s, if anything: fields that are empty or hold
// a tab or line break, heads outside the sentence, no or several roots, a cycle,
// a root without the relation root, a text that its words do not rebuild.
func Validate(s *Sentence) error {
	if len(s.Words) == 0 {
		return errors.New("a sentence without words")
	}
	roots := 0
	for i, w := range s.Words {
		for _, f := range []string{w.Form, w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Deprel, w.Misc} {
			if f == "" || strings.ContainsAny(f, "\t\n\r") {
				return fmt.Errorf("word %d has the field %q, empty or with a tab or line break", i+1, f)
			}
		}
		if w.Head < 0 || w.Head > len(s.Words) || w.Head == i+1 {
			return fmt.Errorf("word %d has the head %d among %d words", i+1, w.Head, len(s.Words))
		}
		if w.Head == 0 {
			roots++
		}
		if (w.Head == 0) != (w.Deprel == "root") {
			return fmt.Errorf("word %d has the head %d and the relation %s", i+1, w.Head, w.Deprel)
		}
	}
	if roots != 1 {
		return fmt.Errorf("%d roots", roots)
	}
	if v := s.cycle(); v > 0 {
		return fmt.Errorf("word %d is on a cycle", v)
	}
	if text := s.Comment("text"); text != "" && strings.TrimSpace(s.Text()) != text {
		return fmt.Errorf("the words rebuild %q where the text is %q", s.Text(), text)
	}
	return nil
}

// cycle gives a word that does not lead to the root, 0 without one. Each word is
// visited once.
func (s *Sentence) cycle() int {
	walk := make([]int, len(s.Words)+1) // in which walk a word was seen
	for i := range s.Words {
		for v := i + 1; v != 0; v = s.Words[v-1].Head {
			if walk[v] == i+1 {
				return v
			}
			if walk[v] != 0 {
				break
			}
			walk[v] = i + 1
		}
	}
	return 0
}

// Text joins the tokens with a space, except where SpaceAfter=No.
func (s *Sentence) Text() string {
	var b strings.Builder
	ranges := s.Ranges
	for i := 0; i < len(s.Words); i++ {
		form, misc := s.Words[i].Form, s.Words[i].Misc
		if len(ranges) > 0 && ranges[0].First == i+1 {
			form, misc = ranges[0].Form, ranges[0].Misc
			i = ranges[0].Last - 1
			ranges = ranges[1:]
		}
		b.WriteString(form)
		if !SpaceAfterNo(misc) {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// SpaceAfterNo tells whether a MISC field holds SpaceAfter=No.
func SpaceAfterNo(misc string) bool {
	for rest := misc; rest != ""; {
		var item string
		item, rest, _ = strings.Cut(rest, "|")
		if item == "SpaceAfter=No" {
			return true
		}
	}
	return false
}
