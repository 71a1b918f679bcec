package place

import (
	"math"
	"slices"

	"telex/internal/lang"
)

// pass is one round over the open places.
type pass struct {
	context   bool    // other places of the article count
	certainty float64 // the share of the belief that the best town must have
}

// The first pass takes what is clear by itself, the second uses that.
var (
	firstPass  = pass{context: false, certainty: 0.95}
	secondPass = pass{context: true, certainty: 0.8}
)

// Weights of the evidence, natural logarithms of how much more likely each piece
// makes a town. They were set by hand on development articles.
const (
	none        = -5.0 // that no town of the table is meant
	homeBonus   = 2.0  // lies in the country of the readers, beyond its attention
	capital     = 2.0
	division    = 0.7  // seat of a first-level division
	district    = -2.0 // a part of a town
	namedBonus  = 4.0  // the language has a name of its own for it
	exactBonus  = 0.5
	aloneBonus  = 2.0 // abroad
	noTown      = -7.0
	perCountry  = 1.5  // times the logarithm of 1 + how often the article speaks of the country
	perRegion   = 1.5  // the article speaks of its region
	farness     = 0.4  // times the logarithm of 1 + distance from home in units of farUnit
	said        = 12.0 // the words beside the name say that it lies there
	saidElse    = -6.0 // they say for sure that it lies elsewhere
	saidTown    = 2.0  // they say that it is a town
	regionOver  = 3.0  // a region over a town of the same name elsewhere, or of no weight
	regionUnder = -2.0 // a region under a large town of the same name within it
	saidArea    = 6.0
)

const (
	maxSpoken      = 12        // mentions of a country beyond which more say no more
	midSize        = 2_000_000 // inhabitants of a country that counts once though the tables do not know it
	leastAttention = 0.02
	farUnit        = 500.0   // kilometres
	growth         = 1.2     // the weight of a town is its population to this power
	unknown        = 200     // inhabitants that a town has beyond those that are known
	largeTown      = 100_000 // inhabitants above which a town is known further than the region of its name around it
	smallTown      = 10_000  // inhabitants below which a town is seldom named far from its neighbours
)

// Kilometres within which a clear town of the article makes a candidate likelier,
// and how much; and beyond which it makes a small one less likely.
const (
	nearDistance, near         = 20, 3.5
	regionalDistance, regional = 40, 1.0
	remote                     = -2.0
)

// best gives the best town of a subject, and whether it is clearly ahead of all
// others, of a region of that name, and of none at all.
func (v *reading) best(s *subject, p pass) (candidate, bool) {
	scores := make([]float64, len(s.candidates), len(s.candidates)+2)
	top := 0
	for i := range s.candidates {
		scores[i] = v.score(s, &s.candidates[i], p)
		if scores[i] > scores[top] {
			top = i
		}
	}
	rivals := append(scores, none)
	if region, ok := v.region(s, scores[top]); ok {
		rivals = append(rivals, region)
	}
	sum := 0.0
	for _, score := range rivals {
		sum += math.Exp(score - scores[top])
	}
	// A small town waits for the second pass, where its neighbours are known.
	early := !p.context && s.candidates[top].Population < smallTown
	return s.candidates[top], 1/sum >= p.certainty && !early
}

// score says how likely a town is meant, as a logarithm.
func (v *reading) score(s *subject, c *candidate, p pass) float64 {
	score := v.prominence(c)
	if c.named {
		score += namedBonus
	}
	if c.exact {
		score += exactBonus
	}
	if s.noTown {
		score += noTown
	}
	if s.words.town {
		score += saidTown
	}
	switch {
	case slices.ContainsFunc(s.words.regions, func(r lang.Region) bool { return inRegion(c.Place, r) }):
		score += said
	case s.words.sure:
		score += saidElse
	}
	if p.context {
		score += v.context(s, c)
	}
	return score
}

// weight is the logarithm of how much of the attention to its country a town gets,
// in a unit of its own.
func weight(population int) float64 { return growth * math.Log(float64(population)+unknown) }

// prominence is how likely newspapers at home speak of a town, before the article
// is read: the attention to its country times its share of that.
func (v *reading) prominence(c *candidate) float64 {
	country := v.step.countries[c.Country]
	score := math.Log(v.attention(c.Country)) + weight(c.Population) - country.weight
	switch {
	case c.Country == v.home:
		score += homeBonus
	case c.alone:
		score += aloneBonus
	}
	if from := v.step.countries[v.home].capital; from.known {
		score -= farness * math.Log1p(from.distance(c.Lat, c.Lon)/farUnit)
	}
	switch c.Feature {
	case featureCapital:
		score += capital
	case featureSeat:
		score += division
	case "PPLX", "PPLL", "PPLQ", "PPLH", "PPLW":
		score += district
	}
	return score
}

// attention is that of the language's newspapers; a source elsewhere changes place
// with the language's home.
func (v *reading) attention(country string) float64 {
	switch country {
	case v.home:
		country = v.reader.home
	case v.reader.home:
		country = v.home
	}
	if weight, ok := v.reader.places.Attention(country); ok {
		return weight
	}
	// Of the rest of the world the large countries are spoken of more.
	return max(leastAttention, min(1, float64(v.step.countries[country].inhabitants)/midSize))
}

// context is what the rest of the article says.
func (v *reading) context(s *subject, c *candidate) float64 {
	score := 0.0
	if c.Country != v.home { // of home every article speaks, said or not
		score += perCountry * math.Log1p(float64(min(v.countries[c.Country], maxSpoken)))
	}
	own := lang.Region{Country: c.Country, Admin1: c.Admin1}
	if v.regions[own] > 0 && !slices.Contains(s.regions, own) {
		score += perRegion
	}
	return score + v.nearness(c)
}

// nearness is what the distance to the closest clear town of the article says.
func (v *reading) nearness(c *candidate) float64 {
	closest := math.Inf(1)
	for _, a := range v.anchors {
		closest = min(closest, a.distance(c.Lat, c.Lon))
	}
	switch {
	case closest <= nearDistance:
		return near
	case closest <= regionalDistance:
		return regional
	case len(v.anchors) > 0 && c.Country == v.home && c.Population < smallTown:
		return remote
	}
	return 0
}

// region gives the score of a region that has the name, measured against the best
// town: Zeeland is a province, Utrecht first of all a city.
func (v *reading) region(s *subject, best float64) (float64, bool) {
	if s.words.area {
		return best + saidArea, true
	}
	if len(s.regions) == 0 {
		return 0, false
	}
	if s.words.town {
		return best - saidArea, true
	}
	for i := range s.candidates {
		c := &s.candidates[i]
		inside := slices.ContainsFunc(s.regions, func(r lang.Region) bool { return r.Admin1 != "" && inRegion(c.Place, r) })
		if inside && (c.Feature == featureSeat || c.Feature == featureCapital || c.Population >= largeTown) || c.named && c.Population >= largeTown {
			return best + regionUnder, true
		}
	}
	return best + regionOver, true
}

// anchor is where a clear town of the article lies, in degrees.
type anchor struct {
	lat, lon float64
	known    bool
}

// earthRadius is in kilometres.
const earthRadius = 6371

// distance is that over the ground, in kilometres, by the haversine formula.
func (a anchor) distance(lat, lon float64) float64 {
	const radian = math.Pi / 180
	dLat, dLon := (lat-a.lat)*radian, (lon-a.lon)*radian
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.lat*radian)*math.Cos(lat*radian)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earthRadius * math.Asin(min(1, math.Sqrt(h)))
}
