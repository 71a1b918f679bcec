package event

import (
	"strconv"
	"strings"
	"time"

	"telex/internal/lang"
)

// setWhen gives a candidate its date, from the times of its clause or sentence, and
// its place, from the places of its clause.
func (r *reading) setWhen(c *candidate) {
	first, last := r.sentenceBounds(c.trigger)
	best, steps := -1, maxClimb+1
	for t := first; t < last; t++ {
		i := int(r.timeAt[t]) - 1
		if i < 0 || !r.dated(r.a.Times[i].Value) {
			continue
		}
		if n := r.distance(t, c); n < steps {
			best, steps = i, n
		}
	}
	if best >= 0 {
		value := r.a.Times[best].Value
		c.ahead = r.ahead(value)
		c.date = day(value)
		c.told = c.date != ""
	}
	r.setPlace(c, first, last)
}

// dated tells whether the value of a time says when, by the calendar or as to come.
func (r *reading) dated(value string) bool { return day(value) != "" || r.ahead(value) }

// ahead tells whether a time without a day of its own lies behind the publication:
// FUTURE_REF, or a week or season of the calendar that is to come.
func (r *reading) ahead(value string) bool {
	published := r.a.PublishedAt
	if value == "FUTURE_REF" || published.IsZero() {
		return value == "FUTURE_REF"
	}
	first, _, ok := calendar(value)
	return ok && first.After(published)
}

// window bounds the words on either side of a trigger that are looked at, for
// sentences without end.
const window = 100

func (r *reading) sentenceBounds(i int) (first, last int) {
	s := &r.a.Sentences[r.sentence[i]]
	return max(s.First, i-window), min(s.Last, i+window)
}

// distance is how far token t stands below the clause of a candidate, or below the
// verbs above it of the same sentence part; large where it hangs elsewhere.
func (r *reading) distance(t int, c *candidate) int {
	far := maxClimb + 2
	for n, v := 0, t; v >= 0 && n <= maxClimb; n, v = n+1, r.head(v) {
		if v == c.trigger || v == c.clause {
			return n
		}
		if n > 0 && r.finite(v) && r.upos(v, "VERB") {
			break // in the clause of another verb
		}
	}
	// Behind the verb that governs the clause: wil morgen praten.
	for n, v := 1, c.clause; v >= 0 && n <= maxClimb; n++ {
		h := r.head(v)
		if h < 0 || !r.rel(v, "xcomp", "aux", "obj", "obl", "nsubj", "nmod") {
			break
		}
		for m, u := 0, t; u >= 0 && m < 4; m, u = m+1, r.head(u) {
			if u == h {
				return n + m
			}
		}
		v = h
	}
	return far
}

// calendar gives the first and the last day of a week (2019-W27, 2019-W27-WE) or a
// season (2019-SU); false for other values.
func calendar(value string) (first, last time.Time, ok bool) {
	if len(value) < 7 || value[4] != '-' {
		return first, last, false
	}
	year, err := strconv.Atoi(value[:4])
	if err != nil {
		return first, last, false
	}
	if season := strings.Index("SPSUFAWI", value[5:7]); len(value) == 7 && season >= 0 && season%2 == 0 {
		first = time.Date(year, time.Month(3+3*season/2), 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(0, 3, -1), true
	}
	if value[5] != 'W' || len(value) < 8 {
		return first, last, false
	}
	week, err := strconv.Atoi(value[6:8])
	if err != nil || week < 1 || week > 53 {
		return first, last, false
	}
	first = time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	first = first.AddDate(0, 0, 7*(week-1)-(int(first.Weekday())+6)%7)
	return first, first.AddDate(0, 0, 6), true
}

// day cuts a value to day, month or year, of a week or season to what of these holds
// it; "" for what is none of these.
func day(value string) string {
	if first, last, ok := calendar(value); ok {
		switch {
		case first.Year() != last.Year():
			return ""
		case first.Month() != last.Month():
			return first.Format("2006")
		}
		return first.Format("2006-01")
	}
	if i := strings.IndexByte(value, 'T'); i > 0 {
		value = value[:i]
	}
	ok := len(value) == 4 || len(value) == 7 || len(value) == 10
	for i := 0; i < len(value) && ok; i++ {
		ok = value[i] >= '0' && value[i] <= '9' || value[i] == '-' && (i == 4 || i == 7)
	}
	if !ok {
		return ""
	}
	return value
}

// setPlace takes the place that stands nearest in the clause behind a word such as
// in; a town before a country.
func (r *reading) setPlace(c *candidate, first, last int) {
	best, bestSteps, bestLand := -1, maxClimb+1, true
	for t := first; t < last; t++ {
		e := int(r.inside[t]) - 1
		if e < 0 || r.a.Entities[e].Type != "LOC" || r.named[t] == 0 || !r.standsWithin(t) || r.takesPart(c, e) {
			continue
		}
		n := r.distance(t, c)
		if n > maxClimb {
			continue
		}
		land := r.parties[e].land
		if best < 0 || bestLand && !land || land == bestLand && n < bestSteps {
			best, bestSteps, bestLand = e, n, land
		}
	}
	c.place = best
}

// standsWithin tells whether a place stands behind in, te or the like, by itself or
// beside a noun: in de zone (DMZ).
func (r *reading) standsWithin(t int) bool {
	for steps := 0; t >= 0 && steps < 3; steps++ {
		for c := range r.children(t) {
			if r.rel(c, "case") && r.within(c) {
				return true
			}
		}
		if !r.rel(t, "appos", "nmod", "flat") {
			return false
		}
		t = r.head(t)
	}
	return false
}

func (r *reading) within(c int) bool { return r.words.Is(lang.WithinWord, r.lower[c]) }

func (r *reading) takesPart(c *candidate, entity int) bool {
	for _, side := range [][]party{c.actors, c.recipients, c.sides} {
		for _, p := range side {
			if p.entity == entity {
				return true
			}
		}
	}
	return false
}
