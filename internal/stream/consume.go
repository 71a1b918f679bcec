package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Delivery is one document given to this worker. It must be settled by Ack,
// Retry or Term, or another worker gets it after the ack wait.
type Delivery struct {
	Subject string
	Header  nats.Header
	Data    []byte
	Seq     uint64    // in DOCUMENTS
	Stored  time.Time // when the document was stored
	Attempt int       // 1 for the first worker that gets it
	Unread  uint64    // documents behind it when it was sent
	msg     jetstream.Msg
}

// fetchWait is how long a request for documents stays open. A drain waits for
// its end, so that no document is sent to a worker that no longer listens.
const fetchWait = time.Second

// Fetch asks for up to n documents of up to maxBytes together and hands each to
// take as it arrives. It returns when they have come or a second has passed. An
// error tells that the server could not be asked; it may pass.
func (s *Stream) Fetch(n, maxBytes int, take func(*Delivery)) error {
	batch, err := s.documents.Fetch(n, jetstream.FetchMaxWait(fetchWait), jetstream.FetchMaxBytes(maxBytes))
	if err != nil {
		return fmt.Errorf("ask for documents: %w", err)
	}
	for m := range batch.Messages() {
		if d := delivery(m); d != nil {
			take(d)
		}
	}
	if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) && !errors.Is(err, jetstream.ErrNoMessages) {
		return fmt.Errorf("receive documents: %w", err)
	}
	return nil
}

// delivery reads the facts of a message; nil for one that is not from a stream,
// which cannot be settled either.
func delivery(m jetstream.Msg) *Delivery {
	meta, err := m.Metadata()
	if err != nil {
		return nil
	}
	return &Delivery{
		Subject: m.Subject(), Header: m.Headers(), Data: m.Data(), Seq: meta.Sequence.Stream,
		Stored: meta.Timestamp, Attempt: int(meta.NumDelivered), Unread: meta.NumPending, msg: m,
	}
}

// Heartbeat tells the server that the document is still being worked on.
func (d *Delivery) Heartbeat() error { return d.msg.InProgress() }

// Retry gives the document back, to be delivered again after delay.
func (d *Delivery) Retry(delay time.Duration) error { return d.msg.NakWithDelay(delay) }

// ackTimeout bounds one attempt at an acknowledgement.
const ackTimeout = 5 * time.Second

// Ack settles the document and waits until the server has it, trying until ctx ends.
func (d *Delivery) Ack(ctx context.Context) error {
	for {
		try, cancel := context.WithTimeout(ctx, ackTimeout)
		err := d.msg.DoubleAck(try)
		cancel()
		if err == nil || errors.Is(err, jetstream.ErrMsgAlreadyAckd) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("acknowledge document %d: %w", d.Seq, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
