package main

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"telex/internal/nlp/lemma"
)

// builder gathers entries; tags are numbered as they come.
type builder struct {
	tags    map[string]int
	names   []string
	entries []lemma.Entry
}

func (b *builder) tag(name string) int {
	if i, ok := b.tags[name]; ok {
		return i
	}
	i := len(b.names)
	b.tags[name] = i
	b.names = append(b.names, name)
	return i
}

func (b *builder) add(form, tag, lemmaText string, stat uint8) {
	if form == "" || lemmaText == "" || strings.ContainsAny(form+lemmaText, "\t\n\u00a0") || len(form) > 64 || len(lemmaText) > 64 {
		return
	}
	b.entries = append(b.entries, lemma.Entry{Form: form, Lemma: lemmaText, Tag: b.tag(tag), Stat: stat})
}

// counts says how often each lemma was seen.
type counts map[string]int

// best gives the commonest lemma, the first of the alphabet among equals.
func (c counts) best() string {
	best := ""
	for l, n := range c {
		if best == "" || n > c[best] || n == c[best] && l < best {
			best = l
		}
	}
	return best
}

// seen counts lemmas by form, and for each form by tag.
type seen map[string]map[string]counts

func (s seen) add(form, tag, lemmaText string) {
	if s[form] == nil {
		s[form] = map[string]counts{}
	}
	if s[form][tag] == nil {
		s[form][tag] = counts{}
	}
	s[form][tag][lemmaText]++
}

func (s seen) best(form, upos, tag string) string {
	if c, ok := s[form][tag]; ok {
		return c.best()
	}
	if c, ok := s[form][upos]; ok {
		return c.best()
	}
	return ""
}

// addWords files the words of the treebank: forms in small letters where the
// lemma is in small letters; forms as written where that differs.
func (b *builder) addWords(words []observation) seen {
	small, written := seen{}, seen{}
	for _, w := range words {
		form, tag := strings.ToLower(w.form), w.tag
		if w.particle {
			tag = lemma.ParticleTag + w.upos
		}
		for _, t := range slices.Compact([]string{w.upos, tag}) {
			if w.particle && t == w.upos {
				continue
			}
			if strings.ToLower(w.lemma) == w.lemma {
				small.add(form, t, w.lemma)
			}
			if form != w.form {
				written.add(w.form, t, w.lemma)
			}
		}
	}
	small.leave(written)
	b.file(small, nil)
	b.file(written, small)
	return small
}

// leave takes out forms whose lemmas have capitals more often than not.
func (s seen) leave(written seen) {
	for form, tags := range written {
		under := strings.ToLower(form)
		for tag, c := range tags {
			capital := 0
			for l, n := range c {
				if strings.ToLower(l) != l {
					capital += n
				}
			}
			small := 0
			for _, n := range s[under][tag] {
				small += n
			}
			if small > 0 && capital > small {
				delete(s[under], tag)
			}
		}
	}
}

// file adds what was seen of each form, apart from what follows without it.
func (b *builder) file(words, below seen) {
	for _, form := range slices.Sorted(maps.Keys(words)) {
		for _, tag := range slices.Sorted(maps.Keys(words[form])) {
			upos, _, isClass := strings.Cut(tag, " ")
			best := words[form][tag].best()
			follows := ""
			if below != nil {
				follows = below.best(strings.ToLower(form), upos, tag)
			}
			if isClass && (follows == "" || words[form][upos] != nil && words[form][upos].best() != follows) {
				if c := words[form][upos]; c != nil {
					follows = c.best()
				}
			}
			total := 0
			for _, n := range words[form][tag] {
				total += n
			}
			if best != follows {
				b.add(form, tag, best, uint8(bits.Len(uint(total))))
			}
		}
	}
}

// addListed files the forms of the lexicon that the treebank does not have.
func (b *builder) addListed(list []listed, words seen) {
	more := seen{}
	for _, l := range list {
		if words[l.form][l.tag] == nil {
			more.add(l.form, l.tag, l.lemma)
			if words[l.form][l.upos] == nil {
				more.add(l.form, l.upos, l.lemma)
			}
		}
	}
	for _, form := range slices.Sorted(maps.Keys(more)) {
		for _, tag := range slices.Sorted(maps.Keys(more[form])) {
			upos, _, isClass := strings.Cut(tag, " ")
			best, follows := more[form][tag].best(), ""
			if isClass {
				follows = cmp.Or(words.best(form, upos, upos), more.best(form, upos, upos))
			}
			if best != follows {
				b.add(form, tag, best, 0)
			}
		}
	}
}

// addPairings files which particles, and which of them with which verbs, are part
// of the lemma.
func (b *builder) addPairings(pairs, more []pairing) {
	balance := map[[2]string]int{}
	for _, p := range pairs {
		n := -1
		if p.joined {
			n = 1
		}
		balance[[2]string{p.particle, lemma.JoinTag + p.tag}] += n
		balance[[2]string{p.particle + "_" + p.verb, lemma.JoinTag + p.tag}] += n
	}
	for _, k := range slices.SortedFunc(maps.Keys(balance), func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	}) {
		b.add(k[0], k[1], k[0], one(balance[k] > 0))
	}
	for _, p := range more {
		b.add(p.particle+"_"+p.verb, lemma.JoinedTag, p.particle, 1)
	}
}

func one(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// split is a word whose lemma shows its parts.
type split struct {
	upos, form, first, last string // first: lemma of all parts but the last
	at                      int    // where the last part starts in the form
}

// splitOf finds the place in a form where the last part of its lemma starts.
func splitOf(form, lemmaText, upos string) (split, bool) {
	i := strings.LastIndexByte(lemmaText, '_')
	if i <= 0 || i+1 == len(lemmaText) || form == lemmaText {
		return split{}, false
	}
	first, last := lemmaText[:i], strings.ToLower(lemmaText[i+1:])
	form = strings.ToLower(form)
	at := len(strings.ReplaceAll(first, "_", ""))
	if upos == "VERB" || upos == "AUX" {
		if !strings.HasPrefix(form, strings.ToLower(strings.ReplaceAll(first, "_", ""))) {
			return split{}, false
		}
		return split{upos, form, first, last, at}, at < len(form)
	}
	best, length := 0, 0
	for s := 1; s < len(form); s++ {
		n := 0
		for s+n < len(form) && n < len(last) && form[s+n] == last[n] {
			n++
		}
		if n > length {
			best, length = s, n
		}
	}
	if length < 2 && length < len(last) || best == 0 {
		return split{}, false
	}
	return split{upos, form, first, last, best}, true
}

// addParts files first and last parts of words, with how surely each is one.
func (b *builder) addParts(words []observation, list []listed) {
	p := newParts()
	for _, w := range words {
		if w.kind == current {
			p.add(w.form, w.lemma, w.upos)
		}
	}
	for _, l := range list {
		p.add(l.form, l.lemma, l.upos)
	}
	for _, l := range p.whole {
		p.count(l[0], l[1])
	}
	for _, upos := range slices.Sorted(maps.Keys(p.firsts)) {
		for _, form := range slices.Sorted(maps.Keys(p.firsts[upos])) {
			c := p.firsts[upos][form]
			total := 0
			for _, n := range c {
				total += n
			}
			b.add(form, lemma.ModifierTag+upos, c.best(), lemma.Stat(total, p.notFirst[upos][form]))
		}
		for _, last := range slices.Sorted(maps.Keys(p.lasts[upos])) {
			b.add(last, lemma.HeadTag+upos, last, lemma.Stat(p.lasts[upos][last], p.notLast[upos][last]))
		}
	}
}

// parts counts the parts of words, each lemma once.
type parts struct {
	firsts            map[string]map[string]counts
	lasts             map[string]counts
	notFirst, notLast map[string]counts
	done              map[[2]string]bool
	whole             [][2]string // part of speech and lemma of the words without parts
}

func newParts() *parts {
	return &parts{map[string]map[string]counts{}, map[string]counts{}, map[string]counts{}, map[string]counts{}, map[[2]string]bool{}, nil}
}

func (p *parts) add(form, lemmaText, upos string) {
	if p.done[[2]string{upos, lemmaText}] || upos == "PUNCT" || upos == "SYM" {
		return
	}
	if p.firsts[upos] == nil {
		p.firsts[upos], p.lasts[upos] = map[string]counts{}, counts{}
		p.notFirst[upos], p.notLast[upos] = counts{}, counts{}
	}
	s, ok := splitOf(form, lemmaText, upos)
	if !ok {
		if !strings.Contains(lemmaText, "_") {
			p.done[[2]string{upos, lemmaText}] = true
			p.whole = append(p.whole, [2]string{upos, lemmaText})
		}
		return
	}
	p.done[[2]string{upos, lemmaText}] = true
	first := strings.TrimSuffix(s.form[:s.at], "-")
	if first != "" && (first[0] < '0' || first[0] > '9') {
		if p.firsts[upos][first] == nil {
			p.firsts[upos][first] = counts{}
		}
		p.firsts[upos][first][s.first]++
	}
	p.lasts[upos][s.last]++
}

// count notes the parts that a word without parts seems to have.
func (p *parts) count(upos, lemmaText string) {
	for i := 1; i < len(lemmaText); i++ {
		if p.firsts[upos][lemmaText[:i]] != nil {
			p.notFirst[upos][lemmaText[:i]]++
		}
		if p.lasts[upos][lemmaText[i:]] > 0 {
			p.notLast[upos][lemmaText[i:]]++
		}
	}
}
