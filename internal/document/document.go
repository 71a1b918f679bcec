// Package document holds what goes in and what comes out: the document as a
// publisher sends it, the article as readers get it, and their JSON.
package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones are read the same on machines that have no table of them
	"unicode"
	"unicode/utf8"
)

// Limits on a document, in bytes unless said otherwise.
const (
	MaxText     = 1 << 20               // of title and text together, or of the text taken from HTML
	MaxMessage  = 8<<20 - 64<<10        // of a whole message, so that its dead letter still fits in 8 MiB
	maxID       = 1 << 10               // of an id
	maxURL      = 8 << 10               // of a URL
	maxSource   = 128                   // of a source
	maxDepth    = 1000                  // nested arrays and objects
	maxUnknown  = 16                    // unknown fields reported of one document
	titleBreak  = "\n\n"                // between a separate title and the text
	localSource = "local"               // the source of a document that names none
	byteOrder   = "\ufeff"              // byte order mark
	dateOnly    = time.DateOnly         // a published date without a clock
	localTime   = "2006-01-02T15:04:05" // a published time without a zone
)

// Headers that carry what a plain text cannot say, and what a JSON document does not.
const (
	HeaderID        = "Telex-Id"
	HeaderSource    = "Telex-Source"
	HeaderPublished = "Telex-Published"
	HeaderURL       = "Telex-Url"
	HeaderZone      = "Telex-Zone" // IANA name of the publisher's time zone
)

// Document is one document as its publisher sent it.
type Document struct {
	Key         string    // names the document everywhere inside: 26 letters and digits
	ID          string    // the publisher's own; the hash of the content without one
	Source      string    // as the publisher writes it: "ad.nl"
	URL         string    // where a person reads it
	Published   string    // as the publisher wrote it
	PublishedAt time.Time // Published on the clock of the place; zero without one
	DateOnly    bool      // Published has no clock
	Title       string    // the separate title, "" without one
	Text        string    // the text, "" for a document of HTML alone
	HTML        string    // the page, "" where there is a text
	Language    string    // the publisher's word, lower case, "" without one
	Unknown     []string  // names of the fields that were ignored, sorted, at most 16
}

// Origin says what the message around the body tells of a document.
type Origin struct {
	Source string                   // the subject's last token; "" where there is no subject
	Header func(name string) string // a header's value, "" where absent; may be nil
	Zone   *time.Location           // clock of a published time without an offset; nil is Europe/Amsterdam
}

// fields is a JSON document before it is checked.
type fields struct {
	id, source, url, published, title, text, html, language string
	hasText                                                 bool // the text is given, be it empty
	unknown                                                 []string
}

// Decode reads the body of a message: a JSON object, told by its first brace, or
// plain UTF-8 text. Every error is a *Refusal.
func Decode(body []byte, from Origin) (*Document, error) {
	if len(body) > MaxMessage {
		return nil, refuse(TooLarge, "the message has %d bytes, at most %d are taken", len(body), MaxMessage)
	}
	if !utf8.Valid(body) {
		return nil, refuse(NotUTF8, "the message is not UTF-8: byte %d starts no character", invalidAt(body))
	}
	var f fields
	if looksJSON(body) {
		var err *Refusal
		if f, err = decodeJSON(body); err != nil {
			return nil, err
		}
	} else {
		f.text = string(body)
	}
	return build(f, from)
}

func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

func looksJSON(body []byte) bool {
	s := strings.TrimLeft(strings.TrimPrefix(string(body[:min(len(body), 4096)]), byteOrder), " \t\r\n")
	return strings.HasPrefix(s, "{")
}

func decodeJSON(body []byte) (fields, *Refusal) {
	body = bytes.TrimPrefix(body, []byte(byteOrder))
	var f fields
	if err := scanJSON(body); err != nil {
		return f, err
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil {
		return f, refuse(BadJSON, "the message starts with a brace but is no JSON object: %v", err)
	}
	into := map[string]*string{"id": &f.id, "source": &f.source, "url": &f.url, "published": &f.published,
		"title": &f.title, "text": &f.text, "html": &f.html, "language": &f.language}
	for _, name := range slices.Sorted(maps.Keys(object)) { // of two bad fields the same is named each time
		value := object[name]
		target, known := into[name]
		switch {
		case known:
			if !stringField(value, target, name == "id") {
				return f, refuse(BadField, "field %q is not a string", name)
			}
		case name != "meta":
			f.unknown = append(f.unknown, clip(name, 64))
		}
	}
	_, f.hasText = object["text"]
	f.unknown = f.unknown[:min(len(f.unknown), maxUnknown)]
	return f, nil
}

// stringField reads a JSON string or null; with number, also a number, whose
// digits are kept as they stand: many publishers number their articles.
func stringField(value json.RawMessage, target *string, number bool) bool {
	if string(value) == "null" {
		return true
	}
	if number && (value[0] == '-' || value[0] >= '0' && value[0] <= '9') {
		*target = string(value)
		return true
	}
	return json.Unmarshal(value, target) == nil
}

// scanJSON finds what the standard decoder lets pass: escapes of lone
// surrogates, which it replaces silently, and nesting that costs it time.
func scanJSON(body []byte) *Refusal {
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			n, ok := escape(body[i:])
			if !ok {
				return refuse(NotUTF8, "the escape at byte %d is half of a surrogate pair", i)
			}
			i += n - 1
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return refuse(BadJSON, "the message nests deeper than %d", maxDepth)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// escape gives the length of the escape that b starts with, a surrogate pair
// taken as one; not ok for half a pair.
func escape(b []byte) (n int, ok bool) {
	first, isUnicode := hexEscape(b)
	switch {
	case !isUnicode:
		return 2, true
	case first < 0xD800 || first > 0xDFFF:
		return 6, true
	case first > 0xDBFF:
		return 0, false
	}
	second, isUnicode := hexEscape(b[6:])
	return 12, isUnicode && second >= 0xDC00 && second <= 0xDFFF
}

func hexEscape(b []byte) (value int, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if c < '0' || digit < 0 {
			return 0, false
		}
		value = value<<4 | digit
	}
	return value, true
}

// build checks the fields and makes the document of them.
func build(f fields, from Origin) (*Document, error) {
	header := from.Header
	if header == nil {
		header = func(string) string { return "" }
	}
	d := &Document{
		ID: first(f.id, header(HeaderID)), URL: first(f.url, header(HeaderURL)), Published: first(f.published, header(HeaderPublished)),
		Title: f.title, Text: f.text, HTML: f.html, Unknown: f.unknown,
	}
	if blank(d.Title) {
		d.Title = ""
	}
	switch {
	case !blank(d.Text):
		d.HTML = ""
	case !blank(d.HTML):
		d.Text = ""
	case !f.hasText || d.Title == "": // a headline with an empty text is a flash
		return nil, refuse(NoText, "the document has neither text nor html")
	}
	checks := []func() *Refusal{
		d.checkSizes,
		func() *Refusal { return d.setSource(first(f.source, header(HeaderSource)), from.Source) },
		func() *Refusal { return d.setLanguage(f.language) },
		func() *Refusal { return d.setPublished(from.Zone, header(HeaderZone)) },
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return nil, err
		}
	}
	content := digest(d.Title, d.Text, d.HTML)
	d.Key = digest(d.Source, d.ID, content)
	if d.ID == "" {
		d.ID = content
	}
	return d, nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// blank tells whether a text has nothing to read: spaces, controls and marks
// without width only.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r)
	}) < 0
}

func (d *Document) checkSizes() *Refusal {
	switch {
	case len(d.Title)+len(titleBreak)+len(d.Text) > MaxText:
		return refuse(TooLarge, "title and text have %d bytes, at most %d are taken", len(d.Title)+len(d.Text), MaxText)
	case len(d.ID) > maxID:
		return refuse(BadField, "field \"id\" has %d bytes, at most %d are taken", len(d.ID), maxID)
	case len(d.URL) > maxURL:
		return refuse(BadField, "field \"url\" has %d bytes, at most %d are taken", len(d.URL), maxURL)
	}
	return nil
}

func (d *Document) setSource(said, subject string) *Refusal {
	d.Source = first(said, first(subject, localSource))
	token, ok := SubjectToken(d.Source)
	if !ok {
		return refuse(BadField, "source %q: letters, digits, '-', '_' and dots are taken, at most %d", clip(d.Source, 64), maxSource)
	}
	if subject != "" && token != subject {
		return refuse(BadField, "source %q does not match the subject's %q", d.Source, clip(subject, 64))
	}
	return nil
}

// SubjectToken gives the token that stands for a source in subjects: dots become
// underscores. It is not ok for a source that is empty, longer than 128 bytes or
// has other characters than ASCII letters, digits, '-', '_' and dots.
func SubjectToken(source string) (token string, ok bool) {
	for i := range len(source) {
		c := source[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return "", false
		}
	}
	return strings.ReplaceAll(source, ".", "_"), source != "" && len(source) <= maxSource
}

// setLanguage takes a tag like "nl", "nl-BE" or "NL_be"; its first part counts.
func (d *Document) setLanguage(tag string) *Refusal {
	if tag == "" {
		return nil
	}
	code := strings.ToLower(tag)
	if i := strings.IndexAny(code, "-_"); i >= 0 {
		code = code[:i]
	}
	notLetter := func(r rune) bool { return r < 'a' || r > 'z' }
	if len(code) < 2 || len(code) > 3 || strings.ContainsFunc(code, notLetter) {
		return refuse(BadField, "language %q is no ISO 639 code such as \"nl\"", clip(tag, 64))
	}
	d.Language = code
	return nil
}

// setPublished reads RFC 3339 or YYYY-MM-DD. A numeric offset is the clock of
// the place; anything else is read in the zone that the publisher, else the
// caller names.
func (d *Document) setPublished(zone *time.Location, named string) *Refusal {
	if d.Published == "" {
		return nil
	}
	zone, err := clock(zone, named)
	if err != nil {
		return refuse(BadField, "time zone %q is not known; IANA names such as Europe/Brussels are", clip(named, 64))
	}
	if t, err := time.Parse(time.RFC3339, d.Published); err == nil {
		if strings.HasSuffix(d.Published, "Z") {
			t = t.In(zone)
		}
		d.PublishedAt = t
	} else if t, err := time.ParseInLocation(localTime, d.Published, zone); err == nil {
		d.PublishedAt = t
	} else if t, err := time.ParseInLocation(dateOnly, d.Published, zone); err == nil {
		d.PublishedAt, d.DateOnly = t, true
	} else {
		return refuse(BadField, "published %q is neither RFC 3339 nor YYYY-MM-DD", clip(d.Published, 64))
	}
	return nil
}

func clock(zone *time.Location, named string) (*time.Location, error) {
	switch {
	case named == "Local": // the zone of this machine: another would read another time
		return nil, fmt.Errorf("zone %q is this machine's", named)
	case named != "":
		return time.LoadLocation(named)
	case zone != nil:
		return zone, nil
	}
	return amsterdam()
}

// amsterdam is the zone of documents that nobody gave one; read once, for it
// comes from a file.
var amsterdam = sync.OnceValues(func() (*time.Location, error) { return time.LoadLocation("Europe/Amsterdam") })

// Raw gives the text that every span of the article refers to, and where the
// separate title ends in it, in bytes. For a document of HTML alone pass the
// text that was taken from the page.
func (d *Document) Raw(fromHTML string) (raw string, titleEnd int) {
	text := d.Text
	if text == "" {
		text = fromHTML
	}
	if d.Title == "" {
		return text, 0
	}
	return d.Title + titleBreak + text, len(d.Title)
}

// Article starts the article of the document: everything but its layers.
func (d *Document) Article(fromHTML, version string) *Article {
	raw, titleEnd := d.Raw(fromHTML)
	return &Article{
		Schema: Schema, ID: d.ID, Key: d.Key, Source: d.Source, URL: d.URL, Published: d.Published,
		Version: version, Raw: raw, Title: d.Title, TitleEnd: titleEnd, DeclaredLang: d.Language, PublishedAt: d.PublishedAt, DateOnly: d.DateOnly,
		Language: Language{Code: "und"}, Absent: map[string]string{},
	}
}

var keyEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// digest is the first 128 bits of SHA-256 over the parts, each with its length
// before it, so that no two lists of parts run together. Publishers are not
// ours: a weaker hash would let one forge the key of another's document.
func digest(parts ...string) string {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		for i := range size {
			size[i] = byte(len(p) >> (8 * i))
		}
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return keyEncoding.EncodeToString(h.Sum(nil)[:16])
}

// clip cuts s to at most n bytes, at a character's edge.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
