package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"telex/internal/digest"
	"telex/internal/worker"
)

// printer writes a digest of each settled document.
type printer struct {
	mu      sync.Mutex
	out     *bufio.Writer
	ordered bool // hold a digest back until those of all documents before it are out
	next    uint64
	held    map[uint64]string
}

// newPrinter makes a printer. ordered is for a store of our own, in which every
// document from the first on is settled by this process.
func newPrinter(w io.Writer, ordered bool) *printer {
	return &printer{out: bufio.NewWriter(w), ordered: ordered, next: 1, held: map[uint64]string{}}
}

func (p *printer) settled(seq uint64, r *worker.Result, dead error) {
	text := ""
	switch {
	case dead != nil:
		text = fmt.Sprintf("── refused: %s\n   id         %s\n", dead, r.ID)
	case r.Article != nil:
		text = digest.Text(r.Article)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ordered {
		p.write(text)
		return
	}
	p.held[seq] = text
	for {
		text, ok := p.held[p.next]
		if !ok {
			return
		}
		delete(p.held, p.next)
		p.next++
		p.write(text)
	}
}

// flush writes what is still held back, in order, at the end.
func (p *printer) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, seq := range slices.Sorted(maps.Keys(p.held)) {
		p.write(p.held[seq])
	}
	clear(p.held)
}

// write ignores errors: that nobody reads the digests is no reason to stop.
func (p *printer) write(text string) {
	_, _ = p.out.WriteString(text + "\n")
	_ = p.out.Flush()
}
