package nl

import (
	"testing"

	"telex/internal/lang"
)

func TestOffices(t *testing.T) {
	p, err := people()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]lang.Office{
		"president":           {ID: "president"},
		"Minister":            {ID: "minister"},
		"woordvoerster":       {ID: "spokesperson", Gender: lang.Female},
		"VVD-leider":          {ID: "leader", Before: "VVD"},
		"EU-commissaris":      {ID: "commissioner"},
		"VVD’er":              {ID: "party_member", Before: "VVD"},
		"Fordtopman":          {ID: "ceo", Gender: lang.Male, Before: "Ford"},
		"oud-premier":         {ID: "prime_minister", Sense: lang.Former},
		"Ex-VVD-minister":     {ID: "minister", Before: "VVD", Sense: lang.Former},
		"NS-woordvoerster":    {ID: "spokesperson", Gender: lang.Female, Before: "NS"},
		"justitieminister":    {ID: "minister", Before: "justitie"},
		"oppositieleider":     {ID: "opposition_leader"},
		"D66-fractieleider":   {ID: "parliamentary_leader", Before: "D66"},
		"GroenLinks-Kamerlid": {ID: "mp", Before: "GroenLinks"},
		"CU-leider":           {ID: "leader", Before: "CU"},
		"gemeenteraadslid":    {ID: "municipal_councillor"},
		"rechtspsycholoog":    {ID: "psychologist", Before: "rechts"},
		"tafel":               {},
		"onderhandeling":      {},
	} {
		if got, ok := p.Office(word); got != want || ok != (want.ID != "") {
			t.Errorf("%s is %+v, want %+v", word, got, want)
		}
	}
	if o, n := p.Phrase([]string{"officier", "van", "justitie", "en"}); o.ID != "prosecutor" || n != 3 {
		t.Errorf("officier van justitie: %+v, %d words", o, n)
	}
}
