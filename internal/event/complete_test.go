package event

import (
	"strings"
	"testing"
)

// codes reads a text and gives its events as lines.
func codes(tb testing.TB, text string) []string {
	tb.Helper()
	a := read(tb, text)
	var out []string
	for i := range a.Events {
		out = append(out, line(&a.Events[i]))
	}
	return out
}

type textCase struct {
	about, text string
	want        []string
}

func checkTexts(t *testing.T, cases []textCase) {
	t.Helper()
	for _, c := range cases {
		if got := codes(t, c.text); strings.Join(got, "; ") != strings.Join(c.want, "; ") {
			t.Errorf("%s: %s\n got %q\nwant %q", c.about, c.text, got, c.want)
		}
	}
}

// What a pattern leaves open is taken from what fills its slots.
func TestCompletedEvents(t *testing.T) {
	checkTexts(t, []textCase{
		{"whose part it is", "De minister kondigde een onderzoek naar de rol van de gemeenten aan.", []string{"ACCUSE/investigate NLDGOV > NLDGOV asserted"}},
		{"people in what is attacked", "Een man heeft in Rotterdam een bus met schoolkinderen in brand gestoken.", []string{"ASSAULT/primitive NLDCVL > NLDEDU asserted"}},
		{"a demonstrative", "De rekening ging naar de boeren, maar die tekenden bezwaar aan.", []string{"ACCUSE/disapprove NLDAGR >  asserted"}},
		{"what a kind of people is like", "Het is een van de landen die zich sterk maken voor vrijhandel.", nil},
		{"where it is known from", "Uit onderzoek van de politie blijkt dat de straten schoner zijn.", nil},
		{"companies among themselves", "De winkel hekelde zijn leveranciers en weigerde hun klanten te helpen.", nil},
		{"what a protest demands", "Duizenden studenten gingen in Parijs de straat op om een lagere huur te eisen.", []string{"PROTEST/demo FRAEDU >  asserted"}},
	})
}

// What somebody wants of another is a demand; a verb such as gaan that is no
// auxiliary puts nothing off.
func TestWishedEvents(t *testing.T) {
	checkTexts(t, []textCase{
		{"help", "Premier Rutte wil Duitse hulp.", []string{"REQUEST/assist NLDGOV > DEU asserted"}},
		{"gaan om", "Volgens de minister gaat het om een aanslag van rebellen in Kabul.", []string{"ASSAULT AFGREB > AFGCVL asserted"}},
	})
}

// A headline and the text below it tell one event; what is introduced as one more
// is another.
func TestOneOrAnother(t *testing.T) {
	checkTexts(t, []textCase{
		{"one more", "De politie heeft maandag in Delft een man aangehouden. Gisteren was er ook al een arrestatie in Leiden.", []string{"COERCE/arrest NLDCOP > NLDCVL asserted", "COERCE/arrest NLDCOP > NLDCVL asserted"}},
		{"a headline", "Griekse ambtenaren worden vervolgd\n\nGriekse aanklagers vervolgen twintig mensen wegens de brand van vorige week.", []string{"ACCUSE/allege GRCJUD > GRCGOV asserted"}},
		{"troops of one who attacks", "De opmars van de rebellen begon in maart.\n\nDat meldt de krant.\n\nDe straten bleven leeg.\n\nDe rebellen beschoten dinsdag het leger.", []string{"ASSAULT/heavy-weapons NLDREB > NLDMIL asserted"}},
	})
}

// What a phrase tells of its subject is told; what only another event is about, or
// what nobody is named for, is not.
func TestDeedsAndBackground(t *testing.T) {
	checkTexts(t, []textCase{
		{"a participle of a headline", "Woning in Rotterdam beschoten", []string{"ASSAULT/firearms  > NLDCVL asserted"}},
		{"a participle before its noun", "De familie van de door Volkert van der Graaf vermoorde politicus Pim Fortuyn reageerde.", []string{"ASSAULT/targeted NLDCRM > NLDPTY asserted"}},
		{"a place that is a part of the phrase", "De rebellen wisten de stad Benghazi in het oosten van het land te veroveren.", []string{"COERCE/seize LBYREB > LBYGOV asserted"}},
		{"a threat and its answer", "Nadat de vakbonden met acties hadden gedreigd, zag de minister af van de bezuiniging.", []string{"THREATEN/restrict NLDLAB > NLDGOV asserted", "CONCEDE NLDGOV > NLDLAB asserted"}},
		{"a phrase without its goal", "Een man gooide vuurwerk op het plein.", []string{"ASSAULT/primitive NLDCVL >  asserted"}},
		{"what a refusal is about", "Premier Rutte sprak zich uit tegen het afzetten van Trump.", []string{"REJECT/change NLDGOV > USAGOV asserted"}},
		{"a state of nobody", "De jaren in gevangenschap waren lang.", nil},
	})
}

// Small words: niet alleen negates nothing, who could free somebody freed him, and
// what only stands as a condition is not told.
func TestSmallWordsOfRealis(t *testing.T) {
	checkTexts(t, []textCase{
		{"not only", "De Franse minister kreeg niet alleen kritiek van Merkel.", []string{"ACCUSE/disapprove DEUGOV > FRAGOV asserted"}},
		{"could and did", "De Franse politie kon de gijzelaars bevrijden.", []string{"AID FRACOP > FRACVL asserted"}},
		{"a condition", "De straten blijven leeg als Merkel met Macron overlegt.", nil},
	})
}

// What speakers say of others, what parties want, and what headlines leave out.
func TestSpeechAndHeadlines(t *testing.T) {
	checkTexts(t, []textCase{
		{"a demand in direct speech", "'De minister moet de wet intrekken', zei Wilders.", []string{"REQUEST/change NLDPTY > NLDGOV asserted"}},
		{"blame in indirect speech", "Volgens Klaver is het beleid van minister Wiebes rampzalig.", []string{"ACCUSE/disapprove NLDPTY > NLDGOV asserted"}},
		{"a speaker without a name", "De oppositie vindt dat de minister moet opstappen.", []string{"REQUEST/change NLDOPP > NLDGOV asserted"}},
		{"judgement", "Wilders noemde het besluit van de minister schandalig.", []string{"ACCUSE/disapprove NLDPTY > NLDGOV asserted"}},
		{"praise denied", "De Kamer is niet tevreden met het besluit van de minister.", []string{"ACCUSE/disapprove NLDLEG > NLDGOV asserted"}},
		{"a party wants of the government of which the text speaks", "De PVV wil de provincie afschaffen. De minister zwijgt.", []string{"REQUEST/change NLDPTY > NLDGOV asserted"}},
		{"a party does not want", "De VVD wil geen windmolens op land.", []string{"REJECT/change NLDPTY >  asserted"}},
		{"a headline of nouns", "Overleg premier met vakbonden over pensioenen", []string{"CONSULT NLDGOV > NLDLAB asserted"}},
		{"whom a part of the phrase names", "Teheran weigert Amerikaanse onderhandelaars te ontvangen.", []string{"REJECT/meet IRNGOV > USAGOV asserted"}},
		{"an object before the verb", "Een ultimatum aan de stakers heeft de directie niet gesteld.", []string{"THREATEN NLDBUS > NLDLAB negated"}},
		{"pressure", "Onder druk van de vissers ziet de regering af van het verbod.", []string{"CONCEDE NLDGOV > NLDAGR asserted"}},
		{"what stands before a hyphen", "De EU-ministers bezochten Kiev.", []string{"CONSULT/visit IGOEUR > UKR asserted"}},
		{"whom a measure binds", "De regering kondigde een avondklok af.", []string{"COERCE/curfew NLDGOV > NLDCVL asserted"}},
		{"victims whom nobody names", "De aanslag in Kabul werd opgeëist.", []string{"ASSAULT  > AFGCVL asserted"}},
	})
}

// A week or season to come puts an event into the future; what is told again as denied
// is the same; what anybody does, or is only compared, is none.
func TestWhenAndWhether(t *testing.T) {
	checkTexts(t, []textCase{
		{"next week", "De Keniaanse president bezoekt volgende week Ethiopië.", []string{"AGREE KENGOV > ETH future"}},
		{"denied later", "De docent werd geschorst. De school heeft de docent niet geschorst, zegt ze nu.", []string{"SANCTION/expel NLDEDU > NLDEDU asserted"}},
		{"anybody", "Je mag de politie niet aanvallen.", nil},
		{"a comparison", "Hij keek alsof hij de minister had aangevallen.", nil},
		{"a particle that is none", "Volgend jaar staat de minister er weer twee keer.", nil},
	})
}

// The pattern of a reflexive verb does not hold of the verb without its word, however
// much else of it is there.
func TestReflexiveNeedsItsWord(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"De tuinman stelde de vaas achter het beeld van de minister.", "De klerk voegde een brief bij het verzoek van de minister."} {
		for _, e := range read(t, text).Events {
			if e.Type == "" {
				t.Errorf("%s: an event without a type: %+v", text, e)
			}
		}
	}
}
