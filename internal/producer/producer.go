// Package producer is the run loop of a producer: it reads documents from a
// source, checks each, and publishes it under its key, so that a document that
// is sent twice is stored once.
package producer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"telex/internal/document"
	"telex/internal/source"
	"telex/internal/stream"
)

// Config says what is published.
type Config struct {
	Intake *stream.Intake // Run closes it
	Input  source.Input
	Zone   string // IANA name of the zone of published times without one; "" for Europe/Amsterdam
	Log    zerolog.Logger
	// Progress, if set, is told of each outcome, with the bytes of input it
	// accounts for. It is called by one goroutine at a time.
	Progress func(s Summary, consumed int64)
	// Every is the time between log lines about progress; 0 for none.
	Every time.Duration
}

// Summary is what became of the documents.
type Summary struct {
	Published int
	Duplicate int            // were in the stream already
	Refused   int            // are no documents
	Failed    int            // could not be read from disk or stored
	Reasons   map[string]int // of the refused
}

// String says it in one line.
func (s Summary) String() string {
	line := fmt.Sprintf("%d published, %d duplicate, %d refused", s.Published, s.Duplicate, s.Refused)
	if s.Refused > 0 {
		var reasons []string
		for r, n := range s.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s: %d", r, n))
		}
		slices.Sort(reasons)
		line += " (" + strings.Join(reasons, ", ") + ")"
	}
	if s.Failed > 0 {
		line += fmt.Sprintf(", %d failed", s.Failed)
	}
	return line
}

// OK tells whether every document is in the stream.
func (s Summary) OK() bool { return s.Refused == 0 && s.Failed == 0 }

// run is one run of a producer.
type run struct {
	Config
	mu  sync.Mutex
	sum Summary
}

// Run publishes all that the input gives and waits for the outcomes. When ctx
// ends it stops reading. Refused documents are logged and counted; they are no
// error.
func Run(ctx context.Context, c Config) Summary {
	r := &run{Config: c, sum: Summary{Reasons: map[string]int{}}}
	reporting, stop := context.WithCancel(ctx)
	var reports sync.WaitGroup
	if c.Every > 0 {
		reports.Go(func() { r.report(reporting) })
	}
	for it := range r.items(ctx) {
		r.item(it)
	}
	c.Intake.Close()
	stop()
	reports.Wait()
	return r.summary()
}

// items reads in a goroutine of its own, for a read that waits for input cannot
// be interrupted.
func (r *run) items(ctx context.Context) iter.Seq[source.Item] {
	read := make(chan source.Item)
	go func() {
		defer close(read)
		for it := range source.Read(ctx, r.Input) {
			select {
			case read <- it:
			case <-ctx.Done():
				return
			}
		}
	}()
	return func(yield func(source.Item) bool) {
		for {
			select {
			case it, open := <-read:
				if !open || !yield(it) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// item checks one document and publishes it.
func (r *run) item(it source.Item) {
	if it.Err != nil {
		r.refuse(it, it.Err)
		return
	}
	header := it.Header
	if r.Zone != "" {
		header = with(it.Header, document.HeaderZone, r.Zone)
	}
	d, err := document.Decode(it.Data, document.Origin{Header: func(name string) string { return header[name] }})
	if err != nil {
		r.refuse(it, err)
		return
	}
	token, _ := document.SubjectToken(d.Source)    // Decode has checked it
	if d.Source != header[document.HeaderSource] { // the body names another than the default
		header = with(header, document.HeaderSource, d.Source)
	}
	r.Intake.Publish(stream.Incoming{
		Source: token, ID: d.Key, Header: header, Data: it.Data,
		Stored: func(duplicate bool, err error) { r.stored(it, duplicate, err) },
	})
}

func with(h map[string]string, name, value string) map[string]string {
	out := make(map[string]string, len(h)+1)
	maps.Copy(out, h)
	out[name] = value
	return out
}

func (r *run) refuse(it source.Item, err error) {
	var refusal *document.Refusal
	if !errors.As(err, &refusal) {
		r.Log.Error().Err(err).Str("path", it.Name).Msg("cannot read")
		r.count(it, func(s *Summary) { s.Failed++ })
		return
	}
	r.Log.Warn().Str("path", it.Name).Str("reason", string(refusal.Reason)).Str("error", refusal.Message).Msg("no document")
	r.count(it, func(s *Summary) { s.Refused++; s.Reasons[string(refusal.Reason)]++ })
}

func (r *run) stored(it source.Item, duplicate bool, err error) {
	switch {
	case err != nil:
		r.Log.Error().Err(err).Str("path", it.Name).Msg("cannot publish")
		r.count(it, func(s *Summary) { s.Failed++ })
	case duplicate:
		r.count(it, func(s *Summary) { s.Duplicate++ })
	default:
		r.count(it, func(s *Summary) { s.Published++ })
	}
}

func (r *run) count(it source.Item, change func(*Summary)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.sum)
	if r.Progress != nil {
		r.Progress(r.sum, it.Consumed)
	}
}

func (r *run) summary() Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sum
	s.Reasons = maps.Clone(r.sum.Reasons)
	return s
}

func (r *run) report(ctx context.Context) {
	tick := time.NewTicker(r.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s := r.summary()
			r.Log.Info().Int("published", s.Published).Int("duplicate", s.Duplicate).Int("refused", s.Refused).
				Int("failed", s.Failed).Msg("publishing")
		}
	}
}
