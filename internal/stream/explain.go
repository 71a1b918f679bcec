package stream

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// explainConnect adds what the user can do to the errors of a connection that
// cannot be made.
func explainConnect(err error) error {
	if what := connectRemedy(err); what != "" {
		return fmt.Errorf("%w: %s", err, what)
	}
	return err
}

// expired tells since when the certificate of a client is not valid any more;
// "" for one that is. A server that refuses it may end the connection before it
// says why.
func expired(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return "" // the connection says it
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return ""
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil || time.Now().Before(cert.NotAfter) {
		return ""
	}
	return cert.NotAfter.UTC().Format(time.DateOnly)
}

func connectRemedy(err error) string {
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var file *os.PathError
	text := err.Error()
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(text, p) {
				return true
			}
		}
		return false
	}
	switch {
	case errors.Is(err, nats.ErrNoServers):
		return "nobody answers; is the server up, and is --nats right?"
	case errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAccountAuthExpired), has("expired user", "claims are expired"):
		return "the credentials have expired: ask the administrator for new ones and name them with --creds"
	case errors.Is(err, nats.ErrAuthRevoked):
		return "the credentials were revoked: ask the administrator for new ones and name them with --creds"
	case errors.Is(err, nats.ErrAuthorization):
		return "the server does not accept this user: check --creds, --nkey, the name and password in --nats, or those in the context"
	case errors.As(err, &file):
		return "the file named for the connection cannot be read: check --creds, --nkey and --tls-…"
	case has("nkeys:", "no nkey", "error signing nonce", "nkey seed", "user JWT"):
		return "the file of --creds or --nkey does not hold what it should: a user's JWT and seed, or a seed"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("the server's certificate is valid from %s to %s: its administrator must renew it, or the clock of this machine is wrong",
			invalid.Cert.NotBefore.UTC().Format(time.DateOnly), invalid.Cert.NotAfter.UTC().Format(time.DateOnly))
	case errors.As(err, &unknown):
		return "the server's certificate is signed by an authority that this machine does not know: name its certificate with --tls-ca"
	case errors.As(err, &host):
		return "the server's certificate is for other names: write one of them in --nats"
	case has("tls: expired certificate", "tls: certificate required", "tls: bad certificate", "tls: unknown certificate", "closed by remote after TLS handshake"):
		return "the server wants a certificate of this client that its authority signed and that has not expired: name it with --tls-cert and --tls-key"
	case errors.Is(err, nats.ErrSecureConnWanted), has("first record does not look like a TLS handshake"):
		return "the server does not speak TLS: write nats:// in --nats and leave --tls-… out, or have TLS configured on the server"
	case errors.Is(err, nats.ErrSecureConnRequired):
		return "the server wants TLS: write tls:// in --nats"
	case errors.Is(err, nats.ErrTimeout), has("i/o timeout"):
		return "what listens there does not answer as a NATS server; is --nats right, and does a firewall let it through?"
	}
	return ""
}

// denial is the word of a server about something this user may not do.
type denial struct{ err error }

func (d *denial) Error() string {
	text := strings.TrimPrefix(d.err.Error(), nats.ErrPermissionViolation.Error()+": ")
	switch {
	case strings.Contains(text, "Subscription to \"_INBOX"), strings.Contains(text, "Subscription to") && strings.Contains(strings.ToUpper(text), "INBOX"):
		return text + ": this user hears replies only under another prefix: name it with --inbox-prefix, or as inbox_prefix in the context"
	case strings.Contains(text, "$JS.API.STREAM.CREATE"), strings.Contains(text, "$JS.API.STREAM.UPDATE"), strings.Contains(text, "$JS.API.CONSUMER.CREATE"), strings.Contains(text, "$JS.API.CONSUMER.DURABLE"):
		return text + ": this user may not make streams and consumers; do it as the administrator's user (--creds, --nkey or --context)"
	case strings.Contains(text, "Publish to \"documents."):
		return text + ": this user may not publish documents of that source; use the user of that publisher, or have the permission added"
	}
	return text + ": use a user who may (--creds, --nkey or --context), or have the administrator add the permission"
}

func (d *denial) Unwrap() error { return d.err }

// denied gives the refusal by the server that err, of a request or publication
// on the subject, is only the silence after; err itself if there was none.
func denied(nc *nats.Conn, subject string, err error) error {
	last := nc.LastError()
	if errors.Is(last, nats.ErrPermissionViolation) && strings.Contains(last.Error(), `"`+subject+`"`) {
		return &denial{last}
	}
	return err
}

// heeding does something with requests to the server, and stops it as soon as
// the server refuses one for want of permission: the requester is not answered
// in that case, and would wait. The error is then the refusal. It is for one
// goroutine of a connection at a time.
func heeding(ctx context.Context, nc *nats.Conn, do func(ctx context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var refusal atomic.Pointer[denial]
	before := nc.ErrorHandler()
	nc.SetErrorHandler(func(nc *nats.Conn, sub *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			refusal.CompareAndSwap(nil, &denial{err})
			cancel()
			return
		}
		if before != nil {
			before(nc, sub, err)
		}
	})
	defer nc.SetErrorHandler(before)
	err := do(ctx)
	if d := refusal.Load(); d != nil && err != nil {
		return d
	}
	return err
}

// explain adds what the user can do to the errors of JetStream that have a remedy.
func explain(err error) error {
	if what := remedy(err); what != "" {
		return fmt.Errorf("%s: %w", what, err)
	}
	return err
}

func remedy(err error) string {
	const (
		noPeers         = jetstream.ErrorCode(10005)
		notForAccount   = jetstream.ErrorCode(10039)
		noStorage       = jetstream.ErrorCode(10047)
		invalidConfig   = jetstream.ErrorCode(10052)
		nameInUse       = jetstream.ErrorCode(10058)
		subjectsOverlap = jetstream.ErrorCode(10065)
		notClustered    = jetstream.ErrorCode(10074)
		streamFull      = jetstream.ErrorCode(10077)
		needsMaxBytes   = jetstream.ErrorCode(10113)
	)
	switch code, _ := apiCode(err); {
	case code == streamFull:
		return fmt.Sprintf("stream %s is full of documents that no worker has settled: start more workers, or raise --max-bytes", Documents)
	case code == noStorage:
		return "the server has no room for this: lower --max-bytes, or raise max_file_store in the server's configuration or the limit of the account"
	case code == noPeers, code == notClustered:
		return "there are not so many servers for each stream: lower --replicas, or add servers to the cluster"
	case code == notForAccount, errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return "the account of this user has no JetStream: use a user of the account that has (--creds, --nkey or --context), or have it enabled"
	case code == invalidConfig, code == nameInUse:
		return "a stream of that name was made with settings that cannot be changed: save what it holds, delete it (`nats stream rm`), and run `worker init` again"
	case code == subjectsOverlap:
		return "another stream takes these subjects: `nats stream ls --subject` finds it; give it other subjects or delete it"
	case code == needsMaxBytes:
		return "the account wants a limit on every stream: set --max-bytes"
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled):
		return "start the NATS server with JetStream (-js)"
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return "an administrator makes the streams with `worker init`"
	case errors.Is(err, jetstream.ErrNoStreamResponse), errors.Is(err, nats.ErrNoResponders):
		return "nobody takes this: start a worker, or make the streams with `worker init`; and the NATS server needs JetStream (-js)"
	case errors.Is(err, nats.ErrMaxPayload):
		return "the message is larger than the server takes: set max_payload: 8MB in its configuration"
	}
	return ""
}
