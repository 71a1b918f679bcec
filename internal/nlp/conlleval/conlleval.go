// Package conlleval scores analyses of raw text against a treebank as the shared
// task of CoNLL 2018 did (Zeman et al. 2018): words are aligned by the characters
// they cover, white space aside, and each figure is the F1 over words.
package conlleval

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"telex/internal/nlp/conllu"
)

// Score counts one kind of thing: how many gold has, how many the system has, how
// many of these are right.
type Score struct{ Gold, System, Right int }

// F1 is the harmonic mean of precision and recall, in percent.
func (s Score) F1() float64 {
	if s.Gold+s.System == 0 {
		return 0
	}
	return 200 * float64(s.Right) / float64(s.Gold+s.System)
}

// Confusion is a mistake and how often it was made.
type Confusion struct {
	Gold, System string
	Count        int
}

// Report holds the scores by name, in the order of Names, and the mistakes made
// in each column, commonest first.
type Report struct {
	Scores     map[string]*Score
	Confusions map[string][]Confusion
}

// Names lists the scores. LAS ignores subtypes of relations, as the shared task
// did; LASFull does not.
func Names() []string {
	return []string{"Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS", "LASFull"}
}

// unit is a token, word or sentence by the characters it covers.
type unit struct{ start, end int }

// corpus is a treebank laid out along its characters.
type corpus struct {
	chars     []rune
	tokens    []unit
	sentences []unit
	spans     []unit
	words     []conllu.Word
	heads     []int // index of the head among all words, -1 for the root
	ranged    []int // number of the range that a word belongs to, -1 for none
}

func lay(sentences []*conllu.Sentence) *corpus {
	c := &corpus{}
	ranges := 0
	add := func(form string) unit {
		u := unit{start: len(c.chars)}
		for _, r := range form {
			if !unicode.IsSpace(r) {
				c.chars = append(c.chars, r)
			}
		}
		u.end = len(c.chars)
		return u
	}
	for _, s := range sentences {
		first, from := len(c.words), len(c.chars)
		left := s.Ranges
		var whole unit
		last := 0
		for i, w := range s.Words {
			if len(left) > 0 && left[0].First == i+1 {
				whole, last = add(left[0].Form), left[0].Last
				c.tokens = append(c.tokens, whole)
				left = left[1:]
				ranges++
			}
			u, in := whole, ranges
			if i >= last {
				u, in = add(w.Form), -1
				c.tokens = append(c.tokens, u)
			}
			c.spans, c.ranged, c.words = append(c.spans, u), append(c.ranged, in), append(c.words, w)
			c.heads = append(c.heads, first+w.Head-1)
			if w.Head == 0 {
				c.heads[len(c.heads)-1] = -1
			}
		}
		c.sentences = append(c.sentences, unit{from, len(c.chars)})
	}
	return c
}

// Evaluate scores system against gold. It fails when their characters differ,
// white space aside, and says where.
func Evaluate(gold, system []*conllu.Sentence) (*Report, error) {
	g, s := lay(gold), lay(system)
	if err := same(g.chars, s.chars); err != nil {
		return nil, err
	}
	r := &Report{Scores: map[string]*Score{}, Confusions: map[string][]Confusion{}}
	r.Scores["Tokens"] = overlap(g.tokens, s.tokens)
	r.Scores["Sentences"] = overlap(g.sentences, s.sentences)
	toSystem := align(g, s)
	for _, name := range Names()[2:] {
		r.Scores[name] = &Score{Gold: len(g.words), System: len(s.words)}
	}
	wrong := map[string]map[[2]string]int{}
	judge := func(name, gold, system string, right bool) {
		if right {
			r.Scores[name].Right++
			return
		}
		if wrong[name] == nil {
			wrong[name] = map[[2]string]int{}
		}
		wrong[name][[2]string{gold, system}]++
	}
	for i, j := range toSystem {
		if j < 0 {
			continue
		}
		a, b := g.words[i], s.words[j]
		judge("Words", a.Form, b.Form, true)
		judge("UPOS", a.UPOS, b.UPOS, a.UPOS == b.UPOS)
		judge("XPOS", a.XPOS, b.XPOS, a.XPOS == b.XPOS)
		fa, fb := universal(a.Feats), universal(b.Feats)
		judge("UFeats", fa, fb, fa == fb)
		judge("Lemmas", a.Form+" "+a.Lemma, b.Lemma, a.Lemma == "_" || a.Lemma == b.Lemma)
		head := g.heads[i] < 0 && s.heads[j] < 0 || g.heads[i] >= 0 && s.heads[j] >= 0 && toSystem[g.heads[i]] == s.heads[j]
		pa, pb := plain(a.Deprel), plain(b.Deprel)
		judge("UAS", pa, "another head", head)
		judge("LAS", pa, pb, head && pa == pb)
		judge("LASFull", a.Deprel, b.Deprel, head && a.Deprel == b.Deprel)
	}
	for name, list := range wrong {
		r.Confusions[name] = ranked(list)
	}
	return r, nil
}

func same(a, b []rune) error {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Errorf("compare the texts: after %d characters gold goes on with %q, the system with %q", i, excerpt(a, i), excerpt(b, i))
		}
	}
	if len(a) != len(b) {
		return fmt.Errorf("compare the texts: gold has %d characters, the system %d", len(a), len(b))
	}
	if len(a) == 0 {
		return errors.New("compare the texts: they are empty")
	}
	return nil
}

func excerpt(x []rune, i int) string { return string(x[i:min(len(x), i+20)]) }

func overlap(gold, system []unit) *Score {
	s := &Score{Gold: len(gold), System: len(system)}
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		switch a, b := gold[i], system[j]; {
		case a == b:
			s.Right++
			i, j = i+1, j+1
		case a.start < b.start || a.start == b.start && a.end < b.end:
			i++
		default:
			j++
		}
	}
	return s
}

// align gives for each gold word the system word that stands for the same
// characters, or -1. Where one of the sides has a range, the words in it are
// aligned by the longest common sequence of their forms.
func align(g, s *corpus) []int {
	out := make([]int, len(g.words))
	for i := range out {
		out[i] = -1
	}
	for i, j := 0, 0; i < len(g.words) && j < len(s.words); {
		if g.ranged[i] >= 0 || s.ranged[j] >= 0 {
			ei, ej := block(g, s, i, j)
			common(g, s, i, ei, j, ej, out)
			i, j = ei, ej
			continue
		}
		switch a, b := g.spans[i], s.spans[j]; {
		case a == b:
			out[i] = j
			i, j = i+1, j+1
		case a.start <= b.start && a.end <= b.end || a.start < b.start:
			i++
		default:
			j++
		}
	}
	return out
}

// block ends the stretch from i and j on in which ranges overlap with words.
func block(g, s *corpus, i, j int) (int, int) {
	end := 0
	if g.ranged[i] >= 0 && (s.ranged[j] < 0 || g.spans[i].start <= s.spans[j].start) {
		end = g.spans[i].end
	} else {
		end = s.spans[j].end
	}
	for grown := true; grown; {
		grown = false
		for i < len(g.words) && g.spans[i].start < end {
			if g.ranged[i] >= 0 && g.spans[i].end > end {
				end, grown = g.spans[i].end, true
			}
			i++
		}
		for j < len(s.words) && s.spans[j].start < end {
			if s.ranged[j] >= 0 && s.spans[j].end > end {
				end, grown = s.spans[j].end, true
			}
			j++
		}
	}
	return i, j
}

// common aligns the words i to ei of gold with j to ej of system.
func common(g, s *corpus, i, ei, j, ej int, out []int) {
	n, m := ei-i, ej-j
	table := make([][]int, n+1)
	for a := range table {
		table[a] = make([]int, m+1)
	}
	equal := func(a, b int) bool { return strings.EqualFold(g.words[i+a].Form, s.words[j+b].Form) }
	for a := n - 1; a >= 0; a-- {
		for b := m - 1; b >= 0; b-- {
			if equal(a, b) {
				table[a][b] = table[a+1][b+1] + 1
			} else {
				table[a][b] = max(table[a+1][b], table[a][b+1])
			}
		}
	}
	for a, b := 0, 0; a < n && b < m; {
		switch {
		case equal(a, b):
			out[i+a] = j + b
			a, b = a+1, b+1
		case table[a+1][b] >= table[a][b+1]:
			a++
		default:
			b++
		}
	}
}

func plain(relation string) string {
	head, _, _ := strings.Cut(relation, ":")
	return head
}

// universal keeps the features that the shared task compared.
func universal(feats string) string {
	kept := slices.DeleteFunc(strings.Split(feats, "|"), func(f string) bool {
		name, _, _ := strings.Cut(f, "=")
		return !slices.Contains(universals(), name)
	})
	slices.Sort(kept)
	return strings.Join(kept, "|")
}

func universals() []string {
	return []string{"PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
		"Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite"}
}

func ranked(wrong map[[2]string]int) []Confusion {
	var list []Confusion
	for _, pair := range slices.SortedFunc(maps.Keys(wrong), func(a, b [2]string) int {
		return cmp.Or(wrong[b]-wrong[a], strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	}) {
		list = append(list, Confusion{pair[0], pair[1], wrong[pair]})
	}
	return list
}
