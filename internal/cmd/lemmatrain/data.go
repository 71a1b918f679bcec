package main

import (
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"telex/internal/nlp/conllu"
	"telex/internal/nlp/lemma"
)

// observation is a word of a treebank with its lemma, without the particle that
// stands apart from it.
type observation struct {
	form, lemma, upos, tag string
	first                  bool // in its sentence
	particle               bool // of a verb
	kind                   generation
}

// pairing is a verb with a word that is its particle.
type pairing struct {
	particle, verb, tag string
	joined              bool
}

// treebank is what is learned from.
type treebank struct {
	words    []observation
	pairings []pairing
	listed   []pairing // of the lexicon
	classes  []lemma.Class
}

func readSentences(path string) ([]*conllu.Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the treebank: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read the treebank %s: %w", path, err)
	}
	var all []*conllu.Sentence
	for s, err := range conllu.Read(z) {
		if err != nil {
			return nil, fmt.Errorf("read the treebank %s: %w", path, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// partOf gives the part of the treebank that a sentence is from: all of the
// source up to its file.
func partOf(s *conllu.Sentence) string {
	source := s.Comment("source")
	if strings.HasSuffix(source, ".xml") {
		return filepath.Dir(source)
	}
	return source
}

// generation says how far the lemmas of a part of the treebank follow those of its
// largest part.
type generation int

const (
	current generation = iota
	older              // other lemmas for some words
	plain              // the parts of words are not shown
)

// leastAgreement is how many of the nouns and adjectives of a part must have the
// lemma of the largest part for it to count as current.
const leastAgreement = 0.985

// generations finds out what the parts of a treebank are. A part is plain if it
// has forty verbs, and no "_" in a lemma of any.
func generations(all []*conllu.Sentence) map[string]generation {
	verbs, marked, size := map[string]int{}, map[string]int{}, map[string]int{}
	lemmas := map[string]seen{}
	for _, s := range all {
		part := partOf(s)
		if lemmas[part] == nil {
			lemmas[part] = seen{}
		}
		for _, w := range s.Words {
			size[part]++
			switch w.UPOS {
			case "VERB":
				verbs[part]++
				marked[part] += strings.Count(w.Lemma, "_")
			case "NOUN", "ADJ":
				lemmas[part].add(strings.ToLower(w.Form), w.UPOS, w.Lemma)
			}
		}
	}
	largest := ""
	for _, part := range slices.Sorted(maps.Keys(size)) {
		if size[part] > size[largest] {
			largest = part
		}
	}
	out := map[string]generation{}
	for part := range size {
		switch {
		case verbs[part] >= 40 && marked[part] == 0:
			out[part] = plain
		case agreement(lemmas[part], lemmas[largest]) < leastAgreement:
			out[part] = older
		}
	}
	return out
}

// agreement gives the share of the words known to both whose lemmas are the same.
func agreement(part, whole seen) float64 {
	both, same := 0, 0
	for form, tags := range part {
		for tag, c := range tags {
			if whole[form][tag] == nil {
				continue
			}
			best := whole[form][tag].best()
			for l, n := range c {
				both += n
				if l == best {
					same += n
				}
			}
		}
	}
	return float64(same+1) / float64(both+1)
}

func collect(all []*conllu.Sentence) *treebank {
	t, kinds := &treebank{}, generations(all)
	classes := map[lemma.Class]bool{}
	for _, s := range all {
		t.addSentence(s, kinds[partOf(s)])
		for _, w := range s.Words {
			if w.XPOS != "_" {
				classes[lemma.Class{UPOS: w.UPOS, XPOS: w.XPOS, Tag: classOf(w.UPOS, w.XPOS)}] = true
			}
		}
	}
	for c := range classes {
		t.classes = append(t.classes, c)
	}
	slices.SortFunc(t.classes, func(a, b lemma.Class) int {
		return strings.Compare(a.UPOS+"\t"+a.XPOS, b.UPOS+"\t"+b.XPOS)
	})
	return t
}

func (t *treebank) addSentence(s *conllu.Sentence, kind generation) {
	bare := make([]string, len(s.Words))
	for i, w := range s.Words {
		bare[i] = w.Lemma
		if w.XPOS == "SPEC|afk" { // the words that an abbreviation stands for
			bare[i] = strings.ReplaceAll(w.Lemma, "_", " ")
		}
	}
	for _, w := range s.Words {
		if w.Deprel != "compound:prt" || w.Head == 0 {
			continue
		}
		particle := strings.ToLower(w.Form)
		verb, ok := strings.CutPrefix(bare[w.Head-1], particle+"_")
		if kind != plain {
			t.pairings = append(t.pairings, pairing{particle, verb, classOf(w.UPOS, w.XPOS), ok})
		}
		if ok {
			bare[w.Head-1] = verb
		}
	}
	first := true
	for i, w := range s.Words {
		o := observation{w.Form, bare[i], w.UPOS, classOf(w.UPOS, w.XPOS), first, w.Deprel == "compound:prt", kind}
		first = first && w.UPOS == "PUNCT"
		if w.Lemma == "" || w.Lemma == "_" && w.Form != "_" {
			continue
		}
		if prefix, _, ok := strings.Cut(bare[i], "_"); ok && w.UPOS == "VERB" && !strings.HasPrefix(strings.ToLower(w.Form), prefix) {
			continue // its particle stands elsewhere
		}
		t.words = append(t.words, o)
	}
}

// inflection lists, for tags of the CGN set, the values that a lemma depends on.
var inflection = map[string][]string{
	"N":   {"eigen", "ev", "mv", "dim", "gen", "dat"},
	"ADJ": {"comp", "sup", "dim", "met-e", "met-s", "zonder", "mv-n"},
	"WW":  {"pv", "inf", "vd", "od", "tgw", "verl", "conj", "ev", "mv", "met-t", "met-e", "zonder", "mv-n"},
}

// classOf names the class of words that are inflected alike.
func classOf(upos, xpos string) string {
	if xpos == "_" || xpos == "" {
		return upos
	}
	fields := strings.Split(xpos, "|")
	values, ok := inflection[fields[0]]
	if !ok {
		return upos + " " + xpos
	}
	kept := []string{upos, fields[0]}
	for _, f := range fields[1:] {
		if slices.Contains(values, f) {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, " ")
}
