package lang

// Sieve is a set of words in 1024 bits (Bloom 1970, Space/Time Trade-offs in Hash Coding
// with Allowable Errors, with one hash): a word that it lacks was not added, a word that
// it has perhaps.
type Sieve [sieveBits / 64]uint64

const sieveBits = 1024

// Add puts a word into the set.
func (s *Sieve) Add(word string) {
	bit := sieveBit(word)
	s[bit>>6] |= 1 << (bit & 63)
}

func (s *Sieve) has(bit uint16) bool { return s[bit>>6&(sieveBits/64-1)]&(1<<(bit&63)) != 0 }

func sieveBit(word string) uint16 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return uint16(h>>16^h) % sieveBits
}

// VerbPatterns are the patterns of a verb, the more exact first. Common verbs have
// hundreds, of which a sentence has the words of few.
type VerbPatterns struct {
	list  []*EventPattern
	needs []need
}

// need are the bits of words that must all be in the sentence, and of words of which
// one must be; none where anything will do.
type need struct {
	all [4]uint16
	any [7]uint16
	// How many of each there are.
	alls, anys uint8
}

// Possible goes through the patterns whose words may be among those of a sentence, of
// which the set holds every form under which a part may name them.
func (v *VerbPatterns) Possible(words *Sieve) func(func(*EventPattern) bool) {
	return func(yield func(*EventPattern) bool) {
		if v == nil {
			return
		}
		for i := range v.needs {
			if v.needs[i].met(words) && !yield(v.list[i]) {
				return
			}
		}
	}
}

func (n *need) met(words *Sieve) bool {
	for _, bit := range n.all[:n.alls] {
		if !words.has(bit) {
			return false
		}
	}
	for _, bit := range n.any[:n.anys] {
		if words.has(bit) {
			return true
		}
	}
	return n.anys == 0
}

// needOf is what a pattern needs: its prepositions, the words of its parts that have
// but one, and one of those of its first part that has few.
func needOf(p *EventPattern) need {
	var n need
	for i := range p.Parts {
		part := &p.Parts[i]
		if part.Kind == ObliquePart {
			n.must(part.Prep)
		}
		switch w := part.Words; {
		case len(w.ends) > 0 || len(w.words) > len(n.any):
		case len(w.words) == 1:
			for word := range w.words {
				n.must(word)
			}
		case n.anys == 0:
			for word := range w.words {
				n.any[n.anys] = sieveBit(word)
				n.anys++
			}
		}
	}
	return n
}

// must adds a word that must be in the sentence, as far as there is room.
func (n *need) must(word string) {
	if int(n.alls) < len(n.all) {
		n.all[n.alls] = sieveBit(word)
		n.alls++
	}
}
