package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"telex/internal/document"
)

// shownEntities is how many entities of one type are shown.
const shownEntities = 6

// entities gives those of a type that are mentioned most, with their office or
// country and the number of their mentions: "Anna Smit (mayor of Assen) 3".
func entities(a *document.Article, typ string) string {
	var list []*document.Entity
	for i := range a.Entities {
		if a.Entities[i].Type == typ {
			list = append(list, &a.Entities[i])
		}
	}
	slices.SortStableFunc(list, func(x, y *document.Entity) int { return cmp.Compare(len(y.Mentions), len(x.Mentions)) })
	out := make([]string, 0, shownEntities+1)
	for i, e := range list {
		if i == shownEntities {
			out = append(out, fmt.Sprintf("%d more", len(list)-i))
			break
		}
		out = append(out, fmt.Sprintf("%s%s %d", clip(e.Name, width), known(e), len(e.Mentions)))
	}
	return strings.Join(out, ", ")
}

// known is what an entity is, in brackets after a space: its first office, else
// its country; "" where neither is known.
func known(e *document.Entity) string {
	if len(e.Roles) > 0 {
		r := &e.Roles[0]
		office := strings.ReplaceAll(r.Office, "_", " ")
		if r.Country != "" {
			office += ", " + r.Country
		}
		if r.Of != "" {
			office += " of " + clip(r.Of, width)
		}
		return " (" + office + ")"
	}
	for _, l := range e.Links {
		if l.Scheme == "iso3166" {
			return " (" + l.ID + ")"
		}
	}
	return ""
}
