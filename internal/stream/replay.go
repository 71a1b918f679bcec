package stream

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Range says which stored documents a replay takes.
type Range struct {
	Since  time.Time // stored at this time or later
	Until  time.Time // and before this one; zero for all that stand when it begins
	Source string    // token of their subject; "" for any
}

// Replay gives the documents of a range once more, to a pool of this process
// alone. It reads the stream itself and keeps its place here: the consumer of
// the workers does not hear of it. Documents that have a dead letter are left
// out: they are for Retry. Its methods may be called by many goroutines at once.
type Replay struct {
	s       *Stream
	ctx     context.Context
	subject string
	known   keys
	buried  map[uint64]struct{}

	mu      sync.Mutex
	next    uint64 // sequence from which on documents were not given yet
	end     uint64 // the last sequence of the range
	empty   int    // pages in a row that held nothing, though the end was not reached
	open    int    // documents given and not yet settled
	leftOut int
	due     []*Delivery // to be given again
	changed chan struct{}
}

// NewReplay looks up the range, the letters in DEAD and the articles in NEWS
// that this version wrote already. It holds 16 bytes for each such article. ctx
// also ends the replay.
func (s *Stream) NewReplay(ctx context.Context, version string, r Range) (*Replay, error) {
	p := &Replay{s: s, ctx: ctx, subject: "documents.*", changed: make(chan struct{}, 1)}
	err := heeding(ctx, s.nc, func(ctx context.Context) error { return p.lookUp(ctx, version, r) })
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Replay) lookUp(ctx context.Context, version string, r Range) error {
	articles := "articles.*.*"
	if r.Source != "" {
		p.subject, articles = "documents."+r.Source, "articles.*."+r.Source
	}
	info, err := p.s.js.Stream(ctx, Documents)
	if err != nil {
		return fmt.Errorf("look at stream %s: %w", Documents, err)
	}
	p.end = info.CachedInfo().State.LastSeq
	if p.next, err = p.s.firstSince(ctx, r.Since, p.end); err != nil {
		return err
	}
	if !r.Until.IsZero() {
		after, err := p.s.firstSince(ctx, r.Until, p.end)
		if err != nil {
			return err
		}
		p.end = after - 1
	}
	if p.next > p.end {
		return nil
	}
	if p.buried, err = p.s.buriedSince(ctx, r.Since); err != nil {
		return err
	}
	p.known, err = p.s.articlesSince(ctx, articles, version, r.Since)
	return err
}

// patientTries is how often a look that found nothing is repeated: any server
// of a cluster may answer, also one that is a little behind.
const patientTries = 3

// firstSince is the sequence of the first document stored at a time or later;
// one after the last if there is none.
func (s *Stream) firstSince(ctx context.Context, at time.Time, last uint64) (uint64, error) {
	for range patientTries {
		try, cancel := context.WithTimeout(ctx, scanTimeout)
		messages, err := jetstreamext.GetBatch(try, s.js, Documents, 1, jetstreamext.GetBatchStartTime(at), jetstreamext.GetBatchSubject(">"))
		if err == nil {
			err = fmt.Errorf("no answer within %s", scanTimeout)
			for m, e := range messages {
				if err = e; e == nil && m.Sequence > 0 {
					cancel()
					return m.Sequence, nil
				}
			}
		}
		cancel()
		if !errors.Is(err, jetstreamext.ErrNoMessages) {
			return 0, fmt.Errorf("find the documents stored since %s: %w", at.UTC().Format(time.RFC3339), denied(s.nc, "$JS.API.DIRECT.GET."+Documents, err))
		}
		if last == 0 {
			break
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(fetchWait):
		}
	}
	return last + 1, nil
}

// buriedSince gives the sequences of documents that have a dead letter.
func (s *Stream) buriedSince(ctx context.Context, since time.Time) (map[uint64]struct{}, error) {
	out := map[uint64]struct{}{}
	err := s.eachHeader(ctx, Dead, "dead.*", since, func(h nats.Header) bool {
		if seq, err := strconv.ParseUint(h.Get(HeaderStreamSeq), 10, 64); err == nil {
			out[seq] = struct{}{}
		}
		return true
	})
	return out, err
}

// keys is a set of keys of documents, sorted.
type keys [][keyBytes]byte

const (
	keyBytes  = 16
	mostKnown = 8_000_000 // keys in a set: 128 MB
)

// keyHash makes 16 bytes of any key.
func keyHash(key string) (out [keyBytes]byte) {
	sum := sha256.Sum256([]byte(key))
	copy(out[:], sum[:])
	return out
}

func compareKeys(a, b [keyBytes]byte) int { return bytes.Compare(a[:], b[:]) }

func (k keys) has(key string) bool {
	_, found := slices.BinarySearchFunc(k, keyHash(key), compareKeys)
	return found
}

// articlesSince gives the keys of the documents of which NEWS holds an article
// of the version.
func (s *Stream) articlesSince(ctx context.Context, subject, version string, since time.Time) (keys, error) {
	var out keys
	err := s.eachHeader(ctx, News, subject, since, func(h nats.Header) bool {
		if key, of, ok := strings.Cut(h.Get(jetstream.MsgIDHeader), "@"); ok && of == version {
			out = append(out, keyHash(key))
		}
		return len(out) <= mostKnown
	})
	if err == nil && len(out) > mostKnown {
		err = fmt.Errorf("more than %d articles of this version stand since then; replay a shorter range, or one --source at a time", mostKnown)
	}
	slices.SortFunc(out, compareKeys)
	return out, err
}

// Known tells whether an article of this version stood when the replay began.
func (p *Replay) Known(key string) bool { return p.known.has(key) }

// Articles is how many articles of this version stood when the replay began.
func (p *Replay) Articles() int { return len(p.known) }

// LeftOut is how many documents were left out so far because they have a letter.
func (p *Replay) LeftOut() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.leftOut
}

// Backlog tells what is left. Unread counts sequences, some of which may be of
// other sources.
func (p *Replay) Backlog(context.Context) (Backlog, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := Backlog{AckPending: p.open}
	if p.next <= p.end {
		b.Unread = p.end - p.next + 1
	}
	return b, nil
}

// Fetch is as that of Stream.
func (p *Replay) Fetch(n, maxBytes int, take func(*Delivery)) error {
	if again := p.takeDue(n); len(again) > 0 {
		for _, d := range again {
			take(d)
		}
		return nil
	}
	from, end := p.place()
	if from > end {
		p.await()
		return p.ctx.Err()
	}
	messages, err := page(p.ctx, p.s.js, Documents, p.subject, from, n, maxBytes)
	if err != nil {
		return err
	}
	if len(messages) == 0 && p.nothing() {
		return nil
	}
	for _, d := range p.give(messages) {
		take(d)
	}
	return nil
}

func (p *Replay) place() (from, end uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next, p.end
}

// nothing notes an empty page, and tells whether to ask again.
func (p *Replay) nothing() (again bool) {
	p.mu.Lock()
	p.empty++
	again = p.empty < patientTries
	p.mu.Unlock()
	if again {
		p.await()
	}
	return again
}

// give makes deliveries of a page and moves on. An empty page is the end.
func (p *Replay) give(messages []*jetstream.RawStreamMsg) (out []*Delivery) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.empty = 0
	last := p.end
	for _, m := range messages {
		if last = m.Sequence; m.Sequence > p.end {
			break
		}
		if _, buried := p.buried[m.Sequence]; buried {
			p.leftOut++
			continue
		}
		p.open++
		out = append(out, &Delivery{
			Subject: m.Subject, Header: m.Header, Data: m.Data, Seq: m.Sequence, Stored: m.Time, Attempt: 1,
			Unread: p.end - m.Sequence, replay: p,
		})
	}
	p.next = last + 1
	return out
}

// takeDue gives what was given back and has waited long enough.
func (p *Replay) takeDue(n int) (out []*Delivery) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n = min(n, len(p.due))
	out, p.due = p.due[:n:n], p.due[n:]
	return out
}

// await lets some time pass, or less if something is to be given again.
func (p *Replay) await() {
	select {
	case <-p.ctx.Done():
	case <-p.changed:
	case <-time.After(fetchWait):
	}
}

// again gives a document once more after the delay.
func (p *Replay) again(d *Delivery, delay time.Duration) {
	next := *d
	next.Attempt++
	time.AfterFunc(delay, func() {
		p.mu.Lock()
		p.due = append(p.due, &next)
		p.mu.Unlock()
		p.wake()
	})
}

// settled books a document that needs nothing more.
func (p *Replay) settled() {
	p.mu.Lock()
	p.open--
	p.mu.Unlock()
	p.wake()
}

func (p *Replay) wake() {
	select {
	case p.changed <- struct{}{}:
	default:
	}
}
