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
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Message is one message for NEWS.
type Message struct {
	Subject string
	ID      string // message id; "" for one that rides with the article before it
	Data    []byte
}

// Limits of an atomic batch.
const (
	MaxBatch      = 1000     // messages, by the server
	maxBatchBytes = 16 << 20 // bytes, ours: the server holds a batch in memory
)

// ErrStale is the error of a bundle that nobody wants any more.
var ErrStale = errors.New("the result is too old: the document may have been given to another worker")

// Bundle is an article with all that rides with it; it is published whole or
// not at all. The first message carries the id.
type Bundle struct {
	Messages []Message
	Wanted   func() bool // asked before each attempt; false drops the bundle with ErrStale
	Done     func(error) // called once, nil when the bundle stands in NEWS; must not block
}

func (b *Bundle) bytes() (n int) {
	for i := range b.Messages {
		n += len(b.Messages[i].Data) + len(b.Messages[i].Subject)
	}
	return n
}

// Publisher stores bundles in NEWS. Bundles that wait while a batch is being
// written share the next one, for one fsync serves them all.
type Publisher struct {
	s       *Stream
	ctx     context.Context
	queue   chan *Bundle
	stopped chan struct{}
	wg      sync.WaitGroup
}

// writers is how many batches are under way at once: while the server syncs
// one, the next is sent.
const writers = 2

// ErrClosed is the error of a bundle that came after Close.
var ErrClosed = errors.New("the publisher is closed")

// NewPublisher starts a publisher; after ctx ends it tries each bundle only
// once more. Close ends it.
func (s *Stream) NewPublisher(ctx context.Context) *Publisher {
	p := &Publisher{s: s, ctx: ctx, queue: make(chan *Bundle, MaxBatch), stopped: make(chan struct{})}
	for range writers {
		p.wg.Go(p.write)
	}
	return p
}

// Publish hands a bundle over; its Done tells the outcome. It blocks while a
// thousand bundles wait. No message may be larger than MaxPayload, and there
// may be at most MaxBatch.
func (p *Publisher) Publish(b *Bundle) {
	select {
	case <-p.stopped:
		b.Done(ErrClosed)
		return
	default:
	}
	select {
	case p.queue <- b:
	case <-p.stopped:
		b.Done(ErrClosed)
	}
}

// Close ends the publisher. The caller waits for the outcome of its bundles
// before; one that comes later gets ErrClosed, or is left without.
func (p *Publisher) Close() {
	close(p.stopped)
	p.wg.Wait()
}

func (p *Publisher) write() {
	var held *Bundle
	for {
		first := held
		if first == nil {
			select {
			case first = <-p.queue:
			case <-p.stopped:
				return
			}
		}
		var group []*Bundle
		group, held = p.gather(first)
		p.commit(group)
	}
}

// gather takes what waits behind first, as far as it fits in one batch; a
// bundle that does not fit is held for the next.
func (p *Publisher) gather(first *Bundle) (group []*Bundle, held *Bundle) {
	group = append(group, first)
	count, size := len(first.Messages), first.bytes()
	for {
		select {
		case b := <-p.queue:
			count, size = count+len(b.Messages), size+b.bytes()
			if count > MaxBatch || size > maxBatchBytes {
				return group, b
			}
			group = append(group, b)
		default:
			return group, nil
		}
	}
}

// commit stores a group and tells each bundle its outcome. A group that is
// refused for one of its bundles is stored bundle by bundle.
func (p *Publisher) commit(group []*Bundle) {
	group = p.once(group)
	for attempt := 0; ; attempt++ {
		group = stillWanted(group)
		if len(group) == 0 {
			return
		}
		err := p.store(group)
		switch {
		case err == nil, len(group) == 1 && isDuplicate(err):
			tell(group, nil)
			return
		case isDuplicate(err) || isPermanent(err):
			if len(group) == 1 {
				tell(group, err)
				return
			}
			for _, b := range group {
				p.commit([]*Bundle{b})
			}
			return
		}
		if !p.pause(attempt) {
			tell(group, err)
			return
		}
	}
}

// once leaves of bundles with the same id only the first, for a batch with two
// is refused; the others share its outcome.
func (p *Publisher) once(group []*Bundle) []*Bundle {
	seen := make(map[string]*Bundle, len(group))
	out := group[:0:0]
	for _, b := range group {
		first := seen[b.Messages[0].ID]
		if first == nil {
			seen[b.Messages[0].ID] = b
			out = append(out, b)
			continue
		}
		tellFirst, tellThis := first.Done, b.Done
		first.Done = func(err error) { tellFirst(err); tellThis(err) }
	}
	return out
}

func stillWanted(group []*Bundle) []*Bundle {
	out := group[:0:0]
	for _, b := range group {
		if b.Wanted == nil || b.Wanted() {
			out = append(out, b)
		} else {
			b.Done(ErrStale)
		}
	}
	return out
}

func tell(group []*Bundle, err error) {
	for _, b := range group {
		b.Done(err)
	}
}

// storeTimeout bounds one attempt at a batch; the server forgets an unfinished
// one after ten seconds.
const storeTimeout = 10 * time.Second

func (p *Publisher) store(group []*Bundle) error {
	var messages []*nats.Msg
	for _, b := range group {
		for i := range b.Messages {
			messages = append(messages, b.Messages[i].nats())
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), storeTimeout)
	defer cancel()
	if len(messages) == 1 {
		_, err := p.s.js.PublishMsg(ctx, messages[0], jetstream.WithRetryAttempts(0)) // a duplicate is no error here
		return err
	}
	// Without AckFirst a batch costs one round trip; that it is refused is told
	// at the commit.
	_, err := jetstreamext.PublishMsgBatch(ctx, p.s.js, messages, jetstreamext.BatchFlowControl{})
	return err
}

func (m *Message) nats() *nats.Msg {
	out := &nats.Msg{Subject: m.Subject, Data: m.Data, Header: nats.Header{}} // a nil header would panic in a batch
	if m.ID != "" {
		out.Header.Set(jetstream.MsgIDHeader, m.ID)
	}
	return out
}

// pause waits before the next attempt, with jitter so that workers who were
// refused together do not come back together. It is false once the publisher's
// context has ended.
func (p *Publisher) pause(attempt int) bool {
	wait := min(2*time.Second, 10*time.Millisecond<<min(attempt, 8))
	select {
	case <-p.ctx.Done():
		return false
	case <-time.After(wait/2 + rand.N(wait)):
		return true
	}
}

func apiCode(err error) (code jetstream.ErrorCode, status int) {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.ErrorCode, api.Code
	}
	var other jetstream.JetStreamError
	if errors.As(err, &other) && other.APIError() != nil {
		return other.APIError().ErrorCode, other.APIError().Code
	}
	return 0, 0
}

func isDuplicate(err error) bool {
	code, _ := apiCode(err)
	return code == jetstreamext.JSErrCodeBatchPublishDuplicateMsgID
}

// isPermanent tells whether the same messages would be refused again. What the
// server is only too busy for, or forgot, may pass.
func isPermanent(err error) bool {
	var notAllowed *denial
	if errors.Is(err, nats.ErrMaxPayload) || errors.Is(err, nats.ErrBadSubject) || errors.As(err, &notAllowed) {
		return true
	}
	switch code, status := apiCode(err); code {
	case jetstreamext.JSErrCodeAtomicPublishTooManyInflight, jetstreamext.JSErrCodeBatchPublishTooManyInflight,
		jetstreamext.JSErrCodeBatchPublishIncomplete:
		return false
	default:
		return status == 400
	}
}

// publishOne stores one message outside a batch, trying until ctx ends or the
// message is refused for good. A duplicate is no error.
func (s *Stream) publishOne(ctx context.Context, m *nats.Msg) error {
	for attempt := 0; ; attempt++ {
		try, cancel := context.WithTimeout(ctx, ackTimeout)
		_, err := s.js.PublishMsg(try, m)
		cancel()
		if err == nil {
			return nil
		}
		if isPermanent(err) || ctx.Err() != nil {
			return fmt.Errorf("publish on %s: %w", m.Subject, err)
		}
		wait := min(2*time.Second, 20*time.Millisecond<<min(attempt, 7))
		select {
		case <-ctx.Done():
			return fmt.Errorf("publish on %s: %w", m.Subject, err)
		case <-time.After(wait/2 + rand.N(wait)):
		}
	}
}
