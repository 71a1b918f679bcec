package language

import "unicode"

// script is a writing system, or a family that one language or table answers for.
type script int

const (
	none script = iota // no letter, or of a script not known here
	latin
	cyrillic
	arabic
	devanagari
	greek
	hebrew
	han
	kana
	hangul
	thai
	georgian
	armenian
	bengali
	tamil
	telugu
	kannada
	malayalam
	gujarati
	gurmukhi
	sinhala
	burmese
	khmer
	lao
	ethiopic
	scriptCount
)

// scripts says what is known of each: its letters and the one language that a
// newspaper in it is written in, if one stands out.
var scripts = [scriptCount]struct {
	code  string
	table *unicode.RangeTable
}{
	latin:      {"", unicode.Latin},
	cyrillic:   {"", unicode.Cyrillic},
	arabic:     {"", unicode.Arabic},
	devanagari: {"", unicode.Devanagari},
	greek:      {"el", unicode.Greek},
	hebrew:     {"he", unicode.Hebrew},
	han:        {"", unicode.Han},
	kana:       {"", nil}, // hiragana and katakana, see scriptOf
	hangul:     {"ko", unicode.Hangul},
	thai:       {"th", unicode.Thai},
	georgian:   {"ka", unicode.Georgian},
	armenian:   {"hy", unicode.Armenian},
	bengali:    {"bn", unicode.Bengali},
	tamil:      {"ta", unicode.Tamil},
	telugu:     {"te", unicode.Telugu},
	kannada:    {"kn", unicode.Kannada},
	malayalam:  {"ml", unicode.Malayalam},
	gujarati:   {"gu", unicode.Gujarati},
	gurmukhi:   {"pa", unicode.Gurmukhi},
	sinhala:    {"si", unicode.Sinhala},
	burmese:    {"my", unicode.Myanmar},
	khmer:      {"km", unicode.Khmer},
	lao:        {"lo", unicode.Lao},
	ethiopic:   {"am", unicode.Ethiopic},
}

// scriptOf gives the script of a letter beyond ASCII.
func scriptOf(r rune) script {
	switch {
	case !unicode.IsLetter(r):
		return none
	case r < 0x250:
		return latin
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return kana
	}
	for sc, s := range scripts {
		if s.table != nil && unicode.Is(s.table, r) {
			return script(sc)
		}
	}
	return none
}
