package document

// The types below are the layers that later steps fill; their shapes are the
// contract's, so that a reader written today reads what tomorrow's steps add.

// Token is one syntactic word: form, lemma, part of speech and place in the tree.
type Token struct {
	Span   Span   `json:"span"`
	Text   string `json:"text"`
	Lemma  string `json:"lemma"`
	UPOS   string `json:"upos"`
	XPOS   string `json:"xpos"`
	Feats  string `json:"feats"`
	Head   int    `json:"head"` // 1-based within the sentence, 0 for the root
	Deprel string `json:"deprel"`
	// Name is the labeller's word on names, in the BIO scheme: B-PER begins a
	// person, I-PER goes on with it, O is no name; "" where no labeller ran.
	Name string `json:"-"`
}

// Entity is a person, place, organisation or other named thing of the article.
type Entity struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Name     string    `json:"name"`
	Links    []Link    `json:"links"`
	Roles    []Role    `json:"roles"`
	Mentions []Mention `json:"mentions"`
}

// Link ties an entity to a table outside: iso3166, geonames. Lat and Lon are degrees.
type Link struct {
	Scheme  string   `json:"scheme"`
	ID      string   `json:"id"`
	Lat     *float64 `json:"lat,omitempty"`
	Lon     *float64 `json:"lon,omitempty"`
	Feature string   `json:"feature,omitempty"`
}

// Role is an office that an entity holds, as the text says it and normalised.
type Role struct {
	Text    string `json:"text"`
	Office  string `json:"office"`
	Country string `json:"country,omitempty"`
	Of      string `json:"of,omitempty"`
}

// Mention is one place where an entity is named; Form is name, nominal or pronoun.
type Mention struct {
	Span Span   `json:"span"`
	Text string `json:"text"`
	Form string `json:"form"`
}

// Quote is a statement and the one who made it.
type Quote struct {
	ID          string  `json:"id"`
	Type        string  `json:"type"`
	Span        Span    `json:"span"`
	Text        string  `json:"text"`
	Speaker     *string `json:"speaker"`
	SpeakerText string  `json:"speaker_text"`
	SpeakerSpan *Span   `json:"speaker_span"`
	Cue         *Piece  `json:"cue"`
	Stance      string  `json:"stance"`
	Confidence  float64 `json:"confidence"`
}

// Piece is a stretch of text that matters by itself: a cue, a trigger.
type Piece struct {
	Span Span   `json:"span"`
	Text string `json:"text"`
}

// Time is a time expression with its TIMEX3 value.
type Time struct {
	Span  Span   `json:"span"`
	Text  string `json:"text"`
	Type  string `json:"type"`
	Value string `json:"value"`
	Mod   string `json:"mod,omitempty"`
}

// Event is one coded event, in PLOVER with a CAMEO code beside it.
type Event struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Mode       string   `json:"mode"`
	Contexts   []string `json:"contexts"`
	Cameo      string   `json:"cameo"`
	Quad       int      `json:"quad"`
	Score      float64  `json:"score"`
	Root       bool     `json:"root"`
	Actors     []Party  `json:"actors"`
	Recipients []Party  `json:"recipients"`
	Date       string   `json:"date"`
	Place      *string  `json:"place"`
	Realis     string   `json:"realis"`
	ClaimedBy  *string  `json:"claimed_by"`
	Trigger    Piece    `json:"trigger"`
	Tellings   []Span   `json:"tellings"`
	Sentence   int      `json:"sentence"`
	Confidence float64  `json:"confidence"`
}

// Party takes part in an event; Code is country and sector, "USAGOV".
type Party struct {
	Entity *string `json:"entity"`
	Text   string  `json:"text"`
	Code   string  `json:"code"`
}

// Topic is a subject of the article in a public scheme, with a weight in [0,1].
type Topic struct {
	Scheme string  `json:"scheme"`
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Weight float64 `json:"weight"`
}

// Keyphrase is a phrase that says what the article is about, with a weight in [0,1].
type Keyphrase struct {
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
}
