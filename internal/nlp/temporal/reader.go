package temporal

import (
	"strings"
	"time"

	"telex/internal/document"
)

// Tense is what the verb of a clause says of its time.
type Tense uint8

// The tenses that matter for a weekday or a date without a year.
const (
	TenseUnknown Tense = iota // nobody looked
	tenseOpen                 // the verb does not say
	tensePast
	tensePresent
	tenseFuture
)

// Tenses for a caller that has read the verbs.
const (
	Open    = tenseOpen
	Past    = tensePast
	Present = tensePresent
	Future  = tenseFuture
)

// Anchor is the time of publication, on the clock of the place.
type Anchor struct {
	At       time.Time // zero where it is not known
	DateOnly bool      // only the day is known
}

// Reader reads the sentences of one article in order: what it has read tells
// which day "that evening" was. It serves one goroutine.
type Reader struct {
	scan
	known        bool      // the day of publication is known
	clock        bool      // and the hour
	now          time.Time // hour and day of publication, as if in UTC
	today        time.Time
	last         value // the last stretch of the calendar that was named
	sentenceYear int   // the year that the sentence named, 0 without one
	sentenceDay  bool  // the sentence named a day
	relative     bool  // a value stayed relative for want of a day of publication
	from         int   // first token of the expression at hand
	tenses       func(document.Span) Tense
	terms        [3]term
}

// NewReader starts an article.
func (r *Rules) NewReader(a Anchor) *Reader {
	d := &Reader{scan: scan{Rules: r}, known: !a.At.IsZero(), clock: !a.At.IsZero() && !a.DateOnly}
	if d.known {
		today, ok := civil(a.At.Year(), int(a.At.Month()), a.At.Day())
		d.today, d.known, d.clock = today, ok, d.clock && ok
		d.now = today.Add(time.Duration(a.At.Hour())*time.Hour + time.Duration(a.At.Minute())*time.Minute)
	}
	return d
}

// Relative tells whether a value stayed relative because the day of publication
// is not known.
func (r *Reader) Relative() bool { return r.relative }

// Append adds the time expressions of one sentence, text[s.Start:s.End], to dst,
// in order; their spans count bytes of text. tenses gives the tense at a span; it
// may be nil, and may say TenseUnknown: then the words near by decide. The work
// is linear in the length of the sentence.
func (r *Reader) Append(dst []document.Time, text string, s document.Span, tenses func(document.Span) Tense) []document.Time {
	r.read(text, s.Start, s.End)
	r.tenses, r.sentenceYear, r.sentenceDay = tenses, 0, false
	r.after = none
	var open pending
	for i := 0; i < len(r.tokens); {
		m := r.search(i)
		if m == nil {
			i++
			continue
		}
		from, to := r.core(m)
		next := max(to, i+1)
		seq := &r.sequences[m.seq]
		if seq.typ == typeNone {
			i = next
			continue
		}
		if !r.separate(from, to) || r.named(from, to) {
			i++
			continue
		}
		r.from = from
		e := evaluation{Reader: r, seq: seq, path: &m.path, buffer: r.terms[:0]}
		v, ok := e.run()
		if ok {
			found := expression{from: from, to: to, typ: seq.typ, value: v, mod: e.mod()}
			if v.typ != "" {
				found.typ = v.typ
			} else if v.clock && v.text == "" {
				found.typ = typeTime // three hours ago
			}
			if !open.join(r, found) {
				dst = r.settle(dst, &open)
				open = pending{found, true}
			}
			if seq.typ != typeSet {
				r.remember(open.value)
			}
			r.after, r.afterClass = to, none
			switch seq.typ {
			case typeTime:
				r.afterClass = r.digit.after
			case typeDuration:
				r.afterClass = r.digit.afterspan
			}
		}
		i = next
	}
	return r.settle(dst, &open)
}

// expression is one time expression, by tokens.
type expression struct {
	from, to int
	typ      string
	value    value
	mod      string
}

// pending is an expression that the next may belong to: "Saturday", "at eight".
type pending struct {
	expression
	full bool
}

// maxJoin is the number of tokens that may stand between the parts of one expression.
const maxJoin = 3

// join adds the next expression to the pending one, where one gives the day and
// the other the time of day.
func (p *pending) join(r *Reader, next expression) bool {
	if !p.full || next.from-p.to > maxJoin || !r.joined(p.to, next.from) {
		return false
	}
	a, b := p.value, next.value
	switch {
	case a.floating && a.clock && b.part != "" && !b.clock && isDay(b) && b.text == "":
		p.value = withTime(b, a)
	case b.floating && b.timed() && a.text == "" && !a.floating && isDay(a) && !(a.clock && b.clock):
		p.value = withTime(a, b)
	case a.floating && a.timed() && !b.floating && isDay(b) && !b.timed() && b.text == "":
		p.value = withTime(b, a)
	case a.floating && b.floating && a.clock != b.clock:
		p.value = withTime(a, b)
		p.value.floating = true
	default:
		return false
	}
	p.typ, p.to = typeTime, next.to
	if p.mod == "" {
		p.mod = next.mod
	}
	return true
}

func isDay(v value) bool { return v.grain == dayGrain || v.grain == weekdayGrain }

// withTime gives the day of v the time of day of both.
func withTime(v, w value) value {
	if w.clock {
		v.clock, v.hour, v.minute = true, w.hour, w.minute
	}
	if w.part != "" {
		v.part = w.part
	}
	if v.clock && v.hour < 12 {
		switch {
		case v.part == "EV" && v.hour >= 4, v.part == "AF", v.part == "NI" && v.hour >= 9:
			v.hour += 12
		}
	}
	v.floating = v.floating && w.floating
	return v
}

// joined tells whether only words that join stand between two tokens.
func (r *Reader) joined(from, to int) bool {
	for i := from; i < to; i++ {
		if !r.has(i, r.digit.joiner) {
			return false
		}
	}
	return true
}

// settle finds the date of a time of day and adds the expression.
func (r *Reader) settle(dst []document.Time, p *pending) []document.Time {
	if !p.full {
		return dst
	}
	v := p.value
	if v.floating {
		switch {
		case v.habit && !v.clock:
			p.typ = typeSet
		case isDay(r.last):
			v.grain, v.start, v.open = r.last.grain, r.last.start, r.last.open
		case r.known:
			v.grain, v.start = dayGrain, r.today
		}
	}
	written := v.timex3()
	if !r.known && p.typ != typeSet && (v.loose || strings.HasPrefix(written, "XXXX")) {
		r.relative = true
	}
	span := document.Span{Start: r.tokens[p.from].start, End: r.tokens[p.to-1].end}
	p.full = false
	return append(dst, document.Time{Span: span, Type: p.typ, Value: written, Mod: p.mod})
}

// remember keeps the day that later words may refer to.
func (r *Reader) remember(v value) {
	if v.text != "" || v.grain == noGrain || v.floating {
		return
	}
	if v.grain == yearGrain {
		r.sentenceYear = v.start.Year()
	}
	if v.open {
		return
	}
	v.clock, v.part = false, ""
	r.sentenceDay = r.sentenceDay || isDay(v)
	r.last = v
}

// evaluation is one match while its value is worked out.
type evaluation struct {
	*Reader
	seq    *sequence
	path   *[maxElements]step
	buffer []term
}

func (e *evaluation) run() (value, bool) {
	v, ok := e.seq.op.run(e)
	if !ok {
		return v, false
	}
	if e.seq.partSlot.element != none {
		v = withTime(v, value{part: e.at(e.seq.partSlot).text, floating: true})
	}
	if v.part != "" && v.text != "" {
		v.text = "XXXX-XX-XXT" + v.part
	}
	if !v.floating && v.text == "" && v.grain != noGrain && !v.open && !inYears(v.start) {
		return v, false
	}
	return v, true
}

// mod gives the modifier: that of the rule, else of the words before.
func (e *evaluation) mod() string {
	if e.seq.mod != "" {
		return e.seq.mod
	}
	for _, s := range e.seq.modSlot {
		if s.element != none {
			if text := e.at(s).text; text != "" {
				return text
			}
		}
	}
	return ""
}

func (e *evaluation) at(s slot) classValue {
	it := e.path[s.element].item
	index := it.first
	if s.second {
		index = it.second
	}
	if index == none {
		return classValue{}
	}
	return e.scan.value(index)
}

// value gives the value of argument i.
func (e *evaluation) value(i int) classValue {
	a := e.seq.args[i]
	if a.slot.element == none {
		if l, ok := parseLength(a.text); ok {
			return classValue{length: l}
		}
		return classValue{text: a.text, amount: whole(a.number)}
	}
	return e.at(a.slot)
}

// word gives the literal of argument i.
func (e *evaluation) word(i int) string { return e.seq.args[i].text }

// class gives the name of the class that argument i comes from.
func (e *evaluation) class(i int) string {
	c := e.path[e.seq.args[i].slot.element].item.class
	switch c {
	case e.digit.short:
		return "short"
	case e.digit.year:
		return "year"
	}
	if int(c) == e.classes["rel"] {
		return "rel"
	}
	return ""
}

// int gives argument i as a whole number.
func (e *evaluation) int(i int) (int, bool) {
	a := e.seq.args[i]
	if a.isInt {
		return a.number, true
	}
	n, ok := e.value(i).amount.int()
	if a.negated {
		n = -n
	}
	return n, ok && a.slot.element != none && a.given
}

// grain gives the size of the unit of argument i.
func (e *evaluation) grain(i int) (grain, bool) {
	v := e.value(i)
	if v.text == weekendUnit {
		return weekendGrain, true
	}
	g := v.length.grain()
	return g, v.length.count > 0 && g != hourGrain && g != minuteGrain
}
