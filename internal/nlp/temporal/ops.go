package temporal

import (
	"time"
)

// operation turns the values of a pattern into the value of the expression.
type operation struct {
	least, most int // arguments
	run         func(e *evaluation) (value, bool)
}

// operations are the names that rules use. WHEN is "near" (the nearest, by the
// tense of the verb), "soon" (the next, unless the tense is past), "before" or
// "after" the day of publication, a <rel> or a number of years (for a weekday of
// weeks) from then, or a year; left out, it is near.
//
//	ref R                       R as it stands: PRESENT_REF, PAST_REF, FUTURE_REF
//	day N                       N days from publication
//	shift N U DIR               N units ago, ahead, or before or after the last day named;
//	                            where none was named so exactly, a DURATION
//	unit U N                    the unit N from now: -1 1W is last week
//	weekend WHEN                the weekend: near or after
//	lately U                    the unit before now, or this one when it is nearly over
//	same U                      the unit of the last day named
//	weekday D WHEN              month M WHEN       date D M WHEN       season S WHEN
//	quarter N WHEN              half N WHEN        holiday H WHEN      week N WHEN
//	nth N D M WHEN              the Nth weekday D of month M
//	nthunit N U M WHEN          the Nth week or weekend of month M
//	full F  year Y  short Y  bc N  ad N  decade N  century N
//	playing N                   the playing season N from now
//	seasons Y Y                 from one year into the next
//	clock C | clock H [M]       past N H  to N H  halfto H  pasthalf N H  tohalf N H
//	later                       the part of day alone; its date is that named last
//	usual                       the part of day alone; without a day named before, every such one
//	duration N U [N U [N U]]    some U             an unknown number of units
//	set N U                     every N units      every D   every weekday
//	everymonth M  everyseason S every month or season of that name
//	everypart                   every such part of day
func operations() map[string]operation {
	return map[string]operation{
		"ref": {1, 1, opRef}, "day": {1, 1, opDay}, "shift": {3, 3, opShift}, "unit": {2, 2, opUnit}, "weekend": {1, 1, opWeekend}, "lately": {1, 1, opLately},
		"same": {1, 1, opSame}, "weekday": {1, 2, opWeekday}, "month": {1, 2, opMonth}, "date": {2, 3, opDate},
		"season": {1, 2, opSeason}, "quarter": {1, 2, opQuarter}, "half": {1, 2, opHalf}, "holiday": {1, 2, opHoliday},
		"week": {1, 2, opWeek}, "nth": {3, 4, opNth}, "nthunit": {3, 4, opNthUnit}, "full": {1, 1, opFull}, "year": {1, 1, opYear}, "short": {1, 1, opShort},
		"bc": {1, 1, opBC}, "ad": {1, 1, opYear}, "decade": {1, 1, opDecade}, "century": {1, 1, opCentury},
		"playing": {1, 1, opPlaying}, "seasons": {2, 2, opSeasons},
		"clock": {1, 2, opClock}, "past": {2, 2, clockOf(0, 1)}, "to": {2, 2, clockOf(0, -1)}, "halfto": {1, 1, opHalfTo},
		"pasthalf": {2, 2, clockOf(-30, 1)}, "tohalf": {2, 2, clockOf(-30, -1)}, "later": {0, 0, opLater}, "usual": {0, 0, opUsual},
		"duration": {2, 6, opDuration}, "some": {1, 1, opSome}, "set": {2, 2, opSet}, "every": {1, 1, opEvery},
		"everymonth": {1, 1, opEveryMonth}, "everyseason": {1, 1, opEverySeason}, "everypart": {0, 0, opEveryPart},
	}
}

func finished(text string) value { return value{text: text} }

// relative gives the value of a time n units from an unknown now.
func relative(n int) value {
	v := value{text: presentRef, loose: true}
	switch {
	case n < 0:
		v.text = pastRef
	case n > 0:
		v.text = futureRef
	}
	return v
}

func opRef(e *evaluation) (value, bool) { return finished(e.word(0)), true }

func opDay(e *evaluation) (value, bool) {
	n, ok := e.int(0)
	if !ok {
		return value{}, false
	}
	return e.from(dayGrain, n), true
}

// from gives the stretch of a size that lies n from the day of publication.
func (e *evaluation) from(g grain, n int) value {
	if !e.known {
		return relative(n)
	}
	return move(e.today, g, n)
}

// move gives the stretch of a size that lies n from a day. Beyond the years that
// can be written it is just past or future.
func move(day time.Time, g grain, n int) value {
	if n > 5_000_000 || n < -5_000_000 {
		return relative(n)
	}
	v := value{grain: g, start: day}
	switch g {
	case dayGrain:
		v.start = day.AddDate(0, 0, n)
	case weekGrain:
		v.start = mondayOf(day).AddDate(0, 0, 7*n)
	case weekendGrain:
		v.start = mondayOf(day).AddDate(0, 0, 7*n+5)
	case monthGrain:
		v.start = addMonths(day, n)
	case quarterGrain:
		v.start = addMonths(day, 3*n)
	case halfGrain:
		v.start = addMonths(day, 6*n)
	case seasonGrain:
		v.start = addMonths(day, 3*n)
	case playingGrain:
		v.start = addMonths(day, -6)
		v.start = time.Date(v.start.Year()+n, 7, 1, 0, 0, 0, 0, time.UTC)
	case yearGrain, decadeGrain, centuryGrain:
		years := map[grain]int{yearGrain: 1, decadeGrain: 10, centuryGrain: 100}[g]
		v.start = time.Date(day.Year()+years*n, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if !inYears(v.start) {
		return relative(n)
	}
	return v
}

func opShift(e *evaluation) (value, bool) {
	terms, ok := e.terms(0)
	if !ok {
		return value{}, false
	}
	a, l := terms[0].amount, terms[0].length
	base, known, sign := e.today, e.known, 1
	named := e.word(2) == "before" || e.word(2) == "after"
	if e.word(2) == "ago" || e.word(2) == "before" {
		sign = -1
	}
	if named {
		if e.last.grain == noGrain || e.last.grain == weekdayGrain || coarser(e.last.grain, l.grain()) {
			return distance(terms)
		}
		base, known = e.last.start, true
	}
	if a.vague || !known {
		return relative(sign), true
	}
	a.milli *= int64(l.count)
	n := sign * int(a.milli/1000)
	if a.milli%1000 != 0 {
		if l.time || l.unit != 'Y' {
			return relative(sign), true
		}
		return move(base, monthGrain, sign*int(a.milli*12/1000)), true
	}
	if l.time {
		return e.hours(n, l.unit, sign)
	}
	g := length{count: 1, unit: l.unit}.grain()
	return move(base, g, n), true
}

// distance gives the length of time itself, where the day it counts from is not
// known: three days after a year is no day.
func distance(terms []term) (value, bool) {
	s, ok := duration(terms[:1])
	return value{text: s, typ: typeDuration}, ok
}

// hours gives the time n hours, minutes or seconds from the hour of publication.
func (e *evaluation) hours(n int, unit byte, sign int) (value, bool) {
	if !e.clock || unit == 'S' || n > 1_000_000 || n < -1_000_000 {
		return relative(sign), true
	}
	if unit == 'H' {
		n *= 60
	}
	t := e.now.Add(time.Duration(n) * time.Minute)
	day, ok := civil(t.Year(), int(t.Month()), t.Day())
	if !ok {
		return relative(sign), true
	}
	return value{grain: dayGrain, start: day, clock: true, hour: t.Hour(), minute: t.Minute()}, true
}

func opUnit(e *evaluation) (value, bool) {
	n, ok := e.int(1)
	g, known := e.grain(0)
	if !ok || !known {
		return value{}, false
	}
	return e.from(g, n), true
}

// opLately gives the unit that has just ended or is about to: on a Sunday the
// past week is this week.
func opLately(e *evaluation) (value, bool) {
	g, ok := e.grain(0)
	if !ok {
		return value{}, false
	}
	if !e.known {
		return relative(-1), true
	}
	weekday := isoWeekday(e.today)
	switch {
	case g == weekGrain && weekday >= 6, g == weekendGrain && weekday == 7, g == yearGrain && e.today.Month() == 12:
		return e.from(g, 0), true
	}
	return e.from(g, -1), true
}

func opSame(e *evaluation) (value, bool) {
	g, ok := e.grain(0)
	if ok && g == dayGrain && e.last.grain == noGrain && e.known {
		return e.from(g, 0), true
	}
	if !ok || e.last.grain == noGrain || coarser(e.last.grain, g) {
		return value{}, false
	}
	return move(e.last.start, g, 0), true
}

// coarser tells whether a stretch of size a is too large to lie in one of size b.
func coarser(a, b grain) bool {
	days := map[grain]int{dayGrain: 1, weekendGrain: 2, weekGrain: 7, monthGrain: 30, seasonGrain: 90, quarterGrain: 91, halfGrain: 182,
		yearGrain: 365, playingGrain: 365, decadeGrain: 3650, centuryGrain: 36500}
	return days[a] > days[b]
}

func opFull(e *evaluation) (value, bool) {
	v := e.value(0)
	t, ok := civil(v.day[2], v.day[1], v.day[0])
	return value{grain: dayGrain, start: t}, ok
}

func yearValue(y int, g grain) (value, bool) {
	t, ok := civil(y, 1, 1)
	return value{grain: g, start: t}, ok
}

func opYear(e *evaluation) (value, bool) {
	y, ok := e.int(0)
	if !ok {
		return value{}, false
	}
	return yearValue(y, yearGrain)
}

func opShort(e *evaluation) (value, bool) {
	y, ok := e.int(0)
	if !ok {
		return value{}, false
	}
	return yearValue(e.century(y), yearGrain)
}

// century gives the year that two digits mean: one not more than twenty years
// after publication.
func (e *evaluation) century(two int) int {
	if !e.known {
		return fullYear(two)
	}
	y := e.today.Year() - e.today.Year()%100 + two
	if y > e.today.Year()+20 {
		y -= 100
	}
	return y
}

func opBC(e *evaluation) (value, bool) {
	y, ok := e.int(0)
	if !ok || y < 1 || y > lastYear {
		return value{}, false
	}
	v, ok := yearValue(y, yearGrain)
	return finished("BC" + v.timex3()), ok
}

// opDecade takes 60 for the sixties. The first two of a century are those of
// this one, for nobody calls 1910 the tens.
func opDecade(e *evaluation) (value, bool) {
	n, ok := e.int(0)
	switch {
	case !ok || n%10 != 0 || n < 0:
		return value{}, false
	case n >= 1000:
		return yearValue(n, decadeGrain)
	case n >= 100:
		return value{}, false
	case n < 20:
		return yearValue(2000+n, decadeGrain)
	}
	return yearValue(1900+n, decadeGrain)
}

// opCentury takes 19 for the century that began with 1801, which TIMEX3 writes 18.
func opCentury(e *evaluation) (value, bool) {
	n, ok := e.int(0)
	if !ok || n < 2 || n > 30 {
		return value{}, false
	}
	return yearValue(100*(n-1), centuryGrain)
}

func opPlaying(e *evaluation) (value, bool) {
	n, ok := e.int(0)
	if !ok {
		return value{}, false
	}
	return e.from(playingGrain, n), true
}

func opSeasons(e *evaluation) (value, bool) {
	first, ok1 := e.int(0)
	second, ok2 := e.int(1)
	if !ok1 || !ok2 || second%100 != (first+1)%100 || second >= 100 && second != first+1 {
		return value{}, false
	}
	v, ok := yearValue(first, playingGrain)
	return v, ok
}
