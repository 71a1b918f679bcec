// Package stream is all that Telex says to NATS: it connects or embeds a server,
// makes and checks the streams of the contract, takes documents, publishes
// articles in atomic batches, and writes dead letters.
package stream

import (
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/synadia-io/orbit.go/natscontext"
)

// Login says where NATS is and who we are. The zero Login is nats.DefaultURL.
type Login struct {
	URL     string // one or more addresses, separated by commas
	Context string // a context of the nats tool; with it URL and the rest must be empty
	Creds   string // file with a user's JWT and seed
	NKey    string // file with an NKey seed
	TLSCA   string // file with the authorities that sign the server's certificate, PEM
	TLSCert string // file with the client's certificate, PEM
	TLSKey  string // file with the key of TLSCert, PEM

	// InboxPrefix begins the subjects of replies to us; "" for that of Context,
	// or _INBOX. With one prefix for each user, none sees another's replies.
	InboxPrefix string
}

// Watch is told how the connection fares; every field may be nil. The functions
// are called one at a time and must not block.
type Watch struct {
	Disconnected func(error) // nil error for an orderly end
	Reconnected  func(url string)
	Trouble      func(error) // what the server refuses, and what came faster than it was read
}

// connectTimeout bounds one attempt to reach one server.
const connectTimeout = 5 * time.Second

// Connect reaches a server outside the process. name is shown in the server's
// monitoring. A connection once made is kept up for ever; while it is down,
// publishing fails at once.
func Connect(name string, login Login, w Watch) (*nats.Conn, error) {
	opts := append(options(name, w), nats.Timeout(connectTimeout))
	if login.InboxPrefix != "" {
		opts = append(opts, nats.CustomInboxPrefix(login.InboxPrefix))
	}
	if login.Context != "" {
		nc, _, err := natscontext.Connect(login.Context, opts...)
		if err != nil {
			return nil, fmt.Errorf("connect to NATS by the context %q (`nats context ls` lists contexts): %w", login.Context, explainConnect(err))
		}
		return nc, nil
	}
	if login.Creds != "" {
		opts = append(opts, nats.UserCredentials(login.Creds))
	}
	if login.NKey != "" {
		nkey, err := nats.NkeyOptionFromSeed(login.NKey)
		if err != nil {
			return nil, fmt.Errorf("read the NKey seed (--nkey): %w", err)
		}
		opts = append(opts, nkey)
	}
	if login.TLSCA != "" {
		opts = append(opts, nats.RootCAs(login.TLSCA))
	}
	if login.TLSCert != "" || login.TLSKey != "" {
		opts = append(opts, nats.ClientCert(login.TLSCert, login.TLSKey))
	}
	url := login.URL
	if url == "" {
		url = nats.DefaultURL
	}
	nc, err := nats.Connect(url, opts...)
	if err == nil {
		return nc, nil
	}
	if since := expired(login.TLSCert); since != "" {
		return nil, fmt.Errorf("connect to NATS at %s: %w: the certificate of this client has expired on %s: renew %s (--tls-cert)", redact(url), err, since, login.TLSCert)
	}
	return nil, fmt.Errorf("connect to NATS at %s: %w", redact(url), explainConnect(err))
}

// options hold for every connection of ours.
func options(name string, w Watch) []nats.Option {
	return []nats.Option{
		nats.Name(name),
		nats.MaxReconnects(-1),
		nats.IgnoreAuthErrorAbort(), // credentials may be renewed, or the server be wrong for a while
		nats.ReconnectWait(250 * time.Millisecond),
		nats.ReconnectJitter(250*time.Millisecond, time.Second),
		nats.PingInterval(10 * time.Second), // a dead server is noticed within 30 s
		// Nothing waits unseen in a buffer: what cannot be sent fails, and is sent
		// again by whoever knows whether it is still wanted.
		nats.ReconnectBufSize(-1),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if w.Disconnected != nil {
				w.Disconnected(err)
			}
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if w.Trouble != nil {
				w.Trouble(err)
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) {
			if w.Reconnected != nil {
				w.Reconnected(nc.ConnectedUrlRedacted())
			}
		}),
	}
}

// redact takes user names, passwords and tokens out of a list of addresses.
func redact(urls string) string {
	out, cut := []byte(nil), 0
	for i := range len(urls) {
		switch urls[i] {
		case '@':
			out, cut = append(out[:lastSlash(out)], "xxx@"...), i+1
		default:
			if i >= cut {
				out = append(out, urls[i])
			}
		}
	}
	return string(out)
}

// lastSlash is the place after the last slash or comma of b.
func lastSlash(b []byte) int {
	for i := len(b); i > 0; i-- {
		if b[i-1] == '/' || b[i-1] == ',' {
			return i
		}
	}
	return 0
}
