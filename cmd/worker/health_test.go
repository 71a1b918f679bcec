package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

// awaitHealth asks until the answer is as wanted: what a worker knows of its
// server it learns with its next request.
func awaitHealth(t *testing.T, state string, code int, part string, more ...string) {
	t.Helper()
	var last result
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		last = command(t, "", "worker", append([]string{"health", "--state", state}, more...)...)
		if last.code == code && strings.Contains(last.stdout+last.stderr, part) {
			return
		}
	}
	t.Fatalf("health never gave %d with %q; the last: exit %d, %s%s", code, part, last.code, last.stdout, last.stderr)
}

// A worker is up and consuming, up without its consumer, up without its server,
// draining, or killed: health tells each from the others.
func TestHealth(t *testing.T) {
	t.Parallel()
	config, state := stream.ServerConfig{Dir: t.TempDir(), Listen: freePort(t)}, t.TempDir()
	url := "nats://" + config.Listen
	s, err := stream.StartServer(config)
	if err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, state, 1, "no worker runs")
	if r := command(t, "", "worker", "init", "--nats", url); r.code != 0 {
		t.Fatalf("init: exit %d, %s", r.code, r.stderr)
	}
	w := launch(t, "worker.ready", "worker", "--nats", url, "--state", state, "--instance", "w1")
	awaitHealth(t, state, 0, "w1 is up and consuming")
	if r := command(t, "", "worker", "--nats", url, "--state", state, "--instance", "w1"); r.code != 1 || !strings.Contains(r.stderr, "--instance") {
		t.Errorf("a second worker of that name: exit %d, %s", r.code, r.stderr)
	}
	deleteConsumer(t, url)
	awaitHealth(t, state, 1, "w1 is up, but it gets no documents")
	if r := command(t, "", "worker", "init", "--nats", url); r.code != 0 {
		t.Fatalf("init: exit %d, %s", r.code, r.stderr)
	}
	awaitHealth(t, state, 0, "w1 is up and consuming")
	s.Stop()
	awaitHealth(t, state, 1, "w1 is up, but it is not connected to NATS")
	if s, err = stream.StartServer(config); err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	awaitHealth(t, state, 0, "w1 is up and consuming")
	if err := w.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, state, 1, "does not answer", "--timeout", "300ms")
	if err := w.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = w.cmd.Wait() // it was killed
	if _, err := os.Stat(filepath.Join(state, "telex-w1.sock")); err != nil {
		t.Errorf("the killed worker left no socket, so the test shows nothing: %v", err)
	}
	awaitHealth(t, state, 1, "no worker runs")
}

func deleteConsumer(t *testing.T, url string) {
	t.Helper()
	nc, err := stream.Connect("test", stream.Login{URL: url}, stream.Watch{})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteConsumer(t.Context(), stream.Documents, "workers"); err != nil {
		t.Fatal(err)
	}
}

// A server that hangs still holds the connection; the worker that hears nothing
// of it says so long before that is given up.
func TestHealthWithASilentServer(t *testing.T) {
	t.Parallel()
	listen, state := freePort(t), t.TempDir()
	server := launch(t, "worker.ready", "worker", "--listen", listen, "--data", t.TempDir(), "--sync", "1s", "--state", t.TempDir())
	launch(t, "worker.ready", "worker", "--nats", "nats://"+listen, "--state", state, "--instance", "w")
	awaitHealth(t, state, 0, "w is up and consuming")
	if err := server.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, state, 1, "w is up, but it gets no documents")
	if err := server.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, state, 0, "w is up and consuming")
}

// Of several workers all must do well, unless one is named.
func TestHealthOfSeveralWorkers(t *testing.T) {
	t.Parallel()
	url, _ := external(t)
	state := t.TempDir()
	one := launch(t, "worker.ready", "worker", "--nats", url, "--state", state, "--instance", "one")
	two := launch(t, "worker.ready", "worker", "--nats", url, "--state", state, "--instance", "two")
	awaitHealth(t, state, 0, "one is up and consuming\ntwo is up and consuming\n")
	if err := two.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, state, 1, "two is up, but it does not answer", "--timeout", "300ms")
	awaitHealth(t, state, 0, "one is up", "--instance", "one")
	awaitHealth(t, state, 1, "the worker three does not run", "--instance", "three")
	if err := two.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, state, 0, "two is up and consuming")
	for _, w := range []*background{one, two} {
		if code := w.stop(t); code != 0 {
			t.Errorf("a worker ended with %d", code)
		}
	}
	if left, err := filepath.Glob(filepath.Join(state, "*")); err != nil || len(left) > 0 {
		t.Errorf("workers that ended left %v, %v", left, err)
	}
}

func TestHealthJSON(t *testing.T) {
	t.Parallel()
	url, _ := external(t)
	state := t.TempDir()
	launch(t, "worker.ready", "worker", "--nats", url, "--state", state, "--instance", "w")
	awaitHealth(t, state, 0, `"consuming":true`, "--json")
	var s map[string]any
	r := command(t, "", "worker", "health", "--state", state, "--json")
	if err := json.Unmarshal([]byte(r.stdout), &s); err != nil || s["instance"] != "w" || s["connected"] != true || s["pid"] == 0.0 || s["version"] == "" {
		t.Errorf("status %s: %v", r.stdout, err)
	}
}

// Health is no reason for a worker not to run, unless its place was asked for.
func TestHealthWithoutAPlace(t *testing.T) {
	t.Parallel()
	url, _ := external(t)
	file := filepath.Join(t.TempDir(), "file")
	write(t, filepath.Dir(file), "file", "")
	if r := command(t, "", "worker", "--nats", url, "--state", filepath.Join(file, "x")); r.code != 1 || !strings.Contains(r.stderr, "by --state") {
		t.Errorf("a state that cannot be: exit %d, %s", r.code, r.stderr)
	}
	if r := command(t, "", "worker", "--nats", url, "--instance", "a/b"); r.code != 2 || !strings.Contains(r.stderr, "--instance") {
		t.Errorf("a name that cannot be: exit %d, %s", r.code, r.stderr)
	}
}
