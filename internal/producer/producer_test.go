package producer

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"telex/internal/source"
	"telex/internal/stream"
)

func start(t *testing.T) *nats.Conn {
	t.Helper()
	s, err := stream.StartServer(stream.ServerConfig{Dir: t.TempDir(), Sync: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := s.Connect("test", stream.Watch{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close(); s.Stop() })
	if err := stream.Create(t.Context(), nc, stream.DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	return nc
}

func publish(t *testing.T, ctx context.Context, nc *nats.Conn, in source.Input, zone string) Summary {
	t.Helper()
	intake, err := stream.NewIntake(ctx, nc, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return Run(ctx, Config{Intake: intake, Input: in, Zone: zone, Log: zerolog.Nop()})
}

func TestRun(t *testing.T) {
	t.Parallel()
	nc := start(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt":   "Eerste bericht.",
		"b.jsonl": `{"id":"1","source":"nu.nl","text":"Tweede."}` + "\n" + `{"id":"2"}` + "\nkapot\n" + `{"id":"1","source":"nu.nl","text":"Tweede."}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in := source.Input{Paths: []string{dir, filepath.Join(dir, "missing.txt")},
		Defaults: source.Defaults{Source: "ad.nl", Published: "2019-06-30"}}
	got := publish(t, t.Context(), nc, in, "Europe/Brussels")
	want := Summary{Published: 2, Duplicate: 1, Refused: 2, Failed: 1, Reasons: map[string]int{"no-text": 1, "bad-json": 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if got.OK() || got.String() != "2 published, 1 duplicate, 2 refused (bad-json: 1, no-text: 1), 1 failed" {
		t.Errorf("OK %t, %q", got.OK(), got)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := js.Stream(t.Context(), stream.Documents)
	if err != nil {
		t.Fatal(err)
	}
	for subject, source := range map[string]string{"documents.ad_nl": "ad.nl", "documents.nu_nl": "nu.nl"} {
		m, err := docs.GetLastMsgForSubject(t.Context(), subject)
		if err != nil {
			t.Fatalf("%s: %v", subject, err)
		}
		h := m.Header
		if h.Get("Telex-Source") != source || h.Get("Telex-Published") != "2019-06-30" || h.Get("Telex-Zone") != "Europe/Brussels" {
			t.Errorf("%s: headers %v", subject, h)
		}
	}
	if again := publish(t, t.Context(), nc, in, ""); again.Published != 0 || again.Duplicate != 3 {
		t.Errorf("published again: %s", again)
	}
}

// A standard input that says nothing more does not hold up the end.
func TestRunEndsWhileInputWaits(t *testing.T) {
	t.Parallel()
	nc := start(t)
	read, write := io.Pipe()
	defer write.Close()
	ctx, stop := context.WithCancel(t.Context())
	progress := make(chan Summary, 10)
	intake, err := stream.NewIntake(ctx, nc, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan Summary)
	go func() {
		done <- Run(ctx, Config{Intake: intake, Log: zerolog.Nop(), Input: source.Input{Paths: []string{"-"}, Stdin: read},
			Progress: func(s Summary, _ int64) { progress <- s }})
	}()
	line, err := json.Marshal(map[string]string{"text": "Een bericht."})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := write.Write([]byte(string(line) + "\n" + strings.Repeat(" ", 10))); err != nil {
		t.Fatal(err)
	}
	if s := <-progress; s.Published != 1 {
		t.Errorf("after one line: %s", s)
	}
	stop()
	if s := <-done; s.Published != 1 {
		t.Errorf("at the end: %s", s)
	}
}
