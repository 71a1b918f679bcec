package lang

import (
	"fmt"
	"slices"
	"strings"

	"telex/internal/plover"
)

// WordSense is what a word is about, by itself.
type WordSense struct {
	Acts  []plover.Type // what it tells or hints at when one party does it to another; at most two, the likelier first
	Topic Topic
	Tone  string // "-" of something bad, "+" of something good, "0" neither
	Kind  string // of nouns per, grp, thi, abs, dee; of verbs say, wil, do, men, sta; of adjectives jud, des, rel
}

// Topic is a field of which a word may be; the table of a pack explains them.
type Topic uint8

// The topics.
const (
	Politics Topic = iota
	Law
	War
	Society
	Economy
	Sport
	Culture
	Medicine
	Environment
	Living
	Education
	NoTopic // of words of no one field
	Topics  // how many there are
)

var topicNames = [Topics]string{"pol", "law", "war", "soc", "eco", "spo", "cul", "med", "env", "liv", "edu", "gen"}

// String gives the name of a topic in the tables.
func (t Topic) String() string { return topicNames[t] }

// Senses says what words are about. It is immutable.
type Senses struct{ words map[senseKey]*WordSense }

type senseKey struct{ upos, lemma string }

// Of gives the sense of a lemma, in lower case, by its part of speech; of a compound
// that is not listed (parts joined by "_") that of its last part; nil for none.
func (s *Senses) Of(lemma, upos string) *WordSense {
	if sense := s.words[senseKey{upos, lemma}]; sense != nil || !strings.Contains(lemma, partsMark) {
		return sense
	}
	if sense := s.words[senseKey{upos, strings.ReplaceAll(lemma, partsMark, "")}]; sense != nil {
		return sense
	}
	return s.words[senseKey{upos, lemma[strings.LastIndex(lemma, partsMark)+len(partsMark):]}]
}

var senseKinds = map[string][]string{
	"NOUN": {"per", "grp", "thi", "abs", "dee"},
	"VERB": {"say", "wil", "do", "men", "sta"},
	"ADJ":  {"jud", "des", "rel"},
}

// NewSenses reads a table of lines "lemma POS acts topic tone kind". An error names
// file and line.
func NewSenses(t Table) (*Senses, error) {
	s := &Senses{words: map[senseKey]*WordSense{}}
	err := eachNumbered(t, func(_, line string) error {
		f := strings.Fields(line)
		if len(f) != 6 {
			return fmt.Errorf("%d fields, not lemma, part of speech, acts, topic, tone and kind", len(f))
		}
		key := senseKey{f[1], f[0]}
		if s.words[key] != nil {
			return fmt.Errorf("%s %s stands twice", f[0], f[1])
		}
		sense, err := parseSense(f[1], f[2:])
		s.words[key] = sense
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// maxActs is how many types a word hints at.
const maxActs = 2

// parseSense reads acts, topic, tone and kind of a word of a part of speech.
func parseSense(upos string, f []string) (*WordSense, error) {
	topic := slices.Index(topicNames[:], f[1])
	switch {
	case !slices.Contains(senseKinds[upos], f[3]):
		return nil, fmt.Errorf("%q is no kind of %s", f[3], upos)
	case topic < 0:
		return nil, fmt.Errorf("%q is no topic", f[1])
	case len(f[2]) != 1 || !strings.Contains("-0+", f[2]):
		return nil, fmt.Errorf("%q is no tone: -, 0 or +", f[2])
	}
	sense := &WordSense{Topic: Topic(topic), Tone: f[2], Kind: f[3]}
	if f[0] == "-" {
		return sense, nil
	}
	for act := range strings.SplitSeq(f[0], ",") {
		if !plover.Known(plover.Type(act), "") {
			return nil, fmt.Errorf("%q is no type of PLOVER", act)
		}
		if len(sense.Acts) == maxActs || slices.Contains(sense.Acts, plover.Type(act)) {
			return nil, fmt.Errorf("%q is not at most %d types, each once", f[0], maxActs)
		}
		sense.Acts = append(sense.Acts, plover.Type(act))
	}
	return sense, nil
}
