package layout

import (
	"strings"

	"telex/internal/document"
)

const longestByline = 140 // bytes

// isByline knows a line that says who wrote the article: the words of the list,
// or a name with a date.
func (p *page) isByline(s string) bool {
	if len(s) > longestByline || endsSentence(s) && !strings.HasSuffix(s, ".") {
		return false
	}
	if stop := p.tables.bylines.match(s, 0, true); stop >= 0 && !endsSentence(s) && len(s)-stop <= 70 {
		return true
	}
	if stop := p.tables.bylines.match(s, 0, false); stop > p.labelEnd(s) {
		stop = pastMarks(s, stop)
		return p.names(s, stop) == len(s) || p.nameThenDate(s, stop)
	}
	return p.nameThenDate(s, 0) || p.dateThenName(s)
}

// dateThenName knows "14/03/2024 om 09:12 door Jan Jansen".
func (p *page) dateThenName(s string) bool {
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		if stop := p.tables.bylines.match(s, a, false); stop > 0 && a > 0 {
			return p.isClock(s[:a]) && p.names(s, stop) == len(s)
		}
		if !isDigit(s[a]) && !p.tables.months.has(s[a:b]) {
			return false
		}
	}
	return false
}

// isBylineAlone knows the words of a byline with names and nothing else.
func (p *page) isBylineAlone(s string) bool {
	if len(s) > longestByline {
		return false
	}
	stop := p.tables.bylines.match(s, 0, false)
	return stop > p.labelEnd(s) && stop < len(s) && words(s[stop:], 3) >= 2 && p.names(s, pastMarks(s, stop)) == len(s)
}

// nameThenDate knows "Jan Jansen 14-03-24, 09:12".
func (p *page) nameThenDate(s string, i int) bool {
	i = p.names(s, i)
	if i <= 0 || i >= len(s) {
		return false
	}
	return p.isClock(s[i:])
}

// isSigned knows a line near the top that holds nothing but what a byline may:
// people or an agency, and beside them words of bylines, what the people are,
// dates and addresses.
func (p *page) isSigned(i int) bool {
	s := p.text(i)
	if !p.pieces[i].whole || i > topPieces || len(s) > longestByline || endsSentence(s) || p.labelEnd(s) > 0 {
		return false
	}
	var sign signature
	for a, b := token(s, 0); a < b; a, b = token(s, b) {
		if stop := p.agencyAt(s, a); stop > 0 {
			sign.people, sign.explicit = sign.people+2, true
			b = max(b, stop)
			continue
		}
		if !p.signs(&sign, strings.Trim(s[a:b], ",.:;()/|•·—–-&+")) {
			return false
		}
	}
	if sign.function && !p.titled(i) {
		return false // somebody introduced above the headline
	}
	return sign.explicit && (sign.people >= 2 || sign.function && sign.people > 0)
}

// titled tells whether the headline stands before piece i.
func (p *page) titled(i int) bool {
	for _, pc := range p.pieces[:i] {
		if pc.typ == document.Title {
			return true
		}
	}
	return false
}

// signature is what a line has shown of a byline so far.
type signature struct {
	people   int  // words that may be part of a name
	fields   int  // words behind a function: politics, in Berlin
	function bool // it says what somebody is
	explicit bool // it has a word that only a byline has
}

const mostFields = 5

// signs adds a word; false when no byline has it.
func (p *page) signs(g *signature, w string) bool {
	t := p.tables
	switch {
	case w == "":
	case strings.Contains(w, "@"):
		g.people, g.explicit = g.people+2, true
	case isDigit(w[0]), t.months.has(w) && isLower(firstRune(w)):
		g.explicit = g.explicit || len(w) >= 2
	case t.functions.has(w):
		g.function, g.explicit = true, true
	case g.function && g.fields < mostFields:
		g.fields++
	case t.bylineWords.has(w):
		g.explicit = g.explicit || !t.links.has(w)
	case isUpper(firstRune(w)) && !t.openers.has(w) && !t.common.has(w):
		g.people++
	case t.particles.has(w), t.links.has(w) && g.people == 0, w == "en":
	default:
		return false
	}
	return true
}

// names reads one to four people from i on and gives the end of the last.
func (p *page) names(s string, i int) int {
	end, caps := 0, 0
	for count := 0; count < 14; count++ {
		a, b := token(s, i)
		w := strings.TrimRight(s[a:b], ",")
		r := firstRune(w)
		switch {
		case a == b:
			return end
		case isUpper(r) && !(p.tables.months.has(w) && (caps > 1 || len(w) > 3)) && !strings.ContainsAny(w, ":;!?\""):
			if caps == 0 && p.tables.openers.has(w) && !p.tables.particles.has(w) {
				return 0
			}
			caps++
			end = a + len(w)
		case caps > 0 && (p.tables.particles.has(w) || w == "en" || w == "&" || w == "/"):
		default:
			return end
		}
		i = b
	}
	return end
}

// isName tells whether a line is one or more people's names and nothing else.
func (p *page) isName(s string) bool {
	if len(s) > 80 || words(s, 13) < 2 || words(s, 13) > 12 || endsSentence(s) {
		return false
	}
	return p.names(s, 0) == len(s) && !p.common(wordAt(s, 0))
}

// cutByline cuts an author off the front of a text and gives where it goes on:
// "Door Jan Jansen De minister …", "Van onze verslaggever DEN HAAG - …".
func (p *page) cutByline(start, end int) int {
	if !p.atTop() {
		return start
	}
	s := p.raw[start:min(end, start+longestByline)]
	stop := p.tables.bylines.match(s, 0, false)
	if stop <= 0 {
		return start
	}
	stop = p.authors(s, stop)
	if stop == 0 {
		return start
	}
	p.add(start, start+stop, document.Byline)
	next, _ := trim(p.raw, start+stop, end)
	return next
}

// authors reads the names behind the words of a byline; a sentence or a
// dateline must follow. It gives the end of the names, or 0.
func (p *page) authors(s string, i int) int {
	caps, end := 0, i
	for {
		a, b := token(s, i)
		if a == b || caps > 4 {
			return 0
		}
		w := s[a:b]
		switch {
		case allUpper(w, 3):
			return end // a dateline
		case p.tables.openers.has(w) && isUpper(firstRune(w)) && isLower(firstRune(strings.TrimLeft(s[b:], " "))):
			if caps < 2 && end == i {
				return 0
			}
			return end
		case isUpper(firstRune(w)) && !strings.ContainsAny(w, ".!?:;"):
			caps++
			end = b
		case caps > 0 && (p.tables.particles.has(w) || w == "en"):
		default:
			return 0
		}
		i = b
	}
}

// cutDateline cuts place, agency and dash off the front of the first text and
// gives where it goes on.
func (p *page) cutDateline(start, end int) int {
	if !p.atTop() && !p.afterLede() {
		return start
	}
	n, typ := p.dateline(p.raw[start:min(end, start+120)])
	if n == 0 {
		return start
	}
	p.add(start, start+n, typ)
	next, _ := trim(p.raw, start+n, end)
	return next
}

// afterLede tells whether one block of text only stands before.
func (p *page) afterLede() bool {
	texts := 0
	for _, pc := range p.pieces[max(0, len(p.pieces)-12):] {
		if pc.typ == "" {
			texts++
		}
	}
	return len(p.pieces) <= 12 && texts <= 3
}

// dateline reads one at the start of s and gives its length, or 0.
func (p *page) dateline(s string) (int, document.BlockType) {
	place, upper := p.place(s)
	i := place
	agency := false
	if rest := strings.TrimLeft(s[i:], " "); strings.HasPrefix(rest, "(") {
		at := len(s) - len(rest)
		stop := bracketEnd(s[:min(len(s), at+40)], at)
		if stop == 0 || p.agencyAt(s, at+1) == 0 && place == 0 {
			return 0, ""
		}
		i, agency = stop, p.agencyAt(s, at+1) > 0 || upper
		if !agency {
			return 0, ""
		}
	}
	if i == 0 {
		return 0, ""
	}
	rest := strings.TrimLeft(s[i:], " ,")
	at := len(s) - len(rest)
	dash := dashLen(rest)
	next := strings.TrimLeft(rest[dash:], " ")
	if next == "" || !capital(next) && firstRune(next) != ',' {
		return 0, ""
	}
	opener := p.tables.openers.has(wordAt(next, 0))
	switch {
	case dash > 0 && agency:
		return at + dash, document.Dateline
	case dash > 0 && upper:
		return at + dash, p.placeOrTopic(s[:place])
	case agency:
		return i, document.Dateline
	case dash > 0 && (opener || dash > 1):
		return at + dash, p.placeOrTopic(s[:place])
	case opener && dash == 0 && p.tables.places.holds(s[:place]):
		return i, document.Dateline
	case upper && opener && isLower(firstRune(strings.TrimLeft(next[len(wordAt(next, 0)):], " "))):
		return i, document.Dateline
	}
	return 0, ""
}

// placeOrTopic tells a place from a subject: a subject stands elsewhere in the
// text in small letters, a place never does.
func (p *page) placeOrTopic(s string) document.BlockType {
	switch {
	case p.tables.places.holds(s):
		return document.Dateline
	case p.tables.labels.holds(s), p.common(wordAt(s, 0)):
		return document.Label
	case allUpper(s, 5), strings.Count(p.raw[:min(len(p.raw), commonWindow)], s) > 1:
		return document.Dateline
	}
	return document.Label
}

// commonWindow is how much of a text is looked through for another use of a word, in bytes.
const commonWindow = 8192

// common tells whether a word also stands in the text in small letters, as no
// name does.
func (p *page) common(w string) bool {
	return strings.Contains(p.raw[:min(len(p.raw), commonWindow)], " "+strings.ToLower(w))
}

// dashLen is the length of a dash or bar that closes a dateline, or 0.
func dashLen(s string) int {
	for _, d := range []string{"--", "—", "–", "|", "•", "·"} {
		if strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	if strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "-,,") {
		return 1
	}
	return 0
}

// place reads the name of one or more places: all capitals, or up to three
// words that begin with one. It gives its end.
func (p *page) place(s string) (end int, upper bool) {
	caps, small, i := 0, 0, 0
	for count := 0; count < 6; count++ {
		a, b := token(s, i)
		w := strings.TrimRight(s[a:b], ",.")
		r := firstRune(w)
		if a == b || r == '(' || strings.ContainsAny(w, "?!:;\"") {
			break
		}
		switch {
		case allUpper(w, 2) && small == 0:
			caps++
		case small > 0 && p.tables.openers.has(w) && p.tables.places.holds(s[:end]):
			return end, false
		case isUpper(r) && caps == 0 && small < 3 && !(count == 0 && p.tables.openers.has(w) && !p.tables.particles.has(w)):
			small++
		case (w == "'s" || w == "’s" || w == "'t") && count == 0, count > 0 && (p.tables.particles.has(w) || w == "/" || w == "aan"):
			i = b
			continue
		default:
			return end, caps > 0
		}
		i, end = b, a+len(w)
		if len(w) < b-a && !(caps > 0 && s[b-1] == ',' && allUpper(wordAt(s, b), 2)) {
			break
		}
	}
	return end, caps > 0
}
