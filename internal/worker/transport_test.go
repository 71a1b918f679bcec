package worker

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"telex/internal/stream"
)

// BenchmarkTransport compares the worker with a reader that does nothing to a
// bare loop over the same messages, acknowledgements and fsync, without code of
// ours. Sizes are those of an article of the sample's length and its result.
//
//	go test ./internal/worker -run '^$' -bench Transport -benchtime 20000x
func BenchmarkTransport(b *testing.B) {
	rates := map[string]float64{}
	for _, side := range []struct {
		name string
		run  func(*testing.B, *nats.Conn, int)
	}{{"bare", bareLoop}, {"worker", poolLoop}} {
		b.Run(side.name, func(b *testing.B) {
			nc := loaded(b, b.N)
			b.ResetTimer()
			side.run(b, nc, b.N)
			b.StopTimer() // the loops may have stopped it before they tidied up
			rates[side.name] = float64(b.N) / b.Elapsed().Seconds()
			unique, duplicate := tallyNews(b, nc)
			b.ReportMetric(rates[side.name], "docs/s")
			b.ReportMetric(float64(unique), "unique")
			b.ReportMetric(float64(duplicate), "duplicate")
			b.ReportMetric(float64(b.N-unique), "failed")
			if side.name == "worker" && rates["bare"] > 0 {
				b.ReportMetric(100*rates["worker"]/rates["bare"], "%-of-bare")
			}
		})
	}
}

const (
	documentBytes = 3_300
	articleBytes  = 11_900
)

// loaded gives a server that fsyncs before it acknowledges, with n documents.
func loaded(tb testing.TB, n int) *nats.Conn {
	tb.Helper()
	dir := tb.TempDir()
	s, nc := serve(tb, dir, time.Hour) // loading need not be durable
	js, err := jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(1000))
	if err != nil {
		tb.Fatal(err)
	}
	body := bytes.Repeat([]byte("x"), documentBytes)
	for i := range n {
		if _, err := js.PublishAsync("documents.test", body, jetstream.WithMsgID(fmt.Sprint("d", i))); err != nil {
			tb.Fatal(err)
		}
	}
	<-js.PublishAsyncComplete()
	nc.Close()
	s.Stop()
	_, nc = serve(tb, dir, 0)
	return nc
}

// serve starts an embedded server with the streams.
func serve(tb testing.TB, dir string, sync time.Duration) (*stream.Server, *nats.Conn) {
	tb.Helper()
	s, err := stream.StartServer(stream.ServerConfig{Dir: dir, Sync: sync})
	if err != nil {
		tb.Fatal(err)
	}
	nc, err := s.Connect("test", stream.Watch{})
	if err != nil {
		tb.Fatal(err)
	}
	if err := stream.Create(tb.Context(), nc, stream.DefaultSettings()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { nc.Close(); s.Stop() })
	return s, nc
}

// bareLoop fetches 500 documents, publishes their results as one atomic batch,
// and acknowledges them, 64 at once, each with an answer.
func bareLoop(b *testing.B, nc *nats.Conn, n int) {
	js, err := jetstream.New(nc)
	if err != nil {
		b.Fatal(err)
	}
	consumer, err := js.Consumer(b.Context(), stream.Documents, "workers")
	if err != nil {
		b.Fatal(err)
	}
	result := bytes.Repeat([]byte("y"), articleBytes)
	for done := 0; done < n; {
		batch, err := consumer.Fetch(min(500, n-done), jetstream.FetchMaxWait(time.Second))
		if err != nil {
			b.Fatal(err)
		}
		var got []jetstream.Msg
		var out []*nats.Msg
		for m := range batch.Messages() {
			meta, err := m.Metadata()
			if err != nil {
				b.Fatal(err)
			}
			got = append(got, m)
			out = append(out, &nats.Msg{Subject: "articles.nl.test", Data: result,
				Header: nats.Header{jetstream.MsgIDHeader: {fmt.Sprint("a", meta.Sequence.Stream)}}})
		}
		if len(out) == 0 {
			continue
		}
		if _, err := jetstreamext.PublishMsgBatch(b.Context(), js, out); err != nil {
			b.Fatal(err)
		}
		acknowledge(b, got)
		done += len(got)
	}
}

func acknowledge(b *testing.B, messages []jetstream.Msg) {
	var wg sync.WaitGroup
	busy := make(chan struct{}, 64)
	for _, m := range messages {
		busy <- struct{}{}
		wg.Go(func() {
			defer func() { <-busy }()
			if err := m.DoubleAck(b.Context()); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
}

// idleReader gives a result without looking at the document.
type idleReader struct {
	result []byte
	next   atomic.Int64
}

func (r *idleReader) Version() string        { return "0" }
func (r *idleReader) Identify(Input) *Result { return &Result{} }
func (r *idleReader) Read(context.Context, Input) (*Result, error) {
	return &Result{Messages: []stream.Message{{
		Subject: "articles.nl.test", ID: fmt.Sprint("a", r.next.Add(1)), Data: r.result,
	}}}, nil
}

func poolLoop(b *testing.B, nc *nats.Conn, n int) {
	s, err := stream.Open(b.Context(), nc)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	finished := make(chan struct{})
	var settled atomic.Int64
	var end sync.WaitGroup
	end.Go(func() {
		err := Run(ctx, Config{
			Stream: s, Reader: &idleReader{result: bytes.Repeat([]byte("y"), articleBytes)}, Log: zerolog.Nop(),
			Concurrency: 2, Deadline: time.Minute,
			Settled: func(uint64, *Result, error) {
				if settled.Add(1) == int64(n) {
					close(finished)
				}
			},
		})
		if err != nil {
			b.Error(err)
		}
	})
	<-finished
	b.StopTimer()
	stop()
	end.Wait()
}

// tallyNews counts the articles in NEWS and those whose id stands there twice.
func tallyNews(tb testing.TB, nc *nats.Conn) (unique, duplicate int) {
	tb.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		tb.Fatal(err)
	}
	consumer, err := js.OrderedConsumer(tb.Context(), stream.News, jetstream.OrderedConsumerConfig{HeadersOnly: true})
	if err != nil {
		tb.Fatal(err)
	}
	seen := map[string]bool{}
	for left := consumer.CachedInfo().NumPending; left > 0; {
		batch, err := consumer.FetchNoWait(int(min(left, 1000)))
		if err != nil {
			tb.Fatal(err)
		}
		for m := range batch.Messages() {
			left--
			id := m.Headers().Get(jetstream.MsgIDHeader)
			if seen[id] {
				duplicate++
			}
			seen[id] = true
		}
		if batch.Error() != nil {
			tb.Fatal(batch.Error())
		}
	}
	return len(seen), duplicate
}
