package worker

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"telex/internal/document"
	"telex/internal/pipeline"
	"telex/internal/stream"
)

// publish stores the article with all that rides with it, and then
// acknowledges the document.
func (p *pool) publish(f *flight, r *Result, took time.Duration) {
	p.warned.fields(r)
	p.news.Publish(&stream.Bundle{
		Messages: r.Messages,
		Wanted:   func() bool { return p.fresh(f) },
		Done: func(err error) {
			go p.published(f, r, took, err)
		},
	})
}

func (p *pool) published(f *flight, r *Result, took time.Duration, err error) {
	switch {
	case errors.Is(err, stream.ErrStale):
		p.drop(f)
		return
	case errors.Is(err, stream.ErrClosed):
		p.retryNow(f)
		return
	case err != nil:
		p.retry(f, r, verdict{reason: document.Internal, step: "publish", err: err})
		return
	}
	if err := f.Ack(p.settle); err != nil {
		// It stands in NEWS: whoever gets it next finds a duplicate.
		p.Log.Warn().Err(err).Str("doc", r.Key).Uint64("seq", f.Seq).Msg("published, but the document could not be acknowledged")
	}
	p.logDone(f, r, took, p.tally.done(f, r, took))
	p.settled(f, r, nil)
}

// settled ends a flight that this worker settled for good.
func (p *pool) settled(f *flight, r *Result, dead error) {
	if p.Settled != nil {
		p.Settled(f.Seq, r, dead)
	}
	p.flights.release(f)
}

// verdict says why a document was not read.
type verdict struct {
	reason document.Reason
	step   string
	err    error
	final  bool // no later attempt will do better
}

func judge(err error) verdict {
	v := verdict{reason: document.MaxDeliveries, err: err}
	var refusal *document.Refusal
	var step *pipeline.StepError
	if errors.As(err, &step) {
		v.step = step.Step
	}
	switch {
	case errors.As(err, &refusal):
		return verdict{reason: refusal.Reason, step: refusal.Step, err: refusal, final: true}
	case errors.Is(err, context.DeadlineExceeded):
		v.reason = document.Timeout
	}
	return v
}

// failed decides between a later attempt and a dead letter.
func (p *pool) failed(f *flight, r *Result, err error) {
	if p.work.Err() != nil && errors.Is(err, context.Canceled) {
		p.retryNow(f) // cut short by the drain
		return
	}
	if v := judge(err); v.final {
		go p.bury(f, r, v)
	} else {
		p.retry(f, r, v)
	}
}

const (
	firstDelay   = 500 * time.Millisecond
	longestDelay = time.Minute
)

// retry gives the document back for a later attempt; after the last it is dead.
func (p *pool) retry(f *flight, r *Result, v verdict) {
	if f.Attempt >= p.Stream.MaxDeliver() {
		go p.bury(f, r, v)
		return
	}
	delay := min(longestDelay, firstDelay<<min(f.Attempt-1, 10))
	delay += rand.N(delay / 2)
	if !p.fresh(f) {
		p.drop(f)
		return
	}
	if err := f.Retry(delay); err != nil {
		p.Log.Warn().Err(err).Str("doc", r.Key).Uint64("seq", f.Seq).Msg("could not give the document back; it returns after the ack wait")
	}
	p.tally.retried()
	p.logRetry(f, r, v, delay)
	p.flights.release(f)
}

// retryNow gives back a document that this worker cannot finish, for another.
func (p *pool) retryNow(f *flight) {
	if p.fresh(f) {
		_ = f.Retry(0) // otherwise it returns after the ack wait
	}
	p.flights.release(f)
}

// drop forgets a document that is no longer ours.
func (p *pool) drop(f *flight) {
	p.Log.Info().Uint64("seq", f.Seq).Int("attempt", f.Attempt).Msg("the ack wait passed without a heartbeat; another worker has the document")
	p.flights.release(f)
}

// bury writes the dead letter and then acknowledges the document. A document
// that came before may have an article: then there is nothing to write.
func (p *pool) bury(f *flight, r *Result, v verdict) {
	if f.Attempt > 1 || f.Replayed() {
		stands, err := p.Stream.ArticleStands(p.settle, r.Key, p.input(f.Subject, f.Header.Get, nil).Source, f.Stored)
		switch {
		case err != nil:
			p.lookFailed(f, r, err)
			return
		case stands && f.Replayed():
			p.keep(f, r, v)
			return
		case stands:
			p.settleQuietly(f, r)
			return
		}
	}
	if !p.fresh(f) {
		p.drop(f)
		return
	}
	err := p.Stream.Bury(p.settle, stream.Letter{
		Key: r.Key, Version: p.Reader.Version(), Reason: v.reason, Step: v.step, Error: v.err.Error(),
		Attempts: f.Attempt, Subject: f.Subject, Seq: f.Seq, Header: f.Header, Data: f.Data,
	})
	if err != nil {
		p.lookFailed(f, r, err)
		return
	}
	if err := f.Ack(p.settle); err != nil {
		p.Log.Warn().Err(err).Str("doc", r.Key).Uint64("seq", f.Seq).Msg("the letter is written, but the document could not be acknowledged")
	}
	p.tally.died()
	p.logDead(f.Delivery, r, v)
	p.settled(f, r, v.err)
}

// lookFailed keeps a document for another try because the streams could not be
// read or written.
func (p *pool) lookFailed(f *flight, r *Result, err error) {
	p.Log.Warn().Err(err).Str("doc", r.Key).Uint64("seq", f.Seq).Msg("could not settle the document, will try again")
	go p.tryAgain(f)
}

// tryAgain has a document that could not be settled go its way once more, for as
// long as the worker runs; the heartbeats keep it ours. To give it back would
// cost it a delivery, and a cluster without leaders could so use up all of them.
func (p *pool) tryAgain(f *flight) {
	wait(p.work, time.Second)
	switch {
	case p.work.Err() != nil && f.exhausted:
		p.flights.release(f)
	case p.work.Err() != nil:
		p.retryNow(f)
	case f.exhausted:
		f.claimed.Store(false)
		p.lastTry(f)
	default:
		f.claimed.Store(false)
		p.queue <- f
	}
}

// alreadySettled looks whether a document that was delivered before has its
// letter, or its article if that is too old for the window of message ids; if
// so, only the acknowledgement was missing.
func (p *pool) alreadySettled(f *flight) bool {
	r := p.Reader.Identify(p.input(f.Subject, f.Header.Get, f.Data))
	stands, err := p.Stream.LetterStands(p.settle, r.Key, f.Seq, f.Stored)
	if err == nil && !stands && time.Since(f.Stored) > p.Stream.DedupeWindow()*9/10 {
		stands, err = p.Stream.ArticleStands(p.settle, r.Key, p.input(f.Subject, nil, nil).Source, f.Stored)
	}
	switch {
	case err != nil && f.claim():
		p.lookFailed(f, r, err)
		return true
	case stands && f.claim():
		p.settleQuietly(f, r)
		return true
	}
	return false
}

// settleQuietly acknowledges a document that was settled before.
func (p *pool) settleQuietly(f *flight, r *Result) {
	if err := f.Ack(p.settle); err != nil {
		p.Log.Warn().Err(err).Str("doc", r.Key).Uint64("seq", f.Seq).Msg("the document could not be acknowledged")
	}
	p.flights.release(f)
}

// overrun buries a document whose handler does not stop, and ends the worker.
func (p *pool) overrun(f *flight) {
	r := p.Reader.Identify(p.input(f.Subject, f.Header.Get, f.Data))
	p.bury(f, r, verdict{reason: document.Timeout, step: "pipeline", err: ErrOverrun, final: true})
	p.stop(ErrOverrun)
}

const (
	advisoryPause = time.Second            // between looks for documents that ran out of deliveries
	advisoryWait  = 100 * time.Millisecond // for one that is said to be there; the worker does nothing else meanwhile
	// lastTries is how many workers read a document that ran out of deliveries
	// once more, alone. If they end too, it is to blame.
	lastTries = 2
)

// settleExhausted is the safety net for documents whose workers ended each time.
func (p *pool) settleExhausted(ctx context.Context) {
	for ctx.Err() == nil {
		waiting, err := p.Stream.ExhaustedWaiting(ctx)
		took := false
		if err == nil && waiting {
			took, err = p.settleNext(ctx)
		}
		if err != nil && ctx.Err() == nil {
			p.Log.Warn().Err(err).Str("stream", stream.Advisories).Msg("cannot settle documents that ran out of deliveries, will try again")
		}
		if !took {
			wait(ctx, advisoryPause)
		}
	}
}

// exhaustWait bounds how long a handler tries to set a document aside, for others wait.
const exhaustWait = 10 * time.Second

// exhaust puts a document that was delivered too often among those that are
// read alone.
func (p *pool) exhaust(f *flight) {
	ctx, cancel := context.WithTimeout(p.settle, exhaustWait)
	defer cancel()
	if err := p.Stream.Exhaust(ctx, f.Delivery); err != nil {
		p.Log.Warn().Err(err).Uint64("seq", f.Seq).Msg("cannot set aside a document that ran out of deliveries; it returns after the ack wait")
	}
	p.flights.release(f)
}

// settleNext takes one such document, if there is one, and settles it. The drain
// waits for its flight.
func (p *pool) settleNext(ctx context.Context) (took bool, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.alone.Lock() // before it is taken: what ends the worker from here on is its doing
		defer p.alone.Unlock()
		var e *stream.Exhausted
		if e, err = p.Stream.NextExhausted(ctx, advisoryWait); err == nil && e != nil {
			took, err = true, p.settleOne(ctx, e)
		}
	}()
	select {
	case <-done:
		return took, err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// settleOne reads the document, for as long as it takes: to leave it to another
// worker would count against it.
func (p *pool) settleOne(ctx context.Context, e *stream.Exhausted) error {
	for {
		err := p.Stream.Find(ctx, e)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return err
		}
		p.Log.Warn().Err(err).Str("stream", stream.Documents).Uint64("seq", e.Seq).Msg("cannot read a document that ran out of deliveries, will try again")
		wait(ctx, min(time.Second, p.Stream.AckWait()/3))
		_ = e.Heartbeat() // a beat that is missed is not the last
	}
	if e.Gone {
		return e.Ack(p.settle)
	}
	f := p.board(e.Delivery)
	f.exhausted, f.guilty, f.gone = true, e.Told > lastTries, make(chan struct{})
	p.lastTry(f)
	<-f.gone // what is read is not yet stored: the next to be read could end the worker before
	return nil
}

// lastTry reads a document that ran out of deliveries, or writes its letter if
// its last tries ended the workers too. Most such documents are innocent: they
// were in hand when another one ended their workers. It is called alone, and
// until the flight has gone nothing else is read, so that what befalls the
// worker is the document's doing.
func (p *pool) lastTry(f *flight) {
	if !f.guilty {
		p.handle(f)
		return
	}
	if !p.alreadySettled(f) && f.claim() {
		p.bury(f, p.Reader.Identify(p.input(f.Subject, f.Header.Get, f.Data)), verdict{
			reason: document.MaxDeliveries, err: errors.New("every worker that had the document ended before it was done"),
		})
	}
}
