package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"telex/internal/chain"
	"telex/internal/cli"
	"telex/internal/producer"
	"telex/internal/source"
	"telex/internal/stream"
	"telex/internal/worker"
)

const defaultListen = "127.0.0.1:4222"

// limits are the settings of streams that the embedded server and init take.
type limits struct {
	DedupeWindow time.Duration `default:"24h" placeholder:"DURATION" help:"How long a document or article sent again is known as a duplicate (24h)."`
	MaxAge       time.Duration `default:"720h" placeholder:"DURATION" help:"How long streams keep their messages (720h)."`
	MaxBytes     cli.Size      `default:"8GiB" placeholder:"SIZE" help:"Size of the streams of documents and of articles, each (8GiB); 0 for no limit."`
	AckWait      time.Duration `default:"30s" placeholder:"DURATION" help:"How long a silent worker keeps a document before another gets it (30s)."`
}

func (l *limits) settings() stream.Settings {
	s := stream.DefaultSettings()
	s.DedupeWindow, s.MaxAge, s.MaxBytes, s.AckWait = l.DedupeWindow, l.MaxAge, int64(l.MaxBytes), l.AckWait
	return s
}

func (l *limits) Validate() error {
	if l.DedupeWindow < time.Second || l.MaxAge < l.DedupeWindow || l.AckWait < 100*time.Millisecond {
		return fmt.Errorf("--dedupe-window must be a second or more, --max-age not less than it, --ack-wait 100ms or more")
	}
	return nil
}

type runCmd struct {
	cli.Connection `group:"Connection"`
	Listen         string    `placeholder:"HOST:PORT" help:"Where the embedded NATS server listens, when no server is named (127.0.0.1:4222)." group:"Embedded server"`
	Data           string    `type:"path" placeholder:"DIR" help:"Store of the embedded server (default: telex in the user's state directory)." group:"Embedded server"`
	Sync           syncEvery `default:"always" placeholder:"always|DURATION" help:"When the embedded server writes to disk for good: before each acknowledgement, or at intervals, which a crash of the machine may cost (always)." group:"Embedded server"`
	limits         `embed:"" group:"Embedded server"`
	reading        `embed:""`
	Feed           []string `placeholder:"PATH" type:"path" help:"Also publish the documents in a file or folder, as the producer would, and watch the folder." group:"Feed"`
	UntilIdle      bool     `help:"End when everything published is settled. Then the store is temporary and nothing listens, unless --data or --listen says otherwise." group:"Feed"`
	cli.Defaults   `group:"Feed"`
	local          `embed:"" group:"Health"`
	cli.Log        `group:"Logs"`
}

// syncEvery is the interval of the embedded server's fsync; 0 is always.
type syncEvery time.Duration

// UnmarshalText reads "always" or a duration.
func (s *syncEvery) UnmarshalText(text []byte) error {
	if string(text) == "always" {
		*s = 0
		return nil
	}
	d, err := time.ParseDuration(string(text))
	if err != nil || d <= 0 {
		return fmt.Errorf("%q is neither \"always\" nor a duration such as 2s", text)
	}
	*s = syncEvery(d)
	return nil
}

func (s syncEvery) String() string {
	if s == 0 {
		return "always"
	}
	return time.Duration(s).String()
}

// Validate finds flags that do not go together.
func (c *runCmd) Validate() error {
	if err := errors.Join(c.Connection.Validate(), c.limits.Validate(), c.local.Validate(), c.reading.Validate()); err != nil {
		return err
	}
	if c.Given() && (c.Listen != "" || c.Data != "" || c.Sync != 0) {
		return fmt.Errorf("--listen, --data and --sync are for the embedded server; leave them out with --nats, --context or NATS_URL")
	}
	return nil
}

// memoryLimit is where the garbage collector begins to work harder: what the
// embedded server caches under load would otherwise double before it is swept.
// It is soft, and GOMEMLIMIT overrides it.
const memoryLimit = 320 << 20 // bytes

// Run is the command.
func (c *runCmd) Run() error {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	ctx, stop := cli.Context()
	defer stop()
	plain, err := c.Logger()
	if err != nil {
		return &cli.UsageError{Err: err}
	}
	zone, err := c.Location()
	if err != nil {
		return err
	}
	pipeline, err := chain.New()
	if err != nil {
		return err
	}
	name := c.instance()
	plain = plain.With().Str("worker", name).Str("version", pipeline.Version()).Logger()
	log := component(plain, "worker")

	nc, server, end, err := c.connect(ctx, plain, name)
	if err != nil {
		return err
	}
	defer end()
	s, err := stream.Open(ctx, nc)
	if err != nil {
		return err
	}
	config := c.config(s, &worker.ArticleReader{Pipeline: pipeline, Zone: zone}, log)
	config.UntilIdle, config.Ready = c.UntilIdle, func(e *zerolog.Event) { c.describe(e, server) }
	if len(c.Feed) > 0 {
		out := newPrinter(os.Stdout, c.ownStore())
		defer out.flush()
		config.Settled = out.settled
		config.Feed = func(ctx context.Context) error { return c.feed(ctx, nc, component(plain, "producer")) }
	}
	unanswer, err := c.answer(&config, name)
	if err != nil {
		return err
	}
	defer unanswer()
	return worker.Run(ctx, config)
}

func component(log zerolog.Logger, name string) zerolog.Logger {
	return log.With().Str("component", name).Logger()
}

// describe adds to the ready line what is in force.
func (c *runCmd) describe(e *zerolog.Event, server *stream.Server) {
	if server == nil {
		e.Str("server", "external")
		return
	}
	e.Str("server", "embedded").Str("sync", c.Sync.String()).Str("listen", server.URL())
}

// watch logs how the connection fares, until ctx ends.
func watch(ctx context.Context, log zerolog.Logger) stream.Watch {
	return stream.Watch{
		Disconnected: func(err error) {
			if err != nil && ctx.Err() == nil {
				log.Warn().Str("event", "nats.disconnected").AnErr("error", err).Msg("lost the NATS server")
			}
		},
		Reconnected: func(url string) {
			log.Info().Str("event", "nats.reconnected").Msg("found the NATS server again")
		},
		Trouble: func(err error) { log.Warn().Err(err).Msg("the NATS server refuses something, or a subscriber is slow") },
	}
}

// connect reaches the server named, or starts one.
func (c *runCmd) connect(ctx context.Context, plain zerolog.Logger, name string) (nc *nats.Conn, s *stream.Server, end func(), err error) {
	log := component(plain, "nats")
	watching := watch(ctx, log)
	if c.Given() {
		nc, err = stream.Connect(name, c.Login(), watching)
		if err != nil {
			return nil, nil, nil, err
		}
		return nc, nil, nc.Close, nil
	}
	config, cleanup, err := c.serverConfig(log)
	if err != nil {
		return nil, nil, nil, err
	}
	if s, err = stream.StartServer(config); err != nil {
		cleanup()
		return nil, nil, nil, err
	}
	stop := func() { s.Stop(); cleanup() }
	if nc, err = s.Connect(name, watching); err == nil {
		err = stream.Create(ctx, nc, c.settings())
	}
	if err != nil {
		stop()
		return nil, nil, nil, err
	}
	return nc, s, func() { nc.Close(); stop() }, nil
}

// ownStore tells whether the store is temporary, and nobody else's.
func (c *runCmd) ownStore() bool {
	return c.UntilIdle && c.Data == "" && c.Listen == "" && !c.Given()
}

// serverConfig settles where the embedded server stores and listens.
func (c *runCmd) serverConfig(log zerolog.Logger) (config stream.ServerConfig, cleanup func(), err error) {
	config = stream.ServerConfig{Dir: c.Data, Listen: c.Listen, Sync: time.Duration(c.Sync), Report: func(level, message string) {
		l, err := zerolog.ParseLevel(level)
		if err != nil {
			l = zerolog.WarnLevel
		}
		log.WithLevel(l).Msg(message)
	}}
	if c.ownStore() {
		if config.Dir, err = os.MkdirTemp("", "telex-"); err != nil {
			return config, nil, fmt.Errorf("make a temporary store: %w", err)
		}
		return config, func() { _ = os.RemoveAll(config.Dir) }, nil // what stays is in the temporary directory
	}
	if config.Listen == "" {
		config.Listen = defaultListen
	}
	if config.Dir == "" {
		if config.Dir, err = stateDir("--data"); err != nil {
			return config, nil, err
		}
	}
	return config, func() {}, nil
}

// stateDir is telex in the user's state directory, by the XDG Base Directory
// Specification; flag names another place.
func stateDir(flag string) (string, error) {
	base := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(base) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the user's state directory: %w; name a folder with %s", err, flag)
		}
		base = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(base, "telex"), nil
}

// feed publishes what the paths hold. It ends after the first pass with
// --until-idle, else it watches the folders.
func (c *runCmd) feed(ctx context.Context, nc *nats.Conn, log zerolog.Logger) error {
	intake, err := stream.NewIntake(ctx, nc, time.Minute)
	if err != nil {
		return err
	}
	sum := producer.Run(ctx, producer.Config{
		Intake: intake, Zone: c.Zone, Log: log,
		Input: source.Input{Paths: c.Feed, Watch: !c.UntilIdle && c.feedsFolder(), Defaults: c.ForSource()},
	})
	log.Info().Int("published", sum.Published).Int("duplicate", sum.Duplicate).Int("refused", sum.Refused).
		Int("failed", sum.Failed).Msg("feed: " + sum.String())
	if sum.Failed > 0 {
		return fmt.Errorf("feed: %s", sum)
	}
	return nil
}

func (c *runCmd) feedsFolder() bool {
	for _, p := range c.Feed {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			return true
		}
	}
	return false
}
