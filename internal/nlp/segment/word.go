package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// opening says how a word begins.
type opening uint8

const (
	nothing   opening = iota // no word, only signs or the end of the text
	lowerCase                // a letter that opens no sentence
	capital                  // a capital, or a letter of a script without capitals
	digit
)

// word is what follows a stop or a line break.
type word struct {
	first  opening
	starts bool // a word that opens a sentence and is no name here
	name   bool // may open a sentence, but looks like a part of a name: "De Vries"
	ranked bool // follows an ordinal within a name: "FC"
	comma  bool // a comma stands before any word: the sentence goes on
}

// lookAt reads the word at i, behind the signs that may open a sentence.
func (s *scan) lookAt(i int) word {
	var w word
	at := i
	for n := 0; n < peek && at < len(s.text); n++ {
		c, size := utf8.DecodeRuneInString(s.text[at:])
		if isWord(c) {
			return s.readWord(at, c)
		}
		if end := s.elision(at, c, size); end > at {
			return s.readElided(end)
		}
		if n == 0 && (c == ',' || c == ';' || c == ':') && !strings.HasPrefix(s.text[at:], ",,") {
			w.comma = true
			return w
		}
		if c == '\n' || c == '\r' {
			return w
		}
		at += size
	}
	return w
}

// elision tells whether the apostrophe c at i stands for lost letters ("'s
// avonds") and returns where the next word begins, i if it does not.
func (s *scan) elision(i int, c rune, size int) int {
	if c != '\'' && c != '’' && c != '‘' {
		return i
	}
	rest := s.text[i+size:]
	n := strings.IndexAny(rest[:min(len(rest), 4)], " -")
	if n <= 0 || s.roleOf(rest[:n])&elided == 0 {
		return i
	}
	return i + size + n + 1
}

// readElided reads what stands behind "'s": its case is that of the sentence.
func (s *scan) readElided(i int) word {
	c, _ := utf8.DecodeRuneInString(s.text[i:])
	if isUpper(c) {
		return word{first: capital, starts: true}
	}
	return word{first: lowerCase}
}

// readWord reads the word that begins with c at i.
func (s *scan) readWord(i int, c rune) word {
	if isDigit(c) {
		return word{first: digit}
	}
	text := wordAt(s.text, i)
	if isLower(c) {
		return word{first: lowerOrBrand(text)}
	}
	w := word{first: capital}
	if len(text) == 1 && after(s.text, i+1) == '.' {
		return w // an initial, whatever word it also is
	}
	role := s.roleOf(text)
	w.ranked = role&ranked != 0
	switch {
	case role&particle != 0:
		w.name = s.nameFollows(i + len(text))
		w.starts = !w.name
	case role&starter != 0:
		w.starts = true
	}
	return w
}

// lowerOrBrand takes names such as iPhone, which open a sentence as they are,
// for capitals.
func lowerOrBrand(text string) opening {
	if len(text) > 2 && isLower(rune(text[0])) && isUpper(rune(text[1])) && isLower(rune(text[2])) {
		return capital
	}
	return lowerCase
}

// nameFollows tells whether the particle that ends at i goes on as a name: a
// capital or another particle follows ("De Vries", "Van der Vaart").
func (s *scan) nameFollows(i int) bool {
	if i >= len(s.text) || s.text[i] != ' ' {
		return i < len(s.text)
	}
	c, size := utf8.DecodeRuneInString(s.text[i+1:])
	if isUpper(c) {
		return true
	}
	if c == '\'' || c == '’' {
		return s.elision(i+1, c, size) > i+1
	}
	return s.linking[wordAt(s.text, i+1)]&particle != 0
}

// wordAt returns the letters and digits at i, no more than will be looked up.
func wordAt(text string, i int) string {
	end := i
	for end < len(text) && end-i <= longestEntry {
		c, n := rune(text[end]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[end:])
		}
		if !isWord(c) {
			break
		}
		end += n
	}
	return text[i:end]
}

// wordBefore returns the letters and digits that end at end.
func wordBefore(text string, end int) string {
	from := end
	for from > 0 && end-from <= longestEntry {
		c, n := utf8.DecodeLastRuneInString(text[:from])
		if !isWord(c) {
			break
		}
		from -= n
	}
	return text[from:end]
}

// tokenBefore returns what ends at end without white space, brackets or quote
// marks in it, no longer than tokenReach bytes.
func tokenBefore(text string, end int) string {
	from := end
	for from > 0 && end-from < tokenReach {
		c, n := utf8.DecodeLastRuneInString(text[:from])
		if (c == '\'' || c == '’') && from < end && isWord(before(text, from-n)) {
			from -= n // auto's
			continue
		}
		if !isWord(c) && !unicode.IsMark(c) && !inToken(c) {
			break
		}
		from -= n
	}
	return text[from:end]
}

func inToken(c rune) bool {
	switch c {
	case '.', '-', '/', '&', '@', ':', '_', '#', '%', '+', '=', '~':
		return true
	}
	return false
}

// before returns the character that ends at i, zero at the start of text.
func before(text string, i int) rune {
	if i == 0 {
		return 0
	}
	c, _ := utf8.DecodeLastRuneInString(text[:i])
	return c
}

// after returns the character at i, zero at the end of text.
func after(text string, i int) rune {
	if i >= len(text) {
		return 0
	}
	c, _ := utf8.DecodeRuneInString(text[i:])
	return c
}
