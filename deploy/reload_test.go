package deploy

import (
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

// reload has the running server read its files again.
func (s *site) reload(t *testing.T) {
	t.Helper()
	if err := s.servers[0].ReloadOptions(s.load(t, "one.conf", "nats-0")); err != nil {
		t.Fatalf("reload: %v", err)
	}
}

// As the guide says: a publisher is added, and another revoked, while the server
// runs; nobody else notices.
func TestUsersComeAndGoByReload(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init"}, s.as("admin")...)...)
	admin, _ := s.connect(t, "admin")
	closed := make(chan struct{})
	s.connect(t, "publisher_local", nats.NoReconnect(), nats.ClosedHandler(func(*nats.Conn) { close(closed) }))

	accounts := s.read(t, "accounts.conf")
	account := regexp.MustCompile(`(?s)\n  PUBLISHER_LOCAL: \{.*?\n  \}\n`).FindString(accounts)
	if account == "" {
		t.Fatal("accounts.conf has no PUBLISHER_LOCAL")
	}
	added := strings.NewReplacer("PUBLISHER_LOCAL", "PUBLISHER_AD_NL", "publisher_local", "publisher_ad_nl", "documents.local", "documents.ad_nl").Replace(account)
	s.write(t, "keys.conf", s.read(t, "keys.conf")+s.must(t, "", "worker", "nkey", "--dir", s.path("keys"), "publisher_ad_nl"))
	s.write(t, "accounts.conf", strings.Replace(accounts, account, account+added, 1))
	// Server 2.15.2 makes a new account at the first reload, and what it imports at
	// the second (configureAccounts passes over the subscriptions of new accounts).
	s.reload(t)
	s.reload(t)
	publisher, _ := s.connect(t, "publisher_ad_nl")
	js, err := jetstream.New(publisher)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(t.Context(), "documents.ad_nl", []byte(bericht)); err != nil {
		t.Errorf("publish as the new user: %v", err)
	}
	s.write(t, "accounts.conf", strings.Replace(accounts, account, added, 1))
	s.write(t, "keys.conf", regexp.MustCompile(`(?m)^publisher_local: .*\n`).ReplaceAllString(s.read(t, "keys.conf"), ""))
	s.reload(t)
	<-closed
	if r := s.run(t, bericht, "producer", append(s.as("publisher_local"), "-")...); r.code == 0 {
		t.Error("a revoked user can publish")
	}
	if _, err := js.Publish(t.Context(), "documents.ad_nl", []byte(bericht)); err != nil {
		t.Errorf("publish after the other was revoked: %v", err)
	}
	if got := stateOf(t, admin, stream.Documents); got.Msgs != 2 || admin.Stats().Reconnects != 0 {
		t.Errorf("DOCUMENTS holds %d messages, want 2; the administrator reconnected %d times", got.Msgs, admin.Stats().Reconnects)
	}
}
