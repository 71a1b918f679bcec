package lang

import (
	"slices"
	"strings"
	"testing"
)

// somePlaceTables gives small good tables, for tests to spoil.
func somePlaceTables() PlaceTables {
	return PlaceTables{
		Exonyms:   Table{"exonyms", "# A comment.\n2988507 | Parijs\n"},
		Names:     Table{"names", "Den Bosch | 's-Hertogenbosch | NL\nWashington | Washington, D.C. | US DC\n"},
		Provinces: Table{"provinces", "NL 04 | Groningen\n"},
		Regions:   Table{"regions", "NL 03 | Gelderland | Gld., Gelre | Gelders\nNL 05 | Limburg | - | Limburgs\nBE VLG | Limburg | - | Limburgs\n"},
		NoTowns:   Table{"notowns", "Markt\n"},
		TownWords: Table{"townwords", "stad\n"},
		AreaWords: Table{"areawords", "provincie\n"},
		Attention: Table{"attention", "NL | 300\nBE | 25\n"},
		PlaceGrammar: PlaceGrammar{
			In: []string{"in de", "in"}, Endings: []string{"'s", "s"},
			Adjectives: func(a string) []string { return []string{a + "e"} },
		},
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	p, err := NewPlaces(somePlaceTables())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.IDs("PARIJS"); !slices.Equal(got, []uint32{2988507}) {
		t.Errorf("IDs(PARIJS) = %v", got)
	}
	if got, want := p.Names("washington"), []PlaceName{{"Washington, D.C.", Region{"US", "DC"}}}; !slices.Equal(got, want) {
		t.Errorf("Names(washington) = %v, want %v", got, want)
	}
	gelderland, limburg := Region{"NL", "03"}, []Region{{"NL", "05"}, {"BE", "VLG"}}
	if got := p.Regions("Gld."); !slices.Equal(got, []Region{gelderland}) {
		t.Errorf("Regions(Gld.) = %v", got)
	}
	if got := p.Regions("Limburg"); !slices.Equal(got, limburg) {
		t.Errorf("Regions(Limburg) = %v", got)
	}
	if got := p.RegionsOf("Limburgse"); !slices.Equal(got, limburg) {
		t.Errorf("RegionsOf(Limburgse) = %v", got)
	}
	if got := p.RegionsOf("limburgse"); got != nil {
		t.Errorf("RegionsOf(limburgse) = %v", got)
	}
	if !p.NoTown("markt") || p.NoTown("Parijs") {
		t.Error("NoTown is wrong of Markt or Parijs")
	}
	if p.Word("stad") != TownWord || p.Word("provincie") != AreaWord || p.Word("huis") != NoPlaceWord {
		t.Error("Word is wrong of stad, provincie or huis")
	}
	if weight, ok := p.Attention("NL"); weight != 300 || !ok || p.Home() != "NL" {
		t.Errorf("attention to NL %v, %v, home %s", weight, ok, p.Home())
	}
	if weight, ok := p.Attention("ZZ"); ok {
		t.Errorf("attention to ZZ %v", weight)
	}
	for name, want := range map[string]string{"Parijs'": "", "Rotterdams": "Rotterdam", "Oslo's": "Oslo", "s": "", "Ede": ""} {
		stem, ok := p.Stem(name)
		if ok != (want != "") || ok && stem != want {
			t.Errorf("Stem(%q) = %q, %v; want %q", name, stem, ok, want)
		}
	}
	names := 0
	for range p.AllNames {
		names++
	}
	if names != 2 {
		t.Errorf("%d names, want 2", names)
	}
}

func TestNewPlacesNamesTheBadLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(*PlaceTables)
		want  string
	}{
		{"empty", func(p *PlaceTables) { p.NoTowns.Text = "# nothing\n" }, "notowns: the table is empty"},
		{"columns", func(p *PlaceTables) { p.Exonyms.Text += "1 | a | b\n" }, "exonyms:3: 3 columns, not 2"},
		{"empty column", func(p *PlaceTables) { p.Exonyms.Text += "1 |\n" }, "exonyms:3: column 2 is empty"},
		{"id", func(p *PlaceTables) { p.Exonyms.Text += "x1 | Ede\n" }, `exonyms:3: "x1" is no GeoNames id`},
		{"country", func(p *PlaceTables) { p.Names.Text += "Ede | Ede | nl\n" }, `names:3: "nl" does not begin`},
		{"division", func(p *PlaceTables) { p.Regions.Text += "NL 03 04 | Veluwe | - | -\n" }, "regions:4: more than one division"},
		{"items", func(p *PlaceTables) { p.Regions.Text += "NL 03 | Veluwe | a,,b | -\n" }, "regions:4: column 3: an empty item"},
		{"adjectives", func(p *PlaceTables) { p.Regions.Text += "NL 03 | Veluwe | - | ,\n" }, "regions:4: column 4: an empty item"},
		{"province", func(p *PlaceTables) { p.Provinces.Text += "N 03 | Veluwe\n" }, "provinces:2:"},
		{"both words", func(p *PlaceTables) { p.AreaWords.Text += "stad\n" }, `areawords:2: "stad" cannot say both`},
		{"attention", func(p *PlaceTables) { p.Attention.Text += "DE | veel\n" }, `attention:3: "veel" is no number`},
		{"attention of a continent", func(p *PlaceTables) { p.Attention.Text += "EUR | 5\n" }, `attention:3: "EUR" is no alpha-2 code`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tables := somePlaceTables()
			tt.spoil(&tables)
			if _, err := NewPlaces(tables); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("NewPlaces: %v; want %q", err, tt.want)
			}
		})
	}
}

// FuzzNewPlaces holds that no table breaks the loader, and that its errors name
// the table.
func FuzzNewPlaces(f *testing.F) {
	f.Add("NL 03 | Gelderland | Gld. | Gelders")
	f.Add("| | |")
	f.Fuzz(func(t *testing.T, text string) {
		tables := somePlaceTables()
		tables.Regions.Text = text
		if _, err := NewPlaces(tables); err != nil && !strings.HasPrefix(err.Error(), "regions:") {
			t.Fatalf("the error does not name the table: %v", err)
		}
	})
}
