package event

import (
	"slices"
	"strconv"
	"strings"

	"telex/internal/lang"
	"telex/internal/nlp/maxent"
	"telex/internal/plover"
)

// A candidate is described by features of a kind and values, most of them joined with
// what the tables say of it: the judge learns how far to trust them, and where.

// gist is what many features of a candidate are joined with.
type gist struct {
	typ  string
	form string // verb, noun, predicate
	fit  string // fits, dropped, loose, general
	key  string // the word that triggers it
}

func (r *reading) gist(c *candidate) gist {
	g := gist{typ: string(c.typ), form: "verb", fit: "fits", key: c.pattern.Trigger}
	switch {
	case c.pattern.Noun:
		g.form = "noun"
	case c.pattern.Predicate:
		g.form = "predicate"
	}
	switch {
	case c.pattern.General:
		g.fit, g.key = "general", r.nounKey(c.trigger)
	case c.loose:
		g.fit = "loose"
	case c.out != "":
		g.fit = "dropped"
	}
	return g
}

// describe lists the features of a candidate, by itself and in its article.
func (r *reading) describe(f *maxent.Features, c *candidate, s *survey) {
	f.List = f.List[:0]
	g := r.gist(c)
	r.describePattern(f, c, g)
	r.describeSides(f, c, g)
	r.describeTold(f, c, g)
	r.describeTree(f, c, g)
	r.describeNear(f, c, g)
	r.describeArticle(f, c, g, s)
	if r.pack.Senses != nil {
		r.describeSense(f, c, g)
		r.describeTopics(f, c, g, s)
	}
}

// describePattern tells what the tables say.
func (r *reading) describePattern(f *maxent.Features, c *candidate, g gist) {
	text := "article"
	if r.short() {
		text = "short"
	}
	f.Add("fit", g.fit, text)
	f.Add("fit type", g.fit, g.typ)
	f.Add("fit form", g.fit, g.form)
	f.Add("fit type form", g.fit, g.typ, g.form)
	status := c.status()
	f.Add("status", status)
	f.Add("status type", status, g.typ)
	f.Add("status form", status, g.form)
	f.Add("mode", g.typ, c.mode)
	f.Add("mode fit", g.typ, c.mode, g.fit)
	phrase := r.phraseKey(c, g)
	f.Add("phrase", phrase)
	f.Add("phrase type", phrase, g.typ)
	f.Add("phrase fit", phrase, g.fit)
	f.Add("trigger", g.key, g.form)
	f.Add("trigger fit", g.key, g.form, g.fit)
	f.Add("word", r.lower[c.trigger])
	f.Add("parts", strconv.Itoa(len(c.parts)), g.fit)
	if c.pattern.Weak {
		f.Add("weak", g.fit)
	}
	if c.pattern.Strong {
		f.Add("strong", g.fit)
	}
	if c.second {
		f.Add("second", g.fit)
	}
}

// status is why the tables drop a candidate, without the words that differ.
func (c *candidate) status() string {
	before, _, _ := strings.Cut(c.out, " at ")
	return before
}

// phraseKey is the trigger with the other words of its phrase.
func (r *reading) phraseKey(c *candidate, g gist) string {
	key := g.key
	for _, t := range c.parts {
		if t != c.trigger {
			key += " " + r.nounKey(t)
		}
	}
	return key
}

// describeSides tells who is on the sides.
func (r *reading) describeSides(f *maxent.Features, c *candidate, g gist) {
	for _, side := range [...]struct {
		name    string
		parties []party
	}{{"A", c.actors}, {"R", c.recipients}} {
		kind, sector := r.partyKind(side.parties), sectorOf(side.parties)
		f.Add("side kind", side.name, kind, g.fit)
		f.Add("side kind type", side.name, kind, g.typ)
		f.Add("side", side.name, sector, g.fit)
		f.Add("side type", side.name, sector, g.typ)
	}
	actor, recipient := sectorOf(c.actors), sectorOf(c.recipients)
	f.Add("kinds", r.partyKind(c.actors), r.partyKind(c.recipients), g.fit)
	f.Add("pair", actor, recipient)
	f.Add("pair type", actor, recipient, g.typ)
	lands := r.landKind(c.actors) + r.landKind(c.recipients)
	f.Add("lands", lands)
	f.Add("lands type", lands, g.typ)
}

// partyKind is how the first of a side is told.
func (r *reading) partyKind(side []party) string {
	switch {
	case len(side) == 0:
		return "none"
	case side[0].token < 0:
		return "implied"
	case side[0].entity >= 0 && r.upos(side[0].token, "PROPN"):
		return "name"
	case r.upos(side[0].token, "PRON"):
		return "pronoun"
	case side[0].entity >= 0:
		return "entity"
	}
	return "noun"
}

// landKind is the land of the first of a side, by where it lies.
func (r *reading) landKind(side []party) string {
	if len(side) == 0 {
		return "-"
	}
	return r.landOfCode(side[0].code)
}

func (r *reading) landOfCode(code plover.Code) string {
	switch {
	case code.Country == r.home:
		return "home"
	case code.Country == "":
		return "?"
	case strings.HasPrefix(code.Country, "IG"):
		return "body"
	}
	return "abroad"
}

func sectorOf(side []party) string {
	if len(side) == 0 {
		return "-"
	}
	return side[0].code.Sector
}

// describeTold tells how it is told.
func (r *reading) describeTold(f *maxent.Features, c *candidate, g gist) {
	f.Add("realis", c.realis, g.fit)
	f.Add("realis type", c.realis, g.typ)
	if c.claimed >= 0 {
		f.Add("claimed", g.fit)
		f.Add("claimed type", g.typ)
	}
	if c.speech {
		f.Add("speech", g.typ)
	}
	if c.told {
		f.Add("told", g.fit, g.form)
	}
	if c.place >= 0 {
		f.Add("place", g.typ, g.form)
	}
	switch {
	case c.content != nil:
		f.Add("content", g.typ, string(c.content.typ))
	case len(c.contents) > 0:
		f.Add("contents", g.typ)
	}
	if c.passive {
		f.Add("passive", g.fit)
	}
}

// maxDescribed bounds the dependents of a word that are described: a hostile text
// hangs thousands on one.
const maxDescribed = 24

// described gives the trigger and, if it is another word, that of its clause.
func (c *candidate) described() []int {
	if c.clause == c.trigger {
		return []int{c.trigger}
	}
	return []int{c.trigger, c.clause}
}

// describeTree tells how the trigger stands in its tree.
func (r *reading) describeTree(f *maxent.Features, c *candidate, g gist) {
	t := c.trigger
	f.Add("rel", r.tokens[t].Deprel, g.form)
	f.Add("rel fit", r.tokens[t].Deprel, g.form, g.fit)
	f.Add("rel type", r.tokens[t].Deprel, g.form, g.typ)
	if c.clause != t {
		f.Add("clause rel", r.tokens[c.clause].Deprel, g.form)
		f.Add("support", r.lemma[c.clause])
	}
	f.Add("feats", r.tokens[t].UPOS, r.tokens[t].Feats)
	f.Add("clause feats", r.tokens[c.clause].UPOS, r.tokens[c.clause].Feats, g.typ)
	if h := r.head(t); h >= 0 {
		f.Add("head", r.lemma[h])
		f.Add("head upos", r.tokens[h].UPOS, r.tokens[t].Deprel)
	} else {
		f.Add("head", "root")
	}
	for _, of := range c.described() {
		n := 0
		for d := range r.children(of) {
			if n++; n > maxDescribed {
				break
			}
			r.describeDependent(f, d, g)
		}
	}
}

// describeDependent tells of one dependent.
func (r *reading) describeDependent(f *maxent.Features, d int, g gist) {
	if r.rel(d, "punct", "parataxis", "conj") {
		return
	}
	rel := r.tokens[d].Deprel
	f.Add("has", rel, g.fit)
	if r.upos(d, "ADP", "AUX", "DET", "ADV", "PRON", "SCONJ", "PART") {
		f.Add("small", r.lower[d], g.form)
		f.Add("small type", r.lower[d], g.typ)
		return
	}
	f.Add("child", r.lemma[d], rel)
	f.Add("child rel", rel, g.typ)
	if !r.rel(d, "obl", "nmod") {
		return
	}
	n := 0
	for k := range r.children(d) {
		if n++; n > maxDescribed {
			break
		}
		if r.rel(k, "case") {
			f.Add("case", r.lower[k], g.typ)
			f.Add("case trigger", r.lower[k], g.key)
		}
	}
}

// describeNear tells the words beside the trigger.
func (r *reading) describeNear(f *maxent.Features, c *candidate, g gist) {
	for _, d := range [...]int{-2, -1, 1, 2} {
		if k := c.trigger + d; k >= 0 && k < len(r.tokens) {
			at := strconv.Itoa(d)
			f.Add("near", at, r.lower[k])
			f.Add("near upos", at, r.tokens[k].UPOS, g.form)
		}
	}
	first, last := r.sentenceBounds(c.trigger)
	f.Add("sentence length", bucket(last-first), g.fit)
}

// describeArticle tells where it stands in an article of what kind.
func (r *reading) describeArticle(f *maxent.Features, c *candidate, g gist, s *survey) {
	at := r.sentence[c.trigger]
	block := string(r.block(c.trigger))
	f.Add("block", block, g.fit)
	f.Add("block form", block, g.form)
	f.Add("position", bucket(int(at)), g.fit)
	f.Add("field", r.field, g.fit)
	f.Add("density", s.density, g.fit)
	f.Add("official", s.official, g.fit)
	f.Add("official type", s.official, g.typ)
	f.Add("size", s.size, g.fit)
	f.Add("home", strconv.FormatBool(r.home == r.homeLand), g.typ)
	f.Add("others", bucket(int(s.others[c.trigger])), g.fit)
	own, kind := b2i(c.out == ""), slices.Index(s.kinds, c.typ)
	f.Add("same", bucket(s.types[kind]-own), g.typ)
	f.Add("same fit", bucket(s.types[kind]-own), g.fit)
	beside := 0
	for k, fits := range s.besides(at) {
		n := int(fits)
		if k == kind {
			n -= own
		}
		if n > 0 {
			beside += n
			f.Add("beside", string(s.kinds[k]), g.typ, g.fit)
		}
	}
	f.Add("beside n", bucket(beside), g.fit)
}

// describeSense tells what the trigger and the words on it are about.
func (r *reading) describeSense(f *maxent.Features, c *candidate, g gist) {
	r.describeTrigger(f, r.senses[c.trigger], c, g)
	for _, t := range c.parts {
		if t != c.trigger {
			r.describeWord(f, "part", t, g)
		}
	}
	for _, of := range c.described() {
		n := 0
		for d := range r.children(of) {
			if n++; n > maxDescribed {
				break
			}
			r.describeWord(f, r.tokens[d].Deprel, d, g)
		}
	}
	if h := r.head(c.trigger); h >= 0 {
		r.describeWord(f, "head", h, g)
	}
}

// describeTrigger tells what the trigger is about.
func (r *reading) describeTrigger(f *maxent.Features, sense *lang.WordSense, c *candidate, g gist) {
	if sense == nil {
		f.Add("sense", "unknown", g.fit)
		f.Add("sense form", "unknown", g.form, g.fit)
		f.Add("sense type", "unknown", g.typ)
		return
	}
	rank := "none"
	switch i := slices.Index(sense.Acts, c.typ); {
	case i >= 0:
		rank = strconv.Itoa(i)
	case len(sense.Acts) > 0:
		rank = "other"
		f.Add("sense act", string(sense.Acts[0]), g.typ)
	}
	f.Add("sense", rank, g.fit)
	f.Add("sense form", rank, g.form, g.fit)
	f.Add("sense type", rank, g.typ)
	f.Add("tone", sense.Tone, g.typ, g.form)
	f.Add("kind", sense.Kind, g.typ)
	f.Add("kind fit", sense.Kind, g.fit)
	f.Add("topic", sense.Topic.String(), g.typ)
	f.Add("topic fit", sense.Topic.String(), g.fit)
}

// describeWord tells what a word about the trigger is about.
func (r *reading) describeWord(f *maxent.Features, as string, t int, g gist) {
	s := r.senses[t]
	if s == nil {
		return
	}
	f.Add("word kind", as, s.Kind, g.typ)
	f.Add("word kind fit", as, s.Kind, g.fit, g.form)
	f.Add("word topic", as, s.Topic.String(), g.fit)
	f.Add("word topic type", s.Topic.String(), g.typ)
	f.Add("word tone", as, s.Tone, g.typ)
	if len(s.Acts) > 0 {
		f.Add("word act", as, string(s.Acts[0]), g.typ)
	}
}

// describeTopics tells what sentence and article are about.
func (r *reading) describeTopics(f *maxent.Features, c *candidate, g gist, s *survey) {
	around := &s.around[r.sentence[c.trigger]]
	for _, t := range s.main {
		share := bucket(s.topics[t] * 100 / max(s.words, 1) / 5)
		f.Add("article topic", t.String(), share, g.fit)
		f.Add("article topic type", t.String(), share, g.typ)
	}
	for t := range lang.Topics {
		if around.topic[t] > 0 {
			f.Add("sentence topic", t.String(), bucket(around.topic[t]), g.fit)
			f.Add("sentence topic type", t.String(), g.typ)
		}
	}
	f.Add("sentence tone", bucket(around.bad), bucket(around.good), g.typ)
	f.Add("sentence bad", bucket(around.bad), g.fit)
	f.Add("sentence acts", bucket(around.acts), g.fit)
}
