package temporal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The modifiers of the article's format.
var mods = [...]string{"START", "END", "APPROX", "MORE_THAN", "LESS_THAN"}

// What verbs say of the time of their clause.
const (
	VerbPast    = "past"    // happened
	VerbPerfect = "perfect" // helps to make a perfect tense
	VerbFuture  = "future"  // helps to make a future
	VerbOpen    = "open"    // says nothing: would, could
	VerbReport  = "report"  // present, of what has been said
)

var errInt = errors.New("is no whole number")

// valueParser gives the reader of the values of a class, nil for no class of words.
func valueParser(class string) func(string) (classValue, error) {
	switch class {
	case "number":
		return parseAmount
	case "month", "shortmonth":
		return wholeNumber(1, 12)
	case "weekday", "weekdays", "shortweekday":
		return wholeNumber(1, 7)
	case "ordinal":
		return wholeNumber(-1, 100)
	case "decade":
		return wholeNumber(0, 90)
	case "rel":
		return wholeNumber(-1000, 1000)
	case "scale":
		return wholeNumber(1000, 1_000_000_000)
	case "unit":
		return parseUnit
	case "part", "parts":
		return oneOf("MO", "MI", "AF", "EV", "NI", "DT")
	case "season":
		return oneOf("SP", "SU", "FA", "WI")
	case "about", "edge", "around":
		return oneOf(append([]string{"-"}, mods[:]...)...)
	case "verb":
		return oneOf(VerbPast, VerbPerfect, VerbFuture, VerbOpen, VerbReport)
	case "joiner", "name", "suffix", "measure", "person":
		return oneOf("-")
	case "holiday", "feast":
		return parseHolidayValue
	}
	return nil
}

func wholeNumber(low, high int) func(string) (classValue, error) {
	return func(s string) (classValue, error) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return classValue{}, fmt.Errorf("%q %w", s, errInt)
		}
		if n < low || n > high {
			return classValue{}, fmt.Errorf("%d is not from %d to %d", n, low, high)
		}
		return classValue{amount: whole(n)}, nil
	}
}

func oneOf(allowed ...string) func(string) (classValue, error) {
	return func(s string) (classValue, error) {
		if !slices.Contains(allowed, s) {
			return classValue{}, fmt.Errorf("%q is none of %s", s, strings.Join(allowed, ", "))
		}
		return classValue{text: strings.TrimPrefix(s, "-")}, nil
	}
}

// parseAmount reads a number such as 2 or 2.5, or X.
func parseAmount(s string) (classValue, error) {
	if s == "X" {
		return classValue{amount: amount{vague: true}}, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 1e6 {
		return classValue{}, fmt.Errorf("%q is neither X nor a number from 0 to 1000000", s)
	}
	return classValue{amount: amount{milli: int64(f*1000 + 0.5)}}, nil
}

func parseUnit(s string) (classValue, error) {
	if s == weekendUnit {
		return classValue{text: s}, nil
	}
	l, ok := parseLength(s)
	if !ok {
		return classValue{}, fmt.Errorf("%q is no unit such as 1Y, 3M, 1W, 1D, T1H, T15M or WE", s)
	}
	return classValue{length: l}, nil
}

// holiday says how the day of a feast is found in a year.
type holiday struct {
	month, day   int  // a fixed day, or
	weekday, nth int  // the nth weekday of the month
	easter       bool // days from Easter Sunday in day
	avoid        int  // a weekday on which it is kept the day before
}

func parseHolidayValue(s string) (classValue, error) {
	h, err := parseHoliday(s)
	return classValue{holiday: h}, err
}

// parseHoliday reads "12-25", month and day; "easter+39", days from Easter
// Sunday; "09 3rd 2", the third Tuesday of September (weekday last, 1 for
// Monday); "04-27 not 7", kept a day earlier on a Sunday.
func parseHoliday(s string) (holiday, error) {
	var h holiday
	bad := fmt.Errorf("%q is no feast such as \"12-25\", \"04-27 not 7\", \"easter+39\" or \"09 3rd 2\"", s)
	if rest, ok := strings.CutPrefix(s, "easter"); ok {
		n, err := strconv.Atoi(strings.TrimPrefix(rest, "+"))
		if err != nil || n < -100 || n > 100 {
			return h, bad
		}
		return holiday{easter: true, day: n}, nil
	}
	fields := strings.Fields(s)
	if len(fields) == 3 && fields[1] != "not" {
		if _, err := fmt.Sscanf(s, "%2d %1d", &h.month, &h.nth); err != nil {
			return h, bad
		}
		h.weekday, _ = strconv.Atoi(fields[2])
		if _, ok := nthWeekday(2000, h.month, h.weekday, h.nth); !ok {
			return h, bad
		}
		return h, nil
	}
	if len(fields) != 1 && len(fields) != 3 {
		return h, bad
	}
	if _, err := fmt.Sscanf(fields[0], "%2d-%2d", &h.month, &h.day); err != nil {
		return h, bad
	}
	if len(fields) == 3 {
		h.avoid, _ = strconv.Atoi(fields[2])
		if h.avoid < 1 || h.avoid > 7 {
			return h, bad
		}
	}
	if _, ok := civil(2000, h.month, h.day); !ok {
		return h, bad
	}
	return h, nil
}

// in gives the day of the feast in a year.
func (h holiday) in(y int) (time.Time, bool) {
	switch {
	case y < firstYear || y > lastYear:
		return time.Time{}, false
	case h.easter:
		return easter(y).AddDate(0, 0, h.day), true
	case h.nth != 0:
		return nthWeekday(y, h.month, h.weekday, h.nth)
	}
	t, ok := civil(y, h.month, h.day)
	if ok && h.avoid == isoWeekday(t) {
		t = t.AddDate(0, 0, -1)
	}
	return t, ok
}
