package namer

import (
	"slices"
	"strings"
)

// Places of a word in a name, in the scheme of begin, inside, last and unit,
// which tells a labeller more than begin and inside do (Ratinov & Roth 2009).
const (
	begin = iota
	inside
	last
	unit
	places
)

// Labels are numbered: 0 is no name; then for each kind its four places.

// count gives the number of labels of so many kinds.
func count(kinds int) int { return 1 + places*kinds }

// label gives the number of a place in a name of a kind.
func label(kind, place int) int { return 1 + places*kind + place }

// kindOf gives the kind of a label other than 0.
func kindOf(label int) int { return (label - 1) / places }

// placeOf gives the place of a label other than 0.
func placeOf(label int) int { return (label - 1) % places }

// opens tells whether a label can be the first of a sentence, or follow the end
// of a name.
func opens(label int) bool {
	return label == 0 || placeOf(label) == begin || placeOf(label) == unit
}

// closes tells whether a label can be the last of a sentence.
func closes(label int) bool {
	return label == 0 || placeOf(label) == last || placeOf(label) == unit
}

// follows tells whether the label b may stand after a.
func follows(a, b int) bool {
	if closes(a) {
		return opens(b)
	}
	return !opens(b) && kindOf(a) == kindOf(b)
}

// Number turns labels in the BIO scheme into numbers of labels. A name that goes
// on with another kind, or after none, begins; kinds that are not known are none.
func Number(dst []int8, bio []string, kinds []string) []int8 {
	start := len(dst)
	before := -1
	for _, name := range bio {
		kind, continues := -1, false
		if text, ok := strings.CutPrefix(name, "B-"); ok {
			kind = slices.Index(kinds, text)
		} else if text, ok := strings.CutPrefix(name, "I-"); ok {
			kind = slices.Index(kinds, text)
			continues = kind >= 0 && kind == before
		}
		at := len(dst)
		switch {
		case kind < 0:
			dst = append(dst, 0)
		case !continues:
			dst = append(dst, int8(label(kind, unit)))
		default:
			dst = append(dst, int8(label(kind, last)))
			if placeOf(int(dst[at-1])) == unit {
				dst[at-1] = int8(label(kind, begin))
			} else {
				dst[at-1] = int8(label(kind, inside))
			}
		}
		before = kind
	}
	return dst[:len(dst):cap(dst)][:start+len(bio)]
}

// bioNames lists the labels in the BIO scheme by number.
func bioNames(kinds []string) []string {
	names := []string{"O"}
	for _, k := range kinds {
		names = append(names, "B-"+k, "I-"+k, "I-"+k, "B-"+k)
	}
	return names
}

// Name is a run of words that labels make one name.
type Name struct {
	First, Last int // index of its first word, and after its last
	Kind        string
}

// Names gives the names that labels in the BIO scheme make; one that goes on
// without a beginning, or with another kind, begins there.
func Names(bio []string) (names []Name) {
	open := false
	for i, label := range bio {
		prefix, kind, _ := strings.Cut(label, "-")
		n := len(names) - 1
		switch {
		case prefix != "B" && prefix != "I":
			open = false
		case prefix == "I" && open && names[n].Kind == kind:
			names[n].Last = i + 1
		default:
			names, open = append(names, Name{i, i + 1, kind}), true
		}
	}
	return names
}
