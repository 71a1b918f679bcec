package worker

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"telex/internal/document"
	"telex/internal/pipeline"
	"telex/internal/stream"
)

// Input is one document as it lies in the stream.
type Input struct {
	Source string                   // the last token of its subject
	Header func(name string) string // "" for a header that is absent
	Data   []byte
}

// Count is how many items a layer has.
type Count struct {
	Layer string
	Items int
}

// Result is what became of one document. Key, ID and Source are set as far as
// the document could be read, also when it was refused.
type Result struct {
	Key      string
	ID       string
	Source   string
	Language string
	Messages []stream.Message // the article first, with its message id; what rides with it after
	Times    []pipeline.StepTime
	Counts   []Count
	Unknown  []string          // fields of the document that were ignored
	Article  *document.Article // nil where the reader makes none
}

// Reader turns a document into what is published of it. One value serves all
// handlers of the pool at once.
type Reader interface {
	// Version names the reader: equal versions give equal messages.
	Version() string
	// Read never returns a nil Result. Its errors are those of pipeline.Pipeline.Read.
	Read(ctx context.Context, in Input) (*Result, error)
	// Identify gives Key, ID and Source without reading the text.
	Identify(in Input) *Result
}

// ArticleReader reads documents with a pipeline.
type ArticleReader struct {
	Pipeline *pipeline.Pipeline
	Zone     *time.Location // of published times without one; nil is Europe/Amsterdam
}

// Version is the version of the pipeline.
func (r *ArticleReader) Version() string { return r.Pipeline.Version() }

// Identify decodes the document and goes no further.
func (r *ArticleReader) Identify(in Input) *Result {
	_, result, _ := r.decode(in)
	return result
}

// Read decodes the document, takes it through the pipeline and encodes the article.
func (r *ArticleReader) Read(ctx context.Context, in Input) (*Result, error) {
	d, result, err := r.decode(in)
	if err != nil {
		return result, err
	}
	a, times, err := r.Pipeline.Read(ctx, d)
	result.Times = times
	if err != nil {
		return result, err
	}
	body, riders, err := pipeline.Publication(a)
	if err != nil {
		var refusal *document.Refusal
		if errors.As(err, &refusal) {
			return result, err
		}
		// A step gave a span that cannot be: no later attempt will do better.
		return result, &document.Refusal{Reason: document.Internal, Step: "encode", Message: err.Error()}
	}
	token, _ := document.SubjectToken(d.Source) // Decode has checked it
	result.Language, result.Article, result.Counts = a.Language.Code, a, counts(a)
	result.Messages = []stream.Message{{
		Subject: "articles." + a.Language.Code + "." + token,
		ID:      a.Key + "@" + r.Version(),
		Data:    body,
	}}
	for _, r := range riders {
		result.Messages = append(result.Messages, stream.Message{Subject: r.Subject, Data: r.Data})
	}
	return result, nil
}

func (r *ArticleReader) decode(in Input) (d *document.Document, result *Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			d, result = nil, &Result{Key: keyOfBytes(in), Source: in.Source}
			err = &document.Refusal{Reason: document.Panic, Step: "decode", Message: fmt.Sprintf("%v at %.200s", p, debug.Stack())}
		}
	}()
	d, err = document.Decode(in.Data, document.Origin{Source: in.Source, Header: in.Header, Zone: r.Zone})
	if err != nil {
		return nil, &Result{Key: keyOfBytes(in), Source: in.Source}, err
	}
	return d, &Result{Key: d.Key, ID: d.ID, Source: d.Source, Unknown: d.Unknown}, nil
}

// keyOfBytes names a document that cannot be read, for its letter.
func keyOfBytes(in Input) string {
	sum := sha256.Sum256(append([]byte(in.Source+"\x00"), in.Data...))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

func counts(a *document.Article) []Count {
	return []Count{
		{"blocks", len(a.Blocks)}, {"sentences", len(a.Sentences)}, {"tokens", len(a.Tokens)},
		{"entities", len(a.Entities)}, {"quotes", len(a.Quotes)}, {"times", len(a.Times)}, {"events", len(a.Events)},
	}
}
