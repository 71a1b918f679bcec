package pipeline

import (
	"context"

	"telex/internal/document"
)

// Step adds one layer to an article. It holds only immutable tables, so one
// value serves all workers. Its work is bounded by the length of the text, and
// it looks at ctx often enough to stop soon after the deadline. What a step
// cannot say it explains in Article.Absent. Same article in, same layer out.
//
// Apply returns a *document.Refusal for an article that no later attempt can
// read, ctx.Err() when the deadline passed, and any other error for what may
// pass when tried again.
type Step interface {
	// Name is the layer's name, as it stands in Article.Steps and in the logs.
	Name() string
	// Version changes whenever the step may give another result.
	Version() string
	Apply(ctx context.Context, a *document.Article) error
}
