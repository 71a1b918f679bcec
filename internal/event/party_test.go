package event

import (
	"strings"
	"testing"
)

// Who the parties are: each case is a class of constructions.
func TestParties(t *testing.T) {
	for _, c := range []struct {
		about, text string
		want        []string
	}{
		{"the department of another land", "De Franse minister van Financiën Le Maire beschuldigde Italië van fraude.", []string{"ACCUSE/allege FRAGOV > ITA asserted"}},
		{"by whose order", "Op last van de Hongaarse regering arresteerde men vorige week twee studenten.", []string{"COERCE/arrest HUNGOV > HUNEDU asserted"}},
		{"a peer of another land", "De Deense premier overlegde met zijn Noorse collega.", []string{"CONSULT DNKGOV > NORGOV asserted"}},
		{"the owner of the thing", "Spaanse soldaten verwoestten het kamp van de Marokkaanse rebellen.", []string{"ASSAULT/destroy ESPMIL > MARREB asserted"}},
		{"a noun with its adjective", "De Chileense geheime dienst arresteerde een journalist.", []string{"COERCE/arrest CHLSPY > CHLJRN asserted"}},
		{"the head of a court", "De Poolse regering ontsloeg de president van de rechtbank.", []string{"SANCTION/expel POLGOV > POLJUD asserted"}},
		{"a part of the phrase", "Portugese leraren betoogden in Lissabon tegen de regering.", []string{"PROTEST/demo PRTEDU > PRTGOV asserted"}},
		{"what the phrase says more of", "Chili wees de ambassadeur van Peru uit.", []string{"SANCTION/expel CHL > PERGOV asserted"}},
		{"a land that seems a part of the subject", "Na de gesprekken met Netanyahu beloofde Trump Israël meer steun.", []string{"CONSULT USAGOV > ISRGOV asserted", "AGREE USAGOV > ISR asserted"}},
		{"a participle as a noun", "Een rechter kreeg van een veroordeelde een brief met een kogel.", []string{"THREATEN/violence NLDCRM > NLDJUD asserted"}},
		{"a number beside its noun", "In Lima ageerden duizenden studenten tegen de plannen van het ministerie.", []string{"ACCUSE/disapprove PEREDU > PERGOV asserted"}},
		{"its own members", "De vakbond riep zijn leden op tot een staking.", []string{"PROTEST/strike NLDLAB >  asserted"}},
		{"the land that is left", "Frankrijk trekt zijn troepen terug uit Mali.", []string{"RETREAT/withdraw FRA > MLI asserted"}},
		{"an adjective as a noun", "Palestijnse jongeren bekogelden Israëlische militairen met stenen.", []string{"ASSAULT/primitive PSECVL > ISRMIL asserted"}},
		{"a land read as a person", "Sri Lanka wees een Deense journaliste uit.", []string{"COERCE/deport LKA > DNKJRN asserted"}},
		{"its own envoy", "Frankrijk heeft zijn ambassadeur in Rome teruggeroepen.", []string{"SANCTION/withdraw FRA > ITA asserted"}},
		{"a thing hung on whom it is given to", "Canada bood de boeren excuses aan.", []string{"CONCEDE CAN > CANAGR asserted"}},
		{"a town that is hit", "Generaal Haftar, die het oosten van Libië beheerst, viel de hoofdstad aan.", []string{"ASSAULT LBYREB > LBYCVL asserted"}},
		{"a partner behind an adverbial", "Na overleg met de politie verbood de burgemeester de demonstratie.", []string{"CONSULT NLDGOV > NLDCOP asserted", "COERCE/restrict NLDGOV > NLDCVL asserted"}},
		{"a partner in a fixed phrase", "In overleg met de boeren past de provincie de regels aan.", []string{"CONSULT NLDGOV > NLDAGR asserted"}},
		{"an adjective of two lands", "De Amerikaans-Chinese handelsbesprekingen zijn mislukt.", []string{"CONSULT USA > CHN asserted"}},
		{"a land without its name", "Vorige week was Kosovo amper onafhankelijk of Zweden erkende het land al.", []string{"SUPPORT SWE > XKX asserted"}},
		{"the border of another land", "Polen verplaatst tienduizend soldaten naar de grens met Wit-Rusland.", []string{"MOBILIZE/troops POL > BLR asserted"}},
		{"one adjective for two nouns", "Noorwegen bemiddelde vorige week tussen de Boliviaanse regering en oppositie.", []string{"CONSULT/third-party NOR > BOLGOV+BOLOPP asserted"}},
		{"a name behind its article", "Het Witte Huis hekelde de Iraanse regering.", []string{"ACCUSE/disapprove USAGOV > IRNGOV asserted"}},
		{"an intention denied", "De minister is niet van plan om de wet te veranderen.", []string{"REJECT/change NLDGOV >  asserted"}},
		{"an intention denied, in one clause", "Iran is niet van plan met de VS te praten.", []string{"REJECT/meet IRN > USA asserted"}},
		{"how it was, in a quotation", "'We moesten op de vloer slapen', zei de vakbond over de Griekse regering.", nil},
		{"an adjective of a town", "De Antwerpse politie heeft drie betogers opgepakt.", []string{"COERCE/arrest BELCOP > BELCVL asserted"}},
	} {
		a := read(t, c.text)
		var got []string
		for i := range a.Events {
			got = append(got, line(&a.Events[i]))
		}
		if strings.Join(got, "; ") != strings.Join(c.want, "; ") {
			t.Errorf("%s: %s\n got %q\nwant %q", c.about, c.text, got, c.want)
		}
	}
}
