package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"telex/internal/nlp/lemma"
)

// longestEnding bounds the endings of rules, in bytes.
const longestEnding = 10

// sample is a form with its lemma for a rule to be learned from.
type sample struct{ tag, form, lemma string }

// samples gives each form of each tag once, compounds with the parts of their
// lemmas put together as they are written.
func samples(words []observation, list []listed) []sample {
	all := map[sample]bool{}
	add := func(form, lemmaText, upos, tag string) {
		if strings.Contains(lemmaText, " ") {
			return
		}
		s, ok := splitOf(form, lemmaText, upos)
		switch {
		case ok && upos == "VERB":
			form, lemmaText = s.form[s.at:], s.last
		case ok:
			form, lemmaText = s.form, s.form[:s.at]+s.last
		case strings.Contains(lemmaText, "_") && form != lemmaText:
			return
		case strings.ToLower(lemmaText) == lemmaText:
			form = strings.ToLower(form)
		}
		if len(form) < 48 {
			all[sample{tag, form, lemmaText}] = true
			all[sample{upos, form, lemmaText}] = true
		}
	}
	for _, w := range words {
		if !w.particle {
			add(w.form, w.lemma, w.upos, w.tag)
		}
	}
	for _, l := range list {
		if !strings.Contains(l.lemma, "_") {
			add(l.form, l.lemma, l.upos, l.tag)
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b sample) int {
		return cmp.Or(strings.Compare(a.tag, b.tag), strings.Compare(a.form, b.form), strings.Compare(a.lemma, b.lemma))
	})
}

// learnRules makes, for each tag, the list of endings whose forms are changed
// otherwise than those of the next shorter ending (ripple-down rules: Plisson,
// Lavrac and Mladenic 2004; Jongejan and Dalianis 2009).
func learnRules(all []sample, tags []string) []lemma.Rule {
	var rules []lemma.Rule
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].tag == all[0].tag {
			n++
		}
		rules = append(rules, rulesOf(all[:n], slices.Index(tags, all[0].tag))...)
		all = all[n:]
	}
	return rules
}

func rulesOf(all []sample, tag int) []lemma.Rule {
	tally := map[string]map[lemma.Script]int{}
	note := func(e string, s lemma.Script) {
		if tally[e] == nil {
			tally[e] = map[lemma.Script]int{}
		}
		tally[e][s]++
	}
	for _, s := range all {
		script := lemma.NewScript(s.form, s.lemma)
		for n := 0; n <= min(len(s.form), longestEnding); n++ {
			note(s.form[len(s.form)-n:], script)
		}
	}
	order := slices.SortedFunc(maps.Keys(tally), func(a, b string) int {
		return cmp.Or(len(a)-len(b), strings.Compare(a, b))
	})
	decided := map[string]lemma.Script{}
	var rules []lemma.Rule
	for _, e := range order {
		best, support := bestScript(tally[e])
		inherited, has := lemma.Script{}, false
		if e != "" {
			inherited, has = decided[e[1:]]
		}
		decided[e] = inherited
		if has && (best == inherited || support < leastSupport || support <= tally[e][inherited]) {
			continue
		}
		decided[e] = best
		rules = append(rules, lemma.Rule{Tag: tag, Suffix: e, Script: best})
	}
	return rules
}

// leastSupport is how many forms must agree before a longer ending overrules a
// shorter one.
const leastSupport = 2

func bestScript(tally map[lemma.Script]int) (lemma.Script, int) {
	var best lemma.Script
	support := 0
	for _, s := range slices.SortedFunc(maps.Keys(tally), compareScripts) {
		if tally[s] > support {
			best, support = s, tally[s]
		}
	}
	return best, support
}

func compareScripts(a, b lemma.Script) int {
	return cmp.Or(strings.Compare(a.Front, b.Front), a.Cut-b.Cut, strings.Compare(a.Add, b.Add))
}
