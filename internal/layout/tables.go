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
	labels, boilerplate, inside, inline, viewers, teasers, bylines, agencies, captions, pointers, places phrases
	creditWords, openers, links, verbs, particles, months, heads                                         set
	starts                                                                                               map[string]starter // first words of what stands inside lines
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
	t := &tables{
		labels: phrases{}, boilerplate: phrases{}, inside: phrases{}, inline: phrases{}, viewers: phrases{}, teasers: phrases{},
		bylines: phrases{}, agencies: phrases{}, captions: phrases{}, places: phrases{}, pointers: phrases{}, creditWords: set{}, openers: set{},
		links: set{}, verbs: set{}, particles: set{}, months: set{}, heads: set{},
		starts: map[string]starter{},
	}
	for _, p := range packs {
		if p.Site == nil {
			continue
		}
		t.labels.add(p.Site.Labels)
		for _, line := range p.Site.Boilerplate {
			if rest, ok := strings.CutPrefix(line, "…"); ok {
				t.inside.add([]string{rest})
			} else {
				t.boilerplate.add([]string{line})
			}
		}
		t.inline.add(p.Site.Inline)
		t.teasers.add(p.Site.Teasers)
		t.pointers.add(closed(p.Site.Teasers))
		t.bylines.add(p.Site.Bylines)
		t.agencies.add(p.Site.Agencies)
		t.captions.add(p.Site.Captions)
		t.creditWords.add(p.Site.CreditWords)
		t.openers.add(p.Site.Openers)
		t.links.add(p.Site.Links)
		t.verbs.add(p.Site.Verbs)
		t.particles.add(p.Site.Particles)
		t.months.add(p.Site.Months)
		t.viewers.add(p.Site.Viewers)
		t.heads.add(p.Site.Heads)
		t.places.add(p.Site.Places)
	}
	t.setStarts()
	return t
}

// setStarts notes the first words of all that may stand inside a line.
func (t *tables) setStarts() {
	for w := range t.viewers {
		t.starts[w] |= startsViewer
	}
	for w := range t.inline {
		t.starts[w] |= startsInline
	}
	for w := range t.creditWords {
		t.starts[w] |= startsCredit
	}
	for w := range t.teasers {
		t.starts[w] |= startsTeaser
	}
}

// closed gives the phrases with nothing behind them: a pointer whose headlines
// follow on the next lines.
func closed(list []string) []string {
	out := make([]string, len(list))
	for i, line := range list {
		out[i] = strings.TrimSuffix(line, "…")
	}
	return out
}

// set holds single words in small letters.
type set map[string]bool

func (s set) add(list []string) {
	for _, w := range list {
		s[strings.ToLower(w)] = true
	}
}

// has ignores case and allocates nothing.
func (s set) has(w string) bool {
	var buf [keyBytes]byte
	return s[string(lower(buf[:0], w))]
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
type phrases map[string][]phrase

func (p phrases) add(list []string) {
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
			p[ws[0]] = append(p[ws[0]], phrase{rest: ws[1:], open: open})
		}
	}
}

// match looks for the longest phrase whose first word is the first word of s
// from i on, and gives the end of its last word, or -1. With whole, a phrase
// that is not open must reach the end of s.
func (p phrases) match(s string, i int, whole bool) int {
	start, end := word(s, i)
	if start == end || len(p) == 0 {
		return -1
	}
	var buf [keyBytes]byte
	best := longest(p[string(lower(buf[:0], s[start:end]))], s, end, whole)
	if c := s[start]; c >= '0' && c <= '9' {
		best = max(best, longest(p["#"], s, end, whole))
	}
	return best
}

// holds tells whether s is one of the phrases and nothing else.
func (p phrases) holds(s string) bool { return p.match(s, 0, true) >= 0 }

func longest(list []phrase, s string, from int, whole bool) int {
	best := -1
	for _, ph := range list {
		end := ph.follow(s, from)
		if end < 0 || end <= best {
			continue
		}
		if whole && !ph.open {
			if a, b := word(s, end); a < b {
				continue
			}
		}
		best = end
	}
	return best
}

// follow reads the rest of the phrase in s and gives where it ends, or -1.
func (ph phrase) follow(s string, i int) int {
	for _, want := range ph.rest {
		start, end := word(s, i)
		if start == end || start > i+8 {
			return -1
		}
		if want == "#" {
			if s[start] < '0' || s[start] > '9' {
				return -1
			}
		} else if !strings.EqualFold(s[start:end], want) {
			return -1
		}
		i = end
	}
	return i
}
