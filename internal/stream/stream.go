package stream

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Stream is the worker's end of NATS. Its methods may be called by many
// goroutines at once.
type Stream struct {
	nc         *nats.Conn
	js         jetstream.JetStream
	documents  jetstream.Consumer
	advisories jetstream.Consumer
	ackWait    time.Duration
	maxDeliver int
	window     time.Duration
	maxBytes   int64 // of Documents; 0 or less for no limit
}

// Open checks the streams and finds the consumers. It changes nothing. While a
// cluster elects its leaders, it waits up to a minute.
func Open(ctx context.Context, nc *nats.Conn) (s *Stream, err error) {
	err = heeding(ctx, nc, func(ctx context.Context) error {
		return patiently(ctx, nc, func(ctx context.Context) error {
			s, err = open(ctx, nc)
			return err
		})
	})
	return s, err
}

func open(ctx context.Context, nc *nats.Conn) (*Stream, error) {
	if size := nc.MaxPayload(); size < MaxPayload {
		return nil, fmt.Errorf("the NATS server takes messages of %d bytes; Telex needs max_payload: 8MB in the server's configuration", size)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	if err := check(ctx, js); err != nil {
		return nil, err
	}
	s := &Stream{nc: nc, js: js}
	for name, into := range map[string]*jetstream.Consumer{Documents: &s.documents, Advisories: &s.advisories} {
		durable := DefaultSettings().consumers()[name].Durable
		if *into, err = js.Consumer(ctx, name, durable); err != nil {
			return nil, fmt.Errorf("find consumer %s of stream %s: %w; an administrator makes it with `worker init`", durable, name, err)
		}
	}
	if err := checkConsumers(s); err != nil {
		return nil, err
	}
	config := s.documents.CachedInfo().Config
	if s.ackWait, s.maxDeliver = config.AckWait, config.MaxDeliver; s.maxDeliver <= 0 {
		s.maxDeliver = maxDeliver
	}
	news, err := js.Stream(ctx, News)
	if err != nil {
		return nil, fmt.Errorf("look at stream %s: %w", News, err)
	}
	s.window = news.CachedInfo().Config.Duplicates
	docs, err := js.Stream(ctx, Documents)
	if err != nil {
		return nil, fmt.Errorf("look at stream %s: %w", Documents, err)
	}
	s.maxBytes = docs.CachedInfo().Config.MaxBytes
	return s, nil
}

// AckWait is how long a document may go without a heartbeat before it is given
// to another worker.
func (s *Stream) AckWait() time.Duration { return s.ackWait }

// MaxDeliver is how many times a document is given to a worker; after that it
// counts as one that ends its workers. It is 5, or what an administrator has set.
func (s *Stream) MaxDeliver() int { return s.maxDeliver }

// DedupeWindow is how long NEWS remembers a message id.
func (s *Stream) DedupeWindow() time.Duration { return s.window }

// Connected tells whether NATS is within reach right now.
func (s *Stream) Connected() bool { return s.nc.IsConnected() }

// Backlog is what is still to be done.
type Backlog struct {
	Unread      uint64        // documents that no worker has been given
	AckPending  int           // documents that workers hold
	Redelivered int           // of these, given before
	Advisories  uint64        // documents that ran out of deliveries and have no letter yet
	OldestAge   time.Duration // of the oldest document that no worker has been given; 0 without one
}

// Idle tells whether nothing is left to do.
func (b Backlog) Idle() bool { return b.Unread == 0 && b.AckPending == 0 && b.Advisories == 0 }

// Backlog asks the server; it is not for the hot path.
func (s *Stream) Backlog(ctx context.Context) (Backlog, error) {
	docs, err := s.documents.Info(ctx)
	if err != nil {
		return Backlog{}, fmt.Errorf("look at the backlog of %s: %w", Documents, err)
	}
	letters, err := s.advisories.Info(ctx)
	if err != nil {
		return Backlog{}, fmt.Errorf("look at the backlog of %s: %w", Advisories, err)
	}
	b := Backlog{
		Unread: docs.NumPending, AckPending: docs.NumAckPending, Redelivered: docs.NumRedelivered,
		Advisories: letters.NumPending + uint64(letters.NumAckPending),
	}
	if b.Unread > 0 {
		b.OldestAge = s.ageAfter(ctx, docs.Delivered.Stream)
	}
	return b, nil
}

// ageAfter is the age of the first document after seq, 0 if it is gone.
func (s *Stream) ageAfter(ctx context.Context, seq uint64) time.Duration {
	docs, err := s.js.Stream(ctx, Documents)
	if err != nil {
		return 0
	}
	m, err := docs.GetMsg(ctx, max(seq+1, docs.CachedInfo().State.FirstSeq))
	if err != nil {
		return 0
	}
	return max(0, docs.CachedInfo().TimeStamp.Sub(m.Time))
}
