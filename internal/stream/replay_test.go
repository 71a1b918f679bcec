package stream

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"telex/internal/document"
)

// stored publishes n documents of two sources in turn, and gives when each was stored.
func stored(t *testing.T, s *Stream, n int) []time.Time {
	t.Helper()
	for i := range n {
		if _, err := s.js.Publish(t.Context(), []string{"documents.a", "documents.b"}[i%2], fmt.Appendf(nil, "Bericht %d.", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	docs, err := s.js.Stream(t.Context(), Documents)
	if err != nil {
		t.Fatal(err)
	}
	var out []time.Time
	for seq := range n {
		m, err := docs.GetMsg(t.Context(), uint64(seq+1))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m.Time)
	}
	return out
}

// took fetches all that a replay gives and settles each as settle says.
func took(t *testing.T, r *Replay, settle func(*Delivery)) string {
	t.Helper()
	var out []string
	for {
		b, err := r.Backlog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if b.Idle() {
			return strings.Join(out, " ")
		}
		if err := r.Fetch(3, MaxPayload, func(d *Delivery) {
			text := fmt.Sprint(d.Seq)
			if d.Attempt > 1 {
				text += fmt.Sprintf("(%d)", d.Attempt)
			}
			out = append(out, text)
			settle(d)
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func ack(t *testing.T) func(*Delivery) {
	return func(d *Delivery) {
		if err := d.Ack(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestReplayRange(t *testing.T) {
	t.Parallel()
	_, s := start(t, nil)
	at := stored(t, s, 10)
	docs, err := s.js.Stream(t.Context(), Documents)
	if err != nil {
		t.Fatal(err)
	}
	if err := docs.DeleteMsg(t.Context(), 4); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		r    Range
		want string
	}{
		{Range{Since: at[0].Add(-time.Hour)}, "1 2 3 5 6 7 8 9 10"},
		{Range{Since: at[0]}, "1 2 3 5 6 7 8 9 10"},
		{Range{Since: at[3]}, "5 6 7 8 9 10"},
		{Range{Since: at[0], Until: at[5]}, "1 2 3 5"},
		{Range{Since: at[0], Until: at[9].Add(time.Hour)}, "1 2 3 5 6 7 8 9 10"},
		{Range{Since: at[2], Source: "a"}, "3 5 7 9"},
		{Range{Since: at[2], Until: at[8], Source: "b"}, "6 8"},
		{Range{Since: at[0], Source: "c"}, ""},
		{Range{Since: at[9].Add(time.Nanosecond)}, ""},
		{Range{Since: at[0].Add(-2 * time.Hour), Until: at[0]}, ""},
	} {
		r, err := s.NewReplay(t.Context(), "1", tt.r)
		if err != nil {
			t.Fatal(err)
		}
		if got := took(t, r, ack(t)); got != tt.want {
			t.Errorf("since %s, until %s of %q gives %s; want %s", tt.r.Since, tt.r.Until, tt.r.Source, got, tt.want)
		}
	}
	info, err := s.documents.Info(t.Context())
	if err != nil || info.Delivered.Stream != 0 || info.NumAckPending != 0 || info.NumPending != 9 {
		t.Errorf("the consumer of the workers was disturbed: %+v, %v", info, err)
	}
}

// What comes in while a replay runs is not its own.
func TestReplayEnds(t *testing.T) {
	t.Parallel()
	_, s := start(t, nil)
	at := stored(t, s, 4)
	r, err := s.NewReplay(t.Context(), "1", Range{Since: at[0]})
	if err != nil {
		t.Fatal(err)
	}
	stored(t, s, 4)
	if got := took(t, r, ack(t)); got != "1 2 3 4" {
		t.Errorf("the replay gave %s, want 1 2 3 4", got)
	}
}

// A document that is given back comes again, with its attempt counted, and the
// replay does not end before it is settled.
func TestReplayGivesAgain(t *testing.T) {
	t.Parallel()
	_, s := start(t, nil)
	at := stored(t, s, 3)
	r, err := s.NewReplay(t.Context(), "1", Range{Since: at[0]})
	if err != nil {
		t.Fatal(err)
	}
	got := took(t, r, func(d *Delivery) {
		if !d.Replayed() || d.Heartbeat() != nil {
			t.Errorf("document %d is not marked as replayed", d.Seq)
		}
		if d.Seq == 2 && d.Attempt < 3 {
			if err := d.Retry(time.Duration(d.Attempt-1) * 10 * time.Millisecond); err != nil {
				t.Error(err)
			}
			return
		}
		ack(t)(d)
	})
	if got != "1 2 3 2(2) 2(3)" {
		t.Errorf("the replay gave %s", got)
	}
}

func TestReplayLeavesLettersOutAndKnowsArticles(t *testing.T) {
	t.Parallel()
	_, s := start(t, nil)
	at := stored(t, s, 6)
	for _, seq := range []uint64{2, 5} {
		err := s.Bury(t.Context(), Letter{Key: fmt.Sprint("k", seq), Version: "1", Reason: document.Panic, Subject: "documents.a", Seq: seq, Header: nats.Header{}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range outcomes(t, s,
		&Bundle{Messages: []Message{{Subject: "articles.nl.a", ID: "k1@1"}, {Subject: "quotes.nl.x"}}},
		&Bundle{Messages: []Message{{Subject: "articles.nl.a", ID: "k1@2"}}},
		&Bundle{Messages: []Message{{Subject: "articles.nl.b", ID: "k4@2"}}},
		&Bundle{Messages: []Message{{Subject: "articles.nl.a", ID: "k9@22"}}},
	) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		version, source string
		known           []string
	}{{"1", "", []string{"k1"}}, {"2", "", []string{"k1", "k4"}}, {"2", "a", []string{"k1"}}, {"3", "", nil}} {
		r, err := s.NewReplay(t.Context(), tt.version, Range{Since: at[0], Source: tt.source})
		if err != nil {
			t.Fatal(err)
		}
		var known []string
		for i := range 10 {
			if key := fmt.Sprint("k", i); r.Known(key) {
				known = append(known, key)
			}
		}
		if diff := cmp.Diff(tt.known, known); diff != "" || r.Articles() != len(tt.known) {
			t.Errorf("version %s of %q: known (-want +got):\n%s", tt.version, tt.source, diff)
		}
		if tt.source == "" {
			if got := took(t, r, ack(t)); got != "1 3 4 6" || r.LeftOut() != 2 {
				t.Errorf("the replay gave %s and left %d out; want 1 3 4 6 and 2", got, r.LeftOut())
			}
		}
	}
}

// A replay that was stopped ends soon, and says what is left.
func TestReplayStops(t *testing.T) {
	t.Parallel()
	_, s := start(t, nil)
	at := stored(t, s, 10)
	ctx, stop := context.WithCancel(t.Context())
	r, err := s.NewReplay(ctx, "1", Range{Since: at[0]})
	if err != nil {
		t.Fatal(err)
	}
	var given []*Delivery
	if err := r.Fetch(4, MaxPayload, func(d *Delivery) { given = append(given, d) }); err != nil || len(given) != 4 {
		t.Fatalf("%d given, %v", len(given), err)
	}
	ack(t)(given[0])
	stop()
	if err := r.Fetch(4, MaxPayload, func(*Delivery) { t.Error("given after the end") }); err == nil {
		t.Error("no error after the end")
	}
	if b, err := r.Backlog(t.Context()); err != nil || b.Unread != 6 || b.AckPending != 3 || b.Idle() {
		t.Errorf("left %+v, %v; want 6 unread and 3 pending", b, err)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	var k keys
	for i := range 1000 {
		k = append(k, keyHash(fmt.Sprint(2*i)))
	}
	slices.SortFunc(k, compareKeys)
	for i := range 2000 {
		if k.has(fmt.Sprint(i)) != (i%2 == 0) {
			t.Errorf("key %d: %t", i, k.has(fmt.Sprint(i)))
		}
	}
}
