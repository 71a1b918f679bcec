package pipeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
)

// told makes an article of n events, each within a quotation.
func told(n int) *document.Article {
	a := spoken(n)
	place := "e2"
	a.Entities = append(a.Entities, document.Entity{ID: "e3", Type: "LOC", Name: "Oslo"})
	for i := range a.Quotes {
		at := a.Quotes[i].Span.Start
		a.Events = append(a.Events, document.Event{ID: fmt.Sprintf("v%d", i+1), Type: "CONSULT", Realis: "asserted", Place: &place,
			Actors:  []document.Party{{Entity: &a.Entities[0].ID, Code: "NLDGOV"}},
			Trigger: document.Piece{Span: document.Span{Start: at, End: at + len("Ja")}}})
	}
	return a
}

func TestPublicationHasEventsRide(t *testing.T) {
	t.Parallel()
	a := told(2)
	_, riders, err := Publication(a)
	if err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, r := range riders {
		subjects = append(subjects, strings.SplitN(r.Subject, ".", 2)[0])
	}
	if want := []string{"quotes", "events", "quotes", "events"}; !slices.Equal(subjects, want) {
		t.Fatalf("riders %v, want %v, as they stand in the text", subjects, want)
	}
	if got, want := riders[3].Subject, "events.CONSULT.NLD._"; got != want {
		t.Errorf("subject %s, want %s", got, want)
	}
	var got struct {
		Schema, Key, Title, Version string
		Language                    document.Language
		Event                       document.Event
		Entities                    []document.Entity
	}
	if err := json.Unmarshal(riders[3].Data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != EventSchema || got.Key != "k" || got.Title != "Kop" || got.Version != "1" || got.Language.Code != "nl" ||
		got.Event.ID != "v2" || got.Event.Trigger.Text != "Ja" || got.Event.Trigger.Span != (document.Span{Start: 25, End: 27}) {
		t.Errorf("message %s", riders[3].Data)
	}
	if len(got.Entities) != 2 || got.Entities[0].ID != "e1" || got.Entities[1].ID != "e2" {
		t.Errorf("entities %+v, want the actor and the place", got.Entities)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(riders[3].Data, &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"schema", "key", "id", "source", "url", "title", "published", "version", "language", "event", "entities"} {
		if _, ok := fields[name]; !ok {
			t.Errorf("the message has no %s", name)
		}
		delete(fields, name)
	}
	if len(fields) > 0 {
		t.Errorf("the message has more than the contract says: %v", fields)
	}
	if a.Events[0].Trigger.Text != "" || len(a.Absent) != 0 {
		t.Errorf("the article itself was changed")
	}
}

func TestEventSubject(t *testing.T) {
	t.Parallel()
	parties := func(codes string) []document.Party {
		var out []document.Party
		for code := range strings.FieldsSeq(codes) {
			out = append(out, document.Party{Code: strings.Trim(code, `"`)})
		}
		return out
	}
	for _, c := range []struct{ actors, recipients, want string }{
		{"USAGOV", "PRKGOV", "USA.PRK"},
		{"USA", "PRK", "USA.PRK"},
		{"COP", "CVL", "_._"},
		{"COP FRAGOV", "CVL DEU", "FRA.DEU"},
		{"IGOEUR", "XKXGOV", "IGO.XKX"},
		{"NGO", "", "NGO._"},
		{"USAGOV PRKGOV KORGOV", "", "USA.PRK"},
		{"UNK USAGOV", "", "USA._"},
		{"USAGOV UNK KOR", "", "USA.KOR"},
		{"", "NLDCVL", "_.NLD"},
		{`""`, `""`, "_._"},
		{"", "", "_._"},
		{"nl.>", "*", "_._"},
		{"USAGOV USALEG", "", "USA.USA"},
	} {
		e := &document.Event{Type: "AID", Actors: parties(c.actors), Recipients: parties(c.recipients)}
		if got := eventSubject(e); got != "events.AID."+c.want {
			t.Errorf("%q to %q go on %s, want events.AID.%s", c.actors, c.recipients, got, c.want)
		}
	}
}

// Whatever the codes say, a subject has four tokens of safe characters.
func TestEventSubjectIsSafe(t *testing.T) {
	t.Parallel()
	codes := rapid.SliceOfN(rapid.OneOf(rapid.StringMatching(`[A-Z]{3,6}`), rapid.String()), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		e := &document.Event{Type: "AID"}
		for _, code := range codes.Draw(t, "actors") {
			e.Actors = append(e.Actors, document.Party{Code: code})
		}
		for _, code := range codes.Draw(t, "recipients") {
			e.Recipients = append(e.Recipients, document.Party{Code: code})
		}
		tokens := strings.Split(eventSubject(e), ".")
		if len(tokens) != 4 || strings.Trim(tokens[2]+tokens[3], "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
			t.Fatalf("subject %q", tokens)
		}
	})
}

// Quotations and events share the places of a batch, first come in the text.
func TestPublicationTellsWhichEventsDoNotRide(t *testing.T) {
	t.Parallel()
	a := told(600)
	a.Entities[0].Mentions = a.Entities[0].Mentions[:1]
	a.Absent["events"] = "cut before"
	body, riders, err := Publication(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(riders) != maxRiders {
		t.Fatalf("%d ride, want %d", len(riders), maxRiders)
	}
	if last := riders[maxRiders-1].Subject; !strings.HasPrefix(last, "quotes.") {
		t.Errorf("the last that rides goes on %s, want a quotation", last)
	}
	var got document.Article
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if want := "cut before; only the first 499 of 600 have a message of their own"; got.Absent["events"] != want || len(got.Events) != 600 {
		t.Errorf("%d events, absent %q, want %q", len(got.Events), got.Absent["events"], want)
	}
	if want := "only the first 500 of 600 have a message of their own"; got.Absent["quotes"] != want {
		t.Errorf("absent %q, want %q", got.Absent["quotes"], want)
	}
}
