package nl

import (
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"telex/internal/nlp/conllu"
	"telex/internal/nlp/tokenize"
)

func rules(tb testing.TB) *tokenize.Rules {
	tb.Helper()
	r, err := tokens()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestTokens(t *testing.T) {
	r := rules(t)
	for sentence, want := range map[string]string{
		"De raad stemt in.":                                            "De raad stemt in .",
		",,Ik ga weg'', zei hij.":                                      ",, Ik ga weg '' , zei hij .",
		"„Ik ga,” zei zij (36).":                                       "„ Ik ga , ” zei zij ( 36 ) .",
		"'s Ochtends in 's-Gravenhage is 't koud.":                     "'s Ochtends in 's-Gravenhage is 't koud .",
		"'Weg ermee', riep zo'n man in '68.":                           "' Weg ermee ' , riep zo'n man in '68 .",
		"Dr. J.P. de Wit, o.a. lid van de V.S.":                        "Dr. J.P. de Wit , o.a. lid van de V.S.",
		"Hij zit in groep B.":                                          "Hij zit in groep B .",
		"A. Bos won met 1 - 0 of 3-1.":                                 "A. Bos won met 1 - 0 of 3-1 .",
		"Om 19.30 uur, 20:15, kost het 1.250,00 euro.":                 "Om 19.30 uur , 20:15 , kost het 1.250,00 euro .",
		"Goed voor 41,5% en €3,50.":                                    "Goed voor 41,5% en € 3,50 .",
		"Foto's van de G8-top en/of de land- en tuinbouw...":           "Foto's van de G8-top en/of de land- en tuinbouw ...",
		"Zie https://voorbeeld.nl/a?b=c, of mail jan@voorbeeld.nl.":    "Zie https://voorbeeld.nl/a?b=c , of mail jan@voorbeeld.nl .",
		"Volg @telex en #nieuws!":                                      "Volg @telex en #nieuws !",
		"Het is gedaan.De minister komt.":                              "Het is gedaan . De minister komt .",
		"De (ex-)minister en de (oude) raad?!":                         "De (ex-)minister en de ( oude ) raad ? !",
		"De burg. van Dam en J. Smit jr., m'n oom, kwamen e.d.":        "De burg. van Dam en J. Smit jr. , m'n oom , kwamen e.d.",
		"Het kost 3,5 miljoen, 4 mln. euro of 5 mln.":                  "Het kost 3,5 miljoen , 4 mln. euro of 5 mln .",
		"’s Avonds, ‘s nachts en in de jaren ’60: z’n foto’s.":         "’s Avonds , ‘s nachts en in de jaren ’60 : z’n foto’s .",
		"Jos' fiets, Max' auto, Anna's bus en 's Konings rijk.":        "Jos' fiets , Max' auto , Anna's bus en 's Konings rijk .",
		"PSV won met 3-1 (2-0), Ajax - AZ 1 - 0, 6-4 7-5.":             "PSV won met 3-1 ( 2-0 ) , Ajax - AZ 1 - 0 , 6-4 7-5 .",
		"Van 09.00 tot 20.00 uur, op 3-6-2019, in 2018/'19.":           "Van 09.00 tot 20.00 uur , op 3-6-2019 , in 2018/'19 .",
		"De VVD'er (@jan_b) zag 't op nu.nl/a en www.ad.nl.":           "De VVD'er ( @jan_b ) zag 't op nu.nl/a en www.ad.nl .",
		"Hij zei: ''Nee!'' Zij: “Ja.” En ‘misschien’.":                 "Hij zei : '' Nee ! '' Zij : “ Ja . ” En ‘ misschien ’ .",
		"De A'dam-Noord-bus, D66'ers, C&A en R&B: +5%, 50+.":           "De A'dam-Noord-bus , D66'ers , C&A en R&B : +5% , 50+ .",
		"Zo'n 36-jarige PvdA'er uit Zuid-Holland reed 80 km/u.":        "Zo'n 36-jarige PvdA'er uit Zuid-Holland reed 80 km/u .",
		"\"Weg,\"zegt hij.\"De bus\"is weg.Dat is alles,maar goed?Ja!": "\" Weg , \" zegt hij . \" De bus \" is weg . Dat is alles , maar goed ? Ja !",
		"De in- en uitvoer, de (oud-)wethouders en 1e- en 2e-jaars.":   "De in- en uitvoer , de (oud-)wethouders en 1e- en 2e-jaars .",
		"Dat is vol. ''": "Dat is vol . ''",
		"":               "",
	} {
		var words []string
		for _, s := range r.Append(nil, sentence, 0) {
			words = append(words, sentence[s.Start:s.End])
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q\nis  %s\nnot %s", sentence, got, want)
		}
	}
}

// The tokens of the development files; the floor is held on gold sentences.
func TestTokensOfTreebank(t *testing.T) {
	r := rules(t)
	for name, floor := range map[string]float64{"alpino-dev": 99.9, "lassysmall-dev": 99.8} {
		f, err := os.Open("../../../../shared/data/treebank/" + name + ".conllu.gz")
		if err != nil {
			t.Skip("the treebanks are not here: ", err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		gold, system, right := 0, 0, 0
		for s, err := range conllu.Read(z) {
			if err != nil {
				t.Fatal(err)
			}
			text, at := s.Text(), 0
			want := map[[2]int]bool{}
			for _, w := range s.Words {
				want[[2]int{at, at + len(w.Form)}] = true
				if at += len(w.Form); !conllu.SpaceAfterNo(w.Misc) {
					at++
				}
			}
			var wrong []string
			got := r.Append(nil, text, 0)
			for _, span := range got {
				if want[[2]int{span.Start, span.End}] {
					right++
				} else {
					wrong = append(wrong, text[span.Start:span.End])
				}
			}
			if len(wrong) > 0 && testing.Verbose() {
				t.Logf("%s: %q", s.Comment("sent_id"), wrong)
			}
			gold, system = gold+len(want), system+len(got)
		}
		if f1 := 200 * float64(right) / float64(gold+system); f1 < floor {
			t.Errorf("%s: F1 %.2f, the floor is %.2f", name, f1, floor)
		} else {
			t.Logf("%s: F1 %.2f", name, f1)
		}
	}
}
