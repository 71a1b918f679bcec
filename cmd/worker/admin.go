package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"telex/internal/cli"
	"telex/internal/document"
	"telex/internal/stream"
)

type initCmd struct {
	cli.Connection `group:"Connection"`
	Replicas       int             `default:"1" placeholder:"N" help:"Servers that hold each stream: 1, or 3 or 5 in a cluster (1)."`
	Reader         []stream.Reader `placeholder:"NAME[=SUBJECT]" help:"Also make a durable pull consumer on NEWS for a reader, of all or of a subject such as articles.nl.*; repeatable." group:"Streams"`
	limits         `embed:"" group:"Streams"`
}

// Validate finds flags that do not go together.
func (c *initCmd) Validate() error {
	if c.Replicas < 1 || c.Replicas > 5 {
		return errors.New("--replicas must be from 1 to 5")
	}
	return errors.Join(c.Connection.Validate(), c.limits.Validate())
}

// Run is the command.
func (c *initCmd) Run() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	nc, err := stream.Connect("telex init", c.Login(), stream.Watch{})
	if err != nil {
		return err
	}
	defer nc.Close()
	settings := c.settings()
	settings.Replicas = c.Replicas
	if err := stream.Create(ctx, nc, settings); err != nil {
		return err
	}
	for _, r := range c.Reader {
		if err := stream.CreateReader(ctx, nc, r); err != nil {
			return err
		}
	}
	_, err = stream.Open(ctx, nc)
	return err
}

type schemaCmd struct{}

// Run is the command.
func (schemaCmd) Run() error {
	_, err := fmt.Fprint(os.Stdout, document.Schemas())
	return err
}
