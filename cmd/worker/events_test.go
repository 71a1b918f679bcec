package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
)

const aanhouding = `{"id":"a","source":"ad.nl","url":"https://ad.example/a","published":"2019-06-30T14:05:00+02:00","text":"De politie hield gisteren in Utrecht twee betogers aan. Er werd ook elders aangehouden."}`

// Events leave in the tables of GDELT, in the JSON of PLOVER, and explained.
func TestAnnotateEvents(t *testing.T) {
	t.Parallel()
	const refused = `{"id":"b","text":""}` + "\n"
	table := func(format string, columns int) {
		r := command(t, refused+aanhouding, "worker", "annotate", "--format", format)
		lines := strings.Split(strings.TrimSuffix(r.stdout, "\n"), "\n")
		if r.code != 1 || len(lines) != 1 || len(strings.Split(lines[0], "\t")) != columns {
			t.Errorf("%s: exit %d, want 1 and one line of %d columns:\n%s", format, r.code, columns, r.stdout)
		}
		if !strings.Contains(r.stderr, `no-text`) || !strings.Contains(r.stderr, `\"b\"`) {
			t.Errorf("%s: nothing on stderr tells of the refused document:\n%s", format, r.stderr)
		}
	}
	table("gdelt", 61)
	table("gdelt-mentions", 16)

	r := command(t, refused+aanhouding, "worker", "annotate", "--format", "plover")
	lines := strings.Split(strings.TrimSuffix(r.stdout, "\n"), "\n")
	if r.code != 1 || len(lines) != 2 || !strings.HasPrefix(lines[0], `{"id":"b","error":{"reason":"no-text"`) {
		t.Fatalf("exit %d, plover:\n%s", r.code, r.stdout)
	}
	var got struct {
		Date  string
		Event []string
		Actor []struct{ Code, Sector string }
	}
	if err := json.Unmarshal([]byte(lines[1]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Date != "2019-06-29" || len(got.Event) != 1 || got.Event[0] != "COERCE" || len(got.Actor) != 1 || got.Actor[0].Code != "NLD" || got.Actor[0].Sector != "COP" {
		t.Errorf("event %s", lines[1])
	}

	r = command(t, aanhouding, "worker", "annotate", "--explain")
	for _, want := range []string{`+ v1 COERCE arrest  "hield`, "coerce.txt:", "NLDCOP politie", "2019-06-29 (in the text)", ` "aangehouden"`, "not coded"} {
		if !strings.Contains(r.stdout, want) || r.code != 0 {
			t.Errorf("exit %d, no %q in the explanation:\n%s", r.code, want, r.stdout)
		}
	}
	if r = command(t, aanhouding, "worker", "annotate", "--explain", "--format", "plover"); r.code != 2 || !strings.Contains(r.stderr, "--explain") {
		t.Errorf("exit %d for two formats at once: %s", r.code, r.stderr)
	}
	if r = command(t, bericht, "worker", "annotate", "--format", "gdelt", "--published", "2019-06-30"); r.code != 0 {
		t.Errorf("exit %d: %s", r.code, r.stderr)
	}
}

// A plain subscriber to a pair of countries gets the events of an article while it
// goes through a worker.
func TestEventsGoLive(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../shared/samples/000_7f824c05e3695702.txt")
	if err != nil {
		t.Skipf("the sample article is not here: %v", err)
	}
	url, nc := external(t)
	pair, err := nc.SubscribeSync("live.events.*.USA.PRK")
	if err != nil {
		t.Fatal(err)
	}
	all, err := nc.SubscribeSync("live.>")
	if err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	launch(t, "worker.ready", "worker", "--nats", url)
	m := &nats.Msg{Subject: "documents.ad_nl", Data: text, Header: nats.Header{document.HeaderPublished: {"2019-06-30T14:05:00+02:00"}, document.HeaderID: {"sample"}}}
	if _, err := js.PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got, err := all.NextMsg(time.Minute) // the article leads its batch
	if err != nil {
		t.Fatal(err)
	}
	var whole struct{ Quotes, Events []json.RawMessage }
	if err := json.Unmarshal(got.Data, &whole); err != nil || got.Subject != "live.articles.nl.ad_nl" {
		t.Fatalf("on %s: %v", got.Subject, err)
	}
	for range len(whole.Quotes) + len(whole.Events) {
		if _, err := all.NextMsg(time.Minute); err != nil {
			t.Fatalf("not all of the batch went live: %v", err)
		}
	}
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
	waiting, _, err := pair.Pending()
	if err != nil {
		t.Fatal(err)
	}
	subjects := map[string]int{}
	for range waiting {
		msg, err := pair.NextMsg(time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		var body struct {
			Schema, ID string
			Event      json.RawMessage
		}
		if err := json.Unmarshal(msg.Data, &body); err != nil || body.Schema != "telex/event/1" || body.ID != "sample" {
			t.Errorf("%v: %s", err, msg.Data)
		}
		found := false
		for _, e := range whole.Events {
			found = found || string(e) == string(body.Event)
		}
		if !found {
			t.Errorf("the article has no event %s", body.Event)
		}
		subjects[msg.Subject]++
	}
	for _, want := range []string{"live.events.CONSULT.USA.PRK", "live.events.AGREE.USA.PRK", "live.events.REQUEST.USA.PRK"} {
		if subjects[want] == 0 {
			t.Errorf("nothing on %s; got %v", want, subjects)
		}
	}
}
