package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
)

// Delivery is one document given to this worker. It must be settled by Ack or
// Retry, or another worker gets it after the ack wait.
type Delivery struct {
	Subject string
	Header  nats.Header
	Data    []byte
	Seq     uint64    // in DOCUMENTS
	Stored  time.Time // when the document was stored
	Attempt int       // 1 for the first worker that gets it
	Unread  uint64    // documents behind it when it was sent
	nc      *nats.Conn
	reply   string  // where the server hears what became of it
	replay  *Replay // in place of both, for a document that a replay gave
}

// Replayed tells whether a replay gave the document: it was settled before, and
// no other worker can get it.
func (d *Delivery) Replayed() bool { return d.replay != nil }

// fetchWait is how long a request for documents stays open. A drain waits for
// its end, so that no document is sent to a worker that no longer listens.
const fetchWait = time.Second

// Fetch asks for up to n documents of up to maxBytes together and hands each to
// take as it arrives. It returns when they have come or a second has passed. An
// error tells that the server could not be asked; it may pass.
//
// It does not use the client library's own Fetch, which ends at the first word
// of the server that a request is fulfilled. In a cluster that word overtakes
// the documents, which wait until a majority has booked their delivery, and
// those still on their way would be lost to this worker and a delivery spent.
func (s *Stream) Fetch(n, maxBytes int, take func(*Delivery)) error {
	inbox := s.nc.NewInbox()
	sub, err := s.nc.SubscribeSync(inbox)
	if err != nil {
		return fmt.Errorf("ask for documents: %w", err)
	}
	defer func() { _ = sub.Unsubscribe() }() // fails only with the connection
	request, err := json.Marshal(pullRequest{Batch: n, MaxBytes: maxBytes, Expires: fetchWait})
	if err != nil {
		return fmt.Errorf("ask for documents: %w", err)
	}
	if err := s.nc.PublishRequest(nextOf(Documents, workers), inbox, request); err != nil {
		return fmt.Errorf("ask for documents: %w", err)
	}
	end := time.Now().Add(fetchWait + time.Second) // the server ends the request before
	heard := false
	for got := 0; got < n; heard = true {
		m, err := sub.NextMsg(time.Until(end))
		switch {
		case errors.Is(err, nats.ErrTimeout) && heard:
			return nil
		case err != nil:
			return fmt.Errorf("receive documents: %w", err)
		}
		if status := m.Header.Get("Status"); status != "" {
			if n, err = promised(m, status, n); err != nil {
				return fmt.Errorf("receive documents: %w", err)
			}
			continue
		}
		got++
		if d := s.delivery(m); d != nil {
			take(d)
		}
	}
	return nil
}

// pullRequest is what a server is asked for documents with.
type pullRequest struct {
	Batch    int           `json:"batch"`
	MaxBytes int           `json:"max_bytes"`
	Expires  time.Duration `json:"expires"` // in nanoseconds
}

// nextOf is the subject of requests for the messages of a consumer.
func nextOf(stream, consumer string) string {
	return "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer
}

// promised reads a word of the server about a request for n documents, and
// tells how many it has sent or is about to send.
func promised(m *nats.Msg, status string, n int) (int, error) {
	if left, err := strconv.Atoi(m.Header.Get("Nats-Pending-Messages")); err == nil {
		return n - left, nil // fulfilled, as far as it went
	}
	switch status {
	case "100": // the server is there
		return n, nil
	case "404", "408": // nothing came
		return 0, nil
	case "503":
		return 0, nats.ErrNoResponders
	}
	return 0, fmt.Errorf("the server says %s %s", status, m.Header.Get("Description"))
}

// delivery reads the facts of a message; nil for one that is not from a stream,
// which cannot be settled either.
func (s *Stream) delivery(m *nats.Msg) *Delivery {
	meta, err := m.Metadata()
	if err != nil {
		return nil
	}
	return &Delivery{
		Subject: m.Subject, Header: m.Header, Data: m.Data, Seq: meta.Sequence.Stream,
		Stored: meta.Timestamp, Attempt: int(meta.NumDelivered), Unread: meta.NumPending,
		nc: s.nc, reply: m.Reply,
	}
}

// Heartbeat tells the server that the document is still being worked on.
func (d *Delivery) Heartbeat() error {
	if d.replay != nil {
		return nil
	}
	return d.nc.Publish(d.reply, []byte("+WPI"))
}

// Retry gives the document back, to be delivered again after delay.
func (d *Delivery) Retry(delay time.Duration) error {
	if d.replay != nil {
		d.replay.again(d, delay)
		return nil
	}
	no := "-NAK"
	if delay > 0 {
		no = fmt.Sprintf(`-NAK {"delay": %d}`, delay.Nanoseconds())
	}
	return d.nc.Publish(d.reply, []byte(no))
}

// ackTimeout bounds one attempt at an acknowledgement.
const ackTimeout = 5 * time.Second

// Ack settles the document and waits until the server has it, trying until ctx ends.
func (d *Delivery) Ack(ctx context.Context) error {
	if d.replay != nil {
		d.replay.settled()
		return nil
	}
	for {
		try, cancel := context.WithTimeout(ctx, ackTimeout)
		_, err := d.nc.RequestWithContext(try, d.reply, []byte("+ACK"))
		cancel()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("acknowledge document %d: %w", d.Seq, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
