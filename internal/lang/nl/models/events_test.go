package models

import (
	"bytes"
	"compress/gzip"
	"testing"

	"telex/internal/nlp/maxent"
)

// The judge is whole: each of its models has learned something, and they are three.
func TestEvents(t *testing.T) {
	t.Parallel()
	j, err := Events()
	if err != nil {
		t.Fatal(err)
	}
	var f maxent.Features
	f.Add("fit", "fits", "article")
	f.Add("odds", "0")
	for _, c := range []struct {
		name  string
		model *maxent.Model
		least int // features
	}{{"first", j.First, 10_000}, {"second", j.Second, 50}, {"sides", j.Sides, 10_000}} {
		if n := c.model.Features(); n < c.least {
			t.Errorf("the %s model has %d features, fewer than %d", c.name, n, c.least)
		}
		if p := c.model.Probability(f.List); p <= 0 || p >= 1 {
			t.Errorf("the %s model gives the probability %g", c.name, p)
		}
	}
	// What the tables took is likelier an event than what they dropped, and what the
	// first look thinks likely than what it does not.
	p := func(m *maxent.Model, kind string, values ...string) float64 {
		var f maxent.Features
		f.Add(kind, values...)
		return m.Probability(f.List)
	}
	if fits, general := p(j.First, "fit", "fits", "short"), p(j.First, "fit", "general", "short"); fits <= general {
		t.Errorf("what fits has the probability %g, what has no pattern %g", fits, general)
	}
	if low, high := p(j.Second, "p", "0"), p(j.Second, "p", "5"); low >= high {
		t.Errorf("the lowest step has the probability %g, the highest %g", low, high)
	}
}

// The file holds three models and nothing behind them, made as models are saved.
func TestEventsFile(t *testing.T) {
	t.Parallel()
	packed, err := files.ReadFile("events.bin.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var file, again bytes.Buffer
	if _, err := file.ReadFrom(z); err != nil {
		t.Fatal(err)
	}
	j, err := Events()
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Save(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Errorf("the file has %d bytes, saved again %d", file.Len(), again.Len())
	}
}

func BenchmarkLoadEvents(b *testing.B) {
	for b.Loop() {
		if _, err := Events(); err != nil {
			b.Fatal(err)
		}
	}
}
