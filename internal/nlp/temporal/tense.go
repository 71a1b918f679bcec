package temporal

import "telex/internal/document"

// nearby is the number of tokens, on either side, among which a verb is looked for.
const nearby = 25

// tense tells whether the clause at hand speaks of the past or of what is to
// come: by the caller's reading of the verbs, else by the nearest verb of the
// language's table.
func (r *Reader) tense() Tense {
	if r.tenses != nil {
		t := r.tokens[r.from]
		if tense := r.tenses(document.Span{Start: t.start, End: t.end}); tense != TenseUnknown {
			return tense
		}
	}
	for d := 1; d <= nearby; d++ {
		for _, i := range [2]int{r.from + d, r.from - d} {
			if i < 0 || i >= len(r.tokens) {
				continue
			}
			switch r.verbAt(i) {
			case VerbPast, VerbPerfect, VerbReport:
				return tensePast
			case VerbFuture:
				return tenseFuture
			}
		}
	}
	return tenseOpen
}

func (r *Reader) verbAt(i int) string {
	v, ok := r.lookup(i, r.digit.verb)
	if !ok {
		return ""
	}
	return v.text
}
