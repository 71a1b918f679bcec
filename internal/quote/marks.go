package quote

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/lang"
)

// pair is what stands between two quotation marks.
type pair struct {
	outer    document.Span // with its marks
	span     document.Span // without, and without white space at its ends
	family   lang.MarkFamily
	block    int  // in which it begins
	last     int  // in which it ends
	inner    bool // lies within another
	repaired bool // one of its marks is missing
}

// event is a mark in the text and what it may do where it stands.
type event struct {
	pos, end      int
	text          string
	family        lang.MarkFamily
	opens, closes bool
	genitive      bool // it may also be the apostrophe of a genitive: "Hans' fiets"
}

// maxOpen is how many marks may be open at once; the outermost are given up.
const maxOpen = 16

// pairing joins the marks of a text, block by block.
type pairing struct {
	r       *reading
	block   int
	events  []event
	open    []event
	closers []event // without an opening mark
	since   int     // index in r.pairs of the first pair of the block
	carried *event  // opened in an earlier block, goes on in the next
	from    int     // the block in which it was opened
	marks   int
}

// findPairs joins quotation marks. A quotation may run over paragraphs when each
// of them opens it anew; what is open where a block ends is closed there.
func (r *reading) findPairs() {
	p := &pairing{r: r}
	for i, b := range r.a.Blocks {
		if !r.speaks(i) {
			continue
		}
		p.block, p.since = i, len(r.pairs)
		p.open, p.closers = p.open[:0], p.closers[:0]
		p.read(b.Span)
		p.resume(b.Span)
		for _, e := range p.events {
			p.take(e)
		}
		p.mend(b.Span)
	}
	if p.carried != nil {
		p.closeCarried()
	}
	slices.SortStableFunc(r.pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.outer.Start, b.outer.Start), cmp.Compare(b.outer.End, a.outer.End))
	})
	r.layPairs()
}

// layPairs tells outer from inner pairs and notes which tokens lie in them.
func (r *reading) layPairs() {
	end := 0
	for i := range r.pairs {
		p := &r.pairs[i]
		if p.inner = p.outer.Start < end; p.inner {
			continue
		}
		end = p.outer.End
		for t := r.tokenAt(p.outer.Start); t < len(r.tokens) && r.tokens[t].Span.Start < end; t++ {
			r.inPair[t] = int32(i + 1)
		}
	}
}

// read lists the marks of a block.
func (p *pairing) read(b document.Span) {
	p.events = p.events[:0]
	text := p.r.a.Raw[b.Start:b.End]
	for i := 0; i < len(text); {
		m, ok := p.r.words.Mark(text[i:])
		if !ok {
			i++
			continue
		}
		end := i + len(m.Text)
		if m.Text == ",," && strings.HasPrefix(text[end:], ",") {
			i++ // of a row of commas the last two are the mark
			continue
		}
		if p.marks++; p.marks > maxMarks {
			if p.marks == maxMarks+1 {
				explain(p.r.a, fmt.Sprintf("cut: only the first %d quotation marks were read", maxMarks))
			}
			return
		}
		if e, ok := p.event(text, i, end, m); ok {
			e.pos, e.end = b.Start+i, b.Start+end
			p.events = append(p.events, e)
		}
		i = end
	}
	p.settleGenitives()
}

// event says what the mark text[i:end] may do there; false for an apostrophe.
func (p *pairing) event(text string, i, end int, m lang.Mark) (event, bool) {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[end:])
	if i == 0 {
		before = ' '
	}
	if end == len(text) {
		after = ' '
	}
	e := event{text: m.Text, family: m.Family, opens: m.Opens, closes: m.Closes}
	if !m.Opens || !m.Closes {
		return e, true
	}
	word := wordly(before)
	if m.Family == lang.SingleMark && (word && wordly(after) || !word && p.elided(text[end:])) {
		return e, false
	}
	if !unicode.IsSpace(before) || !unicode.IsSpace(after) {
		stops := strings.ContainsRune(",.;:!?)", after) // behind a mark that closes, with a space before it
		e.opens = !word && !unicode.IsSpace(after) && !stops
		e.closes = (!unicode.IsSpace(before) || stops) && !strings.ContainsRune(":([{", before)
	}
	if m.Family == lang.SingleMark && strings.ContainsRune("szxSZX", before) && strings.HasPrefix(text[end:], " ") {
		next, _ := utf8.DecodeRuneInString(text[end+1:])
		e.genitive = unicode.IsLower(next)
	}
	return e, e.opens || e.closes
}

func wordly(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// elided tells whether text begins with a word that is written with an apostrophe
// before it, or with the last two digits of a year.
func (p *pairing) elided(text string) bool {
	n := 0
	for n < len(text) && n < 8 && (text[n] >= 'a' && text[n] <= 'z' || text[n] >= 'A' && text[n] <= 'Z') {
		n++
	}
	if n > 0 {
		next, _ := utf8.DecodeRuneInString(text[n:])
		return !wordly(next) && p.r.words.Elided(strings.ToLower(text[:n]))
	}
	if len(text) < 2 || !digit(text[0]) || !digit(text[1]) {
		return false
	}
	return len(text) == 2 || !digit(text[2])
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// settleGenitives lets an apostrophe behind an s close nothing where a clearer mark
// of its family still comes before the next opens.
func (p *pairing) settleGenitives() {
	clearer := false
	for i := len(p.events) - 1; i >= 0; i-- {
		e := &p.events[i]
		if e.family != lang.SingleMark {
			continue
		}
		switch {
		case e.genitive && clearer:
			e.closes = false
		case e.closes && !e.opens:
			clearer = true
		case e.opens:
			clearer = false
		}
	}
}

// resume goes on with a quotation of the block before, if this one opens it anew.
func (p *pairing) resume(b document.Span) {
	if p.carried == nil {
		return
	}
	text := p.r.a.Raw[b.Start:b.End]
	lead := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if len(p.events) > 0 && p.events[0].opens && p.events[0].family == p.carried.family && p.events[0].pos == b.Start+lead {
		p.open = append(p.open, *p.carried)
		p.events = p.events[1:]
		return
	}
	p.closeCarried()
	p.since = len(p.r.pairs)
}

// closeCarried ends, where its paragraph ends, a quotation that no later one goes on with.
func (p *pairing) closeCarried() {
	b := p.r.a.Blocks[p.from]
	p.mendOpen(*p.carried, b.Span.End, p.from)
	p.carried = nil
}

// take pairs a mark with one before it, or lets it wait.
func (p *pairing) take(e event) {
	if e.closes {
		for k := len(p.open) - 1; k >= 0; k-- {
			if p.open[k].family != e.family {
				continue
			}
			p.add(p.open[k], e.pos, e.end, false)
			p.open = p.open[:k]
			return
		}
	}
	if e.opens {
		if len(p.open) == maxOpen {
			copy(p.open, p.open[1:])
			p.open = p.open[:maxOpen-1]
			p.r.lone++
		}
		p.open = append(p.open, e)
	} else if len(p.closers) < maxOpen {
		p.closers = append(p.closers, e)
	}
}

// add notes the pair that o opens and that closes with the mark [pos,end).
func (p *pairing) add(o event, pos, end int, repaired bool) {
	span := inside(p.r.a.Raw, document.Span{Start: o.end, End: pos})
	if span.Len() == 0 {
		return
	}
	from := p.block
	if p.carried != nil && p.carried.pos == o.pos {
		from, p.carried = p.from, nil
	}
	p.r.pairs = append(p.r.pairs, pair{outer: document.Span{Start: o.pos, End: end}, span: span, family: o.family,
		block: from, last: p.block, repaired: repaired})
}

// inside is s without white space at its ends.
func inside(raw string, s document.Span) document.Span {
	if s.End <= s.Start {
		return document.Span{Start: s.Start, End: s.Start}
	}
	text := raw[s.Start:s.End]
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	s.Start += len(text) - len(trimmed)
	s.End = s.Start + len(strings.TrimRightFunc(trimmed, unicode.IsSpace))
	return s
}

// mend sees to the marks of a block that have no partner.
func (p *pairing) mend(b document.Span) {
	limit := b.End // what a guessed end may not pass: the next pair
	for k := len(p.open) - 1; k >= 0; k-- {
		o := p.open[k]
		if o.family == lang.SingleMark {
			if o.text != "'" && o.text != "’" {
				p.r.lone++
			}
			continue
		}
		if c := p.mismatched(o, limit); c >= 0 {
			p.add(o, p.closers[c].pos, p.closers[c].end, true)
			p.closers = slices.Delete(p.closers, c, c+1)
			p.r.repaired++
			continue
		}
		next := p.pairAfter(o.end, b.End)
		if next == b.End && k == len(p.open)-1 && p.paragraph() {
			if p.carried == nil || p.carried.pos != o.pos {
				p.from = p.block
			}
			p.carried = &o
			continue
		}
		p.mendOpen(o, next, p.block)
	}
	for _, c := range p.closers {
		p.mendClose(c)
	}
}

// paragraph tells whether the block is running text, over which a quotation may go on.
func (p *pairing) paragraph() bool {
	t := p.r.a.Blocks[p.block].Type
	return t == document.Paragraph || t == document.Lede
}

// mismatched finds a closing mark of another family for o, -1 for none.
func (p *pairing) mismatched(o event, limit int) int {
	for i, c := range p.closers {
		if c.pos > o.end && c.end <= limit && !c.genitive {
			return i
		}
	}
	return -1
}

// pairAfter is where the first pair of the block behind pos begins, end without one.
func (p *pairing) pairAfter(pos, end int) int {
	for i := p.since; i < len(p.r.pairs); i++ {
		if s := p.r.pairs[i].outer.Start; s >= pos && s < end {
			end = s
		}
	}
	return end
}

// mendOpen guesses the end of a quotation that is not closed: before a comma with
// a cue, else at limit, or where the sentence ends when another pair follows.
func (p *pairing) mendOpen(o event, limit, block int) {
	r := p.r
	r.lone++
	end := limit
	bound := block < len(r.a.Blocks) && limit < r.a.Blocks[block].Span.End
	for t := r.tokenAt(o.end); t+1 < len(r.tokens) && r.tokens[t].Span.End <= limit; t++ {
		if r.text(t) == "," && r.block(t+1) == block && r.tokens[t+1].Span.End <= limit && r.cueVerb(t+1).Direct && r.finite(t+1) {
			end = r.tokens[t].Span.Start
			break
		}
		if _, last := r.bounds(t); bound && t == last-1 {
			end = r.tokens[t].Span.End
			break
		}
	}
	span := inside(r.a.Raw, document.Span{Start: o.end, End: end})
	if span.Len() == 0 {
		return
	}
	r.repaired++
	r.pairs = append(r.pairs, pair{outer: document.Span{Start: o.pos, End: span.End}, span: span, family: o.family, block: block, last: block, repaired: true})
}

// mendClose guesses the beginning of a quotation that is only closed: where its
// sentence begins, when a cue follows the mark.
func (p *pairing) mendClose(c event) {
	r := p.r
	if c.family == lang.SingleMark {
		return
	}
	r.lone++
	i := r.tokenAt(c.end)
	for i < len(r.tokens) && r.punct(i) && r.text(i) == "," {
		i++
	}
	if i >= len(r.tokens) || r.block(i) != p.block || !r.finite(i) || !r.cueVerb(i).Direct {
		return
	}
	first, _ := r.bounds(max(0, r.tokenAt(c.pos)-1))
	start := r.tokens[first].Span.Start
	for k := len(r.pairs) - 1; k >= p.since; k-- {
		if q := &r.pairs[k]; q.outer.End <= c.pos {
			start = max(start, q.outer.End)
		}
	}
	if start >= c.pos || r.block(first) != p.block {
		return
	}
	span := inside(r.a.Raw, document.Span{Start: start, End: c.pos})
	if span.Len() == 0 {
		return
	}
	r.repaired++
	r.pairs = append(r.pairs, pair{outer: document.Span{Start: span.Start, End: c.end}, span: span, family: c.family, block: p.block, last: p.block, repaired: true})
}

// tellMarks says in Absent what was wrong with the marks.
func (r *reading) tellMarks() {
	if r.lone > 0 {
		explain(r.a, fmt.Sprintf("marks without a partner: %d, of which quotations were mended: %d", r.lone, r.repaired))
	}
}
