package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	purgeAbove = 80 // per cent of the bytes of DOCUMENTS, above which settled documents go
	purgeTo    = 60 // per cent to which they go, as far as they are settled
	mostSought = 10_000
)

// Purger makes room in DOCUMENTS: when it is nearly full it deletes settled
// documents, oldest first.
type Purger struct {
	s     *Stream
	floor uint64    // ack floor of the consumer
	at    time.Time // when it was read
}

// NewPurger makes a purger; it does nothing for a stream without a limit of bytes.
func (s *Stream) NewPurger() *Purger { return &Purger{s: s} }

// Purge looks once, and tells how many documents it deleted. It deletes up to
// the ack floor that it read at least one ack wait ago, for the floor also
// jumps over documents that ran out of deliveries, and their advisory may be
// on its way.
func (p *Purger) Purge(ctx context.Context, now time.Time) (deleted uint64, err error) {
	if p.s.maxBytes <= 0 {
		return 0, nil
	}
	info, err := p.s.documents.Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("purge %s: look at its consumer: %w", Documents, err)
	}
	floor, ripe := p.floor, !p.at.IsZero() && now.Sub(p.at) >= p.s.ackWait
	if p.at.IsZero() || ripe {
		p.floor, p.at = info.AckFloor.Stream, now
	}
	if !ripe {
		return 0, nil
	}
	docs, err := p.s.js.Stream(ctx, Documents)
	if err != nil {
		return 0, fmt.Errorf("purge %s: %w", Documents, err)
	}
	state := docs.CachedInfo().State
	if state.Msgs == 0 || state.Bytes*100 < uint64(p.s.maxBytes)*purgeAbove {
		return 0, nil
	}
	open, err := p.s.oldestUnburied(ctx)
	if err != nil {
		return 0, fmt.Errorf("purge %s: %w", Documents, err)
	}
	if open > 0 {
		floor = min(floor, open-1)
	}
	surplus := state.Bytes - uint64(p.s.maxBytes)*purgeTo/100
	last := min(floor, state.FirstSeq+surplus/(state.Bytes/state.Msgs+1))
	if last < state.FirstSeq {
		return 0, nil
	}
	if err := docs.Purge(ctx, jetstream.WithPurgeSequence(last+1)); err != nil {
		return 0, fmt.Errorf("purge %s up to %d: %w", Documents, last, err)
	}
	return last + 1 - state.FirstSeq, nil
}

// oldestUnburied is the lowest sequence of a document that ran out of
// deliveries and may have no letter yet; 0 without one.
func (s *Stream) oldestUnburied(ctx context.Context) (uint64, error) {
	info, err := s.advisories.Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("look at the consumer of %s: %w", Advisories, err)
	}
	if info.NumPending == 0 && info.NumAckPending == 0 {
		return 0, nil
	}
	st, err := s.js.Stream(ctx, Advisories)
	if err != nil {
		return 0, fmt.Errorf("look at stream %s: %w", Advisories, err)
	}
	state := st.CachedInfo().State
	from := max(info.AckFloor.Stream+1, state.FirstSeq)
	if state.LastSeq > from+mostSought {
		return 1, nil // too many to look through: purge nothing
	}
	var lowest uint64
	for seq := from; seq <= state.LastSeq; seq++ {
		m, err := st.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("read advisory %d: %w", seq, err)
		}
		var a advisory
		if json.Unmarshal(m.Data, &a) == nil && a.Consumer == workers && (lowest == 0 || a.Seq < lowest) {
			lowest = a.Seq
		}
	}
	return lowest, nil
}
