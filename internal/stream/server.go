package stream

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const (
	// MaxPayload is the largest message, in bytes, that a server for Telex takes.
	MaxPayload = 8 << 20

	startTimeout = 30 * time.Second // a large store that was not closed is read through
	lockFile     = "telex.lock"
)

// ServerConfig says how the server inside the process runs.
type ServerConfig struct {
	Dir    string        // of the store; made if missing
	Listen string        // host:port; "" for a server that only this process reaches
	Sync   time.Duration // between fsyncs; 0 syncs before each acknowledgement
	Report func(level, message string)
}

// Server is a NATS server with JetStream inside the process. It owns its store:
// a second one on the same folder is refused.
type Server struct {
	ns   *server.Server
	lock *flock.Flock
}

// StartServer starts a server and waits until it is ready.
func StartServer(c ServerConfig) (*Server, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the store (--data): %w", err)
	}
	lock := flock.New(filepath.Join(c.Dir, lockFile))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the store %s (--data): %w", c.Dir, err)
	}
	if !locked {
		return nil, fmt.Errorf("the store %s is in use by another worker; give this one its own with --data, or let it join the other's server with --nats", c.Dir)
	}
	s := &Server{lock: lock}
	if err := s.start(c); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

func (s *Server) start(c ServerConfig) error {
	opts := &server.Options{
		ServerName: "telex", JetStream: true, StoreDir: c.Dir, NoSigs: true, NoLog: true,
		MaxPayload: MaxPayload, MaxPending: 8 * MaxPayload, DontListen: c.Listen == "",
		SyncAlways: c.Sync == 0, SyncInterval: c.Sync,
		// The streams' own limits bound the store; without a number here the
		// server would reserve a share of the disk and refuse larger streams.
		JetStreamMaxStore: 1 << 50, JetStreamMaxMemory: 64 << 20,
	}
	if c.Listen != "" {
		if err := setListen(opts, c.Listen); err != nil {
			return err
		}
	}
	ns, err := server.NewServer(opts)
	if err != nil {
		return fmt.Errorf("make the NATS server on %s: %w", c.Dir, err)
	}
	log := &serverLog{report: c.Report}
	ns.SetLoggerV2(log, false, false, false)
	ns.Start()
	if !ns.ReadyForConnections(startTimeout) || !ns.JetStreamEnabled() {
		ns.Shutdown()
		ns.WaitForShutdown()
		return fmt.Errorf("start the NATS server on %s: not ready after %s: %s", c.Dir, startTimeout, log.last())
	}
	s.ns = ns
	return nil
}

// setListen checks the address, and that it is free: the server itself would
// only log that it is not.
func setListen(opts *server.Options, listen string) error {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("--listen %q is not host:port: %w", listen, err)
	}
	opts.Host = host
	if opts.Port, err = strconv.Atoi(port); err != nil {
		return fmt.Errorf("--listen %q: the port is not a number", listen)
	}
	if opts.Port == 0 {
		opts.Port = server.RANDOM_PORT
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another address with --listen, or use the server that is there with --nats", listen, err)
	}
	return l.Close()
}

// Connect reaches the server without the network.
func (s *Server) Connect(name string, w Watch) (*nats.Conn, error) {
	nc, err := nats.Connect("", append(options(name, w), nats.InProcessServer(s.ns))...)
	if err != nil {
		return nil, fmt.Errorf("connect to the NATS server in the process: %w", err)
	}
	return nc, nil
}

// URL is where the server listens; "" if it does not.
func (s *Server) URL() string {
	if s.ns.Addr() == nil {
		return ""
	}
	return s.ns.ClientURL()
}

// Stop ends the server, writes what is not yet written and frees the store.
func (s *Server) Stop() {
	s.ns.Shutdown()
	s.ns.WaitForShutdown()
	_ = s.lock.Unlock() // the process ends soon, and the lock with it
}
