package entity_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"telex/internal/document"
	"telex/internal/entity"
	"telex/internal/entity/gold"
	"telex/internal/grammar"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/sentence"
)

// dutch is the whole pack, loaded once for all tests.
var dutch = sync.OnceValues(nl.New)

func pack(tb testing.TB) lang.Pack {
	tb.Helper()
	p, err := dutch()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// marked takes a text apart in which names stand as "[PER Anna Smit]".
func marked(tb testing.TB, text string) gold.Article {
	tb.Helper()
	var a gold.Article
	var raw strings.Builder
	for {
		before, rest, found := strings.Cut(text, "[")
		raw.WriteString(before)
		if !found {
			break
		}
		inside, after, ok := strings.Cut(rest, "]")
		typ, name, two := strings.Cut(inside, " ")
		if !ok || !two {
			tb.Fatalf("%q is no marked name", rest)
		}
		start := raw.Len()
		raw.WriteString(name)
		a.Names = append(a.Names, gold.Name{Span: document.Span{Start: start, End: raw.Len()}, Type: typ})
		text = after
	}
	a.Text = raw.String()
	return a
}

// paragraphs makes each line of an article a block.
type paragraphs struct{}

func (paragraphs) Name() string { return "layout" }
func (paragraphs) Apply(_ testing.TB, a *document.Article) {
	start := 0
	for line := range strings.Lines(a.Raw) {
		if trimmed := strings.TrimSpace(line); trimmed != "" {
			at := start + strings.Index(line, trimmed)
			a.Blocks = append(a.Blocks, document.Block{Type: document.Paragraph, Span: document.Span{Start: at, End: at + len(trimmed)}})
		}
		start += len(line)
	}
}

// read takes a marked text through the step, whose names stay as they are marked.
func read(tb testing.TB, text string) *document.Article {
	return readBy(tb, entity.New(pack(tb)).WithoutAgreement(), text)
}

func readBy(tb testing.TB, step *entity.Step, text string) *document.Article {
	tb.Helper()
	g := marked(tb, text)
	a := &document.Article{Raw: g.Text, Language: document.Language{Code: "nl"}}
	paragraphs{}.Apply(tb, a)
	p := pack(tb)
	if err := sentence.New(p).Apply(tb.Context(), a); err != nil {
		tb.Fatal(err)
	}
	if err := grammar.New(p).Apply(tb.Context(), a); err != nil {
		tb.Fatal(err)
	}
	g.Label(a)
	if err := step.Apply(tb.Context(), a); err != nil {
		tb.Fatal(err)
	}
	return a
}

// show writes an entity on a line: type, name, links, roles, then its mentions,
// descriptions in angle brackets and pronouns between stars.
func show(a *document.Article, e *document.Entity) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", e.Type, e.Name)
	for _, l := range e.Links {
		b.WriteString(" " + l.ID)
	}
	for _, r := range e.Roles {
		fmt.Fprintf(&b, " {%s: %s", r.Text, r.Office)
		if r.Country != "" {
			b.WriteString(" " + r.Country)
		}
		if r.Of != "" {
			b.WriteString(" of " + r.Of)
		}
		b.WriteString("}")
	}
	sep := " = "
	for _, m := range e.Mentions {
		text := a.Raw[m.Span.Start:m.Span.End]
		switch m.Form {
		case "nominal":
			text = "<" + text + ">"
		case "pronoun":
			text = "*" + text + "*"
		}
		b.WriteString(sep + text)
		sep = " | "
	}
	return b.String()
}

// people gives the lines of the entities of some types.
func people(a *document.Article, types string) string {
	var out []string
	for i := range a.Entities {
		if strings.Contains(types, a.Entities[i].Type) {
			out = append(out, show(a, &a.Entities[i]))
		}
	}
	return strings.Join(out, "\n")
}

type example struct{ name, text, types, want string }

func check(t *testing.T, examples []example) {
	t.Helper()
	for _, x := range examples {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			if got := people(read(t, x.text), x.types); got != x.want {
				t.Errorf("%s\ngives\n%s\nnot\n%s", x.text, got, x.want)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	check(t, []example{
		{"full name, surname, genitive", "[PER Marieke van Dalen] won. [PER Van Dalen] was blij. De fiets was [PER Van Dalens] eigen.", "PER",
			"PER Marieke van Dalen = Marieke van Dalen | Van Dalen | Van Dalens"},
		{"surname before the full name", "Volgens [PER Kramer] is het klaar. [PER Ilse Kramer] woont in Assen.", "PER", "PER Ilse Kramer = Kramer | Ilse Kramer"},
		{"initials", "[PER J. Mulder] schreef het. [PER Jan Mulder] las het voor. [PER J.P. Mulder] zweeg.", "PER", "PER J.P. Mulder = J. Mulder | Jan Mulder | J.P. Mulder"},
		{"two of one surname", "[PER Jan de Vries] en [PER Piet de Vries] zijn broers. [PER Jan] fietst, [PER Piet] loopt.", "PER",
			"PER Jan de Vries = Jan de Vries | Jan\nPER Piet de Vries = Piet de Vries | Piet"},
		{"two of one family that is named first", "[PER Kim Jong-un] volgde [PER Kim Jong-il] op.", "PER", "PER Kim Jong-un = Kim Jong-un\nPER Kim Jong-il = Kim Jong-il"},
		{"a family name that stands first", "[PER Kim Jong-un] zwaaide. Daarna sprak [PER Kim].", "PER", "PER Kim Jong-un = Kim Jong-un | Kim"},
		{"a couple", "[PER Bill] en [PER Hillary Clinton] kwamen. [PER Hillary] sprak, [PER Bill] zweeg.", "PER",
			"PER Bill = Bill | Bill\nPER Hillary Clinton = Hillary Clinton | Hillary"},
		{"forms of address part", "[PER Jan de Wit] woont daar. Mevrouw [PER De Wit] niet.", "PER", "PER Jan de Wit = Jan de Wit\nPER De Wit = De Wit"},
		{"a family is no person", "De familie [PER Bakker] treurt om [PER Ali Bakker].", "PER", "PER Bakker = Bakker\nPER Ali Bakker = Ali Bakker"},
		{"short form in brackets", "De [ORG Koninklijke Nederlandse Zaklopersbond] ([ORG KNZB]) vergadert. De [ORG KNZB] zwijgt.", "ORG",
			"ORG Koninklijke Nederlandse Zaklopersbond = Koninklijke Nederlandse Zaklopersbond | KNZB | KNZB"},
		{"short form apart", "De [ORG Partij van de Akkers] wil meer. Dat zei de [ORG PvdA] niet eerder.", "ORG", "ORG Partij van de Akkers = Partij van de Akkers | PvdA"},
		{"part of a body's name", "[ORG VV Zilverdam] verloor. [ORG Zilverdam] had pech.", "ORG", "ORG VV Zilverdam = VV Zilverdam | Zilverdam"},
		{"a part of two is neither", "[ORG Universiteit Leiden] en [ORG Universiteit Gent] werken samen, meldt de [ORG Universiteit].", "ORG",
			"ORG Universiteit Leiden = Universiteit Leiden\nORG Universiteit Gent = Universiteit Gent\nORG Universiteit = Universiteit"},
		{"one country by several names", "De [LOC VS] en [LOC Amerika] zijn hetzelfde, net als de [LOC Verenigde Staten].", "LOC", "LOC Verenigde Staten USA = VS | Amerika | Verenigde Staten"},
		{"a people is no country", "[LOC Duitsland] speelt. De [MISC Duitse] bond juicht voor de [MISC Duitsers].", "LOC MISC",
			"LOC Duitsland DEU = Duitsland\nMISC Duitsers DEU = Duitse | Duitsers"},
		{"a short form of a thing in small letters", "Zij stonden in de gedemilitariseerde zone ([LOC DMZ]).", "LOC", "LOC DMZ = <gedemilitariseerde zone> | DMZ"},
	})
}

// What an article shows clearly decides the labels that are wrong or missing.
func TestAgreement(t *testing.T) {
	for _, x := range []example{
		{"the short form of a stretch of land", "Zij stonden in de neutrale bufferzone ([ORG NBZ]).", "LOC ORG", "LOC NBZ = <neutrale bufferzone> | NBZ"},
		{"an office before the name", "Minister [ORG Kelder] zei niets.", "PER ORG", "PER Kelder {Minister: minister NLD} = Kelder"},
		{"most of its names", "[ORG Zaklo] groeit. [ORG Zaklo] koopt een fabriek van [LOC Zaklo].", "LOC ORG", "ORG Zaklo = Zaklo | Zaklo | Zaklo"},
		{"a name without a label", "[PER Ilse Kramer] won. Daarna ging Ilse Kramer naar huis.", "PER", "PER Ilse Kramer = Ilse Kramer | Ilse Kramer"},
		{"a family name with other labels", "[PER Ilse Zaklo] won. De trainer van [LOC Zaklo] was blij met [LOC Zaklo].", "PER LOC", "PER Ilse Zaklo = Ilse Zaklo | Zaklo | Zaklo"},
		{"a family name opens a sentence", "[PER Ilse Romp] won. Romp bleef rustig. Romps moeder ook.", "PER", "PER Ilse Romp = Ilse Romp | Romp | Romps"},
		{"a word of the article opens a sentence", "[PER Ilse Romp] won. Men zag de romp. Romp en mast braken.", "PER", "PER Ilse Romp = Ilse Romp"},
		{"a short form in brackets", "Het gaat om [MISC Zaklo Test Bureau] ([ORG ZTB]).", "MISC ORG", "ORG Zaklo Test Bureau = Zaklo Test Bureau | ZTB"},
		{"no short form of a person", "Dat zegt [PER Vera van Dam] ([ORG VVD]).", "PER", "PER Vera van Dam = Vera van Dam"},
		{"a noun for a venue", "Het stadion [PER Piet Zaklo] was leeg.", "PER LOC", "LOC Piet Zaklo = Piet Zaklo"},
		{"a noun for a work", "Zij las het boek [PER Zaklo] niet.", "PER MISC", "MISC Zaklo = Zaklo"},
		{"a noun for a body", "Hij leest de krant [PER El Zaklo] graag.", "PER ORG", "ORG El Zaklo = El Zaklo"},
		{"a noun that belongs to an office", "De officier van justitie [PER C. Zaklo] zweeg.", "PER ORG", "PER C. Zaklo {officier van justitie: prosecutor} = C. Zaklo"},
		{"the end behind a hyphen", "De [PER Jan Smit-stichting] helpt.", "PER ORG", "ORG Jan Smit-stichting = Jan Smit-stichting"},
		{"a family name like a compound", "Dat vindt burgemeester [PER Kiewinkel].", "PER ORG", "PER Kiewinkel {burgemeester: mayor} = Kiewinkel"},
		{"half a family name", "Daar woont [PER Ans Kip-Winkel].", "PER ORG", "PER Ans Kip-Winkel = Ans Kip-Winkel"},
		{"a noun for a body or an office", "Kampioen [PER Ans Kip] lacht.", "PER ORG", "PER Ans Kip {Kampioen: athlete} = Ans Kip"},
		{"the end of a compound", "Dat meldt de [PER Rijksbosdienst].", "PER ORG", "ORG Rijksbosdienst = Rijksbosdienst"},
		{"a country without a label", "Hij woont in Noorwegen.", "LOC", "LOC Noorwegen NOR = Noorwegen"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			if got := people(readBy(t, entity.New(pack(t)), x.text), x.types); got != x.want {
				t.Errorf("%s\ngives\n%s\nnot\n%s", x.text, got, x.want)
			}
		})
	}
}

// The country of an office of a state follows from the article where no word says it.
func TestImpliedCountries(t *testing.T) {
	t.Parallel()
	check(t, []example{
		{"a known head", "President [PER Poetin] sprak in [LOC Frankrijk] met [LOC Duitsland].", "PER", "PER Poetin {President: president RUS} = Poetin"},
		{"home", "Minister [PER Ans Kip] zwijgt.", "PER", "PER Ans Kip {Minister: minister NLD} = Ans Kip"},
		{"a word of home", "Kamerlid [PER Ans Kip] was in [LOC Frankrijk], [LOC Frankrijk] en nog eens [LOC Frankrijk].", "PER", "PER Ans Kip {Kamerlid: mp NLD} = Ans Kip"},
		{"the country of the article", "[LOC Frankrijk] staakt. [MISC Franse] bussen staan stil. Minister [PER Luc Kip] verlaat [LOC Frankrijk].", "PER", "PER Luc Kip {Minister: minister FRA} = Luc Kip"},
		{"two countries", "[LOC Frankrijk] en [LOC Spanje] staken. Minister [PER Luc Kip] verlaat [LOC Frankrijk].", "PER", "PER Luc Kip {Minister: minister} = Luc Kip"},
		{"home and abroad", "[LOC Nederland] speelt tegen [LOC Spanje]. Minister [PER Luc Kip] juicht.", "PER", "PER Luc Kip {Minister: minister} = Luc Kip"},
		{"no office of a state", "Voorzitter [PER Ans Kip] zwijgt.", "PER", "PER Ans Kip {Voorzitter: chair} = Ans Kip"},
	})
}

// A capital that acts as a government is another entity than the town.
func TestGovernments(t *testing.T) {
	t.Parallel()
	for _, x := range []example{
		{"subject", "[LOC Peking] weigert te praten. In [LOC Peking] regent het.", "LOC", "LOC Peking CHN = Peking\nLOC Peking = Peking"},
		{"spellings", "[LOC Peking] weigert te praten. Ook [LOC Beijing] dreigt.", "LOC", "LOC Beijing CHN = Peking | Beijing"},
		{"object", "De minister waarschuwt [LOC Teheran].", "LOC", "LOC Teheran IRN = Teheran"},
		{"cited", "Dat is volgens [LOC Den Haag] te vroeg.", "LOC", "LOC Den Haag NLD = Den Haag"},
		{"adjective", "Politiek [LOC Den Haag] is verdeeld.", "LOC", "LOC Den Haag NLD = Den Haag"},
		{"dealings", "De sancties tegen [LOC Moskou] blijven.", "LOC", "LOC Moskou RUS = Moskou"},
		{"union", "[LOC Brussel] eist nieuwe cijfers.", "LOC", "LOC Brussel EU = Brussel"},
		{"town", "De burgemeester van [LOC Londen] woont in [LOC Londen].", "LOC", "LOC Londen = Londen | Londen"},
		{"another town", "[LOC Zwolle] weigert te betalen.", "LOC", "LOC Zwolle = Zwolle"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			if got := people(read(t, x.text), x.types); got != x.want {
				t.Errorf("%s\ngives\n%s\nnot\n%s", x.text, got, x.want)
			}
		})
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	check(t, []example{
		{"title with a people", "De [MISC Franse] president [PER Anne Dubois] kwam aan.", "PER", "PER Anne Dubois {Franse president: president FRA} = Anne Dubois"},
		{"party in brackets", "Volgens premier [PER Sanne Berk] ([ORG VVD]) is het rustig.", "PER", "PER Sanne Berk {premier: prime_minister NLD of VVD} = Sanne Berk"},
		{"apposition with a body", "Dat zegt [PER Karel Mos], woordvoerder van de [ORG NS].", "PER",
			"PER Karel Mos {woordvoerder van de NS: spokesperson of NS} = Karel Mos | <woordvoerder van de NS>"},
		{"minister of", "Minister van Buitenlandse Zaken [PER Tom Eik] reist.", "PER", "PER Tom Eik {Minister van Buitenlandse Zaken: minister NLD of Buitenlandse Zaken} = Tom Eik"},
		{"copula", "[PER Lotte Vink] is burgemeester van [LOC Assen].", "PER", "PER Lotte Vink {burgemeester van Assen: mayor of Assen} = Lotte Vink"},
		{"denied", "[PER Lotte Vink] is geen burgemeester.", "PER", "PER Lotte Vink = Lotte Vink"},
		{"compound of a party", "[MISC D66-leider] [PER Eva Lam] lacht.", "PER", "PER Eva Lam {D66-leider: leader of D66} = Eva Lam"},
		{"former", "De voormalige [MISC Belgische] minister [PER Luc Peeters] schrijft.", "PER", "PER Luc Peeters {voormalige Belgische minister: minister BEL} = Luc Peeters"},
		{"two before a name", "De journalist en schrijver [PER Bas Hond] won.", "PER", "PER Bas Hond {schrijver: author} {journalist: journalist} = Bas Hond"},
		{"several of one office", "De ministers [PER Ans Kip] en [PER Wim Haan] zwijgen.", "PER", "PER Ans Kip {ministers: minister NLD} = Ans Kip\nPER Wim Haan {ministers: minister NLD} = Wim Haan"},
		{"a title of the next name", "[PER Jan Pot], burgemeester [PER Els Pan] en anderen kwamen.", "PER", "PER Jan Pot = Jan Pot\nPER Els Pan {burgemeester: mayor} = Els Pan"},
		{"a phrase that the name explains", "De burgemeester van [LOC Assen], [PER Lotte Vink], kwam ook.", "PER",
			"PER Lotte Vink {burgemeester van Assen: mayor of Assen} = <De burgemeester van Assen> | Lotte Vink"},
		{"field before the name", "Dat zegt hoogleraar gezondheidsrecht [PER Ria Blok].", "PER", "PER Ria Blok {hoogleraar: professor} = Ria Blok"},
		{"field in an apposition", "Dat zegt [PER Ria Blok], hoogleraar economie en oud-senator.", "PER",
			"PER Ria Blok {hoogleraar: professor} {oud-senator: senator} = Ria Blok | <hoogleraar> | <oud-senator>"},
		{"examples", "Zij leest schrijvers als [PER Bas Hond] en [PER Ans Kip].", "PER", "PER Bas Hond {schrijvers: author} = Bas Hond\nPER Ans Kip {schrijvers: author} = Ans Kip"},
		{"the office as subject", "De eigenaar van het café is [PER Jan Pot].", "PER", "PER Jan Pot {eigenaar: owner} = Jan Pot"},
		{"field and body", "Hoogleraar strafrecht aan de [ORG Universiteit Gent] [PER Ria Blok] ziet dat anders.", "PER",
			"PER Ria Blok {Hoogleraar strafrecht aan de Universiteit Gent: professor of Universiteit Gent} = Ria Blok"},
	})
}

func TestDescriptions(t *testing.T) {
	t.Parallel()
	check(t, []example{
		{"two presidents", "De [MISC Franse] president [PER Anne Dubois] sprak met de [MISC Poolse] president [PER Jan Nowak]. De [MISC Franse] president vertrok vroeg. De [MISC Poolse] president bleef.", "PER",
			"PER Anne Dubois {Franse president: president FRA} = Anne Dubois | <De Franse president>\nPER Jan Nowak {Poolse president: president POL} = Jan Nowak | <De Poolse president>"},
		{"said only later", "De [MISC Poolse] president komt morgen. Dat zei de [MISC Poolse] president [PER Jan Nowak] zelf.", "PER",
			"PER Jan Nowak {Poolse president: president POL} = <De Poolse president> | Jan Nowak"},
		{"not any president", "De [MISC Franse] president [PER Anne Dubois] sprak. Een [MISC Franse] president spreekt vaak. Geen enkele [MISC Franse] president zwijgt.", "PER",
			"PER Anne Dubois {Franse president: president FRA} = Anne Dubois"},
		{"inhabitant", "De [MISC Spanjaard] [PER Juan Cano] won. De [MISC Spanjaard] was moe.", "PER", "PER Juan Cano = Juan Cano | <De Spanjaard>"},
		{"body by its noun", "Voetbalclub [ORG Zilverdam] verloor. De voetbalclub zoekt een trainer.", "ORG", "ORG Zilverdam = Zilverdam | <De voetbalclub>"},
		{"a former one is not the present one", "Minister [PER Tom Eik] sprak. De oud-minister zweeg.", "PER", "PER Tom Eik {Minister: minister NLD} = Tom Eik"},
	})
}

func TestPronouns(t *testing.T) {
	t.Parallel()
	check(t, []example{
		{"by gender", "[PER Karin Berk] sprak met [PER Peter Mos]. Hij lachte en zij zweeg.", "PER",
			"PER Karin Berk = Karin Berk | *zij*\nPER Peter Mos = Peter Mos | *Hij*"},
		{"no other word of the same verb", "[PER Peter Mos] zag [PER Jan Pot]. [PER Peter Mos] groette hem.", "PER", "PER Peter Mos = Peter Mos | Peter Mos\nPER Jan Pot = Jan Pot | *hem*"},
		{"not the subject that two verbs share", "[PER Peter Mos] sprak met [PER Jan Pot] en nodigde hem uit.", "PER", "PER Peter Mos = Peter Mos\nPER Jan Pot = Jan Pot | *hem*"},
		{"possessive", "[PER Karin Berk] verkocht haar huis.", "PER", "PER Karin Berk = Karin Berk | *haar*"},
		{"of a thing", "[PER Karin Berk] woont er. De rivier stroomt in haar bedding.", "PER", "PER Karin Berk = Karin Berk"},
		{"plural", "[PER Karin Berk] wacht op de boeren. Zij komen morgen.", "PER", "PER Karin Berk = Karin Berk"},
		{"someone without a name", "[PER Peter Mos] belde. De agent kwam. Hij schreef een bon.", "PER", "PER Peter Mos = Peter Mos"},
	})
}
