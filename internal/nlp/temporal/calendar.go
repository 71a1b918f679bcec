package temporal

import "time"

// Years that a value can have: four digits, none before the first.
const (
	firstYear = 1
	lastYear  = 9999
)

// civil makes a day of the calendar; not ok for one that does not exist, such as
// the 31st of February. Days are midnights in UTC, so that no clock change
// moves them.
func civil(y, m, d int) (time.Time, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d
}

// isoWeekday gives 1 for Monday up to 7 for Sunday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func mondayOf(t time.Time) time.Time { return t.AddDate(0, 0, 1-isoWeekday(t)) }

// weekMonday gives the Monday of an ISO week; not ok for a 53rd week in a year
// of 52.
func weekMonday(y, w int) (time.Time, bool) {
	fourth, ok := civil(y, 1, 4) // always in the first week
	if !ok || w < 1 || w > 53 {
		return time.Time{}, false
	}
	t := mondayOf(fourth).AddDate(0, 0, 7*(w-1))
	year, week := t.ISOWeek()
	return t, year == y && week == w
}

func inYears(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// addMonths moves the first day of t's month by n months.
func addMonths(t time.Time, n int) time.Time {
	return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
}

// easter is Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher:
// Astronomical Algorithms, chapter 8).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// nthWeekday is the nth given weekday of a month; the last for n = -1.
func nthWeekday(y, m, weekday, n int) (time.Time, bool) {
	first, ok := civil(y, m, 1)
	if !ok || weekday < 1 || weekday > 7 || n == 0 || n < -1 || n > 5 {
		return time.Time{}, false
	}
	if n == -1 {
		last := addMonths(first, 1).AddDate(0, 0, -1)
		return last.AddDate(0, 0, -((isoWeekday(last) - weekday + 7) % 7)), true
	}
	t := first.AddDate(0, 0, (weekday-isoWeekday(first)+7)%7+7*(n-1))
	return t, int(t.Month()) == m
}
