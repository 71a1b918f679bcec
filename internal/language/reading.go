package language

import (
	"strings"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/nlp/langid"
)

// reading is what has been read of one text.
type reading struct {
	letters [scriptCount]int
	tally   [scriptCount]langid.Tally // of the scripts with a table
	reason  string                    // why the language is not known
}

// article reads the blocks that carry text or, without any, all of Raw.
func (r *reading) article(s *Step, a *document.Article) {
	total := 0
	for _, b := range a.Blocks {
		if carries(b.Type) && inside(b.Span, a.Raw) {
			total += b.Span.Len()
		}
	}
	if total == 0 {
		r.sample(s, a.Raw, budget)
		return
	}
	read, passed := 0, 0
	for _, b := range a.Blocks {
		if !carries(b.Type) || !inside(b.Span, a.Raw) {
			continue
		}
		passed += b.Span.Len()
		// A block gets its part of the budget, and what blocks before it left.
		share := max(0, budget*min(total, passed)/max(total, budget)-read)
		read += r.sample(s, a.Raw[b.Span.Start:b.Span.End], share)
	}
}

func inside(s document.Span, raw string) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(raw)
}

// sample reads at most about room bytes of text, from several places when it is
// longer than that, and says how many.
func (r *reading) sample(s *Step, text string, room int) int {
	if room <= 0 {
		return 0
	}
	if len(text) <= room {
		r.read(s, text)
		return len(text)
	}
	n := pieces
	if room < 200*pieces {
		n = 1
	}
	size, read := room/n, 0
	for i := range n {
		start := 0
		if n > 1 {
			start = (len(text) - size) / (n - 1) * i
		}
		piece := whole(text, start, start+size)
		r.read(s, piece)
		read += len(piece)
	}
	return read
}

// whole cuts text[start:end] at the edges of words where some are near, and
// never within a character.
func whole(text string, start, end int) string {
	const near = 40
	if start > 0 {
		if i := strings.IndexByte(text[start:min(end, start+near)], ' '); i >= 0 {
			start += i
		}
	}
	if end < len(text) {
		if i := strings.LastIndexByte(text[max(start, end-near):end], ' '); i >= 0 {
			end = max(start, end-near) + i
		}
	}
	for start < end && !utf8.RuneStart(text[start]) {
		start++
	}
	for end > start && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[start:end]
}

// read leaves addresses out, which are in no language, and reads the rest.
func (r *reading) read(s *Step, text string) {
	if !strings.Contains(text, "://") && !strings.Contains(text, "@") && !strings.Contains(text, "www.") {
		r.prose(s, text)
		return
	}
	for len(text) > 0 {
		word, rest, _ := strings.Cut(text, " ")
		if !strings.Contains(word, "://") && !strings.Contains(word, "@") && !strings.Contains(word, "www.") {
			r.prose(s, word)
		}
		text = rest
	}
}

func (r *reading) prose(s *Step, text string) {
	seen := [scriptCount]bool{}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < utf8.RuneSelf {
			if c |= 0x20; 'a' <= c && c <= 'z' {
				r.letters[latin]++
				seen[latin] = true
			}
			continue
		}
		ch, size := utf8.DecodeRuneInString(text[i:])
		sc := scriptOf(ch)
		r.letters[sc]++
		seen[sc] = true
		i += size - 1
	}
	for sc, m := range s.models {
		if m != nil && seen[sc] {
			m.Read(&r.tally[sc], text)
		}
	}
}

func (r *reading) unknown(reason string) document.Language {
	r.reason = reason
	return document.Language{Code: Undetermined}
}

// verdict weighs what was read.
func (r *reading) verdict(s *Step) document.Language {
	total, best := 0, none
	for sc := latin; sc < scriptCount; sc++ {
		total += r.letters[sc]
		if best == none || r.letters[sc] > r.letters[best] {
			best = sc
		}
	}
	switch {
	case total == 0:
		return r.unknown("the text has no letters of a known script")
	case r.letters[han]+r.letters[kana] > total/2:
		return r.eastAsian(total)
	case r.letters[best]*2 <= total:
		return r.unknown("the text mixes scripts")
	case s.models[best] != nil:
		return r.compare(s.models[best], &r.tally[best])
	}
	return document.Language{Code: scripts[best].code, Confidence: hundredths(100 * r.letters[best] / total)}
}

// eastAsian tells Japanese, which is never long without kana, from Chinese.
func (r *reading) eastAsian(total int) document.Language {
	code := "zh"
	if r.letters[kana]*20 > r.letters[han] {
		code = "ja"
	}
	return document.Language{Code: code, Confidence: hundredths(100 * (r.letters[han] + r.letters[kana]) / total)}
}

// compare chooses between the languages of one script.
func (r *reading) compare(m *langid.Model, t *langid.Tally) document.Language {
	if t.Letters < fewest {
		return r.unknown("the text is too short to tell its language")
	}
	codes := m.Languages()
	best := 0
	for i := range codes {
		if t.Costs[i] < t.Costs[best] {
			best = i
		}
	}
	limit := mostUnits(t.Symbols)
	if t.Costs[best] > limit {
		return r.unknown("the text is like no known language")
	}
	code := merged(codes[best])
	var mine, all uint64
	for i, c := range codes {
		w := likelihood((t.Costs[i] - t.Costs[best]) / damping)
		all += w
		if merged(c) == code {
			mine += w
		}
	}
	sure := int((100*mine + all/2) / all)
	if sure < leastSure {
		return r.unknown("the text is too short to tell its language from others")
	}
	return document.Language{Code: code, Confidence: hundredths(sure)}
}

const (
	damping = 3       // letters depend on each other: this many bits of evidence count as one
	dearest = 64      // units a symbol, above which a long text is like no language
	leeway  = 12 * 24 // units that a text may cost more, whatever its length
)

// mostUnits is what a text of so many symbols may cost its best language.
func mostUnits(symbols int) uint64 { return uint64(symbols)*dearest + leeway*2 }

// likelihood is 2^32 * 2^(-units/16), rounded down: one for no difference, zero
// for a large one. In whole numbers, so that it is the same on every machine.
func likelihood(units uint64) uint64 {
	if units/langid.UnitsABit > 32 {
		return 0
	}
	return sixteenths[units%langid.UnitsABit] >> (units / langid.UnitsABit)
}

// sixteenths holds 2^(32-i/16).
var sixteenths = [langid.UnitsABit]uint64{
	4294967296, 4112874773, 3938502376, 3771522796, 3611622603, 3458501653, 3311872529, 3171459999,
	3037000500, 2908241642, 2784941738, 2666869345, 2553802834, 2445529972, 2341847524, 2242560872,
}

func hundredths(n int) float64 { return float64(n) / 100 }
