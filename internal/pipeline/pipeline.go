// Package pipeline takes one document through the chain of steps and gives the
// article. Deadline, panic fence, timing and the reasons why a layer is empty
// belong here, not to the steps.
package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"telex/internal/document"
)

// Extract takes title and text out of an HTML page whose address is url, which
// may be empty. It returns a *document.Refusal for a page without text.
type Extract func(ctx context.Context, html, url string) (title, text string, err error)

// Pipeline is the chain of steps. It is immutable; one value serves all workers.
type Pipeline struct {
	extract Extract
	steps   []Step
	version string
}

// chainVersion changes when the chain itself may give another article from the
// same layers.
const chainVersion = "1"

// New makes a chain of steps that run in the given order.
func New(extract Extract, steps ...Step) *Pipeline {
	h := sha256.New()
	for _, s := range steps {
		fmt.Fprintf(h, "%s %s\n", s.Name(), s.Version())
	}
	return &Pipeline{extract: extract, steps: steps, version: chainVersion + "." + hex.EncodeToString(h.Sum(nil)[:4])}
}

// Version names the chain with all its steps: equal versions give equal bytes.
func (p *Pipeline) Version() string { return p.version }

// Step gives the step of a name, nil for none: for those who want to ask it for more
// than its layer.
func (p *Pipeline) Step(name string) Step {
	for _, s := range p.steps {
		if s.Name() == name {
			return s
		}
	}
	return nil
}

// StepTime is what one step took.
type StepTime struct {
	Name string
	Took time.Duration
}

// Read takes a document through the chain. The times are of the steps that ran,
// also with an error, which is one of
//   - *document.Refusal: no later attempt will do better;
//   - context.DeadlineExceeded or context.Canceled, wrapped with the step;
//   - any other error of a step: it may pass.
func (p *Pipeline) Read(ctx context.Context, d *document.Document) (*document.Article, []StepTime, error) {
	times := make([]StepTime, 0, len(p.steps)+1)
	timed := func(name string, work func() error) error {
		start := time.Now()
		err := fence(name, work)
		times = append(times, StepTime{name, time.Since(start)})
		return err
	}
	var text string
	if d.HTML != "" {
		if err := timed("html", func() error { return p.fromHTML(ctx, d, &text) }); err != nil {
			return nil, times, err
		}
	}
	a := d.Article(text, p.version)
	for _, s := range p.steps {
		if err := timed(s.Name(), func() error { return s.Apply(ctx, a) }); err != nil {
			return nil, times, err
		}
		a.Steps = append(a.Steps, document.StepVersion{Name: s.Name(), Version: s.Version()})
	}
	if err := readable(a); err != nil {
		return nil, times, err
	}
	return a, times, nil
}

// fromHTML takes the text out of the page, and the title where the publisher
// gave none.
func (p *Pipeline) fromHTML(ctx context.Context, d *document.Document, text *string) error {
	title, found, err := p.extract(ctx, d.HTML, d.URL)
	if err != nil {
		return err
	}
	if len(title)+len(found) > document.MaxText {
		return &document.Refusal{Reason: document.TooLarge, Step: "html",
			Message: fmt.Sprintf("the page holds %d bytes of text, at most %d are taken", len(title)+len(found), document.MaxText)}
	}
	if d.Title == "" && !strings.Contains(found, title) {
		d.Title = title
	}
	*text = found
	return nil
}

// fence turns a panic of a step into a refusal: what panics once panics again.
func fence(step string, work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &document.Refusal{Reason: document.Panic, Step: step, Message: fmt.Sprintf("%v at %s", r, panicSite(debug.Stack()))}
		}
	}()
	if err := work(); err != nil {
		var refusal *document.Refusal
		if errors.As(err, &refusal) {
			return err
		}
		return &StepError{Step: step, Err: err}
	}
	return nil
}

// StepError is an error of a step that is no refusal.
type StepError struct {
	Step string
	Err  error
}

func (e *StepError) Error() string { return fmt.Sprintf("step %s: %v", e.Step, e.Err) }

// Unwrap gives the error of the step.
func (e *StepError) Unwrap() error { return e.Err }

// panicSite finds the line that panicked in a stack: the first place in our own
// code after the panic itself.
func panicSite(stack []byte) string {
	_, after, _ := strings.Cut(string(stack), "panic(")
	for line := range strings.Lines(after) {
		line = strings.TrimSpace(line)
		if i := strings.Index(line, "/internal/"); i >= 0 && strings.Contains(line, ".go:") {
			place, _, _ := strings.Cut(line[i+1:], " ")
			return place
		}
	}
	return "an unknown place"
}

// readable refuses an article that holds nothing but what sites put on every page.
func readable(a *document.Article) error {
	if len(a.Blocks) == 0 {
		if strings.TrimSpace(a.Raw) == "" {
			return &document.Refusal{Reason: document.NoText, Step: "layout", Message: "the document has no text"}
		}
		return nil // no step found blocks: there is no telling
	}
	for _, b := range a.Blocks {
		if b.Type != document.Boilerplate {
			return nil
		}
	}
	return &document.Refusal{Reason: document.NoText, Step: "layout",
		Message: "the document holds only what the site puts on every page, such as cookie and subscription lines"}
}
