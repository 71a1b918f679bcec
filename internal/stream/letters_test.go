package stream

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
)

// bury stores letters of three sources and two reasons, one of which another
// program wrote.
func bury(t *testing.T, nc *nats.Conn, s *Stream) *DeadLetters {
	t.Helper()
	for i, l := range []Letter{
		{Key: "a", Reason: document.Panic, Subject: "documents.ad_nl", Data: []byte("Een bericht."), Header: nats.Header{"Telex-Id": {"x1"}, "Nats-Msg-Id": {"a"}}},
		{Key: "b", Reason: document.BadJSON, Subject: "documents.nu_nl", Data: []byte(`{"id":"x2","text":5}`)},
		{Key: "c", Reason: document.Panic, Subject: "documents.nu_nl", Data: []byte{0xff, 0}},
	} {
		l.Version, l.Seq, l.Attempts, l.Step, l.Error = "1", uint64(10+i), 2, "names", "it broke"
		if err := s.Bury(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.js.Publish(t.Context(), "dead.panic", []byte("by hand")); err != nil {
		t.Fatal(err)
	}
	d, err := OpenDeadLetters(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSelectLetters(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	d := bury(t, nc, s)
	for _, tt := range []struct {
		sel  Selection
		want string
	}{
		{Selection{}, "1 2 3 4"},
		{Selection{Reason: document.Panic}, "1 3 4"},
		{Selection{Source: "nu_nl"}, "2 3"},
		{Selection{Reason: document.Panic, Source: "nu_nl"}, "3"},
		{Selection{Reason: document.Timeout}, ""},
	} {
		var got []string
		err := d.Each(t.Context(), tt.sel, func(l *StoredLetter) error {
			got = append(got, fmt.Sprint(l.Seq))
			return nil
		})
		if err != nil || strings.Join(got, " ") != tt.want {
			t.Errorf("%+v selects %v, %v; want %s", tt.sel, got, err, tt.want)
		}
	}
	stop := errors.New("enough")
	if err := d.Each(t.Context(), Selection{}, func(*StoredLetter) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the error of the caller comes back as %v", err)
	}
}

func TestGetLetter(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	d := bury(t, nc, s)
	l, err := d.Get(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(l.Key, l.Reason, l.Step, l.Error, l.Attempts, l.Source(), l.DocSeq, l.ID(), string(l.Data))
	if want := fmt.Sprint("b", "bad-json", "names", "it broke", 2, "nu_nl", 11, "x2", `{"id":"x2","text":5}`); got != want {
		t.Errorf("letter 2 is %s, want %s", got, want)
	}
	if l.Time.IsZero() || time.Since(l.Time) > time.Hour {
		t.Errorf("letter 2 was stored at %s", l.Time)
	}
	for _, seq := range []uint64{0, 5} {
		if _, err := d.Get(t.Context(), seq); !errors.Is(err, ErrNoLetter) {
			t.Errorf("letter %d: %v, want ErrNoLetter", seq, err)
		}
	}
}

// A retry gives the document back as it came, with its headers and without
// those of the letter, and the letter is gone; the second retry of the same
// letter is a duplicate.
func TestRetryLetter(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	d := bury(t, nc, s)
	first, err := d.Get(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{false, true} {
		if duplicate, err := d.Retry(t.Context(), first); err != nil || duplicate != want {
			t.Errorf("retry: duplicate %t, %v; want %t", duplicate, err, want)
		}
	}
	docs, err := s.js.Stream(t.Context(), Documents)
	if err != nil {
		t.Fatal(err)
	}
	m, err := docs.GetMsg(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{"Nats-Sequence", "Nats-Stream", "Nats-Subject", "Nats-Time-Stamp"} {
		m.Header.Del(own) // the server adds them to its answer
	}
	want := nats.Header{"Telex-Id": {"x1"}, "Nats-Msg-Id": {"a#retry-1"}}
	if diff := cmp.Diff(want, m.Header); diff != "" || m.Subject != "documents.ad_nl" || string(m.Data) != "Een bericht." {
		t.Errorf("document on %s: %q; headers (-want +got):\n%s", m.Subject, m.Data, diff)
	}
	if diff := cmp.Diff([]string{"documents.ad_nl a#retry-1"}, list(t, nc, Documents)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	want3 := []string{"dead.bad-json b@11@1", "dead.panic c@12@1", "dead.panic"}
	if diff := cmp.Diff(want3, list(t, nc, Dead)); diff != "" {
		t.Errorf("letters left (-want +got):\n%s", diff)
	}
	foreign, err := d.Get(t.Context(), 4)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Retry(t.Context(), foreign); !errors.Is(err, ErrNotRetried) || !strings.Contains(err.Error(), "no worker wrote it") {
		t.Errorf("retry of a letter that no worker wrote: %v", err)
	}
}

// A header cannot make a retry publish elsewhere.
func TestRetryStaysAmongDocuments(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{"", "articles.nl.x", "documents.", "documents.a.b", "documents.*", "documents.>", "documents.a b"} {
		l := StoredLetter{Key: "k", Subject: subject}
		if m, err := l.original(); err == nil {
			t.Errorf("a letter from %q would be published on %q", subject, m.Subject)
		}
	}
}

func TestDeleteLetter(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	d := bury(t, nc, s)
	for range 2 { // another operator may have been faster
		if err := d.Delete(t.Context(), 3); err != nil {
			t.Error(err)
		}
	}
	config := d.dead.CachedInfo().Config
	config.DenyDelete = true
	if _, err := s.js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if err := d.Delete(t.Context(), 2); err == nil {
		t.Error("the server denies deleting, and no error says so")
	}
	if _, err := d.Get(t.Context(), 2); err != nil {
		t.Errorf("letter 2: %v", err)
	}
}

// Pages join without a gap or an overlap, whatever their size and whatever was
// deleted between.
func TestScan(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	const n = 2*scanCount + 50
	for i := range n {
		if _, err := s.js.PublishAsync("documents.s"+fmt.Sprint(i%2), make([]byte, 20_000*(i%3))); err != nil {
			t.Fatal(err)
		}
	}
	<-s.js.PublishAsyncComplete()
	docs, err := s.js.Stream(t.Context(), Documents)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []uint64{1, 2, 100, scanCount, scanCount + 1} {
		if err := docs.DeleteMsg(t.Context(), gone); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		subject  string
		from, to uint64
		want     int
	}{
		{">", 1, n, n - 5}, {">", 0, n + 100, n - 5}, {"documents.s0", 1, n, n/2 - 2}, {">", 3, 99, 97}, {">", 100, 100, 0},
		{">", n, n, 1}, {">", n + 1, n + 9, 0}, {">", 9, 8, 0}, {"documents.none", 1, n, 0},
	} {
		got, last := 0, uint64(0)
		err := scan(t.Context(), s.js, Documents, tt.subject, tt.from, tt.to, func(m *jetstream.RawStreamMsg) error {
			if m.Sequence <= last {
				t.Errorf("%d after %d", m.Sequence, last)
			}
			got, last = got+1, m.Sequence
			return nil
		})
		if err != nil || got != tt.want {
			t.Errorf("%s from %d to %d: %d messages, %v; want %d", tt.subject, tt.from, tt.to, got, err, tt.want)
		}
	}
	nc.Close()
	if err := scan(t.Context(), s.js, Documents, ">", 1, n, nil); err == nil {
		t.Error("a closed connection gives no error")
	}
}
