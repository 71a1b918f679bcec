package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/lang"
	"telex/internal/nlp/lexicon"
)

// The marks of the lexicon, in the ranges that the parser knows: names of several
// words, words of personal names as they are written, words in lower case.
const (
	markPlace lexicon.Marks = 1 << iota
	markOrganisation
	markOther
	markKnown // a country, or a town that newspapers may name without saying where it is
)

const (
	markGiven lexicon.Marks = 0x100 << iota
	markSurname
	markPeople // of a country: its inhabitants and its adjective
)

const (
	markSingularDe lexicon.Marks = 0x1000 << iota
	markSingularHet
	markPlural
	markStem
	markThird
	markInfinitive
	markParticiple
	markPast
	markPastPlural
	markPlain
	markInflected
	markCompared
	markTime
)

// timeWords name stretches of time: without a preposition they are seldom what a
// verb acts on.
const timeWords = `seconde seconden minuut minuten kwartier uur uren dag dagen week weken weekend weekends
weekeind weekeinde weekeinden maand maanden kwartaal kwartalen jaar jaren decennium decennia eeuw eeuwen
ochtend ochtenden morgen middag middagen avond avonden nacht nachten voorjaar najaar lente zomer herfst winter
seizoen seizoenen keer maal maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
maandagochtend maandagmiddag maandagavond dinsdagochtend dinsdagmiddag dinsdagavond woensdagochtend
woensdagmiddag woensdagavond donderdagochtend donderdagmiddag donderdagavond vrijdagochtend vrijdagmiddag
vrijdagavond zaterdagochtend zaterdagmiddag zaterdagavond zondagochtend zondagmiddag zondagavond
januari februari maart april mei juni juli augustus september oktober november december`

// readLexicon makes the lexicon of the lists of names and words in a data folder
// and of the countries of a pack.
func readLexicon(data string, countries *lang.Countries) (*lexicon.Table, error) {
	entries := map[string]lexicon.Marks{}
	for file, mark := range map[string]lexicon.Marks{"geo": markPlace, "org": markOrganisation, "misc": markOther} {
		err := eachLine(filepath.Join(data, "names", file+".txt.gz"), func(line string) {
			if words := strings.Fields(line); isName(words) {
				entries[strings.Join(words, " ")] |= mark
			}
		})
		if err != nil {
			return nil, err
		}
	}
	if err := readPersons(data, entries); err != nil {
		return nil, err
	}
	if err := readTowns(data, entries); err != nil {
		return nil, err
	}
	words, err := readFrequent(data)
	if err != nil {
		return nil, err
	}
	for word := range strings.FieldsSeq(timeWords) {
		lowered(entries, word, markTime)
	}
	markCountries(countries, slices.AppendSeq(words, maps.Keys(entries)), entries)
	for file, read := range map[string]func(string, map[string]lexicon.Marks){"verbs": verb, "nouns": noun, "adjectives": adjective} {
		err := eachEntry(filepath.Join(data, "lexicon", "lex_"+file+".pl.data.gz"), func(text string) { read(text, entries) })
		if err != nil {
			return nil, err
		}
	}
	return lexicon.New(entries), nil
}

// A town is known from this number of inhabitants on, in the countries of the
// language from a smaller one.
const (
	knownTown = 50_000
	nearTown  = 1_000
)

// readTowns marks the towns that newspapers name.
func readTowns(data string, entries map[string]lexicon.Marks) error {
	return eachLine(filepath.Join(data, "places", "cities.tsv.gz"), func(line string) {
		f := strings.Split(line, "\t") // geonameid name country feature admin1 population lat lon
		if len(f) < 6 {
			return
		}
		people, err := strconv.Atoi(f[5])
		near := f[2] == "NL" || f[2] == "BE"
		if words := strings.Fields(f[1]); err == nil && isName(words) && (people >= knownTown || near && people >= nearTown) {
			entries[strings.Join(words, " ")] |= markKnown
		}
	})
}

// readFrequent gives the frequent words of the language with a capital.
func readFrequent(data string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(data, "lexicon", "nl_50k.txt"))
	if err != nil {
		return nil, fmt.Errorf("read a word list: %w", err)
	}
	var words []string
	for line := range strings.Lines(string(text)) {
		word, _, _ := strings.Cut(line, " ")
		if r, n := utf8.DecodeRuneInString(word); unicode.IsLetter(r) {
			words = append(words, string(unicode.ToUpper(r))+word[n:])
		}
	}
	return words, nil
}

// markCountries marks those of the texts that name a country or its people.
func markCountries(countries *lang.Countries, texts []string, entries map[string]lexicon.Marks) {
	for _, text := range texts {
		switch found, ok := countries.Find(text); {
		case !ok || found.Part:
		case found.Kind == lang.CountryByName || found.Kind == lang.CountryByCapital:
			entries[text] |= markKnown
		case found.Kind == lang.CountryByAdjective || found.Kind == lang.CountryByInhabitant:
			entries[text] |= markPeople
		}
	}
}

// isName tells whether words can be looked for: few enough, with a capital or
// digit in front, and no remains of a web page's code.
func isName(words []string) bool {
	if len(words) == 0 || len(words) > lexicon.MaxPhrase {
		return false
	}
	r, _ := utf8.DecodeRuneInString(words[0])
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
		return false
	}
	for _, w := range words {
		if strings.ContainsAny(w, "&;#<>\"()") {
			return false
		}
	}
	return true
}

// fewest is how many persons must bear a name for it to count.
const fewest = 2

// readPersons marks given names, which open a name, and surnames, which close it.
func readPersons(data string, entries map[string]lexicon.Marks) error {
	given, surname := map[string]int{}, map[string]int{}
	err := eachLine(filepath.Join(data, "names", "per.txt.gz"), func(line string) {
		words := strings.Fields(line)
		if !isName(words) || len(words) < 2 {
			return
		}
		given[words[0]]++
		surname[words[len(words)-1]]++
	})
	for name, n := range given {
		if n >= fewest {
			entries[name] |= markGiven
		}
	}
	for name, n := range surname {
		if r, _ := utf8.DecodeRuneInString(name); n >= fewest && unicode.IsUpper(r) {
			entries[name] |= markSurname
		}
	}
	return err
}

// lowered adds marks to the words of a lexicon, which stand in lower case there.
// What is a list of words, or a name, is passed over.
func lowered(entries map[string]lexicon.Marks, word string, mark lexicon.Marks) {
	word = strings.Trim(word, "'")
	if word == "" || strings.ContainsAny(word, "[](), \\") || strings.ToLower(word) != word {
		return
	}
	entries[word] |= mark
}

var (
	verbForms = regexp.MustCompile(`^v\(([^\[\]]*?),\s*\[`)
	nounForms = regexp.MustCompile(`(pl|sg|mass|dim)\('?([^\[\]()']*)'?\)`)
	gender    = regexp.MustCompile(`\],\s*(de|het|both),`)
	adjForms  = regexp.MustCompile(`\b(e|ge_e|no_e|ge_no_e|both|ge_both|er|ere|st|ste|end|ende|stof)\('?([^\[\]()']*)'?\)`)
)

func verb(text string, entries map[string]lexicon.Marks) {
	m := verbForms.FindStringSubmatch(text)
	if m == nil {
		return
	}
	forms := strings.Split(m[1], ",")
	marks := []lexicon.Marks{markStem, markThird, markInfinitive, markParticiple, markPast, markPastPlural}
	if len(forms) != len(marks) {
		return
	}
	for i, f := range forms {
		lowered(entries, strings.TrimSpace(f), marks[i])
	}
}

func noun(text string, entries map[string]lexicon.Marks) {
	g := gender.FindStringSubmatchIndex(text)
	if !strings.HasPrefix(text, "n(") || g == nil {
		return
	}
	singular := map[string]lexicon.Marks{"de": markSingularDe, "het": markSingularHet, "both": markSingularDe | markSingularHet}[text[g[2]:g[3]]]
	for _, m := range nounForms.FindAllStringSubmatch(text[:g[0]], -1) {
		switch m[1] {
		case "pl":
			lowered(entries, m[2], markPlural)
		case "dim":
			lowered(entries, m[2], markSingularHet)
		default:
			lowered(entries, m[2], singular)
		}
	}
}

func adjective(text string, entries map[string]lexicon.Marks) {
	if !strings.HasPrefix(text, "a(") {
		return
	}
	for _, m := range adjForms.FindAllStringSubmatch(text, -1) {
		switch m[1] {
		case "e", "ge_e", "ende":
			lowered(entries, m[2], markInflected)
		case "no_e", "ge_no_e", "end":
			lowered(entries, m[2], markPlain)
		case "both", "ge_both", "stof":
			lowered(entries, m[2], markPlain|markInflected)
		default:
			lowered(entries, m[2], markCompared)
		}
	}
}

// eachLine calls f with the lines of a gzipped file.
func eachLine(path string, f func(string)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open a word list: %w", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("read the word list %s: %w", path, err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		f(lines.Text())
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the word list %s: %w", path, err)
	}
	return nil
}

// eachEntry calls f with the entries of a lexicon: lines up to an empty one.
func eachEntry(path string, f func(string)) error {
	var entry strings.Builder
	err := eachLine(path, func(line string) {
		if strings.TrimSpace(line) != "" {
			entry.WriteString(line + "\n")
			return
		}
		f(entry.String())
		entry.Reset()
	})
	f(entry.String())
	return err
}
