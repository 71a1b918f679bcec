// Package worker is the run loop of a worker: a pool of handlers that takes
// documents from the stream, has each read within a deadline, and settles it as
// an article, a later attempt or a dead letter.
//
// Only this package decides between the three; see settle.go.
package worker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"telex/internal/stream"
)

// Config says how a worker runs. Fields without a default are required.
type Config struct {
	Stream      *stream.Stream
	Reader      Reader
	Log         zerolog.Logger
	Ready       func(*zerolog.Event) // adds to the line that says the worker is ready; may be nil
	Concurrency int                  // documents read at once
	Deadline    time.Duration        // for reading one document
	Grace       time.Duration        // after the deadline, until a handler that does not stop is given up; default 5 s
	Drain       time.Duration        // for finishing what is in flight at the end; default 20 s
	Stats       time.Duration        // between stats lines; 0 for none
	LogDocs     int                  // every how manieth doc.done is logged; 0 for none
	Probe       *Probe               // may be asked how the worker fares; may be nil

	// Documents is where they are taken from. Nil is Stream itself; then the
	// worker also settles those that ran out of deliveries, and makes room.
	Documents Documents
	// Known, if set, tells of a key whose article stands, so that the document
	// need not be read.
	Known func(key string) bool

	// Feed, if set, runs beside the pool and publishes documents.
	Feed func(ctx context.Context) error
	// UntilIdle ends the worker when Feed has ended and nothing is left to do.
	UntilIdle bool
	// Settled, if set, is told of each document that this worker settled, with
	// its article or the reason why there is none. It may be called by several
	// goroutines at once.
	Settled func(seq uint64, r *Result, dead error)
}

// Documents gives documents, each of which is settled in the end.
type Documents interface {
	// Fetch is as that of stream.Stream.
	Fetch(n, maxBytes int, take func(*stream.Delivery)) error
	// Backlog tells what is still to be done.
	Backlog(ctx context.Context) (stream.Backlog, error)
}

// ErrOverrun is the error of a worker that gave up a handler: a step ran on
// past its deadline. The process must end, for the handler goes on.
var ErrOverrun = errors.New("a step ran on past its deadline; the worker ends and must be started again")

// Run works until ctx ends, and drains: it takes no more documents and settles
// those it has. The error is nil after a drain, ErrOverrun, or that of Feed.
func Run(ctx context.Context, c Config) error {
	if c.Grace == 0 {
		c.Grace = 5 * time.Second
	}
	if c.Drain == 0 {
		c.Drain = 20 * time.Second
	}
	shared := c.Documents == nil
	if shared {
		c.Documents = c.Stream
	}
	p := newPool(ctx, c)
	p.shared = shared
	if c.Probe != nil {
		c.Probe.pool.Store(p)
	}
	return p.run(ctx)
}

// pool is a running worker.
type pool struct {
	Config
	began    time.Time
	queue    chan *flight
	flights  *flights
	news     *stream.Publisher
	tally    *tally
	warned   *warned
	work     context.Context // of reading: ends when the drain has lasted too long
	stopWork context.CancelFunc
	settle   context.Context // of acknowledgements and letters: ends a little later
	stop     context.CancelCauseFunc
	pace     pace
	alone    sync.RWMutex // read while reading, written while a document has its last try
	taking   taking
	shared   bool // documents come from the stream that all workers share
}

// settleTime is how long, after the work was cut short, what is read may still be settled.
const settleTime = 5 * time.Second

func newPool(ctx context.Context, c Config) *pool {
	p := &pool{
		Config: c, began: time.Now(), queue: make(chan *flight, 2*mostInFlight), flights: newFlights(),
		tally: newTally(), warned: newWarned(c.Log),
	}
	p.pace.init(c.Concurrency, c.Stream.AckWait())
	p.work, p.stopWork = context.WithCancel(context.WithoutCancel(ctx))
	return p
}

func (p *pool) run(ctx context.Context) error {
	ctx, p.stop = context.WithCancelCause(ctx)
	settle, endSettle := context.WithCancel(context.WithoutCancel(ctx))
	defer endSettle()
	p.settle = settle
	p.news = p.Stream.NewPublisher(p.work)

	var helpers, taking sync.WaitGroup
	beside, endBeside := context.WithCancel(context.WithoutCancel(ctx))
	helpers.Go(func() { p.heartbeats(beside) })
	helpers.Go(func() { p.watchDeadlines(beside) })
	taking.Go(func() { p.take(ctx) })
	if p.shared {
		taking.Go(func() { p.settleExhausted(ctx) })
		taking.Go(func() { p.purge(ctx) })
	}
	if p.Stats > 0 {
		taking.Go(func() { p.reportStats(ctx) })
	}
	for range p.Concurrency {
		go p.handleAll(beside) // a handler that never returns must not hold up the end
	}
	p.ready()
	feeding := make(chan error, 1)
	go func() { feeding <- p.feed(ctx) }()

	<-ctx.Done()
	p.drain(&taking)
	endSettle()
	p.news.Close()
	endBeside()
	helpers.Wait()
	return errors.Join(p.outcome(ctx), <-feeding)
}

// feed runs the feed and, if so configured, ends the worker once all is idle.
func (p *pool) feed(ctx context.Context) error {
	var err error
	if p.Feed != nil {
		err = p.Feed(ctx)
	}
	if err != nil && ctx.Err() == nil {
		p.stop(err)
		return nil // it is the cause
	}
	if p.UntilIdle {
		p.awaitIdle(ctx)
		p.stop(nil)
	}
	return nil
}

// idleCheck is how often an idle pool asks whether the stream is idle too.
const idleCheck = 20 * time.Millisecond

func (p *pool) awaitIdle(ctx context.Context) {
	tick := time.NewTicker(idleCheck)
	defer tick.Stop()
	for {
		if count, _ := p.flights.size(); count == 0 {
			if b, err := p.Documents.Backlog(ctx); err == nil && b.Idle() {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// outcome is the error that the worker ended for, if it is one.
func (p *pool) outcome(ctx context.Context) error {
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// drain settles what is in flight. Documents that cannot be finished in time go
// back to the stream at once, for another worker.
func (p *pool) drain(taking *sync.WaitGroup) {
	start := time.Now()
	p.taking.end()
	count, _ := p.flights.size()
	p.Log.Info().Str("event", "drain.start").Int("in_flight", count).Msg("no more documents are taken")
	taking.Wait() // the last request for documents may still bring some
	finished := p.awaitEmpty(p.Drain)
	p.stopWork()
	if !finished {
		p.giveBack()
		p.awaitEmpty(settleTime)
	}
	left, _ := p.flights.size()
	p.Log.Info().Str("event", "drain.done").Int64("ms", time.Since(start).Milliseconds()).Int("in_flight", left).Msg("drained")
}

// awaitEmpty waits until nothing is in flight, at most for limit. A flight that
// an overrun handler still holds has been released.
func (p *pool) awaitEmpty(limit time.Duration) bool {
	timeout := time.After(limit)
	for {
		if count, _ := p.flights.size(); count == 0 {
			return true
		}
		select {
		case <-p.flights.freed:
		case <-timeout:
			return false
		}
	}
}

// giveBack returns documents that wait for a handler.
func (p *pool) giveBack() {
	for {
		select {
		case f := <-p.queue:
			if f.claim() {
				p.retryNow(f)
			}
		default:
			return
		}
	}
}

func (p *pool) ready() {
	e := p.Log.Info().Str("event", "worker.ready").Int("concurrency", p.Concurrency)
	if p.Ready != nil {
		p.Ready(e)
	}
	e.Msg(fmt.Sprintf("taking documents, %d at once", p.Concurrency))
}
