package lang

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	someCountries = "# A comment.\nFRA FR | Frankrijk | - | Frans | Fransman, Française, Fransen | Parijs | Élysée\nDEU DE | Duitsland | BRD | Duits | - | Berlijn | -\n"
	someFormer    = "DDR DD | DDR | - | - | - | - | -\n"
	someParts     = "FRA | Bretagne | - | Bretons | - | - | -\n"
	someGroups    = "FRA DEU | Duitsland en Frankrijk | - | - | - | - | -\n"
)

// someTables gives small good tables, for tests to spoil.
func someTables() CountryTables {
	return CountryTables{
		Countries:   Table{"countries", someCountries},
		Former:      Table{"former", someFormer},
		Parts:       Table{"parts", someParts},
		Groups:      Table{"groups", someGroups},
		Prefixes:    Table{"prefixes", "anti\n"},
		Governments: Table{"governments", "regime\n"},
		Unions:      Table{"unions", "EU | Unie | Parijs\n"},
		Inflection:  Inflection{Articles: []string{"de"}, In: "in", Adjectives: func(a string) []string { return []string{a + "e"} }},
	}
}

func TestNewCountriesNamesTheBadLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(*CountryTables)
		want  string // "" for none
	}{
		{"good", func(*CountryTables) {}, ""},
		{"empty", func(c *CountryTables) { c.Countries.Text = "# nothing\n" }, "countries: the table is empty"},
		{"columns", func(c *CountryTables) { c.Countries.Text += "NLD NL | Nederland\n" }, "countries:4: 2 columns, not 7"},
		{"code", func(c *CountryTables) { c.Countries.Text += "NLd NL | Nederland | - | - | - | - | -\n" }, `countries:4: "NLd" is no code`},
		{"one code", func(c *CountryTables) { c.Countries.Text += "NLD | Nederland | - | - | - | - | -\n" }, "countries:4: the first column must hold"},
		{"no name", func(c *CountryTables) { c.Countries.Text += "NLD NL | - | - | - | - | - | -\n" }, "countries:4: no name"},
		{"twice", func(c *CountryTables) { c.Countries.Text += "FRA FX | Gallië | - | - | - | - | -\n" }, "countries:4: FRA stands twice"},
		{"alpha-2 twice", func(c *CountryTables) { c.Countries.Text += "GAL FR | Gallië | - | - | - | - | -\n" }, "countries:4: FR stands twice"},
		{"form twice", func(c *CountryTables) { c.Countries.Text += "NLD NL | Nederland | Parijs | - | - | - | -\n" }, `countries:4: "Parijs" stands in countries:2 too`},
		{"empty item", func(c *CountryTables) { c.Countries.Text += "NLD NL | Nederland | Holland, | - | - | - | -\n" }, "countries:4: column 3: an empty item"},
		{"two inhabitants", func(c *CountryTables) {
			c.Countries.Text += "NLD NL | Nederland | - | - | Nederlander, Nederlanders | - | -\n"
		}, "countries:4: column 5: 2 inhabitants"},
		{"unknown part", func(c *CountryTables) { c.Parts.Text += "NLD | Zeeland | - | - | - | - | -\n" }, "parts:2: no country has the code NLD"},
		{"part of two", func(c *CountryTables) { c.Parts.Text += "FRA DEU | Elzas | - | - | - | - | -\n" }, "parts:2: the first column"},
		{"group of one", func(c *CountryTables) { c.Groups.Text += "FRA | Gallië | - | - | - | - | -\n" }, "groups:2: the first column"},
		{"words", func(c *CountryTables) { c.Prefixes.Text = "anti\npro en contra\n" }, `prefixes:2: "pro en contra" is more than one word`},
		{"union of two columns", func(c *CountryTables) { c.Unions.Text = "EU | Parijs\n" }, "unions:1: 2 columns, not 3"},
		{"union of no capital", func(c *CountryTables) { c.Unions.Text = "EU | Unie | Frankrijk\n" }, `unions:1: "Frankrijk" is the capital of no country`},
		{"union without a code", func(c *CountryTables) { c.Unions.Text = "eu | Unie | Parijs\n" }, `unions:1: "eu" is no code`},
		{"no words", func(c *CountryTables) { c.Governments.Text = "" }, "governments: the table is empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tables := someTables()
			tt.spoil(&tables)
			_, err := NewCountries(tables)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("NewCountries: %v; want %q", err, tt.want)
			}
		})
	}
}

func TestCountryCodes(t *testing.T) {
	t.Parallel()
	c, err := NewCountries(someTables())
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Government("Parijs"); !slices.Equal(got, []string{"EU"}) {
		t.Errorf("Government(Parijs) = %v", got)
	}
	if got := c.Government("Frankrijk"); got != nil {
		t.Errorf("Government(Frankrijk) = %v", got)
	}
	if got, ok := c.ByAlpha3("DDR"); !ok || !got.Former || got.Name != "DDR" {
		t.Errorf("ByAlpha3(DDR) = %v, %v", got, ok)
	}
	if got, ok := c.ByAlpha2("FR"); !ok || got.Alpha3 != "FRA" || got.Former {
		t.Errorf("ByAlpha2(FR) = %v, %v", got, ok)
	}
	if _, ok := c.ByAlpha2("DD"); ok {
		t.Error("ByAlpha2(DD) gives a state that is no more")
	}
}

// FuzzFindCountry holds that no text breaks the look-up, and that what it gives
// is whole.
func FuzzFindCountry(f *testing.F) {
	for _, s := range []string{"Frankrijk", "de Franse", "anti-Duitse", "regime in Parijs", "Frans-Duitse", "\x00\xff", "-", " in ", "'s"} {
		f.Add(s)
	}
	c, err := NewCountries(someTables())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, ok := c.Find(text)
		if ok != (len(name.Codes) > 0) || ok != (name.Kind != "") || !utf8.ValidString(name.Name) {
			t.Fatalf("Find(%q) = %v, %v", text, name, ok)
		}
		for _, code := range name.Codes {
			if _, known := c.ByAlpha3(code); !known {
				t.Fatalf("Find(%q) gives the unknown code %q", text, code)
			}
		}
	})
}

// FuzzNewCountries holds that no table breaks the loader, and that every error
// names its file.
func FuzzNewCountries(f *testing.F) {
	f.Add(someCountries)
	f.Add("FRA FR | Frankrijk | - | - | - | - ,| -")
	f.Fuzz(func(t *testing.T, text string) {
		tables := someTables()
		tables.Former.Text = text
		if _, err := NewCountries(tables); err != nil && !strings.Contains(err.Error(), "former") && !strings.Contains(err.Error(), "parts") {
			t.Fatalf("the error does not name the table: %v", err)
		}
	})
}
