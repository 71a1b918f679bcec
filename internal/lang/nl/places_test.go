package nl

import (
	"strings"
	"testing"

	"telex/internal/lang"
)

func TestPlaceTables(t *testing.T) {
	t.Parallel()
	p, err := places()
	if err != nil {
		t.Fatal(err)
	}
	c, err := countries()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Parijs", "Londen", "Peking", "Seoel", "Keulen", "Straatsburg"} {
		if len(p.IDs(name)) == 0 {
			t.Errorf("no town is called %s", name)
		}
	}
	for name, want := range map[string]lang.Region{
		"Gelderland": {Country: "NL", Admin1: "03"}, "NH": {Country: "NL", Admin1: "07"}, "Californië": {Country: "US", Admin1: "CA"},
		"Beieren": {Country: "DE", Admin1: "02"}, "Wallonië": {Country: "BE", Admin1: "WAL"}, "Twente": {Country: "NL", Admin1: "15"},
	} {
		if got := p.Regions(name); len(got) == 0 || got[0] != want {
			t.Errorf("Regions(%s) = %v, want %v", name, got, want)
		}
	}
	for _, adjective := range []string{"Gelderse", "Brabants", "Zeeuwse", "Limburgse", "Texaanse"} {
		if len(p.RegionsOf(adjective)) == 0 {
			t.Errorf("no region is %s", adjective)
		}
	}
	if p.Home() != "NL" {
		t.Errorf("home is %s", p.Home())
	}
	// Every country of the tables is one that the pack knows.
	for _, name := range []string{"regions", "provinces", "attention"} {
		text, err := placeTables.ReadFile("places/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			if _, ok := c.ByAlpha2(line[:2]); !ok {
				t.Errorf("%s.txt: no country has the code of %q", name, strings.TrimSpace(line))
			}
		}
	}
}
