package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"telex/internal/cli"
	"telex/internal/health"
	"telex/internal/worker"
)

// local is what a worker and those who ask it agree on.
type local struct {
	State    string `type:"path" placeholder:"DIR" help:"Folder where the workers of this machine answer worker health, on a socket each (default: telex in the user's state directory)."`
	Instance string `placeholder:"NAME" help:"Name of this worker in logs and for worker health (its host and process number)."`
}

// Validate finds flags that do not go together.
func (l *local) Validate() error {
	if l.Instance == "" {
		return nil
	}
	if err := health.CheckName(l.Instance); err != nil {
		return fmt.Errorf("--instance: %w", err)
	}
	return nil
}

// instance is the worker's name.
func (l *local) instance() string {
	if l.Instance != "" {
		return l.Instance
	}
	host, _ := os.Hostname() // without one the process number must do
	return host + "-" + strconv.Itoa(os.Getpid())
}

func (l *local) stateDir() (string, error) {
	if l.State != "" {
		return l.State, nil
	}
	return stateDir("--state")
}

// answer lets worker health ask this worker, until unanswer is called. A worker
// that nobody told where to answer works without it where it cannot.
func (c *runCmd) answer(config *worker.Config, name string) (unanswer func(), err error) {
	if c.ownStore() && c.State == "" {
		return func() {}, nil // it ends soon, and nobody watches it
	}
	config.Probe = &worker.Probe{}
	since, version := time.Now().UTC(), config.Reader.Version()
	var e *health.Endpoint
	dir, err := c.stateDir()
	if err == nil {
		e, err = health.Listen(dir, name, func() health.Status {
			s := health.Status{Instance: name, PID: os.Getpid(), Version: version, Since: since}
			connected, trouble := config.Probe.Fares()
			if s.Connected, s.Consuming = connected, trouble == nil; trouble != nil {
				s.Problem = trouble.Error()
			}
			return s
		})
	}
	switch {
	case err == nil:
		return e.Close, nil
	case errors.Is(err, health.ErrRunning):
		return nil, fmt.Errorf("%w; give this worker a name of its own with --instance", err)
	case c.State != "" || c.Instance != "":
		return nil, fmt.Errorf("%w; name a folder that this user can write, with a short path, by --state", err)
	}
	config.Log.Warn().Err(err).Msg("worker health will not find this worker; name a folder that it can write, with a short path, by --state")
	return func() {}, nil
}

type healthCmd struct {
	local   `embed:""`
	Timeout time.Duration `default:"3s" placeholder:"DURATION" help:"For all to answer (3s)."`
	JSON    bool          `env:"-" name:"json" help:"What each worker says of itself, a JSON object a line."`
}

// Run is the command: every worker that runs must be consuming, and at least
// one must run; with --instance that one.
func (c *healthCmd) Run() error {
	ctx, cancel := context.WithTimeout(context.Background(), c.Timeout)
	defer cancel()
	dir, err := c.stateDir()
	if err != nil {
		return err
	}
	all, err := health.Ask(ctx, dir, c.Instance)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return c.nobody(dir)
	}
	healthy := true
	out := json.NewEncoder(os.Stdout)
	for _, s := range all {
		healthy = healthy && s.Consuming
		switch {
		case c.JSON:
			if err := out.Encode(s); err != nil {
				return fmt.Errorf("write to standard output: %w", err)
			}
		case s.Consuming:
			fmt.Printf("%s is up and consuming\n", s.Instance)
		default:
			fmt.Fprintf(os.Stderr, "%s is up, but %s\n", s.Instance, strings.TrimSpace(s.Problem))
		}
	}
	if !healthy {
		return cli.ErrSaid
	}
	return nil
}

// nobody says that no worker answers.
func (c *healthCmd) nobody(dir string) error {
	who := "no worker runs"
	if c.Instance != "" {
		who = fmt.Sprintf("the worker %s does not run", c.Instance)
	}
	return fmt.Errorf("%s with its state in %s; one that was started with another --state is not seen", who, filepath.Clean(dir))
}
