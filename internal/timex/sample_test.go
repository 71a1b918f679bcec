package timex

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"

	"telex/internal/document"
)

const (
	sampleText = "../../../shared/samples/000_7f824c05e3695702.txt"
	sampleGold = "../../../shared/gold/000_7f824c05e3695702.json"
)

// The sample article gives every time of its gold, with span, type, value and
// modifier.
func TestSample(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(sampleText)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the sample article is not here: it is no part of the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(sampleGold)
	if err != nil {
		t.Fatal(err)
	}
	var gold struct{ Times []document.Time }
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	a := article(string(text), "2019-06-30T14:05:00+02:00")
	if err := step(t).Apply(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	out, err := a.Outside()
	if err != nil {
		t.Fatal(err)
	}
	found := map[document.Time]bool{}
	for _, f := range out.Times {
		found[f] = true
	}
	for _, g := range gold.Times {
		if !found[g] {
			t.Errorf("not found: %+v", g)
		}
	}
	if len(gold.Times) < 6 || len(out.Times) > len(gold.Times)+1 { // "vanaf nu" is not in the gold
		t.Errorf("found %d times where the gold has %d", len(out.Times), len(gold.Times))
	}
}
