package worker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"telex/internal/document"
	"telex/internal/logging"
	"telex/internal/pipeline"
	"telex/internal/stream"
)

// oddStep does what the text says.
type oddStep struct{}

func (oddStep) Name() string    { return "odd" }
func (oddStep) Version() string { return "1" }
func (oddStep) Apply(_ context.Context, a *document.Article) error {
	a.Language.Code = "nl"
	switch {
	case strings.Contains(a.Raw, "panic"):
		panic("odd")
	case strings.Contains(a.Raw, "fail"):
		return errors.New("the table is locked")
	}
	return nil
}

// safeBuffer is a log that several goroutines write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) lines(t *testing.T) []map[string]any {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []map[string]any
	for line := range bytes.Lines(s.b.Bytes()) {
		var m map[string]any
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("log line %s: %v", line, err)
		}
		out = append(out, m)
	}
	return out
}

// The names of events and their fields are a promise to those who watch the
// logs: contract 6.
func TestLogFields(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir(), time.Hour)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for i, body := range []string{"Een bericht.", "panic", "fail", `{"id":"x","text":"Nog een.","odd":1}`} {
		if _, err := js.Publish(t.Context(), "documents.test", []byte(body), jetstream.WithMsgID(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	s, err := stream.Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	var buf safeBuffer
	log, err := logging.New(&buf, "info", logging.JSON)
	if err != nil {
		t.Fatal(err)
	}
	log = log.With().Str("component", "worker").Str("worker", "w1").Str("version", "1").Logger()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	err = Run(ctx, Config{Stream: s, Reader: &ArticleReader{Pipeline: pipeline.New(nil, oddStep{})}, Log: log,
		Concurrency: 2, Deadline: time.Minute, Stats: time.Hour, LogDocs: 1, UntilIdle: true})
	if err != nil {
		t.Fatal(err)
	}
	every := "component level message time version worker"
	about := every + " attempt bytes doc event id seq source subject"
	want := map[string]string{
		"worker.ready": every + " concurrency event",
		"doc.done":     about + " counts language ms steps",
		"doc.retry":    about + " error ms reason step",
		"doc.dead":     about + " error reason step",
		"drain.start":  every + " event in_flight",
		"drain.done":   every + " event in_flight ms",
		"stats": every + " ack_pending dead docs_per_s event heap_bytes lag oldest_unread_s p50_ms p95_ms p99_ms" +
			" redelivered sources tokens_per_s",
	}
	got := map[string]string{}
	for _, line := range buf.lines(t) {
		event, ok := line["event"].(string)
		if !ok {
			continue
		}
		fields := slices.Sorted(maps.Keys(line))
		got[event] = strings.Join(fields, " ")
		if at, err := time.Parse(time.RFC3339, line["time"].(string)); err != nil || at.Location() != time.UTC {
			t.Errorf("time %v is not RFC 3339 in UTC", line["time"])
		}
	}
	for event, fields := range want {
		sorted := strings.Fields(fields)
		slices.Sort(sorted)
		want[event] = strings.Join(sorted, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields by event (-want +got):\n%s", diff)
	}
	checkDeadAndWarned(t, buf.lines(t))
}

func checkDeadAndWarned(t *testing.T, lines []map[string]any) {
	t.Helper()
	dead, warned := map[any]bool{}, 0
	for _, line := range lines {
		if line["event"] == "doc.dead" {
			dead[line["reason"]] = true
		}
		if line["fields"] != nil {
			warned++
		}
		if text := fmt.Sprint(line); strings.Contains(text, "Een bericht") || strings.Contains(text, "Nog een") {
			t.Errorf("article text in the log: %v", line)
		}
	}
	if !dead["panic"] || !dead["max-deliveries"] || len(dead) != 2 || warned != 1 {
		t.Errorf("dead for %v, %d warnings of unknown fields; want panic and max-deliveries, and 1", dead, warned)
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err    error
		reason document.Reason
		step   string
		final  bool
	}{
		{&document.Refusal{Reason: document.TooLarge, Step: "decode"}, document.TooLarge, "decode", true},
		{fmt.Errorf("read: %w", &document.Refusal{Reason: document.Panic, Step: "layout"}), document.Panic, "layout", true},
		{&pipeline.StepError{Step: "names", Err: context.DeadlineExceeded}, document.Timeout, "names", false},
		{&pipeline.StepError{Step: "names", Err: errors.New("locked")}, document.MaxDeliveries, "names", false},
	} {
		v := judge(tt.err)
		if v.reason != tt.reason || v.step != tt.step || v.final != tt.final {
			t.Errorf("%v: reason %s, step %s, final %t; want %s, %s, %t", tt.err, v.reason, v.step, v.final, tt.reason, tt.step, tt.final)
		}
	}
}

func TestPaceHoldsAQuarterOfTheAckWait(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		took time.Duration
		want int
	}{
		{0, 20},                      // nothing known: two for each handler and a few
		{time.Microsecond, 1024},     // never more
		{20 * time.Millisecond, 750}, // 7.5 s of work for two
		{time.Second, 15},            //
		{time.Minute, 4},             // one in hand and one waiting, for each
	} {
		var p pace
		p.init(2, 30*time.Second)
		if tt.took > 0 {
			p.took(tt.took)
		}
		if got := p.limit(); got != tt.want {
			t.Errorf("documents that take %s: limit %d, want %d", tt.took, got, tt.want)
		}
	}
}

func TestPercentiles(t *testing.T) {
	t.Parallel()
	tally := newTally()
	for i := range 100 {
		tally.done(nil, &Result{Source: fmt.Sprint("s", i%3)}, time.Duration(100-i)*time.Millisecond)
	}
	p := tally.close()
	for n, want := range map[int]time.Duration{50: 50 * time.Millisecond, 95: 95 * time.Millisecond, 99: 99 * time.Millisecond} {
		if got := p.percentile(n); got != want {
			t.Errorf("p%d = %s, want %s", n, got, want)
		}
	}
	if p.docs != 100 || p.sources["s0"] != 34 || tally.close().docs != 0 || (period{}).percentile(50) != 0 {
		t.Errorf("period %+v", p)
	}
}

// That the streams cannot be looked into must not cost a document its
// deliveries: a cluster without leaders once used up all five in seconds.
func TestFailedLookCostsNoDelivery(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir(), time.Hour)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := stream.Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(t.Context(), "documents.test", []byte("Een bericht.")); err != nil {
		t.Fatal(err)
	}
	err = s.Fetch(1, 9<<20, func(d *stream.Delivery) { err = d.Retry(0) }) // the second delivery is looked up
	if err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteStream(t.Context(), stream.Dead); err != nil {
		t.Fatal(err)
	}
	log := make(logLines, 100)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Config{Stream: s, Reader: &ArticleReader{Pipeline: pipeline.New(nil, oddStep{})},
			Log: zerolog.New(log), Concurrency: 1, Deadline: time.Minute, LogDocs: 1})
	}()
	for range 2 {
		log.await(ctx, t, `"message":"could not settle the document`)
	}
	if err := stream.Create(ctx, nc, stream.DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	if done := log.await(ctx, t, `"event":"doc.done"`); !strings.Contains(done, `"attempt":2`) {
		t.Errorf("%s; want it done in attempt 2", done)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// logLines is a log that a test waits for lines of.
type logLines chan string

func (l logLines) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

// await gives the next line that holds a text.
func (l logLines) await(ctx context.Context, t *testing.T, text string) string {
	t.Helper()
	for {
		select {
		case line := <-l:
			if strings.Contains(line, text) {
				return line
			}
		case <-ctx.Done():
			t.Fatalf("no line with %s", text)
		}
	}
}
