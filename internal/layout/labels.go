package layout

import (
	"strings"

	"telex/internal/document"
)

// labelEnd reads a label expression at the start of s: label words joined by
// / | + & or -. It gives its end, or 0.
func (p *page) labelEnd(s string) int {
	end := 0
	for i := 0; ; {
		stop := p.tables.labels.match(s, i, false)
		if stop < 0 {
			return end
		}
		if a, _ := word(s, i); a > i+3 || end == 0 && a > 0 {
			return end
		}
		end = stop
		rest := strings.TrimLeft(s[end:], " ")
		if rest == "" || strings.IndexByte("/|+&-", rest[0]) < 0 {
			return end
		}
		i = len(s) - len(rest) + 1
	}
}

// isLabel knows a line that is a label and nothing else.
func (p *page) isLabel(s string) bool {
	end := p.labelEnd(s)
	if end == 0 || len(s) > 60 {
		return false
	}
	a, b := word(s, end)
	return a == b
}

// cutLabels cuts a line at the top that holds several labels and nothing else.
func (p *page) cutLabels(start, end int) bool {
	s := p.raw[start:end]
	if len(s) > 60 || !p.atTop() {
		return false
	}
	var cuts [6]int
	n, i := 0, 0
	for i < len(s) {
		stop := p.labelEnd(s[i:])
		if stop == 0 || n == len(cuts) {
			return false
		}
		i += stop
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], " :|•·.-"))
		cuts[n] = i
		n++
	}
	for _, cut := range cuts[:n] {
		p.add(start, p.lineAt(end, len(s), cut), document.Label)
		start = p.lineAt(end, len(s), cut)
	}
	return n > 0
}

// lineAt turns an offset in a line of length n that ends at end into one in raw.
func (p *page) lineAt(end, n, at int) int { return end - n + at }

// cutLabel cuts the labels off the front of a text and gives where it goes on.
func (p *page) cutLabel(start, end int) int {
	s := p.raw[start:end]
	n := p.labelEnd(s)
	if n > 0 {
		n = p.labelStop(s, n)
	}
	if n == 0 && len(p.pieces) == p.cut && p.atTop() {
		n = p.topic(s)
	}
	if n == 0 {
		return start
	}
	p.add(start, start+n, document.Label)
	start, _ = trim(p.raw, start+n, end)
	return start
}

// labelStop decides whether the label words s[:n] are a label here, by what
// follows; it gives the end of the label with its separator, or 0.
func (p *page) labelStop(s string, n int) int {
	label, rest := s[:n], s[n:]
	r, size := runeAt(rest, 0)
	switch {
	case len(rest) < 12:
		return 0
	case isUpper(r), strings.ContainsRune("‘“„\"", r) && capital(rest), strings.HasPrefix(rest, ",,"), r == '\'' && isUpper(secondRune(rest)):
		return n // glued
	case r == ':' && !capital(rest):
		return 0 // "Onderzoek: een op de vijf …" is one headline
	case r == ':', r == '.' && allUpper(label, 3):
		return n + size
	}
	bare := strings.TrimLeft(rest, " ")
	gap := len(rest) - len(bare)
	if gap == 0 && r != '|' && r != '•' {
		return 0
	}
	r, size = runeAt(bare, 0)
	if strings.ContainsRune("|•·—–-»›:/", r) && (r != '-' || strings.HasPrefix(bare, "- ")) {
		return n + gap + size
	}
	a, b := word(bare, 0)
	switch next := bare[a:b]; {
	case !capital(bare) && !strings.HasPrefix(bare, ",,"):
		return 0
	case isLower(firstRune(label)):
		return n
	case allUpper(label, 3) && !allUpper(next, 2):
		return n
	case p.tables.openers.has(next) && a == 0 && strings.IndexByte(label, ' ') < 0:
		return n
	}
	return 0
}

func secondRune(s string) rune {
	_, n := runeAt(s, 0)
	r, _ := runeAt(s, n)
	return r
}

// topic reads a subject in small letters set before the first sentence without
// a mark: up to four words, none of them a verb, the edges no function words,
// and then a capital. Dashes may join several. It gives its end, or 0.
func (p *page) topic(s string) int {
	if !isLower(firstRune(s)) {
		return 0
	}
	count, i, dash := 0, 0, 0
	for {
		a, b := token(s, i)
		if a == b {
			return 0
		}
		w := s[a:b]
		if count > 0 && (w == "-" || w == "–" || w == "|") {
			dash, count, i = b, 0, b
			continue
		}
		if !isLower(firstRune(w)) {
			if dash > 0 && count == 0 {
				return dash
			}
			return p.topicEnd(s, i, count, w)
		}
		if count++; count > 4 || b-a > 30 || strings.ContainsAny(w, ".,;:!?\"'()") && strings.IndexByte(w, '@') < 0 || !isLowerWord(w) {
			return dash
		}
		if p.tables.verbs.has(w) || count == 1 && p.tables.links.has(w) {
			return dash
		}
		i = b
	}
}

// topicEnd accepts the words before i when a sentence begins with next.
func (p *page) topicEnd(s string, i, count int, next string) int {
	if count == 0 || !capital(next) || len(s)-i < 40 {
		return 0
	}
	head := s[:i]
	if cut := strings.LastIndexByte(head, ' '); p.tables.links.has(head[cut+1:]) {
		return 0
	}
	return i
}

func isLowerWord(w string) bool {
	for _, r := range w {
		if isUpper(r) {
			return false
		}
	}
	return true
}

// atTop tells whether no text stands before: only headline, labels and the like.
func (p *page) atTop() bool {
	if len(p.pieces) > 24 {
		return false
	}
	for i, pc := range p.pieces {
		switch pc.typ {
		case document.Paragraph, document.Heading:
			return false
		case "":
			if !p.likeTitle(i) {
				return false
			}
		}
	}
	return true
}
