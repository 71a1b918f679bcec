package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"telex/internal/document"
	"telex/internal/pipeline"
	"telex/internal/stream"
)

// editionStep is a step of one version, which refuses texts that hold a word.
type editionStep struct {
	version string
	refuses string
	fails   atomic.Int64 // times that it still fails in passing
}

func (s *editionStep) Name() string    { return "edition" }
func (s *editionStep) Version() string { return s.version }
func (s *editionStep) Apply(_ context.Context, a *document.Article) error {
	a.Language.Code = "nl"
	switch {
	case s.refuses != "" && strings.Contains(a.Raw, s.refuses):
		return &document.Refusal{Reason: document.Internal, Step: "edition", Message: "not in this edition"}
	case s.fails.Add(-1) >= 0:
		return errors.New("the table is locked")
	}
	return nil
}

// office is a server with documents that version 1 has read.
type office struct {
	t  *testing.T
	nc *nats.Conn
	s  *stream.Stream
}

func newOffice(t *testing.T, window time.Duration, bodies ...string) *office {
	t.Helper()
	_, nc := serve(t, t.TempDir(), time.Hour)
	settings := stream.DefaultSettings()
	settings.DedupeWindow = window
	if err := stream.Create(t.Context(), nc, settings); err != nil {
		t.Fatal(err)
	}
	s, err := stream.Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t, nc, s}
	for i, body := range bodies {
		o.publish("documents.test", fmt.Sprint(i), body)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	c := o.config(&editionStep{version: "1", refuses: "vies"})
	c.UntilIdle = true
	if err := Run(ctx, c); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) config(step *editionStep) Config {
	return Config{Stream: o.s, Reader: &ArticleReader{Pipeline: pipeline.New(nil, step)}, Log: zerolog.Nop(), Concurrency: 4, Deadline: time.Minute}
}

func (o *office) publish(subject, id, body string) (duplicate bool) {
	o.t.Helper()
	js, err := jetstream.New(o.nc)
	if err != nil {
		o.t.Fatal(err)
	}
	ack, err := js.Publish(o.t.Context(), subject, []byte(body), jetstream.WithMsgID(id))
	if err != nil {
		o.t.Fatal(err)
	}
	return ack.Duplicate
}

// replay runs one and gives what it counted.
func (o *office) replay(step *editionStep) Replayed {
	o.t.Helper()
	ctx, stop := context.WithTimeout(o.t.Context(), time.Minute)
	defer stop()
	c := o.config(step)
	r, err := o.s.NewReplay(ctx, c.Reader.Version(), stream.Range{Since: time.Now().Add(-time.Hour)})
	if err != nil {
		o.t.Fatal(err)
	}
	sum, err := Replay(ctx, c, r)
	if err != nil {
		o.t.Fatal(err)
	}
	return sum
}

// count gives how many messages a stream holds of each subject.
func (o *office) count(name string) map[string]uint64 {
	o.t.Helper()
	js, err := jetstream.New(o.nc)
	if err != nil {
		o.t.Fatal(err)
	}
	st, err := js.Stream(o.t.Context(), name)
	if err != nil {
		o.t.Fatal(err)
	}
	info, err := st.Info(o.t.Context(), jetstream.WithSubjectFilter(">"))
	if err != nil {
		o.t.Fatal(err)
	}
	return info.State.Subjects
}

func (o *office) expect(what string, sum, want Replayed, articles, letters uint64) {
	o.t.Helper()
	if diff := cmp.Diff(want, sum); diff != "" {
		o.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
	if got := o.count(stream.News)["articles.nl.test"]; got != articles {
		o.t.Errorf("%s: %d articles, want %d", what, got, articles)
	}
	if got := o.count(stream.Dead)["dead.internal"]; got != letters {
		o.t.Errorf("%s: %d letters, want %d", what, got, letters)
	}
}

// A newer version gives each document a new article, the same version none, and
// none of them takes a document from the workers.
func TestReplayVersions(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 24*time.Hour, "Een.", "Twee.", "Drie.", "Een vies bericht.", "Vier.", "Vijf.")
	o.expect("before", Replayed{}, Replayed{}, 5, 1)
	o.publish("documents.test", "late", "Zes.") // no worker has read it
	before := o.consumer()
	o.expect("the same version", o.replay(&editionStep{version: "1", refuses: "vies"}), Replayed{Published: 1, Known: 5, LeftOut: 1}, 6, 1)
	o.expect("the same version again", o.replay(&editionStep{version: "1", refuses: "vies"}), Replayed{Known: 6, LeftOut: 1}, 6, 1)
	o.expect("a newer version", o.replay(&editionStep{version: "2"}), Replayed{Published: 6, LeftOut: 1}, 12, 1)
	o.expect("the newer version again", o.replay(&editionStep{version: "2"}), Replayed{Known: 6, LeftOut: 1}, 12, 1)
	if diff := cmp.Diff(before, o.consumer()); diff != "" {
		t.Errorf("the consumer of the workers (-before +after):\n%s", diff)
	}
}

// consumer gives the state of that of the workers.
func (o *office) consumer() string {
	o.t.Helper()
	b, err := o.s.Backlog(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	b.OldestAge = 0 // it grows
	return fmt.Sprintf("%+v", b)
}

// The server forgets message ids after the window; the replay does not.
func TestReplayAfterTheWindow(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 100*time.Millisecond, "Een.", "Twee.", "Drie.")
	o.expect("a newer version", o.replay(&editionStep{version: "2"}), Replayed{Published: 3}, 6, 0)
	o.publish("stories.nl.probe", "probe", "x")
	for end := time.Now().Add(30 * time.Second); o.publish("stories.nl.probe", "probe", "x"); {
		if time.Now().After(end) {
			t.Fatal("the window never ends")
		}
	}
	o.expect("the newer version again", o.replay(&editionStep{version: "2"}), Replayed{Known: 3}, 6, 0)
}

// A document that the new version cannot read keeps its article; one that never
// had one gets a letter; and one that fails in passing is tried again.
func TestReplayOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 24*time.Hour, "Een.", "Twee raar.", "Drie.")
	o.publish("documents.test", "late", "Vier, ook raar.")
	step := &editionStep{version: "2", refuses: "raar"}
	step.fails.Store(1)
	o.expect("the new version", o.replay(step), Replayed{Published: 2, Kept: 1, Dead: 1}, 5, 1)
	o.expect("the new version again", o.replay(step), Replayed{Known: 2, Kept: 1, LeftOut: 1}, 5, 1)
}

// An interrupted replay says what is left, and the next one does that alone.
func TestReplayInterrupted(t *testing.T) {
	t.Parallel()
	var bodies []string
	for i := range 50 {
		bodies = append(bodies, fmt.Sprintf("Bericht %d.", i))
	}
	o := newOffice(t, 24*time.Hour, bodies...)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	c := o.config(&editionStep{version: "2"})
	c.Concurrency = 1
	c.Reader = &stoppingReader{Reader: c.Reader, after: 10, stop: stop}
	c.Drain = time.Millisecond // what waits for a handler goes back
	r, err := o.s.NewReplay(ctx, c.Reader.Version(), stream.Range{Since: time.Now().Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	sum, err := Replay(ctx, c, r)
	if err == nil || !strings.Contains(err.Error(), "done again") || sum.Left == 0 || sum.Published < 9 || sum.Published+sum.Left != 50 {
		t.Fatalf("%+v, %v; want at least 9 published and the rest left", sum, err)
	}
	rest := o.replay(&editionStep{version: "2"})
	if rest.Known != sum.Published || rest.Published != sum.Left {
		t.Errorf("then %+v; want %d known and %d published", rest, sum.Published, sum.Left)
	}
}

// stoppingReader ends a context after so many documents.
type stoppingReader struct {
	Reader
	after int64
	count atomic.Int64
	stop  func()
}

func (r *stoppingReader) Read(ctx context.Context, in Input) (*Result, error) {
	if r.count.Add(1) == r.after {
		r.stop()
		<-ctx.Done() // until the drain cuts it short
		return r.Reader.Identify(in), ctx.Err()
	}
	return r.Reader.Read(ctx, in)
}

// Of many articles every Nth is logged, whichever handlers read them.
func TestLogDocsSamples(t *testing.T) {
	t.Parallel()
	for _, every := range []int{0, 1, 3, 7, 100} {
		o := newOffice(t, time.Hour)
		for i := range 40 {
			o.publish("documents.test", fmt.Sprint(i), fmt.Sprintf("Bericht %d.", i))
		}
		var buf safeBuffer
		c := o.config(&editionStep{version: "1"})
		c.UntilIdle, c.LogDocs, c.Log = true, every, zerolog.New(&buf)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		if err := Run(ctx, c); err != nil {
			t.Fatal(err)
		}
		stop()
		logged := slices.DeleteFunc(buf.lines(t), func(line map[string]any) bool { return line["event"] != "doc.done" })
		want := 0
		if every > 0 {
			want = 40 / every
		}
		if len(logged) != want {
			t.Errorf("every %d: %d of 40 articles logged, want %d", every, len(logged), want)
		}
	}
}
