package temporal

func clockValue(hour, minute int) (value, bool) {
	if minute < 0 {
		hour, minute = hour-1, minute+60
	}
	if minute >= 60 {
		hour, minute = hour+1, minute-60
	}
	if hour == -1 || hour == 0 && minute < 0 {
		hour = 23
	}
	v := value{clock: true, hour: hour, minute: minute, floating: true}
	return v, hour >= 0 && minute >= 0 && minute < 60 && (hour < 24 || hour == 24 && minute == 0)
}

func opClock(e *evaluation) (value, bool) {
	if v := e.value(0); e.seq.args[0].slot.element != none && v.amount == (amount{}) && v.day != ([3]int{}) {
		return clockValue(v.day[0], v.day[1])
	}
	hour, ok := e.int(0)
	minute := 0
	if len(e.seq.args) > 1 && e.seq.args[1].given {
		m, whole := e.int(1)
		minute, ok = m, ok && whole && m < 60
	}
	if !ok {
		return value{}, false
	}
	return clockValue(hour, minute)
}

// clockOf makes the operation for so many minutes past or to an hour, moved by
// shift minutes. The quarter of an hour may be said as a number: 15.
func clockOf(shift, sign int) func(e *evaluation) (value, bool) {
	return func(e *evaluation) (value, bool) {
		minutes, ok1 := e.int(0)
		hour, ok2 := e.int(1)
		if !ok1 || !ok2 || minutes < 1 || minutes > 29 || hour < 1 || hour > 12 {
			return value{}, false
		}
		return clockValue(hour, shift+sign*minutes)
	}
}

// opHalfTo reads half an hour before the hour named.
func opHalfTo(e *evaluation) (value, bool) {
	hour, ok := e.int(0)
	if !ok || hour < 1 || hour > 12 {
		return value{}, false
	}
	if hour == 1 {
		return clockValue(12, 30)
	}
	return clockValue(hour-1, 30)
}

func opLater(*evaluation) (value, bool) { return value{floating: true}, true }

// opUsual is a habit where no day has been named and no past tense tells of one.
func opUsual(e *evaluation) (value, bool) {
	return value{floating: true, habit: !e.sentenceDay && e.tense() != tensePast}, true
}

// terms reads pairs of number and unit from argument i on.
func (e *evaluation) terms(i int) ([]term, bool) {
	out := e.buffer[:0]
	for ; i+1 < len(e.seq.args) && e.seq.args[i].given && e.seq.args[i+1].given; i += 2 {
		v := e.value(i + 1)
		if v.length.count == 0 {
			return nil, false
		}
		a := e.value(i).amount
		if e.seq.args[i].isInt {
			a = whole(e.seq.args[i].number)
		}
		out = append(out, term{a, v.length})
		if len(out) == cap(e.buffer) || e.seq.op.most == 3 {
			break
		}
	}
	return out, len(out) > 0
}

func opDuration(e *evaluation) (value, bool) {
	terms, ok := e.terms(0)
	if !ok {
		return value{}, false
	}
	for i := 1; i < len(terms); i++ { // larger units come first: 2 hours and 30 minutes
		if !terms[i-1].length.longer(terms[i].length) {
			return value{}, false
		}
	}
	s, ok := duration(terms)
	return finished(s), ok
}

// longer tells whether l is a longer unit than m.
func (l length) longer(m length) bool {
	if l.time != m.time {
		return m.time
	}
	order := map[byte]int{'Y': 4, 'M': 3, 'W': 2, 'D': 1}
	if l.time {
		order = map[byte]int{'H': 3, 'M': 2, 'S': 1}
	}
	return order[l.unit] > order[m.unit]
}

func opSome(e *evaluation) (value, bool) {
	l := e.value(0).length
	if l.count == 0 {
		return value{}, false
	}
	s, ok := duration([]term{{amount{vague: true}, l}})
	return finished(s), ok
}

func opSet(e *evaluation) (value, bool) {
	if e.value(1).text == weekendUnit {
		return finished("XXXX-WXX-WE"), true
	}
	terms, ok := e.terms(0)
	if !ok {
		return value{}, false
	}
	s, ok := duration(terms)
	return finished(s), ok
}

func opEvery(e *evaluation) (value, bool) {
	d, ok := e.int(0)
	v := value{grain: weekdayGrain, start: weekdayOf(d)}
	return v, ok
}

func opEveryMonth(e *evaluation) (value, bool) {
	m, ok := e.int(0)
	t, valid := civil(openYear, m, 1)
	return value{grain: monthGrain, start: t, open: true}, ok && valid
}

func opEverySeason(e *evaluation) (value, bool) {
	t, ok := civil(openYear, 1, 1)
	return value{grain: seasonGrain, start: t, open: true, season: e.value(0).text}, ok
}

func opEveryPart(*evaluation) (value, bool) { return value{}, true }
