package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"telex/internal/cli"
	"telex/internal/document"
	"telex/internal/stream"
)

type initCmd struct {
	cli.Connection `group:"Connection"`
	Replicas       int `default:"1" placeholder:"N" help:"Servers that hold each stream: 1, or 3 or 5 in a cluster (1)."`
	limits         `embed:"" group:"Streams"`
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
	_, err = stream.Open(ctx, nc)
	return err
}

type schemaCmd struct{}

// Run is the command.
func (schemaCmd) Run() error {
	_, err := fmt.Fprint(os.Stdout, document.Schemas())
	return err
}
