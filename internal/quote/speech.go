package quote

import (
	"unicode"

	"telex/internal/document"
	"telex/internal/lang"
)

// findSpeech tells which pairs of marks hold direct speech, and attributes what
// has a cue. Words between marks that are only a part of a sentence are left to
// the reports; titles and words held at arm's length are nobody's speech.
func (r *reading) findSpeech() {
	var last *item
	for i := range r.pairs {
		if r.pairs[i].inner {
			continue
		}
		it := r.speechOf(i, last)
		if it == nil {
			continue
		}
		if r.pairs[i].repaired {
			it.confidence = max(vague, it.confidence-0.2)
		}
		r.addSpeech(it)
		last = it
	}
	for i := range r.a.Blocks {
		if r.speaks(i) {
			r.unmarked(i)
		}
	}
}

func (r *reading) addSpeech(it *item) {
	r.speech = append(r.speech, it)
	for t := r.tokenAt(it.span.Start); t < len(r.tokens) && r.tokens[t].Span.Start < it.span.End; t++ {
		r.inSpeech[t] = int32(len(r.speech))
	}
}

// place says how a quotation stands in its text.
type place struct {
	first, last int  // its tokens
	clean       bool // it begins where a sentence may begin
	stops       bool // it ends as a sentence ends
	whole       bool // so it does, or a sentence ends behind it
	words       int
	verb        bool
	capital     bool
}

func (r *reading) placeOf(p *pair) place {
	at := place{first: r.tokenAt(p.span.Start), last: r.tokenAt(p.span.End - 1)}
	at.last = min(len(r.tokens), at.last+1)
	at.words, at.verb = r.counted(at.first, at.last)
	at.capital = unicode.IsUpper(firstRune(r.a.Raw[p.span.Start:]))
	raw := r.a.Raw
	before, after := raw[:p.outer.Start], raw[p.outer.End:]
	if p.block < len(r.a.Blocks) {
		before = raw[r.a.Blocks[p.block].Span.Start:p.outer.Start]
		after = raw[p.outer.End:max(p.outer.End, r.a.Blocks[p.last].Span.End)]
	}
	c := lastRune(before)
	if m := len(before) - 1; c == '\'' || c == '"' || c == '”' || c == '’' || c == '»' || c == '“' {
		c = r.beforeMark(p.outer.Start - (len(before) - 1 - m))
	}
	at.clean = c == 0 || ends(c) || c == ':'
	next := firstVisible(after)
	at.stops = ends(lastRune(raw[p.span.Start:p.span.End]))
	at.whole = at.stops || next == 0 || ends(next)
	return at
}

// beforeMark is '.' where a pair closes right before b, as if a sentence ended there.
func (r *reading) beforeMark(b int) rune {
	t := r.tokenAt(b) - 1
	if t >= 0 && r.inPair[t] != 0 {
		return '.'
	}
	return ','
}

func firstVisible(s string) rune {
	for _, c := range s {
		if !unicode.IsSpace(c) {
			return c
		}
	}
	return 0
}

// speechOf reads pair i as direct speech; nil when it is none. Last is the speech
// before it.
func (r *reading) speechOf(i int, last *item) *item {
	p := &r.pairs[i]
	if !r.readable(p) {
		return nil
	}
	at := r.placeOf(p)
	if at.words == 0 {
		return nil
	}
	it := &item{typ: direct, span: p.span, pair: i, cueAt: -1, stance: "says", speaker: nobody, confidence: guessed}
	goesOn := r.goesOn(p, last)
	before, colon, introduced := r.cueBefore(r.tokenAt(p.outer.Start))
	if at.clean || goesOn {
		if c, ok := r.cueBehind(p.outer.End, p.last); ok && !(introduced && colon && c.confidence < sure) {
			it.attribute(c)
			return it
		}
	}
	switch {
	case introduced && (colon || at.verb || at.whole && at.capital):
		before.told = 0
		it.attribute(before)
	case goesOn:
		it.cue, it.cueAt, it.stance, it.speaker, it.confidence = last.cue, last.cueAt, last.stance, last.speaker, last.confidence
		it.told = last.told
	case colon && at.words > 1 && (at.verb || at.stops):
	case !colon && at.clean && at.whole && (at.verb || at.words > 1) && !(r.titled(p.block) && !at.verb):
	default:
		return nil
	}
	return it
}

// readable tells whether a pair has tokens of its own block: what is beyond the
// words that were read has none.
func (r *reading) readable(p *pair) bool {
	t := r.tokenAt(p.outer.Start)
	return t < len(r.tokens) && r.block(t) == p.block && r.tokenAt(p.outer.End-1) < len(r.tokens)
}

func (it *item) attribute(c cue) {
	it.cueAt, it.stance, it.speaker, it.told, it.confidence = c.at, c.stance, c.speaker, c.told, c.confidence
	if c.at >= 0 {
		it.cue = c.span
	}
}

// goesOn tells whether p goes on with the speech last after its attribution:
// "…", zei Jan. "…".
func (r *reading) goesOn(p *pair, last *item) bool {
	if last == nil || last.told == 0 || last.cueAt < 0 || last.cue.Start < last.span.End {
		return false
	}
	t := r.tokenAt(p.outer.Start)
	if t > last.told || t <= last.cueAt || r.block(t) != r.block(last.cueAt) {
		return false
	}
	return r.text(t-1) != ":"
}

// unmarked reads the speech of a block that has no marks: behind the name of the
// speaker, "Jan: ik ga", or behind a dash when a cue follows.
func (r *reading) unmarked(block int) {
	b := r.a.Blocks[block].Span
	first := r.tokenAt(b.Start)
	if first >= len(r.tokens) || r.block(first) != block {
		return
	}
	if t := r.text(first); t == "-" || t == "–" || t == "—" {
		r.dashed(first)
		return
	}
	r.named(first, block)
}

// dashed reads "- Ik ga, zei Jan.": the sentence up to the comma before the cue.
func (r *reading) dashed(first int) {
	_, last := r.bounds(first)
	for t := first + 1; t+1 < min(last, first+3*maxClause); t++ {
		if r.inPair[t] != 0 {
			return
		}
		if r.text(t) != "," || !r.finite(t+1) || !r.cueVerb(t+1).Direct {
			continue
		}
		if words, verb := r.counted(first, t); words < 2 || !verb {
			return
		}
		c, ok := r.inverted(t+1, true)
		if !ok || c.speaker.token < 0 {
			return
		}
		it := &item{typ: direct, span: inside(r.a.Raw, document.Span{Start: r.tokens[first].Span.End, End: r.tokens[t].Span.Start}), pair: -1}
		it.attribute(c)
		if it.span.Len() > 0 {
			r.addSpeech(it)
		}
		return
	}
}

// named reads a block that begins with the name of its speaker and a colon.
func (r *reading) named(first, block int) {
	_, end := r.bounds(first)
	for t := first; t < min(end, first+maxPhrase); t++ {
		if r.inPair[t] != 0 || r.finite(t) {
			return
		}
		if r.text(t) != ":" {
			continue
		}
		if t+1 < len(r.tokens) && r.inPair[t+1] != 0 {
			return // the marks tell
		}
		h := r.lineName(first, t, block)
		start, stop := r.tokens[t].Span.End, r.a.Blocks[block].Span.End
		span := inside(r.a.Raw, document.Span{Start: start, End: stop})
		words, _ := r.counted(t+1, min(len(r.tokens), r.tokenAt(stop-1)+1))
		if h < 0 || words < 3 || span.Len() == 0 {
			return
		}
		it := &item{typ: direct, span: span, pair: -1, cueAt: -1, stance: "says", speaker: r.speakerAt(h), confidence: likely}
		r.addSpeech(it)
		return
	}
}

// lineName is the speaker of a block whose tokens [first,colon) name one; a body
// speaks in headlines only. -1 for none.
func (r *reading) lineName(first, colon, block int) int {
	if h := r.nameLine(first, colon); h >= 0 && r.nameAt[h] > 0 {
		return h
	}
	if !r.titled(block) || colon-first > 4 {
		return -1
	}
	for i := first; i < colon; i++ {
		if m := r.nameAt[i]; m > 0 && r.a.Entities[r.mentions[m-1].entity].Type == "ORG" {
			return i
		}
	}
	return -1
}

// continueSpeakers gives direct speech without a cue its speaker: the one who has
// just spoken, when nothing stands between, or the one just introduced.
func (r *reading) continueSpeakers() {
	kept := r.items[:0:0]
	for _, it := range r.items {
		if it.typ == direct && it.speaker.token < 0 && it.cueAt < 0 {
			r.continueSpeaker(it, kept)
		}
		it.speaker = r.resolve(it.speaker, kept)
		if it.pair >= 0 && it.speaker.token < 0 && it.cueAt < 0 && r.titled(r.pairs[it.pair].block) {
			continue // a title or slogan
		}
		kept = append(kept, it)
	}
	r.items = kept
}

func (r *reading) continueSpeaker(it *item, before []*item) {
	t := r.tokenAt(it.span.Start)
	if it.pair >= 0 {
		t = r.tokenAt(r.pairs[it.pair].outer.Start)
	}
	if n := len(before); n > 0 && before[n-1].speaker.token >= 0 && r.follows(t, before[n-1]) {
		it.speaker, it.confidence = before[n-1].speaker, likely
		return
	}
	last := lastDirect(before)
	if last != nil && r.interviewed(last, t) {
		it.speaker, it.confidence = last.speaker, guessed
		return
	}
	found, score := r.introduced(t)
	it.speaker = found
	if last != nil && score < asIntroduced {
		it.speaker = last.speaker
	}
	if it.speaker.token < 0 && !r.anything(t) {
		it.speaker = r.afterwards(it)
	}
}

// lastDirect is the last direct speech whose speaker is known, nil for none.
func lastDirect(before []*item) *item {
	for k := len(before) - 1; k >= max(0, len(before)-maxSentences); k-- {
		if before[k].typ == direct && before[k].speaker.token >= 0 {
			return before[k]
		}
	}
	return nil
}

// interviewed tells whether the text between the speech last and token t talks to
// the speaker, as the questions of an interview do.
func (r *reading) interviewed(last *item, t int) bool {
	from := r.tokenAt(last.span.End-1) + 1
	if t-from > maxBetween {
		return false
	}
	for i := from; i < t; i++ {
		if r.inPair[i] == 0 && (r.is(lang.SelfWord, i) || r.text(i) == "?") {
			return true
		}
	}
	return false
}

// maxBetween is the longest question of an interviewer, in words.
const maxBetween = 100

// follows tells whether nothing but the attribution of it stands before token t.
func (r *reading) follows(t int, it *item) bool {
	end := max(it.told, r.tokenAt(it.span.End-1)+1)
	if it.typ != direct {
		_, end = r.bounds(max(0, r.tokenAt(it.span.End-1)))
		if it.cueAt >= 0 {
			_, last := r.bounds(it.cueAt)
			end = max(end, last)
		}
	}
	for i := end; i < t; i++ {
		if !r.punct(i) && r.speaks(r.block(i)) {
			return false
		}
	}
	return true
}

// anything tells whether running text stands before token t.
func (r *reading) anything(t int) bool { return r.opening < int(r.sentence[t]) }

// afterwards is the subject of the sentence behind a quotation with which the text opens.
func (r *reading) afterwards(it *item) speaker {
	t := r.tokenAt(it.span.End - 1)
	for k := int(r.sentence[min(t, len(r.tokens)-1)]); k < min(len(r.a.Sentences), int(r.sentence[min(t, len(r.tokens)-1)])+3); k++ {
		s := &r.a.Sentences[k]
		if best, score := r.prominent(max(s.First, t+1), s.Last); score >= asSpeaker && r.speaks(s.Block) {
			return r.speakerAt(best)
		}
	}
	return nobody
}
