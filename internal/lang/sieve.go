package lang

// Sieve is a set of words in 256 bits (Bloom 1970, Space/Time Trade-offs in Hash Coding
// with Allowable Errors, with one hash): a word that it lacks was not added, a word that
// it has perhaps.
type Sieve [4]uint64

// Add puts a word into the set.
func (s *Sieve) Add(word string) {
	bit := sieveBit(word)
	s[bit>>6] |= 1 << (bit & 63)
}

func (s *Sieve) has(bit uint8) bool { return s[bit>>6]&(1<<(bit&63)) != 0 }

func sieveBit(word string) uint8 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return uint8(h>>24) ^ uint8(h>>8)
}

// VerbPatterns are the patterns of a verb, the more exact first. Common verbs have
// hundreds, of which a sentence has the words of few.
type VerbPatterns struct {
	list  []*EventPattern
	needs []need
}

// need are the bits of words of which one must be in the sentence; none where
// anything will do.
type need struct {
	bits [7]uint8
	n    uint8
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
	for _, bit := range n.bits[:n.n] {
		if words.has(bit) {
			return true
		}
	}
	return n.n == 0
}

// needOf is what a pattern needs: the words of its first part that has few.
func needOf(p *EventPattern) need {
	for i := range p.Parts {
		if w := p.Parts[i].Words; len(w.ends) == 0 && len(w.words) <= len(need{}.bits) {
			var n need
			for word := range w.words {
				n.bits[n.n] = sieveBit(word)
				n.n++
			}
			return n
		}
	}
	return need{}
}
