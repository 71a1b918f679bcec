package place

import (
	"context"
	"fmt"
	"testing"

	"telex/internal/place/geonames"
)

// sharedNames are capitals whose name alone means something else, or as much.
var sharedNames = map[string]string{
	"Djibouti":   "the country",
	"Hong Kong":  "the territory",
	"Macau":      "the territory",
	"Singapore":  "the country",
	"Gibraltar":  "the territory",
	"Monaco":     "the country",
	"San Marino": "the country",
	"Victoria":   "the state of Australia",
	"Kingston":   "of Norfolk Island; that of Jamaica is larger",
	"Plymouth":   "of Montserrat, in ruins; that of England is larger",
}

// knownCapital is the number of inhabitants from which a capital must be linked; a
// smaller one may be left unresolved, but not be taken for another town.
const knownCapital = 30_000

// Every capital of the world that is named alone is linked to itself.
func TestCapitalsAlone(t *testing.T) {
	t.Parallel()
	step := newStep(t)
	const before = "Het was rustig in "
	for i := range geonames.Index(step.table.Len()) {
		p := step.table.At(i)
		if p.Feature != featureCapital {
			continue
		}
		if _, ok := sharedNames[p.Name]; ok {
			continue
		}
		a := marked(before + "[" + p.Name + "].")
		if err := step.Apply(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		links := a.Entities[0].Links
		if len(links) == 0 && p.Population < knownCapital {
			continue
		}
		if len(links) == 0 || links[0].ID != fmt.Sprint(p.ID) {
			t.Errorf("%s in %s is linked to %v, want %d", p.Name, p.Country, links, p.ID)
		}
	}
}
