package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"telex/internal/stream"
)

func TestReplay(t *testing.T) {
	t.Parallel()
	url, nc := external(t)
	in, err := stream.NewIntake(t.Context(), nc, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		in.Publish(stream.Incoming{
			Source: []string{"ad_nl", "nu_nl"}[i%2], ID: fmt.Sprint(i), Data: fmt.Appendf(nil, "%s Bericht %d.", bericht, i),
			Stored: func(_ bool, err error) {
				if err != nil {
					t.Error(err)
				}
			},
		})
	}
	in.Close()
	for _, tt := range []struct {
		args string
		code int
		said string
	}{
		{"--since 1h --source ad.nl", 0, "replay: 2 articles published, 0 stood already"},
		{"--since 2020-01-01", 0, "replay: 2 articles published, 2 stood already"},
		{"--since 1h", 0, "replay: 0 articles published, 4 stood already"},
		{"--since 2020-01-01 --until 2021-01-01T12:00:00Z", 0, "replay: 0 articles published, 0 stood already"},
		{"--since 2100-01-01", 0, "replay: 0 articles published, 0 stood already"},
		{"", 2, "--since"},
		{"--since gisteren", 2, "36h"},
		{"--since 1h --until 2h", 2, "--since must be before --until"},
		{"--since 1h --source a/b", 2, "no source"},
		{"--since 1h --zone Mars/Base", 2, "Mars/Base"},
		{"--since 1h --concurrency -1", 2, "--concurrency"},
	} {
		r := command(t, "", "worker", append(strings.Fields("replay --nats "+url), strings.Fields(tt.args)...)...)
		if r.code != tt.code || !strings.Contains(r.stderr, tt.said) {
			t.Errorf("replay %s: exit %d, want %d and %q\n%s", tt.args, r.code, tt.code, tt.said, r.stderr)
		}
	}
	if got := articles(t, nc); got != 4 {
		t.Errorf("%d articles, want 4", got)
	}
	s, err := stream.Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := s.Backlog(context.Background()); err != nil || b.Unread != 4 {
		t.Errorf("the workers have %d documents to read, %v; want all 4 still", b.Unread, err)
	}
}

func TestWhen(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-11-20":                now.Add(-132 * time.Hour),
		"2026-11-20T06:00:00+02:00": time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC),
		"36h":                       now.Add(-36 * time.Hour), "-1h": {}, "0s": {}, "20 november": {}, "": {},
	} {
		var w when
		err := w.UnmarshalText([]byte(text))
		if (err != nil) != want.IsZero() || err == nil && !w.at(now).Equal(want) {
			t.Errorf("%q is %s, %v; want %s", text, w.at(now), err, want)
		}
	}
	if !(when{}).at(now).IsZero() {
		t.Error("a time that was not given is not zero")
	}
}
