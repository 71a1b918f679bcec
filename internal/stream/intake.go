package stream

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Incoming is a document on its way into the stream.
type Incoming struct {
	Source string // the token of its subject
	ID     string // message id: the document's key
	Header map[string]string
	Data   []byte
	// Stored is called once, in the order of publication. duplicate tells that
	// the stream had the document already.
	Stored func(duplicate bool, err error)
}

// Intake publishes documents. It is for one goroutine.
type Intake struct {
	js      jetstream.JetStream
	ctx     context.Context
	patient time.Duration
	pending chan sent
	wg      sync.WaitGroup

	mu    sync.Mutex
	bytes int        // unacknowledged
	freed *sync.Cond // bytes became fewer
}

type sent struct {
	doc    Incoming
	msg    *nats.Msg
	future jetstream.PubAckFuture
	err    error
}

// What may be unacknowledged at once.
const (
	inFlight      = 1000     // documents
	inFlightBytes = 16 << 20 // of them together, or one that is larger
)

// NewIntake checks that DOCUMENTS is there, if it may look. A document that is not acknowledged
// is published again, under the same message id, for as long as patient says;
// what the stream refuses for good is not.
func NewIntake(ctx context.Context, nc *nats.Conn, patient time.Duration) (*Intake, error) {
	js, err := jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(2*inFlight), jetstream.WithPublishAsyncTimeout(ackTimeout))
	if err != nil {
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	err = heeding(ctx, nc, func(ctx context.Context) error {
		return patiently(ctx, nc, func(ctx context.Context) error {
			_, err := js.Stream(ctx, Documents)
			return err
		})
	})
	// A publisher may be allowed to publish and nothing else, or have an account
	// to itself, without streams; then publishing tells whether what it sends is
	// stored.
	var notAllowed *denial
	if err != nil && !errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount) && !errors.As(err, &notAllowed) {
		return nil, fmt.Errorf("find stream %s: %w; start a worker, or make the streams with `worker init`", Documents, err)
	}
	in := &Intake{js: js, ctx: ctx, patient: patient, pending: make(chan sent, inFlight)}
	in.freed = sync.NewCond(&in.mu)
	in.wg.Go(in.collect)
	return in, nil
}

// Publish sends a document. It blocks while a thousand, or 16 MiB, are
// unacknowledged.
func (in *Intake) Publish(doc Incoming) {
	in.reserve(len(doc.Data))
	m := &nats.Msg{Subject: "documents." + doc.Source, Data: doc.Data, Header: nats.Header{}}
	m.Header.Set(jetstream.MsgIDHeader, doc.ID)
	for name, value := range doc.Header {
		m.Header.Set(name, value)
	}
	s := sent{doc: doc, msg: m}
	s.future, s.err = in.js.PublishMsgAsync(m, jetstream.WithRetryAttempts(0))
	in.pending <- s
}

// Close waits until every document has its outcome.
func (in *Intake) Close() {
	close(in.pending)
	in.wg.Wait()
}

func (in *Intake) reserve(n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for in.bytes > 0 && in.bytes+n > inFlightBytes {
		in.freed.Wait()
	}
	in.bytes += n
}

func (in *Intake) release(n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.bytes -= n
	in.freed.Signal()
}

func (in *Intake) collect() {
	for s := range in.pending {
		ack, err := s.outcome()
		in.release(len(s.doc.Data))
		if err != nil {
			err = denied(in.js.Conn(), s.msg.Subject, err)
		}
		if err != nil && !isPermanent(err) {
			ack, err = in.again(s.msg, err)
		}
		if err != nil {
			s.doc.Stored(false, explain(err))
			continue
		}
		s.doc.Stored(ack.Duplicate, nil)
	}
}

func (s *sent) outcome() (*jetstream.PubAck, error) {
	if s.err != nil {
		return nil, s.err
	}
	select {
	case ack := <-s.future.Ok():
		return ack, nil
	case err := <-s.future.Err():
		return nil, err
	}
}

// again publishes until it succeeds, patience ends, or the context does.
func (in *Intake) again(m *nats.Msg, err error) (*jetstream.PubAck, error) {
	end := time.Now().Add(in.patient)
	pause := time.Duration(0) // after an outage all that was in flight is sent again, at full speed
	for time.Now().Before(end) {
		select {
		case <-in.ctx.Done():
			return nil, err
		case <-time.After(pause/2 + rand.N(pause+1)):
		}
		pause = min(2*time.Second, 2*pause+50*time.Millisecond)
		again := &nats.Msg{Subject: m.Subject, Data: m.Data, Header: m.Header} // the reply of the first attempt is spent
		try, cancel := context.WithTimeout(in.ctx, ackTimeout)
		var ack *jetstream.PubAck
		ack, err = in.js.PublishMsg(try, again)
		cancel()
		if err == nil || isPermanent(err) {
			return ack, err
		}
		if err = denied(in.js.Conn(), m.Subject, err); isPermanent(err) {
			return nil, err
		}
	}
	return nil, err
}
