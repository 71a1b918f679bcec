package export

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"telex/internal/document"
	"telex/internal/lang/nl"
	"telex/internal/plover"
)

// The columns of GDELT 2.0, in order (linwoodc3/gdelt2HeaderRows).
const (
	eventColumns = `GLOBALEVENTID SQLDATE MonthYear Year FractionDate
Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code
Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code
IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone
Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID
ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID
DATEADDED SOURCEURL`
	mentionColumns = `GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID
Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras`
)

// rows reads a table by the names of its columns; empty fields are left out.
func rows(t interface{ Fatalf(string, ...any) }, table []byte, columns string) []map[string]string {
	names := strings.Fields(columns)
	var out []map[string]string
	for line := range strings.Lines(string(table)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != len(names) {
			t.Fatalf("%d columns, want %d: %q", len(fields), len(names), line)
		}
		row := map[string]string{}
		for i, f := range fields {
			if f != "" {
				row[names[i]] = f
			}
		}
		out = append(out, row)
	}
	return out
}

const summit = "Zoë Bos ontmoet Ali Riza in Oslo. De minister prees hem.\nAgenten hielden tien betogers aan."

// meeting is an article of three sentences with events of all kinds.
func meeting() *document.Article {
	at := func(text string) document.Span {
		i := strings.Index(summit, text)
		return document.Span{Start: i, End: i + len(text)}
	}
	id := func(s string) *string { return &s }
	lat, lon := 59.9127, 10.7461
	zone := time.FixedZone("", 2*60*60)
	return &document.Article{Key: "k", ID: "7", Source: "ad.nl", URL: "https://ad.example/7", Title: "Bos in Oslo", Version: "1.x", Raw: summit,
		Published: "2019-06-30T14:05:00+02:00", PublishedAt: time.Date(2019, 6, 30, 14, 5, 0, 0, zone), Language: document.Language{Code: "nl"},
		Blocks:    []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(summit)}}},
		Sentences: []document.Sentence{{Span: at("Zoë Bos ontmoet Ali Riza in Oslo.")}, {Span: at("De minister prees hem.")}, {Span: at("Agenten hielden tien betogers aan.")}},
		Entities: []document.Entity{
			{ID: "e1", Type: "PER", Name: "Zoë Bos", Roles: []document.Role{{Office: "minister"}},
				Mentions: []document.Mention{{Span: at("Zoë Bos"), Form: "name"}, {Span: at("De minister"), Form: "nominal"}}},
			{ID: "e2", Type: "PER", Name: "Ali Riza", Mentions: []document.Mention{{Span: at("Ali Riza"), Form: "name"}, {Span: at("hem"), Form: "pronoun"}}},
			{ID: "e3", Type: "LOC", Name: "Oslo", Mentions: []document.Mention{{Span: at("Oslo"), Form: "name"}},
				Links: []document.Link{{Scheme: "iso3166", ID: "NOR"}, {Scheme: "geonames", ID: "3143244", Lat: &lat, Lon: &lon, Feature: "PPLC"}}},
			{ID: "e4", Type: "LOC", Name: "Nederland", Links: []document.Link{{Scheme: "iso3166", ID: "NLD"}}},
		},
		Events: []document.Event{
			{ID: "v1", Type: "CONSULT", Mode: "visit", Contexts: []string{"diplomatic"}, Cameo: "042", Quad: 1, Score: 4, Root: true, Realis: "asserted",
				Actors: []document.Party{{Entity: id("e1"), Text: "Zoë Bos", Code: "NLDGOV"}}, Recipients: []document.Party{{Entity: id("e2"), Text: "Ali Riza", Code: "TURJRN"}},
				Date: "2019-06-30", Place: id("e3"), Trigger: document.Piece{Span: at("ontmoet")}, Tellings: []document.Span{at("prees")}, Confidence: 0.85},
			{ID: "v2", Type: "COERCE", Mode: "arrest", Cameo: "173", Quad: 4, Score: -7, Realis: "future", Date: "2019-07", Place: id("e4"),
				Actors: []document.Party{{Text: "Agenten", Code: "COP"}}, Recipients: []document.Party{{Text: "tien betogers", Code: "NLDCVL"}},
				Trigger: document.Piece{Span: at("hielden")}, Sentence: 2, Confidence: 0.6},
			{ID: "v3", Type: "SUPPORT", Cameo: "051", Quad: 1, Score: 5, Realis: "negated", Actors: []document.Party{{Entity: id("e4"), Text: "Nederland", Code: "NLD"}},
				Trigger: document.Piece{Span: at("prees")}, Sentence: 1, Confidence: 0.6, ClaimedBy: id("q1")},
		}}
}

func TestGDELTEvents(t *testing.T) {
	t.Parallel()
	a := meeting()
	table, err := GDELTEvents([]byte("before\n"), a)
	if err != nil {
		t.Fatal(err)
	}
	want := []map[string]string{{
		"GLOBALEVENTID": gdeltID("k", "v1"), "SQLDATE": "20190630", "MonthYear": "201906", "Year": "2019", "FractionDate": "2019.4932",
		"Actor1Code": "NLDGOV", "Actor1Name": "Zoë Bos", "Actor1CountryCode": "NLD", "Actor1Type1Code": "GOV",
		"Actor2Code": "TURMED", "Actor2Name": "Ali Riza", "Actor2CountryCode": "TUR", "Actor2Type1Code": "MED",
		"IsRootEvent": "1", "EventCode": "042", "EventBaseCode": "042", "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "1.9",
		"NumMentions": "2", "NumSources": "1", "NumArticles": "1", "Actor1Geo_Type": "0", "Actor2Geo_Type": "0",
		"ActionGeo_Type": "4", "ActionGeo_FullName": "Oslo", "ActionGeo_CountryCode": "NO", "ActionGeo_Lat": "59.9127", "ActionGeo_Long": "10.7461", "ActionGeo_FeatureID": "3143244",
		"DATEADDED": "20190630120500", "SOURCEURL": "https://ad.example/7",
	}, {
		"GLOBALEVENTID": gdeltID("k", "v2"), "MonthYear": "201907", "Year": "2019",
		"Actor1Code": "COP", "Actor1Name": "Agenten", "Actor1Type1Code": "COP",
		"Actor2Code": "NLDCVL", "Actor2Name": "tien betogers", "Actor2CountryCode": "NLD", "Actor2Type1Code": "CVL",
		"IsRootEvent": "0", "EventCode": "173", "EventBaseCode": "173", "EventRootCode": "17", "QuadClass": "4", "GoldsteinScale": "-5.0",
		"NumMentions": "1", "NumSources": "1", "NumArticles": "1", "Actor1Geo_Type": "0", "Actor2Geo_Type": "0",
		"ActionGeo_Type": "1", "ActionGeo_FullName": "Nederland", "ActionGeo_CountryCode": "NL", "ActionGeo_ADM1Code": "NL", "ActionGeo_FeatureID": "NL",
		"DATEADDED": "20190630120500", "SOURCEURL": "https://ad.example/7",
	}}
	if diff := cmp.Diff(want, rows(t, table[len("before\n"):], eventColumns)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	// The whole of a line, so that the order of the columns cannot slip with the names.
	first, _, _ := strings.Cut(string(table[len("before\n"):]), "\n")
	golden := gdeltID("k", "v1") + "|20190630|201906|2019|2019.4932|NLDGOV|Zoë Bos|NLD|||||GOV|||TURMED|Ali Riza|TUR|||||MED|||1|042|042|04|1|1.9|2|1|1||" +
		"0||||||||0||||||||4|Oslo|NO|||59.9127|10.7461|3143244|20190630120500|https://ad.example/7"
	if got := strings.ReplaceAll(first, "\t", "|"); got != golden {
		t.Errorf("line\n%s, want\n%s", got, golden)
	}
	if a.Events[0].Trigger.Text != "" {
		t.Error("the article itself was changed")
	}
}

func TestGDELTMentions(t *testing.T) {
	t.Parallel()
	table, err := GDELTMentions(nil, meeting())
	if err != nil {
		t.Fatal(err)
	}
	length := strconv.Itoa(utf8.RuneCountInString(summit))
	base := func(more map[string]string) map[string]string {
		row := map[string]string{"EventTimeDate": "20190630120500", "MentionTimeDate": "20190630120500", "MentionType": "1",
			"MentionSourceName": "ad.nl", "MentionIdentifier": "https://ad.example/7", "MentionDocLen": length}
		for k, v := range more {
			row[k] = v
		}
		return row
	}
	want := []map[string]string{
		base(map[string]string{"GLOBALEVENTID": gdeltID("k", "v1"), "SentenceID": "1", "Actor1CharOffset": "0", "Actor2CharOffset": "16",
			"ActionCharOffset": "8", "InRawText": "1", "Confidence": "90"}),
		base(map[string]string{"GLOBALEVENTID": gdeltID("k", "v1"), "SentenceID": "2", "Actor1CharOffset": "34", "Actor2CharOffset": "52",
			"ActionCharOffset": "46", "InRawText": "0", "Confidence": "90"}),
		base(map[string]string{"GLOBALEVENTID": gdeltID("k", "v2"), "SentenceID": "3", "Actor1CharOffset": "57", "Actor2CharOffset": "73",
			"ActionCharOffset": "65", "InRawText": "1", "Confidence": "60", "Extras": "realis:future"}),
	}
	if diff := cmp.Diff(want, rows(t, table, mentionColumns)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// An article that says little leaves columns empty, and has an id for its address.
func TestGDELTOfWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	a := meeting()
	a.URL, a.PublishedAt = "", time.Time{}
	a.Events = a.Events[1:2]
	a.Events[0].Actors, a.Events[0].Date, a.Events[0].Place = nil, "", nil
	table, err := GDELTEvents(nil, a)
	if err != nil {
		t.Fatal(err)
	}
	row := rows(t, table, eventColumns)[0]
	for _, name := range []string{"SQLDATE", "Year", "FractionDate", "Actor1Code", "Actor1Name", "ActionGeo_FullName", "DATEADDED", "SOURCEURL", "AvgTone"} {
		if row[name] != "" {
			t.Errorf("%s is %q, and nobody knows it", name, row[name])
		}
	}
	if table, err = GDELTMentions(nil, a); err != nil {
		t.Fatal(err)
	}
	row = rows(t, table, mentionColumns)[0]
	if row["MentionType"] != "2" || row["MentionIdentifier"] != "7" || row["Actor1CharOffset"] != "-1" || row["EventTimeDate"] != "" {
		t.Errorf("mention %v", row)
	}
	a.PublishedAt, a.DateOnly = time.Date(2019, 6, 30, 0, 0, 0, 0, time.FixedZone("", 7200)), true
	if table, err = GDELTEvents(nil, a); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, table, eventColumns)[0]["DATEADDED"]; got != "20190630000000" {
		t.Errorf("a bare date was added at %s", got)
	}
}

func TestGDELTGeo(t *testing.T) {
	t.Parallel()
	lat, lon := -33.45, -70.0
	links := func(country, feature string) []document.Link {
		out := []document.Link{{Scheme: "iso3166", ID: country}}
		if feature != "" {
			out = append(out, document.Link{Scheme: "geonames", ID: "9", Lat: &lat, Lon: &lon, Feature: feature})
		}
		return out
	}
	for _, c := range []struct {
		links []document.Link
		want  string
	}{
		{links("USA", "PPL"), "3|X|US|||-33.45|-70|9"},
		{links("CHL", "PPLA"), "4|X|CI|||-33.45|-70|9"},
		{links("USA", "ADM1"), "2|X|US|||-33.45|-70|9"},
		{links("DEU", "ADM1"), "5|X|GM|||-33.45|-70|9"},
		{links("DEU", "PCLI"), "1|X|GM|GM||-33.45|-70|GM"},
		{links("PRK", ""), "1|X|KN|KN||||KN"},
		{append(links("PRK", ""), links("KOR", "")...), "0|X||||||"},
		{nil, "0|X||||||"},
	} {
		if got := strings.Join(gdeltGeo(&document.Entity{Name: "X", Links: c.links}), "|"); got != c.want {
			t.Errorf("%v gives %s, want %s", c.links, got, c.want)
		}
	}
}

func TestPlover(t *testing.T) {
	t.Parallel()
	a := meeting()
	a.Events[2].Date = ""
	lines, err := Plover(nil, a)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"k-v1","has_event":true,"date":"2019-06-30","actor":[{"code":"NLD","sector":"GOV","entity_text":"Zoë Bos","office":"minister"}],` +
		`"recipient":[{"code":"TUR","sector":"JRN","entity_text":"Ali Riza"}],"event":["CONSULT"],` +
		`"event_loc":{"extracted_place":"Oslo","geonameid":3143244,"lat":59.9127,"lon":10.7461,"city":"Oslo","country_code":"NOR","feature_class":"P","feature_code":"PPLC","resolution":4},` +
		`"event_text":["ontmoet"],"quad_code":1,"event_scale":4,"mode":["visit"],"context":["diplomatic"],"text_info":{"sequence":1,"start":0,"end":33},` +
		`"cite_info":{"citation":"7","url":"https://ad.example/7","title":"Bos in Oslo","language":"nl","publication":"ad.nl","codebook":"PLOVER 2024-02","version":"1.x"},` +
		`"coder":"Telex 1.x","cameo":"042","realis":"asserted","root":true}
{"id":"k-v2","has_event":true,"date":"2019-07-01","enddate":"2019-07-31","actor":[{"code":"","sector":"COP","entity_text":"Agenten"}],` +
		`"recipient":[{"code":"NLD","sector":"CVL","entity_text":"tien betogers"}],"event":["COERCE"],"event_loc":{"extracted_place":"Nederland","country_code":"NLD","resolution":1},` +
		`"event_text":["hielden"],"quad_code":4,"event_scale":-7,"mode":["arrest","future"],"context":[],"text_info":{"sequence":3,"start":57,"end":91},` +
		`"cite_info":{"citation":"7","url":"https://ad.example/7","title":"Bos in Oslo","language":"nl","publication":"ad.nl","codebook":"PLOVER 2024-02","version":"1.x"},` +
		`"coder":"Telex 1.x","cameo":"173","realis":"future","root":false}
{"id":"k-v3","has_event":true,"date":"2019-06-30","actor":[{"code":"NLD","entity_text":"Nederland"}],"recipient":[],"event":["SUPPORT"],` +
		`"event_text":["prees"],"quad_code":1,"event_scale":5,"mode":["negation"],"context":[],"text_info":{"sequence":2,"start":34,"end":56},` +
		`"cite_info":{"citation":"7","url":"https://ad.example/7","title":"Bos in Oslo","language":"nl","publication":"ad.nl","codebook":"PLOVER 2024-02","version":"1.x"},` +
		`"coder":"Telex 1.x","comment":"the text tells no date: that of publication","cameo":"051","realis":"negated","root":false,"claimed_by":"q1"}
`
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(string(lines), "\n")); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestPloverDates(t *testing.T) {
	t.Parallel()
	for date, want := range map[string][2]string{
		"2019-06-30": {"2019-06-30", ""}, "2020-02": {"2020-02-01", "2020-02-29"}, "2019-12": {"2019-12-01", "2019-12-31"}, "1945": {"1945-01-01", "1945-12-31"},
		"": {}, "2019-W26": {}, "2019-02-30": {}, "PAST_REF": {},
	} {
		first, last := ploverDates(date)
		if first != want[0] || last != want[1] {
			t.Errorf("%q is %q to %q, want %q", date, first, last, want)
		}
	}
}

// drawn is an article of hostile words with one event.
func drawn(t *rapid.T) *document.Article {
	text := rapid.StringN(1, 40, 200)
	a := &document.Article{Key: text.Draw(t, "key"), ID: text.Draw(t, "id"), Source: text.Draw(t, "source"), URL: text.Draw(t, "url"), Raw: text.Draw(t, "raw"), Title: text.Draw(t, "title")}
	if rapid.Bool().Draw(t, "dated") {
		a.PublishedAt = time.Unix(rapid.Int64Range(-1e10, 1e11).Draw(t, "published"), 0)
	}
	var starts []int
	for i := range a.Raw {
		starts = append(starts, i)
	}
	starts = append(starts, len(a.Raw))
	span := func(name string) document.Span {
		x, y := rapid.SampledFrom(starts).Draw(t, name), rapid.SampledFrom(starts).Draw(t, name)
		return document.Span{Start: min(x, y), End: max(x, y)}
	}
	a.Sentences = []document.Sentence{{Span: span("sentence")}}
	id := "e1"
	a.Entities = []document.Entity{{ID: id, Type: "LOC", Name: text.Draw(t, "name"), Mentions: []document.Mention{{Span: span("mention"), Form: "name"}},
		Links: []document.Link{{Scheme: "iso3166", ID: text.Draw(t, "country")}, {Scheme: "geonames", ID: text.Draw(t, "place"), Feature: text.Draw(t, "feature")}}}}
	party := func(name string) document.Party {
		p := document.Party{Text: text.Draw(t, name), Code: rapid.OneOf(rapid.StringMatching(`[A-Z]{3,9}`), rapid.String()).Draw(t, name)}
		if rapid.Bool().Draw(t, name) {
			p.Entity = &id
		}
		return p
	}
	e := document.Event{ID: "v1", Type: text.Draw(t, "type"), Cameo: rapid.OneOf(rapid.StringMatching(`[0-2][0-9]{0,3}`), rapid.String()).Draw(t, "cameo"),
		Realis: "asserted", Date: rapid.OneOf(rapid.StringMatching(`[0-9]{4}(-[0-9]{2}){0,2}`), rapid.String()).Draw(t, "date"), Place: &id,
		Trigger: document.Piece{Span: span("trigger")}, Tellings: []document.Span{span("telling")}, Confidence: rapid.Float64().Draw(t, "confidence")}
	for range rapid.IntRange(0, 2).Draw(t, "actors") {
		e.Actors = append(e.Actors, party("actor"))
	}
	for range rapid.IntRange(0, 2).Draw(t, "recipients") {
		e.Recipients = append(e.Recipients, party("recipient"))
	}
	a.Events = []document.Event{e}
	return a
}

// Whatever an article says, its rows have their columns and its lines are JSON.
func TestTablesHoldTheirForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := drawn(t)
		events, err := GDELTEvents(nil, a)
		if err != nil {
			t.Fatal(err)
		}
		if got := rows(t, events, eventColumns); len(got) != 1 {
			t.Fatalf("%d rows for one event: %q", len(got), events)
		} else if n, err := strconv.ParseInt(got[0]["GLOBALEVENTID"], 10, 64); err != nil || n < 0 {
			t.Fatalf("the id %q is no number", got[0]["GLOBALEVENTID"])
		}
		mentions, err := GDELTMentions(nil, a)
		if err != nil {
			t.Fatal(err)
		}
		got := rows(t, mentions, mentionColumns)
		if len(got) != 2 {
			t.Fatalf("%d rows for two tellings: %q", len(got), mentions)
		}
		for _, row := range got {
			if c, err := strconv.Atoi(row["Confidence"]); err != nil || c < 10 || c > 100 || c%10 != 0 {
				t.Fatalf("confidence %q", row["Confidence"])
			}
		}
		lines, err := Plover(nil, a)
		if err != nil {
			t.Fatal(err)
		}
		var event map[string]any
		if err := json.Unmarshal(lines, &event); err != nil || strings.Count(string(lines), "\n") != 1 {
			t.Fatalf("%v: %q", err, lines)
		}
		again, err := Plover(nil, a)
		if err != nil || string(again) != string(lines) {
			t.Fatalf("another run gives %q, not %q", again, lines)
		}
	})
}

// A span that cuts a character is an error, not a wrong offset.
func TestTablesRefuseWrongSpans(t *testing.T) {
	t.Parallel()
	a := meeting()
	a.Events[0].Trigger.Span = document.Span{Start: 3, End: 4} // in the ë
	for name, format := range map[string]func([]byte, *document.Article) ([]byte, error){"events": GDELTEvents, "mentions": GDELTMentions, "plover": Plover} {
		if out, err := format(nil, a); err == nil || len(out) > 0 {
			t.Errorf("%s: %q and no error", name, out)
		}
	}
}

// The ids of events are stable, and those of many differ.
func TestGDELTID(t *testing.T) {
	t.Parallel()
	if got := gdeltID("k", "v1"); got != "1975623369177800598" {
		t.Errorf("the id of an event became %s", got)
	}
	seen := map[string]bool{}
	for i := range 1000 {
		seen[gdeltID("k", fmt.Sprint("v", i))] = true
	}
	if len(seen) != 1000 {
		t.Errorf("%d ids for 1000 events", len(seen))
	}
}

// Every country of the Dutch tables has a code in GDELT, but those that FIPS 10-4
// does not know as a whole.
func TestEveryCountryHasFIPS(t *testing.T) {
	t.Parallel()
	pack, err := nl.New()
	if err != nil {
		t.Fatal(err)
	}
	without := map[string]bool{"ALA": true, "BES": true, "UMI": true}
	for _, c := range pack.Countries.All() {
		if got := plover.FIPS(c.Alpha3); (got == "") != without[c.Alpha3] && !c.Former {
			t.Errorf("%s (%s) has the code %q", c.Alpha3, c.Name, got)
		}
	}
}
