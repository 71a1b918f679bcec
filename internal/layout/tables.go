package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/lang"
)

// tables is what the rules look up: the site lists of all packs together, for
// layout runs before the language is known.
type tables struct {
	labels, boilerplate, brief, inside, inline, viewers, teasers, bylines, authors, agencies, pointers, places              phrases
	creditWords, common, openers, links, verbs, particles, months, heads, calls, readers, siteWords, functions, bylineWords set
	starts                                                                                                                  map[string]starter // first words of what stands inside lines
	startLengths                                                                                                            lengths
}

// starter says what a word may begin inside a line.
type starter uint8

const (
	startsViewer starter = 1 << iota
	startsInline
	startsCredit
	startsTeaser
)

// newTables joins the lists of the packs; a pack without them adds nothing.
func newTables(packs []lang.Pack) *tables {
	t := &tables{starts: map[string]starter{}}
	for _, p := range packs {
		if p.Site == nil {
			continue
		}
		t.labels.add(p.Site.Labels)
		for _, line := range p.Site.Boilerplate {
			rest, inside := strings.CutPrefix(line, "…")
			switch {
			case inside:
				t.inside.add([]string{rest})
			case strings.HasSuffix(line, "…") && len(strings.Fields(line)) == 2:
				t.brief.add([]string{line})
			default:
				t.boilerplate.add([]string{line})
			}
		}
		t.inline.add(p.Site.Inline)
		t.teasers.add(p.Site.Teasers)
		t.pointers.add(closed(p.Site.Teasers))
		t.bylines.add(p.Site.Bylines)
		t.authors.add(p.Site.Authors)
		t.functions.add(p.Site.Functions)
		t.bylineWords.add(firstWords(p.Site.Bylines))
		t.bylineWords.add(p.Site.CreditWords)
		t.agencies.add(p.Site.Agencies)
		t.creditWords.add(p.Site.CreditWords)
		t.common.add(p.Site.Common)
		t.openers.add(p.Site.Openers)
		t.links.add(p.Site.Links)
		t.verbs.add(p.Site.Verbs)
		t.particles.add(p.Site.Particles)
		t.months.add(p.Site.Months)
		t.viewers.add(p.Site.Viewers)
		t.heads.add(p.Site.Heads)
		t.calls.add(p.Site.Calls)
		t.readers.add(p.Site.Readers)
		t.siteWords.add(p.Site.SiteWords)
		t.places.add(p.Site.Places)
	}
	t.setStarts()
	return t
}

// setStarts notes the first words of all that may stand inside a line.
func (t *tables) setStarts() {
	for w := range t.viewers.first {
		t.startLengths.note(w)
		t.starts[w] |= startsViewer
	}
	for w := range t.inline.first {
		t.startLengths.note(w)
		t.starts[w] |= startsInline
	}
	for w := range t.creditWords.words {
		t.startLengths.note(w)
		t.starts[w] |= startsCredit
	}
	for w := range t.teasers.first {
		t.startLengths.note(w)
		t.starts[w] |= startsTeaser
	}
}

// firstWords gives the first word of each phrase.
func firstWords(list []string) []string {
	out := make([]string, len(list))
	for i, line := range list {
		out[i], _, _ = strings.Cut(line, " ")
	}
	return out
}

// closed gives the phrases with nothing behind them. a pointer whose headlines
// follow on the next lines.
func closed(list []string) []string {
	out := make([]string, len(list))
	for i, line := range list {
		out[i] = strings.TrimSuffix(line, "…")
	}
	return out
}

// lengths says cheaply that a word is not in a list: by first byte in small
// letters, a bit for each length that occurs. Only ASCII words are told apart.
type lengths [256]uint32

func (l *lengths) note(w string) {
	l[w[0]|0x20] |= 1 << min(len(w), 31)
}

func (l *lengths) lacks(w string) bool {
	return w == "" || l[w[0]|0x20]&(1<<min(len(w), 31)) == 0 && w[0] < utf8.RuneSelf
}

// set holds single words in small letters.
type set struct {
	words   map[string]bool
	lengths lengths
}

func (s *set) add(list []string) {
	if s.words == nil {
		s.words = make(map[string]bool, len(list))
	}
	for _, w := range list {
		w = strings.ToLower(w)
		s.words[w] = true
		s.lengths.note(w)
	}
}

// has ignores case and allocates nothing.
func (s *set) has(w string) bool {
	if s.lengths.lacks(w) {
		return false
	}
	var buf [keyBytes]byte
	return s.words[string(lower(buf[:0], w))]
}

const keyBytes = 64 // longest word that a table can hold

// lower appends w in small letters to buf; what does not fit is in no table.
func lower(buf []byte, w string) []byte {
	if len(w) > keyBytes {
		return buf
	}
	for i := 0; i < len(w); {
		if c := w[i]; c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(w[i:])
		buf = utf8.AppendRune(buf, unicode.ToLower(r))
		i += n
	}
	return buf
}

// phrase is the words of a lang.Site Phrase after its first.
type phrase struct {
	rest []string
	open bool // anything may follow
}

// phrases finds phrases by their first word.
type phrases struct {
	first   map[string][]phrase
	lengths lengths // of the first words
}

func (p *phrases) add(list []string) {
	if p.first == nil {
		p.first = make(map[string][]phrase, len(list))
	}
	for _, line := range list {
		text, open := strings.CutSuffix(line, "…")
		var ws []string
		for _, f := range strings.Fields(text) {
			if f == "#" {
				ws = append(ws, f)
				continue
			}
			for start, end := word(f, 0); start < end; start, end = word(f, end) {
				ws = append(ws, strings.ToLower(f[start:end]))
			}
		}
		if len(ws) > 0 {
			p.first[ws[0]] = append(p.first[ws[0]], phrase{rest: ws[1:], open: open})
			p.lengths.note(ws[0])
		}
	}
}

// match looks for the longest phrase whose first word is the first word of s
// from i on, and gives the end of its last word, or -1. With whole, a phrase
// that is not open must reach the end of s.
func (p *phrases) match(s string, i int, whole bool) int {
	start, end := word(s, i)
	best := -1
	if start == end {
		return best
	}
	if !p.lengths.lacks(s[start:end]) {
		var buf [keyBytes]byte
		best = longest(p.first[string(lower(buf[:0], s[start:end]))], s, end, whole)
	}
	if isDigit(s[start]) {
		best = max(best, longest(p.first["#"], s, end, whole))
	}
	return best
}

// holds tells whether s is one of the phrases and nothing else.
func (p *phrases) holds(s string) bool { return p.match(s, 0, true) >= 0 }

// longest gives the end of the longest phrase of the list whose first word ends
// at from, or -1.
func longest(list []phrase, s string, from int, whole bool) int {
	best := -1
	if len(list) == 0 {
		return best
	}
	start, end := word(s, from)
	for _, ph := range list {
		stop := from
		if len(ph.rest) > 0 {
			if start > from+8 || !ph.fits(0, s[start:end]) {
				continue
			}
			stop = ph.follow(s, end)
		}
		if stop <= best {
			continue
		}
		if whole && !ph.open {
			if a, b := word(s, stop); a < b {
				continue
			}
		}
		best = stop
	}
	return best
}

// fits tells whether w is word i of the rest of the phrase.
func (ph *phrase) fits(i int, w string) bool {
	if ph.rest[i] == "#" {
		return w != "" && isDigit(w[0])
	}
	return strings.EqualFold(w, ph.rest[i])
}

// follow reads the words of the phrase after its second in s and gives where it
// ends, or -1.
func (ph *phrase) follow(s string, i int) int {
	for k := 1; k < len(ph.rest); k++ {
		start, end := word(s, i)
		if start > i+8 || !ph.fits(k, s[start:end]) {
			return -1
		}
		i = end
	}
	return i
}
