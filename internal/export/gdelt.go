package export

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"telex/internal/document"
	"telex/internal/plover"
)

// GDELTEvents appends to dst the events of a as rows of the table Events of GDELT 2.0
// (GDELT Event Codebook V2.0, 2015): 61 columns parted by tabs, without a header. The
// spans of a count bytes.
//
// GDELT has no realis: what was negated or is only hypothetical is left out. It knows
// two parties: of an event between more they are the first of each side. Codes,
// QuadClass and GoldsteinScale are CAMEO's, of the event's CAMEO code. What Telex does
// not know is empty: tone, ethnicity, the first and second administrative division. A
// date without a day fills the columns that it can. FractionDate is, as in GDELT's
// data, the year and (30 (month - 1) + day) / 365. DATEADDED is when the article was
// published, in UTC. Names of actors and places are the article's, their FeatureID that
// of GeoNames; a country has its FIPS code there, as in GDELT.
func GDELTEvents(dst []byte, a *document.Article) ([]byte, error) {
	c, err := read(a)
	if err != nil {
		return dst, err
	}
	for i := range c.Events {
		if e := &c.Events[i]; told(e) {
			dst = appendRow(dst, c.gdeltEvent(e))
		}
	}
	return dst, nil
}

// GDELTMentions appends to dst the tellings of the events of a as rows of the table
// Mentions of GDELT 2.0: 16 columns, event by event, the trigger before the other
// tellings. It leaves out the events that GDELTEvents leaves out.
//
// Offsets count code points of the text, -1 is unknown; sentences count from 1.
// MentionIdentifier is the URL of the article (MentionType 1) or, without one, its id
// (2, a citation). InRawText is 0 where a party stands in the sentence only as a
// pronoun, or not at all. Confidence is that of the event in steps of ten per cent.
// Extras, which GDELT reserves, has the realis where it is another than asserted.
func GDELTMentions(dst []byte, a *document.Article) ([]byte, error) {
	c, err := read(a)
	if err != nil {
		return dst, err
	}
	length := strconv.Itoa(utf8.RuneCountInString(c.Raw))
	for i := range c.Events {
		e := &c.Events[i]
		if !told(e) {
			continue
		}
		for _, telling := range append([]document.Span{e.Trigger.Span}, e.Tellings...) {
			dst = appendRow(dst, c.gdeltMention(e, telling, length))
		}
	}
	return dst, nil
}

// told tells whether an event belongs into a table of what happened or is to come.
func told(e *document.Event) bool { return e.Realis != "negated" && e.Realis != "hypothetical" }

func appendRow(dst []byte, fields []string) []byte {
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, '\t')
		}
		dst = append(dst, plain(f)...)
	}
	return append(dst, '\n')
}

// gdeltID names an event by a number of 63 bits, the same on every run.
func gdeltID(key, event string) string {
	sum := sha256.Sum256([]byte(key + "\x00" + event))
	return strconv.FormatUint(binary.BigEndian.Uint64(sum[:8])>>1, 10)
}

// gdeltEvent gives the 61 columns of an event.
func (c *coded) gdeltEvent(e *document.Event) []string {
	two := sides(e)
	row := append([]string{gdeltID(c.Key, e.ID)}, gdeltDate(e.Date)...)
	for _, p := range two {
		row = append(row, gdeltActor(p)...)
	}
	row = append(row, flag(e.Root), e.Cameo, e.Cameo[:min(3, len(e.Cameo))], e.Cameo[:min(2, len(e.Cameo))], gdeltQuad(e.Cameo), gdeltScale(e.Cameo),
		strconv.Itoa(1+len(e.Tellings)), "1", "1", "")
	for _, p := range two {
		var place *document.Entity
		if p != nil {
			if place = c.entity(p.Entity); place != nil && place.Type != "LOC" {
				place = nil
			}
		}
		row = append(row, gdeltGeo(place)...)
	}
	row = append(row, gdeltGeo(c.entity(e.Place))...)
	return append(row, c.gdeltAdded(), c.URL)
}

func flag(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

func gdeltQuad(cameo string) string {
	if q := plover.CameoQuad(cameo); q > 0 {
		return strconv.Itoa(q)
	}
	return ""
}

func gdeltScale(cameo string) string {
	if v, ok := plover.Goldstein(cameo); ok {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return ""
}

// gdeltDate gives SQLDATE, MonthYear, Year and FractionDate of a day, a month or a
// year.
func gdeltDate(date string) []string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		fraction := float64(30*(int(t.Month())-1)+t.Day()) / 365
		return []string{t.Format("20060102"), t.Format("200601"), t.Format("2006"), strconv.FormatFloat(float64(t.Year())+fraction, 'f', 4, 64)}
	}
	if t, err := time.Parse("2006-01", date); err == nil {
		return []string{"", t.Format("200601"), t.Format("2006"), ""}
	}
	if t, err := time.Parse("2006", date); err == nil {
		return []string{"", "", t.Format("2006"), ""}
	}
	return make([]string, 4)
}

// gdeltActor gives the ten columns of a party: code, name, country, known group,
// ethnicity, two religions, three types.
func gdeltActor(p *document.Party) []string {
	if p == nil {
		return make([]string, 10)
	}
	a := known(p).Cameo()
	return []string{a.Code, p.Text, a.Country, a.Group, "", "", "", a.Types[0], a.Types[1], a.Types[2]}
}

// The types of places in GDELT.
const (
	geoNone    = "0"
	geoCountry = "1"
	geoState   = "2" // of the United States
	geoTown    = "3" // of the United States
	geoAbroad  = "4" // a town elsewhere
	geoRegion  = "5" // a first division elsewhere
)

// gdeltGeo gives the eight columns of a place: type, full name, country, first and
// second division, latitude, longitude, feature.
func gdeltGeo(e *document.Entity) []string {
	if e == nil {
		return []string{geoNone, "", "", "", "", "", "", ""}
	}
	s := where(e)
	country := plover.FIPS(s.country)
	if s.geonames == nil || strings.HasPrefix(s.geonames.Feature, "PCL") {
		if country == "" {
			return []string{geoNone, e.Name, "", "", "", "", "", ""}
		}
		return []string{geoCountry, e.Name, country, country, "", degrees(s.geonames, latitude), degrees(s.geonames, longitude), country}
	}
	typ, abroad := geoTown, geoAbroad
	if strings.HasPrefix(s.geonames.Feature, "ADM") {
		typ, abroad = geoState, geoRegion
	}
	if s.country != "USA" {
		typ = abroad
	}
	return []string{typ, e.Name, country, "", "", degrees(s.geonames, latitude), degrees(s.geonames, longitude), s.geonames.ID}
}

func latitude(l *document.Link) *float64  { return l.Lat }
func longitude(l *document.Link) *float64 { return l.Lon }

func degrees(l *document.Link, which func(*document.Link) *float64) string {
	if l == nil || which(l) == nil {
		return ""
	}
	return strconv.FormatFloat(*which(l), 'f', -1, 64)
}

// gdeltAdded is when the article was published, in UTC; a day without a clock is its
// midnight.
func (c *coded) gdeltAdded() string {
	switch {
	case c.PublishedAt.IsZero():
		return ""
	case c.DateOnly:
		return c.PublishedAt.Format("20060102") + "000000"
	}
	return c.PublishedAt.UTC().Format("20060102150405")
}

// gdeltMention gives the 16 columns of one telling of an event.
func (c *coded) gdeltMention(e *document.Event, telling document.Span, length string) []string {
	sentence, id := c.sentence(telling.Start), ""
	if sentence >= 0 {
		id = strconv.Itoa(sentence + 1)
	}
	two := sides(e)
	var offsets [2]string
	raw := true
	for i, p := range two {
		at, named := c.stands(p, sentence, telling.Start)
		offsets[i] = strconv.Itoa(at)
		raw = raw && named
	}
	typ, identifier := "1", c.URL
	if c.URL == "" {
		typ, identifier = "2", c.ID
	}
	extras := ""
	if e.Realis != "asserted" {
		extras = "realis:" + e.Realis
	}
	return []string{gdeltID(c.Key, e.ID), c.gdeltAdded(), c.gdeltAdded(), typ, c.Source, identifier, id,
		offsets[0], offsets[1], strconv.Itoa(telling.Start), flag(raw), gdeltConfidence(e.Confidence), length, "", "", extras}
}

// gdeltConfidence gives 10 to 100 in tens.
func gdeltConfidence(confidence float64) string {
	tens := math.Round(10 * confidence)
	return strconv.Itoa(10 * int(min(max(tens, 1), 10)))
}

// stands gives the code point at which a party stands in the sentence of a telling,
// that nearest to the telling, or -1; and whether it stands there by name or noun. A
// party that there is not needs no name.
func (c *coded) stands(p *document.Party, sentence, telling int) (at int, named bool) {
	if p == nil {
		return -1, true
	}
	if sentence < 0 {
		return -1, false
	}
	s := &c.Sentences[sentence]
	best, at := math.MaxInt, -1
	near := func(start int, name bool) {
		if far := max(start-telling, telling-start); far < best {
			best, at, named = far, start, name
		}
	}
	if e := c.entity(p.Entity); e != nil {
		for i := range e.Mentions {
			if m := &e.Mentions[i]; s.Span.Contains(m.Span) {
				near(m.Span.Start, m.Form != "pronoun")
			}
		}
		return at, named
	}
	for from, point := 0, s.Span.Start; p.Text != ""; {
		i := strings.Index(s.Text[from:], p.Text)
		if i < 0 {
			break
		}
		point += utf8.RuneCountInString(s.Text[from : from+i])
		near(point, true)
		point += utf8.RuneCountInString(p.Text)
		from += i + len(p.Text)
	}
	return at, named
}
