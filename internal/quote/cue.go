package quote

import (
	"slices"
	"unicode"

	"telex/internal/document"
	"telex/internal/lang"
)

// cueVerb tells what the verb at i reports; nothing for another word. A verb with
// a separable part is looked up with it.
func (r *reading) cueVerb(i int) lang.Report {
	if t := r.tokens[i].UPOS; t != "VERB" && t != "AUX" {
		return lang.Report{}
	}
	if r.is(lang.HeardWord, i) && !r.finite(i) && r.isLet(i) {
		return lang.Report{Stance: "says", Direct: true, Clause: true, Infinitive: true}
	}
	if r.related(i, "amod") {
		return lang.Report{}
	}
	particle := ""
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if r.tokens[c].Deprel == "compound:prt" && r.first[c] < 0 { // one with words of its own is a phrase: "onder meer"
			particle = r.lower[c]
			break
		}
	}
	report, ok := r.words.Verb(r.lower[i], particle)
	if !ok && particle == "" && r.finite(i) {
		report, _ = r.words.Verb(r.lower[i], r.looseParticle(i))
	}
	return report
}

// looseParticle is the separable part of the verb at i where the tree has it
// elsewhere: the last that fits in the clause; "" for none.
func (r *reading) looseParticle(i int) (found string) {
	particles := r.words.Particles(r.lower[i])
	_, last := r.bounds(i)
	for t := i + 1; len(particles) > 0 && t < min(last, i+near) && !r.punct(t) && !r.finite(t) && !r.is(lang.ThatWord, t); t++ {
		if slices.Contains(particles, r.lower[t]) {
			found = r.lower[t]
		}
	}
	return found
}

// isLet tells whether the infinitive at i hangs on a verb of letting: "laat weten".
func (r *reading) isLet(i int) bool {
	if h := r.head(i); h >= 0 && r.is(lang.LetWord, h) {
		return true
	}
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if r.is(lang.LetWord, int(c)) {
			return true
		}
	}
	first, _ := r.bounds(i)
	for t := i - 1; t >= max(first, i-near) && r.text(t) != ","; t-- {
		if r.is(lang.LetWord, t) {
			return true
		}
	}
	return false
}

// cue is an attribution: the word that reports and who speaks.
type cue struct {
	at         int // -1 without a word
	span       document.Span
	stance     string
	speaker    speaker
	told       int // the token after it
	confidence float64
}

func (r *reading) cueOf(at int, stance string, s speaker, confidence float64) cue {
	_, last := r.bounds(at)
	return cue{at: at, span: r.tokens[at].Span, stance: stance, speaker: s, told: last, confidence: confidence}
}

// How sure an attribution is, by what shows it.
const (
	sure     = 0.95
	probable = 0.85
	likely   = 0.7
	guessed  = 0.5
	vague    = 0.4
)

// cueBehind finds the attribution that follows a quotation: "…", zei Jan.
func (r *reading) cueBehind(end, block int) (cue, bool) {
	i, comma := r.tokenAt(end), false
	for ; i < len(r.tokens) && r.block(i) == block && r.punct(i) && r.inPair[i] == 0; i++ {
		if t := r.text(i); t != "," && t != "-" && t != "–" && t != ",," {
			return cue{}, false
		}
		comma = true
	}
	if i >= len(r.tokens) || r.block(i) != block || r.inPair[i] != 0 {
		return cue{}, false
	}
	upper := unicode.IsUpper(firstRune(r.text(i)))
	if c, ok := r.sourceCue(i); ok && (!upper || r.is(lang.QuotingWord, i)) {
		return c, true
	}
	if r.is(lang.SoWord, i) && i+1 < len(r.tokens) {
		i++
	}
	if upper || !r.finite(i) && !r.cueVerb(i).Direct {
		return cue{}, false
	}
	return r.inverted(i, comma)
}

// sourceCue reads "aldus Jan", "volgens Jan" and "in de ogen van Jan" at token i.
func (r *reading) sourceCue(i int) (cue, bool) {
	h, stance, last := -1, "says", i
	if p, n := r.words.Phrase(r.lower[i:min(len(r.lower), i+maxPhrase)]); n > 0 && p.Kind == lang.PhraseOf {
		stance, last = p.Stance, i+n-1
		h = r.following(i + n)
	} else if r.is(lang.QuotingWord, i) || r.is(lang.SourceWord, i) {
		h = r.sourceHead(i)
	}
	if h < 0 || r.nobodyIn(i+1, h) || r.inPair[h] != 0 {
		return cue{}, false
	}
	s := r.speakerAt(h)
	if r.self(s) {
		return cue{}, false
	}
	c := r.cueOf(i, stance, s, sure)
	c.span.End = r.tokens[last].Span.End
	return c, true
}

// nobodyIn tells whether the phrase behind a source word is no one's: "volgens de
// wet", "volgens het Lenteakkoord".
func (r *reading) nobodyIn(first, head int) bool {
	last := min(len(r.tokens), max(head+1, first+maxClimb))
	for t := first; t < last; t++ {
		if t > head && (r.punct(t) || r.finite(t) || r.tokens[t].UPOS == "ADP" || r.tokens[t].UPOS == "DET") {
			return false
		}
		if r.tokens[t].UPOS != "NOUN" && r.tokens[t].UPOS != "PROPN" && t != head {
			continue
		}
		for n := range r.lower[t] {
			if rest := r.lower[t][n:]; (n == 0 || len(rest) >= minEnding) && r.words.Is(lang.NobodyWord, rest) {
				return true
			}
		}
	}
	return false
}

// minEnding is the shortest noun, in bytes, by which a compound that ends in it is known.
const minEnding = 6

// sourceHead is the head of the phrase behind the preposition i.
func (r *reading) sourceHead(i int) int {
	if h := r.head(i); h > i && h < i+maxPhrase && r.related(i, "case") && r.sentence[h] == r.sentence[i] {
		if t := r.tokens[h].UPOS; (t == "NOUN" || t == "PROPN" || t == "PRON") && !r.finiteBetween(i, h) {
			return h
		}
	}
	if i+1 >= len(r.tokens) || r.sentence[i+1] != r.sentence[i] {
		return -1
	}
	return r.following(i + 1)
}

func (r *reading) finiteBetween(i, j int) bool {
	for t := i + 1; t < j; t++ {
		if r.finite(t) {
			return true
		}
	}
	return false
}

// inverted reads an attribution that begins with the finite verb at i: "zei Jan",
// "liet Jan weten", "heeft Jan gezegd". With a comma before it a verb that is in no
// table will do when a person is its subject: "lachte Jan".
func (r *reading) inverted(i int, comma bool) (cue, bool) {
	if report := r.cueVerb(i); report.Direct {
		return r.cueOf(i, report.Stance, r.speakerAt(r.inversionSubject(i, i)), sure), true
	}
	_, last := r.bounds(i)
	if r.tokens[i].UPOS == "AUX" || r.is(lang.LetWord, i) {
		for j := i + 1; j < min(last, i+near) && r.inPair[j] == 0; j++ {
			if report := r.cueVerb(j); report.Direct && !r.finite(j) {
				return r.cueOf(j, report.Stance, r.speakerAt(r.inversionSubject(i, j)), sure), true
			}
		}
	}
	if h := r.inversionSubject(i, i); comma && h > i && h <= i+maxPhrase && r.human(h) {
		return r.cueOf(i, "says", r.speakerAt(h), likely), true
	}
	return cue{}, false
}

// inversionSubject is the subject of the verb at v, whose clause begins with the
// finite verb i.
func (r *reading) inversionSubject(i, v int) int {
	for _, verb := range [...]int{v, i} {
		if s := r.subject(verb); s > i && r.inPair[s] == 0 {
			return s
		}
	}
	if s := r.following(i + 1); s >= 0 && r.sentence[s] == r.sentence[i] && r.inPair[s] == 0 {
		return s
	}
	return -1
}

// cueBefore finds the attribution before a quotation whose first token is t:
// "Jan zei: …", "Jan: …", "zegt Jan …". With a colon it is enough that someone is
// introduced.
func (r *reading) cueBefore(t int) (c cue, colon, ok bool) {
	if t == 0 || r.block(t-1) != r.block(t) {
		return cue{}, false, false
	}
	last := t - 1
	colon = r.text(last) == ":" || lastRune(r.text(last)) == ':'
	first, _ := r.bounds(last)
	if colon {
		c, ok = r.cueBeforeColon(first, last)
		return c, true, ok
	}
	if r.text(last) == "," {
		last--
	}
	for j := last; j >= max(first, last-maxPhrase); j-- {
		if r.inPair[j] != 0 || r.punct(j) || r.tokens[j].UPOS == "SCONJ" {
			break
		}
		report := r.cueVerb(j)
		if !report.Direct && r.tokens[j].UPOS == "VERB" {
			break
		}
		if report.Direct {
			if s := r.subject(j); s >= 0 && s <= last || j == last {
				switch r.tokens[last].UPOS {
				case "ADP", "DET", "ADJ", "NUM", "SCONJ":
					return cue{}, false, false
				}
				return r.cueOf(j, report.Stance, r.speakerAt(s), probable), false, true
			}
			break
		}
	}
	return cue{}, false, false
}

// cueBeforeColon reads the sentence [first,colon) as an attribution.
func (r *reading) cueBeforeColon(first, colon int) (cue, bool) {
	first = max(first, colon-maxClause)
	noun, verb := -1, false
	for j := colon - 1; j >= first; j-- {
		if r.inPair[j] != 0 {
			break
		}
		verb = verb || r.finite(j)
		if report := r.cueVerb(j); report.Direct || report.Clause {
			s := r.subject(j)
			if s < 0 && r.finite(j) {
				s = r.inversionSubject(j, j)
			}
			if s >= first && s < colon && r.inPair[s] == 0 {
				return r.cueOf(j, report.Stance, r.speakerAt(s), sure), true
			}
		}
		if _, ok := r.words.Noun(r.lower[j]); ok && noun < 0 && r.tokens[j].UPOS == "NOUN" {
			noun = j
		}
	}
	if noun >= 0 {
		stance, _ := r.words.Noun(r.lower[noun])
		if s := r.owner(noun); s >= 0 {
			return r.cueOf(noun, stance, r.speakerAt(s), likely), true
		}
	}
	if !verb {
		if h := r.nameLine(first, colon); h >= 0 {
			return cue{at: -1, stance: "says", speaker: r.speakerAt(h), confidence: probable}, true
		}
	}
	return cue{}, false
}

// owner is the person whose the thing said at noun is: "het antwoord van Jan", -1 for none.
func (r *reading) owner(noun int) int {
	for c := r.first[noun]; c >= 0; c = r.next[c] {
		if i := int(c); (r.related(i, "nmod") || r.related(i, "appos")) && r.human(i) {
			return i
		}
	}
	return -1
}

// nameLine is the head of the phrase [first,colon) if it is nothing but the one
// who speaks, as in interviews and headlines: "Rutte:", "Minister Rutte:"; else -1.
func (r *reading) nameLine(first, colon int) int {
	if colon-first > maxPhrase {
		return -1
	}
	noun := -1
	for i := first; i < colon; i++ {
		if m := r.nameAt[i]; m > 0 && r.a.Entities[r.mentions[m-1].entity].Type == "PER" {
			return i
		}
		if r.tokens[i].UPOS == "NOUN" && noun < 0 && r.personNoun(i) {
			noun = i
		}
	}
	return noun
}
