package gold

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"

	"telex/internal/document"
)

// Count is how many names gold has, how many the system has, and how many of
// these have the same span and type in gold.
type Count struct{ Gold, System, Right int }

// Precision, Recall and F1 are in percent; 0 where there is nothing to count.
func (c Count) Precision() float64 { return percent(c.Right, c.System) }

// Recall is in percent.
func (c Count) Recall() float64 { return percent(c.Right, c.Gold) }

// F1 is the harmonic mean of precision and recall, in percent.
func (c Count) F1() float64 { return percent(2*c.Right, c.Gold+c.System) }

func percent(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return 100 * float64(part) / float64(all)
}

// NameScore counts names by type.
type NameScore map[string]*Count

// Mistake is a name that only one of gold and system has.
type Mistake struct {
	Name
	Kind string // "missed" or "wrong"
}

// Add counts the names of an article and gives the mistakes in text order.
func (s NameScore) Add(want, got []Name) []Mistake {
	wanted := make(map[Name]bool, len(want))
	for _, n := range want {
		wanted[n] = true
		s.of(n.Type).Gold++
	}
	var wrong []Mistake
	found := make(map[Name]bool, len(got))
	for _, n := range got {
		s.of(n.Type).System++
		found[n] = true
		if wanted[n] {
			s.of(n.Type).Right++
		} else {
			wrong = append(wrong, Mistake{n, "wrong"})
		}
	}
	for _, n := range want {
		if !found[n] {
			wrong = append(wrong, Mistake{n, "missed"})
		}
	}
	slices.SortStableFunc(wrong, func(a, b Mistake) int { return a.Span.Start - b.Span.Start })
	return wrong
}

func (s NameScore) of(typ string) *Count {
	if s[typ] == nil {
		s[typ] = &Count{}
	}
	return s[typ]
}

// String gives a line for each type and one for all.
func (s NameScore) String() string {
	var b strings.Builder
	var all Count
	for _, typ := range []string{"PER", "LOC", "ORG", "MISC"} {
		c := s.of(typ)
		all.Gold, all.System, all.Right = all.Gold+c.Gold, all.System+c.System, all.Right+c.Right
		line(&b, typ, *c)
	}
	line(&b, "all", all)
	return b.String()
}

func line(b *strings.Builder, name string, c Count) {
	fmt.Fprintf(b, "  %-4s precision %6.2f recall %6.2f F1 %6.2f (%d of %d, %d found)\n", name, c.Precision(), c.Recall(), c.F1(), c.Right, c.Gold, c.System)
}

// ReadIOB gives the articles of a file with a word, a tag and an IOB label on each
// line, as CoNLL 2002 wrote them: sentences end with an empty line, articles begin
// with -DOCSTART-. Words are joined by spaces; marks stand against the word before.
func ReadIOB(path string) ([]Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read labelled words: %w", err)
	}
	defer f.Close()
	var r iobReader
	lines := bufio.NewScanner(f)
	for number := 1; lines.Scan(); number++ {
		if err := r.line(lines.Text()); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read labelled words: %w", err)
	}
	r.end()
	return r.articles, nil
}

type iobReader struct {
	articles []Article
	text     strings.Builder
	names    []Name
	fresh    bool // a sentence begins
	last     string
}

func (r *iobReader) line(line string) error {
	if strings.HasPrefix(line, "-DOCSTART-") {
		r.end()
		return nil
	}
	fields := strings.Fields(line)
	if len(fields) == 0 {
		r.fresh = true
		return nil
	}
	word, label := fields[0], fields[len(fields)-1]
	typ, within := label, false
	switch {
	case label == "O":
		typ = ""
	case strings.HasPrefix(label, "B-"):
		typ = label[2:]
	case strings.HasPrefix(label, "I-"):
		typ, within = label[2:], r.last == label[2:]
	default:
		return fmt.Errorf("the label %q is none of O, B-TYPE, I-TYPE", label)
	}
	if r.text.Len() > 0 {
		switch {
		case r.fresh:
			r.text.WriteString("\n")
		case !strings.Contains(".,;:?!)", word):
			r.text.WriteByte(' ')
		}
	}
	r.fresh = false
	start := r.text.Len()
	r.text.WriteString(word)
	span := document.Span{Start: start, End: r.text.Len()}
	switch {
	case within:
		r.names[len(r.names)-1].Span.End = span.End
	case typ != "":
		r.names = append(r.names, Name{span, typ})
	}
	r.last = typ
	return nil
}

func (r *iobReader) end() {
	if r.text.Len() > 0 {
		r.articles = append(r.articles, Article{ID: fmt.Sprint(len(r.articles) + 1), Text: r.text.String(), Names: r.names})
	}
	r.text.Reset()
	r.names, r.fresh, r.last = nil, false, ""
}
