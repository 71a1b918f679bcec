package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// listed is a form of a lexicon with its lemma; parts are split by "_".
type listed struct{ form, lemma, upos, tag string }

// term is a term of Prolog: an atom, a compound term, or a list or set (name ".").
type term struct {
	name string
	args []term
}

// readTerms gives the clauses of a Prolog file that are terms of a functor. A
// clause that this reader does not understand is left out.
func readTerms(path, functor string) ([]term, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the lexicon: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read the lexicon %s: %w", path, err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("read the lexicon %s: %w", path, err)
	}
	var all []term
	text := string(data)
	for {
		i := strings.Index(text, "\n"+functor+"(")
		if i < 0 {
			return all, nil
		}
		r := reader{text: text[i+1:]}
		if t, ok := r.term(); ok && r.take(".") {
			all = append(all, t)
		}
		text = text[i+1:]
	}
}

// reader reads terms.
type reader struct{ text string }

// skip passes over white space and comments.
func (r *reader) skip() {
	for {
		r.text = strings.TrimLeft(r.text, " \t\r\n")
		if !strings.HasPrefix(r.text, "%") {
			return
		}
		_, r.text, _ = strings.Cut(r.text, "\n")
	}
}

func (r *reader) take(sign string) bool {
	r.skip()
	rest, ok := strings.CutPrefix(r.text, sign)
	if ok {
		r.text = rest
	}
	return ok
}

func (r *reader) term() (term, bool) {
	for _, pair := range []string{"[]", "{}"} {
		if r.take(pair[:1]) {
			return r.args(term{name: "."}, pair[1:])
		}
	}
	name, ok := r.atom()
	if !ok {
		return term{}, false
	}
	if strings.HasPrefix(r.text, "(") {
		r.text = r.text[1:]
		return r.args(term{name: name}, ")")
	}
	return term{name: name}, true
}

func (r *reader) args(t term, end string) (term, bool) {
	if r.take(end) {
		return t, true
	}
	for {
		arg, ok := r.term()
		if !ok {
			return t, false
		}
		t.args = append(t.args, arg)
		if r.take(end) {
			return t, true
		}
		if !r.take(",") {
			return t, false
		}
	}
}

func (r *reader) atom() (string, bool) {
	r.skip()
	if strings.HasPrefix(r.text, "'") {
		return r.quoted()
	}
	end := strings.IndexFunc(r.text, func(c rune) bool {
		return c < 128 && !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_')
	})
	if end <= 0 {
		return "", false
	}
	name := r.text[:end]
	r.text = r.text[end:]
	return name, true
}

func (r *reader) quoted() (string, bool) {
	var out strings.Builder
	for i := 1; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '\\' && i+1 < len(r.text):
			i++
			out.WriteByte(r.text[i])
		case c == '\'':
			r.text = r.text[i+1:]
			return out.String(), true
		default:
			out.WriteByte(c)
		}
	}
	return "", false
}

// word gives the text of an atom, "" for anything else.
func (t term) word() string {
	if len(t.args) > 0 || t.name == "." || t.name == "_" {
		return ""
	}
	return t.name
}

// words gives the atoms of a list or a single atom.
func (t term) words() []string {
	if w := t.word(); w != "" {
		return []string{w}
	}
	var all []string
	for _, a := range t.args {
		all = append(all, a.words()...)
	}
	return all
}

func readLexicon(dir string) ([]listed, []pairing, error) {
	nouns, err := readTerms(filepath.Join(dir, "lex_nouns.pl.data.gz"), "n")
	if err != nil {
		return nil, nil, err
	}
	adjectives, err := readTerms(filepath.Join(dir, "lex_adjectives.pl.data.gz"), "a")
	if err != nil {
		return nil, nil, err
	}
	verbs, err := readTerms(filepath.Join(dir, "lex_verbs.pl.data.gz"), "v")
	if err != nil {
		return nil, nil, err
	}
	var all []listed
	for _, n := range nouns {
		all = append(all, nounForms(n)...)
	}
	for _, a := range adjectives {
		all = append(all, adjectiveForms(a)...)
	}
	var pairs []pairing
	for _, v := range verbs {
		forms := verbForms(v)
		all = append(all, forms...)
		if len(forms) > 0 {
			pairs = append(pairs, particles(v, forms[0].lemma)...)
		}
	}
	usable := all[:0]
	for _, l := range all {
		if !strings.ContainsAny(l.form+l.lemma, " \u00a0") && l.form != "" && l.lemma != "" && strings.ToLower(l.form) == l.form {
			usable = append(usable, l)
		}
	}
	return usable, pairs, nil
}

// prefixes gives the first parts with which a word makes compounds: how they are
// written in front of it, and their lemmas.
func prefixes(list term) [][2]string {
	out := [][2]string{{"", ""}}
	for _, p := range list.args {
		switch {
		case p.word() != "":
			out = append(out, [2]string{p.name, p.name + "_"})
		case p.name == "s" && len(p.args) == 1:
			out = append(out, [2]string{p.args[0].name + "s", p.args[0].name + "_"})
		case p.name == "h" && len(p.args) == 1:
			out = append(out, [2]string{p.args[0].name + "-", p.args[0].name + "_"})
		case p.name == "i" && len(p.args) == 2:
			out = append(out, [2]string{p.args[1].name, p.args[0].name + "_"})
		}
	}
	return out
}

func nounForms(n term) []listed {
	if len(n.args) != 4 {
		return nil
	}
	single := ""
	for _, f := range n.args[0].args {
		if (f.name == "sg" || f.name == "mass" || f.name == "meas" || f.name == "bare_meas") && len(f.args) == 1 && single == "" {
			single = f.args[0].word()
		}
	}
	var out []listed
	for _, f := range n.args[0].args {
		if len(f.args) != 1 || f.args[0].word() == "" {
			continue
		}
		tag := map[string]string{"sg": "NOUN N ev", "mass": "NOUN N ev", "meas": "NOUN N ev", "bare_meas": "NOUN N ev", "pl": "NOUN N mv"}[f.name]
		form := f.args[0].word()
		base := single
		if base == "" {
			base = form
		}
		if tag == "" {
			continue
		}
		for _, p := range prefixes(n.args[3]) {
			out = append(out, listed{p[0] + form, p[1] + base, "NOUN", tag})
		}
	}
	for _, d := range n.args[3].args {
		if d.name == "dim" && len(d.args) == 1 && single != "" {
			out = append(out, listed{d.args[0].name, single, "NOUN", "NOUN N ev dim"}, listed{d.args[0].name + "s", single, "NOUN", "NOUN N mv dim"})
		}
	}
	return out
}

func adjectiveForms(a term) []listed {
	if len(a.args) != 4 {
		return nil
	}
	base := ""
	for _, f := range a.args[0].args {
		if (f.name == "no_e" || f.name == "both") && len(f.args) == 1 && base == "" {
			base = f.args[0].word()
		}
	}
	base = partsOf(a.args[0], base)
	tags := map[string]string{"no_e": "ADJ ADJ zonder", "both": "ADJ ADJ zonder", "e": "ADJ ADJ met-e", "er": "ADJ ADJ comp zonder", "ere": "ADJ ADJ comp met-e", "st": "ADJ ADJ sup zonder", "ste": "ADJ ADJ sup met-e"}
	var out []listed
	for _, f := range a.args[0].args {
		if len(f.args) != 1 || tags[f.name] == "" || base == "" || f.args[0].word() == "" {
			continue
		}
		for _, p := range prefixes(a.args[3]) {
			out = append(out, listed{p[0] + f.args[0].word(), p[1] + base, "ADJ", tags[f.name]})
		}
	}
	return out
}

// partsOf gives the lemma of an adjective with its parts, where its entry names
// them.
func partsOf(forms term, base string) string {
	for _, f := range forms.args {
		if f.name != "stem" || len(f.args) != 1 {
			continue
		}
		stem := f.args[0].word()
		if i := strings.LastIndexByte(stem, '_'); i > 0 && strings.HasSuffix(base, stem[i+1:]) {
			return stem
		}
	}
	return base
}

// verbForms gives the six forms of a verb and its participle of the present, the
// infinitive first.
func verbForms(v term) []listed {
	if len(v.args) < 7 {
		return nil
	}
	infinitives := v.args[2].words()
	if len(infinitives) == 0 {
		return nil
	}
	base := infinitives[0]
	out := []listed{{base, base, "VERB", "VERB WW inf zonder"}}
	for i, tag := range []string{"pv tgw ev", "pv tgw met-t", "", "vd zonder", "pv verl ev", "pv verl mv"} {
		if tag == "" {
			continue
		}
		for _, form := range v.args[i].words() {
			out = append(out, listed{form, base, "VERB", "VERB WW " + tag})
			if strings.HasPrefix(tag, "vd") && !strings.HasSuffix(form, "n") {
				out = append(out, listed{form + "e", base, "VERB", "VERB WW vd met-e"})
			}
		}
	}
	return append(out, listed{base, base, "VERB", "VERB WW pv tgw mv"}, listed{base + "d", base, "VERB", "VERB WW od zonder"}, listed{base + "de", base, "VERB", "VERB WW od met-e"})
}

// particles gives the particles that the frames of a verb name.
func particles(v term, verb string) []pairing {
	var out []pairing
	var walk func(t term)
	walk = func(t term) {
		if strings.HasPrefix(t.name, "part_") && len(t.args) > 0 && t.args[0].word() != "" {
			out = append(out, pairing{t.args[0].word(), verb, "", true})
		}
		for _, a := range t.args {
			walk(a)
		}
	}
	walk(v.args[len(v.args)-1])
	return out
}
