package deploy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

const bericht = "UTRECHT (ANP) - De gemeenteraad heeft gisteren ingestemd met een nieuwe brug over het kanaal. \"De bouw begint volgend jaar\", zei wethouder Anna de Vries."

// readerAPI is where a reader's account has the calls that it may make.
const readerAPI = "JS.telex.API"

// Everybody can do their work with what accounts.conf gives them: the real
// commands, and a reader of our own.
func TestEverybodyCanDoTheirWork(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init", "--reader", "example"}, s.as("admin")...)...)
	checkWork(t, s)
}

// The same on three servers, of which one is stopped halfway.
func TestEverybodyCanDoTheirWorkOnACluster(t *testing.T) {
	t.Parallel()
	s := threeServers(t)
	s.must(t, "", "worker", append([]string{"init", "--replicas", "3", "--reader", "example"}, s.as("admin")...)...)
	checkWork(t, s)
	gone := s.servers[0]
	gone.Shutdown()
	gone.WaitForShutdown()
	s.servers = s.servers[1:]
	checkWork(t, s)
}

// checkWork sends two documents through and reads what comes of them. It may be
// called again.
func checkWork(t *testing.T, s *site) {
	t.Helper()
	reader, refused := s.connect(t, "reader_example")
	live, err := reader.SubscribeSync("live.articles.nl.*")
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Flush(); err != nil {
		t.Fatal(err)
	}
	w := s.worker(t, "--stats=1s")
	id := fmt.Sprint(time.Now().UnixNano()) // documents sent before are known
	in := fmt.Sprintf("{\"id\":%q,\"text\":%q}\n{\"id\":%q,\"text\":7}\n", id, bericht, id+"-bad")
	publisher, refusedPublisher := s.connect(t, "publisher_local")
	js, err := jetstream.New(publisher)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(t.Context(), "documents.local", []byte("{"+id), jetstream.WithRetryAttempts(20)); err != nil {
		t.Errorf("publish as a foreign client: %v", err)
	}
	w.await(t, `"event":"doc.dead"`)
	if r := s.run(t, in, "producer", append(s.as("publisher_local"), "-")...); !strings.Contains(r.stderr, `"published":1`) {
		t.Errorf("producer: exit %d, %s", r.code, r.stderr)
	}
	w.await(t, `"event":"doc.done"`)
	stats := w.await(t, `"event":"stats"`)
	if strings.Contains(stats, `"error"`) {
		t.Errorf("stats: %s", stats)
	}
	other := fmt.Sprintf("{\"source\":\"ad.nl\",\"text\":%q}", bericht+id)
	if r := s.run(t, other, "producer", append(s.as("intake"), "-")...); r.code != 0 {
		t.Errorf("producer as intake: exit %d, %s", r.code, r.stderr)
	}
	w.await(t, `"subject":"documents.ad_nl"`)
	if code := w.stop(t); code != 0 {
		t.Errorf("the worker ended with %d", code)
	}
	for _, line := range w.seen {
		if strings.Contains(strings.ToLower(line), "permission") {
			t.Errorf("the worker was refused something: %s", line)
		}
	}
	if m, err := live.NextMsg(10 * time.Second); err != nil || !strings.Contains(string(m.Data), id) {
		t.Errorf("the live article: %v", err)
	}
	readAll(t, reader, id)
	nothingRefused(t, "reader_example", refused)
	nothingRefused(t, "publisher_local", refusedPublisher)
}

// readAll reads NEWS by the reader's consumer, to the article with the id.
func readAll(t *testing.T, nc *nats.Conn, id string) {
	t.Helper()
	js, err := jetstream.NewWithAPIPrefix(nc, readerAPI)
	if err != nil {
		t.Fatal(err)
	}
	consumer, err := js.Consumer(t.Context(), stream.News, "example")
	if err != nil {
		t.Fatalf("find the reader's consumer: %v", err)
	}
	found := map[string]bool{}
	for range 20 {
		m, err := consumer.Next(jetstream.FetchMaxWait(5 * time.Second))
		if err != nil {
			t.Fatalf("read NEWS: %v; found %v", err, found)
		}
		if err := m.DoubleAck(t.Context()); err != nil {
			t.Fatalf("acknowledge: %v", err)
		}
		var body struct{ ID string }
		if err := json.Unmarshal(m.Data(), &body); err != nil {
			t.Fatal(err)
		}
		kind, _, _ := strings.Cut(m.Subject(), ".")
		found[kind] = found[kind] || body.ID == id
		if found["articles"] && found["quotes"] {
			return
		}
	}
	t.Errorf("no article and quotation of %s in NEWS: %v", id, found)
}

func nothingRefused(t *testing.T, user string, refused <-chan error) {
	t.Helper()
	select {
	case err := <-refused:
		t.Errorf("%s was refused something: %v", user, err)
	default:
	}
}

// A worker has all rights that its rarer paths need: looking up what stands,
// making room, burying what ran out of deliveries.
func TestWorkerHasTheRightsOfItsRarerPaths(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init", "--max-bytes", "100KB", "--ack-wait", "100ms"}, s.as("admin")...)...)
	publisher, _ := s.connect(t, "publisher_local")
	pub, err := jetstream.New(publisher)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 85 {
		if _, err := pub.Publish(t.Context(), "documents.local", make([]byte, 1000), jetstream.WithMsgID(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	nc, refused := s.connect(t, "worker")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	st, err := stream.Open(ctx, nc)
	if err != nil {
		t.Fatal(err)
	}
	settle(ctx, t, st)
	checkLookups(ctx, t, st)
	checkPurge(ctx, t, st)
	nothingRefused(t, "worker", refused)
}

// settle acknowledges all documents but one, which runs out of deliveries.
func settle(ctx context.Context, t *testing.T, st *stream.Stream) {
	t.Helper()
	for range 40 {
		err := st.Fetch(85, 9<<20, func(d *stream.Delivery) {
			var err error
			switch {
			case d.Seq != 80:
				err = d.Ack(ctx)
			case d.Attempt <= st.MaxDeliver():
				err = errors.Join(d.Heartbeat(), d.Retry(0))
			default:
				err = st.Exhaust(ctx, d)
			}
			if err != nil {
				t.Error(err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		e, err := st.NextExhausted(ctx, 100*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if e != nil {
			if err := st.Find(ctx, e); err != nil || e.Seq != 80 || e.Gone {
				t.Errorf("exhausted: %+v, %v", e, err)
			}
			if err := e.Ack(ctx); err != nil {
				t.Error(err)
			}
			return
		}
	}
	t.Error("no document ran out of deliveries")
}

func checkLookups(ctx context.Context, t *testing.T, st *stream.Stream) {
	t.Helper()
	p := st.NewPublisher(ctx)
	defer p.Close()
	done := make(chan error, 1)
	p.Publish(&stream.Bundle{Messages: []stream.Message{
		{Subject: "articles.nl.local", ID: "k@1", Data: []byte("{}")}, {Subject: "quotes.nl._", Data: []byte("{}")},
		{Subject: "events.CONSULT.USA.PRK", Data: []byte("{}")}, {Subject: "stories.nl.s1", Data: []byte("{}")},
	}, Done: func(err error) { done <- err }})
	if err := <-done; err != nil {
		t.Errorf("publish an article with all that rides: %v", err)
	}
	if err := st.Bury(ctx, stream.Letter{Key: "k", Version: "1", Reason: "timeout", Subject: "documents.local", Seq: 80, Data: []byte("x")}); err != nil {
		t.Errorf("bury: %v", err)
	}
	began := time.Now()
	if stands, err := st.ArticleStands(ctx, "k", "local", time.Now()); err != nil || !stands {
		t.Errorf("the article stands: %t, %v", stands, err)
	}
	if stands, err := st.LetterStands(ctx, "k", 80, time.Now()); err != nil || !stands {
		t.Errorf("the letter stands: %t, %v", stands, err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("looking took %s: something waits for an answer that a permission denies", took)
	}
	if b, err := st.Backlog(ctx); err != nil || b.Unread != 0 {
		t.Errorf("backlog: %+v, %v", b, err)
	}
}

func checkPurge(ctx context.Context, t *testing.T, st *stream.Stream) {
	t.Helper()
	p, now := st.NewPurger(), time.Now()
	if _, err := p.Purge(ctx, now); err != nil {
		t.Error(err)
	}
	if n, err := p.Purge(ctx, now.Add(st.AckWait())); err != nil || n == 0 {
		t.Errorf("purged %d, %v", n, err)
	}
}

// An administrator can look after the dead letters and read documents again.
func TestAdministratorsCommands(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init"}, s.as("admin")...)...)
	w := s.worker(t)
	if r := s.run(t, bericht, "producer", append(s.as("publisher_local"), "-")...); r.code != 0 {
		t.Fatalf("producer: %s", r.stderr)
	}
	w.await(t, `"event":"doc.done"`)
	publisher, _ := s.connect(t, "publisher_local")
	if err := publisher.Publish("documents.local", []byte("{")); err != nil {
		t.Fatal(err)
	}
	w.await(t, `"event":"doc.dead"`)
	admin := func(args ...string) string { return s.must(t, "", "worker", append(args, s.as("admin")...)...) }
	if out := admin("dead", "list"); !strings.Contains(out, "bad-json") {
		t.Errorf("dead list: %q", out)
	}
	if out := admin("dead", "show", "1"); !strings.Contains(out, "Telex-Reason") {
		t.Errorf("dead show: %q", out)
	}
	admin("dead", "retry", "1")
	w.await(t, `"event":"doc.dead"`)
	admin("dead", "purge", "--all", "--yes")
	if out := admin("dead", "list"); out != "" {
		t.Errorf("after the purge: %q", out)
	}
	if code := w.stop(t); code != 0 {
		t.Errorf("the worker ended with %d", code)
	}
	js, err := jetstream.New(connectAs(t, s, "admin"))
	if err != nil {
		t.Fatal(err)
	}
	news, err := js.Stream(t.Context(), stream.News)
	if err != nil {
		t.Fatal(err)
	}
	if err := news.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	replayed := s.run(t, "", "worker", append([]string{"replay", "--since", "1h"}, s.as("admin")...)...)
	if !strings.Contains(replayed.stderr, "replay: ") || strings.Contains(strings.ToLower(replayed.stderr), "permission") {
		t.Errorf("replay: exit %d, %s", replayed.code, replayed.stderr)
	}
}

func connectAs(t *testing.T, s *site, user string) *nats.Conn {
	t.Helper()
	nc, _ := s.connect(t, user)
	return nc
}

// attempt is something that a user must not be able to do.
type attempt struct {
	user, what string
	try        func(t *testing.T, nc *nats.Conn) error // publishes or subscribes; its own error counts as a refusal
}

func publishes(subject, body string) func(*testing.T, *nats.Conn) error {
	return func(_ *testing.T, nc *nats.Conn) error { return nc.Publish(subject, []byte(body)) }
}

func subscribes(subject string) func(*testing.T, *nats.Conn) error {
	return func(_ *testing.T, nc *nats.Conn) error { _, err := nc.SubscribeSync(subject); return err }
}

// makesConsumer tries to make a push consumer on a stream that delivers to documents.x.
func makesConsumer(name, subject string) func(*testing.T, *nats.Conn) error {
	return publishes(subject, fmt.Sprintf(`{"stream_name":%q,"action":"","config":{"name":"inject","durable_name":"inject","deliver_subject":"documents.x","ack_policy":"none","deliver_policy":"all"}}`, name))
}

var attempts = []attempt{
	{"publisher_local", "publish another source", publishes("documents.other", "x")},
	{"publisher_local", "publish an article", publishes("articles.nl.local", "{}")},
	{"publisher_local", "publish what looks live", publishes("live.articles.nl.local", "{}")},
	{"publisher_local", "publish a dead letter", publishes("dead.timeout", "x")},
	{"publisher_local", "read documents", subscribes("documents.*")},
	{"publisher_local", "read its own documents", subscribes("documents.local")},
	{"publisher_local", "read everything", subscribes(">")},
	{"publisher_local", "read live articles", subscribes("live.>")},
	{"publisher_local", "see inboxes of all", subscribes("_INBOX.>")},
	{"publisher_local", "see a reader's inbox", subscribes("_INBOX_reader_example.>")},
	{"publisher_local", "see a worker's inbox", subscribes("_INBOX_worker.>")},
	{"publisher_local", "get a document", publishes("$JS.API.STREAM.MSG.GET.DOCUMENTS", `{"seq":1}`)},
	{"publisher_local", "get a document directly", publishes("$JS.API.DIRECT.GET.DOCUMENTS", `{"seq":1}`)},
	{"publisher_local", "delete the stream", publishes("$JS.API.STREAM.DELETE.DOCUMENTS", "")},
	{"publisher_local", "purge the stream", publishes("$JS.API.STREAM.PURGE.DOCUMENTS", "")},
	{"publisher_local", "make a stream", publishes("$JS.API.STREAM.CREATE.X", `{"name":"X","subjects":["x"]}`)},
	{"publisher_local", "make a consumer", makesConsumer("DOCUMENTS", "$JS.API.CONSUMER.CREATE.DOCUMENTS.inject")},
	{"publisher_local", "take a document from the workers", publishes("$JS.API.CONSUMER.MSG.NEXT.DOCUMENTS.workers", "1")},
	{"publisher_local", "acknowledge for the workers", publishes("$JS.ACK.DOCUMENTS.workers.1.1.1.1.1", "+ACK")},

	{"intake", "publish an article", publishes("articles.nl.local", "{}")},
	{"intake", "read documents", subscribes("documents.*")},
	{"intake", "see a publisher's inbox", subscribes("_INBOX_publisher_local.>")},
	{"intake", "get a document", publishes("$JS.API.STREAM.MSG.GET.DOCUMENTS", `{"seq":1}`)},
	{"intake", "delete the stream", publishes("$JS.API.STREAM.DELETE.DOCUMENTS", "")},

	{"reader_example", "publish a document", publishes("documents.local", "x")},
	{"reader_example", "publish an article", publishes("articles.nl.local", "{}")},
	{"reader_example", "publish what looks live", publishes("live.articles.nl.local", "{}")},
	{"reader_example", "read everything", subscribes(">")},
	{"reader_example", "read documents", subscribes("documents.*")},
	{"reader_example", "see messages of refused batches", subscribes("articles.>")},
	{"reader_example", "see inboxes of all", subscribes("_INBOX.>")},
	{"reader_example", "see a publisher's inbox", subscribes("_INBOX_publisher_local.>")},
	{"reader_example", "see a worker's inbox", subscribes("_INBOX_worker.>")},
	{"reader_example", "see an administrator's inbox", subscribes("_INBOX_admin.>")},
	{"reader_example", "see replies on their way between accounts", subscribes("_R_.>")},
	{"reader_example", "inject by a consumer", makesConsumer("NEWS", "$JS.API.CONSUMER.CREATE.NEWS.inject")},
	{"reader_example", "inject by a consumer with a filter", makesConsumer("NEWS", "$JS.API.CONSUMER.CREATE.NEWS.inject.articles.>")},
	{"reader_example", "inject by a durable consumer", makesConsumer("NEWS", "$JS.API.CONSUMER.DURABLE.CREATE.NEWS.inject")},
	{"reader_example", "turn its consumer into a push consumer", makesConsumer("NEWS", "$JS.API.CONSUMER.CREATE.NEWS.example")},
	{"reader_example", "read another's consumer", publishes(readerAPI+".CONSUMER.MSG.NEXT.NEWS.other", "1")},
	{"reader_example", "inject by a consumer through the import", makesConsumer("NEWS", readerAPI+".CONSUMER.CREATE.NEWS.inject")},
	{"reader_example", "acknowledge for another", publishes("$JS.ACK.NEWS.other.1.1.1.1.1", "+ACK")},
	{"reader_example", "delete its consumer", publishes("$JS.API.CONSUMER.DELETE.NEWS.example", "")},
	{"reader_example", "get an article by number", publishes("$JS.API.DIRECT.GET.NEWS", `{"seq":1}`)},
	{"reader_example", "read documents by number", publishes("$JS.API.STREAM.MSG.GET.DOCUMENTS", `{"seq":1}`)},
	{"reader_example", "look at the documents", publishes("$JS.API.STREAM.INFO.DOCUMENTS", "")},
	{"reader_example", "delete NEWS", publishes("$JS.API.STREAM.DELETE.NEWS", "")},
	{"reader_example", "make a stream that copies", publishes("$JS.API.STREAM.CREATE.X", `{"name":"X","subjects":["x"],"republish":{"src":">","dest":"documents.x"}}`)},

	{"worker", "publish a document", publishes("documents.local", "x")},
	{"worker", "publish what looks live", publishes("live.articles.nl.local", "{}")},
	{"worker", "delete DOCUMENTS", publishes("$JS.API.STREAM.DELETE.DOCUMENTS", "")},
	{"worker", "delete NEWS", publishes("$JS.API.STREAM.DELETE.NEWS", "")},
	{"worker", "purge NEWS", publishes("$JS.API.STREAM.PURGE.NEWS", "")},
	{"worker", "purge DEAD", publishes("$JS.API.STREAM.PURGE.DEAD", "")},
	{"worker", "delete a letter", publishes("$JS.API.STREAM.MSG.DELETE.DEAD", `{"seq":1}`)},
	{"worker", "change a stream", publishes("$JS.API.STREAM.UPDATE.NEWS", `{"name":"NEWS","subjects":["articles.>"]}`)},
	{"worker", "make a stream", publishes("$JS.API.STREAM.CREATE.X", `{"name":"X","subjects":["x"]}`)},
	{"worker", "change the workers' consumer", publishes("$JS.API.CONSUMER.CREATE.DOCUMENTS.workers", "{}")},
	{"worker", "make another consumer of documents", makesConsumer("DOCUMENTS", "$JS.API.CONSUMER.CREATE.DOCUMENTS.inject")},
	{"worker", "delete the workers' consumer", publishes("$JS.API.CONSUMER.DELETE.DOCUMENTS.workers", "")},
	{"worker", "read everything", subscribes(">")},
	{"worker", "see inboxes of all", subscribes("_INBOX.>")},
	{"worker", "see an administrator's inbox", subscribes("_INBOX_admin.>")},
	{"worker", "acknowledge for a reader", publishes("$JS.ACK.NEWS.example.1.1.1.1.1", "+ACK")},

	{"admin", "publish what looks live", publishes("live.articles.nl.local", "{}")},
	{"admin", "read everything", subscribes(">")},
	{"admin", "see a worker's inbox", subscribes("_INBOX_worker.>")},
	{"admin", "govern the servers", publishes("$SYS.REQ.SERVER.PING", "")},
}

// What a user is not given, the server refuses, and nothing has changed after all attempts.
func TestWhatIsNotGivenIsRefused(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init", "--reader", "example", "--reader", "other"}, s.as("admin")...)...)
	publisher, _ := s.connect(t, "publisher_local")
	pub, err := jetstream.New(publisher)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pub.Publish(t.Context(), "documents.local", []byte(bericht)); err != nil {
		t.Fatal(err)
	}
	admin, _ := s.connect(t, "admin")
	before := snapshot(t, admin)
	for _, a := range attempts {
		nc, refused := s.connect(t, a.user)
		err := a.try(t, nc)
		if err == nil {
			err = nc.Flush() // the refusal comes before the answer to this
		}
		if err == nil {
			select {
			case err = <-refused:
			case <-time.After(5 * time.Second):
			}
		}
		if !errors.Is(err, nats.ErrPermissionViolation) {
			t.Errorf("%s could %s: %v", a.user, a.what, err)
		}
		nc.Close()
	}
	if diff := cmp.Diff(before, snapshot(t, admin)); diff != "" {
		t.Errorf("the attempts changed something (-before +after):\n%s", diff)
	}
}

// snapshot tells all that a trespasser could have changed.
func snapshot(t *testing.T, admin *nats.Conn) map[string]string {
	t.Helper()
	js, err := jetstream.New(admin)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	streams := js.ListStreams(t.Context())
	for info := range streams.Info() {
		config, err := json.Marshal(info.Config)
		if err != nil {
			t.Fatal(err)
		}
		out[info.Config.Name] = fmt.Sprintf("%d messages, last %d, %s", info.State.Msgs, info.State.LastSeq, config)
		st, err := js.Stream(t.Context(), info.Config.Name)
		if err != nil {
			t.Fatal(err)
		}
		consumers := st.ListConsumers(t.Context())
		for c := range consumers.Info() {
			out[info.Config.Name+"/"+c.Name] = fmt.Sprintf("delivered %d, acknowledged %d, to %q", c.Delivered.Stream, c.AckFloor.Stream, c.Config.DeliverSubject)
		}
		if err := consumers.Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := streams.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// A permission does not say which reply a request may name, and a server
// publishes replies wherever it is told to, in the account of the request. So
// publishers and readers have accounts of their own: their replies stay there.
func TestRepliesDoNotLeaveTheAccount(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init", "--reader", "example"}, s.as("admin")...)...)
	admin, _ := s.connect(t, "admin")
	worker, _ := s.connect(t, "worker")
	wjs, err := jetstream.New(worker)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wjs.Publish(t.Context(), "articles.nl.local", []byte(`{"text":"`+bericht+`"}`)); err != nil {
		t.Fatal(err)
	}
	// Not documents.local: what its own user may publish there, a reply may too.
	targets := []string{"documents.x", "articles.nl.x", "dead.timeout", "$JS.API.STREAM.DELETE.NEWS"}
	publisher, _ := s.connect(t, "publisher_local")
	reader, _ := s.connect(t, "reader_example")
	for _, target := range targets {
		for _, err := range []error{
			publisher.PublishRequest("documents.local", target, []byte("from "+target)),
			publisher.PublishRequest("$JS.API.STREAM.INFO.DOCUMENTS", target, nil),
			reader.PublishRequest(readerAPI+".CONSUMER.INFO.NEWS.example", target, nil),
			reader.PublishRequest("$JS.ACK.NEWS.example.1.1.1.1.1", target, []byte("-NAK")),
			reader.PublishRequest(readerAPI+".CONSUMER.MSG.NEXT.NEWS.example", target, []byte(`{"batch":1,"no_wait":true}`)),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	// Requests that do get their answer, and so come after all the others.
	pub, err := jetstream.New(publisher)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pub.Publish(t.Context(), "documents.local", []byte("last")); err != nil {
		t.Fatal(err)
	}
	rjs, err := jetstream.NewWithAPIPrefix(reader, readerAPI)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the article was sent to the reader", func() bool {
		c, err := rjs.Consumer(t.Context(), stream.News, "example")
		return err == nil && c.CachedInfo().Delivered.Consumer > 0
	})
	want := uint64(len(targets) + 1)
	if got := stateOf(t, admin, stream.Documents); got.Msgs != want {
		t.Errorf("DOCUMENTS holds %d messages, want the %d that the publisher sent as itself", got.Msgs, want)
	}
	if got := stateOf(t, admin, stream.News); got.Msgs != 1 {
		t.Errorf("NEWS holds %d messages, want 1", got.Msgs)
	}
	if got := stateOf(t, admin, stream.Dead); got.Msgs != 0 {
		t.Errorf("DEAD holds %d messages, want 0", got.Msgs)
	}
}
