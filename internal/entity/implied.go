package entity

import (
	"strings"

	"telex/internal/lang"
)

const (
	clearly = 3 // times that an article names the foreign country that it is about
	ahead   = 2 // how many times as often as the next
)

// implyCountries gives offices of a state the country that no word beside them says:
// that of a known head of state or government; for words that only the home country
// has, and where the article names no other, home; else the one country that the
// article is about, when it never names home.
func (r *reading) implyCountries() {
	about := r.aboutCountry()
	for _, e := range r.entities {
		for i := range e.roles {
			o := &e.roles[i].Role
			if o.Country == "" && r.people.Is(lang.HeadOffice, o.Office) {
				o.Country = r.leaderOf(e)
			}
			if o.Country != "" || !r.people.Is(lang.StateOffice, o.Office) {
				continue
			}
			if o.Country = about; r.homeOffice(o.Text) {
				o.Country = r.home
			}
		}
	}
}

// leaderOf is the country of a known head of the name of e; "" for others.
func (r *reading) leaderOf(e *entity) string {
	for n := len(e.words); n > 0; n-- {
		if code := r.people.Leader(strings.Join(e.words[len(e.words)-n:], " ")); code != "" {
			return code
		}
	}
	return ""
}

// homeOffice tells whether a word of the text of an office, or what stands behind
// its hyphen, is one that only the home country has.
func (r *reading) homeOffice(text string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		if r.people.Is(lang.HomeOffice, word) || r.people.Is(lang.HomeOffice, word[strings.LastIndexByte(word, '-')+1:]) {
			return true
		}
	}
	return false
}

// aboutCountry is home where the article names no other country; another where it
// names that one clearly and never home; else "".
func (r *reading) aboutCountry() string {
	times := r.namedCountries()
	switch home := times[r.home]; {
	case len(times) == 0 || home > 0 && len(times) == 1:
		return r.home
	case home > 0:
		return ""
	}
	best, next := "", 0 // how often the second is named
	for code, n := range times {
		switch _, country := r.countries.ByAlpha3(code); {
		case !country: // a union
		case n > times[best] || n == times[best] && code < best:
			best, next = code, times[best]
		default:
			next = max(next, n)
		}
	}
	if times[best] < clearly || times[best] < ahead*next {
		return ""
	}
	return best
}

// namedCountries counts how often the article names each country, by its people,
// its seats and, where they stand for governments, its capitals too.
func (r *reading) namedCountries() map[string]int {
	times := map[string]int{}
	for i := range r.names {
		n := &r.names[i]
		if n.governs {
			for _, code := range n.entity.governs {
				times[code]++
			}
			continue
		}
		if f := n.form; f.lands && f.land.Kind != lang.CountryByCapital && len(f.land.Codes) == 1 {
			times[f.land.Codes[0]]++
		}
	}
	return times
}

// homeOf gives the alpha-3 code of the country of which the newspapers of a language
// speak most; "" where its pack does not say.
func homeOf(pack lang.Pack) string {
	if pack.Places == nil {
		return ""
	}
	c, _ := pack.Countries.ByAlpha2(pack.Places.Home())
	return c.Alpha3
}
