package temporal

import "time"

// openYear stands for a year that is not known; it has a 29th of February.
const openYear = 2000

// when is which of the many days of its kind an expression means.
type when struct {
	way    wayWhen
	offset int // years or weeks, for offsetWhen; the year, for yearWhen
}

type wayWhen uint8

const (
	near wayWhen = iota
	soon
	before
	after
	offsetWhen
	yearWhen
)

// when reads argument i.
func (e *evaluation) when(i int) when {
	if i >= len(e.seq.args) || !e.seq.args[i].given {
		return when{way: near}
	}
	a := e.seq.args[i]
	if a.slot.element == none && !a.isInt {
		switch a.text {
		case "soon":
			return when{way: soon}
		case "before":
			return when{way: before}
		case "after":
			return when{way: after}
		}
		return when{way: near}
	}
	n, _ := e.int(i)
	if a.slot.element != none && e.class(i) != "rel" {
		if e.class(i) == "short" {
			n = e.century(n)
		}
		return when{way: yearWhen, offset: n}
	}
	return when{way: offsetWhen, offset: n}
}

// yearly finds the year of a thing that comes back each year. start gives its
// first day in a year, not ok where that year has none; g is its size.
func (e *evaluation) yearly(w when, g grain, start func(y int) (time.Time, bool)) (value, bool) {
	at := func(y int) (value, bool) {
		t, ok := start(y)
		return value{grain: g, start: t}, ok
	}
	switch {
	case w.way == yearWhen:
		return at(w.offset)
	case !e.known:
		t, ok := start(openYear)
		return value{grain: g, start: t, open: true}, ok
	case w.way == offsetWhen:
		return at(e.today.Year() + w.offset)
	}
	if w.way == near && e.sentenceYear != 0 {
		if v, ok := at(e.sentenceYear); ok {
			return v, true
		}
	}
	return e.choose(w, at)
}

// The tense of a verb is often misread, and a report of last week may stand in a
// sentence on next year: a day as close as closeBy is meant before one further
// away than farOff.
const (
	closeBy = 31 * 24 * time.Hour
	farOff  = 270 * 24 * time.Hour
)

// choose takes the year that the tense asks for, else the one nearest by.
func (e *evaluation) choose(w when, at func(y int) (value, bool)) (value, bool) {
	tense := tenseOpen
	switch w.way {
	case before:
		tense = tensePast
	case after:
		tense = tenseFuture
	default:
		tense = e.tense()
	}
	v, distance, found := e.nearest(tense, at)
	if w.way == near && found && (v.grain == dayGrain || v.grain == monthGrain) && distance > farOff {
		if other, d, _ := e.nearest(tenseOpen, at); d <= closeBy {
			return other, true
		}
	}
	return v, found
}

// nearest gives the value nearest to publication that a tense allows, and how
// far away it is. A present tense speaks sooner of what is to come.
func (e *evaluation) nearest(tense Tense, at func(y int) (value, bool)) (best value, distance time.Duration, found bool) {
	const years = 8 // a 29th of February may be eight years away
	for y := e.today.Year() - years; y <= e.today.Year()+years; y++ {
		v, ok := at(y)
		if !ok {
			continue
		}
		over := !v.end().After(e.today)
		if tense == tensePast && v.start.After(e.today) || tense == tenseFuture && over {
			continue
		}
		d := v.start.Sub(e.today).Abs()
		if over && tense == tensePresent {
			d *= 2
		}
		if !over && !v.start.After(e.today) {
			d = 0
		}
		if !found || d < distance {
			best, distance, found = v, d, true
		}
	}
	return best, distance, found
}

// end is the first day after the stretch.
func (v value) end() time.Time {
	switch v.grain {
	case weekGrain:
		return v.start.AddDate(0, 0, 7)
	case weekendGrain:
		return v.start.AddDate(0, 0, 2)
	case monthGrain:
		return addMonths(v.start, 1)
	case quarterGrain, seasonGrain:
		return addMonths(v.start, 3)
	case halfGrain:
		return addMonths(v.start, 6)
	case yearGrain, playingGrain:
		return addMonths(v.start, 12)
	}
	return v.start.AddDate(0, 0, 1)
}

// weekdayOf gives some day that falls on a weekday, 1 for Monday.
func weekdayOf(d int) time.Time { return time.Date(openYear, 1, 2+d, 0, 0, 0, 0, time.UTC) }

func opWeekday(e *evaluation) (value, bool) {
	d, ok := e.int(0)
	if !ok || d < 1 || d > 7 {
		return value{}, false
	}
	if !e.known {
		return value{grain: weekdayGrain, start: weekdayOf(d)}, true
	}
	w := e.when(1)
	if w.way == offsetWhen {
		return value{grain: dayGrain, start: mondayOf(e.today).AddDate(0, 0, 7*w.offset+d-1)}, true
	}
	ahead := (d - isoWeekday(e.today) + 7) % 7
	switch {
	case w.way == before:
		ahead -= 7
	case w.way == after && ahead == 0:
		ahead = 7
	case w.way == soon && ahead != 0:
		if e.tense() == tensePast {
			ahead -= 7
		}
	case w.way == near && ahead != 0:
		if t := e.tense(); t != tenseFuture && t != tensePresent {
			ahead -= 7
		}
	}
	return value{grain: dayGrain, start: e.today.AddDate(0, 0, ahead)}, true
}

// opWeekend gives the weekend that is meant by no more than its name: the one
// past where the tense or a Monday says so, else that of this week; after, the
// one that has not begun.
func opWeekend(e *evaluation) (value, bool) {
	w := e.when(0)
	weekday, n := 0, 0
	if e.known {
		weekday = isoWeekday(e.today)
	}
	if w.way == after {
		if weekday >= 6 || !e.known {
			n = 1
		}
		return e.from(weekendGrain, n), true
	}
	if t := e.tense(); weekday > 0 && weekday <= 5 && t == tensePast || weekday == 1 && t != tenseFuture {
		n = -1
	}
	return e.from(weekendGrain, n), true
}

func opMonth(e *evaluation) (value, bool) {
	m, ok := e.int(0)
	if !ok {
		return value{}, false
	}
	return e.yearly(e.when(1), monthGrain, func(y int) (time.Time, bool) { return civil(y, m, 1) })
}

func opDate(e *evaluation) (value, bool) {
	d, ok1 := e.int(0)
	m, ok2 := e.int(1)
	if !ok1 || !ok2 {
		return value{}, false
	}
	return e.yearly(e.when(2), dayGrain, func(y int) (time.Time, bool) { return civil(y, m, d) })
}

// opSeason: a winter is of the year in which it begins.
func opSeason(e *evaluation) (value, bool) {
	season := e.value(0).text
	month := map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
	w := e.when(1)
	if season == "WI" && w.way == offsetWhen && e.known && e.today.Month() < 6 {
		w.offset-- // this winter began last year
	}
	v, ok := e.yearly(w, seasonGrain, func(y int) (time.Time, bool) { return civil(y, month, 1) })
	v.season = season
	return v, ok
}

func opQuarter(e *evaluation) (value, bool) { return e.fraction(quarterGrain, 4) }

func opHalf(e *evaluation) (value, bool) { return e.fraction(halfGrain, 2) }

// fraction gives the nth part of a year that is cut in so many.
func (e *evaluation) fraction(g grain, parts int) (value, bool) {
	n, ok := e.int(0)
	if n == -1 {
		n = parts
	}
	if !ok || n < 1 || n > parts {
		return value{}, false
	}
	return e.yearly(e.when(1), g, func(y int) (time.Time, bool) { return civil(y, 1+(n-1)*12/parts, 1) })
}

func opHoliday(e *evaluation) (value, bool) {
	h := e.value(0).holiday
	if !e.known && h.day != 0 && h.easter || !e.known && h.nth != 0 || !e.known && h.easter {
		if w := e.when(1); w.way != yearWhen {
			return value{}, false // its day is another each year
		}
	}
	return e.yearly(e.when(1), dayGrain, h.in)
}

func opWeek(e *evaluation) (value, bool) {
	n, ok := e.int(0)
	if !ok || !e.known && e.when(1).way != yearWhen {
		return value{}, false
	}
	return e.yearly(e.when(1), weekGrain, func(y int) (time.Time, bool) { return weekMonday(y, n) })
}

func opNth(e *evaluation) (value, bool) {
	n, ok1 := e.int(0)
	d, ok2 := e.int(1)
	m, ok3 := e.int(2)
	if !ok1 || !ok2 || !ok3 || !e.known && e.when(3).way != yearWhen {
		return value{}, false
	}
	return e.yearly(e.when(3), dayGrain, func(y int) (time.Time, bool) { return nthWeekday(y, m, d, n) })
}

// opNthUnit: the first week of a month is the one with its first Thursday, as
// with years in ISO 8601; the first weekend has its first Saturday.
func opNthUnit(e *evaluation) (value, bool) {
	n, ok1 := e.int(0)
	m, ok2 := e.int(2)
	g, ok3 := e.grain(1)
	if !ok1 || !ok2 || !ok3 || g != weekGrain && g != weekendGrain || !e.known && e.when(3).way != yearWhen {
		return value{}, false
	}
	weekday, back := 4, 3
	if g == weekendGrain {
		weekday, back = 6, 0
	}
	return e.yearly(e.when(3), g, func(y int) (time.Time, bool) {
		t, ok := nthWeekday(y, m, weekday, n)
		return t.AddDate(0, 0, -back), ok
	})
}
