package event

import (
	"sort"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/plover"
)

// partyCode parts a code of the tables; checkParty of package lang saw to its form.
func partyCode(s string) plover.Code {
	c, _ := plover.ParseCode(s)
	return c
}

// party is one who takes part in an event.
type party struct {
	token  int
	entity int // index in Article.Entities, -1 for none
	code   plover.Code
	place  bool // named by a place that only stands for it: Moskou
	guess  bool // of the land that the article is about, for want of another
}

// entityParty is what an entity is as a party.
type entityParty struct {
	code   plover.Code
	person bool
	land   bool // a country by its own name
	seat   bool // a place that stands for a government
	known  bool // by a table or an office, not by its kind alone
}

// codeEntities gives each entity its code, and finds the land where things happen.
func (r *reading) codeEntities() {
	r.parties = make([]entityParty, len(r.a.Entities))
	weight := map[string]int{}
	best := ""
	for i := range r.a.Entities {
		e := &r.a.Entities[i]
		r.parties[i] = r.codeEntity(e)
		country := linked(e)
		if country == "" && (e.Type == "LOC" || r.parties[i].known) {
			country = r.parties[i].code.Country
		}
		if _, ok := r.pack.Countries.ByAlpha3(country); ok {
			weight[country] += names(e)
			if w, b := weight[country], weight[best]; w > b || w == b && country < best {
				best = country
			}
		}
	}
	r.homeLand = r.findHomeLand()
	r.home = r.homeLand
	if best != "" && weight[best] > weight[r.home] {
		r.home = best
	}
	for i := range r.parties {
		if p := &r.parties[i]; p.code.Country == "" && (p.code.Sector != "" || p.person) {
			p.code.Country = r.home
		}
	}
}

// findHomeLand is the country of the newspapers of the language, alpha-3.
func (r *reading) findHomeLand() string {
	if r.pack.Places == nil {
		return ""
	}
	c, _ := r.pack.Countries.ByAlpha2(r.pack.Places.Home())
	return c.Alpha3
}

func names(e *document.Entity) int {
	n := 0
	for _, m := range e.Mentions {
		if m.Form == "name" {
			n++
		}
	}
	return n
}

// linked is the country of an entity, "" for none or several.
func linked(e *document.Entity) string {
	country := ""
	for _, l := range e.Links {
		if l.Scheme == "iso3166" && len(l.ID) == 3 {
			if country != "" {
				return ""
			}
			country = l.ID
		}
	}
	return country
}

func (r *reading) codeEntity(e *document.Entity) entityParty {
	if e.Type == "PER" {
		if land, ok := r.pack.Countries.Find(e.Name); ok && land.Kind == lang.CountryByName && len(land.Codes) == 1 && len(e.Roles) == 0 {
			return entityParty{code: plover.Code{Country: land.Codes[0], Sector: ""}, land: !land.Part, known: true} // Sri Lanka, read as somebody
		}
		return r.codePerson(e)
	}
	if s, ok := r.body(e.Name); ok {
		return entityParty{code: partyCode(s), known: true}
	}
	country := linked(e)
	name, named := r.pack.Countries.Find(e.Name)
	switch e.Type {
	case "LOC":
		if named && name.Kind == lang.CountryByName && country != "" {
			return entityParty{code: plover.Code{Country: country, Sector: ""}, land: !name.Part, known: true}
		}
		return entityParty{code: plover.Code{Country: country, Sector: ""}, seat: true, known: country != ""}
	case "MISC":
		return entityParty{code: plover.Code{Country: country, Sector: ""}, known: country != ""}
	}
	if named && country != "" {
		return entityParty{code: plover.Code{Country: country, Sector: "GOV"}, known: true}
	}
	sector, known := r.sectorOfName(e.Name)
	return entityParty{code: plover.Code{Country: country, Sector: sector}, known: known}
}

// body is the code of a name of the tables, or of one that begins with it: FNV Zorg
// is of the FNV.
func (r *reading) body(name string) (string, bool) {
	if s, ok := r.words.Body(name); ok {
		return s, true
	}
	first, _, more := strings.Cut(name, " ")
	if !more || strings.ToUpper(first) != first || len(first) < 3 {
		return "", false
	}
	return r.words.Body(first)
}

// sectorOfName finds what a body is by the words of its name: Universiteit Leiden.
func (r *reading) sectorOfName(name string) (sector string, known bool) {
	for word := range strings.FieldsSeq(strings.ToLower(name)) {
		if s, ok := r.words.Actor(word); ok {
			return partyCode(s).Sector, true
		}
	}
	return "UNK", false
}

// codePerson goes by the offices that the article tells, then by the table.
func (r *reading) codePerson(e *document.Entity) entityParty {
	p := entityParty{person: true}
	body, listed := r.words.Body(e.Name)
	for _, role := range e.Roles {
		sector, ok := r.words.Office(role.Office)
		if !ok {
			continue
		}
		p.known = true
		p.code = plover.Code{Country: role.Country, Sector: sector}
		if s, ok := r.words.Body(role.Of); ok && role.Of != "" {
			p.code = r.ofBody(partyCode(s), sector)
			if p.code.Sector == "GOV" && role.Country != "" {
				p.code.Country = role.Country // departments have the same names everywhere
			} else if p.code.Sector == "GOV" && listed {
				p.code = partyCode(body)
			}
		}
		if p.code.Country == "" && role.Of != "" {
			p.code.Country = r.countryOf(role.Of)
		}
		if r.former(role.Text) {
			p.code.Sector = "ELI"
		}
		break
	}
	if listed && (!p.known || p.code.Country == "") {
		p.code, p.known = partyCode(body), true
	}
	if p.code.Sector == "" {
		p.code.Sector = "CVL"
	}
	return p
}

// ofBody is the code of one who holds an office of a body: whoever leads a party is
// of the party, a minister of the European Union is its government.
func (r *reading) ofBody(body plover.Code, sector string) plover.Code {
	if body.Sector == "" || sector == "GOV" && body.Country != "IGO" || body.Sector == "BUS" && sector == "LAB" { // a party's alderman governs
		return plover.Code{Country: body.Country, Sector: sector}
	}
	return body
}

// countryOf is the land of a place by name.
func (r *reading) countryOf(name string) string {
	for i := range r.a.Entities {
		if r.a.Entities[i].Name == name {
			return linked(&r.a.Entities[i])
		}
	}
	if c, ok := r.pack.Countries.Find(name); ok && len(c.Codes) == 1 {
		return c.Codes[0]
	}
	return ""
}

// former tells whether the text of an office says that it was held before.
func (r *reading) former(text string) bool {
	if r.pack.People == nil {
		return false
	}
	for word := range strings.FieldsSeq(text) {
		if r.pack.People.Modifies(strings.ToLower(word)) == lang.Former {
			return true
		}
		if o, ok := r.pack.People.Office(word); ok && o.Sense == lang.Former {
			return true
		}
	}
	return false
}

// partyAt tells who the words are that token i heads; false where they are nobody
// that takes part in events.
func (r *reading) partyAt(i int) (party, bool) {
	i = r.antecedent(i)
	if p, ok := r.pronoun(i); ok {
		return p, true
	}
	if e := r.entityAt(i); e >= 0 {
		if p, ok := r.entityParty(i, e); ok {
			return p, true
		}
	}
	if r.upos(i, "NOUN", "ADJ", "NUM", "PROPN", "SYM", "X", "VERB", "DET", "PRON") {
		return r.nounParty(i, 0)
	}
	return party{}, false
}

// entityAt is the entity that token i names or describes, also where its name
// stands beside: president Trump.
func (r *reading) entityAt(i int) int {
	e := int(r.named[i]) - 1
	if e < 0 {
		e = int(r.inside[i]) - 1
	}
	if e >= 0 && r.a.Entities[e].Type != "MISC" {
		return e
	}
	for c := range r.children(i) {
		if e < 0 && r.rel(c, "flat") && r.named[c] > 0 && r.upos(i, "DET") { // Het Witte Huis, of which the article heads the tree
			return int(r.named[c]) - 1
		}
		if r.beside(c) && !r.anyCase(c) && int(r.named[c])-1 >= 0 && r.a.Entities[r.named[c]-1].Type == "PER" {
			return int(r.named[c]) - 1
		}
		// "minister van Buitenlandse Zaken Lavrov": the name hangs on the department.
		if r.rel(c, "nmod") && r.upos(i, "NOUN") {
			for g := range r.children(c) {
				if r.exactly(g, "appos") && r.named[g] > 0 && r.a.Entities[r.named[g]-1].Type == "PER" {
					return int(r.named[g]) - 1
				}
			}
		}
	}
	return e
}

// beside tells whether a word stands beside its head without a preposition.
func (r *reading) beside(c int) bool {
	return r.exactly(c, "appos") || r.exactly(c, "flat") || r.exactly(c, "flat:name") || r.exactly(c, "nmod")
}

// entityParty is a party that is an entity. A noun that describes one may say more
// than the entity is known for.
func (r *reading) entityParty(i, e int) (party, bool) {
	p := party{token: i, entity: e, code: r.parties[e].code, place: r.parties[e].seat}
	if r.upos(i, "NOUN") && r.a.Entities[e].Type == "PER" && !r.parties[e].known {
		if described, ok := r.nounParty(i, 0); ok && described.code.Sector != "" {
			p.code = described.code
		}
	}
	if r.upos(i, "NOUN") && r.a.Entities[e].Type != "PER" {
		return party{}, false
	}
	if r.a.Entities[e].Type == "MISC" {
		if p.code.Country == "" {
			return party{}, false
		}
		p.code.Sector = r.inhabitants(i, p.code.Sector)
	}
	if p.place && p.code.Country == "" {
		return party{}, false
	}
	switch r.a.Entities[e].Type {
	case "LOC": // "in Brussel" is in a town, whatever body has its seat there
		if country := linked(&r.a.Entities[e]); country != "" && p.code.Sector != "" && r.standsWithin(i) {
			p.code, p.place = plover.Code{Country: country, Sector: ""}, true
		}
	case "ORG": // bodies of many lands have one name: het Zweedse Openbaar Ministerie
		if country := r.landOf(i); country != "" && p.code.Country == r.homeLand {
			p.code.Country = country
		}
	}
	return p, true
}

// inhabitants makes citizens of Syriërs and Nederlanders, whom no table knows.
func (r *reading) inhabitants(i int, sector string) string {
	if c, ok := r.pack.Countries.Find(r.text(i)); ok && sector == "" && c.Kind == lang.CountryByInhabitant {
		return "CVL"
	}
	return sector
}

// pronoun resolves pronouns that the entities leave open: ik and wij within
// quotations, zij for a group named before, beiden.
func (r *reading) pronoun(i int) (party, bool) {
	if !r.upos(i, "PRON") {
		return party{}, false
	}
	if e := int(r.named[i]) - 1; e >= 0 {
		return r.entityParty(i, e)
	}
	if q := int(r.quoteAt[i]) - 1; q >= 0 && r.pack.Quotes.Is(lang.SelfWord, r.lower[i]) {
		if s := r.a.Quotes[q].Speaker; s != nil {
			for e := range r.a.Entities {
				if r.a.Entities[e].ID == *s {
					return r.entityParty(i, e)
				}
			}
		}
		return party{}, false
	}
	p, ok := r.pack.People.Pronoun(r.lower[i])
	switch {
	case ok && p.Owner && r.exactly(i, "nmod:poss") && r.head(i) >= 0:
		return r.ownerByPronoun(r.head(i))
	case !ok || p.Owner:
		return party{}, false
	case p.Plural && r.pluralVerb(i):
		return r.noun(r.groups, i)
	}
	return r.noun(r.single, i)
}

// pluralVerb tells whether the verb of a subject is plural, which tells they from
// she where one form is both.
func (r *reading) pluralVerb(i int) bool {
	h := r.head(i)
	if h < 0 || !r.rel(i, "nsubj") || r.plural(h) {
		return true
	}
	finite := r.finite(h)
	for c := range r.children(h) {
		if r.rel(c, "aux", "cop") && r.finite(c) {
			finite = true
			if r.plural(c) {
				return true
			}
		}
	}
	return !finite
}

// noun is the last of a list of parties named before i, not in its own clause.
func (r *reading) noun(list []int32, i int) (party, bool) {
	before := sort.Search(len(list), func(k int) bool { return int(list[k]) >= i })
	for k := before - 1; k >= max(0, before-window); k-- {
		g := int(list[k])
		if r.head(g) == r.head(i) {
			continue
		}
		if r.sentence[i]-r.sentence[g] > 1 {
			break
		}
		p, ok := r.nounParty(g, 0)
		p.token = i
		return p, ok
	}
	return party{}, false
}

// sides gives the two parties that "beide leiders" stands for.
func (r *reading) sides(i int) []party {
	if !r.bothSides(i) {
		return nil
	}
	for c := range r.children(i) {
		if e := int(r.named[c]) - 1; e >= 0 && r.a.Entities[e].Type != "MISC" {
			return nil
		}
	}
	lists := [2][]placed{r.people, r.countries}
	if _, isOffice := r.pack.People.Office(r.lemma[i]); !isOffice {
		lists[0], lists[1] = lists[1], lists[0]
	}
	for _, list := range lists {
		if out := r.lastTwo(list, i); len(out) == 2 {
			return out
		}
	}
	return nil
}

// bothSides tells whether a noun says no more than that there are sides: beide partijen.
func (r *reading) bothSides(i int) bool {
	if !r.upos(i, "NOUN") || !r.plural(i) || !r.is(lang.PartyWord, i) {
		return false
	}
	for c := range r.children(i) {
		if r.words.Is(lang.BothWord, r.lower[c]) {
			return true
		}
	}
	return false
}

// lastTwo finds the two parties of different lands named most before i, of late; in
// the order in which the article names them.
func (r *reading) lastTwo(list []placed, i int) []party {
	before := sort.Search(len(list), func(k int) bool { return list[k].token >= i })
	recent := list[max(0, before-window):before]
	counts := map[int]int{}
	for _, p := range recent {
		counts[p.entity]++
	}
	var out []party
	for len(out) < 2 {
		best := -1
		for k := len(recent) - 1; k >= 0; k-- {
			e := recent[k].entity
			if len(out) == 1 && out[0].code.Country == r.parties[e].code.Country {
				continue
			}
			if best < 0 || counts[e] > counts[recent[best].entity] {
				best = k
			}
		}
		if best < 0 {
			return nil
		}
		out = append(out, party{token: recent[best].token, entity: recent[best].entity, code: r.parties[recent[best].entity].code})
	}
	if out[0].entity > out[1].entity {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

// maxNesting bounds the nouns within nouns that are looked at for a party.
const maxNesting = 3

// nounParty is a party told by a noun: de Franse politie, tientallen betogers.
func (r *reading) nounParty(i, depth int) (party, bool) {
	p := party{token: i, entity: -1}
	if inner, ok := r.memberOf(i, depth); ok {
		return inner, true
	}
	if r.is(lang.PeerWord, i) {
		if country := r.landOf(i); country != "" {
			p.code = plover.Code{Country: country, Sector: r.peerSector(i)}
			return p, true
		}
	}
	if s, ok := r.actorNoun(i); ok && r.upos(i, "NOUN", "PROPN", "ADJ", "VERB") {
		p.code = partyCode(s)
		p.code.Sector = r.bent(i, p.code.Sector)
		r.placeNoun(&p, i)
		return p, true
	}
	if e := int(r.named[i]) - 1; e >= 0 && r.parties[e].code.Country != "" && r.upos(i, "PROPN", "NOUN") {
		p.entity, p.code, p.place = e, r.parties[e].code, r.parties[e].seat // Koerden, Amerikanen
		p.code.Sector = r.inhabitants(i, p.code.Sector)
		return p, true
	}
	if depth >= maxNesting {
		return p, false
	}
	for c := range r.children(i) { // a group of, tens of
		if r.beside(c) && r.upos(c, "NOUN", "PROPN") && r.upos(i, "NOUN", "NUM") && (!r.anyCase(c) || r.hasOrigin(c) && r.words.Is(lang.MeasureWord, r.nounKey(i))) {
			if inner, ok := r.partyWithin(c, depth+1); ok {
				inner.token = i
				return inner, true
			}
		}
	}
	return p, false
}

// actorNoun is the code of a noun, with the adjective that makes another of it where
// the table has both: geheime dienst.
func (r *reading) actorNoun(i int) (string, bool) {
	key := r.nounKey(i)
	for c := range r.children(i) {
		if r.rel(c, "amod") && c < i {
			if s, ok := r.words.ActorPhrase(r.lemma[c], key); ok {
				return s, true
			}
		}
	}
	if s, ok := r.words.Actor(key); ok || !r.asNoun(i) {
		return s, ok
	}
	if s, ok := r.words.Actor(r.lower[i]); ok {
		return s, ok
	}
	return r.words.Actor(strings.TrimSuffix(r.lower[i], "n"))
}

// asNoun tells whether a verb or adjective stands where a noun would: een
// veroordeelde, Palestijnse jongeren.
func (r *reading) asNoun(i int) bool {
	switch {
	case r.upos(i, "VERB"):
		return r.anyCase(i) || r.nominal(i)
	case r.upos(i, "ADJ"):
		return r.rel(i, "nsubj", "obj", "iobj", "obl", "nmod", "conj")
	}
	return false
}

// landOf is the land that an adjective of a noun names, "" for none.
func (r *reading) landOf(i int) string {
	for c := range r.children(i) {
		if r.exactly(c, "amod") || r.exactly(c, "det") || r.exactly(c, "nmod:poss") {
			if country := r.adjective(c); country != "" {
				return country
			}
		}
	}
	return ""
}

// peerSector is the sector of whose peer a noun is: zijn Litouwse collega.
func (r *reading) peerSector(i int) string {
	for c := range r.children(i) {
		if r.exactly(c, "nmod:poss") {
			if p, ok := r.ownerByPronoun(i); ok && p.code.Sector != "" {
				return p.code.Sector
			}
		}
	}
	return "GOV"
}

// ownerByPronoun is the subject of the clause in which "zijn" or "hun" stands before
// noun i; false where the noun is within the subject itself.
func (r *reading) ownerByPronoun(i int) (party, bool) {
	if r.owning {
		return party{}, false
	}
	r.owning = true
	defer func() { r.owning = false }()
	below := i
	for v, steps := r.head(i), 0; v >= 0 && steps < maxClimb; v, steps = r.head(v), steps+1 {
		for s := range r.children(v) {
			if r.exactly(s, "nsubj") && s != below {
				return r.partyAt(s)
			}
		}
		if r.rel(below, "nsubj") {
			break
		}
		below = v
	}
	return party{}, false
}

// memberOf is the party whose member, leader or speaker a noun is: de leider van de
// oppositie, een woordvoerder van de politie.
func (r *reading) memberOf(i, depth int) (party, bool) {
	if depth >= maxNesting || !r.upos(i, "NOUN") || !r.words.Is(lang.MeasureWord, r.nounKey(i)) {
		return party{}, false
	}
	for c := range r.children(i) {
		if !r.exactly(c, "nmod") || !r.hasOrigin(c) {
			continue
		}
		if e := r.entityAt(c); e >= 0 {
			if known := r.parties[e].known; known && (r.a.Entities[e].Type == "ORG" || sworn(r.parties[e].code.Sector)) {
				return party{token: i, entity: -1, code: r.parties[e].code}, true
			}
			continue
		}
		if _, ok := r.actorNoun(c); ok {
			if inner, ok := r.nounParty(c, depth+1); ok {
				inner.token = i
				return inner, true
			}
		}
	}
	return party{}, false
}

// sworn tells whether those who follow somebody of a sector are of it themselves.
func sworn(sector string) bool {
	return fights(sector) || sector == "OPP" || sector == "PTY" || sector == "CRM"
}

// bent is a sector as adjectives bend it: gewapende mannen fight, a voormalige
// president governs no more.
func (r *reading) bent(i int, sector string) string {
	for c := range r.children(i) {
		switch {
		case !r.rel(c, "amod"):
		case sector == "CVL" && r.is(lang.ArmedWord, c):
			return "UAF"
		case official(sector) && r.pack.People.Modifies(r.lower[c]) == lang.Former:
			return "ELI"
		}
	}
	return sector
}

func (r *reading) partyWithin(c, depth int) (party, bool) {
	if e := r.entityAt(c); e >= 0 && !r.parties[e].seat && r.parties[e].known {
		return r.entityParty(c, e)
	}
	return r.nounParty(c, depth)
}

func (r *reading) hasOrigin(i int) bool {
	for c := range r.children(i) {
		if r.rel(c, "case") && r.words.Is(lang.OriginWord, r.lower[c]) {
			return true
		}
	}
	return false
}

// placeNoun gives a noun its land: that of its adjective, of the place or body it
// is of, of the first part of a compound, or else that where things happen.
func (r *reading) placeNoun(p *party, i int) {
	if p.code.Country != "" {
		return
	}
	if p.code.Country = r.landOf(i); p.code.Country != "" {
		if p.code.Sector == "UNK" {
			p.code.Sector = "GOV" // het Griekse bestuur
		}
		return
	}
	if r.placeByPronoun(p, i) || r.placeByPrefix(p, i) {
		return
	}
	for c := range r.children(i) {
		e := r.entityAt(c)
		if e < 0 || !r.beside(c) && !r.exactly(c, "obl") && !r.exactly(c, "nmod:poss") || !r.known(e) {
			if country := r.landOf(c); country != "" && r.exactly(c, "nmod") && r.anyCase(c) {
				p.code.Country = country // in de Syrische provincie
				return
			}
			continue
		}
		of := r.parties[e].code
		if of.Country == "IGO" || of.Country == "NGO" || of.Country == "IMG" {
			p.code = of
			return
		}
		if r.a.Entities[e].Type == "ORG" && (p.code.Sector == "GOV" && of.Sector != "MIL" || p.code.Sector == "UNK") && of.Sector != "" && of.Sector != "UNK" {
			p.code = of // het ministerie van Defensie is no army
			return
		}
		if fights(of.Sector) && p.code.Sector == "CVL" {
			p.code = of // vrouwen van Boko Haram
			return
		}
		if of.Country != "" && of.Country != p.code.Country {
			p.code.Country = of.Country
			return
		}
	}
	if p.code.Country = r.landBehind(i); p.code.Country != "" {
		return
	}
	if r.exactly(i, "conj") && r.head(i) >= 0 {
		if p.code.Country = r.landBeside(r.head(i)); p.code.Country != "" {
			return
		}
	}
	if p.code.Country = r.landAround(i); p.code.Country == "" || stately(p.code.Sector) {
		p.code.Country, p.guess = r.home, true
	}
}

// placeByPrefix gives a compound what stands before its hyphen: EU-ministers.
func (r *reading) placeByPrefix(p *party, i int) bool {
	before, _, ok := strings.Cut(r.text(i), "-")
	if !ok {
		return false
	}
	if s, ok := r.words.Body(before); ok {
		p.code = r.ofBody(partyCode(s), p.code.Sector)
		return true
	}
	if c, ok := r.pack.Countries.Find(before); ok && len(c.Codes) == 1 {
		p.code.Country = c.Codes[0]
		return true
	}
	return false
}

// stately tells whether a sector is of those who may act outside their own land.
func stately(sector string) bool {
	switch sector {
	case "GOV", "LEG", "MIL", "SPY", "PTY", "OPP", "REB", "UAF":
		return true
	}
	return false
}

// placeByPronoun gives "zijn mannen" the land of their owner, and makes fighters of
// the people of one who fights.
func (r *reading) placeByPronoun(p *party, i int) bool {
	for c := range r.children(i) {
		if !r.exactly(c, "nmod:poss") || !r.upos(c, "PRON") {
			continue
		}
		of, ok := r.ownerByPronoun(i)
		if !ok || of.code.Country == "" {
			return false
		}
		p.code.Country = of.code.Country
		if fights(of.code.Sector) && (p.code.Sector == "CVL" || p.code.Sector == "MIL") {
			p.code = of.code
		}
		return true
	}
	return false
}

// landBehind is the land of the place that stands just behind a noun, wherever the
// tree has it: de Koerden in Irak.
func (r *reading) landBehind(i int) string {
	if i+1 >= len(r.tokens) || !r.within(i+1) || !r.rel(i+1, "case") {
		return ""
	}
	if h := r.head(i + 1); h > i && r.named[h] > 0 && r.a.Entities[r.named[h]-1].Type == "LOC" {
		return r.parties[r.named[h]-1].code.Country
	}
	return ""
}

// landBeside is the land of what a noun is coordinated with: the opposition of
// "de Venezolaanse regering en oppositie" is of Venezuela.
func (r *reading) landBeside(h int) string {
	if e := r.entityAt(h); e >= 0 && r.parties[e].land {
		return r.parties[e].code.Country
	}
	return r.landOf(h)
}

// landAround is the land of the places behind in, te or the like in the sentence of a
// token; "" for none or several.
func (r *reading) landAround(i int) string {
	if known, ok := r.lands[r.sentence[i]]; ok {
		return known
	}
	s := &r.a.Sentences[r.sentence[i]]
	country := ""
	for t := s.First; t < s.Last; t++ {
		e := int(r.named[t]) - 1
		if e < 0 || r.a.Entities[e].Type != "LOC" || r.parties[e].code.Country == "" || !r.standsWithin(t) {
			continue
		}
		if country != "" && country != r.parties[e].code.Country {
			country = ""
			break
		}
		country = r.parties[e].code.Country
	}
	r.lands[r.sentence[i]] = country
	return country
}

// fights tells whether a sector is of those who fight without a state.
func fights(sector string) bool { return sector == "REB" || sector == "UAF" || sector == "PRM" }

func (r *reading) known(e int) bool { return r.parties[e].known || r.parties[e].code.Country != "" }

// adjective is the country of an adjective or possessor: Franse, Frankrijks.
func (r *reading) adjective(i int) string {
	if e := int(r.named[i]) - 1; e >= 0 {
		if c := linked(&r.a.Entities[e]); c != "" {
			return c
		}
	}
	if c, ok := r.pack.Countries.Find(r.text(i)); ok && len(c.Codes) == 1 && c.Kind != lang.CountryByInhabitant {
		return c.Codes[0]
	}
	if s, ok := r.words.Body(r.text(i)); ok && partyCode(s).Sector == "" {
		return partyCode(s).Country // Antwerpse
	}
	return ""
}
