package lang

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"telex/internal/nlp/namekey"
)

// Region is a stretch of land within one country.
type Region struct {
	Country string // ISO 3166 alpha-2
	Admin1  string // GeoNames' code of the first-level division; "" where it is none, or lies in several
}

// PlaceName is a name under which the table of places has a town, with the land
// in which to look for it.
type PlaceName struct {
	Name   string
	Region Region
}

// PlaceWord is what a common noun beside a name says of it.
type PlaceWord uint8

// What a noun can say.
const (
	NoPlaceWord PlaceWord = iota
	TownWord              // a town: stad, dorpje
	AreaWord              // a stretch of land: provincie
)

// PlaceTables are the tables of which Places is made. Lines that begin with #
// explain; columns are parted by |, items in a column by commas, "-" is none.
type PlaceTables struct {
	Exonyms   Table // GeoNames id | name
	Names     Table // name | main name in GeoNames | country and, if need be, division
	Provinces Table // country and division | name
	Regions   Table // country and, if there is one, division | name | other names | adjectives
	NoTowns   Table // one a line: names that are hardly ever the town of that name
	TownWords Table // one a line
	AreaWords Table // one a line
	Attention Table // country | how often this language's newspapers speak of it
	PlaceGrammar
}

// PlaceGrammar is how a language joins a place to its land, and bends names.
type PlaceGrammar struct {
	In         []string                        // between a place and its land: in, in de
	Endings    []string                        // of a genitive, longest first: 's, s
	Adjectives func(adjective string) []string // the other forms of an adjective
}

// Places knows places by their names in one language. It is immutable.
type Places struct {
	exonyms   map[string][]uint32
	names     map[string][]PlaceName
	regions   map[string][]Region // by key of name
	adjective map[string][]Region // by adjective as written
	noTowns   map[string]bool     // by key
	words     map[string]PlaceWord
	attention map[string]float64
	in        []string
	endings   []string
}

// NewPlaces makes the tables. The error names file, line and reason of the first
// bad line.
func NewPlaces(t PlaceTables) (*Places, error) {
	p := &Places{
		exonyms:   make(map[string][]uint32, 1000),
		names:     make(map[string][]PlaceName, 100),
		regions:   make(map[string][]Region, 1000),
		adjective: make(map[string][]Region, 200),
		noTowns:   make(map[string]bool, 100),
		words:     make(map[string]PlaceWord, 100),
		attention: make(map[string]float64, 100),
		in:        t.In,
		endings:   t.Endings,
	}
	for _, s := range []struct {
		table   Table
		columns int
		read    func(c []string) error
	}{
		{t.Exonyms, 2, p.addExonym},
		{t.Names, 3, p.addName},
		{t.Provinces, 2, p.addProvince},
		{t.Regions, 4, func(c []string) error { return p.addRegion(c, t.Adjectives) }},
		{t.NoTowns, 1, func(c []string) error { p.noTowns[namekey.Of(c[0])] = true; return nil }},
		{t.TownWords, 1, func(c []string) error { return p.addWord(c[0], TownWord) }},
		{t.AreaWords, 1, func(c []string) error { return p.addWord(c[0], AreaWord) }},
		{t.Attention, 2, p.addAttention},
	} {
		if err := readColumns(s.table, s.columns, s.read); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// readColumns gives the columns of every line to read, and the first error with
// its place. A table without a line is an error: an empty file is a damaged one.
func readColumns(t Table, columns int, read func([]string) error) error {
	rows, n := 0, 0
	for line := range strings.Lines(t.Text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		err := readLine(line, columns, read)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", t.File, n, err)
		}
		rows++
	}
	if rows == 0 {
		return fmt.Errorf("%s: the table is empty", t.File)
	}
	return nil
}

func readLine(line string, columns int, read func([]string) error) error {
	c := strings.Split(line, "|")
	if len(c) != columns {
		return fmt.Errorf("%d columns, not %d", len(c), columns)
	}
	for i := range c {
		c[i] = strings.TrimSpace(c[i])
		if c[i] == "" {
			return fmt.Errorf("column %d is empty; none is written -", i+1)
		}
	}
	return read(c)
}

func (p *Places) addExonym(c []string) error {
	id, err := strconv.ParseUint(c[0], 10, 32)
	if err != nil {
		return fmt.Errorf("%q is no GeoNames id", c[0])
	}
	key := namekey.Of(c[1])
	p.exonyms[key] = append(p.exonyms[key], uint32(id))
	return nil
}

func (p *Places) addName(c []string) error {
	region, err := parseRegion(c[2])
	if err != nil {
		return err
	}
	key := namekey.Of(c[0])
	p.names[key] = append(p.names[key], PlaceName{Name: c[1], Region: region})
	return nil
}

func (p *Places) addProvince(c []string) error {
	region, err := parseRegion(c[0])
	if err != nil {
		return err
	}
	p.name(c[1], region)
	return nil
}

func (p *Places) addRegion(c []string, inflect func(string) []string) error {
	region, err := parseRegion(c[0])
	if err != nil {
		return err
	}
	others, err := parseItems(c[2])
	if err != nil {
		return fmt.Errorf("column 3: %w", err)
	}
	adjectives, err := parseItems(c[3])
	if err != nil {
		return fmt.Errorf("column 4: %w", err)
	}
	for _, name := range append([]string{c[1]}, others...) {
		p.name(name, region)
	}
	for _, a := range adjectives {
		for _, form := range append([]string{a}, inflect(a)...) {
			p.adjective[form] = append(p.adjective[form], region)
		}
	}
	return nil
}

// name adds a region under a name, once.
func (p *Places) name(name string, region Region) {
	key := namekey.Of(name)
	if !slices.Contains(p.regions[key], region) {
		p.regions[key] = append(p.regions[key], region)
	}
}

func (p *Places) addWord(word string, kind PlaceWord) error {
	if other, taken := p.words[word]; taken && other != kind {
		return fmt.Errorf("%q cannot say both town and region", word)
	}
	p.words[word] = kind
	return nil
}

func (p *Places) addAttention(c []string) error {
	weight, err := strconv.ParseFloat(c[1], 64)
	if err != nil || weight < 1 || weight > 1e6 {
		return fmt.Errorf("%q is no number from 1 to a million", c[1])
	}
	if len(c[0]) != 2 || !isCountryCode(c[0]) {
		return fmt.Errorf("%q is no alpha-2 code", c[0])
	}
	p.attention[c[0]] = weight
	return nil
}

// parseRegion reads a country and perhaps a division: "NL", "NL 03".
func parseRegion(text string) (Region, error) {
	country, admin1, _ := strings.Cut(text, " ")
	if len(country) != 2 || !isCountryCode(country) {
		return Region{}, fmt.Errorf("%q does not begin with an alpha-2 code", text)
	}
	if strings.Contains(admin1, " ") {
		return Region{}, errors.New("more than one division")
	}
	return Region{Country: country, Admin1: admin1}, nil
}

// IDs gives the GeoNames ids of the towns that this language calls by a name of
// its own: Parijs. It is shared: do not change it.
func (p *Places) IDs(name string) []uint32 { return p.exonyms[namekey.Of(name)] }

// Names gives the names under which to look for a town in the table of places:
// for Den Bosch, 's-Hertogenbosch in the Netherlands. It is shared: do not change it.
func (p *Places) Names(name string) []PlaceName { return p.names[namekey.Of(name)] }

// AllNames calls yield with every name of Names, in no order.
func (p *Places) AllNames(yield func(PlaceName) bool) {
	for _, list := range p.names {
		for _, n := range list {
			if !yield(n) {
				return
			}
		}
	}
}

// Regions gives the regions of a name, abbreviations included: Limburg, Gld.
func (p *Places) Regions(name string) []Region { return p.regions[namekey.Of(name)] }

// RegionsOf gives the regions of an adjective as written: Limburgse.
func (p *Places) RegionsOf(adjective string) []Region { return p.adjective[adjective] }

// NoTown tells a name that is hardly ever the town of that name: Markt.
func (p *Places) NoTown(name string) bool { return p.noTowns[namekey.Of(name)] }

// Word tells what a noun in lower case says of the name beside it.
func (p *Places) Word(noun string) PlaceWord { return p.words[noun] }

// Attention says how often newspapers in this language speak of a country, by
// alpha-2 code, and whether the tables know; where they do not it is hardly ever.
func (p *Places) Attention(country string) (float64, bool) {
	weight, ok := p.attention[country]
	return weight, ok
}

// Home is the country of which newspapers in this language speak most.
func (p *Places) Home() string {
	home := ""
	for country, weight := range p.attention {
		best := p.attention[home]
		if weight > best || weight == best && country < home {
			home = country
		}
	}
	return home
}

// In gives the words between a place and its land, longest first.
func (p *Places) In() []string { return p.in }

// Stem gives a name without the ending of its genitive, and whether it had one.
func (p *Places) Stem(name string) (string, bool) {
	for _, ending := range p.endings {
		if stem, ok := strings.CutSuffix(name, ending); ok && stem != "" {
			return stem, true
		}
	}
	return name, false
}
