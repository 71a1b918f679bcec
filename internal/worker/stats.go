package worker

import (
	"context"
	"runtime/metrics"
	"slices"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"telex/internal/stream"
)

const (
	mostSamples = 10_000 // times of documents kept for the percentiles of one period
	mostSources = 1_000  // sources counted in one period; the rest is "_"
)

// tally counts what happened since the last stats line.
type tally struct {
	mu      sync.Mutex
	all     uint64 // documents done since the start
	docs    int
	tokens  int
	dead    int
	retries int
	redone  int // deliveries that were not the first
	times   []time.Duration
	sources map[string]int
}

func newTally() *tally { return &tally{sources: map[string]int{}} }

func (t *tally) received(d *stream.Delivery) {
	if d.Attempt > 1 {
		t.mu.Lock()
		t.redone++
		t.mu.Unlock()
	}
}

// done counts a document, and tells how many it makes since the start.
func (t *tally) done(_ *flight, r *Result, took time.Duration) uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all++
	t.docs++
	if r.Article != nil {
		t.tokens += len(r.Article.Tokens)
	}
	if len(t.times) < mostSamples {
		t.times = append(t.times, took)
	} else {
		t.times[int(t.all)%mostSamples] = took
	}
	source := r.Source
	if _, known := t.sources[source]; !known && len(t.sources) >= mostSources {
		source = "_"
	}
	t.sources[source]++
	return t.all
}

func (t *tally) died() {
	t.mu.Lock()
	t.dead++
	t.mu.Unlock()
}

func (t *tally) retried() {
	t.mu.Lock()
	t.retries++
	t.mu.Unlock()
}

// period is a closed tally.
type period struct {
	docs, tokens, dead, redone int
	times                      []time.Duration // sorted
	sources                    map[string]int
}

// close gives the counts and begins anew.
func (t *tally) close() period {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := period{t.docs, t.tokens, t.dead, t.redone, t.times, t.sources}
	t.docs, t.tokens, t.dead, t.redone, t.retries = 0, 0, 0, 0, 0
	t.times, t.sources = nil, map[string]int{}
	slices.Sort(p.times)
	return p
}

// percentile is by the nearest rank; 0 without times.
func (p period) percentile(n int) time.Duration {
	if len(p.times) == 0 {
		return 0
	}
	return p.times[(len(p.times)*n+99)/100-1]
}

// reportStats writes a stats line every period, and a last one at the end.
func (p *pool) reportStats(ctx context.Context) {
	tick := time.NewTicker(p.Stats)
	defer tick.Stop()
	from := time.Now()
	for last := false; !last; {
		select {
		case <-ctx.Done():
			last = true
		case <-tick.C:
		}
		now := time.Now()
		p.logStats(context.WithoutCancel(ctx), now.Sub(from))
		from = now
	}
}

func (p *pool) logStats(ctx context.Context, over time.Duration) {
	counts := p.tally.close()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	e := p.Log.Info().Str("event", "stats")
	backlog, err := p.Documents.Backlog(ctx)
	if err != nil {
		e.AnErr("error", err)
	}
	seconds := max(over.Seconds(), 1e-9)
	sources := zerolog.Dict()
	for _, name := range sortedKeys(counts.sources) {
		sources.Int(name, counts.sources[name])
	}
	e.Float64("docs_per_s", round(float64(counts.docs)/seconds)).Float64("tokens_per_s", round(float64(counts.tokens)/seconds)).
		Float64("p50_ms", ms(counts.percentile(50))).Float64("p95_ms", ms(counts.percentile(95))).Float64("p99_ms", ms(counts.percentile(99))).
		Uint64("lag", backlog.Unread).Float64("oldest_unread_s", round(backlog.OldestAge.Seconds())).
		Int("ack_pending", backlog.AckPending).Int("redelivered", counts.redone).Int("dead", counts.dead).
		Uint64("heap_bytes", heapBytes()).Dict("sources", sources).Msg("stats")
}

func round(f float64) float64 { return float64(int64(f*10+0.5)) / 10 }

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// purgeEvery is how often the worker looks whether DOCUMENTS is nearly full.
const purgeEvery = 10 * time.Second

// purge makes room in DOCUMENTS.
func (p *pool) purge(ctx context.Context) {
	purger := p.Stream.NewPurger()
	tick := time.NewTicker(min(purgeEvery, p.Stream.AckWait()))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			deleted, err := purger.Purge(ctx, now)
			if err != nil && ctx.Err() == nil {
				p.Log.Warn().Err(err).Str("stream", stream.Documents).Msg("cannot make room")
			}
			if deleted > 0 {
				p.Log.Info().Uint64("deleted", deleted).Str("stream", stream.Documents).Msg("settled documents deleted to make room")
			}
		}
	}
}
