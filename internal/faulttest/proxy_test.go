package faulttest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// proxy stands between workers and a server, or between two servers, and can
// swallow what a worker publishes or cut the line: a way to strike between two
// messages without a hook in the product.
type proxy struct {
	listener net.Listener
	target   string
	swallow  atomic.Bool  // acknowledgements are dropped while set
	dropped  atomic.Int64 // acknowledgements dropped so far
	mu       sync.Mutex
	open     []net.Conn
	severed  bool // nobody gets through
}

func startProxy(t testing.TB, target string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen for the proxy: %v", err)
	}
	p := &proxy{listener: listener, target: strings.TrimPrefix(target, "nats://")}
	go p.accept()
	t.Cleanup(p.close)
	return p
}

func (p *proxy) url() string { return "nats://" + p.listener.Addr().String() }

func (p *proxy) close() {
	p.listener.Close()
	p.sever(true)
}

// sever ends all connections and lets none through, or lets them through again.
func (p *proxy) sever(off bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.severed = off
	if off {
		for _, c := range p.open {
			c.Close()
		}
		p.open = nil
	}
}

// admit keeps a pair of connections, unless the proxy is severed.
func (p *proxy) admit(pair ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.severed {
		for _, c := range pair {
			c.Close()
		}
		return false
	}
	p.open = append(p.open, pair...)
	return true
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target)
		if err != nil {
			client.Close() // the server is down: the client tries again
			continue
		}
		if !p.admit(client, server) {
			continue
		}
		go func() { io.Copy(client, server); client.Close() }()
		go func() { filter(server, client, p.drop); server.Close() }()
	}
}

// drop tells whether a message is an acknowledgement while those are swallowed.
// Heartbeats use the same subject and pass.
func (p *proxy) drop(subject string, payload []byte) bool {
	isAck := strings.HasPrefix(subject, "$JS.ACK.") && (len(payload) == 0 || bytes.HasPrefix(payload, []byte("+ACK")))
	if !isAck || !p.swallow.Load() {
		return false
	}
	p.dropped.Add(1)
	return true
}

// filter copies the client side of the NATS protocol, without the messages
// that drop names. It ends at the first error of either side.
func filter(to io.Writer, from io.Reader, drop func(subject string, payload []byte) bool) error {
	in := bufio.NewReaderSize(from, 64<<10)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return err
		}
		subject, size, err := published(string(line))
		if err != nil {
			return err
		}
		if subject == "" {
			if _, err := to.Write(line); err != nil {
				return err
			}
			continue
		}
		body := make([]byte, size+2) // and the line's end
		if _, err := io.ReadFull(in, body); err != nil {
			return err
		}
		if drop(subject, body[:size]) {
			continue
		}
		if _, err := to.Write(append(line, body...)); err != nil {
			return err
		}
	}
}

// published reads "PUB subject [reply] size" or "HPUB subject [reply] header size";
// any other line has no subject.
func published(line string) (subject string, size int, err error) {
	f := strings.Fields(line)
	if len(f) < 3 || f[0] != "PUB" && f[0] != "HPUB" {
		return "", 0, nil
	}
	if size, err = strconv.Atoi(f[len(f)-1]); err != nil || size < 0 || size > 64<<20 {
		return "", 0, fmt.Errorf("proxy: size in %q", line)
	}
	return f[1], size, nil
}

func TestProxyFilter(t *testing.T) {
	t.Parallel()
	ack := "PUB $JS.ACK.D.c.1.2.3.4.5 _INBOX.x 4\r\n+ACK\r\n"
	beat := "PUB $JS.ACK.D.c.1.2.3.4.5 4\r\n+WPI\r\n"
	empty := "PUB $JS.ACK.D.c.1.2.3.4.5 0\r\n\r\n"
	other := "CONNECT {}\r\nHPUB a.b r 12 17\r\nNATS/1.0\r\n\r\nPUB x\r\nPING\r\n"
	var p proxy
	p.swallow.Store(true)
	var out bytes.Buffer
	err := filter(&out, strings.NewReader(ack+other+beat+empty), p.drop)
	if err != io.EOF {
		t.Errorf("filter ended with %v, want EOF", err)
	}
	if diff := cmp.Diff(other+beat, out.String()); diff != "" {
		t.Errorf("what passed (-want +got):\n%s", diff)
	}
	if got := p.dropped.Load(); got != 2 {
		t.Errorf("dropped %d acknowledgements, want 2", got)
	}
}
