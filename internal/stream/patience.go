package stream

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	electionPatience = time.Minute // elections take up to about ten seconds, one after another when servers are restarted
	electionPause    = 500 * time.Millisecond
	electionTry      = 10 * time.Second // a request that came before the election is never answered
)

// patiently repeats do, at one server after the other, while a cluster has no
// leader who could answer, for a worker may be started while servers are
// restarted. Any other error is final. It is for a connection that nobody uses yet.
func patiently(ctx context.Context, nc *nats.Conn, do func(ctx context.Context) error) error {
	for end := time.Now().Add(electionPatience); ; {
		try, cancel := context.WithTimeout(ctx, electionTry)
		awaitConnected(try, nc)
		err := do(try)
		cancel()
		if err == nil || !isLeaderless(err) || time.Now().After(end) {
			return err
		}
		if errors.Is(nc.LastError(), nats.ErrPermissionViolation) {
			return err // a request that is not allowed gets no answer either
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(electionPause):
		}
		if len(nc.Servers()) > 1 && !errors.Is(err, nats.ErrReconnectBufExceeded) {
			_ = nc.ForceReconnect() // this server may be cut off from the others; fails only at the end
		}
	}
}

// awaitConnected returns when there is a server, or ctx ends: without one, a
// request fails at once, and tells nothing about leaders.
func awaitConnected(ctx context.Context, nc *nats.Conn) {
	connected := nc.StatusChanged(nats.CONNECTED, nats.CLOSED)
	defer nc.RemoveStatusListener(connected)
	if nc.IsConnected() || nc.IsClosed() {
		return
	}
	select {
	case <-ctx.Done():
	case <-connected:
	}
}

// isLeaderless tells whether a request may have failed only because its stream,
// consumer or cluster had no leader just then, or not yet all its servers.
func isLeaderless(err error) bool {
	const (
		noPeers      = jetstream.ErrorCode(10005) // "no suitable peers for placement"
		notAvailable = jetstream.ErrorCode(10008) // "JetStream system temporarily unavailable"
	)
	code, _ := apiCode(err)
	return code == notAvailable || code == noPeers || errors.Is(err, nats.ErrReconnectBufExceeded) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout)
}
