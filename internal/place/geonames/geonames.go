// Package geonames holds a table of the world's towns from GeoNames, made for
// looking names up: some 135,000 places in columns, found by binary search.
package geonames

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"telex/internal/nlp/namekey"
)

// Place is one populated place.
type Place struct {
	ID         uint32 // of GeoNames
	Name       string // GeoNames' main name
	Country    string // ISO 3166 alpha-2
	Admin1     string // GeoNames' code of the first-level division within the country; "" where it has none
	Feature    string // GeoNames' feature code: PPLC a capital, PPLA the seat of a division, PPL, PPLX a part of a place
	Population int    // inhabitants; 0 where unknown
	Lat, Lon   float64
}

// Index is the position of a place in a Table.
type Index = uint32

// Table is the table of places. It is immutable; make it with New, Read or Load.
type Table struct {
	ids        []uint32 // rising
	population []uint32
	lat, lon   []int32 // hundred-thousandths of a degree
	country    []uint8 // indices of countries
	admin1     []uint16
	feature    []uint8
	nameEnd    []uint32 // where in names the name of each place ends
	names      string
	byName     []Index // by key of the name, then by falling population, then by rising id
	countries  []string
	admin1s    []string
	features   []string
}

// degree is the unit of the stored coordinates, in parts of a degree.
const degree = 1e5

// Len is the number of places.
func (t *Table) Len() int { return len(t.ids) }

// At gives the place at an index.
func (t *Table) At(i Index) Place {
	return Place{
		ID:         t.ids[i],
		Name:       t.name(i),
		Country:    t.countries[t.country[i]],
		Admin1:     t.admin1s[t.admin1[i]],
		Feature:    t.features[t.feature[i]],
		Population: int(t.population[i]),
		Lat:        float64(t.lat[i]) / degree,
		Lon:        float64(t.lon[i]) / degree,
	}
}

// FeatureAt gives the feature code of the place at an index.
func (t *Table) FeatureAt(i Index) string { return t.features[t.feature[i]] }

// name gives the name of the place at an index.
func (t *Table) name(i Index) string {
	start := uint32(0)
	if i > 0 {
		start = t.nameEnd[i-1]
	}
	return t.names[start:t.nameEnd[i]]
}

// ByID finds a place by its GeoNames id.
func (t *Table) ByID(id uint32) (Index, bool) {
	i, ok := slices.BinarySearch(t.ids, id)
	return Index(i), ok
}

// Find gives the places whose main name has the same key (package namekey) as
// name, the most populous first. The result is part of the table: do not change it.
func (t *Table) Find(name string) []Index {
	var a, b [96]byte
	key := namekey.Append(a[:0], name)
	if len(key) == 0 {
		return nil
	}
	compare := func(i int) int { return bytes.Compare(namekey.Append(b[:0], t.name(t.byName[i])), key) }
	first := sort.Search(len(t.byName), func(i int) bool { return compare(i) >= 0 })
	last := first
	for last < len(t.byName) && compare(last) == 0 {
		last++
	}
	return t.byName[first:last]
}

// New makes a table of places. It panics when there are more countries, codes or
// bytes than the columns can hold, which no table of the world's towns comes near.
func New(places []Place) *Table {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b Place) int { return cmp.Compare(a.ID, b.ID) })
	t := &Table{}
	countries := codes{list: &t.countries, limit: math.MaxUint8}
	admin1s := codes{list: &t.admin1s, limit: math.MaxUint16}
	features := codes{list: &t.features, limit: math.MaxUint8}
	var names strings.Builder
	for _, p := range places {
		names.WriteString(p.Name)
		t.ids = append(t.ids, p.ID)
		t.population = append(t.population, uint32(min(max(p.Population, 0), math.MaxUint32)))
		t.lat = append(t.lat, int32(math.Round(p.Lat*degree)))
		t.lon = append(t.lon, int32(math.Round(p.Lon*degree)))
		t.country = append(t.country, uint8(countries.index(p.Country)))
		t.admin1 = append(t.admin1, uint16(admin1s.index(p.Admin1)))
		t.feature = append(t.feature, uint8(features.index(p.Feature)))
		t.nameEnd = append(t.nameEnd, uint32(names.Len()))
	}
	t.names = names.String()
	t.sortNames()
	return t
}

// sortNames fills byName.
func (t *Table) sortNames() {
	keys := make([]string, len(t.ids))
	t.byName = make([]Index, len(t.ids))
	for i := range t.byName {
		t.byName[i] = Index(i)
		keys[i] = namekey.Of(t.name(Index(i)))
	}
	slices.SortFunc(t.byName, func(a, b Index) int {
		return cmp.Or(
			cmp.Compare(keys[a], keys[b]),
			cmp.Compare(t.population[b], t.population[a]),
			cmp.Compare(a, b),
		)
	})
}

// codes numbers short strings in the order in which they come.
type codes struct {
	list   *[]string
	limit  int
	number map[string]int
}

func (c *codes) index(s string) int {
	if i, ok := c.number[s]; ok {
		return i
	}
	i := len(*c.list)
	if i > c.limit {
		panic("geonames: more different codes than a column holds")
	}
	if c.number == nil {
		c.number = make(map[string]int)
	}
	c.number[s] = i
	*c.list = append(*c.list, s)
	return i
}
