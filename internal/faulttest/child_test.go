package faulttest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"telex/internal/chain"
	"telex/internal/document"
	"telex/internal/logging"
	"telex/internal/pipeline"
	"telex/internal/stream"
	"telex/internal/worker"
)

// childVariable holds the settings of a child; without it the binary runs tests.
const childVariable = "TELEX_FAULT_CHILD"

// childConfig says what a child is.
type childConfig struct {
	Server      string        // folder of the store of an embedded server; "" for none
	Listen      string        // of that server
	Cluster     string        // configuration of a server of a cluster; "" for none
	MaxBytes    int64         // of its streams
	AckWait     time.Duration // of its consumers
	Window      time.Duration // in which its streams know a message id; 0 for the default
	Worker      bool          // run a pool, on the embedded server or at URL
	URL         string        // of the server outside
	Concurrency int
	Deadline    time.Duration
	Work        time.Duration // that reading each document takes
	FailRate    float64       // of readings that fail and may pass
	Release     string        // of the step, which makes the version of the pipeline; "" for "1"
	Real        bool          // read with the real pipeline
	Idle        bool          // read nothing
	Bare        string        // a bare loop in place of the worker: "batches" or "async"
}

func TestMain(m *testing.M) {
	settings := os.Getenv(childVariable)
	if settings == "" {
		os.Exit(m.Run())
	}
	var c childConfig
	if err := json.Unmarshal([]byte(settings), &c); err != nil {
		fmt.Fprintln(os.Stderr, "settings:", err)
		os.Exit(2)
	}
	if err := c.run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (c *childConfig) run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the harness
		os.Exit(1)
	}()
	if c.Cluster != "" {
		return runClusterServer(ctx, c.Cluster, report)
	}
	nc, end, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer end()
	if !c.Worker {
		<-ctx.Done()
		return nil
	}
	switch c.Bare {
	case "batches":
		fmt.Println("ready")
		return bareLoop(ctx, nc)
	case "async":
		fmt.Println("ready")
		return asyncLoop(ctx, nc)
	}
	s, err := stream.Open(ctx, nc)
	if err != nil {
		return err
	}
	log, err := logging.New(os.Stderr, "info", logging.JSON)
	if err != nil {
		return err
	}
	reader, err := c.reader()
	if err != nil {
		return err
	}
	return worker.Run(ctx, worker.Config{
		Stream: s, Reader: reader, Log: log, Concurrency: c.Concurrency, Deadline: c.Deadline, Grace: time.Second,
		Ready: func(*zerolog.Event) {
			if c.Server == "" {
				fmt.Println("ready", c.URL)
			}
		},
	})
}

// report writes what a server says to the log of the child.
func report(level, message string) { fmt.Fprintln(os.Stderr, "nats", level, message) }

func (c *childConfig) connect(ctx context.Context) (nc *nats.Conn, end func(), err error) {
	if c.Server == "" {
		nc, err = stream.Connect("fault test", stream.Login{URL: c.URL}, stream.Watch{})
		if err != nil {
			return nil, nil, err
		}
		return nc, nc.Close, nil
	}
	server, err := stream.StartServer(stream.ServerConfig{Dir: c.Server, Listen: c.Listen, Report: report})
	if err != nil {
		return nil, nil, err
	}
	if nc, err = server.Connect("fault test", stream.Watch{}); err != nil {
		return nil, nil, err
	}
	settings := stream.DefaultSettings()
	settings.AckWait, settings.MaxBytes = c.AckWait, c.MaxBytes
	settings.DedupeWindow = cmp.Or(c.Window, settings.DedupeWindow)
	if err := stream.Create(ctx, nc, settings); err != nil {
		return nil, nil, err
	}
	fmt.Println("ready", server.URL())
	return nc, func() { nc.Close(); server.Stop() }, nil
}

func (c *childConfig) reader() (worker.Reader, error) {
	if c.Real {
		p, err := chain.New()
		return &worker.ArticleReader{Pipeline: p}, err
	}
	if c.Idle {
		return newIdleReader(), nil
	}
	return &riderReader{worker.ArticleReader{Pipeline: pipeline.New(nil, &faultStep{c})}}, nil
}

// riderReader adds the riders that the document asks for.
type riderReader struct{ worker.ArticleReader }

func (r *riderReader) Read(ctx context.Context, in worker.Input) (*worker.Result, error) {
	result, err := r.ArticleReader.Read(ctx, in)
	if err != nil {
		return result, err
	}
	n, _ := strconv.Atoi(setting(string(in.Data), "riders"))
	for i := range n {
		body, err := json.Marshal(rider{result.ID, i, r.Version()})
		if err != nil {
			return result, err
		}
		result.Messages = append(result.Messages, stream.Message{Subject: "events.TEST._._", Data: body})
	}
	return result, nil
}

// rider is the body of a message that rides with an article.
type rider struct {
	Name    string `json:"name"`
	Index   int    `json:"index"`
	Version string `json:"version"`
}

// setting reads "name=value" out of the text of a test document.
func setting(text, name string) string {
	for field := range strings.FieldsSeq(text) {
		if value, ok := strings.CutPrefix(field, name+"="); ok {
			return value
		}
	}
	return ""
}

// faultStep does to a worker what the text of the document says.
type faultStep struct{ *childConfig }

func (s *faultStep) Name() string    { return "fault" }
func (s *faultStep) Version() string { return cmp.Or(s.Release, "1") }

func (s *faultStep) Apply(ctx context.Context, a *document.Article) error {
	a.Blocks = []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(a.Raw)}}}
	switch do := setting(a.Raw, "do"); do {
	case "panic":
		panic("poison")
	case "exit":
		os.Exit(3)
	case "spin":
		for {
			_ = do // never looks at ctx
		}
	case "hang":
		<-ctx.Done()
		return ctx.Err()
	case "slow":
		return work(ctx, 5*s.AckWait/2)
	}
	if err := work(ctx, s.Work); err != nil {
		return err
	}
	if rand.Float64() < s.FailRate {
		return errors.New("failed at random")
	}
	return nil
}

// work takes time, as reading does.
func work(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
