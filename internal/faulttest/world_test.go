package faulttest

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
	"telex/internal/stream"
)

var docsFlag = flag.Int("faults.docs", 0, "documents in all; 0 for a few thousand, or 50,000 with TELEX_LONG")

// share is how many of all documents a test sends, of a hundred parts.
func share(parts int) int {
	all := *docsFlag
	switch {
	case all > 0:
	case os.Getenv("TELEX_LONG") != "":
		all = 60_000
	default:
		all = 5_000
	}
	return max(40, all*parts/100)
}

const (
	ackWait      = 2 * time.Second
	settleWithin = 10 * time.Minute
	poll         = 20 * time.Millisecond
)

// world is a server or a cluster, workers, and the books about them.
type world struct {
	t       testing.TB
	ledger  *Ledger
	server  *process
	cluster *cluster    // in place of server
	config  childConfig // of a worker
	serving childConfig // of the server
	url     string
	nc      *nats.Conn
	stream  *stream.Stream
	workers []*process
	started int
	keep    bool // workers that end are replaced
	sending sync.WaitGroup
}

// newWorld starts a server process. alone keeps workers in processes of their
// own; otherwise the server process is also the worker.
func newWorld(t testing.TB, worker childConfig, alone bool) *world {
	t.Helper()
	w := &world{t: t, ledger: NewLedger(), config: worker}
	w.config.Worker, w.config.AckWait = true, cmp.Or(worker.AckWait, ackWait)
	if w.config.Deadline == 0 {
		w.config.Deadline = time.Minute
	}
	w.serving = childConfig{Server: t.TempDir(), Listen: "127.0.0.1:0", AckWait: w.config.AckWait, MaxBytes: worker.MaxBytes}
	if !alone {
		w.serving = w.config
		w.serving.Server, w.serving.Listen = t.TempDir(), "127.0.0.1:0"
	}
	w.serve()
	return w
}

// serve starts the server, the second time where it was before.
func (w *world) serve() {
	w.t.Helper()
	w.server = startProcess(w.t, "server", w.serving)
	w.url = w.server.awaitReady(w.t)
	w.serving.Listen = strings.TrimPrefix(w.url, "nats://")
	w.config.URL = w.url
	if w.nc == nil {
		var err error
		if w.nc, err = stream.Connect("harness", stream.Login{URL: w.url}, stream.Watch{}); err != nil {
			w.t.Fatal(err)
		}
		w.t.Cleanup(w.nc.Close)
		if w.stream, err = stream.Open(w.t.Context(), w.nc); err != nil {
			w.t.Fatal(err)
		}
	}
}

// hire starts n workers.
func (w *world) hire(n int) {
	w.t.Helper()
	for range n {
		w.started++
		p := startProcess(w.t, fmt.Sprintf("worker %d", w.started), w.config)
		p.awaitReady(w.t)
		w.workers = append(w.workers, p)
	}
}

// replace starts a new worker for each that has ended.
func (w *world) replace() {
	w.t.Helper()
	for i, p := range w.workers {
		if p.gone() {
			w.workers[i] = w.workers[len(w.workers)-1]
			w.workers = w.workers[:len(w.workers)-1]
			w.hire(1)
			return // one at each look is enough
		}
	}
}

// text is a test document.
func text(name string, riders int, do string) string {
	return fmt.Sprintf("name=%s riders=%d do=%s Dit bericht is een proef.", name, riders, do)
}

// send publishes n documents in the background; do gives what the i-th does.
func (w *world) send(n int, do func(i int) string) {
	w.t.Helper()
	publish, end := w.publisher(w.url)
	w.sending.Go(func() {
		defer end()
		for i := range n {
			action := ""
			if do != nil {
				action = do(i)
			}
			publish(i, action)
		}
	})
}

// load publishes documents in the background, so that the workers never run out
// of them, until the function that it returns is called. In a cluster there is a
// publisher at each server, for one may be cut off with its server.
func (w *world) load(ahead uint64) (end func()) {
	w.t.Helper()
	var publishers []func(i int, action string)
	finish := func() {}
	for _, url := range w.urls() {
		publish, last := w.publisher(url)
		publishers = append(publishers, publish)
		before := finish
		finish = func() { before(); last() }
	}
	enough := make(chan struct{})
	w.sending.Go(func() {
		defer func() { finish() }()
		for i := 0; ; {
			b, err := w.backlog()
			for n := 0; n < int(ahead/2) && (err != nil && n == 0 || err == nil && b.Unread < ahead); n++ {
				publishers[i%len(publishers)](i, "")
				i++
			}
			select {
			case <-enough:
				return
			case <-time.After(10 * poll):
			}
		}
	})
	return sync.OnceFunc(func() { close(enough) })
}

// urls names the servers one by one.
func (w *world) urls() []string {
	if w.cluster == nil {
		return []string{w.url}
	}
	return strings.Split(w.url, ",")
}

// publisher gives a function that publishes the i-th document and books it, and
// one that waits for the outcomes. Its connection is its own, and begins at the
// given server.
func (w *world) publisher(url string) (publish func(i int, action string), end func()) {
	w.t.Helper()
	nc, err := stream.Connect("producer", stream.Login{URL: url}, stream.Watch{})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(nc.Close)
	intake, err := stream.NewIntake(w.t.Context(), nc, 2*time.Minute)
	if err != nil {
		w.t.Fatal(err)
	}
	return func(i int, action string) {
		name, riders := fmt.Sprintf("d%06d", i), i%4
		w.ledger.Attempt(name, riders)
		intake.Publish(stream.Incoming{
			Source: "fault", ID: name, Header: map[string]string{document.HeaderID: name},
			Data: []byte(text(name, riders, action)),
			Stored: func(_ bool, err error) {
				if err == nil {
					w.ledger.Ack(name)
				} else {
					w.t.Logf("document %s: %v", name, err)
				}
			},
		})
	}, intake.Close
}

func (w *world) backlog() (stream.Backlog, error) {
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Second)
	defer cancel()
	return w.stream.Backlog(ctx)
}

// awaitLoad returns when documents are pending and others taken but not
// acknowledged; a test that never sees that fails.
func (w *world) awaitLoad() {
	w.t.Helper()
	w.await("documents pending and others in hand", time.Minute, func(b stream.Backlog) bool { return b.Unread > 0 && b.AckPending > 0 })
}

func (w *world) await(what string, within time.Duration, is func(stream.Backlog) bool) {
	w.t.Helper()
	var last stream.Backlog
	for end := time.Now().Add(within); time.Now().Before(end); {
		if b, err := w.backlog(); err == nil {
			if last = b; is(b) {
				return
			}
		}
		w.rest(poll)
	}
	w.t.Fatalf("never saw %s; the last backlog was %+v\n%s", what, last, w.logs())
}

// rest lets time pass between two looks.
func (w *world) rest(d time.Duration) {
	select {
	case <-w.t.Context().Done():
	case <-time.After(d):
	}
}

func (w *world) logs() string {
	out := ""
	if w.cluster != nil {
		out = w.cluster.logs()
	} else {
		out = w.server.log()
	}
	for _, p := range w.workers {
		out += "\n" + p.log()
	}
	return out
}

// settle returns when all is sent and nothing was pending, taken or without a
// letter for two ack waits.
func (w *world) settle() {
	w.t.Helper()
	w.sending.Wait()
	var since time.Time
	for end := time.Now().Add(settleWithin); time.Now().Before(end); w.rest(poll) {
		if w.keep {
			w.replace()
		}
		b, err := w.backlog()
		switch {
		case err != nil || !b.Idle():
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		case time.Since(since) >= 2*ackWait:
			return
		}
	}
	b, err := w.backlog()
	w.t.Fatalf("not settled within %s: %+v, %v\n%s", settleWithin, b, err, w.logs())
}

// read books all that stands in NEWS and DEAD.
func (w *world) read() {
	w.t.Helper()
	each(w.t, w.nc, stream.News, func(m jetstream.Msg) {
		if strings.HasPrefix(m.Subject(), "articles.") {
			var a struct{ ID, Version string }
			if err := json.Unmarshal(m.Data(), &a); err != nil {
				w.t.Errorf("article %s: %v", m.Subject(), err)
			}
			w.ledger.Article(a.ID, a.Version)
			return
		}
		var r rider
		if err := json.Unmarshal(m.Data(), &r); err != nil {
			w.t.Errorf("rider %s: %v", m.Subject(), err)
		}
		w.ledger.Rider(r.Name, r.Version, r.Index)
	})
	each(w.t, w.nc, stream.Dead, func(m jetstream.Msg) {
		w.ledger.Letter(setting(string(m.Data()), "name"), m.Headers().Get(stream.HeaderReason))
	})
}

// each reads a stream from its first message to its last. A cluster that has
// just been through a fault may take its reader away; then it goes on with another.
func each(t testing.TB, nc *nats.Conn, name string, do func(jetstream.Msg)) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	var last uint64
	var failure error
	for end := time.Now().Add(healWithin); time.Now().Before(end); {
		if failure = eachAfter(t.Context(), js, name, &last, do); failure == nil {
			return
		}
		time.Sleep(10 * poll)
	}
	t.Fatalf("read %s: %v", name, failure)
}

// eachAfter reads what comes after the sequence last, and moves it.
func eachAfter(ctx context.Context, js jetstream.JetStream, name string, last *uint64, do func(jetstream.Msg)) error {
	consumer, err := js.OrderedConsumer(ctx, name, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *last + 1,
	})
	if err != nil {
		return err
	}
	for left := consumer.CachedInfo().NumPending; left > 0; {
		batch, err := consumer.FetchNoWait(int(min(left, 500)))
		if err != nil {
			return err
		}
		got := uint64(0)
		for m := range batch.Messages() {
			meta, err := m.Metadata()
			if err != nil {
				return err
			}
			*last = meta.Sequence.Stream
			do(m)
			got++
		}
		if err := batch.Error(); err != nil || got == 0 {
			return fmt.Errorf("%d messages left: %w", left, err)
		}
		left -= min(got, left)
	}
	return nil
}

// close settles, reads and checks the books; reasons are the letters expected.
func (w *world) close(reasons string) Report {
	w.t.Helper()
	w.settle()
	w.read()
	report := w.ledger.Check()
	w.t.Log(report)
	if !report.OK() {
		w.t.Errorf("the books do not balance: %s\n%s\n%s", report, w.whereabouts(report.Lost), w.logs())
	}
	if got := w.ledger.Reasons(); got != reasons {
		w.t.Errorf("letters %q, want %q", got, reasons)
	}
	if report.Acked != report.Attempted {
		w.t.Errorf("%d of %d documents were acknowledged", report.Acked, report.Attempted)
	}
	return report
}

// whereabouts tells whether DOCUMENTS holds the documents that were lost, and
// where: one that it holds was lost on its way to a worker or back, another
// before it was stored, or with what was stored.
func (w *world) whereabouts(lost []string) string {
	w.t.Helper()
	var out strings.Builder
	each(w.t, w.nc, stream.Documents, func(m jetstream.Msg) {
		name := setting(string(m.Data()), "name")
		if meta, err := m.Metadata(); err == nil && slices.Contains(lost, name) {
			fmt.Fprintf(&out, "%s is document %d, stored at %s\n", name, meta.Sequence.Stream, meta.Timestamp.UTC().Format(time.RFC3339Nano))
		}
	})
	return out.String() + fmt.Sprintf("%d lost; those not named above are not in DOCUMENTS", len(lost))
}

// replaceOldest ends the oldest worker as a supervisor does, when another has
// taken its place.
func (w *world) replaceOldest() {
	w.t.Helper()
	w.hire(1)
	old := w.workers[0]
	w.workers = w.workers[1:]
	old.signal(syscall.SIGTERM)
	if code := old.awaitExit(w.t, time.Minute); code != 0 {
		w.t.Errorf("exit code %d after SIGTERM\n%s", code, old.log())
	}
}

// kill9 is what it says; the worker is replaced.
func (w *world) kill9(i int) {
	w.workers[i].kill()
	w.workers = append(w.workers[:i], w.workers[i+1:]...)
	w.hire(1)
}
