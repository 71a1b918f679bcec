// Command worker turns documents into articles.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"telex/internal/chain"
	"telex/internal/cli"
)

// grammar is the command line.
type grammar struct {
	Version version     `env:"-" help:"Print the version of the build and of the pipeline, and end."`
	Run     runCmd      `cmd:"" default:"withargs" help:"Take documents from NATS and publish articles, until SIGTERM or SIGINT. (default)"`
	Annot   annotateCmd `cmd:"" name:"annotate" help:"Read files or standard input and write articles to standard output, without NATS."`
	Init    initCmd     `cmd:"" help:"Create the streams and consumers on a NATS server, or bring them to the settings given."`
	NKey    nkeyCmd     `cmd:"" name:"nkey" help:"Make NKey seeds for users of NATS, unless they are there, and print their public keys for the server's configuration."`
	Dead    deadCmd     `cmd:"" help:"List, show, retry and purge the documents that could not be processed."`
	Replay  replayCmd   `cmd:"" help:"Read stored documents again with this version, and publish the articles that it has not published yet."`
	Health  healthCmd   `cmd:"" help:"Ask the workers of this machine whether they are up and consuming: exit code 0 if so."`
	Schema  schemaCmd   `cmd:"" help:"Print the JSON Schema of documents and articles."`
}

type version bool

// BeforeReset prints the version before anything else is looked at.
func (version) BeforeReset(k *kong.Kong) error {
	p, err := chain.New()
	if err != nil {
		return err
	}
	fmt.Fprintf(k.Stdout, "telex %s, pipeline %s\n", cli.Version(), p.Version())
	k.Exit(cli.Done)
	return nil
}

func main() {
	os.Exit(cli.Main(&grammar{}, os.Args[1:], os.Stderr, kong.Name("worker"),
		kong.Description("Telex reads the news as it arrives: documents in, structured articles out.\n\n"+
			"Flags may also be set by environment variables: NATS_URL, NATS_CREDS, and TELEX_ with the flag's name.")))
}
