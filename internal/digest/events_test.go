package digest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/event"
)

func spanOf(raw, text string) document.Span {
	i := strings.Index(raw, text)
	return document.Span{Start: i, End: i + len(text)}
}

// The digest tells events: what the article is about first, eight in all.
func TestDid(t *testing.T) {
	t.Parallel()
	raw := "Els Bos en Kim praten in de zone. De politie hield tien mensen aan."
	place, els := "e2", "e1"
	a := &document.Article{Raw: raw, Entities: []document.Entity{{ID: "e1", Name: "Els\tBos"}, {ID: "e2", Name: "de zone"}}}
	for i := range 8 {
		a.Events = append(a.Events, document.Event{ID: fmt.Sprint("v", i), Type: "COERCE", Mode: "arrest", Realis: "hypothetical",
			Recipients: []document.Party{{Code: "NLDCVL", Text: "tien mensen"}}, Trigger: document.Piece{Span: spanOf(raw, "hield")}})
	}
	a.Events = append(a.Events, document.Event{ID: "v9", Type: "CONSULT", Realis: "asserted", Root: true, Date: "2019-06-30", Place: &place,
		Actors:     []document.Party{{Code: "USAGOV", Text: "Els\tBos", Entity: &els}, {Code: "FRA"}, {Text: "zij"}, {Code: "DEU"}, {Code: "GBR"}},
		Recipients: []document.Party{{Code: "PRKGOV", Text: "Kim"}}, Trigger: document.Piece{Span: spanOf(raw, "praten")}})
	var b strings.Builder
	did(&b, a)
	want := `   did        2019-06-30 CONSULT USAGOV Els Bos, FRA, zij, 2 more > PRKGOV Kim in de zone (asserted) "praten"` + "\n" +
		strings.Repeat(`   did        COERCE arrest ? > NLDCVL tien mensen (hypothetical) "hield"`+"\n", 7) + "   did        and 1 more\n"
	if b.String() != want {
		t.Errorf("\n%s, want\n%s", b.String(), want)
	}
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	raw := "Els Bos legde sancties op. Het regende. Er werd aangehouden en gestaakt."
	a := &document.Article{ID: "7", Raw: raw, Title: "Sancties", Absent: map[string]string{},
		Sentences: []document.Sentence{{Span: spanOf(raw, "Els Bos legde sancties op.")}, {Span: spanOf(raw, "Het regende.")}, {Span: spanOf(raw, "Er werd aangehouden en gestaakt.")}}}
	notes := []event.Note{
		{ID: "v1", Trigger: spanOf(raw, "legde"), Phrase: []document.Span{spanOf(raw, "sancties")}, Pattern: "sanction.txt:12", Type: "SANCTION", Mode: "discontinue", Cameo: "163",
			Actors: []string{"USAGOV"}, Recipients: []string{"PRK"}, Parties: []document.Party{{Code: "USAGOV", Text: "Els Bos"}, {Code: "PRK", Text: "Noord-Korea"}},
			Realis: "asserted", Date: "2019-06-30", Place: "Oslo", ClaimedBy: "q1", Tellings: []string{"strafmaatregelen", "sancties"}, Coded: true, Although: "only private parties", Odds: 0.674},
		{Sentence: 2, Trigger: spanOf(raw, "aangehouden"), Pattern: "coerce.txt:3", Type: "COERCE", Mode: "arrest", Why: "no party stands in the slot obj"},
		{Sentence: 2, Trigger: spanOf(raw, "gestaakt"), Pattern: "protest.txt:9", Type: "PROTEST", Mode: "strike", Why: "neither actor nor recipient is known",
			Realis: "asserted", Date: "2019-06-29", Told: true, Recipients: []string{"NLD"}, Parties: []document.Party{{Code: "NLD"}}},
	}
	want := `── Sancties
   id         7
   events     1, and 2 that nearly were

   1  Els Bos legde sancties op.
      + v1 SANCTION discontinue  "legde … sancties"  (sanction.txt:12)
        although   only private parties
        probable   0.67
        actor      USAGOV Els Bos
        recipient  PRK Noord-Korea
        realis     asserted
        date       2019-06-30 (of publication)
        place      Oslo
        claimed by q1
        told again strafmaatregelen, sancties
        cameo      163

   3  Er werd aangehouden en gestaakt.
      - COERCE arrest  "aangehouden"  (coerce.txt:3)
        not coded  no party stands in the slot obj
      - PROTEST strike  "gestaakt"  (protest.txt:9)
        not coded  neither actor nor recipient is known
        actor      ?
        recipient  NLD
        realis     asserted
        date       2019-06-29 (in the text)
`
	if got := Explanation(a, notes); got != want {
		t.Errorf("\n%s, want\n%s", got, want)
	}
	a.Absent["events"] = `no tables of events for the language "fy"`
	if got := Explanation(a, nil); !strings.Contains(got, "no events  no tables") {
		t.Errorf("nothing says why there are none:\n%s", got)
	}
}

// Nothing that events say acts on a terminal.
func TestEventsAreSafe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringN(1, 60, 200).Draw(t, "raw")
		p := []document.Party{{Text: rapid.String().Draw(t, "party"), Code: "USA"}}
		all := document.Span{End: len(raw)}
		a := &document.Article{Raw: raw, Sentences: []document.Sentence{{Span: all}}, Entities: []document.Entity{{ID: "e1", Name: rapid.String().Draw(t, "place")}}}
		a.Events = []document.Event{{Type: "AID", Actors: p, Place: &a.Entities[0].ID, Trigger: document.Piece{Span: all}}}
		var b strings.Builder
		did(&b, a)
		b.WriteString(Explanation(a, []event.Note{{Trigger: all, Phrase: []document.Span{all}, Type: "AID", Actors: []string{"USA"}, Parties: p, Place: a.Entities[0].Name, Tellings: []string{raw}}}))
		for _, r := range b.String() {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("%q stands in %q", r, b.String())
			}
		}
	})
}
