package temporal

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The types of a TIMEX3 expression.
const (
	typeDate     = "DATE"
	typeTime     = "TIME"
	typeDuration = "DURATION"
	typeSet      = "SET"
	typeNone     = "NONE" // a rule that says: this is no time
)

// What TIMEX3 writes for times that have no place on the calendar.
const (
	presentRef = "PRESENT_REF"
	pastRef    = "PAST_REF"
	futureRef  = "FUTURE_REF"
)

// grain is the size of a stretch of the calendar.
type grain uint8

const (
	noGrain grain = iota
	dayGrain
	weekdayGrain // a day known by its weekday only
	weekGrain
	weekendGrain
	monthGrain
	quarterGrain
	halfGrain
	seasonGrain
	playingGrain // a playing season, from summer to summer
	yearGrain
	decadeGrain
	centuryGrain
	hourGrain
	minuteGrain
)

// value is what an expression means: a stretch of the calendar, with a time of
// day or without, or else a finished text.
type value struct {
	grain    grain
	start    time.Time // first day of the stretch
	open     bool      // the year, of a time of day the date, is not known: XXXX
	season   string    // SP SU FA WI, for seasonGrain
	part     string    // part of day: MO MI AF EV NI DT
	clock    bool      // hour and minute are set
	hour     int
	minute   int
	floating bool   // the date of a time of day is still to be found
	habit    bool   // a time of day of no day, unless one is found beside it
	loose    bool   // it would be a date if the day of publication were known
	typ      string // the type, where it is not that of the rule
	text     string // the finished value of a duration, set or reference
}

// timed tells whether the value says a time of day.
func (v value) timed() bool { return v.clock || v.part != "" }

// TIMEX3 gives the value as TIMEX3 writes it.
func (v value) timex3() string {
	if v.text != "" {
		return v.text
	}
	switch {
	case v.clock:
		return v.stretch() + fmt.Sprintf("T%02d:%02d", v.hour, v.minute)
	case v.part != "":
		return v.stretch() + "T" + v.part
	}
	return v.stretch()
}

func (v value) stretch() string {
	year := fmt.Sprintf("%04d", v.start.Year())
	if v.open {
		year = "XXXX"
	}
	month := int(v.start.Month())
	switch v.grain {
	case dayGrain:
		return fmt.Sprintf("%s-%02d-%02d", year, month, v.start.Day())
	case weekdayGrain:
		return fmt.Sprintf("XXXX-WXX-%d", isoWeekday(v.start))
	case weekGrain, weekendGrain:
		return v.week()
	case monthGrain:
		return fmt.Sprintf("%s-%02d", year, month)
	case quarterGrain:
		return fmt.Sprintf("%s-Q%d", year, (month+2)/3)
	case halfGrain:
		return fmt.Sprintf("%s-H%d", year, (month+5)/6)
	case seasonGrain:
		return year + "-" + v.season
	case playingGrain:
		return fmt.Sprintf("%s/%04d", year, v.start.Year()+1)
	case decadeGrain:
		return year[:3]
	case centuryGrain:
		return year[:2]
	case noGrain: // a time of day without a date
		return "XXXX-XX-XX"
	}
	return year
}

func (v value) week() string {
	y, w := v.start.ISOWeek()
	s := fmt.Sprintf("%04d-W%02d", y, w)
	if v.open {
		s = "XXXX-WXX"
	}
	if v.grain == weekendGrain {
		s += "-WE"
	}
	return s
}

// amount is a number of units in thousandths, or an unknown number.
type amount struct {
	milli int64
	vague bool
}

func whole(n int) amount { return amount{milli: int64(n) * 1000} }

// int gives the amount as a whole number.
func (a amount) int() (n int, ok bool) {
	return int(a.milli / 1000), !a.vague && a.milli%1000 == 0
}

func (a amount) String() string {
	if a.vague {
		return "X"
	}
	s := strconv.FormatInt(a.milli/1000, 10)
	if f := a.milli % 1000; f != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%03d", f), "0")
	}
	return s
}

// length is a unit of duration as TIMEX3 writes one: "T15M" is count 15 of M,
// minutes, in the part that follows the T.
type length struct {
	count int
	unit  byte // Y M W D, and H M S after T
	time  bool
}

// weekendUnit is the one unit that is no length.
const weekendUnit = "WE"

func parseLength(s string) (length, bool) {
	var l length
	s, l.time = strings.CutPrefix(s, "T")
	if len(s) < 2 {
		return l, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	l.count, l.unit = n, s[len(s)-1]
	units := "YMWD"
	if l.time {
		units = "HMS"
	}
	return l, err == nil && n > 0 && n <= 1000 && strings.IndexByte(units, l.unit) >= 0
}

// grain gives the stretch of the calendar that the unit counts.
func (l length) grain() grain {
	if l.time {
		if l.unit == 'H' && l.count == 1 {
			return hourGrain
		}
		return minuteGrain
	}
	switch {
	case l.unit == 'Y' && l.count == 100:
		return centuryGrain
	case l.unit == 'Y' && l.count == 10:
		return decadeGrain
	case l.unit == 'Y':
		return yearGrain
	case l.unit == 'M' && l.count == 3:
		return quarterGrain
	case l.unit == 'M' && l.count == 6:
		return halfGrain
	case l.unit == 'M':
		return monthGrain
	case l.unit == 'W':
		return weekGrain
	}
	return dayGrain
}

// term is one part of a duration: so many of a unit.
type term struct {
	amount amount
	length length
}

// duration writes terms as TIMEX3 does: P3D, PT2H30M, P1.5Y, PXW.
func duration(terms []term) (string, bool) {
	var date, clock strings.Builder
	for _, t := range terms {
		n := t.amount
		n.milli *= int64(t.length.count)
		switch {
		case !n.vague && n.milli <= 0:
			return "", false
		case t.length.time && !n.vague && n.milli%1000 != 0 && t.length.unit != 'S':
			clock.WriteString(subunits(n, t.length.unit))
			continue
		}
		s := n.String() + string(t.length.unit)
		if n.vague && t.length.count == 10 {
			s = "XDE"
		} else if n.vague && t.length.count == 100 {
			s = "XCE"
		}
		if t.length.time {
			clock.WriteString(s)
		} else {
			date.WriteString(s)
		}
	}
	if clock.Len() > 0 {
		return "P" + date.String() + "T" + clock.String(), true
	}
	return "P" + date.String(), date.Len() > 0
}

// subunits writes a broken number of hours in hours and minutes, of minutes in
// minutes and seconds.
func subunits(n amount, unit byte) string {
	small := byte('M')
	if unit == 'M' {
		small = 'S'
	}
	whole, rest := n.milli/1000, (n.milli%1000*60+500)/1000
	s := ""
	if whole > 0 {
		s = strconv.FormatInt(whole, 10) + string(unit)
	}
	if rest > 0 {
		s += strconv.FormatInt(rest, 10) + string(small)
	}
	return s
}
