package faulttest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
	"telex/internal/stream"
)

var (
	soakFlag   = flag.Int("faults.soak", 0, "documents of the soak; 0 for none, since it takes from minutes to hours")
	windowFlag = flag.Duration("faults.window", 2*time.Minute, "dedupe window of the soak")
	lightFlag  = flag.Bool("faults.light", false, "soak the transport alone, with a reader that hardly reads")
)

// soakAhead is how many documents the publisher is ahead of the worker.
const soakAhead = 2_000

// TestSoak feeds a great many small documents to the worker as users have it,
// with its embedded server and all its models, and prints what it holds every
// minute. Memory and handles must stay where they were when the window of
// message ids was full.
//
//	go test ./internal/faulttest -run Soak -v -faults.soak 1000000 -timeout 12h
//
// With -faults.light it is about the transport alone: a million documents then
// take minutes instead of hours.
func TestSoak(t *testing.T) {
	if *soakFlag == 0 {
		t.Skip("set -faults.soak to the number of documents")
	}
	t.Setenv("GOGC", "30") // that memory shows what the process holds, not what the collector has yet to take
	address := freePorts(t, 1)[0]
	w := &world{t: t, ledger: NewLedger(), url: "nats://" + address}
	if *lightFlag {
		w.server = startProcess(t, "worker", childConfig{
			Server: t.TempDir(), Listen: address, Window: *windowFlag, AckWait: 30 * time.Second,
			Worker: true, Concurrency: 2, Deadline: time.Minute,
		})
	} else {
		w.server = startCommand(t, "worker", exec.Command(buildCommand(t, "worker"), "run",
			"--listen", address, "--data", t.TempDir(), "--dedupe-window", windowFlag.String(), "--log-docs", "0"))
	}
	w.eventually("the worker", func(ctx context.Context) error {
		nc, err := stream.Connect("soak", stream.Login{URL: w.url}, stream.Watch{})
		if err != nil {
			return err
		}
		if w.nc != nil {
			w.nc.Close()
		}
		w.nc = nc
		w.stream, err = stream.Open(ctx, nc)
		return err
	})
	t.Cleanup(w.nc.Close)
	samples := w.soak(*soakFlag)
	w.settle()
	checkIDs(t, w, *soakFlag)
	checkFlat(t, samples)
}

// sample is what a process holds.
type sample struct {
	at      time.Duration
	docs    int
	rss     int // bytes
	handles int
}

// soak publishes n documents, a few ahead of the worker, and takes a sample
// every minute.
func (w *world) soak(n int) []sample {
	w.t.Helper()
	intake, err := stream.NewIntake(w.t.Context(), w.nc, time.Minute)
	if err != nil {
		w.t.Fatal(err)
	}
	defer intake.Close()
	var samples []sample
	start, last := time.Now(), time.Now()
	for sent := 0; sent < n; {
		b, err := w.backlog()
		if err != nil {
			w.t.Fatal(err)
		}
		for i := b.Unread; i < soakAhead && sent < n; i++ {
			w.sendSmall(intake, sent)
			sent++
		}
		if time.Since(last) >= time.Minute {
			last = last.Add(time.Minute)
			samples = append(samples, w.takeSample(time.Since(start), sent-int(b.Unread)))
		}
		w.rest(5 * poll)
	}
	return samples
}

func (w *world) sendSmall(intake *stream.Intake, i int) {
	name := "s" + strconv.Itoa(i)
	intake.Publish(stream.Incoming{
		Source: "soak", ID: name, Header: map[string]string{document.HeaderID: name},
		Data: fmt.Appendf(nil, "De raad van Ede stemde gisteren over plan %d.", i),
		Stored: func(_ bool, err error) {
			if err != nil {
				w.t.Errorf("document %s: %v", name, err)
			}
		},
	})
}

// takeSample reads what the system knows of the worker, and prints it.
func (w *world) takeSample(at time.Duration, docs int) sample {
	w.t.Helper()
	pid := strconv.Itoa(w.server.cmd.Process.Pid)
	status, err := os.ReadFile(filepath.Join("/proc", pid, "status"))
	if err != nil {
		w.t.Skipf("this system does not tell what a process holds: %v", err)
	}
	s := sample{at: at, docs: docs}
	for line := range strings.Lines(string(status)) {
		if kilobytes, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.Atoi(strings.Fields(kilobytes)[0])
			s.rss = n << 10
		}
	}
	handles, err := os.ReadDir(filepath.Join("/proc", pid, "fd"))
	if err != nil {
		w.t.Fatal(err)
	}
	s.handles = len(handles)
	w.t.Logf("| %.0f | %d | %.0f | %d | %d |", at.Minutes(), docs, float64(docs)/at.Seconds(), s.rss>>20, s.handles)
	return s
}

// checkFlat compares the last third of the samples with the one before.
func checkFlat(t *testing.T, samples []sample) {
	t.Helper()
	third := len(samples) / 3
	if third == 0 {
		t.Log("too short to tell whether memory stays flat")
		return
	}
	before, after := samples[third:2*third], samples[len(samples)-third:]
	byRSS := func(a, b sample) int { return a.rss - b.rss }
	byHandles := func(a, b sample) int { return a.handles - b.handles }
	if was, is := slices.MaxFunc(before, byRSS).rss, slices.MaxFunc(after, byRSS).rss; is > was*11/10 {
		t.Errorf("memory grew from %d to %d MB", was>>20, is>>20)
	}
	if was, is := slices.MaxFunc(before, byHandles).handles, slices.MaxFunc(after, byHandles).handles; is > was+8 {
		t.Errorf("handles grew from %d to %d", was, is)
	}
}

// checkIDs holds that NEWS has one article of each of n documents.
func checkIDs(t *testing.T, w *world, n int) {
	t.Helper()
	seen, articles := make([]bool, n), 0
	each(t, w.nc, stream.News, func(m jetstream.Msg) {
		if !isArticle(m) {
			return
		}
		var a struct{ ID string }
		err := json.Unmarshal(m.Data(), &a)
		i := n
		if err == nil {
			i, err = strconv.Atoi(strings.TrimPrefix(a.ID, "s"))
		}
		if err != nil || i >= n || seen[i] {
			t.Errorf("article %q stands twice, or was never sent", a.ID)
			return
		}
		seen[i] = true
		articles++
	})
	if articles != n {
		t.Errorf("%d articles of %d documents", articles, n)
	}
}
