// Package place finds where on earth the places of an article are: the step links
// entities of type LOC to countries and to towns of GeoNames, with coordinates.
//
// A name alone seldom says which town is meant, and often means none that the
// table knows: a street, a lake, a house. So every town of that name, and "none of
// these", gets a score, and a town is linked only when it is clearly ahead. The
// evidence is that of the literature on toponym resolution (Leidner 2008; Lieberman
// and Samet 2012): population and rank of the town, how much the readers' newspapers
// speak of its country, words beside the name (het Franse Nice, Springfield in
// Illinois), and the other places of the article, clear ones first.
package place

import (
	"context"
	"fmt"
	"math"
	"slices"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/place/geonames"
)

// Schemes of the links.
const (
	schemeCountry = "iso3166"  // alpha-3: a country, or the country of a town
	schemePlace   = "geonames" // a town
)

// Step links places. It holds only tables that never change.
type Step struct {
	table     *geonames.Table
	countries map[string]country // by alpha-2
	packs     map[string]reader
}

// country is what the table says of a country as a whole.
type country struct {
	capital     anchor
	weight      float64 // logarithm of the sum of the weights of its towns
	inhabitants int     // of its towns
}

// reader is what the step knows of one language.
type reader struct {
	countries *lang.Countries
	places    *lang.Places
	home      string // alpha-2 of the country of which its newspapers speak most
}

// New makes the step for the languages of packs; it loads the table of places,
// which takes some 50 ms. An error is a damaged table, or a name in a pack that
// the table of places does not have.
func New(packs ...lang.Pack) (*Step, error) {
	table, err := geonames.Load()
	if err != nil {
		return nil, err
	}
	s := &Step{table: table, countries: measure(table), packs: make(map[string]reader)}
	for _, p := range packs {
		if p.Countries == nil || p.Places == nil {
			continue
		}
		for name := range p.Places.AllNames {
			if len(s.within(name)) == 0 {
				return nil, fmt.Errorf("places of %s: no place in %+v has the name %q", p.Code, name.Region, name.Name)
			}
		}
		s.packs[p.Code] = reader{countries: p.Countries, places: p.Places, home: p.Places.Home()}
	}
	return s, nil
}

// measure gives where the capital of each country lies, and how much its towns
// weigh together.
func measure(table *geonames.Table) map[string]country {
	list := make(map[string]country, 256)
	for i := range geonames.Index(table.Len()) {
		p := table.At(i)
		c := list[p.Country]
		c.weight += math.Exp(weight(p.Population))
		c.inhabitants += p.Population
		if p.Feature == featureCapital {
			c.capital = anchor{lat: p.Lat, lon: p.Lon, known: true}
		}
		list[p.Country] = c
	}
	for code, c := range list {
		c.weight = math.Log(c.weight)
		list[code] = c
	}
	return list
}

// Name is the name of the step. It adds to the layer entities.
func (s *Step) Name() string { return "places" }

// Version changes with the rules and the tables.
func (s *Step) Version() string { return "3" }

// Apply adds links to the entities of type LOC: iso3166 to a country, geonames and
// the iso3166 of its country to a town. A place that is neither, or not clearly
// one, gets none. Languages without a pack are left alone.
func (s *Step) Apply(ctx context.Context, a *document.Article) error {
	r, ok := s.packs[a.Language.Code]
	if !ok {
		return nil
	}
	v := &reading{step: s, reader: r, article: a, home: r.homeOf(a), countries: make(map[string]int), regions: make(map[lang.Region]int)}
	if err := v.gather(ctx); err != nil {
		return err
	}
	for _, p := range []pass{firstPass, secondPass} {
		if err := v.resolve(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// homeOf gives the country of the article's source where its address says one
// (hln.be), else the home of the language.
func (r reader) homeOf(a *document.Article) string {
	if c, ok := r.countries.OfAddress(a.Source, a.URL); ok {
		return c.Alpha2
	}
	return r.home
}

// reading is the work on one article.
type reading struct {
	step      *Step
	reader    reader
	article   *document.Article
	home      string              // alpha-2 of the country whose readers it speaks to
	countries map[string]int      // alpha-2 -> how often the article speaks of it
	regions   map[lang.Region]int // the same of regions
	anchors   []anchor            // towns that are clear
	open      []subject           // places that are not resolved yet, in text order
}

// subject is an entity that may be a town.
type subject struct {
	entity     *document.Entity
	candidates []candidate
	regions    []lang.Region // regions of that name
	words      surroundings
	noTown     bool // the name is hardly ever that of a town
}

// Bounds that keep the work linear in the number of entities.
const (
	maxMentions = 8  // mentions of one entity whose surroundings are read
	maxAnchors  = 24 // clear towns that the others are measured against
	maxCount    = 20 // mentions of one country by one entity that count
)

// gather links countries, counts of which countries and regions the article
// speaks, and collects what may be a town.
func (v *reading) gather(ctx context.Context) error {
	for i := range v.article.Entities {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e := &v.article.Entities[i]
		country, named := v.reader.countries.Find(e.Name)
		named = named && (e.Type != "LOC" || country.Kind != lang.CountryByInhabitant) // de Waal is a river
		if named && country.Kind != lang.CountryByCapital {
			v.count(country.Codes, min(len(e.Mentions), maxCount))
		}
		if e.Type != "LOC" {
			continue
		}
		if named && country.Kind == lang.CountryByCapital && len(e.Links) > 0 {
			v.count(codes(e), min(len(e.Mentions), maxCount)) // it stands for a government
			continue
		}
		if named && !country.Part && slices.Contains(wholeCountry, country.Kind) {
			for _, code := range country.Codes {
				addCountry(e, code)
			}
			continue
		}
		v.gatherTown(e, country)
	}
	return nil
}

// codes gives the alpha-3 codes of the countries that an entity is linked to.
func codes(e *document.Entity) (all []string) {
	for _, l := range e.Links {
		if l.Scheme == schemeCountry {
			all = append(all, l.ID)
		}
	}
	return all
}

// wholeCountry are the kinds of names that, labelled as a place, mean the country
// itself; as an adjective, for Dutch writes Nederlands for "of the Netherlands" too.
var wholeCountry = []lang.CountryKind{lang.CountryByName, lang.CountryByAdjective}

// gatherTown collects an entity that is no country.
func (v *reading) gatherTown(e *document.Entity, country lang.CountryName) {
	s := subject{entity: e, regions: v.reader.places.Regions(e.Name), noTown: v.reader.places.NoTown(e.Name)}
	for _, r := range s.regions {
		v.regions[r]++
		v.countries[r.Country]++
	}
	s.candidates = v.candidates(e.Name)
	if country.Kind == lang.CountryBySeat {
		s.candidates = seats(s.candidates)
	}
	if len(s.candidates) == 0 {
		return
	}
	s.words = v.surroundings(e)
	v.open = append(v.open, s)
}

// count adds to how often the article speaks of countries, by alpha-3 codes.
func (v *reading) count(codes []string, times int) {
	for _, code := range codes {
		if c, ok := v.reader.countries.ByAlpha3(code); ok {
			v.countries[c.Alpha2] += max(times, 1)
		}
	}
}

// resolve links every open place whose best town is clearly ahead, and keeps the
// others open. Evidence that a pass finds counts from the next pass on, so that
// the order of the places makes no difference.
func (v *reading) resolve(ctx context.Context, p pass) error {
	var open []subject
	var found []candidate
	for i, s := range v.open {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		best, ok := v.best(&s, p)
		if !ok {
			open = append(open, s)
			continue
		}
		v.link(s.entity, best)
		found = append(found, best)
	}
	for _, c := range found {
		v.countries[c.Country]++
		if len(v.anchors) < maxAnchors {
			v.anchors = append(v.anchors, anchor{lat: c.Lat, lon: c.Lon, known: true})
		}
	}
	v.open = open
	return nil
}

// link writes the links of a town.
func (v *reading) link(e *document.Entity, c candidate) {
	lat, lon := c.Lat, c.Lon
	e.Links = append(e.Links, document.Link{
		Scheme: schemePlace, ID: fmt.Sprint(c.ID), Lat: &lat, Lon: &lon, Feature: c.Feature,
	})
	if country, ok := v.reader.countries.ByAlpha2(c.Country); ok {
		addCountry(e, country.Alpha3)
	}
}

// addCountry links an entity to a country, once.
func addCountry(e *document.Entity, code string) {
	for _, l := range e.Links {
		if l.Scheme == schemeCountry && l.ID == code {
			return
		}
	}
	e.Links = append(e.Links, document.Link{Scheme: schemeCountry, ID: code})
}
