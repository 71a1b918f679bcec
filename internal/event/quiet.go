package event

// An article is of a quiet field, where words of war mean none, if at least
// minQuiet of its nouns, and one in quietShare, are of that field.
const (
	minQuiet   = 5
	quietShare = 12
)

// findField finds out whether the article is of sport, fiction or the kitchen.
func (r *reading) findField() {
	counts := map[string]int{}
	nouns := 0
	best := ""
	for i := range r.tokens {
		if !r.upos(i, "NOUN") {
			continue
		}
		nouns++
		if f := r.words.Quiet(r.nounKey(i)); f != "" {
			counts[f]++
			if n, b := counts[f], counts[best]; n > b || n == b && f < best {
				best = f
			}
		}
	}
	if counts[best] >= minQuiet && counts[best]*quietShare >= nouns {
		r.field = best
	}
}

// quiet tells whether a candidate is only a way of speaking of the field of its
// article: nobody of a state or under arms takes part in it, or, in fiction, nobody
// by name.
func (r *reading) quiet(c *candidate) bool {
	field := r.field
	if field == "" {
		if field = r.fieldAround(c.trigger); field == "" {
			return false
		}
	}
	for _, side := range [][]party{c.actors, c.recipients} {
		for _, p := range side {
			if p.token < 0 || !official(p.code.Sector) {
				continue
			}
			if field == "sport" || p.entity >= 0 && r.parties[p.entity].known {
				return false
			}
		}
	}
	return true
}

// fieldAround finds the field of the words around a trigger: two nouns of it, or one
// in which it all happens (in deze film).
func (r *reading) fieldAround(i int) string {
	first, last := r.sentenceBounds(i)
	counts := map[string]int{}
	for t := first; t < last; t++ {
		if !r.upos(t, "NOUN") {
			continue
		}
		f := r.words.Quiet(r.nounKey(t))
		if f == "" {
			continue
		}
		if counts[f]++; counts[f] > 1 || r.standsWithin(t) {
			return f
		}
	}
	return ""
}

// official tells whether a sector is of a state, its opponents under arms, or its
// politics.
func official(sector string) bool {
	switch sector {
	case "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "SPY", "REB", "UAF", "PRM":
		return true
	}
	return false
}
