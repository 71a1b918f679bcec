package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
)

// Headers of a dead letter.
const (
	HeaderReason    = "Telex-Reason"
	HeaderError     = "Telex-Error"
	HeaderStep      = "Telex-Step"
	HeaderAttempts  = "Telex-Attempts"
	HeaderSubject   = "Telex-Subject"
	HeaderStreamSeq = "Telex-Stream-Seq"

	maxError = 1 << 10 // bytes of HeaderError
)

// Letter is a document that cannot be processed, and why.
type Letter struct {
	Key      string // of the document, or of its bytes where it could not be read
	Version  string // of the pipeline
	Reason   document.Reason
	Step     string
	Error    string
	Attempts int
	Subject  string // that the document came on
	Seq      uint64 // of the document in DOCUMENTS
	Header   nats.Header
	Data     []byte // as the publisher sent it
}

// Bury stores a dead letter, trying until ctx ends. The same letter stands once.
func (s *Stream) Bury(ctx context.Context, l Letter) error {
	m := &nats.Msg{Subject: "dead." + string(l.Reason), Data: l.Data, Header: nats.Header{}}
	for name, values := range l.Header {
		if !strings.HasPrefix(name, "Nats-") { // the server's own would act on the letter
			m.Header[name] = values
		}
	}
	for name, value := range map[string]string{
		jetstream.MsgIDHeader: fmt.Sprintf("%s@%d@%s", l.Key, l.Seq, l.Version),
		HeaderReason:          string(l.Reason), HeaderStep: oneLine(l.Step, 64), HeaderError: oneLine(l.Error, maxError),
		HeaderAttempts: strconv.Itoa(l.Attempts), HeaderSubject: l.Subject, HeaderStreamSeq: strconv.FormatUint(l.Seq, 10),
	} {
		m.Header.Set(name, value)
	}
	if err := s.publishOne(ctx, m); err != nil {
		return fmt.Errorf("write the dead letter of document %d: %w", l.Seq, err)
	}
	return nil
}

// oneLine makes text fit for a header: at most n bytes, no line breaks or other
// controls, cut at a character's edge.
func oneLine(text string, n int) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
	if len(text) > n {
		for n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		text = text[:n]
	}
	return strings.TrimSpace(text)
}

// ArticleStands tells whether NEWS holds an article of the document, of any
// version. source is the token of the document's subject; stored is when the
// document was stored.
func (s *Stream) ArticleStands(ctx context.Context, key, source string, stored time.Time) (bool, error) {
	return s.stands(ctx, News, "articles.*."+source, key+"@", stored)
}

// LetterStands tells whether DEAD holds a letter of the document with that
// sequence, of any version.
func (s *Stream) LetterStands(ctx context.Context, key string, seq uint64, stored time.Time) (bool, error) {
	return s.stands(ctx, Dead, "dead.*", fmt.Sprintf("%s@%d@", key, seq), stored)
}

// clockSkew is how far the clocks of two servers may be apart.
const clockSkew = time.Minute

// stands looks for a message id with a prefix, among the headers alone.
func (s *Stream) stands(ctx context.Context, name, filter, prefix string, since time.Time) (found bool, err error) {
	err = s.eachHeader(ctx, name, filter, since, func(h nats.Header) bool {
		found = strings.HasPrefix(h.Get(jetstream.MsgIDHeader), prefix)
		return !found
	})
	return found, err
}

// eachHeader hands the headers of a stream's messages from a time on to do,
// until it returns false. What comes after it began is left out.
func (s *Stream) eachHeader(ctx context.Context, name, filter string, since time.Time, do func(nats.Header) bool) error {
	since = since.Add(-clockSkew)
	consumer, err := s.js.OrderedConsumer(ctx, name, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{filter}, DeliverPolicy: jetstream.DeliverByStartTimePolicy,
		OptStartTime: &since, HeadersOnly: true, InactiveThreshold: 30 * time.Second,
	})
	if err != nil {
		return fmt.Errorf("look into stream %s: %w", name, err)
	}
	info := consumer.CachedInfo()
	defer func() { _ = s.js.DeleteConsumer(context.WithoutCancel(ctx), name, info.Name) }() // it would end by itself
	for left := info.NumPending; left > 0; {
		batch, err := consumer.FetchNoWait(int(min(left, 1000)))
		if err != nil {
			return fmt.Errorf("read stream %s: %w", name, err)
		}
		got, more := uint64(0), true
		for m := range batch.Messages() {
			got++
			more = more && do(m.Headers())
		}
		if !more {
			return nil
		}
		if err := batch.Error(); err != nil {
			return fmt.Errorf("read stream %s: %w", name, err)
		}
		if got == 0 {
			return ctx.Err() // what was pending has gone meanwhile
		}
		left -= min(got, left)
	}
	return nil
}

// Exhausted is a document that ran out of deliveries: each worker that had it
// died or fell silent. Its Ack settles it for good; without that it is told of
// again after the ack wait.
type Exhausted struct {
	*Delivery      // Attempt counts the deliveries that it had
	Told      int  // times that a worker has been told of it, this time included
	Gone      bool // after Find: the document is no longer in DOCUMENTS
}

// Exhaust hands a document that was delivered too often over to ADVISORIES, from
// where it is taken alone, and acknowledges it. Told twice, it stands there once.
// It tries until ctx ends.
func (s *Stream) Exhaust(ctx context.Context, d *Delivery) error {
	word, err := json.Marshal(advisory{Seq: d.Seq, Deliveries: d.Attempt - 1, Consumer: workers})
	if err != nil {
		return fmt.Errorf("hand document %d over to %s: %w", d.Seq, Advisories, err)
	}
	m := &nats.Msg{Subject: exhausted + workers, Data: word, Header: nats.Header{}}
	m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%d@%d", d.Seq, d.Stored.UnixNano())) // the sequence alone could be that of a stream made anew
	if err := s.publishOne(ctx, m); err != nil {
		return fmt.Errorf("hand document %d over to %s: %w", d.Seq, Advisories, denied(s.nc, m.Subject, err))
	}
	return d.Ack(ctx)
}

// advisory is what the server, or Exhaust, says of such a document.
type advisory struct {
	Seq        uint64 `json:"stream_seq"`
	Deliveries int    `json:"deliveries"`
	Consumer   string `json:"consumer"`
}

// ExhaustedWaiting tells whether there is word of a document that ran out of
// deliveries and is not settled; another worker may have it in hand.
func (s *Stream) ExhaustedWaiting(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	info, err := s.advisories.Info(ctx)
	if err != nil {
		return false, fmt.Errorf("look at the consumer of %s: %w", Advisories, err)
	}
	return info.NumPending > 0 || info.NumAckPending > 0, nil
}

// NextExhausted waits up to the given time for word of a document that ran out
// of deliveries; nil without. Find reads the document itself.
func (s *Stream) NextExhausted(ctx context.Context, wait time.Duration) (*Exhausted, error) {
	batch, err := s.advisories.Fetch(1, jetstream.FetchMaxWait(wait))
	if err != nil {
		return nil, fmt.Errorf("ask for advisories: %w", err)
	}
	var msg jetstream.Msg
	for m := range batch.Messages() {
		msg = m
	}
	if msg == nil {
		if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) {
			return nil, fmt.Errorf("receive advisories: %w", err)
		}
		return nil, nil
	}
	meta, err := msg.Metadata()
	if err != nil {
		return nil, fmt.Errorf("read an advisory: %w", err)
	}
	e := &Exhausted{Delivery: &Delivery{nc: s.nc, reply: msg.Reply()}, Told: int(meta.NumDelivered)}
	var a advisory
	if err := json.Unmarshal(msg.Data(), &a); err == nil && a.Consumer == workers {
		e.Seq, e.Attempt = a.Seq, a.Deliveries
	}
	return e, nil
}

// Find reads the document that ran out of deliveries. Its error may pass.
func (s *Stream) Find(ctx context.Context, e *Exhausted) error {
	if e.Seq == 0 {
		e.Gone = true // the advisory was not about our documents
		return nil
	}
	docs, err := s.js.Stream(ctx, Documents)
	if err != nil {
		return fmt.Errorf("look at stream %s: %w", Documents, err)
	}
	m, err := docs.GetMsg(ctx, e.Seq)
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound):
		return e.confirmGone(ctx, docs)
	case err != nil:
		return fmt.Errorf("read document %d: %w", e.Seq, err)
	}
	e.Subject, e.Header, e.Data, e.Stored = m.Subject, m.Header, m.Data, m.Time
	return nil
}

// confirmGone asks the leader of the stream whether a document that was not
// found is gone: any server of a cluster may have answered, also one that is behind.
func (e *Exhausted) confirmGone(ctx context.Context, docs jetstream.Stream) error {
	info, err := docs.Info(ctx, jetstream.WithDeletedDetails(true))
	if err != nil {
		return fmt.Errorf("look whether document %d is gone: %w", e.Seq, err)
	}
	if e.Seq >= info.State.FirstSeq && !slices.Contains(info.State.Deleted, e.Seq) {
		return fmt.Errorf("document %d was not found, but it is there; a server of the cluster may be behind", e.Seq)
	}
	e.Gone = true
	return nil
}
