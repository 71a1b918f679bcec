package health

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// folder is a short one: the path of a socket holds about a hundred bytes.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "h")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// listen starts an instance that says this status.
func listen(t *testing.T, dir, instance string, s Status) *Endpoint {
	t.Helper()
	e, err := Listen(dir, instance, func() Status { return s })
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// names gives the instances that answer, with their problems.
func names(t *testing.T, dir, instance string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	all, err := Ask(ctx, dir, instance)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range all {
		text := s.Instance
		if s.Consuming {
			text += "+"
		}
		problem, _, _ := strings.Cut(s.Problem, ":")
		out = append(out, strings.TrimSpace(text+" "+problem))
	}
	return strings.Join(out, ", ")
}

func TestSeveralInstances(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), "made", "here")
	if got := names(t, dir, ""); got != "" {
		t.Errorf("without a folder: %s", got)
	}
	b := listen(t, dir, "b", Status{Connected: true, Consuming: true})
	defer b.Close()
	a := listen(t, dir, "a.1", Status{Problem: "no server"})
	for instance, want := range map[string]string{"": "a.1 no server, b+", "b": "b+", "a.1": "a.1 no server", "c": ""} {
		if got := names(t, dir, instance); got != want {
			t.Errorf("asked %q: %s; want %s", instance, got, want)
		}
	}
	a.Close()
	if got := names(t, dir, ""); got != "b+" {
		t.Errorf("after one ended: %s", got)
	}
	if _, err := Listen(dir, "b", nil); !errors.Is(err, ErrRunning) {
		t.Errorf("a second of the same name: %v", err)
	}
	if info, err := os.Stat(filepath.Join(dir, "telex-b.sock")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v, %v; want only its owner to ask", info, err)
	}
}

// A killed instance leaves its socket; nobody takes it for alive, and the next
// to start removes it, also under the same name.
func TestStaleSocket(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for _, name := range []string{"old", "older"} {
		l, err := net.Listen("unix", filepath.Join(dir, prefix+name+suffix))
		if err != nil {
			t.Fatal(err)
		}
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		l.Close()
	}
	if got := names(t, dir, ""); got != "" {
		t.Errorf("the dead answer: %s", got)
	}
	e := listen(t, dir, "old", Status{Consuming: true})
	defer e.Close()
	if got := names(t, dir, ""); got != "old+" {
		t.Errorf("after a start under the same name: %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "telex-older.sock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the other's socket stands still: %v", err)
	}
}

// The folder may hold the sockets of other programs, which are neither asked
// nor removed.
func TestSocketsOfOthers(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	other := filepath.Join(dir, "other.sock")
	l, err := net.Listen("unix", other)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	e := listen(t, dir, "w", Status{Consuming: true})
	defer e.Close()
	if got := names(t, dir, ""); got != "w+" {
		t.Errorf("asked %s", got)
	}
	if _, err := os.Lstat(other); err != nil {
		t.Errorf("the socket of another program: %v", err)
	}
}

// A process that hangs accepts, by the kernel, and says nothing.
func TestHungInstance(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	l, err := net.Listen("unix", filepath.Join(dir, "telex-hung.sock"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := names(t, dir, ""); got != "hung it does not answer" {
		t.Errorf("a hung process: %s", got)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{
		"worker-1": true, "host.example.org-12": true, "A_b": true, "": false, ".x": false, "a/b": false, "../x": false, "a b": false, "*": false,
		strings.Repeat("x", 65): false,
	} {
		if err := CheckName(name); (err == nil) != ok {
			t.Errorf("name %q: %v", name, err)
		}
		if _, err := Ask(t.Context(), t.TempDir(), name); (err == nil) != (ok || name == "") {
			t.Errorf("ask %q: %v", name, err)
		}
	}
	long := filepath.Join(t.TempDir(), strings.Repeat("d", 120))
	if _, err := Listen(long, "x", nil); err == nil || !strings.Contains(err.Error(), "socket") {
		t.Errorf("a path too long for a socket: %v", err)
	}
}
