package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

// tools holds both commands, built once.
var tools string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "telex-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	tools = dir
	build := exec.Command("go", "build", "-o", dir, "telex/cmd/worker", "telex/cmd/producer")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// result is what a finished command left.
type result struct {
	code           int
	stdout, stderr string
}

// command runs a tool in an empty directory, with an environment of its own.
func command(t *testing.T, stdin, name string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(tools, name), args...)
	cmd.Dir = t.TempDir()
	cmd.Env = []string{"HOME=" + cmd.Dir, "TMPDIR=" + cmd.Dir, "PATH=" + os.Getenv("PATH")}
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

const bericht = "UTRECHT (ANP) - De gemeenteraad heeft gisteren ingestemd met een nieuwe brug over het kanaal. De bouw begint volgend jaar."

func TestExitCodesAndMessages(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing.txt")
	tests := []struct {
		name, stdin string
		args        []string
		code        int
		stdout      string // part of it
		stderr      string // part of it
	}{
		{"help", "", []string{"worker", "--help"}, 0, "annotate", ""},
		{"help of run shows defaults", "", []string{"worker", "run", "--help"}, 0, "127.0.0.1:4222", ""},
		{"help of producer", "", []string{"producer", "--help"}, 0, "--watch", ""},
		{"version", "", []string{"worker", "--version"}, 0, "pipeline 1.", ""},
		{"unknown flag", "", []string{"worker", "--bogus"}, 2, "", "unknown flag --bogus"},
		{"no path", "", []string{"producer"}, 2, "", "PATH"},
		{"wrong format", "", []string{"worker", "annotate", "--format", "xml"}, 2, "", "--format"},
		{"wrong zone", bericht, []string{"worker", "annotate", "--zone", "Mars/Base"}, 2, "", "Mars/Base"},
		{"server and store", "", []string{"worker", "--nats", "nats://127.0.0.1:1", "--data", "x"}, 2, "", "embedded server"},
		{"half a certificate", "", []string{"worker", "--nats", "nats://127.0.0.1:1", "--tls-cert", os.Args[0]}, 2, "", "--tls-cert"},
		{"window too small", "", []string{"worker", "--dedupe-window", "1ms"}, 2, "", "--dedupe-window"},
		{"init of two minds", "", []string{"worker", "init", "--replicas", "0"}, 2, "", "--replicas"},
		{"wrong sync", "", []string{"worker", "--sync", "often"}, 2, "", "always"},
		{"nobody answers", "", []string{"worker", "--nats", "nats://127.0.0.1:1"}, 1, "", "nobody answers"},
		{"nobody answers the producer", "", []string{"producer", "--nats", "nats://127.0.0.1:1", "-"}, 1, "", "nobody answers"},
		{"plain text", bericht, []string{"worker", "annotate"}, 0, `"type":"dateline"`, ""},
		{"digest", bericht, []string{"worker", "annotate", "--format", "text", "-"}, 0, "De gemeenteraad heeft gisteren", ""},
		{"one refused of two", `{"id":"a","text":""}` + "\n" + `{"id":"b","text":"` + bericht + `"}`, []string{"worker", "annotate"}, 1, `{"id":"a","error":{"reason":"no-text"`, ""},
		{"missing file", "", []string{"worker", "annotate", missing}, 1, "", "no such file"},
		{"tokens", bericht, []string{"worker", "annotate", "--tokens"}, 0, `"upos":"NOUN"`, ""},
		{"no tokens unless asked", bericht, []string{"worker", "annotate"}, 0, `"tokens":[],`, ""},
		{"CoNLL-U", bericht, []string{"worker", "annotate", "--format", "conllu"}, 0, "\n# newpar\n# block = dateline\n", ""},
		{"one refused in CoNLL-U", `{"id":"a","text":""}` + "\n" + `{"id":"b","text":"` + bericht + `"}`, []string{"worker", "annotate", "--format", "conllu"}, 1,
			"# newdoc id = a\n# error = no-text: the document has neither text nor html\n\n# newdoc id = b\n", ""},
		{"nothing", "", []string{"worker", "annotate"}, 0, "", ""},
		{"schema", "", []string{"worker", "schema"}, 0, "$defs", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := command(t, tt.stdin, tt.args[0], tt.args[1:]...)
			if r.code != tt.code || !strings.Contains(r.stdout, tt.stdout) || !strings.Contains(r.stderr, tt.stderr) {
				t.Errorf("exit %d, want %d with %q on stdout and %q on stderr\n--- stdout\n%.2000s\n--- stderr\n%.2000s",
					r.code, tt.code, tt.stdout, tt.stderr, r.stdout, r.stderr)
			}
		})
	}
}

// Articles come in the order of the documents, whatever their size.
func TestAnnotateKeepsTheOrder(t *testing.T) {
	t.Parallel()
	var in strings.Builder
	for i := range 80 {
		text := strings.Repeat(bericht+" ", 1+(i*37)%20)
		body, err := json.Marshal(map[string]any{"id": fmt.Sprint(i), "text": text})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(body, '\n'))
	}
	r := command(t, in.String(), "worker", "annotate", "--concurrency", "8")
	again := command(t, in.String(), "worker", "annotate", "--concurrency", "1")
	if r.stdout != again.stdout || r.code != 0 {
		t.Error("eight at once and one after the other give different output")
	}
	i := 0
	for line := range strings.Lines(r.stdout) {
		if !strings.HasPrefix(line, fmt.Sprintf(`{"schema":"telex/article/1","id":"%d"`, i)) {
			t.Fatalf("line %d: %.80s", i, line)
		}
		i++
	}
}

func TestFeedUntilIdlePrintsEachArticle(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "a.txt", bericht)
	write(t, dir, "b.jsonl", `{"id":"b1","text":"Eerste bericht van vandaag over de brug."}`+"\n"+`{"id":"b2","text":"Lees ook\n\nDeel dit artikel"}`+"\n")
	r := command(t, "", "worker", "--feed", dir, "--until-idle")
	if r.code != 0 {
		t.Fatalf("exit %d\n%s", r.code, r.stderr)
	}
	first, second, third := strings.Index(r.stdout, "De gemeenteraad"), strings.Index(r.stdout, "Eerste bericht"), strings.Index(r.stdout, "refused: no-text")
	if first < 0 || second < first || third < second || strings.Count(r.stdout, "──") != 3 {
		t.Errorf("digests:\n%s", r.stdout)
	}
	if !strings.Contains(r.stderr, `"published":3`) {
		t.Errorf("log:\n%s", r.stderr)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// background is a command that goes on.
type background struct {
	cmd    *exec.Cmd
	stderr chan string
}

// launch starts a tool and waits for a line of its log.
func launch(t *testing.T, line, name string, args ...string) *background {
	t.Helper()
	cmd := exec.Command(filepath.Join(tools, name), args...)
	cmd.Dir = t.TempDir()
	cmd.Env = []string{"HOME=" + cmd.Dir, "TMPDIR=" + cmd.Dir}
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	b := &background{cmd: cmd, stderr: make(chan string, 10_000)}
	go func() {
		lines := bufio.NewScanner(pipe)
		for lines.Scan() {
			b.stderr <- lines.Text()
		}
		_, _ = io.Copy(io.Discard, pipe)
		close(b.stderr)
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	b.await(t, line)
	return b
}

// await reads the log up to a line that holds part.
func (b *background) await(t *testing.T, part string) {
	t.Helper()
	var seen []string
	timeout := time.After(30 * time.Second)
	for {
		select {
		case line, open := <-b.stderr:
			if !open {
				t.Fatalf("ended before %q:\n%s", part, strings.Join(seen, "\n"))
			}
			if seen = append(seen, line); strings.Contains(line, part) {
				return
			}
		case <-timeout:
			t.Fatalf("no %q within 30 s:\n%s", part, strings.Join(seen, "\n"))
		}
	}
}

// stop asks the command to end and gives its exit code.
func (b *background) stop(t *testing.T) int {
	t.Helper()
	if err := b.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	b.await(t, "drain.done")
	for range b.stderr { // to its end
	}
	_ = b.cmd.Wait() // the code says it
	return b.cmd.ProcessState.ExitCode()
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestWorkerAndProducerOverTheNetwork(t *testing.T) {
	t.Parallel()
	listen, data := freePort(t), t.TempDir()
	w := launch(t, "worker.ready", "worker", "--listen", listen, "--data", data, "--sync", "1s")
	if r := command(t, "", "worker", "--listen", freePort(t), "--data", data); r.code != 1 || !strings.Contains(r.stderr, "--data") {
		t.Errorf("a second worker on the store: exit %d, %s", r.code, r.stderr)
	}
	if r := command(t, "", "worker", "--listen", listen, "--data", t.TempDir()); r.code != 1 || !strings.Contains(r.stderr, "--listen") {
		t.Errorf("a second worker on the port: exit %d, %s", r.code, r.stderr)
	}
	url := "nats://" + listen
	for _, want := range []string{"1 published, 0 duplicate", "0 published, 1 duplicate"} {
		if r := command(t, bericht, "producer", "--nats", url, "--source", "ad.nl", "-"); r.code != 0 || !strings.Contains(r.stderr, want) {
			t.Errorf("producer: exit %d, want %q\n%s", r.code, want, r.stderr)
		}
	}
	if r := command(t, strings.Repeat("x ", 600_000), "producer", "--nats", url, "-"); r.code != 1 || !strings.Contains(r.stderr, "too-large") {
		t.Errorf("too much text: exit %d\n%s", r.code, r.stderr)
	}
	w.await(t, `"doc.done"`)
	second := launch(t, "worker.ready", "worker", "--nats", url)
	if code := second.stop(t); code != 0 {
		t.Errorf("a worker on the other's server ended with %d", code)
	}
	nc, err := stream.Connect("test", stream.Login{URL: url}, stream.Watch{})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	news, err := js.Stream(t.Context(), stream.News)
	if err != nil {
		t.Fatal(err)
	}
	m, err := news.GetLastMsgForSubject(t.Context(), "articles.nl.ad_nl")
	if err != nil || !strings.Contains(string(m.Data), `"source":"ad.nl"`) {
		t.Errorf("article: %v, %v", m, err)
	}
	if code := w.stop(t); code != 0 {
		t.Errorf("the worker ended with %d", code)
	}
}

func TestExternalServerNeedsInit(t *testing.T) {
	t.Parallel()
	listen := freePort(t)
	s, err := stream.StartServer(stream.ServerConfig{Dir: t.TempDir(), Listen: listen})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	url := "nats://" + listen
	for _, args := range [][]string{{"worker", "--nats", url}, {"producer", "--nats", url, "-"}} {
		if r := command(t, bericht, args[0], args[1:]...); r.code != 1 || !strings.Contains(r.stderr, "worker init") {
			t.Errorf("%v: exit %d, %s", args, r.code, r.stderr)
		}
	}
	if r := command(t, "", "worker", "init", "--nats", url, "--max-bytes", "100KB"); r.code != 0 {
		t.Fatalf("init: exit %d, %s", r.code, r.stderr)
	}
	var many strings.Builder
	for i := range 100 {
		fmt.Fprintf(&many, `{"id":"%d","text":"%s"}`+"\n", i, strings.Repeat(bericht, 20))
	}
	if r := command(t, many.String(), "producer", "--nats", url, "--patience", "100ms", "-"); r.code != 1 || !strings.Contains(r.stderr, "full") {
		t.Errorf("a full stream: exit %d, %.2000s", r.code, r.stderr)
	}
	w := launch(t, "worker.ready", "worker", "--nats", url)
	w.await(t, `"doc.done"`)
	if code := w.stop(t); code != 0 {
		t.Errorf("the worker ended with %d", code)
	}
}

// A worker outlives its server, says so, and goes on.
func TestServerComesBack(t *testing.T) {
	t.Parallel()
	config := stream.ServerConfig{Dir: t.TempDir(), Listen: freePort(t)}
	url := "nats://" + config.Listen
	s, err := stream.StartServer(config)
	if err != nil {
		t.Fatal(err)
	}
	if r := command(t, "", "worker", "init", "--nats", url); r.code != 0 {
		t.Fatalf("init: exit %d, %s", r.code, r.stderr)
	}
	w := launch(t, "worker.ready", "worker", "--nats", url)
	s.Stop()
	w.await(t, `"event":"nats.disconnected"`)
	if s, err = stream.StartServer(config); err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	w.await(t, `"event":"nats.reconnected"`)
	if r := command(t, bericht, "producer", "--nats", url, "-"); r.code != 0 {
		t.Errorf("producer: exit %d, %s", r.code, r.stderr)
	}
	w.await(t, `"doc.done"`)
	if code := w.stop(t); code != 0 {
		t.Errorf("the worker ended with %d", code)
	}
}
