package lemma

import "strings"

// A word may be split before its last part: "opleidingsploeg" is opleiding_ploeg,
// "meegesprongen" mee_springen. Each place where the word may be cut, and leaving
// it whole, gets a score from what is known of both sides; the best one wins (a
// maximum entropy ranker).

// maxDepth bounds how often a first part is split again.
const maxDepth = 3

// How the first part of a cut came to its lemma.
const (
	partNone     = iota // not known
	partListed          // listed as first part of this part of speech
	partElse            // listed as first part of another
	partLemma           // a word, and its own lemma
	partForm            // a form of a word
	partLinked          // a word and a linking s
	partNumber          // figures
	partCompound        // can be split again
	partKinds
)

// cut is a place to split a form at; at 0 leaves it whole.
type cut struct {
	at        int
	modifier  string // lemma of the first part where the model holds it
	part      uint8
	partStat  uint8
	headStat  uint8 // of the list of last parts
	headKnown bool
	headHere  bool // headStat means something
	byRule    bool // the last part has the lemma of its rule, which is listed
	hyphen    bool
}

// Counts and shares of lists of parts are kept in steps; Stat makes such a byte
// from how many words have the part, and how many others only look so.
func Stat(with, without int) uint8 {
	count := uint8(0)
	for n := with; n > 1 && count < 6; n /= 2 {
		count++
	}
	share := uint8(0)
	for _, limit := range [...]float64{0.25, 0.6, 1.2, 3, 8, 20} {
		if (float64(with)+0.25)/(float64(without)+0.5) > limit {
			share++
		}
	}
	return share<<4 | count
}

// bestCut gives the best place to split a form, or none.
func (m *Model) bestCut(form string, c class, depth int) cut {
	if len(c.group.weights) != Features || depth >= maxDepth || len(form) < 4 {
		return cut{}
	}
	var best cut
	var room [16]uint16
	score := c.group.score(wholeFeatures(room[:0], form))
	for i := 1; i+2 <= len(form); i++ {
		now, ok := m.cutAt(form, i, c, depth)
		if !ok {
			continue
		}
		if s := c.group.score(now.features(room[:0], form)); s > score {
			best, score = now, s
		}
	}
	return best
}

func (g *group) score(features []uint16) int {
	sum := 0
	for _, f := range features {
		sum += int(g.weights[f])
	}
	return sum
}

// cutAt looks at both sides of a cut. A cut between two unknown sides is none.
func (m *Model) cutAt(form string, i int, c class, depth int) (cut, bool) {
	if !validCut(form, i) || form[i] == '-' {
		return cut{}, false
	}
	now := cut{at: i}
	first, last := form[:i], form[i:]
	if strings.HasSuffix(first, "-") {
		first, now.hyphen = first[:i-1], true
	}
	if first == "" || len(first) < 2 && !now.hyphen {
		return cut{}, false
	}
	m.modify(&now, first, c, depth)
	var lemma string
	lemma, now.headKnown = m.known(last, c)
	if !now.headKnown && now.part == partNone {
		return cut{}, false
	}
	if now.headKnown {
		for _, e := range m.lexicon.entries(lemma) {
			if e.tag == c.group.head {
				now.headStat, now.headHere = e.stat, true
				return now, true
			}
		}
	}
	var room [4 * maxForm]byte
	if e, ok := m.lexicon.find(m.appendRule(room[:0], last, c), c.group.head); ok {
		now.headStat, now.headHere, now.byRule = e.stat, true, true
	}
	return now, true
}

// modify finds out what the first part of a cut is.
func (m *Model) modify(now *cut, first string, c class, depth int) {
	if first[0] >= '0' && first[0] <= '9' {
		now.part = partNumber
		return
	}
	if shapeOf(first) != lower {
		if small := toLower(first); now.lookUp(m, small, c) {
			return
		}
	}
	if now.lookUp(m, first, c) {
		return
	}
	if link := len(first) - 1; link > 2 && first[link] == 's' && now.lookUp(m, first[:link], c) {
		now.part = partLinked
		return
	}
	if depth == 0 && len(first) >= 6 && m.bestCut(first, m.modifierClass(c), maxDepth-1).at > 0 {
		now.part = partCompound
	}
}

// modifierClass is the class of first parts: that of common nouns where the model
// has it.
func (m *Model) modifierClass(c class) class {
	if n, ok := m.others["NOUN"]; ok {
		return n
	}
	return c
}

// lookUp looks for the first part among the listed parts, then among the words.
func (now *cut) lookUp(m *Model, first string, c class) bool {
	entries := m.lexicon.entries(first)
	for i := range entries {
		if entries[i].tag == c.group.modifier {
			now.part, now.modifier, now.partStat = partListed, m.lexicon.lemma(&entries[i]), entries[i].stat
			return true
		}
	}
	for i := range entries {
		e := &entries[i]
		kind := m.kinds[e.tag]
		if kind == kindModifier {
			now.part, now.modifier, now.partStat = partElse, m.lexicon.lemma(e), e.stat
			return true
		}
		if kind == kindNoun && now.part == partNone {
			now.part, now.modifier = partForm, m.lexicon.lemma(e)
			if now.modifier == first {
				now.part = partLemma
			}
		}
	}
	return now.part != partNone
}

// appendCut adds the lemma of a form that is split.
func (m *Model) appendCut(dst []byte, form string, c class, at cut, depth int) []byte {
	first := strings.TrimSuffix(form[:at.at], "-")
	switch {
	case at.modifier != "":
		dst = append(dst, at.modifier...)
	case at.part == partNumber:
		dst = append(dst, first...)
	default:
		dst = m.appendModifier(dst, first, c, depth+1)
	}
	dst = append(dst, '_')
	if lemma, ok := m.known(form[at.at:], c); ok && !at.byRule {
		return append(dst, lemma...)
	}
	return m.appendRule(dst, form[at.at:], c)
}

// appendModifier adds a first part that no list holds, split again if that is
// likely.
func (m *Model) appendModifier(dst []byte, first string, c class, depth int) []byte {
	n := m.modifierClass(c)
	for _, form := range [2]string{first, strings.TrimSuffix(first, "s")} {
		if again := m.bestCut(form, n, depth); again.at > 0 {
			return m.appendCut(dst, form, n, again, depth)
		}
	}
	return append(dst, first...)
}
