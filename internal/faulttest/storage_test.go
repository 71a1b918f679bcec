package faulttest

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

// documents is the state of DOCUMENTS.
func (w *world) documents() jetstream.StreamState {
	w.t.Helper()
	return w.look(stream.Documents).CachedInfo().State
}

func (w *world) look(name string) jetstream.Stream {
	w.t.Helper()
	js, err := jetstream.New(w.nc)
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := js.Stream(w.t.Context(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// unlimited takes the limit of bytes off a stream, so that only DOCUMENTS can fill.
func (w *world) unlimited(names ...string) {
	w.t.Helper()
	js, err := jetstream.New(w.nc)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range names {
		config := w.look(name).CachedInfo().Config
		config.MaxBytes = -1
		if _, err := js.UpdateStream(w.t.Context(), config); err != nil {
			w.t.Fatal(err)
		}
	}
}

// refused publishes a document that has no room, and tells what was said.
func (w *world) refused(size int) error {
	w.t.Helper()
	intake, err := stream.NewIntake(w.t.Context(), w.nc, 100*time.Millisecond)
	if err != nil {
		w.t.Fatal(err)
	}
	var said error
	intake.Publish(stream.Incoming{Source: "fault", ID: "probe", Data: make([]byte, size), Stored: func(_ bool, err error) { said = err }})
	intake.Close()
	return said
}

// The storage fills to its limit three times over: first with documents that
// nobody has settled, and new ones are refused; then with settled ones, which
// make room; and all the while some wait for their last tries and letters,
// which no purge may pass. What was acknowledged is not lost, and the publisher
// gets everything stored in the end.
func TestFullStorage(t *testing.T) {
	n := share(40)
	limit := int64(n) * 120 // bytes: a third of what the documents take
	w := newWorld(t, childConfig{Concurrency: 4, Work: 2 * time.Millisecond, MaxBytes: limit}, true)
	w.unlimited(stream.News, stream.Dead)
	w.keep = true
	w.send(n, func(i int) string {
		switch i {
		case 7, n / 2: // held by the purge until their letters are written
			return "exit"
		case 20, n/2 + 20:
			return "slow"
		}
		return ""
	})
	full := func() bool { return w.documents().Bytes > uint64(limit)*98/100 }
	for end := time.Now().Add(time.Minute); !full(); w.rest(poll) {
		if time.Now().After(end) {
			t.Fatalf("the storage never filled: %d of %d bytes", w.documents().Bytes, limit)
		}
	}
	if err := w.refused(int(limit / 20)); err == nil || !strings.Contains(err.Error(), "no worker has settled") {
		t.Errorf("a document beyond the limit: %v, want an error that says what to do", err)
	}
	if first := w.documents().FirstSeq; first != 1 {
		t.Errorf("documents up to %d were purged though nobody had settled any", first)
	}
	w.hire(2)
	w.replaceUntilSent()
	w.close("max-deliveries:2")
	state := w.documents()
	t.Logf("%d documents of %d still stored, from %d on; limit %d bytes, %d used", state.Msgs, n, state.FirstSeq, limit, state.Bytes)
	if state.FirstSeq == 1 || state.LastSeq != uint64(n) || state.Bytes > uint64(limit) {
		t.Errorf("documents %d to %d in %d bytes; want some purged, %d stored in all, and no more than %d bytes",
			state.FirstSeq, state.LastSeq, state.Bytes, n, limit)
	}
}

// replaceUntilSent keeps workers running while documents are still being sent.
func (w *world) replaceUntilSent() {
	w.t.Helper()
	sent := make(chan struct{})
	go func() { w.sending.Wait(); close(sent) }()
	for {
		select {
		case <-sent:
			return
		default:
			w.replace()
			w.rest(poll)
		}
	}
}
