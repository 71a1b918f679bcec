package gold

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"telex/internal/document"
)

// Role is an office that the text ties to a name. Spans are bytes once read.
type Role struct {
	Holder  document.Span  `json:"holder"`
	Office  string         `json:"office"`
	Country string         `json:"country"`
	Of      *document.Span `json:"of"`
	Implied bool           `json:"implied"` // no word of the phrase says the country
}

// Country is a mention of a country; Kind is "seat" where a capital or seat stands
// for the government.
type Country struct {
	Span document.Span `json:"span"`
	Code string        `json:"code"`
	Kind string        `json:"kind"`
}

// Place is the first mention of a place. GeoNames is its number, "" where it has none.
type Place struct {
	Span     document.Span `json:"span"`
	GeoNames string        `json:"geonames"`
	Country  string        `json:"country"`
	Kind     string        `json:"kind"`
}

// Report is an article annotated for roles, countries and places.
type Report struct {
	Article
	Roles     []Role    `json:"roles"`
	Countries []Country `json:"countries"`
	Places    []Place   `json:"places"`
}

// ReadReports gives the annotated articles of a folder, with the texts and names
// that stand as ID.txt and ID.json in the folder of names.
func ReadReports(folder, names string) ([]Report, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("read annotated articles: no .json file in %s (error: %v)", folder, err)
	}
	var out []Report
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".json")
		r, err := readReport(file, names, id)
		if err != nil {
			return nil, fmt.Errorf("read annotated article %s: %w", id, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func readReport(file, names, id string) (Report, error) {
	var r Report
	article, err := read(filepath.Join(names, id+".json"), filepath.Join(names, id+".txt"), id)
	if err != nil {
		return r, err
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return r, err
	}
	r.Article = article
	var spans []*document.Span
	for i := range r.Roles {
		spans = append(spans, &r.Roles[i].Holder)
		if r.Roles[i].Of != nil {
			spans = append(spans, r.Roles[i].Of)
		}
	}
	for i := range r.Countries {
		spans = append(spans, &r.Countries[i].Span)
	}
	for i := range r.Places {
		spans = append(spans, &r.Places[i].Span)
	}
	return r, Bytes(r.Text, spans...)
}
