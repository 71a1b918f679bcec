package main

import (
	"fmt"
	"io"
	"sync/atomic"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"telex/internal/producer"
)

// bar shows how far the producer is in size bytes of input.
func bar(w io.Writer, size int64) (progress func(producer.Summary, int64), finish func()) {
	p := mpb.New(mpb.WithOutput(w))
	var latest atomic.Pointer[producer.Summary] // the bar is drawn by a goroutine of its own
	latest.Store(&producer.Summary{})
	b := p.AddBar(size,
		mpb.PrependDecorators(decor.CountersKibiByte("% .1f / % .1f")),
		mpb.AppendDecorators(decor.Percentage(), decor.Any(func(decor.Statistics) string {
			sum := latest.Load()
			return fmt.Sprintf("  %d published, %d duplicate, %d refused", sum.Published, sum.Duplicate, sum.Refused)
		})))
	progress = func(s producer.Summary, consumed int64) {
		latest.Store(&s)
		b.IncrInt64(consumed)
	}
	return progress, func() {
		b.SetTotal(-1, true)
		p.Wait()
	}
}
