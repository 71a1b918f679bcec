package stream

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
)

// authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string // PEM
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().AddDate(-2, 0, 0), NotAfter: time.Now().AddDate(1, 0, 0), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{cert: cert, key: key, file: filepath.Join(t.TempDir(), "ca.pem")}
	writePEM(t, a.file, "CERTIFICATE", der)
	return a
}

// issue makes a certificate for a host, and gives its file and that of its key.
func (a *authority) issue(t *testing.T, host string, until time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host}, NotBefore: time.Now().AddDate(-1, 0, 0), NotAfter: until,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &private.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	writePEM(t, cert, "CERTIFICATE", der)
	writePEM(t, key, "PRIVATE KEY", secret)
	return cert, key
}

func writePEM(t *testing.T, path, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// secured gives a server with a certificate; clients is the authority that must
// have signed those of clients, nil for none.
func secured(t *testing.T, cert, key string, clients *authority) string {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	opts := server.Options{TLSConfig: config, TLS: true, TLSTimeout: 5}
	if clients != nil {
		config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		config.ClientCAs.AddCert(clients.cert)
		opts.TLSVerify = true
	}
	return strings.Replace(listening(t, opts).ClientURL(), "nats://", "tls://", 1)
}

// Each certificate that will not do gives an error that says which and what to do.
func TestCertificatesThatWillNotDo(t *testing.T) {
	t.Parallel()
	ours, other := newAuthority(t), newAuthority(t)
	later, before := time.Now().AddDate(0, 1, 0), time.Now().AddDate(0, 0, -3)
	good, goodKey := ours.issue(t, "127.0.0.1", later)
	expired, expiredKey := ours.issue(t, "127.0.0.1", before)
	named, namedKey := ours.issue(t, "nats.example.org", later)
	foreign, foreignKey := other.issue(t, "127.0.0.1", later)
	plain := listening(t, server.Options{}).ClientURL()
	for _, tt := range []struct {
		name  string
		login Login
		want  string // "" for a connection that is made
	}{
		{"good", Login{URL: secured(t, good, goodKey, nil), TLSCA: ours.file}, ""},
		{"good on both sides", Login{URL: secured(t, good, goodKey, ours), TLSCA: ours.file, TLSCert: good, TLSKey: goodKey}, ""},
		{"server's expired", Login{URL: secured(t, expired, expiredKey, nil), TLSCA: ours.file}, before.UTC().Format("2006-01-02") + ": its administrator must renew it"},
		{"authority not named", Login{URL: secured(t, good, goodKey, nil)}, "--tls-ca"},
		{"another authority", Login{URL: secured(t, foreign, foreignKey, nil), TLSCA: ours.file}, "--tls-ca"},
		{"another host", Login{URL: secured(t, named, namedKey, nil), TLSCA: ours.file}, "other names"},
		{"client without", Login{URL: secured(t, good, goodKey, ours), TLSCA: ours.file}, "--tls-cert and --tls-key"},
		{"client's expired", Login{URL: secured(t, good, goodKey, ours), TLSCA: ours.file, TLSCert: expired, TLSKey: expiredKey}, "has expired on " + before.UTC().Format("2006-01-02")},
		{"client's of another authority", Login{URL: secured(t, good, goodKey, ours), TLSCA: ours.file, TLSCert: foreign, TLSKey: foreignKey}, "--tls-cert and --tls-key"},
		{"no TLS on the server", Login{URL: plain, TLSCA: ours.file}, "does not speak TLS"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tries(t, tt.login, tt.want)
		})
	}
}

// tries connects; want is part of the error, "" for none.
func tries(t *testing.T, login Login, want string) {
	t.Helper()
	nc, err := Connect("test", login, Watch{})
	if err == nil {
		nc.Close()
	}
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("connected with %v; want %q", err, want)
	}
}

func TestCredentialsThatWillNotDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seeds := map[string]string{}
	var public string
	for _, who := range []string{"known", "stranger"} {
		pair, err := nkeys.CreateUser()
		if err != nil {
			t.Fatal(err)
		}
		seed, err := pair.Seed()
		if err != nil {
			t.Fatal(err)
		}
		if who == "known" {
			public, err = pair.PublicKey()
		}
		seeds[who] = filepath.Join(dir, who)
		if err := errors.Join(err, os.WriteFile(seeds[who], seed, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, []byte("nothing of use\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ns := listening(t, server.Options{Nkeys: []*server.NkeyUser{{Nkey: public}}, Users: []*server.User{{Username: "me", Password: "right"}}})
	url := ns.ClientURL()
	with := func(user string) string { return strings.Replace(url, "nats://", "nats://"+user+"@", 1) }
	for _, tt := range []struct {
		name  string
		login Login
		want  string
	}{
		{"nkey", Login{URL: url, NKey: seeds["known"]}, ""},
		{"password", Login{URL: with("me:right")}, ""},
		{"wrong password", Login{URL: with("me:wrong")}, "does not accept this user: check --creds"},
		{"nobody", Login{URL: url}, "does not accept this user"},
		{"nkey of a stranger", Login{URL: url, NKey: seeds["stranger"]}, "does not accept this user"},
		{"creds without a JWT", Login{URL: url, Creds: empty}, "--creds"},
		{"nkey without a seed", Login{URL: url, NKey: empty}, "--nkey"},
		{"no such creds", Login{URL: url, Creds: filepath.Join(dir, "none")}, "cannot be read"},
		{"no such context", Login{Context: "no-such-context"}, "nats context ls"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tries(t, tt.login, tt.want)
			if _, err := Connect("test", tt.login, Watch{}); err != nil && strings.Contains(err.Error(), "wrong@") {
				t.Errorf("the error shows the password: %v", err)
			}
		})
	}
}

// What listens may not be NATS at all.
func TestConnectToSomethingElse(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	tries(t, Login{URL: "nats://" + l.Addr().String()}, "does not answer as a NATS server")
}

// A user who may not ask is told so at once, with what is missing; without
// that, the server's silence would be all.
func TestMissingPermission(t *testing.T) {
	t.Parallel()
	allow := func(subjects ...string) *server.SubjectPermission { return &server.SubjectPermission{Allow: subjects} }
	user := func(name string, publish, subscribe *server.SubjectPermission) *server.User {
		return &server.User{Username: name, Password: "p", Permissions: &server.Permissions{Publish: publish, Subscribe: subscribe}}
	}
	look := []string{"$JS.API.STREAM.INFO.*", "$JS.API.CONSUMER.INFO.>"}
	ns := listening(t, server.Options{Users: []*server.User{
		{Username: "admin", Password: "p"},
		user("looks", allow(look...), nil),
		user("deaf", allow("$JS.API.>"), allow("_INBOX_deaf.>")),
		user("none", allow("x"), nil),
		user("publisher", allow("documents.mine"), nil),
		user("replays", allow(append(look, "$JS.API.DIRECT.GET.DOCUMENTS",
			"$JS.API.CONSUMER.CREATE.NEWS.*.articles.*.*", "$JS.API.CONSUMER.MSG.NEXT.NEWS.*", "$JS.API.CONSUMER.DELETE.NEWS.*",
			"$JS.API.CONSUMER.CREATE.DEAD.*.dead.*", "$JS.API.CONSUMER.MSG.NEXT.DEAD.*", "$JS.API.CONSUMER.DELETE.DEAD.*")...), nil),
	}})
	as := func(name string) *nats.Conn {
		nc, err := Connect("test", Login{URL: strings.Replace(ns.ClientURL(), "nats://", "nats://"+name+":p@", 1)}, Watch{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(nc.Close)
		return nc
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := Create(ctx, as("admin"), DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	open := func(nc *nats.Conn) error { _, err := Open(ctx, nc); return err }
	create := func(nc *nats.Conn) error { return Create(ctx, nc, DefaultSettings()) }
	dead := func(nc *nats.Conn) error { _, err := OpenDeadLetters(ctx, nc); return err }
	admin, err := jetstream.New(as("admin"))
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"documents.mine", "articles.nl.mine", "dead.panic"} { // so that there is something to look at
		if _, err := admin.Publish(ctx, subject, []byte("Een bericht.")); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	for _, tt := range []struct {
		name, user string
		do         func(*nats.Conn) error
		want       []string
	}{
		{"worker", "looks", open, nil},
		{"worker without any", "none", open, []string{"$JS.API.STREAM.INFO.", "add the permission"}},
		{"worker of another inbox", "deaf", open, []string{"_INBOX", "--inbox-prefix"}},
		{"replay, which needs no more than a worker", "replays", replayAs(ctx), nil},
		{"replay without looking at documents", "looks", replayAs(ctx), []string{"$JS.API.DIRECT.GET.DOCUMENTS"}},
		{"init", "looks", create, []string{"$JS.API.STREAM.", "administrator's user"}},
		{"dead letters", "none", dead, []string{"$JS.API.STREAM.INFO.DEAD", "--creds"}},
		{"publisher", "publisher", publishAs(ctx, "mine"), nil},
		{"publisher of another source", "publisher", publishAs(ctx, "theirs"), []string{`"documents.theirs"`, "may not publish documents of that source"}},
	} {
		err := tt.do(as(tt.user))
		if (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %v; want %q", tt.name, err, tt.want)
			continue
		}
		for _, part := range tt.want {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %v; want %q", tt.name, err, part)
			}
		}
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("the refusals took %s: they were waited for in vain", took)
	}
}

// publishAs publishes one document as the producer does.
func publishAs(ctx context.Context, source string) func(*nats.Conn) error {
	return func(nc *nats.Conn) error {
		in, err := NewIntake(ctx, nc, time.Minute)
		if err != nil {
			return err
		}
		var stored error
		in.Publish(Incoming{Source: source, ID: source, Data: []byte("Een bericht."), Stored: func(_ bool, err error) { stored = err }})
		in.Close()
		return stored
	}
}

// replayAs begins a replay and reads what it gives.
func replayAs(ctx context.Context) func(*nats.Conn) error {
	return func(nc *nats.Conn) error {
		s, err := Open(ctx, nc)
		if err != nil {
			return err
		}
		for _, source := range []string{"", "mine"} {
			r, err := s.NewReplay(ctx, "1", Range{Since: time.Now().Add(-time.Hour), Source: source})
			if err != nil {
				return err
			}
			if err := r.Fetch(10, MaxPayload, func(*Delivery) {}); err != nil {
				return err
			}
		}
		return nil
	}
}

// A refused retry and a refused deletion say so too.
func TestMissingPermissionForLetters(t *testing.T) {
	t.Parallel()
	ns := listening(t, server.Options{Users: []*server.User{
		{Username: "admin", Password: "p"},
		{Username: "reads", Password: "p", Permissions: &server.Permissions{
			Publish: &server.SubjectPermission{Allow: []string{"$JS.API.STREAM.INFO.DEAD", "$JS.API.DIRECT.GET.>"}}}},
	}})
	as := func(name string) *nats.Conn {
		nc, err := Connect("test", Login{URL: strings.Replace(ns.ClientURL(), "nats://", "nats://"+name+":p@", 1)}, Watch{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(nc.Close)
		return nc
	}
	admin := as("admin")
	if err := Create(t.Context(), admin, DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	bury(t, admin, s)
	d, err := OpenDeadLetters(t.Context(), as("reads"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := d.Get(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Retry(t.Context(), l); err == nil || !strings.Contains(err.Error(), "may not publish documents") {
		t.Errorf("retry: %v", err)
	}
	if err := d.Delete(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "MSG.DELETE.DEAD") {
		t.Errorf("delete: %v", err)
	}
}

// Streams and consumers made by hand: worker and init say what differs, or mend it.
func TestMadeByHand(t *testing.T) {
	t.Parallel()
	stream := func(name string, change func(*jetstream.StreamConfig)) jetstream.StreamConfig {
		for _, c := range DefaultSettings().streams() {
			if c.Name == name {
				change(&c)
				return c
			}
		}
		panic(name)
	}
	for _, tt := range []struct {
		name   string
		config jetstream.StreamConfig
		open   string // part of the worker's error
		create string // part of init's; "" for one that mends it
	}{
		{"in memory", stream(News, func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage }), "NEWS has storage Memory, not File", "nats stream rm"},
		{"work queue", stream(Documents, func(c *jetstream.StreamConfig) { c.Retention = jetstream.WorkQueuePolicy }), "retention WorkQueue", "nats stream rm"},
		{"one a subject", stream(News, func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 1 }), "NEWS has a limit of messages for each subject", ""},
		{"no acknowledgements", stream(Documents, func(c *jetstream.StreamConfig) { c.NoAck = true }), "acknowledgements to publishers false", ""},
		{"few messages", stream(Documents, func(c *jetstream.StreamConfig) { c.MaxMsgs = 10 }), "DOCUMENTS has a limit of messages true", ""},
		{"few articles", stream(News, func(c *jetstream.StreamConfig) { c.MaxMsgs = 10 }), "", ""},
		{"no deleting", stream(Dead, func(c *jetstream.StreamConfig) { c.DenyDelete = true }), "deleting allowed false", "nats stream rm"},
		{"other subjects", stream(Dead, func(c *jetstream.StreamConfig) { c.Subjects = []string{"letters.>"} }), "DEAD has subjects [letters.>], not [dead.*]", ""},
		{"subjects of another", stream(Dead, func(c *jetstream.StreamConfig) { c.Name = "MINE" }), "DEAD does not exist", "nats stream ls --subject"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			nc := byHand(t, tt.config)
			says(t, "worker", opened(t, nc), tt.open)
			err := Create(t.Context(), nc, DefaultSettings())
			says(t, "init", err, tt.create)
			if err == nil {
				says(t, "worker after init", opened(t, nc), "")
			}
		})
	}
}

func opened(t *testing.T, nc *nats.Conn) error {
	t.Helper()
	_, err := Open(t.Context(), nc)
	return err
}

func says(t *testing.T, who string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("%s says %v; want %q", who, err, want)
	}
}

// byHand gives a server with the streams of init but one.
func byHand(t *testing.T, odd jetstream.StreamConfig) *nats.Conn {
	t.Helper()
	nc, s := start(t, nil)
	name := odd.Name
	if name == "MINE" {
		name = Dead
	}
	if err := s.js.DeleteStream(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	if _, err := s.js.CreateStream(t.Context(), odd); err != nil {
		t.Fatal(err)
	}
	if name == Documents {
		if _, err := s.js.CreateConsumer(t.Context(), Documents, DefaultSettings().consumers()[Documents]); err != nil {
			t.Fatal(err)
		}
	}
	return nc
}

func TestConsumersMadeByHand(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	for _, tt := range []struct {
		change func(*jetstream.ConsumerConfig)
		want   string
	}{
		{func(c *jetstream.ConsumerConfig) { c.AckPolicy = jetstream.AckAllPolicy }, "consumer workers does not want each message acknowledged"},
		{func(c *jetstream.ConsumerConfig) { c.DeliverPolicy = jetstream.DeliverNewPolicy }, "from the first message"},
		{func(c *jetstream.ConsumerConfig) { c.FilterSubject = "documents.ad_nl" }, "filters subjects"},
		{func(c *jetstream.ConsumerConfig) { c.BackOff = []time.Duration{time.Second} }, "backoff"},
		{func(c *jetstream.ConsumerConfig) { c.HeadersOnly = true }, "headers only"},
		{func(c *jetstream.ConsumerConfig) { c.AckWait, c.MaxDeliver = time.Minute, 9 }, ""},
	} {
		if err := s.js.DeleteConsumer(t.Context(), Documents, workers); err != nil {
			t.Fatal(err)
		}
		config := DefaultSettings().consumers()[Documents]
		tt.change(&config)
		if _, err := s.js.CreateConsumer(t.Context(), Documents, config); err != nil {
			t.Fatal(err)
		}
		says(t, "worker", opened(t, nc), tt.want)
	}
}

// Limits of the server and the account.
func TestInitWithoutTheMeans(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		opts     server.Options
		settings func(*Settings)
		want     string
	}{
		{"one server", server.Options{}, func(s *Settings) { s.Replicas = 3 }, "lower --replicas"},
		{"no room", server.Options{JetStreamMaxStore: 1 << 20}, func(s *Settings) { s.MaxBytes = 1 << 30 }, "lower --max-bytes"},
	} {
		ns := listening(t, tt.opts)
		nc, err := Connect("test", Login{URL: ns.ClientURL()}, Watch{})
		if err != nil {
			t.Fatal(err)
		}
		settings := DefaultSettings()
		tt.settings(&settings)
		says(t, fmt.Sprint("init, ", tt.name), Create(t.Context(), nc, settings), tt.want)
		nc.Close()
	}
}
