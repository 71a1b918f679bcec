package event

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"telex/internal/document"
	"telex/internal/nlp/parser"
)

// row is a word of a made sentence; head is the word on which it hangs, by its index,
// -1 for the root.
type row struct {
	form, lemma, upos, feats, rel string
	head                          int
}

// sentenceOf makes an article of one sentence.
func sentenceOf(rows []row) *document.Article {
	a := &document.Article{Language: document.Language{Code: "nl"}, Absent: map[string]string{}, PublishedAt: time.Date(2019, 6, 30, 12, 0, 0, 0, time.UTC)}
	var raw strings.Builder
	for _, w := range rows {
		start := raw.Len()
		raw.WriteString(w.form)
		a.Tokens = append(a.Tokens, document.Token{Span: document.Span{Start: start, End: raw.Len()}, Lemma: w.lemma, UPOS: w.upos, Feats: w.feats, Head: w.head + 1, Deprel: w.rel})
		raw.WriteByte(' ')
	}
	a.Raw = raw.String()
	whole := document.Span{End: raw.Len()}
	a.Blocks = []document.Block{{Type: document.Paragraph, Span: whole}}
	a.Sentences = []document.Sentence{{Span: whole, Last: len(a.Tokens)}}
	return a
}

// withEntities makes people of every so many words.
func withEntities(a *document.Article, every int) *document.Article {
	for i := 0; i < len(a.Tokens); i += every {
		s := a.Tokens[i].Span
		a.Entities = append(a.Entities, document.Entity{ID: "e" + strconv.Itoa(i), Type: "PER", Name: a.Raw[s.Start:s.End] + strconv.Itoa(i),
			Links: []document.Link{{Scheme: "iso3166", ID: "FRA"}}, Mentions: []document.Mention{{Span: s, Form: "name"}}})
	}
	return a
}

// crowd is a sentence of n times some words. Their heads count from the first of them,
// and -1 stands for the last root; one comes before as many words as the parser reads as
// one sentence.
func crowd(n int, root row, words ...row) *document.Article {
	var rows []row
	last := 0
	for i := range n {
		if i%(parser.MaxWords/len(words)) == 0 {
			last = len(rows)
			rows = append(rows, root)
		}
		first := len(rows)
		for _, w := range words {
			if w.head < 0 {
				w.head = last
			} else {
				w.head += first
			}
			rows = append(rows, w)
		}
	}
	return sentenceOf(rows)
}

// hostile are sentences that no newspaper has, of so many parts.
var hostile = []struct {
	name string
	make func(n int) *document.Article
}{
	{"candidates in a chain", func(n int) *document.Article {
		var rows []row
		for i := range n {
			at, above, rel := len(rows)+1, len(rows)-2, "conj"
			if i == 0 {
				above, rel = -1, "root"
			}
			rows = append(rows, row{"politie", "politie", "NOUN", "", "nsubj", at}, row{"arresteert", "arresteren", "VERB", "VerbForm=Fin", rel, above}, row{"betogers", "betoger", "NOUN", "Number=Plur", "obj", at})
		}
		return sentenceOf(rows)
	}},
	{"candidates on one root", func(n int) *document.Article {
		return crowd(n, arrests, row{"politie", "politie", "NOUN", "", "nsubj", 1}, row{"arresteert", "arresteren", "VERB", "VerbForm=Fin", "conj", -1}, row{"betogers", "betoger", "NOUN", "Number=Plur", "obj", 1})
	}},
	{"nouns on one verb", func(n int) *document.Article {
		return crowd(n/4, arrests, row{"betogers", "betoger", "NOUN", "Number=Plur", "obj", -1}, row{"agenten", "agent", "NOUN", "Number=Plur", "nsubj", -1},
			row{"betogers", "betoger", "NOUN", "Number=Plur", "obl", -1}, row{"ministers", "minister", "NOUN", "Number=Plur", "iobj", -1})
	}},
	{"hints on one verb", func(n int) *document.Article {
		return crowd(n, arrests, row{"kritiek", "kritiek", "NOUN", "", "obl", -1}, row{"op", "op", "ADP", "", "case", -1})
	}},
	{"thousands beside one noun", func(n int) *document.Article {
		rows := []row{arrests, {"politie", "politie", "NOUN", "", "nsubj", 0}}
		for range n {
			rows = append(rows, row{"agenten", "agent", "NOUN", "Number=Plur", "conj", 1})
		}
		return sentenceOf(rows)
	}},
	{"thousands of people on one verb", func(n int) *document.Article {
		rows := []row{{"overlegt", "overleggen", "VERB", "VerbForm=Fin", "root", -1}}
		for range n {
			rows = append(rows, row{"Macron", "Macron", "PROPN", "", "conj", 0})
		}
		return withEntities(sentenceOf(rows), 2)
	}},
}

var arrests = row{"arresteert", "arresteren", "VERB", "VerbForm=Fin", "root", -1}

// spent is how long a step takes to read an article.
func spent(tb testing.TB, step *Step, a *document.Article) time.Duration {
	tb.Helper()
	a.Events, a.Absent = nil, map[string]string{}
	start := time.Now()
	apply(tb, a, step)
	return time.Since(start)
}

// Four times as much takes about four times as long, not sixteen. Of some tries on a
// busy machine one must show it.
func TestJudgeTakesLinearTime(t *testing.T) {
	p, err := judgedRules()
	if err != nil {
		t.Fatal(err)
	}
	step := New(p)
	const n, most, tries = 5_000, 9, 4
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			few, many := h.make(n/4), h.make(n)
			short, long := 2*time.Millisecond, time.Duration(math.MaxInt64)
			for try := 0; try < tries && long > most*short; try++ {
				short, long = max(short, spent(t, step, few)), min(long, spent(t, step, many))
			}
			t.Logf("%d in %v, %d in %v", n/4, short, n, long)
			if long > most*short {
				t.Errorf("%d take %v, %d take %v", n/4, short, n, long)
			}
			if len(many.Events) > maxEvents {
				t.Errorf("%d events", len(many.Events))
			}
		})
	}
}

// A word on which thousands hang, which no parser of ours makes, is read all the same.
func TestFlatTree(t *testing.T) {
	t.Parallel()
	p, err := judgedRules()
	if err != nil {
		t.Fatal(err)
	}
	rows := []row{arrests}
	for i := range 1_500 {
		rows = append(rows, row{"betogers", "betoger", "NOUN", "Number=Plur", [...]string{"obj", "nsubj", "obl", "iobj", "nmod", "conj"}[i%6], 0},
			row{"kritiek", "kritiek", "NOUN", "", [...]string{"obl", "obj", "parataxis"}[i%3], 0})
	}
	a := sentenceOf(rows)
	apply(t, a, New(p))
	if len(a.Events) > maxEvents {
		t.Errorf("%d events", len(a.Events))
	}
	for _, e := range a.Events {
		if len(e.Actors) > maxParties || len(e.Recipients) > maxParties {
			t.Errorf("%s has %d actors and %d recipients", e.Type, len(e.Actors), len(e.Recipients))
		}
	}
}
