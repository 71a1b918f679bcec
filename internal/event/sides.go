package event

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"telex/internal/nlp/maxent"
	"telex/internal/plover"
)

// option is what may stand on one side of an event.
type option struct {
	kind    string // by what it comes into question
	parties []party
	token   int           // that names the first, -1 for none
	codes   []plover.Code // in ascending order
}

// one tells whether an option is a single code.
func (o *option) one(code plover.Code) bool { return len(o.codes) == 1 && o.codes[0] == code }

// The kinds of options.
const (
	keepOption     = "keep"     // what the tables found
	nobodyOption   = "none"     //
	speakerOption  = "speaker"  // who says the quotation
	tokenOption    = "token"    // named in the sentence
	groupOption    = "group"    // the same, with those joined to it
	beforeOption   = "before"   // a subject of the sentence before
	salientOption  = "salient"  // an entity named much
	frequentOption = "frequent" // a party of many candidates
	usualOption    = "usual"    // a land and a sector
)

// Bounds of the options of a side: those that the text has, and how far from the
// trigger they are looked for, in words.
const (
	maxOptions = 20
	farthest   = 40
)

// usualSectors are those of which somebody may be meant whom the text does not name: of
// the land of the article, and of that of the other side.
var usualSectors = [2][]string{
	{"GOV", "CVL", "COP", "JUD", "LEG", "BUS", "PTY", "JRN", "CRM", ""},
	{"GOV", "CVL", "MIL", "COP", "JUD", ""},
}

// choices makes the options of the sides of an article's events. What it knows of a
// word, and its room, serve for all of them.
type choices struct {
	r       *reading
	survey  *survey
	known   []int32 // 1 + index in names of each word that was looked at
	names   []named // the first is of all words that name nobody
	list    []option
	parties []party
	codes   []plover.Code
	actors  []party // while the recipient is looked for

	features maxent.Features
	kinds    map[string]float64 // what the options of a kind share, for the side at hand
}

// named is the party that a word names, and those joined to it.
type named struct {
	one   party
	ok    bool
	group []party // nil for fewer than two
}

func (r *reading) choices(s *survey) *choices {
	const usual = 2 * maxOptions
	return &choices{r: r, survey: s, known: make([]int32, len(r.tokens)), kinds: map[string]float64{},
		names: make([]named, 1, usual), list: make([]option, 0, usual), parties: make([]party, 0, usual), codes: make([]plover.Code, 0, usual)}
}

// options lists what may stand on a side: first what stands there. The list, and the
// parties in it, hold until the next call.
func (x *choices) options(c *candidate, actor bool) []option {
	own, other := c.sidesFrom(actor)
	if x.actors = other; actor {
		x.actors = nil
	}
	x.parties, x.codes = x.parties[:0], x.codes[:0]
	x.list = append(x.list[:0], x.option(c, keepOption, own, -1))
	if len(own) > 0 {
		x.list = append(x.list, option{kind: nobodyOption, token: -1})
	}
	if q := int(x.r.quoteAt[c.trigger]) - 1; q >= 0 {
		if p, ok := x.r.speakerOf(&x.r.a.Quotes[q]); ok {
			x.addOne(c, speakerOption, p, p.token)
		}
	}
	x.addSentence(c)
	x.addBefore(c)
	for i, p := range x.survey.salient {
		kind := salientOption
		if i >= x.survey.named {
			kind = frequentOption
		}
		x.addOne(c, kind, p, -1)
	}
	x.addUsual(c, other)
	return x.list
}

// sidesFrom gives the side of the actor, or of the recipient, and the other.
func (c *candidate) sidesFrom(actor bool) (own, other []party) {
	if actor {
		return c.actors, c.recipients
	}
	return c.recipients, c.actors
}

func (x *choices) option(c *candidate, kind string, parties []party, token int) option {
	from := len(x.codes)
	for _, p := range parties {
		if code := x.r.codeOf(c, p); !slices.Contains(x.codes[from:], code) {
			x.codes = append(x.codes, code)
		}
	}
	codes := x.codes[from:len(x.codes):len(x.codes)]
	slices.SortFunc(codes, compareCodes)
	return option{kind: kind, parties: parties, token: token, codes: codes}
}

func compareCodes(a, b plover.Code) int {
	return cmp.Or(strings.Compare(a.Country, b.Country), strings.Compare(a.Sector, b.Sector))
}

// add adds parties whose codes no option has yet.
func (x *choices) add(c *candidate, kind string, parties []party, token int) {
	if len(parties) == 0 || len(x.list) >= maxOptions || x.taken(parties) {
		return
	}
	o := x.option(c, kind, parties, token)
	if o.codes[0] != (plover.Code{}) && !x.has(o.codes) {
		x.list = append(x.list, o)
	}
}

func (x *choices) addOne(c *candidate, kind string, p party, token int) {
	if len(x.list) >= maxOptions || x.hasOne(x.r.codeOf(c, p)) {
		return
	}
	x.parties = append(x.parties, p)
	n := len(x.parties)
	x.add(c, kind, x.parties[n-1:n:n], token)
}

// taken tells whether an entity is the actor already, and so no recipient.
func (x *choices) taken(parties []party) bool {
	for _, p := range parties {
		if p.entity >= 0 && slices.ContainsFunc(x.actors, func(q party) bool { return q.entity == p.entity }) {
			return true
		}
	}
	return false
}

func (x *choices) has(codes []plover.Code) bool {
	return slices.ContainsFunc(x.list, func(o option) bool { return slices.Equal(o.codes, codes) })
}

func (x *choices) hasOne(code plover.Code) bool {
	for i := range x.list {
		if x.list[i].one(code) {
			return true
		}
	}
	return false
}

// named gives what a word names.
func (x *choices) named(t int) *named {
	if x.known[t] == 0 {
		x.known[t] = 1
		if n := x.name(t); n.ok || n.group != nil {
			x.names = append(x.names, n)
			x.known[t] = int32(len(x.names))
		}
	}
	return &x.names[x.known[t]-1]
}

func (x *choices) name(t int) (n named) {
	n.one, n.ok = x.r.partyAt(t)
	if n.group = x.r.partiesOf(t, nil); len(n.group) < 2 && n.ok {
		n.group = nil
	}
	return n
}

// addSentence adds the parties that the sentence names, the nearest first.
func (x *choices) addSentence(c *candidate) {
	first, last := x.r.sentenceBounds(c.trigger)
	for d := 1; d < farthest && len(x.list) < maxOptions; d++ {
		for _, t := range [...]int{c.trigger - d, c.trigger + d} {
			if t < first || t >= last || !x.r.upos(t, "NOUN", "PROPN", "PRON") {
				continue
			}
			if n := x.named(t); n.ok {
				x.addOne(c, tokenOption, n.one, t)
				x.add(c, groupOption, n.group, t)
			}
		}
	}
}

// addBefore adds the subjects of the sentence before.
func (x *choices) addBefore(c *candidate) {
	at := int(x.r.sentence[c.trigger])
	if at == 0 {
		return
	}
	before := &x.r.a.Sentences[at-1]
	for t := before.First; t < min(before.Last, before.First+farthest); t++ {
		if !x.r.rel(t, "nsubj") || !x.r.upos(t, "NOUN", "PROPN", "PRON") {
			continue
		}
		if n := x.named(t); n.group != nil {
			x.add(c, beforeOption, n.group, t)
		} else if n.ok {
			x.addOne(c, beforeOption, n.one, t)
		}
	}
}

// addUsual adds those whom nobody names: the government, the citizens, the police of
// the lands in question.
func (x *choices) addUsual(c *candidate, other []party) {
	lands := [2]string{x.r.home}
	if len(other) > 0 {
		lands[1] = other[0].code.Country
	} else {
		lands[1] = x.r.landAround(c.trigger)
	}
	for i, land := range lands {
		if len(land) != 3 || slices.Contains(lands[:i], land) {
			continue
		}
		for _, sector := range usualSectors[i] {
			code := plover.Code{Country: land, Sector: sector}
			if x.hasOne(code) {
				continue
			}
			n, m := len(x.codes), len(x.parties)
			x.codes = append(x.codes, code)
			x.parties = append(x.parties, party{token: -1, entity: -1, code: code})
			x.list = append(x.list, option{kind: usualOption, token: -1, parties: x.parties[m : m+1 : m+1], codes: x.codes[n : n+1 : n+1]})
		}
	}
}

// bid is what many features of an option are joined with.
type bid struct {
	gist
	side   string // A or R
	typed  string // type and side
	empty  string // whether the tables found nobody
	kind   string // of the option, and so on
	sector string
	land   string
}

// bidFor begins the bids of a side of a candidate with this gist.
func (c *candidate) bidFor(g gist, actor bool) bid {
	own, _ := c.sidesFrom(actor)
	b := bid{gist: g, side: "R", empty: strconv.FormatBool(len(own) == 0)}
	if actor {
		b.side = "A"
	}
	b.typed = b.typ + b.side
	return b
}

// of makes it the bid of an option.
func (b *bid) of(r *reading, c *candidate, o *option) {
	b.kind, b.sector, b.land = o.kind, "-", "-"
	if len(o.parties) > 0 {
		code := r.codeOf(c, o.parties[0])
		b.sector, b.land = code.Sector, r.landOfCode(code)
	}
}

// describeKind adds the features that all options of a kind share.
func (r *reading) describeKind(f *maxent.Features, c *candidate, b *bid) {
	f.Add("k side", b.kind, b.side, b.empty)
	text := strconv.FormatBool(r.short())
	f.Add("k short", b.kind, text, b.side, b.empty)
	f.Add("k short fit", b.kind, text, b.side, b.empty, b.fit)
	f.Add("k type", b.kind, b.typed, b.empty)
	f.Add("k fit", b.kind, b.side, b.fit, b.form, b.empty)
	f.Add("k trigger", b.kind, b.side, b.key)
	f.Add("told", c.realis, b.kind, b.typed)
	if c.claimed >= 0 || c.speech {
		f.Add("quote", b.kind, b.typed, strconv.FormatBool(c.speech))
	}
	if sense := r.senses[c.trigger]; sense != nil {
		f.Add("trigger topic k", sense.Topic.String(), b.kind, b.side, b.empty)
		f.Add("trigger kind k", sense.Kind, b.kind, b.typed)
	}
}

// describeOption adds the features of an option by itself.
func (r *reading) describeOption(f *maxent.Features, c *candidate, actor bool, o *option, b *bid, s *survey) {
	own, other := c.sidesFrom(actor)
	r.describeCode(f, c, o, b, other, s)
	if len(o.parties) > 0 && o.kind != usualOption {
		r.describeParty(f, c, o, b, own)
	}
	if o.kind == keepOption || o.kind == nobodyOption {
		r.describeFound(f, c, b, own)
	}
	if o.token >= 0 {
		r.describePlace(f, c, o.token, b)
	}
}

// describeCode tells of the code of an option, by itself and beside the other side.
func (r *reading) describeCode(f *maxent.Features, c *candidate, o *option, b *bid, other []party, s *survey) {
	f.Add("k n", b.kind, strconv.Itoa(min(3, len(o.codes))), b.side)
	f.Add("sector", b.kind, b.sector, b.side)
	f.Add("sector type", b.sector, b.typed)
	f.Add("sector type k", b.sector, b.typed, b.kind, b.empty)
	f.Add("sector mode k", b.sector, b.typed, c.mode, b.kind)
	f.Add("sector trigger", b.sector, b.side, b.key)
	facing := sectorOf(other)
	f.Add("sector other", b.sector, b.side, facing)
	f.Add("sector other type", b.sector, b.typed, facing)
	f.Add("land", b.land, b.side, b.kind)
	f.Add("land other", b.land, r.landKind(other), b.typed)
	rel := r.against(c, o, other)
	f.Add("rel", rel, b.typed)
	f.Add("rel k", rel, b.kind, b.side, b.empty)
	f.Add("rel sector", rel, b.sector, b.typed)
	f.Add("article topic", s.main[0].String(), b.sector, b.kind, b.side)
	if sense := r.senses[c.trigger]; sense != nil {
		f.Add("trigger topic", sense.Topic.String(), b.sector, b.typed)
	}
}

// against tells how the code of an option goes with the other side.
func (r *reading) against(c *candidate, o *option, other []party) string {
	switch {
	case len(o.parties) == 0:
		return "-"
	case len(other) == 0:
		return "alone"
	}
	own, against := r.codeOf(c, o.parties[0]), r.codeOf(c, other[0])
	switch {
	case own == against:
		return "same"
	case own.Country == against.Country:
		return "land"
	}
	return "apart"
}

// describeParty tells who the first of an option is.
func (r *reading) describeParty(f *maxent.Features, c *candidate, o *option, b *bid, own []party) {
	p := o.parties[0]
	kind := r.partyKind(o.parties)
	f.Add("party kind", kind, b.typed)
	f.Add("party kind k", kind, b.side, b.kind)
	if p.entity >= 0 {
		f.Add("mentions", bucket(len(r.a.Entities[p.entity].Mentions)), b.kind, b.side)
		f.Add("entity type", r.a.Entities[p.entity].Type, b.typed, b.kind)
		f.Add("known", strconv.FormatBool(r.parties[p.entity].known), b.side, b.kind)
	}
	if p.guess {
		f.Add("guessed", b.kind, b.side)
	}
	if b.kind != keepOption {
		found := slices.ContainsFunc(own, func(q party) bool { return r.codeOf(c, q) == o.codes[0] })
		f.Add("in", strconv.FormatBool(found), strconv.Itoa(min(3, len(o.codes))), b.side)
	}
}

// describeFound tells how the tables found who stands on the side.
func (r *reading) describeFound(f *maxent.Features, c *candidate, b *bid, own []party) {
	f.Add("found", b.kind, r.partyKind(own), b.side)
	f.Add("found type", b.kind, r.partyKind(own), b.typed)
	f.Add("found fit", b.kind, r.partyKind(own), b.side, b.fit, b.form)
	f.Add("found status", b.kind, c.status(), b.side)
	if len(own) > 0 && own[0].token >= 0 {
		f.Add("found path", b.kind, r.path(c.trigger, own[0].token), b.side)
	}
}

// describePlace tells where a party stands about the trigger.
func (r *reading) describePlace(f *maxent.Features, c *candidate, t int, b *bid) {
	path := r.path(c.trigger, t)
	passive := strconv.FormatBool(c.passive)
	f.Add("path", path, b.side, b.form)
	f.Add("path type", path, b.typed)
	f.Add("path passive", path, b.side, passive)
	if c.clause != c.trigger {
		path = r.path(c.clause, t)
	}
	f.Add("clause path", path, b.side, passive)
	f.Add("clause path type", path, b.typed)
	f.Add("deprel", r.tokens[t].Deprel, b.typed)
	f.Add("upos", r.tokens[t].UPOS, b.side)
	f.Add("before", strconv.FormatBool(t < c.trigger), b.side, b.form)
	f.Add("distance", bucket(abs(t-c.trigger)/2), b.side)
	f.Add("word", r.lemma[t], b.side)
	n := 0
	for d := range r.children(t) {
		if n++; n > maxDescribed {
			break
		}
		if r.rel(d, "case") {
			f.Add("case", r.lower[d], b.typed)
			f.Add("case trigger", r.lower[d], b.side, b.key)
			f.Add("case path", r.lower[d], path, b.side)
		}
	}
}

// maxSteps bounds the way through a tree from a trigger up, and down to a party.
const maxSteps = 4

// path is the way through the tree from one token to another: up by "^" and down by
// "v", with the relations; "far" where it is longer than maxSteps either way.
func (r *reading) path(from, to int) string {
	var up, down [maxSteps + 1]int
	ups, downs := climb(r, from, &up), climb(r, to, &down)
	for i, v := range down[:downs] {
		at := slices.Index(up[:ups], v)
		if at < 0 {
			continue
		}
		var room [64]byte
		way := room[:0]
		for _, u := range up[:at] {
			way = append(append(way, '^'), r.tokens[u].Deprel...)
		}
		for j := i - 1; j >= 0; j-- {
			way = append(append(way, 'v'), r.tokens[down[j]].Deprel...)
		}
		return string(way)
	}
	return "far"
}

// climb lists a token and those above it.
func climb(r *reading, v int, into *[maxSteps + 1]int) int {
	n := 0
	for ; v >= 0 && n < len(into); v = r.head(v) {
		into[n] = v
		n++
	}
	return n
}
