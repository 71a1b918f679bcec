package worker

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"telex/internal/stream"
)

const (
	mostInFlight   = 1024     // documents, whatever the pace
	bytesInFlight  = 24 << 20 // of documents in flight; their articles take several times that
	smallestAsk    = 9 << 20  // bytes: less would not hold the largest document
	fetchPause     = 250 * time.Millisecond
	watchEvery     = 100 * time.Millisecond
	fewestInFlight = 2 // for each handler: one in hand, one waiting
)

// pace sets how many documents may be in flight: so many that the handlers have
// a quarter of the ack wait's work before them, by the mean time of the
// documents so far.
type pace struct {
	handlers int
	budget   time.Duration
	mean     atomic.Int64 // nanoseconds for a document, smoothed; 0 before the first
}

func (p *pace) init(handlers int, ackWait time.Duration) {
	p.handlers, p.budget = handlers, ackWait/4
}

func (p *pace) took(d time.Duration) {
	const weight = 16
	if old := p.mean.Load(); old == 0 {
		p.mean.Store(max(1, int64(d)))
	} else {
		p.mean.Store(max(1, old+(int64(d)-old)/weight)) // a lost update does no harm
	}
}

func (p *pace) limit() int {
	least := fewestInFlight * p.handlers
	mean := p.mean.Load()
	if mean == 0 {
		return min(least+16, mostInFlight)
	}
	return max(least, int(min(int64(mostInFlight), int64(p.budget)*int64(p.handlers)/mean)))
}

// take asks for documents as long as ctx lasts. It asks for many at once, when
// a quarter of the room is free, and holds the room for all it asked for.
func (p *pool) take(ctx context.Context) {
	for ctx.Err() == nil {
		limit := p.pace.limit()
		count, bytes := p.flights.size()
		free, room := limit-count, bytesInFlight-bytes
		if free < max(1, limit/4) || room < smallestAsk {
			select {
			case <-p.flights.freed:
			case <-ctx.Done():
			}
			continue
		}
		err := p.Documents.Fetch(free, room, p.accept)
		p.taking.asked(err)
		if err != nil && ctx.Err() == nil {
			p.Log.Warn().Err(err).Str("stream", stream.Documents).Msg("cannot get documents, will ask again")
			wait(ctx, fetchPause)
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// accept takes a delivery in and queues it for a handler.
func (p *pool) accept(d *stream.Delivery) {
	p.queue <- p.board(d) // has room for twice what may be in flight
}

// board puts a delivery on the table; from here on it has a heartbeat.
func (p *pool) board(d *stream.Delivery) *flight {
	f := &flight{Delivery: d, taken: time.Now()}
	f.beat.Store(int64(time.Since(p.began)))
	p.flights.add(f)
	p.tally.received(d)
	return f
}

// fresh tells whether the document is still ours: the server heard of it within
// the ack wait. A process that slept longer finds it is not.
func (p *pool) fresh(f *flight) bool {
	return f.Replayed() || !f.lost.Load() && time.Since(p.began)-time.Duration(f.beat.Load()) < p.Stream.AckWait()
}

// heartbeats tells the server of every document in flight, three times in an
// ack wait.
func (p *pool) heartbeats(ctx context.Context) {
	tick := time.NewTicker(p.Stream.AckWait() / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, f := range p.flights.list() {
			if !p.fresh(f) {
				f.lost.Store(true)
				continue
			}
			now := time.Since(p.began)
			if p.Stream.Connected() && f.Heartbeat() == nil {
				f.beat.Store(int64(now))
			}
		}
	}
}

// watchDeadlines gives up handlers that run on past deadline and grace.
func (p *pool) watchDeadlines(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := int64(time.Since(p.began))
		for _, f := range p.flights.list() {
			if due := f.overdue.Load(); due > 0 && now > due && f.claim() {
				go p.overrun(f)
			}
		}
	}
}

// handleAll is one handler.
func (p *pool) handleAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case f := <-p.queue:
			p.alone.RLock()
			p.handle(f)
			p.alone.RUnlock()
		}
	}
}

func (p *pool) handle(f *flight) {
	if !p.fresh(f) {
		p.drop(f)
		return
	}
	if p.known(f) || f.Attempt > 1 && !f.Replayed() && p.alreadySettled(f) {
		return
	}
	if f.Attempt > p.Stream.MaxDeliver() && !f.exhausted && !f.Replayed() {
		p.exhaust(f)
		return
	}
	start := time.Now()
	f.overdue.Store(int64(start.Sub(p.began) + p.Deadline + p.Grace))
	ctx, cancel := context.WithTimeout(p.work, p.Deadline)
	result, err := p.Reader.Read(ctx, p.input(f.Subject, f.Header.Get, f.Data))
	cancel()
	f.overdue.Store(0)
	took := time.Since(start)
	p.pace.took(took)
	if !f.claim() {
		return // given up meanwhile
	}
	if err != nil {
		p.failed(f, result, err)
		return
	}
	p.publish(f, result, took)
}

func (p *pool) input(subject string, header func(string) string, data []byte) Input {
	return Input{Source: subject[strings.LastIndexByte(subject, '.')+1:], Header: header, Data: data}
}
