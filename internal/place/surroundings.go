package place

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/lang"
)

// surroundings is what the words beside the mentions of a place say of it.
type surroundings struct {
	regions []lang.Region // in which the text says it lies
	sure    bool          // and nowhere else: by an adjective or in brackets, not in a row of names
	town    bool          // a word says that it is a town
	area    bool          // a word says that it is a stretch of land
}

// window is how many bytes on either side of a mention are read.
const window = 80

// surroundings reads the words beside the first mentions of an entity.
func (v *reading) surroundings(e *document.Entity) surroundings {
	var s surroundings
	read := 0
	for _, m := range e.Mentions {
		if m.Form != "name" || m.Span.Start < 0 || m.Span.End > len(v.article.Raw) || m.Span.Start > m.Span.End {
			continue
		}
		if read++; read > maxMentions {
			break
		}
		v.before(&s, v.article.Raw[max(0, m.Span.Start-window):m.Span.Start])
		v.after(&s, v.article.Raw[m.Span.End:min(len(v.article.Raw), m.Span.End+window)])
	}
	return s
}

// before reads what stands before a mention: het Franse (Nice), het Syrische
// plaatsje (Kafr Nabl), de provincie (Utrecht).
func (v *reading) before(s *surroundings, text string) {
	text, word := lastWord(text)
	switch v.reader.places.Word(strings.ToLower(word)) {
	case lang.TownWord:
		s.town = true
		_, word = lastWord(text)
	case lang.AreaWord:
		s.area = true
		return
	}
	if word == "" {
		return
	}
	land := slices.Clone(v.reader.places.RegionsOf(word))
	if c, ok := v.reader.countries.Find(word); ok && c.Kind == lang.CountryByAdjective && !c.Part {
		land = append(land, v.countriesOf(c)...)
	}
	s.add(land...)
	s.sure = s.sure || len(land) > 0
}

// lastWord cuts the last word of a text off, when only spaces stand behind it in
// the same line. A window may begin inside a word or a rune; such a word is none.
func lastWord(text string) (rest, word string) {
	trimmed := strings.TrimRight(text, " \u00a0")
	if trimmed == text && text != "" {
		return "", ""
	}
	start := strings.LastIndexFunc(trimmed, func(r rune) bool { return r != '-' && r != '\'' && !unicode.IsLetter(r) })
	if start < 0 {
		return "", trimmed
	}
	_, size := utf8.DecodeRuneInString(trimmed[start:])
	return trimmed[:start+size], trimmed[start+size:]
}

// after reads what stands behind a mention: (Bergen) (NH), (Springfield) in
// Illinois, (Venice), Californië.
func (v *reading) after(s *surroundings, text string) {
	text = strings.TrimLeft(text, " \u00a0")
	switch {
	case strings.HasPrefix(text, "("):
		inside, _, closed := strings.Cut(text[1:], ")")
		if closed {
			land := v.land(inside)
			s.add(land...)
			s.sure = s.sure || len(land) > 0
		}
	case strings.HasPrefix(text, ", "):
		s.add(v.longestLand(text[2:])...)
	default:
		for _, in := range v.reader.places.In() {
			if rest, ok := strings.CutPrefix(text, in+" "); ok {
				s.add(v.longestLand(rest)...)
				return
			}
		}
	}
}

// maxLandWords is the number of words of the longest land that longestLand reads.
const maxLandWords = 5

// longestLand gives the land with which a text begins: of all that its first words
// could be, the longest.
func (v *reading) longestLand(text string) []lang.Region {
	var ends []int
	for i, r := range text {
		if len(ends) == maxLandWords || strings.ContainsRune("();:!?\n\"”“", r) {
			break
		}
		if r == ' ' || r == ',' || r == '.' {
			ends = append(ends, i)
		}
	}
	if len(ends) < maxLandWords {
		ends = append(ends, len(text))
	}
	for _, end := range slices.Backward(ends) {
		if land := v.land(text[:end]); len(land) > 0 {
			return land
		}
	}
	return nil
}

// land gives the regions or countries of a name written with a capital.
func (v *reading) land(name string) []lang.Region {
	first, _ := utf8.DecodeRuneInString(name)
	if len(name) > window || !unicode.IsUpper(first) {
		return nil
	}
	list := slices.Clone(v.reader.places.Regions(name))
	if c, ok := v.reader.countries.Find(name); ok && c.Kind == lang.CountryByName && !c.Part {
		list = append(list, v.countriesOf(c)...)
	}
	return list
}

// countriesOf gives the countries of a name as regions.
func (v *reading) countriesOf(c lang.CountryName) []lang.Region {
	var list []lang.Region
	for _, code := range c.Codes {
		if country, ok := v.reader.countries.ByAlpha3(code); ok {
			list = append(list, lang.Region{Country: country.Alpha2})
		}
	}
	return list
}

// add adds regions, each once.
func (s *surroundings) add(regions ...lang.Region) {
	for _, r := range regions {
		if !slices.Contains(s.regions, r) {
			s.regions = append(s.regions, r)
		}
	}
}
