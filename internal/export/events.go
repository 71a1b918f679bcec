package export

import (
	"sort"
	"strings"
	"unicode"

	"telex/internal/document"
	"telex/internal/plover"
)

// coded is an article as its readers see it, for the formats that list events.
type coded struct {
	*document.Article
	entities map[string]*document.Entity
}

// read takes the article over the border: what it gives counts code points.
func read(a *document.Article) (*coded, error) {
	bare := *a
	bare.Tokens, bare.Quotes, bare.Times = nil, nil, nil
	out, err := bare.Outside()
	if err != nil {
		return nil, err
	}
	c := &coded{Article: out, entities: make(map[string]*document.Entity, len(out.Entities))}
	for i := range out.Entities {
		c.entities[out.Entities[i].ID] = &out.Entities[i]
	}
	return c, nil
}

// entity gives the entity of an id, nil for none.
func (c *coded) entity(id *string) *document.Entity {
	if id == nil {
		return nil
	}
	return c.entities[*id]
}

// sides gives the two parties of an event, either of which may be nil: the first
// actor and the first recipient or, of those who do something together, the second
// actor.
func sides(e *document.Event) [2]*document.Party {
	var two [2]*document.Party
	if len(e.Actors) > 0 {
		two[0] = &e.Actors[0]
	}
	switch {
	case len(e.Recipients) > 0:
		two[1] = &e.Recipients[0]
	case len(e.Actors) > 1:
		two[1] = &e.Actors[1]
	}
	return two
}

// sentence gives the index of the sentence that holds a code point, -1 for none.
func (c *coded) sentence(point int) int {
	i := sort.Search(len(c.Sentences), func(i int) bool { return c.Sentences[i].Span.End > point })
	if i == len(c.Sentences) || c.Sentences[i].Span.Start > point {
		return -1
	}
	return i
}

// spot is where an entity lies, as far as its links tell.
type spot struct {
	country  string // alpha-3, "" for none or several
	geonames *document.Link
}

func where(e *document.Entity) spot {
	var s spot
	countries := 0
	for i := range e.Links {
		switch l := &e.Links[i]; {
		case l.Scheme == "geonames" && s.geonames == nil:
			s.geonames = l
		case l.Scheme == "iso3166" && len(l.ID) == 3: // a body of states has two letters
			s.country = l.ID
			countries++
		}
	}
	if countries > 1 {
		s.country = ""
	}
	return s
}

// known gives the code of a party, empty where it is none.
func known(p *document.Party) plover.Code {
	c, _ := plover.ParseCode(p.Code)
	return c
}

// plain makes text fit a field of a table: no tabs, ends of lines or other controls.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, text)
}
