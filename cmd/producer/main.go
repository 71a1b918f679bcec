// Command producer brings documents in: it reads them from files, folders or
// standard input and publishes them on NATS.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/alecthomas/kong"
	"github.com/rs/zerolog"

	"telex/internal/cli"
	"telex/internal/producer"
	"telex/internal/source"
	"telex/internal/stream"
)

// grammar is the command line.
type grammar struct {
	Version        version `env:"-" help:"Print the version and end."`
	cli.Connection `group:"Connection"`
	Watch          bool          `help:"After the first pass, publish what is written or moved into the folders, until SIGTERM or SIGINT."`
	Patience       time.Duration `default:"1m" placeholder:"DURATION" help:"How long a document that is not acknowledged is sent again (1m)."`
	cli.Defaults   `group:"Documents"`
	cli.Log        `group:"Logs"`
	Paths          []string `arg:"" name:"PATH" help:"Text, JSON, JSON lines, HTML, or folders of these; - for standard input."`
}

type version bool

// BeforeReset prints the version before anything else is looked at.
func (version) BeforeReset(k *kong.Kong) error {
	fmt.Fprintf(k.Stdout, "telex %s\n", cli.Version())
	k.Exit(cli.Done)
	return nil
}

func main() {
	os.Exit(cli.Main(&grammar{}, os.Args[1:], os.Stderr, kong.Name("producer"),
		kong.Description("Publishes news documents on NATS, for Telex to read.\n\n"+
			"Flags may also be set by environment variables: NATS_URL, NATS_CREDS, and TELEX_ with the flag's name.")))
}

// logEvery is the time between lines about progress where there is no terminal.
const logEvery = 5 * time.Second

// Run is the command.
func (g *grammar) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	log, err := g.Logger()
	if err != nil {
		return &cli.UsageError{Err: err}
	}
	log = log.With().Str("component", "producer").Logger()
	if _, err := g.Location(); err != nil {
		return err
	}
	nc, err := stream.Connect("telex producer", g.Login(), watch(log))
	if err != nil {
		return err
	}
	defer nc.Close()
	intake, err := stream.NewIntake(ctx, nc, g.Patience)
	if err != nil {
		return err
	}
	config := producer.Config{
		Intake: intake, Zone: g.Zone, Log: log, Every: logEvery,
		Input: source.Input{Paths: g.Paths, Watch: g.Watch, Defaults: g.ForSource()},
	}
	finish := func() {}
	if size, known := source.Size(config.Input); known && cli.IsTerminal(os.Stderr) {
		config.Every = 0
		config.Progress, finish = bar(os.Stderr, size)
	}
	sum := producer.Run(ctx, config)
	finish()
	log.Info().Int("published", sum.Published).Int("duplicate", sum.Duplicate).Int("refused", sum.Refused).
		Int("failed", sum.Failed).Msg(sum.String())
	switch {
	case ctx.Err() != nil && !g.Watch:
		return errors.New("interrupted before the end of the input")
	case !sum.OK():
		return cli.ErrSaid
	}
	return nil
}

func watch(log zerolog.Logger) stream.Watch {
	return stream.Watch{
		Disconnected: func(err error) {
			if err != nil {
				log.Warn().Str("event", "nats.disconnected").AnErr("error", err).Msg("lost the NATS server")
			}
		},
		Reconnected: func(string) { log.Info().Str("event", "nats.reconnected").Msg("found the NATS server again") },
		Trouble:     func(err error) { log.Warn().Err(err).Msg("the NATS server refuses something") },
	}
}
