// Package layout is the step that finds the parts of an article: headline,
// labels, paragraphs, cross-heads, captions, credits, and what the site put
// around them.
//
// It reads the text line by line. Each line is first judged whole, then cut:
// boilerplate inside it, a label, dateline or byline before it, a credit and its
// caption behind it, cross-heads glued between its sentences. A last pass over
// all parts settles what only neighbours can tell: the headline, cross-heads on
// lines of their own, what belongs to a teaser or a picture, and the lede. The
// work is linear in the length of the text.
package layout

import (
	"context"

	"telex/internal/document"
	"telex/internal/lang"
)

// Step is the layout step. It is immutable.
type Step struct{ tables *tables }

// New makes the step with the site tables of all packs together: layout runs
// before the language of the article is known.
func New(packs ...lang.Pack) *Step { return &Step{tables: newTables(packs)} }

// Name is the name of the layer.
func (*Step) Name() string { return "layout" }

// Version changes with every rule or list.
func (*Step) Version() string { return "1" }

// Apply sets a.Blocks, and a.Title when the text has its headline. Blocks are in
// order, do not overlap, and are trimmed; together they hold every character of
// a.Raw that isBlank does not count as space. It returns ctx.Err() once the
// deadline has passed.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	p := &page{raw: a.Raw, tables: s.tables, ctx: ctx, pieces: make([]piece, 0, 32)}
	p.title(a.TitleEnd)
	if err := p.lines(a.TitleEnd); err != nil {
		return err
	}
	p.headline()
	p.teasers()
	p.pictures()
	p.headings()
	p.lede()
	p.siteOnly()
	a.Blocks = p.blocks()
	for _, b := range a.Blocks {
		if b.Type == document.Title && a.TitleEnd == 0 {
			a.Title = a.Raw[b.Span.Start:b.Span.End]
			break
		}
	}
	return ctx.Err()
}

// page is one article on its way through the rules.
type page struct {
	raw    string
	tables *tables
	ctx    context.Context
	pieces []piece
	found  []mark // marks of the present line
	letter bool   // the head of a letter is looked for
	signed []span // of the signatures on a page of letters
	cut    int    // pieces before this one stood when the present line began
}

// piece is a stretch of the text; typ is empty until a rule claims it.
type piece struct {
	start, end int
	typ        document.BlockType
	whole      bool // it is all of its line
	last       bool // it ends its line
	blank      bool // an empty line, or the start of the text, is before it
	cont       bool // it goes on in the middle of a line
}

func (p *page) text(i int) string { return p.raw[p.pieces[i].start:p.pieces[i].end] }

// add appends [start,end), trimmed, unless nothing is left of it.
func (p *page) add(start, end int, typ document.BlockType) {
	start, end = trim(p.raw, start, end)
	if start < end {
		p.pieces = append(p.pieces, piece{start: start, end: end, typ: typ, cont: len(p.pieces) > p.cut})
	}
}

// blocks turns the pieces into blocks; what no rule claimed is a paragraph.
func (p *page) blocks() []document.Block {
	out := make([]document.Block, len(p.pieces))
	for i, pc := range p.pieces {
		if pc.typ == "" {
			pc.typ = document.Paragraph
		}
		out[i] = document.Block{Type: pc.typ, Span: document.Span{Start: pc.start, End: pc.end}}
	}
	return out
}
