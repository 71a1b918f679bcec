package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"telex/internal/document"
	"telex/internal/nlp/namekey"
)

// QuoteSchema names the form of the message of one quotation.
const QuoteSchema = "telex/quote/1"

// Bounds on what rides with an article: messages, by the contract, and bytes, for
// the server holds a batch in memory.
const (
	maxRiders     = 999
	maxRiderBytes = 8 << 20
)

// Rider is a message that is published in the batch of its article.
type Rider struct {
	Subject string
	Data    []byte
}

// quoteBody is the message of one quotation.
type quoteBody struct {
	Schema    string            `json:"schema"`
	Key       string            `json:"key"`
	ID        string            `json:"id"`
	Source    string            `json:"source"`
	URL       string            `json:"url"`
	Title     string            `json:"title"`
	Published string            `json:"published"`
	Version   string            `json:"version"`
	Language  document.Language `json:"language"`
	Quote     document.Quote    `json:"quote"`
	Entities  []document.Entity `json:"entities"`
}

// Publication gives the article as Encode does, and what rides with it, in text
// order. What does not ride is told in Absent. It changes nothing in a.
func Publication(a *document.Article) (body []byte, riders []Rider, err error) {
	riders, err = quoteRiders(a)
	if err != nil {
		return nil, nil, err
	}
	out := *a
	if n := len(a.Quotes); len(riders) < n {
		why := fmt.Sprintf("only the first %d of %d have a message of their own", len(riders), n)
		if before := a.Absent["quotes"]; before != "" {
			why = before + "; " + why
		}
		leaveOut(&out, "quotes", why)
	}
	body, err = Encode(&out)
	return body, riders, err
}

// quoteRiders writes the messages of the quotations, as many as may ride.
func quoteRiders(a *document.Article) ([]Rider, error) {
	if len(a.Quotes) == 0 {
		return nil, nil
	}
	bare := *a
	bare.Tokens, bare.Sentences, bare.Blocks = nil, nil, nil
	out, err := bare.Outside()
	if err != nil {
		return nil, err
	}
	named := mentionsOf(out)
	var riders []Rider
	size := 0
	for i := range out.Quotes[:min(len(out.Quotes), maxRiders)] {
		q := &out.Quotes[i]
		body := quoteBody{Schema: QuoteSchema, Key: out.Key, ID: out.ID, Source: out.Source, URL: out.URL, Title: out.Title,
			Published: out.Published, Version: out.Version, Language: out.Language, Quote: *q, Entities: named.entities(q)}
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(&body); err != nil {
			return nil, fmt.Errorf("encode quotation %s of article %s: %w", q.ID, out.Key, err)
		}
		if size += buf.Len(); size > maxRiderBytes {
			break
		}
		riders = append(riders, Rider{Subject: "quotes." + out.Language.Code + "." + named.slug(q), Data: bytes.TrimSuffix(buf.Bytes(), []byte("\n"))})
	}
	return riders, nil
}

// mentioned finds the entities of a stretch of text.
type mentioned struct {
	all   []document.Entity
	at    map[string]int // index of an entity by id
	spans []place        // of all mentions, in text order
}

type place struct{ start, entity int }

func mentionsOf(a *document.Article) *mentioned {
	m := &mentioned{all: a.Entities, at: make(map[string]int, len(a.Entities))}
	for i := range a.Entities {
		m.at[a.Entities[i].ID] = i
		for _, mention := range a.Entities[i].Mentions {
			m.spans = append(m.spans, place{mention.Span.Start, i})
		}
	}
	sort.SliceStable(m.spans, func(i, j int) bool { return m.spans[i].start < m.spans[j].start })
	return m
}

// entities gives those that the quotation names and the one who speaks, in the
// order of the article.
func (m *mentioned) entities(q *document.Quote) []document.Entity {
	in := map[int]bool{}
	if q.Speaker != nil {
		if i, ok := m.at[*q.Speaker]; ok {
			in[i] = true
		}
	}
	for k := sort.Search(len(m.spans), func(k int) bool { return m.spans[k].start >= q.Span.Start }); k < len(m.spans) && m.spans[k].start < q.Span.End; k++ {
		in[m.spans[k].entity] = true
	}
	order := make([]int, 0, len(in))
	for i := range in {
		order = append(order, i)
	}
	sort.Ints(order)
	out := make([]document.Entity, 0, len(order))
	for _, i := range order {
		out = append(out, m.all[i])
	}
	return out
}

// noToken stands in a subject for what is not known.
const noToken = "_"

// maxSlug is the longest token of a name, in bytes.
const maxSlug = 64

// slug is the token of the speaker: the name in plain lower-case letters and digits.
func (m *mentioned) slug(q *document.Quote) string {
	if q.Speaker == nil {
		return noToken
	}
	i, ok := m.at[*q.Speaker]
	if !ok {
		return noToken
	}
	return slug(m.all[i].Name)
}

func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, c := range namekey.Of(name) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(c)
		} else {
			gap = true
		}
		if b.Len() >= maxSlug-1 {
			break
		}
	}
	if b.Len() == 0 {
		return noToken
	}
	return b.String()
}
