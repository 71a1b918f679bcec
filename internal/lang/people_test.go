package lang

import (
	"strings"
	"testing"
)

// tables are small but whole.
func peopleTables() PeopleTables {
	kinds := ""
	for _, k := range wordKindNames {
		kinds += k + ": x\n"
	}
	return PeopleTables{
		Offices:  Table{"offices", "mayor: burgemeester, eerste burger\nleader: +leider (m)\n"},
		Prefixes: Table{"prefixes", "oud-: former\n"}, Persons: Table{"persons", "man: male\n"}, Pronouns: Table{"pronouns", "hij: male\n"},
		Words: Table{"words", kinds + "organisation: +club\n"}, GivenMale: Table{"male", "Jan\n"}, GivenFemale: Table{"female", "Anna\n"}, Leaders: Table{"leaders", "NLD: Smit\n"},
	}
}

func TestPeopleErrors(t *testing.T) {
	t.Parallel()
	if _, err := NewPeople(peopleTables()); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*PeopleTables){
		`offices:2: "burgemeester" already stands under mayor`: func(p *PeopleTables) { p.Offices.Text = "mayor: burgemeester\nking: burgemeester\n" },
		`offices:1: "mayor" is not of the form`:                func(p *PeopleTables) { p.Offices.Text = "mayor\n" },
		`offices:1: the office "Mayor" has other`:              func(p *PeopleTables) { p.Offices.Text = "Mayor: x\n" },
		`offices:1: "Burgemeester" is no word in lower case`:   func(p *PeopleTables) { p.Offices.Text = "mayor: Burgemeester\n" },
		`offices: the office "king" has no words`:              func(p *PeopleTables) { p.Offices.Text += "leader > king\n" },
		`leaders:2: "Smit" already stands under NLD`:           func(p *PeopleTables) { p.Leaders.Text += "BEL: Smit\n" },
		`leaders:1: "nl" is no code of three capitals`:         func(p *PeopleTables) { p.Leaders.Text = "nl: Smit\n" },
		`offices: the table is empty`:                          func(p *PeopleTables) { p.Offices.Text = "# nothing\n" },
		`prefixes:1: "once" is none of`:                        func(p *PeopleTables) { p.Prefixes.Text = "oud-: once\n" },
		`persons:2: "man" stands twice`:                        func(p *PeopleTables) { p.Persons.Text += "man: male\n" },
		`persons:1: the gender "m" is none`:                    func(p *PeopleTables) { p.Persons.Text = "man: m\n" },
		`pronouns:1: the gender "it" is none`:                  func(p *PeopleTables) { p.Pronouns.Text = "het: it\n" },
		`words:1: "odd" is no kind of words`:                   func(p *PeopleTables) { p.Words.Text = "odd: x\n" },
		`words: there is no line of the kind`:                  func(p *PeopleTables) { p.Words.Text = "of: van\norganisation: club\n" },
		`female:1: "Jan" stands in both tables`:                func(p *PeopleTables) { p.GivenFemale.Text = "Jan\n" },
		`words: there is no line of the kind organisation`:     func(p *PeopleTables) { p.Words.Text = strings.Replace(p.Words.Text, "organisation: +club\n", "", 1) },
	} {
		tables := peopleTables()
		change(&tables)
		if _, err := NewPeople(tables); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// No word makes Office fail, and what it says comes before lies at the word's start.
func FuzzOffice(f *testing.F) {
	p, err := NewPeople(peopleTables())
	if err != nil {
		f.Fatal(err)
	}
	for _, w := range []string{"oud-burgemeester", "VVD-leider", "clubleider", "-", "oud-", "İleider", "\xffleider", "’er", strings.Repeat("oud-", 30)} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, word string) {
		o, ok := p.Office(word)
		if ok == (o.ID == "") || !strings.Contains(strings.ReplaceAll(word, "’", "'"), o.Before) {
			t.Errorf("%q is %+v, %t", word, o, ok)
		}
	})
}
