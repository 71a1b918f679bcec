package lang

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CountryKind says by what a text names a country.
type CountryKind string

// The kinds, in the order in which they win where one form is several: Franse
// is an adjective before it is a Frenchwoman.
const (
	CountryByName       CountryKind = "name"       // Frankrijk, de Verenigde Staten
	CountryByAdjective  CountryKind = "adjective"  // Franse, pro-Russisch, Frans-Duitse
	CountryByInhabitant CountryKind = "inhabitant" // Fransman, Françaises
	CountryByCapital    CountryKind = "capital"    // Parijs: a city, or its government
	CountryBySeat       CountryKind = "seat"       // het Kremlin, het regime in Pyongyang: the government
)

// CountryName is what a text says of a country. It is shared: do not change Codes.
type CountryName struct {
	Codes []string    // ISO 3166 alpha-3; one, but for names of several countries (beide Korea's)
	Kind  CountryKind // by what it is named
	Name  string      // the usual name of the country or, with Part, of the part
	Part  bool        // only a part of the country: Schotland, Vlaamse
}

// Country is one country of the tables.
type Country struct {
	Alpha3 string // ISO 3166; XKX for Kosovo; of states that are no more the code of ISO 3166-3, DDR for the DDR
	Alpha2 string
	Name   string // the usual name in the language of the pack
	Former bool   // a state that is no more
}

// CountryTables are the tables of which Countries is made. Lines that begin with
// # explain. The first four have the columns codes, name, other names,
// adjectives, inhabitants, capital, seats, parted by |; items are parted by
// commas, and "-" stands for none.
type CountryTables struct {
	Countries   Table // codes: alpha-3 and alpha-2
	Former      Table // the same, for states that are no more
	Parts       Table // codes: alpha-3 of the country
	Groups      Table // codes: two or more alpha-3
	Prefixes    Table // one a line: anti, pro
	Governments Table // one a line: what stands before "in" and a capital: regime
	Unions      Table // code | name | capitals: capitals that stand for a union of countries rather than for their own
	Inflection
}

// Inflection is how the language of a pack bends the names of countries.
type Inflection struct {
	Articles   []string                        // words that may stand before a name: de, het
	In         string                          // the preposition between a government and its capital
	Adjectives func(adjective string) []string // the other forms of an adjective
}

// Countries knows countries by their names in one language. It is immutable.
type Countries struct {
	names       map[string]CountryName // by form as written
	capitals    map[string]CountryName // the same in capitals only, of forms longer than three letters
	byAlpha3    map[string]Country
	byAlpha2    map[string]Country
	list        []Country
	prefixes    map[string]bool
	governments map[string]bool
	unions      map[string]string // code by capital
	articles    []string
	in          string
}

// maxCountryText is the length in bytes above which no text names a country.
const maxCountryText = 100

// NewCountries makes the tables. The error names file, line and reason of the
// first bad line.
func NewCountries(t CountryTables) (*Countries, error) {
	c := &Countries{
		names:    make(map[string]CountryName, 4096),
		byAlpha3: make(map[string]Country, 300),
		byAlpha2: make(map[string]Country, 300),
		articles: t.Articles,
		in:       " " + t.In + " ",
		unions:   make(map[string]string),
	}
	b := countryBuilder{c: c, adjectives: t.Adjectives, placed: make(map[string]string, 4096)}
	steps := []struct {
		table Table
		read  func(countryRow) error
	}{
		{t.Countries, b.country}, {t.Former, b.former}, {t.Parts, b.part}, {t.Groups, b.group},
	}
	for _, s := range steps {
		if err := readCountryRows(s.table, s.read); err != nil {
			return nil, err
		}
	}
	var err error
	if c.prefixes, err = readWords(t.Prefixes); err != nil {
		return nil, err
	}
	if c.governments, err = readWords(t.Governments); err != nil {
		return nil, err
	}
	addLoose(c.names)
	c.capitals = inCapitals(c.names)
	if err := eachLine(t.Unions, c.union); err != nil {
		return nil, err
	}
	return c, nil
}

// unmarked drops the accents that hurried writers leave out.
var unmarked = strings.NewReplacer("ë", "e", "ï", "i", "ö", "o", "é", "e", "è", "e", "ê", "e", "ç", "c", "ã", "a", "ó", "o", "í", "i", "ô", "o", "Å", "A")

// addLoose adds the spellings without accents and with spaces for hyphens, Belgie
// and Noord Korea, where they mean nothing else. Capitals have none: Malé is no male.
func addLoose(names map[string]CountryName) {
	forms := make([]string, 0, len(names))
	for form := range names {
		forms = append(forms, form)
	}
	slices.Sort(forms)
	for _, form := range forms {
		name := names[form]
		if name.Kind == CountryByCapital || name.Kind == CountryBySeat {
			continue
		}
		plain := unmarked.Replace(form)
		for _, loose := range []string{plain, strings.ReplaceAll(form, "-", " "), strings.ReplaceAll(plain, "-", " ")} {
			if _, taken := names[loose]; !taken {
				names[loose] = name
			}
		}
	}
}

// inCapitals gives the names as headlines and datelines write them. Forms of up
// to three letters are left out, for LET and FIN are other words.
func inCapitals(names map[string]CountryName) map[string]CountryName {
	upper := make(map[string]CountryName, len(names))
	forms := make([]string, 0, len(names))
	for form := range names {
		forms = append(forms, form)
	}
	slices.Sort(forms)
	for _, form := range forms {
		if utf8.RuneCountInString(form) <= 3 {
			continue
		}
		key := strings.ToUpper(form)
		if _, taken := upper[key]; !taken {
			upper[key] = names[form]
		}
	}
	return upper
}

// All lists the countries in the order of the tables, states that are no more
// last. It is shared: do not change it.
func (c *Countries) All() []Country { return c.list }

// ByAlpha3 gives the country with the ISO 3166 alpha-3 code.
func (c *Countries) ByAlpha3(code string) (Country, bool) {
	country, ok := c.byAlpha3[code]
	return country, ok
}

// ByAlpha2 gives the present country with the ISO 3166 alpha-2 code, which
// tables of places use.
func (c *Countries) ByAlpha2(code string) (Country, bool) {
	country, ok := c.byAlpha2[code]
	return country, ok
}

// OfAddress gives the country whose code ends the address of a newspaper: its source
// (hln.be, hln_be), else the host of a URL.
func (c *Countries) OfAddress(source, url string) (Country, bool) {
	for _, host := range []string{source, hostOf(url)} {
		end := strings.LastIndexAny(host, "._")
		if end < 0 || len(host)-end != 3 {
			continue
		}
		if country, ok := c.ByAlpha2(strings.ToUpper(host[end+1:])); ok {
			return country, true
		}
	}
	return Country{}, false
}

// hostOf gives the host of a URL, "" where there is none.
func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#:"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

// Find tells which country a text names, and by what. The whole text must be
// the name, an article before it aside: as written (Frankrijk), in capitals
// (FRANKRIJK), in the genitive (Frankrijks, China's), with a prefix
// (anti-Amerikaanse), as two adjectives (Russisch-Oekraïense, which gives both
// countries), or as a government in a capital (het regime in Pyongyang). Case
// counts otherwise: "let" is no Latvian. Regions such as Noord-Frankrijk and
// Belgisch-Limburg name no country. A seat and a capital stand for a government
// only where the text says so; a city it is always.
func (c *Countries) Find(text string) (CountryName, bool) {
	if len(text) > maxCountryText {
		return CountryName{}, false
	}
	text = c.withoutArticle(countryKey(text))
	if name, ok := c.exact(text); ok {
		return name, true
	}
	if name, ok := c.genitive(text); ok {
		return name, true
	}
	if name, ok := c.compound(text); ok {
		return name, true
	}
	return c.government(text)
}

// countryKey makes white space single, straightens apostrophes and drops commas.
func countryKey(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '`', '´':
			return '\''
		case '‑', '‐':
			return '-'
		case ',', '\u00ad':
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// withoutArticle drops one article, in any case, from before a text.
func (c *Countries) withoutArticle(text string) string {
	first, rest, ok := strings.Cut(text, " ")
	if !ok {
		return text
	}
	for _, a := range c.articles {
		if strings.EqualFold(first, a) {
			return rest
		}
	}
	return text
}

// Government gives the codes of what a capital stands for where it acts as a
// government: its country, alpha-3, or a union of countries; nil for other texts.
func (c *Countries) Government(capital string) []string {
	name, ok := c.Find(capital)
	if !ok || name.Kind != CountryByCapital {
		return nil
	}
	if code, ok := c.unions[countryKey(capital)]; ok {
		return []string{code}
	}
	return name.Codes
}

// union reads "code | name | capitals".
func (c *Countries) union(line string) error {
	columns := strings.Split(line, "|")
	if len(columns) != 3 {
		return fmt.Errorf("%d columns, not 3", len(columns))
	}
	code := strings.TrimSpace(columns[0])
	if !isCountryCode(code) {
		return fmt.Errorf("%q is no code of two or three capitals", code)
	}
	capitals, err := parseItems(columns[2])
	if err != nil {
		return err
	}
	for _, capital := range capitals {
		if c.Government(capital) == nil {
			return fmt.Errorf("%q is the capital of no country, or stands for a union already", capital)
		}
		c.unions[capital] = code
	}
	return nil
}

// exact looks a form up as written or in capitals.
func (c *Countries) exact(text string) (CountryName, bool) {
	if name, ok := c.names[text]; ok {
		return name, true
	}
	name, ok := c.capitals[text]
	return name, ok
}

// genitive finds Frankrijks, China's, Parijs' and CHINA'S. Only what is a place
// takes one.
func (c *Countries) genitive(text string) (CountryName, bool) {
	for _, ending := range []string{"'s", "'S", "'", "s", "S"} {
		stem, ok := strings.CutSuffix(text, ending)
		if !ok {
			continue
		}
		name, ok := c.exact(stem)
		if ok && (name.Kind == CountryByName || name.Kind == CountryByCapital) {
			return name, true
		}
	}
	return CountryName{}, false
}

// compound finds a name behind a prefix (anti-Amerikaanse, nazi-Duitsland) and an
// adjective or inhabitant behind an adjective (Russisch-Oekraïense,
// Marokkaans-Nederlandse).
func (c *Countries) compound(text string) (CountryName, bool) {
	before, after, ok := strings.Cut(text, "-")
	if !ok {
		return CountryName{}, false
	}
	right, ok := c.exact(after)
	if !ok || right.Kind == CountryByCapital || right.Kind == CountryBySeat {
		return CountryName{}, false
	}
	if c.prefixes[strings.ToLower(before)] {
		return right, true
	}
	left, ok := c.exact(before)
	if !ok || left.Kind != CountryByAdjective || right.Kind == CountryByName {
		return CountryName{}, false
	}
	codes := slices.Clone(left.Codes)
	for _, code := range right.Codes {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return CountryName{Codes: codes, Kind: right.Kind, Name: right.Name, Part: left.Part || right.Part}, true
}

// government finds "regime in Pyongyang".
func (c *Countries) government(text string) (CountryName, bool) {
	word, capital, ok := strings.Cut(text, c.in)
	if !ok || !c.governments[strings.ToLower(word)] {
		return CountryName{}, false
	}
	name, ok := c.exact(capital)
	if !ok || name.Kind != CountryByCapital && name.Kind != CountryBySeat {
		return CountryName{}, false
	}
	name.Kind = CountryBySeat
	return name, true
}

// countryRow is one line of a table of countries.
type countryRow struct {
	at          string // file and line
	codes       []string
	name        string
	others      []string
	adjectives  []string
	inhabitants []string
	capitals    []string
	seats       []string
}

// readCountryRows gives every line of a table to read, and the first error with
// its place. A table without a line is an error too: an empty file is a damaged one.
func readCountryRows(t Table, read func(countryRow) error) error {
	rows, n := 0, 0
	for line := range strings.Lines(t.Text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		at := fmt.Sprintf("%s:%d", t.File, n)
		row, err := parseCountryRow(at, line)
		if err == nil {
			err = read(row)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		rows++
	}
	if rows == 0 {
		return fmt.Errorf("%s: the table is empty", t.File)
	}
	return nil
}

// parseCountryRow divides a line into its columns.
func parseCountryRow(at, line string) (countryRow, error) {
	columns := strings.Split(line, "|")
	if len(columns) != 7 {
		return countryRow{}, fmt.Errorf("%d columns, not 7", len(columns))
	}
	row := countryRow{at: at, codes: strings.Fields(columns[0]), name: strings.TrimSpace(columns[1])}
	if row.name == "" || row.name == "-" {
		return countryRow{}, fmt.Errorf("no name in the second column")
	}
	for i, list := range []*[]string{&row.others, &row.adjectives, &row.inhabitants, &row.capitals, &row.seats} {
		var err error
		if *list, err = parseItems(columns[i+2]); err != nil {
			return countryRow{}, fmt.Errorf("column %d: %w", i+3, err)
		}
	}
	if n := len(row.inhabitants); n == 1 || n == 2 {
		return countryRow{}, fmt.Errorf("column 5: %d inhabitants, not man, woman and plural", n)
	}
	for _, code := range row.codes {
		if !isCountryCode(code) {
			return countryRow{}, fmt.Errorf("%q is no code of two or three capitals", code)
		}
	}
	return row, nil
}

// parseItems divides a column at its commas; "-" is an empty list.
func parseItems(column string) ([]string, error) {
	column = strings.TrimSpace(column)
	if column == "-" {
		return nil, nil
	}
	items := strings.Split(column, ",")
	for i, item := range items {
		items[i] = countryKey(item)
		switch {
		case items[i] == "":
			return nil, fmt.Errorf("an empty item; none is written -")
		case len(items[i]) > maxCountryText:
			return nil, fmt.Errorf("%q is longer than %d bytes", items[i], maxCountryText)
		}
	}
	return items, nil
}

// isCountryCode tells two or three capitals A to Z.
func isCountryCode(s string) bool {
	if len(s) != 2 && len(s) != 3 {
		return false
	}
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// readWords reads a table of one word a line.
func readWords(t Table) (map[string]bool, error) {
	words := make(map[string]bool)
	n := 0
	for line := range strings.Lines(t.Text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if strings.ContainsFunc(line, unicode.IsSpace) {
			return nil, fmt.Errorf("%s:%d: %q is more than one word", t.File, n, line)
		}
		words[line] = true
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("%s: the table is empty", t.File)
	}
	return words, nil
}

// countryBuilder puts rows into Countries and remembers where each form came
// from, for the error when a second row claims it.
type countryBuilder struct {
	c          *Countries
	adjectives func(string) []string
	placed     map[string]string // form -> file and line
}

func (b *countryBuilder) country(row countryRow) error { return b.state(row, false) }

func (b *countryBuilder) former(row countryRow) error { return b.state(row, true) }

// state adds a country, present or former.
func (b *countryBuilder) state(row countryRow, former bool) error {
	if len(row.codes) != 2 || len(row.codes[0]) != 3 || len(row.codes[1]) != 2 {
		return fmt.Errorf("the first column must hold the alpha-3 and the alpha-2 code")
	}
	country := Country{Alpha3: row.codes[0], Alpha2: row.codes[1], Name: row.name, Former: former}
	if _, twice := b.c.byAlpha3[country.Alpha3]; twice {
		return fmt.Errorf("%s stands twice", country.Alpha3)
	}
	if _, twice := b.c.byAlpha2[country.Alpha2]; twice && !former {
		return fmt.Errorf("%s stands twice", country.Alpha2)
	}
	b.c.byAlpha3[country.Alpha3] = country
	if !former {
		b.c.byAlpha2[country.Alpha2] = country
	}
	b.c.list = append(b.c.list, country)
	return b.forms(row, row.codes[:1], false)
}

// part adds a part of a country that is already there.
func (b *countryBuilder) part(row countryRow) error {
	if len(row.codes) != 1 {
		return fmt.Errorf("the first column must hold the country's alpha-3 code alone")
	}
	if err := b.known(row.codes); err != nil {
		return err
	}
	return b.forms(row, row.codes, true)
}

// group adds a name of several countries that are already there.
func (b *countryBuilder) group(row countryRow) error {
	if len(row.codes) < 2 {
		return fmt.Errorf("the first column must hold two or more alpha-3 codes")
	}
	if err := b.known(row.codes); err != nil {
		return err
	}
	return b.forms(row, row.codes, false)
}

func (b *countryBuilder) known(codes []string) error {
	for _, code := range codes {
		if _, ok := b.c.byAlpha3[code]; !ok {
			return fmt.Errorf("no country has the code %s", code)
		}
	}
	return nil
}

// forms adds every form of a row; of the kinds of one form the first wins.
func (b *countryBuilder) forms(row countryRow, codes []string, part bool) error {
	adjectives := slices.Clone(row.adjectives)
	for _, a := range row.adjectives {
		adjectives = append(adjectives, b.adjectives(a)...)
	}
	kinds := []struct {
		kind  CountryKind
		forms []string
	}{
		{CountryByName, append([]string{countryKey(row.name)}, row.others...)},
		{CountryByAdjective, adjectives},
		{CountryByInhabitant, row.inhabitants},
		{CountryByCapital, row.capitals},
		{CountryBySeat, row.seats},
	}
	for _, k := range kinds {
		for _, form := range k.forms {
			name := CountryName{Codes: codes, Kind: k.kind, Name: row.name, Part: part}
			if err := b.add(form, row.at, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// add puts one form in, unless its row had it before by another kind.
func (b *countryBuilder) add(form, at string, name CountryName) error {
	other, taken := b.placed[form]
	if taken && other != at {
		return fmt.Errorf("%q stands in %s too", form, other)
	}
	if !taken {
		b.placed[form] = at
		b.c.names[form] = name
	}
	return nil
}
