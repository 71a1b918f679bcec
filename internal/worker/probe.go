package worker

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// Probe tells how a running worker fares. The zero Probe is ready for a Config,
// and may be asked from the start, by any goroutine.
type Probe struct{ pool atomic.Pointer[pool] }

// ErrNotConnected is the trouble of a worker that NATS is out of reach of.
var ErrNotConnected = errors.New("it is not connected to NATS")

// Fares tells whether the worker is connected to NATS, and what keeps it from
// getting documents; nil if nothing does, though there may be none.
func (p *Probe) Fares() (connected bool, trouble error) {
	pool := p.pool.Load()
	switch {
	case pool == nil:
		return false, errors.New("it is starting")
	case !pool.Stream.Connected():
		return false, ErrNotConnected
	}
	return true, pool.taking.trouble()
}

// taking is how the requests for documents fare.
type taking struct {
	mu    sync.Mutex
	begun bool
	ended bool
	err   error // of the last request
}

func (t *taking) asked(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.begun, t.err = true, err
}

func (t *taking) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
}

func (t *taking) trouble() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.ended:
		return errors.New("it is draining and takes no more documents")
	case !t.begun:
		return errors.New("it has not asked for documents yet")
	case t.err != nil:
		return fmt.Errorf("it gets no documents: %w", t.err)
	}
	return nil
}
