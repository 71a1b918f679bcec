package stream

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// listening gives a server that listens on loopback with what opts add.
func listening(t *testing.T, opts server.Options) *server.Server {
	t.Helper()
	opts.Host = "127.0.0.1"
	if opts.Port == 0 {
		opts.Port = server.RANDOM_PORT
	}
	opts.JetStream, opts.StoreDir, opts.NoSigs, opts.NoLog = true, t.TempDir(), true, true
	opts.MaxPayload, opts.MaxPending = MaxPayload, 8*MaxPayload
	ns, err := server.NewServer(&opts)
	if err != nil {
		t.Fatal(err)
	}
	ns.Start()
	t.Cleanup(func() { ns.Shutdown(); ns.WaitForShutdown() })
	if !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server is not ready")
	}
	return ns
}

// A user who may hear only inboxes of his own prefix can work with it, and not
// without: by flag, by context, and by the flag over the context.
func TestInboxPrefix(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	ns := listening(t, server.Options{Users: []*server.User{{
		Username: "me", Password: "pass", Permissions: &server.Permissions{
			Publish:   &server.SubjectPermission{Allow: []string{"$JS.API.>"}},
			Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX_me.>"}},
		},
	}}})
	url := "nats://me:pass@" + strings.TrimPrefix(ns.ClientURL(), "nats://")
	writeContext(t, dir, "mine", map[string]string{"url": url, "inbox_prefix": "_INBOX_me"})
	writeContext(t, dir, "other", map[string]string{"url": url, "inbox_prefix": "_INBOX_other"})
	for _, tt := range []struct {
		name  string
		login Login
		works bool
	}{
		{"none", Login{URL: url}, false},
		{"flag", Login{URL: url, InboxPrefix: "_INBOX_me"}, true},
		{"context", Login{Context: "mine"}, true},
		{"context of another", Login{Context: "other"}, false},
		{"flag over context", Login{Context: "other", InboxPrefix: "_INBOX_me"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			nc, err := Connect("test", tt.login, Watch{})
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			refused := make(chan error, 10)
			nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err })
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() {
				select {
				case <-refused:
					cancel() // no reply will come
				case <-ctx.Done():
				}
			}()
			_, err = nc.RequestWithContext(ctx, "$JS.API.INFO", nil)
			if (err == nil) != tt.works {
				t.Errorf("a request: %v; works: want %t", err, tt.works)
			}
		})
	}
}

func writeContext(t *testing.T, dir, name string, fields map[string]string) {
	t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "nats", "context", name+".json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A server that refuses a user, for as long as its configuration is wrong, is
// tried on; credentials may be renewed meanwhile.
func TestRefusedForAWhile(t *testing.T) {
	t.Parallel()
	first := listening(t, users("right"))
	address := strings.TrimPrefix(first.ClientURL(), "nats://")
	refused, found := make(chan error, 100), make(chan string, 1)
	nc, err := Connect("test", Login{URL: "nats://me:right@" + address}, Watch{
		Trouble:     func(err error) { refused <- err },
		Reconnected: func(url string) { found <- url },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	restart := func(old *server.Server, password string) *server.Server {
		old.Shutdown()
		old.WaitForShutdown()
		opts := users(password)
		_, port, err := net.SplitHostPort(address)
		if err == nil {
			opts.Port, err = strconv.Atoi(port)
		}
		if err != nil {
			t.Fatal(err)
		}
		return listening(t, opts)
	}
	second := restart(first, "wrong")
	for range 3 { // the client library would give up at the second
		if err := <-refused; !errors.Is(err, nats.ErrAuthorization) {
			t.Errorf("trouble %v, want %v", err, nats.ErrAuthorization)
		}
	}
	restart(second, "right")
	if url := <-found; strings.Contains(url, "right") {
		t.Errorf("the address %s shows the password", url)
	}
}

func users(password string) server.Options {
	return server.Options{Users: []*server.User{{Username: "me", Password: password}}}
}

// What the server refuses while a connection stands is told, for the log.
func TestTrouble(t *testing.T) {
	t.Parallel()
	ns := listening(t, server.Options{Users: []*server.User{{Username: "me", Password: "p",
		Permissions: &server.Permissions{Publish: &server.SubjectPermission{Deny: []string{"articles.>"}}}}}})
	told := make(chan error, 1)
	nc, err := Connect("test", Login{URL: strings.Replace(ns.ClientURL(), "nats://", "nats://me:p@", 1)}, Watch{Trouble: func(err error) { told <- err }})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if err := nc.Publish("articles.nl.test", nil); err != nil {
		t.Fatal(err)
	}
	if err := <-told; !errors.Is(err, nats.ErrPermissionViolation) || !strings.Contains(err.Error(), "articles.nl.test") {
		t.Errorf("told of %v", err)
	}
}
