package event

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/lang/nl/models"
	"telex/internal/nlp/maxent"
)

// readJudged reads a text with the judge, and gives the notes and what the tables alone code.
func readJudged(tb testing.TB, text string) (a *document.Article, notes []Note, tables []document.Event) {
	tb.Helper()
	step, err := whole()
	if err != nil {
		tb.Fatal(err)
	}
	a = read(tb, text)
	tables, a.Events = a.Events, nil
	if notes, err = step.Explain(tb.Context(), a); err != nil {
		tb.Fatal(err)
	}
	return a, notes, tables
}

// at gives the events whose trigger is a word, as lines.
func at(a *document.Article, events []document.Event, word string) []string {
	var out []string
	for i := range events {
		if s := events[i].Trigger.Span; a.Raw[s.Start:s.End] == word {
			out = append(out, line(&events[i]))
		}
	}
	return out
}

// noteAt is the note of a word and a type.
func noteAt(tb testing.TB, a *document.Article, notes []Note, word, typ string) Note {
	tb.Helper()
	i := slices.IndexFunc(notes, func(n Note) bool { return a.Raw[n.Trigger.Start:n.Trigger.End] == word && n.Type == typ })
	if i < 0 {
		tb.Fatalf("no note tells of %s at %s: %+v", typ, word, notes)
	}
	return notes[i]
}

// What the tables drop, the judge takes where it is likely; the note says what the
// tables had against it.
func TestJudgeTakesWhatTablesDrop(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, word, typ, although string }{
		{"De winkel hekelde zijn leveranciers.", "hekelde", "ACCUSE", "only private parties"},
		{"De Franse winkels hekelen hun leveranciers.", "hekelen", "ACCUSE", "only private parties"},
		{"De krant hekelde zijn lezers.", "hekelde", "ACCUSE", "only private parties"},
		{"Er is veel kritiek op het besluit van minister Wiebes.", "kritiek", "ACCUSE", "no party stands in the slot van/uit/vanuit"},
		{"Inwoners van Groningen zijn boos over de gaswinning.", "boos", "ACCUSE", "no party stands in the slot over/op"},
		{"De Griekse premier sprak er schande van dat Turkije het schip de toegang tot zijn havens had ontzegd.", "schande", "ACCUSE", "no pattern"},
	} {
		a, notes, tables := readJudged(t, c.text)
		if before := at(a, tables, c.word); len(before) > 0 {
			t.Errorf("%s: the tables alone code %q", c.text, before)
		}
		if got := at(a, a.Events, c.word); len(got) != 1 {
			t.Errorf("%s: the judge takes %q at %s", c.text, got, c.word)
			continue
		}
		n := noteAt(t, a, notes, c.word, c.typ)
		if !n.Coded || n.Why != "" || n.Although != c.although || n.Odds <= shortThreshold || n.ID == "" {
			t.Errorf("%s: the note is %+v", c.text, n)
		}
	}
}

// What the tables take, the judge drops where it is not likely.
func TestJudgeDropsWhatTablesTake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, word, typ string }{
		{"De minister vindt het weer slecht.", "vindt", "ACCUSE"},
		{"De Eerste Kamer heeft woensdag een motie van Volt om excuses voor de deportaties te maken met grote meerderheid weggestemd.", "maken", "CONCEDE"},
		{"Een Poolse rechtbank sloeg het verzoek af om de minister Kowalski uit huisarrest te ontslaan.", "ontslaan", "RETREAT"},
		{"De Griekse premier sprak er schande van dat Turkije het schip de toegang tot zijn havens had ontzegd.", "sprak", "ACCUSE"},
		{"‘Onze soldaten komen terug zodra de terroristen weg zijn’, zei president Poetin.", "terroristen", "ACCUSE"},
		{"Minister Bruins gaat zich sterk maken voor de verpleegkundigen, verzekerde hij de vakbonden.", "maken", "AGREE"},
	} {
		a, notes, tables := readJudged(t, c.text)
		if before := at(a, tables, c.word); len(before) != 1 || !strings.HasPrefix(before[0], c.typ) {
			t.Errorf("%s: the tables alone code %q at %s", c.text, before, c.word)
			continue
		}
		if got := at(a, a.Events, c.word); len(got) > 0 {
			t.Errorf("%s: the judge takes %q", c.text, got)
		}
		n := noteAt(t, a, notes, c.word, c.typ)
		if n.Coded || n.ID != "" || n.Odds <= 0 || n.Odds > shortThreshold || !strings.HasPrefix(n.Why, "improbable: 0.") || n.Although != "" {
			t.Errorf("%s: the note is %+v", c.text, n)
		}
	}
}

// A side that the tables leave empty the judge fills, with somebody whom the text names
// or with one who may be meant.
func TestJudgeFillsSides(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, word, tables, want string }{
		{"Een man is in Breda mishandeld.", "mishandeld", "ASSAULT/beat  > NLDCVL asserted", "ASSAULT/beat NLDCRM > NLDCVL asserted"},
		{"Bij een schietpartij in Antwerpen zijn zondag twee mannen gewond geraakt.", "schietpartij", "ASSAULT/firearms  > BELCVL asserted", "ASSAULT/firearms BELCRM > BELCVL asserted"},
		{"De rechter sprak de verdachte vrij.", "sprak", "CONCEDE NLDJUD >  asserted", "CONCEDE NLDJUD > NLDCRM asserted"},
		{"De wethouder pareerde de kritiek van de oppositie op het parkeerplan.", "kritiek", "ACCUSE/disapprove NLDOPP >  asserted", "ACCUSE/disapprove NLDOPP > NLDGOV asserted"},
		{"Boze boeren blokkeerden de snelweg.", "blokkeerden", "PROTEST/obstruct NLDAGR >  asserted", "PROTEST/obstruct NLDAGR >  asserted"}, // leaves empty what is better empty
		{"De minister is gezwicht voor de boeren.", "gezwicht", "CONCEDE NLDGOV > NLDAGR asserted", "CONCEDE NLDGOV > NLDAGR asserted"},      // keeps what is told
	} {
		a, _, tables := readJudged(t, c.text)
		if before := at(a, tables, c.word); !slices.Equal(before, []string{c.tables}) {
			t.Errorf("%s: the tables alone code %q", c.text, before)
		}
		if got := at(a, a.Events, c.word); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// texts are of our own writing, of one sentence and of many.
var texts = []string{
	"De politie hield woensdag in Utrecht drie betogers aan.\n\nDe Franse president ontmoette in Berlijn de Duitse bondskanselier. De twee spraken over handel. ‘Rusland moet zich terugtrekken’, zei Macron.\n\nIn Kabul vielen doden bij een aanslag. Niemand eiste de aanslag op. De rechtbank veroordeelde een man tot een celstraf van vier jaar.",
	"Vakbonden dreigen met stakingen.",
	"De rechtbank veroordeelde de man tot een gevangenisstraf van twee jaar.",
	"De bank kreeg een boete van 3 miljoen euro. De directeur noemde de boete een schande, en de minister prees de toezichthouder.",
	"Mijn tuin in juni\n\nDe rozen staan in bloei. Mijn moeder dreigt met een bezoek aan de kapper. De agent op de hoek weigert te antwoorden en prijst de thee. Morgen zaai ik worteltjes.",
}

// The confidence of an event is its probability to two digits, and above the threshold
// of such texts.
func TestConfidenceIsProbability(t *testing.T) {
	t.Parallel()
	for _, text := range texts {
		a, notes, _ := readJudged(t, text)
		if len(a.Events) == 0 {
			t.Errorf("%q has no events", text)
		}
		threshold := articleThreshold
		if len(a.Sentences) <= shortText {
			threshold = shortThreshold
		}
		for _, e := range a.Events {
			i := slices.IndexFunc(notes, func(n Note) bool { return n.ID == e.ID && n.Coded })
			if i < 0 {
				t.Errorf("no note tells of %s", line(&e))
				continue
			}
			if odds := notes[i].Odds; e.Confidence != math.Round(odds*100)/100 || odds <= threshold || odds > 1 {
				t.Errorf("%s has the confidence %g and the probability %g", line(&e), e.Confidence, odds)
			}
		}
	}
}

// failer is a test, or one run of a property.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkOnce holds that a word tells one event, or two of a pattern that tells two.
func checkOnce(tb failer, notes []Note) {
	tb.Helper()
	told := map[int][]Note{}
	for _, n := range notes {
		if n.Coded {
			told[n.Trigger.Start] = append(told[n.Trigger.Start], n)
		}
	}
	for _, list := range told {
		if len(list) > 2 || len(list) == 2 && (list[0].Pattern != list[1].Pattern || list[0].Type == list[1].Type) {
			tb.Fatalf("one word tells %+v", list)
		}
	}
}

func TestOneEventOfAWord(t *testing.T) {
	t.Parallel()
	for _, text := range texts {
		_, notes, _ := readJudged(t, text)
		checkOnce(t, notes)
	}
	even := &lang.Judge{First: &maxent.Model{}, Second: &maxent.Model{}, Sides: &maxent.Model{}}
	for _, text := range texts { // with even odds the first candidate of a word counts
		notes, err := stepWith(t, even).Explain(t.Context(), read(t, text))
		if err != nil {
			t.Fatal(err)
		}
		checkOnce(t, notes)
	}
}

// The mark and= of a pattern makes two events of a word.
func TestTwinsOfAWord(t *testing.T) {
	t.Parallel()
	a, _, _ := readJudged(t, "De rechtbank veroordeelde de man tot een gevangenisstraf van twee jaar.")
	want := []string{"SANCTION/convict NLDJUD > NLDCVL asserted", "COERCE/arrest NLDJUD > NLDCVL asserted"}
	if got := at(a, a.Events, "veroordeelde"); !slices.Equal(got, want) {
		t.Errorf("the events are %q", got)
	}
}

func encoded(tb testing.TB, a *document.Article) []byte {
	tb.Helper()
	b, err := document.Encode(a)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// An article read again gives the same bytes, also by two goroutines at a time.
func TestJudgeIsRepeatable(t *testing.T) {
	t.Parallel()
	step, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	var want [][]byte
	for _, text := range texts {
		a, _, _ := readJudged(t, text)
		want = append(want, encoded(t, a))
	}
	layers := make([][2]*document.Article, len(texts))
	for i, text := range texts {
		layers[i] = [2]*document.Article{read(t, text), read(t, text)}
	}
	var done sync.WaitGroup
	for worker := range 2 {
		done.Go(func() {
			for range 3 {
				for i := range texts {
					a := layers[i][worker]
					if err := step.Apply(t.Context(), a); err != nil {
						t.Error(err)
						return
					}
					if got, err := document.Encode(a); err != nil || !bytes.Equal(got, want[i]) {
						t.Errorf("%q is read otherwise: error %v", texts[i], err)
					}
				}
			}
		})
	}
	done.Wait()
}

// constant makes a judge that gives each candidate the same probability, the share of
// yes, and knows nothing of sides.
func constant(yes, no float32) *lang.Judge {
	m := maxent.Train([]maxent.Example{{Yes: true, Weight: yes}, {Weight: no}}, maxent.Settings{Epochs: 2000, Rate: 0.1, Fewest: 1, Seed: 1})
	return &lang.Judge{First: m, Second: m, Sides: &maxent.Model{}}
}

func stepWith(tb testing.TB, j *lang.Judge) *Step {
	tb.Helper()
	p, err := nl.Rules()
	if err != nil {
		tb.Fatal(err)
	}
	p.Judge = j
	return New(p)
}

// Short texts have a higher threshold than articles.
func TestThresholds(t *testing.T) {
	t.Parallel()
	const short = "De Franse politie arresteerde vier betogers."
	long := short + strings.Repeat(" Het was een mooie dag.", shortText)
	for _, c := range []struct {
		about      string
		yes, no    float32
		text       string
		coded      bool
		confidence float64
	}{
		{"likely, short", 2, 1, short, true, 0.67},
		{"likely, long", 2, 1, long, true, 0.67},
		{"between the thresholds, short", 1, 2, short, false, 0},
		{"between the thresholds, long", 1, 2, long, true, 0.33},
		{"unlikely, short", 1, 9, short, false, 0},
		{"unlikely, long", 1, 9, long, false, 0},
	} {
		a := read(t, c.text)
		notes, err := stepWith(t, constant(c.yes, c.no)).Explain(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		got := at(a, a.Events, "arresteerde")
		if (len(got) == 1) != c.coded {
			t.Errorf("%s: the events are %q, notes %+v", c.about, got, notes)
			continue
		}
		if !c.coded {
			if n := noteAt(t, a, notes, "arresteerde", "COERCE"); !strings.HasPrefix(n.Why, "improbable: ") {
				t.Errorf("%s: the note is %+v", c.about, n)
			}
			continue
		}
		if e := a.Events[0]; math.Abs(e.Confidence-c.confidence) > 0.011 || got[0] != "COERCE/arrest FRACOP > FRACVL asserted" {
			t.Errorf("%s: confidence %g of %s", c.about, e.Confidence, got[0])
		}
	}
}

// A judge that knows nothing takes the first candidate of each word, and leaves the
// sides as the tables found them.
func TestJudgeThatKnowsNothing(t *testing.T) {
	t.Parallel()
	nothing := &lang.Judge{First: &maxent.Model{}, Second: &maxent.Model{}, Sides: &maxent.Model{}}
	for _, text := range texts {
		tables, a := read(t, text), read(t, text)
		notes, err := stepWith(t, nothing).Explain(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		checkOnce(t, notes)
		if strings.HasPrefix(text, "Mijn tuin") { // daily life: even odds are not enough
			if len(a.Events) > 0 {
				t.Errorf("%q: %d events", text, len(a.Events))
			}
			continue
		}
		for _, n := range notes {
			if n.Odds != 0.5 || !n.Coded && strings.HasPrefix(n.Why, "improbable") {
				t.Errorf("%q: the note is %+v", text, n)
			}
		}
		if len(a.Events) < len(tables.Events) {
			t.Errorf("%q: %d events, %d by the tables alone", text, len(a.Events), len(tables.Events))
		}
	}
}

// Without a judge the tables decide, and the confidence grows with what is known.
func TestTablesAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text       string
		confidence float64
	}{
		{"Merkel heeft vrijdag in Berlijn overlegd met Poetin.", 0.8},                            // both sides
		{"De ontmoeting tussen Merkel en Macron duurde twee uur.", 0.75},                         // a noun
		{"In 1962 bezetten Amerikaanse soldaten het vliegveld.", 0.7},                            // an actor, and a phrase
		{"In Rotterdam zijn twee mannen aangehouden.", 0.7},                                      // a recipient, the usual police, a phrase
		{"De Belgische regering verbrak de betrekkingen met Marokko niet.", 0.85},                // both sides, and a phrase
		{"De Franse politie arresteerde betogers. De betogers zijn dinsdag gearresteerd.", 0.95}, // told twice
		{"De winkel hekelde zijn leveranciers en weigerde hun klanten te helpen.", math.Inf(1)},  // none
		{"Er is veel kritiek op het besluit van minister Wiebes.", math.Inf(1)},                  // likewise
	} {
		a := read(t, c.text)
		if math.IsInf(c.confidence, 1) {
			if len(a.Events) > 0 {
				t.Errorf("%s: the tables take %+v", c.text, a.Events)
			}
			continue
		}
		if len(a.Events) == 0 || a.Events[0].Confidence != c.confidence {
			t.Errorf("%s: the confidence is not %g: %+v", c.text, c.confidence, a.Events)
		}
	}
	steps, err := before()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		notes, err := steps[len(steps)-1].(*Step).Explain(t.Context(), read(t, text))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range notes {
			if n.Odds != 0 || n.Although != "" {
				t.Errorf("without a judge a note is %+v", n)
			}
		}
	}
}

// Texts without letters, or with little else, are read.
func TestJudgeOfOddTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"12 34 56.", "?!", "…", "3-1 (1-0)", "€ 4.000.000 – 12 % + 7 = ?", "10:00 11:00 12:00\n\n1. 2. 3.", "🙂🙂🙂", "a", strings.Repeat("- ", 500)} {
		a, notes, _ := readJudged(t, text)
		checkEvents(t, a)
		if len(a.Events) > 0 {
			t.Errorf("%q has the events %+v, notes %+v", text, a.Events, notes)
		}
	}
}

// judgedRules is the pack of rules with the judge, which needs no other model.
var judgedRules = sync.OnceValues(func() (lang.Pack, error) {
	p, err := nl.Rules()
	if err != nil {
		return p, err
	}
	p.Judge, err = models.Events()
	return p, err
})

// Any reading of any text can be judged, with and without senses, and twice alike.
func TestJudgeAnyReading(t *testing.T) {
	t.Parallel()
	p, err := judgedRules()
	if err != nil {
		t.Fatal(err)
	}
	plain := p
	plain.Senses = nil
	words := []string{"aanvallen", "Frankrijk", "president", "sanctie", "opleggen", "aan", "met", "door", "de", "politie", "arresteren", "betoger", "niet", "zijn", "veroordelen",
		"tot", "celstraf", "in", "gesprek", "Moskou", "aanslag", "tussen", "elkaar", "zich", ".", "?", "eisen", "dat", "om", "tafel", "gaan", "\n\n", "\x00", "é", "beloven", "kritiek", "woedend", "aanbeveling"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 60).Draw(rt, "words"), " ")
		seed := rapid.Uint32().Draw(rt, "seed")
		for _, pack := range []lang.Pack{p, plain} {
			a, b := wild(t, p, text, seed), wild(t, p, text, seed)
			notes, err := New(pack).Explain(t.Context(), a)
			if err != nil {
				rt.Fatal(err)
			}
			apply(t, b, New(pack))
			checkEvents(t, a)
			checkOnce(rt, notes)
			for _, e := range a.Events {
				if e.Confidence < 0.28 || e.Confidence > 1 {
					rt.Fatalf("confidence %g", e.Confidence)
				}
			}
			if !reflect.DeepEqual(a.Events, b.Events) {
				rt.Fatal("two readings of the same article differ")
			}
		}
	})
}

// Whatever the judge finds, a participle that says what a place is like is no deed, and
// words to the press are no talks.
func TestJudgeIsOverruled(t *testing.T) {
	t.Parallel()
	even := &lang.Judge{First: &maxent.Model{}, Second: &maxent.Model{}, Sides: &maxent.Model{}}
	for text, trigger := range map[string]string{
		"Toeristen lopen langs de gedemilitariseerde zone.":    "gedemilitariseerde",
		"De minister praatte in de gang met de verslaggevers.": "praatte",
	} {
		a := read(t, text)
		if err := stepWith(t, even).Apply(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		for _, e := range a.Events {
			if a.Raw[e.Trigger.Span.Start:e.Trigger.Span.End] == trigger {
				t.Errorf("%s: %s", text, line(&e))
			}
		}
	}
}
