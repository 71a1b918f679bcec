package main

import (
	"fmt"
	"strings"

	"telex/internal/document"
	"telex/internal/entity/gold"
)

// score counts what was found.
type score struct {
	near                                func(a, b string) bool
	roles, nearRoles, countries, places gold.Count
	country, implied, of, placeCountry  gold.Count // right values among what gold says
	seats                               gold.Count
}

// add counts one article.
func (s *score) add(want *gold.Report, got *document.Article) {
	holders := byHolder(got)
	s.addRoles(want, got, holders)
	s.addCountries(want, got)
	s.addPlaces(want, got, holders)
}

// roleKey is a role by its holder; several names of one entity are one holder.
type roleKey struct {
	holder *document.Entity
	office string
}

// addRoles counts each office of a holder once.
func (s *score) addRoles(want *gold.Report, got *document.Article, holders map[document.Span]*document.Entity) {
	seen := map[roleKey]bool{}
	used := map[*document.Role]bool{}
	for i := range want.Roles {
		w := &want.Roles[i]
		e := holders[w.Holder]
		if e != nil && seen[roleKey{e, w.Office}] {
			continue
		}
		seen[roleKey{e, w.Office}] = true
		s.roles.Gold++
		s.nearRoles.Gold++
		exact, near := find(e, w.Office, s.near)
		if exact != nil {
			s.roles.Right++
		}
		if exact == nil {
			exact = near
		}
		if exact == nil {
			continue
		}
		if !used[exact] {
			s.nearRoles.Right++
			used[exact] = true
		}
		s.values(want, w, exact)
	}
	for i := range got.Entities {
		s.roles.System += len(got.Entities[i].Roles)
		s.nearRoles.System += len(got.Entities[i].Roles)
	}
}

// find gives the role of e with the office, and one with an office near it.
func find(e *document.Entity, office string, near func(a, b string) bool) (exact, wider *document.Role) {
	if e == nil {
		return nil, nil
	}
	for i := range e.Roles {
		switch r := &e.Roles[i]; {
		case r.Office == office:
			return r, nil
		case near(r.Office, office) && wider == nil:
			wider = r
		}
	}
	return nil, wider
}

// values counts the country and the body of a role that was found.
func (s *score) values(want *gold.Report, w *gold.Role, r *document.Role) {
	if w.Country != "" {
		c := &s.country
		if w.Implied {
			c = &s.implied
		}
		c.Gold++
		if r.Country == w.Country {
			c.Right++
		}
	}
	if r.Country != "" && !w.Implied {
		s.country.System++
	}
	if r.Of != "" {
		s.of.System++
	}
	if w.Of == nil {
		return
	}
	s.of.Gold++
	text := want.Text[w.Of.Start:w.Of.End]
	if r.Of == text || strings.Contains(r.Of, text) || r.Of != "" && strings.Contains(text, r.Of) {
		s.of.Right++
	}
}

// addCountries counts mentions with a country's code.
func (s *score) addCountries(want *gold.Report, got *document.Article) {
	found := map[document.Span]map[string]bool{}
	for i := range got.Entities {
		e := &got.Entities[i]
		if isTown(e) {
			continue // linked to the country that it lies in
		}
		for _, l := range e.Links {
			if l.Scheme != "iso3166" {
				continue
			}
			for _, m := range e.Mentions {
				if m.Form != "name" {
					continue
				}
				if found[m.Span] == nil {
					found[m.Span] = map[string]bool{}
				}
				found[m.Span][l.ID] = true
			}
		}
	}
	for _, codes := range found {
		s.countries.System += len(codes)
	}
	for _, w := range want.Countries {
		if w.Kind == "seat" {
			s.seats.Gold++
			if found[w.Span][w.Code] {
				s.seats.Right++
				s.countries.System--
			}
			continue
		}
		s.countries.Gold++
		if found[w.Span][w.Code] {
			s.countries.Right++
		}
	}
}

// isTown tells whether e is linked to a place that is no country itself.
func isTown(e *document.Entity) bool {
	for _, l := range e.Links {
		if l.Scheme == "geonames" && !strings.HasPrefix(l.Feature, "PCL") {
			return true
		}
	}
	return false
}

// addPlaces counts places by their GeoNames numbers, those of towns and villages
// only: the others stand in no table that the annotation could be checked against.
func (s *score) addPlaces(want *gold.Report, got *document.Article, holders map[document.Span]*document.Entity) {
	for _, w := range want.Places {
		id, code := "", ""
		if e := holders[w.Span]; e != nil {
			for _, l := range e.Links {
				switch l.Scheme {
				case "geonames":
					id = l.ID
				case "iso3166":
					code = l.ID
				}
			}
		}
		if w.Country != "" {
			s.placeCountry.Gold++
			if code != "" {
				s.placeCountry.System++
			}
			if code == w.Country {
				s.placeCountry.Right++
			}
		}
		if w.Kind != "city" {
			continue
		}
		if id != "" {
			s.places.System++
		}
		if w.GeoNames == "" {
			continue
		}
		s.places.Gold++
		if id == w.GeoNames {
			s.places.Right++
		}
	}
}

// String gives a line for each figure.
func (s *score) String() string {
	var b strings.Builder
	for _, l := range []struct {
		name string
		of   gold.Count
	}{
		{"roles (holder, office)", s.roles}, {"roles, near offices too", s.nearRoles}, {"  country of these", s.country}, {"  body of these", s.of},
		{"countries", s.countries}, {"places: towns by number", s.places}, {"places: country", s.placeCountry},
	} {
		fmt.Fprintf(&b, "  %-24s precision %6.2f recall %6.2f F1 %6.2f (%d of %d, %d found)\n", l.name, l.of.Precision(), l.of.Recall(), l.of.F1(), l.of.Right, l.of.Gold, l.of.System)
	}
	fmt.Fprintf(&b, "  countries that no word says: %d of %d; seats of government: %d of %d\n", s.implied.Right, s.implied.Gold, s.seats.Right, s.seats.Gold)
	return b.String()
}
