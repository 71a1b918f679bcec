package main

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/lang"
	"telex/internal/nlp/lexicon"
	"telex/internal/nlp/namer"
)

// Marks of names.
const (
	markPlace lexicon.Marks = 1 << iota
	markOrganisation
	markOther
	markPerson
	markGiven
	markGivenOften
	markSurname
	markSurnameOften
	markTownNear // in the Netherlands or Belgium
	markTown
	markCity // a hundred thousand people
	markLeader
)

// Marks of words in lower case.
const (
	markVerb lexicon.Marks = 1 << (20 + iota)
	markNoun
	markAdjective
	markSmall   // hardly ever has a capital inside a sentence
	markCapital // nearly always has one
	markFrequent
)

// readLists makes the table of names and words.
func readLists(data string, pack lang.Pack) (*lexicon.Table, error) {
	entries := map[string]lexicon.Marks{}
	for _, read := range []func(string, map[string]lexicon.Marks) error{readNames, readPersons, readTowns, readLeaders, readWords, readFrequent} {
		if err := read(data, entries); err != nil {
			return nil, err
		}
	}
	if err := readCase(data, pack, entries); err != nil {
		return nil, err
	}
	return lexicon.New(entries), nil
}

func readNames(data string, entries map[string]lexicon.Marks) error {
	for _, x := range []struct {
		file string
		mark lexicon.Marks
	}{{"geo", markPlace}, {"org", markOrganisation}, {"misc", markOther}, {"per", markPerson}} {
		err := eachLine(filepath.Join(data, "names", x.file+".txt.gz"), func(line string) error {
			words := strings.Fields(line)
			if isName(words) && (x.mark != markPerson || len(words) > 1) {
				entries[strings.Join(words, " ")] |= x.mark
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// isName tells whether words can be looked for: few enough, with a capital or
// digit in front, and no remains of a web page's code.
func isName(words []string) bool {
	if len(words) == 0 || len(words) > namer.MaxPhrase {
		return false
	}
	if !strings.ContainsFunc(words[0], func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }) {
		return false
	}
	for _, w := range words {
		if strings.ContainsAny(w, "&;#<>\"()") {
			return false
		}
	}
	return true
}

// How many persons must bear a name for it to count, and to count as common.
const (
	some  = 2
	often = 10
)

func readPersons(data string, entries map[string]lexicon.Marks) error {
	given, surname := map[string]int{}, map[string]int{}
	err := eachLine(filepath.Join(data, "names", "per.txt.gz"), func(line string) error {
		words := strings.Fields(line)
		if isName(words) && len(words) > 1 {
			given[words[0]]++
			surname[words[len(words)-1]]++
		}
		return nil
	})
	count := func(names map[string]int, few, many lexicon.Marks) {
		for name, n := range names {
			if r, _ := utf8.DecodeRuneInString(name); n < some || !unicode.IsUpper(r) {
				continue
			}
			entries[name] |= few
			if n >= often {
				entries[name] |= many
			}
		}
	}
	count(given, markGiven, markGivenOften)
	count(surname, markSurname, markSurnameOften)
	return err
}

const city = 100_000

// readTowns marks towns of GeoNames, by their own names and in Dutch.
func readTowns(data string, entries map[string]lexicon.Marks) error {
	dutch := map[string][]string{}
	err := eachLine(filepath.Join(data, "places", "geonames_id_nl.tsv"), func(line string) error {
		if id, name, ok := strings.Cut(line, "\t"); ok {
			dutch[id] = append(dutch[id], name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return eachLine(filepath.Join(data, "places", "cities.tsv.gz"), func(line string) error {
		c := strings.Split(line, "\t")
		if len(c) < 6 || c[0] == "geonameid" {
			return nil
		}
		people, err := strconv.Atoi(c[5])
		if err != nil {
			return err
		}
		mark := lexicon.Marks(0)
		switch near := c[2] == "NL" || c[2] == "BE"; {
		case near:
			mark = markTownNear
		case people >= 5000:
			mark = markTown
		}
		if people >= city {
			mark |= markCity
		}
		for _, name := range append(dutch[c[0]], c[1]) {
			if isName(strings.Fields(name)) && mark != 0 {
				entries[name] |= mark
			}
		}
		return nil
	})
}

func readLeaders(data string, entries map[string]lexicon.Marks) error {
	return eachLine(filepath.Join(data, "actors", "leaderlist_3_21.csv"), func(line string) error {
		if c := strings.Split(line, ","); len(c) > 3 && isName(strings.Fields(c[3])) {
			entries[c[3]] |= markLeader
		}
		return nil
	})
}

var wordForms = regexp.MustCompile(`'([^']+)'|\b([\p{Ll}-]+)\b`)

// readWords marks the words of the lexicon by part of speech.
func readWords(data string, entries map[string]lexicon.Marks) error {
	for _, x := range []struct {
		file, open string
		mark       lexicon.Marks
	}{{"verbs", "v(", markVerb}, {"nouns", "n(", markNoun}, {"adjectives", "a(", markAdjective}} {
		err := eachLine(filepath.Join(data, "lexicon", "lex_"+x.file+".pl.data.gz"), func(line string) error {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, x.open) {
				return nil
			}
			line = strings.TrimPrefix(line, x.open)
			for _, m := range wordForms.FindAllStringSubmatch(line, 8) {
				word := m[1] + m[2]
				if len(word) > 2 && word == strings.ToLower(word) && !strings.ContainsAny(word, " _()[]") {
					entries[word] |= x.mark
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// frequent is how many words of the list of frequencies are marked.
const frequent = 8000

func readFrequent(data string, entries map[string]lexicon.Marks) error {
	n := 0
	return eachLine(filepath.Join(data, "lexicon", "nl_50k.txt"), func(line string) error {
		if n++; n <= frequent {
			word, _, _ := strings.Cut(line, " ")
			entries[word] |= markFrequent
		}
		return nil
	})
}

// readCase marks words by how they are written inside sentences.
func readCase(data string, pack lang.Pack, entries map[string]lexicon.Marks) error {
	type tally struct{ small, capital int }
	words := map[string]*tally{}
	err := readText(data, pack, func(forms []string) {
		started := false
		for _, f := range forms {
			r, _ := utf8.DecodeRuneInString(f)
			if !unicode.IsLetter(r) {
				started = started && f != ":" && f != "'" && f != "\"" && f != ",,"
				continue
			}
			if started {
				low := strings.ToLower(f)
				if words[low] == nil {
					words[low] = &tally{}
				}
				if unicode.IsUpper(r) {
					words[low].capital++
				} else {
					words[low].small++
				}
			}
			started = true
		}
	})
	for word, n := range words {
		switch {
		case n.small >= 2 && n.capital*20 < n.small:
			entries[word] |= markSmall
		case n.capital >= 2 && n.small*10 < n.capital:
			entries[word] |= markCapital
		}
	}
	return err
}
