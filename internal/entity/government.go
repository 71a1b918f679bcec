package entity

import (
	"strings"

	"telex/internal/lang"
)

// findGovernments marks the capitals that stand for their governments: the subject
// of a verb that governments are the subject of (Peking weigert), the object of one
// (waarschuwt Peking), what governments have with each other (sancties tegen Peking),
// who is cited (volgens Peking), and what an adjective makes one (politiek Den Haag).
func (r *reading) findGovernments() {
	for i := range r.names {
		n := &r.names[i]
		n.governs = n.typ == place && n.last-n.first <= maxNameWords && r.countries.Government(r.textOf(n)) != nil && r.actsAsGovernment(n)
	}
}

func (r *reading) actsAsGovernment(n *name) bool {
	from, _ := r.bounds(n.first)
	if t := n.first - 1; t >= from && (r.is(lang.Political, t) || r.is(lang.According, t)) {
		return true
	}
	if n.last < len(r.tokens) && r.nameAt[n.last] != 0 {
		return false // a dateline before the first words
	}
	i := r.headOf(n)
	for steps := 0; r.tokens[i].Deprel == "conj" && steps < maxListed; steps++ {
		of := r.named(r.head(i))
		if of == nil || of.typ != place {
			return false
		}
		i = r.headOf(of)
	}
	h := r.head(i)
	if h < 0 {
		return false
	}
	switch relation, _, _ := strings.Cut(r.tokens[i].Deprel, ":"); relation {
	case "nsubj":
		return r.tokens[i].Deprel == relation && r.people.Is(lang.Governs, r.tokens[h].Lemma)
	case "obj", "iobj":
		return r.people.Is(lang.Addresses, r.tokens[h].Lemma)
	case "nmod", "obl":
		return (r.is(lang.Dealing, h) || r.tokens[h].UPOS == "VERB" && r.dealsBy(h)) && r.marked(i)
	}
	return false
}

// dealsBy tells whether governments are the subject or the object of verb h.
func (r *reading) dealsBy(h int) bool {
	return r.people.Is(lang.Governs, r.tokens[h].Lemma) || r.people.Is(lang.Addresses, r.tokens[h].Lemma)
}

// maxListed bounds the names of a list through which the first is looked for.
const maxListed = 4

// headOf is the word of a name on which its others hang.
func (r *reading) headOf(n *name) int {
	for i := n.first; i < n.last; i++ {
		if h := r.head(i); h < n.first || h >= n.last {
			return i
		}
	}
	return n.first
}

// marked tells whether a preposition that parts two sides stands right before the
// name of word i, or that of the list which it opens.
func (r *reading) marked(i int) bool {
	n := r.named(i)
	return n != nil && n.first > 0 && r.is(lang.Against, n.first-1)
}

// governments gives the names of f that stand for a government an entity of their
// own, whichever of its capitals' spellings they have: the town is another.
func (j *joiner) governments(f *form) {
	for _, i := range f.names {
		n := &j.names[i]
		if !n.governs {
			continue
		}
		codes := j.countries.Government(f.text)
		key := formKey{place, "government " + strings.Join(codes, " ")}
		e := j.same[key]
		if e == nil {
			e = &entity{typ: place, words: f.words, last: -1, governs: codes}
			j.entities, j.same[key] = append(j.entities, e), e
		}
		if len(e.forms) == 0 || e.forms[len(e.forms)-1] != f {
			e.forms = append(e.forms, f)
		}
		n.entity = e
		e.size++
	}
}
