package layout

import (
	"strings"

	"telex/internal/document"
)

const (
	fewestSigned  = 2   // signatures with a comma that make a page of letters
	fewestBare    = 3   // signatures without one
	longestSigner = 100 // bytes of a signature
)

// cutLetters cuts a page of readers' letters that has lost its line breaks at
// the signatures, "Jan Jansen, Utrecht" or "Jan Jansen Utrecht", and tells
// whether it was one. What
// stands between goes to the rule for cross-heads.
func (p *page) cutLetters(start, end int) bool {
	signed, bare := p.signed[:0], 0
	for i := start; i < end; {
		b := boundary(p.raw[:end], i)
		if b < 0 {
			break
		}
		i = b
		stop := p.signature(b, end)
		if stop == 0 {
			if stop = p.bareSignature(b, end); stop > 0 {
				bare++
			}
		}
		if stop > 0 {
			signed = append(signed, span{b, stop})
			i = stop
		}
	}
	p.signed = signed
	if len(signed)-bare < fewestSigned && len(signed) < fewestBare {
		return false
	}
	from := start
	for _, s := range signed {
		p.cutLetter(from, s.start)
		p.add(s.start, s.end, document.Byline)
		from = s.end
	}
	p.cutText(from, end)
	return true
}

// cutLetter cuts one letter. It begins with its head, so that less evidence is
// asked for than in running text.
func (p *page) cutLetter(start, end int) {
	start, end = trim(p.raw, start, end)
	p.letter = true
	stop := p.glued(start, end)
	p.letter = false
	if stop > 0 {
		p.add(start, stop, document.Heading)
		start = stop
	}
	p.cutText(start, end)
}

// signature reads a name, a comma and a place at i, and gives where they end, or
// 0. Behind it another letter begins, or nothing.
func (p *page) signature(i, end int) int {
	s := p.raw[:min(end, i+longestSigner)]
	caps, named := 0, 0
	for {
		a, b := token(s, i)
		if a == b || caps > 5 {
			return 0
		}
		w := s[a:b]
		core := strings.TrimRight(w, ",.")
		switch {
		case core == "" || strings.ContainsAny(core, ":;!?()\"'“”‘’"):
			return 0
		case p.tables.particles.has(core) && caps > 0 && core == w:
		case isUpper(firstRune(core)) && !p.tables.openers.has(core) && !p.tables.common.has(core):
			caps++
		default:
			return 0
		}
		i = b
		if strings.HasSuffix(w, ",") {
			named = caps
			break
		}
		if strings.HasSuffix(w, ".") && len(core) > 2 && strings.IndexByte(core, '.') < 0 {
			return 0 // the end of a sentence
		}
	}
	if named < 2 {
		return 0
	}
	return p.signedPlace(s, i, end)
}

// bareSignature reads a name and a place without a comma at i, and gives where
// they end, or 0: three capitals or more in a row, of which the last is the head
// of the next letter, unless that begins with a word that opens sentences.
func (p *page) bareSignature(i, end int) int {
	s := p.raw[:min(end, i+longestSigner)]
	var stops [6]int
	n, last := 0, i
	for n < len(stops) {
		a, b := token(s, last)
		if a == b {
			break
		}
		w := s[a:b]
		core := strings.TrimRight(w, ".")
		switch {
		case p.tables.particles.has(w) && n > 0:
			last = b
			continue
		case core == "" || strings.ContainsAny(core, ",:;!?()\"'“”‘’") || len(core) < len(w) && len(core) > 2 && strings.IndexByte(core, '.') < 0:
			return 0
		case n == 3 && isUpper(firstRune(w)) && p.tables.places.holds(wordAt(s, stops[1])):
			return stops[2]
		case isUpper(firstRune(w)) && !p.tables.openers.has(w) && (n == 3 || !p.tables.common.has(w)):
			stops[n] = b
			n++
			last = b
			continue
		}
		if n >= 4 {
			return stops[n-2]
		}
		if n == 3 && isUpper(firstRune(w)) {
			return stops[2]
		}
		return 0
	}
	if n == 3 && last == end {
		return stops[2]
	}
	return 0
}

// signedPlace reads the place behind a name: a capital with its particles.
func (p *page) signedPlace(s string, i, end int) int {
	for count := 0; count < 5; count++ {
		a, b := token(s, i)
		core := strings.TrimRight(s[a:b], ".")
		if core == "" {
			return 0
		}
		i = b
		if p.tables.particles.has(core) || core == "aan" || core == "op" || core == "bij" || core == "'s" {
			continue
		}
		if !isUpper(firstRune(core)) && !strings.HasPrefix(core, "'s-") || strings.ContainsAny(core, ",:;!?()") {
			return 0
		}
		next := strings.TrimLeft(s[b:], " ")
		if particle, _, _ := strings.Cut(next, " "); len(core) == b-a && (particle == "aan" || particle == "op") {
			continue // Krimpen aan den IJssel
		}
		if b < end && next != "" && !capital(next) && !opensQuote(next) {
			return 0
		}
		return b
	}
	return 0
}
