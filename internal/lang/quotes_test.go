package lang

import (
	"strings"
	"testing"
)

// quoteTablesForTest gives the smallest tables that can be read.
func quoteTablesForTest() QuoteTables {
	var words strings.Builder
	for _, name := range quoteWordNames {
		words.WriteString(name + ": x" + name + "\n")
	}
	return QuoteTables{
		Verbs:   Table{"verbs.txt", "say: says; d c; say says\nto|give: says; c; give gave\n"},
		Words:   Table{"words.txt", words.String()},
		Phrases: Table{"phrases.txt", "of: says; in the eyes of, in the\n"},
		Nouns:   Table{"nouns.txt", "warns: warning\n"},
		Marks:   Table{"marks.txt", "double opens: ,, „\ndouble both: \"\nsingle both: '\napostrophe: t s\n"},
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	q, err := NewQuotes(quoteTablesForTest())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		form, particle string
		ok             bool
	}{{"says", "", true}, {"gave", "to", true}, {"togave", "", true}, {"gave", "", false}, {"says", "to", false}} {
		if r, ok := q.Verb(c.form, c.particle); ok != c.ok || ok && (r.Stance != "says" || !r.Clause) {
			t.Errorf("%q with %q: %+v, %v", c.form, c.particle, r, ok)
		}
	}
	if _, n := q.Phrase([]string{"in", "the", "eyes", "of", "x"}); n != 4 {
		t.Errorf("the longest phrase has %d words", n)
	}
	if _, n := q.Phrase([]string{"in", "a"}); n != 0 {
		t.Errorf("a phrase of %d words where there is none", n)
	}
	if m, ok := q.Mark(",,x"); !ok || m.Closes || !m.Opens || m.Family != DoubleMark {
		t.Errorf("mark %+v, %v", m, ok)
	}
	if _, ok := q.Mark(",x"); ok {
		t.Error("a comma is no mark")
	}
	if !q.Is(ThatWord, "xthat") || q.Is(ThatWord, "xso") || !q.Elided("t") {
		t.Error("words are of the wrong kind")
	}
	if s, ok := q.Noun("warning"); !ok || s != "warns" {
		t.Errorf("noun %q %v", s, ok)
	}
}

// A bad line is refused with table, line and reason.
func TestQuotesRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		table func(*QuoteTables) *Table
		line  string
		says  string
	}{
		{func(q *QuoteTables) *Table { return &q.Verbs }, "say: says; d; say", `"say" stands twice`},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout: loudly; d; shout", `"loudly" is none of`},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout: says; z; shout", `"z" is none of d, c, q, t`},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout: says; ; shout", "there is no use"},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout: says; d; ", "has no forms"},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout: says; d", "not stance; uses; forms"},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout: says; d; Shout", "not in lower case"},
		{func(q *QuoteTables) *Table { return &q.Verbs }, "shout", "is not of the form"},
		{func(q *QuoteTables) *Table { return &q.Words }, "odd: x", `"odd" is no kind of words`},
		{func(q *QuoteTables) *Table { return &q.Phrases }, "odd: says; a b", `"odd" is no kind of phrases`},
		{func(q *QuoteTables) *Table { return &q.Phrases }, "of: says; alone", "is not of several words"},
		{func(q *QuoteTables) *Table { return &q.Phrases }, "of: odd; a b", `"odd" is none of`},
		{func(q *QuoteTables) *Table { return &q.Nouns }, "says: warning", "already stands under warns"},
		{func(q *QuoteTables) *Table { return &q.Marks }, "triple opens: x", `"triple" is no family`},
		{func(q *QuoteTables) *Table { return &q.Marks }, "double shuts: x", `"shuts" is none of`},
	} {
		tables := quoteTablesForTest()
		table := c.table(&tables)
		table.Text += "# a remark\n" + c.line + "\n"
		line := strings.Count(table.Text, "\n")
		_, err := NewQuotes(tables)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), table.File+":") {
			t.Errorf("the line %q: error %v, want %s:%d and %q", c.line, err, table.File, line, c.says)
		}
	}
	tables := quoteTablesForTest()
	tables.Words.Text = "that: x\n"
	if _, err := NewQuotes(tables); err == nil || !strings.Contains(err.Error(), "no line of the kind") {
		t.Errorf("words without a kind: error %v", err)
	}
	tables = quoteTablesForTest()
	tables.Nouns.Text = "# nothing\n"
	if _, err := NewQuotes(tables); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("an empty table: error %v", err)
	}
}
