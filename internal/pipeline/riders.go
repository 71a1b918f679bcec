package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"telex/internal/document"
	"telex/internal/nlp/namekey"
	"telex/internal/plover"
)

// QuoteSchema and EventSchema name the forms of the messages of one quotation and
// of one event.
const (
	QuoteSchema = "telex/quote/1"
	EventSchema = "telex/event/1"
)

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

// about is what every message tells of its article.
type about struct {
	Schema    string            `json:"schema"`
	Key       string            `json:"key"`
	ID        string            `json:"id"`
	Source    string            `json:"source"`
	URL       string            `json:"url"`
	Title     string            `json:"title"`
	Published string            `json:"published"`
	Version   string            `json:"version"`
	Language  document.Language `json:"language"`
}

// quoteBody is the message of one quotation.
type quoteBody struct {
	about
	Quote    document.Quote    `json:"quote"`
	Entities []document.Entity `json:"entities"`
}

// eventBody is the message of one event.
type eventBody struct {
	about
	Event    document.Event    `json:"event"`
	Entities []document.Entity `json:"entities"`
}

// Publication gives the article as Encode does, and what rides with it, in text
// order. What does not ride is told in Absent. It changes nothing in a.
func Publication(a *document.Article) (body []byte, riders []Rider, err error) {
	load, err := loadRiders(a)
	if err != nil {
		return nil, nil, err
	}
	out := *a
	for _, layer := range []struct {
		name       string
		rides, all int
	}{{"quotes", load.quotes, len(a.Quotes)}, {"events", load.events, len(a.Events)}} {
		if layer.rides == layer.all {
			continue
		}
		why := fmt.Sprintf("only the first %d of %d have a message of their own", layer.rides, layer.all)
		if before := a.Absent[layer.name]; before != "" {
			why = before + "; " + why
		}
		leaveOut(&out, layer.name, why)
	}
	body, err = Encode(&out)
	return body, load.riders, err
}

// load is what rides with an article.
type load struct {
	riders         []Rider
	quotes, events int // that ride
}

// loadRiders writes the messages of the quotations and events in the order in which
// they stand in the text, as many as may ride.
func loadRiders(a *document.Article) (load, error) {
	if len(a.Quotes) == 0 && len(a.Events) == 0 {
		return load{}, nil
	}
	bare := *a
	bare.Tokens, bare.Sentences, bare.Blocks = nil, nil, nil
	out, err := bare.Outside()
	if err != nil {
		return load{}, err
	}
	named := mentionsOf(out)
	var l load
	size := 0
	for _, w := range waiting(out) {
		var r Rider
		if w.event {
			r, err = named.eventRider(out, &out.Events[w.index])
		} else {
			r, err = named.quoteRider(out, &out.Quotes[w.index])
		}
		if err != nil {
			return load{}, err
		}
		if size += len(r.Data) + 1; size > maxRiderBytes || len(r.Data) > MaxArticle {
			break
		}
		l.riders = append(l.riders, r)
		if w.event {
			l.events++
		} else {
			l.quotes++
		}
	}
	return l, nil
}

// waiter is a quotation or an event that wants to ride.
type waiter struct {
	at    int // where it begins: a quotation with its content, an event with its trigger
	event bool
	index int
}

// waiting gives the first quotations and events of the text, as many as may ride by
// their number; a quotation before the event that begins with it.
func waiting(a *document.Article) []waiter {
	all := make([]waiter, 0, len(a.Quotes)+len(a.Events))
	for i := range a.Quotes {
		all = append(all, waiter{at: a.Quotes[i].Span.Start, index: i})
	}
	for i := range a.Events {
		all = append(all, waiter{at: a.Events[i].Trigger.Span.Start, event: true, index: i})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].at < all[j].at })
	return all[:min(len(all), maxRiders)]
}

func aboutOf(a *document.Article, schema string) about {
	return about{Schema: schema, Key: a.Key, ID: a.ID, Source: a.Source, URL: a.URL, Title: a.Title,
		Published: a.Published, Version: a.Version, Language: a.Language}
}

func (m *mentioned) quoteRider(a *document.Article, q *document.Quote) (Rider, error) {
	data, err := message(&quoteBody{about: aboutOf(a, QuoteSchema), Quote: *q, Entities: m.ofQuote(q)})
	if err != nil {
		return Rider{}, fmt.Errorf("encode quotation %s of article %s: %w", q.ID, a.Key, err)
	}
	return Rider{Subject: "quotes." + a.Language.Code + "." + m.slug(q), Data: data}, nil
}

func (m *mentioned) eventRider(a *document.Article, e *document.Event) (Rider, error) {
	data, err := message(&eventBody{about: aboutOf(a, EventSchema), Event: *e, Entities: m.ofEvent(e)})
	if err != nil {
		return Rider{}, fmt.Errorf("encode event %s of article %s: %w", e.ID, a.Key, err)
	}
	return Rider{Subject: eventSubject(e), Data: data}, nil
}

func message(body any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// eventSubject is where an event is published. Its tokens are the first country that
// is known of the actors and of the recipients. Several actors without a recipient
// did it together: there the second country is that of the actors behind the first.
func eventSubject(e *document.Event) string {
	actor, at := firstCountry(e.Actors)
	recipient, _ := firstCountry(e.Recipients)
	if len(e.Recipients) == 0 {
		recipient, _ = firstCountry(e.Actors[min(at+1, len(e.Actors)):])
	}
	return "events." + e.Type + "." + actor + "." + recipient
}

// firstCountry is the first country or kind of body that is known of some parties,
// and the index of the party; a token of its own and the last index where none is.
func firstCountry(parties []document.Party) (token string, at int) {
	for i := range parties {
		if c, ok := plover.ParseCode(parties[i].Code); ok && c.Country != "" {
			return c.Country, i
		}
	}
	return noToken, len(parties)
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

// ofQuote gives the entities that the quotation names and the one who speaks, in the
// order of the article.
func (m *mentioned) ofQuote(q *document.Quote) []document.Entity {
	in := map[int]bool{}
	m.add(in, q.Speaker)
	for k := sort.Search(len(m.spans), func(k int) bool { return m.spans[k].start >= q.Span.Start }); k < len(m.spans) && m.spans[k].start < q.Span.End; k++ {
		in[m.spans[k].entity] = true
	}
	return m.list(in)
}

// ofEvent gives the entities that take part in the event and that where it happens,
// in the order of the article.
func (m *mentioned) ofEvent(e *document.Event) []document.Entity {
	in := map[int]bool{}
	m.add(in, e.Place)
	for _, side := range [][]document.Party{e.Actors, e.Recipients} {
		for i := range side {
			m.add(in, side[i].Entity)
		}
	}
	return m.list(in)
}

func (m *mentioned) add(in map[int]bool, id *string) {
	if id == nil {
		return
	}
	if i, ok := m.at[*id]; ok {
		in[i] = true
	}
}

func (m *mentioned) list(in map[int]bool) []document.Entity {
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
