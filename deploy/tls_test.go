package deploy

import (
	"strings"
	"testing"
)

// A client that cannot trust the server, or that the server cannot trust, is
// refused with an error that says why.
func TestWhoIsNotTrustedIsRefused(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init"}, s.as("admin")...)...)
	stranger := newSite(t, nil) // with an authority and keys of its own
	ca, key := s.path("certs", "ca.pem"), s.path("keys", "publisher_local.nk")
	plain := strings.Replace(s.url(), "tls://", "nats://", 1)
	for _, tt := range []struct {
		name string
		args []string
		want string // in the error; "" for success
	}{
		{"all is right", []string{"--nats", s.url(), "--tls-ca", ca, "--nkey", key}, ""},
		{"the address says nats://, the server wants TLS", []string{"--nats", plain, "--tls-ca", ca, "--nkey", key}, ""},
		{"no authority", []string{"--nats", s.url(), "--nkey", key}, "certificate"},
		{"another authority", []string{"--nats", s.url(), "--tls-ca", stranger.path("certs", "ca.pem"), "--nkey", key}, "certificate"},
		{"no key", []string{"--nats", s.url(), "--tls-ca", ca}, "uthorization"},
		{"a key that the server does not know", []string{"--nats", s.url(), "--tls-ca", ca, "--nkey", stranger.path("keys", "publisher_local.nk")}, "uthorization"},
	} {
		r := s.run(t, bericht, "producer", append(tt.args, "--inbox-prefix", "_INBOX_publisher_local", "-")...)
		if (r.code == 0) != (tt.want == "") || !strings.Contains(r.stderr, tt.want) {
			t.Errorf("%s: exit %d, want %q in: %s", tt.name, r.code, tt.want, r.stderr)
		}
	}
}

// With verify: true, as server.conf offers, each client must show a certificate.
func TestClientsWithCertificates(t *testing.T) {
	t.Parallel()
	verify := func(text string) string { return strings.ReplaceAll(text, "verify: false", "verify: true") }
	s := oneServer(t, verify)
	s.certs(t, nil, "client", "admin")
	s.certs(t, []string{"DAYS=-1"}, "client", "late")
	stranger := newSite(t, nil)
	stranger.certs(t, nil, "client", "admin")
	for _, tt := range []struct {
		name, cert string
		want       string // in the error; "" for success
	}{
		{"a certificate of the authority", s.path("certs", "admin"), ""},
		{"no certificate", "", "certificate"},
		{"one of another authority", stranger.path("certs", "admin"), "tls"},
		{"one that has expired", s.path("certs", "late"), "certificate"},
	} {
		args := append([]string{"init"}, s.as("admin")...)
		if tt.cert != "" {
			args = append(args, "--tls-cert", tt.cert+".pem", "--tls-key", tt.cert+".key")
		}
		if r := s.run(t, "", "worker", args...); (r.code == 0) != (tt.want == "") || !strings.Contains(r.stderr, tt.want) {
			t.Errorf("%s: exit %d, want %q in: %s", tt.name, r.code, tt.want, r.stderr)
		}
	}
}

// The script refuses what would make a certificate that serves nobody, and
// leaves an authority that is there alone.
func TestCertificates(t *testing.T) {
	t.Parallel()
	s := newSite(t, nil)
	before := s.read(t, "certs/ca.pem")
	s.certs(t, nil, "server", "nats-0.nats,*.nats.telex.svc,10.0.0.1,::1")
	if s.read(t, "certs/ca.pem") != before {
		t.Error("the authority was replaced")
	}
	for _, file := range []string{"ca.key", "server.key"} {
		if mode := s.mode(t, "certs/"+file); mode != 0o600 {
			t.Errorf("%s has the mode %o", file, mode)
		}
	}
	cert := s.certificate(t, "certs/server.pem")
	for _, name := range []string{"nats-0.nats", "nats-2.nats.telex.svc", "10.0.0.1", "::1"} {
		if err := cert.VerifyHostname(name); err != nil {
			t.Errorf("the server's certificate does not hold for %s: %v", name, err)
		}
	}
	for _, args := range [][]string{{"server"}, {"client"}, {"client", "ca"}, {"client", "../x"}, {"robot", "x"}} {
		if out, err := s.certsOutput(args...); err == nil || !strings.Contains(out, "certs.sh: ") {
			t.Errorf("certs.sh %v: %v, %s", args, err, out)
		}
	}
}
