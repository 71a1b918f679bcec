package lang

// Site is what news sites in one language leave in the text of an article. It
// is a set of word lists; layout holds the rules that use them.
//
// Every list ignores case. A Phrase is words separated by spaces, with two
// marks: "#" stands for a number, and "…" at an end lets anything stand there.
// Without "…" a phrase fits only a line that holds nothing else, punctuation
// aside: "reageer" fits "Reageer!", "deel dit artikel …" fits every line that
// begins so, "… alleen voor abonnees …" every short line in which it stands.
type Site struct {
	Labels      []string // words of a label above or before a text: video, update
	Boilerplate []string // Phrases: what the site puts on every page
	Inline      []string // words, no marks: boilerplate that also stands inside a line of text
	Calls       []string // imperatives to the reader: download, volg
	Readers     []string // words that speak to the reader: je, u
	SiteWords   []string // things of the site itself: account, nieuwsbrief
	Viewers     []string // words over a picture, no marks: full screen; a caption follows
	Teasers     []string // Phrases that point to another article
	Bylines     []string // Phrases that say who wrote the article
	Authors     []string // words that open the introduction of a writer: de auteur is
	Functions   []string // what writers are: redacteur
	CreditWords []string // words before the maker of a picture: foto, beeld
	Agencies    []string // makers of pictures and wires: ANP, Getty Images
	Common      []string // words hardly ever written with a capital inside a sentence
	Openers     []string // words that open a sentence and no name: De, Maar
	Links       []string // words that cannot begin or end a heading: van, in, de
	Verbs       []string // finite verbs so common that a phrase with one is a sentence
	Particles   []string // small words inside a name: van, de, der
	Heads       []string // single words that often are a cross-head: onderzoek, kritiek
	Places      []string // places that stand before a text: Brussel
	Months      []string // names of months and days, with their short forms
}
