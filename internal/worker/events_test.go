package worker

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"telex/internal/document"
	"telex/internal/pipeline"
	"telex/internal/stream"
)

// summitStep finds a meeting of two countries in every article.
type summitStep struct{}

func (summitStep) Name() string    { return "events" }
func (summitStep) Version() string { return "1" }
func (summitStep) Apply(_ context.Context, a *document.Article) error {
	a.Language.Code = "nl"
	a.Events = []document.Event{
		{ID: "v1", Type: "CONSULT", Realis: "asserted", Trigger: document.Piece{Span: document.Span{Start: 0, End: 4}},
			Actors: []document.Party{{Code: "USAGOV"}}, Recipients: []document.Party{{Code: "PRKGOV"}}},
		{ID: "v2", Type: "CONSULT", Realis: "asserted", Trigger: document.Piece{Span: document.Span{Start: 5, End: 8}},
			Actors: []document.Party{{Code: "COP"}}},
	}
	return nil
}

// A plain subscriber follows a pair of countries; what is stored stands in the
// batch of its article, and a document sent twice gives no event twice.
func TestEventsRideAndGoLive(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir(), time.Hour)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := nc.SubscribeSync("live.events.*.USA.PRK")
	if err != nil {
		t.Fatal(err)
	}
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"1", "2"} { // the same document under two message ids
		if _, err := js.Publish(t.Context(), "documents.test", []byte("Zij praten."), jetstream.WithMsgID(id)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := stream.Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	err = Run(ctx, Config{Stream: s, Reader: &ArticleReader{Pipeline: pipeline.New(nil, summitStep{})}, Log: zerolog.Nop(),
		Concurrency: 1, Deadline: time.Minute, UntilIdle: true})
	if err != nil {
		t.Fatal(err)
	}
	msg, err := pair.NextMsg(time.Minute)
	if err != nil {
		t.Fatalf("the subscriber got nothing: %v", err)
	}
	var body struct {
		Schema, Key string
		Event       document.Event
	}
	if err := json.Unmarshal(msg.Data, &body); err != nil {
		t.Fatal(err)
	}
	if msg.Subject != "live.events.CONSULT.USA.PRK" || body.Schema != pipeline.EventSchema || body.Event.ID != "v1" || body.Event.Trigger.Text != "Zij " {
		t.Errorf("on %s: %s", msg.Subject, msg.Data)
	}
	news, err := js.Stream(t.Context(), stream.News)
	if err != nil {
		t.Fatal(err)
	}
	info, err := news.Info(t.Context(), jetstream.WithSubjectFilter(">"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]uint64{"articles.nl.test": 1, "events.CONSULT.USA.PRK": 1, "events.CONSULT._._": 1}
	for subject, n := range want {
		if info.State.Subjects[subject] != n {
			t.Errorf("NEWS holds %v, want %v", info.State.Subjects, want)
			break
		}
	}
	if info.State.Msgs != 3 {
		t.Errorf("NEWS holds %d messages, want 3", info.State.Msgs)
	}
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
	if more, err := pair.NextMsg(0); err == nil {
		t.Errorf("the subscriber got an event twice: %s", more.Subject)
	}
}
