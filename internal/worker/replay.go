package worker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"telex/internal/stream"
)

// Replayed counts what became of the documents of a replay.
type Replayed struct {
	Published int // articles of this version that did not stand before
	Known     int // documents whose article of this version stood
	Kept      int // documents that this version cannot read, whose earlier article stands
	Dead      int // documents that this version cannot read, with a new letter
	LeftOut   int // documents that have a letter from before
	Left      int // documents, or sequences, that were not looked at
}

func (r Replayed) String() string {
	return fmt.Sprintf("%d articles published, %d stood already, %d documents kept their earlier article, %d dead letters written, %d documents left out because they have one",
		r.Published, r.Known, r.Kept, r.Dead, r.LeftOut)
}

// Replay reads the documents of a replay with c.Reader, and settles them as a
// worker does. It ends when all are settled, or with ctx: then the error says
// how many were not looked at, and the next replay passes over those that were.
// Documents, Known, Feed, UntilIdle and Settled of c are its own.
func Replay(ctx context.Context, c Config, r *stream.Replay) (Replayed, error) {
	counter := &replayCounter{}
	c.Documents, c.Known, c.Feed, c.UntilIdle, c.Settled = r, r.Known, nil, true, counter.settled
	ended := make(chan struct{})
	var beside sync.WaitGroup
	beside.Go(func() { counter.report(c, r, ended) })
	err := Run(ctx, c)
	close(ended)
	beside.Wait()
	sum := counter.sum(r)
	if err == nil && sum.Left > 0 {
		err = fmt.Errorf("replay: ended with %d documents or more left; done again, it passes over those that are done", sum.Left)
	}
	return sum, err
}

// errKept tells that this version cannot read a document of which an earlier
// article stands.
var errKept = errors.New("this version cannot read the document; its earlier article stands")

// keep settles a replayed document that cannot be read, but was before: a
// letter beside its article would make two fates of one document.
func (p *pool) keep(f *flight, r *Result, v verdict) {
	p.about(p.Log.Warn(), f.Delivery, r).Str("reason", string(v.reason)).Str("step", v.step).AnErr("error", v.err).
		Time("stored", f.Stored.UTC()).Msg(errKept.Error())
	_ = f.Ack(p.settle) // of a replay it cannot fail
	p.settled(f, r, errKept)
}

// known settles a document whose article stands, without reading it.
func (p *pool) known(f *flight) bool {
	if p.Known == nil {
		return false
	}
	r := p.Reader.Identify(p.input(f.Subject, f.Header.Get, f.Data))
	if !p.Known(r.Key) || !f.claim() {
		return false
	}
	if err := f.Ack(p.settle); err != nil {
		p.Log.Warn().Err(err).Str("doc", r.Key).Uint64("seq", f.Seq).Msg("the document could not be acknowledged")
	}
	p.settled(f, r, nil)
	return true
}

// replayCounter is told of each settled document.
type replayCounter struct {
	mu    sync.Mutex
	count Replayed
}

func (c *replayCounter) settled(_ uint64, r *Result, dead error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case errors.Is(dead, errKept):
		c.count.Kept++
	case dead != nil:
		c.count.Dead++
	case len(r.Messages) == 0:
		c.count.Known++
	default:
		c.count.Published++
	}
}

func (c *replayCounter) sum(r *stream.Replay) Replayed {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.count
	out.LeftOut = r.LeftOut()
	left, _ := r.Backlog(context.Background()) // it looks nowhere
	out.Left = int(left.Unread) + left.AckPending
	return out
}

// replayLines is the time between lines that say how far a replay is.
const replayLines = 5 * time.Second

func (c *replayCounter) report(config Config, r *stream.Replay, ended <-chan struct{}) {
	tick := time.NewTicker(replayLines)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
			sum := c.sum(r)
			config.Log.Info().Int("published", sum.Published).Int("known", sum.Known).Int("kept", sum.Kept).
				Int("dead", sum.Dead).Int("left", sum.Left).Msg("replay goes on")
		}
	}
}
