package lemma

import "slices"

// Candidate is a lemma that a model weighs for a form that it does not know, with
// the features that tell for it or against it.
type Candidate struct {
	Lemma    string
	Features []uint16
}

// Candidates gives what is weighed for a word, the word left whole first. It is
// for trainers. Nothing is given for a word that the model knows.
func (m *Model) Candidates(w Word, first bool) []Candidate {
	c := m.class(&w)
	form, ok := m.prepare(&w, c, first)
	if ok {
		return nil
	}
	all := []Candidate{{string(m.appendRule(nil, form, c)), wholeFeatures(nil, form)}}
	for i := 1; i+2 <= len(form); i++ {
		if cut, ok := m.cutAt(form, i, c, 0); ok {
			all = append(all, Candidate{string(m.appendCut(nil, form, c, cut, 0)), slices.Clip(cut.features(nil, form))})
		}
	}
	return all
}

// Known says whether a list of the model holds the form of a word.
func (m *Model) Known(w Word) bool {
	_, ok := m.prepare(&w, m.class(&w), false)
	return ok
}

// Shape gives the bit of Group.Keep that a form is decided by.
func Shape(form string, first bool) int { return int(2*shapeOf(form) + oneIf(first)) }
