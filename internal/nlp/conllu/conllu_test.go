package conllu

import (
	"compress/gzip"
	"os"
	"strings"
	"testing"
)

const good = `# sent_id = 1
# text = De raad (nu) stemt in.
1	De	de	DET	LID	Definite=Def	2	det	_	_
2	raad	raad	NOUN	N	_	6	nsubj	_	_
3	(	(	PUNCT	LET	_	4	punct	_	SpaceAfter=No
4	nu	nu	ADV	BW	_	6	advmod	_	SpaceAfter=No|Start=9
5	)	)	PUNCT	LET	_	4	punct	_	_
6	stemt	in_stemmen	VERB	WW	_	0	root	_	_
7	in	in	ADP	VZ	_	6	compound:prt	_	SpaceAfter=No
8	.	.	PUNCT	LET	_	6	punct	_	_

1-2	zo'n	_	_	_	_	_	_	_	_
1	zo	zo	ADV	BW	_	3	advmod	_	_
2	'n	een	DET	LID	_	3	det	_	_
2.1	kom	komen	VERB	WW	_	_	_	0:root	_
3	dag	dag	NOUN	N	_	0	root	_	_
`

func all(t *testing.T, text string) []*Sentence {
	t.Helper()
	var out []*Sentence
	for s, err := range Read(strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func TestRead(t *testing.T) {
	got := all(t, good)
	if len(got) != 2 || len(got[0].Words) != 8 || got[0].Comment("sent_id") != "1" || got[0].Words[5].Lemma != "in_stemmen" {
		t.Fatalf("read %+v", got)
	}
	if text := got[0].Text(); text != "De raad (nu) stemt in." {
		t.Errorf("the text is rebuilt as %q", text)
	}
	if text := got[1].Text(); text != "zo'n dag" {
		t.Errorf("the text with a range is rebuilt as %q", text)
	}
	for i, s := range got {
		if err := Validate(s); err != nil {
			t.Errorf("sentence %d: %v", i, err)
		}
		again := all(t, string(Append(nil, s)))
		if len(again) != 1 || string(Append(nil, again[0])) != string(Append(nil, s)) {
			t.Errorf("sentence %d changes when written and read", i)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for name, text := range map[string]string{
		"line 2: 9 fields":     "# c\n1\ta\t_\t_\t_\t_\t0\troot\t_\n",
		`line 1: the id "2"`:   "2\ta\t_\t_\t_\t_\t0\troot\t_\t_\n",
		`line 1: the head "_"`: "1\ta\t_\t_\t_\t_\t_\troot\t_\t_\n",
		"line 1: the range":    "3-4\ta\t_\t_\t_\t_\t_\t_\t_\t_\n",
	} {
		var err error
		for _, err = range Read(strings.NewReader(text)) {
		}
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v, want one with %q", err, name)
		}
	}
}

func TestValidate(t *testing.T) {
	for want, change := range map[string]func(s *Sentence){
		"without words": func(s *Sentence) { s.Words = nil },
		"the field":     func(s *Sentence) { s.Words[1].Lemma = "" },
		"tab":           func(s *Sentence) { s.Words[1].Form = "a\tb" },
		"the head 99":   func(s *Sentence) { s.Words[1].Head = 99 },
		"the head 2":    func(s *Sentence) { s.Words[1].Head = 2 },
		"2 roots":       func(s *Sentence) { s.Words[1].Head, s.Words[1].Deprel = 0, "root" },
		"relation root": func(s *Sentence) { s.Words[1].Deprel = "root" },
		"on a cycle":    func(s *Sentence) { s.Words[1].Head = 1 },
		"the text is":   func(s *Sentence) { s.Words[1].Form = "Raad" },
	} {
		s := all(t, good)[0]
		change(s)
		if err := Validate(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

// The development files are read whole and are valid.
func TestTreebank(t *testing.T) {
	for _, name := range []string{"alpino-dev", "lassysmall-dev"} {
		f, err := os.Open("../../../../shared/data/treebank/" + name + ".conllu.gz")
		if err != nil {
			t.Skip("the treebanks are not here: ", err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for s, err := range Read(z) {
			if err != nil {
				t.Fatal(err)
			}
			if err := Validate(s); err != nil {
				t.Errorf("%s, sentence %s: %v", name, s.Comment("sent_id"), err)
			}
			n++
		}
		if n < 700 {
			t.Errorf("%s has %d sentences", name, n)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(good)
	f.Add("1-2\n\n#\n")
	f.Fuzz(func(t *testing.T, text string) {
		for s, err := range Read(strings.NewReader(text)) {
			if err != nil {
				return
			}
			_ = s.Text()
			if Validate(s) == nil {
				again := all(t, string(Append(nil, s)))
				if len(again) != 1 || len(again[0].Words) != len(s.Words) {
					t.Errorf("%q changes when written and read", text)
				}
			}
		}
	})
}
