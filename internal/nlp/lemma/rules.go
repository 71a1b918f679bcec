package lemma

import "strings"

// maxSuffix bounds the endings that rules ask for, in bytes.
const maxSuffix = 12

// Script turns a form into a lemma: Front is taken off before, Cut bytes behind,
// and Add put behind.
type Script struct {
	Front, Add string
	Cut        int
}

type script struct {
	front, add string
	cut        int
}

// NewScript gives the shortest script that turns a form into a lemma.
func NewScript(form, lemma string) Script {
	best, cost := Script{Cut: len(form), Add: lemma}, len(form)+len(lemma)
	for front := 0; front <= 2 && front < len(form); front++ {
		n := front
		for n < len(form) && n-front < len(lemma) && form[n] == lemma[n-front] {
			n++
		}
		for n > front && (!validCut(form, n) || !validCut(lemma, n-front)) {
			n--
		}
		s := Script{Front: form[:front], Cut: len(form) - n, Add: lemma[n-front:]}
		if c := 2*front + s.Cut + len(s.Add); c < cost && validCut(form, front) && n > front {
			best, cost = s, c
		}
	}
	return best
}

// Apply adds the lemma to dst; it fails if the form does not fit.
func (s *script) apply(dst []byte, form string) ([]byte, bool) {
	end := len(form) - s.cut
	if end < len(s.front) || !strings.HasPrefix(form, s.front) || !validCut(form, end) || end == len(s.front) && s.add == "" {
		return dst, false
	}
	return append(append(dst, form[len(s.front):end]...), s.add...), true
}

const (
	hashStart = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

// ruleKey continues the key of a tag and an ending by the byte before the ending.
func ruleKey(key uint64, before uint64) uint64 {
	key = (key ^ before) * hashPrime
	return key ^ key>>29
}

func ruleStart(tag uint16) uint64 { return ruleKey(hashStart, uint64(tag)) }

// keyOf gives the key of a whole ending.
func keyOf(tag uint16, suffix string) uint64 {
	key := ruleStart(tag)
	for i := len(suffix) - 1; i >= 0; i-- {
		key = ruleKey(key, uint64(suffix[i]))
	}
	return key
}

// appendRule adds the lemma that the rule of the longest ending gives, asking the
// class first and then the part of speech; without a rule the form itself.
func (m *Model) appendRule(dst []byte, form string, c class) []byte {
	for _, tag := range [2]uint16{c.tag, c.group.any} {
		if out, ok := m.byTag(dst, form, tag); ok {
			return out
		}
	}
	return append(dst, form...)
}

func (m *Model) byTag(dst []byte, form string, tag uint16) ([]byte, bool) {
	var keys [maxSuffix + 1]uint64
	keys[0] = ruleStart(tag)
	n := 1
	for i := len(form) - 1; i >= 0 && n <= maxSuffix; i-- {
		keys[n] = ruleKey(keys[n-1], uint64(form[i]))
		n++
	}
	for n--; n >= 0; n-- {
		if s, ok := m.rules[keys[n]]; ok {
			if out, ok := s.apply(dst, form); ok {
				return out, true
			}
		}
	}
	return dst, false
}
