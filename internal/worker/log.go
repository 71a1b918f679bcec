package worker

import (
	"sync"
	"time"

	"github.com/rs/zerolog"

	"telex/internal/stream"
)

// logDone logs the nth article of this worker, if it is one that is logged.
func (p *pool) logDone(f *flight, r *Result, took time.Duration, nth uint64) {
	if p.LogDocs == 0 || nth%uint64(p.LogDocs) != 0 {
		return
	}
	steps := zerolog.Dict()
	for _, s := range r.Times {
		steps.Float64(s.Name, ms(s.Took))
	}
	counts := zerolog.Dict()
	for _, c := range r.Counts {
		counts.Int(c.Layer, c.Items)
	}
	p.about(p.Log.Info(), f.Delivery, r).Str("event", "doc.done").Str("language", r.Language).
		Float64("ms", ms(took)).Dict("steps", steps).Dict("counts", counts).Msg("article published")
}

func (p *pool) logRetry(f *flight, r *Result, v verdict, delay time.Duration) {
	p.about(p.Log.Warn(), f.Delivery, r).Str("event", "doc.retry").Str("reason", string(v.reason)).Str("step", v.step).
		AnErr("error", v.err).Int64("ms", delay.Milliseconds()).Msg("the document will be tried again after ms")
}

func (p *pool) logDead(d *stream.Delivery, r *Result, v verdict) {
	p.about(p.Log.Warn(), d, r).Str("event", "doc.dead").Str("reason", string(v.reason)).Str("step", v.step).
		AnErr("error", v.err).Msg("dead letter written")
}

// about names the document. Its text appears in no log.
func (p *pool) about(e *zerolog.Event, d *stream.Delivery, r *Result) *zerolog.Event {
	return e.Str("doc", r.Key).Str("id", r.ID).Str("source", r.Source).Str("subject", d.Subject).
		Uint64("seq", d.Seq).Int("attempt", d.Attempt).Int("bytes", len(d.Data))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// warned logs unknown fields once for each source.
type warned struct {
	log  zerolog.Logger
	mu   sync.Mutex
	seen map[string]bool
}

// mostWarned bounds the sources remembered; publishers choose their names.
const mostWarned = 10_000

func newWarned(log zerolog.Logger) *warned { return &warned{log: log, seen: map[string]bool{}} }

func (w *warned) fields(r *Result) {
	if len(r.Unknown) == 0 {
		return
	}
	w.mu.Lock()
	first := !w.seen[r.Source] && len(w.seen) < mostWarned
	if first {
		w.seen[r.Source] = true
	}
	w.mu.Unlock()
	if first {
		w.log.Warn().Str("source", r.Source).Str("doc", r.Key).Strs("fields", r.Unknown).
			Msg("the source sends fields that are not known; they are ignored")
	}
}
