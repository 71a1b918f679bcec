package faulttest

import (
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"telex/internal/document"
	"telex/internal/stream"
)

// buildCommand builds one of the project's commands as users have it.
func buildCommand(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "build", "-o", path, "telex/cmd/"+name).CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", name, err, out)
	}
	return path
}

// startSwallower stands before a server and swallows every request on a subject
// with the prefix. struck receives at the first; count tells how many.
func startSwallower(t *testing.T, target, prefix string) (url string, struck <-chan struct{}, count *atomic.Int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen: %v", err)
	}
	t.Cleanup(func() { listener.Close() })
	first, swallowed := make(chan struct{}, 1), new(atomic.Int64)
	drop := func(subject string, _ []byte) bool {
		if !strings.HasPrefix(subject, prefix) {
			return false
		}
		swallowed.Add(1)
		select {
		case first <- struct{}{}:
		default:
		}
		return true
	}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", strings.TrimPrefix(target, "nats://"))
			if err != nil {
				client.Close()
				continue
			}
			go func() { io.Copy(client, server); client.Close() }()
			go func() { filter(server, client, drop); server.Close() }()
		}
	}()
	return "nats://" + listener.Addr().String(), first, swallowed
}

// bury writes n dead letters of documents that would be read now.
func (w *world) bury(n int) {
	w.t.Helper()
	for i := range n {
		name := fmt.Sprintf("d%06d", i)
		w.ledger.Attempt(name, i%4)
		err := w.stream.Bury(w.t.Context(), stream.Letter{
			Key: name, Version: "0", Reason: document.Panic, Step: "fault", Error: "a fault that is mended", Attempts: 1,
			Subject: "documents.fault", Seq: uint64(i + 1), Header: nats.Header{document.HeaderID: {name}}, Data: []byte(text(name, i%4, "")),
		})
		if err != nil {
			w.t.Fatal(err)
		}
		w.ledger.Ack(name)
	}
}

// The operator's retry is killed after it published documents and before their
// letters are deleted, and the server after it. Done again, every document is
// in the stream once, and no letter is left.
func TestDeadRetryKilledBetweenPublishAndDelete(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: time.Millisecond}, true)
	n := share(4)
	w.bury(n)
	command := buildCommand(t, "worker")
	url, struck, swallowed := startSwallower(t, w.url, "$JS.API.STREAM.MSG.DELETE.")
	first := startCommand(t, "first retry", exec.Command(command, "dead", "retry", "--all", "--nats", url))
	select {
	case <-struck:
	case <-first.done:
		t.Fatalf("the retry ended before it deleted anything\n%s", first.log())
	case <-time.After(startWithin):
		t.Fatalf("the retry deleted nothing within %s\n%s", startWithin, first.log())
	}
	first.kill()
	w.server.kill()
	w.serve()
	again := startCommand(t, "second retry", exec.Command(command, "dead", "retry", "--all", "--nats", w.url))
	if code := again.awaitExit(t, settleWithin); code != 0 {
		t.Fatalf("the second retry ended with %d\n%s", code, again.log())
	}
	published, known := 0, 0
	for line := range strings.Lines(again.log()) {
		fmt.Sscanf(line, "%d documents published again, %d were there already", &published, &known)
	}
	t.Logf("killed when %d deletions were under way; after it %d documents published, %d there already", swallowed.Load(), published, known)
	if known == 0 || published+known != n {
		t.Errorf("%d published, %d there already; want at least one there already and %d in all\n%s", published, known, n, again.log())
	}
	w.hire(1)
	w.close("")
}
