package models

import (
	"testing"

	"telex/internal/nlp/namer"
)

func TestNames(t *testing.T) {
	t.Parallel()
	m, err := Names(namer.Lists{})
	if err != nil {
		t.Fatal(err)
	}
	if n := m.Features(); n < 10_000 {
		t.Errorf("the labeller knows only %d features", n)
	}
}

func BenchmarkLoadNames(b *testing.B) {
	for b.Loop() {
		if _, err := Names(namer.Lists{}); err != nil {
			b.Fatal(err)
		}
	}
}
