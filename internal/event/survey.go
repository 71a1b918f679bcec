package event

import (
	"slices"
	"strconv"

	"telex/internal/lang"
	"telex/internal/plover"
)

// survey is what the candidates and the words of an article are together.
type survey struct {
	density  string           // candidates that fit, for each sentence
	official string           // parties of a state or its politics, likewise
	size     string           // sentences
	kinds    []plover.Type    // all there are
	types    []int            // candidates of each of kinds that fit
	beside   []int32          // likewise in each sentence: those of all kinds, then those of the next sentence
	others   []int32          // candidates of each trigger
	topics   [lang.Topics]int // words of each topic
	words    int
	main     []lang.Topic // those of most words
	around   []topics     // of each sentence
	salient  []party      // of the entities named most, then of the candidates
	named    int          // how many of salient are entities
}

// topics counts what the words of a sentence are about.
type topics struct {
	topic     [lang.Topics]int
	bad, good int
	acts      int // words that hint at a type
}

// look surveys the article. The work is linear in its candidates and words.
func (r *reading) look() *survey {
	s := &survey{kinds: plover.Types(), others: make([]int32, len(r.tokens)), around: make([]topics, len(r.a.Sentences))}
	s.types, s.beside = make([]int, len(s.kinds)), make([]int32, len(s.kinds)*len(r.a.Sentences))
	sentences := 0
	for i := range r.a.Sentences {
		if isText(r.a.Blocks[r.a.Sentences[i].Block].Type) {
			sentences++
		}
	}
	s.countCandidates(r, max(sentences, 1))
	s.countTopics(r)
	s.size = bucket(sentences)
	s.salient, s.named = r.salient()
	return s
}

func (s *survey) countCandidates(r *reading, sentences int) {
	fits, officials := 0, 0
	for _, list := range [][]*candidate{r.found, r.loose} {
		for _, c := range list {
			s.others[c.trigger]++
			if c.out == "" {
				fits++
				kind := slices.Index(s.kinds, c.typ)
				s.types[kind]++
				s.besides(r.sentence[c.trigger])[kind]++
			}
			for _, side := range [][]party{c.actors, c.recipients} {
				for _, p := range side {
					officials += b2i(official(p.code.Sector))
				}
			}
		}
	}
	s.density, s.official = bucket(10*fits/sentences), bucket(10*officials/sentences)
}

// besides counts the candidates of a sentence that fit, by kinds.
func (s *survey) besides(sentence int32) []int32 {
	n := len(s.kinds)
	return s.beside[int(sentence)*n:][:n]
}

func (s *survey) countTopics(r *reading) {
	for i, sense := range r.senses {
		if sense == nil {
			continue
		}
		s.words++
		s.topics[sense.Topic]++
		t := &s.around[r.sentence[i]]
		t.topic[sense.Topic]++
		t.bad += b2i(sense.Tone == "-")
		t.good += b2i(sense.Tone == "+")
		t.acts += b2i(len(sense.Acts) > 0)
	}
	order := make([]lang.Topic, lang.NoTopic)
	for t := range lang.NoTopic {
		order[t] = t
	}
	slices.SortStableFunc(order, func(a, b lang.Topic) int { return s.topics[b] - s.topics[a] })
	s.main = order[:mainTopics]
}

// mainTopics is how many topics say what an article is about.
const mainTopics = 4

// How many entities, and how many codes of candidates, are thought of as parties of
// any event of the article.
const (
	salientEntities = 3
	salientCodes    = 4
)

// salient lists the entities named most, and behind them the codes that candidates
// have most.
func (r *reading) salient() (all []party, entities int) {
	var named []int
	for e := range r.parties {
		if r.parties[e].code.Country != "" && (r.parties[e].known || r.parties[e].person) {
			named = append(named, e)
		}
	}
	slices.SortStableFunc(named, func(a, b int) int { return len(r.a.Entities[b].Mentions) - len(r.a.Entities[a].Mentions) })
	for _, e := range named[:min(salientEntities, len(named))] {
		all = append(all, party{token: -1, entity: e, code: r.parties[e].code})
	}
	entities = len(all)
	counts := map[plover.Code]int{}
	var codes []plover.Code
	for _, c := range r.found {
		for _, side := range [][]party{c.actors, c.recipients} {
			for _, p := range side {
				if p.code.Country == "" {
					continue
				}
				if counts[p.code]++; counts[p.code] == 1 {
					codes = append(codes, p.code)
				}
			}
		}
	}
	slices.SortStableFunc(codes, func(a, b plover.Code) int { return counts[b] - counts[a] })
	for _, code := range codes[:min(salientCodes, len(codes))] {
		all = append(all, party{token: -1, entity: -1, code: code})
	}
	return all, entities
}

// bucket is a number in steps that grow with it.
func bucket(n int) string {
	switch {
	case n >= 25:
		return "25"
	case n >= 15:
		return "15"
	case n >= 9:
		return "9"
	case n >= 6:
		return "6"
	case n >= 4:
		return "4"
	}
	return strconv.Itoa(n)
}
