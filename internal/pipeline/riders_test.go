package pipeline

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"telex/internal/document"
)

// spoken makes an article of n quotations of one speaker.
func spoken(n int) *document.Article {
	id := "e1"
	a := &document.Article{Key: "k", Source: "test", Title: "Kop", Version: "1", Raw: strings.Repeat("Zoë zei: “Ja.” ", n),
		Language: document.Language{Code: "nl", Confidence: 1}, Absent: map[string]string{}}
	a.Entities = []document.Entity{{ID: "e1", Type: "PER", Name: "Zoë van 't Hof"}, {ID: "e2", Type: "LOC", Name: "Gent"}}
	size := len("Zoë zei: “Ja.” ")
	for i := range n {
		at := i * size
		speaker := document.Span{Start: at, End: at + len("Zoë")}
		start := at + len("Zoë zei: “")
		a.Entities[0].Mentions = append(a.Entities[0].Mentions, document.Mention{Span: speaker, Form: "name"})
		a.Quotes = append(a.Quotes, document.Quote{ID: fmt.Sprintf("q%d", i+1), Type: "direct", Span: document.Span{Start: start, End: start + len("Ja.")},
			Speaker: &id, SpeakerSpan: &speaker, Stance: "says", Confidence: 0.9})
	}
	return a
}

func TestPublicationHasQuotesRide(t *testing.T) {
	t.Parallel()
	a := spoken(2)
	_, riders, err := Publication(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(riders) != 2 || riders[0].Subject != "quotes.nl.zoe-van-t-hof" && riders[0].Subject != "quotes.nl.zoe-van-thof" {
		t.Fatalf("riders %+v", riders)
	}
	var got struct {
		Schema, Key, Title string
		Quote              document.Quote
		Entities           []document.Entity
	}
	if err := json.Unmarshal(riders[1].Data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != QuoteSchema || got.Key != "k" || got.Title != "Kop" || got.Quote.Text != "Ja." || got.Quote.SpeakerText != "Zoë" ||
		got.Quote.Span != (document.Span{Start: 25, End: 28}) {
		t.Errorf("message %s", riders[1].Data)
	}
	if len(got.Entities) != 1 || got.Entities[0].ID != "e1" {
		t.Errorf("entities %+v, want the speaker alone", got.Entities)
	}
	if a.Quotes[0].Text != "" || len(a.Absent) != 0 {
		t.Errorf("the article itself was changed")
	}
}

func TestPublicationTellsWhatDoesNotRide(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ quotes, most int }{{999, 999}, {1200, 999}} {
		a := spoken(c.quotes)
		a.Entities[0].Mentions = a.Entities[0].Mentions[:1]
		body, riders, err := Publication(a)
		if err != nil {
			t.Fatal(err)
		}
		if len(riders) != c.most {
			t.Errorf("%d of %d quotations ride, want %d", len(riders), c.quotes, c.most)
		}
		var got document.Article
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if told := strings.Contains(got.Absent["quotes"], "first 999"); told != (c.quotes > c.most) || len(got.Quotes) != c.quotes {
			t.Errorf("of %d quotations %d stand in the article, absent %v", c.quotes, len(got.Quotes), got.Absent)
		}
	}
	crowd := spoken(900) // each message would tell of 900 mentions
	_, riders, err := Publication(crowd)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, r := range riders {
		size += len(r.Data)
	}
	if size > maxRiderBytes || len(riders) == 0 {
		t.Errorf("%d messages of %d bytes ride, at most %d may", len(riders), size, maxRiderBytes)
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Kim Jong-un": "kim-jong-un", "": "_", "金正恩": "_", "D66": "d66", "Agnès  Buzyn!": "agnes-buzyn"} {
		if got := slug(name); got != want {
			t.Errorf("slug of %q is %q, want %q", name, got, want)
		}
	}
	if got := slug(strings.Repeat("a b ", 1000)); len(got) > maxSlug {
		t.Errorf("a slug of %d bytes", len(got))
	}
}
