package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/rs/zerolog"

	"telex/internal/chain"
	"telex/internal/cli"
	"telex/internal/document"
	"telex/internal/stream"
	"telex/internal/worker"
)

// reading is how documents are read, by run and replay alike.
type reading struct {
	Concurrency int           `default:"0" placeholder:"N" help:"Documents read at once; 0 for one for each core (0)."`
	Deadline    time.Duration `default:"30s" placeholder:"DURATION" help:"For reading one document (30s)."`
	Stats       time.Duration `default:"30s" placeholder:"DURATION" help:"Between stats lines; 0 for none (30s)."`
	LogDocs     int           `default:"1" placeholder:"N" help:"Log every Nth article; 0 for none (1)."`
}

// Validate finds numbers that will not do.
func (r *reading) Validate() error {
	if r.Concurrency < 0 || r.LogDocs < 0 || r.Deadline <= 0 {
		return errors.New("--concurrency and --log-docs cannot be negative, and --deadline must be more than 0")
	}
	return nil
}

// config gives the flags as the worker package takes them.
func (r *reading) config(s *stream.Stream, reader worker.Reader, log zerolog.Logger) worker.Config {
	c := worker.Config{
		Stream: s, Reader: reader, Log: log,
		Concurrency: r.Concurrency, Deadline: r.Deadline, Stats: r.Stats, LogDocs: r.LogDocs,
	}
	if c.Concurrency == 0 {
		c.Concurrency = runtime.GOMAXPROCS(0)
	}
	return c
}

type replayCmd struct {
	cli.Connection `group:"Connection"`
	Since          when   `env:"-" required:"" placeholder:"TIME" help:"Documents stored at this time or later: RFC 3339, YYYY-MM-DD (UTC), or a duration back from now such as 36h."`
	Until          when   `env:"-" placeholder:"TIME" help:"Documents stored before this time (all that stand when the replay begins)."`
	Source         string `env:"-" placeholder:"NAME" help:"Only documents of this source."`
	Zone           string `placeholder:"ZONE" help:"Time zone of published times without an offset, as the workers have it (Europe/Amsterdam)."`
	reading        `embed:""`
	cli.Log        `group:"Logs"`
}

// when is a point of time, or one so long before now.
type when struct {
	time.Time
	ago time.Duration
}

// UnmarshalText reads a time or a duration.
func (w *when) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, string(text)); err == nil {
			*w = when{Time: at}
			return nil
		}
	}
	ago, err := time.ParseDuration(string(text))
	if err != nil || ago <= 0 {
		return fmt.Errorf("%q is neither a time such as 2026-11-20T06:00:00Z, nor a date, nor a duration such as 36h", text)
	}
	*w = when{ago: ago}
	return nil
}

// at is the point of time, seen from now.
func (w when) at(now time.Time) time.Time {
	if w.ago > 0 {
		return now.Add(-w.ago)
	}
	return w.Time
}

// Validate finds flags that do not go together.
func (c *replayCmd) Validate() error {
	return errors.Join(c.Connection.Validate(), c.reading.Validate())
}

// span is the range that the flags name.
func (c *replayCmd) span(now time.Time) (stream.Range, error) {
	r := stream.Range{Since: c.Since.at(now), Until: c.Until.at(now)}
	if !r.Until.IsZero() && !r.Since.Before(r.Until) {
		return r, &cli.UsageError{Err: errors.New("--since must be before --until")}
	}
	if c.Source != "" {
		token, ok := document.SubjectToken(c.Source)
		if !ok {
			return r, &cli.UsageError{Err: fmt.Errorf("--source %q is no source: letters, digits, '-', '_' and dots", c.Source)}
		}
		r.Source = token
	}
	return r, nil
}

// Run is the command.
func (c *replayCmd) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	span, err := c.span(time.Now())
	if err != nil {
		return err
	}
	plain, err := c.Logger()
	if err != nil {
		return &cli.UsageError{Err: err}
	}
	zone, err := (&cli.Defaults{Zone: c.Zone}).Location()
	if err != nil {
		return err
	}
	pipeline, err := chain.New()
	if err != nil {
		return err
	}
	name := (&local{}).instance()
	plain = plain.With().Str("worker", name).Str("version", pipeline.Version()).Logger()
	log := component(plain, "replay")
	nc, err := stream.Connect("telex replay "+name, c.Login(), watch(ctx, component(plain, "nats")))
	if err != nil {
		return err
	}
	defer nc.Close()
	s, err := stream.Open(ctx, nc)
	if err != nil {
		return err
	}
	return c.replay(ctx, s, span, c.config(s, &worker.ArticleReader{Pipeline: pipeline, Zone: zone}, log))
}

func (c *replayCmd) replay(ctx context.Context, s *stream.Stream, span stream.Range, config worker.Config) error {
	config.Log.Info().Time("since", span.Since.UTC()).Str("source", span.Source).Msg("looking which articles and letters stand")
	r, err := s.NewReplay(ctx, config.Reader.Version(), span)
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	sum, err := worker.Replay(ctx, config, r)
	config.Log.Info().Int("published", sum.Published).Int("known", sum.Known).Int("kept", sum.Kept).Int("dead", sum.Dead).
		Int("left_out", sum.LeftOut).Int("left", sum.Left).Msg("replay: " + sum.String())
	switch {
	case err != nil:
		return err
	case sum.Kept+sum.Dead > 0:
		return fmt.Errorf("replay: this version cannot read %d documents; the log names them, and `worker dead list` those without an earlier article", sum.Kept+sum.Dead)
	}
	return nil
}
