package nl

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"telex/internal/lang"
)

func TestFindCountry(t *testing.T) {
	t.Parallel()
	c, err := countries()
	if err != nil {
		t.Fatal(err)
	}
	const (
		name, adjective, inhabitant = lang.CountryByName, lang.CountryByAdjective, lang.CountryByInhabitant
		capital, seat               = lang.CountryByCapital, lang.CountryBySeat
	)
	for _, tt := range []struct {
		text  string
		codes string // parted by spaces; "" for none
		kind  lang.CountryKind
	}{
		{"Frankrijk", "FRA", name}, {"Frankrijks", "FRA", name}, {"FRANKRIJK", "FRA", name},
		{"Duitslands", "DEU", name}, {"China's", "CHN", name}, {"Italië’s", "ITA", name}, {"Cyprus'", "CYP", name},
		{"de Verenigde Staten", "USA", name}, {"Verenigde  Staten", "USA", name}, {"de VS", "USA", name}, {"V.S.", "USA", name},
		{"Amerika", "USA", name}, {"Amerikaans", "USA", adjective}, {"Amerikaanse", "USA", adjective},
		{"Amerikaan", "USA", inhabitant}, {"Amerikanen", "USA", inhabitant}, {"AMERIKAANSE", "USA", adjective},
		{"anti-Amerikaanse", "USA", adjective}, {"Pro-Russisch", "RUS", adjective}, {"oud-Nederlander", "NLD", inhabitant},
		{"VK", "GBR", name}, {"het Verenigd Koninkrijk", "GBR", name}, {"Groot-Brittannië", "GBR", name},
		{"Brit", "GBR", inhabitant}, {"Britten", "GBR", inhabitant}, {"Britse", "GBR", adjective},
		{"Engeland", "GBR", name}, {"Engelsen", "GBR", inhabitant}, {"Schotland", "GBR", name}, {"Schotse", "GBR", adjective},
		{"Wales", "GBR", name}, {"Noord-Ierse", "GBR", adjective},
		{"Holland", "NLD", name}, {"Nederlands", "NLD", adjective}, {"Nederlandse", "NLD", adjective}, {"Hollanders", "NLD", inhabitant},
		{"Belg", "BEL", inhabitant}, {"Belgische", "BEL", adjective}, {"Vlaamse", "BEL", adjective},
		{"Chinese", "CHN", adjective}, {"Chinezen", "CHN", inhabitant}, {"Indiase", "IND", adjective}, {"Indiërs", "IND", inhabitant},
		{"Noord-Koreaanse", "PRK", adjective}, {"Zuid-Koreanen", "KOR", inhabitant}, {"beide Korea's", "PRK KOR", name},
		{"Koreaanse", "PRK KOR", adjective},
		{"Russisch-Oekraïense", "RUS UKR", adjective}, {"Marokkaans-Nederlandse", "MAR NLD", adjective}, {"Frans-Franse", "FRA", adjective},
		{"Tsjechië", "CZE", name}, {"Birma", "MMR", name}, {"Myanmar", "MMR", name}, {"Ivoorkust", "CIV", name},
		{"Oost-Timor", "TLS", name}, {"Vaticaan", "VAT", name}, {"Congo", "COD", name}, {"Congo-Brazzaville", "COG", name},
		{"Kosovo", "XKX", name}, {"Kosovaren", "XKX", inhabitant}, {"Nederlandse Antillen", "ANT", name}, {"Antilliaanse", "ANT", adjective},
		{"Joegoslavië", "YUG", name}, {"Joegoslavische", "YUG", adjective}, {"DDR", "DDR", name}, {"Oost-Duitse", "DDR", adjective},
		{"Sovjet-Unie", "SUN", name}, {"Niger", "NER", name}, {"Nigerese", "NER", adjective}, {"Nigeriaanse", "NGA", adjective},
		{"Washington", "USA", capital}, {"Washington, D.C.", "USA", capital}, {"Peking", "CHN", capital}, {"Teheran", "IRN", capital},
		{"Pyongyang", "PRK", capital}, {"Brussel", "BEL", capital}, {"Parijs'", "FRA", capital},
		{"het Kremlin", "RUS", seat}, {"Het Witte Huis", "USA", seat}, {"Den Haag", "NLD", seat}, {"het Pentagon", "USA", seat},
		{"Downing Street", "GBR", seat}, {"Westminster", "GBR", seat}, {"het Élysée", "FRA", seat},
		{"het regime in Pyongyang", "PRK", seat}, {"De machthebbers in Teheran", "IRN", seat}, {"de regering in Den Haag", "NLD", seat},

		{"Belgie", "BEL", name}, {"Noord Korea", "PRK", name}, {"Saoedi Arabie", "SAU", name}, {"Zuid Koreaanse", "KOR", adjective},
		{"nazi-Duitsland", "DEU", name}, {"ex-Joegoslavië", "YUG", name}, {"Male", "", ""}, {"Frans-Duitsland", "", ""},

		{"Belgisch-Limburg", "", ""}, {"Noord-Frankrijk", "", ""}, {"Zuid-Amerikaanse", "", ""}, {"Latijns-Amerika", "", ""},
		{"let", "", ""}, {"LET", "", ""}, {"FIN", "", ""}, {"turk", "", ""}, {"amerika", "", ""}, {"Amsterdammer", "", ""},
		{"", "", ""}, {"de", "", ""}, {"'s", "", ""}, {"s", "", ""}, {"-", "", ""}, {"het regime in", "", ""}, {"regime in Lutjebroek", "", ""},
		{"Amerikanens", "", ""}, {"het huis in Pyongyang", "", ""}, {strings.Repeat("Frankrijk ", 100), "", ""},
	} {
		got, ok := c.Find(tt.text)
		if ok != (tt.codes != "") || strings.Join(got.Codes, " ") != tt.codes || got.Kind != tt.kind {
			t.Errorf("Find(%q) = %v, %v; want %q by %q", tt.text, got, ok, tt.codes, tt.kind)
		}
	}
}

// Countries for whose people Dutch has no word of their own, or shares one.
var withoutPeople = strings.Fields("ATA ATF BES BLM BVT CCK COG CXR DMA GGY HMD IMN IOT JEY KNA MAF MNP MYT NFK SCG SGS SJM SPM TCA UMI VAT VGB VIR WLF")

// Countries that have no adjective.
var withoutAdjective = strings.Fields("ATF BES BLM BVT CCK COG CXR DMA GGY HMD IMN IOT JEY KNA MAF MNP MYT NFK SCG SGS SJM SPM TCA UMI VGB VIR WLF")

func TestEveryCountryHasItsForms(t *testing.T) {
	t.Parallel()
	c, err := countries()
	if err != nil {
		t.Fatal(err)
	}
	kinds := make(map[string][]lang.CountryKind)
	for _, name := range []string{"countries", "former"} {
		for _, line := range tableLines(t, name) {
			columns := strings.Split(line, "|")
			code := line[:3]
			for i, kind := range []lang.CountryKind{lang.CountryByName, "", lang.CountryByAdjective, lang.CountryByInhabitant, lang.CountryByCapital} {
				for form := range strings.SplitSeq(columns[i+1], ",") {
					form = strings.TrimSpace(form)
					if form == "-" || kind == "" {
						continue
					}
					kinds[code] = append(kinds[code], kind)
					if got, ok := c.Find(form); !ok || !slices.Equal(got.Codes, []string{code}) {
						t.Errorf("%s: Find(%q) = %v, %v", code, form, got, ok)
					}
				}
			}
		}
	}
	var people, adjectives []string
	present := 0
	for _, country := range c.All() {
		if !country.Former {
			present++
		}
		if !slices.Contains(kinds[country.Alpha3], lang.CountryByInhabitant) {
			people = append(people, country.Alpha3)
		}
		if !slices.Contains(kinds[country.Alpha3], lang.CountryByAdjective) {
			adjectives = append(adjectives, country.Alpha3)
		}
	}
	if present != 250 { // the 249 of ISO 3166-1, and Kosovo
		t.Errorf("%d present countries, want 250", present)
	}
	slices.Sort(people)
	if diff := cmp.Diff(withoutPeople, people); diff != "" {
		t.Errorf("countries without inhabitants (-want +got):\n%s", diff)
	}
	slices.Sort(adjectives)
	if diff := cmp.Diff(withoutAdjective, adjectives); diff != "" {
		t.Errorf("countries without an adjective (-want +got):\n%s", diff)
	}
}

// tableLines gives the lines of an embedded table that are no comment.
func tableLines(t *testing.T, name string) []string {
	t.Helper()
	text, err := countryTables.ReadFile("countries/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestInflectedAdjectives(t *testing.T) {
	t.Parallel()
	for adjective, want := range map[string]string{
		"Deens": "Deense", "Chinees": "Chinese", "Indiaas": "Indiase", "Belgisch": "Belgische", "Iraaks": "Iraakse", "Lets": "Letse",
	} {
		if got := inflected(adjective); !slices.Equal(got, []string{want}) {
			t.Errorf("inflected(%q) = %q, want %q", adjective, got, want)
		}
	}
}

func BenchmarkFindCountry(b *testing.B) {
	c, err := countries()
	if err != nil {
		b.Fatal(err)
	}
	texts := []string{"Frankrijk", "Amsterdammer", "het regime in Pyongyang", "Russisch-Oekraïense", "de Verenigde Staten"}
	b.ReportAllocs()
	for i := range b.N {
		c.Find(texts[i%len(texts)])
	}
}
