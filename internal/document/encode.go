package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// MarshalJSON writes the span as a pair.
func (s Span) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 16)
	b = append(b, '[')
	b = strconv.AppendInt(b, int64(s.Start), 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(s.End), 10)
	return append(b, ']'), nil
}

// UnmarshalJSON reads a pair.
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("read a span: %w", err)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// Encode gives the article as the JSON that leaves the process: spans in code
// points, every item with its text, every list present. It is the one place
// where byte offsets become code points. It reads a and changes nothing in it.
func Encode(a *Article) ([]byte, error) {
	out, err := a.Outside()
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	buf.Grow(3*len(a.Raw) + 1024)
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("encode article %s: %w", a.Key, err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// Outside gives a copy of the article as readers see it: spans in code points of
// Raw, texts filled in, lists never nil. A span outside Raw, or one that cuts a
// character, is an error: a step is wrong.
func (a *Article) Outside() (*Article, error) {
	c := border{raw: a.Raw, ascii: isASCII(a.Raw)}
	if !c.ascii {
		c.marks = runeMarks(a.Raw)
	}
	out := *a
	out.Blocks = mapped(a.Blocks, func(b *Block) { c.text(&b.Span, &b.Text) })
	out.Sentences = mapped(a.Sentences, func(s *Sentence) { c.text(&s.Span, &s.Text) })
	out.Tokens = mapped(a.Tokens, func(t *Token) { c.text(&t.Span, &t.Text) })
	out.Entities = mapped(a.Entities, c.entity)
	out.Quotes = mapped(a.Quotes, c.quote)
	out.Times = mapped(a.Times, func(t *Time) { c.text(&t.Span, &t.Text) })
	out.Events = mapped(a.Events, c.event)
	out.Topics = mapped(a.Topics, func(*Topic) {})
	out.Keyphrases = mapped(a.Keyphrases, func(*Keyphrase) {})
	out.Steps = mapped(a.Steps, func(*StepVersion) {})
	if out.Absent == nil {
		out.Absent = map[string]string{}
	}
	if c.err != nil {
		return nil, fmt.Errorf("article %s: %w", a.Key, c.err)
	}
	return &out, nil
}

// mapped copies a list, never to nil, and changes each copy.
func mapped[T any](in []T, change func(*T)) []T {
	out := make([]T, len(in))
	copy(out, in)
	for i := range out {
		change(&out[i])
	}
	return out
}

// border turns byte offsets into code points.
type border struct {
	raw   string
	ascii bool
	marks []int // code points before each block of markEvery bytes
	err   error
}

const markEvery = 64 // bytes between marks: a lookup counts at most this many

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runeMarks counts, for each multiple of markEvery, the code points that start before it.
func runeMarks(s string) []int {
	marks := make([]int, 0, len(s)/markEvery+2)
	n := 0
	for i := range len(s) {
		if i%markEvery == 0 {
			marks = append(marks, n)
		}
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return append(marks, n)
}

func (c *border) point(b int) int {
	if c.ascii {
		return b
	}
	if b == len(c.raw) {
		return c.marks[len(c.marks)-1]
	}
	n := c.marks[b/markEvery]
	for i := b - b%markEvery; i < b; i++ {
		if utf8.RuneStart(c.raw[i]) {
			n++
		}
	}
	return n
}

func (c *border) span(s *Span) string {
	if s.Start < 0 || s.End < s.Start || s.End > len(c.raw) || !c.edge(s.Start) || !c.edge(s.End) {
		if c.err == nil {
			c.err = fmt.Errorf("span [%d,%d) is not in the text of %d bytes or cuts a character", s.Start, s.End, len(c.raw))
		}
		return ""
	}
	text := c.raw[s.Start:s.End]
	s.Start, s.End = c.point(s.Start), c.point(s.End)
	return text
}

func (c *border) edge(b int) bool { return b == len(c.raw) || utf8.RuneStart(c.raw[b]) }

func (c *border) text(s *Span, text *string) { *text = c.span(s) }

func (c *border) entity(e *Entity) {
	e.Links = mapped(e.Links, func(*Link) {})
	e.Roles = mapped(e.Roles, func(*Role) {})
	e.Mentions = mapped(e.Mentions, func(m *Mention) { c.text(&m.Span, &m.Text) })
}

func (c *border) quote(q *Quote) {
	c.text(&q.Span, &q.Text)
	if q.SpeakerSpan != nil {
		s := *q.SpeakerSpan
		q.SpeakerText = c.span(&s)
		q.SpeakerSpan = &s
	}
	if q.Cue != nil {
		cue := *q.Cue
		c.text(&cue.Span, &cue.Text)
		q.Cue = &cue
	}
}

func (c *border) event(e *Event) {
	e.Contexts = mapped(e.Contexts, func(*string) {})
	e.Actors = mapped(e.Actors, func(*Party) {})
	e.Recipients = mapped(e.Recipients, func(*Party) {})
	c.text(&e.Trigger.Span, &e.Trigger.Text)
	e.Tellings = mapped(e.Tellings, func(s *Span) { c.span(s) })
}
