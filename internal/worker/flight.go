package worker

import (
	"sync"
	"sync/atomic"
	"time"

	"telex/internal/stream"
)

// flight is one document between its receipt and its settlement.
type flight struct {
	*stream.Delivery
	taken    time.Time
	beat     atomic.Int64 // when the server last heard of it, in nanoseconds since the pool began
	overdue  atomic.Int64 // when a handler has held it too long, likewise; 0 while none holds it
	claimed  atomic.Bool  // somebody is settling it
	lost     atomic.Bool  // the ack wait passed without a heartbeat: another worker may have it
	released atomic.Bool

	exhausted bool          // it ran out of deliveries, and this is its last try
	guilty    bool          // so did the last tries
	gone      chan struct{} // closed by the release of an exhausted one; nil for others
}

// claim gives the right to settle the flight, once.
func (f *flight) claim() bool { return f.claimed.CompareAndSwap(false, true) }

// flights is the table of documents in flight.
type flights struct {
	mu    sync.Mutex
	open  map[*flight]struct{}
	bytes int
	freed chan struct{} // receives after a release, when nobody has taken the last one
}

func newFlights() *flights {
	return &flights{open: map[*flight]struct{}{}, freed: make(chan struct{}, 1)}
}

func (fs *flights) add(f *flight) {
	fs.mu.Lock()
	fs.open[f] = struct{}{}
	fs.bytes += len(f.Data)
	fs.mu.Unlock()
}

// release takes a flight out of the table; a second call does nothing.
func (fs *flights) release(f *flight) {
	if !f.released.CompareAndSwap(false, true) {
		return
	}
	fs.mu.Lock()
	delete(fs.open, f)
	fs.bytes -= len(f.Data)
	fs.mu.Unlock()
	if f.gone != nil {
		close(f.gone)
	}
	select {
	case fs.freed <- struct{}{}:
	default:
	}
}

func (fs *flights) size() (count, bytes int) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return len(fs.open), fs.bytes
}

// list gives the open flights in no order.
func (fs *flights) list() []*flight {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	out := make([]*flight, 0, len(fs.open))
	for f := range fs.open {
		out = append(out, f)
	}
	return out
}
