package timex

import (
	"cmp"
	"slices"

	"telex/internal/document"
)

// outsideNames drops the times that are a part of a longer name, unless they are
// a year: in the name of an event that still tells when.
func outsideNames(times []document.Time, raw string, entities []document.Entity) []document.Time {
	var names []document.Span
	for _, e := range entities {
		for _, m := range e.Mentions {
			if m.Form == "name" {
				names = append(names, m.Span)
			}
		}
	}
	if len(names) == 0 {
		return times
	}
	slices.SortFunc(names, func(a, b document.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	next := 0
	return slices.DeleteFunc(times, func(t document.Time) bool {
		for next < len(names) && names[next].End <= t.Span.Start {
			next++
		}
		return next < len(names) && names[next].Contains(t.Span) && names[next].Len() > t.Span.Len() && raw[t.Span.Start]-'0' > 9
	})
}
