package lang

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"telex/internal/plover"
)

func newSenses(t *testing.T, lines ...string) *Senses {
	t.Helper()
	s, err := NewSenses(Table{File: "senses.txt", Text: strings.Join(lines, "\n")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSenses(t *testing.T) {
	t.Parallel()
	s := newSenses(t, "# lemma, part of speech, acts, topic, tone, kind", "",
		"staken VERB PROTEST soc - do # of workers",
		"  aanbevelen\tVERB REQUEST,SUPPORT gen + say  ",
		"raad NOUN - pol 0 grp",
		"raden VERB - gen 0 men",
		"woedend ADJ ACCUSE gen - jud")
	for _, c := range []struct {
		lemma, upos string
		want        *WordSense
	}{
		{"staken", "VERB", &WordSense{Acts: []plover.Type{plover.Protest}, Topic: topicNamed(t, "soc"), Tone: "-", Kind: "do"}},
		{"aanbevelen", "VERB", &WordSense{Acts: []plover.Type{plover.Request, plover.Support}, Topic: NoTopic, Tone: "+", Kind: "say"}},
		{"raad", "NOUN", &WordSense{Topic: topicNamed(t, "pol"), Tone: "0", Kind: "grp"}},
		{"woedend", "ADJ", &WordSense{Acts: []plover.Type{plover.Accuse}, Topic: NoTopic, Tone: "-", Kind: "jud"}},
		{"staken", "NOUN", nil},
		{"raad", "VERB", nil},
		{"Raad", "NOUN", nil},
		{"", "NOUN", nil},
		{"lopen", "VERB", nil},
		{"staken", "", nil},
	} {
		if diff := cmp.Diff(c.want, s.Of(c.lemma, c.upos)); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.lemma, c.upos, diff)
		}
	}
}

// topicNamed gives a topic by its name.
func topicNamed(t *testing.T, name string) Topic {
	t.Helper()
	i := slices.Index(topicNames[:], name)
	if i < 0 {
		t.Fatalf("there is no topic %s", name)
	}
	return Topic(i)
}

// A compound is found by itself, in one word or with the marks between its parts, and
// else by its last part, of the same part of speech.
func TestSensesOfCompounds(t *testing.T) {
	t.Parallel()
	s := newSenses(t, "raad NOUN - pol 0 grp", "dorpsraad NOUN - liv 0 grp", "op_raden VERB - spo 0 do", "bellen VERB CONSULT gen 0 do",
		"opbellen VERB CONSULT liv 0 do", "raad_huis NOUN - env 0 thi")
	for _, c := range []struct{ lemma, upos, topic string }{
		{"dorpsraad", "NOUN", "liv"},
		{"dorps_raad", "NOUN", "liv"},
		{"gemeente_raad", "NOUN", "pol"},
		{"deel_gemeente_raad", "NOUN", "pol"},
		{"raad_huis", "NOUN", "env"},
		{"op_bellen", "VERB", "liv"},
		{"af_bellen", "VERB", "gen"},
		{"op_raden", "VERB", "spo"},
		{"gemeenteraad", "NOUN", ""}, // no mark says where its last part begins
		{"gemeente_raad", "ADJ", ""},
		{"raad_", "NOUN", "pol"}, // joined it is raad
		{"raad_lid", "NOUN", ""},
		{"_", "NOUN", ""},
		{"__", "VERB", ""},
	} {
		got := ""
		if sense := s.Of(c.lemma, c.upos); sense != nil {
			got = sense.Topic.String()
		}
		if got != c.topic {
			t.Errorf("%s %s is of the topic %q, not %q", c.lemma, c.upos, got, c.topic)
		}
	}
}

func TestSensesErrors(t *testing.T) {
	t.Parallel()
	const good = "raad NOUN - pol 0 grp\n"
	for _, c := range []struct{ name, text, want string }{
		{"no line", "# nothing\n\n", "tables/senses.txt: the table is empty"},
		{"too few fields", good + "raden VERB - gen 0", "tables/senses.txt:2: 5 fields, not lemma"},
		{"too many fields", good + "\nraden VERB - gen 0 men do", "tables/senses.txt:3: 7 fields, not lemma"},
		{"one field", "raad", "tables/senses.txt:1: 1 fields, not lemma"},
		{"twice", good + "raden VERB - gen 0 men\n" + good, "tables/senses.txt:3: raad NOUN stands twice"},
		{"twice, of another sense", good + "raad NOUN CONSULT gen + dee", "tables/senses.txt:2: raad NOUN stands twice"},
		{"no kind", "raad NOUN - pol 0 body", `tables/senses.txt:1: "body" is no kind of NOUN`},
		{"the kind of another part of speech", "raad NOUN - pol 0 do", `tables/senses.txt:1: "do" is no kind of NOUN`},
		{"no part of speech", "raad noun - pol 0 grp", `tables/senses.txt:1: "grp" is no kind of noun`},
		{"a part of speech without senses", "nu ADV - gen 0 do", `tables/senses.txt:1: "do" is no kind of ADV`},
		{"no topic", "raad NOUN - politics 0 grp", `tables/senses.txt:1: "politics" is no topic`},
		{"no tone", "raad NOUN - pol ? grp", `tables/senses.txt:1: "?" is no tone: -, 0 or +`},
		{"two tones", "raad NOUN - pol -0 grp", `tables/senses.txt:1: "-0" is no tone`},
		{"no type", "raad NOUN YIELD pol 0 grp", `tables/senses.txt:1: "YIELD" is no type of PLOVER`},
		{"a type in small letters", "raad NOUN consult pol 0 grp", `"consult" is no type of PLOVER`},
		{"an empty type", "raad NOUN CONSULT, pol 0 grp", `"" is no type of PLOVER`},
		{"a type and none", "raad NOUN CONSULT,- pol 0 grp", `"-" is no type of PLOVER`},
		{"a type with its mode", "raad NOUN CONSULT/visit pol 0 grp", `"CONSULT/visit" is no type of PLOVER`},
	} {
		s, err := NewSenses(Table{File: "tables/senses.txt", Text: c.text})
		if s != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, not %s", c.name, err, c.want)
		}
	}
}

// No lemma makes Of fail, and a compound has no other sense than one of its parts or
// its own.
func FuzzSensesOf(f *testing.F) {
	s, err := NewSenses(Table{File: "senses.txt", Text: "raad NOUN - pol 0 grp\n"})
	if err != nil {
		f.Fatal(err)
	}
	for _, lemma := range []string{"raad", "dorps_raad", "_", "raad_", "\xff_raad", "İ_"} {
		f.Add(lemma)
	}
	f.Fuzz(func(t *testing.T, lemma string) {
		if s.Of(lemma, "NOUN") != nil && strings.ReplaceAll(lemma, "_", "") != "raad" && !strings.HasSuffix(lemma, "_raad") {
			t.Errorf("%q has the sense of raad", lemma)
		}
	})
}
