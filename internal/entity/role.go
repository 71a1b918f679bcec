package entity

import (
	"slices"
	"strings"

	"telex/internal/document"
	"telex/internal/lang"
)

// Reach of the looks around a name, in tokens.
const (
	maxComplement = 12 // of what an office is of: "van het ministerie van ..."
	maxModifiers  = 8  // adjectives and other words before an office
	maxBrackets   = 12 // between brackets behind a name
)

// office is one word for an office in the text, with all that belongs to it.
type office struct {
	document.Role
	lang.Office
	token       int  // the noun
	first, last int  // tokens of Role.Text
	open        int  // the first token of the whole phrase, its article if there is one
	definite    bool // it speaks of someone known
	negated     bool // or of no one
	of          *entity
}

// findRoles gives people the offices that the text ties to their names.
func (r *reading) findRoles() {
	for i := range r.names {
		n := &r.names[i]
		if n.typ == person {
			r.titles(n)
			r.appositions(n)
		} else {
			r.classes(n)
		}
	}
	for i := range r.tokens {
		if r.told[i] || r.tokens[i].Deprel == "" {
			continue
		}
		n := r.predicated(i)
		if n == nil {
			n = r.subjectBeside(i)
		}
		if n != nil {
			if o, ok := r.officeAt(i); ok && !o.negated && !r.plural(i) {
				r.hold(n.entity, &o)
			}
		}
	}
}

// hold gives e the office.
func (r *reading) hold(e *entity, o *office) {
	r.told[o.token] = true
	if e.gender == lang.AnyGender {
		e.gender = o.Gender
	}
	for i := range e.roles {
		old := &e.roles[i]
		if old.Office != o.ID || o.Country != "" && old.Country != "" && old.Country != o.Country || o.Of != "" && old.Of != "" && old.Of != o.Of {
			continue
		}
		if old.Country == "" && old.Of == "" && o.Country+o.Of != "" {
			old.Text, old.Of, old.of, old.Country = o.Text, o.Of, o.of, o.Country
		}
		return
	}
	if len(e.roles) < maxRoles {
		e.roles = append(e.roles, role{document.Role{Text: o.Text, Office: o.ID, Country: o.Country, Of: o.Of}, o.of, o.Sense})
	}
}

// officeAt reads the word at i as an office.
func (r *reading) officeAt(i int) (office, bool) {
	o := office{token: i, first: i, last: i + 1, open: i}
	if n := r.named(i); n != nil && (n.typ != other || n.last != n.first+1) {
		return o, false
	}
	var ok bool
	if o.Office, o.last, ok = r.officeWord(i); !ok {
		return o, false
	}
	o.Role.Office = o.ID
	r.before(&o)
	r.modifiers(&o)
	r.complement(&o)
	o.Text = strings.Join(strings.Fields(r.a.Raw[r.tokens[o.first].Span.Start:r.tokens[o.last-1].Span.End]), " ")
	return o, true
}

// officeWord is what a token says of an office.
type officeWord struct {
	office lang.Office
	last   int // behind its words
}

// officeWord looks token i up, once: a phrase that begins or ends with it, the
// word as written, its lemma.
func (r *reading) officeWord(i int) (o lang.Office, last int, ok bool) {
	if r.officeOf[i] == 0 {
		r.officeOf[i] = -1
		if o, last, ok := r.findOffice(i); ok {
			r.offices = append(r.offices, officeWord{o, last})
			r.officeOf[i] = int32(len(r.offices))
		}
	}
	if r.officeOf[i] < 0 {
		return o, i + 1, false
	}
	w := &r.offices[r.officeOf[i]-1]
	return w.office, w.last, true
}

func (r *reading) findOffice(i int) (o lang.Office, last int, ok bool) {
	first, end := r.bounds(i)
	if o, n := r.people.Phrase(r.lower[i:min(end, i+lang.MaxPhrase)]); n > 0 {
		return o, i + n, true
	}
	if i > first {
		if o, n := r.people.Phrase(r.lower[i-1 : i+1]); n == 2 {
			return o, i + 1, true
		}
	}
	t := &r.tokens[i]
	switch t.UPOS {
	case "NOUN", "PROPN", "X", "":
	case "ADJ":
		if r.nameAt[i] == 0 {
			return o, i + 1, false
		}
	default:
		return o, i + 1, false
	}
	if o, ok = r.people.Office(r.text(i)); ok {
		return o, i + 1, true
	}
	if t.Lemma != "" && t.Lemma != "_" && t.Lemma != r.lower[i] {
		o, ok = r.people.Office(t.Lemma)
	}
	return o, i + 1, ok
}

// before reads what a compound has before its office: VVD-leider, VS-gezant.
func (r *reading) before(o *office) {
	b := o.Office.Before
	if !capital(b) {
		return
	}
	if c, ok := r.countries.Find(b); ok && len(c.Codes) == 1 {
		o.Country = c.Codes[0]
		return
	}
	if r.named(o.token) != nil || isAcronym(b) || !r.startsSentence(o.token) {
		o.Of = b
	}
}

// startsSentence tells whether only marks stand before token i in its sentence.
func (r *reading) startsSentence(i int) bool {
	first, _ := r.bounds(i)
	for t := first; t < i; t++ {
		if r.tokens[t].UPOS != "PUNCT" {
			return false
		}
	}
	return true
}

// modifiers reads the words before an office: de voormalige Franse.
func (r *reading) modifiers(o *office) {
	from, _ := r.bounds(o.token)
	from = max(from, o.token-maxModifiers)
	for t := o.token - 1; t >= from; t-- {
		if n := r.named(t); n != nil {
			if !r.nation(o, n) {
				return
			}
			t = n.first
			o.first, o.open = t, t
			continue
		}
		switch {
		case r.is(lang.Definite, t):
			o.open, o.definite = t, true
			return
		case r.is(lang.Negative, t):
			o.negated = true
			return
		case r.is(lang.Indefinite, t):
			o.negated = o.negated || r.is(lang.Negative, t)
			return
		case r.people.Modifies(r.lower[t]) != "":
			o.first, o.open, o.Sense = t, t, r.people.Modifies(r.lower[t])
		case r.tokens[t].UPOS == "ADJ" || r.tokens[t].UPOS == "NUM":
			o.open = t
		default:
			return
		}
	}
}

// nation reads a name right before an office or among its adjectives: Franse,
// Frankrijks, Ajax; false when it does not belong there.
func (r *reading) nation(o *office, n *name) bool {
	if f := n.form; f.lands && len(f.land.Codes) == 1 {
		if f.typ == other && f.land.Kind == lang.CountryByInhabitant && r.tokens[n.last-1].UPOS == "NOUN" && n.last == o.token && r.plural(n.last-1) {
			return false
		}
		if o.Country == "" {
			o.Country = f.land.Codes[0]
		}
		return true
	}
	if n.typ == other {
		return r.tokens[n.last-1].UPOS == "ADJ" && n.last == n.first+1
	}
	if (n.typ == organisation || n.typ == place) && n.last == o.first && o.Of == "" && o.first == o.token {
		o.Of, o.of = n.form.text, n.entity
		return true
	}
	return false
}

// complement reads what an office is of: van de NS, van Buitenlandse Zaken, bij
// het Amerikaanse ministerie van Defensie; before it may stand a field: hoogleraar
// strafrecht aan.
func (r *reading) complement(o *office) {
	_, end := r.bounds(o.token)
	t := o.last
	if t+1 < end && r.tokens[t].UPOS == "NOUN" && r.named(t) == nil && r.is(lang.Of, t+1) {
		t++
	}
	if t >= end || !r.is(lang.Of, t) || r.named(t) != nil {
		return
	}
	end = min(end, t+maxComplement)
	for t++; t < end; t++ {
		next := r.complementWord(o, t, end)
		if next < 0 {
			return
		}
		if next > t+1 || r.named(t) != nil {
			if next >= end || !r.is(lang.Of, next) && o.last == next {
				return
			}
			t = next - 1
		}
	}
}

// complementWord reads token t of a complement and gives the token behind what it
// read; -1 where the complement ends.
func (r *reading) complementWord(o *office, t, end int) int {
	if n := r.named(t); n != nil {
		if !r.complementName(o, n) {
			return -1
		}
		if n.typ != other || o.Of != "" {
			o.last = n.last
		}
		return n.last
	}
	switch upos := r.tokens[t].UPOS; {
	case capital(r.text(t)) && (upos == "PROPN" || upos == "NOUN" || upos == "ADJ"):
		stop := r.capitals(t, end)
		if o.Of == "" {
			o.Of = strings.Join(strings.Fields(r.a.Raw[r.tokens[t].Span.Start:r.tokens[stop-1].Span.End]), " ")
		}
		o.last = stop
		return stop
	case upos == "NOUN" && o.Of == "" && r.people.Organisation(r.lower[t]):
		if t+2 >= end || !r.is(lang.Of, t+1) && r.named(t+1) == nil { // a name behind it says more
			o.Of, o.last = r.lower[t], t+1
		}
		return t + 1
	case r.is(lang.Of, t) || upos == "NOUN" || upos == "ADJ" || upos == "NUM" || r.is(lang.Definite, t) || r.is(lang.Indefinite, t):
		return t + 1
	}
	return -1
}

// complementName takes a name as what the office is of; false when the office has that.
func (r *reading) complementName(o *office, n *name) bool {
	f := n.form
	switch {
	case f.lands && len(f.land.Codes) == 1 && (f.typ == other || f.land.Kind == lang.CountryByName && f.typ == place):
		if o.Country == "" {
			o.Country = f.land.Codes[0]
		}
		return f.typ == place || o.Of == ""
	case o.Of != "":
		return false
	case f.typ == other:
		return r.tokens[n.last-1].UPOS == "ADJ"
	}
	o.Of, o.of = f.text, n.entity
	return true
}

// capitals is where a run of words with capitals ends that no label made a name:
// Onderwijs, Cultuur en Wetenschap.
func (r *reading) capitals(t, end int) int {
	for t++; t < end && r.named(t) == nil; t++ {
		joint := r.is(lang.And, t) || r.text(t) == ","
		if joint && t+1 < end && capital(r.text(t+1)) && r.named(t+1) == nil {
			continue
		}
		if !capital(r.text(t)) {
			break
		}
	}
	return t
}

// titles reads what stands before the name of a person.
func (r *reading) titles(n *name) {
	from, _ := r.bounds(n.first)
	t := n.first - 1
	for t >= from && r.address(t) {
		t--
	}
	if t < from || r.explained(n, t) || r.exampled(n, t) {
		return
	}
	if o, ok := r.titleAt(t); ok {
		r.give(n, &o)
		return
	}
	if at := r.named(t); at != nil && at.typ == other {
		r.inhabitant(n, at)
		return
	}
	if g, _, ok := r.people.Person(r.lower[t]); ok {
		if n.entity.gender == lang.AnyGender {
			n.entity.gender = g
		}
		return
	}
	if r.tokens[t].UPOS == "NOUN" && r.named(t) == nil && !r.plural(t) {
		n.entity.class(r.lower[t])
	}
	if !r.fieldBefore(n, t) {
		r.titleBefore(n, t)
	}
}

// explained reads a definite phrase that the name explains between commas: de
// burgemeester van Assen, Lotte Vink, ...
func (r *reading) explained(n *name, t int) bool {
	from, end := r.bounds(n.first)
	if r.text(t) != "," || n.last < end && !strings.Contains(",.;:)(", r.text(n.last)) {
		return false
	}
	for i := t - 1; i >= max(from, t-maxComplement); i-- {
		if r.tokens[i].UPOS == "VERB" || r.text(i) == "," {
			break
		}
		o, ok := r.officeAt(i)
		if !ok {
			continue
		}
		if o.last == t && o.definite && !o.negated && !r.plural(i) && !r.told[i] {
			r.hold(n.entity, &o)
			r.nominal(n.entity, &o)
		}
		break
	}
	return true
}

// exampled reads names that are examples of an office: schrijvers als Bos en Kok.
func (r *reading) exampled(n *name, t int) bool {
	from, _ := r.bounds(n.first)
	if t-1 < from || !r.is(lang.As, t) || !r.plural(t-1) {
		return false
	}
	o, ok := r.officeAt(t - 1)
	if !ok || o.last != t {
		return false
	}
	r.give(n, &o)
	return true
}

// maxField is how many words a field of study or work may have.
const maxField = 4

// fieldBefore reads an office with its field before a name: hoogleraar Nederlandse
// letterkunde Ria Blok.
func (r *reading) fieldBefore(n *name, t int) bool {
	from, _ := r.bounds(n.first)
	for i := t; i >= max(from, t-maxField); i-- {
		if o, ok := r.officeAt(i); ok {
			if i == t || o.negated || o.last > n.first || r.plural(i) {
				return false
			}
			r.give(n, &o)
			return true
		}
		switch r.tokens[i].UPOS {
		case "NOUN", "ADJ", "CCONJ":
		default:
			return false
		}
	}
	return false
}

// titleAt reads an office whose last word is right before a name.
func (r *reading) titleAt(t int) (office, bool) {
	o, ok := r.officeAt(t)
	if ok && o.last == t+1 && !o.negated {
		return o, true
	}
	for first := t - 1; first >= max(0, t-lang.MaxPhrase+1); first-- {
		if _, last, found := r.officeWord(first); !found || last != t+1 {
			continue
		}
		if p, found := r.officeAt(first); found && p.last == t+1 && !p.negated && p.token < t {
			return p, true
		}
	}
	return o, ok && !o.negated && o.last <= t+1
}

// titleBefore reads an office with its complement before a name: minister van
// Buitenlandse Zaken Stef Blok.
func (r *reading) titleBefore(n *name, t int) {
	from, _ := r.bounds(n.first)
	from = max(from, t-maxComplement)
	for i := t; i > from; i-- {
		if !r.is(lang.Of, i) {
			if upos := r.tokens[i].UPOS; upos == "VERB" || upos == "AUX" || upos == "PRON" || upos == "SCONJ" || upos == "ADV" {
				return
			}
			continue
		}
		for head := i - 1; head >= max(from, i-2); head-- { // a field may stand between
			o, ok := r.officeAt(head)
			if ok && !o.negated && o.last == n.first && !r.told[o.token] {
				r.give(n, &o)
				return
			}
		}
	}
}

// address tells whether token t is a form of address.
func (r *reading) address(t int) bool {
	_, address, ok := r.people.Person(r.lower[t])
	return ok && address
}

// give ties an office before a name to it and, where the office is in the plural,
// to the names joined with it: de ministers Kaag en Hoekstra.
func (r *reading) give(n *name, o *office) {
	if o.of == n.entity {
		return
	}
	r.hold(n.entity, o)
	r.party(n, o)
	if !r.plural(o.token) {
		r.joined(n, o)
		return
	}
	i := slices.IndexFunc(r.names[r.nameAt[n.first]-1:], func(m name) bool { return m.first > n.first })
	if i < 0 {
		return
	}
	at := n.last
	for rest := r.names[int(r.nameAt[n.first])-1+i:]; len(rest) > 0; rest = rest[1:] {
		m := &rest[0]
		if m.first-at > 4 || r.sentence[m.first] != r.sentence[n.first] {
			return
		}
		if m.typ != person {
			if m.first > 0 && r.text(m.first-1) == "(" {
				at = m.last
				continue
			}
			return
		}
		if before := m.first - 1; !r.is(lang.And, before) && r.text(before) != "," {
			return
		}
		again := *o
		again.Of, again.of = "", nil
		r.hold(m.entity, &again)
		r.party(m, &again)
		at = m.last
	}
}

// joined reads an office that stands before another of the same person: journalist
// en schrijver James Smit.
func (r *reading) joined(n *name, o *office) {
	from, _ := r.bounds(o.token)
	if o.open-2 < from || !r.is(lang.And, o.open-1) || o.definite {
		return
	}
	if first, ok := r.officeAt(o.open - 2); ok && !first.negated && first.last == o.open-1 && !r.plural(first.token) {
		r.hold(n.entity, &first)
	}
}

// party reads the body behind a name, between brackets or after a preposition,
// where its office has none yet: Kamerlid Jansen (CDA), minister Smit van Justitie.
func (r *reading) party(n *name, o *office) {
	_, end := r.bounds(n.first)
	t := n.last
	if o.Of != "" || t+1 >= end || r.text(t) != "(" && !r.is(lang.Of, t) {
		return
	}
	bracket := r.text(t) == "("
	t++
	if !bracket && t+1 < end && r.is(lang.Definite, t) {
		t++
	}
	of, entity := "", (*entity)(nil)
	if m := r.named(t); m != nil && m.typ == organisation {
		of, entity = m.form.text, m.entity
	} else if m == nil && capital(r.text(t)) && r.tokens[t].UPOS != "DET" && !bracket {
		of = strings.Join(strings.Fields(r.a.Raw[r.tokens[t].Span.Start:r.tokens[r.capitals(t, end)-1].Span.End]), " ")
	}
	for i := range n.entity.roles {
		if e := &n.entity.roles[i]; of != "" && e.Office == o.ID && e.Of == "" {
			e.Of, e.of = of, entity
		}
	}
}

// appositions reads offices behind a name, after a comma or between brackets:
// Jansen (45), voorzitter van de bond en oud-minister.
func (r *reading) appositions(n *name) {
	_, end := r.bounds(n.first)
	t := n.last
	if t < end && r.text(t) == "(" {
		t = r.brackets(n, t, end)
	}
	if t >= end || r.text(t) != "," {
		return
	}
	for t++; t < end; {
		head := r.apposed(t, min(end, t+maxModifiers))
		if head < 0 {
			return
		}
		o, ok := r.officeAt(head)
		if !ok || o.negated || r.plural(head) || r.beforeName(o.last, end) {
			return
		}
		r.hold(n.entity, &o)
		r.nominal(n.entity, &o)
		t = o.last
		for t+1 < end && t < o.last+maxField && r.tokens[t].UPOS == "NOUN" && r.named(t) == nil { // its field
			t++
		}
		if t >= end || !r.is(lang.And, t) {
			return
		}
		t++
	}
}

// beforeName tells whether the phrase that ends at t is the title of the next name.
func (r *reading) beforeName(t, end int) bool {
	if t >= end {
		return false
	}
	n := r.named(t)
	return n != nil && n.typ == person
}

// apposed finds the office in a phrase that begins at t: de voormalige Franse
// president; -1 when something else comes first.
func (r *reading) apposed(t, end int) int {
	for ; t < end; t++ {
		if _, _, ok := r.officeWord(t); ok && (r.named(t) == nil || r.named(t).typ == other) {
			return t
		}
		n := r.named(t)
		upos := r.tokens[t].UPOS
		switch {
		case n != nil && n.typ != other:
			return -1
		case n != nil, upos == "ADJ", upos == "NUM", upos == "ADV", upos == "DET", r.is(lang.Definite, t), r.is(lang.Indefinite, t):
		default:
			return -1
		}
	}
	return -1
}

// brackets reads an office between brackets behind a name and gives what follows them.
func (r *reading) brackets(n *name, t, end int) int {
	first := t + 1
	for t = first; t < min(end, first+maxBrackets) && r.text(t) != ")"; t++ {
		if r.told[t] || t > first && r.text(t-1) != "," && r.text(t-1) != "(" {
			continue
		}
		if o, ok := r.officeAt(t); ok && !o.negated && !r.plural(t) && !r.beforeName(o.last, end) {
			r.hold(n.entity, &o)
		}
	}
	return min(t+1, end)
}

// predicated is the person of whom token i is said: Jansen is voorzitter; as
// president; the clause that begins with who.
func (r *reading) predicated(i int) *name {
	if _, _, ok := r.officeWord(i); !ok {
		return nil
	}
	first, end := r.bounds(i)
	copula, subject, as := false, -1, false
	for t := max(first, i-maxClause); t < min(end, i+maxClause); t++ {
		if r.head(t) != i {
			continue
		}
		switch rel := r.tokens[t].Deprel; {
		case rel == "cop":
			copula = true
		case strings.HasPrefix(rel, "nsubj"):
			subject = t
		case rel == "case" || rel == "mark":
			as = as || r.is(lang.As, t)
		case r.is(lang.Negative, t):
			return nil
		}
	}
	if as && !copula && r.head(i) >= 0 {
		return r.person(r.subjectOf(r.head(i)))
	}
	if !copula || subject < 0 {
		return nil
	}
	if h := r.head(i); r.is(lang.Relative, subject) && strings.HasPrefix(r.tokens[i].Deprel, "acl") && h >= 0 {
		subject = h
	}
	return r.person(subject)
}

// subjectBeside is the person whom an office is said to be, where the office is
// the subject: de eigenaar is Jan Smit.
func (r *reading) subjectBeside(i int) *name {
	if !strings.HasPrefix(r.tokens[i].Deprel, "nsubj") {
		return nil
	}
	n := r.person(r.head(i))
	if n == nil {
		return nil
	}
	h := r.head(i)
	first, end := r.bounds(i)
	for t := max(first, h-maxClause); t < min(end, h+maxClause); t++ {
		if r.head(t) == h && r.tokens[t].Deprel == "cop" {
			return n
		}
	}
	return nil
}

// maxClause is how far from a word its dependents are looked for, in tokens.
const maxClause = 40

// subjectOf finds the subject of a verb, -1 without one.
func (r *reading) subjectOf(verb int) int {
	first, end := r.bounds(verb)
	for t := max(first, verb-maxClause); t < min(end, verb+maxClause); t++ {
		if r.head(t) == verb && strings.HasPrefix(r.tokens[t].Deprel, "nsubj") {
			return t
		}
	}
	return -1
}

// person is the name of a person that holds token i, nil for none.
func (r *reading) person(i int) *name {
	if i < 0 {
		return nil
	}
	if n := r.named(i); n != nil && n.typ == person && !n.family {
		return n
	}
	return nil
}

// inhabitant reads the country of a person: de Argentijn Canas.
func (r *reading) inhabitant(n, at *name) {
	if f := at.form; f.lands && len(f.land.Codes) == 1 && n.entity.nation == "" {
		n.entity.nation = f.land.Codes[0]
	}
}

// classes notes the noun right before the name of a body: voetbalclub Ajax.
func (r *reading) classes(n *name) {
	from, _ := r.bounds(n.first)
	if t := n.first - 1; t >= from && n.typ == organisation && r.named(t) == nil && r.people.Organisation(r.lower[t]) && !r.plural(t) {
		n.entity.class(r.lower[t])
	}
}

const maxClasses = 8 // nouns of one entity

// class notes a noun by which the text classes e.
func (e *entity) class(noun string) {
	if len(e.nouns) < maxClasses && !slices.Contains(e.nouns, noun) {
		e.nouns = append(e.nouns, noun)
	}
}
