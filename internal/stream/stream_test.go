package stream

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"pgregory.net/rapid"

	"telex/internal/document"
)

// start gives an embedded server with the streams, and our end of it.
func start(t *testing.T, change func(*Settings)) (*nats.Conn, *Stream) {
	t.Helper()
	s, err := StartServer(ServerConfig{Dir: t.TempDir(), Sync: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := s.Connect("test", Watch{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close(); s.Stop() })
	settings := DefaultSettings()
	if change != nil {
		change(&settings)
	}
	if err := Create(t.Context(), nc, settings); err != nil {
		t.Fatal(err)
	}
	st, err := Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	return nc, st
}

// list gives "subject id" of every message of a stream.
func list(t *testing.T, nc *nats.Conn, name string) []string {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	st, err := js.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for seq := st.CachedInfo().State.FirstSeq; seq > 0 && seq <= st.CachedInfo().State.LastSeq; seq++ {
		m, err := st.GetMsg(t.Context(), seq)
		if err != nil {
			continue
		}
		out = append(out, strings.TrimSpace(m.Subject+" "+m.Header.Get(jetstream.MsgIDHeader)))
	}
	return out
}

func article(key string, riders int) []Message {
	out := []Message{{Subject: "articles.nl.test", ID: key + "@1", Data: []byte("{}")}}
	for range riders {
		out = append(out, Message{Subject: "events.X._._", Data: []byte("{}")})
	}
	return out
}

// outcomes publishes bundles at once and gives what each was told.
func outcomes(t *testing.T, s *Stream, bundles ...*Bundle) []error {
	t.Helper()
	p := s.NewPublisher(t.Context())
	defer p.Close()
	errs := make([]error, len(bundles))
	var told sync.WaitGroup
	for i, b := range bundles {
		told.Add(1)
		b.Done = func(err error) { errs[i] = err; told.Done() }
	}
	for _, b := range bundles {
		p.Publish(b)
	}
	told.Wait()
	return errs
}

func TestPublishStoresOnce(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	var bundles []*Bundle
	for i := range 40 {
		bundles = append(bundles, &Bundle{Messages: article(fmt.Sprint("k", i%30), i%3)}) // ten come twice
	}
	bundles = append(bundles, &Bundle{Messages: article("stale", 1), Wanted: func() bool { return false }})
	errs := outcomes(t, s, bundles...)
	for i, err := range errs[:40] {
		if err != nil {
			t.Errorf("bundle %d: %v", i, err)
		}
	}
	if !errors.Is(errs[40], ErrStale) {
		t.Errorf("an unwanted bundle: %v, want ErrStale", errs[40])
	}
	again := outcomes(t, s, &Bundle{Messages: article("k0", 0)}, &Bundle{Messages: article("new", 2)}, &Bundle{Messages: article("k1", 1)})
	if err := errors.Join(again...); err != nil {
		t.Errorf("published again: %v", err)
	}
	counts := map[string]int{}
	for _, m := range list(t, nc, News) {
		counts[m]++
	}
	for i := range 30 {
		if n := counts[fmt.Sprintf("articles.nl.test k%d@1", i)]; n != 1 {
			t.Errorf("article k%d stands %d times", i, n)
		}
	}
	if counts["articles.nl.test new@1"] != 1 || counts["articles.nl.test stale@1"] != 0 || counts["events.X._._"] != 32 {
		t.Errorf("new %d, stale %d, riders %d; want 1, 0, 32", counts["articles.nl.test new@1"], counts["articles.nl.test stale@1"], counts["events.X._._"])
	}
}

func TestPublishRefusesForGood(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	large := article("large", 1)
	large[1].Data = make([]byte, MaxPayload+1)
	many := article("many", MaxBatch)
	errs := outcomes(t, s, &Bundle{Messages: article("a", 1)}, &Bundle{Messages: large}, &Bundle{Messages: many}, &Bundle{Messages: article("b", 1)})
	if errs[0] != nil || errs[3] != nil {
		t.Errorf("bundles beside a bad one: %v, %v", errs[0], errs[3])
	}
	if !errors.Is(errs[1], nats.ErrMaxPayload) || errs[2] == nil {
		t.Errorf("too large: %v, too many: %v", errs[1], errs[2])
	}
	want := []string{"articles.nl.test a@1", "articles.nl.test b@1", "events.X._._", "events.X._._"}
	got := list(t, nc, News)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}

func TestPublishAfterClose(t *testing.T) {
	t.Parallel()
	_, s := start(t, nil)
	p := s.NewPublisher(t.Context())
	p.Close()
	told := make(chan error, 1)
	p.Publish(&Bundle{Messages: article("a", 0), Done: func(err error) { told <- err }})
	if err := <-told; !errors.Is(err, ErrClosed) {
		t.Errorf("published after the end: %v", err)
	}
}

// What NEWS stores goes out on live.>, for plain subscribers.
func TestLive(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	sub, err := nc.SubscribeSync("live.>")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(outcomes(t, s, &Bundle{Messages: article("a", 1)})...); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"live.articles.nl.test", "live.events.X._._"} {
		m, err := sub.NextMsg(5 * time.Second)
		if err != nil || m.Subject != want {
			t.Errorf("got %v, %v; want %s", m, err, want)
		}
	}
}

func TestBuryAndLookUp(t *testing.T) {
	t.Parallel()
	nc, s := start(t, nil)
	now := time.Now()
	l := Letter{Key: "k", Version: "1", Reason: document.BadJSON, Step: "decode", Error: "line\none: " + strings.Repeat("é", 2000),
		Attempts: 2, Subject: "documents.test", Seq: 7, Data: []byte("{"),
		Header: nats.Header{"Telex-Id": {"x"}, "Nats-Msg-Id": {"theirs"}, "Nats-Expected-Last-Sequence": {"99"}}}
	for range 2 {
		if err := s.Bury(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"dead.bad-json k@7@1"}, list(t, nc, Dead)); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	for _, tt := range []struct {
		key  string
		seq  uint64
		want bool
	}{{"k", 7, true}, {"k", 8, false}, {"j", 7, false}} {
		if got, err := s.LetterStands(t.Context(), tt.key, tt.seq, now); err != nil || got != tt.want {
			t.Errorf("letter %s@%d stands: %t, %v; want %t", tt.key, tt.seq, got, err, tt.want)
		}
	}
	if err := errors.Join(outcomes(t, s, &Bundle{Messages: article("key", 3)})...); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		key, source string
		want        bool
	}{{"key", "test", true}, {"ke", "test", false}, {"key", "other", false}} {
		if got, err := s.ArticleStands(t.Context(), tt.key, tt.source, now); err != nil || got != tt.want {
			t.Errorf("article %s of %s stands: %t, %v; want %t", tt.key, tt.source, got, err, tt.want)
		}
	}
}

// A document that is handed over stands in ADVISORIES once, however often its
// delivery comes back, and no server had to tell of it.
func TestExhaust(t *testing.T) {
	nc, s := start(t, func(c *Settings) { c.AckWait = time.Second })
	if err := nc.Publish("documents.test", []byte("Een bericht.")); err != nil {
		t.Fatal(err)
	}
	var taken *Delivery
	for taken == nil || taken.Attempt <= s.MaxDeliver()+1 {
		if taken != nil {
			if err := taken.Retry(0); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Fetch(1, 9<<20, func(d *Delivery) { taken = d }); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := s.Exhaust(t.Context(), taken); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := s.Backlog(t.Context()); err != nil || b.AckPending != 0 || b.Advisories != 1 {
		t.Errorf("backlog %+v, %v; want one advisory and nothing in hand", b, err)
	}
	e, err := s.NextExhausted(t.Context(), time.Second)
	if err != nil || e == nil {
		t.Fatalf("next exhausted: %v, %v", e, err)
	}
	if err := s.Find(t.Context(), e); err != nil || string(e.Data) != "Een bericht." || e.Attempt != s.MaxDeliver()+1 || e.Told != 1 {
		t.Errorf("exhausted: %+v, attempt %d of document %d, %v", e, e.Attempt, e.Seq, err)
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, n := rapid.String().Draw(t, "text"), rapid.IntRange(0, 20).Draw(t, "n")
		got := oneLine(text, n)
		if len(got) > n || strings.ContainsAny(got, "\r\n\x00") || !strings.Contains(strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || r == 0xfffd {
				return ' '
			}
			return r
		}, text), got) {
			t.Errorf("oneLine(%q, %d) = %q", text, n, got)
		}
	})
}

func TestPurgeDeletesOnlySettledDocuments(t *testing.T) {
	t.Parallel()
	nc, s := start(t, func(c *Settings) { c.MaxBytes, c.AckWait = 100_000, time.Second })
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 90 {
		if _, err := js.Publish(t.Context(), "documents.test", make([]byte, 1000), jetstream.WithMsgID(fmt.Sprint(i))); err != nil {
			if i < 80 {
				t.Fatal(err)
			}
			break
		}
	}
	left := 30
	if err := s.Fetch(left, 9<<20, func(d *Delivery) {
		left--
		if err := d.Ack(t.Context()); err != nil {
			t.Error(err)
		}
	}); err != nil || left != 0 {
		t.Fatalf("fetched all but %d: %v", left, err)
	}
	p, now := s.NewPurger(), time.Now()
	for _, tt := range []struct {
		after time.Duration
		some  bool
	}{{0, false}, {900 * time.Millisecond, false}, {time.Second, true}, {1500 * time.Millisecond, false}} {
		deleted, err := p.Purge(t.Context(), now.Add(tt.after))
		if err != nil || (deleted > 0) != tt.some || deleted > 30 {
			t.Errorf("after %s: %d deleted, %v; want some: %t, at most 30", tt.after, deleted, err, tt.some)
		}
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	nc, _ := start(t, nil)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.UpdateStream(t.Context(), jetstream.StreamConfig{Name: Documents, Subjects: []string{"documents.*"}, Discard: jetstream.DiscardOld}); err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteStream(t.Context(), Dead); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), nc)
	for _, want := range []string{"DEAD does not exist", "DOCUMENTS has discard DiscardOld, not DiscardNew", "worker init"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not say %q", err, want)
		}
	}
}

func TestOpenNeedsAServerOfOurKind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		opts server.Options
		want string
	}{
		{"small payload", server.Options{JetStream: true}, "max_payload: 8MB"},
		{"no JetStream", server.Options{MaxPayload: MaxPayload, MaxPending: 8 * MaxPayload}, "-js"},
		{"no streams", server.Options{JetStream: true, MaxPayload: MaxPayload, MaxPending: 8 * MaxPayload}, "worker init"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.opts.StoreDir, tt.opts.DontListen, tt.opts.NoSigs = t.TempDir(), true, true
			ns, err := server.NewServer(&tt.opts)
			if err != nil {
				t.Fatal(err)
			}
			ns.Start()
			defer ns.WaitForShutdown()
			defer ns.Shutdown()
			if !ns.ReadyForConnections(10 * time.Second) {
				t.Fatal("not ready")
			}
			nc, err := nats.Connect("", nats.InProcessServer(ns))
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			if _, err := Open(t.Context(), nc); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v does not say %q", err, tt.want)
			}
		})
	}
}

func TestServerOwnsItsStoreAndPort(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := StartServer(ServerConfig{Dir: dir, Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	if _, err := StartServer(ServerConfig{Dir: dir}); err == nil || !strings.Contains(err.Error(), "--data") {
		t.Errorf("a second server on the store: %v", err)
	}
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.URL(), "nats://"))
	if _, err := StartServer(ServerConfig{Dir: t.TempDir(), Listen: "127.0.0.1:" + port}); err == nil || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("a second server on the port: %v", err)
	}
	if _, err := Connect("test", Login{URL: "nats://me:secret@127.0.0.1:1"}, Watch{}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("nobody answers: %v; must not hold the password", err)
	}
}

func TestIntake(t *testing.T) {
	t.Parallel()
	nc, _ := start(t, func(c *Settings) { c.MaxBytes = 20_000 })
	in, err := NewIntake(t.Context(), nc, 100*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, id := range []string{"a", "b", "a", "large", "c"} {
		size := 100
		if id == "large" {
			size = 50_000 // more than the stream has room for
		}
		in.Publish(Incoming{Source: "test", ID: id, Data: make([]byte, size), Stored: func(duplicate bool, err error) {
			got = append(got, fmt.Sprint(id, duplicate, err != nil && strings.Contains(err.Error(), "--max-bytes")))
		}})
	}
	in.Close()
	want := []string{"afalse false", "bfalse false", "atrue false", "largefalse true", "cfalse false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteStream(t.Context(), Documents); err != nil {
		t.Fatal(err)
	}
	if _, err := NewIntake(t.Context(), nc, time.Second); err == nil || !strings.Contains(err.Error(), "start a worker") {
		t.Errorf("without the stream: %v", err)
	}
}
