package quote

import (
	"slices"
	"strings"
	"unicode"

	"telex/internal/document"
	"telex/internal/lang"
)

// reports finds the reported statements of sentence s.
func (r *reading) reports(s int) {
	sentence := &r.a.Sentences[s]
	if !r.speaks(sentence.Block) {
		return
	}
	if r.pointsBack(s) {
		return
	}
	for i := sentence.First; i < sentence.Last; i++ {
		if r.inSpeech[i] != 0 {
			continue
		}
		if r.reportedBy(i) || r.colon(i) {
			continue
		}
		r.sourced(i)
	}
}

// maxReach is how many words before and behind a cue its statement may begin and end.
const maxReach = 300

// reach gives the sentence of token i, as far as a statement reaches.
func (r *reading) reach(i int) (first, last int) {
	first, last = r.bounds(i)
	return max(first, i-maxReach), min(last, i+maxReach)
}

// add notes the tokens [first,last) as a reported statement.
func (r *reading) add(first, last int, c cue) bool {
	first, last = r.trimmed(first, min(last, first+2*maxReach))
	if first >= last || r.self(c.speaker) {
		return false
	}
	it := &item{typ: indirect, span: r.span(first, last), pair: -1}
	it.attribute(c)
	r.mix(it, first, last)
	if it.stance == "says" && r.is(lang.SourceWord, c.at) && r.hearsay(first, last) {
		it.confidence = min(it.confidence, likely)
	}
	r.items = append(r.items, it)
	return true
}

// mix sees to the marks within a reported statement: words of the speaker make it
// mixed; one word between single marks does not. Marks around all of it are left out.
func (r *reading) mix(it *item, first, last int) {
	for t := first; t < last; t++ {
		k := r.inPair[t]
		if k == 0 {
			continue
		}
		p := &r.pairs[k-1]
		if it.span.Contains(p.outer) {
			words, _ := r.counted(r.tokenAt(p.span.Start), r.tokenAt(p.span.End-1)+1)
			if words > 1 || p.family != lang.SingleMark {
				it.typ = mixed
			}
		}
		if p.outer == it.span {
			it.span = p.span
			return
		}
		for t+1 < last && r.inPair[t+1] == k {
			t++
		}
	}
}

// hearsay tells whether the statement is left to its source: "volgens de krant zou hij".
func (r *reading) hearsay(first, last int) bool {
	for t := first; t < last; t++ {
		if r.is(lang.HearsayWord, t) && r.finite(t) {
			return true
		}
	}
	return false
}

// reportedBy reads what the verb at v reports, if it is in the table.
func (r *reading) reportedBy(v int) bool {
	report := r.cueVerb(v)
	if report.Stance == "" {
		return r.holds(v)
	}
	if r.inPair[v] != 0 || r.denied(v) {
		return false
	}
	if report.Clause || report.Question {
		if c, mark := r.complement(v, report); c >= 0 {
			return r.clause(v, report, c, mark)
		}
	}
	if report.Infinitive && r.infinitive(v, report) {
		return true
	}
	return report.Direct && r.behind(v, report)
}

// denied tells whether a verb reports nothing: "zei niet dat", "als hij zegt dat".
func (r *reading) denied(v int) bool {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		i := int(c)
		if r.is(lang.NegativeWord, i) && (r.related(i, "advmod") || r.related(i, "obj")) ||
			r.related(i, "mark") && r.is(lang.ConditionWord, i) {
			return true
		}
	}
	return false
}

// complement is the head of the clause that v reports, and the conjunction with
// which it begins; -1 for none.
func (r *reading) complement(v int, report lang.Report) (clause, mark int) {
	if clause, mark = r.treeClause(v, report); clause >= 0 {
		return clause, mark
	}
	if clause, mark = r.frontClause(v, report); clause >= 0 {
		return clause, mark
	}
	return r.looseClause(v, report)
}

// frontClause is the clause with which the sentence of v begins: "Dat het regent,
// erkent Jan".
func (r *reading) frontClause(v int, report lang.Report) (clause, mark int) {
	first, _ := r.bounds(v)
	if !report.Clause || !r.is(lang.ThatWord, first) || r.tokens[first].UPOS != "SCONJ" {
		return -1, -1
	}
	if c := r.head(first); c > first && c < v && r.head(c) == v && int(r.high[c]) < v {
		return c, first
	}
	return -1, -1
}

// treeClause is the clause of v as the tree has it.
func (r *reading) treeClause(v int, report lang.Report) (clause, mark int) {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		i := int(c)
		if i < v || !r.related(i, "ccomp") && !r.related(i, "csubj") && !r.related(i, "advcl") && !r.related(i, "xcomp") && !r.related(i, "acl") {
			continue
		}
		if m := r.conjunction(i, report); m > v {
			return i, m
		}
	}
	return -1, -1
}

// looseClause finds the clause behind v by its conjunction, where the tree has it
// elsewhere. Nothing but the subject and adverbs may stand between.
func (r *reading) looseClause(v int, report lang.Report) (clause, mark int) {
	_, last := r.reach(v)
	for t := v + 1; report.Clause && t < min(last, v+near); t++ {
		if r.inPair[t] != 0 || r.finite(t) {
			break
		}
		if r.is(lang.ThatWord, t) && (r.tokens[t].UPOS == "SCONJ" || r.related(t, "nsubj") && r.feature(t, "PronType=Rel") && !r.hasObject(v, t)) {
			return t, t
		}
		if r.punct(t) && !(t+1 < last && r.is(lang.ThatWord, t+1)) {
			break
		}
	}
	return -1, -1
}

// hasObject tells whether v has, before token t, an object of which t may say more.
func (r *reading) hasObject(v, t int) bool {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		if r.related(int(c), "obj") && int(c) > v && int(c) < t {
			return true
		}
	}
	return false
}

// conjunction is the word with which the clause of i begins, of the kind that the
// verb takes; -1 for none.
func (r *reading) conjunction(i int, report lang.Report) int {
	for c := r.first[i]; c >= 0; c = r.next[c] {
		t := int(c)
		if report.Clause && r.is(lang.ThatWord, t) && r.tokens[t].UPOS == "SCONJ" || report.Question && r.is(lang.WhetherWord, t) && r.related(t, "mark") {
			return t
		}
	}
	if report.Question {
		if low := int(r.low[i]); r.is(lang.QuestionWord, low) {
			return low
		}
	}
	return -1
}

// clause notes the clause with the head c, behind its conjunction, as reported by v.
func (r *reading) clause(v int, report lang.Report, c, mark int) bool {
	_, last := r.reach(v)
	first := mark + 1
	if r.is(lang.QuestionWord, mark) {
		first = mark
	}
	end := r.clauseEnd(max(int(r.high[c]), mark)+1, last)
	if r.pairEndsAt(end-1) < 0 { // a closing mark may hang elsewhere
		for end < last && r.punct(end) && r.inPair[end] != 0 && r.pairs[r.inPair[end]-1].outer.End == r.tokens[end].Span.End {
			end++
		}
	}
	if end > v && mark < v {
		end = v
	}
	if it := r.judgement(v, mark); it >= 0 {
		first = it
	}
	speaker, ok := r.reporter(v)
	if _, verb := r.counted(first, end); !ok || !verb {
		return false
	}
	confidence := sure
	if speaker.token < 0 && report.Stance != "says" {
		return false
	}
	if speaker.token < 0 {
		confidence = vague
	}
	return r.add(first, min(end, last), r.cueOf(v, report.Stance, speaker, confidence))
}

// clauseEnd moves the end of a clause up to a place where one can end: a comma, a
// conjunction between clauses or the end of the sentence.
func (r *reading) clauseEnd(end, last int) int {
	for end < last && r.inSpeech[end] == 0 && (r.inPair[end] != 0 || !r.punct(end) && r.tokens[end].UPOS != "CCONJ") {
		end++
	}
	return end
}

func (r *reading) pairEndsAt(t int) int {
	if k := r.inPair[t]; k > 0 && r.pairs[k-1].outer.End == r.tokens[t].Span.End {
		return int(k - 1)
	}
	return -1
}

// judgement is where a judgement over the clause behind mark begins: "vindt het
// jammer dat"; -1 for none.
func (r *reading) judgement(v, mark int) int {
	for t := v + 1; t < mark; t++ {
		if !r.is(lang.ItWord, t) || r.tokens[t].UPOS != "PRON" || r.related(t, "nsubj") {
			continue
		}
		for k := t + 1; k < mark; k++ {
			if u := r.tokens[k].UPOS; u == "ADJ" || u == "NOUN" {
				return t
			}
		}
	}
	return -1
}

// reporter is the one whose report the verb v makes; nobody where it is passive
// without one; false where it cannot be a report.
func (r *reading) reporter(v int) (speaker, bool) {
	passive := false
	for c := r.first[v]; c >= 0; c = r.next[c] {
		passive = passive || r.tokens[c].Deprel == "aux:pass"
	}
	if passive {
		for c := r.first[v]; c >= 0; c = r.next[c] {
			for d := r.first[c]; d >= 0; d = r.next[d] {
				if r.is(lang.ByWord, int(d)) && r.related(int(d), "case") && r.human(int(c)) {
					return r.speakerAt(int(c)), true
				}
			}
		}
		return nobody, true
	}
	s := r.subject(v)
	if s < 0 {
		s = r.besideVerb(v)
	}
	if s < 0 {
		return nobody, false
	}
	if r.tokens[s].UPOS == "PRON" && (r.is(lang.ItWord, s) || r.is(lang.PointingWord, s) || r.is(lang.RelativeWord, s) && !r.is(lang.PointingWord, s)) {
		return nobody, false
	}
	return r.speakerAt(s), true
}

// besideVerb is the subject of v where the tree has none: the noun or name right
// before the finite verb of its clause, or behind it; -1 for none.
func (r *reading) besideVerb(v int) int {
	for c := r.first[v]; c >= 0 && !r.finite(v); c = r.next[c] {
		if r.related(int(c), "aux") && r.finite(int(c)) {
			v = int(c)
		}
	}
	first, last := r.reach(v)
	if !r.finite(v) {
		return -1
	}
	if v > first {
		if u := r.tokens[v-1].UPOS; (u == "NOUN" || u == "PROPN" || u == "PRON" && r.personal(v-1)) && r.inPair[v-1] == 0 {
			return r.top(v - 1)
		}
	}
	if s := r.following(v + 1); s >= 0 && s < last && r.human(s) {
		return s
	}
	return -1
}

// infinitive notes "beloofde te komen" as a statement.
func (r *reading) infinitive(v int, report lang.Report) bool {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		i := int(c)
		if i < v || !r.related(i, "xcomp") && !r.related(i, "ccomp") && !r.related(i, "advcl") || !r.feature(i, "VerbForm=Inf") || !r.hasTo(i) {
			continue
		}
		speaker, ok := r.reporter(v)
		if !ok || speaker.token < 0 {
			return false
		}
		first := r.infinitiveStart(v, i, speaker)
		_, last := r.reach(v)
		return r.add(first, r.clauseEnd(int(r.high[i])+1, last), r.cueOf(v, report.Stance, speaker, likely))
	}
	return false
}

// infinitiveStart is where the statement of the infinitive i begins: behind the verb
// v, its subject and what may stand before the infinitive.
func (r *reading) infinitiveStart(v, i int, s speaker) int {
	first := v + 1
	if s.token > v && s.token < i {
		_, end := r.phrase(s.token)
		first = max(end, r.tokenAt(s.span.End-1)+1)
	}
	if low := int(r.low[i]); low < i && low > first+maxLoose {
		first = low
	}
	for t := first; t < min(i, int(r.low[i])); t++ {
		if r.punct(t) || r.tokens[t].Deprel == "compound:prt" && r.head(t) == v {
			first = t + 1
		}
	}
	for first+1 < i && (r.punct(first) || slices.Contains(r.words.Particles(r.lower[v]), r.lower[first]) || r.is(lang.ToWord, first) && r.head(first) != i-1) {
		first++
	}
	return first
}

// maxLoose is how many words before its own an infinitive takes that the tree has elsewhere.
const maxLoose = 3

func (r *reading) hasTo(i int) bool {
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if r.related(int(c), "mark") && r.is(lang.ToWord, int(c)) {
			return true
		}
		if r.related(int(c), "aux") || r.related(int(c), "xcomp") {
			for d := r.first[c]; d >= 0; d = r.next[d] {
				if r.related(int(d), "mark") && r.is(lang.ToWord, int(d)) {
					return true
				}
			}
		}
	}
	return false
}

// behind notes the statement before a verb, and what goes on behind its subject:
// "Het regent, zegt Jan, en het waait".
func (r *reading) behind(v int, report lang.Report) bool {
	first, last := r.reach(v)
	i, ok := r.opensClause(v, first)
	if !ok {
		return false
	}
	c, ok := r.inverted(i, false)
	if !ok || c.speaker.token < i || c.speaker.token > v+maxPhrase && c.speaker.token > i+maxPhrase {
		return false
	}
	comma := i - 1
	if comma > first && r.is(lang.SoWord, comma) {
		comma--
	}
	start := r.statementStart(first, comma)
	words, verb := r.counted(start, comma+1)
	if r.text(comma) != "," && !(r.quotesPart(start, comma+1) && r.human(c.speaker.token)) || r.subordinate(start, comma, v) {
		return false
	}
	done := false
	if words >= 3 && verb || r.quotesPart(start, comma+1) {
		done = r.add(start, comma+1, c)
	}
	rest := r.behindSubject(c.speaker, v)
	if rest > 0 && rest < last && r.goesOnBehind(rest, last) {
		done = r.add(rest, last, c) || done
	}
	return done
}

// opensClause gives the finite verb with which the clause of v begins, right
// behind a comma, "zo" or words between marks.
func (r *reading) opensClause(v, first int) (int, bool) {
	for i := v; i > first && i > v-maxPhrase; i-- {
		if r.inSpeech[i-1] != 0 {
			return i, false
		}
		if r.finite(i) && (r.text(i-1) == "," || r.is(lang.SoWord, i-1) || r.pairEndsAt(i-1) >= 0) {
			return i, true
		}
		if r.punct(i) {
			break
		}
	}
	return v, false
}

// statementStart is where the statement before token comma begins: with its
// sentence, behind direct speech and its attribution.
func (r *reading) statementStart(first, comma int) int {
	for t := comma; t > first; t-- {
		if r.inSpeech[t] != 0 {
			return t + 1
		}
		if r.text(t) == ":" || r.text(t) == ";" {
			return t + 1
		}
	}
	for first < comma && r.tokens[first].UPOS == "CCONJ" {
		first++
	}
	return first
}

// quotesPart tells whether the tokens [first,last) hold words between marks, and
// little else.
func (r *reading) quotesPart(first, last int) bool {
	inside, outside := 0, 0
	for t := first; t < last; t++ {
		switch {
		case r.punct(t):
		case r.inPair[t] != 0:
			inside++
		default:
			outside++
		}
	}
	return inside > 0 && outside <= 3*inside
}

// subordinate tells whether what stands before the comma is a clause that hangs
// on the verb v: "Toen hij kwam, zei Jan".
func (r *reading) subordinate(start, comma, v int) bool {
	for t := start; t < comma; t++ {
		if h := r.head(t); h == v && (r.related(t, "obl") || r.related(t, "advmod") || r.related(t, "advcl") && !r.finite(t)) {
			return !r.quotesPart(start, comma)
		}
	}
	if t := r.tokens[start]; t.UPOS != "SCONJ" && !(t.UPOS == "ADP" && r.related(start, "mark")) {
		return false
	}
	h := r.head(start)
	return h >= 0 && h < comma && (r.head(h) == v || r.related(h, "advcl") && int(r.high[h]) >= comma-1)
}

// behindSubject is the token behind the comma that ends the attribution of v, 0 for none.
func (r *reading) behindSubject(s speaker, v int) int {
	_, last := r.reach(v)
	from := max(v, r.tokenAt(s.span.End-1))
	for t := from + 1; t < min(last, from+maxPhrase); t++ {
		if r.text(t) == "," {
			return t + 1
		}
	}
	return 0
}

// goesOnBehind tells whether the tokens [first,last) are a statement of their own.
func (r *reading) goesOnBehind(first, last int) bool {
	switch r.tokens[first].UPOS {
	case "CCONJ", "SCONJ", "VERB", "AUX":
		return false
	}
	if r.is(lang.RelativeWord, first) || r.inPair[first] != 0 || r.related(first, "mark") || strings.HasPrefix(r.lower[first], "waar") {
		return false
	}
	for t := first; t < last; t++ {
		if r.inSpeech[t] != 0 {
			return false
		}
	}
	words, verb := r.counted(first, last)
	return verb && words >= 4 && !r.related(r.clauseVerb(first, last), "acl")
}

// clauseVerb is the first finite verb among the tokens, or what it helps.
func (r *reading) clauseVerb(first, last int) int {
	for t := first; t < last; t++ {
		if r.finite(t) {
			if r.related(t, "aux") || r.related(t, "cop") {
				return max(0, r.head(t))
			}
			return t
		}
	}
	return first
}

// holds reads "is van mening dat" at token i.
func (r *reading) holds(i int) bool {
	p, n := r.words.Phrase(r.lower[i:min(len(r.lower), i+maxPhrase)])
	if n == 0 || p.Kind != lang.PhraseHolds || r.inPair[i] != 0 {
		return false
	}
	end := i + n
	_, last := r.reach(i)
	for end < last && !r.is(lang.ThatWord, end) && end < i+n+2 {
		end++
	}
	if end >= last || !r.is(lang.ThatWord, end) {
		return false
	}
	s := -1
	for t := i; t < i+n && s < 0; t++ {
		if r.denied(t) {
			return false
		}
		s = r.subject(t)
	}
	if verb := r.governor(i); s < 0 {
		s = r.subject(verb)
	}
	if s < 0 {
		return false
	}
	h := r.head(end)
	stop := last
	if h > end {
		stop = int(r.high[h]) + 1
	}
	c := r.cueOf(i, p.Stance, r.speakerAt(s), probable)
	c.span.End = r.tokens[i+n-1].Span.End
	return r.add(end+1, stop, c)
}

// colon reads a statement without marks behind a cue and a colon: "Jan zei: ik ga".
func (r *reading) colon(i int) bool {
	first, last := r.reach(i)
	if r.text(i) != ":" || i+1 >= last || r.inPair[i] != 0 || r.inPair[i+1] != 0 || r.inSpeech[i+1] != 0 {
		return false
	}
	c, ok := r.cueBeforeColon(first, i)
	if !ok || c.at < 0 || r.self(c.speaker) || r.finite(c.at) && r.finiteBetween(c.at, i) {
		return false
	}
	stop := i + 1
	for stop < last && r.inSpeech[stop] == 0 {
		stop++
	}
	if words, verb := r.counted(i+1, stop); words < 3 || !verb {
		return false
	}
	start, stop := r.trimmed(i+1, stop)
	c.confidence, c.told = likely, 0
	it := &item{typ: direct, span: r.span(start, stop), pair: -1}
	it.attribute(c)
	r.items = append(r.items, it)
	return true
}

// sourced reads a statement with its source in a phrase at token i: "Volgens Jan
// regent het", "Het regent, aldus Jan", "naar eigen zeggen".
func (r *reading) sourced(i int) {
	if r.inPair[i] != 0 {
		return
	}
	if c, ok := r.sourceCue(i); ok {
		r.aroundSource(i, c)
		return
	}
	p, n := r.words.Phrase(r.lower[i:min(len(r.lower), i+maxPhrase)])
	if n == 0 || p.Kind != lang.PhraseOwn && p.Kind != lang.PhraseHearsay {
		return
	}
	c := r.cueOf(i, p.Stance, nobody, vague)
	c.span.End = r.tokens[i+n-1].Span.End
	verb := r.governor(i + n - 1)
	if p.Kind == lang.PhraseOwn {
		s := r.subject(verb)
		if s < 0 || !r.human(s) {
			first, _ := r.reach(i)
			if best, _ := r.prominent(first, i); best >= 0 {
				s = best
			}
		}
		if s < 0 {
			return
		}
		c.speaker, c.confidence = r.speakerAt(s), likely
	}
	first, last := r.clauseOf(verb)
	if first <= i && i < last {
		if i == first {
			first = i + n
		}
		r.add(first, last, c)
	}
}

// governor is the head of the clause in which token i stands.
func (r *reading) governor(i int) int {
	for range maxPhrase {
		if r.finite(i) && !r.related(i, "aux") && !r.related(i, "cop") || r.predicate(i) {
			return i
		}
		h := r.head(i)
		if h < 0 {
			return i
		}
		i = h
	}
	return i
}

// predicate tells whether token i has a subject or a verb that helps it.
func (r *reading) predicate(i int) bool {
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if d := r.tokens[c].Deprel; strings.HasPrefix(d, "nsubj") || strings.HasPrefix(d, "aux") || d == "cop" {
			return true
		}
	}
	return false
}

// clauseOf gives the tokens of the clause with the head v, without a conjunction
// at its beginning.
func (r *reading) clauseOf(v int) (first, last int) {
	first, last = int(r.low[v]), int(r.high[v])+1
	for first < last && (r.punct(first) && r.inPair[first] == 0 || r.tokens[first].UPOS == "CCONJ" || r.tokens[first].UPOS == "SCONJ" && r.related(first, "mark")) {
		first++
	}
	return first, last
}

// aroundSource notes the statement around the source at token i.
func (r *reading) aroundSource(i int, c cue) {
	first, last := r.reach(i)
	end := max(r.tokenAt(c.speaker.span.End-1), i) + 1
	end = r.behindPhrase(c.speaker.token, end, last)
	switch {
	case r.ends(end, last) && i > first && (r.text(i-1) == "," || r.is(lang.QuotingWord, i) || r.pairEndsAt(i-1) >= 0):
		start := r.statementStart(first, i-1)
		if words, verb := r.counted(start, i); words >= 3 && verb || r.quotesPart(start, i) {
			r.add(start, i, c)
		}
	case i == first || r.tokens[i-1].UPOS == "CCONJ" || r.tokens[i-1].UPOS == "SCONJ" || r.punct(i-1) && r.finiteSoon(end, last):
		stop := last
		if i > first && r.tokens[i-1].UPOS == "SCONJ" {
			stop = int(r.high[r.governor(i-1)]) + 1
		}
		for t := end; t < stop; t++ {
			if r.inSpeech[t] != 0 {
				stop = t
			}
		}
		if words, verb := r.counted(end, stop); words >= 3 && verb {
			r.add(end, stop, c)
		}
	default:
		verb := r.governor(r.top(c.speaker.token))
		start, stop := r.clauseOf(verb)
		if start < i && i < stop && !r.related(verb, "acl") {
			r.add(start, stop, c)
		}
	}
}

// behindPhrase is the token behind the whole phrase of the speaker: with its
// appositions and what else hangs on it without a verb.
func (r *reading) behindPhrase(speaker, end, last int) int {
	high := int(r.high[r.top(speaker)]) + 1
	if high > last || high < end || high > end+maxPhrase {
		return end
	}
	for t := end; t < high; t++ {
		if r.finite(t) {
			return end
		}
	}
	return high
}

// ends tells whether nothing but punctuation, or what follows a comma, stands from
// token t to the end of the sentence.
func (r *reading) ends(t, last int) bool {
	for t < last && !r.punct(t) {
		if r.finite(t) {
			return false
		}
		if u := r.tokens[t].UPOS; u != "ADV" && u != "ADP" && u != "NOUN" && u != "DET" && u != "ADJ" && u != "PROPN" && u != "NUM" && u != "PRON" {
			return false
		}
		t++
	}
	return true
}

// finiteSoon tells whether a verb stands at token t, as behind a phrase that opens
// a clause.
func (r *reading) finiteSoon(t, last int) bool { return t < last && r.finite(t) }

// pointsBack reads a sentence that reports the one before: "Dat zei Jan", "Aldus
// Jan"; true when it did.
func (r *reading) pointsBack(s int) bool {
	at := &r.a.Sentences[s]
	if s == 0 || at.Last-at.First < 2 || r.inPair[at.First] != 0 {
		return false
	}
	c, ok := r.pointing(at.First, at.Last)
	if !ok || c.speaker.token < 0 || r.self(c.speaker) {
		return false
	}
	k := s - 1
	for k > 0 && !r.speaks(r.a.Sentences[k].Block) {
		k--
	}
	before := &r.a.Sentences[k]
	if before.First >= before.Last || r.titled(before.Block) || !r.speaks(before.Block) || before.Block < at.Block-2 {
		return false
	}
	if n := r.inSpeech[before.Last-1]; n > 0 {
		if it := r.speech[n-1]; it.cueAt < 0 && it.speaker.token < 0 {
			it.attribute(c)
		}
		return true
	}
	if n := len(r.items); n > 0 && r.items[n-1].span.End > before.Span.Start || r.speaksIn(before) {
		return false
	}
	if _, verb := r.counted(before.First, before.Last); !verb {
		return false
	}
	c.confidence = probable
	return r.add(before.First, before.Last, c)
}

// speaksIn tells whether a sentence holds direct speech.
func (r *reading) speaksIn(s *document.Sentence) bool {
	return r.inSpeech[s.First] != 0 || r.inSpeech[(s.First+s.Last)/2] != 0
}

// pointing reads the attribution of the sentence [first,last) that points back.
func (r *reading) pointing(first, last int) (cue, bool) {
	if r.is(lang.QuotingWord, first) && !r.finiteBetween(first, last) {
		return r.sourceCue(first)
	}
	so := r.is(lang.SoWord, first)
	if !so && !(r.is(lang.PointingWord, first) && r.tokens[first].UPOS == "PRON") || !r.finite(first+1) {
		return cue{}, false
	}
	for j := first + 1; j < min(last, first+near); j++ {
		report := r.cueVerb(j)
		if report.Stance == "" || so && !report.Direct || r.inPair[j] != 0 {
			continue
		}
		if c, _ := r.treeClause(j, report); c >= 0 {
			return cue{}, false
		}
		if r.denied(j) {
			return cue{}, false
		}
		h := r.inversionSubject(first+1, j)
		if h < 0 || h > first+2 && h >= j && j > first+1 || !r.human(h) && !r.nominal(h) {
			return cue{}, false
		}
		return r.cueOf(j, report.Stance, r.speakerAt(h), probable), true
	}
	return cue{}, false
}

// nominal tells whether token h is a noun or name that begins right behind a verb,
// and so a subject rather than an object.
func (r *reading) nominal(h int) bool {
	u := r.tokens[h].UPOS
	return (u == "NOUN" || u == "PROPN") && !unicode.IsDigit(firstRune(r.text(h)))
}
