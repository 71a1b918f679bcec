package fingerprint

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// reading is what has been read of one text.
type reading struct {
	text  []byte // the words so far, in lower case, a space behind each
	words int
	last  uint64 // hash of the weighty word before
	votes votes
}

// weighty is the length in bytes from which a word counts in the near
// signature. Shorter ones are mostly those that every text is full of.
const weighty = 6

// newReading makes room for a text of n bytes.
func newReading(n int) *reading { return &reading{text: make([]byte, 0, n+n/16+16)} }

// read adds text. What is no letter, digit or combining mark parts words;
// invisible format characters, such as the soft hyphen, do not.
func (r *reading) read(text string) {
	start := len(r.text)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
				r.text = append(r.text, c)
			case 'A' <= c && c <= 'Z':
				r.text = append(r.text, c+'a'-'A')
			default:
				start = r.word(start)
			}
			continue
		}
		wide, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch {
		case unicode.IsLetter(wide) || unicode.IsDigit(wide) || unicode.IsMark(wide):
			r.text = utf8.AppendRune(r.text, unicode.ToLower(wide))
		case !unicode.Is(unicode.Cf, wide):
			start = r.word(start)
		}
	}
	r.word(start)
}

// word ends the word that begins at start of r.text, if there is one, and
// returns where the next begins. A weighty word votes twice: alone, and with the
// weighty word before it.
func (r *reading) word(start int) int {
	if start == len(r.text) {
		return start
	}
	if len(r.text)-start >= weighty {
		h := xxh3.Hash(r.text[start:])
		r.votes.add(h)
		r.votes.add(mix(mix(h) ^ r.last))
		r.last = h
	}
	r.text = append(r.text, ' ')
	r.words++
	return len(r.text)
}

// mix spreads every bit of h over all (the finaliser of D. Stafford's Mix13).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}

// print signs what was read. A text without weighty words has the hash of all
// of it for a near signature.
func (r *reading) print() Print {
	var p Print
	sum := xxh3.Hash128(r.text)
	binary.BigEndian.PutUint64(p.Exact[:8], sum.Hi)
	binary.BigEndian.PutUint64(p.Exact[8:], sum.Lo)
	if r.votes.n == 0 {
		p.Similar = sum.Lo
		return p
	}
	p.Similar = r.votes.majority()
	return p
}

// votes counts, for each of 64 bits, in how many hashes it was set. The counts
// stand upright: plane k holds bit k of every count, so that adding a hash
// takes two steps on average and not 64.
type votes struct {
	planes [40]uint64 // room for 2^40 hashes, far above what an article has words
	n      int
}

// add counts the bits of h.
func (v *votes) add(h uint64) {
	v.n++
	for k := 0; h != 0 && k < len(v.planes); k++ {
		v.planes[k], h = v.planes[k]^h, v.planes[k]&h
	}
}

// majority gives the bits that were set in more than half of the hashes.
func (v *votes) majority() uint64 {
	// All 64 counts are compared with n/2 at once, from the highest plane down.
	half := uint64(v.n / 2)
	var more uint64
	equal := ^uint64(0)
	for k := bits.Len64(uint64(v.n)); k >= 0; k-- {
		if half>>k&1 == 0 {
			more |= equal & v.planes[k]
			equal &^= v.planes[k]
		} else {
			equal &= v.planes[k]
		}
	}
	return more
}
