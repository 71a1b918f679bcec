package entity

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"telex/internal/lang"
)

// nominal adds the phrase of an office as a mention of e.
func (r *reading) nominal(e *entity, o *office) {
	r.told[o.token] = true
	e.mentions = append(e.mentions, mention{span: r.span(o.open, o.last), form: byNoun, token: o.token})
}

// findNominals joins descriptions with the entities that they stand for: de
// Amerikaanse president, de VVD-leider, de Argentijn, de club; and what a short
// form in brackets stands for.
func (r *reading) findNominals() {
	d := describer{reading: r, last: map[*entity]int{}, byOffice: map[string][]*entity{}, byNation: map[string][]*entity{}, byNoun: map[string][]*entity{}}
	d.index()
	next := 0
	for i := range r.tokens {
		for next < len(r.names) && r.names[next].first <= i {
			d.seen(r.names[next].entity, r.names[next].first)
			next++
		}
		if r.told[i] {
			continue
		}
		if r.looked == maxPronouns {
			r.tooMany()
			return
		}
		d.describe(i)
	}
	r.expansions()
}

func (r *reading) tooMany() {
	explain(r.a, fmt.Sprintf("cut: only the first %d descriptions and pronouns were looked at", maxPronouns))
}

// describer finds entities by what the text says of them.
type describer struct {
	*reading
	last     map[*entity]int // token of the latest mention
	byOffice map[string][]*entity
	byNation map[string][]*entity
	byNoun   map[string][]*entity
}

// index files the entities by office, nation and noun; of each at most maxRivals.
func (d *describer) index() {
	add := func(m map[string][]*entity, key string, e *entity) {
		if list := m[key]; key != "" && len(list) < maxRivals && (len(list) == 0 || list[len(list)-1] != e) {
			m[key] = append(list, e)
		}
	}
	for _, e := range d.entities {
		for i := range e.roles {
			add(d.byOffice, e.roles[i].Office, e)
			add(d.byNation, e.roles[i].Country, e)
		}
		add(d.byNation, e.nation, e)
		for _, noun := range e.nouns {
			add(d.byNoun, noun, e)
		}
	}
}

func (d *describer) seen(e *entity, token int) { d.last[e] = token }

// describe reads token i as the head of a description.
func (d *describer) describe(i int) {
	if n := d.named(i); n != nil {
		if n.typ == other && n.last == i+1 && n.form.lands {
			d.inhabitantAt(n)
		}
		if n.typ != other {
			return
		}
	}
	if d.plural(i) {
		return
	}
	if o, ok := d.officeAt(i); ok {
		if !o.definite || o.negated || d.beforeName(o.last, len(d.tokens)) {
			return
		}
		d.looked++
		if e := d.holder(&o); e != nil {
			d.seen(e, i)
			d.nominal(e, &o)
		}
		return
	}
	if d.tokens[i].UPOS == "NOUN" {
		d.noun(i)
	}
}

// holder is the person whom an office stands for: one that holds it for the same
// country and body, the latest before it, else the first after it if the
// country or body is said.
func (d *describer) holder(o *office) *entity {
	var best *entity
	known := o.Country != "" || o.Of != ""
	try := func(list []*entity) {
		for _, e := range list {
			at, named := d.last[e]
			if !named && !known || !d.fits(e, o) || o.Gender != lang.AnyGender && e.gender != lang.AnyGender && o.Gender != e.gender {
				continue
			}
			if best == nil || at > d.last[best] {
				best = e
			}
		}
	}
	try(d.byOffice[o.ID])
	if best == nil && o.Country != "" {
		try(d.byNation[o.Country])
	}
	return best
}

// fits tells whether e holds the office as a description says it.
func (d *describer) fits(e *entity, o *office) bool {
	for i := range e.roles {
		held := &e.roles[i]
		if !d.people.Covers(o.ID, held.Office) || o.Sense == lang.Former && held.sense != lang.Former || o.Sense == lang.Present && held.sense == lang.Former {
			continue
		}
		if o.Country != "" && held.Country != "" && o.Country != held.Country {
			continue
		}
		if o.Country != "" && held.Country == "" && held.Of != "" && o.ID != held.Office {
			continue
		}
		if o.Of == "" || held.of != nil && held.of == o.of || strings.EqualFold(o.Of, held.Of) {
			return true
		}
	}
	return false
}

// inhabitantAt reads a name such as Argentijn behind an article as a person of
// that nation whom the text has told.
func (d *describer) inhabitantAt(n *name) {
	i := n.first
	first, _ := d.bounds(i)
	if n.form.land.Kind != lang.CountryByInhabitant && d.tokens[i].UPOS != "NOUN" || i == first || !d.is(lang.Definite, i-1) || d.plural(i) || len(n.form.land.Codes) != 1 {
		return
	}
	if i+1 < len(d.tokens) && d.sentence[i+1] == d.sentence[i] && (d.named(i+1) != nil || d.tokens[i+1].UPOS == "NOUN" || d.tokens[i+1].UPOS == "ADJ") {
		return
	}
	var best *entity
	for _, e := range d.byNation[n.form.land.Codes[0]] {
		if at, named := d.last[e]; named && e.typ == person && (best == nil || at > d.last[best]) {
			best = e
		}
	}
	if best == nil {
		return
	}
	d.looked++
	d.seen(best, i)
	best.mentions = append(best.mentions, mention{span: d.span(i-1, i+1), form: byNoun, token: i})
}

// noun reads a definite noun by which the text classed a name before: de club.
func (d *describer) noun(i int) {
	first, _ := d.bounds(i)
	open := i - 1
	for open >= first && open > i-4 && d.tokens[open].UPOS == "ADJ" && d.named(open) == nil {
		open--
	}
	if open < first || !d.is(lang.Definite, open) || d.beforeAnyName(i+1) {
		return
	}
	d.looked++
	var best *entity
	for _, e := range d.byNoun[d.lower[i]] {
		if at, named := d.last[e]; named && (best == nil || at > d.last[best]) {
			best = e
		}
	}
	if best == nil {
		return
	}
	d.told[i] = true
	d.seen(best, i)
	best.mentions = append(best.mentions, mention{span: d.span(open, i+1), form: byNoun, token: i})
}

// beforeAnyName tells whether a name begins at token t of the same sentence, or
// the phrase goes on there.
func (d *describer) beforeAnyName(t int) bool {
	if t >= len(d.tokens) || d.sentence[t] != d.sentence[t-1] {
		return false
	}
	return d.named(t) != nil || d.is(lang.Of, t)
}

// expansions finds what a short form in brackets stands for where that has no
// capitals, and is no name: gedemilitariseerde zone (DMZ).
func (r *reading) expansions() {
	for i := range r.names {
		n := &r.names[i]
		if n.typ == person || n.first < 2 || r.text(n.first-1) != "(" || !isAcronym(n.form.text) || r.nameAt[n.first-2] != 0 {
			continue
		}
		from, _ := r.bounds(n.first)
		words := make([]string, 0, maxExpansion)
		for t := n.first - 2; t >= max(from, n.first-1-maxExpansion); t-- {
			if upos := r.tokens[t].UPOS; upos != "NOUN" && upos != "ADJ" && upos != "ADP" && upos != "PROPN" && upos != "VERB" {
				break
			}
			words = append([]string{r.lower[t]}, words...)
			if shortens(n.form.text, words) {
				n.entity.mentions = append(n.entity.mentions, mention{span: r.span(t, n.first-1), form: byNoun, token: n.first - 2})
				break
			}
		}
	}
}

const maxExpansion = 8 // words that a short form stands for

// shortens tells whether a short form may stand for a phrase: its letters stand in
// the words in their order, the last at the beginning of the last word.
func shortens(short string, words []string) bool {
	letters := strings.ToLower(strings.ReplaceAll(short, ".", ""))
	if len(words) < 2 || len(letters) < minAcronym {
		return false
	}
	last, size := utf8.DecodeLastRuneInString(letters)
	rest, end := strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	if first, _ := utf8.DecodeRuneInString(end); first != last {
		return abbreviates(short, words)
	}
	for _, c := range letters[:len(letters)-size] {
		i := strings.IndexRune(rest, c)
		if i < 0 {
			return false
		}
		rest = rest[i+utf8.RuneLen(c):]
	}
	return true
}
