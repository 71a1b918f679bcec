package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
	"telex/internal/stream"
)

// external gives a server of our own with the streams, without a worker.
func external(t *testing.T) (url string, nc *nats.Conn) {
	t.Helper()
	listen := freePort(t)
	s, err := stream.StartServer(stream.ServerConfig{Dir: t.TempDir(), Listen: listen})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	url = "nats://" + listen
	if nc, err = stream.Connect("test", stream.Login{URL: url}, stream.Watch{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	if err := stream.Create(t.Context(), nc, stream.DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	return url, nc
}

// letters stores five: sequences 1 to 4 of ad.nl and nu.nl in turn, with two
// reasons, and 5 that no worker wrote.
func letters(t *testing.T, nc *nats.Conn) {
	t.Helper()
	s, err := stream.Open(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		l := stream.Letter{
			Key: fmt.Sprint("key", i), Version: "1", Reason: document.Panic, Step: "names", Attempts: 1, Seq: uint64(i + 1),
			Error: "index out of\trange\x1b[31m", Subject: []string{"documents.ad_nl", "documents.nu_nl"}[i%2],
			Data: fmt.Appendf(nil, `{"id":"d%d","text":"%s"}`, i, bericht),
		}
		if i == 3 {
			l.Reason, l.Data = document.BadJSON, []byte("{\x00 half")
		}
		if err := s.Bury(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(t.Context(), "dead.internal", []byte("by hand")); err != nil {
		t.Fatal(err)
	}
}

func TestDeadList(t *testing.T) {
	t.Parallel()
	url, nc := external(t)
	letters(t, nc)
	for _, tt := range []struct {
		args string
		want string // first fields of the lines
	}{
		{"", "1 2 3 4 5"},
		{"--reason panic", "1 2 3"},
		{"--source nu.nl", "2 4"},
		{"--source nu_nl --reason bad-json", "4"},
		{"--limit 2", "1 2"},
		{"--limit 5", "1 2 3 4 5"},
		{"--reason timeout", ""},
	} {
		r := command(t, "", "worker", append(strings.Fields("dead list --nats "+url), strings.Fields(tt.args)...)...)
		var got []string
		for line := range strings.Lines(r.stdout) {
			seq, _, _ := strings.Cut(line, "\t")
			got = append(got, seq)
		}
		if r.code != 0 || strings.Join(got, " ") != tt.want {
			t.Errorf("list %s: exit %d, %v; want %s\n%s", tt.args, r.code, got, tt.want, r.stderr)
		}
	}
	line := command(t, "", "worker", "dead", "list", "--nats", url, "--limit", "1").stdout
	fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(fields) != 8 || strings.Join(fields[2:7], " ") != "panic ad_nl d0 1 names" || fields[7] != "index out of range [31m" {
		t.Errorf("line %q", line)
	}
	r := command(t, "", "worker", "dead", "list", "--nats", url, "--reason", "bad-json", "--json")
	var object map[string]any
	if err := json.Unmarshal([]byte(r.stdout), &object); err != nil || object["seq"] != 4.0 || object["key"] != "key3" || object["document_seq"] != 4.0 {
		t.Errorf("JSON %s: %v", r.stdout, err)
	}
}

func TestDeadShow(t *testing.T) {
	t.Parallel()
	url, nc := external(t)
	letters(t, nc)
	r := command(t, "", "worker", "dead", "show", "--nats", url, "4")
	head, body, _ := strings.Cut(r.stdout, "\n\n")
	if r.code != 0 || body != "{\x00 half" || !strings.Contains(head, "Telex-Reason: bad-json\n") || !strings.Contains(head, "Telex-Subject: documents.nu_nl") {
		t.Errorf("exit %d, %q\n%s", r.code, r.stdout, r.stderr)
	}
	if r := command(t, "", "worker", "dead", "show", "--nats", url, "--body", "4"); r.stdout != "{\x00 half" {
		t.Errorf("body %q", r.stdout)
	}
	if r := command(t, "", "worker", "dead", "show", "--nats", url, "99"); r.code != 1 || !strings.Contains(r.stderr, "dead list") {
		t.Errorf("no such letter: exit %d, %s", r.code, r.stderr)
	}
}

// Documents that were dead for a reason that has gone become articles, and
// those that are dead still get a new letter.
func TestDeadRetry(t *testing.T) {
	t.Parallel()
	url, nc := external(t)
	letters(t, nc)
	w := launch(t, "worker.ready", "worker", "--nats", url)
	for _, tt := range []struct {
		args   string
		code   int
		stderr string
		left   string // in DEAD
	}{
		{"2", 0, "1 documents published again, 0 were there already, 0 cannot be", "1 3 4 5"},
		{"2", 1, "no such dead letter: 2", "1 3 4 5"},
		{"--reason panic", 0, "2 documents published again", "4 5"},
		{"--all", 1, "1 documents published again, 0 were there already, 1 cannot be", "5 6"},
	} {
		r := command(t, "", "worker", append(strings.Fields("dead retry --nats "+url), strings.Fields(tt.args)...)...)
		if r.code != tt.code || !strings.Contains(r.stderr, tt.stderr) {
			t.Errorf("retry %s: exit %d, want %d and %q\n%s", tt.args, r.code, tt.code, tt.stderr, r.stderr)
		}
		if tt.args == "--all" {
			w.await(t, `"doc.dead"`)
		}
		if left := sequences(t, nc, stream.Dead); left != tt.left {
			t.Errorf("after retry %s the letters are %s, want %s", tt.args, left, tt.left)
		}
	}
	if code := w.stop(t); code != 0 {
		t.Errorf("the worker ended with %d", code)
	}
	if got := sequences(t, nc, stream.News); len(strings.Fields(got)) != 3 {
		t.Errorf("articles %s, want three", got)
	}
}

func TestDeadPurge(t *testing.T) {
	t.Parallel()
	url, nc := external(t)
	letters(t, nc)
	for _, tt := range []struct {
		args   string
		code   int
		stderr string
		left   string
	}{
		{"--all", 2, "--yes", "1 2 3 4 5"},
		{"--source ad.nl --yes", 0, "2 dead letters deleted", "2 4 5"},
		{"5 2 --yes", 0, "2 dead letters deleted", "4"},
		{"--all --yes", 0, "1 dead letters deleted", ""},
		{"--all --yes", 0, "0 dead letters deleted", ""},
	} {
		r := command(t, "", "worker", append(strings.Fields("dead purge --nats "+url), strings.Fields(tt.args)...)...)
		if left := sequences(t, nc, stream.Dead); r.code != tt.code || !strings.Contains(r.stderr, tt.stderr) || left != tt.left {
			t.Errorf("purge %s: exit %d, letters %q; want %d, %q and %q\n%s", tt.args, r.code, left, tt.code, tt.left, tt.stderr, r.stderr)
		}
	}
}

// On a terminal purge asks, and takes only a yes for one.
func TestDeadPurgeAsks(t *testing.T) {
	t.Parallel()
	_, nc := external(t)
	letters(t, nc)
	d, err := stream.OpenDeadLetters(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	all := deadPurgeCmd{deadChoice: deadChoice{All: true}}
	none := deadPurgeCmd{deadChoice: deadChoice{deadFilter: deadFilter{Reason: "timeout"}}}
	for _, tt := range []struct {
		c      deadPurgeCmd
		answer string
		ok     bool
		said   string
	}{
		{all, "y\n", true, "Delete 5 dead letters"}, {all, "Yes\n", true, "Delete 5"}, {all, "\n", false, "nothing deleted"},
		{all, "n\n", false, "nothing deleted"}, {all, "", false, "nothing deleted"}, {none, "y\n", false, "no such letters"},
	} {
		var out bytes.Buffer
		ok, err := tt.c.confirm(t.Context(), d, strings.NewReader(tt.answer), &out)
		if err != nil || ok != tt.ok || !strings.Contains(out.String(), tt.said) {
			t.Errorf("answer %q: %t, %v, %q; want %t and %q", tt.answer, ok, err, out.String(), tt.ok, tt.said)
		}
	}
}

func TestDeadChoice(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args string
		want string
	}{
		{"retry", "say which letters"}, {"purge --yes", "say which letters"}, {"retry 1 --all", "in one way"},
		{"retry --all --reason panic", "in one way"}, {"purge 1 --source x", "in one way"}, {"list --limit -1", "--limit"},
		{"list --reason tired", "--reason"}, {"retry x", "SEQ"}, {"list --source a/b", "no source"},
	} {
		r := command(t, "", "worker", append([]string{"dead"}, strings.Fields(tt.args)...)...)
		if r.code != 2 || !strings.Contains(r.stderr, tt.want) {
			t.Errorf("dead %s: exit %d, %s; want 2 and %q", tt.args, r.code, r.stderr, tt.want)
		}
	}
}

// sequences gives those of the messages in a stream, without what rides with articles.
func sequences(t *testing.T, nc *nats.Conn, name string) string {
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
	for seq := uint64(1); seq <= st.CachedInfo().State.LastSeq; seq++ {
		if m, err := st.GetMsg(t.Context(), seq); err == nil && !strings.HasPrefix(m.Subject, "quotes.") && !strings.HasPrefix(m.Subject, "events.") {
			out = append(out, fmt.Sprint(seq))
		}
	}
	return strings.Join(out, " ")
}

// articles counts those that stand in NEWS.
func articles(t *testing.T, nc *nats.Conn) (n uint64) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	st, err := js.Stream(t.Context(), stream.News)
	if err != nil {
		t.Fatal(err)
	}
	info, err := st.Info(t.Context(), jetstream.WithSubjectFilter("articles.>"))
	if err != nil {
		t.Fatal(err)
	}
	for _, count := range info.State.Subjects {
		n += count
	}
	return n
}
