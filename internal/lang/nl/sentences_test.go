package nl

import (
	"strings"
	"testing"
)

// TestSentences: "|" in the text stands for the end of a sentence within it.
// White space around it belongs to the text.
func TestSentences(t *testing.T) {
	rules := sentences()
	for group, texts := range map[string][]string{
		"plain": {
			"De raad stemt in.| De wethouder is blij.| Morgen volgt het debat.",
			"Is dat zo?| Nee!| Echt niet?!| Goed dan.",
			"Een zin zonder punt",
			"",
			"   ",
		},
		"abbreviations": {
			"Volgens dr. Jansen en prof. dr. ir. De Wit is het o.a. de kou.| Dat klopt.",
			"Dhr. Bakker en mevr. Smit, d.w.z. de ouders, kwamen m.b.t. de zaak langs.",
			"Zie blz. 14 en nr. 3 van jrg. 12.| Daar staat het.",
			"Het duurde ca. 20 minuten, incl. pauze.| Toen was het klaar.",
			"Hij verkoopt appels, peren enz.| De prijs is laag.",
			"Hij verkoopt appels, peren enz. en verdient goed.",
			"Zondag a.s. is er markt.| Zondag jl.| Toen regende het.",
			"Bijv. Amsterdam en bijv. De Bilt doen mee.",
			"De N.V. Mosterd en de B.V. Peper fuseren.| De bonden zijn tegen.",
			"Hij werkt bij Peper B.V.| Daar is het druk.",
			"De koers staat op 3 mln. euro.| Het was 5 mln.| Dat scheelt.",
			"Oud-burgemeester mr. A. van Dam jr. en vice-adm. b.d. De Boer spraken.",
			"Zij reisde naar de VS.| Daar bleef ze.| In de V.S. Ligt dat anders?",
			"In de V.S. wordt gestemd.| Naar de V.S.| Hij ging niet mee.",
			"Karel de Grote stierf in 814 n.Chr. in Aken.| In 44 v. Chr. viel Caesar.",
			"De gem. opbrengst is max. 30 kilo.| Dat is het max.| Meer lukt niet.",
		},
		"initials": {
			"J.P. Balkenende en A. de Vries waren er.| Ook H.M. van der Laan kwam.",
			"Volgens J. P. Sartre en Th. H. Smit is dat waar.",
			"IJ. Bos en Chr. Kok wonen er.| Ph. de Groot niet.",
			"Het P.J. Veer-Instituut en J. U. Bos.| Om 5 p.m. is het klaar.| Kon. Bosmuziek won.| Hij kon.| Zij niet.",
			"Jan Bos (lib.) (1933-1946) en Kees Bos (zie boven.)| Daarna kwam niemand.",
			"Dat schreef W.F. Hermans.| Hij woonde in Parijs.",
			"Verdachte Michael P.| Hij zweeg.| De zaak tegen Jos B.| De rechter schorste.",
			"Vitamine C.| Morgen meer.| Ze spelen in groep B.| Ajax wint.",
			"Het college van B en W.| Rotterdam zegt nee.",
			"George W. Bush en John F. Kennedy.| Nu Joe B. uit Assen.",
		},
		"numbers": {
			"Het kost 3,50 euro of 1.250,00 dollar.| Dat is veel.",
			"Om 19.30 uur begint het.| Het is 20.15 uur.| Tot dan.",
			"Op 3 okt. 2019 en 12 jan. was er feest.| Op 4 sept.| Toen niet.",
			"Ajax won met 1 - 0.| PSV verloor met 3-1.| FC Utrecht speelde 2 - 2.",
			"Dat was in 2010.| De brug bleef dicht.| In 2011.| 15 mensen kwamen.",
			"1. De eerste regel geldt.| Dat is alles.",
			"1. FC Köln verloor.| Het 1. FC Köln verloor.",
			"De 2. en de 3. plaats.| Klaar.",
			"De uitslag: 1. Bos (Ned) 3.12.40, 2. Smit +0.12, 3. De Wit.| Daarna kwam 4.| Kees dus.",
			"Versie 2.0 is er.| Op 1.1.2020 ging hij weg.",
			"Bel tel. 010-1234567.| Of mail.",
		},
		"quotes": {
			"„Ik ga weg.”| Dat zei hij.| „Echt waar.”| „Ja.”",
			"“Ik ga weg.”| Dat zei hij.",
			"‘Ik ga weg.’| Dat zei hij.| 'Ik blijf.'| Dat zei zij.",
			"\"Ik ga weg.\"| Dat zei hij.| \"Blijf!\"| \"Nee.\"",
			",,Ik ga weg.”| Dat zei hij.| ,,Ik blijf.''| Dat zei zij.",
			"''Ik ga weg.''| Dat zei hij.| «Ik blijf.»| Dat zei zij.",
			"„Ik ga weg.“| Dat zei hij.| »Ik blijf.«| Dat zei zij.",
			",, Ik ga weg. ''| Dat zei hij.| \" Ik blijf. \"| Dat zei zij.",
			"“Ik ga weg”, zei hij.| “Kom mee!” riep zij.| ‘Waarom?’ vroeg Jan.",
			"“Kom mee!”| Jan liep door.",
			"'Ga weg.| Kom nooit meer terug.| Hoor je me?' zei ze.",
			"Hij zei: “Ga weg.”| Zij ging.",
			"Het woord 'spijt'.| Dat viel niet.| Zo'n auto's.| Foto's.| Mooi.",
			"Hij noemt haar ‘een heldin’.| ‘s Avonds belde hij.",
			"(Dat staat vast.)| Hij gaat.| (Zie boven).| Klaar.",
			"Dat (!) is vreemd.| Wat (?) Zegt hij.| En (...)| Jan.| Zo (...) is het.",
		},
		"apostrophes": {
			"Hij ging naar bed.| 's Ochtends stond hij op.| ’t Was koud.| 't Regende.",
			"In 's-Hertogenbosch is feest.| Auto's rijden.| Kees' fiets is weg.",
			"Hij woont in Den Haag.| 's-Gravenhage dus.",
		},
		"ellipses": {
			"Ik weet het niet...| Misschien.| Nou… ja.| Dus…| Klaar.",
			"... en toen viel hij.| …Maar hij stond op.",
			"Wacht... wat?| Ja.. dat is zo.",
			"Hij telde: 1... 2... 3.| Klaar.",
		},
		"addresses": {
			"Kijk op www.voorbeeld.nl of nu.nl.| Daar staat het.",
			"Zie https://voorbeeld.nl/a.b?c=D.E voor meer.| Of mail naar j.de.vries@voorbeeld.nl.| Dank.",
			"Booking.com en Bol.com groeien.| Node.js ook.| Het bestand a.Txt is weg.",
			"Yahoo! Nederland sluit.| Yahoo! is klaar.",
		},
		"glued": {
			"Dat is gedaan.|De minister is blij.| Het regent.|Morgen niet.",
			"Dat is gedaan!|De minister is blij.| “Klaar.”|De rest volgt.",
			"Dat is gedaan.|“De rest volgt”, zei hij.| Klaar.|,,Goed zo.”",
			"Het was in 2010.|De brug bleef dicht.",
		},
		"lines": {
			"Grote eer|\nDe minister is blij.|\n\nTweede kop|\n\nDat was het",
			"Boodschappen:|\n- melk|\n- Brood|\n* kaas",
			"Het menu|\n1. soep|\n2. brood|\n3. Vla",
			"De minister is gisteren in alle vroegte naar\nBrussel vertrokken.| Daar is\nhij nu.",
			"De minister sprak gisteren op het congres met de heer\nJansen, wethouder in\nUtrecht.",
			"Eerste|\r\n\r\nTweede|\u2029Derde",
			"Drie bezoekers, onder wie dr.\nJansen, kwamen.",
		},
		"lower case": {
			"Hij heeft een iPhone.| iPhone en eBay zijn merken.",
			"De prijs is 5 euro. maar dat is een tikfout.",
		},
	} {
		for _, marked := range texts {
			text := strings.ReplaceAll(marked, "|", "")
			var want []string
			for _, s := range strings.Split(marked, "|") {
				if s = strings.TrimSpace(s); s != "" {
					want = append(want, s)
				}
			}
			var got []string
			for _, s := range rules.Split(text) {
				got = append(got, text[s.Start:s.End])
			}
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("%s:\n got %s\nwant %s", group, strings.Join(got, " | "), strings.Join(want, " | "))
			}
		}
	}
}

func TestSentenceLists(t *testing.T) {
	files, err := sentenceLists.ReadDir("sentences")
	if err != nil || len(files) != 11 {
		t.Fatalf("%d lists, %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".txt")
		words := 0
		seen := map[string]bool{}
		for _, line := range strings.Split(sentenceList(name), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			for _, w := range strings.Fields(line) {
				words++
				if seen[w] {
					t.Errorf("%s: %s stands twice", name, w)
				}
				seen[w] = true
				switch name {
				case "never", "titles", "numbered", "endings", "attached":
					if !strings.HasSuffix(w, ".") {
						t.Errorf("%s: the abbreviation %s has no stop", name, w)
					}
				}
			}
		}
		if words == 0 {
			t.Errorf("list %s is empty", name)
		}
	}
}
