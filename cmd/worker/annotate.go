package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"telex/internal/chain"
	"telex/internal/cli"
	"telex/internal/digest"
	"telex/internal/document"
	"telex/internal/event"
	"telex/internal/export"
	"telex/internal/pipeline"
	"telex/internal/source"
)

type annotateCmd struct {
	Format       string        `default:"json" enum:"json,text,conllu,gdelt,gdelt-mentions,plover" placeholder:"FORMAT" help:"json, one article a line; text, a digest to read; conllu, words and trees in CoNLL-U; gdelt and gdelt-mentions, events in the tables Events and Mentions of GDELT 2.0; or plover, events in the JSON of PLOVER, one a line (json)."`
	Tokens       bool          `help:"Leave the words with their grammar in the JSON; without it \"tokens\" is empty, as in what workers publish."`
	Explain      bool          `help:"Write, instead of a format, why each event was coded, and what nearly was, to read."`
	Deadline     time.Duration `default:"30s" placeholder:"DURATION" help:"For reading one document (30s)."`
	Concurrency  int           `default:"0" placeholder:"N" help:"Documents read at once; 0 for one for each core (0)."`
	cli.Defaults `group:"Documents"`
	cli.Log      `group:"Logs"`
	Files        []string `arg:"" optional:"" name:"FILE" help:"Text, JSON, JSON lines, HTML, or folders of these; - or none for standard input."`
}

// Run is the command.
func (c *annotateCmd) Run() error {
	ctx, stop := cli.Context()
	defer stop()
	log, err := c.Logger()
	if err != nil {
		return &cli.UsageError{Err: err}
	}
	zone, err := c.Location()
	if err != nil {
		return err
	}
	if c.Explain {
		if c.Format != "json" && c.Format != "text" {
			return &cli.UsageError{Err: fmt.Errorf("--explain writes text to read: leave out --format %s", c.Format)}
		}
		c.Format = explainFormat
	}
	p, err := chain.New()
	if err != nil {
		return err
	}
	if len(c.Files) == 0 {
		c.Files = []string{source.Stdin}
	}
	if c.Concurrency <= 0 {
		c.Concurrency = runtime.GOMAXPROCS(0)
	}
	a := &annotator{pipeline: p, zone: zone, deadline: c.Deadline, format: c.Format, tokens: c.Tokens}
	failed := false
	for out := range a.all(ctx, source.Input{Paths: c.Files, Defaults: c.ForSource()}, c.Concurrency) {
		if out.err != nil {
			failed = true
			log.Error().Err(out.err).Msg("cannot read")
		}
		failed = failed || out.refused
		if _, err := os.Stdout.Write(out.body); err != nil {
			return fmt.Errorf("write the articles: %w", err)
		}
	}
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case failed:
		return cli.ErrSaid
	}
	return nil
}

// explainFormat is the format of --explain.
const explainFormat = "explain"

// explainer is the step that can tell why it did what it did.
type explainer interface {
	Explain(context.Context, *document.Article) ([]event.Note, error)
}

// annotator reads documents without NATS.
type annotator struct {
	pipeline *pipeline.Pipeline
	zone     *time.Location
	deadline time.Duration
	format   string
	tokens   bool
}

// output is what is written for one document.
type output struct {
	body    []byte
	refused bool
	err     error // the file could not be read: there is no document
}

// all reads several documents at once and gives what is to be written in the
// order of the input, each as soon as those before it are out.
func (a *annotator) all(ctx context.Context, in source.Input, concurrency int) <-chan output {
	waiting := make(chan chan output, 2*concurrency)
	busy := make(chan struct{}, concurrency)
	go func() {
		defer close(waiting)
		for it := range source.Read(ctx, in) {
			place := make(chan output, 1)
			busy <- struct{}{}
			go func() {
				place <- a.one(ctx, it)
				<-busy
			}()
			waiting <- place
		}
	}()
	out := make(chan output)
	go func() {
		defer close(out)
		for place := range waiting {
			out <- <-place
		}
	}()
	return out
}

func (a *annotator) one(ctx context.Context, it source.Item) output {
	var refusal *document.Refusal
	if it.Err != nil {
		if errors.As(it.Err, &refusal) {
			return a.refused(it.Name, refusal)
		}
		return output{err: it.Err}
	}
	d, err := document.Decode(it.Data, document.Origin{Zone: a.zone, Header: func(name string) string { return it.Header[name] }})
	id := it.Name
	if err == nil {
		id = d.ID
		var out output
		if out, err = a.read(ctx, d); err == nil {
			return out
		}
	} else if found := document.PeekID(it.Data); found != "" {
		id = found
	}
	if !errors.As(err, &refusal) {
		refusal = &document.Refusal{Reason: document.Internal, Message: err.Error()}
		if errors.Is(err, context.DeadlineExceeded) {
			refusal.Reason = document.Timeout
		}
	}
	return a.refused(id, refusal)
}

// overrunGrace is how long after its deadline a step may still end.
const overrunGrace = 5 * time.Second

// read gives up a step that does not end; its goroutine is left behind.
func (a *annotator) read(ctx context.Context, d *document.Document) (output, error) {
	ctx, cancel := context.WithTimeout(ctx, a.deadline)
	defer cancel()
	type result struct {
		out output
		err error
	}
	done := make(chan result, 1)
	go func() {
		article, _, err := a.pipeline.Read(ctx, d)
		var out output
		if err == nil {
			out, err = a.write(ctx, article)
		}
		done <- result{out, err}
	}()
	select {
	case r := <-done:
		return r.out, r.err
	case <-time.After(a.deadline + overrunGrace):
		return output{}, fmt.Errorf("a step ran on past its deadline: %w", context.DeadlineExceeded)
	}
}

func (a *annotator) write(ctx context.Context, article *document.Article) (output, error) {
	var body []byte
	var err error
	switch a.format {
	case explainFormat:
		body, err = a.explain(ctx, article)
	case "text":
		body = []byte(digest.Text(article) + "\n")
	case "conllu":
		body = export.CoNLLU(nil, article)
	case "gdelt":
		body, err = export.GDELTEvents(nil, article)
	case "gdelt-mentions":
		body, err = export.GDELTMentions(nil, article)
	case "plover":
		body, err = export.Plover(nil, article)
	default:
		encode := pipeline.Encode
		if a.tokens {
			encode = pipeline.EncodeTokens
		}
		body, err = encode(article)
		body = append(body, '\n')
	}
	if err != nil {
		return output{}, err
	}
	return output{body: body}, nil
}

// explain asks the step of events what it did.
func (a *annotator) explain(ctx context.Context, article *document.Article) ([]byte, error) {
	step, ok := a.pipeline.Step(event.Name).(explainer)
	if !ok {
		return nil, errors.New("the chain has no step that finds events")
	}
	notes, err := step.Explain(ctx, article)
	if err != nil {
		return nil, fmt.Errorf("explain the events: %w", err)
	}
	return []byte(digest.Explanation(article, notes) + "\n"), nil
}

// refused says why there is no article.
func (a *annotator) refused(id string, r *document.Refusal) output {
	switch a.format {
	case "gdelt", "gdelt-mentions": // a table has no row for it
		return output{err: fmt.Errorf("document %q is refused: %w", id, r)}
	case "text", explainFormat:
		return output{body: fmt.Appendf(nil, "── refused: %s\n   id         %s\n\n", r, id), refused: true}
	case "conllu":
		return output{body: export.CoNLLURefusal(id, r), refused: true}
	}
	type reason struct {
		Reason  document.Reason `json:"reason"`
		Message string          `json:"message"`
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(struct { // strings always encode
		ID    string `json:"id"`
		Error reason `json:"error"`
	}{id, reason{r.Reason, r.Message}})
	return output{body: buf.Bytes(), refused: true}
}
