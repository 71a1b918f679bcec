package digest

import (
	"fmt"
	"testing"

	"telex/internal/document"
)

func TestEntities(t *testing.T) {
	t.Parallel()
	a := &document.Article{Entities: []document.Entity{
		{Type: "PER", Name: "Jan Bos", Mentions: make([]document.Mention, 1)},
		{Type: "PER", Name: "Anna Smit", Mentions: make([]document.Mention, 3), Roles: []document.Role{{Office: "prime_minister", Country: "NLD"}}},
		{Type: "PER", Name: "Piet\nKok", Mentions: make([]document.Mention, 2), Roles: []document.Role{{Office: "chair", Of: "Bond"}}},
		{Type: "LOC", Name: "Duitsland", Mentions: make([]document.Mention, 1), Links: []document.Link{{Scheme: "geonames", ID: "1"}, {Scheme: "iso3166", ID: "DEU"}}},
	}}
	for typ, want := range map[string]string{
		"PER": "Anna Smit (prime minister, NLD) 3, Piet Kok (chair of Bond) 2, Jan Bos 1", "LOC": "Duitsland (DEU) 1", "ORG": "",
	} {
		if got := entities(a, typ); got != want {
			t.Errorf("%s: %q, want %q", typ, got, want)
		}
	}
	for i := range 10 {
		a.Entities = append(a.Entities, document.Entity{Type: "ORG", Name: fmt.Sprint("B", i)})
	}
	if got, want := entities(a, "ORG"), "B0 0, B1 0, B2 0, B3 0, B4 0, B5 0, 4 more"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
