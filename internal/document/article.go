package document

import "time"

// Schema names the form of an article; readers check it before anything else.
const Schema = "telex/article/1"

// Article is what Telex says of one document. Steps fill it in order; a step
// reads the layers made before it and adds its own.
//
// Inside the process every Span counts bytes of Raw and the Text fields stay
// empty: Encode turns spans into code points and fills the texts, in one place.
type Article struct {
	Schema       string            `json:"schema"`
	ID           string            `json:"id"`
	Key          string            `json:"key"`
	Source       string            `json:"source"`
	URL          string            `json:"url"`
	Published    string            `json:"published"`
	Version      string            `json:"version"`
	Language     Language          `json:"language"`
	Raw          string            `json:"raw"`
	Title        string            `json:"title"`
	Blocks       []Block           `json:"blocks"`
	Sentences    []Sentence        `json:"sentences"`
	Tokens       []Token           `json:"tokens"`
	Entities     []Entity          `json:"entities"`
	Quotes       []Quote           `json:"quotes"`
	Times        []Time            `json:"times"`
	Events       []Event           `json:"events"`
	Topics       []Topic           `json:"topics"`
	Keyphrases   []Keyphrase       `json:"keyphrases"`
	Fingerprint  string            `json:"fingerprint"`
	Absent       map[string]string `json:"absent"`
	Steps        []StepVersion     `json:"steps"`
	TitleEnd     int               `json:"-"` // bytes of Raw that are the separate title; 0 without one
	DeclaredLang string            `json:"-"` // the publisher's word for the language; believed when given
	PublishedAt  time.Time         `json:"-"` // Published on the clock of the place; zero without one
	DateOnly     bool              `json:"-"` // Published has no clock
}

// Span is the half-open range [Start,End) of Raw: bytes inside the process,
// code points in JSON, where it is written as a pair.
type Span struct{ Start, End int }

// Len is the number of units the span covers.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Language is an ISO 639-1 code, or "und", with a confidence in [0,1].
type Language struct {
	Code       string  `json:"code"`
	Confidence float64 `json:"confidence"`
}

// BlockType is the part that a block plays in an article.
type BlockType string

// The parts of an article.
const (
	Label       BlockType = "label"       // a word or two above or before the text: "update/video"
	Title       BlockType = "title"       // the headline
	Lede        BlockType = "lede"        // the opening paragraph that sums the article up
	Paragraph   BlockType = "paragraph"   // running text
	Heading     BlockType = "heading"     // a cross-head
	Caption     BlockType = "caption"     // the text under a picture
	Credit      BlockType = "credit"      // who made the picture: "© ANP"
	Dateline    BlockType = "dateline"    // "DEN HAAG (ANP) -"
	Byline      BlockType = "byline"      // who wrote the article
	Teaser      BlockType = "teaser"      // a pointer to another article
	Boilerplate BlockType = "boilerplate" // what the site puts on every page
)

// BlockTypes lists every block type, in the order of the contract.
func BlockTypes() []BlockType {
	return []BlockType{Label, Title, Lede, Paragraph, Heading, Caption, Credit, Dateline, Byline, Teaser, Boilerplate}
}

// Block is one part of the article. Blocks are in text order and do not overlap;
// together they hold every character of Raw that is not space.
type Block struct {
	Type BlockType `json:"type"`
	Span Span      `json:"span"`
	Text string    `json:"text"`
}

// Sentence lies within one block, whose index it gives. Its words are
// Tokens[First:Last] of the article; First == Last where it was not read.
type Sentence struct {
	Span  Span   `json:"span"`
	Text  string `json:"text"`
	Block int    `json:"block"`
	First int    `json:"-"` // index in Article.Tokens of its first token
	Last  int    `json:"-"` // index after its last token
}

// StepVersion records a step that ran over the article.
type StepVersion struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}
