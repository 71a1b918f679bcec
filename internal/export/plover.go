package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"telex/internal/document"
)

// Codebook names the edition of PLOVER in which events are coded.
const Codebook = "PLOVER 2024-02"

// The objects of PLOVER's JSON, by the chapter Data Fields of its manual (February
// 2024). Fields that Telex does not know are left out.
type (
	ploverEvent struct {
		ID        string          `json:"id"`
		HasEvent  bool            `json:"has_event"`
		Date      string          `json:"date"`
		EndDate   string          `json:"enddate,omitempty"`
		Actor     []ploverEntity  `json:"actor"`
		Recipient []ploverEntity  `json:"recipient"`
		Event     []string        `json:"event"`
		Loc       *ploverLocation `json:"event_loc,omitempty"`
		EventText []string        `json:"event_text"`
		Quad      int             `json:"quad_code"`
		Scale     float64         `json:"event_scale"`
		Mode      []string        `json:"mode"`
		Context   []string        `json:"context"`
		TextInfo  ploverText      `json:"text_info"`
		CiteInfo  ploverCite      `json:"cite_info"`
		Coder     string          `json:"coder"`
		Comment   string          `json:"comment,omitempty"`
		Cameo     string          `json:"cameo"` // beside the manual's fields, from here on
		Realis    string          `json:"realis"`
		Root      bool            `json:"root"`
		ClaimedBy string          `json:"claimed_by,omitempty"`
	}
	ploverEntity struct {
		Code   string `json:"code"`
		Sector string `json:"sector,omitempty"`
		Text   string `json:"entity_text,omitempty"`
		Office string `json:"office,omitempty"`
	}
	ploverLocation struct {
		Extracted    string   `json:"extracted_place"`
		GeonameID    int      `json:"geonameid,omitempty"`
		Lat          *float64 `json:"lat,omitempty"`
		Lon          *float64 `json:"lon,omitempty"`
		City         string   `json:"city,omitempty"`
		CountryCode  string   `json:"country_code,omitempty"`
		FeatureClass string   `json:"feature_class,omitempty"`
		FeatureCode  string   `json:"feature_code,omitempty"`
		Resolution   int      `json:"resolution,omitempty"`
	}
	ploverText struct {
		Sequence int `json:"sequence"` // of the sentence, from 1
		Start    int `json:"start"`    // of the sentence, in code points
		End      int `json:"end"`
	}
	ploverCite struct {
		Citation    string `json:"citation"`
		URL         string `json:"url,omitempty"`
		Title       string `json:"title,omitempty"`
		Language    string `json:"language"`
		Publication string `json:"publication"`
		Codebook    string `json:"codebook"`
		Version     string `json:"version"`
	}
)

// Plover appends to dst the events of a in the JSON of PLOVER, one a line. The spans of
// a count bytes.
//
// Where the realis is another than asserted, the auxiliary mode of the manual stands
// among the modes: future, hypothetical, negation, historical. A date without a day is
// its first day, with the last as enddate. PLOVER wants a date: where the text tells
// none it is that of publication, and the comment says so. There is no time of day and,
// as the rights are the publisher's, no text.
func Plover(dst []byte, a *document.Article) ([]byte, error) {
	c, err := read(a)
	if err != nil {
		return dst, err
	}
	buf := bytes.NewBuffer(dst)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	for i := range c.Events {
		if err := enc.Encode(c.ploverEvent(&c.Events[i])); err != nil {
			return dst, fmt.Errorf("encode event %s of article %s: %w", c.Events[i].ID, c.Key, err)
		}
	}
	return buf.Bytes(), nil
}

func (c *coded) ploverEvent(e *document.Event) *ploverEvent {
	out := &ploverEvent{
		ID: c.Key + "-" + e.ID, HasEvent: true, Actor: c.ploverEntities(e.Actors), Recipient: c.ploverEntities(e.Recipients),
		Event: []string{e.Type}, Loc: ploverPlace(c.entity(e.Place)), EventText: []string{e.Trigger.Text}, Quad: e.Quad, Scale: e.Score,
		Mode: ploverModes(e), Context: e.Contexts, Coder: "Telex " + c.Version, Cameo: e.Cameo, Realis: e.Realis, Root: e.Root,
		CiteInfo: ploverCite{Citation: c.ID, URL: c.URL, Title: c.Title, Language: c.Language.Code, Publication: c.Source,
			Codebook: Codebook, Version: c.Version},
	}
	if e.ClaimedBy != nil {
		out.ClaimedBy = *e.ClaimedBy
	}
	if i := c.sentence(e.Trigger.Span.Start); i >= 0 {
		s := c.Sentences[i].Span
		out.TextInfo = ploverText{Sequence: i + 1, Start: s.Start, End: s.End}
	}
	out.Date, out.EndDate = ploverDates(e.Date)
	if out.Date == "" {
		out.Comment = "the text tells no date, and the article has none of publication"
		if !c.PublishedAt.IsZero() {
			out.Date = c.PublishedAt.Format(time.DateOnly)
			out.Comment = "the text tells no date: that of publication"
		}
	}
	return out
}

// ploverDates gives the first and the last day of a date; the last is "" for one day.
func ploverDates(date string) (first, last string) {
	if _, err := time.Parse(time.DateOnly, date); err == nil {
		return date, ""
	}
	if t, err := time.Parse("2006-01", date); err == nil {
		return t.Format(time.DateOnly), t.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	if t, err := time.Parse("2006", date); err == nil {
		return t.Format(time.DateOnly), t.AddDate(1, 0, -1).Format(time.DateOnly)
	}
	return "", ""
}

func ploverModes(e *document.Event) []string {
	modes := []string{}
	if e.Mode != "" {
		modes = append(modes, e.Mode)
	}
	switch e.Realis {
	case "asserted", "":
	case "negated":
		modes = append(modes, "negation")
	default:
		modes = append(modes, e.Realis)
	}
	return modes
}

func (c *coded) ploverEntities(parties []document.Party) []ploverEntity {
	out := make([]ploverEntity, 0, len(parties))
	for i := range parties {
		p := &parties[i]
		code := known(p).Plover()
		entity := ploverEntity{Code: code.Country, Sector: code.Sector, Text: p.Text}
		if e := c.entity(p.Entity); e != nil && len(e.Roles) > 0 {
			entity.Office = e.Roles[0].Office
		}
		out = append(out, entity)
	}
	return out
}

// Levels to which PLOVER resolves a place.
const (
	resolvedCountry  = 1
	resolvedProvince = 2
	resolvedCity     = 4
)

func ploverPlace(e *document.Entity) *ploverLocation {
	if e == nil {
		return nil
	}
	s := where(e)
	out := &ploverLocation{Extracted: e.Name, CountryCode: s.country}
	if s.country != "" {
		out.Resolution = resolvedCountry
	}
	if s.geonames == nil {
		return out
	}
	out.Lat, out.Lon, out.FeatureCode = s.geonames.Lat, s.geonames.Lon, s.geonames.Feature
	if id, err := strconv.Atoi(s.geonames.ID); err == nil {
		out.GeonameID = id
	}
	switch {
	case strings.HasPrefix(out.FeatureCode, "PPL"):
		out.FeatureClass, out.City, out.Resolution = "P", e.Name, resolvedCity
	case strings.HasPrefix(out.FeatureCode, "PCL"):
		out.FeatureClass = "A"
	case strings.HasPrefix(out.FeatureCode, "ADM"):
		out.FeatureClass, out.Resolution = "A", resolvedProvince
	}
	return out
}
