package faulttest

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"telex/internal/stream"
	"telex/internal/worker"
)

const (
	documentBytes = 3_300  // of an article in a newspaper
	articleBytes  = 11_900 // of what Telex makes of it
	fewestDocs    = 100    // the benchmark's first run, of one document, says nothing
)

// BenchmarkSpeed measures the transport with a reader that does nothing, in
// worker processes of their own, on the embedded server and on a cluster of
// three, both of which write to disk before they acknowledge. Beside it stand
// bare loops in one process, without code of ours. One takes 500 documents,
// publishes their results as one atomic batch, and acknowledges each with an
// answer; the other publishes each result by itself, without waiting, and
// acknowledges its document, without an answer, once it is stored.
//
//	go test ./internal/faulttest -run '^$' -bench Speed -benchtime 20000x -count 3 -timeout 60m
//
// The time runs from the first article that is stored to the last. The
// processor time is that of the workers; on the embedded server it includes the
// server's own where that is one of them.
func BenchmarkSpeed(b *testing.B) {
	for _, where := range []struct {
		name  string
		start func(b *testing.B, c childConfig) *world
	}{{"embedded", embeddedSpeedWorld}, {"cluster", clusterSpeedWorld}} {
		for _, who := range []struct {
			name    string
			config  childConfig
			workers int
		}{
			{"bare", childConfig{Bare: "batches"}, 1},
			{"bare-async", childConfig{Bare: "async"}, 1},
			{"workers=1", childConfig{Idle: true}, 1},
			{"workers=2", childConfig{Idle: true}, 2},
			{"workers=4", childConfig{Idle: true}, 4},
		} {
			b.Run(where.name+"/"+who.name, func(b *testing.B) {
				if b.N < fewestDocs {
					return
				}
				who.config.Concurrency, who.config.AckWait = 2, 30*time.Second
				w := where.start(b, who.config)
				w.hire(who.workers - len(w.workers))
				w.await("the end", settleWithin, func(b stream.Backlog) bool { return b.Idle() })
				w.reportSpeed(b)
			})
		}
	}
}

// embeddedSpeedWorld has the documents in a server that is also the first
// worker; the bare loop works over the network, as further workers do.
func embeddedSpeedWorld(b *testing.B, c childConfig) *world {
	b.Helper()
	w := newWorld(b, c, true)
	w.fill(b.N)
	if c.Bare != "" {
		return w
	}
	w.server.signal(syscall.SIGTERM)
	w.server.awaitExit(b, time.Minute)
	serving := w.serving
	w.serving = w.config
	w.serving.Server, w.serving.Listen = serving.Server, serving.Listen
	w.serve()
	w.workers = append(w.workers, w.server)
	return w
}

func clusterSpeedWorld(b *testing.B, c childConfig) *world {
	b.Helper()
	w := newClusterWorld(b, c)
	w.fill(b.N)
	return w
}

// fill stores n documents.
func (w *world) fill(n int) {
	w.t.Helper()
	intake, err := stream.NewIntake(w.t.Context(), w.nc, time.Minute)
	if err != nil {
		w.t.Fatal(err)
	}
	body := bytes.Repeat([]byte("x"), documentBytes)
	for i := range n {
		intake.Publish(stream.Incoming{Source: "fault", ID: "d" + strconv.Itoa(i), Data: body, Stored: func(_ bool, err error) {
			if err != nil {
				w.t.Error(err)
			}
		}})
	}
	intake.Close()
}

// reportSpeed tells how fast articles were stored, and that each was once.
func (w *world) reportSpeed(b *testing.B) {
	b.Helper()
	js, err := jetstream.New(w.nc)
	if err != nil {
		b.Fatal(err)
	}
	news, err := js.Stream(b.Context(), stream.News)
	if err != nil {
		b.Fatal(err)
	}
	state := news.CachedInfo().State
	if state.Msgs != uint64(b.N) {
		b.Errorf("%d articles of %d documents\n%s", state.Msgs, b.N, w.logs())
	}
	b.ReportMetric(float64(b.N)/state.LastTime.Sub(state.FirstTime).Seconds(), "docs/s")
	b.ReportMetric(0, "ns/op") // it would count the preparations
	var cpu time.Duration
	for _, p := range w.workers {
		p.kill()
		cpu += p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
	}
	b.ReportMetric(float64(cpu.Microseconds())/float64(b.N), "worker-µs/doc")
}

// idleReader gives a result without looking at the document.
type idleReader struct{ result []byte }

func newIdleReader() *idleReader { return &idleReader{bytes.Repeat([]byte("y"), articleBytes)} }

func (r *idleReader) Version() string { return "0" }
func (r *idleReader) Identify(in worker.Input) *worker.Result {
	return &worker.Result{Source: in.Source}
}

func (r *idleReader) Read(_ context.Context, in worker.Input) (*worker.Result, error) {
	return &worker.Result{Source: in.Source, Messages: []stream.Message{{
		Subject: "articles.nl.fault", ID: in.Header(jetstream.MsgIDHeader) + "@0", Data: r.result,
	}}}, nil
}

// bareLoop is the child that does by hand, and only, what a worker must.
func bareLoop(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	consumer, err := js.Consumer(ctx, stream.Documents, "workers")
	if err != nil {
		return err
	}
	result := bytes.Repeat([]byte("y"), articleBytes)
	for ctx.Err() == nil {
		batch, err := consumer.Fetch(500, jetstream.FetchMaxWait(time.Second))
		if err != nil {
			return err
		}
		var got []jetstream.Msg
		var out []*nats.Msg
		for m := range batch.Messages() {
			got = append(got, m)
			out = append(out, &nats.Msg{Subject: "articles.nl.fault", Data: result,
				Header: nats.Header{jetstream.MsgIDHeader: {m.Headers().Get(jetstream.MsgIDHeader) + "@0"}}})
		}
		if len(out) == 0 {
			continue
		}
		if _, err := jetstreamext.PublishMsgBatch(ctx, js, out); err != nil {
			return fmt.Errorf("publish a batch: %w", err)
		}
		if err := acknowledge(ctx, got); err != nil {
			return err
		}
	}
	return nil
}

// asyncLoop is the other such child.
func asyncLoop(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(1000))
	if err != nil {
		return err
	}
	consumer, err := js.Consumer(ctx, stream.Documents, "workers")
	if err != nil {
		return err
	}
	result := bytes.Repeat([]byte("y"), articleBytes)
	failed := make(chan error, 1)
	fail := func(err error) {
		select {
		case failed <- err:
		default:
		}
	}
	reading, err := consumer.Consume(func(m jetstream.Msg) {
		future, err := js.PublishAsync("articles.nl.fault", result,
			jetstream.WithMsgID(m.Headers().Get(jetstream.MsgIDHeader)+"@0"), jetstream.WithStallWait(time.Minute))
		if err != nil {
			fail(err)
			return
		}
		go func() {
			select {
			case <-future.Ok():
				if err := m.Ack(); err != nil {
					fail(err)
				}
			case err := <-future.Err():
				fail(err)
			}
		}()
	})
	if err != nil {
		return err
	}
	defer reading.Stop()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// acknowledge settles messages, 64 at once, each with an answer.
func acknowledge(ctx context.Context, messages []jetstream.Msg) error {
	var wg sync.WaitGroup
	busy, failed := make(chan struct{}, 64), make(chan error, len(messages))
	for _, m := range messages {
		busy <- struct{}{}
		wg.Go(func() {
			defer func() { <-busy }()
			if err := m.DoubleAck(ctx); err != nil {
				failed <- err
			}
		})
	}
	wg.Wait()
	close(failed)
	return <-failed // nil without one
}
