package lemma

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// tables gives a small model of a few Dutch words.
func tables() *Tables {
	t := &Tables{Tags: []string{"NOUN", "VERB", "ADP", "PROPN", "NOUN many", "VERB past", "ADP last", "particle ADP", "join ADP last", "modifier NOUN", "head NOUN", "modifier VERB", JoinedTag, "PUNCT"}}
	tag := func(name string) int { return slices.Index(t.Tags, name) }
	t.Groups = []Group{{UPOS: "NOUN", Keep: 3 << (2 * upperShort), Weights: cutting()}, {UPOS: "VERB", Weights: cutting()}, {UPOS: "ADP"}, {UPOS: "PROPN", Keep: 1<<(2*shapes) - 1}, {UPOS: "PUNCT"}}
	t.Classes = []Class{{"NOUN", "plural", "NOUN many"}, {"VERB", "past", "VERB past"}, {"ADP", "last", "ADP last"}}
	add := func(form, name, lemma string, stat uint8) {
		t.Entries = append(t.Entries, Entry{Form: form, Lemma: lemma, Tag: tag(name), Stat: stat})
	}
	add("boten", "NOUN", "boot", 0)
	add("wegen", "NOUN", "weg", 0)
	add("wegen", "VERB", "wegen", 0)
	add("wogen", "VERB past", "wegen", 0)
	add("belde", "VERB", "bellen", 0)
	add("sloten", "VERB past", "sluiten", 0)
	add("sloten", "NOUN", "sloot", 0)
	add("mee", "ADP", "met", 0)
	add("mee", "particle ADP", "mee", 0)
	add("op", "join ADP last", "op", 1)
	add("af_bellen", JoinedTag, "af", 1)
	add("vissers", "modifier NOUN", "visser", Stat(9, 0))
	add("boot", "head NOUN", "boot", Stat(9, 0))
	add("mee", "modifier VERB", "mee", Stat(9, 0))
	add("Amersfoort", "PROPN", "Amersfoort", 0)
	t.Entries = Sort(t.Entries)
	t.Rules = []Rule{
		{Tag: tag("NOUN"), Script: Script{}},
		{Tag: tag("NOUN many"), Suffix: "en", Script: Script{Cut: 2}},
		{Tag: tag("NOUN many"), Suffix: "den", Script: Script{Cut: 2}},
		{Tag: tag("NOUN many"), Suffix: "s", Script: Script{Cut: 1}},
		{Tag: tag("VERB"), Suffix: "rkt", Script: Script{Cut: 1, Add: "en"}},
		{Tag: tag("VERB"), Suffix: "ewerkt", Script: Script{Front: "ge", Cut: 1, Add: "en"}},
	}
	return t
}

// cutting gives weights that split a form wherever its first part is listed.
func cutting() []int16 {
	w := make([]int16, Features)
	w[bias] = -100
	for known := range uint16(4) {
		w[headPart+partListed*4+known] = 200
	}
	return w
}

func small(t testing.TB) *Model {
	t.Helper()
	m, err := NewModel(tables())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWord(t *testing.T) {
	t.Parallel()
	m := small(t)
	for _, c := range []struct {
		name string
		word Word
		want string
	}{
		{"listed", Word{Form: "boten", UPOS: "NOUN"}, "boot"},
		{"listed in small letters", Word{Form: "Boten", UPOS: "NOUN"}, "boot"},
		{"in capitals", Word{Form: "BOTEN", UPOS: "NOUN"}, "boot"},
		{"by part of speech", Word{Form: "wegen", UPOS: "VERB"}, "wegen"},
		{"by class", Word{Form: "sloten", UPOS: "VERB", XPOS: "past"}, "sluiten"},
		{"by ending", Word{Form: "zwaarden", UPOS: "NOUN", XPOS: "plural"}, "zwaard"},
		{"by a shorter ending", Word{Form: "zwanen", UPOS: "NOUN", XPOS: "plural"}, "zwan"},
		{"an ending is not of another class", Word{Form: "zwanen", UPOS: "NOUN"}, "zwanen"},
		{"without its front", Word{Form: "gewerkt", UPOS: "VERB"}, "werken"},
		{"a front that is not there", Word{Form: "bewerkt", UPOS: "VERB"}, "bewerken"},
		{"split", Word{Form: "vissersboten", UPOS: "NOUN"}, "visser_boot"},
		{"split, last part by ending", Word{Form: "visserszwaarden", UPOS: "NOUN", XPOS: "plural"}, "visser_zwaard"},
		{"split at a hyphen", Word{Form: "vissers-boten", UPOS: "NOUN"}, "visser_boot"},
		{"verb split", Word{Form: "meegewerkt", UPOS: "VERB"}, "mee_werken"},
		{"short capitals stay", Word{Form: "KNZB", UPOS: "NOUN"}, "KNZB"},
		{"a name stays", Word{Form: "Vissersdam", UPOS: "PROPN"}, "Vissersdam"},
		{"a name in capitals that is listed", Word{Form: "AMERSFOORT", UPOS: "PROPN"}, "Amersfoort"},
		{"only listed elsewhere", Word{Form: "belde", UPOS: "NOUN", XPOS: "plural"}, "bellen"},
		{"a name is not looked for elsewhere", Word{Form: "Boten", UPOS: "PROPN"}, "Boten"},
		{"unknown part of speech", Word{Form: "Boten", UPOS: "BOAT"}, "Boten"},
		{"nothing", Word{}, "_"},
		{"very long", Word{Form: strings.Repeat("A", 5000), UPOS: "NOUN"}, strings.Repeat("A", 5000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := m.Append(nil, []Word{c.word}); len(got) != 1 || got[0] != c.want {
				t.Errorf("the lemma of %+v is %q, not %q", c.word, got, c.want)
			}
		})
	}
}

func TestParticles(t *testing.T) {
	t.Parallel()
	m := small(t)
	prt := func(form, xpos string, head int) Word {
		return Word{Form: form, UPOS: "ADP", XPOS: xpos, Deprel: "compound:prt", Head: head}
	}
	verb := Word{Form: "belde", UPOS: "VERB"}
	for _, c := range []struct {
		name  string
		words []Word
		want  string
	}{
		{"after its verb", []Word{verb, prt("op", "last", 1)}, "op_bellen op"},
		{"before its verb, capital", []Word{prt("Op", "last", 2), verb}, "op op_bellen"},
		{"a preposition does not join", []Word{verb, prt("op", "first", 1)}, "bellen op"},
		{"a pair of the lexicon", []Word{verb, prt("af", "first", 1)}, "af_bellen af"},
		{"the first of two", []Word{verb, prt("op", "last", 1), prt("af", "first", 1)}, "op_bellen op af"},
		{"head outside", []Word{verb, prt("op", "last", 9)}, "bellen op"},
		{"its own head", []Word{prt("op", "last", 1)}, "op"},
		{"lemma as particle", []Word{verb, prt("mee", "last", 1)}, "bellen mee"},
		{"lemma otherwise", []Word{verb, {Form: "mee", UPOS: "ADP", XPOS: "last"}}, "bellen met"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(m.Append(nil, c.words), " "); got != c.want {
				t.Errorf("got %q, not %q", got, c.want)
			}
		})
	}
}

func TestAppendKeepsWhatStands(t *testing.T) {
	t.Parallel()
	got := small(t).Append([]string{"x"}, []Word{{Form: "boten", UPOS: "NOUN"}, {Form: "belde", UPOS: "VERB"}})
	if want := []string{"x", "boot", "bellen"}; !slices.Equal(got, want) {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestScripts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		form, lemma string
		want        Script
	}{
		{"huizen", "huis", Script{Cut: 3, Add: "s"}},
		{"gelachen", "lachen", Script{Front: "ge"}},
		{"gewerkt", "werken", Script{Front: "ge", Cut: 1, Add: "en"}},
		{"ging", "gaan", Script{Cut: 3, Add: "aan"}},
		{"één", "een", Script{Cut: 5, Add: "een"}},
	} {
		if got := NewScript(c.form, c.lemma); got != c.want {
			t.Errorf("the script of %q for %q is %+v, not %+v", c.form, c.lemma, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		form, lemma := rapid.String().Draw(t, "form"), rapid.StringN(1, -1, -1).Draw(t, "lemma")
		s := NewScript(form, lemma)
		out, ok := (&script{s.Front, s.Add, s.Cut}).apply(nil, form)
		if !ok || string(out) != lemma {
			t.Fatalf("%+v makes %q (%v) of %q, not %q", s, out, ok, form, lemma)
		}
	})
}

func TestFile(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := tables().Save(&file); err != nil {
		t.Fatal(err)
	}
	m, err := Load(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	words := []Word{{Form: "vissersboten", UPOS: "NOUN"}, {Form: "belde", UPOS: "VERB"}, {Form: "op", UPOS: "ADP", XPOS: "last", Deprel: "compound:prt", Head: 2}}
	if got, want := m.Append(nil, words), small(t).Append(nil, words); !slices.Equal(got, want) {
		t.Errorf("a model from a file gives %q, not %q", got, want)
	}
	for n := range file.Len() {
		if _, err := Load(bytes.NewReader(file.Bytes()[:n])); err == nil {
			t.Fatalf("a file cut after %d bytes of %d loads", n, file.Len())
		}
	}
	if _, err := Load(strings.NewReader(file.String() + "x")); err == nil {
		t.Error("a file with more behind it loads")
	}
}

func TestNewModelRefuses(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(*Tables){
		"an entry without a lemma":      func(t *Tables) { t.Entries[0].Lemma = "" },
		"an entry without a form":       func(t *Tables) { t.Entries[0].Form = "" },
		"white space in a lemma":        func(t *Tables) { t.Entries[0].Lemma = "a\tb" },
		"a tag that is not there":       func(t *Tables) { t.Entries[0].Tag = 99 },
		"entries out of order":          func(t *Tables) { slices.Reverse(t.Entries) },
		"a rule of no tag":              func(t *Tables) { t.Rules[0].Tag = -1 },
		"a rule that cuts backwards":    func(t *Tables) { t.Rules[0].Script.Cut = -1 },
		"a rule that adds white space":  func(t *Tables) { t.Rules[0].Script.Add = " " },
		"too few weights":               func(t *Tables) { t.Groups[0].Weights = make([]int16, 3) },
		"a class of no part of speech":  func(t *Tables) { t.Classes[0].UPOS = "?" },
		"a form of more than 255 bytes": func(t *Tables) { t.Entries[0].Form = strings.Repeat("a", 300) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := tables()
			damage(broken)
			if _, err := NewModel(broken); err == nil {
				t.Error("the tables are taken")
			}
		})
	}
}

// check says what every answer must be.
func check(t interface{ Fatalf(string, ...any) }, m *Model, words []Word) {
	got := m.Append(nil, words)
	if len(got) != len(words) {
		t.Fatalf("%d lemmas for %d words", len(got), len(words))
	}
	if again := m.Append(nil, words); !slices.Equal(got, again) {
		t.Fatalf("%q, then %q", got, again)
	}
	for i, lemma := range got {
		form := words[i].Form
		if lemma == "" || len(lemma) > 3*len(form)+3*maxForm+96 {
			t.Fatalf("the lemma of %q is %q", form, lemma)
		}
		if strings.ContainsFunc(lemma, unicode.IsSpace) && !strings.ContainsFunc(form, unicode.IsSpace) {
			t.Fatalf("white space in the lemma %q of %q", lemma, form)
		}
	}
}

func TestAnyWords(t *testing.T) {
	t.Parallel()
	m := small(t)
	tag := rapid.SampledFrom([]string{"NOUN", "VERB", "ADP", "PROPN", "PUNCT", "X", "", "last", "plural", "past"})
	form := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-zé-]{0,100}`), rapid.SampledFrom([]string{"vissers", "op", "\xff\xfe", "-", "--", "İİİİ"}))
	rapid.Check(t, func(t *rapid.T) {
		words := make([]Word, rapid.IntRange(0, 6).Draw(t, "words"))
		for i := range words {
			words[i] = Word{form.Draw(t, "form"), tag.Draw(t, "upos"), tag.Draw(t, "xpos"), rapid.SampledFrom([]string{"", "compound:prt"}).Draw(t, "deprel"), rapid.IntRange(-1, 7).Draw(t, "head")}
		}
		check(t, m, words)
	})
}

func FuzzAppend(f *testing.F) {
	m, err := NewModel(tables())
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"vissersboten", "meegewerkt", "\x00", "\xffen", "-", "Vissers-BOTEN", strings.Repeat("vissers", 30)} {
		f.Add(seed, "NOUN", "plural")
		f.Add(seed, "VERB", "past")
	}
	f.Fuzz(func(t *testing.T, form, upos, xpos string) {
		check(t, m, []Word{{Form: form, UPOS: upos, XPOS: xpos}, {Form: "op", UPOS: "ADP", XPOS: "last", Deprel: particleRelation, Head: 1}})
	})
}

func FuzzLoad(f *testing.F) {
	var file bytes.Buffer
	if err := tables().Save(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte(format))
	f.Add([]byte(format + "\xff\xff\xff\xff\x07"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Load(bytes.NewReader(data))
		if err != nil {
			return
		}
		check(t, m, []Word{{Form: "vissersboten", UPOS: "NOUN"}, {Form: "zwanen", UPOS: "NOUN", XPOS: "plural"}})
	})
}
