package place

import (
	"slices"
	"strings"

	"telex/internal/lang"
	"telex/internal/place/geonames"
)

// Feature codes of GeoNames that count.
const (
	featureCapital = "PPLC"
	featureSeat    = "PPLA" // seat of a first-level division
)

// candidate is a town that a name may mean.
type candidate struct {
	geonames.Place
	named bool // the language has this name for this town (Parijs), or a table says so
	exact bool // the name is written as the table writes it
	alone bool // no other town in the world has the name
}

// maxCandidates bounds the towns of one name; the most populous come first. The
// commonest name in the table has 43.
const maxCandidates = 64

// maxName is the length in bytes above which no name is a town's.
const maxName = 80

// candidates gives the towns of a name: by the language's own names, by aliases,
// by the main names of the table; and if there are none, of the name without the
// ending of a genitive (Rotterdams, Pyongyangs).
func (v *reading) candidates(name string) []candidate {
	if len(name) > maxName {
		return nil
	}
	if list := v.step.towns(v.reader.places, name); len(list) > 0 {
		return list
	}
	if stem, ok := v.reader.places.Stem(name); ok {
		return v.step.towns(v.reader.places, stem)
	}
	return nil
}

// towns gives the towns of a name as it stands.
func (s *Step) towns(places *lang.Places, name string) []candidate {
	var list []candidate
	add := func(i geonames.Index, named bool) {
		p := s.table.At(i)
		for n := range list {
			if list[n].ID == p.ID {
				list[n].named = list[n].named || named
				return
			}
		}
		if len(list) < maxCandidates {
			list = append(list, candidate{Place: p, named: named, exact: strings.EqualFold(p.Name, name)})
		}
	}
	for _, id := range places.IDs(name) {
		if i, ok := s.table.ByID(id); ok {
			add(i, true)
		}
	}
	for _, alias := range places.Names(name) {
		if in := s.within(alias); len(in) > 0 {
			add(in[0], true)
		}
	}
	for _, i := range s.table.Find(name) {
		add(i, false)
	}
	if len(list) == 1 {
		list[0].alone = true
	}
	return list
}

// within gives the places of a name that lie in its region, the most populous first.
func (s *Step) within(name lang.PlaceName) []geonames.Index {
	var list []geonames.Index
	for _, i := range s.table.Find(name.Name) {
		if inRegion(s.table.At(i), name.Region) {
			list = append(list, i)
		}
	}
	return list
}

// inRegion tells whether a place lies in a region; a region without a division is
// its whole country.
func inRegion(p geonames.Place, r lang.Region) bool {
	return p.Country == r.Country && (r.Admin1 == "" || p.Admin1 == r.Admin1)
}

// minSeat is the number of inhabitants that a town must have to be one that stands
// for a government (Den Haag), and not a house of that name (Kremlin, Binnenhof).
const minSeat = 25_000

// seats keeps the towns that may themselves be the seat of a government.
func seats(list []candidate) []candidate {
	return slices.DeleteFunc(list, func(c candidate) bool { return c.Population < minSeat && c.Feature != featureCapital })
}
