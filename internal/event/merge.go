package event

import (
	"cmp"
	"slices"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/plover"
)

// merge joins the candidates that tell one event: of one type and mode, with no
// party that sets them apart, on the same day. Captions are told last, so that they
// only add a telling to what the text has.
func (r *reading) merge() []*candidate {
	order := slices.DeleteFunc(slices.Clone(r.found), func(c *candidate) bool { return c.out != "" })
	slices.SortStableFunc(order, func(a, b *candidate) int { return cmp.Compare(b2i(a.caption), b2i(b.caption)) })
	var kept []*candidate
	byType := map[plover.Type][]*candidate{}
	for _, c := range order {
		list := byType[c.typ]
		i := slices.IndexFunc(list[max(0, len(list)-window):], func(k *candidate) bool { return r.oneEvent(k, c) })
		if i < 0 {
			kept = append(kept, c)
			byType[c.typ] = append(list, c)
			continue
		}
		k := list[max(0, len(list)-window):][i]
		r.join(k, c)
		c.drop("told already at " + r.text(k.trigger))
	}
	r.dropMobilized(kept)
	kept = slices.DeleteFunc(kept, func(c *candidate) bool { return c.out != "" })
	slices.SortStableFunc(kept, func(a, b *candidate) int { return a.trigger - b.trigger })
	return kept
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// oneEvent tells whether two candidates of a type tell the same event.
func (r *reading) oneEvent(k, c *candidate) bool {
	if k.trigger == c.trigger || r.another(c) || reality(k) != reality(c) && !r.retold(k, c) {
		return false
	}
	if r.headlined(k, c) {
		return true
	}
	if k.mode != c.mode && k.mode != "" && c.mode != "" {
		return false
	}
	if k.told && c.told && !strings.HasPrefix(k.date, c.date) && !strings.HasPrefix(c.date, k.date) {
		return false
	}
	if k.told != c.told && r.otherContent(k, c) {
		return false
	}
	apart, together := 0, 0
	for _, sides := range [][2][]party{{k.actors, c.actors}, {k.recipients, c.recipients}} {
		switch {
		case r.overlap(sides[0], sides[1]):
			together++
		case unknown(sides[0]) || unknown(sides[1]):
		default:
			apart++
		}
	}
	if apart > 0 && r.mutual(k) { // the sides may be told the other way round
		all := slices.Concat(k.actors, k.recipients)
		apart = 0
		for _, p := range slices.Concat(c.actors, c.recipients) {
			if !r.overlap(all, []party{p}) {
				apart++
			}
		}
		together = 1
	}
	if together == 0 && apart == 0 { // nobody is told twice: de aanslag … de aanslag
		if k.place >= 0 && c.place >= 0 && k.place != c.place {
			return false
		}
		return r.lemma[k.trigger] == r.lemma[c.trigger] || r.pointsBack(c)
	}
	return apart == 0
}

// unknown tells whether nobody is named on a side.
func unknown(side []party) bool {
	return !slices.ContainsFunc(side, func(p party) bool { return p.token >= 0 || p.entity >= 0 })
}

// retold tells whether two deeds told as real in different degrees may be one: the
// same word again, in a question or denied, or what is long past told without its
// date.
func (r *reading) retold(k, c *candidate) bool {
	if plover.Quad(k.typ) != plover.MaterialConflict || k.told && c.told {
		return false
	}
	if r.lemma[k.trigger] == r.lemma[c.trigger] {
		return true
	}
	return k.realis == historical && c.realis == asserted || k.realis == asserted && c.realis == historical
}

// pointsBack tells whether a noun without parties only points to a deed told before:
// de aanslag.
func (r *reading) pointsBack(c *candidate) bool {
	return c.pattern.Noun && plover.Quad(c.typ) == plover.MaterialConflict && !c.told && len(c.actors)+len(c.recipients) == 0 && !r.indefinite(c.trigger) && !r.plural(c.trigger)
}

// headlined tells whether a headline tells in short what a text tells in the words
// of the same pattern: "Bestuur vervolgd", and below "aanklagers vervolgen …".
func (r *reading) headlined(k, c *candidate) bool {
	if r.block(k.trigger) != document.Title || r.block(c.trigger) == document.Title || k.mode != c.mode {
		return false
	}
	if r.sentence[c.trigger]-r.sentence[k.trigger] > nearHeadline || len(k.tellings) > 0 {
		return false
	}
	return r.lemma[k.trigger] == r.lemma[c.trigger] || k.mode != "" && (oneLand(k.actors, c.actors) || oneLand(k.recipients, c.recipients))
}

// oneLand tells whether a party of one side is of the land of one of the other.
func oneLand(a, b []party) bool {
	for _, p := range a {
		if p.code.Country != "" && slices.ContainsFunc(b, func(q party) bool { return q.code.Country == p.code.Country }) {
			return true
		}
	}
	return false
}

// nearHeadline is how many sentences below a headline tell what it says.
const nearHeadline = 4

func (r *reading) block(i int) document.BlockType {
	return r.a.Blocks[r.a.Sentences[r.sentence[i]].Block].Type
}

// another tells whether a noun is introduced as one more of its kind: ook een
// aanhouding.
func (r *reading) another(c *candidate) bool {
	if !c.pattern.Noun {
		return false
	}
	if !r.indefinite(c.trigger) {
		return false
	}
	more := false
	for t := range r.children(c.trigger) {
		more = more || r.words.Is(lang.MoreWord, r.lower[t]) || r.words.Is(lang.MoreWord, r.lemma[t])
	}
	if h := r.head(c.trigger); h >= 0 && !more {
		for t := range r.children(h) {
			more = more || r.rel(t, "advmod") && c.trigger-t <= nearMore && t < c.trigger && r.words.Is(lang.MoreWord, r.lower[t])
		}
	}
	return more
}

// nearMore is how many words before a noun a word such as ook still is of it.
const nearMore = 4

// reality puts the ways of telling into classes that do not mix: what is to come and
// what is possible go together.
func reality(c *candidate) string {
	if c.realis == future {
		return hypothetical
	}
	return c.realis
}

// otherContent tells whether two statements are of different things.
func (r *reading) otherContent(k, c *candidate) bool {
	if len(k.contents) == 0 || len(c.contents) == 0 {
		return false
	}
	return r.lemma[k.contents[0]] != r.lemma[c.contents[0]]
}

// overlap tells whether a party of one side may be one of the other.
func (r *reading) overlap(a, b []party) bool {
	for _, p := range a {
		for _, q := range b {
			if p.entity >= 0 && q.entity >= 0 {
				if p.entity == q.entity {
					return true
				}
				continue
			}
			if p.code == q.code {
				return true
			}
		}
	}
	return false
}

// join adds a telling to an event, and what it says that was not known.
func (r *reading) join(k, c *candidate) {
	k.tellings = append(k.tellings, c.trigger)
	k.tellings = append(k.tellings, c.tellings...)
	if k.mode == "" && c.mode != "" && plover.Quad(k.typ) == plover.MaterialConflict {
		k.mode, k.cameo = c.mode, c.cameo
	}
	if len(k.actors) == 0 {
		k.actors = c.actors
	}
	if len(k.recipients) == 0 && !r.overlap(k.actors, c.recipients) {
		k.recipients = c.recipients
	}
	if k.place < 0 {
		k.place = c.place
	}
	if !k.told && c.told {
		if k.realis == asserted && c.realis == historical {
			k.realis = historical
		}
		k.date, k.told = c.date, true
	}
}

// dropMobilized leaves out what was mobilized for an assault that is told near it,
// and an accusation next to the verdict.
func (r *reading) dropMobilized(kept []*candidate) {
	for _, c := range kept {
		rival := plover.Assault
		switch {
		case c.typ == plover.Mobilize:
		case c.typ == plover.Accuse && c.mode == "allege":
			rival = plover.Sanction
		default:
			continue
		}
		for _, k := range kept {
			near := r.sentence[k.trigger]-r.sentence[c.trigger] <= 1 && r.sentence[c.trigger]-r.sentence[k.trigger] <= 1
			near = near || rival == plover.Assault && r.overlap(k.actors, c.actors)
			if k.typ == rival && near && (rival == plover.Assault || k.mode == "convict" && r.overlap(k.recipients, c.recipients)) {
				c.drop("the " + string(rival) + " at " + r.text(k.trigger) + " tells it")
				break
			}
		}
	}
}

// findRoots marks what the article is about: the event told most, and earliest, or
// two that are told as much.
func (r *reading) findRoots(kept []*candidate) []bool {
	roots := make([]bool, len(kept))
	best, count := 0, 0
	weights := make([]int, len(kept))
	for i, c := range kept {
		w := r.weight(c)
		weights[i] = w
		switch {
		case w > best:
			best, count = w, 1
		case w == best:
			count++
		}
	}
	if best == 0 || count > 2 {
		for i := range kept {
			if weights[i] == best && best > 0 {
				roots[i] = true
				break
			}
		}
		return roots
	}
	for i, w := range weights {
		roots[i] = w == best
	}
	return roots
}

// weight counts where an event is told: in the headline and the first sentence
// most, in the lede more than below.
func (r *reading) weight(c *candidate) int {
	w := 0
	for _, t := range append([]int{c.trigger}, c.tellings...) {
		s := r.sentence[t]
		switch r.a.Blocks[r.a.Sentences[s].Block].Type {
		case document.Title:
			w += 8
		case document.Lede:
			w += 5
			if s == 0 || r.a.Sentences[s-1].Block != r.a.Sentences[s].Block {
				w += 3
			}
		case document.Caption:
			w++
		default:
			w += 2
			if s == 0 {
				w += 6
			}
		}
	}
	if c.realis == asserted || c.realis == future {
		w++
	}
	return w
}
