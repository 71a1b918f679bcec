package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"telex/internal/document"
	"telex/internal/entity/gold"
)

// annotated is an article with its annotated quotations; spans are bytes once it is read.
type annotated struct {
	id     string
	text   string
	quotes []annotation
	names  *gold.Article // nil to take the model's
}

// annotation is one annotated quotation.
type annotation struct {
	typ      string
	span     document.Span
	doubtful bool
	name     string          // of the speaker, "" where the annotation gives places only
	places   []document.Span // where the text shows the speaker
	forms    []string        // other names of the speaker
}

// file holds any of the three forms of annotation: speakers by name, by place, or
// by the key of an entity.
type file struct {
	Doc    string `json:"doc"`
	Quotes []struct {
		Type        string          `json:"type"`
		Span        document.Span   `json:"span"`
		Speaker     json.RawMessage `json:"speaker"`
		SpeakerSpan *document.Span  `json:"speaker_span"`
		Doubtful    bool            `json:"doubtful"`
	} `json:"quotes"`
	Speakers [][]document.Span `json:"speakers"`
	Entities []struct {
		ID      string   `json:"id"`
		Name    string   `json:"name"`
		Surface []string `json:"surface"`
	} `json:"entities"`
}

// read gives the annotated articles of a folder, or the one of a file.
func read(folder, texts, names string) ([]annotated, error) {
	files := []string{folder}
	if !strings.HasSuffix(folder, ".json") {
		var err error
		if files, err = filepath.Glob(filepath.Join(folder, "*.json")); err != nil || len(files) == 0 {
			return nil, fmt.Errorf("read annotated articles: no .json file in %s (error: %v)", folder, err)
		}
	}
	out := make([]annotated, 0, len(files))
	for _, path := range files {
		a, err := readOne(path, texts)
		if err != nil {
			return nil, fmt.Errorf("read the annotation %s: %w", path, err)
		}
		out = append(out, a)
	}
	if names == "" {
		return out, nil
	}
	all, err := gold.Read(names, texts, "")
	if err != nil {
		return nil, err
	}
	for i := range out {
		for j := range all {
			if all[j].ID == out[i].id {
				out[i].names = &all[j]
			}
		}
		if out[i].names == nil {
			return nil, fmt.Errorf("no annotated names of the article %s in %s", out[i].id, names)
		}
	}
	return out, nil
}

func readOne(path, texts string) (annotated, error) {
	a := annotated{id: strings.TrimSuffix(filepath.Base(path), ".json")}
	text, err := os.ReadFile(filepath.Join(texts, a.id+".txt"))
	if err != nil {
		return a, err
	}
	a.text = string(text)
	body, err := os.ReadFile(path)
	if err != nil {
		return a, err
	}
	var f file
	if err := json.Unmarshal(body, &f); err != nil {
		return a, err
	}
	for _, q := range f.Quotes {
		one := annotation{typ: q.Type, span: q.Span, doubtful: q.Doubtful}
		if q.SpeakerSpan != nil {
			one.places = append(one.places, *q.SpeakerSpan)
		}
		if err := f.speaker(q.Speaker, &one); err != nil {
			return a, err
		}
		spans := []*document.Span{&one.span}
		for i := range one.places {
			spans = append(spans, &one.places[i])
		}
		if err := gold.Bytes(a.text, spans...); err != nil {
			return a, err
		}
		a.quotes = append(a.quotes, one)
	}
	return a, nil
}

// speaker reads the three ways in which a speaker is told.
func (f *file) speaker(raw json.RawMessage, one *annotation) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	if raw[0] != '[' {
		if err := json.Unmarshal(raw, &one.name); err != nil {
			return err
		}
		for _, e := range f.Entities {
			if e.ID != "" && e.ID == one.name {
				one.name, one.forms = e.Name, e.Surface
			}
		}
		return nil
	}
	var span document.Span
	if err := json.Unmarshal(raw, &span); err != nil {
		return err
	}
	one.places = append(one.places, span)
	for _, chain := range f.Speakers {
		for _, s := range chain {
			if s == span {
				one.places = append([]document.Span(nil), chain...)
				return nil
			}
		}
	}
	return nil
}
