package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

const (
	scanCount   = 256              // messages that one request gives at most
	scanTimeout = 10 * time.Second // for one request
)

// page reads up to n messages of a stream, of up to about maxBytes together,
// from a sequence on, in order; at least one if there is one. It needs no
// consumer and leaves nothing on the server. An empty page is the end.
func page(ctx context.Context, js jetstream.JetStream, name, subject string, from uint64, n, maxBytes int) ([]*jetstream.RawStreamMsg, error) {
	ctx, cancel := context.WithTimeout(ctx, scanTimeout)
	defer cancel()
	messages, err := jetstreamext.GetBatch(ctx, js, name, n, jetstreamext.GetBatchSeq(max(from, 1)),
		jetstreamext.GetBatchSubject(subject), jetstreamext.GetBatchMaxBytes(maxBytes))
	if err != nil {
		return nil, fmt.Errorf("read stream %s from %d: %w", name, from, err)
	}
	var out []*jetstream.RawStreamMsg
	for m, err := range messages {
		if errors.Is(err, jetstreamext.ErrNoMessages) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read stream %s from %d: %w", name, from, err)
		}
		out = append(out, m)
	}
	if len(out) == 0 { // a request without an answer ends without an error
		silent := fmt.Errorf("no answer within %s", scanTimeout)
		return nil, fmt.Errorf("read stream %s from %d: %w", name, from, denied(js.Conn(), "$JS.API.DIRECT.GET."+name, silent))
	}
	return out, nil
}

// scan hands the messages of a stream from one sequence to another, both
// included, to do, in order. It ends at the first error of do and gives it back.
func scan(ctx context.Context, js jetstream.JetStream, name, subject string, from, to uint64, do func(*jetstream.RawStreamMsg) error) error {
	for from <= to {
		messages, err := page(ctx, js, name, subject, from, scanCount, MaxPayload)
		if err != nil || len(messages) == 0 {
			return err
		}
		for _, m := range messages {
			if m.Sequence > to {
				return nil
			}
			if err := do(m); err != nil {
				return err
			}
		}
		from = messages[len(messages)-1].Sequence + 1
	}
	return nil
}
