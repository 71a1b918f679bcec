package lang

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// pair divides a line at the mark and trims both halves, neither of which may be empty.
func pair(line, mark string) (left, right string, err error) {
	left, right, found := strings.Cut(line, mark)
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if !found || left == "" || right == "" {
		return "", "", fmt.Errorf("%q is not of the form NAME%s WORDS", line, mark)
	}
	return left, right, nil
}

// officeLine reads "office: word, +word (v), two words" and "wider > office, office".
func (p *People) officeLine(line string) error {
	if strings.Contains(line, ">") {
		return p.widerLine(line)
	}
	id, words, err := pair(line, ":")
	if err != nil {
		return err
	}
	if !isIdentifier(id) {
		return fmt.Errorf("the office %q has other characters than a-z and _", id)
	}
	for item := range strings.SplitSeq(words, ",") {
		if err := p.officeWord(id, strings.TrimSpace(item)); err != nil {
			return err
		}
	}
	return nil
}

func (p *People) officeWord(id, item string) error {
	o := Office{ID: id}
	if word, ok := strings.CutSuffix(item, " (v)"); ok {
		item, o.Gender = word, Female
	} else if word, ok := strings.CutSuffix(item, " (m)"); ok {
		item, o.Gender = word, Male
	}
	word, ending := strings.CutPrefix(item, "+")
	if word == "" || word != strings.ToLower(word) || strings.ContainsAny(word, "()+:") {
		return fmt.Errorf("%q is no word in lower case, with (v) or (m) behind it or + before it at most", item)
	}
	if ending {
		if len(word) < minEnding || strings.Contains(word, " ") {
			return fmt.Errorf("%q is too short, or more than one word, to end longer words", word)
		}
		p.officeEnds[word] = o
		p.longestEnd = max(p.longestEnd, len(word))
	}
	if words := strings.Fields(word); len(words) > 1 {
		return p.officePhrase(words, o)
	}
	if before, twice := p.offices[word]; twice {
		return fmt.Errorf("%q already stands under %s", word, before.ID)
	}
	p.offices[word] = o
	return nil
}

func (p *People) officePhrase(words []string, o Office) error {
	if len(words) > MaxPhrase {
		return fmt.Errorf("%q has more than %d words", strings.Join(words, " "), MaxPhrase)
	}
	list := p.phrases[words[0]]
	for _, ph := range list {
		if slices.Equal(ph.words, words) {
			return fmt.Errorf("%q already stands under %s", strings.Join(words, " "), ph.office.ID)
		}
	}
	list = append(list, phrase{words, o})
	slices.SortStableFunc(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
	p.phrases[words[0]] = list
	return nil
}

func (p *People) widerLine(line string) error {
	wide, offices, err := pair(line, ">")
	if err != nil {
		return err
	}
	if p.wider[wide] != nil {
		return fmt.Errorf("%s already has a line", wide)
	}
	p.wider[wide] = map[string]bool{}
	for office := range strings.SplitSeq(offices, ",") {
		p.wider[wide][strings.TrimSpace(office)] = true
	}
	return nil
}

func isIdentifier(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// prefixLine reads "oud-: former". A word without hyphen is an adjective, which
// may also have an e behind it.
func (p *People) prefixLine(line string) error {
	word, sense, err := pair(line, ":")
	if err != nil {
		return err
	}
	how := Sense(sense)
	if !slices.Contains([]Sense{Former, Acting, Deputy, Future, Present}, how) {
		return fmt.Errorf("%q is none of former, acting, deputy, future, present", sense)
	}
	if strings.HasSuffix(word, "-") {
		p.beginnings[word] = how
		return nil
	}
	p.modifiers[word], p.modifiers[word+"e"] = how, how
	return nil
}

func parseGender(s string) (Gender, error) {
	switch s {
	case "male":
		return Male, nil
	case "female":
		return Female, nil
	case "any":
		return AnyGender, nil
	}
	return AnyGender, fmt.Errorf("the gender %q is none of male, female, any", s)
}

// personLine reads "word: gender", with "!" behind it for a form of address.
func (p *People) personLine(line string) error {
	word, rest, err := pair(line, ":")
	if err != nil {
		return err
	}
	gender, address := strings.CutSuffix(rest, " !")
	g, err := parseGender(gender)
	if err != nil {
		return err
	}
	if _, twice := p.persons[word]; twice {
		return fmt.Errorf("%q stands twice", word)
	}
	p.persons[word] = person{g, address}
	return nil
}

// pronounLine reads "zij: female plural" and "zijn: male possessive".
func (p *People) pronounLine(line string) error {
	word, rest, err := pair(line, ":")
	if err != nil {
		return err
	}
	gender, plural := strings.CutSuffix(rest, " plural")
	gender, owner := strings.CutSuffix(gender, " possessive")
	g, err := parseGender(gender)
	if err != nil {
		return err
	}
	p.pronouns[word] = Pronoun{g, plural, owner}
	return nil
}

// wordLine reads "kind: word word".
// leaderLine reads "code: name, name".
func (p *People) leaderLine(line string) error {
	code, names, err := pair(line, ":")
	if err != nil {
		return err
	}
	if len(code) != 3 || !isCountryCode(code) {
		return fmt.Errorf("%q is no code of three capitals", code)
	}
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			return errors.New("an empty name between commas")
		}
		if p.leaders[name] != "" {
			return fmt.Errorf("%q already stands under %s", name, p.leaders[name])
		}
		p.leaders[name] = code
	}
	return nil
}

func (p *People) wordLine(line string) error {
	kind, words, err := pair(line, ":")
	if err != nil {
		return err
	}
	if kind == "organisation" {
		for word := range strings.FieldsSeq(words) {
			word, ending := strings.CutPrefix(word, "+")
			p.organisations[word] = true
			if ending {
				p.organEnds[word] = true
				p.longestEnd = max(p.longestEnd, len(word))
			}
		}
		return nil
	}
	i := slices.Index(wordKindNames[:], kind)
	if i < 0 {
		return fmt.Errorf("%q is no kind of words", kind)
	}
	for word := range strings.FieldsSeq(words) {
		p.words[i][word] = true
	}
	return nil
}

func (p *People) givenLine(line string, g Gender) error {
	for name := range strings.FieldsSeq(line) {
		if old, twice := p.given[name]; twice && old != g {
			return fmt.Errorf("%q stands in both tables of given names", name)
		}
		p.given[name] = g
	}
	return nil
}

// check finds what no single line shows.
func (p *People) check(t PeopleTables) error {
	known := map[string]bool{}
	for _, o := range p.offices {
		known[o.ID] = true
	}
	for line := range strings.Lines(t.Offices.Text) {
		wide, offices, found := strings.Cut(strings.TrimSpace(line), ">")
		if !found || strings.HasPrefix(wide, "#") {
			continue
		}
		for id := range strings.SplitSeq(wide+","+offices, ",") {
			if id = strings.TrimSpace(id); !known[id] {
				return fmt.Errorf("%s: the office %q has no words", t.Offices.File, id)
			}
		}
	}
	for i, words := range p.words {
		if len(words) == 0 {
			return fmt.Errorf("%s: there is no line of the kind %s", t.Words.File, wordKindNames[i])
		}
	}
	if len(p.organisations) == 0 {
		return errors.New(t.Words.File + ": there is no line of the kind organisation")
	}
	return nil
}
