package faulttest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"telex/internal/stream"
)

const (
	clusterSize = 3
	// electionTime is longer than what NATS takes at most to notice that a leader
	// is silent, and to elect another.
	electionTime = 11 * time.Second
	healWithin   = 2 * time.Minute
)

// cluster is three server processes, each with a store of its own, that reach
// each other only through proxies: one for each pair and direction, so that a
// server can be cut off while it runs on.
type cluster struct {
	t       testing.TB
	members []*member
}

type member struct {
	name    string
	process *process
	config  childConfig
	client  string   // host:port for clients
	routes  string   // host:port for the other servers, behind their proxies
	links   []*proxy // between this server and the others, both ways
}

// startCluster starts the servers; the streams are the caller's business.
func startCluster(t testing.TB) *cluster {
	t.Helper()
	c := &cluster{t: t}
	ports := freePorts(t, 2*clusterSize)
	for i := range clusterSize {
		c.members = append(c.members, &member{
			name: fmt.Sprint("n", i+1), client: ports[2*i], routes: ports[2*i+1],
		})
	}
	for _, from := range c.members {
		var routes []string
		for _, to := range c.members {
			if from == to {
				continue
			}
			link := startProxy(t, to.routes)
			from.links, to.links = append(from.links, link), append(to.links, link)
			routes = append(routes, link.url())
		}
		from.config = childConfig{Cluster: clusterConfig(from, t.TempDir(), routes), AckWait: ackWait}
	}
	for _, m := range c.members {
		c.start(m)
	}
	for _, m := range c.members {
		m.process.awaitReady(t)
	}
	return c
}

// clusterConfig is the configuration of one server. What it advertises leads
// nowhere: the others must come through their proxies.
func clusterConfig(m *member, dir string, routes []string) string {
	return fmt.Sprintf(`
server_name: %s
listen: "%s"
max_payload: 8MB
max_pending: 64MB
jetstream { store_dir: %q, sync_interval: always }
cluster { name: telex, listen: "%s", advertise: "127.0.0.1:1", routes: [ %s ] }
`, m.name, m.client, filepath.ToSlash(dir), m.routes, strings.Join(routes, ", "))
}

// freePorts gives addresses on loopback that are free now. They lie below the
// ports that systems give to connections, which could take one meanwhile.
func freePorts(t testing.TB, n int) []string {
	t.Helper()
	var out []string
	for tries := 0; len(out) < n && tries < 1000; tries++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10_000+rand.N(20_000)))
		if err != nil {
			continue
		}
		defer l.Close()
		out = append(out, l.Addr().String())
	}
	if len(out) < n {
		t.Fatal("no free ports")
	}
	return out
}

func (c *cluster) start(m *member) { m.process = startProcess(c.t, "server "+m.name, m.config) }

// restart starts a server that has ended, on its store.
func (c *cluster) restart(m *member) {
	c.t.Helper()
	c.start(m)
	m.process.awaitReady(c.t)
}

func (c *cluster) named(name string) *member {
	c.t.Helper()
	i := slices.IndexFunc(c.members, func(m *member) bool { return m.name == name })
	if i < 0 {
		c.t.Fatalf("no server is called %q", name)
	}
	return c.members[i]
}

// url names all servers.
func (c *cluster) url() string {
	var urls []string
	for _, m := range c.members {
		urls = append(urls, "nats://"+m.client)
	}
	return strings.Join(urls, ",")
}

func (c *cluster) logs() string {
	var out []string
	for _, m := range c.members {
		out = append(out, m.process.log())
	}
	return strings.Join(out, "\n")
}

// cut takes a server off the network of the others; its clients keep it.
func (m *member) cut(off bool) {
	for _, link := range m.links {
		link.sever(off)
	}
}

// runClusterServer is the child that is one server of a cluster.
func runClusterServer(ctx context.Context, config string, report func(level, message string)) error {
	opts := &server.Options{NoSigs: true}
	if err := opts.ProcessConfigString(config); err != nil {
		return fmt.Errorf("configuration of the server: %w", err)
	}
	ns, err := server.NewServer(opts)
	if err != nil {
		return fmt.Errorf("make the server: %w", err)
	}
	ns.SetLoggerV2(childLog{report}, false, false, false)
	ns.Start()
	if !ns.ReadyForConnections(startWithin) {
		return fmt.Errorf("server %s is not ready after %s", ns.Name(), startWithin)
	}
	fmt.Println("ready", ns.ClientURL())
	<-ctx.Done()
	ns.Shutdown()
	ns.WaitForShutdown()
	return nil
}

// childLog sends what a server says to standard error.
type childLog struct{ say func(level, message string) }

func (l childLog) Noticef(f string, v ...any) { l.say("info", fmt.Sprintf(f, v...)) }
func (l childLog) Warnf(f string, v ...any)   { l.say("warn", fmt.Sprintf(f, v...)) }
func (l childLog) Errorf(f string, v ...any)  { l.say("error", fmt.Sprintf(f, v...)) }
func (l childLog) Fatalf(f string, v ...any)  { l.say("fatal", fmt.Sprintf(f, v...)) }
func (l childLog) Debugf(string, ...any)      {}
func (l childLog) Tracef(string, ...any)      {}

// newClusterWorld starts a cluster with the streams of the contract, each on
// all three servers. Workers are processes of their own.
func newClusterWorld(t testing.TB, worker childConfig) *world {
	t.Helper()
	w := &world{t: t, ledger: NewLedger(), config: worker, cluster: startCluster(t)}
	w.config.Worker, w.config.AckWait = true, cmp.Or(worker.AckWait, ackWait)
	if w.config.Deadline == 0 {
		w.config.Deadline = time.Minute
	}
	w.url = w.cluster.url()
	w.config.URL = w.url
	w.nc = w.connect("harness")
	settings := stream.DefaultSettings()
	settings.Replicas, settings.AckWait = clusterSize, w.config.AckWait
	w.eventually("the streams on three servers", func(ctx context.Context) error {
		return stream.Create(ctx, w.nc, settings)
	})
	var err error
	if w.stream, err = stream.Open(t.Context(), w.nc); err != nil {
		t.Fatal(err)
	}
	w.awaitHealthy()
	return w
}

// connect makes a connection that lasts as long as the test.
func (w *world) connect(name string) *nats.Conn {
	w.t.Helper()
	nc, err := stream.Connect(name, stream.Login{URL: w.url}, stream.Watch{})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(nc.Close)
	return nc
}

// eventually tries until there is no error.
func (w *world) eventually(what string, try func(context.Context) error) {
	w.t.Helper()
	var err error
	for end := time.Now().Add(healWithin); time.Now().Before(end); w.rest(10 * poll) {
		ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Second)
		err = try(ctx)
		cancel()
		if err == nil {
			return
		}
	}
	w.t.Fatalf("never saw %s: %v\n%s", what, err, w.logs())
}

// awaitHealthy returns when each stream and its consumer have a leader and two
// followers that are up to date.
func (w *world) awaitHealthy() {
	w.t.Helper()
	w.eventually("all servers up to date", func(ctx context.Context) error {
		js, err := jetstream.New(w.nc)
		if err != nil {
			return err
		}
		for _, name := range []string{stream.Documents, stream.News, stream.Dead, stream.Advisories} {
			s, err := js.Stream(ctx, name)
			if err != nil {
				return err
			}
			if err := whole(s.CachedInfo().Cluster); err != nil {
				return fmt.Errorf("stream %s: %w", name, err)
			}
			consumers := s.ListConsumers(ctx)
			for info := range consumers.Info() {
				if err := whole(info.Cluster); err != nil && info.Config.Durable != "" {
					return fmt.Errorf("consumer %s of %s: %w", info.Name, name, err)
				}
			}
			if err := consumers.Err(); err != nil {
				return err
			}
		}
		return nil
	})
}

// whole tells what a group of servers lacks.
func whole(c *jetstream.ClusterInfo) error {
	if c == nil || c.Leader == "" {
		return fmt.Errorf("no leader")
	}
	if len(c.Replicas) != clusterSize-1 {
		return fmt.Errorf("%d followers", len(c.Replicas))
	}
	for _, r := range c.Replicas {
		if r.Offline || !r.Current {
			return fmt.Errorf("server %s is offline or behind by %d", r.Name, r.Lag)
		}
	}
	return nil
}

// leader gives the server that leads a stream, or its durable consumer.
func (w *world) leader(name string) *member {
	w.t.Helper()
	var found string
	w.eventually("a leader of "+name, func(ctx context.Context) error {
		js, err := jetstream.New(w.nc)
		if err != nil {
			return err
		}
		s, err := js.Stream(ctx, name)
		if err != nil {
			return err
		}
		if c := s.CachedInfo().Cluster; c != nil {
			found = c.Leader
		}
		if found == "" {
			return fmt.Errorf("none yet")
		}
		return nil
	})
	return w.cluster.named(found)
}

// leave moves the harness to another server than m, so that it can see what
// goes on while m is gone.
func (w *world) leave(m *member) {
	w.t.Helper()
	w.eventually("the harness on another server", func(context.Context) error {
		if w.nc.IsConnected() && !strings.HasSuffix(w.nc.ConnectedUrl(), m.client) {
			return nil
		}
		if err := w.nc.ForceReconnect(); err != nil {
			return err
		}
		return fmt.Errorf("still on %s", m.name)
	})
}

// someWork lets two workers read a hundred documents a second or so, that the
// servers have time for their elections on a small machine.
var someWork = childConfig{Concurrency: 4, Work: 50 * time.Millisecond}

// ahead is how many documents wait at least while faults strike.
const ahead = 100

func TestClusterLeadersKilled(t *testing.T) {
	t.Parallel()
	w := newClusterWorld(t, someWork)
	w.hire(2)
	end := w.load(ahead)
	for range rounds() {
		for _, name := range []string{stream.Documents, stream.News} {
			w.awaitLoad()
			m := w.leader(name)
			m.process.kill()
			w.kill9(0)
			w.awaitLoad()
			w.cluster.restart(m)
			w.awaitHealthy()
		}
	}
	end()
	w.close("")
}

// rounds is how many times the faults of a cluster strike.
func rounds() int {
	if os.Getenv("TELEX_LONG") != "" {
		return 10
	}
	return 1
}

// Servers are restarted one by one as an upgrade does, and so are workers.
func TestClusterRollingRestart(t *testing.T) {
	t.Parallel()
	w := newClusterWorld(t, someWork)
	w.hire(2)
	end := w.load(ahead)
	for range rounds() {
		for _, m := range w.cluster.members {
			w.awaitLoad()
			m.process.signal(syscall.SIGTERM)
			m.process.awaitExit(t, time.Minute)
			w.replaceOldest()
			w.cluster.restart(m)
			w.awaitHealthy()
		}
	}
	end()
	w.close("")
}

// A server is cut off from the others, for longer than an election takes,
// though its clients still reach it.
func TestClusterCutOff(t *testing.T) {
	t.Parallel()
	isolate(t, stream.News, func(m *member, off bool) { m.cut(off) })
}

// A server hangs for longer than an election takes, and goes on as if nothing
// had happened.
func TestClusterFrozenServer(t *testing.T) {
	t.Parallel()
	isolate(t, stream.Documents, func(m *member, off bool) {
		if off {
			m.process.signal(syscall.SIGSTOP)
		} else {
			m.process.signal(syscall.SIGCONT)
		}
	})
}

// isolate has the leader of a stream leave the others and come back, under
// load, and a worker killed meanwhile.
func isolate(t testing.TB, leaderOf string, strike func(m *member, off bool)) {
	t.Helper()
	w := newClusterWorld(t, someWork)
	w.hire(2)
	end := w.load(ahead)
	for range rounds() {
		w.awaitLoad()
		m := w.leader(leaderOf)
		w.leave(m)
		strike(m, true)
		w.rest(electionTime)
		w.awaitLoad()
		w.kill9(0)
		strike(m, false)
		w.awaitHealthy()
	}
	end()
	w.close("")
}

// The worker has published, and its acknowledgements are lost; then it is
// killed, and all servers with it.
func TestClusterRestartBetweenPublishAndAck(t *testing.T) {
	t.Parallel()
	w := newClusterWorld(t, childConfig{Concurrency: 4, Work: 5 * time.Millisecond})
	p := startProxy(t, w.cluster.members[0].client)
	w.config.URL = p.url()
	w.hire(1)
	w.send(share(10), nil)
	w.awaitLoad()
	p.swallow.Store(true)
	w.await("documents whose acknowledgement was lost", time.Minute, func(b stream.Backlog) bool {
		return p.dropped.Load() > 20 && b.Unread > 0 && b.AckPending > 0
	})
	w.workers[0].kill()
	w.workers = nil
	for _, m := range w.cluster.members {
		m.process.kill()
	}
	for _, m := range w.cluster.members {
		w.cluster.start(m)
	}
	for _, m := range w.cluster.members {
		m.process.awaitReady(t)
	}
	w.config.URL = w.url
	w.awaitHealthy()
	w.hire(1)
	w.close("")
}

// Documents that kill their workers run out of deliveries while the servers that
// count them are killed too. The long run has it, for it takes minutes.
func TestClusterWorkersDieEachTime(t *testing.T) {
	if os.Getenv("TELEX_LONG") == "" {
		t.Skip("set TELEX_LONG")
	}
	t.Parallel()
	w := newClusterWorld(t, childConfig{Concurrency: 1, Work: 5 * time.Millisecond})
	w.keep = true
	w.send(200, func(i int) string {
		if i == 30 || i == 35 {
			return "exit"
		}
		return ""
	})
	w.sending.Wait()
	w.hire(1)
	for _, name := range []string{stream.Documents, stream.Advisories, stream.Dead} {
		m := w.leader(name)
		m.process.kill()
		for range 20 { // an ack wait or two, in which the workers die again
			w.replace()
			w.rest(10 * poll)
		}
		w.cluster.restart(m)
		w.awaitHealthy()
	}
	w.close("max-deliveries:2")
}

// What a cluster answers that one server alone does not, or not so: Telex
// relies on these codes.
func TestClusterAnswers(t *testing.T) {
	t.Parallel()
	w := newClusterWorld(t, someWork)
	js, err := jetstream.New(w.nc)
	if err != nil {
		t.Fatal(err)
	}
	code := func(err error) jetstream.ErrorCode {
		var api jetstream.JetStreamError
		if !errors.As(err, &api) || api.APIError() == nil {
			return 0
		}
		return api.APIError().ErrorCode
	}
	expectNone := jetstream.WithExpectLastSequencePerSubject(0)
	if _, err := js.Publish(t.Context(), "stories.nl.a", []byte("{}"), expectNone); err != nil {
		t.Fatal(err)
	}
	_, err = js.Publish(t.Context(), "stories.nl.a", []byte("{}"), expectNone)
	if got := code(err); got != 10071 && got != 10164 {
		t.Errorf("a subject that is not as expected: %v, want code 10071 or 10164", err)
	}
	batch := func(ids ...string) error {
		var messages []*nats.Msg
		for _, id := range ids {
			messages = append(messages, &nats.Msg{Subject: "articles.nl.fault", Data: []byte("{}"), Header: nats.Header{jetstream.MsgIDHeader: {id}}})
		}
		_, err := jetstreamext.PublishMsgBatch(t.Context(), js, messages)
		return err
	}
	if err := batch("a", "b"); err != nil {
		t.Errorf("a batch: %v", err)
	}
	if err := batch("c", "b"); code(err) != jetstreamext.JSErrCodeBatchPublishDuplicateMsgID {
		t.Errorf("a batch with an id that stands: %v", err)
	}
	w.openBatches(js)
	if err := batch("d", "e"); code(err) != jetstreamext.JSErrCodeAtomicPublishTooManyInflight {
		t.Errorf("a batch too many: %v", err)
	}
	// The publisher waits until the server has forgotten the open ones.
	p := w.stream.NewPublisher(t.Context())
	defer p.Close()
	done := make(chan error, 1)
	p.Publish(&stream.Bundle{Messages: []stream.Message{
		{Subject: "articles.nl.fault", ID: "f", Data: []byte("{}")}, {Subject: "events.TEST._._", Data: []byte("{}")},
	}, Done: func(err error) { done <- err }})
	if err := <-done; err != nil {
		t.Errorf("an article while there was no room for its batch: %v", err)
	}
}

// openBatches leaves as many batches unfinished as a stream takes.
func (w *world) openBatches(js jetstream.JetStream) {
	w.t.Helper()
	for i := range 50 {
		b, err := jetstreamext.NewBatchPublisher(js)
		if err == nil {
			err = b.Add("articles.nl.fault", fmt.Append(nil, i))
		}
		if err != nil {
			w.t.Fatalf("open batch %d: %v", i, err)
		}
	}
}

// The streams are made by the command that an administrator uses, as soon as
// the servers have started; a second time changes nothing.
func TestClusterInit(t *testing.T) {
	t.Parallel()
	command := buildCommand(t, "worker")
	c := startCluster(t)
	w := &world{t: t, cluster: c, url: c.url()}
	for range 2 {
		out, err := exec.Command(command, "init", "--nats", w.url, "--replicas", "3").CombinedOutput()
		if err != nil {
			t.Fatalf("worker init: %v\n%s\n%s", err, out, w.logs())
		}
	}
	w.nc = w.connect("harness")
	w.awaitHealthy()
}
