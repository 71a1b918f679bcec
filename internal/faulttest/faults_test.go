package faulttest

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"telex/internal/stream"
)

// some gives an action to every n-th document.
func some(n int, action string) func(int) string {
	return func(i int) string {
		if i%n == n/2 {
			return action
		}
		return ""
	}
}

func TestKillWorkers(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 30 * time.Millisecond}, true)
	w.hire(3)
	w.send(share(20), nil)
	for i := range 4 {
		w.awaitLoad()
		w.kill9(i % 3)
	}
	w.close("")
}

func TestFrozenWorker(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 20 * time.Millisecond}, true)
	w.hire(2)
	w.send(share(12), nil)
	w.awaitLoad()
	w.workers[0].signal(syscall.SIGSTOP)
	w.awaitLoad()
	w.rest(ackWait + ackWait/2) // the fault itself: longer than the ack wait
	w.workers[0].signal(syscall.SIGCONT)
	w.close("")
}

func TestKillServerAndWorker(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 20 * time.Millisecond}, false)
	w.send(share(16), nil)
	for range 3 {
		w.awaitLoad()
		w.server.kill()
		w.serve()
	}
	w.close("")
}

// The worker has published, and its acknowledgements are lost; then it is
// killed and the server restarted.
func TestRestartBetweenPublishAndAck(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 2 * time.Millisecond}, true)
	p := startProxy(t, w.url)
	w.config.URL = p.url()
	w.hire(1)
	w.send(share(10), nil)
	w.awaitLoad()
	p.swallow.Store(true)
	w.await("documents whose acknowledgement was lost", time.Minute, func(b stream.Backlog) bool {
		return p.dropped.Load() > 20 && b.Unread > 0 && b.AckPending > 0
	})
	w.workers[0].kill()
	w.workers = nil
	w.server.kill()
	p.swallow.Store(false)
	w.serve()
	w.config.URL = p.url()
	w.hire(1)
	w.close("")
}

func TestPoison(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: time.Millisecond}, true)
	w.hire(2)
	n := share(8)
	w.send(n, some(20, "panic"))
	w.close(fmt.Sprintf("panic:%d", n/20))
}

// Documents that kill the process are taken off the stream by the safety net.
// Those that were in hand with them are not, though they too ran out of
// deliveries: the killers come first each time, and many are behind them.
func TestWorkerDiesEachTime(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 1, Work: 5 * time.Millisecond}, true)
	w.keep = true
	w.send(share(4), func(i int) string {
		if i == 30 || i == 35 {
			return "exit"
		}
		return ""
	})
	w.sending.Wait() // so that a worker has a hundred of them in hand
	w.hire(1)
	w.close("max-deliveries:2")
}

func TestSpinningStep(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 2, Work: 2 * time.Millisecond, Deadline: 2 * time.Second}, true)
	w.keep = true
	w.hire(2)
	first := w.workers[0]
	second := w.workers[1]
	w.send(share(8), func(i int) string {
		if i == 20 {
			return "spin"
		}
		return ""
	})
	w.close("timeout:1")
	if !first.gone() && !second.gone() {
		t.Error("no worker ended though one of its steps spins")
	}
	for _, p := range []*process{first, second} {
		if p.gone() && p.cmd.ProcessState.ExitCode() != 1 {
			t.Errorf("%s ended with %s, want exit code 1", p.name, p.cmd.ProcessState)
		}
	}
}

// A step that stops at its deadline is tried again, and its document dies in
// the end.
func TestDeadline(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 8, Work: time.Millisecond, Deadline: 200 * time.Millisecond}, true)
	w.hire(2)
	w.send(share(2), some(20, "hang"))
	w.close(fmt.Sprintf("timeout:%d", share(2)/20))
}

// With heartbeats a handler may take longer than the ack wait.
func TestSlowHandler(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 8, Work: time.Millisecond}, true)
	w.hire(2)
	w.send(share(4), some(25, "slow"))
	redelivered := 0
	w.sending.Wait()
	w.await("the end", settleWithin, func(b stream.Backlog) bool {
		redelivered = max(redelivered, b.Redelivered)
		return b.Idle()
	})
	w.close("")
	if redelivered > 0 {
		t.Errorf("%d documents were delivered again though their handlers were alive", redelivered)
	}
}

func TestSIGTERM(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 40 * time.Millisecond}, true)
	w.hire(1)
	w.send(share(10), nil)
	for range 3 {
		w.awaitLoad()
		w.workers[0].signal(syscall.SIGTERM)
		if code := w.workers[0].awaitExit(t, 30*time.Second); code != 0 {
			t.Fatalf("exit code %d after SIGTERM\n%s", code, w.workers[0].log())
		}
		b, err := w.backlog()
		if err != nil || b.AckPending > 0 || b.Unread == 0 {
			t.Fatalf("after the drain %d documents wait for the ack wait, %d are unread (want some), %v\n%s",
				b.AckPending, b.Unread, err, w.workers[0].log())
		}
		w.workers = nil
		w.hire(1)
	}
	w.close("")
}

func TestRandomFailures(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 8, Work: time.Millisecond, FailRate: 0.05}, true)
	w.hire(2)
	w.send(share(8), nil)
	w.settle()
	w.read()
	report := w.ledger.Check()
	t.Log(report)
	if !report.OK() || report.Articles < report.Attempted*99/100 {
		t.Errorf("the books do not balance: %s\n%s", report, w.logs())
	}
}

// During an upgrade workers of two versions share the documents. Each document
// is read by one of them.
func TestTwoVersions(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 30 * time.Millisecond}, true)
	w.hire(2)
	end := w.load(ahead)
	w.awaitLoad()
	w.config.Release = "2"
	w.replaceOldest()
	w.rest(time.Second) // both take documents
	w.awaitLoad()
	w.replaceOldest()
	w.awaitLoad()
	end()
	if r := w.close(""); r.Versions > 0 {
		t.Errorf("%d documents were read by both versions though nothing crashed", r.Versions)
	}
}

// A crash during an upgrade may leave an article of each version, never two of
// one version or half of one.
func TestCrashDuringUpgrade(t *testing.T) {
	w := newWorld(t, childConfig{Concurrency: 4, Work: 20 * time.Millisecond}, true)
	p := startProxy(t, w.url)
	w.config.URL = p.url()
	w.hire(1)
	end := w.load(ahead)
	w.awaitLoad()
	p.swallow.Store(true)
	w.await("articles whose acknowledgement was lost", time.Minute, func(stream.Backlog) bool { return p.dropped.Load() > 20 })
	w.config.URL, w.config.Release = w.url, "2"
	w.kill9(0)
	w.awaitLoad()
	end()
	if r := w.close(""); r.Versions == 0 {
		t.Error("no document was read by both versions: the crash did not meet the upgrade")
	}
}
