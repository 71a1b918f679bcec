package stream

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// BenchmarkWindow measures what a message id in the dedupe window costs: the
// memory of a server after its start, when it has read the ids of DOCUMENTS,
// less that with messages of the same size and no ids.
//
//	go test ./internal/stream -run '^$' -bench Window -benchtime 200000x
func BenchmarkWindow(b *testing.B) {
	with, without := heapAfterRestart(b, true), heapAfterRestart(b, false)
	b.ReportMetric(float64(with-without)/float64(b.N), "B/id")
	b.ReportMetric(0, "ns/op")
}

// heapAfterRestart stores b.N messages and gives the memory that a server on
// their store takes, in bytes.
func heapAfterRestart(b *testing.B, ids bool) int64 {
	b.Helper()
	config := ServerConfig{Dir: b.TempDir(), Sync: time.Hour}
	server, err := StartServer(config)
	if err != nil {
		b.Fatal(err)
	}
	nc, err := server.Connect("test", Watch{})
	if err != nil {
		b.Fatal(err)
	}
	if err := Create(b.Context(), nc, DefaultSettings()); err != nil {
		b.Fatal(err)
	}
	js, err := jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(1000))
	if err != nil {
		b.Fatal(err)
	}
	for i := range b.N {
		opts := []jetstream.PublishOpt{jetstream.WithStallWait(time.Minute)}
		if ids { // as long as the key of a document
			opts = append(opts, jetstream.WithMsgID(fmt.Sprintf("%026d", i)))
		}
		if _, err := js.PublishAsync("documents.test", []byte("x"), opts...); err != nil {
			b.Fatal(err)
		}
	}
	<-js.PublishAsyncComplete()
	nc.Close()
	server.Stop()
	before := heap()
	if server, err = StartServer(config); err != nil {
		b.Fatal(err)
	}
	defer server.Stop()
	return heap() - before
}

// heap is the memory in use, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
