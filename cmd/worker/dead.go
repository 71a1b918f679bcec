package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"telex/internal/cli"
	"telex/internal/document"
	"telex/internal/stream"
)

// deadCmd is what an operator does with dead letters.
type deadCmd struct {
	List  deadListCmd  `cmd:"" help:"List dead letters, a line each: sequence, time, reason, source, id, attempts, step, error."`
	Show  deadShowCmd  `cmd:"" help:"Print a dead letter: its headers, an empty line, and the document as it came."`
	Retry deadRetryCmd `cmd:"" help:"Publish the documents of dead letters again, as they came, and delete the letters."`
	Purge deadPurgeCmd `cmd:"" help:"Delete dead letters for good."`
}

// deadFilter narrows letters down. No variable sets it: what a letter is asked
// for by should stand on the line.
type deadFilter struct {
	Reason string `env:"-" default:"" enum:",bad-json,not-utf8,no-text,too-large,bad-field,panic,timeout,max-deliveries,internal" placeholder:"REASON" help:"Only letters with this reason, such as panic."`
	Source string `env:"-" placeholder:"NAME" help:"Only documents of this source."`
}

// selection reads the flags; a source may be written as publishers write it.
func (f *deadFilter) selection() (stream.Selection, error) {
	sel := stream.Selection{Reason: document.Reason(f.Reason)}
	if f.Source != "" {
		token, ok := document.SubjectToken(f.Source)
		if !ok {
			return sel, &cli.UsageError{Err: fmt.Errorf("--source %q is no source: letters, digits, '-', '_' and dots", f.Source)}
		}
		sel.Source = token
	}
	return sel, nil
}

// openDead connects an operator's command to the dead letters.
func openDead(ctx context.Context, c *cli.Connection) (d *stream.DeadLetters, end func(), err error) {
	nc, err := stream.Connect("telex dead", c.Login(), stream.Watch{})
	if err != nil {
		return nil, nil, err
	}
	if d, err = stream.OpenDeadLetters(ctx, nc); err != nil {
		nc.Close()
		return nil, nil, err
	}
	return d, nc.Close, nil
}

type deadListCmd struct {
	cli.Connection `group:"Connection"`
	deadFilter     `embed:""`
	Limit          int  `env:"-" default:"0" placeholder:"N" help:"At most N letters, the oldest first; 0 for all (0)."`
	JSON           bool `env:"-" name:"json" help:"A JSON object a line."`
}

// Validate finds flags that do not go together.
func (c *deadListCmd) Validate() error {
	if c.Limit < 0 {
		return errors.New("--limit cannot be negative")
	}
	return c.Connection.Validate()
}

// errLimit ends a list that is long enough.
var errLimit = errors.New("the limit is reached")

// Run is the command.
func (c *deadListCmd) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	sel, err := c.selection()
	if err != nil {
		return err
	}
	d, end, err := openDead(ctx, &c.Connection)
	if err != nil {
		return err
	}
	defer end()
	out := bufio.NewWriter(os.Stdout)
	write := writeLine
	if c.JSON {
		write = writeJSON
	}
	n := 0
	err = d.Each(ctx, sel, func(l *stream.StoredLetter) error {
		if n++; c.Limit > 0 && n > c.Limit {
			return errLimit
		}
		return write(out, l)
	})
	if errors.Is(err, errLimit) {
		err = nil
	}
	return errors.Join(err, out.Flush())
}

// writeLine writes the facts of a letter with tabs between them.
func writeLine(w io.Writer, l *stream.StoredLetter) error {
	fields := []string{
		fmt.Sprint(l.Seq), l.Time.UTC().Format(time.RFC3339), string(l.Reason), l.Source(), l.ID(), fmt.Sprint(l.Attempts), l.Step, l.Error,
	}
	for i, f := range fields {
		if fields[i] = printable(f); fields[i] == "" {
			fields[i] = "-"
		}
	}
	_, err := fmt.Fprintln(w, strings.Join(fields, "\t"))
	return err
}

// printable takes out of what a publisher wrote the characters by which it
// could govern a terminal or break a line.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

func writeJSON(w io.Writer, l *stream.StoredLetter) error {
	return json.NewEncoder(w).Encode(struct {
		Seq      uint64          `json:"seq"`
		Time     time.Time       `json:"time"`
		Reason   document.Reason `json:"reason"`
		Source   string          `json:"source"`
		ID       string          `json:"id"`
		Key      string          `json:"key"`
		Attempts int             `json:"attempts"`
		Step     string          `json:"step"`
		Error    string          `json:"error"`
		Subject  string          `json:"subject"`
		DocSeq   uint64          `json:"document_seq"`
		Bytes    int             `json:"bytes"`
	}{l.Seq, l.Time.UTC(), l.Reason, l.Source(), l.ID(), l.Key, l.Attempts, l.Step, l.Error, l.Subject, l.DocSeq, len(l.Data)})
}

type deadShowCmd struct {
	cli.Connection `group:"Connection"`
	Body           bool   `env:"-" help:"Only the document, byte for byte, for worker annotate or a file."`
	Seq            uint64 `arg:"" name:"SEQ" help:"Sequence of the letter, as worker dead list shows it."`
}

// Run is the command.
func (c *deadShowCmd) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	d, end, err := openDead(ctx, &c.Connection)
	if err != nil {
		return err
	}
	defer end()
	l, err := d.Get(ctx, c.Seq)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	if !c.Body {
		for _, name := range slices.Sorted(maps.Keys(l.Header)) {
			for _, value := range l.Header[name] {
				fmt.Fprintf(out, "%s: %s\n", printable(name), printable(value))
			}
		}
		fmt.Fprintln(out)
	}
	_, _ = out.Write(l.Data) // Flush tells
	return out.Flush()
}

// deadChoice says which letters are retried or purged.
type deadChoice struct {
	deadFilter `embed:""`
	All        bool     `env:"-" help:"All letters."`
	Seqs       []uint64 `arg:"" optional:"" name:"SEQ" help:"Sequences of letters, as worker dead list shows them."`
}

// Validate wants to be told which letters, in one way.
func (c *deadChoice) Validate() error {
	ways := 0
	for _, given := range []bool{len(c.Seqs) > 0, c.Reason != "" || c.Source != "", c.All} {
		if given {
			ways++
		}
	}
	switch ways {
	case 0:
		return errors.New("say which letters: their sequences, --reason, --source or --all")
	case 1:
		return nil
	}
	return errors.New("say which letters in one way: sequences, or --reason and --source, or --all")
}

// each hands the letters to do.
func (c *deadChoice) each(ctx context.Context, d *stream.DeadLetters, do func(*stream.StoredLetter) error) error {
	if len(c.Seqs) == 0 {
		sel, err := c.selection()
		if err != nil {
			return err
		}
		return d.Each(ctx, sel, do)
	}
	for _, seq := range c.Seqs {
		l, err := d.Get(ctx, seq)
		if err == nil {
			err = do(l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type deadRetryCmd struct {
	cli.Connection `group:"Connection"`
	deadChoice     `embed:""`
}

// Validate finds flags that do not go together.
func (c *deadRetryCmd) Validate() error {
	return errors.Join(c.Connection.Validate(), c.deadChoice.Validate())
}

// Run is the command. It stops at the first trouble with the server; done again
// it goes on where it was.
func (c *deadRetryCmd) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	d, end, err := openDead(ctx, &c.Connection)
	if err != nil {
		return err
	}
	defer end()
	var published, duplicate, failed atomic.Int64
	report := func() string {
		return fmt.Sprintf("%d documents published again, %d were there already, %d cannot be", published.Load(), duplicate.Load(), failed.Load())
	}
	defer progress(report)()
	err = atOnce(ctx, func(ctx context.Context, do func(*stream.StoredLetter) error) error { return c.each(ctx, d, do) },
		func(ctx context.Context, l *stream.StoredLetter) error {
			known, err := d.Retry(ctx, l)
			switch {
			case errors.Is(err, stream.ErrNotRetried):
				failed.Add(1)
				fmt.Fprintln(os.Stderr, err)
				return nil
			case err != nil:
				return err
			case known:
				duplicate.Add(1)
			default:
				published.Add(1)
			}
			return nil
		})
	fmt.Fprintln(os.Stderr, report())
	if err == nil && failed.Load() > 0 {
		return cli.ErrSaid
	}
	return err
}

type deadPurgeCmd struct {
	cli.Connection `group:"Connection"`
	deadChoice     `embed:""`
	Yes            bool `env:"-" help:"Do not ask."`
}

// Validate finds flags that do not go together.
func (c *deadPurgeCmd) Validate() error {
	return errors.Join(c.Connection.Validate(), c.deadChoice.Validate())
}

// Run is the command.
func (c *deadPurgeCmd) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	if !c.Yes && !cli.IsTerminal(os.Stdin) {
		return &cli.UsageError{Err: errors.New("purge deletes letters for good, and there is no terminal to ask on: say --yes")}
	}
	d, end, err := openDead(ctx, &c.Connection)
	if err != nil {
		return err
	}
	defer end()
	if !c.Yes {
		ok, err := c.confirm(ctx, d, os.Stdin, os.Stderr)
		if err != nil || !ok {
			return err
		}
	}
	var deleted atomic.Int64
	report := func() string { return fmt.Sprintf("%d dead letters deleted", deleted.Load()) }
	defer progress(report)()
	err = atOnce(ctx, func(ctx context.Context, do func(*stream.StoredLetter) error) error { return c.each(ctx, d, do) },
		func(ctx context.Context, l *stream.StoredLetter) error {
			if err := d.Delete(ctx, l.Seq); err != nil {
				return err
			}
			deleted.Add(1)
			return nil
		})
	fmt.Fprintln(os.Stderr, report())
	return err
}

// confirm asks whether the letters may go.
func (c *deadPurgeCmd) confirm(ctx context.Context, d *stream.DeadLetters, in io.Reader, out io.Writer) (bool, error) {
	n := 0
	if err := c.each(ctx, d, func(*stream.StoredLetter) error { n++; return nil }); err != nil {
		return false, err
	}
	if n == 0 {
		_, err := fmt.Fprintln(out, "there are no such letters")
		return false, err
	}
	fmt.Fprintf(out, "Delete %d dead letters for good? [y/N] ", n)
	answer, _ := bufio.NewReader(in).ReadString('\n') // no answer is a no
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "j", "ja":
		return true, nil
	}
	_, err := fmt.Fprintln(out, "nothing deleted")
	return false, err
}
