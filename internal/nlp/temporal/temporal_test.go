package temporal

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"telex/internal/document"
)

// english is a small language, to test the machinery without a pack.
func english(tb testing.TB, rules string) *Rules {
	tb.Helper()
	r, err := New(Tables{
		Words: []Table{
			{"number.txt", "1: one, a\n2: two\n0.5: half a\nX: some"},
			{"unit.txt", "1Y: year, years\n1W: week, weeks\n1D: day, days\nT1H: hour, hours\nT15M: quarter\n10Y: decade, decades"},
			{"month.txt", "5: may\n6: june"}, {"weekday.txt", "6: saturday\n7: sunday"},
			{"part.txt", "EV: evening\nNI: night"}, {"about.txt", "MORE_THAN: more than"}, {"edge.txt", "START: early"},
			{"name.txt", "-: may"}, {"verb.txt", "past: was\nfuture: will"}, {"rel.txt", "-1: last\n0: this\n1: next"},
		},
		Rules: []Table{{"rules.txt", rules}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

const englishRules = `
today = DATE day 0
[<edge>] <rel> <unit> = DATE unit <unit> <rel>
[<about>] <number> <unit> = DURATION duration <number> <unit>
[<about>] <number> <unit> ago = DATE shift <number> <unit> ago
(in) <number> <unit> = DATE shift <number> <unit> ahead
<weekday> = DATE weekday <weekday> near
<weekday><part> = TIME part <part> weekday <weekday> near
<month> = DATE month <month> near
<day> <month> [<year>] = DATE date <day> <month> <year>
<day> (- <day> <month>) = DATE date <day> <month>
(at) <clock> = TIME clock <clock>
at_par|May_Fair = NONE
`

func read(r *Rules, text string) string {
	d := r.NewReader(Anchor{At: time.Date(2019, 6, 30, 14, 5, 0, 0, time.UTC)})
	var out []string
	for _, t := range d.Append(nil, text, document.Span{End: len(text)}, nil) {
		out = append(out, strings.TrimSpace(text[t.Span.Start:t.Span.End]+" "+t.Value+" "+t.Mod))
	}
	return strings.Join(out, "; ")
}

func TestAppend(t *testing.T) {
	t.Parallel()
	r := english(t, englishRules)
	for _, tt := range []struct{ text, want string }{
		{"It rains today.", "today 2019-06-30"},
		{"TODAY it rains", "TODAY 2019-06-30"},
		{"early next year", "early next year 2020 START"},
		{"more than two weeks", "more than two weeks P2W MORE_THAN"},
		{"two weeks ago", "two weeks ago 2019-W24"},
		{"in two weeks", "two weeks 2019-W28"},
		{"in two weeks ago", "two weeks ago 2019-W24"},
		{"half a year, half a decade, half a hour", "half a year P0.5Y; half a decade P5Y; half a hour PT30M"},
		{"some decades", "some decades PXDE"},
		{"it was saturday", "saturday 2019-06-29"},
		{"it will, saturday", "saturday 2019-07-06"},
		{"it was sundaynight", "sundaynight 2019-06-30TNI"},
		{"3 - 5 may", "3 2019-05-03; 5 may 2019-05-05"},
		{"3-5 may 2018", "3 2019-05-03; 5 may 2018 2018-05-05"},
		{"31 june", ""},
		{"saturday at 8.30", "saturday 2019-06-29; 8.30 2019-06-29T08:30"},
		{"at 25:61", ""},
		{"at par in May Fair", ""},
		{"we saw May there", ""},
		{"May Smith was there", ""},
		{"may was wet", "may 2019-05"},
		{"today.org @today x-today today-x", ""},
		{"0 days 0,0 hours", ""},
	} {
		if got := read(r, tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A bad line is told with file, line and reason.
func TestNewSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	month := Table{"timex/month.txt", "5: may"}
	for _, tt := range []struct {
		name   string
		tables Tables
		want   string
	}{
		{"class", Tables{Words: []Table{{"timex/moon.txt", "1: luna"}}}, `timex/moon.txt: there is no class of words "moon"`},
		{"colon", Tables{Words: []Table{{"timex/month.txt", "# months\n5 may"}}}, `timex/month.txt:2: "5 may" has no colon`},
		{"range", Tables{Words: []Table{{"timex/month.txt", "13: may"}}}, "timex/month.txt:1: 13 is not from 1 to 12"},
		{"number", Tables{Words: []Table{{"timex/month.txt", "v: may"}}}, `timex/month.txt:1: "v" is no whole number`},
		{"comma", Tables{Words: []Table{{"timex/month.txt", "5: may,,june"}}}, "timex/month.txt:1: there is an empty word"},
		{"twice", Tables{Words: []Table{{"timex/month.txt", "5: may\n6: May, may"}}}, `timex/month.txt:2: "may" already stands`},
		{"unit", Tables{Words: []Table{{"timex/unit.txt", "1Q: x"}}}, `timex/unit.txt:1: "1Q" is no unit`},
		{"feast", Tables{Words: []Table{{"timex/holiday.txt", "02-30: x"}}}, `timex/holiday.txt:1: "02-30" is no feast`},
		{"long", Tables{Words: []Table{{"timex/month.txt", "5: a b c d e f g h i"}}}, "timex/month.txt:1"},
		{"equals", Tables{Rules: []Table{{"timex/rules.txt", "today"}}}, `timex/rules.txt:1: "today" has no " = "`},
		{"type", Tables{Rules: []Table{{"timex/rules.txt", "today = DAY day 0"}}}, "timex/rules.txt:1: the value begins with none of"},
		{"operation", Tables{Rules: []Table{{"timex/rules.txt", "\ntoday = DATE dya 0"}}}, `timex/rules.txt:2: there is no operation "dya"`},
		{"no operation", Tables{Rules: []Table{{"timex/rules.txt", "today = DATE"}}}, "timex/rules.txt:1: there is no operation"},
		{"arguments", Tables{Rules: []Table{{"timex/rules.txt", "today = DATE day"}}}, "timex/rules.txt:1: day takes from 1 to 1 arguments, not 0"},
		{"unknown class", Tables{Rules: []Table{{"timex/rules.txt", "<moon> = DATE day 0"}}}, "timex/rules.txt:1: there is no class <moon>"},
		{"absent class", Tables{Words: []Table{month}, Rules: []Table{{"timex/rules.txt", "may = DATE month <month>"}}}, "timex/rules.txt:1: the value needs <month>"},
		{"bracket", Tables{Rules: []Table{{"timex/rules.txt", "[today = DATE day 0"}}}, "timex/rules.txt:1: a bracket or parenthesis is not closed"},
		{"nested", Tables{Rules: []Table{{"timex/rules.txt", "[a [b]] = DATE day 0"}}}, "timex/rules.txt:1: brackets inside brackets"},
		{"inner context", Tables{Rules: []Table{{"timex/rules.txt", "a (b) c = DATE day 0"}}}, "timex/rules.txt:1: parentheses may stand before and behind"},
		{"only context", Tables{Rules: []Table{{"timex/rules.txt", "(a) = DATE day 0"}}}, "timex/rules.txt:1: parentheses may stand"},
		{"modifier", Tables{Rules: []Table{{"timex/rules.txt", "a = DATE day 0 mod MOST"}}}, `timex/rules.txt:1: there is no modifier "MOST"`},
		{"compound", Tables{Rules: []Table{{"timex/rules.txt", "mid<moon> = DATE day 0"}}}, `timex/rules.txt:1: "mid<moon>": there are no words`},
		{"ways", Tables{Rules: []Table{{"timex/rules.txt", "[a] [b] [c] [d] [e] [f] [g] [h] [i] [j] k = DATE day 0"}}}, "timex/rules.txt:1: there are more than 512 ways"},
	} {
		_, err := New(tt.tables)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
}

// Easter and the days that hang on it, from the tables of the church.
func TestEaster(t *testing.T) {
	t.Parallel()
	for y, want := range map[int]string{1943: "04-25", 1961: "04-02", 2000: "04-23", 2008: "03-23", 2011: "04-24", 2018: "04-01", 2019: "04-21", 2024: "03-31", 2038: "04-25"} {
		if got := easter(y).Format("01-02"); got != want {
			t.Errorf("Easter of %d is %s, want %s", y, got, want)
		}
	}
}

func TestHoliday(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		said string
		year int
		want string
	}{
		{"12-25", 2019, "2019-12-25"}, {"04-27 not 7", 2014, "2014-04-26"}, {"04-27 not 7", 2019, "2019-04-27"},
		{"easter+39", 2019, "2019-05-30"}, {"easter-2", 2019, "2019-04-19"}, {"09 3rd 2", 2019, "2019-09-17"}, {"05 2nd 7", 2019, "2019-05-12"},
	} {
		h, err := parseHoliday(tt.said)
		if err != nil {
			t.Fatal(err)
		}
		if day, ok := h.in(tt.year); !ok || day.Format(time.DateOnly) != tt.want {
			t.Errorf("%s in %d is %s, want %s", tt.said, tt.year, day.Format(time.DateOnly), tt.want)
		}
	}
}

// A week and the Monday that begins it name each other in every year.
func TestWeeks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		y, w := rapid.IntRange(firstYear+1, lastYear-1).Draw(t, "year"), rapid.IntRange(-1, 54).Draw(t, "week")
		monday, ok := weekMonday(y, w)
		if !ok {
			if w >= 1 && w <= 52 {
				t.Fatalf("week %d of %d is not found", w, y)
			}
			return
		}
		gotYear, gotWeek := monday.ISOWeek()
		if gotYear != y || gotWeek != w || monday.Weekday() != time.Monday {
			t.Fatalf("week %d of %d begins on %s", w, y, monday)
		}
	})
}

// A stretch moved there and back is where it was.
func TestMove(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2019, 1, 1+rapid.IntRange(0, 4000).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		g := grain(rapid.IntRange(int(dayGrain), int(centuryGrain)).Draw(t, "grain"))
		if g == weekdayGrain {
			g = dayGrain
		}
		n := rapid.IntRange(-15, 15).Draw(t, "n")
		there := move(day, g, n)
		if back := move(there.start, g, -n); g != seasonGrain && g != playingGrain && back.timex3() != move(day, g, 0).timex3() {
			t.Fatalf("%s by %d of %d: %s, back %s", day, n, g, there.timex3(), back.timex3())
		}
	})
}
