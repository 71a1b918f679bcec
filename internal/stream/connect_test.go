package stream

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// listening gives a server that listens on loopback with what opts add.
func listening(t *testing.T, opts server.Options) *server.Server {
	t.Helper()
	opts.Host, opts.Port = "127.0.0.1", server.RANDOM_PORT
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
