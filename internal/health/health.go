// Package health lets a process on this machine be asked how it fares, without
// a network port: each instance answers on a Unix socket in a folder. A process
// that was killed does not answer, so nothing has to be cleaned up or timed.
package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Status is what an instance says of itself.
type Status struct {
	Instance  string    `json:"instance"`
	PID       int       `json:"pid"`
	Version   string    `json:"version"`
	Since     time.Time `json:"since"`
	Connected bool      `json:"connected"`         // NATS is within reach
	Consuming bool      `json:"consuming"`         // it is given documents, or there are none
	Problem   string    `json:"problem,omitempty"` // why it is not consuming
}

const (
	prefix       = "telex-" // of every socket: the folder may hold those of other programs
	suffix       = ".sock"
	mostInstance = 64              // bytes of a name
	mostAnswer   = 64 << 10        // bytes of a status
	answerWithin = 5 * time.Second // for writing one
)

// ErrRunning is the error of an instance whose name another process has.
var ErrRunning = errors.New("an instance of that name is running")

// CheckName refuses names that would not do for a file.
func CheckName(instance string) error {
	if instance == "" || len(instance) > mostInstance || instance[0] == '.' || strings.ContainsFunc(instance, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.')
	}) {
		return fmt.Errorf("%q is no name for an instance: up to %d letters, digits, '-', '_' and dots", instance, mostInstance)
	}
	return nil
}

// Endpoint answers for one instance.
type Endpoint struct {
	listener net.Listener
	path     string
	ended    chan struct{}
}

// Listen answers for an instance in a folder, which is made if missing, until
// Close. What killed instances left there is removed. status is called for each
// question, by one goroutine.
func Listen(dir, instance string, status func() Status) (*Endpoint, error) {
	if err := CheckName(instance); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for health: %w", err)
	}
	path := filepath.Join(dir, prefix+instance+suffix)
	sweep(dir)
	if _, err := os.Lstat(path); err == nil { // the sweep left it: somebody answers
		return nil, fmt.Errorf("%w: %s", ErrRunning, path)
	}
	// Listening before the socket has its name, no instance looks dead while it starts.
	fresh := filepath.Join(dir, ".telex-"+instance)
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("make the socket for health: %w", err)
	}
	listener, err := net.Listen("unix", fresh)
	if err != nil {
		return nil, fmt.Errorf("make the socket for health %s: %w", path, err)
	}
	listener.(*net.UnixListener).SetUnlinkOnClose(false)
	if err = os.Chmod(fresh, 0o600); err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		listener.Close()
		return nil, errors.Join(fmt.Errorf("make the socket for health: %w", err), os.Remove(fresh))
	}
	e := &Endpoint{listener: listener, path: path, ended: make(chan struct{})}
	go e.answer(status)
	return e, nil
}

// sweep removes the sockets that nobody listens on.
func sweep(dir string) {
	paths, _ := filepath.Glob(filepath.Join(dir, prefix+"*"+suffix)) // the pattern is good
	for _, path := range paths {
		conn, err := net.Dial("unix", path)
		if err == nil {
			conn.Close()
		} else if errors.Is(err, syscall.ECONNREFUSED) {
			_ = os.Remove(path) // another may have been faster
		}
	}
}

func (e *Endpoint) answer(status func() Status) {
	defer close(e.ended)
	for {
		conn, err := e.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(100 * time.Millisecond) // out of files, most likely
			continue
		}
		_ = conn.SetDeadline(time.Now().Add(answerWithin))
		_ = json.NewEncoder(conn).Encode(status()) // who asked sees that no answer came
		conn.Close()
	}
}

// Close ends the answers and removes the socket.
func (e *Endpoint) Close() {
	_ = os.Remove(e.path)
	e.listener.Close()
	<-e.ended
}

// Ask gives the status of every instance in the folder that runs, in the order
// of their names; what killed ones left is passed over. With a name, it asks
// only that instance. An instance that runs and does not answer before ctx ends
// has a Problem.
func Ask(ctx context.Context, dir, instance string) ([]Status, error) {
	pattern := prefix + "*" + suffix
	if instance != "" {
		if err := CheckName(instance); err != nil {
			return nil, err
		}
		pattern = prefix + instance + suffix
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for instances: %w", err)
	}
	var out []Status
	for _, entry := range entries {
		if ok, _ := filepath.Match(pattern, entry.Name()); !ok {
			continue
		}
		s, err := ask(ctx, filepath.Join(dir, entry.Name()))
		switch {
		case errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, fs.ErrNotExist):
			continue // killed, or ended just now
		case errors.Is(err, fs.ErrPermission):
			return nil, fmt.Errorf("ask %s: %w; ask as the user who runs it", entry.Name(), err)
		case err != nil:
			s = Status{Problem: fmt.Sprintf("it does not answer: %v", err)}
		}
		s.Instance = strings.TrimSuffix(strings.TrimPrefix(entry.Name(), prefix), suffix)
		out = append(out, s)
	}
	return out, nil
}

func ask(ctx context.Context, path string) (s Status, err error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return s, err
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(end)
	}
	err = json.NewDecoder(io.LimitReader(conn, mostAnswer)).Decode(&s)
	return s, err
}
